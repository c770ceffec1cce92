"""Members: found by mobile, name or card, enrolled by any till, shown without their numbers.

A member enrolled offline comes under an id of the till's. When the number turns out to be known, the new id becomes
another name of the member who had it, and both histories are one, once neither has points held. The erased keep their
ledger and lose their name and numbers.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from msgspec import structs
from sqlalchemy import text

from tukar.domain.money import Money
from tukar.domain.people import ExpiringPoints, LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.redemption import Refusal
from tukar.domain.rule import Family
from tukar.domain.stored_value import ValueAccount
from tukar.server import accounts, audit, bill_moves, held, limits, numbers, programmes, shops
from tukar.server.accounts import Account
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.amounts import wire_currency
from tukar.wire.message import write
from tukar.wire.people import WireEnrolment, WireErasure, WireFind, WireMember, WireMembers, wire_account

FOUND_AT_MOST: Final = 20

_READ: Final = text("SELECT * FROM members WHERE shop_id = :shop_id AND member_id = :member_id")
_BY_MOBILE: Final = text(
    "SELECT * FROM members WHERE shop_id = :shop_id AND mobile_hash = :lookup AND mobile_hash <> ''"
)
_BY_CARD: Final = text("SELECT * FROM members WHERE shop_id = :shop_id AND card_hash = :lookup AND card_hash <> ''")
"""The indexes have those with a number only; without that word SQLite would not use them."""
_BY_WORD: Final = text(
    "SELECT DISTINCT m.* FROM member_words w JOIN members m ON m.shop_id = w.shop_id AND m.member_id = w.member_id"
    " WHERE w.shop_id = :shop_id AND w.word >= :first AND w.word < :last AND m.state = 'active'"
    " ORDER BY m.name, m.member_id LIMIT 200"
)
_INSERT: Final = text(
    "INSERT INTO members (shop_id, member_id, state, name, mobile_sealed, mobile_hash, mobile_mask, card_sealed,"
    " card_hash, card_mask, language, customer_group, consent_at, enrolled_at, fingerprint)"
    " VALUES (:shop_id, :member_id, :state, :name, :mobile_sealed, :mobile_hash, :mobile_mask, :card_sealed,"
    " :card_hash, :card_mask, :language, :customer_group, :consent_at, :at, :fingerprint)"
    " ON CONFLICT (shop_id, member_id) DO UPDATE SET state = excluded.state, name = excluded.name,"
    " mobile_sealed = excluded.mobile_sealed, mobile_hash = excluded.mobile_hash, mobile_mask = excluded.mobile_mask,"
    " card_sealed = excluded.card_sealed, card_hash = excluded.card_hash, card_mask = excluded.card_mask,"
    " language = excluded.language, consent_at = excluded.consent_at, fingerprint = excluded.fingerprint"
)
_WORD: Final = text(
    "INSERT INTO member_words (shop_id, word, member_id) VALUES (:shop_id, :word, :member_id)"
    " ON CONFLICT (shop_id, word, member_id) DO NOTHING"
)
_FORGET_WORDS: Final = text("DELETE FROM member_words WHERE shop_id = :shop_id AND member_id = :member_id")
_MERGE: Final = text(
    "UPDATE members SET state = 'merged', merged_into = :target, fingerprint = :fingerprint, mobile_sealed = '',"
    " mobile_hash = '', card_sealed = '', card_hash = '' WHERE shop_id = :shop_id AND member_id = :member_id"
)
_SUM_UP: Final = text(
    "UPDATE members SET lifetime_spend = lifetime_spend + :spend, orders_placed = orders_placed + :placed,"
    " orders_cancelled = orders_cancelled + :cancelled WHERE shop_id = :shop_id AND member_id = :member_id"
)
_ERASE: Final = text(
    "UPDATE members SET state = 'erased', name = '', mobile_sealed = '', mobile_hash = '', mobile_mask = '',"
    " card_sealed = '', card_hash = '', card_mask = '', customer_group = ''"
    " WHERE shop_id = :shop_id AND member_id = :member_id"
)
_ACCOUNTS: Final = text(
    "SELECT programme_id, digits, posted, held FROM accounts WHERE shop_id = :shop_id AND member_id = :member_id"
    " ORDER BY programme_id"
)
_USES: Final = text("SELECT rule_id, uses FROM rule_uses WHERE shop_id = :shop_id AND member_id = :member_id")
_MOVE_USES: Final = text(
    "INSERT INTO rule_uses (shop_id, rule_id, member_id, uses)"
    " SELECT shop_id, rule_id, :target, uses FROM rule_uses WHERE shop_id = :shop_id AND member_id = :member_id"
    " ON CONFLICT (shop_id, rule_id, member_id) DO UPDATE SET uses = rule_uses.uses + excluded.uses"
)


_WAIT: Final = text(
    "UPDATE members SET merged_into = :target, fingerprint = :fingerprint"
    " WHERE shop_id = :shop_id AND member_id = :member_id"
)


def folded(name: str) -> list[str]:
    """The words of a name as they are searched: without accents and case."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).split()


