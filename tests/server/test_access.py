"""Who may ask what: enrolment, tokens, rights of staff, and that another shop's token gets nothing on any route."""

import json
from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.fakes.shifts import a_shift
from tests.server.world import PIN, RICE, TillClient, World, a_seed, redeemed
from tukar.domain.receipt import ReceiptCustomer
from tukar.server.call import CallerKind
from tukar.server.refusing import Refused
from tukar.server.routes import ROUTES, Route
from tukar.server.storage.tables import METADATA
from tukar.server.throttle import Throttle
from tukar.wire.bills import wire_basket, wire_bill
from tukar.wire.message import write
from tukar.wire.receipts import wire_receipt
from tukar.wire.redemptions import WireApproval
from tukar.wire.shifts import shift_to_json
from tukar.wire.shop import WireNewTill


def enrolment(code: str, key: Ed25519PrivateKey | None = None) -> bytes:
    public = (key or Ed25519PrivateKey.generate()).public_key().public_bytes_raw()
    return write({"code": code, "public_key": b64encode(public).decode()})


# Enrolment


def test_a_lost_answer_is_asked_again_with_the_same_key(any_world: World) -> None:
    body = enrolment("TILLONE")
    first = any_world.ask("PUT", "/v1/enrolments/d1", body=body)
    assert (first.status, first.json["till_id"], first.json["shop"]["name"]) == (200, "T1", "Toko JKT")
    assert len(first.json["token"]) < 1200
    assert any_world.ask("PUT", "/v1/enrolments/d1", body=body).json == first.json
    assert any_world.ask("PUT", "/v1/enrolments/d1", body=enrolment("TILLONE")).refusal == "enrolment_code"
    assert any_world.ask("PUT", "/v1/enrolments/d2", body=body).refusal == "enrolment_code"


def test_a_code_lives_ten_minutes(any_world: World) -> None:
    any_world.clock.advance(600)
    assert any_world.ask("PUT", "/v1/enrolments/d1", body=enrolment("TILLONE")).refusal == "enrolment_code"


def test_codes_cannot_be_guessed(any_world: World) -> None:
    for number in range(20):
        guess = any_world.ask("PUT", "/v1/enrolments/d", body=enrolment(f"GUESS{number}"))
        assert guess.refusal == "enrolment_code"
    refused = any_world.ask("PUT", "/v1/enrolments/d", body=enrolment("TILLONE"))
    assert (refused.status, refused.refusal) == (429, "too_many_requests")


def test_a_manager_replaces_a_till_and_its_old_token_is_worthless(any_world: World, till: TillClient) -> None:
    wanted = WireNewTill(staff_id="budi", pin=PIN["budi"])
    code = till.put("/v1/tills/T1/enrolment-code", wanted).json["code"]
    fresh = any_world.enrol(code, "another-device")
    assert till.get("/v1/state").refusal == "not_signed_in"
    assert fresh.get("/v1/state").json["till_epoch"] == 2


def test_the_operator_needs_no_pin(any_world: World) -> None:
    answer = any_world.operator().put("/v1/tills/T7/enrolment-code", WireNewTill())
    assert answer.json["expires_in"] == 600.0
    assert any_world.enrol(answer.json["code"].lower()).till_id == "T7"


@pytest.mark.parametrize("key", ["x" * 44, "A" * 43 + "é", "!" * 44, "A" * 41])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    body = write({"code": "TILLONE", "public_key": key})
    assert world.ask("PUT", "/v1/enrolments/d", body=body).refusal == "bad_request"


def test_only_a_till_that_there_is_can_be_revoked(any_world: World, till: TillClient) -> None:
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="stolen")
    assert any_world.operator().put("/v1/tills/T9/revocation", approval).refusal == "bad_request"
    for _ in range(2):
        assert any_world.operator().put(f"/v1/tills/{till.till_id}/revocation", approval).status == 200
    rows = any_world.rows("SELECT ref FROM audit WHERE action = 'revoke_till'")
    assert [row.ref for row in rows] == [till.till_id], "once is enough"


