"""Items that a manager looks at: nothing that does not add up is ever silently deleted."""

from collections.abc import Iterator
from datetime import datetime

from tukar.domain.redemption import BillAnswer, Outcome, PartResult
from tukar.local.columns import moment_text
from tukar.local.disk import Connection
from tukar.till.ports import ReviewItem


def put(db: Connection, item: ReviewItem) -> None:
    """Adds an item, or how it was resolved; what was first told of it, and who resolved it, stays as it is."""
    db.execute(
        """INSERT INTO review_items VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (item_id) DO UPDATE
            SET resolved_by = excluded.resolved_by, resolution = excluded.resolution WHERE resolved_by = ''""",
        (item.item_id, item.kind, item.ref, moment_text(item.at), item.story, item.resolved_by, item.resolution),
    )


def unresolved(db: Connection) -> tuple[ReviewItem, ...]:
    """Oldest first."""
    rows = db.execute("SELECT * FROM review_items WHERE resolved_by = '' ORDER BY at, item_id").fetchall()
    return tuple(
        ReviewItem(item_id, kind, ref, datetime.fromisoformat(at), story, resolved_by, resolution)
        for item_id, kind, ref, at, story, resolved_by, resolution in rows
    )


def items_of(answer: BillAnswer, at: datetime) -> Iterator[ReviewItem]:
    """One item for each part of a bill that did not simply happen. Asked again it makes the same items."""
    for part in answer.parts:
        if part.outcome not in (Outcome.DONE, Outcome.NONE):
            ref = part.ref or answer.bill_id
            yield ReviewItem(f"{answer.bill_id}:{part.part}:{part.ref}", part.part.value, ref, at, _story(part))


def _story(part: PartResult) -> str:
    words = [f"{part.part} {part.outcome}"]
    if part.points is not None:
        words.append(f"{part.points} points moved")
    if part.short is not None:
        words.append(f"{part.short} points short")
    if part.note:
        words.append(part.note)
    return ", ".join(words)
