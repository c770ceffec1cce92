"""The customer's screen: whole in every size and language, on the second screen, never in the cashier's way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.display_samples import BILL, MODELS, SIZES
from tests.ui.till_samples import IDR
from tests.ui.walk import findings
from tukar.till.customer_display import DisplayModel
from tukar.ui.customer_display import CustomerScreen, SecondScreen, second_of
from tukar.ui.kit import Look, QrView, Scheme, Spill
from tukar.ui.translations import LANGUAGES, Language


@dataclass(frozen=True)
class FakeScreen:
    """A screen of that place and size."""

    place: QRect

    def geometry(self) -> QRect:
        return self.place


TILL, CUSTOMER = FakeScreen(QRect(0, 0, 1366, 768)), FakeScreen(QRect(1366, 0, 1024, 600))


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_everything_fits_in_every_language_and_size(
    qtbot: QtBot, look: Look, language: Language, spills: list[Spill], name: str, code: str
) -> None:
    language.choose(code)
    own = look.twin()
    screen = CustomerScreen(own, language)
    qtbot.addWidget(screen)
    screen.show()
    for scheme, size in zip((*Scheme, Scheme.LIGHT), SIZES, strict=True):
        look.choose(scheme)
        screen.resize(*size)
        screen.show_display(MODELS[name])
        QApplication.processEvents()
        spills.clear()
        screen.grab()
        assert [f"cut: {spill.text!r}" for spill in spills] + findings(screen) == [], (scheme, size)


def test_the_second_screen_is_the_one_the_till_is_not_on() -> None:
    assert second_of([TILL, CUSTOMER], TILL) is CUSTOMER
    assert second_of([CUSTOMER, TILL], TILL) is CUSTOMER
    assert second_of([TILL], TILL) is None
    assert second_of([TILL, FakeScreen(TILL.place)], TILL) is None, "both show the same"
    assert second_of([], None) is None


class Desk:
    """A till's window on one screen, and screens that are plugged in and out."""

    def __init__(self, qtbot: QtBot, look: Look, language: Language) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = QLineEdit(self.window)
        self.window.show()
        self.field.setFocus()
        self.screens: list[FakeScreen] = [TILL]
        self.second = SecondScreen(
            self.window, lambda: CustomerScreen(look.twin(), language), lambda: self.screens, lambda: TILL
        )

    def geometry(self) -> QRect | None:
        return None if self.second.screen is None else self.second.screen.geometry()


def test_it_opens_when_wanted_and_there_closes_when_either_ends(qtbot: QtBot, look: Look, language: Language) -> None:
    desk = Desk(qtbot, look, language)
    desk.second.show_display(BILL)
    desk.second.switch(wanted=True)
    assert desk.geometry() is None, "one screen is the till's"
    desk.screens.append(CUSTOMER)
    desk.second.look_again()
    assert desk.geometry() == CUSTOMER.place
    screen = desk.second.screen
    assert screen is not None
    assert len(screen.lines.rows) == len(BILL.lines), "what was shown before it opened"
    assert not screen.isActiveWindow()
    assert screen.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not screen.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    desk.screens.remove(CUSTOMER)
    desk.second.look_again()
    assert desk.geometry() is None
    desk.screens.append(CUSTOMER)
    desk.second.look_again()
    desk.second.switch(wanted=False)
    assert desk.geometry() is None
    desk.second.show_display(DisplayModel())


def test_a_payment_by_code_shows_the_code_and_then_hides_it(qtbot: QtBot, look: Look, language: Language) -> None:
    screen = CustomerScreen(look.twin(), language)
    qtbot.addWidget(screen)
    screen.resize(1024, 768)
    screen.show()
    screen.show_display(MODELS["paying"])
    assert screen.code.isVisible()
    assert isinstance(screen.code, QrView)
    screen.show_display(BILL)
    assert not screen.code.isVisible()


def test_the_twin_follows_colours_and_keeps_its_own_size(look: Look) -> None:
    twin = look.twin()
    size = look.theme.size
    look.choose(Scheme.DARK)
    assert twin.theme.scheme is Scheme.DARK
    twin.resize(next(other for other in type(size) if other is not size))
    assert look.theme.size is size
    look.choose(Scheme.LIGHT)
    assert twin.theme.size is not size
