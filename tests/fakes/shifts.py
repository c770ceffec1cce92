"""A shift in rupiah, closed with a count."""

from datetime import UTC, datetime

from tukar.domain.money import Currency, Money
from tukar.domain.shift import CashMovement, Counted, MovementKind, Shift, ShiftClosing, ShiftReport

RUPIAH = Currency("IDR", 0, 100)
NINE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FIVE = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def rupiah(minor: int) -> Money:
    return Money(minor, RUPIAH)


def an_open_shift(till_id: str = "2", shift_id: str = "shift-1") -> Shift:
    return Shift(shift_id, till_id, NINE, "sari", rupiah(200_000), ("sari",))


def a_shift(till_id: str = "2", shift_id: str = "shift-1") -> Shift:
    """Float 200.000, ice for 15.000, cash sales of 95.000, and 500 too little in the drawer."""
    nothing = RUPIAH.zero()
    report = ShiftReport(
        sales=3, sold=rupiah(95_000), refunds=0, refunded=nothing, discount=nothing, rounding=nothing,
        cash=rupiah(280_000), first_number=f"{till_id}-000001", last_number=f"{till_id}-000003",
    )  # fmt: skip
    ice = CashMovement("move-1", MovementKind.PAY_OUT, rupiah(15_000), "Ice", NINE, "sari", "hendra")
    counted = (Counted(rupiah(100_000), 2), Counted(rupiah(50_000), 1), Counted(rupiah(500), 59))
    closing = ShiftClosing(1, FIVE, "sari", counted, report)
    return Shift(shift_id, till_id, NINE, "sari", rupiah(200_000), ("sari",), (ice,), closing)
