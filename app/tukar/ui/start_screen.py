"""The first picture: connecting this till to its backend, and what it is waiting for until the shop is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tukar.till.key_store import KeyStore
from tukar.till.starting import StartModel, StartPhase, StartTrouble
from tukar.ui.kit import (
    Colour,
    Field,
    Icon,
    Ink,
    NeutralButton,
    NoticeStrip,
    Plane,
    PrimaryAction,
    Role,
    Side,
    Spinner,
    Step,
    StepsList,
    StepState,
    Text,
    Tone,
)
from tukar.ui.wording import starting

if TYPE_CHECKING:
    from tukar.ui.kit import (
        Look,
    )
    from tukar.ui.translations import Language

_PANEL, _MARGIN, _TOP = 456, 56, 48


class StartScreen(QWidget):
    """Address and code while the model asks, the steps of fetching afterwards. Enter is the green button."""

    typed = Signal(str, str)
    connect_requested = Signal()
    retry_requested = Signal()
    demo_requested = Signal()
    key_store_chosen = Signal(KeyStore)

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._model = StartModel()
        self._title = Text(look, "", Ink(Role.POINTS))
        self._lead = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.address = Field(look, "", icon=Icon.SHOP)
        self.code = Field(look, "", icon=Icon.KEY)
        self._notice = NoticeStrip(look)
        self._demo = NeutralButton(look, "", icon=Icon.PRACTISE)
        self._file = NeutralButton(look, "", icon=Icon.KEY)
        self._ask = NeutralButton(look, "", icon=Icon.REFRESH)
        self._steps = StepsList(look)
        self._spinner = Spinner(look, "", 48)
        self._heading = Text(look, "", Ink(Role.TITLE))
        self._sentence = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._go = PrimaryAction(look, "")
        self._lay_out(look)
        self.address.edited.connect(self._tell)
        self.code.edited.connect(self._tell)
        self._go.clicked.connect(self._enter)
        self._demo.clicked.connect(self.demo_requested)
        self._file.clicked.connect(lambda: self.key_store_chosen.emit(KeyStore.OWNER_ONLY_FILE))
        self._ask.clicked.connect(lambda: self.key_store_chosen.emit(KeyStore.ASK_EVERY_TIME))
        language.changed.connect(self._renew)
        self._renew()

    def show_start(self, model: StartModel) -> None:
        """Shows the model; the fields get the focus when somebody has to type."""
        asked, self._model = self._model.phase is StartPhase.ASKING, model
        for field, text in ((self.address, model.address), (self.code, model.code)):
            if field.text() != text:
                field.set_text(text)
        self._renew()
        if model.phase is StartPhase.ASKING and not (asked and self.code.line.hasFocus()) and self.isVisible():
            (self.code if model.address else self.address).line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, look: Look) -> None:
        left = Plane(look, Colour.CANVAS)
        told = QVBoxLayout(left)
        told.setContentsMargins(_MARGIN, _TOP, _MARGIN, 24)
        told.setSpacing(12)
        told.addWidget(self._title)
        told.addWidget(self._lead)
        told.addSpacing(24)
        for field in (self.address, self.code):
            field.setMaximumWidth(560)
            told.addWidget(field)
        told.addWidget(self._steps)
        told.addStretch(1)
        told.addWidget(self._notice)
        below = QHBoxLayout()
        for button in (self._demo, self._file, self._ask):
            below.addWidget(button)
        below.addStretch(1)
        told.addLayout(below)
        right = Plane(look, Colour.PLANE, Side.LEFT)
        right.setFixedWidth(_PANEL)
        right.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        action = QVBoxLayout(right)
        action.setContentsMargins(_MARGIN, _TOP, _MARGIN, 24)
        action.setSpacing(8)
        action.addWidget(self._heading)
        action.addWidget(self._sentence)
        action.addStretch(1)
        action.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignHCenter)
        action.addStretch(2)
        action.addWidget(self._go)
        planes = QHBoxLayout(self)
        planes.setContentsMargins(0, 0, 0, 0)
        planes.setSpacing(0)
        planes.addWidget(left, 1)
        planes.addWidget(right)

    def _tell(self) -> None:
        self.typed.emit(self.address.text(), self.code.text())

    def _enter(self) -> None:
        if not self._go.isEnabled():
            return
        if self._model.phase is StartPhase.ASKING:
            self.connect_requested.emit()
        else:
            self.retry_requested.emit()

    def _renew(self) -> None:
        model = self._model
        asking = model.phase is StartPhase.ASKING
        stuck = model.trouble is not StartTrouble.NONE
        for field in (self.address, self.code):
            field.setVisible(asking)
        self._steps.setVisible(not asking)
        no_keys = model.trouble is StartTrouble.KEY_STORE
        for button in (self._file, self._ask):
            button.setVisible(no_keys)
        self._file.set_label(QCoreApplication.translate("Start", "A file that only this user can read"))
        self._ask.set_label(QCoreApplication.translate("Start", "Ask for a code at every start"))
        self._demo.setVisible(asking and model.demo and not no_keys)
        self._demo.set_label(QCoreApplication.translate("Start", "Look at the demo shop"))
        address = QCoreApplication.translate("Start", "Address of the backend")
        self.address.set_words(address, QCoreApplication.translate("Start", "https:// …"))
        code = QCoreApplication.translate("Start", "Enrolment code")
        self.code.set_words(code, code)
        self._title.setText(starting.title(model))
        self._lead.setText(starting.lead(model))
        self._heading.setText(starting.heading(model))
        self._sentence.setText(starting.sentence(model))
        self._spinner.setVisible(not asking and not stuck)
        self._go.setVisible(asking or stuck)
        self._go.setEnabled(model.can_connect if asking else stuck)
        connect = QCoreApplication.translate("Start", "Connect")
        self._go.set_label(connect if asking else QCoreApplication.translate("Start", "Try again"))
        self._notice.setVisible(stuck)
        if stuck:
            self._notice.show_notice(Tone.DANGER, starting.trouble(model.trouble))
        self._steps.show_steps(_steps(model))


def _steps(model: StartModel) -> list[Step]:
    now = 0 if model.phase is StartPhase.CONNECTING else 1
    said = {
        StepState.DONE: QCoreApplication.translate("Start", "done"),
        StepState.NOW: QCoreApplication.translate("Start", "now"),
        StepState.NEXT: QCoreApplication.translate("Start", "next"),
    }
    steps = []
    for place, words in enumerate(starting.steps(model)):
        state = StepState.DONE if place < now else StepState.NOW if place == now else StepState.NEXT
        steps.append(Step(words, state, f"{words}, {said[state]}"))
    return steps
