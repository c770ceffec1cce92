"""Members: found, enrolled, merged and erased; never a whole number outside."""

from datetime import timedelta

from tests.server.world import MOBILE, PIN, RICE, Answer, TillClient, World, a_seed
from tukar.server import accounts, members
from tukar.server.call import Call
from tukar.server.shops import ShopSettings
from tukar.wire.message import write
from tukar.wire.people import WireErasure


def find(till: TillClient, by: str, text: str) -> list[str]:
    answer = till.post("/v1/members/find", write({"by": by, "text": text}))
    assert answer.status == 200
    return [member["name"] for member in answer.json.get("members", [])]


def enrol(till: TillClient, member_id: str, mobile: str, name: str = "Nur", **changes: object) -> Answer:
    body = {"name": name, "mobile": mobile, "consent_at": till.world.clock.now(), **changes}
    return till.put(f"/v1/members/{member_id}", write(body))


def test_by_mobile_however_it_is_typed(any_world: World, till: TillClient) -> None:
    for typed in ("081234565678", "0812-3456-5678", "+62 812 3456 5678", "62 81234565678"):
        assert find(till, "mobile", typed) in (["Dewi Lestari"], []), typed
    assert find(till, "mobile", "0812-3456-5678") == ["Dewi Lestari"]
    assert find(till, "mobile", "081234565679") == []
    assert find(till, "mobile", "not a number") == []


def test_by_card(any_world: World, till: TillClient) -> None:
    assert find(till, "card", "8800 002") == ["Siti Rahma"]
    assert find(till, "card", "88") == []


def test_by_the_beginnings_of_names(any_world: World, till: TillClient) -> None:
    assert find(till, "name", "les") == ["Dewi Lestari"]
    assert find(till, "name", "LESTARI de") == ["Dewi Lestari"]
    assert find(till, "name", "lestari x") == []
    assert find(till, "name", "t") == ["Tono"]
    enrol(till, "a", "+6281300000001", "Ándré Étoile")
    assert find(till, "name", "andre et") == ["Ándré Étoile"]


def test_numbers_are_sealed_and_shown_masked(any_world: World, till: TillClient) -> None:
    stored = str(any_world.rows("SELECT * FROM members"))
    assert all(number[3:] not in stored for number in MOBILE.values())
    shown = till.get("/v1/members/dewi").reply.body.decode()
    assert "…5678" in shown
    assert "81234565678" not in shown


def test_a_till_cannot_harvest_numbers() -> None:
    world = World()
    world.load(a_seed(settings=ShopSettings(lookups_per_hour=3)))
    till, other = world.enrol("TILLONE"), world.enrol("TILLTWO")
    for _ in range(3):
        find(till, "mobile", "081234565678")
    refused = till.post("/v1/members/find", write({"by": "name", "text": "d"}))
    assert (refused.status, refused.refusal) == (429, "too_many_requests")
    assert 0 < refused.json["wait"] <= 3600
    assert find(other, "name", "dewi") == ["Dewi Lestari"]
    world.clock.advance(3600)
    assert find(till, "name", "dewi") == ["Dewi Lestari"]
    world.close()


def test_enrolling_again_is_the_same_member_and_other_words_are_refused(any_world: World, till: TillClient) -> None:
    first = enrol(till, "n", "+6281300000001")
    assert first.status == 200
    assert enrol(till, "n", "+6281300000001").json["member"]["member_id"] == "n"
    assert enrol(till, "n", "+6281300000002").refusal == "id_reused"


def test_a_known_number_is_refused_at_the_till(any_world: World, till: TillClient) -> None:
    answer = enrol(till, "n", MOBILE["dewi"])
    assert (answer.status, answer.refusal) == (409, "member_exists")
    assert any_world.rows("SELECT 1 FROM members WHERE member_id = 'n'") == []


