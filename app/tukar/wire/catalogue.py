"""Items and pages of the catalogue as messages."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, UnitPrice
from tukar.wire.amounts import (
    AmountText,
    Code,
    CodeOrNone,
    Count,
    PriceText,
    RateText,
    Text,
    Version,
    WireCurrency,
    Word,
    optional_amount,
    optional_money,
)
from tukar.wire.message import Message, read_answer, write

PAGE_BYTES = 256 * 1024
"""The most that one page of the catalogue weighs, so that reading it never stalls a window (performance.md)."""


class WireTax(Message):
    """A tax rate in percent."""

    rate: RateText
    included: bool = True
    name: Word = ""


class WireItem(Message):
    """An item as one version of the catalogue knows it."""

    sku: Code
    name: Annotated[str, Meta(max_length=300, pattern=r"^[^\x00]*$")]
    price: PriceText
    taxes: Annotated[tuple[WireTax, ...], Meta(max_length=8)] = ()
    barcodes: Annotated[tuple[Code, ...], Meta(max_length=32)] = ()
    category: Word = ""
    tags: Annotated[tuple[Word, ...], Meta(max_length=64)] = ()
    product: CodeOrNone = ""
    tax_group: Word = ""
    fixed_tax: AmountText | None = None
    floor_price: PriceText | None = None
    sale_price: PriceText | None = None
    active: bool = True
    weighed: bool = False
    minimum_age: Annotated[int, Meta(ge=0, le=150)] = 0
    picture: Text = ""
    popularity: Count = 0


class WireCataloguePage(Message):
    """Items that changed after a version; ``next_page`` goes into the next request, empty on the last page."""

    version: Version
    currency: WireCurrency
    items: tuple[WireItem, ...] = ()
    removed: tuple[Code, ...] = ()
    next_page: Word = ""


class WireImportPage(Message):
    """Some items of an import; nothing is changed until the import is completed."""

    items: Annotated[tuple[WireItem, ...], Meta(max_length=5000)]


class WireImport(Message):
    """Completes an import of that many pages in one step; ``replace_all`` retires what it does not name."""

    pages: Annotated[int, Meta(ge=0, le=100_000)]
    replace_all: bool = False


class WireImportAnswer(Message):
    """The version of the catalogue after an import, and what it changed."""

    version: Version
    changed: Count
    removed: Count


def wire_tax(tax: Tax) -> WireTax:
    return WireTax(rate=format(tax.rate, "f"), included=tax.included, name=tax.name)


def tax_of(message: WireTax) -> Tax:
    return Tax(Decimal(message.rate), message.included, message.name)


def _optional_price(price: UnitPrice | None) -> str | None:
    return None if price is None else price.decimal()


def _price_of(text: str | None, currency: Currency) -> UnitPrice | None:
    return None if text is None else UnitPrice.parse(text, currency)


def wire_item(item: Item) -> WireItem:
    return WireItem(
        sku=item.sku,
        name=item.name,
        price=item.price.decimal(),
        taxes=tuple(map(wire_tax, item.taxes)),
        barcodes=item.barcodes,
        category=item.category,
        tags=tuple(sorted(item.tags)),
        product=item.product,
        tax_group=item.tax_group,
        fixed_tax=optional_amount(item.fixed_tax),
        floor_price=_optional_price(item.floor_price),
        sale_price=_optional_price(item.sale_price),
        active=item.active,
        weighed=item.weighed,
        minimum_age=item.minimum_age,
        picture=item.picture,
        popularity=item.popularity,
    )


def item_of(message: WireItem, currency: Currency) -> Item:
    return Item(
        sku=message.sku,
        name=message.name,
        price=UnitPrice.parse(message.price, currency),
        taxes=tuple(map(tax_of, message.taxes)),
        barcodes=message.barcodes,
        category=message.category,
        tags=frozenset(message.tags),
        product=message.product,
        tax_group=message.tax_group,
        fixed_tax=optional_money(message.fixed_tax, currency),
        floor_price=_price_of(message.floor_price, currency),
        sale_price=_price_of(message.sale_price, currency),
        active=message.active,
        weighed=message.weighed,
        minimum_age=message.minimum_age,
        picture=message.picture,
        popularity=message.popularity,
    )


def item_to_json(item: Item) -> bytes:
    return write(wire_item(item))


def item_from_json(data: bytes, currency: Currency) -> Item:
    """An item that was stored; MessageError or ValueError when it is none."""
    return item_of(read_answer(data, WireItem), currency)
