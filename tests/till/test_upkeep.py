"""The till's upkeep: only while nothing is in hand, every difference mended or shown, numbers never given out twice."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.shop import SHOP
from tests.local.samples import bill, redemption
from tukar.domain.redemption import BillAnswer, HoldState, Outcome, Part, PartResult, RedemptionState
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import (
    BackendState,
    DiskTrouble,
    DiskTroubleKind,
    Draft,
    RedemptionRow,
    ReviewItem,
    StaleRowError,
    Trouble,
    Unreachable,
)
from tukar.till.ports.records import Difference, Differences, Told, ToldRedemption
from tukar.till.upkeep import (
    AGAIN_SECONDS,
    EVERY_SECONDS,
    LITTLE_SPACE,
    MEMORY,
    RECOVERING_SECONDS,
    TICK_SECONDS,
    Chores,
    Examination,
    Looked,
    Upkeep,
    renewed,
)

S = RedemptionState


@dataclass
class FakeRecord:
    """``upkeep.Record`` in memory."""

    told: Told = field(default_factory=Told)
    broken: str = ""
    rows: tuple[RedemptionRow, ...] = ()
    kept: tuple[Draft, ...] = ()
    stale: bool = False
    moved: list[RedemptionRow] = field(default_factory=list)
    again: list[tuple[set[str], set[str]]] = field(default_factory=list)
    items: list[ReviewItem] = field(default_factory=list)
    checkpoints: int = 0
    since: datetime | None = None
    series_epoch: int = 1
    waiting: int = 0
    given_up: list[datetime] = field(default_factory=list)
    spent: list[tuple[str, str, str]] = field(default_factory=list)

    def damage(self) -> str:
        return self.broken

    def checkpoint(self) -> None:
        self.checkpoints += 1

    def drafts(self) -> tuple[Draft, ...]:
        return self.kept

    def unfinished_redemptions(self) -> tuple[RedemptionRow, ...]:
        return self.rows

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        if self.stale:
            raise StaleRowError(f"no longer {old}")
        self.moved.append(row)

    def told_since(self, moment: datetime) -> Told:
        self.since = moment
        return self.told

    def send_again(self, bills: Collection[str], redemptions: Collection[str]) -> None:
        self.again.append((set(bills), set(redemptions)))

    def give_up_again(self, since: datetime) -> None:
        self.given_up.append(since)

    def waiting_count(self) -> int:
        return self.waiting

    def add_review_item(self, item: ReviewItem) -> None:
        self.items.append(item)

    @property
    def series_spent(self) -> bool:
        return bool(self.spent)

    def spend_series(self, actor: str, action: str, ref: str) -> None:
        self.spent.append((actor, action, ref))


@dataclass
class FakeRecords:
    """``ports.records.Records`` with answers of the test's."""

    answer: Differences = field(default_factory=Differences)
    trouble: Exception | None = None
    asked: int = 0
    epoch: int = 3
    recovering: bool = False
    heard_all: int = 0
    others: int = 0

    def state(self) -> BackendState:
        return BackendState(
            SHOP, 7, 1, FakeClock().now(), 1, 1, 1, recovering=self.recovering, till_id="T1", till_epoch=self.epoch
        )

    def told_everything(self, epoch: int) -> bool:
        assert epoch == 7
        self.heard_all += 1
        return self.heard_all <= self.others

    def differences(self, told: Told) -> Differences:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return self.answer

    def new_series(self, after: int) -> int:
        assert after == self.epoch, "what the backend says counts, not what an old till believes"
        self.epoch += 1
        return self.epoch


