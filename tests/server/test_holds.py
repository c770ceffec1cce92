"""The table of redemption.md, "Server": every state against every message, on every database."""

from dataclasses import replace
from typing import cast

import pytest
from sqlalchemy import Executable

from tests.server.hold_table import Saved, Table
from tests.server.world import PIN, RICE, TillClient, World, redeemed
from tukar.server import redemption_rows
from tukar.server.call import Call
from tukar.server.storage.statements import Rows, Statements, Values
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval


@pytest.fixture
def table(any_world: World, till: TillClient) -> Table:
    return Table(any_world, till)


def test_none_hold_is_held(table: Table) -> None:
    assert table.hold() == (200, "held")
    assert table.account() == (500, 50)


def test_none_hold_of_too_much_says_how_much_there_is(table: Table) -> None:
    bill = table.till.bill((RICE, 1), claim="points", member="siti")
    answer = table.till.holds(bill, 200, "r")
    assert (answer.status, answer.refusal, answer.json["points"]) == (409, "insufficient", "120")
    assert table.world.posted("siti") == (120, 0)
    # the id is spent: whatever has changed meanwhile, it has one outcome (I13)
    assert table.till.holds(bill, 200, "r").json == answer.json
    assert table.get() == (404, "unknown_redemption")


def test_none_extend_is_404(table: Table) -> None:
    assert table.extend() == (404, "unknown_redemption")
    assert table.get() == (404, "unknown_redemption")


def test_none_bill_without_proof_is_stored_and_the_merchant_bears_the_points(table: Table) -> None:
    saved = table.saves()
    assert (saved.status, saved.outcome, saved.points, saved.short) == (200, "short", "0", "50")
    assert table.account() == (570, 0)
    assert set(table.world.reviews()) == {"no_hold", "short"}
    assert table.world.findings() == []


def test_none_bill_with_a_proof_of_a_restored_backend_settles_as_late(table: Table) -> None:
    table.bring("held")
    table.world.run(
        "DELETE FROM redemptions", "DELETE FROM pins", "UPDATE accounts SET held = 0", "UPDATE lots SET pinned = 0"
    )
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.note) == ("done", "50", "late")
    assert table.account() == (500 - 50 + 70, 0)
    assert table.world.reviews() == []
    assert table.world.findings() == []
    # nobody can say any more whether a hold with this id is the one that was granted then
    assert table.hold() == (409, "captured")
    assert table.till.holds(table.bill, 1, "r").refusal == "captured"


def test_none_bill_with_a_forged_proof_takes_nothing(table: Table) -> None:
    table.bring("held")
    version, body, mac = table.proof.split(".")
    table.proof = f"{version}.{body[:-4]}AAAA.{mac}"
    table.void()
    table.bill = table.till.bill((RICE, 1), claim="small", bill_id="bill-2")
    receipt = table.till.receipt(table.bill, (redeemed("r-new", 50, table.proof),))
    saved = Saved(table.till, receipt)
    assert (saved.outcome, saved.points, saved.short) == ("short", "0", "50")


def test_none_void_leaves_a_tombstone_for_a_delayed_hold(table: Table) -> None:
    assert table.void() == (200, "voided")
    assert table.hold() == (200, "voided")
    assert table.account() == (500, 0)


def test_held_hold_again_has_the_same_answer_with_what_is_left_of_the_time(table: Table) -> None:
    first = table.till.holds(table.bill, 50, "r").json
    table.world.clock.advance(60)
    again = table.till.holds(table.bill, 50, "r").json
    assert again == {**first, "ttl": 1740.0}
    assert table.till.get("/v1/redemptions/r").json == again
    assert table.account() == (500, 50)


def test_held_id_for_something_else_is_409(table: Table) -> None:
    table.bring("held")
    other = table.till.bill((RICE, 2), claim="small", bill_id="other")
    assert table.till.holds(other, 50, "r").refusal == "id_reused"
    assert table.till.holds(table.bill, 50, "r", ceiling="60").refusal == "id_reused"
    assert table.account() == (500, 50)


