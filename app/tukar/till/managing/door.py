"""The door of the manager's room: whose room it is from now on, by their own PIN."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.people import PIN_DIGITS, Action, Right, StaffMember
from tukar.domain.redemption import Refusal
from tukar.till.managing.session import Session, told
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Refused


@dataclass(frozen=True, slots=True)
class DoorModel:
    """Who may come in. ``chosen`` is a place in ``people``, -1 where nobody may; ``again`` after a session ran out."""

    is_open: bool = False
    people: tuple[StaffMember, ...] = ()
    chosen: int = -1
    again: bool = False
    busy: bool = False
    wrong: bool = False
    notice: Notice | None = None


class DoorView(Protocol):
    """Where a manager types their PIN."""

    def show_door(self, model: DoorModel) -> None: ...


class Door:
    """Lets in who may see reports. ``came_in`` hears who did, ``turned_away`` that nobody will."""

    def __init__(
        self,
        *,
        view: DoorView,
        session: Session,
        staff: Callable[[], Sequence[StaffMember]],
        came_in: Callable[[StaffMember], None],
        turned_away: Callable[[], None],
    ) -> None:
        self._view = view
        self._session = session
        self._staff = staff
        self._came_in = came_in
        self._turned_away = turned_away
        self._model = DoorModel()
        session.lapsed = self._lapsed

    @property
    def model(self) -> DoorModel:
        return self._model

    def knock(self, who: str = "") -> None:
        """Opens for a PIN; ``who`` is the staff id of somebody who is at the till already and is chosen first."""
        self._open(who, again=False)

    def choose(self, place: int) -> None:
        if 0 <= place < len(self._model.people) and not self._model.busy:
            self._show(replace(self._model, chosen=place, wrong=False, notice=None))

    def typing(self) -> None:
        """The PIN is typed anew."""
        if self._model.wrong:
            self._show(replace(self._model, wrong=False, notice=None))

    def enter(self, pin: str) -> None:
        model = self._model
        if not model.is_open or model.busy or model.chosen < 0 or len(pin) != PIN_DIGITS:
            return
        self._show(replace(model, busy=True, wrong=False, notice=None))
        self._session.sign_in(model.people[model.chosen], pin, self._signed_in, self._refused)

    def leave(self) -> None:
        """Esc: nobody comes in."""
        self._show(DoorModel())
        self._session.give_up()
        self._turned_away()

    def _lapsed(self) -> None:
        who = self._model.people[self._model.chosen].staff_id if self._model.chosen >= 0 else ""
        self._open(who, again=True)

    def _open(self, who: str, *, again: bool) -> None:
        people = tuple(member for member in self._staff() if member.right(Action.SEE_REPORTS) is Right.ALLOWED)
        chosen = next((place for place, member in enumerate(people) if member.staff_id == who), 0)
        notice = None if people else Notice(Say.NO_MANAGER, Level.WARN)
        self._show(DoorModel(is_open=True, people=people, chosen=chosen if people else -1, again=again, notice=notice))

    def _signed_in(self, manager: StaffMember) -> None:
        again = self._model.again
        self._show(replace(self._model, is_open=False, busy=False))
        if not again:
            self._came_in(manager)

    def _refused(self, trouble: Exception) -> None:
        wrong = isinstance(trouble, Refused) and trouble.refusal is Refusal.NOT_ALLOWED
        notice = Notice(Say.WRONG_PIN, Level.WARN) if wrong else told(trouble)
        self._show(replace(self._model, busy=False, wrong=wrong, notice=notice))

    def _show(self, model: DoorModel) -> None:
        self._model = model
        self._view.show_door(model)
