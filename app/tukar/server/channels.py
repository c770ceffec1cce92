"""Another channel, such as a web shop, earns and spends on the same accounts; a manager adjusts them by hand.

Both act on what is available, never on what a hold reserves, and never below zero (redemption.md, "Server").
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import text

from tukar.domain.points import Points
from tukar.domain.programme import Programme
from tukar.domain.redemption import Refusal
from tukar.server import accounts, audit, members, programmes, shops
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.wire.amounts import points_of, wire_points
from tukar.wire.message import read_answer, write
from tukar.wire.upkeep import WireAdjustment, WireOrder, WireOrderAnswer

_READ: Final = text("SELECT fingerprint, answer FROM orders WHERE shop_id = :shop_id AND order_id = :order_id")
_INSERT: Final = text(
    "INSERT INTO orders (shop_id, order_id, fingerprint, channel_id, answer)"
    " VALUES (:shop_id, :order_id, :fingerprint, :channel_id, :answer)"
)


def order(call: Call, message: WireOrder) -> WireOrderAnswer:
    """Books an order of a channel, all of it or nothing."""
    order_id = call.path["order_id"]
    fingerprint = content_hash(write(message))
    stored = _stored(call, order_id, fingerprint)
    if stored is not None:
        return stored
    shop = shops.load(call)
    member = members.required(call, message.member_id)
    spend = {programme_id: points_of(points) for programme_id, points in message.spend.items()}
    earn = {programme_id: points_of(points) for programme_id, points in message.earn.items()}
    if shop.is_recovering and any(spend.values()):
        raise Refused(Refusal.RECOVERING)
    programme = programmes.current(call, shop)
    locked = _lock(call, shop, programme, member.member_id, {**earn, **spend})
    for programme_id, points in sorted(spend.items()):
        account = locked[programme_id]
        if not 0 <= points.units <= account.available:
            raise Refused(Refusal.INSUFFICIENT, points=account.points(account.available))
        if points.units:
            accounts.debit(call, account, points.units, Entry("order_spend", order_id))
    for programme_id, points in sorted(earn.items()):
        if points.units < 0:
            raise Refused(Refusal.BAD_REQUEST, "earning below zero")
        if points.units:
            last_on = accounts.last_day(programme.account(programme_id), shop.today(call.now))
            accounts.credit(call, locked[programme_id], points.units, Entry("order_earn", order_id), last_on)
    members.sum_up(call, member.member_id, spend=shop.currency.money(message.amount).minor, placed=1)
    balances = {programme_id: account.points(account.available) for programme_id, account in locked.items()}
    answer = WireOrderAnswer(order_id=order_id, balances=wire_points(balances))
    _keep(call, order_id, fingerprint, answer)
    return answer


def _lock(
    call: Call, shop: Shop, programme: Programme, member_id: str, points: Mapping[str, Points]
) -> dict[str, Account]:
    wanted = {}
    for programme_id in sorted(points):
        sort = programme.account(programme_id)
        if sort is None or sort.digits != points[programme_id].digits:
            raise Refused(Refusal.BAD_REQUEST, "not points of this shop's programmes")
        wanted[programme_id] = sort.digits
    return accounts.lock_several(call, member_id, wanted, shop.today(call.now))


def _stored(call: Call, order_id: str, fingerprint: str) -> WireOrderAnswer | None:
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "order_id": order_id}).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise Refused(Refusal.ID_REUSED)
    return read_answer(row.answer.encode(), WireOrderAnswer)


def _keep(call: Call, order_id: str, fingerprint: str, answer: WireOrderAnswer) -> None:
    values = {"shop_id": call.shop_id, "order_id": order_id, "fingerprint": fingerprint}
    call.db.execute(_INSERT, {**values, "channel_id": call.caller.till_id, "answer": write(answer).decode()})


def adjust(call: Call, message: WireAdjustment) -> WireOrderAnswer:
    """A manager gives or takes points, with a reason that the audit keeps."""
    order_id = call.path["adjustment_id"]
    fingerprint = content_hash(f"{message.member_id} {message.programme_id} {message.points}".encode())
    stored = _stored(call, order_id, fingerprint)
    if stored is not None:
        return stored
    shop = shops.load(call)
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    member = members.required(call, message.member_id)
    points = points_of(message.points)
    programme = programmes.current(call, shop)
    account = _lock(call, shop, programme, member.member_id, {message.programme_id: points})[message.programme_id]
    if -points.units > account.available:
        raise Refused(Refusal.INSUFFICIENT, points=account.points(account.available))
    entry = Entry("adjust", order_id)
    if points.units > 0:
        last_on = accounts.last_day(programme.account(message.programme_id), shop.today(call.now))
        accounts.credit(call, account, points.units, entry, last_on)
    elif points.units:
        accounts.debit(call, account, -points.units, entry)
    audit.record(call, "adjust_points", member.member_id, f"{points}: {message.reason}")
    balances = wire_points({message.programme_id: account.points(account.available)})
    answer = WireOrderAnswer(order_id=order_id, balances=balances)
    _keep(call, order_id, fingerprint, answer)
    return answer
