"""A second person types their PIN for one thing that the cashier may not do alone."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.people import PIN_DIGITS, Action
from tukar.till.approving import ApprovalModel
from tukar.till.asking_afar import AfarModel, AfarState
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
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language

_SIZE: Final = QSize(900, 540)
_SIDE: Final = 344
_PEOPLE: Final = 4


class ApprovalSheet(Sheet):
    """The view of ``till.approving.Approving``; arrows choose who, digits are the PIN."""

    person_chosen = Signal(int)
    typing = Signal()
    pin_entered = Signal(str)
    closed = Signal()
    afar_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = ApprovalModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._what = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.people = [Choice(look, "") for _ in range(_PEOPLE)]
        self.pin = PinDots(look, "", PIN_DIGITS)
        self.pin.edited.connect(self._typed)
        self._notice = NoticeStrip(look)
        self._keypad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._keypad.typed.connect(self.pin.type_digits)
        self._keypad.erased.connect(self.pin.erase)
        self._keypad.cleared.connect(self.pin.clear_digits)
        self.afar = NeutralButton(look, "", key="F2")
        self.afar.set_height(64)
        self.afar.clicked.connect(self.afar_requested)
        self._asked = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self.approve = PrimaryAction(look, "")
        self.approve.put_in_sheet()
        self.approve.clicked.connect(self._enter)
        self._lay_out()
        for place, choice in enumerate(self.people):
            choice.clicked.connect(partial(self.person_chosen.emit, place))
        self.entered.connect(self._enter)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)

    def show_approval(self, model: ApprovalModel) -> None:
        before, self._model = self._model, model
        if model.is_open:
            self._renew()
        if model.is_open and not before.is_open:
            self.pin.reset()
            self.open_sheet(self.pin)
        elif before.is_open and not model.is_open:
            self.pin.reset()
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.afar.isEnabled() and self.afar.isVisible():
            self.afar_requested.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self.person_chosen.emit(self._model.chosen + step)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self._title, self._what, *self.people):
            left.addWidget(part)
        left.addSpacing(12)
        left.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._notice)
        left.addStretch(1)
        left.addWidget(self._asked)
        left.addWidget(self.afar)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.approve, 1)
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
        self._arm()

    def _enter(self) -> None:
        self.pin_entered.emit(self.pin.digits)

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Approval", "A manager says yes"))
        self.setAccessibleName(self._title.text())
        late = QCoreApplication.translate(
            "Approval", "The points are no longer reserved, and money was taken. Save the bill all the same."
        )
        other = QCoreApplication.translate("Approval", "This needs a second person. Choose yourself and type your PIN.")
        self._what.setText(late if model.action is Action.SAVE_LATE else other)
        for place, choice in enumerate(self.people):
            choice.setVisible(place < len(model.people))
            if place < len(model.people):
                choice.set_label(model.people[place].name)
                choice.setChecked(place == model.chosen)
        self.pin.setAccessibleName(QCoreApplication.translate("Sign in", "PIN"))
        self.pin.set_wrong(wrong=model.wrong)
        tell(self._notice, model.notice, self._language)
        self._keypad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )
        self._cancel.set_label(QCoreApplication.translate("Approval", "Cancel"))
        self.approve.set_label(QCoreApplication.translate("Approval", "Approve"))
        self._renew_afar(model.afar)
        self._arm()

    def _renew_afar(self, afar: AfarModel | None) -> None:
        self.afar.setVisible(afar is not None)
        self._asked.setVisible(afar is not None)
        if afar is None:
            return
        self.afar.set_label(QCoreApplication.translate("Approval", "Ask the manager"))
        self.afar.setEnabled(not afar.waits)
        self._asked.setText(_asked(afar))

    def _arm(self) -> None:
        model = self._model
        self.approve.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self.approve.setEnabled(model.chosen >= 0 and len(self.pin.digits) == PIN_DIGITS)


def _asked(afar: AfarModel) -> str:
    """How the question to somebody elsewhere stands, and what to do next."""
    if afar.state is AfarState.REFUSED and afar.name and afar.note:
        said = QCoreApplication.translate("Approval", "{name} said no: {note}")
        return said.format(name=afar.name, note=afar.note)
    sentences = {
        AfarState.READY: QCoreApplication.translate("Approval", "Nobody here? A manager can answer from the office."),
        AfarState.ASKING: QCoreApplication.translate("Approval", "Asking the office…"),
        AfarState.WAITING: QCoreApplication.translate("Approval", "The office is asked. {seconds} s left to answer."),
        AfarState.REFUSED: QCoreApplication.translate("Approval", "The office said no. Ask somebody here."),
        AfarState.RUN_OUT: QCoreApplication.translate(
            "Approval", "Nobody answered in time. Ask again, or ask somebody here."
        ),
        AfarState.UNHEARD: QCoreApplication.translate("Approval", "No line to the office. Ask somebody here."),
    }
    return sentences[afar.state].format(seconds=afar.seconds)
