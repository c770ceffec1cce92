"""The first picture of a till that knows its shop: who may sign in, painted before anything behind it is loaded.

Little is imported here, on purpose (performance.md, P1); ``program`` takes the door over and makes the till behind it.
What is typed and touched meanwhile waits in Qt's queue (``Application.until_painted``), so that nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tukar.domain.money import Currency
from tukar.local.doorplate import Doorplate, read_plate
from tukar.resources import find_resources
from tukar.till.keys import keys_of
from tukar.till.signing_in import SignInModel
from tukar.ui.application import show
from tukar.ui.kit import dress, open_look
from tukar.ui.main_window import MainWindow, wear
from tukar.ui.translations import Language

if TYPE_CHECKING:
    from tukar.bootstrap.disk import Disk
    from tukar.domain.shop import ShopProfile
    from tukar.till.ports import Settings
    from tukar.ui.application import Application
    from tukar.ui.kit import Look

_UNKNOWN: Final = Currency("XXX", 2)
"""No money is shown before the shop is known; ISO 4217's code for no currency."""

SIZE: Final = (1366, 768)
"""Of the window at its first start, in logical pixels."""


class Door:
    """The window with its sign-in screen, and what it was drawn with. ``closed`` says that somebody closed it.

    ``practises``: the screen offers to practise.
    """

    def __init__(
        self, look: Look, language: Language, settings: Settings, sign_in: SignInModel, *, practises: bool
    ) -> None:
        self.look = look
        self.language = language
        self.closed = False
        wear(look, settings.theme, reduced_motion=settings.reduced_motion, left_handed=settings.hand == "left")
        self.window = MainWindow(look, language, keys=keys_of(settings.keys), title=sign_in.shop)
        self.window.sign_in.show_sign_in(sign_in)
        if settings.kiosk:
            self.window.be_kiosk()
        if practises:
            self.window.sign_in.offer_practice()
        self.window.closing.connect(self._close)
        self.window.resize(*SIZE)

    def _close(self) -> None:
        self.closed = True


def look_of(app: Application) -> Look:
    """The design, read and put on."""
    resources = find_resources()
    look = open_look(resources)
    dress(app.qt, look, resources / "styles")
    return look


def language_of(settings: Settings, shop: Doorplate | ShopProfile | None) -> Language:
    """What this till speaks, with the shop's currency once it is known."""
    return Language(find_resources() / "i18n", _UNKNOWN if shop is None else shop.currency, settings.language)


def plate_of(disk: Disk) -> Doorplate | None:
    """What the till's copies say of its shop and of who may sign in; None before there are any."""
    from tukar.till.staffing import who_may_sign_in

    copies = disk.copies
    shop = copies.shop()
    if shop is None or copies.programme() is None:
        return None
    return Doorplate(shop.name, shop.currency, who_may_sign_in(copies))


def open_door(app: Application, disk: Disk) -> Door | None:
    """Shows who may sign in; None on a till that has to connect to its shop first. Raises DiskTrouble."""
    settings = disk.connection.settings
    plate = (read_plate(disk.folder) or plate_of(disk)) if disk.connection.is_enrolled else None
    if plate is None:
        return None
    sign_in = SignInModel(plate.shop, staff=plate.staff)
    door = Door(look_of(app), language_of(settings, plate), settings, sign_in, practises=not settings.practice)
    show(door.window, full_screen=settings.covers_screen)
    app.until_painted()
    return door
