"""A shift at one till: the float it began with, money put in and taken out, what was sold, and the count at its end.

What a shift comes to is never stored while it is open: ``report_of`` folds the receipts that were saved in it. Only the
closed shift keeps its report, because it says what stood on the paper that was signed (till.md, "Also").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptLine
from tukar.domain.tender import PaymentMode

_USUAL: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "IDR": (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100),
        "INR": (500, 200, 100, 50, 20, 10, 5, 2, 1),
    }
)
"""Notes and coins in major units, largest first."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def denominations(currency: Currency, chosen: Sequence[int] = ()) -> tuple[Money, ...]:
    """What a drawer is counted by, largest first: what the shop has chosen, else what is usual with the currency.

    A currency nobody has described is counted in 1, 2, 5 and their tens from its smallest coin on.
    """
    if chosen:
        minor: Iterable[int] = chosen
    elif currency.code in _USUAL:
        minor = (value * 10**currency.minor_digits for value in _USUAL[currency.code])
    else:
        minor = (step * currency.cash_step for step in _STEPS)
    return tuple(Money(value, currency) for value in sorted(set(minor), reverse=True))


class MovementKind(StrEnum):
    """Cash that goes into the drawer, or out of it, without a sale."""

    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Money put in or taken out, with its reason and who answers for it; ``amount`` is above zero either way."""

    movement_id: str
    kind: MovementKind
    amount: Money
    reason: str
    at: datetime
    actor: str
    approver: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise ValueError("cash that moves is more than nothing")

    @property
    def into_drawer(self) -> Money:
        return self.amount if self.kind is MovementKind.PAY_IN else -self.amount


@dataclass(frozen=True, slots=True)
class Counted:
    """So many notes or coins of one value."""

    value: Money
    pieces: int

    def __post_init__(self) -> None:
        if self.pieces < 0 or self.value.minor <= 0:
            raise ValueError("nobody counts less than nothing")

    @property
    def amount(self) -> Money:
        return Money(self.value.minor * self.pieces, self.value.currency)


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """What came in by one way of paying, less what went back by it."""

    mode: PaymentMode
    times: int
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """One tax: what it was on, and how much it is."""

    name: str
    rates: tuple[Decimal, ...]
    included: bool
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class PromotionTotal:
    """What one promotion took off, over so many bills."""

    rule_id: str
    name: LocalName
    bills: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PointsTotal:
    """Points of one programme that customers spent and earned."""

    programme_id: str
    name: LocalName
    spent: Points
    earned: Points


@dataclass(frozen=True, slots=True)
class SellerTotal:
    """What one salesperson sold, less what came back; an empty id is what nobody sold."""

    salesperson_id: str
    name: str
    bills: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """What a shift comes to. ``sold`` and ``refunded`` are both counted above zero; the difference is the turnover.

    ``openings`` is how often the drawer was opened without a sale. ``cash`` is what the drawer must hold: the float,
    what was paid in and out, and the cash of sales and returns.
    """

    sales: int
    sold: Money
    refunds: int
    refunded: Money
    discount: Money
    rounding: Money
    cash: Money
    openings: int = 0
    first_number: str = ""
    last_number: str = ""
    tenders: tuple[TenderTotal, ...] = ()
    taxes: tuple[TaxTotal, ...] = ()
    promotions: tuple[PromotionTotal, ...] = ()
    points: tuple[PointsTotal, ...] = ()
    sellers: tuple[SellerTotal, ...] = ()

    @property
    def turnover(self) -> Money:
        return self.sold - self.refunded


@dataclass(frozen=True, slots=True)
class ShiftClosing:
    """The end of a shift: the count, its report, and what was left over. ``number`` is the running number of the Z.

    ``held`` bills were set aside and ``unsent`` messages had not reached the backend when it was closed;
    ``audit_head`` is the head of the till's chain at that moment.
    """

    number: int
    at: datetime
    by: str
    counted: tuple[Counted, ...]
    report: ShiftReport
    approver: str = ""
    held: int = 0
    unsent: int = 0
    audit_head: str = ""

    @property
    def in_drawer(self) -> Money:
        """What was counted."""
        return self.report.cash.currency.total(one.amount for one in self.counted)

    @property
    def difference(self) -> Money:
        """What was counted less what there should be: below zero when money is missing."""
        return self.in_drawer - self.report.cash


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift from its float to its count; ``closing`` is None while it is open.

    ``people`` have typed their password in it: from then on their PIN is enough (security.md, "Staff sign-in").
    """

    shift_id: str
    till_id: str
    opened_at: datetime
    opened_by: str
    opening_float: Money
    people: tuple[str, ...] = ()
    movements: tuple[CashMovement, ...] = ()
    closing: ShiftClosing | None = None

    def __post_init__(self) -> None:
        if self.opening_float.minor < 0:
            raise ValueError("a float is not below zero")
        if self.opened_at.tzinfo is None:
            raise ValueError("a shift's time carries its zone")

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def currency(self) -> Currency:
        return self.opening_float.currency


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def report_of(
    shift: Shift, receipts: Sequence[Receipt], *, openings: int = 0, sellers: Mapping[str, str] = _NO_NAMES
) -> ShiftReport:
    """What ``receipts``, saved in ``shift`` and oldest first, come to. Practice bills count for nothing.

    ``sellers`` names salespeople whose name no receipt says.
    """
    real = [receipt for receipt in receipts if not receipt.training]
    fold = _Fold(shift.currency, dict(sellers))
    for receipt in real:
        fold.take(receipt)
    moved = shift.currency.total(movement.into_drawer for movement in shift.movements)
    return ShiftReport(
        sales=fold.times[ReceiptKind.SALE],
        sold=fold.total[ReceiptKind.SALE],
        refunds=fold.times[ReceiptKind.RETURN],
        refunded=-fold.total[ReceiptKind.RETURN],
        discount=fold.discount,
        rounding=fold.rounding,
        cash=shift.opening_float + moved + fold.cash,
        openings=openings,
        first_number=real[0].number.short if real else "",
        last_number=real[-1].number.short if real else "",
        tenders=tuple(fold.tenders[mode] for mode in PaymentMode if mode in fold.tenders),
        taxes=tuple(fold.taxes[key] for key in sorted(fold.taxes)),
        promotions=tuple(sorted(fold.promotions.values(), key=lambda one: (-one.amount.minor, one.rule_id))),
        points=tuple(fold.points[key] for key in sorted(fold.points)),
        sellers=tuple(sorted(fold.sellers.values(), key=lambda one: (-one.amount.minor, one.salesperson_id))),
    )


