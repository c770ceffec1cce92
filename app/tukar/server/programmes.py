"""The shop's programme by version: what is in force now, and what was in force when a bill was sold."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text

from tukar.domain.programme import Programme
from tukar.domain.redemption import Refusal
from tukar.server import audit, shops
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.wire.message import Message
from tukar.wire.programme import programme_from_json, programme_json
from tukar.wire.strict import FileMistakesError

_READ: Final = text("SELECT body FROM programmes WHERE shop_id = :shop_id AND version = :version")
_INSERT: Final = text(
    "INSERT INTO programmes (shop_id, version, in_force_at, body) VALUES (:shop_id, :version, :at, :body)"
)
_TAKE_UP: Final = text("UPDATE shops SET programme_version = :version WHERE shop_id = :shop_id")
_IN_FORCE: Final = text(
    "SELECT MAX(version) AS version FROM programmes WHERE shop_id = :shop_id AND in_force_at <= :at"
)
_EXISTS: Final = text("SELECT in_force_at FROM programmes WHERE shop_id = :shop_id AND version = :version")
_NEXT: Final = text("SELECT MIN(in_force_at) AS at FROM programmes WHERE shop_id = :shop_id AND version > :version")


class RawProgramme(Message):
    """A programme in the form of ``tukar.wire.programme``, passed through whole."""

    programme: dict[str, Any]


class ProgrammeAnswer(Message):
    """The version that a programme got."""

    version: int


def body(call: Call, version: int) -> bytes | None:
    """The stored JSON of a version; None when there is no such version."""
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "version": version}).first()
    return None if row is None else row.body.encode()


def version(call: Call, number: int) -> Programme | None:
    """A programme as it was in that version, compiled once (``Books``)."""
    return call.equipment.books.programme(call, number)


def current(call: Call, shop: Shop) -> Programme:
    """The programme in force; an empty one where the shop has none yet."""
    found = version(call, shop.programme_version)
    return found if found is not None else Programme(version=0, currency=shop.currency)


def read(call: Call, _message: None) -> bytes:
    """The programme in force, as JSON of ``tukar.wire.programme``."""
    shop = shops.load(call)
    stored = body(call, shop.programme_version)
    if stored is not None:
        return stored
    return json.dumps(programme_json(Programme(version=0, currency=shop.currency)), ensure_ascii=False).encode()


def parsed(stored: bytes) -> Programme:
    return programme_from_json(json.loads(stored))


def put(call: Call, message: RawProgramme) -> ProgrammeAnswer:
    """A new version, see ``take_up``; Refused(BAD_REQUEST) naming every mistake when the file has some."""
    try:
        programme = programme_from_json(message.programme)
    except FileMistakesError as mistakes:
        raise Refused(Refusal.BAD_REQUEST, str(mistakes)) from None
    return ProgrammeAnswer(version=take_up(call, programme))


def take_up(call: Call, programme: Programme) -> int:
    """Puts a programme in force as the next version; the version it names does not count.

    One that is in force already keeps its version: a lost answer can be asked for again.
    """
    shop = shops.load(call)
    if programme == replace(current(call, shop), version=programme.version):
        return shop.programme_version
    number = shop.programme_version + 1
    raw = {**programme_json(programme), "version": number}
    values = {"shop_id": call.shop_id, "version": number, "at": call.at}
    call.db.execute(_INSERT, {**values, "body": json.dumps(raw, ensure_ascii=False)})
    call.db.execute(_TAKE_UP, {"shop_id": call.shop_id, "version": number})
    audit.record(call, "change_rules", str(number))
    return number


def in_force(call: Call, sold_at: datetime) -> int:
    """The version that counted at that moment; 0 where there was none."""
    at = sold_at.astimezone(call.now.tzinfo).isoformat(timespec="milliseconds")
    row = call.db.execute(_IN_FORCE, {"shop_id": call.shop_id, "at": at}).one()
    return int(row.version or 0)


def was_in_force(call: Call, number: int, sold_at: datetime, *, slack: float) -> bool:
    """Whether a bill sold then may have been reckoned by that version; ``slack`` seconds for tills to hear of it."""
    key = {"shop_id": call.shop_id, "version": number}
    if call.db.execute(_EXISTS, key).first() is None:
        return False
    replaced = call.db.execute(_NEXT, key).one().at
    return replaced is None or (sold_at - datetime.fromisoformat(replaced)).total_seconds() <= slack
