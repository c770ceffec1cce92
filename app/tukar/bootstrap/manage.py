"""The manager's room as a program of its own, on a machine that is enrolled: an office without a counter."""

from collections.abc import Callable

from tukar.bootstrap.disk import Disk
from tukar.bootstrap.late_backend import late_manager
from tukar.bootstrap.managing import ManagersRoom, Premises, Ways, furnish
from tukar.bootstrap.outcome import CommandRefused
from tukar.local.clock import SystemClock
from tukar.local.ids import UuidV7
from tukar.resources import find_resources
from tukar.till.ports import ShopProfile
from tukar.till.ports.reviewing import ManagerBackend
from tukar.ui.application import Application
from tukar.ui.background import QtBackground
from tukar.ui.kit import Look, dress, open_look
from tukar.ui.main_window import wear
from tukar.ui.manager.window import ManagerWindow
from tukar.ui.translations import Language


class Office:
    """A window with the manager's room, from its first picture to its end; nobody sells here.

    ``connect`` makes the way to the backend at the first question. CommandRefused where the machine knows no shop yet.
    """

    def __init__(
        self,
        app: Application,
        disk: Disk,
        last_resort: Callable[[BaseException], None],
        connect: Callable[[], ManagerBackend],
    ) -> None:
        shop = disk.copies.shop()
        if shop is None or not disk.connection.is_enrolled:
            raise CommandRefused("This machine belongs to no shop yet.", "Connect it first: tukar")
        settings = disk.connection.settings
        resources = find_resources()
        look = open_look(resources)
        dress(app.qt, look, resources / "styles")
        wear(look, settings.theme, reduced_motion=settings.reduced_motion)
        self._disk = disk
        self.language = Language(resources / "i18n", shop.currency, settings.language)
        self.background = QtBackground(last_resort)
        self.backend = late_manager(connect)
        self.window = ManagerWindow(look, shop.name)
        ways = Ways(self._leave, self._knock, self.window.toggle_full_screen)
        self.room: ManagersRoom = furnish(self._premises(look, shop), ways, stands_alone=True)
        self.window.hold(self.room.screen)
        self.window.closing.connect(self.close)
        self._closed = False

    def start(self) -> None:
        """Shows the window and asks for a manager's PIN."""
        if self._disk.connection.settings.full_screen:
            self.window.showFullScreen()
        else:
            self.window.show()
        self._knock()

    def close(self) -> None:
        """Ends the session, sockets and threads, and closes every file. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.room.who.room.leave()
        self.backend.close()
        self.background.close()
        self.language.close()
        self._disk.close()

    def _leave(self) -> None:
        self.window.close()

    def _knock(self) -> None:
        self.room.who.door.knock()

    def _premises(self, look: Look, shop: ShopProfile) -> Premises:
        return Premises(
            look,
            self.language,
            self.background,
            SystemClock(),
            UuidV7(),
            shop,
            self._disk.folder,
            self.backend,
            self._disk.copies.staff,
        )
