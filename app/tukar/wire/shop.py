"""The shop, the backend's word about itself, and the enrolment of a till as messages."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints, ShopProfile
from tukar.wire.amounts import (
    Count,
    Key,
    KeyOrNone,
    Moment,
    Seconds,
    Text,
    Version,
    WireCurrency,
    Word,
    currency_of,
    wire_currency,
)
from tukar.wire.approvals import WireRoleLimits, limits_of, wire_limits
from tukar.wire.message import Message

Language = Annotated[str, Meta(max_length=12, pattern=r"^[A-Za-z-]*$")]


class WireOfflinePoints(Message):
    """How many whole points a till may take without the backend, for a bill and in an hour, and through which day."""

    per_bill: Count
    per_hour: Count
    last_day: date


class WireShop(Message):
    """The shop as receipts and screens show it; ``notes`` and ``denominations`` are in minor units."""

    shop_id: Annotated[str, Meta(min_length=1, max_length=12, pattern="^[A-Z0-9]+$")]
    name: Word
    address: Text = ""
    tax_number: Word = ""
    tax_number_name: Word = ""
    currency: WireCurrency
    country: Annotated[str, Meta(min_length=2, max_length=2, pattern="^[A-Z]{2}$")]
    language: Language
    time_zone: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
    notes: Annotated[tuple[Annotated[int, Meta(ge=1, le=10**12)], ...], Meta(max_length=20)] = ()
    denominations: Annotated[tuple[Annotated[int, Meta(ge=1, le=10**12)], ...], Meta(max_length=40)] = ()
    limits: Annotated[tuple[WireRoleLimits, ...], Meta(max_length=20)] = ()
    """Up to what each role may give its word (security.md, "Rights")."""
    offline_points: WireOfflinePoints | None = None
    """Told to tills as the shop's settings have it; none where a till may take no points without the backend."""


def _wire_offline(points: OfflinePoints) -> WireOfflinePoints | None:
    if points.last_day is None:
        return None
    return WireOfflinePoints(per_bill=points.per_bill, per_hour=points.per_hour, last_day=points.last_day)


def _offline_of(message: WireOfflinePoints | None) -> OfflinePoints:
    if message is None:
        return NO_OFFLINE_POINTS
    return OfflinePoints(message.per_bill, message.per_hour, message.last_day)


def wire_shop(shop: ShopProfile) -> WireShop:
    return WireShop(
        shop_id=shop.shop_id,
        name=shop.name,
        address=shop.address,
        tax_number=shop.tax_number,
        tax_number_name=shop.tax_number_name,
        currency=wire_currency(shop.currency),
        country=shop.country,
        language=shop.language,
        time_zone=shop.time_zone,
        notes=shop.notes,
        denominations=shop.denominations,
        limits=wire_limits(shop.limits, shop.currency),
        offline_points=_wire_offline(shop.offline_points),
    )


def shop_of(message: WireShop) -> ShopProfile:
    return ShopProfile(
        shop_id=message.shop_id,
        name=message.name,
        address=message.address,
        tax_number=message.tax_number,
        tax_number_name=message.tax_number_name,
        currency=currency_of(message.currency),
        country=message.country,
        language=message.language,
        time_zone=message.time_zone,
        notes=message.notes,
        denominations=message.denominations,
        limits=limits_of(message.limits, currency_of(message.currency)),
        offline_points=_offline_of(message.offline_points),
    )


class WireState(Message):
    """Versions to compare with the till's copies, the backend's epoch and its clock."""

    shop: WireShop
    epoch: Count
    server_seq: Count
    now: Moment
    programme_version: Version
    catalogue_version: Version
    staff_version: Version
    recovering: bool = False
    till_id: KeyOrNone = ""
    till_epoch: Count = 1


class WireTillEnrolment(Message):
    """A device asks to become a till: the code it was given, and its Ed25519 public key in base64.

    The id of the device is in the address. Asked again with the same key, it gets the same answer while the code
    is fresh; another key is refused.
    """

    code: Annotated[str, Meta(min_length=6, max_length=32, pattern="^[A-Za-z0-9-]+$")]
    public_key: Annotated[str, Meta(min_length=40, max_length=64, pattern=r"^[A-Za-z0-9+/=_-]+$")]
    name: Word = ""

    def __repr__(self) -> str:
        return f"WireTillEnrolment(name={self.name!r})"


class WireTillToken(Message):
    """The till's token and who it is from now on. ``token`` is shorter than 1,200 characters."""

    token: Annotated[str, Meta(max_length=1199)]
    till_id: Key
    till_epoch: Count
    shop: WireShop

    def __repr__(self) -> str:
        return f"WireTillToken(till_id={self.till_id!r})"


class WireNewTill(Message):
    """A manager asks for an enrolment code for the till named in the address; the operator needs no PIN."""

    staff_id: KeyOrNone = ""
    pin: Annotated[str, Meta(max_length=128)] = ""
    channel: bool = False
    """True for another channel, such as a web shop, in place of a till."""

    def __repr__(self) -> str:
        return f"WireNewTill(staff_id={self.staff_id!r})"


class WireEnrolmentCode(Message):
    """A code for one device, and for how many seconds it lives."""

    code: Word
    expires_in: Seconds

    def __repr__(self) -> str:
        return "WireEnrolmentCode()"


class WireTillEpoch(Message):
    """Asks for a new series of numbers after the one named, because this one was seen before."""

    after: Count


class WireTillEpochAnswer(Message):
    """The epoch of the till's numbers from its next bill on."""

    till_epoch: Count


class WireHealth(Message):
    """Whether the backend lives, and whether it can take messages."""

    status: Word
    detail: Word = ""
