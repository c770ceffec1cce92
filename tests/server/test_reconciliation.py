"""What does not add up is found, told once, and mended by its one action; nothing differing is the normal state."""

from dataclasses import replace
from typing import Any

import pytest

from tests.server.world import RICE, TillClient, World, redeemed
from tukar.domain.receipt import Receipt
from tukar.wire.message import write


class Books:
    """A till that sells, a manager who compares, and somebody who spoils the database."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        till.manages()

    def sells(self, number: str = "r") -> Receipt:
        """Rice with 50 points: 5,000 off, and 70 points earned."""
        bill = self.till.bill((RICE, 1), claim="small")
        held = self.till.holds(bill, 50, number).json
        receipt = self.till.receipt(bill, (redeemed(number, 50, held["proof"]),))
        assert self.till.saves(receipt).status == 200
        return receipt

    def differences(self) -> list[Any]:
        found: list[Any] = self.till.get("/v1/manager/reconciliation").json.get("differences", [])
        return found

    def told(self) -> list[tuple[str, str, str, str]]:
        names = ("kind", "repair", "expected", "found")
        return [tuple(one.get(name, "") for name in names) for one in self.differences()]

    def repairs(self, difference: Any) -> Any:
        answer = self.till.put(f"/v1/manager/differences/{difference['difference_id']}/repair")
        return answer.json

    def mends(self) -> None:
        """The one difference is repaired, nothing else is left, and repairing again does nothing."""
        (one,) = self.differences()
        assert self.repairs(one)["state"] == "repaired"
        assert self.told() == []
        assert self.world.findings() == []
        rows = self.world.rows("SELECT COUNT(*) AS n FROM ledger")
        assert self.repairs(one)["state"] == "repaired"
        assert self.world.rows("SELECT COUNT(*) AS n FROM ledger") == rows
        audited = self.world.rows("SELECT action, actor FROM audit WHERE action LIKE 'repair_%' ORDER BY seq")
        assert tuple(audited[-1]) == (f"repair_{one['kind']}", "budi")


@pytest.fixture
def books(any_world: World, till: TillClient) -> Books:
    return Books(any_world, till)


def test_nothing_differs(books: Books) -> None:
    receipt = books.sells()
    lines = [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]
    books.till.put("/v1/refunds/f", write({"bill_id": receipt.bill_id, "lines": lines}))
    compared = books.till.get("/v1/manager/reconciliation").json
    assert "differences" not in compared
    assert (compared["checked"]["bills"], compared["checked"]["records"]) == (1, 3)


def test_a_balance_that_somebody_raised(books: Books) -> None:
    books.sells()
    books.world.run("UPDATE accounts SET posted = posted + 200 WHERE member_id = 'dewi'")
    assert books.told() == [("balance", "take_ledger", "520", "720")]
    (one,) = books.differences()
    assert (one["customer_name"], one["difference_id"]) == ("Dewi Lestari", "balance.dewi:poin")
    books.mends()
    assert books.world.posted("dewi") == (520, 0)


def test_lots_that_are_not_the_balance(books: Books) -> None:
    books.world.run("UPDATE lots SET units = units - 30 WHERE member_id = 'dewi'")
    assert books.told() == [("lots", "take_balance", "500", "470")]
    books.mends()


def test_lots_that_are_more_than_the_balance(books: Books) -> None:
    books.world.run("UPDATE lots SET units = units + 30 WHERE member_id = 'dewi'")
    books.mends()


def test_points_reserved_by_nobody(books: Books) -> None:
    books.world.run("UPDATE accounts SET held = 40 WHERE member_id = 'dewi'")
    assert books.told() == [("held", "recount_holds", "0", "40")]
    books.mends()


def test_a_hold_that_nobody_let_go(books: Books) -> None:
    books.till.holds(books.till.bill((RICE, 1), claim="small"), 50, "stuck")
    books.world.clock.advance(30 * 60 + 3601)
    assert books.told() == [("hold_left", "release_hold", "0", "50")]
    books.mends()
    assert books.world.posted("dewi") == (500, 0)


@pytest.mark.parametrize("kind", ["redeem", "earn"])
def test_an_entry_that_is_gone_from_the_ledger(books: Books, kind: str) -> None:
    """The balance still has it: only the entry is booked again."""
    receipt = books.sells()
    books.world.run(f"DELETE FROM ledger WHERE kind = '{kind}'")  # noqa: S608 - one of two words above
    expected = {"redeem": ("20", "70"), "earn": ("20", "-50")}[kind]
    assert books.told() == [("bill_not_booked", "book_bill", *expected)]
    assert books.differences()[0]["number"] == str(receipt.number)
    books.mends()
    assert books.world.posted("dewi") == (520, 0)


def test_points_of_a_bill_that_were_never_booked(books: Books) -> None:
    books.sells()
    books.world.run(
        "DELETE FROM ledger WHERE kind = 'earn'",
        "UPDATE accounts SET posted = posted - 70 WHERE member_id = 'dewi'",
        "DELETE FROM lots WHERE units = 70",
    )
    assert books.told() == [("bill_not_booked", "book_bill", "20", "-50")]
    books.mends()
    assert books.world.posted("dewi") == (520, 0)


def test_records_that_are_gone(books: Books) -> None:
    receipt = books.sells()
    lines = [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]
    books.till.put("/v1/refunds/f", write({"bill_id": receipt.bill_id, "lines": lines, "actor": "ani"}))
    records = (
        "SELECT sold_on, rule_id, outcome, settlement, discount, spent, earned, short, cashier_id, ref"
        " FROM applied_promotions ORDER BY entry"
    )
    before = books.world.rows(records)
    books.world.run("DELETE FROM applied_promotions WHERE rule_id = 'small'")
    assert books.told()[0] == ("records", "rebuild", "0", "50")
    assert books.repairs(books.differences()[0])["state"] == "repaired"
    assert books.told() == []
    assert books.world.findings() == []
    assert books.world.rows(records) == before


def test_sums_that_are_not_those_of_their_day(books: Books) -> None:
    books.sells()
    books.world.run("UPDATE applied_sums SET times = times + 1 WHERE dimension = '' AND outcome = 'taken'")
    assert books.told() == [("summary", "rebuild", "", "")]
    books.mends()


def test_points_of_a_bill_that_nobody_delivered(books: Books) -> None:
    receipt = books.sells()
    kept = books.world.rows("SELECT * FROM bills")
    books.world.run("DELETE FROM bills", "DELETE FROM applied_promotions", "DELETE FROM applied_sums")
    (one,) = books.differences()
    assert (one["kind"], one["repair"], one["state"]) == ("booked_no_bill", "ask_till", "open")
    assert (one["number"], one["till_id"]) == (str(receipt.number), "T1")
    assert books.repairs(one)["state"] == "asked"
    assert books.differences()[0]["state"] == "asked"
    books.world.rows_into("bills", kept[0])
    assert [kind for kind, *_ in books.told()] == ["records"]
    books.mends()


def test_a_number_that_was_passed_over(books: Books) -> None:
    books.sells("a")
    books.till.numbers += 1
    books.sells("b")
    assert books.told() == [], "the bill may still be on its way"
    books.world.clock.advance(3600 + 1)
    (one,) = books.differences()
    assert (one["kind"], one["number"], one["repair"]) == ("number_missing", "JKT-T1-1-2", "ask_till")
    assert books.repairs(one)["state"] == "asked"


def test_a_number_that_came_under_the_id_of_another_bill_is_not_missing(books: Books) -> None:
    """A bill in hand at two tills and paid at both: the second is an item already, which tells its number."""
    first = books.sells("a")
    books.till.numbers += 1
    again = replace(first, number=replace(first.number, n=2))
    assert books.till.saves(again).refusal == "other_content"
    books.sells("b")
    books.world.clock.advance(3600 + 1)
    assert books.told() == []
    assert books.world.reviews() == ["other_content"]


def test_what_is_reserved_now_is_not_taken_away(books: Books) -> None:
    books.till.holds(books.till.bill((RICE, 1), claim="small"), 50, "live")
    books.world.run("UPDATE ledger SET units = 20 WHERE member_id = 'dewi'")
    (one,) = books.differences()
    assert books.repairs(one)["refusal"] == "already_held"
    assert books.world.posted("dewi") == (500, 50)


def test_a_difference_that_is_none(books: Books) -> None:
    assert books.repairs({"difference_id": "nonsense.x"})["refusal"] == "bad_request"
    assert books.repairs({"difference_id": "balance.dewi:poin"})["state"] == "repaired"


def test_what_the_shop_bears_by_other_figures_than_its_ledger(books: Books) -> None:
    books.world.run(
        "INSERT INTO accounts (shop_id, member_id, programme_id, kind, digits, posted, held)"
        " VALUES ('JKT', '', 'poin', 'merchant', 0, -5, 0)"
    )
    assert books.told() == [("balance", "take_ledger", "0", "-5")]
    books.mends()
    assert books.world.rows("SELECT * FROM lots WHERE member_id = ''") == [], "a shop's account has no lots"


def test_points_of_an_account_that_is_gone_are_not_booked_by_guessing(books: Books) -> None:
    books.sells()
    books.world.run(
        "DELETE FROM ledger WHERE kind = 'earn'",
        "DELETE FROM lots WHERE member_id = 'dewi'",
        "DELETE FROM accounts WHERE member_id = 'dewi'",
    )
    one = next(one for one in books.differences() if one["kind"] == "bill_not_booked")
    assert books.repairs(one)["refusal"] == "bad_request"
    assert books.world.rows("SELECT * FROM ledger WHERE kind = 'earn'") == []


def test_more_reserved_than_there_is_waits_for_the_balance(books: Books) -> None:
    books.till.holds(books.till.bill((RICE, 1), claim="small"), 50, "live")
    books.world.run("UPDATE accounts SET held = 0 WHERE member_id = 'dewi'")
    books.world.run("UPDATE accounts SET posted = 20 WHERE member_id = 'dewi'")
    balance, held = sorted(books.differences(), key=lambda one: str(one["kind"]))[:2]
    assert (balance["kind"], held["kind"]) == ("balance", "held")
    assert books.repairs(held)["refusal"] == "insufficient"
    assert books.repairs(balance)["state"] == "repaired"
    assert books.repairs(held)["state"] == "repaired"
    assert (books.told(), books.world.posted("dewi")) == ([], (500, 50))


def test_points_of_a_bill_that_are_reserved_by_now_are_not_booked_away(books: Books) -> None:
    books.sells()
    books.world.run(
        "DELETE FROM ledger WHERE kind = 'redeem'",
        "UPDATE accounts SET posted = posted + 50, held = 560 WHERE member_id = 'dewi'",
    )
    bill = next(one for one in books.differences() if one["kind"] == "bill_not_booked")
    assert books.repairs(bill)["refusal"] == "insufficient"
    assert books.world.posted("dewi") == (570, 560)


def test_a_bill_that_two_checks_find_is_one_difference(books: Books) -> None:
    """Points that the shop bears stand in the records twice: as spent, and as short."""
    receipt = books.till.receipt(books.till.bill((RICE, 1), claim="small"), (redeemed("never-held", 50),))
    assert books.till.saves(receipt).status == 200
    assert books.told() == []
    books.world.run("DELETE FROM applied_promotions")
    kinds = [kind for kind, *_ in books.told()]
    assert kinds.count("records") == 1
    record = next(one for one in books.differences() if one["kind"] == "records")
    assert books.repairs(record)["state"] == "repaired"
    assert books.told() == []
