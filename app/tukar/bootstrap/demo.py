"""The demo: a till, a backend of its own in a child process, and the customer's phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tukar.bootstrap.backend_process import BackendDidNotStartError, BackendProcess
from tukar.bootstrap.counter import Ports
from tukar.bootstrap.disk import Disk
from tukar.bootstrap.program import Program
from tukar.domain.people import masked
from tukar.local.disk import Connect, open_file
from tukar.server.demo_shop import demo_zone, read_demo_shop
from tukar.till.ports import Settings, Trouble, Unreachable
from tukar.ui.application import Application, Crossing, show_beside
from tukar.ui.phone_window import PhoneMessage, PhoneWindow


class Demo:
    """One run of the demo. ``opened`` is called once, when the till's window is there.

    With ``practice`` every screen and paper says that nothing counts: how a real shop's cashiers learn the till.
    """

    def __init__(
        self,
        app: Application,
        disk: Disk,
        backend_folder: Path,
        last_resort: Callable[[BaseException], None],
        *,
        language: str | None = None,
        practice: bool = False,
        change_ports: Callable[[Ports], Ports] = lambda ports: ports,
        connect: Connect = open_file,
    ) -> None:
        disk.connection.change(replace(demo_settings(disk.connection.settings, language), practice=practice))
        shop = read_demo_shop(datetime.now(ZoneInfo(demo_zone())).date())
        self.app = app
        self.backend_folder = backend_folder
        self.opened: Callable[[Program], None] = lambda _program: None
        self.change_ports: Callable[[Ports], Ports] = change_ports
        self.way: Callable[[str], str] = lambda address: address
        """Where the backend is found, of where it is; a tour lays its own cable."""
        self._last_resort = last_resort
        self._language = language
        self._pins = {one.staff_id: one.pin for one in shop.staff}
        self.program = Program(
            app,
            disk,
            last_resort=last_resort,
            demo_pins=self._pins,
            change_ports=self._ports,
            connect=connect,
            opened=self._opened,
        )
        self._second: Program | None = None
        self.phone = PhoneWindow(self.program.look, self.program.language)
        self._line = Crossing(lambda to, text: self.phone.receive(PhoneMessage(to, text)))
        self._disk = disk
        self._backend: BackendProcess | None = None

    def start(self) -> None:
        """Shows the first picture; backend, enrolment and shop follow by themselves."""
        self.program.start(self._prepare)

    def open_second(self, disk: Disk, opened: Callable[[Program], None]) -> None:
        """The other till of the shop, with a disk and a window of its own, over the same backend as the first."""
        disk.connection.change(demo_settings(disk.connection.settings, self._language))
        second = Program(self.app, disk, last_resort=self._last_resort, demo_pins=self._pins, opened=opened)
        self._second = second

        def enrol() -> None:
            if self._backend is not None:
                disk.connection.enrol(self._backend.address, tuple(self._backend.codes.values())[1])

        second.start(enrol)

    def run(self) -> int:
        """The demo as a person uses it, with the phone beside the till, until the window is closed."""
        self.opened = self._put_phone_beside
        try:
            self.start()
            return self.app.run()
        finally:
            self.close()

    def close(self) -> None:
        """Ends till, phone and backend. Safe to call twice."""
        self.phone.close()
        for program in filter(None, (self.program, self._second)):
            program.close()
        if self._backend is not None:
            self._backend.close()

    def _ports(self, ports: Ports) -> Ports:
        """Changed by whoever asks for it before the window opens."""
        return self.change_ports(ports)

    def _opened(self, program: Program) -> None:
        self.opened(program)

    def _put_phone_beside(self, program: Program) -> None:
        if program.front is not None:
            show_beside(self.phone, program.front.window)
            program.front.window.closing.connect(self.phone.close)

    def _heard(self, to: str, text: str) -> None:
        """On the thread that reads the child; only the end of the number goes on."""
        self._line.send(masked(to), text)

    def _prepare(self) -> None:
        """In the background: the child, and an enrolment where this folder never had one."""
        try:
            backend = BackendProcess(self.backend_folder, demo=True, hear=self._heard)
        except BackendDidNotStartError as silent:
            raise Unreachable(Trouble.NO_CONNECTION, sent=False, detail=str(silent)) from silent
        self._backend = backend
        connection = self._disk.connection
        address = self.way(backend.address)
        if connection.is_enrolled:
            connection.change(replace(connection.settings, backend_url=address))
        else:
            connection.enrol(address, next(iter(backend.codes.values())))


def demo_settings(settings: Settings, language: str | None) -> Settings:
    """What the demo changes: no shift is asked for, a simulated terminal, receipts in a folder, secrets in a file."""
    from tukar.bootstrap.open_till import SIMULATOR
    from tukar.bootstrap.printers import FOLDER_PRINTER
    from tukar.resources import find_resources

    return replace(
        settings,
        printer=settings.printer or FOLDER_PRINTER,
        terminal=SIMULATOR,
        shift="off",
        key_store="owner_only_file",
        language=language or settings.language,
        picture_folder=str(find_resources() / "demo" / "pictures"),
    )
