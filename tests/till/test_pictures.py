from collections.abc import Mapping

from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tukar.till.pictures import KEPT_AT_MOST, Pictures
from tukar.till.ports import DiskTrouble, DiskTroubleKind


class Tiles:
    """Tiles that want pictures from a folder of texts."""

    def __init__(self) -> None:
        self.background = SteppedBackground(FakeClock())
        self.files = {"rice.png": "rice", "tea.png": "tea"}
        self.read: list[str] = []
        self.shown: Mapping[str, str] = {}
        self.pictures = Pictures(self, self.background, self._load)

    def show_pictures(self, pictures: Mapping[str, str]) -> None:
        self.shown = pictures

    def _load(self, name: str) -> str | None:
        self.read.append(name)
        if name == "broken":
            raise DiskTrouble(DiskTroubleKind.FAILED, "gone")
        return self.files.get(name)


def test_pictures_come_later_and_are_read_once() -> None:
    tiles = Tiles()
    tiles.pictures.want(("rice.png", "none.png", "rice.png"))
    assert (tiles.read, tiles.shown) == ([], {})
    tiles.background.run_all()
    assert (tiles.read, dict(tiles.shown)) == (["rice.png", "none.png"], {"rice.png": "rice"})
    tiles.pictures.want(("tea.png", "rice.png", "none.png"))
    tiles.background.run_all()
    assert tiles.read == ["rice.png", "none.png", "tea.png"]
    assert dict(tiles.shown) == {"rice.png": "rice", "tea.png": "tea"}


def test_nothing_wanted_and_nothing_found_show_nothing() -> None:
    tiles = Tiles()
    tiles.pictures.want(())
    tiles.pictures.want(("none.png",))
    tiles.background.run_all()
    assert tiles.shown == {}


def test_a_folder_that_fails_leaves_the_initials() -> None:
    tiles = Tiles()
    tiles.pictures.want(("broken",))
    tiles.background.run_all()
    assert tiles.shown == {}


def test_only_so_many_are_kept_and_an_older_one_is_read_again() -> None:
    tiles = Tiles()
    tiles.files = {f"{number}.png": "x" for number in range(KEPT_AT_MOST + 1)}
    tiles.pictures.want(tuple(tiles.files))
    tiles.background.run_all()
    assert len(tiles.shown) == KEPT_AT_MOST
    assert "0.png" not in tiles.shown
    tiles.pictures.want(("0.png",))
    tiles.background.run_all()
    assert "0.png" in tiles.shown
