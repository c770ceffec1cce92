"""The till while nobody is at it yet, and how it is set."""

from dataclasses import replace
from typing import Final

from tests.ui.till_samples import SHOP, STAFF
from tukar.till.notices import Level, Notice, Say
from tukar.till.preferences import PreferencesModel
from tukar.till.signing_in import SignInModel
from tukar.ui.main_window import MainWindow

SIGN_IN = SignInModel(SHOP.name, STAFF, 0, can_enter=True, hint="142536")


def sign_in(window: MainWindow) -> None:
    window.sign_in.offer_practice()
    window.sign_in.show_sign_in(SIGN_IN)
    window.sign_in.pin.type_digits("1425")


def nobody(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SignInModel(SHOP.name, STAFF))


def many_people(window: MainWindow) -> None:
    many = tuple(replace(member, staff_id=f"{member.staff_id}{n}") for n in range(3) for member in STAFF)
    window.sign_in.show_sign_in(replace(SIGN_IN, staff=many, chosen=16))


def wrong_pin(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SIGN_IN)
    window.sign_in.pin.type_digits("142537")
    notice = Notice(Say.PIN_LOCKED, Level.WARN, seconds=28.0)
    window.sign_in.show_sign_in(replace(SIGN_IN, wrong=True, can_enter=False, notice=notice, locked=True))


def settings(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SIGN_IN)
    scheme = window._look.theme.scheme
    window.settings.show_preferences(
        PreferencesModel(True, scheme.value, window._language.code, False, 150, needs_restart=True)
    )


def password(window: MainWindow) -> None:
    window.sign_in.show_sign_in(replace(SIGN_IN, asks_password=True, hint=""))
    window.sign_in.password.set_text("kopi-susu-1")


STATES: Final = (sign_in, nobody, many_people, wrong_pin, password, settings)
