"""A bill in whole numbers: what each line is worth before any rule, its tax group, and who names it."""

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain, compress
from typing import TYPE_CHECKING, Final

from tukar.domain.bill import Bill, BillLine, HandDiscount
from tukar.domain.goods import Goods, product_of
from tukar.domain.item import Item, Tax
from tukar.domain.money import QUANTITY_DIGITS, UNIT_PRICE_DIGITS, UnitPrice, round_ratio

if TYPE_CHECKING:
    from tukar.domain.pricing.result import PricedLine

_PRICE_SCALE: Final = 10**UNIT_PRICE_DIGITS
_LINE_SCALE: Final = 10 ** (UNIT_PRICE_DIGITS + QUANTITY_DIGITS)
_PIECE: Final = 10**QUANTITY_DIGITS
_FEW: Final = 8
"""So many lines may differ from the bill before; beyond that starting anew is as quick."""


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """Lines taxed alike.

    ``over_net`` is value with tax over value without it; ``over_price`` value with tax over the item's own price.
    """

    label: str
    name: str
    taxes: tuple[Tax, ...]
    over_net: tuple[int, int]
    over_price: tuple[int, int]
    rates: tuple[Decimal, ...]
    included: bool

    def net_of(self, value: int) -> int:
        """``value`` without its tax, rounded half up once."""
        numerator, denominator = self.over_net
        return round_ratio(value * denominator, numerator)


class LineFact:
    """One line before any rule; money in minor units, tax included and without fixed tax.

    ``told`` is how the answer told the line last, to be told so again when the same came off it.
    """

    __slots__ = (
        "fixed_tax", "floor", "gross", "group", "index", "item", "line", "pieces", "price", "thousandths", "told",
    )  # fmt: skip

    def __init__(self, index: int, line: BillLine, group: int, over_price: tuple[int, int]) -> None:
        item, quantity = line.item, line.quantity
        self.told: PricedLine | None = None
        self.index = index
        self.line = line
        self.item = item
        self.group = group
        self.thousandths = quantity.thousandths
        self.pieces = quantity.pieces
        self.price = charged(line.unit_price.scaled, line.discount, self.thousandths)
        numerator, denominator = self.price
        tax_up, tax_down = over_price
        self.gross = round_ratio(numerator * self.thousandths * tax_up, denominator * tax_down * _LINE_SCALE)
        self.floor = 0
        if item.floor_price is not None:
            each = _PIECE if quantity.is_whole else self.thousandths
            floor = round_ratio(item.floor_price.scaled * each * tax_up, tax_down * _LINE_SCALE)
            self.floor = max(0, floor)
        self.fixed_tax = 0
        if item.fixed_tax is not None:
            self.fixed_tax = round_ratio(item.fixed_tax.minor * self.thousandths, _PIECE)

    @property
    def on_sale(self) -> bool:
        return self.item.sale_price is not None

    def within(self, lowest: UnitPrice | None, highest: UnitPrice | None) -> bool:
        """Whether the charged price of a piece, in the item's own sense, lies within both ends."""
        numerator, denominator = self.price
        if lowest is not None and numerator < lowest.scaled * denominator:
            return False
        return highest is None or numerator <= highest.scaled * denominator


def charged(scaled: int, discount: HandDiscount | None, thousandths: int = _PIECE) -> tuple[int, int]:
    """A unit price after a hand discount on so many thousandths, as a ratio in the scale of unit prices."""
    if discount is None:
        return scaled, 1
    if discount.each is not None:
        return max(0, scaled - discount.each.minor * _PRICE_SCALE), 1
    if discount.whole is not None:
        return max(0, scaled * thousandths - discount.whole.minor * _PRICE_SCALE * _PIECE), thousandths
    up, down = (1 - Fraction(discount.percent or 0) / 100).as_integer_ratio()
    return scaled * up, down


NAMES: Final = ("items", "categories", "products", "tags")
"""The sorts of names that goods have, as filters call them."""


def names_of(item: Item) -> list[tuple[str, str]]:
    """Everything that filters may name an item by: (sort, name)."""
    names = [("items", item.sku), ("categories", item.category), ("products", product_of(item))]
    return names + [("tags", tag) for tag in item.tags]