class House:
    """An upkeep and everything around it; time passes with ``pass_time``."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.background = SteppedBackground(self.clock)
        self.record, self.records = FakeRecord(), FakeRecords()
        self.free = LITTLE_SPACE
        self.to_index = 0
        self.indexed = 0
        self.woken = 0
        self.busy = False
        self.renewals: list[Exception | None] = []
        self.renewed = 0
        self.said: list[Notice] = []
        self.upkeep = Upkeep(
            record=self.record,
            examination=Examination(self.record, self.records, self.clock),
            chores=Chores(self._index, lambda: self.free, self._renew),
            outbox=self,
            background=self.background,
            in_hand=lambda: self.busy,
            tell=self.said.append,
        )

    def wake(self) -> None:
        self.woken += 1

    def _index(self) -> bool:
        self.indexed += 1
        return self.indexed <= self.to_index

    def _renew(self) -> None:
        trouble = self.renewals.pop(0) if self.renewals else None
        if trouble is not None:
            raise trouble
        self.renewed += 1
        self.record.spent.clear()
        self.record.series_epoch += 1

    def start(self) -> None:
        self.upkeep.start()
        self.background.run_all()

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK_SECONDS)):
            self.background.advance(TICK_SECONDS)
            self.background.run_all()


@pytest.fixture
def house() -> House:
    return House()


def test_what_the_backend_lost_is_sent_again(house: House) -> None:
    house.record.told = Told(
        ("b-1", "b-2"), (ToldRedemption("r-1", S.SETTLED, "b-1"), ToldRedemption("r-2", S.CLOSED, "b-9"))
    )
    house.records.answer = Differences(("b-1",), (Difference("r-1", None), Difference("r-2", HoldState.HELD, "b-9")))
    house.start()
    house.pass_time(2 * TICK_SECONDS)
    assert house.record.again == [({"b-1"}, {"r-2"})]
    assert house.record.items == [], "the bill settles its own points"
    assert (house.woken, house.record.since) == (1, house.clock.now() - MEMORY)


@pytest.mark.parametrize(
    ("state", "there", "is_item"),
    [
        (S.SETTLED, HoldState.VOIDED, True),
        (S.SETTLED, None, True),
        (S.CLOSED, HoldState.CAPTURED, True),
        (S.CLOSED, HoldState.EXPIRED, False),
        (S.CLOSED, None, False),
    ],
)
def test_what_cannot_be_mended_is_shown_to_a_manager(
    house: House, state: RedemptionState, there: HoldState | None, *, is_item: bool
) -> None:
    house.record.told = Told((), (ToldRedemption("r-1", state, "b-1"),))
    house.records.answer = Differences((), (Difference("r-1", there),))
    looked = Examination(house.record, house.records, house.clock).look()
    assert looked == Looked(items=int(is_item))
    assert [item.ref for item in house.record.items] == ["r-1"] * is_item
    assert house.record.again == []


def test_a_restored_backend_hears_when_it_has_everything(house: House) -> None:
    house.start()
    house.pass_time(2 * TICK_SECONDS)
    house.records.recovering, house.records.others, house.record.waiting = True, 1, 2
    house.upkeep.look_soon()
    house.pass_time(TICK_SECONDS)
    assert (house.records.asked, house.records.heard_all) == (2, 0), "two messages are still on their way"
    house.record.waiting = 0
    house.pass_time(RECOVERING_SECONDS)
    assert (house.records.asked, house.records.heard_all) == (3, 1), "another till has not told yet"
    house.pass_time(RECOVERING_SECONDS)
    house.records.recovering = False
    house.pass_time(EVERY_SECONDS - TICK_SECONDS)
    assert (house.records.asked, house.records.heard_all) == (4, 2)
    assert len(house.record.given_up) == 1, "once for every restore, or it would never come to its end"


def test_redemptions_of_no_bill_are_dropped_and_others_left_alone(house: House) -> None:
    house.record.rows = (
        redemption("r-1", S.HELD, bill_id="gone"),
        redemption("r-2", S.HELD, bill_id="drafted"),
        redemption("r-3", S.BILLED, bill_id="gone"),
    )
    house.record.kept = (Draft(bill("drafted")),)
    looked = Examination(house.record, house.records, house.clock).look()
    assert [(row.redemption_id, row.state) for row in house.record.moved] == [("r-1", S.DROPPED)]
    assert looked.dropped == 1
    house.record.stale = True
    assert Examination(house.record, house.records, house.clock).look().dropped == 0


def test_a_damaged_journal_is_said_and_nobody_is_asked(house: House) -> None:
    house.record.broken = "row 5 missing"
    house.start()
    house.pass_time(2 * TICK_SECONDS)
    assert house.said == [Notice(Say.DISK_FAILED, Level.DANGER)]
    assert (house.records.asked, house.woken) == (0, 0)


def test_it_looks_every_hour_and_never_while_a_bill_is_in_hand(house: House) -> None:
    house.busy = True
    house.start()
    house.pass_time(60)
    assert (house.records.asked, house.record.checkpoints) == (0, 0)
    house.busy = False
    house.pass_time(TICK_SECONDS)
    assert house.records.asked == 1
    house.pass_time(EVERY_SECONDS)
    assert house.records.asked == 2


@pytest.mark.parametrize("trouble", [Unreachable(Trouble.NO_CONNECTION), DiskTrouble(DiskTroubleKind.FULL)])
def test_a_look_that_was_cut_short_is_made_again_sooner(house: House, trouble: Exception) -> None:
    house.records.trouble = trouble
    house.start()
    house.pass_time(2 * TICK_SECONDS)
    house.records.trouble = None
    house.pass_time(AGAIN_SECONDS)
    assert (house.records.asked, house.woken) == (2, 1)


def test_a_mistake_of_ours_is_not_hidden(house: House) -> None:
    with pytest.raises(LookupError):
        house.upkeep._cut_short(LookupError("ours"))


def test_the_log_is_moved_once_after_work_and_only_when_idle(house: House) -> None:
    house.start()
    house.pass_time(4 * TICK_SECONDS)
    assert house.record.checkpoints == 1
    house.pass_time(60)
    assert house.record.checkpoints == 1, "nothing was written since"
    house.upkeep.stir()
    house.pass_time(TICK_SECONDS)
    assert house.record.checkpoints == 1, "somebody was there a moment ago"
    house.pass_time(TICK_SECONDS)
    assert house.record.checkpoints == 2


def test_the_rest_of_the_catalogue_is_indexed_at_the_start(house: House) -> None:
    house.to_index = 3
    house.start()
    house.upkeep.start()
    house.background.run_all()
    assert house.indexed == 4


def test_little_space_is_said_before_the_journal_fails(house: House) -> None:
    house.start()
    assert house.said == []
    house.free = 5 * 1024 * 1024
    house.pass_time(2 * TICK_SECONDS)
    assert house.said == [Notice(Say.DISK_NEARLY_FULL, Level.WARN, count=5)]


def seen_before(number: str) -> BillAnswer:
    return BillAnswer("b-1", (PartResult(Part.NUMBER, number, Outcome.FLAGGED, note="number seen before"),))


def test_a_number_that_was_seen_before_ends_its_series_once(house: House) -> None:
    house.renewals = [Unreachable(Trouble.NO_CONNECTION)]
    house.upkeep.delivered(BillAnswer("b-0", (PartResult(Part.BILL, "b-0", Outcome.FLAGGED),)))
    assert not house.background.jobs
    house.upkeep.delivered(seen_before("TOKO1-T1-1-7"))
    house.upkeep.delivered(seen_before("TOKO1-T1-1-8"))
    house.background.run_all()
    assert house.record.spent == [("till", "number_seen", "b-1")], "the journal remembers it through a restart"
    house.pass_time(AGAIN_SECONDS)
    assert (house.renewed, house.record.series_epoch) == (1, 2)
    house.upkeep.delivered(seen_before("TOKO1-T1-1-9"))
    house.background.run_all()
    assert house.renewed == 1, "that one is of the old series"


def test_a_new_series_follows_the_backends_own_word() -> None:
    kept: list[int] = []
    renewed(FakeRecords(epoch=5), kept.append)
    assert kept == [6]


def test_a_row_is_dropped_with_the_reason_beside_it(house: House) -> None:
    row = redemption("r-1", S.ASKED, bill_id="gone")
    house.record.rows = (row,)
    Examination(house.record, house.records, house.clock).look()
    assert house.record.moved == [replace(row, state=S.DROPPED, note="found without a bill")]


def test_a_look_that_is_near_is_not_hurried(house: House) -> None:
    house.start()
    house.pass_time(2 * TICK_SECONDS)
    house.upkeep.look_soon()
    house.upkeep.look_soon()
    house.pass_time(TICK_SECONDS)
    assert house.records.asked == 2
