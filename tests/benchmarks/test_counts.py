"""What does not flicker: modules, syncs, statements, paints, connections and messages (performance.md)."""

import gc
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QApplication

from tests.benchmarks.at_start import started, till
from tests.benchmarks.at_the_journal import Recording, bill, journal_in
from tests.benchmarks.at_the_line import MEMBER
from tests.benchmarks.catalogues import code, pages
from tests.benchmarks.sales_child import sell
from tests.benchmarks.workshop import surroundings
from tests.journeys.seat import Seat, wait_until
from tests.machine import ROOT
from tukar.bootstrap.counter import Ports
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.local.disk import Connection
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.tukar_backend import TukarBackend

LATE = {"requests", "urllib3", "keyring", "babel", "sqlalchemy", "pydantic", "phonenumbers", "cryptography", "argon2"}
"""What the first picture must not wait for (performance.md, "What the numbers say")."""


OURS_AT_FIRST = 72
"""Modules of ours that the sign-in takes; a room that is loaded whole shows here at once."""


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a till that knows the demo shop."""
    folder = tmp_path_factory.mktemp("counts") / "till"
    command = [sys.executable, "-m", "tests.benchmarks.enrol_child", str(folder)]
    environment = {**surroundings(), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def here(enrolled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(enrolled, tmp_path / "till"))


# Modules before the first paint


@pytest.mark.parametrize("known", [True, False], ids=["a till that knows its shop", "a till of nobody"])
def test_the_first_picture_waits_for_no_heavy_library(here: Path, tmp_path: Path, known: bool) -> None:
    _, told = started(till(here if known else tmp_path / "nobody"))
    modules = told["modules"]
    assert isinstance(modules, list)
    assert {"PySide6", "sqlite3", "tukar"} <= set(modules)
    assert LATE.isdisjoint(modules)
    assert {"truststore", "segno", "apprise", "starlette", "uvicorn"}.isdisjoint(modules)


def test_who_may_sign_in_is_painted_before_the_till_behind_it_is_loaded(here: Path) -> None:
    _, told = started(till(here))
    modules, ours = told["modules"], told["first_party"]
    assert isinstance(modules, list)
    assert isinstance(ours, int)
    assert {"msgspec", "zoneinfo", "platformdirs", "uuid", "ctypes"}.isdisjoint(modules)
    assert ours <= OURS_AT_FIRST


# Syncs

_SAVE = """
import sys
from pathlib import Path
from tests.benchmarks.at_the_journal import bill, journal_in
journal = journal_in(Path(sys.argv[1]))
journal.save_bill(bill(0))
print("before", flush=True)
for number in range(1, 6):
    journal.save_bill(bill(number))
print("after", flush=True)
"""


@pytest.mark.needs("strace")
def test_a_saved_bill_costs_one_sync(tmp_path: Path) -> None:
    said = tmp_path / "strace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,sync_file_range,write", "-o", str(said)]
    python = [sys.executable, "-c", _SAVE, str(tmp_path / "till")]
    subprocess.run([*command, *python], cwd=ROOT, env=surroundings(), check=True, capture_output=True)
    lines = said.read_text().splitlines()
    places = [place for place, line in enumerate(lines) if re.search(r'write\(1, "(before|after)', line)]
    between = [line for line in lines[places[0] : places[1]] if re.search(r"\bf(data)?sync\(", line)]
    assert len(between) == 5, between


# Statements


def test_saving_a_bill_is_one_transaction(tmp_path: Path) -> None:
    connections: list[Recording] = []

    def connect(path: Path) -> Connection:
        connections.append(Recording(path))
        return connections[-1]

    with closing(journal_in(tmp_path, connect)) as journal:
        connections[0].statements.clear()
        journal.save_bill(bill(1))
        said = [sql.split()[0] for sql, _ in connections[0].statements]
    assert said.count("BEGIN") == said.count("COMMIT") == 1
    assert said.count("INSERT") <= 2 + len(bill(1).tenders) + 1, said


_OURS = ("SELECT rank, body", "SELECT body", "SELECT count", "INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT")


@contextmanager
def counted(folder: Path) -> Iterator[tuple[CatalogueCopy, list[str]]]:
    """A catalogue of 3,000 items, and what it asks its file from now on."""
    said: list[str] = []

    def connect(path: Path) -> Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # What SQLite asks itself inside one statement comes as a comment, or without a word of ours.
        connection.set_trace_callback(lambda sql: said.append(sql) if sql.startswith(_OURS) else None)
        return connection

    catalogue = CatalogueCopy(folder / CATALOGUE_FILE, connect=connect)
    for page in pages(3_000, 1):
        catalogue.apply(page)
    while catalogue.index_some():
        continue
    said.clear()
    yield catalogue, said
    catalogue.close()


@pytest.mark.parametrize("typed", ["k", "kopi gayo", "kopi 12", "299000", "nobody sells this", code(7)])
def test_a_search_is_one_statement(tmp_path: Path, typed: str) -> None:
    with counted(tmp_path) as (catalogue, said):
        catalogue.find(typed)
        assert len(said) == 1, said


def test_looking_a_code_up_is_one_statement_and_scans_no_table(tmp_path: Path) -> None:
    with counted(tmp_path) as (catalogue, said):
        (found,) = catalogue.by_code(code(7))
        assert found.sku == "X7"
        assert len(said) == 1, said
    with closing(sqlite3.connect(tmp_path / CATALOGUE_FILE)) as database:
        plan = [row[-1] for row in database.execute(f"EXPLAIN QUERY PLAN {said[0]}")]
    assert not [step for step in plan if step.startswith("SCAN")], plan


def test_a_page_that_comes_in_walks_nothing_of_what_is_there(tmp_path: Path) -> None:
    said: list[str] = []

    def connect(path: Path) -> Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.set_trace_callback(lambda sql: said.append(sql) if sql.startswith("SELECT") else None)
        return connection

    with closing(CatalogueCopy(tmp_path / CATALOGUE_FILE, connect=connect)) as catalogue:
        for page in pages(3_000, 1):
            catalogue.apply(page)
        while catalogue.index_some():
            continue
        said.clear()
        catalogue.apply(next(pages(50, 2)))
        asked = [sql for sql in said if " items " in sql]
    with closing(sqlite3.connect(tmp_path / CATALOGUE_FILE)) as database:
        plans = [row[-1] for sql in asked for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    walked = {step for step in plans if step.startswith("SCAN items")}
    assert walked <= {"SCAN items USING COVERING INDEX items_to_index", "SCAN items USING INDEX items_to_index"}
    assert len(asked) > 50


# Painting, in the real window


_CALM_MS = 250


class Paints(QObject):
    """Counts how often each kind of widget in a window is painted."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.of: dict[str, int] = {}
        self._since = QElapsedTimer()
        self._since.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._since.restart()
            kind = type(watched).__name__
            self.of[kind] = self.of.get(kind, 0) + 1
        return False

    def wait_for_calm(self) -> None:
        """Until nothing moves any more."""
        wait_until(lambda: self._since.hasExpired(_CALM_MS), "a calm window")


