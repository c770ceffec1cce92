"""Where printed bytes go: a printer on a cable or in the network, a file, or nowhere."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from tukar.devices.escpos import Raster, drawer_bytes, picture_bytes
from tukar.domain.receipt import Receipt
from tukar.till.ports import PrinterState

NETWORK_PORT: Final = 9100
NETWORK_SECONDS: Final = 5.0
_ASK_PAPER: Final = b"\x10\x04\x04"
_PAPER_OUT_BITS: Final = 0x60

Draw = Callable[[Receipt, bool], Raster]
"""The picture of a receipt; True marks it as a copy. Handed in by whoever can draw."""


class PrinterNameError(ValueError):
    """The setting ``printer`` names no printer that this program knows; the text says what it may be."""


class Delivery(Protocol):
    """A way to a printer. Both raise OSError when it is not there."""

    def state(self) -> PrinterState: ...

    def send(self, data: bytes) -> None: ...


class FileDelivery:
    """Writes to a device file or appends to an ordinary one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def state(self) -> PrinterState:
        there = self._path.exists() or self._path.parent.is_dir()
        return PrinterState.READY if there else PrinterState.MISSING

    def send(self, data: bytes) -> None:
        with self._path.open("ab", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]


class NetworkDelivery:
    """Sends to a printer's port; one connection a receipt, because such printers serve one at a time."""

    def __init__(self, host: str, port: int = NETWORK_PORT, seconds: float = NETWORK_SECONDS) -> None:
        self._address = host, port
        self._seconds = seconds

    def state(self) -> PrinterState:
        with socket.create_connection(self._address, self._seconds) as line:
            line.settimeout(min(1.0, self._seconds))
            line.sendall(_ASK_PAPER)
            answer = b""
            # Many printers do not answer; then they count as ready until a print says otherwise.
            with suppress(TimeoutError):
                answer = line.recv(1)
        return PrinterState.OUT_OF_PAPER if answer and answer[0] & _PAPER_OUT_BITS else PrinterState.READY

    def send(self, data: bytes) -> None:
        with socket.create_connection(self._address, self._seconds) as line:
            line.sendall(data)


class EscPosPrinter:
    """``ports.ReceiptPrinter``: draws a receipt and delivers it. A printer that is not there never raises."""

    def __init__(self, draw: Draw, delivery: Delivery) -> None:
        self._draw = draw
        self._delivery = delivery

    def state(self) -> PrinterState:
        try:
            return self._delivery.state()
        except OSError:
            return PrinterState.MISSING

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState:
        state = self.state()
        if state is not PrinterState.READY:
            return state
        return self._sent(picture_bytes(self._draw(receipt, copy)))

    def print_picture(self, picture: Raster) -> PrinterState:
        """Something else than a receipt, such as what a shift came to."""
        state = self.state()
        return self._sent(picture_bytes(picture)) if state is PrinterState.READY else state

    def open_drawer(self) -> None:
        self._sent(drawer_bytes())

    def _sent(self, data: bytes) -> PrinterState:
        try:
            self._delivery.send(data)
        except OSError:
            return PrinterState.FAILED
        return PrinterState.READY


class NoPrinter:
    """``ports.ReceiptPrinter`` of a till without one."""

    def state(self) -> PrinterState:
        return PrinterState.MISSING

    def print(self, receipt: Receipt, *, copy: bool = False) -> PrinterState:  # noqa: ARG002 - as the port has it
        return PrinterState.MISSING

    def print_picture(self, picture: Raster) -> PrinterState:  # noqa: ARG002 - as a printer has it
        return PrinterState.MISSING

    def open_drawer(self) -> None:
        """There is none."""


def open_printer(name: str, draw: Draw) -> EscPosPrinter | NoPrinter:
    """The printer that the setting names: empty, ``file:PATH``, or ``tcp:HOST[:PORT]``. Raises PrinterNameError."""
    kind, _, place = name.partition(":")
    if not name:
        return NoPrinter()
    if kind == "file" and place:
        return EscPosPrinter(draw, FileDelivery(Path(place)))
    if kind == "tcp" and place:
        host, colon, port = place.rpartition(":")
        if not colon:
            return EscPosPrinter(draw, NetworkDelivery(place))
        if port.isascii() and port.isdigit():
            return EscPosPrinter(draw, NetworkDelivery(host.strip("[]"), int(port)))
    raise PrinterNameError(f"a printer is named file:PATH or tcp:HOST:PORT, not {name[:60]!r}")
