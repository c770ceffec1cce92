"""A word asked for from afar: bound to what was asked, answered once, by somebody else, within their limits."""

from typing import Any

import pytest

from tests.server.world import PIN, Answer, TillClient, World, a_seed
from tukar.domain.people import Role
from tukar.server.seed import SeedStaff
from tukar.server.sweep import sweep
from tukar.wire.approvals import WireRoleLimits
from tukar.wire.message import write


class Counter:
    """A till that asks and another one with a manager."""

    def __init__(self, world: World, till: TillClient, office: TillClient) -> None:
        self.world = world
        self.till = till
        self.office = office
        office.manages()

    def asks(self, request_id: str = "w", actor: str = "ani", **subject: str) -> Answer:
        known = {"action": "discount_line", "ref": "l1:10", "currency": {"code": "IDR", "minor_digits": 0}}
        body = {"actor_id": actor, "subject": {**known, "amount": "7000", "percent": "10", **subject}}
        return self.till.put(f"/v1/approvals/{request_id}", write(body))

    def answers(self, request_id: str = "w", staff_id: str = "budi", pin: str = "", *, give: bool = True) -> Answer:
        body = {"staff_id": staff_id, "pin": pin or PIN[staff_id], "give": give, "note": "fine"}
        return self.office.put(f"/v1/manager/approvals/{request_id}", write(body))

    def state(self, request_id: str = "w") -> str:
        return str(self.till.get(f"/v1/approvals/{request_id}").json["state"])

    def waiting(self) -> list[Any]:
        found: list[Any] = self.office.get("/v1/manager/approvals").json.get("requests", [])
        return found


@pytest.fixture
def counter(any_world: World, till: TillClient, other_till: TillClient) -> Counter:
    return Counter(any_world, till, other_till)


def test_a_word_is_asked_for_seen_and_given(counter: Counter) -> None:
    asked = counter.asks().json
    assert (asked["state"], asked["seconds_left"], asked["actor_name"]) == ("waiting", 60.0, "Ani")
    (seen,) = counter.waiting()
    assert (seen["till_id"], seen["subject"]["amount"], seen["subject"]["percent"]) == ("T1", "7000", "10")
    assert "beyond" not in seen
    counter.world.clock.advance(20)
    given = counter.answers().json
    assert (given["state"], given["seconds_left"], given["approver_name"], given["note"]) == (
        "given",
        60.0,
        "Budi",
        "fine",
    )
    assert counter.waiting() == []
    assert counter.till.get("/v1/approvals/w").json == given
    told = counter.world.rows("SELECT actor, action, detail FROM audit WHERE ref = 'w' ORDER BY seq")
    assert [tuple(row)[:2] for row in told] == [("ani", "ask_approval"), ("budi", "give_approval")]
    assert told[1].detail == "for ani at T1: discount_line, l1:10, IDR 7000, 10 %"


def test_the_same_question_and_the_same_answer_again_change_nothing(counter: Counter) -> None:
    first = counter.asks().json
    version = counter.office.get("/v1/manager/approvals").json["version"]
    assert counter.asks().json == first
    assert counter.asks(amount="8000").refusal == "id_reused"
    counter.answers(give=False)
    assert counter.office.get("/v1/manager/approvals").json["version"] > version
    assert counter.answers(give=False).json["state"] == "refused"
    assert counter.answers(give=True).json["state"] == "refused"
    assert len(counter.world.rows("SELECT * FROM audit WHERE action LIKE '%_approval'")) == 2


def test_it_waits_a_minute_and_is_good_for_another(counter: Counter) -> None:
    counter.asks()
    counter.world.clock.advance(60)
    assert counter.state() == "run_out"
    assert counter.waiting() == []
    assert counter.answers().json["state"] == "run_out"
    counter.asks("again")
    counter.answers("again")
    counter.world.clock.advance(60)
    assert counter.till.get("/v1/approvals/again").json["seconds_left"] == 0.0


def test_the_cashier_waits_no_longer(counter: Counter) -> None:
    counter.asks()
    assert counter.till.put("/v1/approvals/w/withdrawal").json["state"] == "withdrawn"
    assert counter.answers().json["state"] == "withdrawn"
    counter.asks("given")
    counter.answers("given")
    assert counter.till.put("/v1/approvals/given/withdrawal").json["state"] == "given"


def test_nobody_answers_their_own_question(counter: Counter) -> None:
    counter.asks(actor="budi")
    assert counter.waiting()[0]["beyond"] == "own_doing"
    assert counter.answers().refusal == "not_allowed"
    assert counter.answers(give=False).json["state"] == "refused"


def test_only_the_manager_of_the_window_answers_by_their_own_pin(counter: Counter) -> None:
    counter.asks()
    assert counter.answers(pin="000000").refusal == "not_allowed"
    assert counter.answers(staff_id="rudi").refusal == "not_allowed"
    assert counter.answers(staff_id="ani").refusal == "not_allowed"
    counter.office.headers.clear()
    assert counter.answers().refusal == "not_signed_in"
    assert counter.state() == "waiting"


def test_who_may_not_even_ask_is_refused(counter: Counter) -> None:
    assert counter.asks(action="change_rules").refusal == "not_allowed"
    assert counter.asks(actor="nobody").refusal == "not_allowed"


def test_another_till_does_not_see_it(counter: Counter) -> None:
    counter.asks()
    assert counter.office.get("/v1/approvals/w").refusal == "unknown_request"
    assert counter.office.put("/v1/approvals/w/withdrawal").refusal == "unknown_request"
    assert counter.till.get("/v1/approvals/none").refusal == "unknown_request"
    assert counter.answers("none").refusal == "unknown_request"


def test_old_requests_are_forgotten(counter: Counter) -> None:
    counter.asks()
    counter.world.clock.advance(2 * 86_400)
    counter.world.inside(sweep)
    assert counter.world.rows("SELECT * FROM approval_requests") == []


def test_a_role_gives_its_word_up_to_its_limits() -> None:
    seed = a_seed()
    limits = (WireRoleLimits(role=Role.SUPERVISOR, amount="5000", percent="15", points=100),)
    world = World()
    staff = (*seed.staff, SeedStaff("sam", "Sam", Role.SUPERVISOR, "444444"))
    shop = type(seed.shop)(
        **{name: getattr(seed.shop, name) for name in seed.shop.__struct_fields__} | {"limits": limits}
    )
    world.load(
        type(seed)(**{name: getattr(seed, name) for name in seed.__dataclass_fields__} | {"shop": shop, "staff": staff})
    )
    till, office = world.enrol("TILLONE"), world.enrol("TILLTWO")
    counter = Counter(world, till, office)
    office.put("/v1/manager/sessions/sam", {"staff_id": "sam", "pin": "444444"})
    session = office.put("/v1/manager/sessions/sam", {"staff_id": "sam", "pin": "444444"}).json["token"]
    office.headers["tukar-manager"] = session
    asked: list[tuple[str, dict[str, str]]] = [
        ("amount", {"amount": "5001"}),
        ("percent", {"amount": "100", "percent": "20"}),
        ("points", {"amount": "100", "points": "101"}),
        ("right", {"action": "override_code"}),
        ("", {"amount": "5000", "percent": "15", "points": "100"}),
    ]
    for number, (beyond, subject) in enumerate(asked):
        counter.asks(str(number), **subject)
        seen = next(one for one in counter.waiting() if one["request_id"] == str(number))
        assert seen.get("beyond", "") == beyond
        assert counter.answers(str(number), "sam", "444444").refusal == ("not_allowed" if beyond else "")
    world.close()
