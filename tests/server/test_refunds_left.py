"""Returns that a till agreed to and never ended, as its machine is gone: a manager decides, and points move once."""

from dataclasses import replace
from typing import Any

import pytest

from tests.server.test_refunds import Sold, returned
from tests.server.world import TillClient, World
from tukar.server import refunds, sweep
from tukar.wire.message import write

DAY = 24 * 60 * 60.0
ALL = (("l1", 2), ("l2", 3))


class Left(Sold):
    """Dewi brought everything back; the till had agreed to it, and was never heard of again."""

    def __init__(self, world: World, till: TillClient) -> None:
        super().__init__(world, till)
        assert self.refund("f", *ALL).json["accepted"]
        self.goes_by(DAY)

    def goes_by(self, seconds: float) -> None:
        self.world.clock.advance(seconds)
        self.world.inside(sweep.sweep)
        self.till.manages(session_id=f"later-{self.world.clock.monotonic()}")

    def differences(self) -> list[Any]:
        found: list[Any] = self.till.get("/v1/manager/reconciliation").json.get("differences", [])
        return found

    def cases(self, state: str = "open") -> list[Any]:
        found: list[Any] = self.till.post("/v1/manager/reviews", write({"state": state})).json.get("cases", [])
        return [one for one in found if one["review_id"].startswith("refund_left")]

    def approves(self, decision: str = "d") -> None:
        body = {"decision_id": decision, "state": "approved", "note": "the card slip is there"}
        assert self.till.put("/v1/manager/reviews/refund_left.f", write(body)).json["state"] == "approved"

    def gives_up(self) -> None:
        (one,) = self.differences()
        assert self.till.put(f"/v1/manager/differences/{one['difference_id']}/repair").json["state"] == "repaired"

    def state(self) -> str:
        return str(self.world.rows("SELECT state FROM refunds WHERE refund_id = 'f'")[0].state)

    def audited(self, action: str) -> list[str]:
        rows = self.world.rows("SELECT ref FROM audit WHERE action = :action", action=action)
        return [row.ref for row in rows]


@pytest.fixture
def left(any_world: World, till: TillClient) -> Left:
    return Left(any_world, till)


def test_a_return_that_is_going_on_is_nobodys_business(any_world: World, till: TillClient) -> None:
    sold = Sold(any_world, till)
    sold.refund("f", *ALL)
    any_world.clock.advance(DAY - 1)
    any_world.inside(sweep.sweep)
    till.manages()
    assert (any_world.reviews(), till.get("/v1/manager/reconciliation").json.get("differences")) == ([], None)


def test_a_day_later_it_is_shown_once_with_what_may_be_done(left: Left) -> None:
    left.goes_by(600)
    (one,) = left.differences()
    told = (one["kind"], one["repair"], one["number"], one["till_id"], one["customer_name"], one["bill_id"])
    assert told == ("refund_left", "give_up_refund", str(left.receipt.number), "T1", "Dewi Lestari", "sale")
    (case,) = left.cases()
    assert (case["bill_id"], case["number"]) == ("sale", str(left.receipt.number))
    assert "has not said whether the money was paid" in case["story"]
    assert (left.state(), left.points(), left.world.findings()) == ("accepted", 500, [])


def test_where_no_money_was_paid_the_goods_come_back_again_and_nothing_waits(left: Left) -> None:
    left.gives_up()
    assert (left.state(), left.points()) == ("voided", 470)
    assert (left.differences(), left.cases(), left.world.reviews()) == ([], [], [])
    assert left.audited("void_refund") == ["f"]
    assert left.audited("repair_refund_left") == ["refund_left.f"]
    again = left.refund("g", *ALL).json
    assert (again["money"], left.points(), left.world.findings()) == ("150000", 500, [])


def test_the_till_that_comes_back_after_it_was_given_up_moves_nothing(left: Left) -> None:
    """Its question is answered with the end, its word is refused, and a receipt of it is kept with an item."""
    left.gives_up()
    assert left.refund("f", *ALL).json["accepted"] is False
    assert left.till.put("/v1/refunds/f/paid").refusal == "voided"
    assert left.till.put("/v1/refunds/f/void").json["state"] == "voided"
    answer = left.till.saves(replace(returned(left, "f", pieces=3), reason="broken"))
    assert [part["note"] for part in answer.json["parts"] if part["part"] == "earning"] == ["the refund was voided"]
    assert (left.points(), left.world.reviews(), left.world.findings()) == (470, ["return"], [])


def test_where_the_money_was_paid_it_is_as_if_the_till_had_said_so(left: Left) -> None:
    left.approves()
    assert (left.state(), left.points()) == ("paid", 500)
    assert (left.differences(), left.world.reviews()) == ([], [])
    assert left.audited("end_refund") == ["f"]
    assert left.refund("g", ("l1", 1)).refusal == "nothing_to_refund"


def test_the_till_that_comes_back_after_its_return_was_approved_gives_nothing_twice(left: Left) -> None:
    left.approves()
    assert left.till.put("/v1/refunds/f/void").refusal == "captured"
    assert left.till.put("/v1/refunds/f/paid").json["state"] == "paid"
    receipt = returned(left, "f", pieces=3)
    left.till.saves(replace(receipt, total=-receipt.currency.money("150000")))
    assert (left.points(), left.world.reviews(), left.world.findings()) == (500, [], [])


@pytest.mark.parametrize(("word", "points"), [("paid", 500), ("void", 470)])
def test_a_till_that_comes_back_first_ends_it_and_the_item_with_it(left: Left, word: str, points: int) -> None:
    assert left.till.put(f"/v1/refunds/f/{word}").status == 200
    assert (left.points(), left.differences(), left.cases(), left.world.reviews()) == (points, [], [], [])
    (closed,) = left.cases("approved")
    assert closed["decided_by"] == "T1"
    left.approves("again")
    assert left.points() == points
    left.goes_by(DAY)
    assert (left.differences(), left.world.reviews(), left.world.findings()) == ([], [], [])


def test_a_return_that_was_ended_meanwhile_is_not_given_up(left: Left) -> None:
    left.till.put("/v1/refunds/f/paid")
    left.world.inside(lambda call, _: refunds.give_up(call, "f"))
    left.world.inside(lambda call, _: refunds.give_up(call, "nobody's"))
    assert (left.state(), left.points()) == ("paid", 500)


def test_while_a_restored_backend_hears_its_tills_no_return_is_given_up(left: Left) -> None:
    """The one that is missing may be on its way."""
    (one,) = left.differences()
    left.world.run("UPDATE shops SET recovering = 1")
    assert left.till.put(f"/v1/manager/differences/{one['difference_id']}/repair").refusal == "recovering"
    assert left.state() == "accepted"
