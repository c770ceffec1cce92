"""The loyalty server of the simulation: the real backend, its database in memory, and its customers' phones."""

import base64
import hashlib
import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Engine

from tests.fakes.passwords import cheap_passwords
from tests.simulation import shop
from tests.simulation.clock import MachineClock
from tests.simulation.commits import SteppedCommits
from tests.simulation.files import Contents, address
from tests.simulation.net import Answered, Reply, Request, Unanswered
from tests.simulation.world import POWER, Crashed, World
from tukar.loyalty.enrolling import DeviceKey
from tukar.server import routes
from tukar.server.auth import operator_token
from tukar.server.backend import FAULT, Backend
from tukar.server.backend import Request as ServerRequest
from tukar.server.call import Call, Caller, Equipment
from tukar.server.keys import Keys
from tukar.server.passwords import Passwords
from tukar.server.reckoning import Books
from tukar.server.routes import RouteTable
from tukar.server.seed import load_shop
from tukar.server.storage.batches import UnavailableError
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import DirectTransactions
from tukar.wire.message import read_answer, write
from tukar.wire.shop import WireTillEnrolment, WireTillToken

if TYPE_CHECKING:
    from tests.simulation.app_front import ServerHouse

T = TypeVar("T")

OK: Final = 200
GATHER_SECONDS: Final = 0.002
CODES_LIVE: Final = 86_400.0
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_REACHED: Final = "SELECT value FROM meta WHERE name = 'timeline'"
RESTORING_SECONDS: Final = 120.0
_EPOCH: Final = "SELECT value FROM meta WHERE name = 'epoch'"
ROOT: Final = b"simulation root key of 32 bytes!"
KEYS: Final = Keys(ROOT)


class CountedChance:
    """``server.chance.Chance``: different every time, the same in every run."""

    def __init__(self) -> None:
        self._times = 0

    def _number(self) -> int:
        self._times += 1
        return self._times * 7_368_787 + 12_345

    def digits(self, count: int) -> str:
        return f"{self._number() % 10**count:0{count}d}"

    def letters(self, count: int) -> str:
        return "".join(chr(ord("A") + int(digit)) for digit in self.digits(count))

    def bytes(self, count: int) -> bytes:
        return self._number().to_bytes(count, "big")


class Ledger:
    """``is_touched`` once a row of points or redemptions was written, even if that was undone again."""

    TABLES: Final = ("accounts", "ledger", "lots", "redemptions")

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.is_touched = True
        raw.create_function("touched", 0, self._touched)
        for table in self.TABLES:
            for change in ("INSERT", "UPDATE", "DELETE"):
                raw.execute(
                    f"CREATE TEMP TRIGGER {table}_{change} AFTER {change} ON main.{table} BEGIN SELECT touched(); END"
                )

    def _touched(self) -> None:
        self.is_touched = True


@dataclass(frozen=True)
class Installation:
    """One engine for all schedules of this process, and the database that each begins with."""

    engine: Engine
    raw: sqlite3.Connection
    template: sqlite3.Connection
    contents: Contents
    ledger: Ledger
    tokens: dict[str, str]
    books: Books
    passwords: Passwords


@cache
def installation() -> Installation:
    """Seeds a shop once, enrols its tills, and keeps the database to begin every schedule with."""
    contents = Contents("server")
    engine = open_engine(f"sqlite:///{address('server')}&uri=true")
    raw: Any = engine.raw_connection().driver_connection
    books, passwords = Books(), cheap_passwords()
    backend = Backend(
        transactions=DirectTransactions(engine),
        equipment=Equipment(KEYS, CountedChance(), passwords, books),
        clock=MachineClock("server", lambda: 0.0),
    )
    backend.open(engine)
    load_shop(backend, shop.seed(CODES_LIVE))
    tokens = {till.till_id: _enrolled(backend, till.till_id, till.code) for till in shop.seed(CODES_LIVE).tills}
    tokens["operator"] = operator_token(KEYS, shop.SHOP_ID)
    backend.close()
    template = sqlite3.connect(":memory:", isolation_level=None)
    raw.backup(template)
    return Installation(engine, raw, template, contents, Ledger(raw), tokens, books, passwords)


def device_key(name: str) -> DeviceKey:
    """The key of a machine, the same in every run."""
    return DeviceKey(base64.b64encode(hashlib.sha256(name.encode()).digest()).decode())


def _enrolled(backend: Backend, till_id: str, code: str) -> str:
    body = write(WireTillEnrolment(code=code, public_key=device_key(till_id).public_text))
    reply = backend.answer(ServerRequest("PUT", f"/v1/enrolments/device-{till_id}", body))
    if reply.status != 200:
        raise RuntimeError(f"a till was not enrolled: {reply}")
    return read_answer(reply.body, WireTillToken).token


ROUTES: Final = RouteTable()


