"""Walks every screen but the sale window: nothing is cut, covered, too small to touch, or without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.rendering import SIZES
from tests.ui.till_pictures import STATES, open_window
from tests.ui.till_samples import IDR
from tukar.ui.kit import Keypad, Look, Scheme, SizeClass, Spill
from tukar.ui.kit.button import KitButton
from tukar.ui.main_window import MainWindow
from tukar.ui.translations import Language

LEAST = 48
LOOKS = (
    (Scheme.CONTRAST, SizeClass.COMPACT, "id"),
    (Scheme.LIGHT, SizeClass.COMPACT, "en"),
    (Scheme.DARK, SizeClass.WIDE, "en"),
)


@pytest.fixture
def language(resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", IDR)
    yield found
    found.close()


def shown(qtbot: QtBot, look: Look, language: Language, state: str, size: SizeClass) -> MainWindow:
    window = open_window(look, language)
    qtbot.addWidget(window)
    window.resize(*SIZES[size])
    window.show()
    STATES[state](window)
    QCoreApplication.processEvents()
    return window


def controls(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QListView, QSlider)
    found = [child for child in window.findChildren(QWidget) if isinstance(child, kinds)]
    return [child for child in found if child.isVisible() and not child.visibleRegion().isEmpty()]


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def seen_of(widget: QWidget, window: QWidget) -> QRect:
    """The part of it that is not scrolled away."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, seen.topLeft()), seen.size())


def scrolls(widget: QWidget, window: QWidget) -> bool:
    return any(area.isAncestorOf(widget) for area in window.findChildren(QScrollArea))


def reachable(widget: QWidget, window: QWidget) -> bool:
    """Whether a finger on its middle touches it, and nothing that lies over it."""
    hit = window.childAt(place_of(widget, window).center())
    return hit is widget or (hit is not None and widget.isAncestorOf(hit))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("scheme", "size", "code"), LOOKS)
def test_every_screen_fits_and_can_be_touched_and_heard(
    qtbot: QtBot,
    look: Look,
    language: Language,
    spills: list[Spill],
    state: str,
    scheme: Scheme,
    size: SizeClass,
    code: str,
) -> None:
    look.choose(scheme)
    language.choose(code)
    window = shown(qtbot, look, language, state, size)
    spills.clear()
    window.grab()
    assert [f"{spill.text!r} by {spill.excess:.1f}" for spill in spills] == []
    for control in controls(window):
        name = f"{type(control).__name__} {control.accessibleName()!r}"
        assert control.accessibleName(), name
        inside = window.rect().contains(place_of(control, window)) or scrolls(control, window)
        assert inside or not isinstance(control, QAbstractButton), name
        if isinstance(control, KitButton) and reachable(control, window):
            assert control.width() >= LEAST, f"{name} {control.size()}"
            assert control.height() >= LEAST, f"{name} {control.size()}"
    window.close()


@pytest.mark.parametrize("state", STATES)
def test_buttons_that_can_be_touched_do_not_overlap(qtbot: QtBot, look: Look, language: Language, state: str) -> None:
    window = shown(qtbot, look, language, state, SizeClass.COMPACT)
    buttons = [
        control for control in controls(window) if isinstance(control, QAbstractButton) and reachable(control, window)
    ]
    places = [(button.accessibleName(), seen_of(button, window)) for button in buttons]
    overlaps = [
        (one, other)
        for place, (one, here) in enumerate(places)
        for other, there in places[place + 1 :]
        if here.intersects(there)
    ]
    assert overlaps == []
    window.close()


@pytest.mark.parametrize("state", STATES)
def test_at_most_one_green_button_is_on_top(qtbot: QtBot, look: Look, language: Language, state: str) -> None:
    window = shown(qtbot, look, language, state, SizeClass.REGULAR)
    green = [
        control.accessibleName()
        for control in controls(window)
        if getattr(control, "is_next", False) and control.isEnabled()
    ]
    assert len(green) <= 1
    window.close()


def test_the_window_measures_itself_by_its_own_width(qtbot: QtBot, look: Look, language: Language) -> None:
    for size in SizeClass:
        window = shown(qtbot, look, language, "cash", size)
        window.grab()
        assert look.theme.size is size
        window.close()


def test_typed_digits_choose_a_person_and_then_are_the_pin(qtbot: QtBot, look: Look, language: Language) -> None:
    window = shown(qtbot, look, language, "nobody", SizeClass.REGULAR)
    with qtbot.waitSignal(window.sign_in.person_chosen) as chosen:
        QTest.keyClick(window.sign_in, Qt.Key.Key_3)
    assert chosen.args == [2]
    STATES["sign_in"](window)
    QTest.keyClicks(window.sign_in.pin, "36")
    with qtbot.waitSignal(window.sign_in.pin_entered) as entered:
        QTest.keyClick(window.sign_in.pin, Qt.Key.Key_Return)
    assert entered.args == ["142536"]
    window.close()


