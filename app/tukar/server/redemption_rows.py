"""The rows of redemptions: one for every id that a till has named, refusals and tombstones included.

A redemption is of a customer's account, or of none: then its hold reserves no points, only what its bill uses of
limits, coupons and stored value. Accounts are locked before their redemptions.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, select, text

from tukar.server import accounts, shops
from tukar.server.accounts import Account
from tukar.server.call import Call
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.server.storage.tables import REDEMPTIONS


class RowState(StrEnum):
    """Where a row stands: the states of the table, and an id that was refused."""

    HELD = "held"
    CAPTURED = "captured"
    EXPIRED = "expired"
    VOIDED = "voided"
    REFUSED = "refused"


_SELECT: Final = (
    select(REDEMPTIONS)
    .where(
        REDEMPTIONS.c.shop_id == bindparam("shop_id"),
        REDEMPTIONS.c.redemption_id == bindparam("redemption_id"),
    )
    .with_for_update()
)
_PEEK: Final = text(
    "SELECT member_id, programme_id, digits FROM redemptions"
    " WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)
_INSERT: Final = text(
    "INSERT INTO redemptions (shop_id, redemption_id, state, fingerprint, till_id, bill_id, member_id, programme_id,"
    " challenge_id, digits, need, programme_version, catalogue_version, held_time, expires_time, held_at, account,"
    " proof, answer) VALUES (:shop_id, :redemption_id, :state, :fingerprint, :till_id, :bill_id, :member_id,"
    " :programme_id, :challenge_id, :digits, :need, :programme_version, :catalogue_version, :held_time, :expires_time,"
    " :held_at, :account, :proof, :answer)"
)
_STATE: Final = text(
    "UPDATE redemptions SET state = :state WHERE shop_id = :shop_id AND redemption_id = :redemption_id"
)
_RUN_OUT: Final = text(
    "UPDATE redemptions SET state = 'expired' WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND programme_id = '' AND state = 'held' AND expires_time <= :time"
)
_ALL_RUN_OUT: Final = text(
    "UPDATE redemptions SET state = 'expired' WHERE shop_id = :shop_id AND programme_id = ''"
    " AND state = 'held' AND expires_time <= :time"
)
_NOTHING: Final[Mapping[str, Any]] = {
    "fingerprint": "",
    "bill_id": "",
    "member_id": "",
    "programme_id": "",
    "challenge_id": "",
    "digits": 0,
    "need": 0,
    "programme_version": 0,
    "catalogue_version": 0,
    "held_time": 0.0,
    "expires_time": 0.0,
    "held_at": "",
    "account": "",
    "proof": "",
    "answer": "",
}


def find(call: Call, redemption_id: str) -> Row | None:
    """The row of an id, locked."""
    return call.db.execute(_SELECT, {"shop_id": call.shop_id, "redemption_id": redemption_id}).first()


def stored(call: Call, redemption_id: str) -> Row:
    """The row of an id that is there, as it is now."""
    return call.db.execute(_SELECT, {"shop_id": call.shop_id, "redemption_id": redemption_id}).one()


def insert(call: Call, redemption_id: str, state: RowState, values: Mapping[str, Any]) -> None:
    row = {**_NOTHING, "shop_id": call.shop_id, "redemption_id": redemption_id, "till_id": call.caller.till_id}
    call.db.execute(_INSERT, {**row, **values, "state": str(state)})


def move(call: Call, redemption_id: str, state: RowState) -> None:
    call.db.execute(_STATE, {"shop_id": call.shop_id, "redemption_id": redemption_id, "state": str(state)})


def lock_account_of(call: Call, redemption_id: str, shop: Shop) -> Account | None:
    """Locks the account of a redemption before the redemption itself; None for an id without an account."""
    row = call.db.execute(_PEEK, {"shop_id": call.shop_id, "redemption_id": redemption_id}).first()
    if row is None or not row.programme_id:
        return None
    return accounts.lock(call, row.member_id, row.programme_id, row.digits, shop.today(call.now))


def account_and_row(call: Call, redemption_id: str) -> tuple[Account | None, Row | None]:
    """A redemption with its account, both locked, the account first; what ran out has been let go."""
    shop = shops.load(call)
    account = lock_account_of(call, redemption_id, shop)
    row = find(call, redemption_id)
    if account is None and row is not None and row.programme_id:
        # Its hold came between the two statements. Locking the account second may meet another message head on:
        # then the database ends one of the two, which is tried again.
        account = lock_account_of(call, redemption_id, shop)
        row = find(call, redemption_id)
    if row is not None and not row.programme_id and row.state == RowState.HELD and row.expires_time <= call.time:
        let_run_out(call, row.bill_id)
        row = find(call, redemption_id)
    return account, row


def let_run_out(call: Call, bill_id: str) -> None:
    """What a bill claims without points ends with its time, as accounts see to it for holds of points."""
    call.db.execute(_RUN_OUT, {"shop_id": call.shop_id, "bill_id": bill_id, "time": call.time})


def let_all_run_out(call: Call) -> int:
    """The same for all bills; how many there were."""
    return call.db.execute(_ALL_RUN_OUT, {"shop_id": call.shop_id, "time": call.time}).rowcount
