import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tukar.resources import find_resources
from tukar.ui.kit import load_fonts, read_tokens
from tukar.ui.manager.paper import TablePaper, TableSheet


def sheet(rows: int, columns: int = 4) -> TableSheet:
    heads = tuple(f"Column {number}" for number in range(columns))
    body = tuple(tuple(f"Rp {row * 1000 + column}" for column in range(columns)) for row in range(rows))
    return TableSheet("Days", "1 to 21 Nov 2026", heads, (False, *[True] * (columns - 1)), body, totals=True)


@pytest.fixture
def paper(qapp: QApplication) -> TablePaper:
    load_fonts(find_resources() / "fonts")
    return TablePaper(read_tokens(find_resources() / "styles" / "tokens.json").families)


def pages(file: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", file.read_bytes()))


@pytest.mark.parametrize(("rows", "count"), [(0, 1), (1, 1), (30, 1), (200, 5)])
def test_a_long_table_goes_over_pages(paper: TablePaper, tmp_path: Path, rows: int, count: int) -> None:
    file = tmp_path / "folder" / "days.pdf"
    paper.write_pdf(sheet(rows), file)
    assert pages(file) == count


def test_a_wide_table_lies(paper: TablePaper, tmp_path: Path) -> None:
    paper.write_pdf(sheet(3), tmp_path / "upright.pdf")
    paper.write_pdf(sheet(3, columns=14), tmp_path / "lying.pdf")
    boxes = [
        tuple(float(edge) for edge in found.split()[2:])
        for name in ("upright.pdf", "lying.pdf")
        for found in re.findall(rb"/MediaBox \[([^\]]*)\]", (tmp_path / name).read_bytes())
    ]
    assert boxes[0][0] < boxes[0][1]
    assert boxes[-1][0] > boxes[-1][1]


def test_without_an_office_printer_it_is_a_pdf(paper: TablePaper, tmp_path: Path) -> None:
    file = tmp_path / "days.pdf"
    assert paper.print(sheet(3), file) == ""
    assert pages(file) == 1
