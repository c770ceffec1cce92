"""What asks a manager for their PIN: the door, the answer to a request; and the card that tells of a request."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.managing.door import DoorModel
from tukar.till.managing.requests import NOTE_AT_MOST, RequestsModel, Waiting
from tukar.ui.kit import (
    LEFT,
    Card,
    Colour,
    Field,
    Figure,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    ProgressBarThin,
    Role,
    Text,
    Tone,
)
from tukar.ui.notice_tone import tell
from tukar.ui.pin_sheet import PersonPinSheet, PinSheet
from tukar.ui.translations import Language
from tukar.ui.wording import oversight, receipts, selling

_SIZE: Final = QSize(900, 528)
_PEOPLE: Final = 5
_CARD_WIDTH: Final = 400
_WHOLE_SECONDS: Final = 60.0
APPROVE_KEY: Final = "F1"
REFUSE_KEY: Final = "Shift+F1"


class DoorSheet(PersonPinSheet):
    """The view of ``till.managing.door.Door``."""

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, _SIZE, many=_PEOPLE)
        self._language = language
        self._model = DoorModel()
        language.changed.connect(self._renew)

    def show_door(self, model: DoorModel) -> None:
        before, self._model = self._model, model
        if model.is_open:
            self._renew()
        self.turn(opens=model.is_open and not before.is_open, closes=before.is_open and not model.is_open)

    def _renew(self) -> None:
        model = self._model
        self.title.setText(QCoreApplication.translate("Manager", "The manager's room"))
        again = QCoreApplication.translate("Manager", "Your sign-in ran out. Type your PIN, and everything goes on.")
        first = QCoreApplication.translate("Manager", "Choose yourself and type your PIN. Selling goes on meanwhile.")
        self.what.setText(again if model.again else first)
        self.show_people(model.people, model.chosen)
        self.pin.set_wrong(wrong=model.wrong)
        tell(self.notice, model.notice, self._language)
        self.next.set_label(QCoreApplication.translate("Manager", "Come in"))
        self.speak()
        self.arm(busy=model.busy, can=model.chosen >= 0)


class RequestSheet(PinSheet):
    """Where a request is answered; the other half of the view of ``till.managing.requests.Requests``."""

    note_typed = Signal(str)

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, _SIZE)
        self._language = language
        self._model = RequestsModel()
        self._who = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._much = Figure(look, "", Ink(Role.FIGURE, align=LEFT))
        self._reason = Text(look, "", Ink(Role.BODY), wrap=True)
        self._left = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self.note = Field(look, "")
        self.note.line.setMaxLength(NOTE_AT_MOST)
        self.note.edited.connect(self.note_typed)
        for part in (self._who, self._much, self._reason, self._left, self.note):
            self.body.addWidget(part)
        language.changed.connect(self._renew)

    def show_requests(self, model: RequestsModel) -> None:
        before, self._model = self._model, model
        if model.in_hand is not None:
            self._renew()
        opens = model.in_hand is not None and before.in_hand is None
        if opens:
            self.note.set_text("")
        self.turn(opens=opens, closes=before.in_hand is not None and model.in_hand is None)

    def _renew(self) -> None:
        model = self._model
        if model.in_hand is None:
            return
        request = model.in_hand.request
        subject = request.subject
        self.title.setText(oversight.action(subject.action))
        self._who.setText(who_asks(model.in_hand))
        much = oversight.how_much(subject, self._language)
        self._much.set_figure(much)
        self._much.setVisible(bool(much))
        self._reason.setText(f"“{subject.reason}”" if subject.reason else "")
        self._reason.setVisible(bool(subject.reason))
        self._left.setText(time_left(model.in_hand, self._language))
        name = QCoreApplication.translate("Manager", "Note for the cashier")
        self.note.set_words(name, name)
        self.pin.set_wrong(wrong=model.wrong)
        tell(self.notice, model.notice, self._language)
        approve = QCoreApplication.translate("Manager", "Approve")
        self.next.set_label(approve if model.give else QCoreApplication.translate("Manager", "Refuse"))
        self.speak()
        self.arm(busy=model.busy, can=True)


class RequestCard(Card):
    """The oldest request, in the corner of the page: who, what, how much, how long. It takes no focus.

    One view of ``till.managing.requests.Requests``; the owner places it. What became of the last answer is told where
    a request was, and goes when it is touched.
    """

    approve_requested = Signal()
    refuse_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "")
        self._language = language
        self._model = RequestsModel()
        self._who = Text(look, "", Ink(Role.LABEL, Colour.POINTS, may_cut=True))
        self._what = Text(look, "", Ink(Role.TITLE, may_cut=True))
        self._much = Figure(look, "", Ink(Role.FIGURE, align=LEFT))
        self._reason = Text(look, "", Ink(Role.BODY, Colour.INK_2, may_cut=True))
        self._left = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self._bar = ProgressBarThin(look, "", Colour.INK_2)
        self._beyond = NoticeStrip(look)
        self.refuse = NeutralButton(look, "", key=REFUSE_KEY)
        self.approve = NeutralButton(look, "", key=APPROVE_KEY)
        self.refuse.clicked.connect(self.refuse_requested)
        self.approve.clicked.connect(self.approve_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.refuse, 1)
        buttons.addWidget(self.approve, 1)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(4)
        for part in (self._who, self._what, self._much, self._reason):
            rows.addWidget(part)
        rows.addWidget(self._beyond)
        rows.addSpacing(12)
        rows.addWidget(self._left)
        rows.addWidget(self._bar)
        rows.addSpacing(12)
        rows.addLayout(buttons)
        language.changed.connect(self._renew)

    @property
    def wanted(self) -> bool:
        """Whether there is a request to be shown."""
        return bool(self._model.waiting) and self._model.in_hand is None

    def sizeHint(self) -> QSize:
        rows = self._rows
        wraps = rows.hasHeightForWidth()
        return QSize(_CARD_WIDTH, rows.totalHeightForWidth(_CARD_WIDTH) if wraps else rows.totalSizeHint().height())

    def show_requests(self, model: RequestsModel) -> None:
        self._model = model
        self._renew()

    def _renew(self) -> None:
        model = self._model
        if not model.waiting:
            return
        first = model.waiting[0]
        subject = first.request.subject
        self._who.setText(who_asks(first))
        self._what.setText(oversight.action(subject.action))
        much = oversight.how_much(subject, self._language)
        self._much.set_figure(much)
        self._much.setVisible(bool(much))
        self._reason.setText(f"“{subject.reason}”" if subject.reason else "")
        self._reason.setVisible(bool(subject.reason))
        left = time_left(first, self._language)
        others = len(model.waiting) - 1
        more = QCoreApplication.translate("Manager", "{count} more wait")
        self._left.setText("   ".join(filter(None, (left, more.format(count=others) if others else ""))))
        self._bar.setAccessibleName(QCoreApplication.translate("Manager", "Time left"))
        self._bar.set_share(first.seconds / _WHOLE_SECONDS, left)
        beyond = first.request.beyond
        self._beyond.show_notice(Tone.CALM, "" if beyond is None else oversight.beyond(beyond))
        self.approve.setEnabled(beyond is None)
        self.approve.set_label(QCoreApplication.translate("Manager", "Approve"))
        self.refuse.set_label(QCoreApplication.translate("Manager", "Refuse"))
        self.setAccessibleName(f"{self._who.text()}, {self._what.text()}, {much}, {left}")


def who_asks(waiting: Waiting) -> str:
    """``Sari W. asks   Till 2   Bill 2-000316``."""
    request = waiting.request
    asks = QCoreApplication.translate("Manager", "{name} asks").format(name=request.actor_name)
    bill = receipts.bill_number(request.subject.bill) if request.subject.bill else ""
    return "   ".join(filter(None, (asks, selling.till(request.till_id), bill)))


def time_left(waiting: Waiting, language: Language) -> str:
    words = QCoreApplication.translate("Manager", "{time} left")
    return words.format(time=language.format.countdown(waiting.seconds))