@contextmanager
def routed(original: Callable[..., Any], part: Callable[..., Any]) -> Iterator[None]:
    """While it is open, ``part`` answers what ``original`` would have."""
    with_part = tuple(
        replace(route, operation=part) if route.operation is original else route for route in routes.ROUTES
    )
    before = ROUTES._by_beginning
    ROUTES._by_beginning = RouteTable(with_part)._by_beginning
    try:
        yield
    finally:
        ROUTES._by_beginning = before


class _Faults(logging.Handler):
    """Keeps what the program's log says of a fault, for the words of the violation."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        mistake = record.exc_info[1] if record.exc_info else None
        self.last = f"{type(mistake).__name__}: {mistake}"[:300]


@cache
def fault_log() -> _Faults:
    log, handler = logging.getLogger("tukar.server"), _Faults()
    log.addHandler(handler)
    log.propagate = False
    return handler


class SimulatedServer:
    """``world.Process`` and ``net.Server``. ``phones`` are the messages that reached each number, oldest first."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.name = "server"
        self.alive = False
        self.clock = MachineClock("server", world.time)
        self.phones: dict[str, list[str]] = {}
        self.faults: list[str] = []
        self.crashes = 0
        self.outages: list[tuple[float, float]] = []
        self.seen: Callable[[Request, Reply], None] = lambda _request, _reply: None
        self.changed: Callable[[], None] = lambda: None
        self.make_transactions: Callable[[Engine, World, SimulatedServer], SteppedCommits] = SteppedCommits
        self.requests: Counter[str] = Counter()
        self.said: dict[str, Request] = {}
        """What was granted last: of ``redemptions``, ``challenges`` and whatever else is put under an id."""
        self.cards_sold: list[str] = []
        """The codes of gift cards that tills have sold: for those who spend them."""
        self.commit_fails = 0.0
        self.answers_early = False
        """Seeded defect: whoever was told before a commit that then failed keeps what they were told."""
        self.on_restored: Callable[[], None] = lambda: None
        self.restored_at: list[float] = []
        """When an older database was put in the place of the present one."""
        self.house: ServerHouse | None = None
        """Its app and folder, where requests go through all of them."""
        self._back_up = b""
        self._chance = CountedChance()
        self._pending: list[tuple[Request, Answered]] = []
        fault_log().last = ""
        self._installed = installation()
        self._books = self._installed.books
        if self._installed.raw.execute("PRAGMA ignore_check_constraints").fetchone()[0]:
            # A defect left it on. Switched at every start it would make SQLite read every statement anew.
            self._installed.raw.execute("PRAGMA ignore_check_constraints = OFF")
        self._installed.contents.become(self._installed.template)
        self.outside_epoch = int(json.loads(self.db.execute(_EPOCH).fetchone()[0])["epoch"])
        """As the file beside the database has it."""
        self._outside_reached = 0.0
        self._backend: Backend | None = None
        self._commits: SteppedCommits | None = None
        self._batch_is_due = False
        self._carrier_is_due = False

    @property
    def db(self) -> sqlite3.Connection:
        """The database as it lies there, for those who check."""
        return self._installed.raw

    @property
    def ledger(self) -> Ledger:
        return self._installed.ledger

    @property
    def tokens(self) -> dict[str, str]:
        return self._installed.tokens

    def expect_other_rules(self) -> None:
        """Versions will mean other rules than in other schedules and lives: nothing compiled is shared with those."""
        self._books = Books()

    # Life

    def start(self) -> None:
        self.alive = True
        self._commits = self.make_transactions(self._installed.engine, self.world, self)
        self._commits.on_commit = self._committed
        outside = (self.outside_epoch, self._outside_reached)
        self._commits.fail_chance = self.commit_fails
        installed = self._installed
        if self._books is not installed.books:
            self._books = Books()
        self._backend = Backend(
            transactions=self._commits,
            equipment=Equipment(KEYS, self._chance, installed.passwords, self._books),
            clock=self.clock,
            routes=ROUTES,
        )
        self._backend.on_message = self._messages_wait
        try:
            if self.house is not None:
                outside = self.house.open(KEYS)
            self.outside_epoch = self._backend.open(installed.engine, *outside)
            if self.house is not None:
                self.house.keep(self.outside_epoch, float(self.db.execute(_REACHED).fetchone()[0].split()[0]))
                self.house.opened(self._backend)
        except Crashed:
            return
        except UnavailableError:
            self.alive = False
            self.world.after(5.0, self._start_again)
            return
        self._messages_wait()

    def die(self, how: str) -> None:
        """Ends; comes up again some time later."""
        self.alive = False
        self.crashes += 1
        if self.house is not None:
            self.house.died(how)
        if how == POWER:
            self.clock.reboot()
        self.world.after(0.0, self._bury)
        stop = self.world.choices.pick("outage", 2.0, ((30.0, 0.3), (900.0, 0.1), (7200.0, 0.05)))
        self.outages.append((self.world.now, stop))
        self.world.after(stop, self._start_again)

    def _committed(self) -> None:
        self.changed()
        if self._back_up:
            # Where nothing will be restored nobody reads it.
            self._outside_reached = float(self.db.execute(_REACHED).fetchone()[0].split()[0])

    def back_up(self) -> None:
        """Keeps the database as it is now."""
        self._back_up = self.db.serialize()

    @property
    def has_back_up(self) -> bool:
        return bool(self._back_up)

    @property
    def is_recovering(self) -> bool:
        return bool(self.db.execute("SELECT MAX(recovering) FROM shops").fetchone()[0])

    def restore(self) -> None:
        """The disk breaks; a machine with the database of the last back-up comes up in its place."""
        self.world.tell("the server is restored from its back-up")
        self.alive = False
        self._bury()
        self._installed.contents.become_again(self._back_up)
        self.clock.reboot()
        self.restored_at.append(self.world.now)
        self.outages.append((self.world.now, RESTORING_SECONDS))
        self.on_restored()
        self.world.after(RESTORING_SECONDS, self._start_again)

    def _bury(self) -> None:
        if self._commits is not None and not self.alive:
            if self.house is not None:
                self.house.bury()
            self._commits.drop()
            self._commits = self._backend = None
            if self.db.in_transaction:
                self.db.rollback()
        pending, self._pending = self._pending, []
        for _, answered in pending:
            answered(Unanswered(heard=True))

    def _start_again(self) -> None:
        if not self.alive:
            self._bury()
            self.world.tell("the server is back")
            self.start()

    def perform(
        self, operation: Callable[[Call, Any], T], message: object, caller: Caller, path: Mapping[str, str] = NOTHING
    ) -> T:
        """Runs one operation while the server is up; for those who check."""
        if self._backend is None:
            raise RuntimeError("the server is down")
        return self._backend.perform(operation, message, caller, path)

    # Requests

    def receive(self, request: Request, answered: Answered) -> None:
        if not self.alive:
            answered(Unanswered(heard=False))
            return
        self._pending.append((request, answered))
        if self.world.is_deep:
            self._answer_all()
        elif not self._batch_is_due:
            self._batch_is_due = True
            self.world.after(GATHER_SECONDS, self._answer_all)

    def _answer_all(self) -> None:
        """All that has come in, as one batch."""
        self._batch_is_due = False
        if not self.alive or self._backend is None or self._commits is None:
            return
        batch = self._pending
        told: list[tuple[Answered, Future[Any], Request]] = []
        try:
            self._commits.gathers = True
            for request, answered in batch:
                told.append((answered, self._submit(request), request))
            self._commits.gathers = False
            self._commits.commit()
            if self.house is not None and self.house.front is not None:
                self.house.front.turn()
        except Crashed:
            if not self.answers_early:
                return
        self._pending = self._pending[len(batch) :]
        for answered, future, request in told:
            if not future.done():
                continue
            reply = future.result()
            self._note(request, Reply(reply.status, reply.body, reply.headers))
            answered(Reply(reply.status, reply.body, {**reply.headers, "Content-Type": "application/json"}))

    def _submit(self, request: Request) -> Future[Any]:
        if self._backend is None or self._commits is None:
            raise RuntimeError("the server is down")
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = ServerRequest(request.method, request.path, request.body, request.query, headers)
        front = None if self.house is None else self.house.front
        ask = self._backend.submit if front is None else front.submit
        parts = request.path.split("/")
        self.requests[f"{request.method} {parts[2]}"] += 1
        if b'"pin"' in request.body or b'"password"' in request.body:
            # A credential is checked between two transactions, which waits for both.
            self._commits.gathers = False
            try:
                return ask(asked)
            finally:
                self._commits.gathers = True
        return ask(asked)

    def _note(self, request: Request, reply: Reply) -> None:
        if reply.status == FAULT:
            self.faults.append(fault_log().last)
        parts = request.path.split("/")
        if reply.status == OK and request.method == "PUT" and len(parts) == len(("", "v1", "kind", "id")):
            self.said[parts[2]] = request
        self.seen(request, reply)

    # Messages to customers

    def _messages_wait(self) -> None:
        if not self._carrier_is_due:
            self._carrier_is_due = True
            self.world.after(0.3, self._carry)

    def _carry(self) -> None:
        self._carrier_is_due = False
        if not self.alive or self._backend is None:
            return
        if self.db.execute("SELECT 1 FROM messages WHERE state = 'waiting' LIMIT 1").fetchone() is None:
            return
        try:
            messages = self._backend.take_messages().result()
        except Crashed:
            return
        except UnavailableError:
            self._messages_wait()
            return
        for message in messages:
            carried = message if self.house is None else self.house.deliver(message)
            self.phones.setdefault(carried.to, []).append(carried.text)
