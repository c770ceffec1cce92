"""The till as a running program: disk, look, background and backend first, the window as soon as the shop is known."""

import gc
import logging
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from tukar import __version__
from tukar.bootstrap.disk import Disk
from tukar.bootstrap.door import SIZE, Door, language_of, look_of, plate_of
from tukar.bootstrap.late_backend import OUR_CAPABILITIES, late_backend
from tukar.local.clock import SystemClock
from tukar.local.disk import Connect, open_file
from tukar.local.doorplate import keep_plate
from tukar.local.journal import SqliteJournal, has_journal
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.till.line import Line
from tukar.till.ports import LoyaltyBackend, ShopProfile
from tukar.till.signing_in import SignInModel
from tukar.till.staffing import who_may_sign_in
from tukar.till.starting import Starting
from tukar.till.sync import Sync
from tukar.ui.application import Application, show_in_place_of, take_keyboard
from tukar.ui.background import QtBackground
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.start_screen import StartScreen

if TYPE_CHECKING:
    from tukar.bootstrap.counter import Counter, Ports
    from tukar.bootstrap.open_till import OpenTill
    from tukar.bootstrap.window import Front
    from tukar.till.ports.records import Records
    from tukar.till.recovery import Recovered

_LOG: Final = logging.getLogger("tukar.till")


class Program:
    """One till from its first picture to its end.

    ``change_ports`` may put others in place of the ports that were built, and ``connect`` opens the journal's files:
    that is how tests make a till that dies at a named point. ``opened`` hears once when the window is there.
    ``open_demo`` is what the first picture offers to somebody who has no backend yet. ``door`` is the first picture
    of a till that knows its shop, where it is on the screen already.
    """

    def __init__(  # noqa: PLR0913 - what tests and the demo put in place of the rest
        self,
        app: Application,
        disk: Disk,
        *,
        last_resort: Callable[[BaseException], None],
        demo_pins: Mapping[str, str] = MappingProxyType({}),
        change_ports: "Callable[[Ports], Ports]" = lambda ports: ports,
        connect: Connect = open_file,
        opened: Callable[["Program"], None] = lambda _program: None,
        open_demo: Callable[[], None] | None = None,
        door: Door | None = None,
    ) -> None:
        self.app = app
        self.disk = disk
        self._door = door
        self.look: Look = look_of(app) if door is None else door.look
        settings = disk.connection.settings
        self.language = language_of(settings, disk.copies.shop()) if door is None else door.language
        self.background = QtBackground(last_resort)
        self.line = Line()
        self.line.listen(lambda online: _LOG.info("the line is %s", "there" if online else "lost"))
        self._prepared = threading.Event()
        self._preparing = False
        self.backend: LoyaltyBackend = late_backend(self._build_backend, OUR_CAPABILITIES)
        self.sync = Sync(self.backend, self.background, self.line, disk.copies, disk.catalogue)
        self.journal: SqliteJournal | None = None
        self._open_till: OpenTill | None = None
        self._demo_pins = demo_pins
        self._change_ports = change_ports
        self._connect = connect
        self._opened = opened
        self._practise: Callable[[], None] | None = None
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

    @property
    def counter(self) -> "Counter | None":
        """None until the till is open, as the others here."""
        return self._open_till.counter if self._open_till is not None else None

    @property
    def front(self) -> "Front | None":
        return self._open_till.front if self._open_till is not None else None

    @property
    def recovered(self) -> "Recovered | None":
        """What this start found, once everything was looked through."""
        return self._open_till.recovered if self._open_till is not None else None

    def let_practise(self, practise: Callable[[], None]) -> None:
        """From now on the sign-in screen offers to practise; ``practise`` opens a window that does."""
        self._practise = practise

    def start(self, prepare: Callable[[], None] | None = None) -> None:
        """Shows the first picture. ``prepare`` is done in the background first, such as starting the demo's backend."""
        settings = self.disk.connection.settings
        _LOG.info("tukar %s opens; till %s, series %s", __version__, settings.till_id or "new", settings.till_epoch)
        self.app.when_painted(gc.enable)
        has_to_wait = self._first() is not None
        if has_to_wait or not self.sync.ready or not self.disk.connection.is_enrolled:
            self.start_screen.setWindowTitle("Tukar")
            self.start_screen.resize(*SIZE)
            self.start_screen.show()
            self._leave_door()
        if prepare is not None:
            self._preparing = True
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
        if self._open_till is not None:
            self._open_till.hang_up()
        self.background.close()
        if self._open_till is not None:
            self._open_till.close()
        if self.journal is not None:
            self.journal.checkpoint()
            self.journal.close()
        self.language.close()
        self.disk.close()
        _LOG.info("closed")

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
        if self.journal is None and not has_journal(self.disk.folder):
            return None
        return self._renew_series if self._open_journal().series_spent else None

    def _renew_series(self) -> None:
        """In the background: numbers that nobody ever gave out."""
        from tukar.till.upkeep import renewed

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
        """Shows who may sign in, as fast as can be; what lies behind it is made once that is on the screen."""
        settings, shop = self.disk.connection.settings, self.sync.profile
        if shop is None or not settings.till_id:
            raise LookupError("a till that is ready knows its shop")
        shown = self._door
        if shown is None:
            self.language.use_currency(shop.currency)
            sign_in = SignInModel(shop.name, staff=who_may_sign_in(self.disk.copies))
            door = Door(self.look, self.language, settings, sign_in, practises=self._practise is not None)
        else:
            door = shown
        window = door.window
        if self._practise is not None:
            window.sign_in.practise_requested.connect(self._practise)
        window.closing.connect(self.close)
        if shown is not None:
            self._open(window, shop)  # in this very turn: the next key finds somebody behind the screen
            return
        show_in_place_of(window, self.start_screen, full_screen=settings.covers_screen)
        self.app.when_painted(lambda: self._open(window, shop))

    def _keep_plate(self) -> None:
        """In the background: the next first picture need not read the copies."""
        plate = plate_of(self.disk)
        if plate is not None:
            keep_plate(self.disk.folder, plate)

    def _leave_door(self) -> None:
        """Nobody can sign in yet after all."""
        door, self._door = self._door, None
        if door is not None:
            self.start_screen.setGeometry(door.window.geometry())
            door.window.hide()
            door.window.deleteLater()

    def _open(self, window: MainWindow, shop: ShopProfile) -> None:
        if self._closed:
            return
        from tukar.bootstrap.open_till import Ground, OpenTill

        ground = Ground(
            disk=self.disk,
            look=self.look,
            language=self.language,
            background=self.background,
            line=self.line,
            backend=self.backend,
            sync=self.sync,
            demo_pins=self._demo_pins,
            change_ports=self._change_ports,
            renew_series=self._renew_series,
        )
        self._open_till = OpenTill(ground, window, self._open_journal(), shop)
        # What the start made lives as long as the till: a collection that walks all of it stops the window for 100 ms.
        gc.freeze()
        gc.enable()
        if not self._preparing:  # else the address is not known yet: the one of the start before would be asked
            self._prepared.set()
        take_keyboard(window)
        self.background.run(self._keep_plate, lambda _none: None, lambda _trouble: None)  # a till without one opens too
        self._opened(self)
