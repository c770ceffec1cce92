"""The till's own upkeep, behind the cashier's back and never in their way (redemption.md, "Start-up and hourly").

Once in a while, and only while no bill is in hand, the journal is looked through, redemptions that belong to nothing
are dropped, what waits is sent, and what the backend has acknowledged in the last 35 days is compared with what it
holds. Every difference becomes a repair or an item for a manager. In between the logs are moved into their files, the
rest of the catalogue is indexed, and a disk that is nearly full is told before the journal fails.

A till whose numbers may have been given out before, after a restore or because the backend has seen one, asks for a
new series of them (redemption.md, "Restore, clone or replacement of a till").

A backend that was restored waits for every till to send again what it lost ("Restore of the server"): the same look
finds that, and once nothing is missing and nothing waits any more the till says so.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from tukar.domain.receipt import ReceiptNumber
from tukar.domain.redemption import BillAnswer, HoldState, Outcome, Part, RedemptionState
from tukar.till.background import Background
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Clock, DiskTrouble, Draft, RedemptionRow, Refused, ReviewItem, StaleRowError, Unreachable
from tukar.till.ports.records import Difference, Records, Told, ToldRedemption
from tukar.till.rows import LIVE

TICK_SECONDS: Final = 5.0
"""A till at which nothing happened for so long is idle."""

EVERY_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 300.0
"""After a look that the line or the disk cut short."""

RECOVERING_SECONDS: Final = 15.0
"""While a restored backend waits for its tills; nobody can spend points until it has heard them all."""

MEMORY: Final = timedelta(days=35)
LITTLE_SPACE: Final = 200 * 1024 * 1024
"""Bytes; weeks of bills fit into it, so there is time to act."""

_MIB: Final = 1024 * 1024
_ACTOR: Final = "till"


class Record(Protocol):
    """The journal as it is looked after; raises DiskTrouble."""

    def damage(self) -> str:
        """What is broken in the file; empty when it is whole. Reads all of it."""
        ...

    def checkpoint(self) -> None: ...

    def drafts(self) -> tuple[Draft, ...]: ...

    def unfinished_redemptions(self) -> tuple[RedemptionRow, ...]: ...

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None: ...

    def told_since(self, moment: datetime) -> Told:
        """What the backend acknowledged since then."""
        ...

    def send_again(self, bills: Collection[str], redemptions: Collection[str]) -> None:
        """Queues bills, and voids of redemptions, that were delivered before."""
        ...

    def give_up_again(self, since: datetime) -> None:
        """Queues once more that returns were given up, for a backend that does not know of it any more."""
        ...

    def waiting_count(self) -> int: ...

    def add_review_item(self, item: ReviewItem) -> None: ...

    @property
    def series_epoch(self) -> int:
        """Of the next bill's number."""
        ...

    @property
    def series_spent(self) -> bool: ...

    def spend_series(self, actor: str, action: str, ref: str) -> None: ...


