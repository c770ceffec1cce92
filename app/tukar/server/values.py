"""Stored value: gift cards and customers' store credit as accounts, so that what holds of points holds of them.

A gift card's account is named after a keyed hash of its code, so that neither table nor log holds a code that could be
spent. Balances of the time before these accounts, a rule's own balance among them, become the opening entry of one
when it is first touched. Nothing of it expires.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from sqlalchemy import text

from tukar.domain.programme import Programme
from tukar.domain.rule import Family, Rule
from tukar.domain.stored_value import ValueAccount, card_code
from tukar.server import accounts, shorts
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.shops import Shop

_CARD: Final = "card-"
_ACCOUNT: Final = text(
    "SELECT posted, held FROM accounts WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id"
)
_LOADED: Final = text(
    "SELECT units FROM stored_values WHERE shop_id = :shop_id AND sort = 'card' AND holder = :code AND units > 0"
)
_SPENT: Final = text("SELECT spent FROM cards WHERE shop_id = :shop_id AND code = :code")
_WALLET: Final = text("SELECT wallet FROM members WHERE shop_id = :shop_id AND member_id = :member_id")
_EMPTY_WALLET: Final = text("UPDATE members SET wallet = 0 WHERE shop_id = :shop_id AND member_id = :member_id")
_LOADS: Final = text(
    "SELECT DISTINCT bill_id FROM ledger WHERE shop_id = :shop_id AND member_id = :member_id"
    " AND programme_id = :programme_id AND kind = 'load'"
)


def holder_of(call: Call, code: str) -> str:
    """What a gift card is called in our tables; a name of that form stays as it is."""
    if code.startswith(_CARD):
        return code
    return _CARD + call.equipment.keys.mac("lookup", "gift_card", call.shop_id, card_code(code))


def is_card(holder: str) -> bool:
    return holder.startswith(_CARD)


def there(call: Call, account: ValueAccount, holder: str) -> int | None:
    """What can be spent of it now, in minor units, read without waiting for anybody; None where it has no account."""
    key = {"shop_id": call.shop_id, "member_id": holder, "programme_id": str(account)}
    row = call.db.execute(_ACCOUNT, key).first()
    return None if row is None else int(row.posted) - int(row.held)


def card_left(call: Call, programme: Programme, code: str, digits: int) -> int | None:
    """What can be spent of a gift card, opened or not; None for a code that is none."""
    opened = there(call, ValueAccount.GIFT_CARD, holder_of(call, code))
    return _unopened(call, programme, code, digits) if opened is None else opened


def credit_left(call: Call, member_id: str) -> int:
    """What can be spent of a customer's store credit."""
    row = call.db.execute(_WALLET, {"shop_id": call.shop_id, "member_id": member_id}).first()
    before = int(row.wallet) if row is not None else 0
    return before + (there(call, ValueAccount.STORE_CREDIT, member_id) or 0)


def lock(call: Call, account: ValueAccount, holder: str, digits: int) -> Account:
    """The account, locked and made when there is none; what a customer had before goes into it."""
    locked = accounts.lock(call, holder, str(account), digits, call.now.date())
    if account is ValueAccount.STORE_CREDIT:
        key = {"shop_id": call.shop_id, "member_id": holder}
        row = call.db.execute(_WALLET, key).first()
        if row is not None and row.wallet > 0:
            accounts.credit(call, locked, int(row.wallet), Entry("opening", f"wallet.{holder}"))
            call.db.execute(_EMPTY_WALLET, key)
    return locked


def open_card(call: Call, programme: Programme, code: str, digits: int) -> Account | None:
    """The account of a gift card, locked; None for a code that no rule knows and nobody was sold."""
    holder = holder_of(call, code)
    if there(call, ValueAccount.GIFT_CARD, holder) is not None:
        return lock(call, ValueAccount.GIFT_CARD, holder, digits)
    units = _unopened(call, programme, code, digits)
    if units is None:
        return None
    locked = lock(call, ValueAccount.GIFT_CARD, holder, digits)
    if units:
        accounts.credit(call, locked, units, Entry("opening", f"card.{holder}"))
    return locked


def _unopened(call: Call, programme: Programme, code: str, digits: int) -> int | None:
    key = {"shop_id": call.shop_id, "code": code}
    loaded = call.db.execute(_LOADED, key).first()
    rule = card_rule(programme, code)
    if rule is None and loaded is None:
        return None
    units = 0 if loaded is None else int(loaded.units)
    if rule is not None:
        units += int((rule.activation.balance or Fraction(0)) * 10**digits)
    spent = call.db.execute(_SPENT, key).first()
    return max(0, units - (0 if spent is None else int(spent.spent)))


def card_rule(programme: Programme, code: str) -> Rule | None:
    """The rule that gives a code of its own the money on it."""
    rules = (rule for rule in programme.rules if rule.family is Family.GIFT_CARD and rule.activation.code)
    return next((rule for rule in rules if rule.activation.code == code), None)


@dataclass(frozen=True, slots=True)
class Moving:
    """One movement of stored value: whose, in which account, booked as what."""

    account: ValueAccount
    holder: str
    digits: int
    entry: Entry


def take(call: Call, moving: Moving, units: int) -> int:
    """Takes as much of ``units`` as is there; the shop bears the rest. How much was taken."""
    locked = lock(call, moving.account, moving.holder, moving.digits)
    taken = _debit(call, locked, units, moving.entry)
    if taken < units:
        short = Entry("short", f"{moving.entry.ref}.{moving.holder}", moving.entry.bill_id, moving.entry.receipt_number)
        accounts.charge_merchant(call, str(moving.account), moving.digits, taken - units, short)
    return taken


def open_held(call: Call, programme: Programme, moving: Moving) -> None:
    """A card that only a rule knows gets its account before money is taken of it."""
    for rule in programme.rules:
        code = rule.activation.code
        if rule.family is Family.GIFT_CARD and code and holder_of(call, code) == moving.holder:
            open_card(call, programme, code, moving.digits)


def take_back(call: Call, moving: Moving, units: int) -> int:
    """Takes money back that was put there, as far as nobody has spent it. How much that was."""
    locked = lock(call, moving.account, moving.holder, moving.digits)
    return _debit(call, locked, units, moving.entry)


def _debit(call: Call, locked: Account, units: int, entry: Entry) -> int:
    taken = min(units, locked.available)
    if taken:
        accounts.debit(call, locked, taken, entry)
    return taken


def give(call: Call, moving: Moving, units: int) -> None:
    """Puts money there."""
    locked = lock(call, moving.account, moving.holder, moving.digits)
    accounts.credit(call, locked, units, moving.entry)


def settle_shorts(call: Call, shop: Shop, account: ValueAccount, holder: str, loaded: int, at: datetime) -> None:
    """After a restore: money that was loaded at ``at`` and came again pays for what was spent of it since."""
    if shop.is_recovering:
        shorts.settle(call, lock(call, account, holder, shop.currency.minor_digits), at, loaded)


def sold_by(call: Call, holder: str) -> frozenset[str]:
    """The bills that put money on a gift card."""
    key: Mapping[str, str] = {
        "shop_id": call.shop_id,
        "member_id": holder,
        "programme_id": str(ValueAccount.GIFT_CARD),
    }
    return frozenset(call.db.execute(_LOADS, key).scalars())
