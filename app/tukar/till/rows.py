"""The redemption rows of the bill in hand: a mirror of the journal that changes only once the disk has the change."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tukar.domain.receipt import Receipt
from tukar.domain.redemption import HOLDS, BillAnswer, Outcome, RedemptionState, checked_move
from tukar.domain.stored_value import is_value
from tukar.till.gear import Gear
from tukar.till.ports import DiskTrouble, RedemptionRow

LIVE: Final = (RedemptionState.CHALLENGED, RedemptionState.ASKED, RedemptionState.HELD)
_ENDED: Final = (RedemptionState.DROPPED, RedemptionState.CLOSED)

Then = Callable[[], None]
Troubled = Callable[[DiskTrouble], None]
RowChange = Callable[[RedemptionRow], RedemptionRow | None]


class RedemptionRows:
    """Adds and moves rows through the one journal queue, by the till's table and guarded by the state before.

    A change is worked out when its turn comes, from the row as earlier writes left it; None means that it makes no
    sense any more, and nothing is written. A move to DROPPED also queues the void (``Journal.move_redemption``).
    """

    def __init__(self, gear: Gear) -> None:
        self._gear = gear
        self._rows: dict[str, RedemptionRow] = {}
        self.on_dropped: Then = lambda: None
        """Called once a void waits to be sent."""
        self.on_changed: Then = lambda: None
        """Called once the disk has a change of a row: what is drawn comes from the rows."""
        self._doomed: set[str] = set()

    @property
    def all(self) -> tuple[RedemptionRow, ...]:
        """Oldest first, those that ended for this bill included."""
        return tuple(self._rows.values())

    @property
    def live(self) -> tuple[RedemptionRow, ...]:
        return tuple([row for key, row in self._rows.items() if row.state in LIVE and key not in self._doomed])

    @property
    def held(self) -> tuple[RedemptionRow, ...]:
        return tuple(row for row in self.live if row.state is RedemptionState.HELD)

    @property
    def reserved(self) -> tuple[RedemptionRow, ...]:
        """Those held at the backend, and not only here."""
        return tuple(row for row in self.held if not row.on_trust)

    def forget_ended(self) -> None:
        """The bill is over; rows whose end is still on its way to the disk stay until it is there."""
        self._rows = {key: row for key, row in self._rows.items() if row.state in LIVE and key in self._doomed}
        self._mind_line()

    def lives(self, redemption_id: str) -> bool:
        """Whether a row may still go on; one that is being dropped does not, even before the disk has it."""
        row = self._rows.get(redemption_id)
        return row is not None and row.state in LIVE and redemption_id not in self._doomed

    def get(self, redemption_id: str) -> RedemptionRow | None:
        return self._rows.get(redemption_id)

    def newest(self, programme_id: str, state: RedemptionState) -> RedemptionRow | None:
        """The newest row of an account in that state, but for one that is being dropped."""
        for row in reversed(self._rows.values()):
            if row.state is state and row.programme_id == programme_id and row.redemption_id not in self._doomed:
                return row
        return None

    def leaving(self, like: RedemptionRow) -> RedemptionRow | None:
        """The newest row of the same bill, customer and account that was dropped, or is being."""
        whose = (like.bill_id, like.member_id, like.programme_id)
        gone = (row for row in reversed(self._rows.values()) if not self.lives(row.redemption_id))
        dropped = (row for row in gone if row.state in (*LIVE, RedemptionState.DROPPED))
        return next((row for row in dropped if (row.bill_id, row.member_id, row.programme_id) == whose), None)

    def take_up(self, rows: Sequence[RedemptionRow]) -> None:
        """The rows that the journal has of a bill; none for a new bill."""
        self._rows = {row.redemption_id: row for row in rows}
        self._doomed.clear()
        self._mind_line()

    def add(self, row: RedemptionRow, then: Then, troubled: Troubled) -> None:
        def added(_: None) -> None:
            self._put(row)
            then()

        self._gear.writer.write(lambda: lambda: self._gear.journal.add_redemption(row), added, troubled)

    def move(self, redemption_id: str, change: RowChange, then: Then, troubled: Troubled) -> None:
        """Writes the row that ``change`` makes of the present one, then calls ``then``."""
        moved: list[RedemptionRow] = []

        def prepare() -> Callable[[], None] | None:
            now = self._rows.get(redemption_id)
            new = None if now is None else change(now)
            if now is None or new is None:
                return None
            if redemption_id in self._doomed and new.state is not RedemptionState.DROPPED:
                return None
            checked_move(now.state, new.state)
            moved.append(new)
            old = now.state
            return lambda: self._gear.journal.move_redemption(old, new)

        def done(_: None) -> None:
            self._put(moved[0])
            if moved[0].state is RedemptionState.DROPPED:
                self.on_dropped()
            then()

        self._gear.writer.write(prepare, done, troubled)

    def drop(self, rows: Sequence[RedemptionRow], note: str, then: Then, troubled: Troubled) -> None:
        """Every one of ``rows`` → DROPPED with its void in the outbox; ``then`` once all are on the disk.

        Rows that have ended meanwhile stay as they are.
        """
        self._doomed.update(row.redemption_id for row in rows)
        self._mind_line()
        for row in rows:
            self.move(row.redemption_id, lambda now: _dropped(now, note), lambda: None, troubled)
        self.after_writes(then, troubled)

    def after_writes(self, then: Then, troubled: Troubled) -> None:
        """``then`` once everything asked so far has been written."""
        self._gear.writer.write(lambda: _now(then), lambda _: None, troubled)

    def billed(self, receipt: Receipt) -> None:
        """The journal has saved the bill, moved its redemptions, and dropped those it does not show."""
        used = set(receipt.holds)
        for row in self.all:
            if row.state in LIVE and row.bill_id == receipt.bill_id:
                state = RedemptionState.BILLED if row.redemption_id in used else RedemptionState.DROPPED
                self._rows[row.redemption_id] = replace(row, state=state)
        self._mind_line()

    def settled(self, answer: BillAnswer) -> None:
        """The backend has the bill, and the journal its answer: each redemption ends as its part went."""
        outcomes = {part.ref: part.outcome for part in answer.parts if part.part in HOLDS}
        for row in self.all:
            if row.state is RedemptionState.BILLED and row.redemption_id in outcomes:
                done = outcomes[row.redemption_id] is Outcome.DONE
                state = RedemptionState.SETTLED if done else RedemptionState.REVIEW
                self._rows[row.redemption_id] = replace(row, state=state)

    def _put(self, row: RedemptionRow) -> None:
        self._rows[row.redemption_id] = row
        self._mind_line()
        self.on_changed()

    def _mind_line(self) -> None:
        """Points that were held or billed keep their discount on the bill, whatever the line does.

        What is taken on trust keeps it by the shop's setting, and lets nothing else that needs the line onto the bill.
        """
        self._gear.line.holding = any(self._needs_line(row) for row in self._rows.values())

    def _needs_line(self, row: RedemptionRow) -> bool:
        stands = row.state not in _ENDED and row.redemption_id not in self._doomed
        return stands and not row.on_trust and not is_value(row.programme_id)


def _dropped(row: RedemptionRow, note: str) -> RedemptionRow | None:
    return replace(row, state=RedemptionState.DROPPED, note=note) if row.state in LIVE else None


def _now(then: Then) -> None:
    then()
