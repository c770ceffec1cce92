"""A sale priced bill by bill: whatever is taken over, the answer is that of a computation from scratch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pricing.generators import CURRENCIES, FILTERS, PERCENTS, Json, bills, items, rules
from tests.domain.pricing.till import USD, Shelf, bill, book, customer, item
from tukar.domain.bill import Bill, BillLine, Claim, HandDiscount, OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Quantity
from tukar.domain.pricing import Circumstances, CodeBalance, Pricer, RuleBook, price

MANY = settings(max_examples=max(200, settings().max_examples))
GROUPS: tuple[Json, ...] = ({}, {}, {"stack_group": "g", "best_of": True}, {"exclusive": True}, {"priority": 2})


@st.composite
def local_rules(draw: st.DrawFn) -> Json:
    """A percentage off some goods: what is taken over from one bill to the next."""
    filtered = draw(FILTERS)
    aim: Json = draw(st.sampled_from([{"on": filtered}, {"on": filtered}, {"on": "cheapest", "of": filtered}]))
    reward: Json = {"kind": "percent_off", "value": draw(PERCENTS)} | aim
    if draw(st.integers(0, 4)) == 0:
        reward["max_discount"] = "3"
    when: Json = dict(draw(FILTERS)) if draw(st.booleans()) else {}
    counts = draw(st.booleans())
    if when and counts:
        when |= draw(st.sampled_from([{"min_qty": 2}, {"min_amount": "20"}]))
    reduced_too = draw(st.booleans())
    return {"when": when, "rewards": [reward], "on_sale_items": reduced_too} | draw(st.sampled_from(GROUPS))


def _add(draw: st.DrawFn, basket: Bill, goods: list[Item], number: int) -> Bill:
    return basket.with_item(draw(st.sampled_from(goods)), Quantity.of(draw(st.integers(1, 3))), f"n{number}")


@st.composite
def edits(draw: st.DrawFn, basket: Bill, rule_book: RuleBook, goods: list[Item], number: int) -> Bill:
    """The bill after one more thing a cashier does."""
    line = draw(st.sampled_from(basket.lines)) if basket.lines else None
    key = draw(st.sampled_from([key for compiled in rule_book.rules for key, _ in compiled.rewards]))
    steps: list[Callable[[], Bill]] = [
        lambda: _add(draw, basket, goods, number),
        lambda: _add(draw, basket, goods, number),
        lambda: basket.with_claim(Claim(key, quantity=draw(st.sampled_from([None, 1])))),
        lambda: basket.with_switched_off(key),
        lambda: basket.with_customer(customer({"P": draw(st.integers(0, 500))})),
    ]
    if line is not None:
        steps += [
            lambda: basket.with_quantity(line.line_id, Quantity.of(draw(st.integers(1, 5)))),
            lambda: basket.without_line(line.line_id),
            lambda: basket.with_discount(line.line_id, HandDiscount(percent=Decimal(10))),
        ]
    return draw(st.sampled_from(steps))()


@MANY
@given(st.data())
def test_bill_after_bill_is_priced_as_from_scratch(data: st.DataObject) -> None:
    currency = data.draw(st.sampled_from(CURRENCIES))
    goods = data.draw(items(currency, negative=data.draw(st.integers(0, 5)) == 0))
    local = data.draw(st.lists(local_rules(), min_size=1, max_size=4))
    written = data.draw(st.permutations([*local, *data.draw(st.lists(rules(currency), max_size=3))]))
    rule_book = book(written, goods, [{"id": "P"}], currency)
    basket = data.draw(bills(currency, goods, most_lines=6))
    pricer, earlier = Pricer(), [basket]
    assert pricer.price(basket, rule_book, Circumstances()) == price(basket, rule_book)
    for number in range(data.draw(st.integers(1, 6))):
        undone = len(earlier) > 1 and data.draw(st.integers(0, 4)) == 0
        basket = earlier[-2] if undone else data.draw(edits(basket, rule_book, goods, number))
        earlier.append(basket)
        assert pricer.price(basket, rule_book, Circumstances()) == price(basket, rule_book)


def test_what_did_not_change_is_the_same_object() -> None:
    """That something is taken over at all, without measuring time."""
    one, other = item("A", "10"), item("B", "4")
    off = {"rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A"]}}]}
    rule_book = book([off], [one, other])
    pricer, basket = Pricer(), bill((one, 1))
    before = pricer.price(basket, rule_book, Circumstances())
    after = pricer.price(
        basket.with_line(BillLine("l2", other, Quantity.of(1), other.charged_price)), rule_book, Circumstances()
    )
    assert after.lines[0] is before.lines[0]
    assert after.applied[0] is before.applied[0]
    assert after.total == USD.money("13.00")


def test_other_rules_begin_anew() -> None:
    one = item("A", "10")
    pricer, basket = Pricer(), bill((one, 1))
    for percent, total in (("10", "9.00"), ("50", "5.00")):
        off = {"rewards": [{"kind": "percent_off", "value": percent, "on": {"items": ["A"]}}]}
        assert pricer.price(basket, book([off], [one]), Circumstances()).total == USD.money(total)


def test_a_taxed_line_before_it_changes_what_is_taken_over() -> None:
    """A line that moves to another place or tax group is worked out again."""
    plain, taxed = item("A", "10"), item("B", "4", rate="10")
    off = {"rewards": [{"kind": "percent_off", "value": "10", "on": {"items": ["A", "B"]}}]}
    rule_book = book([off], [plain, taxed])
    pricer, basket = Pricer(), bill((taxed, 1), (plain, 2), (taxed, 3))
    assert pricer.price(basket, rule_book, Circumstances()) == price(basket, rule_book)
    shorter = replace(basket, lines=basket.lines[1:])
    assert pricer.price(shorter, rule_book, Circumstances()) == price(shorter, rule_book)


def follow(rule_book: RuleBook, *baskets: Bill) -> list[str]:
    """The totals of bills priced one after another, each the same as from scratch."""
    pricer, totals = Pricer(), []
    for basket in baskets:
        priced = pricer.price(basket, rule_book, Circumstances())
        assert priced == price(basket, rule_book)
        totals.append(priced.total.decimal())
    return totals


def test_a_condition_on_other_goods_than_those_it_takes_off_is_read_anew() -> None:
    one, other = item("A", "10"), item("B", "4")
    off = {"kind": "percent_off", "value": "50", "on": {"items": ["A"]}}
    rule_book = book([{"when": {"items": ["B"], "min_qty": 2}, "rewards": [off]}], [one, other])
    first = bill((one, 1), (other, 1))
    more = first.with_quantity("l2", Quantity.of(2))
    assert follow(rule_book, first, more, first, more.without_line("l1")) == ["14.00", "13.00", "14.00", "8.00"]


def test_lines_that_change_their_item_in_place_are_named_anew() -> None:
    """Two lines change at once, one its quantity and the other its item."""
    one, other = item("A", "10"), item("B", "4", rate="10", included=False)
    rules_of_a = {"rewards": [{"kind": "percent_off", "value": "50", "on": {"items": ["A"]}}]}
    rule_book = book([rules_of_a], [one, other])
    first = bill((one, 1), (one, 1))
    changed = replace(first.with_quantity("l1", Quantity.of(2)), lines=bill((one, 2), (other, 1)).lines)
    assert follow(rule_book, first, changed, first) == ["10.00", "14.40", "10.00"]


def test_a_line_whose_price_falls_to_nothing_counts_no_more() -> None:
    one = item("A", "10")
    off = {"when": {"items": ["A"], "min_qty": 2}, "rewards": [{"kind": "percent_off", "value": "50"}]}
    rule_book = book([off], [one])
    first = bill((one, 1), (one, 1))
    gone = first.with_discount("l2", HandDiscount(percent=Decimal(100)))
    back = gone.with_discount("l2", HandDiscount(percent=Decimal(50)))
    assert follow(rule_book, first, gone, back, gone) == ["10.00", "10.00", "7.50", "10.00"]


def test_the_last_line_of_a_tax_group_takes_the_group_with_it() -> None:
    plain, taxed = item("A", "10"), item("B", "4", rate="10", included=False)
    rule_book = book([{"rewards": [{"kind": "percent_off", "value": "10"}]}], [plain, taxed])
    both, left = bill((plain, 1), (taxed, 1)), bill((plain, 1))
    assert follow(rule_book, both, replace(both, lines=both.lines[:1]), both, left) == [
        "12.96",
        "9.00",
        "12.96",
        "9.00",
    ]
    many = bill((plain, 1), *[(taxed, 1)] * 12)
    assert follow(rule_book, many, both, many, replace(many, lines=())) == ["56.52", "12.96", "56.52", "0.00"]


def test_lines_that_go_or_come_back_are_named_as_they_stand() -> None:
    one, other = item("A", "10"), item("B", "4")
    off = {"rewards": [{"kind": "percent_off", "value": "50", "on": {"items": ["B"]}}]}
    rule_book = book([off], [one, other])
    three = bill((other, 1), (one, 1), (other, 1))
    two, first = replace(three, lines=three.lines[:2]), replace(three, lines=three.lines[:1])
    assert follow(rule_book, three, two, first, two, three) == ["14.00", "12.00", "2.00", "12.00", "14.00"]
    turned = bill((one, 1), (other, 1))
    assert follow(rule_book, turned, replace(turned, lines=turned.lines[:1]), turned) == ["12.00", "10.00", "12.00"]


def test_a_line_keeps_its_place_while_its_tax_group_moves() -> None:
    plain, taxed = item("A", "10"), item("B", "4", rate="10", included=False)
    rule_book = book([{"rewards": [{"kind": "percent_off", "value": "10"}]}], [plain, taxed])
    first = bill((taxed, 1), (plain, 1))
    second = replace(first, lines=(bill((plain, 3)).lines[0], first.lines[1]))
    assert follow(rule_book, first, second, first) == ["12.96", "36.00", "12.96"]


def test_a_line_whose_price_falls_to_nothing_earns_no_more() -> None:
    one = item("A", "10")
    earning = {"family": "loyalty", "programme": "P", "rewards": [], "earn": {"per": "unit", "points": "1"}}
    rule_book = book([earning], [one], [{"id": "P"}])
    first = bill((one, 1), (one, 1), customer=customer({"P": 0}))
    gone = first.with_discount("l2", HandDiscount(percent=Decimal(100)))
    assert follow(rule_book, first, gone, first) == ["20.00", "10.00", "20.00"]


def test_lines_that_leave_together_take_those_tax_groups_with_them_that_nobody_else_is_in() -> None:
    """Of the two that leave one shares its rate with a line that stays: there is no row of 0 for the other's."""
    plain, taxed = item("A", "10", rate="20"), item("B", "4", rate="10")
    rule_book = book([], [plain, taxed])
    three = bill((plain, 1), (plain, 1), (taxed, 1))
    shorter = replace(three, lines=three.lines[:1])
    assert follow(rule_book, three, shorter, three) == ["24.00", "10.00", "24.00"]
    pricer = Pricer()
    rows = [[tax.group for tax in pricer.price(one, rule_book, Circumstances()).taxes] for one in (three, shorter)]
    assert rows == [["20 incl", "10 incl"], ["20 incl"]]


