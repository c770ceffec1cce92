"""Tables into files that a spreadsheet opens: CSV and XLSX, written row by row and put in place whole.

A text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end, also
behind spaces) is written as text: in CSV with an apostrophe before it, in XLSX in a cell of the kind text
(security.md). Numbers stay numbers: a discount below zero is no formula.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from tukar.local.atomic import sync_folder
from tukar.local.disk import disk_troubles
from tukar.till.ports.reviewing import Plain, SheetForm

FORMULA_SIGNS: Final = (
    "=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\N{MINUS SIGN}", "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}",
)  # fmt: skip
_CELL_AT_MOST: Final = 32_767
"""Characters of one cell in XLSX."""
_WIDEST: Final = 40
_UNWRITABLE: Final = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Control characters, which no XLSX file may hold."""


class SheetFolder:
    """``ports.reviewing.SheetFiles`` on this machine's disk. The folder is made where it is missing."""

    def write(self, path: Path, form: SheetForm, headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> int:
        """How many rows were written. Whatever ``rows`` raises goes through, and no file is there then."""
        beside = path.with_name(f"{path.name}.new")
        counted = _Counted(rows)
        try:
            with disk_troubles(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                if form is SheetForm.CSV:
                    _write_csv(beside, headings, counted)
                else:
                    _write_xlsx(beside, headings, counted)
                beside.replace(path)
                sync_folder(path.parent)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        return counted.count


class _Counted:
    """Rows on their way, and how many went."""

    def __init__(self, rows: Iterable[Sequence[Plain]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Plain]]:
        for row in self._rows:
            self.count += 1
            yield row


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might work ``text`` out instead of showing it."""
    return text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> None:
    # The mark at the begin tells spreadsheets that names are not in their own alphabet.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_in_csv(heading) for heading in headings])
        for row in rows:
            writer.writerow([_in_csv(cell) for cell in row])


def _in_csv(cell: Plain) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if is_formula(cell) else cell
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case _:
            return str(cell)


def _write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(len(heading) + 4, 12), _WIDEST)

    def cell(value: Plain, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet)
        made.value = _in_xlsx(value)
        if isinstance(value, str):
            made.data_type = "s"  # never "f": what begins with an equals sign is text all the same
        if isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd hh:mm:ss"
        elif isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        if bold:
            made.font = Font(bold=True)
        return made

    try:
        sheet.append([cell(heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([cell(value) for value in row])
    finally:
        book.save(path)  # also when the rows break off: it puts the library's own files away


def _in_xlsx(value: Plain) -> str | int | Decimal | date | None:
    if isinstance(value, str):
        return value.translate(_UNWRITABLE)[:_CELL_AT_MOST]
    # A spreadsheet has no time zones: the time is the shop's, as it is in every row.
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
