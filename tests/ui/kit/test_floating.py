import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsEffect, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tukar.ui.kit import Card, Colour, Field, Look, NeutralButton, Plane, PrimaryAction, Scheme, Sheet


class Window:
    """A window with a field below and a sheet with a field and two buttons."""

    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.plane = Plane(look, Colour.PLANE)
        qtbot.addWidget(self.plane)
        self.plane.resize(1024, 768)
        self.below = QLineEdit(self.plane)
        self.sheet = Sheet(look, self.plane, "Redeem points", QSize(976, 580))
        self.code = Field(look, "Code")
        self.cancel = NeutralButton(look, "Cancel", key="Esc")
        self.off = NeutralButton(look, "Send again")
        self.off.setEnabled(False)
        self.go = PrimaryAction(look, "Redeem 735")
        column = QVBoxLayout(self.sheet.panel)
        for widget in (self.code, self.off, self.cancel, self.go):
            column.addWidget(widget)
        with qtbot.waitExposed(self.plane):
            self.plane.show()
        self.plane.activateWindow()
        self.below.setFocus()
        qtbot.waitUntil(self.below.hasFocus)


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> Window:
    return Window(look, qtbot)


def test_a_sheet_takes_the_focus_and_gives_it_back(window: Window) -> None:
    window.sheet.open_sheet()
    assert window.code.line.hasFocus()
    window.sheet.close_sheet()
    assert window.below.hasFocus()
    assert not window.sheet.isVisible()


def test_tab_stays_in_the_sheet_and_skips_what_is_off(window: Window, qtbot: QtBot) -> None:
    window.sheet.open_sheet()
    order = []
    for _ in range(4):
        focus = window.plane.focusWidget()
        assert focus is not None
        order.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert order == [window.code.line, window.cancel, window.go, window.code.line]
    focus = window.plane.focusWidget()
    QTest.keyClick(focus, Qt.Key.Key_Backtab)
    assert window.code.line.hasFocus()


def test_escape_and_enter_are_told_wherever_the_focus_is(window: Window, qtbot: QtBot) -> None:
    window.sheet.open_sheet(window.cancel)
    with qtbot.waitSignal(window.sheet.dismissed):
        QTest.keyClick(window.cancel, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.sheet.entered):
        QTest.keyClick(window.code.line, Qt.Key.Key_Return)
    assert window.sheet.isVisible(), "whoever opened it decides what Esc means"


def test_shortcuts_of_the_window_rest_but_for_those_let_through(window: Window, qtbot: QtBot) -> None:
    fired: list[str] = []
    for key in ("F9", "F12"):
        QShortcut(QKeySequence(key), window.plane).activated.connect(lambda k=key: fired.append(k))
    QTest.keyClick(window.below, Qt.Key.Key_F9)
    window.sheet.open_sheet()
    QTest.keyClick(window.code.line, Qt.Key.Key_F9)
    QTest.keyClick(window.code.line, Qt.Key.Key_F12)
    assert fired == ["F9", "F12"]


def test_the_sheet_stays_inside_a_smaller_window(window: Window) -> None:
    window.sheet.open_sheet()
    window.plane.resize(800, 500)
    assert window.sheet.geometry() == window.plane.rect()
    panel = window.sheet.panel.geometry()
    assert window.sheet.rect().adjusted(16, 16, -16, -16).contains(panel)


def test_the_scrim_dims_what_is_below(window: Window) -> None:
    before = window.plane.grab().toImage().pixelColor(10, 10)
    window.sheet.open_sheet()
    after = window.plane.grab().toImage().pixelColor(10, 10)
    assert before == QColor("white")
    assert after.red() == pytest.approx(0.54 * 255 + 0.46 * 0x14, abs=1)


def test_a_card_appears_without_touching_the_focus(window: Window, look: Look) -> None:
    card = Card(look, window.plane, "Offer for Dewi")
    NeutralButton(look, "Apply").setParent(card)
    card.rise_at(QRect(600, 20, 376, 408))
    assert card.geometry() == QRect(600, 20, 376, 408)
    assert window.below.hasFocus()


def test_a_card_has_a_shadow_but_in_high_contrast_an_edge(window: Window, look: Look) -> None:
    card = Card(look, window.plane, "Offer")
    card.rise_at(QRect(600, 100, 300, 300))

    def below() -> QColor:
        return window.plane.grab().toImage().pixelColor(750, 405)

    def edge() -> QColor:
        return window.plane.grab().toImage().pixelColor(750, 100)

    assert below() != QColor("white")
    look.choose(Scheme.CONTRAST)
    assert below() == QColor("black")
    assert edge() == QColor("white")


def test_the_shadow_lets_every_touch_through_and_goes_with_the_card(window: Window, look: Look, qtbot: QtBot) -> None:
    card = Card(look, window.plane, "Offer")
    card.rise_at(QRect(600, 100, 300, 300))
    beside = window.plane.childAt(590, 250)
    assert beside is None
    card.leave()
    assert window.plane.grab().toImage().pixelColor(750, 405) == QColor("white")


def _fades(card: Card) -> bool:
    effect: QGraphicsEffect | None = card.graphicsEffect()
    return effect is not None


def test_a_card_rises_when_motion_is_wanted(window: Window, look: Look, qtbot: QtBot) -> None:
    look.reduce_motion(reduced=False)
    card = Card(look, window.plane, "Offer")
    card.rise_at(QRect(600, 20, 376, 408))
    NeutralButton(look, "Apply").setParent(card)
    assert card.y() == 28
    window.plane.grab()
    assert _fades(card)
    qtbot.waitUntil(lambda: not _fades(card), timeout=2000)
    assert card.geometry() == QRect(600, 20, 376, 408)


def test_a_card_can_leave_while_it_still_rises(window: Window, look: Look) -> None:
    look.reduce_motion(reduced=False)
    card = Card(look, window.plane, "Offer")
    card.rise_at(QRect(600, 20, 376, 408))
    card.leave()
    assert not card.isVisible()
    look.reduce_motion(reduced=True)
    card.rise_at(QRect(600, 20, 376, 408))
    assert card.geometry() == QRect(600, 20, 376, 408)


def test_the_shadow_comes_together_with_the_card(window: Window, look: Look, qtbot: QtBot) -> None:
    """It used to lie there at full strength before there was anything to throw it."""
    look.reduce_motion(reduced=False)
    card = Card(look, window.plane, "Offer")

    def below() -> QColor:
        return window.plane.grab().toImage().pixelColor(750, 415)

    card.rise_at(QRect(600, 100, 300, 300))
    assert below() == QColor("white"), "nothing of the card is seen yet"
    qtbot.waitUntil(lambda: not _fades(card), timeout=2000)
    whole = below()
    assert whole != QColor("white")
    card.rise_at(QRect(600, 100, 300, 300))
    card.leave()
    look.reduce_motion(reduced=True)
    card.rise_at(QRect(600, 100, 300, 300))
    assert below() == whole