class Facts:
    """All lines of a bill, its tax groups, and quick answers to which lines a filter names."""

    __slots__ = (
        "_by_name",
        "_counted",
        "_filed",
        "_named",
        "_places",
        "bill",
        "changed",
        "fixed_tax",
        "gross",
        "groups",
        "lines",
        "negatives",
    )

    def __init__(self, bill: Bill, before: "Facts | None" = None) -> None:
        """Lines that are those of the bill ``before``, in the same places, keep their facts.

        ``changed`` are the items of lines that were added or taken away since; None = not known, or everything.
        """
        self.bill = bill
        self.changed: list[Item] | None = None
        if before is not None and self._goes_on_from(before):
            return
        known_lines = [] if before is None else before.lines
        self.groups: list[TaxGroup] = []
        self.lines: list[LineFact] = []
        self._by_name: dict[str, dict[str, list[int]]] = {sort: {} for sort in NAMES}
        self._named: dict[Goods, list[int]] = {}
        self._filed: dict[tuple[str, str], set[Goods]] = {}
        self._places: dict[object, int] = {}
        for index, line in enumerate(bill.lines):
            place = self._group_of(line.item)
            known = known_lines[index] if index < len(known_lines) else None
            if known is None or known.line is not line or known.group != place:
                known = LineFact(index, line, place, self.groups[place].over_price)
            self.lines.append(known)
            self._file(index, line.item)
        self._counted = [fact.index for fact in self.lines if fact.gross]
        self._sum_up()

    @property
    def has_negative(self) -> bool:
        return self.negatives > 0

    def _sum_up(self) -> None:
        self.gross = self.fixed_tax = self.negatives = 0
        self._count(self.lines)

    def _count(self, lines: Iterable[LineFact], sign: int = 1) -> None:
        """Adds lines to the sums of the bill, or takes them away."""
        for fact in lines:
            self.gross += sign * fact.gross
            self.fixed_tax += sign * fact.fixed_tax
            self.negatives += sign * (fact.gross < 0)

    def _goes_on_from(self, before: "Facts") -> bool:
        """Takes over what a bill that differs in few lines has; False where it is quicker or safer to start anew."""
        old, new = before.bill.lines, self.bill.lines
        common = min(len(old), len(new))
        differ = list(compress(range(common), map(operator.is_not, old, new)))
        gone, added = before.lines[common:], new[common:]
        if len(differ) + len(gone) + len(added) > _FEW or any(old[at].item is not new[at].item for at in differ):
            return False
        if gone:
            kept_groups = {fact.group for fact in before.lines[:common]}
            if any(fact.group not in kept_groups for fact in gone):
                return False
        self.groups, self._places = before.groups.copy(), before._places.copy()  # noqa: SLF001 - its own kind
        self.lines = before.lines[:common]
        for at in differ:
            was = before.lines[at]
            self.lines[at] = LineFact(at, new[at], was.group, self.groups[was.group].over_price)
            if not (was.gross and self.lines[at].gross):
                return False
        for line in added:
            place = self._group_of(line.item)
            self.lines.append(LineFact(len(self.lines), line, place, self.groups[place].over_price))
        self.changed = [fact.item for fact in gone] + [line.item for line in added]
        self._take_over_names(before, common)
        self._counted = before._counted  # noqa: SLF001 - its own kind
        if gone or added:
            self._counted = [fact.index for fact in self.lines if fact.gross]
        self._sum_up_from(before, differ, gone)
        return True

    def _sum_up_from(self, before: "Facts", differ: list[int], gone: list[LineFact]) -> None:
        """The sums of the bill before, less the lines that changed or are gone, with those that came instead."""
        self.gross, self.fixed_tax, self.negatives = before.gross, before.fixed_tax, before.negatives
        self._count(gone, -1)
        self._count((before.lines[at] for at in differ), -1)
        self._count(self.lines[at] for at in differ)
        self._count(self.lines[len(before.lines) :])

    def _take_over_names(self, before: "Facts", common: int) -> None:
        """The look-ups of the bill before; only those that a line gone or added is named by are made anew."""
        self._by_name, self._named, self._filed = before._by_name, before._named, before._filed  # noqa: SLF001 - its own kind
        if not self.changed:
            return
        self._by_name = {sort: places.copy() for sort, places in before._by_name.items()}  # noqa: SLF001 - its own kind
        self._named = before._named.copy()  # noqa: SLF001 - its own kind
        for sort, name in dict.fromkeys(chain.from_iterable(map(names_of, self.changed))):
            for goods in self._filed.get((sort, name), ()):
                self._named.pop(goods, None)
            kept = [at for at in self._by_name[sort].get(name, ()) if at < common]
            more = [fact.index for fact in self.lines[common:] if (sort, name) in names_of(fact.item)]
            self._by_name[sort][name] = kept + more
            if not (kept or more):
                del self._by_name[sort][name]

    def _file(self, index: int, item: Item) -> None:
        by_name = self._by_name
        by_name["items"].setdefault(item.sku, []).append(index)
        by_name["categories"].setdefault(item.category, []).append(index)
        by_name["products"].setdefault(item.product or item.sku, []).append(index)
        for tag in item.tags:
            by_name["tags"].setdefault(tag, []).append(index)

    def _group_of(self, item: Item) -> int:
        quick = (item.tax_group, *((tax.rate, tax.included) for tax in item.taxes))
        place = self._places.get(quick)
        if place is None:
            group = tax_group_of(item)
            alike = item.tax_group or tuple(sorted((tax.rate, tax.included) for tax in group.taxes))
            key = (alike, group.over_net, group.over_price)
            place = self._places.get(key)
            if place is None:
                place = self._places[key] = len(self.groups)
                self.groups.append(group)
            self._places[quick] = place
        return place

    def for_claims(self, bill: Bill) -> "Facts":
        """The same lines for a bill that differs only in what is claimed on it."""
        twin = Facts.__new__(Facts)
        for name in Facts.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.bill = bill
        return twin

    def names(self) -> Iterable[tuple[str, Iterable[str]]]:
        """What the goods of this bill are called, by sort of name, for the rule book's indexes."""
        return self._by_name.items()

    def named(self, goods: Goods) -> list[int]:
        """The lines that ``goods`` names, in the order of the bill; lines worth 0 before any rule count nowhere."""
        if goods.names_all:
            return self._counted
        found = self._named.get(goods)
        if found is None:
            found = self._named[goods] = self._find(goods)
        return found

    def _find(self, goods: Goods) -> list[int]:
        lines, found = self.lines, []
        for pair in goods.pairs():
            self._filed.setdefault(pair, set()).add(goods)
            found.append(self._by_name[pair[0]].get(pair[1], ()))
        hits = found[0] if len(found) == 1 else sorted(set().union(*found))
        return [at for at in hits if lines[at].gross]