class Wake(Protocol):
    """Somebody who sends what waits; ``OutboxSender`` is one."""

    def wake(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found: whether the journal is damaged, and how much was dropped, sent again or put to review."""

    damaged: bool = False
    dropped: int = 0
    sent_again: int = 0
    items: int = 0
    recovering: bool = False
    """The backend was restored and still waits for what this till or another holds."""


@dataclass(frozen=True, slots=True)
class Chores:
    """What else there is to do: ``index_some`` until it says False; ``renew_series`` blocks, see ``renewed``."""

    index_some: Callable[[], bool]
    free_bytes: Callable[[], int]
    renew_series: Callable[[], None]


def renewed(records: Records, keep: Callable[[int], None]) -> None:
    """Asks for a series that nobody gave numbers of, and has it kept before the first of them is used.

    The backend's own word counts as the present series: after a restore the till's may be an older one.
    """
    keep(records.new_series(records.state().till_epoch))


class Examination:
    """One look through the record and at the backend; ``look`` blocks."""

    def __init__(self, record: Record, records: Records, clock: Clock) -> None:
        self._record = record
        self._records = records
        self._clock = clock
        self._given_up_for = 0

    def look(self) -> Looked:
        """Repairs what can be repaired. Raises DiskTrouble, Refused or Unreachable; then it is to be done again."""
        if self._record.damage():
            return Looked(damaged=True)
        dropped = self._drop_strays()
        told = self._record.told_since(self._clock.now() - MEMORY)
        answer = self._records.differences(told)
        held = {one.redemption_id: one for one in told.redemptions}
        missing = set(answer.missing_bills)
        open_ones = [one for one in answer.redemptions if held[one.redemption_id].bill_id not in missing]
        voids = [one.redemption_id for one in open_ones if _is_void_again(held[one.redemption_id], one)]
        strange = [one for one in open_ones if _is_strange(held[one.redemption_id], one)]
        if missing or voids:
            self._record.send_again(missing, voids)
        for one in strange:
            self._record.add_review_item(self._item(held[one.redemption_id], one))
        sent_again = len(missing) + len(voids)
        return Looked(dropped=dropped, sent_again=sent_again, items=len(strange), recovering=self._is_recovering())

    def _is_recovering(self) -> bool:
        """Tells a restored backend that it has everything from here, once nothing waits that it could be missing.

        Returns are in no digest: those that were given up are told again, once for every restore.
        """
        state = self._records.state()
        if state.recovering and state.epoch != self._given_up_for:
            self._record.give_up_again(self._clock.now() - MEMORY)
            self._given_up_for = state.epoch
        if not state.recovering or self._record.waiting_count():
            return state.recovering
        return self._records.told_everything(state.epoch)

    def _drop_strays(self) -> int:
        """Redemptions of bills that left neither draft nor receipt: no bill means void."""
        live = [row for row in self._record.unfinished_redemptions() if row.state in LIVE]
        # Asked after the rows: a bill that began meanwhile has no row in the list.
        drafted = {draft.bill.bill_id for draft in self._record.drafts()} if live else set()
        dropped = 0
        for row in live:
            if row.bill_id in drafted:
                continue
            try:
                self._record.move_redemption(
                    row.state, replace(row, state=RedemptionState.DROPPED, note="found without a bill")
                )
            except StaleRowError:
                continue  # Its bill was saved in this very moment.
            dropped += 1
        return dropped

    def _item(self, held: ToldRedemption, found: Difference) -> ReviewItem:
        there = "unknown" if found.state is None else found.state.value
        story = f"Points of bill {held.bill_id} are {held.state.value} here and {there} at the backend."
        item_id = f"drift:{held.redemption_id}:{there}"
        return ReviewItem(item_id, "drift", held.redemption_id, self._clock.now(), story)


def _is_void_again(held: ToldRedemption, found: Difference) -> bool:
    """The backend lost our void, as after a restore: points are locked for nothing."""
    return held.state is RedemptionState.CLOSED and found.state is HoldState.HELD


def _is_strange(held: ToldRedemption, found: Difference) -> bool:
    """Points that were given back by another way than ours are given back all the same."""
    if held.state is RedemptionState.CLOSED:
        return found.state is HoldState.CAPTURED
    return True


class Upkeep:
    """Looks after the till for as long as it runs. ``start`` once a crash has been recovered from."""

    def __init__(
        self,
        *,
        record: Record,
        examination: Examination,
        chores: Chores,
        outbox: Wake,
        background: Background,
        in_hand: Callable[[], bool],
        tell: Callable[[Notice], None],
    ) -> None:
        self._record = record
        self._examination = examination
        self._chores = chores
        self._outbox = outbox
        self._background = background
        self._in_hand = in_hand
        self._tell = tell
        self._started = False
        self._stirred = True
        self._log_grew = True
        self._renewing = False
        self._look_in = 0.0

    def start(self) -> None:
        """Begins; a second call changes nothing."""
        if self._started:
            return
        self._started = True
        self._index()
        self._look_at_space()
        self._background.after(TICK_SECONDS, self._tick)

    def stir(self) -> None:
        """Something happened at the till: it is not idle now."""
        self._stirred = self._log_grew = True

    def look_soon(self) -> None:
        """The backend says that it was restored: looks as soon as the till is idle."""
        if self._look_in > RECOVERING_SECONDS:
            self._look_in = 0.0

    def delivered(self, answer: BillAnswer) -> None:
        """The backend's word about a bill: a number it has seen before must be the last one of its series."""
        if any(self._was_seen_before(part.ref) for part in answer.parts if _is_flagged_number(part.part, part.outcome)):
            self._renew(answer.bill_id)

    def _was_seen_before(self, number: str) -> bool:
        return ReceiptNumber.parse(number).epoch == self._record.series_epoch

    # The idle till

    def _tick(self) -> None:
        self._background.after(TICK_SECONDS, self._tick)
        self._look_in -= TICK_SECONDS
        stirred, self._stirred = self._stirred, False
        if stirred or self._in_hand():
            return
        if self._look_in <= 0.0:
            self._look()
        elif self._log_grew:
            self._log_grew = False
            self._background.run(self._record.checkpoint, lambda _: None, _known)

    def _look(self) -> None:
        self._look_in = EVERY_SECONDS
        self._look_at_space()
        self._background.run(self._examination.look, self._looked, self._cut_short)

    def _looked(self, looked: Looked) -> None:
        if looked.damaged:
            self._tell(Notice(Say.DISK_FAILED, Level.DANGER))
            return
        if looked.recovering:
            self._look_in = RECOVERING_SECONDS
        self._outbox.wake()

    def _cut_short(self, trouble: Exception) -> None:
        self._look_in = AGAIN_SECONDS
        _known(trouble)

    # Space and index

    def _look_at_space(self) -> None:
        self._background.run(self._chores.free_bytes, self._space, _known)

    def _space(self, free: int) -> None:
        if free < LITTLE_SPACE:
            self._tell(Notice(Say.DISK_NEARLY_FULL, Level.WARN, count=free // _MIB))

    def _index(self) -> None:
        self._background.run(self._chores.index_some, self._indexed, _known)

    def _indexed(self, more: bool) -> None:  # noqa: FBT001 - the index says just that
        if more:
            self._index()

    # Numbers

    def _renew(self, bill_id: str) -> None:
        if self._renewing:
            return
        self._renewing = True

        def work() -> None:
            if not self._record.series_spent:
                self._record.spend_series(_ACTOR, "number_seen", bill_id)
            self._chores.renew_series()

        self._background.run(work, lambda _: self._renewed(), lambda trouble: self._not_renewed(bill_id, trouble))

    def _renewed(self) -> None:
        self._renewing = False

    def _not_renewed(self, bill_id: str, trouble: Exception) -> None:
        """The journal remembers; it is asked for again, at the next start at the latest."""
        self._renewing = False
        self._background.after(AGAIN_SECONDS, lambda: self._renew(bill_id))
        _known(trouble)


def _is_flagged_number(part: Part, outcome: Outcome) -> bool:
    return part is Part.NUMBER and outcome is Outcome.FLAGGED


def _known(trouble: Exception) -> None:
    """What line, backend or disk refuse here is said where it matters, and tried again in time."""
    if not isinstance(trouble, Refused | Unreachable | DiskTrouble):
        raise trouble
