"""A sheet on which somebody types a PIN: what it is about at the left, the keypad and the next step at the right."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.people import PIN_DIGITS, StaffMember
from tukar.ui.kit import (
    Choice,
    Colour,
    Ink,
    Keypad,
    Look,
    NeutralButton,
    NoticeStrip,
    PinDots,
    PrimaryAction,
    Role,
    Sheet,
    Text,
)

_SIDE: Final = 344


class PinSheet(Sheet):
    """``body`` takes what stands above the PIN, ``below`` what stands at the foot of that column."""

    typing = Signal()
    pin_entered = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, size: QSize) -> None:
        super().__init__(look, window, "", size)
        self._can = False
        self.title = Text(look, "", Ink(Role.TITLE))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.pin = PinDots(look, "", PIN_DIGITS)
        self.pin.edited.connect(self._typed)
        self.notice = NoticeStrip(look)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        self._keypad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._keypad.typed.connect(self.pin.type_digits)
        self._keypad.erased.connect(self.pin.erase)
        self._keypad.cleared.connect(self.pin.clear_digits)
        self.cancel = NeutralButton(look, "", key="Esc")
        self.cancel.set_height(64)
        self.cancel.clicked.connect(self.closed)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self.next.clicked.connect(self._enter)
        self.entered.connect(self._enter)
        self.dismissed.connect(self.closed)
        self._lay_out()

    def arm(self, *, busy: bool, can: bool) -> None:
        """Let Enter act on a whole PIN, if it ``can`` at all."""
        self._can = can
        self.next.set_busy(busy=busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self._armed()

    def speak(self) -> None:
        """The words that every such sheet has."""
        self.setAccessibleName(self.title.text())
        self.pin.setAccessibleName(QCoreApplication.translate("Sign in", "PIN"))
        self.cancel.set_label(QCoreApplication.translate("Approval", "Cancel"))
        self._keypad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )

    def turn(self, *, opens: bool, closes: bool) -> None:
        """Come with an empty PIN, and leave none behind."""
        if opens or closes:
            self.pin.reset()
        if opens:
            self.open_sheet(self.pin)
        elif closes:
            self.close_sheet()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.title)
        left.addLayout(self.body)
        left.addSpacing(12)
        left.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.notice)
        left.addStretch(1)
        left.addLayout(self.below)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.next, 1)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._keypad)
        right.addStretch(1)
        right.addLayout(buttons)
        columns = QHBoxLayout(self.panel)
        columns.setContentsMargins(28, 28, 28, 28)
        columns.setSpacing(28)
        columns.addLayout(left, 1)
        columns.addWidget(side)

    def _typed(self, _digits: str) -> None:
        self.typing.emit()
        self._armed()

    def _armed(self) -> None:
        self.next.setEnabled(self._can and len(self.pin.digits) == PIN_DIGITS)

    def _enter(self) -> None:
        self.pin_entered.emit(self.pin.digits)


class PersonPinSheet(PinSheet):
    """A PIN sheet on which somebody first chooses themselves, by arrow or by touch.

    ``many`` people stand on it at once; of more, those around the chosen one.
    """

    person_chosen = Signal(int)

    def __init__(self, look: Look, window: QWidget, size: QSize, *, many: int) -> None:
        super().__init__(look, window, size)
        self.what = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.people = [Choice(look, "") for _ in range(many)]
        self._first = 0
        self._chosen = -1
        self._group = QButtonGroup(self)
        for part in (self.what, *self.people):
            self.body.addWidget(part)
        for place, choice in enumerate(self.people):
            self._group.addButton(choice)
            choice.clicked.connect(partial(self._touch, place))

    def show_people(self, people: Sequence[StaffMember], chosen: int) -> None:
        many = len(self.people)
        self._chosen = chosen
        self._first = max(min(chosen - many // 2, len(people) - many), 0)
        self._group.setExclusive(False)
        for place, choice in enumerate(self.people, start=self._first):
            choice.setVisible(place < len(people))
            if place < len(people):
                choice.set_label(people[place].name)
                choice.setChecked(place == chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.person_chosen.emit(self._chosen + (-1 if event.key() == Qt.Key.Key_Up else 1))
        else:
            super().keyPressEvent(event)

    def _touch(self, place: int) -> None:
        self.person_chosen.emit(self._first + place)
