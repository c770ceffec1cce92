"""Items for a manager: what does not add up is kept in sight until somebody resolves it (redemption.md)."""

from datetime import datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server import audit
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.wire.redemptions import WireApproval
from tukar.wire.upkeep import WireReview, WireReviews

_INSERT: Final = text(
    "INSERT INTO reviews (shop_id, review_id, kind, ref, found_at, story)"
    " VALUES (:shop_id, :review_id, :kind, :ref, :at, :story) ON CONFLICT (shop_id, review_id) DO NOTHING"
)
_OPEN: Final = text(
    "SELECT * FROM reviews WHERE shop_id = :shop_id AND (resolved_by = '' OR :all = 1)"
    " ORDER BY found_at, review_id LIMIT 500"
)
_RESOLVE: Final = text(
    "UPDATE reviews SET resolved_by = :who, resolution = :how"
    " WHERE shop_id = :shop_id AND review_id = :review_id AND resolved_by = ''"
)
_ONE: Final = text("SELECT * FROM reviews WHERE shop_id = :shop_id AND review_id = :review_id")


def add(call: Call, kind: str, ref: str, story: str) -> None:
    """One item for each kind and reference, however often it is found."""
    call.db.execute(
        _INSERT,
        {
            "shop_id": call.shop_id,
            "review_id": f"{kind}.{ref}"[:200],
            "kind": kind,
            "ref": ref,
            "at": call.at,
            "story": story[:1000],
        },
    )


def open_items(call: Call, _message: None) -> WireReviews:
    """What waits for a manager; with ``?all=1`` what was resolved too."""
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
    if call.db.execute(_ONE, {"shop_id": call.shop_id, "review_id": review_id}).first() is None:
        raise Refused(Refusal.UNKNOWN_BILL, "no such item")
    values = {"shop_id": call.shop_id, "review_id": review_id, "who": message.staff_id, "how": message.reason}
    if call.db.execute(_RESOLVE, values).rowcount:
        audit.record(call, "resolve_review", review_id, message.reason)
    return open_items(call, None)
