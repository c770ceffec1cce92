"""Why not: the first thing that is missing, with figures; supplying them makes the rule apply."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.pricing.till import IDR, bill, book, claim, customer, item
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Reason, WhyNot
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, nudge, price
from tukar.domain.pricing.supply import supplied
from tukar.domain.tender import PaymentMode

A, B = item("A", "10000", currency=IDR), item("B", "30000", currency=IDR)
OFF = {"kind": "amount_off", "value": "1000"}
ACCOUNT = [{"id": "P"}]


def rulebook(*rules: dict[str, Any], accounts: Sequence[dict[str, Any]] = ()) -> RuleBook:
    return book([{"rewards": [OFF]} | rule for rule in rules], [A, B], accounts, IDR)


def why(priced_bill: Bill, rules: RuleBook, circumstances: Circumstances | None = None, rule_id: str = "R1") -> WhyNot:
    reasons = price(priced_bill, rules, circumstances, reasons=True).reasons
    return next(reason for reason in reasons if reason.key.rule_id == rule_id)


BASKET = bill((A, 2), currency=IDR)
KNOWN = bill((A, 2), currency=IDR, customer=customer({"P": 40}, group="g", tier="t", orders_placed=1))


@pytest.mark.parametrize(
    ("rule", "basket", "reason"),
    [
        ({"activation": {"mode": "customer"}}, BASKET, Reason.NEEDS_CUSTOMER),
        ({"when": {"customer_groups": ["vip"]}}, KNOWN, Reason.OTHER_GROUP),
        ({"when": {"customer_tiers": ["gold"]}}, KNOWN, Reason.OTHER_TIER),
        ({"when": {"nth_order": 1}}, KNOWN, Reason.NOT_THIS_ORDER),
        ({"when": {"from_order": 5}}, KNOWN, Reason.NOT_THIS_ORDER),
        ({"when": {"shops": ["other"]}}, KNOWN, Reason.OTHER_SHOP),
        ({"when": {"tills": ["other"]}}, KNOWN, Reason.OTHER_SHOP),
        ({"when": {"tenders": ["card"]}}, KNOWN, Reason.OTHER_TENDER),
        ({"when": {"weekdays": ["sun"]}}, KNOWN, Reason.OTHER_TIME),
        ({"when": {"hours": {"from": "17:00", "to": "19:00"}}}, KNOWN, Reason.OTHER_TIME),
        ({"valid_from": "2026-03-03"}, KNOWN, Reason.NOT_YET),
        ({"valid_to": "2026-03-01"}, KNOWN, Reason.ENDED),
        ({"limit_uses": 3, "used": 3}, KNOWN, Reason.USED_UP),
        ({"budget": "5000"}, KNOWN, Reason.USED_UP),
        ({"limit_per_customer": 0}, KNOWN, Reason.LIMIT_REACHED),
        ({"limit_per_customer_and_day": 1}, KNOWN, Reason.LIMIT_REACHED),
        ({"activation": {"mode": "code", "code": "x"}}, KNOWN, Reason.NEEDS_CODE),
        ({"rewards": [OFF | {"on": {"items": ["B"]}}], "when": {"items": ["A"]}}, KNOWN, Reason.NOTHING_TO_TAKE_OFF),
    ],
)
def test_a_reason_for_every_condition(rule: dict[str, Any], basket: Bill, reason: Reason) -> None:
    monday = Circumstances(
        now=datetime(2026, 3, 2, 12),  # noqa: DTZ001 - the shop's local time
        shop_id="here",
        till_id="one",
        tender=PaymentMode.CASH,
        uses_today={"R1": 1},
        budget_used={"R1": Money(5000, IDR)},
    )
    found = why(basket, rulebook(rule), monday)
    assert found.reason is reason
    assert not price(basket, rulebook(rule), monday).applied


def test_the_day_is_named() -> None:
    now = Circumstances(now=datetime(2026, 3, 2, 23, 59))  # noqa: DTZ001 - the shop's local time
    assert str(why(BASKET, rulebook({"valid_from": "2026-03-03"}), now).day) == "2026-03-03"
    assert str(why(BASKET, rulebook({"valid_to": "2026-03-01"}), now).day) == "2026-03-01"
    assert price(BASKET, rulebook({"valid_to": "2026-03-02"}), now).applied


def test_the_amount_missing_and_how_much_of_it_is_there() -> None:
    found = why(BASKET, rulebook({"when": {"min_amount": "32000"}}))
    assert (found.reason, found.amount, found.progress) == (Reason.NEEDS_AMOUNT, Money(12000, IDR), Fraction(5, 8))


def test_an_amount_of_which_other_rules_take_a_part_is_raised_until_it_suffices() -> None:
    tenth = {"id": "T", "rewards": [{"kind": "percent_off", "value": "10"}], "order": -1}
    rules = rulebook({"when": {"min_amount": "32000"}}, tenth)
    found = why(BASKET, rules)
    assert found.amount is not None
    assert found.amount.minor == 15556
    assert_applies_when_supplied(BASKET, rules)


def test_pieces_points_and_items_missing() -> None:
    assert why(BASKET, rulebook({"when": {"min_qty": 5}})).pieces == 3
    item_missing = why(BASKET, rulebook({"when": {"items": ["B"], "min_qty": 2}}))
    assert (item_missing.reason, item_missing.skus, item_missing.pieces) == (Reason.NEEDS_ITEM, ("B",), 2)
    points = {"programme": "P", "apply": "on_claim", "rewards": [OFF | {"cost_points": "100"}]}
    found = why(KNOWN, rulebook(points, accounts=ACCOUNT))
    assert (found.reason, found.points, found.progress) == (Reason.NEEDS_POINTS, Points(60), Fraction(2, 5))


def test_rules_that_keep_each_other_out_name_the_other() -> None:
    rules = rulebook({}, {"id": "X", "name": "Cuci gudang", "exclusive": True})
    found = why(BASKET, rules)
    assert found.other is not None
    assert (found.reason, found.other.default) == (Reason.NOT_TOGETHER, "Cuci gudang")
    group = {"stack_group": "g", "best_of": True}
    better = rulebook(group, {"id": "X", "rewards": [OFF | {"value": "2000"}]} | group)
    assert why(BASKET, better).reason is Reason.NOT_TOGETHER


def test_what_the_cashier_switched_off_says_so() -> None:
    gone = rulebook({"rewards": [OFF | {"on": {"items": ["A"]}}]})
    off = bill((A, 2), currency=IDR).with_switched_off(OfferKey("R1"))
    priced = price(off, gone)
    assert [offer.key.rule_id for offer in priced.offers] == ["R1"]
    assert not priced.applied


def assert_applies_when_supplied(basket: Bill, rules: RuleBook, rule_id: str = "R1") -> None:
    found = why(basket, rules, rule_id=rule_id)
    better = supplied(found, basket, rules)
    assert better is not None
    priced = price(better, rules)
    given = {applied.key for applied in priced.applied} | {offer.key for offer in priced.offers}
    assert found.key in given
    assert not {applied.key for applied in price(basket, rules).applied} & {found.key}


@pytest.mark.parametrize(
    "rule",
    [
        {"when": {"min_amount": "32001"}},
        {"when": {"min_amount": "90000", "min_qty": 7}},
        {"when": {"min_amount": "28000", "min_amount_tax": "excl"}},
        {"when": {"items": ["B"], "min_qty": 2}},
        {"when": {"items": ["B"], "min_amount": "45000"}},
        {"when": {"items": ["A"], "min_amount": "45000", "min_amount_scope": "order"}},
        {"programme": "P", "apply": "on_claim", "rewards": [OFF | {"cost_points": "100"}]},
        {"programme": "K", "apply": "on_claim", "rewards": [OFF | {"cost_points": "10"}]},
        {
            "programme": "P",
            "apply": "on_claim",
            "when": {"min_amount": "90000"},
            "rewards": [OFF | {"cost_points": "41"}],
        },
        {"programme": "P", "apply": "on_claim", "when": {"min_points": "77"}},
        {"earn": {"per": "unit", "points": "2"}, "rewards": [OFF | {"cost_points": "9"}]},
        {"earn": {"per": "money", "points": "0.001"}, "rewards": [OFF | {"cost_points": "90"}]},
        {"earn": {"per": "money", "points": "2", "every": "10000"}, "rewards": [OFF | {"cost_points": "9"}]},
        {
            "family": "loyalty",
            "programme": "P",
            "apply": "on_claim",
            "rewards": [{"kind": "amount_per_point", "value": "1", "block": "50"}],
        },
        {
            "family": "loyalty",
            "programme": "P",
            "apply": "on_claim",
            "rewards": [{"kind": "amount_per_point", "value": "1", "ranges": [{"from": "90000", "cap": "500"}]}],
        },
    ],
)
@pytest.mark.parametrize("tenth", [False, True])
def test_supplying_the_figure_makes_the_rule_apply(rule: dict[str, Any], tenth: bool) -> None:
    accounts = [{"id": "P"}, {"id": "K", "keep": "1000"}]
    others = [{"id": "T", "order": -1, "rewards": [{"kind": "percent_off", "value": "10"}]}] if tenth else []
    assert_applies_when_supplied(KNOWN, rulebook(rule, *others, accounts=accounts))


POINTS: dict[str, Any] = {"family": "loyalty", "programme": "P", "apply": "on_claim"}
COSTS = OFF | {"cost_points": "100"}


def figures(told: WhyNot) -> tuple[int | None, int | None, int | None, Fraction | None]:
    """What is missing before anybody has checked it: money, points, pieces, and how much of it is there."""
    money = None if told.amount is None else told.amount.minor
    points = None if told.points is None else int(told.points.exact())
    return money, points, told.pieces, told.progress


@pytest.mark.parametrize(
    ("rule", "account", "expected"),
    [
        ({"programme": "P", "when": {"min_points": "100"}}, {}, (None, 60, None, Fraction(2, 5))),
        (POINTS | {"rewards": [COSTS]}, {}, (None, 60, None, Fraction(2, 5))),
        (POINTS | {"rewards": [OFF | {"cost_points": "5"}]}, {"min_points": "50"}, (None, 10, None, Fraction(4, 5))),
        (POINTS | {"rewards": [OFF | {"cost_points": "30"}]}, {"keep": "20"}, (None, 10, None, Fraction(2, 3))),
        (POINTS | {"rewards": [OFF | {"cost_points": "30"}]}, {"keep": "50"}, (None, 40, None, Fraction(0))),
        (POINTS | {"rewards": [COSTS]}, {"max_points": "100"}, (None, 60, None, Fraction(2, 5))),
        (POINTS | {"rewards": [COSTS]}, {"max_points": "99"}, (None, None, None, None)),
        (
            {"earn": {"per": "unit", "points": "3"}, "rewards": [OFF | {"cost_points": "13"}]},
            {},
            (None, None, 3, Fraction(6, 13)),
        ),
        (
            {"earn": {"per": "money", "points": "2", "every": "10000"}, "rewards": [OFF | {"cost_points": "7"}]},
            {},
            (20000, None, None, Fraction(4, 7)),
        ),
        (
            {"earn": {"per": "money", "points": "0.001"}, "rewards": [OFF | {"cost_points": "25"}]},
            {},
            (5000, None, None, Fraction(4, 5)),
        ),
        (
            {"earn": {"per": "order", "points": "3"}, "rewards": [OFF | {"cost_points": "7"}]},
            {},
            (None, None, None, None),
        ),
        ({"when": {"min_qty": 5, "min_amount": "50000"}}, {}, (30000, None, 3, Fraction(2, 5))),
        (
            POINTS | {"rewards": [{"kind": "amount_per_point", "value": "1", "ranges": [
                {"from": "30000", "to": "40000", "cap": "9"}, {"from": "25000", "to": "26000", "cap": "9"}]}]},
            {},
            (5000, None, None, Fraction(1)),
        ),
    ],
)  # fmt: skip
def test_what_is_missing_in_figures(
    rule: dict[str, Any], account: dict[str, Any], expected: tuple[int | None, int | None, int | None, Fraction | None]
) -> None:
    rules = rulebook(rule, accounts=[{"id": "P"} | account])
    (told,) = price(KNOWN, rules).reasons
    assert figures(told) == expected


def test_what_is_missing_in_a_currency_with_cents_and_after_points_were_spent() -> None:
    earning = {
        "earn": {"per": "money", "points": "0.5"},
        "rewards": [{"kind": "amount_off", "value": "1", "cost_points": "5"}],
    }
    (told,) = price(bill((item("X", "4"), 1)), book([earning])).reasons
    assert figures(told) == (600, None, None, Fraction(2, 5))
    several = POINTS | {"rewards": [OFF | {"id": "x", "cost_points": "30"}, OFF | {"id": "y", "cost_points": "20"}]}
    rules = rulebook(several, accounts=[{"id": "P", "min_points": "30"}])
    (short,) = price(KNOWN.with_claim(claim("R1", "x")), rules).reasons
    assert figures(short) == (None, 10, None, Fraction(1, 2))


def test_the_nearest_comes_first_and_what_cannot_be_measured_last() -> None:
    rules = rulebook(
        {"id": "FAR", "when": {"min_qty": 9}},
        {"id": "NEVER", "valid_to": "2020-01-01"},
        {"id": "NEAR", "when": {"min_qty": 3}},
    )
    now = Circumstances(now=datetime(2026, 3, 2, 12))  # noqa: DTZ001 - the shop's wall time
    assert [one.key.rule_id for one in price(KNOWN, rules, now).reasons] == ["NEAR", "FAR", "NEVER"]


def test_a_rival_is_an_exclusive_rule_or_a_better_one_of_the_same_group() -> None:
    group = {"stack_group": "g", "best_of": True}
    rules = rulebook(
        {"id": "BEST", "rewards": [OFF | {"value": "2000"}]} | group,
        {"id": "BEATEN"} | group,
        {
            "id": "STILL",
            "stack_group": "h",
            "best_of": True,
            "rewards": [OFF | {"on": {"items": ["B"]}}],
            "when": {"items": ["A"]},
        },
        {"id": "LOOSE", "stack_group": "g", "rewards": [OFF | {"on": {"items": ["B"]}}], "when": {"items": ["A"]}},
    )
    told = {one.key.rule_id: (one.reason, one.other) for one in price(BASKET, rules).reasons}
    assert told["BEATEN"][0] is Reason.NOT_TOGETHER
    assert told["BEATEN"][1] is not None
    assert told["BEATEN"][1].default == "BEST"
    assert told["STILL"] == told["LOOSE"] == (Reason.NOTHING_TO_TAKE_OFF, None)
    alone = rulebook(
        {"id": "P"},
        {"id": "X", "exclusive": True, "rewards": [OFF | {"on": {"items": ["B"]}}], "when": {"items": ["A"]}},
    )
    (why_not,) = price(BASKET, alone).reasons
    assert (why_not.key.rule_id, why_not.reason) == ("X", Reason.NOT_TOGETHER)


def test_one_reward_of_a_rule_may_be_given_and_the_other_not() -> None:
    rules = rulebook({"id": "P", "rewards": [OFF | {"id": "x"}, OFF | {"id": "y", "on": {"items": ["B"]}}]})
    assert [one.key for one in price(BASKET, rules).reasons] == [OfferKey("P", "y")]
    off = BASKET.with_switched_off(OfferKey("P", "x"))
    told = {one.key.reward_id: one.reason for one in price(off, rules).reasons}
    assert told == {"y": Reason.NOTHING_TO_TAKE_OFF}


def test_without_asking_only_rules_near_the_bill_are_explained() -> None:
    rules = rulebook({"when": {"items": ["B"]}}, {"when": {"items": ["A"], "min_qty": 5}})
    assert [found.key.rule_id for found in price(BASKET, rules).reasons] == ["R2"]
    assert {found.key.rule_id for found in price(BASKET, rules, reasons=True).reasons} == {"R1", "R2"}


def test_the_nudge_is_the_nearest_thing_to_buy_and_else_to_save() -> None:
    points = {"programme": "P", "apply": "on_claim", "rewards": [OFF | {"cost_points": "50"}]}
    near, far = {"when": {"min_amount": "25000"}}, {"when": {"min_amount": "39000"}}
    reasons = price(KNOWN, rulebook(far, points, near, accounts=ACCOUNT)).reasons
    found = nudge(reasons)
    assert found is not None
    assert found.key.rule_id == "R3"
    saving = nudge(price(KNOWN, rulebook(points, accounts=ACCOUNT)).reasons)
    assert saving is not None
    assert saving.reason is Reason.NEEDS_POINTS
    assert nudge(price(KNOWN, rulebook({"when": {"min_amount": "90000"}})).reasons) is None


def reason_of(rules: RuleBook, basket: Bill = KNOWN, rule_id: str = "R1", reward_id: str = "") -> Reason:
    told = {one.key: one.reason for one in price(basket, rules).reasons}
    return told[OfferKey(rule_id, reward_id)]


NOWHERE = OFF | {"on": {"items": ["B"]}}


def test_what_pays_needs_no_reason() -> None:
    per_point = {"kind": "amount_per_point", "value": "1"}
    wallet = {"family": "wallet", "activation": {"mode": "customer"}, "apply": "on_claim", "rewards": [per_point]}
    basket = bill((A, 2), currency=IDR, customer=customer(wallet=Money(5000, IDR))).with_claim(claim("R1"))
    assert price(basket, rulebook(wallet)).reasons == ()


def test_a_rule_far_from_the_bill_that_is_over_says_so() -> None:
    now = Circumstances(now=datetime(2026, 3, 2, 12))  # noqa: DTZ001 - the shop's local time
    over = rulebook({"when": {"items": ["B"]}, "valid_to": "2026-03-01"})
    assert why(BASKET, over, now).reason is Reason.ENDED
    assert why(BASKET, rulebook({"when": {"items": ["B"]}}), now).reason is Reason.NEEDS_ITEM


def test_half_a_point_is_missing_too() -> None:
    rules = rulebook(POINTS | {"rewards": [OFF | {"cost_points": "40.5"}]}, accounts=[{"id": "P", "digits": 1}])
    (told,) = price(KNOWN, rules).reasons
    assert (told.reason, told.points) == (Reason.NEEDS_POINTS, Points(5, 1))


def test_an_item_that_is_missing_is_named_where_items_are_and_not_there_at_all() -> None:
    names = [f"Z{number}" for number in range(20)]
    found = why(BASKET, rulebook({"when": {"items": names[::-1]}}))
    assert (found.skus, found.progress) == (tuple(sorted(names)), Fraction(0))
    category = why(BASKET, rulebook({"when": {"categories": ["food"]}}))
    assert (category.reason, category.skus, category.progress) == (Reason.NEEDS_ITEM, (), Fraction(0))


@pytest.mark.parametrize(
    ("rule", "account", "reason"),
    [
        (POINTS | {"rewards": [COSTS]}, {"max_points": "99"}, Reason.LIMIT_REACHED),
        (POINTS | {"rewards": [NOWHERE | {"cost_points": "40"}]}, {}, Reason.NOTHING_TO_TAKE_OFF),
        ({"earn": {"per": "order", "points": "3"}, "rewards": [OFF | {"cost_points": "7"}]}, {}, Reason.LIMIT_REACHED),
        ({"earn": {"per": "unit", "points": "0"}, "rewards": [OFF | {"cost_points": "7"}]}, {}, Reason.LIMIT_REACHED),
        ({"exclusive": True, "rewards": [NOWHERE]}, {}, Reason.NOTHING_TO_TAKE_OFF),
        ({"rewards": [{"kind": "free_item", "sku": "GONE"}]}, {}, Reason.ITEM_GONE),
    ],
)
def test_what_no_purchase_would_change(rule: dict[str, Any], account: dict[str, Any], reason: Reason) -> None:
    rules = rulebook({"when": {"items": ["A"]}} | rule, accounts=[{"id": "P"} | account])
    assert reason_of(rules) is reason


def test_a_code_that_holds_too_little_is_used_up_for_good() -> None:
    code = {"activation": {"mode": "code", "code": "k", "balance": "3"}, "rewards": [OFF | {"cost_points": "7"}]}
    assert reason_of(rulebook(code), BASKET.with_code("k")) is Reason.LIMIT_REACHED


def ranges(*bands: dict[str, str], block: str) -> RuleBook:
    reward = {"kind": "amount_per_point", "value": "1", "block": block, "ranges": list(bands)}
    return rulebook(POINTS | {"rewards": [reward]}, accounts=ACCOUNT)


def test_below_a_range_the_amount_is_missing_and_above_the_last_nothing_is() -> None:
    below = ranges({"from": "30000", "cap": "50"}, block="40")
    (told,) = price(KNOWN, below).reasons
    assert figures(told) == (10000, None, None, Fraction(1))
    above = ranges({"from": "1000", "to": "19999", "cap": "50"}, block="40")
    assert reason_of(above) is Reason.NOTHING_TO_TAKE_OFF
    within = ranges({"from": "1000", "to": "20000", "cap": "0"}, block="40")
    assert reason_of(within) is Reason.NOTHING_TO_TAKE_OFF


def test_what_is_off_and_would_give_nothing_is_off_by_its_own_name_or_its_rules() -> None:
    rules = rulebook({"rewards": [NOWHERE | {"id": "x"}, NOWHERE | {"id": "y"}], "when": {"items": ["A"]}})
    one = BASKET.with_switched_off(OfferKey("R1", "x"))
    assert reason_of(rules, one, reward_id="x") is Reason.SWITCHED_OFF
    assert reason_of(rules, one, reward_id="y") is Reason.NOTHING_TO_TAKE_OFF
    assert reason_of(rules, BASKET.with_switched_off(OfferKey("R1")), reward_id="y") is Reason.SWITCHED_OFF


def test_a_gift_of_which_nobody_wants_a_piece_is_not_gone() -> None:
    rules = rulebook({"rewards": [{"kind": "free_item", "sku": "B"}]})
    assert reason_of(rules, BASKET.with_claim(claim("R1", quantity=0))) is Reason.NOTHING_TO_TAKE_OFF


def test_what_the_other_reward_of_a_rule_still_lacks_is_said() -> None:
    rewards = [OFF | {"id": "x", "cost_points": "1"}, OFF | {"id": "y", "cost_points": "50"}]
    rules = rulebook({"rewards": rewards, "programme": "P", "apply": "on_claim"}, accounts=ACCOUNT)
    priced = price(KNOWN.with_further_claim(claim("R1", "x")), rules, reasons=True)
    assert [(reason.key.reward_id, reason.points) for reason in priced.reasons] == [("y", Points(11))]


def test_a_wallet_that_pays_is_no_reason() -> None:
    pays = [{"kind": "amount_per_point", "value": "1"}]
    rules = rulebook({"family": "wallet", "activation": {"mode": "customer"}, "apply": "on_claim", "rewards": pays})
    basket = bill((A, 2), currency=IDR, customer=customer(wallet=IDR.money("8000")))
    priced = price(basket.with_claim(claim("R1")), rules, reasons=True)
    assert (priced.total, priced.reasons) == (IDR.money("12000"), ())


@pytest.mark.parametrize("nothing", [{"min_amount": "0"}, {"min_qty": "0"}])
def test_a_minimum_of_nothing_is_no_obstacle_to_a_reason(nothing: dict[str, str]) -> None:
    rules = rulebook({"rewards": [OFF | {"cost_points": "50"}], "programme": "P", "when": nothing}, accounts=ACCOUNT)
    lacking = why(KNOWN, rules)
    assert (lacking.reason, lacking.points, lacking.progress) == (Reason.NEEDS_POINTS, Points(10), Fraction(4, 5))


def test_who_is_of_another_group_is_not_told_of_points() -> None:
    other = why(
        KNOWN, rulebook({"programme": "P", "when": {"min_points": "50", "customer_groups": ["vip"]}}, accounts=ACCOUNT)
    )
    assert (other.reason, other.points) == (Reason.OTHER_GROUP, None)


def test_pieces_that_bring_another_rule_are_asked_for_with_what_they_are_worth_less() -> None:
    """A second piece makes the two 60 % cheaper, 8.000 of the 10.000; of 25.000 in all 10.000 are left."""
    cheaper = {"rewards": [{"kind": "percent_off", "value": "60"}], "priority": 1, "when": {"min_qty": 2}}
    rules = rulebook(cheaper, {"when": {"min_qty": 2, "min_amount": "10000"}})
    one = bill((A, 1), currency=IDR)
    lacking = why(one, rules, rule_id="R2")
    assert (lacking.reason, lacking.pieces, lacking.amount) == (Reason.NEEDS_PIECES, 1, IDR.money("5000"))
    bought = supplied(lacking, one, rules)
    assert bought is not None
    assert {applied.key.rule_id for applied in price(bought, rules).applied} == {"R1", "R2"}
    alone = why(one, rulebook(cheaper, {"when": {"min_qty": 2, "min_amount": "5000"}}), rule_id="R2")
    assert (alone.pieces, alone.amount) == (1, None)


def test_an_item_that_brings_another_rule_is_asked_for_with_what_the_order_is_worth_less() -> None:
    """The 30.000 are enough until A makes all of it 90 % cheaper; of 100.000 in all 10.000 are left."""
    cheaper = {
        "rewards": [{"kind": "percent_off", "value": "90"}],
        "priority": 1,
        "when": {"items": ["A"], "min_qty": 1},
    }
    order = {"when": {"items": ["A"], "min_amount": "10000", "min_amount_scope": "order"}}
    one = bill((B, 1), currency=IDR)
    lacking = why(one, rulebook(cheaper, order), rule_id="R2")
    assert (lacking.reason, lacking.skus, lacking.amount) == (Reason.NEEDS_ITEM, ("A",), IDR.money("70000"))


def test_an_amount_of_which_a_discount_takes_nine_tenths_is_asked_for_ten_times() -> None:
    cheaper = {"rewards": [{"kind": "percent_off", "value": "90"}], "priority": 1}
    lacking = why(bill((A, 1), currency=IDR), rulebook(cheaper, {"when": {"min_amount": "10000"}}), rule_id="R2")
    assert (lacking.reason, lacking.amount) == (Reason.NEEDS_AMOUNT, IDR.money("90000"))


def test_an_amount_of_which_nothing_is_left_is_still_told() -> None:
    free = {"rewards": [{"kind": "percent_off", "value": "100"}], "priority": 1}
    lacking = why(bill((A, 1), currency=IDR), rulebook(free, {"when": {"min_amount": "10000"}}), rule_id="R2")
    assert (lacking.reason, lacking.progress) == (Reason.NEEDS_AMOUNT, Fraction(0))
