"""Holds: the table of redemption.md, "Server", row by row.

A repeated id gets the stored answer, refusals included; the same id for something else is 409. A void of an id nobody
knows leaves a tombstone, so that a hold which arrives late reserves nothing. Accounts are locked first, then the
challenge, then the redemption.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.people import Action, LoyaltyAccount, Right
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill
from tukar.domain.programme import Programme
from tukar.domain.redemption import HOLD_AT_MOST_SECONDS, HOLD_SECONDS, HoldState, Refusal
from tukar.server import (
    accounts,
    audit,
    codes,
    members,
    programmes,
    proofs,
    reckoning,
    shops,
    staff,
    uses,
)
from tukar.server import (
    redemption_rows as rows,
)
from tukar.server.accounts import Account
from tukar.server.call import Call, Versions
from tukar.server.redemption_rows import RowState
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.amounts import points_of
from tukar.wire.message import read_answer, write
from tukar.wire.people import WireAccount, WireMember, wire_account
from tukar.wire.redemptions import (
    WireApproval,
    WireExtension,
    WireHold,
    WireHoldAnswer,
    WireRefusal,
    WireRelease,
)

_EXTEND: Final = text(
    "UPDATE redemptions SET expires_time = :expires WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)
_LIVE: Final = text(
    "SELECT redemption_id FROM redemptions WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND programme_id = '' AND state = 'held'"
)
_OWN: Final = text(
    "SELECT programme_id, need FROM redemptions WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND member_id = :member_id AND programme_id <> '' AND state = 'held' ORDER BY programme_id"
)


def _fingerprint(call: Call, message: WireHold) -> str:
    """Of what the id stands for. The account is compared apart, because members merge."""
    parts = [
        message.basket.bill_id,
        message.programme_id,
        message.need,
        message.ceiling,
        write(message.basket.claims).decode(),
        message.challenge_id,
        call.caller.till_id,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def answer_of(call: Call, row: Row) -> WireHoldAnswer:
    """How a redemption stands now."""
    is_held = row.state == RowState.HELD
    units = row.captured if row.state == RowState.CAPTURED else row.need
    return WireHoldAnswer(
        redemption_id=row.redemption_id,
        state=HoldState(row.state),
        points=Points(units, row.digits).decimal(),
        ttl=max(0.0, row.expires_time - call.time) if is_held else 0.0,
        proof=row.proof if is_held else "",
    )


def runs_out(call: Call, held_time: float) -> float:
    """When a hold asked for now ends that has stood since ``held_time``, both in seconds of the backend's clock."""
    return min(call.time + HOLD_SECONDS, held_time + HOLD_AT_MOST_SECONDS)


def stands(call: Call, redemption_id: str, need: Points, expires: float, proof: str) -> WireHoldAnswer:
    """The answer to whoever holds ``need`` until ``expires``."""
    return WireHoldAnswer(
        redemption_id=redemption_id, state=HoldState.HELD, points=need.decimal(), ttl=expires - call.time, proof=proof
    )


def read(call: Call, _message: None) -> WireHoldAnswer:
    """Where a redemption stands. Refused(UNKNOWN_REDEMPTION) for an id nobody knows, or one that was refused."""
    redemption_id = call.path["redemption_id"]
    _, row = rows.account_and_row(call, redemption_id)
    if row is None or row.state == RowState.REFUSED:
        raise Refused(Refusal.UNKNOWN_REDEMPTION)
    return answer_of(call, row)


@dataclass(frozen=True, slots=True)
class _Ask:
    """A hold that was understood: whose, of what, how much, and the hold it takes the place of.

    Without an account it claims limits, coupons and stored value only; without a member nobody's own.
    """

    redemption_id: str
    shop: Shop
    account: Account | None
    member: Row | None
    need: Points
    replaced: Row | None

    @property
    def versions(self) -> Versions:
        """What it is reckoned with: those in force."""
        return Versions(self.shop.programme_version, self.shop.catalogue_version)

    @property
    def member_id(self) -> str:
        return self.member.member_id if self.member is not None else ""


