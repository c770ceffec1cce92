"""Loads a whole shop from plain domain values into an empty backend: the demo, tests, or another system's data.

``load_shop(backend, seed) -> bool`` does it in one transaction; False, and nothing is changed, when the shop is there
already. A till enrols with one of ``tills``: the code given here lives as long as ``code_seconds`` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tukar.domain.item import Item
from tukar.domain.money import Money
from tukar.domain.people import Role, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.programme import Programme
from tukar.domain.stored_value import ValueAccount
from tukar.server import accounts, auth, catalogue, members, programmes, shops, staff, values
from tukar.server.accounts import Account, Entry
from tukar.server.backend import Backend
from tukar.server.call import Call, Caller, CallerKind
from tukar.server.demo_shop import DemoShop
from tukar.server.passwords import Passwords
from tukar.server.shops import ShopSettings
from tukar.wire.catalogue import wire_item
from tukar.wire.people import WireEnrolment
from tukar.wire.shop import WireShop, wire_shop


@dataclass(frozen=True, slots=True)
class SeedStaff:
    """Somebody who signs in; PIN and password become hashes while loading."""

    staff_id: str
    name: str
    role: Role
    pin: str = field(repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SeedLot:
    """Points of one lot; ``last_day`` None = they never expire."""

    programme_id: str
    points: Points
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class SeedMember:
    """A member with what they have; ``mobile`` in E.164, empty numbers where there are none."""

    member_id: str
    name: str
    mobile: str = field(default="", repr=False)
    card: str = field(default="", repr=False)
    group: str = ""
    lots: tuple[SeedLot, ...] = ()
    lifetime_spend: Money | None = None
    orders_placed: int = 0
    orders_cancelled: int = 0
    language: str = ""
    consent_at: datetime | None = None
    credit: Money | None = None
    """Store credit."""


@dataclass(frozen=True, slots=True)
class SeedCard:
    """A gift card that somebody bought before."""

    code: str = field(repr=False)
    balance: Money


@dataclass(frozen=True, slots=True)
class SeedTill:
    """A till, or another channel, that may enrol with ``code``."""

    till_id: str
    code: str = field(repr=False)
    is_channel: bool = False


@dataclass(frozen=True, slots=True)
class ShopSeed:
    """A shop and everything it starts with."""

    shop: WireShop
    items: Sequence[Item] = ()
    programme: Programme | None = None
    staff: Sequence[SeedStaff] = ()
    salespeople: Sequence[Salesperson] = ()
    members: Sequence[SeedMember] = ()
    cards: Sequence[SeedCard] = ()
    tills: Sequence[SeedTill] = ()
    settings: ShopSettings = field(default_factory=ShopSettings)
    code_seconds: float = auth.CODE_SECONDS


def load_shop(backend: Backend, seed: ShopSeed) -> bool:
    """Loads the shop; False when it is there already."""
    people = _hashed(seed.staff, backend.equipment.passwords)

    def load(call: Call, _message: None) -> bool:
        if not shops.add(call, seed.shop, seed.settings):
            return False
        if seed.items:
            catalogue.change(call, map(wire_item, seed.items))
        if seed.programme is not None:
            programmes.take_up(call, seed.programme)
        staff.put(call, people)
        staff.put_salespeople(call, seed.salespeople)
        for member in seed.members:
            _add_member(call, member)
        for card in seed.cards:
            holder = values.holder_of(call, card.code)
            _load(
                call,
                values.lock(call, ValueAccount.GIFT_CARD, holder, card.balance.currency.minor_digits),
                card.balance,
            )
        for till in seed.tills:
            kind = CallerKind.CHANNEL if till.is_channel else CallerKind.TILL
            auth.allow(call, till.till_id, till.code, kind, seed.code_seconds)
        return True

    return backend.perform(load, None, Caller(CallerKind.OPERATOR, seed.shop.shop_id))


def _hashed(people: Sequence[SeedStaff], passwords: Passwords) -> list[StaffMember]:
    return [
        StaffMember(one.staff_id, one.name, one.role, passwords.hash(one.pin), passwords.hash(one.password))
        for one in people
    ]


def _add_member(call: Call, member: SeedMember) -> None:
    enrolment = WireEnrolment(
        name=member.name,
        mobile=member.mobile,
        card=member.card,
        consent_at=member.consent_at or call.now,
        language=member.language,
    )
    members.add(call, member.member_id, enrolment, member.group)
    spend = member.lifetime_spend.minor if member.lifetime_spend is not None else 0
    members.sum_up(call, member.member_id, spend=spend, placed=member.orders_placed, cancelled=member.orders_cancelled)
    today = shops.load(call).today(call.now)
    for place, lot in enumerate(member.lots):
        account = accounts.lock(call, member.member_id, lot.programme_id, lot.points.digits, today)
        entry = Entry("opening", f"opening-{member.member_id}-{place}")
        accounts.credit(call, account, lot.points.units, entry, lot.last_day or accounts.NEVER)

    if member.credit is not None:
        digits = member.credit.currency.minor_digits
        _load(call, values.lock(call, ValueAccount.STORE_CREDIT, member.member_id, digits), member.credit)


def _load(call: Call, account: Account, money: Money) -> None:
    accounts.credit(call, account, money.minor, Entry("opening", f"opening-{account.member_id}-value"))


def demo_seed(shop: DemoShop, *, codes: Sequence[str], code_seconds: float = auth.CODE_SECONDS) -> ShopSeed:
    """The demo shop's seed; its tills enrol with ``codes``, one each in their order."""
    return ShopSeed(
        shop=wire_shop(shop.profile),
        items=shop.items,
        programme=shop.programme,
        staff=[SeedStaff(one.staff_id, one.name, one.role, one.pin, one.password) for one in shop.staff],
        salespeople=shop.salespeople,
        members=[
            SeedMember(
                member_id=one.member_id,
                name=one.name,
                mobile=one.mobile,
                card=one.card,
                group=one.group,
                lots=tuple(SeedLot(lot.programme_id, lot.points, lot.last_day) for lot in one.lots),
                lifetime_spend=one.lifetime_spend,
                orders_placed=one.orders,
                language=shop.profile.language,
                credit=one.credit or None,
            )
            for one in shop.customers
        ],
        cards=[SeedCard(code, balance) for code, balance in shop.gift_cards.items()],
        tills=[SeedTill(till_id, code) for till_id, code in zip(shop.tills, codes, strict=False)],
        code_seconds=code_seconds,
    )
