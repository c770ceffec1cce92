"""One till of the simulation: the real checkout, journal, outbox and recovery, built anew in every life."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tests.fakes.permits import FakePermits
from tests.fakes.printer import FakePrinter
from tests.fakes.secrets import PlainSeal
from tests.simulation import shop
from tests.simulation.background import SimulatedBackground, Unhurried
from tests.simulation.clock import MachineClock
from tests.simulation.copies import KeptCopies, LastHeard, Shelf, TillCopies
from tests.simulation.desk import Desk
from tests.simulation.desk_kept import KeptDesk
from tests.simulation.disk import TillDisk, on_real_disk
from tests.simulation.front import Front
from tests.simulation.held_desk import HeldDesk
from tests.simulation.net import Line as Wire
from tests.simulation.net import SimulatedHttp
from tests.simulation.sockets import SocketHttp
from tests.simulation.terminal import Counter as CardCounter
from tests.simulation.world import POWER, Crashed, Process, World
from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import Right
from tukar.domain.pricing import Circumstances, RuleBook
from tukar.domain.programme import Programme
from tukar.local.disk import Connection, Cursor, SqlValue
from tukar.local.ids import UuidV7
from tukar.local.journal import DRAFTS_FILE, JOURNAL_FILE, SqliteJournal
from tukar.local.receipts import Numbering
from tukar.local.stored import enrolment_from_json
from tukar.loyalty.enrolling import DeviceKey
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.till.checkout import Checkout
from tukar.till.checkout_model import CheckoutState
from tukar.till.delivery import Postman
from tukar.till.gear import Gear
from tukar.till.line import Line
from tukar.till.outbox import OutboxSender
from tukar.till.permitting import Permit
from tukar.till.ports import DiskTrouble, LoyaltyBackend, ShopProfile
from tukar.till.ports.records import Records
from tukar.till.recovery import Recovered, Recovery
from tukar.till.refunding import Refunding
from tukar.till.returning import Returning
from tukar.till.returning_model import ReturnModel
from tukar.till.sale import Sale
from tukar.till.saving import Place
from tukar.till.sync import Sync, SyncModel
from tukar.till.upkeep import Chores, Examination, Looked, Upkeep, renewed
from tukar.till.writing import JournalWriter

if TYPE_CHECKING:
    from tests.simulation.till_files import TillFiles

ROOM: Final = 1 << 40
"""Bytes free on the disk."""
FOLDER: Final = Path(tempfile.gettempdir())
_ZONE: Final = ZoneInfo(shop.ZONE)


@cache
def templates() -> dict[str, sqlite3.Connection]:
    """The files of a till that has never sold."""
    files = {name: sqlite3.connect(":memory:", isolation_level=None) for name in (JOURNAL_FILE, DRAFTS_FILE)}

    def connect(path: Path) -> Connection:
        return _NewFile(files[path.name])

    clock = MachineClock("new", lambda: 0.0)
    SqliteJournal(FOLDER, Numbering(shop.SHOP_ID, "0", 1), clock=clock, seal=PlainSeal(), connect=connect)
    return files


class _NewFile:
    """A file in memory that answers as one on a disk would."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def execute(self, sql: str, parameters: Sequence[SqlValue] = (), /) -> Cursor:
        answer = on_real_disk(sql) if sql.startswith("PRAGMA") else None
        return self._db.execute(sql, parameters) if answer is None else answer

    def close(self) -> None: ...


def as_on_disk(db: sqlite3.Connection) -> Connection:
    """A database in memory as a file on a disk, which ends no program and meets no fault."""
    return _NewFile(db)


@cache
def _book(programme_json: str) -> tuple[Programme, RuleBook]:
    programme = shop.read_programme(programme_json)
    return programme, RuleBook.compile(programme, Shelf())


def compiled(version: int, *, rich: bool = False) -> tuple[Programme, RuleBook]:
    """The programme of that version and its rules."""
    return _book(json.dumps(shop.raw_programme(version, rich=rich)))


class ReturnSheet:
    """``returning.ReturnView`` that remembers what it was shown."""

    def __init__(self) -> None:
        self.model = ReturnModel()

    def show_return(self, model: ReturnModel) -> None:
        self.model = model


class CountedExamination(Examination):
    """Knows how often it came to its end."""

    looks = 0

    def look(self) -> Looked:
        looked = super().look()
        self.looks += 1
        return looked


