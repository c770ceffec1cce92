"""Words asked for from afar: a till asks, a manager elsewhere answers by their own PIN (security.md, "Rights").

A request waits 60 s, and a word given is good for as long from then on. It is bound to one action, one thing and one
amount: the till compares them with what it asked. Who asked never answers, nobody answers beyond their limits, and
both names go into the audit.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.approval import APPROVAL_SECONDS, ApprovalState, ApprovalSubject, LimitKind
from tukar.domain.people import Right, StaffMember
from tukar.domain.redemption import Refusal
from tukar.server import audit, shops, staff
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.approvals import (
    WireApprovalAsk,
    WireApprovalRequest,
    WireApprovalRequests,
    WireApprovalWord,
    WireSubject,
    WireWithdrawal,
    limits_of,
    subject_of,
)
from tukar.wire.message import read_answer, write

LISTED_AT_MOST: Final = 100
KEPT_SECONDS: Final = 86_400.0
"""So long a till may still ask what became of a request; the audit has it for good."""

_INSERT: Final = text(
    "INSERT INTO approval_requests (shop_id, request_id, state, fingerprint, till_id, actor_id, asked_at,"
    " expires_time, seq, subject) VALUES (:shop_id, :request_id, 'waiting', :fingerprint, :till_id, :actor_id, :at,"
    " :expires_time, (SELECT COALESCE(MAX(seq), 0) + 1 FROM approval_requests WHERE shop_id = :shop_id), :subject)"
    " ON CONFLICT (shop_id, request_id) DO NOTHING"
)
_READ: Final = text("SELECT * FROM approval_requests WHERE shop_id = :shop_id AND request_id = :request_id")
_WAITING: Final = text(
    "SELECT * FROM approval_requests WHERE shop_id = :shop_id AND state = 'waiting' AND expires_time > :time"
    " ORDER BY expires_time, request_id LIMIT :at_most"
)
_VERSION: Final = text("SELECT COALESCE(MAX(seq), 0) AS seq FROM approval_requests WHERE shop_id = :shop_id")
_ANSWER: Final = text(
    "UPDATE approval_requests SET state = :state, approver_id = :approver_id, note = :note,"
    " expires_time = :expires_time,"
    " seq = (SELECT COALESCE(MAX(seq), 0) + 1 FROM approval_requests WHERE shop_id = :shop_id)"
    " WHERE shop_id = :shop_id AND request_id = :request_id AND state = 'waiting' AND expires_time > :time"
)
_SWEEP: Final = text("DELETE FROM approval_requests WHERE shop_id = :shop_id AND expires_time <= :long_ago")


def ask(call: Call, message: WireApprovalAsk) -> WireApprovalRequest:
    """A till asks for somebody who may not do it alone; the same message again is the same request."""
    actor = staff.member(call, message.actor_id)
    action = message.subject.action
    if actor is None or not actor.active or actor.right(action) is Right.DENIED:
        raise Refused(Refusal.NOT_ALLOWED, f"may not even ask for {action}")
    subject_of(message.subject)
    request_id = call.path["request_id"]
    fingerprint = content_hash(call.caller.till_id.encode() + write(message))
    values = {
        "shop_id": call.shop_id,
        "request_id": request_id,
        "fingerprint": fingerprint,
        "till_id": call.caller.till_id,
        "actor_id": message.actor_id,
        "at": call.at,
        "expires_time": call.time + APPROVAL_SECONDS,
        "subject": write(message.subject).decode(),
    }
    if call.db.execute(_INSERT, values).rowcount:
        audit.record(call, "ask_approval", request_id, _told(message.subject), actor=message.actor_id)
    row = _row(call, request_id)
    if row.fingerprint != fingerprint:
        raise Refused(Refusal.ID_REUSED)
    return _request(call, row)


def read(call: Call, _message: None) -> WireApprovalRequest:
    """Where a request of the calling till stands."""
    return _request(call, _own(call))


def withdraw(call: Call, _message: WireWithdrawal) -> WireApprovalRequest:
    """The cashier waits no longer; a word that came first stays."""
    row = _own(call)
    _settle(call, row.request_id, ApprovalState.WITHDRAWN, row.actor_id, "", call.time)
    return _request(call, _own(call))


def waiting(call: Call, _message: None) -> WireApprovalRequests:
    """What waits for a word of the signed-in manager."""
    shop = shops.load(call)
    key = {"shop_id": call.shop_id}
    rows = call.db.execute(_WAITING, {**key, "time": call.time, "at_most": LISTED_AT_MOST}).all()
    return WireApprovalRequests(
        requests=tuple(_request(call, row, _beyond(shop, call.manager, row)) for row in rows),
        version=int(call.db.execute(_VERSION, key).scalar_one()),
    )


def answer(call: Call, message: WireApprovalWord) -> WireApprovalRequest:
    """The manager gives or refuses their word. Whatever was said first stays."""
    row = _row(call, call.path["request_id"])
    approver = call.approver
    if approver is None or call.manager is None or approver.staff_id != call.manager.staff_id:
        raise Refused(Refusal.NOT_ALLOWED, "not the manager whose window this is")
    beyond = _beyond(shops.load(call), approver, row)
    if message.give and beyond is not None:
        raise Refused(Refusal.NOT_ALLOWED, f"beyond the limit: {beyond}")
    state = ApprovalState.GIVEN if message.give else ApprovalState.REFUSED
    until = call.time + APPROVAL_SECONDS
    if _settle(call, row.request_id, state, approver.staff_id, message.note, until):
        subject = read_answer(row.subject.encode(), WireSubject)
        audit.record(
            call,
            "give_approval" if message.give else "refuse_approval",
            row.request_id,
            f"for {row.actor_id} at {row.till_id}: {_told(subject)}",
        )
    return _request(call, _row(call, row.request_id))


def sweep(call: Call) -> None:
    """Forgets requests that nobody asks after any more."""
    call.db.execute(_SWEEP, {"shop_id": call.shop_id, "long_ago": call.time - KEPT_SECONDS})


def _row(call: Call, request_id: str) -> Row:
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "request_id": request_id}).first()
    if row is None:
        raise Refused(Refusal.UNKNOWN_REQUEST)
    return row


def _own(call: Call) -> Row:
    row = _row(call, call.path["request_id"])
    if row.till_id != call.caller.till_id:
        raise Refused(Refusal.UNKNOWN_REQUEST)
    return row


def _settle(call: Call, request_id: str, state: ApprovalState, who: str, note: str, until: float) -> bool:
    values = {"state": state.value, "approver_id": "" if state is ApprovalState.WITHDRAWN else who, "note": note}
    key = {"shop_id": call.shop_id, "request_id": request_id, "time": call.time, "expires_time": until}
    return bool(call.db.execute(_ANSWER, {**key, **values}).rowcount)


def _beyond(shop: Shop, who: StaffMember | None, row: Row) -> LimitKind | None:
    """Why somebody may not give this word; None where they may."""
    subject = subject_of(read_answer(row.subject.encode(), WireSubject))
    if who is None or who.right(subject.action) is not Right.ALLOWED:
        return LimitKind.RIGHT
    if who.staff_id == row.actor_id:
        return LimitKind.OWN_DOING
    return _limit(shop, who, subject)


def _limit(shop: Shop, who: StaffMember, subject: ApprovalSubject) -> LimitKind | None:
    limits = limits_of(shop.profile.limits, shop.currency).of(who.role)
    if subject.amount is not None and subject.amount.currency.code != shop.currency.code and limits.amount is not None:
        return LimitKind.AMOUNT
    return limits.beyond(subject)


def _request(call: Call, row: Row, beyond: LimitKind | None = None) -> WireApprovalRequest:
    state = ApprovalState(row.state)
    left = max(0.0, row.expires_time - call.time)
    if state is ApprovalState.WAITING and left <= 0:
        state = ApprovalState.RUN_OUT
    return WireApprovalRequest(
        request_id=row.request_id,
        subject=read_answer(row.subject.encode(), WireSubject),
        actor_id=row.actor_id,
        actor_name=staff.name_of(call, row.actor_id),
        till_id=row.till_id,
        asked_at=datetime.fromisoformat(row.asked_at),
        state=state,
        seconds_left=left,
        approver_id=row.approver_id,
        approver_name=staff.name_of(call, row.approver_id) if row.approver_id else "",
        note=row.note,
        beyond=beyond,
    )


def _told(subject: WireSubject) -> str:
    """The subject for the audit, without the cashier's free words."""
    parts = [str(subject.action), subject.ref, subject.bill]
    if subject.amount is not None:
        parts.append(f"{subject.currency.code} {subject.amount}")
    if subject.percent is not None:
        parts.append(f"{subject.percent} %")
    if subject.points is not None:
        parts.append(f"{subject.points} points")
    return ", ".join(part for part in parts if part)
