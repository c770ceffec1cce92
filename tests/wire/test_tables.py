"""Tables as other programs write them, whole, odd and broken."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tukar.wire.tables import NotATableError, open_table


def rows_of(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    with open_table(path) as table:
        return [(line, tuple(cells)) for line, cells in table.rows]


def test_a_csv_gives_its_headings_and_rows_with_lines(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_text('sku,name\nA1,"Tea, black"\n\nA2,Coffee\n', encoding="utf-8")
    with open_table(file) as table:
        assert table.columns == ("sku", "name")
        assert [(line, list(cells)) for line, cells in table.rows] == [(2, ["A1", "Tea, black"]), (4, ["A2", "Coffee"])]


def test_a_cell_of_several_lines_counts_from_its_first(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_text('sku,name\nA1,"two\nlines"\nA2,x\n', encoding="utf-8")
    assert [line for line, _ in rows_of(file)] == [2, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_heading_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "articles.csv"
    file.write_text(f"sku{delimiter}name\nA1{delimiter}Tea\n", encoding="utf-8")
    assert rows_of(file) == [(2, ("A1", "Tea"))]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_bytes(b"\xef\xbb\xbfsku,name\nA1,Tea\n")
    with open_table(file) as table:
        assert table.columns[0] == "sku"


def test_gzip_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_bytes(gzip.compress(b"sku,name\nA1,Tea\n"))
    assert rows_of(file) == [(2, ("A1", "Tea"))]


def test_a_spreadsheet_gives_the_digits_that_people_see(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["sku", "price", "barcodes", "active", "since", "note"])
    sheet.append(["A1", 18000.0, 8991204011751, True, datetime(2026, 1, 2), None])  # noqa: DTZ001 - sheets have no zones
    sheet.append(["A2", 2.55, "0123", False, None, None])
    file = tmp_path / "articles.xlsx"
    book.save(file)
    assert rows_of(file) == [
        (2, ("A1", "18000", "8991204011751", "yes", "2026-01-02 00:00:00", "")),
        (3, ("A2", "2.55", "0123", "no", "", "")),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no line of headings"),
        (b"sku,sku\n", "two columns are headed 'sku'"),
        (b"sku,name\nA1,caf\xe9\n", "not UTF-8"),
        (b'sku,name\nA1,"open\n', "unexpected end of data"),
        (gzip.compress(b"sku,name\n" + b"A1,Tea\n" * 9000)[:-12], "breaks off"),
        (b"PK\x03\x04 and no spreadsheet", "cannot be read"),
    ],
)
def test_what_is_no_table_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "articles.csv"
    file.write_bytes(content)
    with pytest.raises(NotATableError, match=reason):
        rows_of(file)
