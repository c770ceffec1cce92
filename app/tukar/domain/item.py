"""Items as the shop sells them, with the taxes their prices hold or get on top."""

from dataclasses import dataclass
from decimal import Decimal

from tukar.domain.money import Currency, Money, UnitPrice


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax rate in percent; ``included`` means that the price already holds it."""

    rate: Decimal
    included: bool = True
    name: str = ""
    """What the receipt calls it, such as ``PPN``; empty where nobody named it."""

    def __post_init__(self) -> None:
        if not self.rate.is_finite() or self.rate < 0:
            raise ValueError(f"a tax rate is a percentage of at least 0, not {self.rate}")


@dataclass(frozen=True, slots=True)
class Item:
    """Something the shop sells, as the catalogue of one version knows it.

    ``price`` is per piece, or per kilogram for weighed goods, with or without tax as ``taxes`` say. ``sale_price``
    is an already reduced price that is charged instead. ``floor_price`` is the least a piece may cost after
    promotions. ``fixed_tax`` is an amount per piece on top that no discount touches. ``barcodes`` are compared
    exactly first (till.md, "Scanner as keyboard"). An item that is not ``active`` is neither sold nor given.
    """

    sku: str
    name: str
    price: UnitPrice
    taxes: tuple[Tax, ...] = ()
    barcodes: tuple[str, ...] = ()
    category: str = ""
    tags: frozenset[str] = frozenset()
    product: str = ""
    """Items of one product share it; empty means that the item is its own product."""
    tax_group: str = ""
    fixed_tax: Money | None = None
    floor_price: UnitPrice | None = None
    sale_price: UnitPrice | None = None
    active: bool = True
    weighed: bool = False
    minimum_age: int = 0
    """Years the buyer must have; 0 where nobody asks."""
    picture: str = ""
    popularity: int = 0
    """How often it sells, for ranking search hits and tiles; no unit."""

    def __post_init__(self) -> None:
        if not self.sku:
            raise ValueError("an item has a code")

    @property
    def currency(self) -> Currency:
        return self.price.currency

    @property
    def charged_price(self) -> UnitPrice:
        """What a piece costs before any rule: the sale price where there is one."""
        return self.price if self.sale_price is None else self.sale_price
