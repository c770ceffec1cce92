"""A second person types their PIN for one thing that the cashier may not do alone."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tukar.domain.people import Action
from tukar.till.approving import ApprovalModel
from tukar.till.asking_afar import AfarModel, AfarState
from tukar.ui.kit import Colour, Ink, Look, NeutralButton, Role, Text
from tukar.ui.notice_tone import tell
from tukar.ui.pin_sheet import PersonPinSheet
from tukar.ui.translations import Language

_SIZE: Final = QSize(900, 540)
_PEOPLE: Final = 4


class ApprovalSheet(PersonPinSheet):
    """The view of ``till.approving.Approving``; F2 asks somebody who is elsewhere."""

    afar_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, _SIZE, many=_PEOPLE)
        self._language = language
        self._model = ApprovalModel()
        self._asked = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.afar = NeutralButton(look, "", key="F2")
        self.afar.set_height(64)
        self.afar.clicked.connect(self.afar_requested)
        for part in (self._asked, self.afar):
            self.below.addWidget(part)
        language.changed.connect(self._renew)

    def show_approval(self, model: ApprovalModel) -> None:
        before, self._model = self._model, model
        if model.is_open:
            self._renew()
        self.turn(opens=model.is_open and not before.is_open, closes=before.is_open and not model.is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.afar.isEnabled() and self.afar.isVisible():
            self.afar_requested.emit()
        else:
            super().keyPressEvent(event)

    def _renew(self) -> None:
        model = self._model
        self.title.setText(QCoreApplication.translate("Approval", "A manager says yes"))
        late = QCoreApplication.translate(
            "Approval", "The points are no longer reserved, and money was taken. Save the bill all the same."
        )
        other = QCoreApplication.translate("Approval", "This needs a second person. Choose yourself and type your PIN.")
        self.what.setText(late if model.action is Action.SAVE_LATE else other)
        self.show_people(model.people, model.chosen)
        self.pin.set_wrong(wrong=model.wrong)
        tell(self.notice, model.notice, self._language)
        self.next.set_label(QCoreApplication.translate("Approval", "Approve"))
        self._renew_afar(model.afar)
        self.speak()
        self.arm(busy=model.busy, can=model.chosen >= 0)

    def _renew_afar(self, afar: AfarModel | None) -> None:
        self.afar.setVisible(afar is not None)
        self._asked.setVisible(afar is not None)
        if afar is None:
            return
        self.afar.set_label(QCoreApplication.translate("Approval", "Ask the manager"))
        self.afar.setEnabled(not afar.waits)
        self._asked.setText(_asked(afar))


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