def test_an_emptied_bill_tells_no_tax() -> None:
    taxed = item("B", "4", rate="10")
    pricer, one = Pricer(), bill((taxed, 1))
    rows = [pricer.price(basket, book([]), Circumstances()).taxes for basket in (one, replace(one, lines=()))]
    assert [[tax.amount.decimal() for tax in taxes] for taxes in rows] == [["0.36"], []]


def test_a_group_of_its_own_may_be_named_as_another_is_by_its_rate() -> None:
    """Told apart though both say "10 incl"; once the first is no longer there, the second line is of the only one."""
    named, other = item("A", "3.35", rate="10", tax_group="10 incl"), item("B", "3.35", rate="10")
    third = item("C", "12", rate="20")
    rule_book = book([], [named, other, third])
    first = bill((named, 1), (other, 1), (third, 1))
    second = replace(first, lines=(bill((other, 1)).lines[0], *first.lines[1:]))
    assert follow(rule_book, first, second, first) == ["18.70", "18.70", "18.70"]
    pricer = Pricer()
    rows = [pricer.price(one, rule_book, Circumstances()).taxes for one in (first, second)]
    assert [[tax.amount.decimal() for tax in taxes] for taxes in rows] == [["0.30", "0.30", "2.00"], ["0.61", "2.00"]]


