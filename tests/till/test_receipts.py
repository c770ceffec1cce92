"""A receipt says what was sold, what came off and why, what was paid, and how the points stand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from tests.domain.pricing.till import bill, book, customer, item
from tests.till.bench import CASHIER, COFFEE, ORDER, REWARD, Bench, TillOnBench, demo_shop, shelf
from tukar.domain.bill import Bill, Claim, CustomerSource, OfferKey, PriceOverride
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.people import Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, price
from tukar.domain.pricing.issuing import code_left_by
from tukar.domain.receipt import Receipt
from tukar.till.receipts import Selling, receipt_of


def receipt(bench: Bench, till: TillOnBench) -> Receipt:
    selling = Selling("TOKO", "Toko", "T1", 1, CASHIER, demo_shop().programme, 7)
    return receipt_of(till.sale.priced, (), (), selling, bench.clock.now())


def test_lines_add_up_to_the_total(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till, 3)
    till.sale.add(shelf().named("Indomie Goreng"), Quantity.of(5))
    till.sale.claim(ORDER)
    made = receipt(bench, till)
    assert sum(line.net.minor for line in made.lines) == made.total.minor == (made.before - made.discount).minor
    for line in made.lines:
        assert line.net.minor == line.gross.minor - sum(off.amount.minor for off in line.discounts)


def test_the_foot_says_points_before_spent_and_earned(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer(), CustomerSource.MOBILE)
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    made = receipt(bench, till)
    points = {one.programme_id: one for one in made.points}
    assert (points["poin"].before, points["poin"].spent) == (Points(1240), Points(200))
    earned = till.sale.priced.earned_of("poin")
    assert earned is not None
    assert points["poin"].earned == earned
    assert points["poin"].after == Points(1040) + earned
    assert points["reward"].spent == Points(0)
    assert made.customer is not None
    assert (made.customer.name, made.customer.source) == ("Dewi Lestari", CustomerSource.MOBILE)


def test_a_bill_without_a_customer_has_no_points(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    made = receipt(bench, till)
    assert (made.customer, made.points, made.claims) == (None, (), ())


def test_a_claim_that_gave_nothing_is_not_on_it(bench: Bench, till: TillOnBench) -> None:
    till.sale.set_customer(bench.customer())
    line_id = till.sale.add(shelf().named("Kopi Susu Gula Aren"))
    till.sale.claim(COFFEE)
    till.sale.remove_line(line_id)
    bench.ring_rice(till)
    assert till.sale.bill.claims != ()
    assert receipt(bench, till).claims == ()


def test_a_claim_says_what_it_came_to_where_the_customer_lacked_points(bench: Bench, till: TillOnBench) -> None:
    """Else a backend that knows of more points by then would take more of them than the bill shows."""
    bench.backend.posted["reward"] = 500
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till, 3)
    till.sale.claim(REWARD, points=Points(550))
    made = receipt(bench, till)
    spent = till.sale.priced.spent_of("reward")
    assert spent is not None
    assert [(claim.key, claim.points) for claim in made.claims] == [(REWARD, spent)]
    assert spent <= Points(500)


def test_an_overridden_price_says_who_answers_for_it(bench: Bench, till: TillOnBench) -> None:
    rice = shelf().named("Beras Ramos")
    override = PriceOverride("damaged", "c-1", "m-1")
    till.sale.override_price(till.sale.add(rice), UnitPrice(rice.price.scaled // 2, rice.currency), override)
    (line,) = receipt(bench, till).lines
    assert line.override == override
    assert line.net.minor * 2 == rice.price.rounded().minor


def test_it_names_shop_till_cashier_salesperson_and_versions(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till)
    till.sale.set_salesperson(Salesperson("s-1", "Budi"))
    till.sale.decline(ORDER)
    made = receipt(bench, till)
    assert (made.shop_name, made.cashier_name, made.salesperson_name) == ("Toko", "Rani", "Budi")
    assert (made.programme_version, made.catalogue_version) == (demo_shop().programme.version, 7)
    assert made.declined == (ORDER,)
    assert str(made.number) == "TOKO-T1-1-1"


AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
GOODS, GIFT = item("A", "10"), item("B", "20")
COUPON = {
    "id": "N",
    "family": "next_order_coupon",
    "when": {"items": ["A"], "min_qty": 9},
    "valid_to": "2026-04-30",
    "earn": {"per": "unit", "points": "1"},
    "rewards": [{"kind": "amount_off", "value": "3", "cost_points": "1"}],
}


def receipt_by(bill_of: Bill, rules: RuleBook) -> Receipt:
    selling = Selling("TOKO", "Toko", "T1", 1, CASHIER, rules.programme, 7)
    return receipt_of(price(bill_of, rules), (), (), selling, AT)


def test_paper_tells_the_code_of_a_coupon_that_is_nobodys() -> None:
    rules = book([COUPON], [GOODS])
    (told,) = receipt_by(bill((GOODS, 9)), rules).coupons
    assert (told.code, told.last_day) == (code_left_by("bill", "N"), date(2026, 4, 30))
    assert receipt_by(bill((GOODS, 9), customer=customer()), rules).coupons == (), "a customer has theirs by name"


@pytest.mark.parametrize("online", [True, False])
def test_a_coupon_claimed_without_the_line_gave_nothing_and_stays_the_customers(*, online: bool) -> None:
    rules = book([COUPON], [GOODS])
    coming_back = replace(customer(), coupons={"N": Fraction(1)})
    claiming = bill((GOODS, 1), customer=coming_back).with_claim(Claim(OfferKey("N")))
    selling = Selling("TOKO", "Toko", "T1", 1, CASHIER, rules.programme, 7)
    made = receipt_of(price(claiming, rules, Circumstances(online=online)), (), (), selling, AT)
    assert (bool(made.discount), bool(made.claims)) == (online, online)


def test_free_goods_are_lines_without_a_price() -> None:
    rules = book([{"rewards": [{"kind": "free_item", "sku": "B"}]}], [GOODS, GIFT])
    made = receipt_by(bill((GOODS, 1)), rules)
    first, free = made.lines
    assert (first.free, free.free, free.line_id, free.sku, free.quantity) == (
        False,
        True,
        "free-1",
        "B",
        Quantity.of(1),
    )
    assert (free.gross.minor, free.net.minor, made.total) == (0, 0, first.net)


def test_the_foot_names_no_account_that_the_customer_has_nothing_of() -> None:
    rules = book([], [GOODS], [{"id": "L"}, {"id": "M"}])
    made = receipt_by(bill((GOODS, 1), customer=customer({"L": 5})), rules)
    assert [(one.programme_id, one.before) for one in made.points] == [("L", Points(5))]
