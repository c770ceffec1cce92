"""The row of a refund: where it stands, and which of them nobody has ended. Goods and points are moved elsewhere."""

from collections.abc import Sequence
from typing import Final

from msgspec import structs
from sqlalchemy import bindparam, select, text

from tukar.server import audit
from tukar.server.call import Call
from tukar.server.storage.statements import Row
from tukar.server.storage.tables import REFUNDS
from tukar.wire.message import read_answer, write
from tukar.wire.refunds import WireRefundAnswer

ACCEPTED: Final = "accepted"
VOIDED: Final = "voided"
PAID: Final = "paid"

LEFT: Final = "refund_left"
"""The kind of a manager's item about one that was agreed to, and whose till has not said what became of it."""
LEFT_AFTER_SECONDS: Final = 24 * 60 * 60
"""A till that comes back says what became of its returns as it starts; a day later nobody waits for that."""
AT_ONCE: Final = 200

_SELECT: Final = (
    select(REFUNDS)
    .where(REFUNDS.c.shop_id == bindparam("shop_id"), REFUNDS.c.refund_id == bindparam("refund_id"))
    .with_for_update()
)
_STATE: Final = text(
    "UPDATE refunds SET state = :state, answer = :answer WHERE shop_id = :shop_id AND refund_id = :refund_id"
)
_LEFT: Final = text(
    "SELECT r.refund_id, r.bill_id, r.till_id, b.number, b.member_id FROM refunds r"
    " JOIN bills b ON b.shop_id = r.shop_id AND b.bill_id = r.bill_id"
    " WHERE r.shop_id = :shop_id AND r.state = 'accepted' AND r.accepted_time <= :before"
    " ORDER BY r.accepted_time, r.refund_id LIMIT :at_once"
)


def locked(call: Call, refund_id: str) -> Row | None:
    return call.db.execute(_SELECT, {"shop_id": call.shop_id, "refund_id": refund_id}).first()


def answer_of(row: Row) -> WireRefundAnswer:
    """What was answered last; the same to whoever asks again."""
    return read_answer(row.answer.encode(), WireRefundAnswer)


def move(call: Call, row: Row, state: str) -> WireRefundAnswer:
    """PAID or VOIDED: the end of it either way, and the answer from now on."""
    answer = structs.replace(answer_of(row), accepted=state == PAID, state=state)
    key = {"shop_id": call.shop_id, "refund_id": row.refund_id}
    call.db.execute(_STATE, {**key, "state": state, "answer": write(answer).decode()})
    return answer


def left(call: Call) -> Sequence[Row]:
    """Those agreed to a day ago and more whose end nobody has told, oldest first."""
    values = {"shop_id": call.shop_id, "before": call.time - LEFT_AFTER_SECONDS, "at_once": AT_ONCE}
    return call.db.execute(_LEFT, values).all()


def stands(call: Call, refund_id: str) -> None:
    """A manager says that the money was paid: the return is as if its till had said so."""
    row = locked(call, refund_id)
    if row is not None and row.state == ACCEPTED:
        move(call, row, PAID)
        audit.record(call, "end_refund", refund_id, PAID)