def test_a_rule_for_everything_knows_no_line_that_is_gone() -> None:
    one = item("A", "10")
    rule_book = book([{"rewards": [{"kind": "amount_off", "value": "3"}]}], [one])
    three = bill((one, 1), (one, 1), (one, 1))
    two = replace(three, lines=three.lines[:2])
    assert follow(rule_book, three, two, three) == ["27.00", "17.00", "27.00"]


def test_a_line_below_zero_that_goes_and_comes_back_keeps_the_bill_from_falling_below_it() -> None:
    one, back = item("A", "10"), item("H", "-9")
    rule_book = book([{"rewards": [{"kind": "amount_off", "value": "5"}]}], [one, back])
    both = bill((one, 1), (back, 1))
    assert follow(rule_book, both, replace(both, lines=both.lines[:1]), both) == ["0.00", "5.00", "0.00"]
    more = both.with_quantity("l1", Quantity.of(2))
    assert follow(rule_book, both, more, both) == ["0.00", "6.00", "0.00"]


MONDAY, TUESDAY = datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 3, 9, 0)  # noqa: DTZ001 - the shop's wall time
OFF: Json = {"kind": "amount_off", "value": "1"}
CHANGING: tuple[Json, ...] = (
    {"valid_from": "2026-03-03", "rewards": [OFF]},
    {"when": {"tills": ["T1"]}, "apply": "on_claim", "rewards": [OFF]},
    {"limit_uses": 2, "rewards": [OFF]},
    {"budget": "2", "rewards": [{"kind": "amount_off", "value": "1.50"}]},
    {"programme": "P", "apply": "on_claim", "rewards": [OFF | {"cost_points": "10"}]},
    {"family": "gift_card", "rewards": [{"kind": "amount_per_point", "value": "1"}]},
    {"family": "next_order_coupon", "rewards": [OFF | {"cost_points": "1"}]},
    {"family": "loyalty", "programme": "P", "rewards": [], "earn": {"per": "money", "points": "1"}},
)
MOMENTS = (
    Circumstances(),
    Circumstances(now=MONDAY),
    Circumstances(now=TUESDAY),
    Circumstances(now=TUESDAY, till_id="T1"),
    Circumstances(uses={"R3": 1}),
    Circumstances(uses={"R3": 2}),
    Circumstances(budget_used={"R4": USD.money("1.00")}),
    Circumstances(budget_used={"R4": USD.money("2.00")}),
    Circumstances(online=False),
    Circumstances(online=False, on_trust=True),
    Circumstances(cards={"CARD": CodeBalance("R6", Fraction(4))}),
    Circumstances(cards={"CARD": CodeBalance("R6", Fraction(5))}),
    Circumstances(coupons={"R7": Fraction(1)}),
    Circumstances(coupons={"R7": Fraction(2)}),
)


