import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tukar.local.sheets import SheetFolder, is_formula
from tukar.till.ports import DiskTrouble, Trouble, Unreachable
from tukar.till.ports.reviewing import Plain, SheetForm

AT = datetime(2026, 11, 21, 14, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
HEADINGS = ("Day", "When", "Bill", "Given away", "Note")
ROWS: tuple[tuple[Plain, ...], ...] = (
    (date(2026, 11, 21), AT, "TOKO1-2-1-315", Decimal("-20000.50"), None),
    (date(2026, 11, 20), AT, "=HYPERLINK(1)", Decimal(0), 'देवी, "Dewi"\nLestari'),
)


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_holds_what_was_written_with_formulas_as_text(tmp_path: Path) -> None:
    path = tmp_path / "figures" / "day.csv"
    assert SheetFolder().write(path, SheetForm.CSV, HEADINGS, ROWS) == 2
    assert read(path) == [
        list(HEADINGS),
        ["2026-11-21", "2026-11-21 14:02:09", "TOKO1-2-1-315", "-20000.50", ""],
        ["2026-11-20", "2026-11-21 14:02:09", "'=HYPERLINK(1)", "0", 'देवी, "Dewi"\nLestari'],
    ]
    assert [file.name for file in path.parent.iterdir()] == ["day.csv"]


def test_xlsx_keeps_numbers_days_and_text_apart(tmp_path: Path) -> None:
    path = tmp_path / "day.xlsx"
    assert SheetFolder().write(path, SheetForm.XLSX, HEADINGS, ROWS) == 2
    sheet = load_workbook(path).worksheets[0]
    heads, first, second = sheet.iter_rows()
    assert [cell.value for cell in heads] == list(HEADINGS)
    assert (first[0].value, first[1].value) == (datetime.fromisoformat("2026-11-21"), AT.replace(tzinfo=None))
    assert (first[3].value, first[3].data_type) == (-20000.5, "n")
    assert (second[2].value, second[2].data_type) == ("=HYPERLINK(1)", "s")


SIGNS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", " =", "  @"])


@pytest.mark.parametrize("form", SheetForm)
@given(sign=SIGNS, rest=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_becomes_a_formula(tmp_path: Path, form: SheetForm, sign: str, rest: str) -> None:
    path = tmp_path / f"text.{form}"
    SheetFolder().write(path, form, (sign + rest,), [(sign + rest,)])
    if form is SheetForm.CSV:
        assert all(not is_formula(cell) for row in read(path) for cell in row)
    else:
        cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}


def test_control_characters_do_not_spoil_a_file(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    SheetFolder().write(path, SheetForm.XLSX, ("a",), [("one\x00two\x0b",)])
    assert load_workbook(path).worksheets[0]["A2"].value == "onetwo"


def broken() -> Iterator[tuple[Plain, ...]]:
    yield ROWS[0]
    raise Unreachable(Trouble.TIMED_OUT)


@pytest.mark.parametrize("form", SheetForm)
def test_rows_that_break_off_leave_the_file_as_it_was(tmp_path: Path, form: SheetForm) -> None:
    path = tmp_path / f"kept.{form}"
    path.write_bytes(b"before")
    with pytest.raises(Unreachable):
        SheetFolder().write(path, form, HEADINGS, broken())
    assert (path.read_bytes(), len(list(tmp_path.iterdir()))) == (b"before", 1)


def test_a_folder_that_cannot_be_made_is_a_trouble_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DiskTrouble):
        SheetFolder().write(tmp_path / "file" / "day.csv", SheetForm.CSV, HEADINGS, ROWS)
