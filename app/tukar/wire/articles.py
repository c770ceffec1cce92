"""Articles from the rows of a table: which column holds what, what a row must hold, and why a row is bad.

Pure but for the rows it is handed, and in ``wire`` because a table of articles is one more form in which items travel;
the backend, which owns the catalogue, stores them (``server``), and ``tables`` reads the files. Nothing of a table
counts while one of its rows is bad: ``read_articles`` gives all articles, or all bad rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from tukar.domain.barcode import check_digit, looks_like_barcode
from tukar.domain.item import Item, Tax
from tukar.domain.money import AmountFormatError, Currency, UnitPrice

FIELDS: Final = (
    "sku", "name", "price", "barcodes", "sale_price", "floor_price", "tax", "category", "tags", "product", "unit",
    "minimum_age", "popularity", "active", "picture",
)  # fmt: skip
NEEDED: Final = ("sku", "name", "price")
MAX_CODE: Final = 64
MAX_NAME: Final = 200
MAX_AGE: Final = 99
_YES: Final = frozenset({"", "yes", "y", "true", "1", "ya"})
_NO: Final = frozenset({"no", "n", "false", "0", "tidak"})
_WEIGHED: Final = frozenset({"kg", "kilogram", "weighed"})
_REPORT_EVERY: Final = 5_000


class ColumnMapError(ValueError):
    """The map names a field or a column that is not there."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken: its line in the file, and the reason in words for people."""

    line: int
    reason: str


class BadRowsError(ValueError):
    """Some rows are bad, so that none is taken; ``rows`` names the first ones, ``count`` says how many there are."""

    def __init__(self, rows: tuple[BadRow, ...], count: int) -> None:
        super().__init__(f"{count} bad rows, the first in line {rows[0].line}: {rows[0].reason}")
        self.rows = rows
        self.count = count


@dataclass(frozen=True, slots=True)
class ArticleFormat:
    """How a table holds articles.

    ``columns`` maps a field to a heading; a heading that is a field's own name needs no entry. ``taxes`` says what a
    word in the tax column means; a percentage there needs no entry and is included in the price. ``commonest`` takes
    a table that names a code many times, such as bills: its commonest name that is not empty and its commonest price
    above zero count, of equals the earlier; how many rows name it is its popularity. Without it, a code that comes
    twice is a bad row. Codes that differ only in case are two articles.
    """

    currency: Currency
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    taxes: Mapping[str, tuple[Tax, ...]] = field(default_factory=lambda: MappingProxyType({}))
    commonest: bool = False

    def places(self, headings: Sequence[str]) -> Mapping[str, int]:
        """Where each field stands in a row; ColumnMapError when a needed or mapped column is missing."""
        unknown = [name for name in self.columns if name not in FIELDS]
        if unknown:
            raise ColumnMapError(f"there is no field {unknown[0]!r}; fields are {', '.join(FIELDS)}")
        places = {}
        for name in FIELDS:
            heading = self.columns.get(name, name)
            if heading in headings:
                places[name] = headings.index(heading)
            elif name in self.columns or name in NEEDED:
                raise ColumnMapError(f"no column is headed {heading!r} for {name}; there are {', '.join(headings)}")
        return places


def read_articles(
    headings: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    form: ArticleFormat,
    *,
    progress: Callable[[int], None] = lambda _rows: None,
    most_bad: int = 20,
) -> tuple[Item, ...]:
    """All articles of a table, in the order in which their codes first appear.

    ``progress`` hears now and then how many rows were read. Raises ColumnMapError, or BadRowsError with the first
    ``most_bad`` rows.
    """
    reader = _RowReader(form, form.places(headings), len(headings))
    bad: list[BadRow] = []
    count = read = 0
    for line, cells in rows:
        read += 1
        if read % _REPORT_EVERY == 0:
            progress(read)
        reason = reader.take(line, cells)
        if reason:
            count += 1
            if len(bad) < most_bad:
                bad.append(BadRow(line, reason))
    progress(read)
    if bad:
        raise BadRowsError(tuple(bad), count)
    return tuple(reader.articles())


