"""A manager lets go what other bills hold of a customer's points (redemption.md, "Server", release)."""

from tests.server.hold_table import Saved
from tests.server.world import PIN, RICE, Answer, TillClient, World, redeemed
from tukar.wire.message import write


def release_others(till: TillClient, bill_id: str, member: str = "dewi", programme_id: str = "poin") -> Answer:
    body = {"staff_id": "budi", "pin": PIN["budi"], "reason": "in the way", "actor": "ani"}
    return till.put(
        f"/v1/members/{member}/holds-released", write({**body, "programme_id": programme_id, "bill_id": bill_id})
    )


def test_what_other_bills_hold_is_let_go_and_one_that_comes_after_all_settles_as_late(
    any_world: World, till: TillClient
) -> None:
    lost = till.bill((RICE, 1), claim="small", bill_id="lost")
    held = till.holds(lost, 50, "r-lost").json
    till.holds(till.bill((RICE, 1), claim="small", bill_id="own"), 50, "r-own")
    answer = release_others(till, "own")
    assert answer.status == 200
    assert any_world.posted("dewi") == (500, 50)
    assert till.get("/v1/redemptions/r-lost").json["state"] == "expired"
    assert till.get("/v1/redemptions/r-own").json["state"] == "held"
    assert any_world.rows("SELECT actor, ref FROM audit WHERE action = 'release_hold'") == [("budi", "r-lost")]
    assert release_others(till, "own").status == 200
    saved = Saved(till, till.receipt(lost, (redeemed("r-lost", 50, held["proof"]),)))
    assert (saved.outcome, saved.points, saved.note) == ("done", "50", "late")
    assert any_world.findings() == []


def test_points_spent_after_a_release_are_short_on_the_bill_that_comes_late(any_world: World, till: TillClient) -> None:
    lost = till.bill((RICE, 1), claim="small", bill_id="lost", member="siti")
    held = till.holds(lost, 50, "r-lost").json
    release_others(till, "own", member="siti")
    any_world.run("UPDATE accounts SET posted = 20 WHERE member_id = 'siti'")
    any_world.run("UPDATE lots SET units = 20 WHERE member_id = 'siti'")
    any_world.run("UPDATE ledger SET units = 20 WHERE member_id = 'siti'")
    saved = Saved(till, till.receipt(lost, (redeemed("r-lost", 50, held["proof"]),)))
    assert (saved.outcome, saved.points, saved.short) == ("short", "20", "30")
    assert any_world.findings() == []


def test_what_others_hold_is_let_go_by_nobody_else_and_of_known_accounts_only(
    any_world: World, till: TillClient
) -> None:
    till.holds(till.bill((RICE, 1), claim="small", bill_id="lost"), 50, "r-lost")
    assert release_others(till, "own", programme_id="other").refusal == "bad_request"
    assert release_others(till, "own", member="nobody").refusal == "unknown_member"
    body = {"staff_id": "ani", "pin": PIN["ani"], "reason": "mine", "programme_id": "poin", "bill_id": "own"}
    assert till.put("/v1/members/dewi/holds-released", write(body)).refusal == "not_allowed"
    assert any_world.posted("dewi") == (500, 50)