def test_a_known_number_enrolled_offline_becomes_the_member_who_has_it(any_world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), member="off")))
    assert any_world.posted("off") == (70, 0)
    merged = enrol(till, "off", MOBILE["dewi"]).json["member"]
    assert (merged["member_id"], merged["balances"][0]["posted"], merged["orders_placed"]) == ("dewi", "570", 1)
    assert any_world.posted("off") == (0, 0)
    assert till.get("/v1/members/off").json["member"]["member_id"] == "dewi"
    till.saves(till.receipt(till.bill((RICE, 1), member="off")))
    assert any_world.posted("dewi") == (640, 0)
    assert any_world.findings() == []


def test_the_till_says_whether_it_was_offline_whatever_its_clock_says(any_world: World, till: TillClient) -> None:
    old = any_world.clock.now() - timedelta(hours=1)
    assert enrol(till, "a", MOBILE["dewi"], consent_at=old).refusal == "member_exists"
    for _ in range(2):
        assert enrol(till, "b", MOBILE["siti"], merge=True).json["member"]["member_id"] == "siti"


def test_a_lost_answer_and_the_outbox_after_it_are_one_enrolment(any_world: World, till: TillClient) -> None:
    assert enrol(till, "n", "+6281300000001").status == 200
    again = enrol(till, "n", "+6281300000001", merge=True)
    assert (again.status, again.json["member"]["member_id"]) == (200, "n")
    assert enrol(till, "n", "+6281300000002", merge=True).refusal == "id_reused"


def test_merging_waits_until_nothing_is_held(any_world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), member="off")))
    till.holds(till.bill((RICE, 1), claim="small", bill_id="b"), 50, "r")
    waiting = enrol(till, "off", MOBILE["dewi"]).json["member"]
    assert waiting["member_id"] == "off"
    assert any_world.posted("off") == (70, 0)
    till.put("/v1/redemptions/r/void")
    assert till.get("/v1/members/off").status == 200
    assert any_world.posted("dewi") == (570, 0)
    assert till.get("/v1/members/off").json["member"]["member_id"] == "dewi"
    assert any_world.findings() == []


def test_a_hold_of_a_member_who_was_merged_meanwhile_is_known_again(any_world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), member="off")))
    enrol(till, "off", MOBILE["siti"])
    bill = till.bill((RICE, 1), claim="small", member="off", bill_id="b")
    assert till.holds(bill, 50, "r", member_id="off").json["state"] == "held"
    assert till.holds(bill, 50, "r", member_id="off").json["state"] == "held"
    assert any_world.posted("siti") == (190, 50)


def test_a_member_is_forgotten_but_not_what_was_booked(any_world: World, till: TillClient) -> None:
    erasure = WireErasure(staff_id="budi", pin=PIN["budi"], reason="asked for it")
    assert till.put("/v1/members/dewi/erasure", erasure).status == 200
    assert till.get("/v1/members/dewi").refusal == "unknown_member"
    assert find(till, "name", "dewi") == []
    assert find(till, "mobile", "081234565678") == []
    stored = str(any_world.rows("SELECT * FROM members WHERE member_id = 'dewi'"))
    assert "Dewi" not in stored
    assert any_world.posted("dewi") == (500, 0)
    assert any_world.findings() == []
    assert enrol(till, "dewi-again", MOBILE["dewi"]).status == 200


def test_a_number_that_is_none_is_refused(any_world: World, till: TillClient) -> None:
    assert enrol(till, "n", "0812").refusal == "bad_request"
    assert enrol(till, "n", "+621").refusal == "bad_request"


def test_nobody_knows_this_member(world: World, till: TillClient) -> None:
    assert till.get("/v1/members/nobody").refusal == "unknown_member"
    assert till.holds(till.bill((RICE, 1), claim="small", member="nobody"), 50).refusal == "unknown_member"
    assert till.sends_code("b", member="nobody").refusal == "unknown_member"


def test_an_account_without_points_is_merged_too(any_world: World, till: TillClient) -> None:
    def begin(call: Call, _: object) -> None:
        members.ensured(call, "off")
        accounts.lock(call, "off", "poin", 0, call.now.date())

    any_world.inside(begin)
    enrol(till, "off", MOBILE["siti"])
    assert till.get("/v1/members/off").json["member"]["member_id"] == "siti"
    assert any_world.posted("siti") == (120, 0)
    assert any_world.findings() == []
