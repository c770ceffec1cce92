from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tukar.ui.kit import (
    BillLineDelegate,
    Colour,
    Icon,
    Icons,
    Look,
    NeutralButton,
    Role,
    RowList,
    Scheme,
    SizeClass,
    load_fonts,
)
from tukar.ui.kit.table import Column, Table

MARKS = "0123456789"


@pytest.mark.parametrize("role", list(Role))
def test_all_digits_are_equally_wide(look: Look, role: Role) -> None:
    widths = {look.theme.width(role, mark * 6) for mark in MARKS}
    assert len(widths) == 1


def test_the_shipped_fonts_are_the_ones_painted_with(look: Look) -> None:
    assert QFontInfo(look.theme.font(Role.BODY)).family() == "Inter"
    assert QFontInfo(look.theme.font(Role.TOTAL)).family() == "Inter Display"


def test_weights_are_drawn_not_only_named(look: Look) -> None:
    widths = [
        QFontMetricsF(look.theme.font(Role.BODY, weight=w)).horizontalAdvance("Promotions") for w in (400, 500, 600)
    ]
    assert widths == sorted(widths)
    assert len(set(widths)) == 3


def test_the_fonts_stay_small_and_carry_their_licences(resources: Path) -> None:
    files = list((resources / "fonts").iterdir())
    assert sum(file.stat().st_size for file in files) < 1_500_000
    assert {file.name for file in files if file.suffix == ".txt"} == {"OFL-Inter.txt", "OFL-NotoSansDevanagari.txt"}


def test_load_fonts_names_the_families(qapp: QApplication, resources: Path) -> None:
    assert {"Inter", "Inter Display", "Noto Sans Devanagari"} <= set(load_fonts(resources / "fonts"))


def test_a_font_that_cannot_be_read_is_told(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "Broken.otf").write_bytes(b"no font")
    with pytest.raises(OSError, match=r"Broken\.otf"):
        load_fonts(tmp_path)


def test_a_change_is_told_once_and_no_change_not_at_all(look: Look, qtbot: QtBot) -> None:
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.theme.scheme))
    look.choose(Scheme.DARK)
    look.choose(Scheme.DARK)
    look.resize(SizeClass.REGULAR)
    assert told == ["dark"]


def test_widgets_follow_the_theme_and_the_size_class(look: Look, qtbot: QtBot) -> None:
    button = NeutralButton(look, "Cancel", key="Esc")
    qtbot.addWidget(button)
    button.show()
    small = button.sizeHint().width()
    middle = button.height() // 2
    assert button.grab().toImage().pixelColor(6, middle) == look.theme.colour(Colour.KEY)
    look.choose(Scheme.DARK)
    look.resize(SizeClass.WIDE)
    assert button.sizeHint().width() > small
    assert button.grab().toImage().pixelColor(6, middle) == QColor("#2A3033")


def test_deleted_widgets_no_longer_hear_of_changes(look: Look, qtbot: QtBot) -> None:
    made: list[QWidget] = [
        NeutralButton(look, "Cancel"),
        RowList(look, BillLineDelegate(look), "Bill"),
        Table(look, "Promotions", [Column("When", 90)]),
    ]
    gone: list[bool] = []
    for count in range(1, len(made) + 1):
        widget = made.pop()
        # Not waitSignal: it would take its slot off a signal whose sender is no more.
        widget.destroyed.connect(lambda: gone.append(True))
        widget.deleteLater()
        del widget
        qtbot.waitUntil(lambda: len(gone) == count)  # noqa: B023 - asked within its turn
    look.choose(Scheme.CONTRAST)


def test_qt_own_parts_are_dressed(look: Look, qapp: QApplication) -> None:
    assert "@" not in qapp.styleSheet()
    look.choose(Scheme.CONTRAST)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#000000")
    assert qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor("#C4C4C4")
    assert "#ffffff" in qapp.styleSheet()


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_has_a_drawing_in_the_colour_asked_for(qapp: QApplication, resources: Path, icon: Icon) -> None:
    image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    Icons(resources / "icons").paint(painter, icon, QRectF(0, 0, 48, 48), QColor("#A3211A"))
    painter.end()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert solid
    assert all(abs(pixel.red() - 0xA3) <= 1 and (pixel.green(), pixel.blue()) == (0x21, 0x1A) for pixel in solid)


def test_every_drawing_has_a_name(resources: Path) -> None:
    assert {file.stem for file in (resources / "icons").glob("*.svg")} == {icon.value for icon in Icon}
