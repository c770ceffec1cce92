import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tukar.ui.kit import (
    Choice,
    Colour,
    Icon,
    KeyBarButton,
    KitButton,
    Look,
    NeutralButton,
    PersonChoice,
    PrimaryAction,
    QuietButton,
    Scheme,
    SizeClass,
    TenderChoice,
    TileButton,
)


def every_button(look: Look) -> list[KitButton]:
    return [
        PrimaryAction(look, "Pay"),
        NeutralButton(look, "Cancel", key="Esc"),
        QuietButton(look, "Remove all", icon=Icon.TRASH, danger=True),
        QuietButton(look, "Rizky", icon=Icon.SALESPERSON, flush=True),
        KeyBarButton(look, "Promotions", key="F7", icon=Icon.TAG),
        Choice(look, "100.000"),
        TenderChoice(look, "Cash", Icon.CASH),
        PersonChoice(look, "Sari Wulandari", initials="SW", title="Cashier"),
        TileButton(look, "Es Batu", "Rp 2.000"),
    ]


def ground(button: KitButton) -> str:
    """The colour of the button's ground, beside its words."""
    button.resize(button.sizeHint())
    return button.grab().toImage().pixelColor(button.width() // 2, 8).name().upper()


def test_every_button_says_what_it_is_and_its_key(look: Look, qtbot: QtBot) -> None:
    names = [button.accessibleName() for button in every_button(look)]
    assert names == [
        "Pay, Enter",
        "Cancel, Esc",
        "Remove all",
        "Rizky",
        "Promotions, F7",
        "100.000",
        "Cash",
        "Sari Wulandari, Cashier",
        "Es Batu, Rp 2.000",
    ]


@pytest.mark.parametrize("size", list(SizeClass))
def test_every_button_can_be_hit_with_a_finger(look: Look, qtbot: QtBot, size: SizeClass) -> None:
    look.resize(size)
    for button in every_button(look):
        least = button.minimumSizeHint()
        assert least.height() >= 48, button.label
        assert least.width() >= 48, button.label


def test_a_remapped_key_is_printed_and_spoken(look: Look, qtbot: QtBot) -> None:
    button = NeutralButton(look, "Hold", key="F4")
    button.set_key("F5")
    assert (button.key, button.accessibleName()) == ("F5", "Hold, F5")


def test_a_touch_leaves_the_focus_in_the_field(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, button = QLineEdit(), NeutralButton(look, "Use")
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(button)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_space_presses_and_enter_is_left_to_the_window(look: Look, qtbot: QtBot) -> None:
    button = NeutralButton(look, "Use")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_only_the_next_step_is_green(look: Look, qtbot: QtBot) -> None:
    pay = PrimaryAction(look, "Pay")
    qtbot.addWidget(pay)
    assert ground(pay) == "#0A6B4E"
    pay.set_next(is_next=False, key="F9")
    assert (ground(pay), pay.accessibleName(), pay.is_next) == ("#E5E8E4", "Pay, F9", False)
    pay.set_next(is_next=True, key="Enter")
    pay.setEnabled(False)
    assert ground(pay) == "#ECEEEB"


def test_a_busy_action_is_never_green_and_cannot_be_pressed(look: Look, qtbot: QtBot) -> None:
    pay = PrimaryAction(look, "Pay")
    qtbot.addWidget(pay)
    pay.set_busy(busy=True, word="Waiting")
    assert ground(pay) == "#E5E8E4"
    with qtbot.assertNotEmitted(pay.clicked):
        QTest.mouseClick(pay, Qt.MouseButton.LeftButton)
        QTest.keyClick(pay, Qt.Key.Key_Space)
    assert not pay.waiting
    qtbot.waitUntil(lambda: pay.waiting, timeout=1000)
    assert (pay.shown, pay.ring_shown) == ("Waiting", False), "in reduced motion the word stands in for the ring"
    pay.set_busy(busy=False)
    with qtbot.waitSignal(pay.clicked):
        QTest.mouseClick(pay, Qt.MouseButton.LeftButton)


def test_a_short_wait_shows_no_ring(look: Look, qtbot: QtBot) -> None:
    pay = PrimaryAction(look, "Pay")
    qtbot.addWidget(pay)
    pay.set_busy(busy=True)
    timers = [timer for timer in pay.findChildren(QTimer) if timer.isActive()]
    assert [timer.interval() for timer in timers] == [look.motion.busy_after]
    pay.set_busy(busy=False)
    assert not timers[0].isActive()
    assert not pay.waiting


def test_chosen_is_an_outline_and_inverted_in_high_contrast(look: Look, qtbot: QtBot) -> None:
    choice = Choice(look, "100.000")
    qtbot.addWidget(choice)
    assert ground(choice) == "#E5E8E4"
    choice.setChecked(True)
    assert ground(choice) == "#FFFFFF"
    assert choice.grab().toImage().pixelColor(choice.width() // 2, 0) == look.theme.colour(Colour.INK)
    look.choose(Scheme.CONTRAST)
    assert ground(choice) == "#FFFFFF"
    choice.setChecked(False)
    assert ground(choice) == "#000000"


def test_high_contrast_draws_what_is_off_with_a_dashed_edge(look: Look, qtbot: QtBot) -> None:
    look.choose(Scheme.CONTRAST)
    button = NeutralButton(look, "Cancel", key="Esc")
    qtbot.addWidget(button)

    def edge() -> set[str]:
        image = button.grab().toImage()
        return {image.pixelColor(x, 0).name() for x in range(16, button.width() - 16)}

    button.resize(200, 56)
    assert edge() == {"#ffffff"}
    button.setEnabled(False)
    assert {"#000000", "#c4c4c4"} <= edge()


def test_the_focus_ring_lies_inside(look: Look, qtbot: QtBot) -> None:
    button = NeutralButton(look, "Cancel")
    qtbot.addWidget(button)
    button.resize(120, 56)
    with qtbot.waitExposed(button):
        button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    image = button.grab().toImage()
    ring, gap, fill = (image.pixelColor(60, y).name().upper() for y in (1, 4, 6))
    assert ring == "#14191A"
    assert fill == "#E5E8E4"
    assert gap not in (ring, fill)