def test_the_same_bill_is_priced_by_the_circumstances_of_the_moment() -> None:
    one = item("A", "10")
    rule_book = book(CHANGING, [one], [{"id": "P"}])
    basket = bill((one, 2), customer=customer({"P": 15})).with_code("CARD").with_claim(Claim(OfferKey("R6")))
    assert len({price(basket, rule_book, moment).total for moment in MOMENTS}) > len(MOMENTS) // 3
    for before, after in product(MOMENTS, repeat=2):
        pricer = Pricer()
        pricer.price(basket, rule_book, before)
        assert pricer.price(basket, rule_book, after) == price(basket, rule_book, after)


def test_a_bill_that_is_priced_again_while_nothing_changed_is_told_as_it_was() -> None:
    one = item("A", "10")
    rule_book = book(CHANGING, [one], [{"id": "P"}])
    pricer, basket = Pricer(), bill((one, 1), customer=customer({"P": 15}))
    before = pricer.price(basket, rule_book, Circumstances(now=MONDAY))
    assert pricer.price(basket, rule_book, Circumstances(now=MONDAY.replace(hour=10), uses={"R3": 1})) is before
    assert pricer.price(basket, rule_book, Circumstances(now=TUESDAY)) is not before


def test_a_gift_that_is_no_longer_sold_is_not_offered_again() -> None:
    one, gift = item("A", "10"), item("G", "3")
    programme = book([{"apply": "on_claim", "rewards": [{"kind": "free_item", "sku": "G"}]}], [one, gift]).programme
    shelves = [[one, gift], [one, replace(gift, active=False)], [one, gift]]
    catalogue = Shelf(shelves[0])
    pricer, basket, rule_book = Pricer(), bill((one, 1)), RuleBook.compile(programme, catalogue, USD)
    offers = []
    for shelf in shelves:
        catalogue.restock(shelf)
        offers.append(len(pricer.price(basket, rule_book, Circumstances()).offers))
    assert offers == [1, 0, 1]
