"""Where receipts go, by what the settings name: nowhere, a folder, a receipt printer, or nothing that is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.shifts import FIVE, a_shift, an_open_shift
from tests.ui.states.shifts import SHIFT_REPORT
from tests.ui.till_samples import IDR, SHOP, receipt
from tukar.bootstrap.printers import ReceiptOutlet, receipt_file
from tukar.resources import find_resources
from tukar.till.ports import PrinterState, Settings, ShiftPaper
from tukar.ui.kit import load_fonts, read_tokens
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.translations import Language

DRAWER_KICK = b"\x1bp"


@pytest.fixture
def printing(qtbot: QtBot) -> Iterator[ReceiptPrinting]:
    resources = find_resources()
    load_fonts(resources / "fonts")
    language = Language(resources / "i18n", IDR)
    yield ReceiptPrinting(read_tokens(resources / "styles" / "tokens.json"), language)
    language.close()


def outlet(printing: ReceiptPrinting, folder: Path, printer: str) -> ReceiptOutlet:
    return ReceiptOutlet(printing, lambda: Settings(printer=printer), lambda: SHOP, folder)


def test_without_a_printer_nothing_is_printed(printing: ReceiptPrinting, tmp_path: Path) -> None:
    nowhere = outlet(printing, tmp_path, "")
    assert nowhere.state() is PrinterState.MISSING
    assert nowhere.print(receipt()) is PrinterState.MISSING
    nowhere.open_drawer()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_gets_a_pdf_of_every_receipt(printing: ReceiptPrinting, tmp_path: Path) -> None:
    folder = outlet(printing, tmp_path / "receipts", "folder")
    assert folder.print(receipt()) is PrinterState.READY
    assert receipt_file(tmp_path / "receipts", receipt()).read_bytes().startswith(b"%PDF")


def test_a_receipt_printer_gets_the_picture_and_opens_the_drawer(printing: ReceiptPrinting, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    paper = outlet(printing, tmp_path, f"file:{device}")
    assert paper.state() is PrinterState.READY
    assert paper.print(receipt()) is PrinterState.READY
    printed = device.read_bytes()
    assert len(printed) > 10_000, "a picture of the whole receipt"
    assert DRAWER_KICK not in printed
    paper.open_drawer()
    assert device.read_bytes()[len(printed) :].startswith(DRAWER_KICK)


@pytest.mark.parametrize("closed", [False, True], ids=["X", "Z"])
def test_an_x_and_a_z_report_reach_a_receipt_printer_as_a_picture(
    printing: ReceiptPrinting, tmp_path: Path, *, closed: bool
) -> None:
    device = tmp_path / "lp0"
    paper = outlet(printing, tmp_path, f"file:{device}")
    shift = a_shift() if closed else an_open_shift()
    report = ShiftPaper(shift, SHIFT_REPORT, FIVE)
    assert paper.print_shift(report) is PrinterState.READY
    printed = device.read_bytes()
    assert printed.startswith(b"\x1dv0"), "dots, not letters"
    assert len(printed) > 10_000, "a picture of the whole report"
    assert b"\x1dV" in printed, "the paper is cut"
    assert DRAWER_KICK not in printed
    assert outlet(printing, tmp_path, "tcp:host:port").print_shift(report) is PrinterState.FAILED


@pytest.mark.parametrize("name", ["tcp:", "tcp:host:port", "A printer nobody has"])
def test_a_printer_that_is_not_there_is_told(printing: ReceiptPrinting, tmp_path: Path, name: str) -> None:
    assert outlet(printing, tmp_path, name).print(receipt()) is PrinterState.FAILED
