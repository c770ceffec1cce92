import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tests.ui.till_pictures import open_window
from tests.ui.till_samples import IDR
from tukar.ui.counter_journeys import COUNTER_JOURNEYS
from tukar.ui.journeys import (
    JOURNEYS,
    Action,
    At,
    Happens,
    Journey,
    Press,
    Scan,
    Seen,
    TabTo,
    TourStep,
    Type,
    TypeCode,
    WalkTo,
    World,
)
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.phone_window import PhoneMessage, PhoneWindow
from tukar.ui.tour import Around, TillShown, Tour
from tukar.ui.translations import Language


class PlainEyes:
    """Sees everything but what it is told not to; reaches a row or button after ``steps`` looks."""

    def __init__(self, *, blind: Seen | None = None, steps: int = 2) -> None:
        self.blind = blind
        self.looks = deque([False] * steps)

    def sees(self, what: Seen) -> bool:
        return what is not self.blind

    def remember(self) -> None:
        pass

    def code(self) -> str:
        return "481909"

    def at_promotion(self, rule_id: str) -> bool:
        return self.looks.popleft() if self.looks else True

    def at_button(self, name: str) -> bool:
        return self.looks.popleft() if self.looks else True


class Books:
    def __init__(self) -> None:
        self.answers = deque([350, 274])

    def points(self, member_id: str, programme_id: str) -> int:
        return self.answers.popleft()

    def total(self) -> str:
        return "140000"


