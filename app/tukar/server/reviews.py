"""Items for a manager: what does not add up or looks odd is kept in sight until somebody resolves it (redemption.md).

``suspicions`` finds what is odd. Every decision and note stays; a case that was flagged or approved may be opened
again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, bindparam, text

from tukar.domain.money import Money
from tukar.domain.oversight import ReviewReason, ReviewState
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.server import applied, audit, members, refund_rows, shops, staff
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.amounts import wire_currency
from tukar.wire.oversight import (
    WireDecision,
    WireNote,
    WireReviewCase,
    WireReviewFilter,
    WireReviewNote,
    WireReviewPage,
)
from tukar.wire.redemptions import WireApproval
from tukar.wire.upkeep import WireReview, WireReviews

PAGE_AT_MOST: Final = 50

REASONS: Final[Mapping[str, ReviewReason]] = {
    "short": ReviewReason.SHORT,
    "refund_short": ReviewReason.SHORT,
    "refund_void_short": ReviewReason.SHORT,
    "no_hold": ReviewReason.CAPTURE,
    "capture_refused": ReviewReason.CAPTURE,
    "no_redemption": ReviewReason.CAPTURE,
    "other_cost": ReviewReason.CAPTURE,
    "earning": ReviewReason.EARNING,
    "bill": ReviewReason.BILL,
    "other_content": ReviewReason.BILL,
    "number": ReviewReason.NUMBER,
    **{reason.value: reason for reason in ReviewReason},
}
"""What a manager reads of each kind; any other kind is OTHER, with its story."""

_INSERT: Final = text(
    "INSERT INTO reviews (shop_id, review_id, kind, ref, found_at, story, bill_id, odd, facts)"
    " VALUES (:shop_id, :review_id, :kind, :ref, :at, :story, :bill_id, :odd, :facts)"
    " ON CONFLICT (shop_id, review_id) DO NOTHING"
)
_RENEW: Final = text(
    "UPDATE reviews SET facts = :facts, found_at = :at WHERE shop_id = :shop_id AND review_id = :review_id"
    " AND state = 'open' AND facts <> :facts"
)
_OPEN: Final = text(
    "SELECT * FROM reviews WHERE shop_id = :shop_id AND odd = 0 AND (resolved_by = '' OR :all = 1)"
    " ORDER BY found_at, review_id LIMIT 500"
)
_RESOLVE: Final = text(
    "UPDATE reviews SET resolved_by = :who, resolution = :how, state = 'approved', decided_at = :at"
    " WHERE shop_id = :shop_id AND review_id = :review_id AND resolved_by = ''"
)
_DECIDE: Final = text(
    "UPDATE reviews SET resolved_by = :who, resolution = :how, state = :state, decided_at = :at"
    " WHERE shop_id = :shop_id AND review_id = :review_id"
)
_ONE: Final = text("SELECT * FROM reviews WHERE shop_id = :shop_id AND review_id = :review_id")
_WAITING: Final = text("SELECT COUNT(*) FROM reviews WHERE shop_id = :shop_id AND state = 'open'")
_NOTE: Final = text(
    "INSERT INTO review_notes (shop_id, review_id, note_id, at, by_id, state, note)"
    " VALUES (:shop_id, :review_id, :note_id, :at, :by_id, :state, :note)"
    " ON CONFLICT (shop_id, review_id, note_id) DO NOTHING"
)
_NOTES: Final = text(
    "SELECT * FROM review_notes WHERE shop_id = :shop_id AND review_id = :review_id ORDER BY at, note_id LIMIT 200"
)
_BILL: Final = text(
    "SELECT bill_id, number, till_id, member_id FROM bills WHERE shop_id = :shop_id AND bill_id IN ("
    ":bill_id, :ref, (SELECT bill_id FROM redemptions WHERE shop_id = :shop_id AND redemption_id = :ref)) LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a case; amounts in minor units of the shop's currency, points in units with their digits."""

    till_id: str = ""
    number: str = ""
    cashier_id: str = ""
    cashier_name: str = ""
    member_id: str = ""
    count: int = 0
    limit: int = 0
    hours: int = 0
    amount: int | None = None
    limit_amount: int | None = None
    points: int | None = None
    digits: int = 0


def add(call: Call, kind: str, ref: str, story: str, bill_id: str = "") -> None:
    """One item for each kind and reference, however often it is found; ``bill_id`` where ``ref`` is not the bill."""
    _insert(call, kind, ref, {"story": story[:1000], "bill_id": bill_id, "odd": 0, "facts": "{}"})


