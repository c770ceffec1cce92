"""The till behind its first picture: ports, counter, presenters and upkeep, made while the sign-in is on the screen.

Loading all this takes longer than showing who may sign in (performance.md, P1), so ``program`` paints that first. What
is typed meanwhile waits in Qt's queue: all of it is made in one turn of the event loop.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Final, cast

from tukar.bootstrap.counter import Counter, Ports, open_counter
from tukar.bootstrap.counter_house import names_of
from tukar.bootstrap.disk import Disk
from tukar.bootstrap.late_backend import late_approvals
from tukar.bootstrap.managing import TillRoom
from tukar.bootstrap.printers import ReceiptOutlet
from tukar.bootstrap.till_house import answers
from tukar.bootstrap.window import Beyond, Copies, Front, Style, open_screens, open_window
from tukar.devices.bank import Bank
from tukar.devices.qris import QrisSimulator
from tukar.devices.terminal import TerminalSimulator
from tukar.local.clock import SystemClock
from tukar.local.control import ControlServer
from tukar.local.credentials import Argon2Check
from tukar.local.ids import UuidV7
from tukar.local.journal import SqliteJournal
from tukar.local.paths import free_bytes
from tukar.resources import find_resources
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutState
from tukar.till.line import Line
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import LoyaltyBackend, Settings, ShopProfile
from tukar.till.ports.records import Records
from tukar.till.recovery import Recovered
from tukar.till.sync import Sync, SyncModel
from tukar.till.terminals import Terminals
from tukar.till.upkeep import Chores, Examination, Upkeep
from tukar.ui.kit import Look, read_tokens
from tukar.ui.main_window import MainWindow
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.tile_pictures import picture_reader
from tukar.ui.translations import Language

_LOG: Final = logging.getLogger("tukar.till")

SIMULATOR: Final = "simulator"
BANK_FILE: Final = "bank.json"
RECEIPTS_FOLDER: Final = "receipts"
PICTURES_FOLDER: Final = "pictures"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the first picture stood on. ``renew_series`` blocks, and gets numbers that nobody ever gave out."""

    disk: Disk
    look: Look
    language: Language
    background: Background
    line: Line
    backend: LoyaltyBackend
    sync: Sync
    demo_pins: Mapping[str, str]
    change_ports: Callable[[Ports], Ports]
    renew_series: Callable[[], None]


