"""The shift from its float to its count: one sheet that turns to the step the presenter stands at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tukar.till.ports import ShiftPaper, ShopProfile
from tukar.till.shift_screen import ShiftModel, ShiftStep
from tukar.ui.kit import Colour, Ink, Look, NeutralButton, NoticeStrip, PrimaryAction, Role, Sheet, SizeClass, Text
from tukar.ui.notice_tone import tell
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import text_of
from tukar.ui.shift_pages import AmountPage, CountPage, ReportPage
from tukar.ui.shift_rows import ShiftRows
from tukar.ui.translations import Language
from tukar.ui.wording import shifts

_FORM: Final = {
    SizeClass.COMPACT: QSize(780, 540),
    SizeClass.REGULAR: QSize(780, 540),
    SizeClass.WIDE: QSize(860, 560),
}
_LARGE: Final = {
    SizeClass.COMPACT: QSize(976, 688),
    SizeClass.REGULAR: QSize(1080, 712),
    SizeClass.WIDE: QSize(1400, 920),
}
_FORMS: Final = frozenset({ShiftStep.OPENING, ShiftStep.PAY_IN, ShiftStep.PAY_OUT})

DrawShift = Callable[[ShiftPaper], tuple[QImage, str]]
"""The picture of a report, and its text for who cannot see it."""


def drawing(printing: ReceiptPrinting, language: Language, shop: ShopProfile, *, practice: bool = False) -> DrawShift:
    """What draws a report for the sheet."""

    def draw(paper: ShiftPaper) -> tuple[QImage, str]:
        report = ShiftRows(paper, shop, practice)
        return printing.image(report), text_of(report, language)

    return draw


class ShiftSheet(Sheet):
    """The view of ``till.shift_screen.ShiftScreen``."""

    chosen = Signal(ShiftStep)
    typed = Signal(str)
    reason_typed = Signal(str)
    counted = Signal(int, int)
    next_requested = Signal()
    back_requested = Signal()
    print_requested = Signal()
    keep_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language, draw: DrawShift) -> None:
        super().__init__(look, window, "", _FORM[look.theme.size])
        self._language = language
        self._draw = draw
        self._model = ShiftModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._what = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.form = AmountPage(look, language)
        self.count = CountPage(look, language)
        self.report = ReportPage(look, language)
        self._pages = QStackedWidget()
        for page in (self.form, self.count, self.report):
            self._pages.addWidget(page)
        self._notice = NoticeStrip(look)
        self._back = NeutralButton(look, "", key="Esc")
        self._back.set_height(64)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)

    def show_shift(self, model: ShiftModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.paper is not None and model.paper is not before.paper:
            self.report.paper.show_image(*self._draw(model.paper))
        small = model.step in _FORMS or (model.step is ShiftStep.OVERVIEW and model.paper is None)
        self.set_size((_FORM if small else _LARGE)[self.look.theme.size])
        if model.step is before.step and before.is_open:
            return
        if not before.is_open:
            self.open_sheet(self._first())
        self._rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_paper = self._pages.currentWidget() is self.report
        if not (on_paper and event.text() and self.report.press(event.text())):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self.next)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(10)
        rows.addWidget(self._title)
        rows.addWidget(self._what)
        rows.addWidget(self._pages, 1)
        rows.addWidget(self._notice)
        rows.addLayout(foot)

    def _connect(self) -> None:
        self.form.typed.connect(self.typed)
        self.form.reason_typed.connect(self.reason_typed)
        self.count.counted.connect(self.counted)
        self.count.finished.connect(self.next_requested)
        self.report.chosen.connect(self.chosen)
        self.report.print_requested.connect(self.print_requested)
        self.report.keep_requested.connect(self.keep_requested)
        self._back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.back_requested)

    def _first(self) -> QWidget:
        if self._model.step in _FORMS:
            return self.form.amount.line
        return self.count if self._model.step is ShiftStep.COUNT else self.report

    def _rest(self) -> None:
        """The keyboard rests where the step is worked on."""
        if self._model.step is ShiftStep.COUNT:
            self.count.start()
        elif self._model.step in _FORMS:
            self.form.amount.line.setFocus()
        else:
            self.setFocus()

    def _renew(self) -> None:
        model = self._model
        if not model.is_open:
            return
        self._title.setText(shifts.title(model.step))
        self.setAccessibleName(self._title.text())
        self._what.setText(shifts.what_to_do(model.step))
        self._what.setVisible(bool(self._what.text()))
        page = self._page()
        self._pages.setCurrentWidget(page)
        page.show_model(model)
        tell(self._notice, model.notice, self._language)
        self.next.set_label(shifts.next_step(model.step))
        self.next.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        out = QCoreApplication.translate("Shift", "Sign out")
        self._back.set_label(out if model.must else QCoreApplication.translate("Shift", "Back"))
        self._back.setVisible(model.step not in (ShiftStep.OVERVIEW, ShiftStep.CLOSED))

    def _page(self) -> AmountPage | CountPage | ReportPage:
        if self._model.step in _FORMS:
            return self.form
        return self.count if self._model.step is ShiftStep.COUNT else self.report