def hold(call: Call, message: WireHold) -> WireHoldAnswer | WireRefusal:
    """Reserves points and what the bill uses of limits; the code comes first, then the balance, then the bill."""
    redemption_id = call.path["redemption_id"]
    shop = shops.load(call)
    member = members.required(call, message.member_id) if message.member_id else None
    need = points_of(message.need)
    account = _account(call, shop, message, member, need)
    member_id = member.member_id if member is not None else ""
    known = _known(call, message, redemption_id, member_id)
    if known is not None:
        return known
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    if message.challenge_id:
        checked = codes.check(call, message, member_id, need)
        if checked.refusal is not None:
            return checked.refusal
    ask = _Ask(redemption_id, shop, account, member, need, _replaced(call, message, member_id))
    try:
        grantable = _demand_grantable(call, message, ask, is_confirmed=bool(message.challenge_id))
    except Refused as refused:
        return _keep_refusal(call, message, ask, refused.refusal)
    return _grant(call, message, ask, grantable)


def _account(call: Call, shop: Shop, message: WireHold, member: Row | None, need: Points) -> Account | None:
    """The account that points are asked of, locked; None where none are asked for."""
    if not message.programme_id:
        if need.units or message.challenge_id:
            raise Refused(Refusal.BAD_REQUEST, "points of no programme")
        rows.let_run_out(call, message.basket.bill_id)
        return None
    if member is None:
        raise Refused(Refusal.BAD_REQUEST, "points are a customer's")
    sort = programmes.current(call, shop).account(message.programme_id)
    if sort is None:
        raise Refused(Refusal.RULES_CHANGED, "no such programme")
    if need.digits != sort.digits or need.units <= 0:
        raise Refused(Refusal.BAD_REQUEST, "not a number of this programme's points")
    return accounts.lock(call, member.member_id, message.programme_id, sort.digits, shop.today(call.now))


def _known(call: Call, message: WireHold, redemption_id: str, member_id: str) -> WireHoldAnswer | WireRefusal | None:
    row = rows.find(call, redemption_id)
    if row is None:
        return None
    if row.fingerprint and (row.fingerprint != _fingerprint(call, message) or not _is_of(call, row, member_id)):
        raise Refused(Refusal.ID_REUSED)
    if row.state == RowState.REFUSED:
        return read_answer(row.answer.encode(), WireRefusal)
    if row.state == RowState.CAPTURED and not row.fingerprint:
        # Its bill made the row: whether this is what its till once asked for nobody can say any more.
        raise Refused(Refusal.CAPTURED)
    return answer_of(call, row)


def _is_of(call: Call, row: Row, member_id: str) -> bool:
    """Whether a redemption is of that member, by whichever of their names."""
    if not row.member_id or row.member_id == member_id:
        return bool(row.member_id == member_id)
    owner = members.find_row(call, row.member_id)
    return owner is not None and owner.member_id == member_id


def _replaced(call: Call, message: WireHold, member_id: str) -> Row | None:
    """The live hold that this one takes the place of; one that is gone already replaces nothing."""
    if not message.replaces:
        return None
    row = rows.find(call, message.replaces)
    if row is None or row.state != RowState.HELD:
        return None
    if (row.member_id, row.programme_id) != (member_id, message.programme_id):
        raise Refused(Refusal.BAD_REQUEST, "a hold is replaced on its own account")
    if row.bill_id != message.basket.bill_id:
        raise Refused(Refusal.BAD_REQUEST, "a hold is replaced on its own bill")
    return row


@dataclass(frozen=True, slots=True)
class _Grantable:
    """What may be held: the bill as it was reckoned, what it came to, and the customer it was reckoned with."""

    customer: WireAccount | None
    bill: Bill
    versions: Versions
    priced: PricedBill


def _demand_grantable(call: Call, message: WireHold, ask: _Ask, *, is_confirmed: bool) -> _Grantable:
    """Raises the refusal that stands in the way."""
    _demand_room(call, message, ask)
    if message.programme_version != ask.shop.programme_version:
        raise Refused(Refusal.RULES_CHANGED)
    programme = programmes.current(call, ask.shop)
    customer = _customer(call, message, ask, programme)
    bill = reckoning.basket_bill(call, ask.shop, message.basket, customer)
    priced = reckoning.reckon_to_hold(call, ask.shop, bill, ask.versions)
    _demand_as_reckoned(call, message, ask, programme, priced)
    sort = programme.account(message.programme_id)
    if sort is not None and sort.approval.asks_for(_taken_off(priced, message.programme_id)):
        _demand_approval(call, message.approver)
    if not is_confirmed and sort is not None and sort.otp.asks_for(ask.need):
        raise Refused(Refusal.CODE_NEEDED)
    return _Grantable(wire_account(customer) if customer is not None else None, bill, ask.versions, priced)