class OpenTill:
    """Everything behind the window of a till that knows its shop; nothing of it blocks while it is made."""

    def __init__(self, ground: Ground, window: MainWindow, journal: SqliteJournal, shop: ShopProfile) -> None:
        self._ground = ground
        settings = ground.disk.connection.settings
        tokens = read_tokens(find_resources() / "styles" / "tokens.json")
        printing = ReceiptPrinting(tokens, ground.language)
        staff, folder = ground.disk.copies, self._receipts_folder(settings)
        outlet = ReceiptOutlet(
            printing, self._settings, lambda: shop, folder, lambda: names_of(staff, self._settings())
        )
        self._control: ControlServer | None = None
        self._news: Notice | None = None
        self.recovered: Recovered | None = None
        self.front: Front | None = None
        self._afar = late_approvals(lambda: ground.disk.connection.approvals(shop.currency))
        ports = ground.change_ports(self._ports(journal, outlet, settings, shop))
        self.counter = open_counter(ports, settings, ground.sync, ground.disk.copies, shop)
        style = Style(ground.look, ground.language, printing, outlet.write_pdf, outlet, ground.demo_pins)
        copies = Copies(ground.disk.copies, ground.disk.catalogue)
        self._room = TillRoom(
            window,
            self.counter,
            ground.look,
            ground.language,
            ground.disk.folder,
            ground.disk.connection.manager_backend,
        )
        self.front = open_window(
            window, self.counter, copies, style, ground.disk.store, settings,
            Beyond(self._room.open, self._write_for_support, picture_reader(self._pictures_folder(settings))),
        )  # fmt: skip
        self.upkeep = self._look_after(journal, self.counter, self.front)
        self.counter.staffing.listen(lambda _model: self._tell_news())
        open_screens(self.front, self.counter, settings, self._looked)
        # Its modules are loaded away from the window, and a till that cannot be asked sells all the same.
        ground.background.run(lambda: self._let_ask(journal), lambda _none: None, lambda _trouble: None)

    def hang_up(self) -> None:
        """Closes the sockets that are not the till's own, before the threads in them are waited for."""
        self._room.close()
        self._afar.close()

    def close(self) -> None:
        """Nobody asks this till any more. What it stood on is closed by whoever laid it."""
        if self._control is not None:
            self._control.close()

    def _looked(self, recovered: Recovered) -> None:
        self.recovered = recovered
        for notice in recovered.notices:
            _LOG.info("found at the start: %s", notice.say)
        if recovered.notices:
            self._news = recovered.notices[-1]  # the last one is the most particular
        elif self._ground.disk.connection.settings_trouble:
            self._news = Notice(Say.SETTINGS_DAMAGED, Level.WARN)
        self._tell_news()
        self.upkeep.start()

    def _tell_news(self) -> None:
        """What happened before this start, as soon as somebody is there to read it."""
        if self._news is None or self.front is None or self.counter.staffing.model.cashier is None:
            return
        news, self._news = self._news, None
        self.front.presenters.sale.billing.tell(news)

    def _let_ask(self, journal: SqliteJournal) -> None:
        """In the background. Kept at once, so that a till closed meanwhile closes this too."""
        self._control = ControlServer(self._ground.disk.folder, answers(journal, self._ground.disk.folder))

    def _write_for_support(self) -> str:
        from tukar.bootstrap.supporting import write_for_support

        return write_for_support(self._ground.disk.folder, self.counter.local_now())

    def _look_after(self, journal: SqliteJournal, counter: Counter, front: Front) -> Upkeep:
        ground, sale, checkout = self._ground, counter.sale, counter.checkout

        def in_hand() -> bool:
            begun = not sale.bill.is_empty or sale.bill.customer is not None
            return begun or checkout.state not in (CheckoutState.SELLING, CheckoutState.SAVED)

        upkeep = Upkeep(
            record=journal,
            examination=Examination(journal, cast("Records", ground.backend), SystemClock()),
            chores=Chores(
                ground.disk.catalogue.index_some, lambda: free_bytes(ground.disk.folder), ground.renew_series
            ),
            outbox=counter.outbox,
            background=ground.background,
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
            backend=self._ground.backend,
            journal=journal,
            background=self._ground.background,
            clock=SystemClock(),
            ids=UuidV7(),
            terminals=self._terminals(settings, shop),
            printer=outlet,
            credentials=Argon2Check(),
            tries=self._ground.disk.tries,
            line=self._ground.line,
            chance=SystemRandom().random,
            afar=self._afar,
        )

    def _terminals(self, settings: Settings, shop: ShopProfile) -> Terminals:
        """A till without a terminal offers no cards: nothing is taken that no bank knows of."""
        if settings.terminal != SIMULATOR:
            return Terminals()
        bank = Bank(self._ground.disk.folder / BANK_FILE)
        name = f"{shop.name} {settings.till_id}"
        return Terminals(TerminalSimulator(bank, name=name), QrisSimulator(bank, merchant=shop.name))

    def _settings(self) -> Settings:
        front = self.front
        return front.presenters.preferences.settings if front else self._ground.disk.connection.settings

    def _pictures_folder(self, settings: Settings) -> Path:
        return Path(settings.picture_folder) if settings.picture_folder else self._ground.disk.folder / PICTURES_FOLDER

    def _receipts_folder(self, settings: Settings) -> Path:
        return Path(settings.receipt_folder) if settings.receipt_folder else self._ground.disk.folder / RECEIPTS_FOLDER
