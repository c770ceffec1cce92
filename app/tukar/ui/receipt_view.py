"""The saved bill: its receipt as the paper shows it, the change to give back, and the next customer."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tukar.till.notices import Say
from tukar.till.ports import PrinterState, ShopProfile
from tukar.till.receipt_screen import ReceiptModel
from tukar.ui.kit import (
    Colour,
    Figure,
    Icon,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    Sheet,
    SizeClass,
    Text,
    follow,
    painting,
)
from tukar.ui.notice_tone import tell
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Names, Paper, text_of
from tukar.ui.translations import Language
from tukar.ui.wording import receipts

_SIZES: Final = {
    SizeClass.COMPACT: QSize(976, 712),
    SizeClass.REGULAR: QSize(1080, 712),
    SizeClass.WIDE: QSize(1400, 960),
}
_SHOWN_WIDTH: Final = {SizeClass.COMPACT: 400, SizeClass.REGULAR: 432, SizeClass.WIDE: 576}
_PAPER_EDGE: Final = 16
_PRINT_KEY: Final = "P"
_PDF_KEY: Final = "S"
_TURN: Final = 120


def drawing(
    printing: ReceiptPrinting,
    language: Language,
    shop: ShopProfile,
    *,
    practice: bool = False,
    names: Callable[[], Names] = Names,
) -> Callable[[ReceiptModel], tuple[QImage, str]]:
    """What draws a saved bill for the sheet: its picture, and its text for who cannot see it."""

    def draw(model: ReceiptModel) -> tuple[QImage, str]:
        if model.receipt is None:
            return QImage(), ""
        paper = Paper(model.receipt, shop, nudge=model.nudge, practice=practice, names=names())
        return printing.image(paper), text_of(paper, language)

    return draw


class PaperView(QWidget):
    """A receipt as it lies on the counter: black on white in every theme."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image = QImage()
        follow(self, look)

    def show_image(self, image: QImage, spoken: str) -> None:
        """``spoken`` is the receipt as plain lines, for a screen reader."""
        self._image = image
        self.setAccessibleName(QCoreApplication.translate("Receipt", "Receipt"))
        self.setAccessibleDescription(spoken)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def restyle(self) -> None:
        """Another size class shows it smaller or larger."""
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        width = _SHOWN_WIDTH[self._look.theme.size]
        if self._image.isNull():
            return QSize(width, width)
        inner = width - 2 * _PAPER_EDGE
        return QSize(width, round(self._image.height() * inner / self._image.width()) + 2 * _PAPER_EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            rect = QRectF(self.rect())
            brush.rr(rect, brush.theme.radius.chip, Colour.PAPER)
            if self._image.isNull():
                return
            brush.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            place = rect.adjusted(_PAPER_EDGE, _PAPER_EDGE, -_PAPER_EDGE, -_PAPER_EDGE)
            ratio = self.devicePixelRatioF()
            size = QSize(round(place.width() * ratio), round(place.height() * ratio))
            # A grey picture scaled down keeps thin strokes that single dots would lose.
            grey = self._image.convertToFormat(QImage.Format.Format_Grayscale8)
            sharp = grey.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            brush.painter.drawImage(place, sharp)


class ReceiptSheet(Sheet):
    """The view of ``till.receipt_screen.Receipts``. ``draw`` makes the picture and the spoken text of a model."""

    next_requested = Signal()
    print_requested = Signal()
    pdf_requested = Signal()

    def __init__(
        self,
        look: Look,
        window: QWidget,
        language: Language,
        draw: Callable[[ReceiptModel], tuple[QImage, str]],
    ) -> None:
        super().__init__(look, window, "", _SIZES[look.theme.size])
        self._language = language
        self._draw = draw
        self._model = ReceiptModel()
        self._paper = PaperView(look)
        self._build_paper()
        side = self._build_side()
        columns = QHBoxLayout(self.panel)
        columns.setContentsMargins(28, 24, 28, 24)
        columns.setSpacing(32)
        columns.addWidget(self._scroll)
        columns.addLayout(side, 1)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.next_requested)
        look.changed.connect(self._resize)
        language.changed.connect(self._repaint_paper)
        self._resize()

    def show_receipt(self, model: ReceiptModel) -> None:
        before, self._model = self._model, model
        if model.receipt is None:
            if before.receipt is not None:
                self.close_sheet()
            return
        if before.receipt != model.receipt:
            self._repaint_paper()
        self._renew()
        if before.receipt is None:
            self._scroll.verticalScrollBar().setValue(0)
            self.open_sheet(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters printed on the buttons; arrows turn the paper."""
        bar = self._scroll.verticalScrollBar()
        if event.text().upper() == _PRINT_KEY:
            self.print.click()
        elif event.text().upper() == _PDF_KEY:
            self.pdf.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar.setValue(bar.value() + (_TURN if event.key() == Qt.Key.Key_Down else -_TURN))
        else:
            super().keyPressEvent(event)

    def _build_paper(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._desk = Desk(self.look)
        rows = QVBoxLayout(self._desk)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.addWidget(self._paper)
        rows.addStretch(1)
        self._scroll.setWidget(self._desk)

    def _build_side(self) -> QVBoxLayout:
        look = self.look
        self._title = Text(look, "", Ink(Role.TITLE))
        self._title.set_icon(Icon.CHECK)
        self._number = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._change_label = Text(look, "", Ink(Role.TITLE))
        self._change = Figure(look, "", Ink(Role.TOTAL))
        self._notice = NoticeStrip(look)
        self._file = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True), wrap=True)
        self.print = NeutralButton(look, "", key=_PRINT_KEY, icon=Icon.PRINTER)
        self.pdf = NeutralButton(look, "", key=_PDF_KEY, icon=Icon.DOWNLOAD)
        self.next = PrimaryAction(look, "")
        self.print.clicked.connect(self.print_requested)
        self.pdf.clicked.connect(self.pdf_requested)
        self.next.clicked.connect(self.next_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.theme.touch.gap)
        buttons.addWidget(self.print, 1)
        buttons.addWidget(self.pdf, 1)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self._title)
        rows.addSpacing(2)
        rows.addWidget(self._number)
        rows.addSpacing(16)
        rows.addWidget(self._notice)
        rows.addStretch(1)
        rows.addWidget(self._change_label)
        rows.addWidget(self._change)
        rows.addStretch(1)
        rows.addWidget(self._file)
        rows.addSpacing(8)
        rows.addLayout(buttons)
        rows.addSpacing(8)
        rows.addWidget(self.next)
        return rows

    def _renew(self) -> None:
        model = self._model
        receipt = model.receipt
        if receipt is None:
            return
        write = self._language.format
        self._title.setText(QCoreApplication.translate("Receipt", "The bill is saved"))
        self.setAccessibleName(self._title.text())
        self._number.setText(receipts.bill_number(receipt.number.short))
        gives = model.change is not None and bool(model.change)
        self._change_label.setText(
            QCoreApplication.translate("Receipt", "Give back")
            if gives
            else QCoreApplication.translate("Receipt", "Paid")
        )
        shown = model.change if gives and model.change is not None else receipt.total
        self._change.set_figure(write.money(shown))
        # The title says already that it is saved.
        plain = model.notice is not None and model.notice.say is Say.BILL_SAVED
        tell(self._notice, None if plain else model.notice, self._language)
        words = QCoreApplication.translate("Receipt", "The PDF is in {file}")
        self._file.setText("" if model.file is None else words.format(file=model.file))
        self._file.setVisible(model.file is not None)
        again = model.printed is PrinterState.READY
        self.print.set_label(
            QCoreApplication.translate("Receipt", "Print a copy")
            if again
            else QCoreApplication.translate("Receipt", "Print")
        )
        self.pdf.set_label(QCoreApplication.translate("Receipt", "Save as PDF"))
        self.print.setEnabled(not model.busy)
        self.pdf.setEnabled(not model.busy)
        self.next.set_label(QCoreApplication.translate("Receipt", "Next customer"))

    def _repaint_paper(self) -> None:
        if self._model.receipt is not None:
            self._paper.show_image(*self._draw(self._model))
            self._renew()

    def _resize(self) -> None:
        size = self.look.theme.size
        self.set_size(_SIZES[size])
        self._scroll.setFixedWidth(_SHOWN_WIDTH[size] + 40)


class Desk(QWidget):
    """What the paper lies on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        follow(self, look)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            brush.rr(QRectF(self.rect()), brush.theme.radius.card, Colour.CANVAS)
