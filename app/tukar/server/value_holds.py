"""Holds of stored value: money of a gift card or of store credit, reserved for one bill before it counts as paid.

It follows the table of ``holds`` and lies in the same rows, so that extension, void, release, capture and digest are
those of points. Only what may be reserved differs: no rule says what money may be spent on, so that the balance
decides alone; less of it, whatever else claims it, is refused with the figure.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from tukar.domain.points import Points
from tukar.domain.redemption import HOLD_AT_MOST_SECONDS, Refusal
from tukar.domain.stored_value import CODE_AT_LEAST, ValueAccount, card_code, card_mask, is_value
from tukar.server import holds, limits, members, programmes, proofs, redemption_rows, shops, uses, values
from tukar.server.accounts import Account, LiveHold, pin, release
from tukar.server.call import Call
from tukar.server.redemption_rows import RowState
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.wire.amounts import points_of, wire_currency
from tukar.wire.message import read_answer, write
from tukar.wire.redemptions import WireHold, WireHoldAnswer, WireRefusal
from tukar.wire.stored_value import WireCardAnswer, WireCardLookUp, WireCardSale, WireCardSold

_SALE: Final = text("SELECT bill_id, till_id, made_time FROM card_sales WHERE shop_id = :shop_id AND holder = :holder")
_RESERVE: Final = text(
    "INSERT INTO card_sales (shop_id, holder, bill_id, till_id, made_time)"
    " VALUES (:shop_id, :holder, :bill_id, :till_id, :time)"
    " ON CONFLICT (shop_id, holder) DO UPDATE SET bill_id = excluded.bill_id, till_id = excluded.till_id,"
    " made_time = excluded.made_time"
)


def hold(call: Call, message: WireHold) -> WireHoldAnswer | WireRefusal:
    """Reserves points or stored value, whichever the account named holds."""
    return _hold(call, message) if is_value(message.programme_id) else holds.hold(call, message)


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked for, with its account locked."""

    redemption_id: str
    message: WireHold
    shop: Shop
    account: Account
    need: Points
    print: str
    """The fingerprint of what the id stands for."""

    @property
    def replaced(self) -> LiveHold | None:
        """The live hold of this bill that it takes the place of."""
        bill_id, replaces = self.message.basket.bill_id, self.message.replaces
        own = (live for live in self.account.live if live.bill_id == bill_id)
        return next((live for live in own if live.redemption_id == replaces), None)


def _hold(call: Call, message: WireHold) -> WireHoldAnswer | WireRefusal:
    redemption_id, shop = call.path["redemption_id"], shops.load(call)
    need = points_of(message.need)
    digits = shop.currency.minor_digits
    if need.digits != digits or need.units <= 0 or message.programme_id not in tuple(ValueAccount):
        raise Refused(Refusal.BAD_REQUEST, "not an amount of the shop's money")
    account = values.lock(call, ValueAccount(message.programme_id), _holder(call, message), digits)
    ask = _Ask(redemption_id, message, shop, account, need, _fingerprint(call, message, account.member_id))
    row = redemption_rows.find(call, redemption_id)
    if row is not None:
        if row.fingerprint not in ("", ask.print):
            raise Refused(Refusal.ID_REUSED)
        if row.state == RowState.REFUSED:
            return read_answer(row.answer.encode(), WireRefusal)
        return holds.answer_of(call, row)
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    refusal = _refusal(call, ask)
    if refusal is not None:
        values_ = {**_row(ask), "answer": write(refusal).decode()}
        redemption_rows.insert(call, redemption_id, RowState.REFUSED, values_)
        return refusal
    return _grant(call, ask)


def _holder(call: Call, message: WireHold) -> str:
    """Whose money it is: a customer by whichever of their names, or a card that was looked up before."""
    if message.programme_id == ValueAccount.STORE_CREDIT:
        if message.basket.member_id != message.member_id:
            raise Refused(Refusal.BAD_REQUEST, "store credit is of the bill's own customer")
        return str(members.required(call, message.member_id).member_id)
    if not values.is_card(message.member_id) or values.there(call, ValueAccount.GIFT_CARD, message.member_id) is None:
        raise Refused(Refusal.UNKNOWN_CARD)
    return message.member_id