def test_practice_is_one_key_before_signing_in_where_it_is_offered(
    qtbot: QtBot, look: Look, language: Language
) -> None:
    window = shown(qtbot, look, language, "nobody", SizeClass.REGULAR)
    asked: list[bool] = []
    window.sign_in.practise_requested.connect(lambda: asked.append(True))
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window.sign_in, Qt.Key.Key_T, control)
    assert (asked, window.sign_in.practise.isVisible()) == ([], False)
    window.sign_in.offer_practice()
    assert window.sign_in.practise.isVisible()
    assert window.sign_in.practise.spoken() == "Practise, Ctrl T"
    QTest.keyClick(window.sign_in, Qt.Key.Key_T, control)
    assert asked == [True]
    window.close()


def test_digits_at_payment_go_into_the_amount_wherever_the_keyboard_rests(
    qtbot: QtBot, look: Look, language: Language
) -> None:
    window = shown(qtbot, look, language, "cash", SizeClass.REGULAR)
    window.payment.setFocus()
    with qtbot.waitSignal(window.payment.amount_typed) as typed:
        QTest.keyClick(window.payment, Qt.Key.Key_5)
    assert typed.args == ["1000005"]
    with qtbot.waitSignal(window.payment.next_requested):
        QTest.keyClick(window.payment, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.payment.back_requested):
        QTest.keyClick(window.payment, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.payment.remove_requested):
        QTest.keyClick(window.payment, Qt.Key.Key_Delete)
    window.close()


def test_the_pad_types_points_first_and_the_code_afterwards(qtbot: QtBot, look: Look, language: Language) -> None:
    window = shown(qtbot, look, language, "redeem", SizeClass.REGULAR)
    with qtbot.waitSignal(window.redeem.digits_typed) as points:
        QTest.keyClick(window.redeem, Qt.Key.Key_7)
    assert points.args == ["7"]
    STATES["code"](window)
    window.redeem.code.clear_digits()
    with qtbot.waitSignal(window.redeem.code_typed) as code:
        QTest.keyClick(window.redeem.code, Qt.Key.Key_4)
    assert code.args == ["4"]
    window.close()


@pytest.mark.parametrize("left", [False, True], ids=["right hand", "left hand"])
def test_the_pad_of_redemption_lies_at_the_hand(qtbot: QtBot, look: Look, language: Language, *, left: bool) -> None:
    look.use_hand(left=left)
    window = shown(qtbot, look, language, "code", SizeClass.COMPACT)
    redeem = window.redeem
    (pad,) = redeem.findChildren(Keypad)
    assert (place_of(pad, redeem).right() < place_of(redeem.code, redeem).left()) is left
    assert (place_of(pad, redeem).left() > place_of(redeem.code, redeem).right()) is not left


def test_letters_on_the_receipt_print_and_save(qtbot: QtBot, look: Look, language: Language) -> None:
    window = shown(qtbot, look, language, "saved", SizeClass.REGULAR)
    for key, signal in (
        (Qt.Key.Key_P, window.receipt.print_requested),
        (Qt.Key.Key_S, window.receipt.pdf_requested),
        (Qt.Key.Key_Return, window.receipt.next_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(window.receipt, key)
    window.close()


def test_a_locked_till_shows_nothing_of_what_was_open(qtbot: QtBot, look: Look, language: Language) -> None:
    from tukar.till.navigation import Place, PlaceModel

    window = shown(qtbot, look, language, "code", SizeClass.REGULAR)
    window.show_place(PlaceModel(Place.SIGN_IN, has_bill=True))
    assert not window.redeem.isVisible()
    window.show_place(PlaceModel(Place.PAYMENT, has_bill=True))
    assert window.redeem.isVisible()
    window.show_place(PlaceModel(Place.SIGN_IN))
    window.close()


def test_closing_over_a_bill_asks_and_then_ends_everything(qtbot: QtBot, look: Look, language: Language) -> None:
    window = shown(qtbot, look, language, "cash", SizeClass.REGULAR)
    ended: list[bool] = []
    window.closing.connect(lambda: ended.append(True))
    window.close()
    assert window.isVisible()
    assert window.question.isVisible()
    assert ended == []
    window.question._yes.click()
    assert ended == [True]
    assert not window.isVisible()


def test_language_and_theme_switch_while_the_window_is_open(qtbot: QtBot, look: Look, language: Language) -> None:
    window = shown(qtbot, look, language, "settings", SizeClass.REGULAR)
    with qtbot.waitSignal(window.settings.theme_chosen) as theme:
        window.settings.themes["dark"].click()
    assert theme.args == ["dark"]
    from tukar.till.preferences import PreferencesModel

    window.show_preferences(PreferencesModel(False, "dark", "id", True, 100))
    assert look.theme.scheme is Scheme.DARK
    assert language.code == "id"
    assert window.sign_in.enter.label == "Masuk"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.close()