def find_row(call: Call, member_id: str) -> Row | None:
    """The member of that id, or the one it was merged into."""
    for _ in range(8):
        row = call.db.execute(_READ, {"shop_id": call.shop_id, "member_id": member_id}).first()
        if row is None or not row.merged_into or row.state != "merged":
            return row
        member_id = row.merged_into
    return None


def required(call: Call, member_id: str) -> Row:
    """Refused(UNKNOWN_MEMBER) when there is none, or they were erased."""
    row = find_row(call, member_id)
    if row is None or row.state == "erased":
        raise Refused(Refusal.UNKNOWN_MEMBER)
    return row


def ensured(call: Call, member_id: str) -> Row:
    """The member, made without name and number where their enrolment is still on its way (redemption.md, "Offline")."""
    row = find_row(call, member_id)
    if row is not None:
        return row
    _insert(call, member_id, "pending", WireEnrolment(name="", consent_at=call.now), "")
    return call.db.execute(_READ, {"shop_id": call.shop_id, "member_id": member_id}).one()


def account(call: Call, shop: Shop, programme: Programme, row: Row) -> LoyaltyAccount:
    """The member as tills see them, with the points that can be spent today."""
    key = {"shop_id": call.shop_id, "member_id": row.member_id}
    locked = accounts.lock_all(call, row.member_id, shop.today(call.now))
    shown = _shown(call, shop, programme, row, _Points(locked, _expiring(call, locked), _uses(call, key)))
    if any(rule.family is Family.NEXT_ORDER_COUPON for rule in programme.rules):
        held = bill_moves.of(call, [row.member_id])
        shown = replace(shown, coupons=bill_moves.coupons(held, row.member_id))
    return shown


def reckoned_with(
    call: Call, shop: Shop, programme: Programme, row: Row, locked: Mapping[str, Account]
) -> LoyaltyAccount:
    """The member as a bill is reckoned with; accounts beside the ``locked`` ones are read without waiting for them."""
    key = {"shop_id": call.shop_id, "member_id": row.member_id}
    found = dict(locked)
    if any(sort.programme_id not in locked for sort in programme.accounts):
        for other in call.db.execute(_ACCOUNTS, key):
            fresh = Account(call.shop_id, row.member_id, other.programme_id, other.digits, other.posted, other.held)
            found.setdefault(other.programme_id, fresh)
    is_limited = any(rule.limits.per_customer is not None for rule in programme.rules)
    return _shown(call, shop, programme, row, _Points(found, {}, _uses(call, key) if is_limited else {}))


@dataclass(frozen=True, slots=True)
class _Points:
    """What a member has: accounts, what runs out next, and how often they used which rule."""

    accounts: Mapping[str, Account]
    expiring: Mapping[str, ExpiringPoints]
    uses: Mapping[str, int]

    @property
    def credit(self) -> int:
        """Store credit that can be spent, in minor units."""
        account = self.accounts.get(ValueAccount.STORE_CREDIT)
        return 0 if account is None else account.available

    def balance(self, sort: PointsAccount) -> PointsBalance:
        account = self.accounts.get(sort.programme_id)
        return PointsBalance(
            sort.programme_id,
            Points(account.posted if account is not None else 0, sort.digits),
            Points(account.held if account is not None else 0, sort.digits),
            self.expiring.get(sort.programme_id),
        )


def _expiring(call: Call, locked: Mapping[str, Account]) -> dict[str, ExpiringPoints]:
    expiring: dict[str, ExpiringPoints] = {}
    for programme_id, account in locked.items():
        found = accounts.runs_out_next(call, account)
        if found is not None:
            units, last_on = found
            expiring[programme_id] = ExpiringPoints(account.points(units), last_on)
    return expiring


def _uses(call: Call, key: Mapping[str, str]) -> dict[str, int]:
    return {use.rule_id: use.uses for use in call.db.execute(_USES, key)}


