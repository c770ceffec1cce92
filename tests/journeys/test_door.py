"""The first picture of a till that knows its shop, and the till behind it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.workshop import surroundings
from tests.journeys.seat import wait_until
from tests.machine import ROOT
from tukar.bootstrap.disk import Disk, open_disk
from tukar.bootstrap.door import Door, open_door
from tukar.bootstrap.program import Program
from tukar.local.clock import SystemClock
from tukar.local.doorplate import read_plate
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.ui.application import Application

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door") / "till"
    command = [sys.executable, "-m", "tests.benchmarks.enrol_child", str(folder)]
    environment = {**surroundings(), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def disk(enrolled: Path, tmp_path: Path) -> Disk:
    return open_disk(Path(shutil.copytree(enrolled, tmp_path / "till")))


def _broke(trouble: BaseException) -> None:
    raise trouble


def _names(door: Door) -> list[str]:
    return [choice.accessibleName() for choice in door.window.sign_in.people if choice.isVisible()]


@pytest.fixture
def opened(qapp: QApplication, disk: Disk) -> Iterator[tuple[Door, Program]]:
    app = Application()
    door = open_door(app, disk)
    assert door is not None
    assert door.window.isVisible()
    program = Program(app, disk, last_resort=_broke, door=door)
    yield door, program
    program.close()
    door.window.close()
    door.window.deleteLater()
    qapp.processEvents()


def test_the_till_stands_behind_its_door_before_the_next_key(opened: tuple[Door, Program]) -> None:
    door, program = opened
    painted = _names(door)
    assert painted
    program.start()  # and no turn of the event loop after it
    assert program.front is not None
    assert program.front.window is door.window
    assert _names(door) == painted
    QTest.keyClick(door.window.sign_in, Qt.Key.Key_1)
    assert door.window.sign_in.people[0].isChecked()


def test_the_next_start_paints_from_what_stands_on_the_door(opened: tuple[Door, Program], disk: Disk) -> None:
    door, program = opened
    program.start()
    wait_until(lambda: read_plate(disk.folder) is not None, "a plate on the door")
    plate = read_plate(disk.folder)
    assert plate is not None
    assert len(plate.staff) == len(_names(door))


def test_a_till_that_needs_new_numbers_first_leaves_its_door(opened: tuple[Door, Program], disk: Disk) -> None:
    door, program = opened
    settings = disk.connection.settings
    numbering = Numbering(settings.shop_id, settings.till_id, settings.till_epoch)
    seal = AesSeal(disk.connection.seal_key)
    with closing(SqliteJournal(disk.folder, numbering, clock=SystemClock(), seal=seal)) as journal:
        journal.spend_series("s-1", "restored", "test")
    program.start()
    assert program.front is None
    assert not door.window.isVisible()
    assert program.start_screen.isVisible()
    program.start_screen.close()


def test_a_till_of_nobody_has_no_door(qapp: QApplication, tmp_path: Path) -> None:
    disk = open_disk(tmp_path / "nobody")
    assert open_door(Application(), disk) is None
    disk.close()
