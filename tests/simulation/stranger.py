"""Somebody who asks with a till's own token for what no till ever asks for: all of it is refused and changes nothing.

What the tills themselves said last is said again with another figure, another name or another code; addresses lead
nowhere; words come from people who may not give them. Whether anything was changed, the invariants tell.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.simulation import shop
from tests.simulation.net import Reply, Request, Unanswered
from tests.simulation.server import SimulatedServer
from tukar.domain.stored_value import is_value
from tukar.wire.amounts import wire_currency
from tukar.wire.message import write

REFUSED: Final = range(400, 500)
UNAVAILABLE: Final = 503
OPERATOR: Final = "operator"
WRONG_PINS: Final = 11
"""One more than anybody has."""


class Stranger:
    """``violated`` is told of whatever was done for them all the same."""

    def __init__(self, server: SimulatedServer, till_id: str, violated: Callable[[str], None]) -> None:
        self._server = server
        self._till_id = till_id
        self._violated = violated

    def ask(self) -> None:
        """Everything, one after the other."""
        for method, path, body, who in self._asked():
            self._send(method, path, body, who)

    def _send(self, method: str, path: str, body: object, who: str) -> None:
        token = self._server.tokens.get(who, who)
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        path, _, query = path.partition("?")
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        pairs = dict(pair.split("=", 1) for pair in query.split("&") if pair)

        def answered(reply: Reply | Unanswered) -> None:
            if not isinstance(reply, Reply) or reply.status == UNAVAILABLE or b'"state":"voided"' in reply.body:
                return  # What was cancelled answers so to whatever comes under its id.
            if reply.status not in REFUSED:
                self._violated(
                    f"I13 a stranger's {method} {path} is answered with {reply.status}: {reply.body[:200]!r}"
                )

        self._server.receive(Request(method, path, pairs, headers, sent), answered)

    def _asked(self) -> Iterator[tuple[str, str, object, str]]:
        mine = self._till_id
        for method, path, body, who in (*_NOWHERE, *_NOBODYS, *_BY_CASHIERS):
            yield method, path, body, who or mine
        yield from self._said_otherwise()
        yield from ((method, path, body, mine) for method, path, body in self._orders())
        wrong = {**_word("c-1"), "pin": "000000"}
        yield from (("PUT", "/v1/members/dewi/codes-again", wrong, mine) for _ in range(WRONG_PINS))

    def _said_otherwise(self) -> Iterator[tuple[str, str, object, str]]:
        """What was said last, with something in it that is not so."""
        mine = self._till_id
        for kind, changes in _CHANGES.items():
            said = self._server.said.get(kind)
            if said is None:
                continue
            body = json.loads(said.body)
            is_money = is_value(body.get("programme_id", ""))
            for place, change in enumerate(changes):
                if is_money and "programme_version" in change:
                    continue  # Stored value is not worked out by rules.
                changed, same_id = {**body, **change}, place == 0
                path = said.path if same_id else f"{said.path.rpartition('/')[0]}/stranger-{place}"
                yield "PUT", path, changed, mine

    def _orders(self) -> Iterator[tuple[str, str, object]]:
        order = {"member_id": "dewi", "currency": _CURRENCY, "amount": "1000", "spend": {"poin": "5"}}
        yield "PUT", "/v1/orders/stranger", order
        yield "PUT", "/v1/tills/1/revocation", _word("m-1")
        yield "PUT", "/v1/tills/1/write-off", _word("m-1")


def _word(staff_id: str) -> Mapping[str, str]:
    return {"staff_id": staff_id, "pin": shop.PIN, "reason": "because", "actor": staff_id}


_GOOD_WORD: Final = {**_word("m-1"), "actor": "c-1"}
_CURRENCY: Final[Any] = json.loads(write(wire_currency(shop.CURRENCY)))
_RETURN: Final = {"bill_id": "no-such-bill", "lines": [{"line_id": "l", "sku": "s", "thousandths": 1}], "reason": "r"}
_ADJUSTMENT: Final = {"member_id": "dewi", "programme_id": "poin", "points": "5", "pin": shop.PIN, "reason": "r"}
_SUBJECT: Final = {"action": "change_settings", "ref": "goods", "currency": _CURRENCY}
_NOWHERE: Final = (
    ("GET", "/v1/nowhere", None, ""),
    ("DELETE", "/v1/state", None, ""),
    ("GET", "/v1/state", None, "till.SIM.1.0.x"),
    ("GET", "/v1/state", None, "not a token"),
    ("PUT", "/v1/bills/stranger", b"{", ""),
    ("PUT", "/v1/bills/stranger", b"[]", ""),
    ("PUT", "/v1/enrolments/stranger", {"code": "WRONG-123", "public_key": "AAAA"}, ""),
    ("PUT", "/v1/enrolments/stranger", {"code": "WRONG-123", "public_key": "A" * 43 + "="}, ""),
)
_NOBODYS: Final[tuple[tuple[str, str, object, str], ...]] = (
    ("GET", "/v1/members/nobody", None, ""),
    ("GET", "/v1/members/nobody/history", None, ""),
    ("GET", "/v1/receipts/SIM-1-9-9", None, ""),
    ("GET", "/v1/redemptions/nothing", None, ""),
    ("PUT", "/v1/redemptions/nothing/extension", {}, ""),
    ("PUT", "/v1/redemptions/nothing/release", _GOOD_WORD, ""),
    ("PUT", "/v1/refunds/nothing", _RETURN, ""),
    ("PUT", "/v1/refunds/nothing/paid", {}, ""),
    ("PUT", "/v1/bills/stranger/gift-card", {"code": "AB"}, ""),
    ("PUT", "/v1/approvals/nothing", {"actor_id": "nobody", "subject": _SUBJECT}, ""),
    ("PUT", "/v1/approvals/nothing", {"actor_id": "c-1", "subject": _SUBJECT}, ""),
    ("GET", "/v1/approvals/nothing", None, ""),
    ("PUT", "/v1/reviews/nothing", _GOOD_WORD, ""),
    ("PUT", "/v1/held-bills/nothing/lease", {"lease_id": "l"}, ""),
    ("PUT", "/v1/members/stranger", {"name": "S", "mobile": "+62", "consent_at": "2026-11-21T02:00:00Z"}, ""),
    ("PUT", "/v1/members/stranger", {"name": "S", "mobile": "+6281", "consent_at": "2026-11-21T02:00:00Z"}, ""),
    ("PUT", "/v1/shifts/stranger", {}, ""),
    ("GET", "/v1/catalogue?since=x", None, ""),
    ("GET", "/v1/catalogue?page=x", None, ""),
    ("PUT", "/v1/imports/stranger/pages/x", {"items": []}, OPERATOR),
    ("PUT", "/v1/imports/stranger", {"pages": 3}, OPERATOR),
    ("PUT", "/v1/programme", {"programme": {"format": "tukar-programme/1", "rules": 7}}, OPERATOR),
    ("PUT", "/v1/tills/nothing/revocation", _GOOD_WORD, "8"),
)
_BY_CASHIERS: Final = (
    ("PUT", "/v1/adjustments/stranger", {**_ADJUSTMENT, "staff_id": "c-1"}, ""),
    ("PUT", "/v1/adjustments/stranger", {**_ADJUSTMENT, "staff_id": "m-1", "programme_id": "none"}, ""),
    ("PUT", "/v1/adjustments/stranger", {**_ADJUSTMENT, "staff_id": "m-1", "points": "0.5"}, ""),
    ("PUT", "/v1/members/dewi/codes-again", _word("c-1"), ""),
    ("PUT", "/v1/members/dewi/codes-again", _word("m-1"), ""),
    ("PUT", "/v1/members/dewi/erasure", {"staff_id": "c-1", "pin": shop.PIN, "reason": "r"}, ""),
    ("PUT", "/v1/manager/sessions/stranger", {"staff_id": "c-1", "pin": shop.PIN}, ""),
    ("GET", "/v1/manager/reconciliation", None, ""),
    ("GET", "/v1/doctor", None, ""),
    ("PUT", "/v1/staff", {"version": 0, "staff": []}, ""),
    ("PUT", "/v1/sign-ins/stranger", {"staff_id": "m-1", "password": "wrong"}, ""),
)
_CHANGES: Final[Mapping[str, tuple[Mapping[str, Any], ...]]] = {
    "redemptions": (
        {"need": "1", "ceiling": "1"},
        {"need": "0.5"},
        {"need": "-5"},
        {"programme_id": "none"},
        {"member_id": "nobody"},
        {"programme_version": 99},
        {"need": "99999999", "ceiling": "99999999"},
        {"programme_id": "value.gift_card", "member_id": "card.none", "need": "1", "ceiling": "1"},
        {"programme_id": "value.none", "need": "1", "ceiling": "1"},
        {"programme_id": "reward", "need": "5", "ceiling": "5", "code": ""},
    ),
    "challenges": ({"ceiling": "1"}, {"ceiling": "0.5"}, {"programme_id": "none"}, {"member_id": "nobody"}),
    "refunds": ({"reason": "another one", "bill_id": "another"}, {"bill_id": "none"}),
}
