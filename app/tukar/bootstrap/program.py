"""The till as a running program: disk, look, background and backend first, the window as soon as the shop is known."""

import gc
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom
from types import MappingProxyType
from typing import Final, cast

from tukar.bootstrap.connection import OUR_CAPABILITIES, Connection
from tukar.bootstrap.counter import Counter, Ports, open_counter
from tukar.bootstrap.late_backend import late_backend
from tukar.bootstrap.printers import FOLDER_PRINTER, ReceiptOutlet
from tukar.bootstrap.shop_settings import settings_of
from tukar.bootstrap.till_house import answers, has_till
from tukar.bootstrap.window import Copies, Front, Style, open_screens, open_window
from tukar.devices.bank import Bank
from tukar.devices.qris import QrisSimulator
from tukar.devices.terminal import TerminalSimulator
from tukar.domain.money import Currency
from tukar.local.backup import finish_restore
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.local.clock import SystemClock
from tukar.local.control import ControlServer
from tukar.local.credentials import Argon2Check
from tukar.local.disk import Connect, open_file
from tukar.local.ids import UuidV7
from tukar.local.journal import SqliteJournal
from tukar.local.lock import FolderLock
from tukar.local.paths import free_bytes
from tukar.local.programme_copy import ProgrammeCopy
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.local.settings import TomlSettings
from tukar.resources import find_resources
from tukar.till.checkout_model import CheckoutState
from tukar.till.line import Line
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import LoyaltyBackend, Settings, ShopProfile
from tukar.till.ports.records import Records
from tukar.till.recovery import Recovered
from tukar.till.starting import Starting
from tukar.till.sync import Sync, SyncModel
from tukar.till.terminals import Terminals
from tukar.till.upkeep import Chores, Examination, Upkeep, renewed
from tukar.ui.application import Application, show_in_place_of
from tukar.ui.background import QtBackground
from tukar.ui.kit import Look, dress, open_look, read_tokens
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.start_screen import StartScreen
from tukar.ui.translations import Language

_UNKNOWN: Final = Currency("XXX", 2)
"""No money is shown before the shop is known; ISO 4217's code for no currency."""

SIZE: Final = (1366, 768)
"""Of the window at its first start, in logical pixels."""

SIMULATOR: Final = "simulator"
BANK_FILE: Final = "bank.json"
RECEIPTS_FOLDER: Final = "receipts"


@dataclass(frozen=True, slots=True)
class Disk:
    """What lies in the data folder and is open from the first moment; the journal follows once the till is known."""

    folder: Path
    lock: FolderLock
    store: TomlSettings
    connection: Connection
    copies: ProgrammeCopy
    catalogue: CatalogueCopy

    def close(self) -> None:
        self.catalogue.close()
        self.lock.release()


def open_disk(folder: Path) -> Disk:
    """Takes the folder for this program alone. Raises DiskTrouble, IN_USE when another till has it."""
    lock = FolderLock(folder)
    finish_restore(folder)
    store = settings_of(folder)
    return Disk(
        folder, lock, store, Connection(folder, store), ProgrammeCopy(folder), CatalogueCopy(folder / CATALOGUE_FILE)
    )


