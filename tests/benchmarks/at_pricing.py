"""P8: 1,000 rules and a bill of 200 lines.

What is too short to be timed alone is repeated until it takes about as long as a whole bill does, so that the floor
meets the same pauses of a busy machine as what is measured beside it.

"10 × rules ≤ 5 ×" is ``P8.rules``: a shop with ten times the rules and ten times the goods, so that as many rules as
before name the bill's goods. ``P8.dense`` puts ten times the rules on the same goods: 1,180 promotions apply where 120
did, each comes off its lines in turn and is told on the bill, and no index saves what has to be told. Its bound is that
this costs no more than in proportion to the promotions that apply, and a quarter for the longer exact remainders that
ten stacked percentages leave on a line.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from tests.benchmarks import floors
from tests.benchmarks.catalogues import item
from tests.benchmarks.figures import Figure, Sizes, in_turns, often
from tests.benchmarks.workshop import Workshop
from tests.domain.pricing.till import IDR, Json, book
from tukar.domain.bill import Bill, BillLine
from tukar.domain.money import Quantity
from tukar.domain.pricing import Circumstances, Pricer, RuleBook, price
from tukar.domain.pricing.facts import Facts

RULES, LINES, ITEMS = 1_000, 200, 2_000
_GOODS = [item(number) for number in range(ITEMS)]
_INDEXED_MS = 0.020
"""What this floor takes on a quiet machine of the kind that the bounds, which are in milliseconds, were set on."""


def goods_of(number: int, times: int = 1) -> tuple[str, frozenset[str], int]:
    """What rule ``number`` names, by which list, and the percent it takes off: one in fifty names a category.

    ``times`` is how many times ``ITEMS`` the shop sells.
    """
    if number % 50:
        return "items", frozenset({f"X{number * 7 % (times * ITEMS)}"}), 1 + number % 20
    return "categories", frozenset({f"c{number // 50 % (times * 40)}"}), 5


def rules(count: int, times: int = 1) -> list[Json]:
    """Ordinary automatic promotions of a large shop."""
    made = []
    for number in range(count):
        names, goods, percent = goods_of(number, times)
        rewards = [{"kind": "percent_off", "value": str(percent), "on": {names: sorted(goods)}}]
        made.append({"family": "promotion", "when": {names: sorted(goods)}, "rewards": rewards})
    return made


def bill(lines: int = LINES) -> Bill:
    made = tuple(
        BillLine(f"l{place}", one, Quantity.of(1), one.charged_price)
        for place, one in enumerate(_GOODS[: lines * 9 : 9])
    )
    return Bill("bill", IDR, made)


def compiled(count: int, times: int = 1) -> RuleBook:
    return book(rules(count, times), _GOODS, currency=IDR)


class _Bare:
    """The same rules and lines as the floors have them: texts and integers."""

    def __init__(self, count: int) -> None:
        by_sku = {one.sku: one.category for one in _GOODS}
        self.rules: list[tuple[frozenset[str], int]] = []
        self.index: dict[str, list[int]] = {}
        for number in range(count):
            names, goods, percent = goods_of(number)
            meant = goods if names == "items" else frozenset(sku for sku, kind in by_sku.items() if kind in goods)
            self.rules.append((meant, percent))
            for sku in meant:
                self.index.setdefault(sku, []).append(percent)
        self.lines = [(line.item.sku, line.unit_price.scaled) for line in bill().lines]


def _scans(bills: tuple[Bill, ...], rule_book: RuleBook) -> Callable[[], object]:
    """Prices one of the bills after the other, as a sale does whose bill gains and loses a line."""
    pricer, circumstances, turns = Pricer(), Circumstances(), cycle(bills)
    return lambda: pricer.price(next(turns), rule_book, circumstances)


def p8(_workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    whole, few, bare = bill(), compiled(RULES), _Bare(RULES)
    many, dense = compiled(10 * RULES, 10), compiled(10 * RULES)
    longer = whole.with_line(bill(LINES + 1).lines[-1])
    known = Facts(whole)
    assert price(whole, few).discount.minor > 0, "the rules take nothing off"
    applied, densely = len(price(whole, few).applied), len(price(whole, dense).applied)
    priced, matched, near, line, indexed, naive, by_many, by_dense = in_turns(
        sizes.repeats,
        often(lambda: price(whole, few), 4),
        often(lambda: few.near(Facts(whole)), 40),
        often(lambda: few.near(known), 800),
        often(_scans((whole, longer), few), 40),
        often(lambda: floors.indexed_match(bare.index, bare.lines), 800),
        often(lambda: floors.naive_match(bare.rules, bare.lines), 3),
        often(lambda: price(whole, many), 3),
        often(lambda: price(whole, dense), 1),
    )
    size = f"{RULES:,} rules × {LINES} lines"
    yield Figure("P8", priced, indexed, 5.0 / _INDEXED_MS, f"whole priced bill, {size}, beside indexed integers")
    yield Figure("P8.matching", matched, indexed, 0.5 / _INDEXED_MS, "facts of the bill and the rules that name it")
    yield Figure("P8.line", line, indexed, 1.0 / _INDEXED_MS, "whole priced bill after one more line")
    yield Figure("P8.line match", near, indexed, 0.1 / _INDEXED_MS, "the rules near a bill whose facts are known")
    yield Figure("P8.naive", matched, naive, 1.0, "matching beside every rule looking at every line")
    yield Figure("P8.rules", by_many, priced, 5.0, "whole priced bill, 10 × the rules of a shop with 10 × the goods")
    more = f"10 × the rules on the same goods: {densely:,} promotions apply, not {applied:,}"
    yield Figure("P8.dense", by_dense, priced, 1.25 * densely / applied, f"whole priced bill, {more}")
