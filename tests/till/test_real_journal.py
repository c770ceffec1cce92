"""The same sales and crashes over the journal that tills really have: what the fake one allows, the disk allows too."""

from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.till.bench import Bench
from tests.till.test_crash_points import (
    JOURNEYS,
    Crash,
    Journey,
    Reaper,
    edited_under_a_hold,
    finish,
    journey_a,
    recover,
)
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
from tukar.till.ports import Draft, PaymentAttempt, RedemptionRow


class PointedJournal(SqliteJournal):
    """The real journal with a point around the writes of a sale; what was begun is finished or never was."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        super().__init__(folder, Numbering("TOKO", "T1", 1), clock=clock, seal=PlainSeal())
        self.reaper = Reaper()

    def save_draft(self, draft: Draft) -> None:
        self.reaper("before:save_draft")
        super().save_draft(draft)
        self.reaper("after:save_draft")

    def add_redemption(self, row: RedemptionRow) -> None:
        self.reaper("before:add_redemption")
        super().add_redemption(row)
        self.reaper("after:add_redemption")

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        self.reaper("before:move_redemption")
        super().move_redemption(old, row)
        self.reaper("after:move_redemption")

    def record_attempt(self, attempt: PaymentAttempt) -> None:
        self.reaper("before:record_attempt")
        super().record_attempt(attempt)
        self.reaper("after:record_attempt")

    def save_bill(self, receipt: Receipt) -> Receipt:
        self.reaper("before:save_bill")
        saved = super().save_bill(receipt)
        self.reaper("after:save_bill")
        return saved


def play(journey: Journey, folder: Path, kill_at: int) -> list[str]:
    """The journey, its death at a point (none when negative), what follows, and the invariants."""
    bench = Bench()
    journal = PointedJournal(folder, bench.clock)
    journal.reaper = Reaper(kill_at)
    bench.watch(journal.reaper)
    bench.disk = journal
    till = bench.start()
    if kill_at < 0:
        journey(bench, till)
    else:
        with pytest.raises(Crash):
            journey(bench, till)
    names = journal.reaper.names
    journal.reaper = Reaper()
    bench.watch(journal.reaper)
    if kill_at >= 0:
        journal.close()
        bench.disk = PointedJournal(folder, bench.clock)
        till = bench.start()
        recover(bench, till)
        finish(bench, till)
        till.outbox.wake()
    check(bench)
    bench.disk.close()
    return names


def check(bench: Bench) -> None:
    disk, backend = bench.disk, bench.backend
    saved = disk.recent_receipts()
    assert disk.waiting_count() == 0
    assert (disk.drafts(), disk.review_items(), disk.unfinished_redemptions()) == ((), (), ())
    assert [backend.held(name) for name in backend.posted] == [0, 0]
    assert backend.items == []
    assert set(backend.bills) == {receipt.bill_id for receipt in saved}
    assert [receipt.number.n for receipt in saved] == list(range(len(saved), 0, -1))
    given = sum(one.points.units for receipt in saved for one in receipt.redemptions)
    assert given == sum(backend.spent.values())
    for receipt in saved:
        rows = disk.redemptions(receipt.bill_id)
        assert [row.state for row in rows].count(RedemptionState.SETTLED) == len(receipt.redemptions)
    cards = {one.tender_id for receipt in saved for one in receipt.tenders if one.mode is PaymentMode.CARD}
    assert set(bench.card.taken) == cards


@pytest.mark.parametrize("journey", JOURNEYS)
def test_every_sale_runs_over_the_real_journal(journey: Journey, tmp_path: Path) -> None:
    play(journey, tmp_path, -1)


@pytest.mark.parametrize("journey", [journey_a, edited_under_a_hold])
def test_the_real_journal_survives_death_at_every_point(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    for index, _ in enumerate(play(journey, tmp_path / "whole", -1)):
        folder = tmp_path / str(index)
        folder.mkdir()
        play(journey, folder, index)
