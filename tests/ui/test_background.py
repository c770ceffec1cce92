import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from tukar.domain.redemption import Refusal
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable
from tukar.ui.background import QtBackground


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def background(qtbot: QtBot, bugs: list[BaseException]) -> Iterator[QtBackground]:
    found = QtBackground(bugs.append, threads=2)
    yield found
    found.close()


def never(_: object) -> None:
    raise AssertionError("not wanted")


def test_the_call_runs_elsewhere_and_its_answer_comes_home(qtbot: QtBot, background: QtBackground) -> None:
    home = QThread.currentThread()
    seen: list[tuple[bool, bool]] = []
    background.run(
        threading.current_thread,
        lambda ran: seen.append((ran is threading.main_thread(), QThread.currentThread() is home)),
        never,
    )
    assert seen == [], "never before run has returned"
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


@pytest.mark.parametrize(
    "trouble", [Refused(Refusal.INSUFFICIENT), Unreachable(Trouble.TIMED_OUT), DiskTrouble(DiskTroubleKind.FULL)]
)
def test_the_three_known_troubles_are_told(qtbot: QtBot, background: QtBackground, trouble: Exception) -> None:
    told: list[Exception] = []

    def call() -> None:
        raise trouble

    background.run(call, never, told.append)
    qtbot.waitUntil(lambda: told == [trouble])


def test_a_bug_goes_to_the_last_resort(qtbot: QtBot, background: QtBackground, bugs: list[BaseException]) -> None:
    background.run(lambda: 1 // 0, never, never)
    qtbot.waitUntil(lambda: len(bugs) == 1)
    assert isinstance(bugs[0], ZeroDivisionError)


def test_asking_again_drops_the_earlier_answer(qtbot: QtBot, background: QtBackground) -> None:
    gate, heard = threading.Event(), list[str]()

    def slow() -> str:
        gate.wait(5)
        return "old"

    background.run(slow, heard.append, never, slot="search")
    background.run(lambda: "new", heard.append, never, slot="search")
    background.run(lambda: "other", heard.append, never, slot="elsewhere")
    qtbot.waitUntil(lambda: len(heard) == 2)
    gate.set()
    background.run(lambda: "last", heard.append, never)
    qtbot.waitUntil(lambda: "last" in heard)
    assert sorted(heard) == ["last", "new", "other"]


def test_what_has_no_slot_is_never_dropped(qtbot: QtBot, background: QtBackground) -> None:
    heard: list[int] = []
    calls: list[Callable[[], int]] = [lambda n=n: n for n in range(50)]  # type: ignore[misc]
    for call in calls:
        background.run(call, heard.append, never)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert sorted(heard) == list(range(50))


def test_a_dropped_ticket_stays_silent(qtbot: QtBot, background: QtBackground) -> None:
    done: list[bool] = []
    background.run(lambda: True, never, never).drop()
    background.run(lambda: True, done.append, never)
    qtbot.waitUntil(lambda: done == [True])


def test_after_rings_once_and_can_be_dropped(qtbot: QtBot, background: QtBackground) -> None:
    rung: list[str] = []
    background.after(0.01, lambda: rung.append("no")).drop()
    background.after(0.02, lambda: rung.append("yes"))
    qtbot.waitUntil(lambda: bool(rung))
    assert rung == ["yes"]


def test_the_event_loop_turns_while_a_call_hangs(qtbot: QtBot, background: QtBackground) -> None:
    """performance.md, P7: whatever the backend does the window goes on."""
    gate, turns = threading.Event(), list[int]()

    def turn() -> None:
        turns.append(1)
        if len(turns) < 20:
            background.after(0, turn)

    background.run(lambda: gate.wait(10), lambda _: None, never)
    turn()
    qtbot.waitUntil(lambda: len(turns) == 20)
    gate.set()


def test_T45_closing_waits_for_threads_and_delivers_nothing_more(qtbot: QtBot, bugs: list[BaseException]) -> None:
    background = QtBackground(bugs.append, threads=2)
    running, heard = threading.Event(), list[bool]()

    def work() -> bool:
        """Ends no sooner than the closing has begun."""
        running.set()
        return background._closed.wait(10)

    background.run(work, heard.append, never)
    assert running.wait(10)
    background.close()
    assert all(not thread.is_alive() for thread in background._threads)
    qtbot.wait(20)
    assert heard == []
