"""Pictures on tiles: read from their folder alone, small, and drawn beside the name; initials where there is none."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import reference as ref
from tests.ui.till_samples import IDR
from tukar.till.finding import FindingModel
from tukar.ui.find_panel import FindPanel
from tukar.ui.kit import Look, Scheme, SizeClass, Spill, Thumb, TileButton
from tukar.ui.tile_pictures import BYTES_AT_MOST, SIDE, picture_reader
from tukar.ui.translations import Language


def red(width: int = 40, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    return image


def test_a_picture_is_read_small_and_what_is_none_is_none(tmp_path: Path) -> None:
    red(600, 300).save(str(tmp_path / "wide.png"))
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "empty.png").touch()
    with (tmp_path / "huge.png").open("wb") as huge:
        huge.truncate(BYTES_AT_MOST + 1)
    read = picture_reader(tmp_path)
    found = read("wide.png")
    assert found is not None
    assert (found.width(), found.height()) == (SIDE, SIDE // 2)
    assert [read(name) for name in ("text.png", "empty.png", "huge.png", "none.png", "")] == [None] * 5


def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    red().save(str(tmp_path / "out.png"))
    read = picture_reader(inside)
    for name in ("../out.png", str(tmp_path / "out.png"), "..\\out.png", "..", "/"):
        assert read(name) is None, name


def test_the_demo_shop_has_every_picture_it_names(resources: Path) -> None:
    folder = resources / "demo" / "pictures"
    lines = (resources / "demo" / "items.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",picture")
    names = {line.rpartition(",")[2] for line in lines[1:]} - {""}
    assert names == {file.name for file in folder.iterdir()}
    read = picture_reader(folder)
    assert all(read(name) is not None for name in names)


@pytest.mark.parametrize("size", SizeClass)
@pytest.mark.parametrize("scheme", Scheme)
def test_a_tile_shows_its_picture_or_initials_and_its_name(
    qtbot: QtBot, look: Look, spills: list[Spill], scheme: Scheme, size: SizeClass
) -> None:
    look.choose(scheme)
    look.resize(size)
    tile = TileButton(look, "", "")
    qtbot.addWidget(tile)
    tile.resize(160, look.theme.layout.hit)
    tile.set_item("Kopi Susu Gula Aren 250 ml", "Rp 18.000", Thumb("KS", 1))
    spills.clear()
    plain = tile.grab().toImage()
    tile.set_item("Kopi Susu Gula Aren 250 ml", "Rp 18.000", Thumb("KS", 1, red()))
    pictured = tile.grab().toImage()
    middle = look.theme.layout.hit // 2
    assert pictured.pixelColor(middle, middle) == QColor("#FF0000")
    assert plain.pixelColor(middle, middle) != QColor("#FF0000")
    assert spills == []
    assert tile.spoken() == "Kopi Susu Gula Aren 250 ml, Rp 18.000"


def test_shelves_have_squares_always_and_what_is_often_sold_has_where_there_are_pictures(
    qtbot: QtBot, look: Look, resources: Path
) -> None:
    language = Language(resources / "i18n", IDR)
    floor = QWidget()
    qtbot.addWidget(floor)
    panel = FindPanel(look, language, floor, "F2")
    panel.setParent(floor)
    floor.resize(360, 700)
    panel.resize(360, 700)
    floor.show()
    rice, tea = replace(ref.item("Rice", 10_000), picture="rice.png", category="rice"), ref.item("Tea", 5_000)
    wanted: list[tuple[str, ...]] = []
    panel.pictures_wanted.connect(wanted.append)
    panel.show_finding(FindingModel(tiles=(rice, tea)))
    assert wanted == [("rice.png",)]
    assert [tile.thumb for tile in panel.tiles[:2]] == [None, None]
    panel.show_finding(FindingModel(tiles=(rice, tea), shelf="rice"))
    first, second = (tile.thumb for tile in panel.tiles[:2])
    assert first is not None
    assert second is not None
    assert (first.image, first.initials, second.image) == (None, "R", None)
    assert first.tone != second.tone
    panel.show_pictures({"rice.png": red()})
    first = panel.tiles[0].thumb
    assert first is not None
    assert first.image is not None
    panel.show_finding(FindingModel(tiles=(rice, tea)))
    assert panel.tiles[1].thumb is not None, "beside a picture"
    assert wanted == [("rice.png",)], "asked for once"
    language.close()
