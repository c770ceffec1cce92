"""The bill behind a row: its receipt as the paper shows it, over the page."""

from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tukar.domain.receipt import Receipt
from tukar.till.receipt_screen import ReceiptModel
from tukar.ui.kit import Colour, Ink, Ledger, LedgerRow, Look, NeutralButton, Role, Sheet, SizeClass, Text
from tukar.ui.receipt_view import Desk, PaperView
from tukar.ui.translations import Language
from tukar.ui.wording import receipts

_SIZES: Final = {
    SizeClass.COMPACT: QSize(860, 712),
    SizeClass.REGULAR: QSize(900, 712),
    SizeClass.WIDE: QSize(1120, 960),
}
_TURN: Final = 120
_EDGE: Final = 28

Draw = Callable[[ReceiptModel], tuple[QImage, str]]


class BillSheet(Sheet):
    """``show_bill`` opens it; ``closed`` is asked for by Esc, Enter and the button."""

    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language, time_zone: ZoneInfo, draw: Draw) -> None:
        super().__init__(look, window, "", _SIZES[look.theme.size])
        self._language = language
        self._time_zone = time_zone
        self._draw = draw
        self._receipt: Receipt | None = None
        self._paper = PaperView(look)
        self._title = Text(look, "", Ink(Role.TITLE))
        self._when = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._facts = Ledger(look, 8)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        desk = Desk(look)
        rows = QVBoxLayout(desk)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.addWidget(self._paper)
        rows.addStretch(1)
        self._scroll.setWidget(desk)
        self.close_button = NeutralButton(look, "", key="Esc")
        self.close_button.set_height(64)
        self.close_button.clicked.connect(self.closed)
        side = QVBoxLayout()
        side.setSpacing(4)
        for part in (self._title, self._when):
            side.addWidget(part)
        side.addSpacing(16)
        side.addWidget(self._facts)
        side.addStretch(1)
        side.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        columns = QHBoxLayout(self.panel)
        columns.setContentsMargins(_EDGE, 24, _EDGE, 24)
        columns.setSpacing(32)
        columns.addWidget(self._scroll)
        columns.addLayout(side, 1)
        self.dismissed.connect(self.closed)
        self.entered.connect(self.closed)
        look.changed.connect(self._resize)
        language.changed.connect(self._renew)
        self._resize()

    def show_bill(self, receipt: Receipt | None) -> None:
        """Opens on ``receipt``; None closes."""
        before, self._receipt = self._receipt, receipt
        if receipt is None:
            if before is not None:
                self.close_sheet()
            return
        if receipt != before:
            self._renew()
        if before is None:
            self._scroll.verticalScrollBar().setValue(0)
            self.open_sheet(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar.setValue(bar.value() + (_TURN if event.key() == Qt.Key.Key_Down else -_TURN))
        else:
            super().keyPressEvent(event)

    def _renew(self) -> None:
        receipt = self._receipt
        if receipt is None:
            return
        image, spoken = self._draw(ReceiptModel(receipt))
        self._paper.show_image(image, spoken)
        write = self._language.format
        self._title.setText(receipts.bill_number(receipt.number.short))
        self.setAccessibleName(self._title.text())
        self._when.setText(receipts.moment(receipt.at.astimezone(self._time_zone), self._language))
        facts = [
            (QCoreApplication.translate("Manager", "Customer"), receipt.customer.name if receipt.customer else ""),
            (QCoreApplication.translate("Manager", "Cashier"), receipt.cashier_name),
            (QCoreApplication.translate("Manager", "Salesperson"), receipt.salesperson_name),
            (QCoreApplication.translate("Manager", "Given away"), write.off(receipt.discount)),
            (QCoreApplication.translate("Manager", "Paid"), write.money(receipt.total)),
        ]
        for points in receipt.points:
            name = self._language.name(points.name)
            facts.append((name, f"{write.points(-points.spent)}  +{write.points(points.earned)}"))
        self._facts.show_rows([LedgerRow(label, figure) for label, figure in facts if figure])
        self.close_button.set_label(QCoreApplication.translate("Manager", "Close"))

    def _resize(self) -> None:
        self.set_size(_SIZES[self.look.theme.size])
        self._scroll.setFixedWidth(self._paper.sizeHint().width() + 40)