def suspect(call: Call, reason: ReviewReason, ref: str, facts: Facts, bill_id: str = "") -> None:
    """Something odd; found again its figures are the later ones, as long as nobody has looked."""
    told = json.dumps({name: value for name, value in asdict(facts).items() if value not in (0, "", None)})
    _insert(call, reason.value, ref, {"story": "", "bill_id": bill_id, "odd": 1, "facts": told})
    key = {"shop_id": call.shop_id, "review_id": f"{reason.value}.{ref}"[:200]}
    call.db.execute(_RENEW, {**key, "facts": told, "at": call.at})


def close(call: Call, kind: str, ref: str, how: str) -> None:
    """What an item was about has ended without a manager's decision, or by another one of theirs."""
    who = _manager(call) or call.caller.till_id or str(call.caller.kind)
    key = {"shop_id": call.shop_id, "review_id": f"{kind}.{ref}"[:200]}
    call.db.execute(_RESOLVE, {**key, "who": who, "how": how, "at": call.at})


def _insert(call: Call, kind: str, ref: str, values: Mapping[str, object]) -> None:
    key = {"shop_id": call.shop_id, "review_id": f"{kind}.{ref}"[:200]}
    call.db.execute(_INSERT, {**key, "kind": kind, "ref": ref, "at": call.at, **values})


def open_items(call: Call, _message: None) -> WireReviews:
    """What does not add up and waits for a manager; with ``?all=1`` what was resolved too."""
    rows = call.db.execute(_OPEN, {"shop_id": call.shop_id, "all": int(call.query.get("all") == "1")})
    return WireReviews(
        items=tuple(
            WireReview(
                review_id=row.review_id,
                kind=row.kind,
                ref=row.ref,
                at=datetime.fromisoformat(row.found_at),
                story=row.story,
                resolved_by=row.resolved_by,
                resolution=row.resolution,
            )
            for row in rows
        )
    )


def resolve(call: Call, message: WireApproval) -> WireReviews:
    """A manager says what became of an item; the same word again is the same answer."""
    review_id = call.path["review_id"]
    row = _found(call, review_id)
    values = {"shop_id": call.shop_id, "review_id": review_id, "who": message.staff_id, "how": message.reason}
    if call.db.execute(_RESOLVE, {**values, "at": call.at}).rowcount:
        audit.record(call, "resolve_review", review_id, message.reason)
        _look_no_more(call, row)
    return open_items(call, None)


# For a manager's window


def listed(call: Call, message: WireReviewFilter) -> WireReviewPage:
    """Cases newest first."""
    shop = shops.load(call)
    kinds = [] if message.reason is None else kinds_of(message.reason)
    at, _, review_id = message.page.partition("_")
    values: dict[str, Any] = {"shop_id": call.shop_id, "limit": PAGE_AT_MOST + 1}
    values |= {"state": message.state.value} if message.state is not None else {}
    values |= {"kinds": kinds} if kinds else {}
    values |= {"at": at.replace("Z", "+00:00"), "review_id": review_id} if message.page else {}
    statement = _list_statement(has_state=message.state is not None, has_kinds=bool(kinds), paging=bool(message.page))
    rows = call.db.execute(statement, values).all()
    last = rows[PAGE_AT_MOST - 1] if len(rows) > PAGE_AT_MOST else None
    return WireReviewPage(
        cases=tuple(_case(call, shop, row) for row in rows[:PAGE_AT_MOST]),
        open=int(call.db.execute(_WAITING, {"shop_id": call.shop_id}).scalar_one()),
        next_page="" if last is None else f"{last.found_at}_{last.review_id}".replace("+00:00", "Z"),
    )


def kinds_of(reason: ReviewReason) -> list[str]:
    """The kinds that a manager reads as one reason."""
    return sorted(kind for kind, told in REASONS.items() if told is reason)


@lru_cache(maxsize=16)
def _list_statement(*, has_state: bool, has_kinds: bool, paging: bool) -> TextClause:
    parts = [
        "SELECT * FROM reviews WHERE shop_id = :shop_id",
        " AND state = :state" if has_state else "",
        " AND kind IN :kinds" if has_kinds else "",
        " AND found_at <= :at AND (found_at < :at OR review_id < :review_id)" if paging else "",
        " ORDER BY found_at DESC, review_id DESC LIMIT :limit",
    ]
    made = text("".join(parts))
    return made.bindparams(bindparam("kinds", expanding=True)) if has_kinds else made


