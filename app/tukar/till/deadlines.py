"""How long a hold may be relied on: until when tenders may open, and until when the bill may be saved."""

from tukar.domain.redemption import COMMIT_MARGIN_SECONDS, HoldAnswer
from tukar.till.gear import Gear
from tukar.till.ports import Clock, Deadline, Hold, RedemptionRow


def hold_deadlines(clock: Clock, sent_at: float, ttl: float) -> tuple[Deadline, Deadline]:
    """(held until, commit by) for ``ttl`` seconds granted to a request that left after ``sent_at``.

    commit-by = send time + ttl - 10 min (redemption.md, "Till"); a backend that grants less than half an hour keeps
    the same share of its time as a margin. Both count from before the request left, on the clock that runs on in
    suspend.
    """
    margin = min(COMMIT_MARGIN_SECONDS, ttl / 3)
    return Deadline(clock.boot_id, sent_at + ttl), Deadline(clock.boot_id, sent_at + ttl - margin)


def deadlines_of(gear: Gear, sent_at: float, answer: HoldAnswer) -> tuple[Deadline | None, Deadline | None]:
    """The deadlines of a granted hold; none where the backend's holds do not run out."""
    hold = gear.backend.capabilities.hold
    if hold is Hold.NONE or (hold is Hold.LOCK and answer.ttl <= 0):
        return None, None
    return hold_deadlines(gear.clock, sent_at, answer.ttl)


def to_open_a_tender(row: RedemptionRow) -> Deadline | None:
    """After this no tender opens on the hold; None where the backend's holds do not run out."""
    return row.commit_by


def to_save(row: RedemptionRow) -> Deadline | None:
    """After this only a manager saves the bill; None where the backend's holds do not run out."""
    return row.held_until
