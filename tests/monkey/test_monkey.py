"""A short run of the monkey in every check; the long ones are started by hand (``python -m tests.monkey``)."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.monkey.run import STUCK_AFTER, Stuck, play

EVENTS = 600


@pytest.mark.journey
@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_whatever_a_monkey_does_the_invariants_hold(qapp: QApplication, tmp_path: Path) -> None:
    told = play(qapp, tmp_path, events=EVENTS, seed=11)
    assert told.events == EVENTS
    assert told.bills > 0


def test_a_till_at_which_nobody_can_sell_any_more_is_seen() -> None:
    stuck = Stuck()
    assert list(stuck.look(100, "a")) == []
    assert list(stuck.look(STUCK_AFTER + 100, "a")) == []
    assert list(stuck.look(STUCK_AFTER + 101, "a")) == ["no bill was saved since event 100"]
    assert list(stuck.look(STUCK_AFTER + 102, "b")) == []
