import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.local.samples import receipt
from tukar.devices.escpos import DOTS, STRIP_HEIGHT, Raster, drawer_bytes, picture_bytes
from tukar.devices.printers import (
    EscPosPrinter,
    FileDelivery,
    NetworkDelivery,
    NoPrinter,
    PrinterNameError,
    open_printer,
)
from tukar.domain.receipt import Receipt
from tukar.till.ports import PrinterState

PICTURE = Raster(DOTS["58mm"], bytes(range(48)) * 300)
DRAWER = b"\x1bp"
CUT = b"\x1dV"
LAST_CALL = b"that was all"


def draw(saved: Receipt, copy: bool) -> Raster:
    black = 0xFF if copy else 0x0F
    return Raster(16, bytes([black, len(saved.lines)]))


def dots_of(data: bytes) -> bytes:
    """The rows of all raster pictures (GS v 0) in what was sent."""
    rows = b""
    while (at := data.find(b"\x1dv0\x00")) >= 0:
        wide, high = int.from_bytes(data[at + 4 : at + 6], "little"), int.from_bytes(data[at + 6 : at + 8], "little")
        rows += data[at + 8 : at + 8 + wide * high]
        data = data[at + 8 + wide * high :]
    return rows


def test_a_picture_reaches_the_paper_dot_by_dot_and_is_cut_off() -> None:
    data = picture_bytes(PICTURE)
    assert dots_of(data) == PICTURE.rows
    assert data.count(b"\x1dv0\x00") == -(-PICTURE.height // STRIP_HEIGHT)
    assert CUT in data[-20:]


def test_black_is_black() -> None:
    assert dots_of(picture_bytes(Raster(8, b"\xff\x00"))) == b"\xff\x00"
    assert Image.frombytes("1", (8, 1), b"\x00").getpixel((0, 0)) == 0


@pytest.mark.parametrize(("width", "rows"), [(0, b""), (12, b"\x00\x00"), (16, b"\x00"), (16, b"")])
def test_what_is_no_picture_cannot_be_built(width: int, rows: bytes) -> None:
    with pytest.raises(ValueError, match="no picture"):
        Raster(width, rows)


def test_a_printer_on_a_cable_gets_receipt_and_drawer_pulse(tmp_path: Path) -> None:
    paper = tmp_path / "lp0"
    printer = open_printer(f"file:{paper}", draw)
    assert printer.state() is PrinterState.READY
    assert printer.print(receipt()) is PrinterState.READY
    assert dots_of(paper.read_bytes()) == b"\x0f\x01"
    assert printer.print(receipt(), copy=True) is PrinterState.READY
    assert dots_of(paper.read_bytes()) == b"\x0f\x01\xff\x01"
    printer.open_drawer()
    assert paper.read_bytes().endswith(drawer_bytes())
    assert DRAWER in drawer_bytes()


def test_a_printer_that_is_not_there_says_so_and_raises_nothing(tmp_path: Path) -> None:
    for printer in (
        open_printer(f"file:{tmp_path}/gone/lp0", draw),
        open_printer("tcp:127.0.0.1:9", draw),
        open_printer("", draw),
    ):
        assert printer.state() is PrinterState.MISSING
        assert printer.print(receipt()) is PrinterState.MISSING
        printer.open_drawer()
    assert isinstance(open_printer("", draw), NoPrinter)


def test_a_printer_that_fails_while_printing_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    printer = EscPosPrinter(draw, FileDelivery(tmp_path / "folder"))
    assert printer.print(receipt()) is PrinterState.FAILED


@contextmanager
def network_printer(paper_state: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A port and what was heard on it, which is whole once the block is left: closing comes in last, as a caller."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            line, _ = listening.accept()
            with line:
                while part := line.recv(65536):
                    # Callers are served in the order of their coming, so all that came before have been heard by now.
                    if part == LAST_CALL:
                        return
                    heard.append(part)
                    if part == b"\x10\x04\x04" and paper_state:
                        line.sendall(paper_state)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        with socket.create_connection(listening.getsockname()) as line:
            line.sendall(LAST_CALL)
        thread.join(5)
        listening.close()


def test_a_printer_in_the_network_prints() -> None:
    with network_printer(b"\x12") as (port, heard):
        printer = open_printer(f"tcp:127.0.0.1:{port}", draw)
        assert printer.print(receipt()) is PrinterState.READY
    assert dots_of(b"".join(heard)) == b"\x0f\x01"


def test_a_printer_in_the_network_says_when_its_paper_is_out() -> None:
    with network_printer(b"\x72") as (port, heard):
        printer = open_printer(f"tcp:127.0.0.1:{port}", draw)
        assert printer.print(receipt()) is PrinterState.OUT_OF_PAPER
    assert dots_of(b"".join(heard)) == b""


def test_a_printer_that_says_nothing_of_its_paper_is_ready() -> None:
    with network_printer(b"") as (port, _):
        assert NetworkDelivery("127.0.0.1", port, seconds=0.05).state() is PrinterState.READY


@pytest.mark.parametrize("name", ["nonsense", "file:", "tcp:", "tcp:host:port", "usb:1"])
def test_a_name_that_means_nothing_is_told_of(name: str) -> None:
    with pytest.raises(PrinterNameError, match="file:PATH or tcp:HOST:PORT"):
        open_printer(name, draw)


def test_a_printer_in_the_network_may_be_named_without_its_port() -> None:
    assert isinstance(open_printer("tcp:printer.local", draw), EscPosPrinter)


def test_nothing_is_loaded_before_the_first_print() -> None:
    program = "import sys, tukar.devices.printers; print(sorted({'escpos', 'PIL'} & set(sys.modules)))"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.strip() == "[]"