def test_held_extend_gives_half_an_hour_but_two_hours_in_all(table: Table) -> None:
    table.bring("held")
    for _ in range(3):
        table.world.clock.advance(1500)
        assert table.till.put("/v1/redemptions/r/extension").json["ttl"] == 1800.0
    table.world.clock.advance(1500)
    assert table.till.put("/v1/redemptions/r/extension").json["ttl"] == 1200.0
    table.world.clock.advance(1201)
    assert table.extend() == (409, "expired")
    assert table.get() == (200, "expired")
    assert table.account() == (500, 0)


def test_held_bill_is_captured(table: Table) -> None:
    saved = table.bring("held").saves()
    assert (saved.outcome, saved.points) == ("done", "50")
    assert table.account() == (520, 0)
    assert table.get() == (200, "captured")


def test_held_bill_that_needs_less_gives_the_rest_back(table: Table) -> None:
    table.bill = table.till.bill((RICE, 3), claim="small", bill_id="bill").with_claim(table.bill.claims[0])
    table.bring("held")
    # the claim is gone from the bill when it is saved: nothing is taken, all of the hold goes back
    bare = table.bill.without_claim(table.bill.claims[0].key)
    receipt = table.till.receipt(bare, (redeemed("r", 0, table.proof, 0),))
    assert Saved(table.till, receipt).points == "0"
    assert table.account() == (500 + 210, 0)


def test_held_bill_of_another_id_is_an_item(table: Table) -> None:
    table.bring("held")
    saved = table.saves(table.till.bill((RICE, 1), claim="small", bill_id="another"))
    assert (saved.outcome, saved.note) == ("refused", "the hold is of another bill or account")
    assert table.account() == (570, 50)
    assert "capture_refused" in table.world.reviews()


def test_held_void_is_voided(table: Table) -> None:
    assert table.bring("held").void() == (200, "voided")
    assert table.void() == (200, "voided")
    assert table.account() == (500, 0)


def test_held_runs_out(table: Table) -> None:
    table.bring("held")
    table.world.clock.advance(1799)
    assert table.get() == (200, "held")
    table.world.clock.advance(1)
    assert table.get() == (200, "expired")
    assert table.account() == (500, 0)


def test_held_is_released_by_a_manager_only(table: Table) -> None:
    table.bring("held")
    wrong = WireApproval(staff_id="ani", pin=PIN["ani"], reason="I want to")
    assert table.till.put("/v1/redemptions/r/release", wrong).refusal == "not_allowed"
    assert table.release() == (200, "expired")
    assert table.release() == (200, "expired")
    assert table.account() == (500, 0)


def test_captured(table: Table) -> None:
    table.bring("captured")
    assert table.hold() == (200, "captured")
    assert table.extend() == (409, "captured")
    assert table.void() == (409, "captured")
    assert table.release() == (409, "captured")
    assert table.account() == (520, 0)


def test_captured_same_bill_has_the_same_answer(table: Table) -> None:
    table.bring("held")
    receipt = table.receipt()
    first = table.till.saves(receipt).json
    assert table.till.saves(receipt).json == first
    assert table.account() == (520, 0)


def test_captured_other_bill_is_an_item(table: Table) -> None:
    table.bring("captured")
    saved = table.saves(table.till.bill((RICE, 1), claim="small", bill_id="another"))
    assert (saved.status, saved.outcome, saved.short) == (200, "refused", "50")
    assert table.world.reviews() == ["capture_refused"]
    assert table.world.findings() == []


@pytest.mark.parametrize("state", ["expired", "released"])
def test_expired(table: Table, state: str) -> None:
    table.bring(state)
    assert table.hold() == (200, "expired")
    assert table.extend() == (409, "expired")
    assert table.get() == (200, "expired")
    assert table.void() == (200, "voided")


@pytest.mark.parametrize("state", ["expired", "released"])
def test_expired_bill_settles_as_late_from_what_is_there(table: Table, state: str) -> None:
    saved = table.bring(state).saves()
    assert (saved.outcome, saved.points, saved.note) == ("done", "50", "late")
    assert table.account() == (520, 0)
    assert table.world.reviews() == []