class TillLife:
    """One run of the till program, from its start to its end."""

    def __init__(self, till: "SimulatedTill", number: int) -> None:
        world = till.world
        self.till = till
        self.name = f"till-{till.name}"
        self.alive = True
        self.recovered: Recovered | None = None
        self.background = SimulatedBackground(world, self)
        numbering = Numbering(shop.SHOP_ID, till.till_id, till.epoch)
        self.journal = till.journal_type(
            FOLDER, numbering, clock=till.clock, seal=PlainSeal(), connect=till.disk.connector(self)
        )
        identity = TillIdentity(
            lambda: till.token, till.key, self.journal.server_seen, lambda: self.journal.audit_head().hash
        )
        random = Random(f"{till.name}.{number}.{till.salt}")
        self.ids = UuidV7(lambda: int(till.clock.now().timestamp() * 1000), random.getrandbits)
        http = (SocketHttp if till.has_sockets else SimulatedHttp)(till.wire, self, identity)
        ours = self._records = TukarBackend(http, self.ids.new)
        self.backend: LoyaltyBackend = (
            till.wrap_backend(ours) if till.other_backend is None else till.other_backend(self)
        )
        self.line = Line()
        self.writer = JournalWriter(self.background)
        self.copies: TillCopies = (
            Sync(self.backend, Unhurried(self.background), self.line, till.kept, Shelf())
            if till.syncs
            else LastHeard(self.backend, self.background, till.kept)
        )
        self.gear = Gear(
            self.backend, self.journal, self.background, self.writer, till.clock, self.ids, self.line, self.copies
        )
        self.sale = Sale(
            currency=shop.CURRENCY, ids=self.ids, rules=self.copies.rule_book(), circumstances=self._circumstances
        )
        postman = till.postman_type(self.journal, self.backend, enrolment_from_json)
        self.outbox = OutboxSender(postman, self.background, self.line, random.random)
        self.terminals = till.counter.terminals(self)
        place = Place(till.profile, till.till_id, till.epoch)
        self.checkout = self._checkout(place)
        self.examination: CountedExamination | None = None
        self.upkeep = self._upkeep(ours) if till.is_looked_after else None
        self.held = HeldDesk(self, ours) if till.keeps_shelf else None
        self.copies.attach(self.sale, lambda: self.checkout.state is CheckoutState.SELLING)
        self.recovery: Recovery = till.recovery_type(self.gear, self.terminals)
        self.sheet = ReturnSheet()
        refunding = Refunding(self.gear, self.terminals, place, lambda: shop.CASHIER, self.outbox.wake)
        self.front = Front(self, refunding) if till.has_front else None
        self.desk = None if self.front is None or till.desk is None else Desk(self, self.front, till.desk)
        self.returning = self._returning(refunding)

    def _checkout(self, place: Place) -> Checkout:
        checkout = self.till.checkout_type(
            self.sale, self.gear, self.copies, self.outbox, self.terminals, FakePrinter(), place, lambda: shop.CASHIER
        )
        checkout.trusting.ask_by(self._second_person)
        checkout.releasing.ask_by(self._second_person)
        self.outbox.tell_delivered(checkout.delivered)
        return checkout

    def _returning(self, refunding: Refunding) -> Returning:
        checkout = self.checkout
        return Returning(
            view=self.sheet,
            gear=self.gear,
            refunding=refunding,
            permits=FakePermits() if self.front is None else self.front.permits,
            may_open=lambda: checkout.state is CheckoutState.SELLING and checkout.model.exchange is None,
            saved=lambda _: self.outbox.wake(),
            exchange=None if self.front is None else self.front.exchange,
        )

    def _second_person(self, then: Callable[[Permit], None], _about: ApprovalSubject) -> Right:
        """The manager types their PIN, or will not."""
        if self.till.world.choices.pick(f"word.{self.till.name}", "given", (("refused", 0.4),)) == "given":
            then(Permit(shop.CASHIER.staff_id, shop.MANAGER.staff_id, shop.PIN))
        return Right.NEEDS_APPROVAL

    def _upkeep(self, records: Records) -> Upkeep:
        """The till's own, joined to the others as ``bootstrap.program`` does it."""

        def begin(epoch: int) -> None:
            self.journal.begin_series(epoch)

        self.examination = CountedExamination(self.journal, records, self.till.clock)
        upkeep = Upkeep(
            record=self.journal,
            examination=self.examination,
            chores=Chores(lambda: False, lambda: ROOM, lambda: renewed(records, begin)),
            outbox=self.outbox,
            background=Unhurried(self.background),
            in_hand=lambda: self.checkout.state is not CheckoutState.SELLING or not self.sale.bill.is_empty,
            tell=lambda _: None,
        )
        self.sale.listen(lambda _change: upkeep.stir())
        self.checkout.listen(lambda _model: upkeep.stir())
        self.outbox.tell_delivered(upkeep.delivered)

        def synced(model: SyncModel) -> None:
            if model.state is not None and model.state.recovering:
                upkeep.look_soon()

        if isinstance(self.copies, Sync):
            self.copies.listen(synced)
        return upkeep

    def _circumstances(self) -> Circumstances:
        now = self.till.clock.now().astimezone(_ZONE)
        return Circumstances(
            now=now,
            shop_id=shop.SHOP_ID,
            till_id=self.till.till_id,
            online=self.line.redeems,
            on_trust=self.copies.offline_points.holds_on(now.date()),
        )

    def begin(self, ready: Callable[[], None]) -> None:
        """Looks at what the life before left, then is ready to sell."""
        if self.till.files is not None:
            self.till.files.begin(self)
            if self.journal.series_spent:
                self._renew_series(ready)
                return

        def found(recovered: Recovered) -> None:
            self.recovered = recovered
            self.outbox.wake()
            if self.upkeep is not None:
                self.upkeep.start()
            if isinstance(self.copies, Sync):
                self.copies.start()
            resume = recovered.resume
            if resume is not None:
                self.checkout.resume(
                    resume.draft, resume.rows, resume.unclear, at_payment=resume.has_money and resume.draft.at_payment
                )
            ready()

        def failed(_trouble: DiskTrouble) -> None:
            self.background.after(5.0, lambda: self.begin(ready))

        self.recovery.start(found, failed)

    def _renew_series(self, ready: Callable[[], None]) -> None:
        """A till that was restored needs new numbers before it opens, as in ``bootstrap.program``."""

        def again(_: object) -> None:
            self.background.after(5.0, lambda: self.begin(ready))

        self.background.run(lambda: renewed(self._records, self.journal.begin_series), again, again)

    @property
    def in_hand(self) -> bool:
        """Whether a sale or a return is."""
        selling = self.checkout.state is CheckoutState.SELLING and self.sale.bill.is_empty
        return not selling or self.sheet.model.is_open or bool(self.journal.drafts())

    def die(self, how: str) -> None:
        self.alive = False
        self.till.died(how)

    def close(self) -> None:
        """Ended in order, with nothing left to do."""
        self.backend.close()
        self.journal.close()
        if self.till.files is not None:
            self.till.files.closed()
        self.alive = False


