"""The shop that a caller belongs to: its profile, the versions in force, its settings and its running number."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import text

from tukar.domain.money import Currency
from tukar.domain.redemption import Refusal
from tukar.server import audit
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.wire.amounts import RateText, Word, currency_of
from tukar.wire.message import Message, read_answer, write
from tukar.wire.shop import WireOfflinePoints, WireShop, WireState

OFFLINE_DAYS: Final = timedelta(days=1)
"""So long after it was told, the setting for points without the backend counts at a till that hears nothing more."""

_READ: Final = text("SELECT * FROM shops WHERE shop_id = :shop_id")
_INSERT: Final = text("INSERT INTO shops (shop_id, profile, settings) VALUES (:shop_id, :profile, :settings)")
_CHANGE: Final = text("UPDATE shops SET profile = :profile, settings = :settings WHERE shop_id = :shop_id")
_NEXT_SEQ: Final = text("UPDATE shops SET server_seq = server_seq + 1 WHERE shop_id = :shop_id RETURNING server_seq")
_EPOCH: Final = text("SELECT value FROM meta WHERE name = 'epoch'")


class ReviewSettings(Message):
    """From where on something is put before a manager though it adds up; None never does.

    Counts are within one day of the shop. ``override_amount`` and ``discount_amount`` are in minor units of a whole
    bill, ``discount_percent`` is of its value; ``late_hours`` is how long after its own time a bill may come. Who of
    the staff is which customer is said in ``customers`` (staff id to member id); equal names are found without it.
    """

    wrong_codes: int | None = 4
    bills_of_one_customer: int | None = 5
    redeemed_then_void: int | None = 3
    cashier_is_customer: bool = True
    override_amount: int | None = 0
    discount_amount: int | None = None
    discount_percent: int | None = 20
    no_receipt: bool = True
    late_hours: int | None = 24
    customers: dict[str, str] = {}  # noqa: RUF012 - msgspec copies it


class TaxRate(Message):
    """What a word in the tax column of articles means: ``rate`` percent, in the price or on top of it."""

    name: Word = ""
    rate: RateText
    included: bool = True


class ShopSettings(Message):
    """What a shop decides about its backend. Points per bill and hour are in whole points.

    ``offline_points_per_bill`` above 0 lets a till take points without a hold (redemption.md, "Offline"); then
    ``offline_points_per_hour`` is the most for one till. ``grace_days`` is how long returned points stay usable at
    least. ``refund_reduced`` says whether money refunded is lowered by the value of earned points that are spent.
    """

    offline_points_per_bill: int = 0
    offline_points_per_hour: int = 0
    lookups_per_hour: int = 300
    grace_days: int = 14
    refund_reduced: bool = False
    review: ReviewSettings = ReviewSettings()
    taxes: dict[str, TaxRate] = {}  # noqa: RUF012 - msgspec copies it


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop as one message sees it."""

    profile: WireShop
    currency: Currency
    zone: ZoneInfo
    programme_version: int
    catalogue_version: int
    staff_version: int
    server_seq: int
    is_recovering: bool
    settings: ShopSettings

    def local(self, now: datetime) -> datetime:
        return now.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        return self.local(now).date()

    def told(self, now: datetime) -> WireShop:
        """The profile as tills hear it, with what they may do for a day without the backend."""
        most = self.settings
        if not most.offline_points_per_bill:
            return self.profile
        last_day = self.today(now) + OFFLINE_DAYS
        limits = WireOfflinePoints(
            per_bill=most.offline_points_per_bill, per_hour=most.offline_points_per_hour, last_day=last_day
        )
        return replace(self.profile, offline_points=limits)


@lru_cache(maxsize=256)
def _profile(profile: str, settings: str) -> tuple[WireShop, Currency, ZoneInfo, ShopSettings]:
    shop = read_answer(profile.encode(), WireShop)
    return shop, currency_of(shop.currency), ZoneInfo(shop.time_zone), read_answer(settings.encode(), ShopSettings)


def load(call: Call) -> Shop:
    """The caller's shop; Refused(NOT_SIGNED_IN) when there is none of that id."""
    row = call.db.execute(_READ, {"shop_id": call.shop_id}).first()
    if row is None:
        raise Refused(Refusal.NOT_SIGNED_IN, "no such shop")
    profile, currency, zone, settings = _profile(row.profile, row.settings)
    return Shop(
        profile,
        currency,
        zone,
        row.programme_version,
        row.catalogue_version,
        row.staff_version,
        row.server_seq,
        bool(row.recovering),
        settings,
    )


def add(call: Call, profile: WireShop, settings: ShopSettings) -> bool:
    """Makes the shop; False, and nothing changed, when it is there already."""
    if call.db.execute(_READ, {"shop_id": profile.shop_id}).first() is not None:
        return False
    call.db.execute(
        _INSERT,
        {"shop_id": profile.shop_id, "profile": write(profile).decode(), "settings": write(settings).decode()},
    )
    return True


def change(call: Call, profile: WireShop, settings: ShopSettings) -> bool:
    """Puts another profile and other settings in force; tills hear of them with their next look. False = as they were.

    Refused(BAD_REQUEST) where money would change its meaning under what was sold already.
    """
    before = load(call)
    if (profile.currency.code, profile.currency.minor_digits) != (before.currency.code, before.currency.minor_digits):
        raise Refused(Refusal.BAD_REQUEST, "the currency of a shop does not change")
    if (profile, settings) == (before.profile, before.settings):
        return False
    call.db.execute(
        _CHANGE,
        {"shop_id": call.shop_id, "profile": write(profile).decode(), "settings": write(settings).decode()},
    )
    audit.record(call, "change_settings", call.shop_id)
    return True


def next_seq(call: Call) -> int:
    """One more stored message. Taken last, because it makes writers of one shop wait for each other."""
    return int(call.db.execute(_NEXT_SEQ, {"shop_id": call.shop_id}).scalar_one())


def epoch(call: Call) -> int:
    """The life of this database: another one after every restore."""
    row = call.db.execute(_EPOCH).first()
    return int(json.loads(row.value)["epoch"]) if row is not None else 0


def state(call: Call, _message: None) -> WireState:
    """What a till compares its copies with."""
    shop = load(call)
    return WireState(
        shop=shop.told(call.now),
        epoch=epoch(call),
        server_seq=shop.server_seq,
        now=call.now,
        programme_version=shop.programme_version,
        catalogue_version=shop.catalogue_version,
        staff_version=shop.staff_version,
        recovering=shop.is_recovering,
        till_id=call.caller.till_id,
        till_epoch=call.caller.till_epoch,
    )