def _fingerprint(call: Call, message: WireHold, holder: str) -> str:
    parts = [message.basket.bill_id, message.programme_id, holder, message.need, call.caller.till_id]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _refusal(call: Call, ask: _Ask) -> WireRefusal | None:
    """What stands in the way; a card or customer pays for a bill by one hold at a time."""
    replaced = ask.replaced
    same_bill = (live for live in ask.account.live if live.bill_id == ask.message.basket.bill_id)
    if any(live != replaced for live in same_bill):
        return Refused(Refusal.ALREADY_HELD).refusal
    own = 0
    if replaced is not None:
        row = redemption_rows.find(call, replaced.redemption_id)
        own = 0 if row is None else int(row.need)
    is_card = ask.account.programme_id == ValueAccount.GIFT_CARD
    elsewhere = uses.claimed(call, uses.Sort.CARD if is_card else uses.Sort.WALLET, ask.account.member_id)
    spendable = max(0, ask.account.available + own - elsewhere)
    if ask.need.units > spendable:
        return Refused(Refusal.INSUFFICIENT, points=ask.account.points(spendable)).refusal
    return None


def _row(ask: _Ask) -> dict[str, object]:
    return {
        "fingerprint": ask.print,
        "bill_id": ask.message.basket.bill_id,
        "member_id": ask.account.member_id,
        "programme_id": ask.account.programme_id,
        "digits": ask.need.digits,
        "need": ask.need.units,
    }


def _grant(call: Call, ask: _Ask) -> WireHoldAnswer:
    held_time, replaced = call.time, ask.replaced
    if replaced is not None:
        row = redemption_rows.find(call, replaced.redemption_id)
        held_time = call.time if row is None else row.held_time
        release(call, ask.account, replaced.redemption_id)
        redemption_rows.move(call, replaced.redemption_id, RowState.VOIDED)
    pin(call, ask.account, ask.redemption_id, ask.need.units)
    proof = proofs.make(
        call,
        proofs.Granted(
            redemption_id=ask.redemption_id,
            bill_id=ask.message.basket.bill_id,
            member_id=ask.account.member_id,
            programme_id=ask.account.programme_id,
            units=ask.need.units,
            digits=ask.need.digits,
            claims="",
            programme_version=ask.shop.programme_version,
            catalogue_version=ask.shop.catalogue_version,
            till_id=call.caller.till_id,
            at=call.at,
        ),
    )
    expires = holds.runs_out(call, held_time)
    times = {"held_time": held_time, "expires_time": expires, "held_at": call.at, "proof": proof}
    redemption_rows.insert(call, ask.redemption_id, RowState.HELD, {**_row(ask), **times})
    return holds.stands(call, ask.redemption_id, ask.need, expires, proof)


# Cards


def look_up(call: Call, message: WireCardLookUp) -> WireCardAnswer | WireRefusal:
    """What a gift card holds now; counted with the look-ups of members, so that nobody tries codes out."""
    shop = shops.load(call)
    counter = f"lookups.{call.caller.till_id}"
    limits.demand(call, counter, limits.HOUR, shop.settings.lookups_per_hour, Refusal.TOO_MANY_REQUESTS)
    limits.count(call, counter, limits.HOUR)
    digits = shop.currency.minor_digits
    account = values.open_card(call, programmes.current(call, shop), card_code(message.code), digits)
    if account is None:
        # Returned and not raised, so that the count stays.
        return Refused(Refusal.UNKNOWN_CARD).refusal
    left = max(0, account.available - uses.claimed(call, uses.Sort.CARD, account.member_id))
    return WireCardAnswer(
        holder=account.member_id,
        mask=card_mask(message.code),
        currency=wire_currency(shop.currency),
        balance=account.points(left).decimal(),
    )


def sell(call: Call, message: WireCardSale) -> WireCardSold:
    """Reserves a new card's code for the bill that sells it; CARD_TAKEN when it is somebody's, or on another bill.

    A reservation lasts as long as a hold can: the bill that never came leaves the card on its shelf.
    """
    shop = shops.load(call)
    code = card_code(message.code)
    if len(code) < CODE_AT_LEAST:
        raise Refused(Refusal.BAD_REQUEST, "a card's code is longer")
    holder = values.holder_of(call, code)
    key = {"shop_id": call.shop_id, "holder": holder}
    row = call.db.execute(_SALE, key).first()
    bill_id = call.path["bill_id"]
    programme = programmes.current(call, shop)
    is_known = values.card_left(call, programme, code, shop.currency.minor_digits) is not None
    is_elsewhere = row is not None and row.bill_id != bill_id and call.time - row.made_time < HOLD_AT_MOST_SECONDS
    if is_elsewhere or (is_known and values.sold_by(call, holder) != {bill_id}):
        raise Refused(Refusal.CARD_TAKEN)
    call.db.execute(_RESERVE, {**key, "bill_id": bill_id, "till_id": call.caller.till_id, "time": call.time})
    return WireCardSold(mask=card_mask(code))
