"""What managers read of promotions: one record each, of the figures that the ledger was booked with."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.server.world import RICE, SOAP, TillClient, World, redeemed
from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptNumber, ReceiptOffer, ReceiptRedemption
from tukar.server.figures import row_statement, sum_statement
from tukar.server.records import LEADERS, page_statement
from tukar.wire.message import write


class Shop:
    """A till that sells and a manager who looks."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        till.manages()

    def sells(self, points: int = 0, **changes: Any) -> Receipt:
        """Rice for 70,000, with 50 points at most."""
        bill = self.till.bill((RICE, 1), claim="small" if points else "")
        redemptions: tuple[ReceiptRedemption, ...] = ()
        if points:
            redemption_id = self.till.new_id("r")
            held = self.till.holds(bill, points, redemption_id).json
            redemptions = (redeemed(redemption_id, points, held["proof"]),)
        receipt = replace(self.till.receipt(bill, redemptions), **changes)
        assert self.till.saves(receipt).status == 200
        return receipt

    def waits(self, seconds: float) -> None:
        """Time goes by; the manager signs in anew."""
        self.world.clock.advance(seconds)
        self.till.manages()

    def page(self, page: str = "", limit: int = 100, **wanted: Any) -> Any:
        return self.till.post("/v1/manager/promotions", write({"wanted": wanted, "page": page, "limit": limit})).json

    def records(self, **wanted: Any) -> list[tuple[str, ...]]:
        """Rule, outcome, settlement, discount, spent, earned, short of each record, newest first."""
        names = ("rule_id", "outcome", "settlement", "discount", "spent", "earned", "short")
        return [tuple(one.get(name, "") for name in names) for one in self.page(**wanted).get("records", [])]

    def summary(self, **wanted: object) -> Any:
        return self.till.post("/v1/manager/summary", write(wanted)).json


@pytest.fixture
def shop(any_world: World, till: TillClient) -> Shop:
    return Shop(any_world, till)


EARNED = ("", "by_itself", "settled", "0", "", "70", "")
"""What rice earns."""


def test_a_redemption_is_one_record_and_earning_another(shop: Shop) -> None:
    receipt = shop.sells(50)
    assert shop.records() == [EARNED, ("small", "taken", "settled", "5000", "50", "", "")]
    told = shop.page()["records"][1]
    assert told["name"] == {"default": "50 points"}
    assert (told["customer_name"], told["cashier_name"], told["till_id"]) == ("Dewi Lestari", "Ani", "T1")
    assert told["masked_mobile"].endswith("5678")
    assert "+62812" not in str(shop.page())
    assert told["number"] == str(receipt.number)
    bill = shop.till.get(f"/v1/manager/bills/{told['bill_id']}").json
    assert bill["number"] == str(receipt.number)
    assert shop.till.get("/v1/manager/bills/unknown").refusal == "unknown_bill"


def test_offers_that_came_to_nothing_are_told_by_the_till(shop: Shop) -> None:
    shop.sells(
        declined=(OfferKey("points"),),
        offers=(
            ReceiptOffer(OfferKey("points"), PromotionOutcome.OPEN),
            ReceiptOffer(OfferKey("small"), PromotionOutcome.LOST, "no_answer"),
            ReceiptOffer(OfferKey("gone"), PromotionOutcome.TAKEN),
        ),
    )
    assert shop.records()[1:] == [
        ("small", "lost", "settled", "0", "", "", ""),
        ("points", "declined", "settled", "0", "", "", ""),
        ("gone", "open", "settled", "0", "", "", ""),
    ]
    assert shop.page(outcome="lost")["records"][0]["note"] == "no_answer"
    total = shop.summary()["total"]
    assert (total["lost"], total["declined"], total["open"], total["by_itself"]) == (1, 1, 1, 1)


def test_points_that_were_not_there_are_borne_by_the_shop_and_seen(shop: Shop) -> None:
    bill = shop.till.bill((RICE, 1), claim="small")
    shop.till.saves(shop.till.receipt(bill, (redeemed("never-held", 50),)))
    assert shop.records(rule_id="small") == [("small", "taken", "short", "5000", "", "", "50")]
    assert shop.records(settlement="short") == shop.records(rule_id="small")
    assert shop.world.findings() == []


