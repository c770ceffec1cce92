"""The till while nobody is at it yet, and how it is set."""

from dataclasses import replace
from typing import Final

from tests.ui.till_samples import SHOP, STAFF
from tukar.domain.people import Action, Right
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


def shut_out(window: MainWindow) -> None:
    notice = Notice(Say.SHUT_OUT, Level.DANGER, text=STAFF[0].name)
    window.sign_in.show_sign_in(
        replace(SIGN_IN, can_enter=False, shut_out=True, can_call=True, hint="", notice=notice, locked=True)
    )


def nobody_lets_in(window: MainWindow) -> None:
    """At the start of a shift."""
    notice = Notice(Say.NOBODY_LETS_IN, Level.DANGER, text=STAFF[0].name)
    window.sign_in.show_sign_in(
        replace(SIGN_IN, can_enter=False, asks_password=True, shut_out=True, hint="", notice=notice)
    )


def letting_in(window: MainWindow) -> None:
    shut_out(window)
    managers = tuple(member for member in STAFF if member.right(Action.MANAGE_STAFF) is Right.ALLOWED)
    window.sign_in.show_sign_in(replace(SIGN_IN, staff=managers, lets_in=STAFF[0], hint="586970", locked=True))
    window.sign_in.pin.type_digits("5869")


def not_the_manager(window: MainWindow) -> None:
    letting_in(window)
    window.sign_in.pin.type_digits("71")
    notice = Notice(Say.WRONG_PIN, Level.WARN, count=4)
    window.sign_in.show_sign_in(replace(window.sign_in._model, wrong=True, notice=notice))


def let_in_again(window: MainWindow) -> None:
    letting_in(window)
    window.sign_in.show_sign_in(replace(SIGN_IN, notice=Notice(Say.LET_IN_AGAIN, text=STAFF[0].name), locked=True))


def settings(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SIGN_IN)
    scheme = window._look.theme.scheme
    window.settings.show_preferences(
        PreferencesModel(True, scheme.value, window._language.code, False, 150, needs_restart=True)
    )


def password(window: MainWindow) -> None:
    window.sign_in.show_sign_in(replace(SIGN_IN, asks_password=True, hint=""))
    window.sign_in.password.set_text("kopi-susu-1")


STATES: Final = (
    sign_in, nobody, many_people, wrong_pin, password, shut_out, nobody_lets_in, letting_in, not_the_manager,
    let_in_again, settings,
)  # fmt: skip
