"""What looks odd is put before a manager: each rule finds its case, and lets alone what it does not name."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from tests.server.world import RICE, RUPIAH, TillClient, World, a_seed, redeemed
from tukar.domain.bill import HandDiscount, PriceOverride
from tukar.domain.money import Money, UnitPrice
from tukar.domain.people import Role
from tukar.domain.receipt import Receipt, ReceiptCustomer, ReceiptKind
from tukar.server.shops import ReviewSettings, ShopSettings
from tukar.server.sweep import sweep
from tukar.wire.approvals import WireRoleLimits
from tukar.wire.message import write


class Watch:
    """A till that sells and a manager who looks into what is odd."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        till.manages()

    def cases(self, state: str = "open", **wanted: str) -> list[Any]:
        answer = self.till.post("/v1/manager/reviews", write({"state": state, **wanted}))
        found: list[Any] = answer.json.get("cases", [])
        return found

    def told(self) -> list[tuple[Any, ...]]:
        """Reason, count, limit and amount of each case, oldest first."""
        names = ("reason", "count", "limit", "amount", "limit_amount", "points")
        return [tuple(one[name] for name in names if name in one) for one in reversed(self.cases())]

    def sells(self, member: str = "dewi", **changes: Any) -> Receipt:
        receipt = replace(self.till.receipt(self.till.bill((RICE, 1), member=member)), **changes)
        assert self.till.saves(receipt).status == 200
        return receipt


@pytest.fixture
def watch(any_world: World, till: TillClient) -> Watch:
    return Watch(any_world, till)


def test_an_ordinary_day_has_no_cases(watch: Watch) -> None:
    for _ in range(5):
        watch.sells()
        watch.world.clock.advance(60)
    assert watch.told() == []


def test_many_bills_on_one_number_are_one_case_that_grows(watch: Watch) -> None:
    for _ in range(7):
        watch.sells()
    assert watch.told() == [("many_bills", 7, 5)]
    (case,) = watch.cases()
    assert (case["customer_name"], case["hours"]) == ("Dewi Lestari", 24)
    watch.world.clock.advance(11 * 3600)
    watch.till.manages()
    watch.world.clock.advance(11 * 3600)
    watch.till.manages()
    watch.sells()
    assert watch.told() == [("many_bills", 7, 5)]


def test_bills_that_come_late_count_on_their_own_day(watch: Watch) -> None:
    for days in range(7):
        watch.sells(at=watch.world.clock.now() - timedelta(days=7 - days))
    assert {reason for reason, *_ in watch.told()} == {"back_dated"}


def test_wrong_codes(watch: Watch) -> None:
    till = watch.till
    bill = till.bill((RICE, 1), claim="points", bill_id="coded")
    till.sends_code("coded", challenge="c")
    for number in range(5):
        till.holds(bill, 200, f"r{number}", challenge_id="c", attempt_id=f"a{number}", code="000000")
    assert watch.told() == [("wrong_codes", 5, 4)]


def test_points_taken_and_given_back(watch: Watch) -> None:
    till = watch.till
    for number in range(3):
        till.holds(till.bill((RICE, 1), claim="small"), 50, f"r{number}")
        till.put(f"/v1/redemptions/r{number}/void")
    assert watch.told() == []
    till.put("/v1/redemptions/r0/void")
    assert watch.told() == [], "the same word again is no further one"
    bill = till.bill((RICE, 1), claim="small")
    held = till.holds(bill, 50, "spent").json
    receipt = till.receipt(bill, (redeemed("spent", 50, held["proof"]),))
    till.saves(receipt)
    lines = [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]
    till.put("/v1/refunds/f", write({"bill_id": receipt.bill_id, "lines": lines}))
    assert watch.told() == [("redeem_then_void", 4, 3, "50")]


def test_the_cashier_buys(watch: Watch) -> None:
    watch.sells(cashier_name="dewi LESTARI")
    (case,) = watch.cases()
    assert (case["reason"], case["cashier_id"], case["member_id"]) == ("cashier_is_customer", "ani", "dewi")


def test_who_is_which_customer_may_be_said(till: TillClient, world: World) -> None:
    other = World()
    other.load(a_seed(settings=ShopSettings(review=ReviewSettings(customers={"ani": "siti"}))))
    watch = Watch(other, other.enrol("TILLONE"))
    watch.sells(cashier_name="Dewi Lestari")
    assert watch.told() == []
    watch.sells("siti")
    assert watch.told() == [("cashier_is_customer",)]
    other.close()


