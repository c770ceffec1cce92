"""A manager's session: their own PIN, one till, one shift, and out at once with the right."""

from tests.server.world import PIN, TillClient, World
from tukar.server.sweep import sweep
from tukar.wire.message import write


def session(till: TillClient, staff_id: str = "budi", pin: str = "", session_id: str = "s") -> str:
    body = {"staff_id": staff_id, "pin": pin or PIN[staff_id]}
    return till.put(f"/v1/manager/sessions/{session_id}", body).refusal


def looks(till: TillClient) -> str:
    return till.get("/v1/manager/choices").refusal


def test_a_manager_signs_in_looks_and_leaves(any_world: World, till: TillClient) -> None:
    assert looks(till) == "not_signed_in"
    opened = till.manages(session_id="s").json
    assert (opened["staff_id"], opened["name"], opened["role"]) == ("budi", "Budi", "manager")
    assert looks(till) == ""
    assert till.manages(session_id="s").json["token"] == opened["token"]
    assert till.put("/v1/manager/sessions/s/end").status == 200
    assert till.put("/v1/manager/sessions/s/end").status == 200
    assert looks(till) == "not_signed_in"
    assert till.manages(session_id="s").refusal == "expired"
    actions = any_world.rows("SELECT actor, action FROM audit WHERE action LIKE 'manager_%' ORDER BY seq")
    assert [tuple(row) for row in actions] == [("budi", "manager_signs_in"), ("T1", "manager_signs_out")]


def test_only_a_manager_with_the_right_pin_gets_one(world: World, till: TillClient) -> None:
    assert session(till, "ani") == "not_allowed"
    assert session(till, pin="000000") == "not_allowed"
    assert session(till, "nobody", "000000") == "not_allowed"
    assert world.rows("SELECT * FROM manager_sessions") == []


def test_it_is_worth_nothing_elsewhere(world: World, till: TillClient, other_till: TillClient) -> None:
    till.manages(session_id="s")
    other_till.headers |= till.headers
    assert looks(other_till) == "not_signed_in"
    assert other_till.put("/v1/manager/sessions/s/end").status == 200
    assert looks(till) == ""
    assert session(till, "rudi") == "id_reused"
    till.headers["tukar-manager"] = till.headers["tukar-manager"][:-2] + "xx"
    assert looks(till) == "not_signed_in"


def test_it_ends_after_a_shift(world: World, till: TillClient) -> None:
    till.manages()
    world.clock.advance(12 * 3600)
    assert looks(till) == "not_signed_in"
    world.inside(sweep)
    assert world.rows("SELECT * FROM manager_sessions") == []


def test_who_loses_the_right_is_out_at_once(world: World, till: TillClient) -> None:
    till.manages()
    cashier = {"staff_id": "budi", "name": "Budi", "role": "cashier"}
    world.operator().put("/v1/staff", write({"version": 0, "staff": [cashier]}))
    assert looks(till) == "not_allowed"
    gone = {"staff_id": "budi", "name": "Budi", "role": "manager", "active": False}
    world.operator().put("/v1/staff", write({"version": 0, "staff": [gone]}))
    assert looks(till) == "not_allowed"


def test_wrong_pins_of_somebody_else_do_not_end_it(world: World, till: TillClient) -> None:
    till.manages()
    for number in range(10):
        session(till, pin="000000", session_id=f"guess-{number}")
    assert session(till, session_id="another") == "too_many_requests"
    assert looks(till) == ""