def tax_group_of(item: Item) -> TaxGroup:
    """The group an item belongs to: its own name for it, else its rates and their sense (FORMAT.md, "Item")."""
    taxes = tuple(tax for tax in item.taxes if tax.rate)
    rates = tuple([tax.rate for tax in taxes])
    over_net, over_price = _burden(rates, tuple([tax.included for tax in taxes]))
    label = " + ".join(_rate_text(tax.rate) + (" incl" if tax.included else "") for tax in taxes) or "none"
    return TaxGroup(
        label=item.tax_group or label,
        name=" + ".join(tax.name for tax in taxes if tax.name),
        taxes=taxes,
        over_net=over_net,
        over_price=over_price,
        rates=rates,
        included=all(tax.included for tax in taxes),
    )


@lru_cache(maxsize=256)
def _burden(rates: tuple[Decimal, ...], included: tuple[bool, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
    """What rates come to together: value with tax over value without it, and over the price with some included."""
    everything = 100 + sum(map(Fraction, rates), Fraction(0))
    in_price = 100 + sum(map(Fraction, compress(rates, included)), Fraction(0))
    return (everything / 100).as_integer_ratio(), (everything / in_price).as_integer_ratio()


def worth_of(item: Item, pieces: int) -> int:
    """What that many pieces would cost before any rule, tax included, in minor units."""
    up, down = tax_group_of(item).over_price
    return round_ratio(item.charged_price.scaled * pieces * up, down * _PRICE_SCALE)


def _rate_text(rate: Decimal) -> str:
    text = format(rate, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