def _demand_room(call: Call, message: WireHold, ask: _Ask) -> None:
    """One live hold for a bill and account, and points enough once the replaced one has gone."""
    if ask.account is None:
        key = {"shop_id": call.shop_id, "bill_id": message.basket.bill_id}
        live = set(call.db.execute(_LIVE, key).scalars())
    else:
        live = {one.redemption_id for one in ask.account.live if one.bill_id == message.basket.bill_id}
    if live - {message.replaces}:
        raise Refused(Refusal.ALREADY_HELD)
    if ask.account is not None:
        spendable = ask.account.available + (ask.replaced.need if ask.replaced is not None else 0)
        if ask.need.units > spendable:
            raise Refused(Refusal.INSUFFICIENT, points=ask.account.points(spendable))


def _customer(call: Call, message: WireHold, ask: _Ask, programme: Programme) -> LoyaltyAccount | None:
    if ask.member is None:
        return None
    locked = {ask.account.programme_id: ask.account} if ask.account is not None else {}
    customer = members.reckoned_with(call, ask.shop, programme, ask.member, locked)
    if any(balance.held for balance in customer.balances):
        # What this bill holds already is still the customer's to spend on it.
        key = {"shop_id": call.shop_id, "member_id": ask.member_id, "bill_id": message.basket.bill_id}
        for own in call.db.execute(_OWN, key).all():
            customer = reckoning.with_points(customer, own.programme_id, own.need)
    return customer


def _demand_as_reckoned(call: Call, message: WireHold, ask: _Ask, programme: Programme, priced: PricedBill) -> None:
    """The till reckons as we do; where it does not because others were first, we say what is used up."""
    cost = priced.spent_of(message.programme_id)
    total = None if message.total is None else ask.shop.currency.money(message.total)
    is_total_same = total is None or total == priced.total
    is_cost_same = cost == ask.need if ask.account is not None else bool(uses.contended(programme, priced))
    if is_cost_same and is_total_same:
        return
    first = reckoning.reckon(call, ask.shop, priced.bill, ask.versions, call.now, uses.View.FIRST)
    used_up = uses.used_up(programme, priced, first)
    if used_up:
        raise Refused(Refusal.USED_UP, rules=used_up)
    if not is_cost_same:
        raise Refused(Refusal.NOT_ELIGIBLE, points=cost)
    raise Refused(Refusal.RULES_CHANGED, f"comes to {priced.total.decimal()}, not {message.total}")


def _taken_off(priced: PricedBill, programme_id: str) -> Money:
    """What points of an account take off the whole bill."""
    return priced.bill.currency.total(one.amount for one in priced.applied if one.programme_id == programme_id)


def _demand_approval(call: Call, approver: str) -> None:
    """Somebody who may give discounts has said yes; who it was is the till's word, as for every approval at a till."""
    member = staff.member(call, approver) if approver else None
    if member is None or not member.active or member.right(Action.DISCOUNT_BILL) is not Right.ALLOWED:
        raise Refused(Refusal.NOT_ALLOWED, "a second person's approval is needed")


def _keep_refusal(call: Call, message: WireHold, ask: _Ask, refusal: WireRefusal) -> WireRefusal:
    """The same id will be refused again, whatever has changed meanwhile."""
    rows.insert(
        call,
        ask.redemption_id,
        RowState.REFUSED,
        {
            "fingerprint": _fingerprint(call, message),
            "bill_id": message.basket.bill_id,
            "member_id": ask.member_id,
            "programme_id": message.programme_id,
            "challenge_id": message.challenge_id,
            "digits": ask.need.digits,
            "need": ask.need.units,
            "answer": write(refusal).decode(),
        },
    )
    return refusal