def test_a_refund_takes_back_and_voided_gives_back(shop: Shop) -> None:
    receipt = shop.sells(50)
    body = {
        "bill_id": receipt.bill_id,
        "lines": [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}],
        "actor": "ani",
    }
    shop.till.put("/v1/refunds/f", write(body))
    assert shop.records()[0] == ("", "returned", "settled", "-5000", "-50", "-70", "")
    assert shop.records(rule_id="small") == [("small", "taken", "given_back", "5000", "50", "", "")]
    figures = shop.summary()["total"]
    assert (figures["discount"], figures["points"][0]["spent"], figures["points"][0]["earned"]) == ("0", "0", "0")
    shop.till.put("/v1/refunds/f/void")
    assert shop.records(outcome="returned") == []
    assert shop.records(rule_id="small") == [("small", "taken", "settled", "5000", "50", "", "")]
    assert shop.world.findings() == []


def test_goods_without_a_receipt_take_back_what_they_earned(shop: Shop) -> None:
    sale = shop.sells()
    line = sale.lines[0]
    back = replace(line, quantity=replace(line.quantity, thousandths=-1000), gross=-line.gross, net=-line.net)
    returned = replace(
        sale,
        bill_id="return",
        number=ReceiptNumber("JKT", "T1", 1, 99),
        kind=ReceiptKind.RETURN,
        lines=(back,),
        before=-sale.before,
        total=-sale.total,
        untaxed=-sale.untaxed,
        tenders=(),
    )
    assert shop.till.saves(returned).status == 200
    assert shop.records(outcome="returned") == [("", "returned", "settled", "0", "", "-70", "")]
    assert shop.world.findings() == []


def test_training_and_a_bill_that_comes_twice_add_nothing(shop: Shop) -> None:
    shop.sells(training=True)
    assert shop.records() == []
    receipt = shop.sells()
    shop.till.saves(receipt)
    assert shop.records() == [EARNED]


def test_pages_follow_one_another_also_within_one_moment(shop: Shop) -> None:
    for number in range(7):
        shop.sells(50 if number % 2 else 0)
        if number == 3:
            shop.waits(60)
    whole = [one["record_id"] for one in shop.page()["records"]]
    read: list[str] = []
    page = ""
    while True:
        part = shop.page(page, limit=3)
        read += [one["record_id"] for one in part["records"]]
        page = part.get("next_page", "")
        if not page:
            break
    assert read == whole
    assert len(whole) == 10
    assert shop.till.post("/v1/manager/promotions", write({"page": "not-one"})).refusal == "bad_request"


def test_each_filter_narrows(shop: Shop, other_till: TillClient) -> None:
    first = shop.sells(50)
    shop.waits(86_400)
    shop.sells(cashier_id="budi", cashier_name="Budi", salesperson_id="s1", salesperson_name="Rina")
    bill = other_till.bill((SOAP, 1), member="siti")
    other_till.saves(other_till.receipt(bill))

    def tills(**wanted: Any) -> list[str]:
        return [one["till_id"] for one in shop.page(**wanted).get("records", [])]

    assert tills() == ["T2", "T1", "T1", "T1"]
    assert tills(till_id="T2") == ["T2"]
    assert tills(cashier_id="budi") == ["T1"]
    assert tills(salesperson_id="s1") == ["T1"]
    assert tills(member_id="siti") == ["T2"]
    assert tills(rule_id="small") == ["T1"]
    assert tills(rule_id="small", cashier_id="budi") == []
    assert tills(outcome="by_itself", till_id="T1", cashier_id="ani", member_id="dewi") == ["T1"]
    assert tills(first_day="2026-03-03") == ["T2", "T1"]
    assert tills(last_day="2026-03-02") == ["T1", "T1"]
    assert tills(currency="USD") == []
    assert tills(text=str(first.number)) == ["T1", "T1"]
    assert tills(text="t1-1") == ["T1", "T1"]
    assert tills(text="Budi") == ["T1"]
    assert tills(text="sit") == ["T2"]
    assert tills(text="lestari", cashier_id="budi") == ["T1"]
    assert tills(text="nobody") == []
    assert tills(text="9-1") == []


def test_sums_and_rows_say_the_same(shop: Shop, other_till: TillClient) -> None:
    for number in range(4):
        shop.sells(50 if number % 2 else 0)
        shop.waits(30_000)
    other_till.saves(other_till.receipt(other_till.bill((SOAP, 3), member="siti")))
    whole = shop.summary()
    assert whole["total"]["taken"] == 2
    assert whole["total"]["discount"] == "10000"
    assert whole["total"]["points"] == [
        {"programme_id": "poin", "name": {"default": "Poin"}, "spent": "100", "earned": "310", "short": "0"}
    ]
    assert [day["day"] for day in whole["days"]] == ["2026-03-02", "2026-03-03"]
    assert [(rule["rule_id"], rule["figures"]["taken"]) for rule in whole["rules"]] == [("small", 2)]
    # A till together with its only cashier is in no sum, so the rows themselves are added up.
    assert shop.summary(till_id="T1", cashier_id="ani") == shop.summary(till_id="T1")
    assert shop.summary(member_id="siti") == shop.summary(till_id="T2") == shop.summary(text="siti")
    assert shop.summary(text="T1-1")["total"]["by_itself"] == 1
    assert shop.summary(text="nobody")["total"]["discount"] == "0"
    by_day = [shop.summary(first_day=day["day"], last_day=day["day"])["total"] for day in whole["days"]]
    assert by_day == [day["figures"] for day in whole["days"]]


