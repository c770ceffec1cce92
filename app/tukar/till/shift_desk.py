"""The shift of this till: which one is open, who may go on with a PIN in it, and everything that is done to it."""

from collections.abc import Callable
from dataclasses import dataclass

from tukar.domain.money import Money
from tukar.domain.shift import CashMovement, Shift, ShiftClosing
from tukar.till.background import Background
from tukar.till.ports import Clock, Ids
from tukar.till.ports.shifts import ShiftBook, ShiftSales

Listener = Callable[[Shift | None], None]
Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class ShiftRule:
    """What the shop asks. ``is_required``: nothing is sold before a shift is open, and it begins with a password."""

    till_id: str
    is_required: bool = False


class ShiftDesk:
    """Keeps what the journal says of the open shift. Writes go in the background; listeners hear of every change.

    Before ``load`` has answered no shift counts as open, so that a PIN is never enough where a password is due.
    """

    def __init__(self, book: ShiftBook, background: Background, clock: Clock, ids: Ids, rule: ShiftRule) -> None:
        self._book = book
        self._background = background
        self._clock = clock
        self._ids = ids
        self._rule = rule
        self._shift: Shift | None = None
        self._is_known = False
        self._listeners: list[Listener] = []

    @property
    def shift(self) -> Shift | None:
        """The open one."""
        return self._shift

    @property
    def is_required(self) -> bool:
        return self._rule.is_required

    @property
    def must_open(self) -> bool:
        """Whether nothing is sold before somebody opens a shift."""
        return self._rule.is_required and self._is_known and self._shift is None

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def needs_password(self, staff_id: str) -> bool:
        """Whether this person's PIN is not enough yet (security.md, "Staff sign-in")."""
        return self._rule.is_required and (self._shift is None or staff_id not in self._shift.people)

    def load(self) -> None:
        """What a former run left open goes on."""
        self._background.run(self._book.in_hand, self._now_is, _bug)

    def open(self, opening_float: Money, staff_id: str, failed: Failed) -> None:
        """Begins a shift with that float; one that is open already goes on."""
        shift = Shift(
            shift_id=self._ids.new(),
            till_id=self._rule.till_id,
            opened_at=self._clock.now(),
            opened_by=staff_id,
            opening_float=opening_float,
            people=(staff_id,),
        )
        self._background.run(lambda: self._book.open(shift), self._now_is, failed)

    def admit(self, staff_id: str) -> None:
        """Somebody signed in who may: from now on their PIN is enough."""
        shift = self._shift
        if shift is not None and staff_id not in shift.people:
            self._background.run(lambda: self._book.admit(shift.shift_id, staff_id), self._now_is, _bug)

    def move(self, movement: Callable[[str], CashMovement], done: Callable[[], None], failed: Failed) -> None:
        """Writes down cash that goes in or out; ``movement`` makes it from a new id."""
        shift = self._shift
        if shift is None:
            return
        made = movement(self._ids.new())

        def moved(changed: Shift) -> None:
            self._now_is(changed)
            done()

        self._background.run(lambda: self._book.move(shift.shift_id, made), moved, failed)

    def sales(self, found: Callable[[ShiftSales], None], failed: Failed) -> None:
        """What the open shift's report is made of."""
        shift = self._shift
        if shift is not None:
            self._background.run(lambda: self._book.sales(shift.shift_id), found, failed, slot="shift sales")

    def close(
        self, closing: Callable[[Shift, ShiftSales], ShiftClosing], done: Callable[[Shift], None], failed: Failed
    ) -> None:
        """Ends the shift; ``closing`` is asked in the background, with what was sold up to this very moment."""
        shift = self._shift
        if shift is None:
            return

        def run() -> Shift:
            return self._book.close(shift.shift_id, closing(shift, self._book.sales(shift.shift_id)))

        def closed(ended: Shift) -> None:
            self._now_is(None)
            done(ended)

        self._background.run(run, closed, failed)

    def latest(self, found: Callable[[tuple[Shift, ...]], None]) -> None:
        """Closed shifts, latest first."""
        self._background.run(self._book.latest, found, lambda _trouble: found(()))

    def _now_is(self, shift: Shift | None) -> None:
        self._is_known = True
        self._shift = shift
        for listener in tuple(self._listeners):
            listener(shift)


def _bug(trouble: Exception) -> None:
    raise trouble