class _RowReader:
    """Collects the articles of one table and says of every row why it is bad, if it is."""

    def __init__(self, form: ArticleFormat, places: Mapping[str, int], width: int) -> None:
        self._form = form
        self._places = places
        self._width = width
        self._first: dict[str, tuple[int, Item]] = {}
        self._barcodes: dict[str, tuple[int, str]] = {}
        self._names: dict[str, Counter[str]] = {}
        self._prices: dict[str, Counter[UnitPrice]] = {}

    def take(self, line: int, cells: Sequence[str]) -> str:
        """Keeps the row's article; the reason when the row is bad."""
        if len(cells) > self._width and any(cells[self._width :]):
            return f"it has {len(cells)} cells, the headings are {self._width}"
        cell = {name: cells[at].strip() if at < len(cells) else "" for name, at in self._places.items()}
        try:
            item = self._item(cell)
        except (ValueError, ArithmeticError) as broken:
            return str(broken)
        earlier = self._first.get(item.sku)
        if earlier is not None and not self._form.commonest:
            return f"the code {item.sku} stands in line {earlier[0]} already"
        for barcode in item.barcodes:
            owner = self._barcodes.setdefault(barcode, (line, item.sku))
            if owner[1] != item.sku:
                return f"the barcode {barcode} belongs to {owner[1]} in line {owner[0]}"
        self._first.setdefault(item.sku, (line, item))
        if self._form.commonest:
            self._names.setdefault(item.sku, Counter())[cell["name"]] += 1
            self._prices.setdefault(item.sku, Counter())[item.price] += 1
        return ""

    def articles(self) -> Iterator[Item]:
        for sku, (_line, item) in self._first.items():
            yield self._as_sold(sku, item) if self._form.commonest else item

    def _as_sold(self, sku: str, item: Item) -> Item:
        names, prices = self._names[sku], self._prices[sku]
        name = next((text for text, _times in names.most_common() if text), sku)
        price = next((found for found, _times in prices.most_common() if found.scaled), item.price)
        return replace(item, name=name, price=price, popularity=item.popularity or names.total())

    def _item(self, cell: Mapping[str, str]) -> Item:
        sku, name = cell["sku"], cell["name"]
        if not sku:
            raise ValueError("it has no code")
        if len(sku) > MAX_CODE:
            raise ValueError(f"the code is longer than {MAX_CODE} characters")
        if not name and not self._form.commonest:
            raise ValueError("it has no name")
        if len(name) > MAX_NAME:
            raise ValueError(f"the name is longer than {MAX_NAME} characters")
        return Item(
            sku,
            name or sku,
            self._price("price", cell["price"]),
            taxes=self._taxes(cell.get("tax", "")),
            barcodes=tuple(_barcode(code) for code in cell.get("barcodes", "").split()),
            category=cell.get("category", ""),
            tags=frozenset(cell.get("tags", "").split()),
            product=cell.get("product", ""),
            floor_price=self._price_or_none("floor_price", cell.get("floor_price", "")),
            sale_price=self._price_or_none("sale_price", cell.get("sale_price", "")),
            active=_yes(cell.get("active", "")),
            weighed=cell.get("unit", "").lower() in _WEIGHED,
            minimum_age=_whole("minimum_age", cell.get("minimum_age", ""), MAX_AGE),
            picture=_picture(cell.get("picture", "")),
            popularity=_whole("popularity", cell.get("popularity", ""), 2**31 - 1),
        )

    def _price_or_none(self, column: str, text: str) -> UnitPrice | None:
        return self._price(column, text) if text else None

    def _price(self, column: str, text: str) -> UnitPrice:
        if not text:
            raise ValueError(f"it has no {column}")
        try:
            price = UnitPrice.parse(text, self._form.currency)
        except AmountFormatError:
            raise ValueError(f"the {column} {text[:20]!r} is not a number such as 12500 or 12.50") from None
        if price.scaled < 0:
            raise ValueError(f"the {column} {text} is below zero")
        return price

    def _taxes(self, word: str) -> tuple[Tax, ...]:
        known = self._form.taxes.get(word)
        if known is not None:
            return known
        return () if not word else percentage_tax(word)


def _picture(name: str) -> str:
    """The name of a file alone: where such files lie each till knows itself."""
    if len(name) > MAX_NAME or any(sign in name for sign in "/\\:"):
        raise ValueError(f"the picture {name[:20]!r} is not the name of a file alone, such as rice.png")
    return name


def percentage_tax(text: str, name: str = "") -> tuple[Tax, ...]:
    """The tax that ``11`` or ``11 %`` means, included in the price, or on top with ``+`` after it; 0 = none.

    Raises ValueError when it is no percentage from 0 to 100.
    """
    number = text.strip().rstrip("+").rstrip("% ")
    if not number.replace(".", "", 1).isdigit() or not number.isascii() or Decimal(number) > 100:  # noqa: PLR2004 - percent
        raise ValueError(f"the tax {text[:20]!r} is not a percentage such as 11, nor one of the words given with --tax")
    rate = Decimal(number)
    return (Tax(rate, included=not text.strip().endswith("+"), name=name),) if rate else ()


def _barcode(code: str) -> str:
    if len(code) > MAX_CODE:
        raise ValueError(f"the barcode is longer than {MAX_CODE} characters")
    if looks_like_barcode(code):
        should = check_digit(code[:-1])
        if should != code[-1]:
            raise ValueError(f"the barcode {code} ends in {code[-1]} where its check digit is {should}")
    return code


def _yes(text: str) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise ValueError(f"active is yes or no, not {text[:20]!r}")
    return word in _YES


def _whole(column: str, text: str, most: int) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise ValueError(f"the {column} {text[:20]!r} is not a whole number up to {most}")
    return int(text)