_TaxKey = tuple[str, tuple[Decimal, ...], bool]


@dataclass
class _Fold:
    """Sums that grow receipt by receipt."""

    currency: Currency
    names: dict[str, str]
    tenders: dict[PaymentMode, TenderTotal] = field(default_factory=dict)
    taxes: dict[_TaxKey, TaxTotal] = field(default_factory=dict)
    promotions: dict[str, PromotionTotal] = field(default_factory=dict)
    points: dict[str, PointsTotal] = field(default_factory=dict)
    sellers: dict[str, SellerTotal] = field(default_factory=dict)
    times: dict[ReceiptKind, int] = field(default_factory=lambda: dict.fromkeys(ReceiptKind, 0))

    def __post_init__(self) -> None:
        nothing = self.currency.zero()
        self.total: dict[ReceiptKind, Money] = dict.fromkeys(ReceiptKind, nothing)
        self.discount = self.rounding = self.cash = nothing

    def take(self, receipt: Receipt) -> None:
        self.times[receipt.kind] += 1
        self.total[receipt.kind] += receipt.total
        self.discount += receipt.discount
        self._take_money(receipt)
        self._take_taxes(receipt)
        self._take_promotions(receipt.lines)
        self._take_points(receipt)
        self._take_sellers(receipt)

    def _take_money(self, receipt: Receipt) -> None:
        for tender in receipt.tenders:
            old = self.tenders.get(tender.mode, TenderTotal(tender.mode, 0, self.currency.zero()))
            self.tenders[tender.mode] = TenderTotal(tender.mode, old.times + 1, old.amount + tender.amount)
            if tender.mode is PaymentMode.CASH:
                self.cash += tender.amount
            if tender.rounding is not None:
                self.rounding += tender.rounding

    def _take_taxes(self, receipt: Receipt) -> None:
        for tax in receipt.taxes:
            key = (tax.name, tax.rates, tax.included)
            nothing = self.currency.zero()
            old = self.taxes.get(key, TaxTotal(tax.name, tax.rates, tax.included, nothing, nothing))
            self.taxes[key] = TaxTotal(tax.name, tax.rates, tax.included, old.base + tax.base, old.amount + tax.amount)

    def _take_promotions(self, lines: Iterable[ReceiptLine]) -> None:
        seen: set[str] = set()
        for off in (off for line in lines for off in line.discounts):
            rule_id = off.key.rule_id
            old = self.promotions.get(rule_id, PromotionTotal(rule_id, off.name, 0, self.currency.zero()))
            bills = old.bills + (rule_id not in seen)
            seen.add(rule_id)
            self.promotions[rule_id] = PromotionTotal(rule_id, old.name, bills, old.amount + off.amount)

    def _take_points(self, receipt: Receipt) -> None:
        for row in receipt.points:
            nothing = Points(0, row.spent.digits)
            old = self.points.get(row.programme_id, PointsTotal(row.programme_id, row.name, nothing, nothing))
            self.points[row.programme_id] = PointsTotal(
                row.programme_id, old.name, old.spent + row.spent, old.earned + row.earned
            )

    def _take_sellers(self, receipt: Receipt) -> None:
        """Each line counts for whoever sold it; what the bill costs beyond its lines for whoever sold the bill."""
        if receipt.salesperson_id:
            self.names[receipt.salesperson_id] = receipt.salesperson_name
        amounts: dict[str, Money] = {}
        beyond = receipt.total - self.currency.total(line.net for line in receipt.lines)
        for seller, amount in (
            *((line.salesperson_id or receipt.salesperson_id, line.net) for line in receipt.lines),
            (receipt.salesperson_id, beyond),
        ):
            amounts[seller] = amounts.get(seller, self.currency.zero()) + amount
        for seller, amount in amounts.items():
            if not (seller or amount):
                continue
            name = self.names.get(seller, seller)
            old = self.sellers.get(seller, SellerTotal(seller, name, 0, self.currency.zero()))
            self.sellers[seller] = SellerTotal(seller, name, old.bills + 1, old.amount + amount)