def test_expired_bill_is_short_of_what_is_not_there(table: Table, web_shop: TillClient) -> None:
    table.bring("expired")
    order = {
        "member_id": "dewi",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "0",
        "spend": {"poin": "480"},
    }
    assert web_shop.put("/v1/orders/o1", write(order)).status == 200
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.short) == ("short", "20", "30")
    assert table.account() == (70, 0)
    assert table.world.reviews() == ["short"]
    assert table.world.findings() == []


def test_voided(table: Table) -> None:
    table.bring("voided")
    assert table.hold() == (200, "voided")
    assert table.extend() == (409, "voided")
    assert table.void() == (200, "voided")
    saved = table.saves()
    assert (saved.status, saved.outcome, saved.note) == (200, "refused", "the hold was cancelled")
    assert table.account() == (570, 0)
    assert table.world.reviews() == ["capture_refused"]


def test_a_hold_replaces_another_in_one_step(table: Table) -> None:
    table.bring("held")
    bigger = table.till.bill((RICE, 1), claim="points", bill_id="bill")
    challenge = table.till.sends_code("bill", challenge="c")
    assert challenge.status == 200
    answer = table.till.holds(
        bigger, 200, "r2", replaces="r", challenge_id="c", attempt_id="a", code=table.world.code()
    )
    assert answer.json["state"] == "held"
    assert table.get() == (200, "voided")
    assert table.account() == (500, 200)
    # the verified challenge serves further replacements of its hold, without a code
    assert table.till.holds(table.bill, 50, "r3", replaces="r2", challenge_id="c").json["state"] == "held"
    assert table.account() == (500, 50)


def test_a_replacement_that_is_refused_keeps_the_old_hold(table: Table) -> None:
    siti = table.till.bill((RICE, 1), claim="small", member="siti", bill_id="b")
    assert table.till.holds(siti, 50, "old").json["state"] == "held"
    bigger = table.till.bill((RICE, 1), claim="points", member="siti", bill_id="b")
    answer = table.till.holds(bigger, 200, "new", replaces="old")
    assert (answer.refusal, answer.json["points"]) == ("insufficient", "120")
    assert table.till.get("/v1/redemptions/old").json["state"] == "held"
    assert table.world.posted("siti") == (120, 50)


def test_a_replacement_keeps_counting_the_two_hours(table: Table) -> None:
    table.bring("held")
    table.world.clock.advance(1700)
    table.till.holds(table.bill, 50, "r2", replaces="r")
    table.world.clock.advance(1700)
    table.till.put("/v1/redemptions/r2/extension")
    table.world.clock.advance(1700)
    table.till.put("/v1/redemptions/r2/extension")
    table.world.clock.advance(1700)
    assert table.till.put("/v1/redemptions/r2/extension").json["ttl"] == 400.0


def test_never_two_live_holds_of_one_bill_and_account(table: Table) -> None:
    table.bring("held")
    assert table.till.holds(table.bill, 50, "r2").refusal == "already_held"
    assert table.account() == (500, 50)


class NotYet:
    """A connection on which the first look comes a moment before the hold does."""

    def __init__(self, db: Statements) -> None:
        self._db = db
        self._looked = False

    def execute(self, statement: Executable, values: Values) -> Rows:
        if "redemption_id" in values and not self._looked:
            self._looked = True
            values = {**values, "redemption_id": "not yet"}
        return self._db.execute(statement, values)


def test_a_hold_that_comes_between_two_looks_is_seen_with_its_account(table: Table) -> None:
    table.bring("held")

    def look(call: Call, _: object) -> tuple[int, str]:
        late = replace(call, db=cast("Statements", NotYet(call.db)))
        account, row = redemption_rows.account_and_row(late, "r")
        assert account is not None
        assert row is not None
        return account.held, row.state

    assert table.world.inside(look) == (50, "held")
