"""Who calls: tokens of tills, channels and the operator; enrolment by a ten-minute code; revocation.

A token is ``kind.shop.name.serial.MAC``: nothing of it is stored, so a lost answer can be asked for again, and a higher
serial in the row makes all earlier tokens of that till worthless (security.md, "Till").
"""

from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server import audit, limits, shops
from tukar.server.call import Call, Caller, CallerKind, stored_moment
from tukar.server.keys import Keys, decoded
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row, Statements
from tukar.wire.redemptions import WireApproval, WireRefusal
from tukar.wire.shop import (
    WireEnrolmentCode,
    WireNewTill,
    WireTillEnrolment,
    WireTillEpoch,
    WireTillEpochAnswer,
    WireTillToken,
)

CODE_LETTERS: Final = 8
CODE_SECONDS: Final = 600.0
WRONG_CODES_AT_MOST: Final = 20
"""For the whole backend and hour: eight letters of 31 leave no hope within that."""
SEEN_EVERY: Final = timedelta(hours=1)
"""How often it is written down that a till is alive: after a restore we wait for those that are."""
TOKEN_PARTS: Final = 5
PUBLIC_KEY_BYTES: Final = 32

_TILL: Final = text("SELECT * FROM tills WHERE shop_id = :shop_id AND till_id = :till_id")
_WHO: Final = text(
    "SELECT kind, serial, till_epoch, revoked_at, last_seen_at, audit_head FROM tills"
    " WHERE shop_id = :shop_id AND till_id = :till_id"
)
_ADD_TILL: Final = text(
    "INSERT INTO tills (shop_id, till_id, kind) VALUES (:shop_id, :till_id, :kind)"
    " ON CONFLICT (shop_id, till_id) DO NOTHING"
)
_ADD_CODE: Final = text(
    "INSERT INTO enrolment_codes (code_mac, shop_id, till_id, expires_time)"
    " VALUES (:code_mac, :shop_id, :till_id, :expires_time)"
    " ON CONFLICT (code_mac) DO UPDATE SET expires_time = excluded.expires_time, device_id = ''"
)
_CODE: Final = text("SELECT * FROM enrolment_codes WHERE code_mac = :code_mac")
_USE_CODE: Final = text(
    "UPDATE enrolment_codes SET device_id = :device_id WHERE code_mac = :code_mac AND device_id = ''"
)
_ENROL: Final = text(
    "UPDATE tills SET state = 'active', device_id = :device_id, public_key = :public_key, name = :name,"
    " serial = serial + 1, till_epoch = till_epoch + :new_series, revoked_at = '', last_seen_at = :at"
    " WHERE shop_id = :shop_id AND till_id = :till_id"
)
_REVOKE: Final = text(
    "UPDATE tills SET state = 'revoked', revoked_at = :at"
    " WHERE shop_id = :shop_id AND till_id = :till_id AND state = 'active'"
)
_SEEN: Final = text("UPDATE tills SET last_seen_at = :at WHERE shop_id = :shop_id AND till_id = :till_id")
_NEW_SERIES: Final = text(
    "UPDATE tills SET till_epoch = till_epoch + 1"
    " WHERE shop_id = :shop_id AND till_id = :till_id AND till_epoch = :after"
)


def token(keys: Keys, kind: CallerKind, shop_id: str, name: str, serial: int) -> str:
    body = f"{kind}.{shop_id}.{name}.{serial}"
    return f"{body}.{keys.mac('token', body)}"


def operator_token(keys: Keys, shop_id: str) -> str:
    """For the people who run the backend; it lies in an owner-only file beside the root key."""
    return token(keys, CallerKind.OPERATOR, shop_id, "operator", 1)


def identify(db: Statements, keys: Keys, now: datetime, given: str) -> Caller:
    """Who the token belongs to. Refused(NOT_SIGNED_IN) unless it is genuine and its till is still enrolled."""
    parts = given.split(".")
    if len(parts) != TOKEN_PARTS or not keys.is_mac(parts[4], "token", ".".join(parts[:4])):
        raise Refused(Refusal.NOT_SIGNED_IN)
    kind, shop_id, name, serial, _ = parts
    if kind == CallerKind.OPERATOR:
        return Caller(CallerKind.OPERATOR, shop_id)
    row = db.execute(_WHO, {"shop_id": shop_id, "till_id": name}).first()
    if row is None or str(row.serial) != serial or row.kind != kind:
        raise Refused(Refusal.NOT_SIGNED_IN)
    if row.last_seen_at < stored_moment(now - SEEN_EVERY):
        db.execute(_SEEN, {"shop_id": shop_id, "till_id": name, "at": stored_moment(now)})
    return Caller(CallerKind(kind), shop_id, name, row.till_epoch, row.revoked_at, row.audit_head)