class Program:
    """One till from its first picture to its end.

    ``change_ports`` may put others in place of the ports that were built, and ``connect`` opens the journal's files:
    that is how tests make a till that dies at a named point. ``opened`` hears once when the window is there.
    ``open_demo`` is what the first picture offers to somebody who has no backend yet.
    """

    def __init__(
        self,
        app: Application,
        disk: Disk,
        *,
        last_resort: Callable[[BaseException], None],
        demo_pins: Mapping[str, str] = MappingProxyType({}),
        change_ports: Callable[[Ports], Ports] = lambda ports: ports,
        connect: Connect = open_file,
        opened: Callable[["Program"], None] = lambda _program: None,
        open_demo: Callable[[], None] | None = None,
    ) -> None:
        settings = disk.connection.settings
        resources = find_resources()
        self.app = app
        self.disk = disk
        self.look: Look = open_look(resources)
        self._tokens = read_tokens(resources / "styles" / "tokens.json")
        dress(app.qt, self.look, resources / "styles")
        shop = disk.copies.shop()
        self.language = Language(resources / "i18n", shop.currency if shop else _UNKNOWN, settings.language)
        self.background = QtBackground(last_resort)
        self.line = Line()
        self._prepared = threading.Event()
        self.backend: LoyaltyBackend = late_backend(self._build_backend, OUR_CAPABILITIES)
        self.sync = Sync(self.backend, self.background, self.line, disk.copies, disk.catalogue)
        self.journal: SqliteJournal | None = None
        self.counter: Counter | None = None
        self.front: Front | None = None
        self.recovered: Recovered | None = None
        self.upkeep: Upkeep | None = None
        self._control: ControlServer | None = None
        self._news: Notice | None = None
        self._demo_pins = demo_pins
        self._change_ports = change_ports
        self._connect = connect
        self._opened = opened
        self._closed = False
        self.start_screen = StartScreen(self.look, self.language)
        self.starting = Starting(
            view=self.start_screen,
            sync=self.sync,
            background=self.background,
            enrol=disk.connection.enrol,
            keep_secrets=disk.connection.keep_secrets,
            count_items=disk.catalogue.count,
            ready=self._open_window,
            demo=open_demo is not None,
        )
        self.starting.begin_with(self._first)
        if open_demo is not None:
            self.start_screen.demo_requested.connect(open_demo)
        self.start_screen.key_store_chosen.connect(self.starting.choose_key_store)
        self.start_screen.typed.connect(self.starting.type)
        self.start_screen.connect_requested.connect(self.starting.connect)
        self.start_screen.retry_requested.connect(self.starting.try_again)

    def start(self, prepare: Callable[[], None] | None = None) -> None:
        """Shows the first picture. ``prepare`` is done in the background first, such as starting the demo's backend."""
        self.app.when_painted(gc.enable)
        has_to_wait = self._first() is not None
        if has_to_wait or not self.sync.ready or not self.disk.connection.is_enrolled:
            self.start_screen.setWindowTitle("Tukar")
            self.start_screen.resize(*SIZE)
            self.start_screen.show()
        if prepare is not None:
            self.starting.prepare(lambda: self._prepare(prepare))
            return
        # What speaks to the backend takes longer to import than the window to open (performance.md): paint first.
        self.app.when_painted(self._prepared.set)
        if self.disk.connection.is_enrolled:
            self.starting.fetch()
        else:
            self.starting.ask(self.disk.connection.settings.backend_url)

    def close(self) -> None:
        """Ends threads and sockets, in at most two seconds, and closes every file. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._prepared.set()
        self.backend.close()
        self.background.close()
        if self._control is not None:
            self._control.close()
        if self.journal is not None:
            self.journal.checkpoint()
            self.journal.close()
        self.language.close()
        self.disk.close()

    def _prepare(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._prepared.set()

    def _build_backend(self) -> LoyaltyBackend:
        """In the background. Its address may be known only once everything is prepared."""
        self._prepared.wait()
        return self.disk.connection.backend(self._seen, self._audit_head)

    def _seen(self) -> tuple[int, int]:
        return self.journal.server_seen() if self.journal is not None else (0, 0)

    def _audit_head(self) -> str:
        return self.journal.audit_head().hash if self.journal is not None else ""

    def _first(self) -> Callable[[], None] | None:
        """A till that was restored needs new numbers before it opens."""
        if self.journal is None and not has_till(self.disk.folder):
            return None
        return self._renew_series if self._open_journal().series_spent else None

    def _renew_series(self) -> None:
        """In the background: numbers that nobody ever gave out."""
        renewed(cast("Records", self.backend), self._open_journal().begin_series)

    def _open_journal(self) -> SqliteJournal:
        settings = self.disk.connection.settings
        numbering = Numbering(settings.shop_id, settings.till_id, settings.till_epoch)
        if self.journal is None:
            self.journal = SqliteJournal(
                self.disk.folder,
                numbering,
                clock=SystemClock(),
                seal=AesSeal(self.disk.connection.seal_key),
                connect=self._connect,
            )
        self.journal.use_numbering(numbering)
        return self.journal

    def _open_window(self) -> None:
        settings, shop = self.disk.connection.settings, self.sync.profile
        if shop is None or not settings.till_id:
            raise LookupError("a till that is ready knows its shop")
        self.language.use_currency(shop.currency)
        journal = self._open_journal()
        printing = ReceiptPrinting(self._tokens, self.language)
        outlet = ReceiptOutlet(printing, self._settings, lambda: shop, self._receipts_folder(settings))
        ports = self._change_ports(self._ports(journal, outlet, settings, shop))
        self.counter = open_counter(ports, settings, self.sync, self.disk.copies, shop)
        style = Style(self.look, self.language, printing, outlet.write_pdf, self._demo_pins)
        copies = Copies(self.disk.copies, self.disk.catalogue)
        self.front = open_window(self.counter, copies, style, self.disk.store, settings)
        self.front.window.closing.connect(self.close)
        window = self.front.window
        window.resize(*SIZE)
        show_in_place_of(window, self.start_screen, full_screen=settings.full_screen)
        self.upkeep = self._look_after(journal, self.counter, self.front)
        self.counter.staffing.listen(lambda _model: self._tell_news())
        open_screens(self.front, self.counter, settings, self._looked)
        # What the start made lives as long as the till: a collection that walks all of it stops the window for 100 ms.
        self.app.when_painted(gc.freeze)
        # Its modules are loaded away from the window, and a till that cannot be asked sells all the same.
        self.background.run(lambda: self._let_ask(journal), lambda _none: None, lambda _trouble: None)
        self._opened(self)

    def _looked(self, recovered: Recovered) -> None:
        self.recovered = recovered
        if recovered.notices:
            self._news = recovered.notices[-1]  # the last one is the most particular
        elif self.disk.connection.settings_trouble:
            self._news = Notice(Say.SETTINGS_DAMAGED, Level.WARN)
        self._tell_news()
        if self.upkeep is not None:
            self.upkeep.start()

    def _tell_news(self) -> None:
        """What happened before this start, as soon as somebody is there to read it."""
        front, counter = self.front, self.counter
        if self._news is None or front is None or counter is None or counter.staffing.model.cashier is None:
            return
        news, self._news = self._news, None
        front.presenters.sale.billing.tell(news)

    def _let_ask(self, journal: SqliteJournal) -> None:
        """In the background. Kept at once, so that a till closed meanwhile closes this too."""
        self._control = ControlServer(self.disk.folder, answers(journal, self.disk.folder))

    def _look_after(self, journal: SqliteJournal, counter: Counter, front: Front) -> Upkeep:
        folder, sale, checkout = self.disk.folder, counter.sale, counter.checkout

        def in_hand() -> bool:
            begun = not sale.bill.is_empty or sale.bill.customer is not None
            return begun or checkout.state not in (CheckoutState.SELLING, CheckoutState.SAVED)

        upkeep = Upkeep(
            record=journal,
            examination=Examination(journal, cast("Records", self.backend), SystemClock()),
            chores=Chores(self.disk.catalogue.index_some, lambda: free_bytes(folder), self._renew_series),
            outbox=counter.outbox,
            background=self.background,
            in_hand=in_hand,
            tell=front.presenters.sale.billing.tell,
        )
        sale.listen(lambda _change: upkeep.stir())
        checkout.listen(lambda _model: upkeep.stir())
        counter.outbox.tell_delivered(upkeep.delivered)

        def synced(model: SyncModel) -> None:
            if model.state is not None and model.state.recovering:
                upkeep.look_soon()

        counter.sync.listen(synced)
        return upkeep

    def _ports(self, journal: SqliteJournal, outlet: ReceiptOutlet, settings: Settings, shop: ShopProfile) -> Ports:
        return Ports(
            backend=self.backend,
            journal=journal,
            background=self.background,
            clock=SystemClock(),
            ids=UuidV7(),
            terminals=self._terminals(settings, shop),
            printer=outlet,
            credentials=Argon2Check(),
            line=self.line,
            chance=SystemRandom().random,
        )

    def _terminals(self, settings: Settings, shop: ShopProfile) -> Terminals:
        """A till without a terminal offers no cards: nothing is taken that no bank knows of."""
        if settings.terminal != SIMULATOR:
            return Terminals()
        bank = Bank(self.disk.folder / BANK_FILE)
        name = f"{shop.name} {settings.till_id}"
        return Terminals(TerminalSimulator(bank, name=name), QrisSimulator(bank, merchant=shop.name))

    def _settings(self) -> Settings:
        front = self.front
        return front.presenters.preferences.settings if front else self.disk.connection.settings

    def _receipts_folder(self, settings: Settings) -> Path:
        return Path(settings.receipt_folder) if settings.receipt_folder else self.disk.folder / RECEIPTS_FOLDER


def demo_settings(settings: Settings, language: str | None) -> Settings:
    """What the demo changes: a simulated terminal, receipts in a folder, secrets in a file, the language asked for."""
    return replace(
        settings,
        printer=settings.printer or FOLDER_PRINTER,
        terminal=SIMULATOR,
        key_store="owner_only_file",
        language=language or settings.language,
    )