def _shown(call: Call, shop: Shop, programme: Programme, row: Row, points: _Points) -> LoyaltyAccount:
    spend = Money(row.lifetime_spend, shop.currency)
    return LoyaltyAccount(
        member_id=row.member_id,
        name=row.name,
        masked_mobile=row.mobile_mask,
        masked_card=row.card_mask,
        group=row.customer_group,
        tier=tier_of(programme, spend),
        balances=tuple(map(points.balance, programme.accounts)),
        wallet=Money(row.wallet + points.credit, shop.currency),
        lifetime_spend=spend,
        orders_placed=row.orders_placed,
        orders_cancelled=row.orders_cancelled,
        rule_uses=points.uses,
        pending=row.state == "pending",
        seen_at=call.now,
    )


def tier_of(programme: Programme, spend: Money) -> str:
    """The highest tier that the lifetime spend reaches; empty where there is none."""
    reached = [tier for rule in programme.rules for tier in rule.tiers if tier.min_spent <= spend]
    return max(reached, key=lambda tier: tier.min_spent).name if reached else ""


def read(call: Call, _message: None) -> WireMember:
    shop = shops.load(call)
    row = required(call, call.path["member_id"])
    _finish_merges(call, shop, row)
    shown = account(call, shop, programmes.current(call, shop), row)
    return WireMember(currency=wire_currency(shop.currency), member=wire_account(shown))


def find(call: Call, message: WireFind) -> WireMembers:
    """By mobile and card the one who has it, by name those whose names begin so. Counted against harvesting."""
    shop = shops.load(call)
    counter = f"lookups.{call.caller.till_id}"
    limits.demand(call, counter, limits.HOUR, shop.settings.lookups_per_hour, Refusal.TOO_MANY_REQUESTS)
    limits.count(call, counter, limits.HOUR)
    programme = programmes.current(call, shop)
    found = [account(call, shop, programme, row) for row in _rows_by(call, shop, message)]
    return WireMembers(currency=wire_currency(shop.currency), members=tuple(map(wire_account, found)))


def _rows_by(call: Call, shop: Shop, message: WireFind) -> list[Row]:
    if message.by == "name":
        return _rows_by_name(call, message.text)
    if message.by == "mobile":
        number = numbers.mobile_of(message.text, shop.profile.country)
        statement = _BY_MOBILE
    else:
        number = numbers.card_of(message.text)
        statement = _BY_CARD
    if not number:
        return []
    key = {"shop_id": call.shop_id, "lookup": numbers.lookup(call, message.by, number)}
    return [row for row in call.db.execute(statement, key) if row.state == "active"]


def named(call: Call, typed: str) -> list[Row]:
    """Members whose names begin with the words typed."""
    return _rows_by_name(call, typed)


def _rows_by_name(call: Call, typed: str) -> list[Row]:
    words = folded(typed)
    if not words:
        return []
    longest = max(words, key=len)
    key = {"shop_id": call.shop_id, "first": longest, "last": longest + "\U0010ffff"}
    rows = call.db.execute(_BY_WORD, key).all()
    fitting = (row for row in rows if all(any(own.startswith(word) for own in folded(row.name)) for word in words))
    return list(fitting)[:FOUND_AT_MOST]


def enrol(call: Call, message: WireEnrolment) -> WireMember:
    """A new member, or, where the number is known and the enrolment was made offline, another name of its owner.

    Online a known number is refused with MEMBER_EXISTS: the cashier finds the customer in place of making a second.
    """
    shop = shops.load(call)
    member_id = call.path["member_id"]
    # Whether somebody waits for the answer may change from one sending to the next; what was enrolled does not.
    fingerprint = content_hash(write(structs.replace(message, merge=False)))
    known = call.db.execute(_READ, {"shop_id": call.shop_id, "member_id": member_id}).first()
    if known is not None and known.state != "pending":
        if known.fingerprint != fingerprint:
            raise Refused(Refusal.ID_REUSED)
        return read(call, None)
    owner = _owner(call, shop, message)
    if owner is None:
        _insert(call, member_id, "active", _tidied(message, shop), fingerprint)
    elif known is not None or message.merge:
        ensured(call, member_id)
        _merge(call, shop, member_id, owner.member_id, fingerprint)
    else:
        raise Refused(Refusal.MEMBER_EXISTS)
    return read(call, None)


def _tidied(message: WireEnrolment, shop: Shop) -> WireEnrolment:
    mobile = numbers.mobile_of(message.mobile, shop.profile.country) if message.mobile else ""
    if message.mobile and not mobile:
        raise Refused(Refusal.BAD_REQUEST, "not a mobile number")
    return WireEnrolment(
        name=" ".join(message.name.split()),
        mobile=mobile,
        consent_at=message.consent_at,
        card=numbers.card_of(message.card),
        language=message.language or shop.profile.language,
    )


