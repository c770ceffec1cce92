"""What a bill takes of a hold: redemption.md, "Server", the column "bill arrives with a capture".

The server settles by its own figure. What a hold covers is debited; what it does not cover is SHORT: the merchant bears
it, and a manager sees an item. A capture never fails a bill.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from tukar.domain.points import MAX_POINTS_DIGITS, Points
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import Outcome, Part, PartResult
from tukar.domain.stored_value import is_value
from tukar.server import accounts, codes, limits, outbox, programmes, proofs, reviews, texts
from tukar.server import redemption_rows as rows
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.numbers import Reach
from tukar.server.outbox import CustomerMessage
from tukar.server.proofs import Granted
from tukar.server.redemption_rows import RowState
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row

_PARTS: Final = 10**MAX_POINTS_DIGITS
"""Of a whole point, in which the limits of an hour are counted."""

_CAPTURE: Final = text(
    "UPDATE redemptions SET state = 'captured', bill_id = :bill_id, captured = :captured, short = :short, late = :late"
    " WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)


@dataclass(frozen=True, slots=True)
class Capture:
    """One redemption of one bill: the account is locked, ``cost`` is the backend's own figure."""

    receipt: Receipt
    redemption: ReceiptRedemption
    account: Account
    cost: int
    shop: Shop
    reach: Reach | None
    aliases: frozenset[str]
    """All ids the customer has had."""

    @property
    def ref(self) -> str:
        return self.redemption.redemption_id

    @property
    def part(self) -> Part:
        return Part.PAYMENT if is_value(self.redemption.programme_id) else Part.REDEMPTION

    @property
    def entry(self) -> Entry:
        return Entry("redeem", self.ref, self.receipt.bill_id, str(self.receipt.number))


def settle(call: Call, capture: Capture) -> PartResult:
    """Takes the points of one redemption that a bill shows."""
    row = rows.find(call, capture.ref)
    if row is None or row.state == RowState.REFUSED:
        return _without_hold(call, capture, row)
    if row.state == RowState.VOIDED:
        return _refuse(call, capture, "the hold was cancelled")
    if row.bill_id != capture.receipt.bill_id or not _is_account_of(capture, row.member_id, row.programme_id):
        return _refuse(call, capture, "the hold is of another bill or account")
    if row.state == RowState.CAPTURED:
        return _result(capture, row.captured, row.short, is_late=bool(row.late))
    if call.caller.is_revoked and row.held_at >= call.caller.revoked_at:
        return _refuse(call, capture, "held after the till was revoked")
    return _from_hold(call, capture, row)


def without_customer(call: Call, redemption: ReceiptRedemption) -> PartResult:
    """Points that a bill shows and nobody's account can give."""
    reviews.add(call, "capture_refused", redemption.redemption_id, "points without a customer")
    return PartResult(
        Part.REDEMPTION,
        redemption.redemption_id,
        Outcome.REFUSED,
        redemption.programme_id,
        Points(0, redemption.points.digits),
        redemption.points,
        "no customer",
    )


def _is_account_of(capture: Capture, member_id: str, programme_id: str) -> bool:
    return member_id in capture.aliases and programme_id == capture.redemption.programme_id


def _from_hold(call: Call, capture: Capture, row: Row) -> PartResult:
    own = min(capture.cost, row.need)
    is_late = row.state == RowState.EXPIRED
    debited = min(own, capture.account.available) if is_late else own
    if is_late:
        accounts.debit(call, capture.account, debited, capture.entry)
    else:
        accounts.debit_held(call, capture.account, capture.ref, debited, capture.entry)
    result = _book(call, capture, debited, is_late=is_late)
    codes.end(call, row.challenge_id)
    if row.challenge_id and debited:
        _confirm(call, capture, debited)
    return result


def _without_hold(call: Call, capture: Capture, row: Row | None) -> PartResult:
    """No hold is known: the proof makes it again, or the offline setting allows it; else the merchant bears it."""
    _flag_approval(call, capture)
    granted = _proven(call, capture)
    if granted is not None:
        debited = min(capture.cost, granted.units, capture.account.available)
    elif _is_allowed_offline(call, capture):
        debited = min(capture.cost, capture.account.available)
    else:
        debited = 0
        reviews.add(
            call,
            "no_hold",
            capture.ref,
            f"{_number(capture)} took {_what(capture)} without a hold",
            capture.receipt.bill_id,
        )
    if debited:
        accounts.debit(call, capture.account, debited, capture.entry)
    if row is None:
        values = {
            "member_id": capture.account.member_id,
            "programme_id": capture.account.programme_id,
            "digits": capture.account.digits,
            "need": capture.redemption.points.units,
            "held_at": granted.at if granted is not None else "",
        }
        rows.insert(call, capture.ref, RowState.CAPTURED, values)
    return _book(call, capture, debited, is_late=True)


