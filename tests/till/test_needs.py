"""What a bill needs held: of every account, and of limits and stored value that rules spend."""

from fractions import Fraction

from tests.domain.pricing.till import bill, book, claim, customer, item
from tukar.domain.bill import OfferKey
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, CodeBalance, price
from tukar.domain.redemption import NO_ACCOUNT
from tukar.till.needs import needs_of

GOODS = item("A", "10")
CARD = {"id": "G", "family": "gift_card", "rewards": [{"kind": "amount_per_point", "value": "1"}]}
LIMITED = {"id": "F", "limit_uses": 2, "rewards": [{"kind": "amount_off", "value": "1"}]}
SPENDING = {
    "id": "L", "family": "loyalty", "apply": "on_claim",
    "rewards": [{"kind": "amount_off", "value": "5", "cost_points": "10"}],
}  # fmt: skip
KNOWN = Circumstances(cards={"g": CodeBalance("G", Fraction(5))})


def test_a_card_that_a_rule_spends_is_needed_with_its_amount() -> None:
    rules = book([CARD])
    (need,) = needs_of(price(bill((GOODS, 1)).with_code("g"), rules, KNOWN), rules)
    assert (need.programme_id, need.points, need.claims) == (NO_ACCOUNT, Points(0, 0), (OfferKey("G"),))
    assert need.limited == ("G/+g+500",)
    less = Circumstances(cards={"g": CodeBalance("G", Fraction(4))})
    (other,) = needs_of(price(bill((GOODS, 1)).with_code("g"), rules, less), rules)
    assert other.limited != need.limited, "another amount is another need"


def test_points_and_limits_of_one_bill_are_needed_together() -> None:
    rules = book([SPENDING, LIMITED], accounts=[{"id": "L"}])
    (need,) = needs_of(price(bill((GOODS, 1), customer=customer({"L": 10})).with_claim(claim("L")), rules), rules)
    assert (need.programme_id, need.points, need.limited) == ("L", Points(10), ("F/+",))


def test_what_nobody_else_can_use_up_is_not_needed() -> None:
    rules = book([{"rewards": [{"kind": "amount_off", "value": "1"}]}])
    assert needs_of(price(bill((GOODS, 1)), rules), rules) == ()