@pytest.mark.parametrize("token", ["", "x", "till.JKT.T1.1", "till.JKT.T1.1.AAAA", "till.JKT.T1.2.", "a.b.c.d.e.f"])
def test_a_token_that_is_none(world: World, till: TillClient, token: str) -> None:
    answer = world.ask("GET", "/v1/state", token)
    assert (answer.status, answer.refusal) == (401, "not_signed_in")


def test_a_token_of_one_kind_is_none_of_another(world: World, till: TillClient) -> None:
    kind, shop, name, serial, mac = till.token.split(".")
    assert kind == "till"
    assert world.ask("GET", "/v1/state", f"operator.{shop}.{name}.{serial}.{mac}").refusal == "not_signed_in"
    assert world.ask("GET", "/v1/state", f"till.BDG.{name}.{serial}.{mac}").refusal == "not_signed_in"


# Rights of staff


def release(till: TillClient, staff_id: str, pin: str, actor: str = "") -> str:
    approval = WireApproval(staff_id=staff_id, pin=pin, reason="stuck", actor=actor)
    answer = till.put("/v1/redemptions/r/release", approval)
    return answer.refusal or answer.json["state"]


def test_a_credential_is_checked_first_and_then_the_right(any_world: World, till: TillClient) -> None:
    till.holds(till.bill((RICE, 1), claim="small"), 50, "r")
    assert release(till, "budi", "000000") == "not_allowed"
    assert release(till, "ani", PIN["ani"]) == "not_allowed"
    assert release(till, "nobody", "000000") == "not_allowed"
    assert release(till, "budi", PIN["budi"], actor="budi") == "not_allowed"
    assert any_world.posted("dewi") == (500, 50)
    assert release(till, "budi", PIN["budi"], actor="ani") == "expired"


def test_five_wrong_pins_wait_and_the_wait_doubles(any_world: World, till: TillClient) -> None:
    for _ in range(5):
        release(till, "budi", "000000")
    assert release(till, "budi", PIN["budi"]) == "too_many_requests"
    any_world.clock.advance(30)
    release(till, "budi", "000000")
    any_world.clock.advance(59)
    assert release(till, "budi", PIN["budi"]) == "too_many_requests"
    any_world.clock.advance(1)
    till.holds(till.bill((RICE, 1), claim="small"), 50, "r")
    assert release(till, "budi", PIN["budi"]) == "expired"


def test_ten_wrong_pins_need_another_manager(any_world: World, till: TillClient) -> None:
    for _ in range(10):
        release(till, "budi", "000000")
        any_world.clock.advance(3600)
    any_world.clock.advance(86_400)
    assert release(till, "budi", PIN["budi"]) == "too_many_requests"
    assert [row.ref for row in any_world.rows("SELECT ref FROM audit WHERE action = 'lock_staff'")] == ["budi"]
    till.holds(till.bill((RICE, 1), claim="small"), 50, "r")
    assert release(till, "rudi", PIN["rudi"]) == "expired"


def test_staff_and_salespeople_for_a_till_without_a_line(any_world: World, till: TillClient) -> None:
    staff = till.get("/v1/staff").json["staff"]
    assert [(one["staff_id"], one["role"]) for one in staff] == [
        ("ani", "cashier"),
        ("budi", "manager"),
        ("rudi", "manager"),
    ]
    assert all(one["pin_hash"].startswith("$argon2id$") for one in staff)
    names = [one["name"] for one in till.get("/v1/salespeople").json["salespeople"]]
    assert names == ["Rina", "Made"]


def test_the_operator_changes_staff(any_world: World, till: TillClient) -> None:
    operator = any_world.operator()
    version = till.get("/v1/state").json["staff_version"]
    one = {"staff_id": "ani", "name": "Ani", "role": "supervisor", "active": False}
    assert operator.put("/v1/staff", write({"version": 0, "staff": [one]})).status == 200
    people = [{"salesperson_id": "s9", "name": "Yohana"}]
    operator.put("/v1/salespeople", write({"version": 0, "salespeople": people}))
    assert till.get("/v1/state").json["staff_version"] == version + 2
    assert till.get("/v1/staff").json["staff"][0]["active"] is False
    assert [one["name"] for one in till.get("/v1/salespeople").json["salespeople"]] == ["Yohana"]