def decide(call: Call, message: WireDecision) -> WireReviewCase:
    """A manager approves or flags a case, or opens it again."""
    review_id = call.path["review_id"]
    row = _found(call, review_id)
    who = _manager(call)
    if _write_down(call, review_id, message.decision_id, message.note, message.state.value):
        is_open = message.state is not ReviewState.APPROVED
        values = {
            "who": "" if is_open else who,
            "how": message.note or message.state.value,
            "state": message.state.value,
        }
        call.db.execute(_DECIDE, {"shop_id": call.shop_id, "review_id": review_id, "at": call.at, **values})
        audit.record(call, f"{message.state.value}_review", review_id, message.note)
        if message.state is ReviewState.APPROVED:
            _look_no_more(call, row)
    return _case(call, shops.load(call), _found(call, review_id))


def note(call: Call, message: WireNote) -> WireReviewCase:
    """A manager writes something down about a case."""
    review_id = call.path["review_id"]
    _found(call, review_id)
    _write_down(call, review_id, call.path["note_id"], message.note, "")
    return _case(call, shops.load(call), _found(call, review_id))


def _found(call: Call, review_id: str) -> Row:
    row = call.db.execute(_ONE, {"shop_id": call.shop_id, "review_id": review_id}).first()
    if row is None:
        raise Refused(Refusal.UNKNOWN_BILL, "no such item")
    return row


def _manager(call: Call) -> str:
    return call.manager.staff_id if call.manager is not None else ""


def _write_down(call: Call, review_id: str, note_id: str, words: str, state: str) -> bool:
    """Whether it was not there yet."""
    values = {"note_id": note_id, "at": call.at, "by_id": _manager(call), "state": state, "note": words}
    return bool(call.db.execute(_NOTE, {"shop_id": call.shop_id, "review_id": review_id, **values}).rowcount)


def _look_no_more(call: Call, row: Row) -> None:
    if row.kind == refund_rows.LEFT:
        refund_rows.stands(call, row.ref)
    bill = _bill_of(call, row)
    if bill is not None and not row.odd:
        applied.approved(call, bill.bill_id)


def _bill_of(call: Call, row: Row) -> Row | None:
    return call.db.execute(_BILL, {"shop_id": call.shop_id, "bill_id": row.bill_id, "ref": row.ref}).first()


def _case(call: Call, shop: Shop, row: Row) -> WireReviewCase:
    facts = Facts(**json.loads(row.facts))
    bill = _bill_of(call, row)
    member_id = facts.member_id or (bill.member_id if bill is not None else "")
    member = members.find_row(call, member_id) if member_id else None
    notes = call.db.execute(_NOTES, {"shop_id": call.shop_id, "review_id": row.review_id}).all()
    decisions = [one for one in notes if one.state]
    who = decisions[-1].by_id if decisions else row.resolved_by
    return WireReviewCase(
        review_id=row.review_id,
        reason=REASONS.get(row.kind, ReviewReason.OTHER),
        found_at=datetime.fromisoformat(row.found_at),
        state=ReviewState(row.state),
        story=row.story,
        bill_id=bill.bill_id if bill is not None else "",
        number=facts.number or (bill.number if bill is not None else ""),
        till_id=facts.till_id or (bill.till_id if bill is not None else ""),
        cashier_id=facts.cashier_id,
        cashier_name=facts.cashier_name,
        member_id=member_id,
        customer_name=member.name if member is not None else "",
        masked_mobile=member.mobile_mask if member is not None else "",
        count=facts.count,
        limit=facts.limit,
        hours=facts.hours,
        currency=wire_currency(shop.currency),
        amount=_money(shop, facts.amount),
        limit_amount=_money(shop, facts.limit_amount),
        points=None if facts.points is None else Points(facts.points, facts.digits).decimal(),
        decided_by=staff.name_of(call, who) if who else "",
        decided_at=datetime.fromisoformat(row.decided_at) if row.decided_at else None,
        notes=tuple(_told(call, notes)),
    )


def _told(call: Call, notes: Sequence[Row]) -> Iterable[WireReviewNote]:
    for one in notes:
        if one.note:
            at = datetime.fromisoformat(one.at)
            yield WireReviewNote(at=at, by=staff.name_of(call, one.by_id), text=one.note)


def _money(shop: Shop, minor: int | None) -> str | None:
    return None if minor is None else Money(minor, shop.currency).decimal()
