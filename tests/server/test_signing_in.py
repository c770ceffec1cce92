"""A password at the start of a shift is checked by the backend, counted, and written down without itself."""

from tests.server.world import PASSWORD, PIN, Answer, TillClient, World
from tukar.wire.message import write
from tukar.wire.people import WirePassword
from tukar.wire.redemptions import WireApproval

MANAGER = "budi"


def sign_in(till: TillClient, password: str, staff_id: str = "ani") -> Answer:
    body = write(WirePassword(staff_id=staff_id, password=password))
    return till.put(f"/v1/sign-ins/{till.new_id('sign-in')}", body)


def test_the_right_password_says_who_it_is(any_world: World, till: TillClient) -> None:
    assert sign_in(till, PASSWORD).json == {"staff_id": "ani", "name": "Ani", "role": "cashier"}
    (row,) = any_world.rows("SELECT * FROM audit WHERE action = 'sign_in'")
    assert (row.actor, row.ref) == ("ani", "T1")
    assert PASSWORD not in str(any_world.rows("SELECT * FROM audit"))


def test_wrong_ones_a_pin_and_nobody_are_refused_alike(world: World, till: TillClient) -> None:
    for answer in (sign_in(till, "kopi tobruk"), sign_in(till, PIN["ani"]), sign_in(till, PASSWORD, "nobody")):
        assert (answer.status, answer.refusal) == (403, "not_allowed")
    assert world.rows("SELECT * FROM audit WHERE action = 'sign_in'") == []


def test_somebody_without_a_password_has_none_that_fits(till: TillClient) -> None:
    assert sign_in(till, "anything long", "budi").refusal == "not_allowed"


def test_five_wrong_ones_have_to_wait(world: World, till: TillClient) -> None:
    for _ in range(5):
        sign_in(till, "wrong password")
    assert sign_in(till, PASSWORD).refusal == "too_many_requests"
    world.clock.advance(31)
    assert sign_in(till, PASSWORD).status == 200


def let_in(till: TillClient, by: str, pin: str, staff_id: str = "ani") -> Answer:
    body = write(WireApproval(staff_id=by, pin=pin, reason="too many wrong tries", actor=staff_id))
    return till.put(f"/v1/staff/{staff_id}/release", body)


def shut_out(world: World, till: TillClient, staff_id: str = "ani") -> None:
    for _ in range(10):
        sign_in(till, "wrong password", staff_id)
        world.clock.advance(1000)
    assert (sign_in(till, PASSWORD, staff_id).json["wait"] or 0) > 1e9


def test_after_ten_wrong_ones_only_a_manager_lets_in(any_world: World, till: TillClient) -> None:
    shut_out(any_world, till)
    for by, pin in ((MANAGER, "000000"), ("ani", PIN["ani"])):
        assert let_in(till, by, pin).status in (403, 429)
    assert sign_in(till, PASSWORD).refusal == "too_many_requests"
    assert let_in(till, MANAGER, PIN[MANAGER]).json["staff_id"] == "ani"
    assert sign_in(till, PASSWORD).status == 200
    (row,) = any_world.rows("SELECT * FROM audit WHERE action = 'release_staff'")
    assert (row.actor, row.ref) == (MANAGER, "ani")


def test_nobody_lets_in_themselves_or_who_left_or_is_not_known(world: World, till: TillClient) -> None:
    world.run("UPDATE staff SET active = 0 WHERE staff_id = 'ani'")
    for staff_id in (MANAGER, "ani", "nobody"):
        assert let_in(till, MANAGER, PIN[MANAGER], staff_id).refusal == "not_allowed"
    assert world.rows("SELECT * FROM audit WHERE action = 'release_staff'") == []


def test_who_left_may_not_come_back(world: World, till: TillClient) -> None:
    world.run("UPDATE staff SET active = 0 WHERE staff_id = 'ani'")
    assert sign_in(till, PASSWORD).refusal == "not_allowed"
