"""The sale in hand: an immutable bill whose lines, claims and codes change only by making the next bill."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from tukar.domain.item import Item
from tukar.domain.money import Currency, Money, Quantity, UnitPrice, round_half_up
from tukar.domain.people import LoyaltyAccount, Salesperson
from tukar.domain.points import Points


class UnknownLineError(LookupError):
    """The bill has no line of that id."""


@dataclass(frozen=True, slots=True)
class PriceOverride:
    """A price other than the catalogue's, and who answers for it (redemption.md, principle 8)."""

    reason: str
    actor: str
    approver: str = ""


@dataclass(frozen=True, slots=True)
class HandDiscount:
    """A discount given by hand on one line, with who answers for it.

    A percentage, an amount off every piece, or an amount off the ``whole`` line: its share of a discount on the bill.
    """

    percent: Decimal | None = None
    each: Money | None = None
    reason: str = ""
    actor: str = ""
    approver: str = ""
    whole: Money | None = None

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.percent, self.each, self.whole)) != 1:
            raise ValueError("a hand discount is either a percentage or an amount")
        if self.percent is not None and not 0 <= self.percent <= 100:  # noqa: PLR2004 - a percentage
            raise ValueError(f"a percentage from 0 to 100, not {self.percent}")
        if any(part is not None and part.minor < 0 for part in (self.each, self.whole)):
            raise ValueError("a discount is not below zero")

    def off(self, price: UnitPrice, quantity: Quantity) -> Money:
        """What it takes off a whole line of that price, rounded half up."""
        if self.whole is not None:
            return self.whole
        if self.each is not None:
            return UnitPrice.of(self.each).times(quantity)
        worth = price.times(quantity)
        return Money(round_half_up(Fraction(worth.minor) * Fraction(self.percent or 0) / 100), worth.currency)


@dataclass(frozen=True, slots=True)
class BillLine:
    """Some quantity of one item at the price charged for it, before any rule.

    ``unit_price`` is the catalogue's charged price unless ``override`` says who set another. ``card`` is the code
    of a gift card that this line sells.
    """

    line_id: str
    item: Item
    quantity: Quantity
    unit_price: UnitPrice
    override: PriceOverride | None = None
    discount: HandDiscount | None = None
    card: str = ""
    salesperson_id: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.quantity.thousandths <= 0:
            raise ValueError(f"a line has a quantity above zero, not {self.quantity}")
        if not self.quantity.is_whole and not self.item.weighed:
            raise ValueError(f"{self.item.sku} is sold by the piece")

    @property
    def joins(self) -> bool:
        """Whether more of the same item goes onto this line (FORMAT.md, ``add``)."""
        return self.override is None and self.discount is None and not self.card and not self.note


@dataclass(frozen=True, slots=True)
class OfferKey:
    """Names one reward of one rule; ``reward_id`` is empty where the rule has just one."""

    rule_id: str
    reward_id: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reward the cashier applied for the customer.

    ``choice`` is the sku picked where there is a choice; ``quantity`` the pieces wanted; ``points`` the points to
    spend where the cashier types them (``amount_per_point``). None leaves it to the rule. It survives a bill that no
    longer pays for it and gives again when it can (FORMAT.md, "Points and credits").
    """

    key: OfferKey
    choice: str = ""
    quantity: int | None = None
    points: Points | None = None
    codes_before: int = 0
    """How many of the bill's codes were entered before it: codes and claims take turns in the order they came."""

    def entered_after(self, codes: Sequence[str]) -> "Claim":
        """The claim as it is entered on a bill that has these codes."""
        return self if self.codes_before == len(codes) else replace(self, codes_before=len(codes))


