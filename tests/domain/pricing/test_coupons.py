"""Coupons for a next order: the customer's own, and those whose codes were entered."""

from dataclasses import replace
from fractions import Fraction

from tests.domain.pricing.till import USD, bill, book, claim, customer, item
from tukar.domain.pricing import Circumstances, CodeBalance, PricedBill, price
from tukar.domain.pricing.entering import Entering
from tukar.domain.pricing.issuing import code_left_by

GOODS = item("A", "10")
COUPON = {
    "id": "N",
    "family": "next_order_coupon",
    "when": {"items": ["A"], "min_qty": 9},
    "earn": {"per": "unit", "points": "1"},
    "rewards": [{"kind": "amount_off", "value": "3", "cost_points": "1"}],
}
OTHER = COUPON | {"id": "M"}


def priced(mine: Fraction, cards: dict[str, CodeBalance], times: int = 2) -> PricedBill:
    basket = bill((GOODS, 1), customer=replace(customer(), coupons={"N": mine} if mine else {}))
    for code in cards:
        basket = basket.with_code(code)
    for _ in range(times):
        basket = basket.with_further_claim(claim("N"))
    return price(basket, book([COUPON, OTHER], [GOODS]), Circumstances(cards=cards))


def test_the_customers_credits_and_those_of_codes_add_up() -> None:
    one = {"X": CodeBalance("N", Fraction(1))}
    assert priced(Fraction(0), {}).total == USD.money("10")
    assert priced(Fraction(1), {}).total == USD.money("7")
    assert priced(Fraction(0), one).total == USD.money("7")
    assert priced(Fraction(1), one).total == USD.money("4")
    assert priced(Fraction(1), {"X": CodeBalance("M", Fraction(1))}).total == USD.money("7")


def test_what_it_took_and_left_is_told() -> None:
    bill_of_nine = bill((GOODS, 9))
    (left,) = [left for left in price(bill_of_nine, book([COUPON], [GOODS])).left if left.rule_id == "N"]
    assert (left.credits, left.code) == (Fraction(9), code_left_by("bill", "N"))
    spent = priced(Fraction(1), {"X": CodeBalance("N", Fraction(1))}).credits_spent
    assert [(one.rule_id, one.code, one.credits) for one in spent] == [("N", "", Fraction(2))]


def test_the_code_of_a_coupon_is_taken_whatever_is_on_the_bill() -> None:
    cards = {"X": CodeBalance("N", Fraction(1)), "EMPTY": CodeBalance("N", Fraction(0))}
    entering = Entering(book([COUPON], [GOODS]), bill((GOODS, 1)), Circumstances(cards=cards))
    assert getattr(entering.code("X"), "codes", ()) == ("X",)
    assert getattr(entering.code("EMPTY"), "codes", ()) == ()


def test_nobody_guesses_the_code_of_what_a_bill_left() -> None:
    codes = {code_left_by(bill_id, rule_id) for bill_id in ("a", "b") for rule_id in ("N", "M")}
    assert len(codes) == 4
    assert all(len(code) == 10 and code.isalnum() for code in codes)


def test_a_coupon_waits_for_the_line() -> None:
    held = bill((GOODS, 1), customer=replace(customer(), coupons={"N": Fraction(1)})).with_claim(claim("N"))
    rules = book([COUPON], [GOODS])
    assert price(held, rules, Circumstances(online=True)).total == USD.money("7")
    assert price(held, rules, Circumstances(online=False)).total == USD.money("10")
