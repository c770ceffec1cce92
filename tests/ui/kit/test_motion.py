from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.rows_shown import STEPS
from tukar.ui.kit import Look, Spinner, StepsList
from tukar.ui.kit.motion import ColourEase

BLACK, WHITE = QColor("black"), QColor("white")


def test_a_colour_eases_to_its_goal(look: Look, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    ease = ColourEase(widget)
    assert ease.toward(BLACK, 80) == BLACK, "the first colour is simply there"
    assert ease.toward(WHITE, 80) != WHITE
    qtbot.waitUntil(lambda: ease.toward(WHITE, 80) == WHITE, timeout=2000)


def test_in_reduced_motion_a_colour_is_there_at_once(look: Look, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    ease = ColourEase(widget)
    ease.toward(BLACK, 0)
    assert ease.toward(WHITE, look.motion.state) == WHITE


def test_a_ring_turns_only_while_it_is_seen_and_motion_is_wanted(look: Look, qtbot: QtBot) -> None:
    ring = Spinner(look, "Waiting for the card")
    qtbot.addWidget(ring)
    ring.show()
    still = ring.grab().toImage()
    timer = ring.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
    look.reduce_motion(reduced=False)
    qtbot.waitUntil(lambda: ring.grab().toImage() != still, timeout=2000)
    ring.hide()
    assert not timer.isActive()


def test_only_a_step_under_way_turns(look: Look, qtbot: QtBot) -> None:
    look.reduce_motion(reduced=False)
    steps = StepsList(look)
    qtbot.addWidget(steps)
    steps.show_steps(STEPS)
    steps.resize(steps.sizeHint())
    steps.show()
    before = steps.grab().toImage()
    qtbot.waitUntil(lambda: steps.grab().toImage() != before, timeout=2000)
    steps.show_steps([STEPS[0], STEPS[2]])
    timer = steps.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
