from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tukar.ui.kit import AmountField, CodeBoxes, Colour, Field, Icon, Keypad, Look, PinDots, PointSlider, SizeClass


def grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")


@pytest.fixture
def amount(look: Look, qtbot: QtBot) -> AmountField:
    field = AmountField(look, "Money given", sign="Rp", group=grouped)
    qtbot.addWidget(field)
    return field


@pytest.fixture
def code(look: Look, qtbot: QtBot) -> CodeBoxes:
    boxes = CodeBoxes(look, "Code sent to …5678")
    qtbot.addWidget(boxes)
    return boxes


def test_a_field_tells_what_the_user_types_and_not_what_the_screen_sets(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Item name or code", placeholder="Item or code", icon=Icon.SEARCH, key="F2")
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(told.append)
    field.set_text("teh")
    QTest.keyClicks(field.line, "x")
    assert told == ["tehx"]
    assert field.line.accessibleName() == "Item name or code, F2"


def test_a_wrong_field_says_so_below_itself(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Mobile number")
    qtbot.addWidget(field)
    before = field.sizeHint().height()
    field.set_wrong("That number is too short. Type the rest.")
    assert field.sizeHint().height() > before
    assert field.line.accessibleDescription() == "That number is too short. Type the rest."
    field.set_wrong("")
    assert field.sizeHint().height() == before


def test_the_edge_of_a_field_tells_its_state(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Item")
    qtbot.addWidget(field)

    def edge() -> str:
        field.resize(200, field.sizeHint().height())
        return field.grab().toImage().pixelColor(100, 1).name().upper()

    field.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    field.set_next(is_next=True)
    assert edge() == look.theme.colour(Colour.ACCENT).name().upper()
    field.set_wrong("Nothing found.")
    assert edge() == look.theme.colour(Colour.DANGER).name().upper()
    field.setEnabled(False)
    assert edge() == look.theme.colour(Colour.OFF).name().upper()


def test_digits_are_grouped_as_they_are_typed(amount: AmountField, qtbot: QtBot) -> None:
    told: list[str] = []
    amount.changed.connect(told.append)
    QTest.keyClicks(amount.line, "1a0")
    amount.type_digits("000")
    assert (amount.line.text(), amount.digits) == ("10.000", "10000")
    QTest.keyClick(amount.line, Qt.Key.Key_Backspace)
    assert told == ["1", "10", "10000", "1000"]
    QTest.keyClick(amount.line, Qt.Key.Key_Delete)
    assert (amount.line.text(), amount.digits) == ("", "")


def test_a_suggestion_is_replaced_by_the_first_key(amount: AmountField, qtbot: QtBot) -> None:
    amount.set_digits("73500", fresh=True)
    QTest.keyClicks(amount.line, "10")
    assert amount.digits == "10"


def test_zeros_alone_are_no_amount_and_too_many_digits_are_refused(amount: AmountField) -> None:
    amount.type_digits("000")
    assert amount.digits == ""
    amount.type_digits("123456789012")
    amount.type_digits("3")
    assert amount.digits == "123456789012"


def test_a_long_amount_is_set_smaller_and_not_scrolled_away(amount: AmountField) -> None:
    amount.resize(230, 80)
    amount.set_digits("100000")
    usual = amount.line.font().pixelSize()
    amount.set_digits("123456789012")
    shown = QFontMetricsF(amount.line.font()).horizontalAdvance("123.456.789.012")
    assert amount.line.font().pixelSize() < usual
    assert shown <= amount.line.width() - 4


def test_a_code_is_typed_digit_by_digit(code: CodeBoxes, qtbot: QtBot) -> None:
    edited: list[str] = []
    code.edited.connect(edited.append)
    with qtbot.waitSignal(code.completed) as done:
        QTest.keyClicks(code, "48x1907")
    assert done.args == ["481907"]
    assert edited[-1] == code.text() == "481907"
    with qtbot.assertNotEmitted(code.edited):
        QTest.keyClicks(code, "5")


def test_a_code_is_pasted_however_it_was_grouped(code: CodeBoxes, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("Your code: 481 907.")
    with qtbot.waitSignal(code.completed) as done:
        QTest.keyClick(code, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert QKeySequence(QKeySequence.StandardKey.Paste).toString() == "Ctrl+V"
    assert done.args == ["481907"]


def test_backspace_takes_one_digit_and_delete_all(code: CodeBoxes, qtbot: QtBot) -> None:
    QTest.keyClicks(code, "4819")
    QTest.keyClick(code, Qt.Key.Key_Backspace)
    assert code.digits == "481"
    QTest.keyClick(code, Qt.Key.Key_Delete)
    assert code.digits == ""


def test_after_a_wrong_code_the_next_key_starts_anew(code: CodeBoxes, qtbot: QtBot) -> None:
    QTest.keyClicks(code, "481902")
    code.set_wrong(wrong=True)
    QTest.keyClicks(code, "7")
    assert (code.digits, code.wrong) == ("7", False)


def test_enter_and_escape_are_left_to_the_window(code: CodeBoxes, qtbot: QtBot) -> None:
    QTest.keyClicks(code, "481907")
    with qtbot.assertNotEmitted(code.edited), qtbot.assertNotEmitted(code.returnPressed):
        QTest.keyClick(code, Qt.Key.Key_Return)
        QTest.keyClick(code, Qt.Key.Key_Escape)


def test_the_boxes_are_large_and_apart_in_the_middle(code: CodeBoxes) -> None:
    for width in (code.minimumSizeHint().width(), code.sizeHint().width()):
        code.resize(width, code.sizeHint().height())
        boxes = code.boxes()
        assert all(box.width() >= 48 and box.height() >= 48 for box in boxes)
        gaps = [after.left() - before.right() for before, after in pairwise(boxes)]
        assert gaps == [8, 8, 16, 8, 8]
        assert boxes[-1].right() <= width


def test_pin_dots_never_show_or_hand_out_digits(look: Look, qtbot: QtBot) -> None:
    dots = PinDots(look, "PIN")
    qtbot.addWidget(dots)
    QTest.keyClicks(dots, "4711")
    assert dots.digits == "4711"
    assert "4711" not in dots.displayText()
    assert len(dots.displayText()) == 4


@pytest.mark.parametrize(("corner", "typed"), [("000", ["7", "000", "0"]), ("C", ["7", "0"])])
def test_the_keypad_hands_out_what_its_keys_say(look: Look, qtbot: QtBot, corner: str, typed: list[str]) -> None:
    pad = Keypad(look, corner=corner, erase_name="Erase", clear_name="Clear")
    qtbot.addWidget(pad)
    told: list[str] = []
    cleared: list[bool] = []
    erased: list[bool] = []
    pad.typed.connect(told.append)
    pad.cleared.connect(lambda: cleared.append(True))
    pad.erased.connect(lambda: erased.append(True))
    for place in (6, 9, 10, 11):
        QTest.mouseClick(pad.keys[place], Qt.MouseButton.LeftButton)
    assert (told, len(cleared), len(erased)) == (typed, 1 if corner == "C" else 0, 1)


def test_the_pad_changes_with_the_field_and_speaks(look: Look, qtbot: QtBot) -> None:
    pad = Keypad(look, corner="000", erase_name="Erase", clear_name="Clear")
    qtbot.addWidget(pad)
    pad.set_corner("C")
    assert [key.accessibleName() for key in pad.keys] == [*"123456789", "Clear", "0", "Erase"]


@pytest.mark.parametrize("size", list(SizeClass))
def test_keys_of_the_pad_are_as_large_as_the_design_says(look: Look, qtbot: QtBot, size: SizeClass) -> None:
    look.resize(size)
    pad = Keypad(look, erase_name="Erase", clear_name="Clear")
    qtbot.addWidget(pad)
    for height in (pad.minimumSizeHint().height(), 600):
        pad.resize(328, height)
        pad.show()
        assert all(key.width() >= 64 and 64 <= key.height() <= 92 for key in pad.keys)


@pytest.fixture
def slider(look: Look, qtbot: QtBot) -> PointSlider:
    points = PointSlider(look, "Points to use", lambda value: f"{value} points")
    qtbot.addWidget(points)
    points.set_limits(865, step=5, suggest=737)
    points.resize(832, 48)
    return points


def test_keys_move_the_slider_by_its_steps(slider: PointSlider, qtbot: QtBot) -> None:
    seen = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(slider, key)
        seen.append(slider.value())
    assert seen == [5, 55, 50, 865, 865, 0]


def test_a_finger_lands_on_steps_on_the_suggestion_and_on_the_end(slider: PointSlider, qtbot: QtBot) -> None:
    def press(points: float) -> int:
        x = round(16 + 800 * points / 865)
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 24))
        return slider.value()

    assert [press(p) for p in (101, 737, 900, -10)] == [100, 737, 865, 0]


def test_the_slider_speaks_points(slider: PointSlider) -> None:
    slider.setValue(200)
    assert slider.accessibleDescription() == "200 points"
    assert slider.accessibleName() == "Points to use"