def _owner(call: Call, shop: Shop, message: WireEnrolment) -> Row | None:
    tidied = _tidied(message, shop)
    for kind, number, statement in (("mobile", tidied.mobile, _BY_MOBILE), ("card", tidied.card, _BY_CARD)):
        if number:
            key = {"shop_id": call.shop_id, "lookup": numbers.lookup(call, kind, number)}
            row = call.db.execute(statement, key).first()
            if row is not None:
                return row
    return None


def _insert(call: Call, member_id: str, state: str, message: WireEnrolment, fingerprint: str, group: str = "") -> None:
    mobile = numbers.sealed(call, "mobile", message.mobile, member_id)
    card = numbers.sealed(call, "card", message.card, member_id)
    call.db.execute(
        _INSERT,
        {
            "shop_id": call.shop_id,
            "member_id": member_id,
            "state": state,
            "name": message.name,
            "mobile_sealed": mobile.sealed,
            "mobile_hash": mobile.lookup,
            "mobile_mask": mobile.mask,
            "card_sealed": card.sealed,
            "card_hash": card.lookup,
            "card_mask": card.mask,
            "language": message.language,
            "customer_group": group,
            "consent_at": message.consent_at.isoformat(),
            "at": call.at,
            "fingerprint": fingerprint,
        },
    )
    for word in set(folded(message.name)):
        call.db.execute(_WORD, {"shop_id": call.shop_id, "word": word, "member_id": member_id})


def add(call: Call, member_id: str, message: WireEnrolment, group: str = "") -> None:
    """A member from another system, when a shop is loaded."""
    _insert(call, member_id, "active", message, content_hash(write(message)), group)


def sum_up(call: Call, member_id: str, *, spend: int = 0, placed: int = 0, cancelled: int = 0) -> None:
    """Adds to what the member has spent in all, in minor units, and to the number of orders."""
    values = {"shop_id": call.shop_id, "member_id": member_id, "spend": spend, "placed": placed}
    call.db.execute(_SUM_UP, {**values, "cancelled": cancelled})


def reach(call: Call, row: Row) -> numbers.Reach | None:
    """Where messages go; None without a mobile number."""
    mobile = numbers.unsealed(call, "mobile", row.mobile_sealed, row.member_id)
    return numbers.Reach(mobile, row.mobile_mask, row.language) if mobile else None


def _merge(call: Call, shop: Shop, member_id: str, target: str, fingerprint: str) -> None:
    """Joins ``member_id`` to ``target`` once neither holds points; until then the row waits, named on its target."""
    if member_id == target:
        return
    today = shop.today(call.now)
    key = {"shop_id": call.shop_id, "member_id": member_id}
    pairs = []
    for found in call.db.execute(_ACCOUNTS, key).all():
        first, second = sorted((member_id, target))
        locked = {who: accounts.lock(call, who, found.programme_id, found.digits, today) for who in (first, second)}
        pairs.append((locked[member_id], locked[target]))
    if any(source.held or into.held for source, into in pairs):
        call.db.execute(_WAIT, {**key, "target": target, "fingerprint": fingerprint})
        return
    for source, into in pairs:
        accounts.move_all(call, source, into, member_id)
    row = call.db.execute(_READ, key).one()
    sum_up(call, target, spend=row.lifetime_spend, placed=row.orders_placed, cancelled=row.orders_cancelled)
    call.db.execute(_MOVE_USES, {**key, "target": target})
    bill_moves.hand_over(call, key["member_id"], target)
    call.db.execute(_MERGE, {**key, "target": target, "fingerprint": fingerprint})
    call.db.execute(_FORGET_WORDS, key)
    audit.record(call, "merge_member", member_id, f"into {target}")


def _finish_merges(call: Call, shop: Shop, row: Row) -> None:
    if row.state == "pending" and row.merged_into:
        _merge(call, shop, row.member_id, row.merged_into, row.fingerprint)


def erase(call: Call, message: WireErasure) -> WireMember:
    """Forgets name and numbers at the member's wish; what was booked stays."""
    shop = shops.load(call)
    row = required(call, call.path["member_id"])
    key = {"shop_id": call.shop_id, "member_id": row.member_id}
    call.db.execute(_ERASE, key)
    call.db.execute(_FORGET_WORDS, key)
    held.member_erased(call, row.member_id)
    audit.record(call, "erase_member", row.member_id, message.reason)
    gone = call.db.execute(_READ, key).one()
    shown = account(call, shop, programmes.current(call, shop), gone)
    return WireMember(currency=wire_currency(shop.currency), member=wire_account(shown))
