"""The file from which a shop is set up and changed: TOML that explains itself, to and from profile and settings.

``shop_text`` writes what ``read_shop`` reads, so a technician starts from the sample, fills it in, and later takes what
is in force, changes a line and gives it back. Only the sample names a first manager: after that, staff is a table.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, ValidationError, convert, structs

from tukar.domain.people import Role
from tukar.server.shops import ReviewSettings, ShopSettings, TaxRate
from tukar.wire.amounts import AmountText, Count, Key, RateText, WireCurrency, Word, currency_of
from tukar.wire.approvals import WireRoleLimits, limits_of
from tukar.wire.message import Message
from tukar.wire.shop import WireShop

LANGUAGES: Final = ("en", "id", "hi")
_PLACE: Final = re.compile(r"`\$\.?([^`]*)`$")
_FIELD: Final = re.compile(r"field `([^`]+)`")
_LINE: Final = re.compile(r"\(at line (\d+)")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_WHOLE_PERCENT: Final = 100
_USUAL: Final = ShopSettings()
"""What holds where the file says nothing."""

_Minor = Annotated[int, Meta(ge=1, le=10**12)]


class ShopFileError(ValueError):
    """The file cannot be taken; the text says where, and what belongs there."""


class Founder(Message):
    """Who gives the shop its people; PIN and password are asked for and stand in no file."""

    id: Key
    name: Annotated[Word, Meta(min_length=1)]


class _Profile(Message):
    id: Annotated[str, Meta(pattern="^[A-Z0-9]{1,12}$")]
    name: Annotated[Word, Meta(min_length=1)]
    address: Annotated[str, Meta(max_length=1000)] = ""
    tax_number: Word = ""
    tax_number_name: Word = ""
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    language: str
    time_zone: Annotated[str, Meta(min_length=1, max_length=64)]


class _Money(Message):
    code: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    minor_digits: Annotated[int, Meta(ge=0, le=4)]
    cash_step: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    notes: Annotated[tuple[_Minor, ...], Meta(max_length=20)] = ()
    denominations: Annotated[tuple[_Minor, ...], Meta(max_length=40)] = ()


class _Limits(Message):
    amount: AmountText | None = None
    percent: RateText | None = None
    points: Count | None = None


class _Points(Message):
    lookups_per_hour: Count = _USUAL.lookups_per_hour
    grace_days: Count = _USUAL.grace_days
    refund_reduced: bool = _USUAL.refund_reduced
    offline_points_per_bill: Count = _USUAL.offline_points_per_bill
    offline_points_per_hour: Count = _USUAL.offline_points_per_hour


def _or_never(threshold: int | None) -> int | bool:
    """TOML has no word for nothing, so the file says false where there is no threshold."""
    return False if threshold is None else threshold


class _Review(Message):
    wrong_codes: Count | bool = _or_never(_USUAL.review.wrong_codes)
    bills_of_one_customer: Count | bool = _or_never(_USUAL.review.bills_of_one_customer)
    redeemed_then_void: Count | bool = _or_never(_USUAL.review.redeemed_then_void)
    cashier_is_customer: bool = _USUAL.review.cashier_is_customer
    override_amount: Count | bool = _or_never(_USUAL.review.override_amount)
    discount_amount: Count | bool = _or_never(_USUAL.review.discount_amount)
    discount_percent: Count | bool = _or_never(_USUAL.review.discount_percent)
    no_receipt: bool = _USUAL.review.no_receipt
    late_hours: Count | bool = _or_never(_USUAL.review.late_hours)
    customers: dict[Key, Key] = {}  # noqa: RUF012 - msgspec copies it


class _File(Message):
    shop: _Profile
    currency: _Money
    manager: Founder | None = None
    taxes: dict[Key, TaxRate] = {}  # noqa: RUF012 - msgspec copies it
    limits: dict[Role, _Limits] = {}  # noqa: RUF012 - msgspec copies it
    points: _Points = _Points()
    review: _Review = _Review()


_SECTIONS: Final[Mapping[str, str]] = {
    "shop": "Who the shop is, on screens and receipts.",
    "currency": "Its money. Code and digits never change afterwards.",
    "manager": "The first member of staff; PIN and password are asked for when the shop is made.",
    "taxes": "What a word in the tax column of the articles means.",
    "limits": "Up to what a role (cashier, supervisor, manager) may give its word; what is left out has no limit.",
    "points": "What the backend allows tills with points.",
    "review": "From where on something is put before a manager though it adds up; false never does.",
}
_MEANS: Final[Mapping[str, str]] = {
    "shop.id": "Up to 12 capital letters and digits; begins every receipt number and never changes.",
    "shop.name": "As on the sign over the door.",
    "shop.address": "Up to 1,000 characters; one line or several.",
    "shop.tax_number": "Empty for none.",
    "shop.tax_number_name": "What that number is called, such as NPWP, GSTIN or VAT.",
    "shop.country": "Two capital letters, such as ID: how a mobile number without its country is read.",
    "shop.language": "Of messages to customers: en, id or hi.",
    "shop.time_zone": "As in Asia/Jakarta: when a day begins and ends.",
    "currency.code": "Three capital letters, such as IDR.",
    "currency.minor_digits": "Digits behind the point, from 0 to 4: 0 for rupiah, 2 for cents.",
    "currency.cash_step": "Cash is rounded to this many of the smallest unit; 1 leaves it as it is.",
    "currency.notes": "Bank notes in the smallest unit, for the quick cash buttons.",
    "currency.denominations": "Notes and coins in the smallest unit, to count a drawer by; empty for the usual ones.",
    "manager.id": "A short name in letters and digits, such as hendra.",
    "manager.name": "As on the sign-in screen.",
    "taxes.*": "Percent in quotes; included = false for a tax on top of the price.",
    "limits.*.amount": 'Money in quotes, such as "50000".',
    "limits.*.percent": 'Percent in quotes, such as "20".',
    "limits.*.points": "Whole points.",
    "points.lookups_per_hour": "Customers that one till may look up by number.",
    "points.grace_days": "Days that points given back can be spent at least.",
    "points.refund_reduced": "Whether money paid back is lowered by earned points that were spent: true or false.",
    "points.offline_points_per_bill": "Points that a till may take without a line; 0 for none.",
    "points.offline_points_per_hour": "And the most of one till in an hour.",
    "review.wrong_codes": "Wrong one-time codes in a day.",
    "review.bills_of_one_customer": "Bills of one customer in a day.",
    "review.redeemed_then_void": "Bills with points that were voided in a day.",
    "review.cashier_is_customer": "Somebody of the staff is the customer of their own bill: true or false.",
    "review.override_amount": "Prices changed by hand, in the smallest unit, of a bill.",
    "review.discount_amount": "Discount by hand, in the smallest unit, of a bill.",
    "review.discount_percent": "Discount by hand, in percent of a bill.",
    "review.no_receipt": "Goods taken back without a receipt: true or false.",
    "review.late_hours": "Hours that a bill may come late.",
    "review.customers": 'Who of the staff is which customer, as {hendra = "0190f0…"}; equal names are found anyway.',
}  # fmt: skip
"""What each key is for: the comment beside it, and what is said when its value does not fit."""


@dataclass(frozen=True, slots=True)
class ShopFile:
    """What a file says of a shop. ``manager`` is None where it names none."""

    profile: WireShop
    settings: ShopSettings
    manager: Founder | None = None


def read_shop(content: bytes) -> ShopFile:
    """The shop that a file describes; ShopFileError names the first thing in it that cannot be."""
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ShopFileError("the text is not UTF-8") from None
    except tomllib.TOMLDecodeError as broken:
        place = _LINE.search(str(broken))
        line = int(place[1]) if place else content.count(b"\n") + 1
        raise ShopFileError(f"line {line} is no TOML. A key, an equals sign and its value stand in a line") from None
    try:
        read = convert(raw, _File)
    except ValidationError as unfit:
        raise ShopFileError(_told(str(unfit))) from None
    _demand_sense(read)
    return ShopFile(_profile(read), _settings(read), read.manager)


def _told(unfit: str) -> str:
    """Where and what in this file's own words, in place of the validator's."""
    found, field = _PLACE.search(unfit), _FIELD.search(unfit)
    path = re.sub(r"\[\d+\]", "", found[1].replace("[...]", ".*")) if found else ""
    if field:
        name = f"{path}.{field[1]}" if path else field[1]
        return f"{name} is missing. {_means(name)}".strip() if "missing" in unfit else f"there is no {name} here"
    return f"{path} does not fit. {_means(path)}".strip()


def _means(path: str) -> str:
    """The words for a key, for the whole of a table, or for nothing in particular."""
    while path and path not in _MEANS and path not in _SECTIONS:
        path = path.rpartition(".")[0]
    return _MEANS.get(path) or _SECTIONS.get(path, "")


def _demand_sense(read: _File) -> None:
    """What each value may be by itself and is not together with the others, or outside this file."""
    try:
        ZoneInfo(read.shop.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ShopFileError(f"shop.time_zone does not fit. {_MEANS['shop.time_zone']}") from None
    if read.shop.language not in LANGUAGES:
        raise ShopFileError(f"shop.language does not fit. {_MEANS['shop.language']}")
    for word, tax in read.taxes.items():
        if Decimal(tax.rate) > _WHOLE_PERCENT:
            raise ShopFileError(f"taxes.{word}.rate is more than the whole price")
    try:
        limits_of(_limits(read), currency_of(_currency(read)))
    except ValueError as unfit:
        raise ShopFileError(f"limits: {unfit}") from None
    for name in _NEVER:
        if getattr(read.review, name) is True:
            raise ShopFileError(f"review.{name} is a number, or false. {_MEANS[f'review.{name}']}")


_NEVER: Final = tuple(
    field.name for field in structs.fields(ReviewSettings) if not isinstance(field.default, bool | dict)
    and field.name != "customers"
)  # fmt: skip
"""Thresholds that may be switched off."""


def _currency(read: _File) -> WireCurrency:
    money = read.currency
    return WireCurrency(code=money.code, minor_digits=money.minor_digits, cash_step=money.cash_step)


def _limits(read: _File) -> tuple[WireRoleLimits, ...]:
    return tuple(
        WireRoleLimits(role=role, amount=one.amount, percent=one.percent, points=one.points)
        for role, one in sorted(read.limits.items())
    )


def _profile(read: _File) -> WireShop:
    shop = read.shop
    return WireShop(
        shop_id=shop.id,
        name=shop.name,
        address=shop.address,
        tax_number=shop.tax_number,
        tax_number_name=shop.tax_number_name,
        currency=_currency(read),
        country=shop.country,
        language=shop.language,
        time_zone=shop.time_zone,
        notes=read.currency.notes,
        denominations=read.currency.denominations,
        limits=_limits(read),
    )


def _settings(read: _File) -> ShopSettings:
    given = structs.asdict(read.review)
    never = {name: None for name in _NEVER if given[name] is False}
    review = convert({**given, **never}, ReviewSettings)
    return ShopSettings(**structs.asdict(read.points), review=review, taxes=read.taxes)


def sample_text() -> str:
    """A file to start from: a small shop in Jakarta, every key explained."""
    profile = WireShop(
        shop_id="SHOP1", name="Toko Baru", address="Jl. Merdeka 1, Jakarta", tax_number_name="NPWP",
        currency=WireCurrency(code="IDR", minor_digits=0, cash_step=100), country="ID", language="id",
        time_zone="Asia/Jakarta", notes=(5_000, 10_000, 50_000, 100_000),
        limits=(WireRoleLimits(role=Role.SUPERVISOR, amount="100000", percent="20", points=1_000),),
    )  # fmt: skip
    settings = ShopSettings(taxes={"ppn": TaxRate(name="PPN", rate="11"), "none": TaxRate(rate="0")})
    return shop_text(ShopFile(profile, settings, Founder(id="manager", name="Manager")))


def shop_text(shop: ShopFile) -> str:
    """The file that describes ``shop``, with a comment for every key."""
    return "\n".join(["# A shop, for tukar shop create and tukar shop change.", *_lines(shop), ""])


def _lines(shop: ShopFile) -> Iterator[str]:
    profile, money = shop.profile, shop.profile.currency
    names = ("name", "address", "tax_number", "tax_number_name", "country", "language", "time_zone")
    yield from _section("shop", {"id": profile.shop_id, **{name: getattr(profile, name) for name in names}})
    in_cash = {"notes": list(profile.notes), "denominations": list(profile.denominations)}
    yield from _section("currency", {**structs.asdict(money), **in_cash})
    if shop.manager is not None:
        yield from _section("manager", structs.asdict(shop.manager))
    yield from ("", f"# {_SECTIONS['taxes']} {_MEANS['taxes.*']}", "[taxes]")
    for word, tax in shop.settings.taxes.items():
        yield f"{_key(word)} = {_inline(structs.asdict(tax))}"
    yield from ("", f"# {_SECTIONS['limits']}", "[limits]")
    for limits in profile.limits:
        values = {"amount": limits.amount, "percent": limits.percent, "points": limits.points}
        yield f"{limits.role} = {_inline(values)}"
    settings = structs.asdict(shop.settings)
    yield from _section("points", {name: settings[name] for name in _Points.__struct_fields__})
    yield from _section("review", structs.asdict(shop.settings.review))


def _section(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"# {_SECTIONS[name]}", f"[{name}]")
    for key, value in values.items():
        yield f"# {_MEANS[f'{name}.{key}']}"
        yield f"{key} = {_toml(value)}"


def _inline(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in values.items() if value is not None) + "}"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if value is None:
        return "false"
    # A text, a number, true, false and a list of numbers are written in TOML as in JSON.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name)
