"""The first picture of a till that knows its shop: who may sign in, painted before anything behind it is loaded.

Little is imported here, on purpose (performance.md, P1); ``program`` takes the door over and makes the till behind it.
What is typed and touched meanwhile waits in Qt's queue (``Application.until_painted``), so that nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tukar.domain.money import Currency
from tukar.resources import find_resources
from tukar.till.keys import keys_of
from tukar.till.signing_in import SignInModel
from tukar.till.staffing import who_may_sign_in
from tukar.ui.application import show
from tukar.ui.kit import dress, open_look
from tukar.ui.main_window import MainWindow, wear
from tukar.ui.translations import Language

if TYPE_CHECKING:
    from tukar.bootstrap.disk import Disk
    from tukar.domain.shop import ShopProfile
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

    def __init__(self, look: Look, language: Language, disk: Disk, shop: ShopProfile, *, practises: bool) -> None:
        settings = disk.connection.settings
        self.look = look
        self.language = language
        self.closed = False
        wear(look, settings.theme, reduced_motion=settings.reduced_motion, left_handed=settings.hand == "left")
        self.window = MainWindow(look, language, keys=keys_of(settings.keys), title=shop.name)
        self.window.sign_in.show_sign_in(SignInModel(shop.name, staff=who_may_sign_in(disk.copies)))
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


def language_of(disk: Disk) -> Language:
    """What this till speaks, with the shop's currency once it is known."""
    shop = disk.copies.shop()
    currency = _UNKNOWN if shop is None else shop.currency
    return Language(find_resources() / "i18n", currency, disk.connection.settings.language)


def open_door(app: Application, disk: Disk) -> Door | None:
    """Shows who may sign in; None on a till that has to connect to its shop first. Raises DiskTrouble."""
    settings, shop = disk.connection.settings, disk.copies.shop()
    if shop is None or not disk.connection.is_enrolled or not disk.copies.has_programme:
        return None
    door = Door(look_of(app), language_of(disk), disk, shop, practises=not settings.practice)
    show(door.window, full_screen=settings.covers_screen)
    app.until_painted()
    return door
