"""Bills against ledger against balances: what differs, whose word counts, and the one safe thing to do about it.

Looking changes nothing, and nothing differing is the normal state. The bill is believed first, then the ledger, then
the balance, then what is made from them. Where one fault shows in several places, only the first of them is listed: its
repair mends the others. A repair looks again first, so that what is mended already is left alone.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from msgspec import structs
from sqlalchemy import text

from tukar.domain.oversight import DifferenceKind, DifferenceState, Repair
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.server import audit, doctor, members, rebuilding, refund_rows, refunds, repairs
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.server.storage.statements import Row
from tukar.wire.oversight import WireLedgerDifference, WireReconciliation, WireRepair

LISTED_AT_MOST: Final = 200
GAP_AFTER: Final = timedelta(hours=1)
"""A bill may still be on its way while later ones are there already."""

_K, _R = DifferenceKind, Repair
REPAIRS: Final[Mapping[DifferenceKind, Repair]] = {
    _K.BALANCE: _R.TAKE_LEDGER,
    _K.LOTS: _R.TAKE_BALANCE,
    _K.HELD: _R.RECOUNT_HOLDS,
    _K.HOLD_LEFT: _R.RELEASE_HOLD,
    _K.BILL_NOT_BOOKED: _R.BOOK_BILL,
    _K.BOOKED_NO_BILL: _R.ASK_TILL,
    _K.RECORDS: _R.REBUILD,
    _K.SUMMARY: _R.REBUILD,
    _K.NUMBER_MISSING: _R.ASK_TILL,
    _K.REFUND_LEFT: _R.GIVE_UP_REFUND,
}
_DIGITS: Final = text(
    "SELECT digits FROM accounts WHERE shop_id = :shop_id AND member_id = :member_id AND programme_id = :programme_id"
)
_REDEMPTION: Final = text("SELECT * FROM redemptions WHERE shop_id = :shop_id AND redemption_id = :redemption_id")
_BILL: Final = text(
    "SELECT bill_id, number, till_id, member_id, sold_at FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id"
)
_BOOKED: Final = text(
    "SELECT COALESCE(SUM(units), 0) AS units, MIN(till_id) AS till_id, MIN(receipt_number) AS number FROM ledger"
    " WHERE shop_id = :shop_id AND bill_id = :bill_id AND programme_id = :programme_id AND member_id <> ''"
)
_TILLS: Final = text(
    "SELECT till_id, till_epoch FROM tills WHERE shop_id = :shop_id AND kind = 'till' ORDER BY till_id"
)
_SERIES: Final = text(
    "SELECT COUNT(DISTINCT number) AS have, MAX(CAST(SUBSTR(number, :skip) AS INTEGER)) AS last FROM bills"
    " WHERE shop_id = :shop_id AND number >= :prefix AND number < :beyond AND stored_at < :before"
)
_NUMBERS: Final = text(
    "SELECT DISTINCT CAST(SUBSTR(number, :skip) AS INTEGER) AS n FROM bills"
    " WHERE shop_id = :shop_id AND number >= :prefix AND number < :beyond"
)
_OTHERS: Final = text("SELECT body FROM bill_copies WHERE shop_id = :shop_id AND till_id = :till_id")
"""What came under the id of a bill that was stored already: an item of its own, which tells its number."""
_ASKED: Final = text(
    "SELECT 1 FROM review_notes WHERE shop_id = :shop_id AND review_id = :review_id AND note_id = 'asked'"
)
_ASK: Final = text(
    "INSERT INTO review_notes (shop_id, review_id, note_id, at, by_id, state, note)"
    " VALUES (:shop_id, :review_id, 'asked', :at, :by_id, 'asked', '')"
    " ON CONFLICT (shop_id, review_id, note_id) DO NOTHING"
)


def compare(call: Call, _message: None) -> WireReconciliation:
    """Everything of the shop, compared."""
    checked = {**doctor.counts(call), "records": doctor.records(call)}
    return WireReconciliation(at=call.now, differences=tuple(_differences(call))[:LISTED_AT_MOST], checked=checked)


def repair(call: Call, _message: WireRepair) -> WireLedgerDifference:
    """Does the one safe thing about a difference that is still there."""
    difference_id = call.path["difference_id"]
    found = next((one for one in _differences(call) if one.difference_id == difference_id), None)
    if found is None:
        return _mended(difference_id)
    if found.repair is Repair.ASK_TILL:
        values = {"shop_id": call.shop_id, "review_id": difference_id, "at": call.at}
        call.db.execute(_ASK, {**values, "by_id": call.manager.staff_id if call.manager is not None else ""})
        state = DifferenceState.ASKED
    else:
        _DO[found.kind](call, found)
        state = DifferenceState.REPAIRED
    audit.record(call, f"repair_{found.kind.value}", difference_id, found.repair.value)
    return _with_state(found, state)


def _mended(difference_id: str) -> WireLedgerDifference:
    name, _, ref = difference_id.partition(".")
    try:
        kind = DifferenceKind(name)
    except ValueError:
        raise Refused(Refusal.BAD_REQUEST, "no such difference") from None
    return WireLedgerDifference(
        difference_id=difference_id, kind=kind, repair=REPAIRS[kind], state=DifferenceState.REPAIRED, ref=ref
    )


def _with_state(found: WireLedgerDifference, state: DifferenceState) -> WireLedgerDifference:
    return structs.replace(found, state=state)


@dataclass(frozen=True, slots=True)
class _About:
    """What a difference is about; figures in units of the programme."""

    programme_id: str = ""
    member_id: str = ""
    expected: int | None = None
    found: int | None = None
    bill_id: str = ""
    number: str = ""
    till_id: str = ""
    since: str = ""


# What differs


def _differences(call: Call) -> Iterable[WireLedgerDifference]:
    found: list[WireLedgerDifference] = []
    spoken_for: set[tuple[str, str]] = set()
    for one in _of_bills(call):
        spoken_for.add((one.member_id, one.programme_id))
        found.append(one)
    for kind, make in _CHECKED:
        for row in doctor.found(call, kind):
            one = make(call, kind, row)
            account = (one.member_id, one.programme_id)
            if kind in (DifferenceKind.BALANCE, DifferenceKind.LOTS):
                if account in spoken_for:
                    continue
                spoken_for.add(account)
            found.append(one)
    yield from {one.difference_id: one for one in found}.values()
    yield from _gaps(call)
    yield from _refunds_left(call)


def _of_bills(call: Call) -> Iterable[WireLedgerDifference]:
    """Bills whose records and ledger differ: what the bill was answered tells which of them is wrong."""
    seen: set[str] = set()
    for row in doctor.found(call, DifferenceKind.RECORDS):
        bill_id, _, programme_id = row.ref.rpartition("/")
        if row.ref in seen:
            continue
        seen.add(row.ref)
        key = {"shop_id": call.shop_id, "bill_id": bill_id}
        bill = call.db.execute(_BILL, key).first()
        booked = call.db.execute(_BOOKED, {**key, "programme_id": programme_id}).one()
        answered = rebuilding.moved_by(call, bill_id).get(programme_id, 0)
        if bill is None:
            yield _make(
                call,
                DifferenceKind.BOOKED_NO_BILL,
                row.ref,
                _About(
                    programme_id=programme_id,
                    expected=0,
                    found=int(booked.units),
                    bill_id=bill_id,
                    number=booked.number or "",
                    till_id=booked.till_id or "",
                ),
            )
            continue
        kind = DifferenceKind.RECORDS if int(booked.units) == answered else DifferenceKind.BILL_NOT_BOOKED
        yield _make(
            call,
            kind,
            row.ref,
            _About(
                programme_id=programme_id,
                expected=answered,
                found=int(booked.units) if kind is DifferenceKind.BILL_NOT_BOOKED else int(row.b),
                bill_id=bill_id,
                number=bill.number,
                till_id=bill.till_id,
                member_id=bill.member_id,
                since=bill.sold_at,
            ),
        )


def _of_account(call: Call, kind: DifferenceKind, row: Row) -> WireLedgerDifference:
    member_id, _, programme_id = row.ref.rpartition("/")
    expected, found = (int(row.b), int(row.a)) if kind is DifferenceKind.LOTS else (int(row.a), int(row.b))
    return _make(
        call, kind, row.ref, _About(programme_id=programme_id, member_id=member_id, expected=expected, found=found)
    )


def _of_hold(call: Call, kind: DifferenceKind, row: Row) -> WireLedgerDifference:
    hold = call.db.execute(_REDEMPTION, {"shop_id": call.shop_id, "redemption_id": row.ref}).one()
    return _make(
        call,
        kind,
        row.ref,
        _About(
            programme_id=hold.programme_id,
            member_id=hold.member_id,
            expected=0,
            found=hold.need,
            bill_id=hold.bill_id,
            till_id=hold.till_id,
            since=hold.held_at,
        ),
    )


def _of_day(call: Call, kind: DifferenceKind, row: Row) -> WireLedgerDifference:
    return _make(call, kind, row.ref, _About())


_Make = Callable[[Call, DifferenceKind, Row], WireLedgerDifference]
_CHECKED: Final[tuple[tuple[DifferenceKind, _Make], ...]] = (
    (_K.BALANCE, _of_account),
    (_K.LOTS, _of_account),
    (_K.HELD, _of_account),
    (_K.HOLD_LEFT, _of_hold),
    (_K.SUMMARY, _of_day),
)


def _gaps(call: Call) -> Iterable[WireLedgerDifference]:
    """Numbers that later bills of the same series have passed."""
    before = (call.now - GAP_AFTER).isoformat(timespec="milliseconds")
    for till in call.db.execute(_TILLS, {"shop_id": call.shop_id}).all():
        for epoch in range(1, till.till_epoch + 1):
            prefix = f"{call.shop_id}-{till.till_id}-{epoch}-"
            values = {"shop_id": call.shop_id, "prefix": prefix, "beyond": f"{prefix}:", "skip": len(prefix) + 1}
            series = call.db.execute(_SERIES, {**values, "before": before}).one()
            if not series.last or series.have == series.last:
                continue
            copies = call.db.execute(_OTHERS, {"shop_id": call.shop_id, "till_id": till.till_id}).scalars()
            there = {f"{prefix}{n}" for n in call.db.execute(_NUMBERS, values).scalars()}
            there.update(json.loads(body)["number"] for body in copies)
            for number in (f"{prefix}{n}" for n in range(1, series.last)):
                if number not in there:
                    yield _make(
                        call, DifferenceKind.NUMBER_MISSING, number, _About(number=number, till_id=till.till_id)
                    )


def _refunds_left(call: Call) -> Iterable[WireLedgerDifference]:
    """Goods that a till agreed to take back, which nobody has ended since."""
    for row in refund_rows.left(call):
        about = _About(bill_id=row.bill_id, number=row.number, till_id=row.till_id, member_id=row.member_id)
        yield _make(call, DifferenceKind.REFUND_LEFT, row.refund_id, about)


def _make(call: Call, kind: DifferenceKind, ref: str, about: _About) -> WireLedgerDifference:
    difference_id = f"{kind.value}.{ref.replace('/', ':')}"[:200]
    asked = call.db.execute(_ASKED, {"shop_id": call.shop_id, "review_id": difference_id}).first()
    member = members.find_row(call, about.member_id) if about.member_id else None
    digits = _digits(call, about.member_id, about.programme_id)
    return WireLedgerDifference(
        difference_id=difference_id,
        kind=kind,
        repair=REPAIRS[kind],
        state=DifferenceState.OPEN if asked is None else DifferenceState.ASKED,
        ref=ref,
        expected=None if about.expected is None else Points(about.expected, digits).decimal(),
        found=None if about.found is None else Points(about.found, digits).decimal(),
        programme_id=about.programme_id,
        bill_id=about.bill_id,
        number=about.number,
        till_id=about.till_id,
        member_id=about.member_id,
        customer_name=member.name if member is not None else "",
        masked_mobile=member.mobile_mask if member is not None else "",
        since=datetime.fromisoformat(about.since) if about.since else None,
    )


def _digits(call: Call, member_id: str, programme_id: str) -> int:
    values = {"shop_id": call.shop_id, "member_id": member_id, "programme_id": programme_id}
    row = call.db.execute(_DIGITS, values).first()
    return row.digits if row is not None else 0


# What is done about it


def _book(call: Call, found: WireLedgerDifference) -> None:
    answered = rebuilding.moved_by(call, found.bill_id).get(found.programme_id, 0)
    repairs.book_bill(call, found.bill_id, found.member_id, found.programme_id, answered)


_DO: Final[Mapping[DifferenceKind, Callable[[Call, WireLedgerDifference], None]]] = {
    _K.BALANCE: lambda call, found: repairs.take_ledger(call, found.member_id, found.programme_id),
    _K.LOTS: lambda call, found: repairs.take_balance(call, found.member_id, found.programme_id),
    _K.HELD: lambda call, found: repairs.recount_holds(call, found.member_id, found.programme_id),
    _K.HOLD_LEFT: lambda call, found: repairs.release(call, found.member_id, found.programme_id),
    _K.BILL_NOT_BOOKED: _book,
    _K.RECORDS: lambda call, found: rebuilding.rebuild_bill(call, found.bill_id),
    _K.SUMMARY: lambda call, found: rebuilding.rebuild_day(call, found.ref),
    _K.REFUND_LEFT: lambda call, found: refunds.give_up(call, found.ref),
}
