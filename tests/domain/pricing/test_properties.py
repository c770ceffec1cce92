"""What holds for every bill and every set of rules."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.domain.pricing.generators import CURRENCIES, KINDS, bills, items, situations
from tests.domain.pricing.till import book
from tukar.domain.bill import Bill, Claim
from tukar.domain.pricing import PricedBill, RuleBook, price
from tukar.domain.pricing.split import share_out, share_within

MANY = settings(max_examples=max(200, settings().max_examples))
"""Two hundred examples by default, as many as the profile in force asks for where that is more."""

Situation = tuple[Bill, RuleBook, list[dict[str, Any]]]


def kind_of(written: dict[str, Any]) -> str:
    reward = written["rewards"][0]
    return "free_from_cart" if reward.get("from_cart") else str(reward["kind"])


def with_every_offer_claimed(basket: Bill, rules: RuleBook) -> tuple[Bill, PricedBill]:
    priced = price(basket, rules)
    for offer in priced.offers:
        basket = basket.with_further_claim(Claim(offer.key))
    return basket, price(basket, rules)


def assert_sound(priced: PricedBill) -> None:
    """Sums, bounds and signs of one priced bill."""
    currency = priced.bill.currency
    assert priced.before - priced.discount == priced.goods_total
    assert currency.total(line.net for line in priced.lines) == priced.goods_total
    assert priced.goods_total == priced.total
    assert priced.untaxed + priced.tax == priced.total
    assert currency.total(tax.amount for tax in priced.taxes) == priced.tax
    assert currency.total(applied.amount for applied in priced.applied) == priced.discount
    for line in priced.lines:
        cuts = currency.total(cut.amount for cut in line.discounts)
        assert line.gross - cuts == line.net
        assert all(cut.amount.minor > 0 for cut in line.discounts)
        assert cuts.minor <= max(0, line.gross.minor)
        assert line.net.minor >= min(0, line.gross.minor)
    if priced.before.minor >= 0:
        assert priced.total.minor >= 0


def assert_points_suffice(priced: PricedBill) -> None:
    spent = priced.spent_of("P")
    held = priced.bill.customer.balance("P") if priced.bill.customer is not None else None
    if spent is not None:
        assert held is not None
        assert 0 < spent.units <= held.available.units
    parts = [applied.spent.units for applied in priced.applied if applied.spent is not None]
    assert sum(parts) == (0 if spent is None else spent.units)


@MANY
@given(situations())
def test_a_priced_bill_adds_up(situation: Situation) -> None:
    basket, rules, written = situation
    for kind in {kind_of(rule) for rule in written}:
        event(kind)
    assert_sound(price(basket, rules))
    _, claimed = with_every_offer_claimed(basket, rules)
    assert_sound(claimed)
    assert_points_suffice(claimed)


@MANY
@given(situations(negative=True))
def test_it_adds_up_with_hand_lines_below_zero(situation: Situation) -> None:
    basket, rules, _ = situation
    priced = price(basket, rules)
    assert_sound(priced)
    if priced.before.minor <= 0:
        assert not priced.discount.minor


@settings(max_examples=30)
@given(situations(most_lines=200))
def test_it_adds_up_on_long_bills(situation: Situation) -> None:
    basket, rules, _ = situation
    assert_sound(price(basket, rules))


@MANY
@given(situations())
def test_offers_come_true_and_removing_what_was_claimed_restores_the_bill(situation: Situation) -> None:
    basket, rules, _ = situation
    plain = price(basket, rules)
    for offer in plain.offers:
        claimed = basket.with_further_claim(Claim(offer.key))
        after = price(claimed, rules)
        assert after.total == offer.total_after
        assert price(claimed.without_claim(offer.key), rules) == plain


@MANY
@given(situations())
def test_pricing_twice_gives_the_same(situation: Situation) -> None:
    basket, rules, _ = situation
    assert price(basket, rules) == price(basket, rules)


@MANY
@given(situations())
def test_a_discount_is_never_below_the_floor_of_a_piece(situation: Situation) -> None:
    basket, rules, _ = situation
    _, priced = with_every_offer_claimed(basket, rules)
    for line in priced.lines:
        floor = line.line.item.floor_price
        if floor is None or line.line.discount is not None or floor.scaled > line.line.unit_price.scaled:
            continue
        untouched = not line.discounts
        plain = replace(line.line, unit_price=floor, discount=None)
        least = price(Bill("floor", basket.currency, (plain,)), book([], currency=basket.currency)).total
        assert untouched or line.net.minor >= least.minor - line.line.quantity.pieces


@MANY
@given(st.data())
def test_the_order_of_adding_lines_changes_no_total_where_the_rules_know_no_order(data: st.DataObject) -> None:
    """Equal remainders of a fixed amount go to the earlier line, so a unit may change its tax group, and no more."""
    currency = data.draw(st.sampled_from(CURRENCIES))
    goods = [replace(one, floor_price=None) for one in data.draw(items(currency))]
    percent = data.draw(st.sampled_from(["5", "12.5", "40"]))
    amount = str(data.draw(st.integers(1, 500)))
    each = {"kind": "percent_off", "value": percent, "on": "each_item", "of": {"tags": ["t1"]}}
    written: list[dict[str, Any]] = [
        {"rewards": [each]},
        {"rewards": [{"kind": "percent_off", "value": percent}]},
        {"rewards": [{"kind": "amount_off", "value": amount}], "when": {"min_qty": 3}},
        {"family": "loyalty", "programme": "P", "earn": {"per": "money", "points": "1"}, "rewards": []},
    ]
    rules = book(written, goods, [{"id": "P"}], currency)
    basket = data.draw(bills(currency, goods))
    shuffled = replace(basket, lines=tuple(data.draw(st.permutations(basket.lines))))
    one, other = price(basket, rules), price(shuffled, rules)
    assert (one.before, one.total, one.earned) == (other.before, other.total, other.earned)
    assert abs(one.tax.minor - other.tax.minor) <= len(basket.lines)


@MANY
@given(situations())
def test_a_hundred_percent_after_everything_leaves_exactly_nothing(situation: Situation) -> None:
    basket, _, written = situation
    free = replace(
        basket, lines=tuple(replace(line, item=replace(line.item, floor_price=None)) for line in basket.lines)
    )
    tame = [rule | {"exclusive": False} for rule in written]
    everything = {"order": 9, "rewards": [{"kind": "percent_off", "value": "100"}]}
    goods = [line.item for line in free.lines]
    priced = price(free, book([*tame, everything], goods, [{"id": "P"}], basket.currency))
    assert (priced.total.minor, priced.tax.minor) == (0, 0)


@MANY
@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_shares_add_up_and_are_within_one_of_exact(amount: int, weights: list[int]) -> None:
    parts = share_out(amount, weights)
    assert sum(parts) == amount
    whole = sum(weights)
    if whole:
        assert all(abs(part * whole - amount * weight) < whole for part, weight in zip(parts, weights, strict=True))


@MANY
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 10**5)), min_size=1, max_size=20))
def test_shares_within_caps_take_all_that_fits(amount: int, rows: list[tuple[int, int]]) -> None:
    weights, caps = [weight for weight, _ in rows], [cap for _, cap in rows]
    parts = share_within(amount, weights, caps)
    assert all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))
    assert sum(parts) == min(amount, sum(caps))


def test_the_generators_reach_every_kind_and_every_kind_applies() -> None:
    """Coverage of the kinds, printed: how often each was drawn and how often one of it took something off."""
    drawn: Counter[str] = Counter()
    applied: Counter[str] = Counter()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(situations())
    def collect(situation: Situation) -> None:
        basket, rules, written = situation
        kinds = {f"R{place}": kind_of(rule) for place, rule in enumerate(written, start=1)}
        drawn.update(kinds.values())
        _, priced = with_every_offer_claimed(basket, rules)
        applied.update(kinds[entry.key.rule_id] for entry in priced.applied)

    collect()
    print({kind: (drawn[kind], applied[kind]) for kind in KINDS})
    assert all(drawn[kind] and applied[kind] for kind in KINDS)