def is_signed(db: Statements, caller: Caller, body: bytes, signature: str) -> bool:
    """Whether the body carries the Ed25519 signature of the till's own key."""
    row = db.execute(_TILL, {"shop_id": caller.shop_id, "till_id": caller.till_id}).first()
    if row is None or not signature:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(_key_bytes(row.public_key)).verify(decoded(signature), body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_bytes(public_key: str) -> bytes:
    return decoded(public_key.replace("+", "-").replace("/", "_").rstrip("="))


def enrol(call: Call, message: WireTillEnrolment) -> WireTillToken | WireRefusal:
    """Makes a device a till, or a channel; the same device with the same key gets the same answer again.

    Wrong codes are counted, so this refusal is returned and not raised.
    """
    limits.demand(call, "enrolment", limits.HOUR, WRONG_CODES_AT_MOST, Refusal.TOO_MANY_REQUESTS)
    mac = call.equipment.keys.mac("enrolment", message.code.upper().replace("-", ""))
    code = call.db.execute(_CODE, {"code_mac": mac}).first()
    device_id = call.path["device_id"]
    if code is None or code.expires_time <= call.time or code.device_id not in ("", device_id):
        limits.count(call, "enrolment", limits.HOUR)
        return WireRefusal(refusal=Refusal.ENROLMENT_CODE)
    _check_key(message.public_key)
    key = {"shop_id": code.shop_id, "till_id": code.till_id}
    if call.db.execute(_USE_CODE, {"code_mac": mac, "device_id": device_id}).rowcount:
        _take_in(call, key, device_id, message)
    row = call.db.execute(_TILL, key).one()
    if (row.device_id, row.public_key) != (device_id, message.public_key):
        raise Refused(Refusal.ENROLMENT_CODE, "the code was used with another key")
    return _token_of(call, row)


def _check_key(public_key: str) -> None:
    try:
        data = _key_bytes(public_key)
    except ValueError:
        data = b""
    if len(data) != PUBLIC_KEY_BYTES:
        raise Refused(Refusal.BAD_REQUEST, "not an Ed25519 public key")


def _take_in(call: Call, key: dict[str, str], device_id: str, message: WireTillEnrolment) -> None:
    before = call.db.execute(_TILL, key).one()
    values = {"device_id": device_id, "public_key": message.public_key, "name": message.name, "at": call.at}
    call.db.execute(_ENROL, {**key, **values, "new_series": int(before.serial > 0)})
    audit.record(_of_shop(call, key["shop_id"]), "enrol_till", key["till_id"], message.name)


def _of_shop(call: Call, shop_id: str) -> Call:
    caller = Caller(CallerKind.NOBODY, shop_id)
    return Call(call.db, call.time, call.now, caller, call.equipment, call.path, call.query, call.approver)


def _token_of(call: Call, row: Row) -> WireTillToken:
    return WireTillToken(
        token=token(call.equipment.keys, CallerKind(row.kind), row.shop_id, row.till_id, row.serial),
        till_id=row.till_id,
        till_epoch=row.till_epoch,
        shop=shops.load(_of_shop(call, row.shop_id)).told(call.now),
    )


def new_code(call: Call, message: WireNewTill) -> WireEnrolmentCode:
    """A code that makes one device the till named in the address; a till of that name is replaced by it."""
    kind = CallerKind.CHANNEL if message.channel else CallerKind.TILL
    code = call.equipment.chance.letters(CODE_LETTERS)
    allow(call, call.path["till_id"], code, kind, CODE_SECONDS)
    audit.record(call, "new_enrolment_code", call.path["till_id"])
    return WireEnrolmentCode(code=f"{code[:4]}-{code[4:]}", expires_in=CODE_SECONDS)


def allow(call: Call, till_id: str, code: str, kind: CallerKind, seconds: float) -> None:
    """Lets one device enrol as ``till_id`` with that code, for so long."""
    key = {"shop_id": call.shop_id, "till_id": till_id}
    call.db.execute(_ADD_TILL, {**key, "kind": str(kind)})
    mac = call.equipment.keys.mac("enrolment", code.upper().replace("-", ""))
    call.db.execute(_ADD_CODE, {**key, "code_mac": mac, "expires_time": call.time + seconds})


def revoke(call: Call, message: WireApproval) -> WireTillEpochAnswer:
    """A till may no longer quote, hold or read; its signed bills are taken for 35 days more."""
    key = {"shop_id": call.shop_id, "till_id": call.path["till_id"]}
    if call.db.execute(_REVOKE, {**key, "at": call.at}).rowcount:
        audit.record(call, "revoke_till", key["till_id"], message.reason)
    row = call.db.execute(_TILL, key).first()
    if row is None:
        raise Refused(Refusal.BAD_REQUEST, "no such till")
    return WireTillEpochAnswer(till_epoch=row.till_epoch)


def new_series(call: Call, message: WireTillEpoch) -> WireTillEpochAnswer:
    """A new series of numbers for the calling till; asked again it is the same one."""
    key = {"shop_id": call.shop_id, "till_id": call.caller.till_id}
    if call.db.execute(_NEW_SERIES, {**key, "after": message.after}).rowcount:
        audit.record(call, "new_till_epoch", call.caller.till_id, str(message.after + 1))
    return WireTillEpochAnswer(till_epoch=call.db.execute(_TILL, key).one().till_epoch)


def till_row(call: Call, till_id: str) -> Row | None:
    """The row of a till of the caller's shop."""
    return call.db.execute(_TILL, {"shop_id": call.shop_id, "till_id": till_id}).first()
