"""The bare operations that the goals are measured beside: nothing here but what cannot be left out.

Imports stand inside, so that no floor pays for another's. As a program: ``… floors window``, ``… floors table 10``,
``… floors hello``, ``… floors answers``.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from PySide6.QtGui import QStandardItem
    from PySide6.QtWidgets import QWidget

_ROW = 64
"""Logical pixels of a line of the bill in a window of the usual size."""

Statement = tuple[str, Sequence[Any]]


def bare_window() -> int:
    """P1, P3: an empty window of the till's size, painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from tests.benchmarks.painted import rss, tell_when_painted

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    tell_when_painted(app, lambda: {"rss": rss()})
    return app.exec()


class BareTable:
    """P4: a plain table of bill lines in a window of the till's size; ``append`` puts one more below and chooses it.

    As a till's list has to be: four columns that fill the width, rows of one height, the new row in sight and current.
    """

    _HEADS = ("Quantity", "Name", "Each", "Amount")

    def __init__(self, lines: int) -> None:
        from PySide6.QtGui import QStandardItemModel
        from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMainWindow, QTableView

        self.model = QStandardItemModel(0, len(self._HEADS))
        for number in range(lines):
            self.model.appendRow(self._line(number))
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(_ROW)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.view)
        self.window.resize(1366, 768)
        self.window.show()

    def append(self) -> None:
        self.model.appendRow(self._line(1))
        self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))

    def take_back(self) -> None:
        self.model.removeRow(self.model.rowCount() - 1)

    @staticmethod
    def _line(number: int) -> "list[QStandardItem]":
        from PySide6.QtGui import QStandardItem

        return [QStandardItem(text) for text in (str(number), f"Kopi Gayo {number}", "Rp 12.000", "Rp 24.000")]


def serve_table() -> int:
    """P4: appends to a table of as many lines as the command says, once for each line it is told; says how long."""
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.watching import Painted

    app = QApplication([])
    table = BareTable(int(sys.argv[2]))
    app.processEvents()
    painted = Painted(table.view.viewport())
    for _ in sys.stdin:
        sys.stdout.write(f"{painted.milliseconds(table.append)}\n")
        sys.stdout.flush()
        table.take_back()
        app.processEvents()
    return 0


def bare_card(window: "QWidget") -> "QWidget":
    """P9: a child widget with one text over a window, built once; to be shown and hidden."""
    from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

    card = QFrame(window)
    card.setAutoFillBackground(True)
    QVBoxLayout(card).addWidget(QLabel("200 points off the whole bill"))
    card.resize(376, 408)
    card.hide()
    return card


def prefix_search(database: "sqlite3.Connection", word: str) -> list[Any]:
    """P5: the first rows of an FTS5 prefix, by row number."""
    found: list[Any] = database.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT 20", (f'"{word}"*',)
    ).fetchall()
    return found


def append_and_sync(descriptor: int, content: bytes) -> None:
    """P6: the same bytes at the end of an open file, on the disk."""
    import os

    os.write(descriptor, content)
    os.fdatasync(descriptor)


def unsynced(database: "sqlite3.Connection", statements: Sequence[Statement]) -> None:
    """P6: the same statements on a database that never waits for the disk."""
    for sql, parameters in statements:
        database.execute(sql, parameters)


def naive_match(rules: Sequence[tuple[frozenset[str], int]], lines: Sequence[tuple[str, int]]) -> int:
    """P8: every rule looks at every line; what all of them take off."""
    return sum(value * percent // 100 for goods, percent in rules for sku, value in lines if sku in goods)


def indexed_match(index: dict[str, list[int]], lines: Sequence[tuple[str, int]]) -> int:
    """P8: each line meets the rules that name it, in integers; what they take off."""
    taken = 0
    for sku, value in lines:
        for percent in index.get(sku, ()):
            taken += value * percent // 100
    return taken


def parse_csv(file: Path) -> int:
    """P10: the rows of a CSV file."""
    import csv

    with file.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


class BareCall:
    """P11: one warm ``requests.Session``."""

    def __init__(self) -> None:
        import requests

        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, address: str) -> bytes:
        return self._session.get(address, timeout=(3, 10)).content

    def put(self, address: str, body: bytes) -> bytes:
        return self._session.put(address, data=body, timeout=(3, 10)).content

    def close(self) -> None:
        self._session.close()


def serve_hello() -> int:
    """P12: Starlette behind uvicorn with one answer, listening where it says."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def hello(request: Request) -> JSONResponse:
        await request.body()
        return JSONResponse({"hello": "world"})

    application = Starlette(routes=[Route("/{rest:path}", hello, methods=["GET", "PUT", "POST"])])
    listener = _listener()
    config = uvicorn.Config(application, log_config=None, access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def serve_answers() -> int:
    """P11: answers whatever comes with the line of JSON it got on its standard input, as fast as it can."""
    import asyncio

    body = sys.stdin.readline().strip().encode()
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)

    class Answers(asyncio.Protocol):
        def __init__(self) -> None:
            self._got = b""

        def connection_made(self, transport: Any) -> None:
            self._transport = transport

        def data_received(self, data: bytes) -> None:
            self._got += data
            head, end, rest = self._got.partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
            if end and len(rest) >= int(length or b"0"):
                self._got = b""
                self._transport.write(answer)

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Answers, sock=_listener())
        await server.serve_forever()

    asyncio.run(serve())
    return 0


def _listener() -> Any:
    import socket

    # By name: asyncio switches Nagle off only on sockets that say that they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    return listener


PROGRAMS: dict[str, Callable[[], int]] = {
    "window": bare_window,
    "table": serve_table,
    "hello": serve_hello,
    "answers": serve_answers,
}

if __name__ == "__main__":
    sys.exit(PROGRAMS[sys.argv[1]]())