def _proven(call: Call, capture: Capture) -> Granted | None:
    granted = proofs.read(call, capture.redemption.proof)
    if granted is None or (granted.redemption_id, granted.bill_id) != (capture.ref, capture.receipt.bill_id):
        return None
    if not _is_account_of(capture, granted.member_id, granted.programme_id):
        return None
    if call.caller.is_revoked and granted.at >= call.caller.revoked_at:
        return None
    return granted


def _is_allowed_offline(call: Call, capture: Capture) -> bool:
    """Within the shop's setting for points without a backend, as counted here; off where it says nothing.

    What needs the customer's code goes without one only where somebody else is named, who is flagged.
    """
    settings = capture.shop.settings
    sort = programmes.current(call, capture.shop).account(capture.redemption.programme_id)
    if is_value(capture.redemption.programme_id) or sort is None:
        return False
    if sort.otp.asks_for(capture.redemption.points) and not capture.redemption.approver:
        return False
    parts = _in_parts(capture.redemption.points)
    if call.caller.is_revoked or parts > settings.offline_points_per_bill * _PARTS:
        return False
    counter = f"offline.{call.caller.till_id}"
    if limits.so_far(call, counter, limits.HOUR) + parts > settings.offline_points_per_hour * _PARTS:
        return False
    limits.count(call, counter, limits.HOUR, parts)
    return True


def _in_parts(points: Points) -> int:
    """Programmes with other digits are counted together."""
    return int(points.units * 10 ** (MAX_POINTS_DIGITS - points.digits))


def _flag_approval(call: Call, capture: Capture) -> None:
    """A word given while the backend could not be reached is only the till's word (security.md, "Rights")."""
    approver = capture.redemption.approver
    if approver:
        story = f"{_number(capture)}: {approver} allowed {_what(capture)} without the backend"
        reviews.add(call, "offline_approval", capture.ref, story, capture.receipt.bill_id)


def _book(call: Call, capture: Capture, debited: int, *, is_late: bool) -> PartResult:
    """Closes the row, with what the merchant bears."""
    short = capture.cost - debited
    key = {"shop_id": call.shop_id, "redemption_id": capture.ref, "bill_id": capture.receipt.bill_id}
    call.db.execute(_CAPTURE, {**key, "captured": debited, "short": short, "late": int(is_late)})
    if short:
        entry = Entry("short", capture.ref, capture.receipt.bill_id, str(capture.receipt.number))
        accounts.charge_merchant(call, capture.account.programme_id, capture.account.digits, -short, entry)
        story = f"{_number(capture)}: {capture.account.points(short)} of {_what(capture)} was given that was not there"
        reviews.add(call, "short", capture.ref, story, capture.receipt.bill_id)
    if capture.redemption.points.units != capture.cost:
        shown, cost = capture.redemption.points, _points(capture, capture.cost)
        story = f"{_number(capture)} shows {shown} {_what(capture)}, it costs {cost}"
        reviews.add(call, "other_cost", capture.ref, story, capture.receipt.bill_id)
    return _result(capture, debited, short, is_late=is_late)


def _result(capture: Capture, debited: int, short: int, *, is_late: bool) -> PartResult:
    is_as_shown = capture.redemption.points.units == capture.cost
    outcome = Outcome.SHORT if short else Outcome.DONE if is_as_shown else Outcome.FLAGGED
    return PartResult(
        capture.part,
        capture.ref,
        outcome,
        capture.redemption.programme_id,
        _points(capture, debited),
        _points(capture, short) if short else None,
        "late" if is_late else "",
    )


def _refuse(call: Call, capture: Capture, why: str) -> PartResult:
    reviews.add(
        call,
        "capture_refused",
        f"{capture.ref}.{capture.receipt.bill_id}",
        f"{_number(capture)}: {why}",
        capture.receipt.bill_id,
    )
    nothing, all_of_it = _points(capture, 0), _points(capture, capture.cost)
    programme_id = capture.redemption.programme_id
    return PartResult(capture.part, capture.ref, Outcome.REFUSED, programme_id, nothing, all_of_it, why)


def _what(capture: Capture) -> str:
    return "stored value" if capture.part is Part.PAYMENT else "points"


def _points(capture: Capture, units: int) -> Points:
    return Points(units, capture.account.digits)


def _number(capture: Capture) -> str:
    return f"Bill {capture.receipt.number}"


def _confirm(call: Call, capture: Capture, debited: int) -> None:
    """A second message tells the customer that points were used (security.md, "One-time code")."""
    if capture.reach is None:
        return
    words = texts.taken_message(
        capture.reach.language,
        points=_points(capture, debited).decimal(),
        left=_points(capture, capture.account.available).decimal(),
        shop=capture.shop.profile.name,
    )
    outbox.put(call, f"taken.{capture.ref}", CustomerMessage(capture.reach.mobile, words))