def test_a_price_given_by_hand(watch: Watch) -> None:
    sold = watch.till.receipt(watch.till.bill((RICE, 1)))
    line = replace(
        sold.lines[0],
        unit_price=UnitPrice.of(Money(60_000, RUPIAH)),
        gross=Money(60_000, RUPIAH),
        net=Money(60_000, RUPIAH),
        override=PriceOverride("dented", "ani", "budi"),
    )
    cheap = Money(60_000, RUPIAH)
    watch.till.saves(replace(sold, lines=(line,), before=cheap, total=cheap, untaxed=cheap))
    assert watch.told() == [("price_override", "10000")]
    assert watch.cases()[0]["number"] == str(sold.number)


@pytest.mark.parametrize(("percent", "found"), [(20, []), (21, [("big_discount", "14700", "14000")])])
def test_a_discount_by_hand_above_the_limit(watch: Watch, percent: int, found: list[tuple[str, ...]]) -> None:
    sold = watch.till.receipt(watch.till.bill((RICE, 1)))
    left = Money(70_000 * (100 - percent) // 100, RUPIAH)
    by_hand = HandDiscount(percent=Decimal(percent), reason="dented", actor="ani", approver="budi")
    line = replace(sold.lines[0], gross=left, net=left, hand_discount=by_hand)
    watch.till.saves(replace(sold, lines=(line,), before=left, total=left, untaxed=left))
    assert watch.told() == found


@pytest.mark.parametrize(
    ("most", "percent", "found"),
    [
        ("7000", "10", []),
        ("6999", "10", [("big_discount", "7000", "6999")]),
        ("7000", "8", [("big_discount", "7000", "5600")]),
    ],
)
def test_a_word_given_beyond_the_limits_of_a_role(most: str, percent: str, found: list[tuple[str, ...]]) -> None:
    world, seed = World(), a_seed()
    limits = (WireRoleLimits(role=Role.MANAGER, amount=most, percent=percent),)
    world.load(replace(seed, shop=structs.replace(seed.shop, limits=limits)))
    watch = Watch(world, world.enrol("TILLONE"))
    sold = watch.till.receipt(watch.till.bill((RICE, 1)))
    left = Money(63_000, RUPIAH)
    by_hand = HandDiscount(percent=Decimal(10), reason="dented", actor="ani", approver="budi")
    line = replace(sold.lines[0], gross=left, net=left, hand_discount=by_hand)
    watch.till.saves(replace(sold, lines=(line,), before=left, total=left, untaxed=left))
    assert watch.told() == found
    world.close()


def test_goods_without_a_receipt(watch: Watch) -> None:
    sale = watch.sells()
    line = sale.lines[0]
    back = replace(line, quantity=replace(line.quantity, thousandths=-1000), gross=-line.gross, net=-line.net)
    watch.sells(
        kind=ReceiptKind.RETURN,
        lines=(back,),
        before=-sale.before,
        total=-sale.total,
        untaxed=-sale.untaxed,
        tenders=(),
    )
    assert watch.told() == [("no_receipt", "70000")]


def test_bills_from_before(watch: Watch) -> None:
    watch.sells(at=watch.world.clock.now() - timedelta(hours=23))
    assert watch.told() == []
    watch.sells(at=watch.world.clock.now() - timedelta(hours=31))
    assert [(case["reason"], case["hours"]) for case in watch.cases()] == [("back_dated", 31)]


def test_a_bill_before_the_one_that_was_sold_earlier(watch: Watch) -> None:
    watch.sells()
    watch.sells(at=watch.world.clock.now() - timedelta(minutes=4))
    assert watch.told() == []
    watch.sells(at=watch.world.clock.now() - timedelta(minutes=10))
    assert [case["reason"] for case in watch.cases()] == ["back_dated"]


def test_what_is_switched_off_is_not_looked_for() -> None:
    nothing = ReviewSettings(
        wrong_codes=None, bills_of_one_customer=None, redeemed_then_void=None, cashier_is_customer=False,
        override_amount=None, discount_percent=None, no_receipt=False, late_hours=None,
    )  # fmt: skip
    world = World()
    world.load(a_seed(settings=ShopSettings(review=nothing)))
    watch = Watch(world, world.enrol("TILLONE"))
    for _ in range(7):
        watch.sells(at=world.clock.now() - timedelta(days=3), cashier_name="Dewi Lestari")
    assert watch.told() == []
    world.close()


def test_counts_are_forgotten_when_their_bills_come_no_more(watch: Watch) -> None:
    watch.sells()
    assert watch.world.rows("SELECT * FROM counters WHERE name LIKE 'odd.%'") != []
    watch.world.clock.advance(41 * 86_400)
    watch.world.inside(sweep)
    assert watch.world.rows("SELECT * FROM counters WHERE name LIKE 'odd.%'") == []


# What a manager makes of it


def decide(watch: Watch, review_id: str, state: str, note: str = "", decision: str = "d") -> Any:
    body = {"decision_id": decision, "state": state, "note": note}
    return watch.till.put(f"/v1/manager/reviews/{review_id}", write(body)).json


def test_a_case_is_flagged_noted_and_approved_and_every_word_stays(watch: Watch) -> None:
    watch.sells(cashier_name="Dewi Lestari")
    review_id = watch.cases()[0]["review_id"]
    flagged = decide(watch, review_id, "flagged", "ask Ani", "d1")
    assert (flagged["state"], flagged["decided_by"]) == ("flagged", "Budi")
    assert decide(watch, review_id, "flagged", "ask Ani", "d1") == flagged
    noted = watch.till.put(f"/v1/manager/reviews/{review_id}/notes/n1", write({"note": "asked"})).json
    again = watch.till.put(f"/v1/manager/reviews/{review_id}/notes/n1", write({"note": "asked"})).json
    assert again == noted
    watch.world.clock.advance(1)
    approved = decide(watch, review_id, "approved", "her sister", "d2")
    assert [note["text"] for note in approved["notes"]] == ["ask Ani", "asked", "her sister"]
    assert watch.cases() == []
    assert [case["review_id"] for case in watch.cases("approved")] == [review_id]
    assert decide(watch, review_id, "open", "", "d3")["state"] == "open"
    actions = watch.world.rows("SELECT action FROM audit WHERE action LIKE '%_review' ORDER BY seq")
    assert [row.action for row in actions] == ["flagged_review", "approved_review", "open_review"]
    assert watch.till.put("/v1/manager/reviews/none", write({"decision_id": "d", "state": "open"})).status == 404
    assert watch.till.put("/v1/manager/reviews/none/notes/n", write({"note": "x"})).status == 404


def test_points_that_needed_a_manager_are_settled_by_one(watch: Watch) -> None:
    bill = watch.till.bill((RICE, 1), claim="small")
    watch.till.put("/v1/redemptions/gone/void")
    receipt = watch.till.receipt(bill, (redeemed("gone", 50),))
    watch.till.saves(receipt)

    def needing() -> int:
        body = write({"wanted": {"settlement": "needs_manager"}})
        return len(watch.till.post("/v1/manager/promotions", body).json.get("records", []))

    (case,) = watch.cases(reason="capture")
    assert (case["bill_id"], case["number"]) == (receipt.bill_id, str(receipt.number))
    assert needing() == 1
    decide(watch, case["review_id"], "approved")
    assert needing() == 0


def test_cases_come_in_pages(watch: Watch) -> None:
    for number in range(53):
        watch.sells("", cashier_name="X", at=watch.world.clock.now() - timedelta(days=2, seconds=-number))
    first = watch.till.post("/v1/manager/reviews", write({"state": "open"})).json
    assert (len(first["cases"]), first["open"]) == (50, 53)
    second = watch.till.post("/v1/manager/reviews", write({"state": "open", "page": first["next_page"]})).json
    assert len(second["cases"]) == 3
    assert len({one["review_id"] for one in (*first["cases"], *second["cases"])}) == 53
    assert "next_page" not in second


def test_customers_of_receipts_keep_their_masks(watch: Watch) -> None:
    watch.sells(cashier_name="Dewi Lestari", customer=ReceiptCustomer("dewi", "Dewi Lestari"))
    assert "62812" not in str(watch.cases())
    assert watch.cases()[0]["masked_mobile"].endswith("5678")
