"""Articles out of a table: what is taken, and how a bad row is named."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, UnitPrice
from tukar.wire.articles import (
    ArticleFormat,
    BadRowsError,
    ColumnMapError,
    percentage_tax,
    read_articles,
)
from tukar.wire.tables import open_table

IDR = Currency("IDR", 0, 100)
GBP = Currency("GBP", 2)
PPN = (Tax(Decimal(11), included=True, name="PPN"),)
HEADINGS = ("sku", "name", "price")


def read(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS, **form: object) -> tuple[Item, ...]:
    numbered = list(enumerate(rows, start=2))
    return read_articles(headings, numbered, ArticleFormat(IDR, **form))  # type: ignore[arg-type]


def reasons(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> list[tuple[int, str]]:
    with pytest.raises(BadRowsError) as caught:
        read(rows, headings)
    return [(bad.line, bad.reason) for bad in caught.value.rows]


def test_a_whole_row_becomes_an_item() -> None:
    headings = (*HEADINGS, "barcodes", "tax", "category", "tags", "unit", "minimum_age", "sale_price", "floor_price",
                "popularity", "active", "product", "colour")  # fmt: skip
    (item,) = read(
        [["A1", "Kopi", "18000", "8991204011751 555", "ppn", "coffee", "a b", "kg", "18", "17000", "9000.5", "7", "no",
          "K", "brown"]],
        headings,
        taxes={"ppn": PPN},
    )  # fmt: skip
    assert item == Item(
        "A1",
        "Kopi",
        UnitPrice.parse("18000", IDR),
        taxes=PPN,
        barcodes=("8991204011751", "555"),
        category="coffee",
        tags=frozenset({"a", "b"}),
        product="K",
        floor_price=UnitPrice.parse("9000.5", IDR),
        sale_price=UnitPrice.parse("17000", IDR),
        active=False,
        weighed=True,
        minimum_age=18,
        popularity=7,
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "Tea", "1"], "it has no code"),
        (["A1", "", "1"], "it has no name"),
        (["A1", "Tea", ""], "it has no price"),
        (["A1", "Tea", "1.000,50"], "the price '1.000,50' is not a number such as 12500 or 12.50"),
        (["A1", "Tea", "-1"], "the price -1 is below zero"),
        (["A1"], "it has no name"),
        (["A1", "Tea", "1", "x"], "it has 4 cells, the headings are 3"),
        (["A" * 65, "Tea", "1"], "the code is longer than 64 characters"),
    ],
)
def test_a_bad_row_is_named_by_line_and_reason(row: list[str], reason: str) -> None:
    assert reasons([["A0", "Good", "5"], row]) == [(3, reason)]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("barcodes", "8991204011750", "the barcode 8991204011750 ends in 0 where its check digit is 1"),
        ("tax", "much", "the tax 'much' is not a percentage such as 11, nor one of the words given with --tax"),
        ("tax", "101", "the tax '101' is not a percentage such as 11, nor one of the words given with --tax"),
        ("picture", "../rice.png", "the picture '../rice.png' is not the name of a file alone, such as rice.png"),
        ("minimum_age", "old", "the minimum_age 'old' is not a whole number up to 99"),
        ("active", "perhaps", "active is yes or no, not 'perhaps'"),
    ],
)
def test_other_columns_are_judged_too(column: str, text: str, reason: str) -> None:
    assert reasons([["A1", "Tea", "1", text]], (*HEADINGS, column)) == [(2, reason)]


def test_a_code_or_barcode_that_stands_twice_names_the_other_line() -> None:
    assert reasons([["A1", "Tea", "1"], ["A1", "Tea", "1"]]) == [(3, "the code A1 stands in line 2 already")]
    rows = [["A1", "Tea", "1", "555"], ["A2", "Tea", "1", "555"]]
    assert reasons(rows, (*HEADINGS, "barcodes")) == [(3, "the barcode 555 belongs to A1 in line 2")]


def test_all_bad_rows_are_counted_and_the_first_are_named() -> None:
    rows = [(line, ["A1", "Tea", "?"]) for line in range(2, 52)]
    with pytest.raises(BadRowsError) as caught:
        read_articles(HEADINGS, rows, ArticleFormat(IDR), most_bad=3)
    assert caught.value.count == 50
    assert [bad.line for bad in caught.value.rows] == [2, 3, 4]


def test_codes_that_differ_only_in_case_are_two_articles() -> None:
    assert [item.sku for item in read([["85123A", "Heart", "1"], ["85123a", "Heart", "1"]])] == ["85123A", "85123a"]


def test_the_map_says_which_column_holds_what() -> None:
    (item,) = read(
        [["9", "A1", "Tea"]], ("cost", "code", "what"), columns={"sku": "code", "name": "what", "price": "cost"}
    )
    assert (item.sku, item.name, item.price.decimal()) == ("A1", "Tea", "9")


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({}, "no column is headed 'sku' for sku; there are code, name"),
        ({"sku": "kode"}, "no column is headed 'kode' for sku"),
        ({"colour": "name"}, "there is no field 'colour'"),
    ],
)
def test_a_map_that_does_not_fit_says_what_there_is(columns: dict[str, str], reason: str) -> None:
    with pytest.raises(ColumnMapError, match=reason):
        read([], ("code", "name"), columns=columns)


def test_of_a_code_in_many_rows_the_commonest_name_and_price_count() -> None:
    rows = [["A", "", "0"], ["A", "Lamp", "2"], ["A", "Light", "3"], ["A", "Light", "2"], ["B", "", "0"]]
    rows += [["A", "", "0"], ["A", "", "0"]]
    lamp, nameless = read(rows, commonest=True)
    assert (lamp.name, lamp.price.decimal(), lamp.popularity) == ("Light", "2", 6)
    assert (nameless.name, nameless.price.decimal(), nameless.popularity) == ("B", "0", 1)


def test_progress_hears_of_the_last_row_too() -> None:
    heard: list[int] = []
    rows = [(line, [f"A{line}", "Tea", "1"]) for line in range(12_000)]
    read_articles(HEADINGS, rows, ArticleFormat(IDR), progress=heard.append)
    assert heard == [5_000, 10_000, 12_000]


def test_a_percentage_may_stand_on_top() -> None:
    assert percentage_tax("11 %") == (Tax(Decimal(11), included=True),)
    assert percentage_tax("7.5+") == (Tax(Decimal("7.5"), included=False),)
    assert percentage_tax("0") == ()


@pytest.mark.needs("shared")
def test_the_articles_of_real_bills_are_all_there(shared: Path) -> None:
    form = ArticleFormat(GBP, {"sku": "code", "price": "unit_price_gbp"}, commonest=True)
    with open_table(shared / "data/online_retail/bills.csv.gz") as table:
        items = {item.sku: item for item in read_articles(table.columns, table.rows, form)}
    assert len(items) == 3269
    assert len({sku.lower() for sku in items}) == 3269 - 82
    assert items["85123A"].name == "WHITE HANGING HEART T-LIGHT HOLDER"
    assert {"85123A", "85123a"} <= items.keys()
    assert items["85123A"].price == UnitPrice.parse("2.95", GBP)
