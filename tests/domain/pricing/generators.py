"""Bills and rules of every kind for hypothesis: four tax set-ups, currencies with 0, 2 and 3 digits, 1 to 200 lines."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.domain.pricing.till import book, customer
from tukar.domain.bill import Bill, BillLine, HandDiscount
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.pricing import RuleBook

Json = dict[str, Any]

CURRENCIES = (Currency("IDR", 0, 100), Currency("USD", 2), Currency("KWD", 3))
TAXES: tuple[tuple[Tax, ...], ...] = (
    (),
    (Tax(Decimal(11)),),
    (Tax(Decimal("8.25"), included=False),),
    (Tax(Decimal(5)), Tax(Decimal(10), included=False)),
)
SKUS = tuple(f"S{number}" for number in range(8))


@st.composite
def items(draw: st.DrawFn, currency: Currency, *, negative: bool = False) -> list[Item]:
    """Eight items; some reduced, some with a floor, one below zero where asked for."""
    made = []
    for number, sku in enumerate(SKUS):
        cents = draw(st.integers(1, 50_000))
        price = UnitPrice(cents * 10**4 + draw(st.sampled_from([0, 0, 0, 5_000, 3_333])), currency)
        floor = UnitPrice(price.scaled // 2, currency) if draw(st.integers(0, 5)) == 0 else None
        sale = UnitPrice(price.scaled * 3 // 4 + 1, currency) if draw(st.integers(0, 5)) == 0 else None
        made.append(
            Item(
                sku,
                sku,
                price,
                taxes=draw(st.sampled_from(TAXES)),
                category=f"c{number % 3}",
                tags=frozenset({f"t{number % 2}"}),
                product=f"p{number // 2}",
                floor_price=floor,
                sale_price=sale,
                weighed=number == 7,
            )
        )
    if negative:
        made.append(Item("HAND", "HAND", UnitPrice(-draw(st.integers(1, 9_000)) * 10**4, currency), TAXES[1]))
    return made


@st.composite
def bills(draw: st.DrawFn, currency: Currency, goods: list[Item], *, most_lines: int = 12) -> Bill:
    count = draw(st.integers(1, most_lines))
    lines = []
    for number in range(count):
        one = draw(st.sampled_from(goods))
        quantity = Quantity(draw(st.integers(1, 6)) * 1000 + (draw(st.integers(0, 999)) if one.weighed else 0))
        hand = HandDiscount(percent=Decimal(draw(st.sampled_from([100, 10])))) if draw(st.integers(0, 9)) == 0 else None
        lines.append(BillLine(f"l{number}", one, quantity, one.charged_price, discount=hand))
    return Bill("bill", currency, tuple(lines), customer=customer({"P": draw(st.integers(0, 500))}))


def _money(currency: Currency, most: int = 60_000) -> st.SearchStrategy[str]:
    return st.integers(1, most).map(lambda minor: Money(minor, currency).decimal())


FILTERS: st.SearchStrategy[Json] = st.one_of(
    st.builds(lambda names: {"items": names}, st.lists(st.sampled_from(SKUS), min_size=1, max_size=3, unique=True)),
    st.sampled_from([{"categories": ["c1"]}, {"tags": ["t0"]}, {"products": ["p1", "p2"]}, {"items": []}]),
)
PERCENTS = st.sampled_from(["1", "7.5", "10", "33", "50", "99.9", "100"])


@st.composite
def targets(draw: st.DrawFn) -> Json:
    kind = draw(st.integers(0, 4))
    target: Json = {}
    if kind == 1:
        target = {"on": draw(FILTERS)}
    elif kind in (2, 3):
        target = {"on": "each_item" if kind == 2 else "cheapest"}
        if draw(st.booleans()):
            target["of"] = draw(FILTERS)
    elif kind == 4:
        target = {"max_items": draw(st.integers(1, 4))}
        if draw(st.booleans()):
            target["max_items_per_line"] = draw(st.integers(1, 2))
    return target


KINDS = (
    "percent_off", "amount_off", "amount_per_point", "free_item", "free_from_cart", "bundle_price",
    "tiered_percent_off", "tiered_amount_off", "first_then_each",
)  # fmt: skip


@st.composite
def rewards(draw: st.DrawFn, currency: Currency, kind: str) -> Json:
    reward = {"kind": kind} | draw(_figures(currency, kind))
    if draw(st.integers(0, 3)) == 0 and kind != "amount_per_point":
        reward["max_discount"] = draw(_money(currency))
    return reward


def _figures(currency: Currency, kind: str) -> st.SearchStrategy[Json]:
    """What a reward of some kind holds beside its name."""
    money = _money(currency)
    percent_step = st.fixed_dictionaries({"from": money, "value": PERCENTS})
    amount_step = st.fixed_dictionaries({"from": money, "value": money})
    few = st.integers(1, 3)
    figures: dict[str, st.SearchStrategy[Json]] = {
        "percent_off": st.fixed_dictionaries({"value": PERCENTS}),
        "amount_off": st.fixed_dictionaries({"value": money}),
        "amount_per_point": st.fixed_dictionaries({"value": st.sampled_from(["0.01", "1", "100"])}),
        "free_item": st.fixed_dictionaries({"sku": st.sampled_from(SKUS), "qty": few}),
        "free_from_cart": st.fixed_dictionaries(
            {"kind": st.just("free_item"), "from_cart": st.just(value=True), "qty": few},
            optional={"of": FILTERS, "choose": st.just("most_expensive_in_cart")},
        ),
        "bundle_price": st.fixed_dictionaries({"value": money}),
        "tiered_percent_off": st.fixed_dictionaries({"tiers": st.lists(percent_step, min_size=1, max_size=2)}),
        "tiered_amount_off": st.fixed_dictionaries({"tiers": st.lists(amount_step, min_size=1, max_size=2)}),
        "first_then_each": st.fixed_dictionaries({"first": money, "each": money}),
    }
    if kind in ("amount_per_point", "free_item", "free_from_cart", "bundle_price"):
        return figures[kind]
    return st.builds(lambda own, target: own | target, figures[kind], targets())


@st.composite
def rules(draw: st.DrawFn, currency: Currency) -> Json:
    kind = draw(st.sampled_from(KINDS))
    rule: Json = {"rewards": [draw(rewards(currency, kind))], "when": {}}
    if kind == "amount_per_point":
        return rule | {"family": "loyalty", "programme": "P"}
    if draw(st.booleans()):
        rule["when"] = dict(draw(FILTERS))
    if draw(st.integers(0, 2)) == 0:
        rule["when"]["min_qty"] = draw(st.integers(1, 5))
    if draw(st.integers(0, 3)) == 0:
        rule["when"]["min_amount"] = draw(_money(currency))
    if kind == "free_from_cart" and draw(st.booleans()):
        rule["buy"] = draw(st.integers(1, 3))
    if draw(st.integers(0, 3)) == 0:
        rule["max_applications"] = draw(st.integers(1, 3))
    if draw(st.integers(0, 4)) == 0:
        rule["on_sale_items"] = False
    if draw(st.integers(0, 3)) == 0:
        rule |= {"programme": "P"}
        rule["rewards"][0]["cost_points"] = str(draw(st.integers(1, 300)))
    rule |= draw(
        st.sampled_from(
            [{}, {}, {}, {"priority": 1}, {"order": 1}, {"exclusive": True}, {"stack_group": "g", "best_of": True}]
        )
    )
    return rule | ({"apply": "on_claim"} if draw(st.integers(0, 3)) == 0 else {})


@st.composite
def situations(draw: st.DrawFn, *, negative: bool = False, most_lines: int = 12) -> tuple[Bill, RuleBook, list[Json]]:
    """A bill, a book of up to five rules of all kinds, and the rules as they were written.

    Some rules wait for a coupon or its code, which most of the time was entered; some earn credits in the sale.
    """
    currency = draw(st.sampled_from(CURRENCIES))
    goods = draw(items(currency, negative=negative))
    written = draw(st.lists(rules(currency), min_size=1, max_size=5))
    basket = draw(bills(currency, goods, most_lines=most_lines))
    for place, rule in enumerate(written):
        if "programme" in rule:
            continue
        if draw(st.integers(0, 3)) == 0:
            rule["activation"] = {"mode": "coupon", "code": f"K{place}"} | draw(st.sampled_from([{}, {"balance": "7"}]))
            basket = basket.with_code(f"K{place}") if draw(st.integers(0, 2)) else basket
        if draw(st.integers(0, 4)) == 0:
            rule["earn"] = draw(st.sampled_from([{"per": "unit", "points": "2"}, {"per": "order", "points": "3"}]))
            rule["rewards"][0]["cost_points"] = str(draw(st.integers(1, 5)))
    return basket, book(written, goods, [{"id": "P"}], currency), written
