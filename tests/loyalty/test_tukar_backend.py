"""What the connector to our own backend does beyond the contract: enrolment, identity, answers that make no sense."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.fakes.clock import FakeClock
from tests.loyalty.our_server import TILL_CODE, our_server
from tests.loyalty.rude_server import Deed, answer, rude_server
from tukar.domain.redemption import OverrideRequest, Refusal
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Ask, Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.till.ports import LoyaltyBackend, RefundLine, RefundRequest, Refused, Trouble, Unreachable


def test_a_device_becomes_a_till_and_a_lost_answer_costs_nothing() -> None:
    key = DeviceKey.new()
    with our_server(FakeClock()) as server:
        http = Http(Endpoint(server.address))
        first = enrol_till(http, "device-1", f" {TILL_CODE} ", DeviceKey(key.text), "Kasir 1")
        again = enrol_till(http, "device-1", TILL_CODE, key, "Kasir 1")
        assert (first.token, first.till_id, first.till_epoch) == (again.token, "T1", again.till_epoch)
        assert len(first.token) < 1_200
        assert first.shop.name == "Toko Satu"
        for device, code, other in (("device-2", TILL_CODE, key), ("device-1", TILL_CODE, DeviceKey.new())):
            with pytest.raises(Refused) as refused:
                enrol_till(http, device, code, other)
            assert refused.value.refusal is Refusal.ENROLMENT_CODE
        with pytest.raises(Refused) as refused:
            enrol_till(http, "device-1", "WRONGONE", key)
        assert refused.value.refusal is Refusal.ENROLMENT_CODE
        http.close()


def test_without_a_token_nothing_is_told() -> None:
    with our_server(FakeClock()) as server:
        backend = TukarBackend(Http(Endpoint(server.address), TillIdentity(lambda: "nonsense")))
        with pytest.raises(Refused) as refused:
            backend.state()
        assert refused.value.refusal is Refusal.NOT_SIGNED_IN
        backend.close()


def test_a_till_says_who_it_is_what_it_has_seen_and_signs_what_it_writes() -> None:
    key = DeviceKey.new()
    identity = TillIdentity(lambda: "token-1", key, lambda: (3, 41), lambda: "ab" * 32)
    read = identity(Ask("GET", "/v1/state", reads=True))
    assert read == {"Authorization": "Bearer token-1", "Tukar-Seen": "3.41"}
    write = identity(Ask("PUT", "/v1/bills/1", b"body"))
    assert write["Tukar-Audit-Head"] == "ab" * 32
    signature = base64.urlsafe_b64decode(write["Tukar-Signature"] + "==")
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_text)).verify(signature, b"body")
    assert TillIdentity(lambda: "t")(Ask("PUT", "/v1/bills/1", b"b")) == {"Authorization": "Bearer t"}


def test_neither_key_nor_token_is_shown_in_words() -> None:
    key = DeviceKey.new()
    assert key.text not in repr(key)
    with our_server(FakeClock()) as server:
        http = Http(Endpoint(server.address))
        till = enrol_till(http, "device-1", TILL_CODE, key)
        assert till.token not in repr(till)
        http.close()


HELD = {"redemption_id": "r-1", "state": "held", "points": "200", "ttl": 1800.0}
NONSENSE = [
    ("of another redemption", {**HELD, "redemption_id": "r-2"}),
    ("a state nobody knows", {**HELD, "state": "perhaps"}),
    ("points that are none", {**HELD, "points": "many"}),
    ("a number where a text belongs", {**HELD, "points": 200}),
    ("half of it", {"redemption_id": "r-1"}),
    ("a list", [HELD]),
]


@pytest.mark.parametrize("told", [pytest.param(row[1], id=row[0]) for row in NONSENSE])
def test_any_doubt_about_a_hold_is_no_hold(told: object) -> None:
    with rude_server(answer(json.dumps(told).encode())) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable) as lost:
            backend.redemption("r-1")
        assert (lost.value.trouble, lost.value.sent) == (Trouble.BROKEN_ANSWER, True)
        backend.close()


def test_an_answer_of_tomorrow_is_understood_as_far_as_it_goes() -> None:
    with rude_server(answer(json.dumps({**HELD, "colour": "blue", "more": {"a": [1]}}).encode())) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        assert backend.redemption("r-1").ttl == 1800
        backend.close()


@pytest.mark.parametrize("body", [b"{nonsense", b'{"format": "tukar-programme/9"}', b"[]", b"\xff"])
def test_a_programme_that_cannot_be_read_is_no_answer(body: bytes) -> None:
    deed: Deed = answer(body)
    with rude_server(deed) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable) as lost:
            backend.programme()
        assert lost.value.trouble is Trouble.BROKEN_ANSWER
        backend.close()


def test_a_refund_names_who_takes_the_goods_back() -> None:
    with rude_server(answer(b"{}")) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable):
            backend.put_refund(RefundRequest("f-1", "b-1", (RefundLine("l-1", "SOAP", 1000),), "broken", "sari"))
        assert json.loads(server.requests[0].rpartition("\r\n\r\n")[2])["actor"] == "sari"
        backend.close()


def test_an_override_names_who_answers_and_an_answer_about_another_challenge_is_none() -> None:
    figures = {"expires_in": 300.0, "resend_in": 30.0, "sends_left": 2, "tries_left": 5}
    told = {"challenge_id": "c-2", "sent_to": "…5678", **figures}
    with rude_server(answer(json.dumps(told).encode(), keep=True)) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable) as lost:
            backend.override_code(OverrideRequest("c-1", "hendra", "246810", "no code came", "sari"))
        assert lost.value.trouble is Trouble.BROKEN_ANSWER
        head, _, body = server.requests[0].partition("\r\n\r\n")
        assert "246810" not in head
        named = json.loads(body)
        assert (named["staff_id"], named["pin"], named["actor"]) == ("hendra", "246810", "sari")
        assert backend.override_code(OverrideRequest("c-2", "hendra", "246810", "no code", "sari")).sent_to == "…5678"
        backend.close()


def test_ids_are_quoted_in_addresses() -> None:
    with rude_server(answer(b"{}")) as server:
        backend: LoyaltyBackend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable):
            backend.member("../state?x=1")
        assert server.requests[0].startswith("GET /v1/members/..%2Fstate%3Fx%3D1 ")
        backend.close()


def test_a_password_is_sent_in_the_body_and_an_answer_about_somebody_else_is_none() -> None:
    told = json.dumps({"staff_id": "sari", "name": "Sari", "role": "cashier"}).encode()
    with rude_server(answer(told, keep=True)) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        with pytest.raises(Unreachable):
            backend.sign_in("hadi", "correct horse")
        head, _, body = server.requests[0].partition("\r\n\r\n")
        assert "correct horse" not in head
        assert json.loads(body)["password"] == "correct horse"
        backend.close()


def test_a_managers_pin_goes_in_the_body_and_an_answer_about_somebody_else_is_none() -> None:
    told = json.dumps({"staff_id": "sari", "name": "Sari", "role": "cashier"}).encode()
    with rude_server(answer(told, keep=True)) as server:
        backend = TukarBackend(Http(Endpoint(server.address)))
        backend.let_in("sari", "hendra", "246810")
        with pytest.raises(Unreachable):
            backend.let_in("rizky", "hendra", "246810")
        head, _, body = server.requests[0].partition("\r\n\r\n")
        assert head.startswith("PUT /v1/staff/sari/release ")
        assert "246810" not in head
        named = json.loads(body)
        assert (named["staff_id"], named["pin"], named["actor"]) == ("hendra", "246810", "sari")
        backend.close()