# Routes


BODIES = {
    "WireApproval": {"staff_id": "budi", "pin": PIN["budi"], "reason": "r"},
    "WireRelease": {"staff_id": "budi", "pin": PIN["budi"], "reason": "r", "programme_id": "poin", "bill_id": "sale"},
    "WireErasure": {"staff_id": "budi", "pin": PIN["budi"], "reason": "r"},
    "WireFind": {"by": "name", "text": "dewi"},
    "WireEnrolment": {"name": "X", "mobile": "+6281234565678", "consent_at": "2026-03-02T05:00:00Z"},
    "WireChallenge": {
        "send_id": "s",
        "bill_id": "b",
        "member_id": "dewi",
        "programme_id": "poin",
        "ceiling": "10",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "1",
    },
    "WireOrder": {"member_id": "dewi", "currency": {"code": "IDR", "minor_digits": 0}, "amount": "0"},
    "WireAdjustment": {
        "member_id": "dewi",
        "programme_id": "poin",
        "points": "5",
        "staff_id": "budi",
        "pin": PIN["budi"],
        "reason": "r",
    },
    "WireRefund": {"bill_id": "sale", "lines": [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]},
    "WireCardLookUp": {"code": "GIFT-0001"},
    "WireCardSale": {"code": "GIFT-0009"},
    "WirePassword": {"staff_id": "budi", "password": "long enough"},
    "WireShift": json.loads(shift_to_json(a_shift("T1"))),
    "WireTillEpoch": {"after": 1},
    "WireRecovery": {"epoch": 1, "phase": 1},
    "WireNewTill": {"staff_id": "budi", "pin": PIN["budi"]},
    "WireImportPage": {"items": []},
    "WireImport": {"pages": 0},
    "WireStaff": {"version": 0},
    "WireSalespeople": {"version": 0},
    "RawProgramme": {"programme": {}},
    "WireSignIn": {"staff_id": "budi", "pin": PIN["budi"]},
    "WireApprovalAsk": {
        "actor_id": "ani",
        "subject": {"action": "void_bill", "ref": "r", "currency": {"code": "IDR", "minor_digits": 0}},
    },
    "WireApprovalWord": {"staff_id": "budi", "pin": PIN["budi"], "give": True},
    "WireDecision": {"decision_id": "d", "state": "approved"},
    "WireNote": {"note": "n"},
}
TABLES = tuple(table.name for table in METADATA.sorted_tables if "shop_id" in table.c)
SECRETS = ("Dewi", "Siti", "Toko JKT", "8800")
"""What the other shop must never see."""


