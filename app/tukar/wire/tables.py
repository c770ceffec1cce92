"""Tables as other programs write them: rows of text with their line numbers, from CSV, CSV in gzip, or XLSX.

It lies in ``wire`` because both sides read such files: the backend takes articles from them, the till rings bills.
Cells are text and nothing is guessed about them; a spreadsheet's number becomes the digits its author sees.
"""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"


class NotATableError(ValueError):
    """The file cannot be read as a table; ``reason`` is for people, ``line`` where it broke off, 0 = anywhere."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, and the rows below them as (line, cells); lines count from 1 as an editor shows them.

    Rows without any text are left out. A row may have more or fewer cells than there are headings. Reading on raises
    NotATableError when the file breaks off.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """The table in a file, read row by row while the context is open.

    Raises OSError when the file cannot be opened and NotATableError when it is none.
    """
    with path.open("rb") as raw:
        start = raw.read(len(_ZIP))
        raw.seek(0)
        if start == _ZIP:
            with _spreadsheet(raw) as rows:
                yield _headed(rows)
        elif start.startswith(_GZIP):
            with gzip.open(raw) as unpacked, _as_text(unpacked) as text:
                yield _headed(_text_rows(text))
        else:
            with _as_text(raw) as text:
                yield _headed(_text_rows(text))


def _headed(rows: Iterator[tuple[int, Sequence[str]]]) -> Table:
    for _line, cells in rows:
        columns = tuple(cell.strip() for cell in cells)
        twice = next((column for column in columns if column and columns.count(column) > 1), None)
        if twice is not None:
            raise NotATableError(f"two columns are headed {twice!r}", _line)
        return Table(columns, rows)
    raise NotATableError("there is no line of headings")


def _as_text(stream: io.BufferedReader | gzip.GzipFile) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")


def _text_rows(text: io.TextIOWrapper) -> Iterator[tuple[int, Sequence[str]]]:
    line = 1
    try:
        first = text.readline()
        reader = csv.reader(_again(first, text), delimiter=_delimiter(first), strict=True)
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except UnicodeDecodeError:
        raise NotATableError("the text is not UTF-8; save the file as CSV UTF-8", line) from None
    except csv.Error as broken:
        raise NotATableError(str(broken), line) from None
    except (EOFError, gzip.BadGzipFile):
        raise NotATableError("the packed file breaks off or is damaged", line) from None


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(heading: str) -> str:
    return max(",;\t|", key=heading.count)


@contextmanager
def _spreadsheet(raw: io.BufferedReader) -> Iterator[Iterator[tuple[int, Sequence[str]]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(raw, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise NotATableError("it looks like a spreadsheet but cannot be read; save it as XLSX or CSV again") from None
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise NotATableError("the spreadsheet has no sheet")
        yield (
            (line, cells)
            for line, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            if any(cells := tuple(_cell_text(value) for value in row))
        )
    finally:
        book.close()


def _cell_text(value: object) -> str:
    """The digits a person sees: 18000.0 is 18000, and no barcode turns into 8.99E+12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")
    return str(value)