class CustomerSource(StrEnum):
    """How the customer was found; the manager's review reads it."""

    MOBILE = "mobile"
    NAME = "name"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Bill:
    """A sale that is not saved yet.

    ``claims`` and ``codes`` are in the order in which they were entered; ``switched_off`` are automatic rewards the
    cashier removed, ``declined`` offers the customer did not want: both stay away for this bill. What the bill
    comes to is never stored: ``pricing.price`` works it out.
    """

    bill_id: str
    currency: Currency
    lines: tuple[BillLine, ...] = ()
    customer: LoyaltyAccount | None = None
    customer_source: CustomerSource | None = None
    salesperson: Salesperson | None = None
    claims: tuple[Claim, ...] = ()
    codes: tuple[str, ...] = ()
    switched_off: frozenset[OfferKey] = frozenset()
    declined: frozenset[OfferKey] = frozenset()
    price_list: str = ""
    note: str = ""
    training: bool = False
    buyer_tax_number: str = field(default="", repr=False)
    """As ``tax_number.read_tax_number`` writes it; it belongs to the customer and goes with them."""

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def unserved(self) -> tuple[BillLine, ...]:
        """Lines that nobody is credited with: neither they nor the bill have a salesperson."""
        if self.salesperson is not None:
            return ()
        return tuple(line for line in self.lines if not line.salesperson_id)

    def line(self, line_id: str) -> BillLine:
        """The line of that id; UnknownLineError when it is gone."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise UnknownLineError(line_id)

    def with_item(self, item: Item, quantity: Quantity, line_id: str) -> Self:
        """More of ``item`` at its own price: on the line that has it already, else on a new line ``line_id``."""
        for line in self.lines:
            if line.item.sku == item.sku and line.joins and line.unit_price == item.charged_price:
                return self._changing(line.line_id, lambda old: replace(old, quantity=old.quantity + quantity))
        return self.with_line(BillLine(line_id, item, quantity, item.charged_price))

    def with_line(self, line: BillLine) -> Self:
        return replace(self, lines=(*self.lines, line))

    def with_quantity(self, line_id: str, quantity: Quantity) -> Self:
        """The line with that quantity; a quantity of zero removes it."""
        if not quantity:
            return self.without_line(line_id)
        return self._changing(line_id, lambda old: replace(old, quantity=quantity))

    def with_price(self, line_id: str, price: UnitPrice, override: PriceOverride | None) -> Self:
        """The line at another price; without an override it is the catalogue's."""
        return self._changing(line_id, lambda old: replace(old, unit_price=price, override=override))

    def with_discount(self, line_id: str, discount: HandDiscount | None) -> Self:
        return self._changing(line_id, lambda old: replace(old, discount=discount))

    def with_discounts(self, discounts: Mapping[str, HandDiscount | None]) -> Self:
        """Several lines at once, by their ids: a discount on the bill."""
        changed = (replace(old, discount=discounts.get(old.line_id, old.discount)) for old in self.lines)
        return replace(self, lines=tuple(changed))

    def with_card(self, line_id: str, code: str) -> Self:
        """The line sells the gift card of that code."""
        return self._changing(line_id, lambda old: replace(old, card=code))

    def with_note(self, line_id: str, note: str) -> Self:
        return self._changing(line_id, lambda old: replace(old, note=note))

    def with_words(self, note: str, buyer_tax_number: str) -> Self:
        """What is written on it beside its lines."""
        return replace(self, note=note, buyer_tax_number=buyer_tax_number)

    def with_line_salesperson(self, line_ids: frozenset[str], salesperson_id: str) -> Self:
        """These lines credited to somebody of their own; to the bill's salesperson again without an id."""
        credited = (
            replace(line, salesperson_id=salesperson_id) if line.line_id in line_ids else line for line in self.lines
        )
        return replace(self, lines=tuple(credited))

    def without_lines(self, line_ids: frozenset[str]) -> Self:
        return replace(self, lines=tuple(line for line in self.lines if line.line_id not in line_ids))

    def without_line(self, line_id: str) -> Self:
        self.line(line_id)
        return replace(self, lines=tuple(line for line in self.lines if line.line_id != line_id))

    def with_customer(self, customer: LoyaltyAccount | None, source: CustomerSource | None = None) -> Self:
        """The bill for another customer. Claims and declines that belonged to a former one go (T15).

        Those of a bill that had no customer stay: a claim survives until it can be paid for (FORMAT.md, "Points and
        credits").
        """
        former = self.customer
        if former is None:
            return replace(self, customer=customer, customer_source=source)
        if customer is not None and customer.member_id == former.member_id:
            return replace(self, customer=customer, customer_source=source or self.customer_source)
        return replace(
            self, customer=customer, customer_source=source, claims=(), declined=frozenset(), buyer_tax_number=""
        )

    def with_salesperson(self, salesperson: Salesperson | None) -> Self:
        return replace(self, salesperson=salesperson)

    def with_claim(self, claim: Claim) -> Self:
        """The claim in force, in place of one of the same reward; no longer declined or switched off."""
        kept = tuple([old for old in self.claims if old.key != claim.key])
        bill = self if len(kept) == len(self.claims) else replace(self, claims=kept)
        return bill.with_further_claim(claim)

    def with_further_claim(self, claim: Claim) -> Self:
        """The same beside earlier claims of that reward, which points or credits may pay for again."""
        return replace(
            self,
            claims=(*self.claims, claim.entered_after(self.codes)),
            declined=self.declined - {claim.key},
            switched_off=self.switched_off - {claim.key},
        )

    def without_claim(self, key: OfferKey) -> Self:
        return replace(self, claims=tuple(claim for claim in self.claims if claim.key != key))

    def with_declined(self, key: OfferKey) -> Self:
        return replace(self, declined=self.declined | {key})

    def with_switched_off(self, key: OfferKey) -> Self:
        return replace(self, switched_off=self.switched_off | {key})

    def with_code(self, code: str) -> Self:
        without = self.without_code(code)
        return replace(without, codes=(*without.codes, code))

    def without_code(self, code: str) -> Self:
        if code not in self.codes:
            return self
        place = self.codes.index(code)
        claims = tuple(
            replace(claim, codes_before=claim.codes_before - 1) if claim.codes_before > place else claim
            for claim in self.claims
        )
        return replace(self, codes=tuple(old for old in self.codes if old != code), claims=claims)

    def _changing(self, line_id: str, change: Callable[[BillLine], BillLine]) -> Self:
        self.line(line_id)
        return replace(self, lines=tuple(change(old) if old.line_id == line_id else old for old in self.lines))
