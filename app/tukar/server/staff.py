"""Staff and salespeople of the shop, and the credentials by which one member of staff answers for something."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import text

from tukar.domain.people import Role, Salesperson, StaffMember
from tukar.domain.redemption import Refusal
from tukar.server import audit, shops
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row
from tukar.wire.people import (
    WirePassword,
    WirePasswordAnswer,
    WireSalespeople,
    WireStaff,
    staff_member_of,
    wire_salesperson,
    wire_staff_member,
)
from tukar.wire.redemptions import WireApproval

WRONG_BEFORE_WAIT: Final = 5
WRONG_BEFORE_MANAGER: Final = 10
FIRST_WAIT_SECONDS: Final = 30.0

_ALL: Final = text("SELECT * FROM staff WHERE shop_id = :shop_id ORDER BY name, staff_id")
_ONE: Final = text("SELECT * FROM staff WHERE shop_id = :shop_id AND staff_id = :staff_id")
_PUT: Final = text(
    "INSERT INTO staff (shop_id, staff_id, name, role, pin_hash, password_hash, active)"
    " VALUES (:shop_id, :staff_id, :name, :role, :pin_hash, :password_hash, :active)"
    " ON CONFLICT (shop_id, staff_id) DO UPDATE SET name = excluded.name, role = excluded.role,"
    " pin_hash = excluded.pin_hash, password_hash = excluded.password_hash, active = excluded.active,"
    " failures = 0, locked_until_time = 0"
)
_SALESPEOPLE: Final = text(
    "SELECT salesperson_id, name FROM salespeople WHERE shop_id = :shop_id ORDER BY place, salesperson_id"
)
_DROP_SALESPEOPLE: Final = text("DELETE FROM salespeople WHERE shop_id = :shop_id")
_PUT_SALESPERSON: Final = text(
    "INSERT INTO salespeople (shop_id, salesperson_id, name, place) VALUES (:shop_id, :salesperson_id, :name, :place)"
)
_VERSION: Final = text("UPDATE shops SET staff_version = staff_version + 1 WHERE shop_id = :shop_id")
_FAILED: Final = text(
    "UPDATE staff SET failures = failures + 1, locked_until_time = :until"
    " WHERE shop_id = :shop_id AND staff_id = :staff_id"
)
_RIGHT: Final = text(
    "UPDATE staff SET failures = 0, locked_until_time = 0"
    " WHERE shop_id = :shop_id AND staff_id = :staff_id AND failures > 0"
)


def _member(row: Row) -> StaffMember:
    return StaffMember(row.staff_id, row.name, Role(row.role), row.pin_hash, row.password_hash, active=bool(row.active))


def member(call: Call, staff_id: str) -> StaffMember | None:
    """Whoever has that id, whether or not they may sign in."""
    row = call.db.execute(_ONE, {"shop_id": call.shop_id, "staff_id": staff_id}).first()
    return None if row is None else _member(row)


def name_of(call: Call, staff_id: str) -> str:
    """What somebody is called; their id where nobody of that id is known."""
    row = call.db.execute(_ONE, {"shop_id": call.shop_id, "staff_id": staff_id}).first()
    return row.name if row is not None else staff_id


def read(call: Call, _message: None) -> WireStaff:
    """Everybody, with hashes, so that a till can sign them in while the line is down."""
    version = shops.load(call).staff_version
    return WireStaff(version=version, staff=tuple(map(wire_staff_member, everybody(call))))


def everybody(call: Call) -> list[StaffMember]:
    """All of the staff, also who may not sign in any more."""
    return [_member(row) for row in call.db.execute(_ALL, {"shop_id": call.shop_id})]


def salespeople(call: Call, _message: None) -> WireSalespeople:
    version = shops.load(call).staff_version
    rows = call.db.execute(_SALESPEOPLE, {"shop_id": call.shop_id})
    people = tuple(wire_salesperson(Salesperson(row.salesperson_id, row.name)) for row in rows)
    return WireSalespeople(version=version, salespeople=people)


def sign_in(call: Call, message: WirePassword) -> WirePasswordAnswer:
    """Somebody whose password was found right begins a shift."""
    member = call.approver
    if member is None or member.staff_id != message.staff_id:
        raise Refused(Refusal.NOT_ALLOWED)
    audit.record(call, "sign_in", call.caller.till_id)
    return WirePasswordAnswer(staff_id=member.staff_id, name=member.name, role=member.role)


def let_in(call: Call, message: WireApproval) -> WirePasswordAnswer:
    """A manager lets somebody try again who typed wrong too often; never themselves. Says whom."""
    found = member(call, call.path["staff_id"])
    if found is None or not found.active or found.staff_id == message.staff_id:
        raise Refused(Refusal.NOT_ALLOWED, "nobody whom they may let in")
    right(call, found.staff_id)
    audit.record(call, "release_staff", found.staff_id, message.reason)
    return WirePasswordAnswer(staff_id=found.staff_id, name=found.name, role=found.role)


def put_all(call: Call, message: WireStaff) -> WireStaff:
    """Takes up these members of staff; those not named stay as they are."""
    put(call, [staff_member_of(member) for member in message.staff])
    return read(call, None)


def put(call: Call, members: Iterable[StaffMember]) -> None:
    for member in members:
        call.db.execute(
            _PUT,
            {
                "shop_id": call.shop_id,
                "staff_id": member.staff_id,
                "name": member.name,
                "role": str(member.role),
                "pin_hash": member.pin_hash,
                "password_hash": member.password_hash,
                "active": int(member.active),
            },
        )
        audit.record(call, "manage_staff", member.staff_id, str(member.role))
    call.db.execute(_VERSION, {"shop_id": call.shop_id})


def put_salespeople(call: Call, people: Sequence[Salesperson]) -> None:
    """The whole list, in its order."""
    call.db.execute(_DROP_SALESPEOPLE, {"shop_id": call.shop_id})
    for place, person in enumerate(people):
        values = {"salesperson_id": person.salesperson_id, "name": person.name, "place": place}
        call.db.execute(_PUT_SALESPERSON, {"shop_id": call.shop_id, **values})
    call.db.execute(_VERSION, {"shop_id": call.shop_id})


def replace_salespeople(call: Call, message: WireSalespeople) -> WireSalespeople:
    put_salespeople(call, [Salesperson(person.salesperson_id, person.name) for person in message.salespeople])
    return salespeople(call, None)


def to_check(call: Call, staff_id: str) -> StaffMember:
    """Whose credential is to be checked; Refused(TOO_MANY_REQUESTS) while they have to wait.

    Somebody unknown is checked too, against a hash that nothing fits, so that the time tells nothing.
    """
    row = call.db.execute(_ONE, {"shop_id": call.shop_id, "staff_id": staff_id}).first()
    if row is None:
        return StaffMember(staff_id, "", Role.CASHIER, active=False)
    if row.locked_until_time > call.time:
        raise Refused(Refusal.TOO_MANY_REQUESTS, wait=row.locked_until_time - call.time)
    return _member(row)


def wrong(call: Call, staff_id: str) -> None:
    """Counts a wrong PIN: from the fifth on a wait that doubles, from the tenth on until a manager helps."""
    key = {"shop_id": call.shop_id, "staff_id": staff_id}
    row = call.db.execute(_ONE, key).first()
    if row is None:
        return
    failures = row.failures + 1
    until = 0.0
    if failures >= WRONG_BEFORE_MANAGER:
        until = float("1e18")
        audit.record(call, "lock_staff", staff_id)
    elif failures >= WRONG_BEFORE_WAIT:
        until = call.time + FIRST_WAIT_SECONDS * 2 ** (failures - WRONG_BEFORE_WAIT)
    call.db.execute(_FAILED, {**key, "until": until})


def right(call: Call, staff_id: str) -> None:
    call.db.execute(_RIGHT, {"shop_id": call.shop_id, "staff_id": staff_id})
