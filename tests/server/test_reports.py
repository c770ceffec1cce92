"""Reports across tills: what was sold, added up as bills come in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.fakes.shifts import a_shift
from tests.server.world import RICE, RUPIAH, SOAP, TillClient, World, redeemed
from tukar.domain.money import Money
from tukar.domain.pricing.result import TaxAmount
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptNumber, ReceiptRedemption
from tukar.wire.shifts import shift_to_json


class Office:
    """Two tills that sell and a manager who reads."""

    def __init__(self, world: World, till: TillClient, other: TillClient) -> None:
        self.world = world
        self.tills = {"T1": till, "T2": other}
        till.manages()

    def sells(self, till_id: str = "T1", points: int = 0, **changes: Any) -> Receipt:
        till = self.tills[till_id]
        bill = till.bill((RICE, 1), (SOAP, 2), claim="small" if points else "")
        redemptions: tuple[ReceiptRedemption, ...] = ()
        if points:
            name = till.new_id("r")
            redemptions = (redeemed(name, points, till.holds(bill, points, name).json["proof"]),)
        receipt = replace(till.receipt(bill, redemptions), **changes)
        assert till.saves(receipt).status == 200
        return receipt

    def report(self, kind: str, till: str = "", first: str = "2026-03-01", last: str = "2026-03-31") -> Any:
        query = f"from={first}&to={last}" + (f"&till={till}" if till else "")
        return self.tills["T1"].get(f"/v1/manager/reports/{kind}?{query}").json


@pytest.fixture
def office(any_world: World, till: TillClient, other_till: TillClient) -> Office:
    return Office(any_world, till, other_till)


def test_days_by_till(office: Office) -> None:
    office.sells()
    office.sells()
    office.sells("T2", points=50)
    office.sells(training=True)
    told = office.report("days")
    assert [column["name"] for column in told["columns"]] == [
        "day", "till", "bills", "sales", "returns", "discount", "tax"
    ]  # fmt: skip
    first, second = told["rows"]
    assert first[:6] == ["2026-03-02", "T1", 2, "180000", "0", "0"]
    assert second[:6] == ["2026-03-02", "T2", 1, "85000", "0", "5000"]
    assert told["totals"][2:6] == [3, "265000", "0", "5000"]
    assert office.report("days", till="T2")["rows"] == [second]
    assert "rows" not in office.report("days", first="2026-03-03")


def test_goods_that_came_back_are_counted_apart(office: Office) -> None:
    sale = office.sells()
    backs = tuple(
        replace(line, quantity=replace(line.quantity, thousandths=-line.quantity.thousandths), gross=-line.gross,
                net=-line.net)
        for line in sale.lines
    )  # fmt: skip
    number = ReceiptNumber("JKT", "T1", 1, 50)
    office.sells(
        bill_id="back", number=number, kind=ReceiptKind.RETURN, lines=backs, before=-sale.before, total=-sale.total,
        untaxed=-sale.untaxed, tenders=(),
    )  # fmt: skip
    assert office.report("days")["rows"][0][2:6] == [2, "90000", "-90000", "0"]


def test_salespeople_by_line_and_by_bill(office: Office) -> None:
    office.sells(salesperson_id="s1", salesperson_name="Rina", points=50)
    sold = office.tills["T1"].receipt(office.tills["T1"].bill((RICE, 1), (SOAP, 2)))
    lines = (replace(sold.lines[0], salesperson_id="s2"), sold.lines[1])
    office.sells(bill_id=sold.bill_id, number=sold.number, lines=lines, salesperson_id="s1", salesperson_name="Rina")
    rows = office.report("salespeople")["rows"]
    assert [row[0] for row in rows] == ["Rina", "Made"]
    assert rows[0][1:] == [2, 5, "105000", "0", "5000", 1]
    assert rows[1][1:] == [1, 1, "70000", "0", "0", 0]


def test_promotions_with_their_take_up(office: Office) -> None:
    from tukar.domain.applied import PromotionOutcome
    from tukar.domain.bill import OfferKey
    from tukar.domain.receipt import ReceiptOffer

    office.sells(points=50)
    office.sells(offers=(ReceiptOffer(OfferKey("small"), PromotionOutcome.LOST, "offline"),))
    office.sells(declined=(OfferKey("small"),))
    (row,) = office.report("promotions")["rows"]
    assert row == [{"default": "50 points"}, 3, 1, "33.3", 1, 1, "5000", "50", "0"]


def test_taxes_by_rate(office: Office) -> None:
    ppn = TaxAmount(
        "PPN", "PPN", (Decimal(11),), included=True, base=Money(63_063, RUPIAH), amount=Money(6_937, RUPIAH)
    )
    office.sells(taxes=(ppn,))
    office.sells("T2", taxes=(ppn,))
    told = office.report("taxes")
    assert told["rows"] == [["PPN", "11", "126126", "13874"]]
    assert told["totals"] == [None, None, "126126", "13874"]


def test_shifts_as_their_tills_told_them(office: Office) -> None:
    shift = a_shift("T1")
    assert shift.closing is not None
    office.tills["T1"].put(f"/v1/shifts/{shift.shift_id}", shift_to_json(shift))
    day = shift.closing.at.date().isoformat()
    (row,) = office.report("shifts", first="2026-01-01", last="2026-12-31")["rows"]
    assert row[2] == "T1"
    assert row[5:] == [
        shift.closing.report.sold.decimal(),
        shift.closing.report.cash.decimal(),
        shift.closing.in_drawer.decimal(),
        shift.closing.difference.decimal(),
    ]
    assert day in row[1]


@pytest.mark.parametrize("path", ["nothing?from=2026-03-01&to=2026-03-02", "days?from=x&to=2026-03-02", "days"])
def test_a_report_that_is_none(office: Office, path: str) -> None:
    assert office.tills["T1"].get(f"/v1/manager/reports/{path}").refusal == "bad_request"
