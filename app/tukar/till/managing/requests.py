"""Words asked for from afar: who wants what, how much, how long is left, and the manager's answer by their own PIN."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.approval import ApprovalRequest, ApprovalState
from tukar.domain.people import PIN_DIGITS
from tukar.till.background import Background
from tukar.till.managing.session import Session
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Clock
from tukar.till.ports.reviewing import RequestList

NOTE_AT_MOST: Final = 200
TICK_SECONDS: Final = 1.0
SAID_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request and the seconds it still waits."""

    request: ApprovalRequest
    seconds: float


@dataclass(frozen=True, slots=True)
class RequestsModel:
    """What waits, oldest first. ``in_hand`` is the request whose answer is being given, ``give`` which answer."""

    waiting: tuple[Waiting, ...] = ()
    in_hand: Waiting | None = None
    give: bool = True
    note: str = ""
    busy: bool = False
    wrong: bool = False
    notice: Notice | None = None
    said: Notice | None = None
    """What became of the last answer, for the page."""


class RequestsView(Protocol):
    """Where requests appear and are answered."""

    def show_requests(self, model: RequestsModel) -> None: ...


class Requests:
    """Presenter of the card of requests. ``refresh`` is the room's pulse; the seconds run by themselves."""

    def __init__(self, *, view: RequestsView, session: Session, background: Background, clock: Clock) -> None:
        self._view = view
        self._session = session
        self._background = background
        self._clock = clock
        self._asking = False
        self._ticking = False
        self._until: dict[str, float] = {}
        self._model = RequestsModel()

    @property
    def model(self) -> RequestsModel:
        return self._model

    def refresh(self) -> None:
        """Asks what waits, one question at a time."""
        if self._asking:
            return
        self._asking = True
        self._session.ask(lambda backend: backend.requests(), self._heard, self._not_heard, slot="requests")

    def begin(self, *, give: bool) -> None:
        """The oldest request is taken in hand, to be approved or refused; a PIN follows."""
        model = self._model
        if model.waiting and model.in_hand is None:
            first = model.waiting[0]
            if give and first.request.beyond is not None:
                return
            self._show(replace(model, in_hand=first, give=give, note="", wrong=False, notice=None, said=None))

    def type_note(self, note: str) -> None:
        """Why, in the manager's words; the cashier reads it."""
        if self._model.in_hand is not None:
            self._show(replace(self._model, note=note[:NOTE_AT_MOST]))

    def typing(self) -> None:
        if self._model.wrong:
            self._show(replace(self._model, wrong=False, notice=None))

    def enter(self, pin: str) -> None:
        model = self._model
        if model.in_hand is None or model.busy or len(pin) != PIN_DIGITS:
            return
        request_id, give, note = model.in_hand.request.request_id, model.give, model.note
        self._show(replace(model, busy=True, wrong=False, notice=None))
        self._session.ask(
            lambda backend: backend.answer_request(request_id, give=give, pin=pin, note=note),
            self._answered,
            self._refused,
        )

    def close(self) -> None:
        """Esc: the request waits on."""
        self._show(replace(self._model, in_hand=None, busy=False, wrong=False, notice=None))

    def dismiss(self) -> None:
        """What became of the last answer was read."""
        if self._model.said is not None:
            self._show(replace(self._model, said=None))

    def forget(self) -> None:
        """The room is left: nothing waits on the screen."""
        self._until.clear()
        self._asking = False
        self._show(RequestsModel())

    def _heard(self, answer: RequestList) -> None:
        if not self._asking:
            return  # The room was left meanwhile.
        self._asking = False
        now = self._clock.monotonic()
        waiting = [request for request in answer.requests if request.state is ApprovalState.WAITING]
        ids = {request.request_id for request in waiting}
        self._until = {known: until for known, until in self._until.items() if known in ids}
        for request in waiting:
            self._until.setdefault(request.request_id, now + request.seconds_left)
        self._renew(tuple(waiting))

    def _not_heard(self, _notice: Notice) -> None:
        """The page that is in front says that nobody answers; the seconds run on."""
        self._asking = False

    def _renew(self, requests: tuple[ApprovalRequest, ...]) -> None:
        waiting = tuple(
            Waiting(request, left)
            for request in requests
            if (left := self._until[request.request_id] - self._clock.monotonic()) > 0
        )
        model = self._model
        in_hand = model.in_hand
        if in_hand is not None:
            again = next((one for one in waiting if one.request.request_id == in_hand.request.request_id), None)
            if again is None and not model.busy:
                # Somebody else answered, or the time is over: nothing is left to be answered here.
                self._tell(replace(model, in_hand=None), Notice(Say.REQUEST_GONE))
                model, in_hand = self._model, None
            else:
                in_hand = again or in_hand
        if (waiting, in_hand) != (self._model.waiting, self._model.in_hand):
            self._show(replace(model, waiting=waiting, in_hand=in_hand))
        self._tick()

    def _tick(self) -> None:
        if self._model.waiting and not self._ticking:
            self._ticking = True
            self._background.after(TICK_SECONDS, self._ticked)

    def _ticked(self) -> None:
        self._ticking = False
        self._renew(tuple(one.request for one in self._model.waiting))

    def _answered(self, request: ApprovalRequest) -> None:
        gone = request.state not in (ApprovalState.GIVEN, ApprovalState.REFUSED)
        given = request.state is ApprovalState.GIVEN
        say = Say.REQUEST_GONE if gone else Say.REQUEST_GIVEN if given else Say.REQUEST_REFUSED
        left = tuple(one for one in self._model.waiting if one.request.request_id != request.request_id)
        self._tell(RequestsModel(waiting=left), Notice(say, text=request.actor_name))

    def _tell(self, model: RequestsModel, notice: Notice) -> None:
        """Says what became of a request, for as long as it takes to read it."""
        self._show(replace(model, said=notice))

        def read() -> None:
            if self._model.said is notice:
                self.dismiss()

        self._background.after(SAID_SECONDS, read)

    def _refused(self, notice: Notice) -> None:
        wrong = notice.say is Say.NOT_ALLOWED
        shown = Notice(Say.WRONG_PIN, Level.WARN) if wrong else notice
        self._show(replace(self._model, busy=False, wrong=wrong, notice=shown))

    def _show(self, model: RequestsModel) -> None:
        self._model = model
        self._view.show_requests(model)