def test_choices_are_what_occurs(shop: Shop) -> None:
    empty = shop.till.get("/v1/manager/choices").json
    assert "first_day" not in empty
    assert empty["today"] == "2026-03-02"
    shop.sells(50, salesperson_id="s1")
    shop.sells(cashier_id="left", salesperson_id="s9")
    known = shop.till.get("/v1/manager/choices").json

    def names(sort: str) -> list[tuple[str, str]]:
        return [(one["id"], one["name"]["default"]) for one in known[sort]]

    assert known["shop"] == {"id": "JKT", "name": {"default": "Toko JKT"}}
    assert known["first_day"] == "2026-03-02"
    assert names("tills") == [("T1", "T1")]
    assert names("cashiers") == [("ani", "Ani"), ("left", "left")]
    assert names("salespeople") == [("s1", "Rina"), ("s9", "s9")]
    assert names("rules") == [("small", "50 points")]
    assert names("programmes") == [("poin", "Poin")]
    assert known["currencies"] == ["IDR"]


def test_a_rule_is_called_what_it_was_called_then(shop: Shop) -> None:
    shop.sells(50)
    shop.world.run("UPDATE applied_promotions SET rule_id = 'gone' WHERE rule_id = 'small'")
    assert shop.page(rule_id="gone")["records"][0]["name"] == {"default": "gone"}


# Every page comes along an index, whatever the filter


@pytest.mark.parametrize("leader", ["", *LEADERS])
@pytest.mark.parametrize("paging", [False, True])
def test_a_page_is_read_along_an_index_in_order(world: World, leader: str, paging: bool) -> None:
    others = [name for name in LEADERS if name not in (leader, "bill_id")] if leader else []
    for columns in ((leader,), (leader, *others)) if leader else ((),):
        plan = plan_of(world, str(page_statement(columns, paging=paging)))
        index = f"applied_by_{leader.removesuffix('_id')}" if leader else "applied_by_time"
        assert f"USING INDEX {index} (shop_id=?" in plan, plan
        assert "TEMP B-TREE" not in plan or leader == "bill_id", "a bill's few rows may be sorted"


@pytest.mark.parametrize("by", ["sold_on", "rule_id"])
def test_sums_are_read_along_their_key(world: World, by: str) -> None:
    for columns in ((), ("rule_id",), ("outcome",), ("rule_id", "outcome")):
        plan = plan_of(world, str(sum_statement(columns, by)))
        assert "SEARCH applied_sums USING INDEX sqlite_autoindex_applied_sums_1" in plan, plan
        assert "(shop_id=? AND dimension=? AND value=? AND sold_on>? AND sold_on<?)" in plan, plan


def test_several_things_named_are_each_looked_up(world: World) -> None:
    plan = plan_of(world, str(row_statement((("member_id",), ("cashier_id",)), "sold_on")))
    assert "applied_by_member (shop_id=? AND member_id=?" in plan
    assert "applied_by_cashier (shop_id=? AND cashier_id=?" in plan
    assert "SCAN" not in plan


def plan_of(world: World, statement: str) -> str:
    names = {name.split(")")[0].split(",")[0].split(" ")[0] for name in statement.split(":")[1:]}
    explain = text(f"EXPLAIN QUERY PLAN {statement}")
    rows = world.inside(lambda call, _: call.db.execute(explain, dict.fromkeys(names, "1")).all())
    return "; ".join(row.detail for row in rows)


def test_a_day_begins_when_the_shop_opens_its_calendar(shop: Shop) -> None:
    """Jakarta is seven hours ahead: 17:00 UTC is already the next day."""
    shop.sells(at=shop.world.clock.now() + timedelta(0))
    shop.waits(12 * 3600 + 60)
    shop.sells()
    assert [one["day"] for one in shop.page()["records"]] == ["2026-03-03", "2026-03-02"]
    assert len(shop.page(first_day="2026-03-03")["records"]) == 1
