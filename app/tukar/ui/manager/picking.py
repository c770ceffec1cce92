"""The sheets that filters open: a list to choose from, the days of a calendar, the saved views."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.managing.filtering import NAME_AT_MOST
from tukar.till.managing.promotions import Bookmarks, Picker
from tukar.till.managing.spans import NAMED, Calendar
from tukar.ui.kit import (
    Choice,
    Colour,
    Field,
    HitDelegate,
    HitRow,
    Icon,
    Ink,
    Look,
    NeutralButton,
    PrimaryAction,
    QuietButton,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.kit.month import MonthView
from tukar.ui.translations import Language
from tukar.ui.wording import managing

_LIST_SIZE: Final = QSize(600, 600)
_DAYS_SIZE: Final = QSize(760, 560)
_PAD: Final = 28
_HIGH: Final = 64
_MONTHS_A_YEAR: Final = 12


class _ListSheet(Sheet):
    """A title, a list, and what is done with the chosen row."""

    moved = Signal(int)
    taken = Signal(int)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, "", _LIST_SIZE)
        self.title = Text(look, "", Ink(Role.TITLE))
        self.list = RowList(look, HitDelegate(look, pad=_PAD), "")
        self.list.picked.connect(self.taken)
        self.cancel = NeutralButton(look, "", key="Esc")
        self.cancel.set_height(_HIGH)
        self.cancel.clicked.connect(self.closed)
        self.take = PrimaryAction(look, "")
        self.take.put_in_sheet()
        self.take.clicked.connect(self._take)
        self.entered.connect(self._take)
        self.dismissed.connect(self.closed)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(_PAD, 20, _PAD, 8)
        self.head.setSpacing(12)
        self.head.addWidget(self.title)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(_PAD, 12, _PAD, 20)
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.take)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self.head)
        rows.addWidget(self.list, 1)
        rows.addLayout(self.foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def speak(self) -> None:
        self.setAccessibleName(self.title.text())
        self.list.setAccessibleName(self.title.text())
        self.cancel.set_label(QCoreApplication.translate("Manager", "Cancel"))
        self.take.set_label(QCoreApplication.translate("Manager", "Show"))

    def _take(self) -> None:
        if self.list.current_row() >= 0:
            self.taken.emit(self.list.current_row())


class PickSheet(_ListSheet):
    """Everything, or one of what occurs."""

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window)
        self._language = language
        self._picker: Picker | None = None
        language.changed.connect(self._renew)

    def show_picker(self, picker: Picker | None) -> None:
        before, self._picker = self._picker, picker
        self._renew()
        if picker is not None and before is None:
            self.open_sheet(self.list)
        elif picker is None and before is not None:
            self.close_sheet()

    def _renew(self) -> None:
        picker = self._picker
        if picker is None:
            return
        self.title.setText(managing.which(picker.facet))
        words = [managing.option(picker.facet, option, self._language) for option in picker.options]
        self.list.show_rows([HitRow(word, (), "", "", word) for word in words])
        self.list.choose(picker.chosen)
        self.speak()


class ViewsSheet(_ListSheet):
    """Filters under a name: to be taken, kept and forgotten."""

    named = Signal(str)
    keep_requested = Signal()
    forget_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window)
        self._language = language
        self._marks: Bookmarks | None = None
        self.name = Field(look, "", icon=Icon.NOTE)
        self.name.line.setMaxLength(NAME_AT_MOST)
        self.name.edited.connect(self.named)
        self.keep = NeutralButton(look, "", key="Ctrl+S")
        self.keep.clicked.connect(self.keep_requested)
        self.forget = QuietButton(look, "", key="Del", danger=True, icon=Icon.TRASH)
        self.forget.set_height(_HIGH)
        self.forget.clicked.connect(self.forget_requested)
        self._nothing = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep)
        self.head.addLayout(row)
        self.head.addWidget(self._nothing)
        self.foot.insertWidget(0, self.forget)
        language.changed.connect(self._renew)

    def show_bookmarks(self, marks: Bookmarks | None) -> None:
        before, self._marks = self._marks, marks
        if marks is not None and marks.name != self.name.text():
            self.name.set_text(marks.name)
        self._renew()
        if marks is not None and before is None:
            self.open_sheet(self.list if marks.views else self.name.line)
        elif marks is None and before is not None:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.forget.click()
        elif event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep.click()
        else:
            super().keyPressEvent(event)

    def _renew(self) -> None:
        marks = self._marks
        if marks is None:
            return
        self.title.setText(QCoreApplication.translate("Manager", "Saved views"))
        name = QCoreApplication.translate("Manager", "Name for what is shown now")
        self.name.set_words(name, name)
        self.keep.set_label(QCoreApplication.translate("Manager", "Keep"))
        self.keep.setEnabled(bool(marks.name.strip()))
        self._nothing.setText(
            QCoreApplication.translate("Manager", "Filters that you look through often can be kept under a name here.")
        )
        self._nothing.setVisible(not marks.views)
        rows = []
        for view in marks.views:
            days = managing.days(view.wanted.days, self._language)
            rows.append(HitRow(view.name, (), days, "", f"{view.name}, {days}"))
        self.list.show_rows(rows)
        self.list.choose(marks.chosen)
        self.forget.set_label(QCoreApplication.translate("Manager", "Forget"))
        self.forget.setEnabled(marks.chosen >= 0)
        self.speak()
        self.take.setEnabled(marks.chosen >= 0)


class DaysSheet(Sheet):
    """Spans with a name at the left, each at once; a month at the right for any other days."""

    span_chosen = Signal(object)
    day_picked = Signal(object)
    walked = Signal(object)
    taken = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _DAYS_SIZE)
        self._language = language
        self._calendar: Calendar | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._chosen = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self.spans = {span: Choice(look, "") for span in NAMED}
        spans = QGridLayout()
        spans.setSpacing(8)
        for place, (span, choice) in enumerate(self.spans.items()):
            choice.clicked.connect(partial(self.span_chosen.emit, span))
            spans.addWidget(choice, place, 0)
        self.month = MonthView(look, "")
        self.month.picked.connect(self.day_picked)
        self.month.walked.connect(self.walked)
        self._month = Text(look, "", Ink(Role.STRONG))
        self.earlier = NeutralButton(look, "", icon=Icon.CHEVRON_LEFT)
        self.later = NeutralButton(look, "", icon=Icon.CHEVRON_RIGHT)
        for button, step in ((self.earlier, -1), (self.later, 1)):
            button.set_height(48)
            button.clicked.connect(partial(self._turn, step))
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(_HIGH)
        self._cancel.clicked.connect(self.closed)
        self.take = PrimaryAction(look, "")
        self.take.put_in_sheet()
        self.take.clicked.connect(self.taken)
        self.entered.connect(self.taken)
        self.dismissed.connect(self.closed)
        self._lay_out(spans)
        language.changed.connect(self._renew)

    def show_calendar(self, calendar: Calendar | None) -> None:
        before, self._calendar = self._calendar, calendar
        self._renew()
        if calendar is not None and before is None:
            self.open_sheet(self.month)
        elif calendar is None and before is not None:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self, spans: QGridLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(self.earlier)
        head.addStretch(1)
        head.addWidget(self._month)
        head.addStretch(1)
        head.addWidget(self.later)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(head)
        right.addWidget(self.month)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addLayout(spans)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(32)
        middle.addLayout(left, 1)
        middle.addLayout(right)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._chosen)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.take)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(_PAD, 20, _PAD, 20)
        rows.setSpacing(12)
        rows.addWidget(self._title)
        rows.addLayout(middle, 1)
        rows.addLayout(foot)

    def _turn(self, step: int) -> None:
        """The same day of another month, or its last where it has fewer."""
        if self._calendar is None:
            return
        at = self._calendar.at
        months = at.year * _MONTHS_A_YEAR + at.month - 1 + step
        first = at.replace(year=months // _MONTHS_A_YEAR, month=months % _MONTHS_A_YEAR + 1, day=1)
        day = at.day
        while True:
            try:
                self.walked.emit(first.replace(day=day))
            except ValueError:
                day -= 1
            else:
                return

    def _renew(self) -> None:
        calendar = self._calendar
        if calendar is None:
            return
        write, days = self._language.format, calendar.days
        self._title.setText(QCoreApplication.translate("Manager", "Which days?"))
        self.setAccessibleName(self._title.text())
        for span, choice in self.spans.items():
            choice.set_label(managing.span(span))
            choice.setChecked(span is days.span)
        chosen = managing.days(days, self._language)
        if calendar.since is not None:
            chosen = QCoreApplication.translate("Manager", "From {day} until …").format(day=write.date(calendar.since))
        self._chosen.setText(chosen)
        self._month.setText(write.month(calendar.at))
        self.month.set_words(self._title.text(), managing.weekdays())
        spoken = f"{write.date(calendar.at)}, {chosen}"
        self.month.show_span(calendar.at, days.first, days.last, latest=calendar.today, spoken=spoken)
        self.earlier.setAccessibleName(QCoreApplication.translate("Manager", "Earlier month"))
        self.later.setAccessibleName(QCoreApplication.translate("Manager", "Later month"))
        self._cancel.set_label(QCoreApplication.translate("Manager", "Cancel"))
        self.take.set_label(QCoreApplication.translate("Manager", "Show"))
