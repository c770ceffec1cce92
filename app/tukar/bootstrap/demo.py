"""The demo: a till, a backend of its own in a child process, and the customer's phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from tukar.bootstrap.backend_process import BackendDidNotStartError, BackendProcess
from tukar.bootstrap.program import Disk, Program, demo_settings
from tukar.domain.people import masked
from tukar.server.demo_shop import read_demo_shop
from tukar.till.ports import Trouble, Unreachable
from tukar.ui.phone_window import PhoneMessage, PhoneWindow


class PhoneLine(QObject):
    """Brings messages from the thread that reads the child to the window's thread."""

    _arrived = Signal(str, str)

    def __init__(self, receive: Callable[[str, str], None]) -> None:
        super().__init__()
        self._receive = receive
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def hear(self, to: str, text: str) -> None:
        """From any thread; only the end of the number goes on."""
        self._arrived.emit(masked(to), text)

    def _tell(self, to: str, text: str) -> None:
        self._receive(to, text)


class Demo:
    """One run of the demo. ``opened`` is called once, when the till's window is there."""

    def __init__(
        self,
        app: QApplication,
        disk: Disk,
        backend_folder: Path,
        last_resort: Callable[[BaseException], None],
        *,
        language: str | None = None,
    ) -> None:
        disk.connection.change(demo_settings(disk.connection.settings, language))
        shop = read_demo_shop(datetime.now(UTC).date())
        self.app = app
        self.backend_folder = backend_folder
        self.opened: Callable[[Program], None] = lambda _program: None
        self.program = Program(
            app,
            disk,
            last_resort=last_resort,
            demo_pins={one.staff_id: one.pin for one in shop.staff},
            opened=self._opened,
        )
        self.phone = PhoneWindow(self.program.look, self.program.language)
        self._line = PhoneLine(lambda to, text: self.phone.receive(PhoneMessage(to, text)))
        self._disk = disk
        self._backend: BackendProcess | None = None

    def start(self) -> None:
        """Shows the first picture; backend, enrolment and shop follow by themselves."""
        self.program.start(self._prepare)

    def run(self) -> int:
        """The demo as a person uses it, with the phone beside the till, until the window is closed."""
        self.opened = self._put_phone_beside
        self.start()
        try:
            return self.app.exec()
        finally:
            self.close()

    def close(self) -> None:
        """Ends till, phone and backend. Safe to call twice."""
        self.phone.close()
        self.program.close()
        if self._backend is not None:
            self._backend.close()

    def _opened(self, program: Program) -> None:
        self.opened(program)

    def _put_phone_beside(self, program: Program) -> None:
        if program.front is not None:
            self.phone.stand_beside(program.front.window)
            program.front.window.closing.connect(self.phone.close)

    def _prepare(self) -> None:
        """In the background: the child, and an enrolment where this folder never had one."""
        try:
            backend = BackendProcess(self.backend_folder, demo=True, hear=self._line.hear)
        except BackendDidNotStartError as silent:
            raise Unreachable(Trouble.NO_CONNECTION, sent=False, detail=str(silent)) from silent
        self._backend = backend
        connection = self._disk.connection
        if connection.is_enrolled:
            connection.change(replace(connection.settings, backend_url=backend.address))
        else:
            connection.enrol(backend.address, next(iter(backend.codes.values())))
