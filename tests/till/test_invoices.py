"""Another shop's bills out of its file."""

import csv
import gzip
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tukar.domain.money import Currency, Money
from tukar.till.invoices import COLUMNS, Invoice, read_invoices
from tukar.wire.articles import BadRowsError, ColumnMapError
from tukar.wire.tables import open_table

GBP = Currency("GBP", 2)


def read(*rows: str) -> tuple[Invoice, ...]:
    return read_invoices(COLUMNS, [(line, row.split(",")) for line, row in enumerate(rows, start=2)], GBP)


def amounts(lines: Sequence[object]) -> list[str]:
    return [line.amount.decimal() for line in lines]  # type: ignore[attr-defined]


def test_rows_of_one_invoice_come_together_wherever_they_stand() -> None:
    first, second = read("1,c7,A,2,1.50", "2,,B,1,3", "1,c7,B,1,3")
    assert (first.number, first.customer, amounts(first.lines)) == ("1", "c7", ["3.00", "3.00"])
    assert (second.number, second.customer) == ("2", "")


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("1,,A,1,0", False),
        ("1,,A,-1,0", False),
        ("1,,A,-1,5", False),
        ("1,,A,1,-5", False),
        ("1,,A,1,5", True),
        ("C1,,A,-1,5", True),
        ("C1,,A,1,5", False),
        ("C1,,A,-1,0", False),
    ],
)
def test_lines_that_are_worth_nothing_or_go_against_their_invoice_are_set_aside(row: str, *, counts: bool) -> None:
    (invoice,) = read(row)
    assert (len(invoice.lines), len(invoice.set_aside)) == ((1, 0) if counts else (0, 1))
    assert invoice.is_return == row.startswith("C")


def test_a_line_is_rounded_half_up_by_itself() -> None:
    (invoice,) = read("1,,A,1,0.125", "1,,A,3,0.125", "1,,A,8,0.125")
    assert amounts(invoice.lines) == ["0.13", "0.38", "1.00"]
    assert [line.is_exact for line in invoice.lines] == [False, False, True]


def test_a_row_that_cannot_be_read_is_named_and_nothing_is_taken() -> None:
    with pytest.raises(BadRowsError) as caught:
        read("1,,A,1,5", "1,,A,one,5", ",,A,1,5", "1,,,1,5", "1,,A")
    assert [(bad.line, bad.reason) for bad in caught.value.rows] == [
        (3, "not a decimal number: 'one'"),
        (4, "it has no invoice"),
        (5, "it has no code"),
        (6, "it has only 3 cells"),
    ]


def test_a_table_without_the_columns_says_which_is_missing() -> None:
    with pytest.raises(ColumnMapError, match="no column is headed 'customer'; there are invoice, code"):
        read_invoices(("invoice", "code"), [], GBP)


@pytest.mark.needs("shared")
def test_the_real_bills_add_up_to_their_file(shared: Path) -> None:
    file = shared / "data/online_retail/bills.csv.gz"
    with open_table(file) as table:
        invoices = read_invoices(table.columns, table.rows, GBP)
    sales = GBP.total(line.amount for bill in invoices if not bill.is_return for line in bill.lines)
    refunds = GBP.total(line.amount for bill in invoices if bill.is_return for line in bill.lines)
    aside = [line.amount for bill in invoices for line in bill.set_aside]
    assert (sales.decimal(), refunds.decimal()) == ("2756381.95", "-266094.94")
    assert (len(aside), GBP.total(aside).decimal()) == (786, "0.00")
    assert sum(bool(bill.lines) for bill in invoices if not bill.is_return) == 5199
    assert sum(bool(bill.lines) for bill in invoices if bill.is_return) == 1123
    assert sales + refunds + GBP.total(aside) == own_sum(file)


def own_sum(file: Path) -> Money:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        exact = (Decimal(row["quantity"]) * Decimal(row["unit_price_gbp"]) for row in csv.DictReader(text))
        whole = sum(amount.quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in exact)
    return GBP.money(str(whole))