def body_of(route: Route, till: TillClient) -> bytes:
    if route.request is None:
        return b""
    bill = till.bill((RICE, 1), claim="small", bill_id="sale")
    match route.request.__name__:
        case "WireReceipt":
            receipt = till.receipt(bill, (redeemed("r", 50),))
            strangers = replace(receipt, shop_name="Toko BDG", customer=ReceiptCustomer("dewi", "Wayan"))
            return write(wire_receipt(strangers))
        case "WireHold":
            return write(till.hold_message(bill, 50))
        case "WireQuote":
            return write({"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1})
        case "WireHeldBill":
            return write({"bill": wire_bill(bill), "total": "70000", "pieces": 1})
        case name:
            return write(BODIES.get(name, {}))


IDS = {
    "member_id": "dewi",
    "challenge_id": "c",
    "redemption_id": "r",
    "bill_id": "sale",
    "number": "JKT-T1-1-1",
    "refund_id": "f",
    "shift_id": "shift-1",
    "sign_in_id": "s",
    "staff_id": "ani",
    "order_id": "o",
    "adjustment_id": "a",
    "review_id": "bill.sale",
    "till_id": "T1",
    "import_id": "i",
    "page": "0",
    "device_id": "d",
    "held_id": "aside",
    "session_id": "session",
    "request_id": "word",
    "note_id": "note",
    "kind": "days",
    "difference_id": "balance.dewi:poin",
}


def path_of(route: Route) -> str:
    path = route.path
    for name in route.parameters:
        path = path.replace(f"{{{name}}}", IDS[name])
    return path


@pytest.fixture(scope="module")
def two_shops() -> World:
    """The first shop has a sale with a hold, a challenge, a refund and an item; the second shop has nothing."""
    world = World()
    world.load()
    world.load(replace(a_seed("BDG"), members=(), tills=()))
    till = world.enrol("TILLONE")
    bill = till.bill((RICE, 1), claim="small", bill_id="sale")
    held = till.holds(bill, 50, "r").json
    till.saves(till.receipt(bill, (redeemed("r", 50, held["proof"]),)))
    till.holds(till.bill((RICE, 1), claim="small"), 50, "live")
    till.sends_code("b", challenge="c")
    till.put("/v1/approvals/word", BODIES["WireApprovalAsk"])
    till.put("/v1/held-bills/aside", {"bill": wire_bill(till.bill((RICE, 1))), "total": "70000", "pieces": 1})
    return world


@pytest.fixture
def stranger(two_shops: World) -> TillClient:
    """A till of the other shop, with the staff of the same names and PINs."""
    code = two_shops.operator("BDG").put("/v1/tills/T1/enrolment-code", WireNewTill()).json["code"]
    client = two_shops.enrol(code, "stranger")
    assert client.manages(session_id="strangers").status == 200
    return client


def first_shop(world: World) -> str:
    return str([world.rows(f"SELECT * FROM {table} WHERE shop_id = 'JKT'") for table in TABLES])  # noqa: S608


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_another_shops_token_gets_nothing_and_changes_nothing(
    two_shops: World, stranger: TillClient, route: Route
) -> None:
    before = first_shop(two_shops)
    tokens = [stranger.token, two_shops.operator("BDG").token]
    for token in tokens:
        client = TillClient(two_shops, token, "T1", stranger.key)
        answer = two_shops.ask(route.method, path_of(route), token, body_of(route, client), stranger.headers)
        assert answer.status < 500, answer.json
        told = answer.reply.body.decode()
        assert [secret for secret in SECRETS if secret in told] == []
    assert first_shop(two_shops) == before


@pytest.mark.parametrize("route", [one for one in ROUTES if CallerKind.NOBODY not in one.callers], ids=lambda r: r.path)
def test_nothing_without_a_token(two_shops: World, stranger: TillClient, route: Route) -> None:
    answer = two_shops.ask(route.method, path_of(route), body=body_of(route, stranger))
    assert (answer.status, answer.refusal) == (401, "not_signed_in")


@pytest.mark.parametrize("kind", [CallerKind.TILL, CallerKind.CHANNEL, CallerKind.OPERATOR])
def test_every_route_is_closed_to_callers_it_does_not_name(kind: CallerKind) -> None:
    world = World()
    world.load()
    clients = {
        CallerKind.TILL: world.enrol("TILLONE"),
        CallerKind.CHANNEL: world.enrol("WEBSHOP"),
        CallerKind.OPERATOR: world.operator(),
    }
    client = clients[kind]
    for route in ROUTES:
        if kind in route.callers or CallerKind.NOBODY in route.callers:
            continue
        answer = world.ask(route.method, path_of(route), client.token, body_of(route, clients[CallerKind.TILL]))
        assert (answer.status, answer.refusal) == (403, "not_allowed"), route
    world.close()


def test_a_till_gone_wild_is_stopped() -> None:
    throttle = Throttle(3)
    for _ in range(3):
        throttle.demand("JKT.T1", 100.0)
    throttle.demand("JKT.T2", 100.0)
    with pytest.raises(Refused, match="too_many_requests"):
        throttle.demand("JKT.T1", 100.5)
    throttle.demand("JKT.T1", 120.0)