@pytest.fixture
def seat(qapp: QApplication, here: Path) -> Iterator[Seat]:
    gc.unfreeze()
    seat = Seat(here)
    seat.sign_in()
    yield seat
    seat.leave()
    gc.unfreeze()


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_collector_leaves_alone_what_the_start_made(seat: Seat) -> None:
    wait_until(lambda: gc.get_freeze_count() > 100_000, "a start that is not walked again")


def _settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def _scan(seat: Seat, code: str) -> None:
    front = seat.demo.program.front
    assert front is not None
    front.presenters.sale.finding.scan(code)
    _settle()


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_scan_asks_the_rows_it_shows_and_paints_no_key_bar(qapp: QApplication, seat: Seat) -> None:
    for sku in ("01001", "01002", "01003", "02001", "02001"):
        _scan(seat, sku)
    lines = seat.window.sale.bill.lines
    asked: list[int] = []
    model = lines.model()
    plain = model.data

    def data(index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        asked.append(index.row())
        return plain(index, role)

    model.data = data  # type: ignore[method-assign]
    seat.demo.program.look.reduce_motion(reduced=True)
    paints = Paints(qapp)
    paints.wait_for_calm()
    paints.of.clear()
    asked.clear()
    _scan(seat, "02001")
    paints.wait_for_calm()
    qapp.removeEventFilter(paints)
    rows = len(lines.rows)
    assert asked
    assert len(asked) <= 2 * rows, len(asked)
    assert not {"KeyBarButton", "TileButton"} & paints.of.keys(), paints.of
    assert sum(paints.of.values()) <= 24, paints.of


# The line


class Overheard:
    """A backend whose every message is written down."""

    def __init__(self, inside: object, said: list[str]) -> None:
        self._inside = inside
        self._said = said

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inside, name)
        if not callable(found):
            return found

        def call(*arguments: object) -> object:
            self._said.append(name)
            return found(*arguments)

        return call


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_sale_without_points_is_one_message(qapp: QApplication, here: Path) -> None:
    said: list[str] = []

    def change(ports: Ports) -> Ports:
        return replace(ports, backend=cast("Any", Overheard(ports.backend, said)))

    seat = Seat(here, change_ports=change)
    try:
        seat.sign_in()
        said.clear()
        sell(seat, ("01001", "05001", "02001"))
        seat.all_sent()
        assert said == ["put_bill"]
    finally:
        seat.leave()


class Counting(ThreadingHTTPServer):
    """Answers every question with one member, and counts how often it was connected to."""

    connections = 0

    def get_request(self) -> tuple[socket.socket, Any]:
        self.connections += 1
        return super().get_request()


class _Member(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps(MEMBER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


def test_twenty_messages_need_one_connection() -> None:
    with Counting(("127.0.0.1", 0), _Member) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        backend = TukarBackend(Http(Endpoint(f"http://127.0.0.1:{server.server_port}")))
        for _ in range(20):
            assert backend.member("m-1").name == "Sari Dewi"
        backend.close()
        server.shutdown()
        thread.join()
        assert server.connections == 1