class SimulatedTill:
    """One till across all its lives. The types are those of the program, or of one with a defect."""

    def __init__(self, world: World, till_id: str, wire: Wire, token: str, salt: int, name: str = "") -> None:
        self.world = world
        self.till_id = till_id
        self.name = name or till_id
        """Of this machine; a clone has the till's id and another name."""
        self.wire = wire
        self.token = token
        self.salt = salt
        self.epoch = 1
        self.clock = MachineClock(f"till-{self.name}", world.time)
        self.disk = TillDisk(world, self.name)
        self.disk.start_as(templates())
        self.counter = CardCounter(world, self.name)
        self.profile = ShopProfile(
            shop.SHOP_ID, "Shop", "", "", "", shop.CURRENCY, "ID", "en", shop.ZONE, (10000, 50000, 100000)
        )
        self.kept = KeptCopies(compiled(1)[1], self.profile)
        self.syncs = False
        """Whether it asks every minute what has changed, as a real one does."""
        self.key: DeviceKey | None = None
        """What it signs its messages with; a till that is never revoked saves itself the trouble."""
        self.is_retired = False
        """Another machine stands in its place."""
        self.has_sockets = False
        """Whether its requests go through all of the connector, down to the socket."""
        self.keeps_shelf = False
        """Whether bills are set aside for other tills, and taken up from them."""
        self.keeps_shifts = False
        """Whether somebody else opens and closes the shifts of this till."""
        self.has_front = False
        """Whether its cashier works at all the program's sheets, and not only at checkout and returns."""
        self.files: TillFiles | None = None
        """Those on a real disk, where it has any beside journal and drafts."""
        self.desk: KeptDesk | None = None
        """What stays where its cashier signs in, and chooses how the till looks and which key does what."""
        self.is_looked_after = False
        """Whether its upkeep runs, beside what every till does at its start."""
        self.journal_type = SqliteJournal
        self.postman_type = Postman
        self.checkout_type = Checkout
        self.recovery_type = Recovery
        self.wrap_backend: Callable[[LoyaltyBackend], LoyaltyBackend] = lambda backend: backend
        self.other_backend: Callable[[Process], LoyaltyBackend] | None = None
        """In place of ours, where the tills are on another one."""
        self.life: TillLife | None = None
        self.lives = 0
        self.down: list[tuple[float, float]] = []
        self.ready: Callable[[TillLife], None] = lambda _: None

    def start(self) -> None:
        """Switches the till on; tells ``ready`` once it has looked at its disk."""
        if self.is_retired or (self.life is not None and self.life.alive):
            return
        self.lives += 1
        self.world.tell(f"till-{self.name} starts, life {self.lives}")
        try:
            life = TillLife(self, self.lives)
            self.life = life
            life.background.guarded(lambda: life.begin(lambda: self.ready(life)))
        except Crashed:
            return
        except DiskTrouble:
            self.world.after(20.0, self.start)

    def journal_at_rest(self) -> SqliteJournal:
        """The journal as the ``doctor`` command opens it while no till runs."""
        numbering = Numbering(shop.SHOP_ID, self.till_id, self.epoch)

        def connect(path: Path) -> Connection:
            return _NewFile(self.disk.file(path.name))

        return SqliteJournal(FOLDER, numbering, clock=self.clock, seal=PlainSeal(), connect=connect)

    def retire(self) -> None:
        """Switched off for good; what it has sold is in its files."""
        self.is_retired = True
        if self.life is not None:
            self.life.close()

    def died(self, how: str) -> None:
        if how == POWER:
            self.clock.reboot()
        self.disk.die(how)
        if self.files is not None:
            self.files.died(how)
        self.counter.left_alone()
        away = self.world.choices.pick(f"away.{self.name}", 20.0, ((400.0, 0.2), (1900.0, 0.1), (9000.0, 0.05)))
        self.down.append((self.world.now, away))
        self.world.after(away, self.start)
