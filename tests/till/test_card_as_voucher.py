"""A gift card whose code is entered as a voucher's: it pays by its rule, once, or it does not and keeps its money."""

from fractions import Fraction

import pytest

from tests.domain.pricing.till import bill, book, item
from tests.simulation import shop
from tests.simulation.till import TillLife
from tests.till.bench import CASHIER
from tests.till.test_receipts import AT, COUPON, receipt_by
from tests.till.two_tills import TwoTills
from tukar.domain.bill import Claim, OfferKey
from tukar.domain.pricing import Circumstances, price
from tukar.domain.pricing.result import CodeBalance
from tukar.domain.receipt import Receipt
from tukar.till.checkout_model import CheckoutState
from tukar.till.code_looking import CodeLooking
from tukar.till.receipts import Selling, receipt_of

CARD = "CARD-BBBB"
GOODS = item("A", "10")
CARDS = {
    "id": "CARDS",
    "family": "gift_card",
    "when": {"items": ["A"], "min_qty": 9},
    "earn": {"per": "money", "points": "1"},
    "rewards": [{"kind": "amount_per_point", "value": "1", "on": "order"}],
}


@pytest.fixture
def tills() -> TwoTills:
    return TwoTills()


def enters_card(tills: TwoTills, life: TillLife) -> None:
    """As the sheet of promotions does: the backend says what the code holds, then it is on the bill."""
    CodeLooking(life.sale, life.gear).ask(life.sale.bill.with_code(CARD), lambda: life.sale.enter_code(CARD))
    tills.settle()


def on_card(tills: TwoTills) -> int:
    """What is left of it, in minor units, once somebody has touched it."""
    sql = "SELECT posted FROM accounts WHERE programme_id = 'value.gift_card' AND member_id LIKE 'card-%'"
    rows = tills.server.db.execute(sql).fetchall()
    return min((int(posted) for (posted,) in rows), default=shop.GIFT_CARDS[CARD])


def saved(life: TillLife) -> Receipt:
    receipt = life.checkout.model.receipt
    assert life.checkout.state is CheckoutState.SAVED
    assert receipt is not None
    return receipt


def test_it_pays_what_it_holds_and_the_customer_pays_the_rest(tills: TwoTills) -> None:
    tills.ring(tills.first)
    enters_card(tills, tills.first)
    assert tills.first.sale.priced.total.minor == 149_000 - shop.GIFT_CARDS[CARD]
    tills.sell_rest(tills.first)
    assert saved(tills.first).codes == (CARD,)
    assert (on_card(tills), tills.items()) == (0, [])


def test_the_second_till_with_the_same_card_takes_nothing_of_it(tills: TwoTills) -> None:
    first, second = tills.first, tills.second
    for life in (first, second):
        tills.ring(life)
        enters_card(tills, life)
    first.checkout.begin_payment()
    tills.settle()
    second.checkout.begin_payment()
    tills.settle()
    assert second.sale.priced.total.minor == 149_000
    tills.pay(first)
    tills.pay(second)
    assert (saved(first).total.minor, saved(second).total.minor) == (89_000, 149_000)
    assert (saved(second).codes, on_card(tills), tills.items()) == ((), 0, [])


def test_without_the_line_it_pays_nothing_and_keeps_its_money(tills: TwoTills) -> None:
    """The customer pays all of it in cash, so that the backend must not take the card's money beside that."""
    tills.ring(tills.first)
    enters_card(tills, tills.first)
    tills.lines[0].cut(120)
    tills.first.checkout.begin_payment()
    tills.settle(30)
    assert tills.first.checkout.state is CheckoutState.UNSURE
    tills.first.checkout.cancel_ask()
    tills.settle(1)
    assert tills.first.sale.priced.total.minor == 149_000
    tills.sell_rest(tills.first)
    assert (saved(tills.first).total.minor, saved(tills.first).codes) == (149_000, ())
    tills.settle(600)
    assert (on_card(tills), tills.items()) == (shop.GIFT_CARDS[CARD], [])


@pytest.mark.parametrize("knows", [True, False])
def test_a_receipt_shows_the_code_of_a_card_that_paid_and_of_no_other(knows: bool) -> None:
    rules = book([CARDS], [GOODS])
    cards = {"CARD-1": CodeBalance("CARDS", Fraction(4))} if knows else {}
    selling = Selling("TOKO", "Toko", "T1", 1, CASHIER, rules.programme, 7)
    entered = bill((GOODS, 1)).with_code("CARD-1").with_code("NOTHING")
    made = receipt_of(price(entered, rules, Circumstances(cards=cards)), (), (), selling, AT)
    assert made.codes == (("CARD-1",) if knows else ())


def test_a_voucher_and_a_rules_own_card_without_money_are_told_apart() -> None:
    voucher = {
        "id": "V",
        "family": "promo_code",
        "activation": {"mode": "code", "code": "WELCOME"},
        "when": {"items": ["A"], "min_qty": 5},
        "rewards": [{"kind": "amount_off", "value": "3", "on": "order"}],
    }
    card = {**CARDS, "id": "OWN", "activation": {"mode": "code", "code": "OWN-1", "balance": "0"}}
    entered = bill((GOODS, 1)).with_code("WELCOME").with_code("OWN-1")
    assert receipt_by(entered, book([voucher, card], [GOODS])).codes == ("WELCOME",)


def test_what_was_claimed_before_a_voucher_stays_before_it() -> None:
    """Later claims find less left to take off: who repeats the calculation needs the order."""
    asked_for = {
        "id": "P",
        "family": "promotion",
        "apply": "on_claim",
        "rewards": [{"kind": "percent_off", "value": "50", "on": "order"}],
    }
    voucher = {
        "id": "V",
        "family": "promo_code",
        "activation": {"mode": "code", "code": "WELCOME"},
        "rewards": [{"kind": "amount_off", "value": "3", "on": "order"}],
    }
    rules = book([asked_for, voucher, CARDS], [GOODS])
    entered = bill((GOODS, 1)).with_code("IDLE").with_claim(Claim(OfferKey("P")))
    made = receipt_by(entered.with_code("WELCOME"), rules)
    assert made.codes == ("WELCOME",)
    assert [claim.codes_before for claim in made.claims] == [0]


def test_a_coupon_on_paper_that_gives_something_stays() -> None:
    rules = book([COUPON], [GOODS])
    cards = {"PAPER": CodeBalance("N", Fraction(1))}
    priced = price(
        bill((GOODS, 1)).with_code("PAPER").with_claim(Claim(OfferKey("N"))), rules, Circumstances(cards=cards)
    )
    selling = Selling("TOKO", "Toko", "T1", 1, CASHIER, rules.programme, 7)
    made = receipt_of(priced, (), (), selling, AT)
    assert (bool(made.discount), made.codes) == (True, ("PAPER",))
