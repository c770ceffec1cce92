"""What the backend answers to a saved bill: a result for each part of it."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.redemption import BillAnswer, Outcome, Part, PartResult
from tukar.wire.amounts import (
    Count,
    Key,
    KeyOrNone,
    PointsByProgramme,
    PointsText,
    Text,
    points_by_programme,
    points_of,
    wire_points,
)
from tukar.wire.message import Message, read_answer


class WirePartResult(Message):
    """What became of one part of a bill."""

    part: Part
    ref: KeyOrNone
    outcome: Outcome
    programme_id: KeyOrNone = ""
    points: PointsText | None = None
    short: PointsText | None = None
    note: Text = ""


class WireBillAnswer(Message):
    """A bill is always stored; each part has its result."""

    bill_id: Key
    parts: Annotated[tuple[WirePartResult, ...], Meta(max_length=300)]
    balances: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    server_seq: Count = 0
    epoch: Count = 0


def wire_bill_answer(answer: BillAnswer) -> WireBillAnswer:
    return WireBillAnswer(
        bill_id=answer.bill_id,
        parts=tuple(
            WirePartResult(
                part=result.part,
                ref=result.ref,
                outcome=result.outcome,
                programme_id=result.programme_id,
                points=None if result.points is None else result.points.decimal(),
                short=None if result.short is None else result.short.decimal(),
                note=result.note,
            )
            for result in answer.parts
        ),
        balances=wire_points(answer.balances),
        server_seq=answer.server_seq,
        epoch=answer.epoch,
    )


def bill_answer_of(message: WireBillAnswer) -> BillAnswer:
    return BillAnswer(
        message.bill_id,
        tuple(
            PartResult(
                result.part,
                result.ref,
                result.outcome,
                result.programme_id,
                None if result.points is None else points_of(result.points),
                None if result.short is None else points_of(result.short),
                result.note,
            )
            for result in message.parts
        ),
        points_by_programme(message.balances),
        message.server_seq,
        message.epoch,
    )


def bill_answer_from_json(data: bytes) -> BillAnswer:
    """A backend's answer as stored; MessageError or ValueError when it is none."""
    return bill_answer_of(read_answer(data, WireBillAnswer))
