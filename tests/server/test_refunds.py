"""Refunds: accepted before money leaves, in parts that add up, voided until the money left."""

from dataclasses import replace

import pytest

from tests.server.world import PIN, RICE, SOAP, Answer, TillClient, World, a_seed, redeemed
from tukar.domain.money import Quantity
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.server.shops import ShopSettings
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval


class Sold:
    """Dewi bought two rice and three soap for 170,000, spent 200 points (20,000) and earned 170."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        bill = till.bill((RICE, 2), (SOAP, 3), claim="points", bill_id="sale")
        till.sends_code("sale", challenge="c")
        held = till.holds(bill, 200, "r", challenge_id="c", attempt_id="a", code=world.code()).json
        self.receipt = till.receipt(bill, (redeemed("r", 200, held["proof"], 20_000),))
        saved = till.saves(self.receipt).json
        assert [part["outcome"] for part in saved["parts"]] == ["done", "done", "done"]
        assert world.posted("dewi") == (470, 0)

    def refund(self, refund_id: str, *lines: tuple[str, int], **changes: object) -> Answer:
        body = {
            "bill_id": "sale",
            "lines": [{"line_id": line_id, "sku": "x", "thousandths": pieces * 1000} for line_id, pieces in lines],
            "reason": "broken",
            **changes,
        }
        return self.till.put(f"/v1/refunds/{refund_id}", write(body))

    def points(self) -> int:
        return self.world.posted("dewi")[0]


@pytest.fixture
def sold(any_world: World, till: TillClient) -> Sold:
    return Sold(any_world, till)


def test_goods_of_a_bill_paid_at_two_tills_come_back_where_it_was_stored_from(
    sold: Sold, other_till: TillClient
) -> None:
    """Found by the simulation: the second till paid back by its own tenders, the backend by those that it knew."""
    second = other_till.receipt(other_till.bill((RICE, 1), bill_id="sale"))
    assert other_till.saves(second).refusal == "other_content"
    body = {"bill_id": "sale", "lines": [{"line_id": "l1", "sku": "x", "thousandths": 1000}], "reason": "broken"}
    assert other_till.put("/v1/refunds/g", write(body)).refusal == "other_content"
    assert sold.refund("f", ("l1", 1)).json["accepted"]


def test_everything_goes_back(sold: Sold) -> None:
    answer = sold.refund("f", ("l1", 2), ("l2", 3)).json
    assert (answer["money"], answer["returned"], answer["reversed"]) == ("150000", {"poin": "200"}, {"poin": "170"})
    assert sold.points() == 500
    assert sold.world.findings() == []
    assert sold.world.reviews() == []


def test_parts_add_up_to_the_whole(sold: Sold) -> None:
    parts = [("l2", 1), ("l1", 1), ("l2", 1), ("l1", 1), ("l2", 1)]
    answers = [sold.refund(f"f{number}", part).json for number, part in enumerate(parts)]
    assert sum(int(answer["money"]) for answer in answers) == 150_000
    assert sum(int(answer["returned"]["poin"]) for answer in answers) == 200
    assert sum(int(answer["reversed"]["poin"]) for answer in answers) == 170
    assert sold.points() == 500
    assert sold.world.findings() == []


def test_points_come_back_rounded_down_until_the_last_part(sold: Sold) -> None:
    first = sold.refund("f", ("l2", 1)).json
    assert first["returned"] == {"poin": "11"}
    assert first["reversed"] == {"poin": "10"}


def test_the_same_refund_again_moves_nothing_more(sold: Sold) -> None:
    first = sold.refund("f", ("l1", 1)).json
    assert sold.refund("f", ("l1", 1)).json == first
    points = sold.points()
    assert sold.refund("f", ("l1", 2)).refusal == "id_reused"
    assert sold.points() == points


def test_who_takes_goods_back_is_written_down_and_may_be_said_later(sold: Sold) -> None:
    """A till that was updated in between asks again with the name that it did not send before."""
    first = sold.refund("f", ("l1", 1)).json
    assert sold.refund("f", ("l1", 1), actor="ani").json == first
    sold.refund("g", ("l1", 1), actor="ani")
    actors = {row.ref: row.actor for row in sold.world.rows("SELECT ref, actor FROM audit WHERE action = 'refund'")}
    assert actors == {"f": "T1", "g": "ani"}


def test_no_more_goes_back_than_was_sold(sold: Sold) -> None:
    assert sold.refund("f", ("l1", 3)).refusal == "nothing_to_refund"
    assert sold.refund("g", ("l1", 2)).status == 200
    assert sold.refund("h", ("l1", 1)).refusal == "nothing_to_refund"
    assert sold.refund("i", ("l9", 1)).refusal == "nothing_to_refund"


def test_an_unknown_bill_is_refused_before_money_leaves(sold: Sold) -> None:
    assert sold.refund("f", ("l1", 1), bill_id="nowhere").refusal == "unknown_bill"


def test_a_refund_is_voided_until_the_money_left(sold: Sold) -> None:
    sold.refund("f", ("l1", 2), ("l2", 3))
    voided = sold.till.put("/v1/refunds/f/void", write({"reason": "customer keeps it"})).json
    assert (voided["accepted"], voided["state"]) == (False, "voided")
    assert sold.points() == 470
    assert sold.till.put("/v1/refunds/f/void").json == voided
    assert sold.till.put("/v1/refunds/f/paid").refusal == "voided"
    assert sold.refund("g", ("l1", 2), ("l2", 3)).json["money"] == "150000"
    assert sold.till.put("/v1/refunds/g/paid").json["state"] == "paid"
    assert sold.till.put("/v1/refunds/g/void").refusal == "captured"
    assert sold.points() == 500
    assert sold.world.findings() == []


def test_parts_add_up_though_one_between_them_was_voided(sold: Sold) -> None:
    """Found by the simulation: the last part was to give one point more than was left, and no till could return it."""
    sold.refund("voided", ("l2", 1))
    kept = [sold.refund("f0", ("l2", 1)).json]
    sold.till.put("/v1/refunds/voided/void", write({"reason": "customer keeps it"}))
    kept += [sold.refund(f"f{number}", part).json for number, part in enumerate([("l2", 1), ("l2", 1), ("l1", 2)], 1)]
    assert [answer["accepted"] for answer in kept] == [True] * 4
    assert sum(int(answer["returned"]["poin"]) for answer in kept) == 200
    assert sum(int(answer["reversed"]["poin"]) for answer in kept) == 170
    assert sold.points() == 500
    assert sold.world.findings() == []


def test_a_void_that_overtakes_its_refund_leaves_a_tombstone(sold: Sold) -> None:
    assert sold.till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert sold.refund("f", ("l1", 1)).json["accepted"] is False
    assert sold.points() == 470


def test_earned_points_that_were_spent_are_an_item(sold: Sold, web_shop: TillClient) -> None:
    order = {
        "member_id": "dewi",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "0",
        "spend": {"poin": "470"},
    }
    web_shop.put("/v1/orders/o", write(order))
    answer = sold.refund("f", ("l1", 2), ("l2", 3)).json
    # the 200 spent ones come back first, and pay for the 170 earned ones
    assert (answer["returned"], answer["reversed"]) == ({"poin": "200"}, {"poin": "170"})
    assert sold.points() == 30


@pytest.mark.parametrize(("reduced", "money", "items"), [(False, "65000", ["refund_short"]), (True, "63000", [])])
def test_a_short_reversal_lowers_the_money_where_the_shop_says_so(reduced: bool, money: str, items: list[str]) -> None:
    world = World()
    world.load(a_seed(settings=ShopSettings(refund_reduced=reduced)))
    till, web = world.enrol("TILLONE"), world.enrol("WEBSHOP")
    bill = till.bill((RICE, 1), claim="small", bill_id="sale")
    held = till.holds(bill, 50, "r").json
    till.saves(till.receipt(bill, (redeemed("r", 50, held["proof"]),)))
    order = {
        "member_id": "dewi",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "0",
        "spend": {"poin": "520"},
    }
    assert web.put("/v1/orders/o", write(order)).status == 200
    body = {"bill_id": "sale", "lines": [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]}
    answer = till.put("/v1/refunds/f", write(body)).json
    # 50 spent points come back and pay for 50 of the 70 earned ones; the 20 that are gone are worth 2,000
    assert (answer["money"], answer["reversed"], answer["short"]) == (money, {"poin": "50"}, {"poin": "20"})
    assert world.posted("dewi") == (0, 0)
    assert world.reviews() == items
    assert world.findings() == []
    world.close()


def test_points_given_back_and_spent_before_the_void_are_the_merchants(sold: Sold, web_shop: TillClient) -> None:
    sold.refund("f", ("l1", 2), ("l2", 3))
    order = {
        "member_id": "dewi",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "0",
        "spend": {"poin": "450"},
    }
    assert web_shop.put("/v1/orders/o", write(order)).status == 200
    sold.till.put("/v1/refunds/f/void")
    assert sold.world.reviews() == ["refund_void_short"]
    assert sold.world.findings() == []
    assert sold.points() >= 0


def test_T19_buying_and_returning_in_a_loop_mints_no_points(sold: Sold) -> None:
    for number in range(5):
        bill = sold.till.bill((RICE, 1), (SOAP, 3), claim="small", bill_id=f"loop-{number}")
        held = sold.till.holds(bill, 50, f"r-{number}").json
        sold.till.saves(sold.till.receipt(bill, (redeemed(f"r-{number}", 50, held["proof"]),)))
        for part, line in enumerate(("l2", "l2", "l1", "l2")):
            sold.refund(f"loop-{number}-{part}", (line, 1), bill_id=f"loop-{number}")
    assert sold.points() == 470
    assert sold.world.findings() == []


def test_T20_a_refund_takes_no_points_a_second_time(sold: Sold) -> None:
    sold.refund("f", ("l1", 2), ("l2", 3))
    spent = sold.world.rows("SELECT units FROM ledger WHERE kind = 'redeem'")
    assert [row.units for row in spent] == [-200]
    assert sold.points() == 500


def test_T21_a_part_refund_without_the_discounted_goods_takes_no_points_a_second_time(sold: Sold) -> None:
    answer = sold.refund("f", ("l2", 1)).json
    # A soap is 10,000 of 170,000: of the 200 points spent 11 come back, of the 170 earned 10 go.
    assert (answer["returned"], answer["reversed"]) == ({"poin": "11"}, {"poin": "10"})
    assert sold.points() == 471
    assert len(sold.world.rows("SELECT units FROM ledger WHERE kind = 'redeem'")) == 1


def test_T22_earned_points_are_taken_back_with_the_goods(sold: Sold) -> None:
    assert sold.refund("f", ("l1", 2), ("l2", 3)).json["reversed"] == {"poin": "170"}
    rows = sold.world.rows("SELECT units FROM ledger WHERE kind IN ('earn', 'refund_reverse') ORDER BY units")
    assert [row.units for row in rows] == [-170, 170]


def test_T23_spent_points_come_back_with_the_goods(sold: Sold) -> None:
    assert sold.refund("f", ("l1", 2), ("l2", 3)).json["returned"] == {"poin": "200"}
    rows = sold.world.rows("SELECT units FROM ledger WHERE kind IN ('redeem', 'refund_return') ORDER BY units")
    assert [row.units for row in rows] == [-200, 200]


# The return receipt


def returned(sold: Sold, bill_id: str, *, pieces: int = 1) -> Receipt:
    line = sold.receipt.lines[1]
    each = sold.till.receipt(sold.till.bill((SOAP, pieces))).lines[0]
    back = replace(each, line_id=line.line_id, quantity=Quantity(-1000 * pieces), gross=-each.gross, net=-each.net)
    sale = sold.till.receipt(sold.till.bill((SOAP, pieces), bill_id=bill_id))
    total = sold.world.inside(lambda call, _: -sale.total)
    return replace(sale, kind=ReceiptKind.RETURN, lines=(back,), total=total, returns="sale", tenders=())


def test_a_return_receipt_belongs_to_its_refund(sold: Sold) -> None:
    accepted = sold.refund("f", ("l2", 1)).json
    points = sold.points()
    receipt = returned(sold, "f")
    receipt = replace(receipt, total=-receipt.currency.money(accepted["money"]))
    answer = sold.till.saves(receipt).json
    assert [(part["part"], part.get("points")) for part in answer["parts"]] == [
        ("bill", None),
        ("redemption", "11"),
        ("earning", "-10"),
    ]
    assert sold.points() == points
    assert [row.state for row in sold.world.rows("SELECT state FROM refunds")] == ["paid"]
    assert sold.world.reviews() == []


def test_a_return_given_offline_makes_its_refund_when_it_arrives(sold: Sold) -> None:
    receipt = returned(sold, "offline")
    answer = sold.till.saves(receipt).json
    assert ("earning", "-10") in [(part["part"], part.get("points")) for part in answer["parts"]]
    assert sold.refund("g", ("l2", 3)).refusal == "nothing_to_refund"
    assert sold.world.findings() == []


def test_a_return_waits_for_its_sale_while_a_restored_backend_hears_its_tills(sold: Sold) -> None:
    """Both were lost; the return, which was still on its way, comes before the sale that was delivered once."""
    receipt = replace(returned(sold, "back"), returns="lost")
    sold.world.run("UPDATE shops SET recovering = 1")
    assert sold.till.saves(receipt).refusal == "recovering"
    assert sold.world.reviews() == []
    sold.till.saves(replace(sold.receipt, bill_id="lost", redemptions=(), claims=()))
    assert sold.till.saves(receipt).status == 200
    sold.world.run("UPDATE shops SET recovering = 0")
    assert sold.till.saves(replace(receipt, bill_id="stray", returns="unknown")).status == 200, "stored, with an item"


def test_a_return_of_more_than_was_sold_is_stored_with_an_item(sold: Sold) -> None:
    answer = sold.till.saves(returned(sold, "too-much", pieces=9))
    assert answer.status == 200
    assert [part["outcome"] for part in answer.json["parts"] if part["part"] == "earning"] == ["refused"]
    assert sold.world.reviews() == ["return"]


def test_returned_points_keep_their_last_day_but_live_a_while(sold: Sold) -> None:
    sold.world.run("UPDATE lots SET last_on = '2026-03-05'")
    sold.refund("f", ("l1", 2), ("l2", 3))
    days = {row.last_on for row in sold.world.rows("SELECT last_on FROM lots WHERE units > 0 AND ref <> 'sale'")}
    assert days == {"2026-03-05", "2026-03-16"}


def test_a_refund_of_a_customer_nobody_knows_moves_money_only(world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), member="", bill_id="sale")))
    line = {"line_id": "l1", "sku": "RICE", "thousandths": 1000}
    body = write({"bill_id": "sale", "lines": [line], "reason": "broken"})
    answer = till.put("/v1/refunds/f", body).json
    assert (answer["money"], answer.get("returned"), answer.get("reversed")) == ("70000", None, None)
    assert till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert world.findings() == []


def test_a_refund_is_voided_though_nothing_of_its_points_is_left(sold: Sold, web_shop: TillClient) -> None:
    sold.refund("f", ("l1", 2), ("l2", 3))
    order = {"member_id": "dewi", "currency": {"code": "IDR", "minor_digits": 0}, "amount": "0"}
    assert web_shop.put("/v1/orders/o", write({**order, "spend": {"poin": "500"}})).status == 200
    assert sold.till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert sold.world.reviews() == ["refund_void_short"]
    assert sold.world.findings() == []


def test_money_that_left_is_said_as_often_as_one_likes(sold: Sold) -> None:
    sold.refund("f", ("l1", 1))
    first = sold.till.put("/v1/refunds/f/paid").json
    assert sold.till.put("/v1/refunds/f/paid").json == first
    assert sold.till.put("/v1/refunds/nobody/paid").refusal == "unknown_bill"


def test_a_return_whose_refund_was_voided_is_an_item(sold: Sold) -> None:
    sold.refund("f", ("l2", 1))
    sold.till.put("/v1/refunds/f/void")
    points = sold.points()
    answer = sold.till.saves(returned(sold, "f")).json
    assert [part["note"] for part in answer["parts"] if part["part"] == "earning"] == ["the refund was voided"]
    assert (sold.points(), sold.world.reviews()) == (points, ["return"])


def test_a_return_that_comes_after_its_money_left_is_its_refunds(sold: Sold) -> None:
    accepted = sold.refund("f", ("l2", 1)).json
    sold.till.put("/v1/refunds/f/paid")
    receipt = returned(sold, "f")
    answer = sold.till.saves(replace(receipt, total=-receipt.currency.money(accepted["money"]))).json
    assert ("earning", "-10") in [(part["part"], part.get("points")) for part in answer["parts"]]
    assert sold.world.reviews() == []


def test_a_refund_of_another_day_is_as_good(sold: Sold) -> None:
    sold.world.clock.advance(2 * 86_400)
    assert sold.refund("f", ("l1", 2), ("l2", 3)).json["returned"] == {"poin": "200"}
    assert sold.points() == 500
    assert sold.world.findings() == []


def test_a_refund_that_could_take_nothing_back_is_voided_without_giving_any(
    world: World, till: TillClient, web_shop: TillClient
) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), bill_id="sale")))
    order = {"member_id": "dewi", "currency": {"code": "IDR", "minor_digits": 0}, "amount": "0"}
    assert web_shop.put("/v1/orders/o", write({**order, "spend": {"poin": "570"}})).status == 200
    line = {"line_id": "l1", "sku": "RICE", "thousandths": 1000}
    answer = till.put("/v1/refunds/f", write({"bill_id": "sale", "lines": [line], "reason": "broken"})).json
    assert answer["short"] == {"poin": "70"}
    assert till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert world.posted("dewi") == (0, 0)
    assert world.findings() == []


def test_a_revoked_till_may_still_void_the_refund_that_it_asked_for(sold: Sold) -> None:
    """Goods were agreed to come back, the till was revoked before any money left: nothing stays reserved."""
    points = sold.points()
    sold.refund("f", ("l1", 2), ("l2", 3))
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="stolen")
    assert sold.world.operator().put("/v1/tills/T1/revocation", approval).status == 200
    assert sold.refund("g", ("l1", 1)).refusal == "revoked"
    assert sold.till.put("/v1/refunds/f/paid").refusal == "revoked"
    assert sold.till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert sold.till.put("/v1/refunds/f/void").json["state"] == "voided"
    assert sold.points() == points
    assert sold.world.findings() == []


@pytest.mark.parametrize("pieces", [1, 3])
def test_goods_paid_back_offline_that_came_back_elsewhere_first_are_one_item_and_no_points(
    sold: Sold, pieces: int
) -> None:
    """The selling till gave the money while it was cut off; another till took the same goods back before it was heard.

    The goods were sold once, so they go back once: what the second one says is a manager's to settle.
    """
    elsewhere = sold.refund("f", ("l2", 3)).json
    sold.till.put("/v1/refunds/f/paid")
    points = sold.points()
    answer = sold.till.saves(returned(sold, "offline", pieces=pieces))
    assert answer.status == 200
    assert [part["note"] for part in answer.json["parts"] if part["part"] == "earning"] == ["nothing_to_refund: l2"]
    assert [part for part in answer.json["parts"] if part["part"] == "redemption"] == []
    assert (sold.points(), sold.world.reviews()) == (points, ["return"])
    assert [(row.refund_id, row.state) for row in sold.world.rows("SELECT refund_id, state FROM refunds")] == [
        ("f", "paid")
    ]
    rest = sold.refund("g", ("l1", 2)).json
    assert int(elsewhere["money"]) + int(rest["money"]) == 150_000
    assert (sold.points(), sold.world.findings()) == (500, [])