class Ear(QObject):
    """Hears every key that reaches the sign-in screen, and when."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.heard: list[tuple[str, float]] = []
        window.sign_in.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.heard.append((event.text(), time.monotonic()))
        return False


Opened = Callable[..., tuple[Tour, Ear]]


@pytest.fixture
def opened(qtbot: QtBot, look: Look, resources: Path, tmp_path: Path) -> Iterator[Opened]:
    language = Language(resources / "i18n", IDR)
    windows: list[MainWindow] = []

    def make(
        *actions: Action,
        eyes: PlainEyes | None = None,
        patience: float = 5.0,
        second: Callable[[], TillShown | None] = lambda: None,
        happens: Callable[[World], None] = lambda _what: None,
    ) -> tuple[Tour, Ear]:
        window = open_window(look, language)
        windows.append(window)
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        window.sign_in.setFocus()
        steps = (
            TourStep("Typed", actions, Seen.SIGN_IN),
            TourStep("Not counted", (Type("z"),), Seen.SALE, counts=False),
            TourStep("Counted apart", (Type("yz"),), Seen.SALE, signs_in=True),
        )
        journey = Journey("A", "m", "p", steps)
        around = Around(second, happens)
        tour = Tour(window, eyes or PlainEyes(), Books(), tmp_path, (journey,), patience=patience, around=around)
        return tour, Ear(window)

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    language.close()


def play(qtbot: QtBot, tour: Tour) -> bool:
    with qtbot.waitSignal(tour.finished, timeout=20_000) as done:
        tour.start()
    return bool(done.args[0])


def test_keys_arrive_one_by_one_and_never_as_fast_as_a_scanner(qtbot: QtBot, opened: Opened) -> None:
    tour, ear = opened(Type("xyé"), TypeCode(), TypeCode(wrong=True))
    assert play(qtbot, tour)
    assert "".join(text for text, _ in ear.heard) == "xyé481909481900zyz"
    times = [at for _, at in ear.heard]
    assert min(after - before for before, after in pairwise(times)) >= 0.055


def test_tour_json_and_pictures_are_as_the_command_promises(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    tour, _ = opened(Type("xy"), WalkTo("poin-nota"), Press("Down"))
    assert play(qtbot, tour)
    (journey,) = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))["journeys"]
    assert set(journey) == {
        "name",
        "ok",
        "keys",
        "sign_in_keys",
        "seconds",
        "points_before",
        "points_after",
        "total",
        "steps",
    }
    assert (journey["name"], journey["ok"], journey["keys"]) == ("A", True, 5)
    assert (journey["points_before"], journey["points_after"], journey["total"]) == (350, 274, "140000")
    assert [step["name"] for step in journey["steps"]] == ["Typed", "Not counted", "Counted apart"]
    for step in journey["steps"]:
        assert (tmp_path / step["screenshot"]).read_bytes().startswith(b"\x89PNG")


def test_what_does_not_come_in_time_ends_the_tour_as_failed(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    tour, _ = opened(Type("x"), eyes=PlainEyes(blind=Seen.SALE), patience=0.2)
    assert not play(qtbot, tour)
    (journey,) = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))["journeys"]
    assert not journey["ok"]
    assert "sale" in journey["trouble"]


def test_a_button_that_tab_never_reaches_ends_the_tour(qtbot: QtBot, opened: Opened) -> None:
    tour, _ = opened(TabTo("Remove all"), eyes=PlainEyes(steps=100))
    assert not play(qtbot, tour)


def test_the_journeys_tell_both_articles() -> None:
    names = [journey.name for journey in JOURNEYS]
    assert names == ["A", "A, wrong code, card", "B by order", "B free product"]
    for journey in (*JOURNEYS, *COUNTER_JOURNEYS):
        assert journey.steps[-1].then is Seen.SENT
        assert any(step.then in (Seen.SAVED, Seen.RETURNED) for step in journey.steps)


def test_the_tour_plays_what_a_counter_sees_every_day() -> None:
    names = {journey.name for journey in (*JOURNEYS, *COUNTER_JOURNEYS)}
    assert names >= {
        "A", "B by order", "B free product", "New customer", "Part return with points", "Exchange",
        "Split, card declined", "Split, gift card and cash", "Held, taken up at another till", "Offline, then online",
        "Approval",
    }  # fmt: skip


def test_scans_and_what_happens_around_are_no_keys_and_signing_in_counts_apart(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    happened: list[World] = []
    tour, ear = opened(Type("x"), Scan("8999515237914"), Happens(World.LINE_CUT), happens=happened.append)
    assert play(qtbot, tour)
    (journey,) = tour.played
    assert (journey.keys, journey.sign_in_keys, happened) == (1, 2, [World.LINE_CUT])
    assert "8999515237914" in "".join(text for text, _ in ear.heard)


def test_a_till_next_door_that_never_opens_ends_the_tour(qtbot: QtBot, opened: Opened) -> None:
    tour, _ = opened(At(second=True), patience=0.2)
    assert not play(qtbot, tour)
    assert "other till" in tour.played[0].trouble


def test_the_cashier_walks_to_the_till_next_door_and_back(
    qtbot: QtBot, look: Look, resources: Path, opened: Opened
) -> None:
    language = Language(resources / "i18n", IDR)
    second = open_window(look, language)
    qtbot.addWidget(second)
    second.show()
    other = Ear(second)
    second.sign_in.setFocus()
    there = TillShown(second, PlainEyes())
    tour, first = opened(At(second=True), Type("ab"), At(second=False), Type("cd"), second=lambda: there)
    assert play(qtbot, tour)
    assert "".join(text for text, _ in other.heard) == "ab"
    assert "".join(text for text, _ in first.heard).startswith("cd")
    language.close()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_phone_shows_messages_and_never_takes_the_focus(qtbot: QtBot, look: Look, resources: Path) -> None:
    language = Language(resources / "i18n", IDR)
    phone = PhoneWindow(look, language)
    qtbot.addWidget(phone)
    phone.show()
    for number in range(25):
        phone.receive(PhoneMessage("…5678", f"{number:06d} is your code for 200 points at Toko Sumber Rejeki."))
    assert len(phone.texts) == 20
    assert phone.texts[-1].startswith("000024")
    assert phone.focusPolicy().value == 0
    assert "000024" not in repr(PhoneMessage("…5678", "000024 is your code"))
    phone.grab()
    language.close()