def _grant(call: Call, message: WireHold, ask: _Ask, grantable: _Grantable) -> WireHoldAnswer:
    held_time = call.time
    if ask.replaced is not None:
        held_time = ask.replaced.held_time
        if ask.account is not None:
            accounts.release(call, ask.account, ask.replaced.redemption_id)
        rows.move(call, ask.replaced.redemption_id, RowState.VOIDED)
    if ask.account is not None:
        accounts.pin(call, ask.account, ask.redemption_id, ask.need.units)
    proof = proofs.make(
        call,
        proofs.Granted(
            redemption_id=ask.redemption_id,
            bill_id=message.basket.bill_id,
            member_id=ask.member_id,
            programme_id=message.programme_id,
            units=ask.need.units,
            digits=ask.need.digits,
            claims=proofs.claims_digest(message.basket.claims),
            programme_version=ask.shop.programme_version,
            catalogue_version=ask.shop.catalogue_version,
            till_id=call.caller.till_id,
            at=call.at,
        ),
    )
    expires = runs_out(call, held_time)
    rows.insert(
        call,
        ask.redemption_id,
        RowState.HELD,
        {
            "fingerprint": _fingerprint(call, message),
            "bill_id": message.basket.bill_id,
            "member_id": ask.member_id,
            "programme_id": message.programme_id,
            "challenge_id": message.challenge_id,
            "digits": ask.need.digits,
            "need": ask.need.units,
            "programme_version": ask.shop.programme_version,
            "catalogue_version": ask.shop.catalogue_version,
            "held_time": held_time,
            "expires_time": expires,
            "held_at": call.at,
            "account": write(grantable.customer).decode() if grantable.customer is not None else "",
            "proof": proof,
        },
    )
    reckoning.keep_held(call, ask.redemption_id, grantable.bill, grantable.versions, grantable.priced)
    uses.claim(call, ask.redemption_id, programmes.current(call, ask.shop), grantable.priced)
    codes.use(call, message.challenge_id)
    return stands(call, ask.redemption_id, ask.need, expires, proof)


def extend(call: Call, _message: WireExtension) -> WireHoldAnswer:
    """Another half hour for a hold that lives, at most two hours in all."""
    redemption_id = call.path["redemption_id"]
    _, row = rows.account_and_row(call, redemption_id)
    if row is None or row.state == RowState.REFUSED:
        raise Refused(Refusal.UNKNOWN_REDEMPTION)
    if row.state != RowState.HELD:
        raise Refused(Refusal(row.state))
    expires = max(row.expires_time, runs_out(call, row.held_time))
    key = {"shop_id": call.shop_id, "redemption_id": redemption_id}
    call.db.execute(_EXTEND, {**key, "expires": expires})
    return stands(call, redemption_id, Points(row.need, row.digits), expires, row.proof)


def release(call: Call, message: WireApproval) -> WireHoldAnswer:
    """A manager lets a hold go whose till is gone; should its bill come after all, it settles as late."""
    redemption_id = call.path["redemption_id"]
    account, row = rows.account_and_row(call, redemption_id)
    if row is None or row.state == RowState.REFUSED:
        raise Refused(Refusal.UNKNOWN_REDEMPTION)
    if row.state == RowState.HELD:
        if account is not None:
            accounts.release(call, account, redemption_id)
        rows.move(call, redemption_id, RowState.EXPIRED)
        audit.record(call, "release_hold", redemption_id, message.reason)
    elif row.state != RowState.EXPIRED:
        raise Refused(Refusal(row.state))
    return read(call, None)


def release_others(call: Call, message: WireRelease) -> WireMember:
    """A manager lets go what other bills hold of a customer's points; one that comes after all settles as late."""
    shop = shops.load(call)
    member = members.required(call, call.path["member_id"])
    sort = programmes.current(call, shop).account(message.programme_id)
    if sort is None:
        raise Refused(Refusal.BAD_REQUEST, "no such programme")
    account = accounts.lock(call, member.member_id, message.programme_id, sort.digits, shop.today(call.now))
    for live in tuple(account.live):
        if live.bill_id != message.bill_id:
            accounts.release(call, account, live.redemption_id)
            rows.move(call, live.redemption_id, RowState.EXPIRED)
            audit.record(call, "release_hold", live.redemption_id, message.reason)
    return members.read(call, None)
