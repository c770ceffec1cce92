"""Bills of another shop, read back from its file: which lines are goods sold or taken back, and which are set aside.

The file names one line of an invoice in each row; its lines need not stand together. An invoice whose number starts
with ``C`` is a return. A line worth 0 is set aside, and so is one that goes against its invoice: a negative quantity
or amount on a sale, a positive one on a return. What a line is worth is rounded half up to the currency by itself, so
that sales, refunds and what is set aside add up to the file's own sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tukar.domain.money import AmountFormatError, Currency, Money, Quantity, UnitPrice
from tukar.wire.articles import BadRow, BadRowsError, ColumnMapError

COLUMNS: Final = ("invoice", "customer", "code", "quantity", "unit_price_gbp")
RETURN_PREFIX: Final = "C"
_MOST_BAD: Final = 20


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One row: some quantity of an article at the price that was charged; negative quantities came back."""

    code: str
    quantity: Quantity
    price: UnitPrice

    @property
    def amount(self) -> Money:
        return self.price.times(self.quantity)

    @property
    def is_exact(self) -> bool:
        """Whether the amount needs no rounding, so that it may share a line of the bill with others of its kind."""
        return (self.price.exact() * self.quantity.exact()).denominator == 1


@dataclass(frozen=True, slots=True)
class Invoice:
    """One bill of the file; ``customer`` is empty where nobody knew who bought."""

    number: str
    customer: str
    lines: tuple[InvoiceLine, ...]
    set_aside: tuple[InvoiceLine, ...]

    @property
    def is_return(self) -> bool:
        return self.number.startswith(RETURN_PREFIX)


def read_invoices(
    headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], currency: Currency
) -> tuple[Invoice, ...]:
    """All invoices of a table in the order in which they first appear; none when a row is bad.

    Raises ColumnMapError when a column is missing, BadRowsError with the first rows that cannot be read.
    """
    missing = next((column for column in COLUMNS if column not in headings), None)
    if missing is not None:
        raise ColumnMapError(f"no column is headed {missing!r}; there are {', '.join(headings)}")
    places = [headings.index(column) for column in COLUMNS]
    found: dict[str, list[InvoiceLine]] = {}
    customers: dict[str, str] = {}
    bad: list[BadRow] = []
    for line, cells in rows:
        try:
            number, customer, article = _read(cells, places, currency)
        except ValueError as broken:
            bad.append(BadRow(line, str(broken)))
            continue
        found.setdefault(number, []).append(article)
        customers.setdefault(number, customer)
    if bad:
        raise BadRowsError(tuple(bad[:_MOST_BAD]), len(bad))
    return tuple(_invoice(number, customers[number], lines) for number, lines in found.items())


def _read(cells: Sequence[str], places: Sequence[int], currency: Currency) -> tuple[str, str, InvoiceLine]:
    if len(cells) <= max(places):
        raise ValueError(f"it has only {len(cells)} cells")
    number, customer, code, quantity, price = (cells[at].strip() for at in places)
    if not number or not code:
        raise ValueError("it has no invoice" if not number else "it has no code")
    try:
        return number, customer, InvoiceLine(code, Quantity.parse(quantity), UnitPrice.parse(price, currency))
    except AmountFormatError as broken:
        raise ValueError(str(broken)) from None


def _invoice(number: str, customer: str, lines: Sequence[InvoiceLine]) -> Invoice:
    sign = -1 if number.startswith(RETURN_PREFIX) else 1
    counts = [sign * line.amount.minor > 0 and sign * line.quantity.thousandths > 0 for line in lines]
    return Invoice(
        number,
        customer,
        tuple(line for line, counted in zip(lines, counts, strict=True) if counted),
        tuple(line for line, counted in zip(lines, counts, strict=True) if not counted),
    )
