"""The manager's room put together: nothing of it loaded early, a window of its own, what is shown on paper."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.manager_backend import MANAGER, PIN, FakeManagerBackend
from tests.machine import ROOT
from tests.ui.till_samples import SHOP, STAFF
from tukar.bootstrap.disk import Disk, open_disk
from tukar.bootstrap.manage import Office
from tukar.bootstrap.outcome import CommandRefused
from tukar.local.settings import TomlSettings
from tukar.till.managing.room import Page
from tukar.till.ports import Settings
from tukar.ui.application import Application

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_nothing_of_the_room_is_loaded_before_it_is_opened() -> None:
    script = (
        "import sys, tukar.bootstrap.program, tukar.bootstrap.open_till, tukar.ui.sale_window; "
        "print([name for name in sys.modules if name.startswith(('tukar.ui.manager', 'tukar.till.managing', "
        "'tukar.loyalty', 'openpyxl', 'requests', 'PySide6.QtPrintSupport'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(ROOT / "app")}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"


def disk_of(folder: Path) -> Disk:
    """An office's machine: enrolled, and the shop with its staff copied."""
    TomlSettings(folder).save(Settings(backend_url="http://127.0.0.1:1", shop_id="TSR", till_id="9"))
    disk = open_disk(folder)
    disk.copies.keep_shop(SHOP)
    disk.copies.keep_people(1, (*STAFF, MANAGER), ())
    return disk


def bug(trouble: BaseException) -> None:
    raise trouble


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    made = Office(Application(), disk_of(tmp_path), bug, FakeManagerBackend)
    qtbot.addWidget(made.window)
    made.start()
    qtbot.waitExposed(made.window)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def come_in(office: Office, qtbot: QtBot) -> None:
    people = office.room.who.door.model.people
    office.room.screen.door.person_chosen.emit([one.name for one in people].index(MANAGER.name))
    QTest.keyClicks(office.room.screen.door.pin, PIN)
    office.room.screen.door.next.click()
    qtbot.waitUntil(lambda: bool(office.room.who.pages.promotions.model.records))


def test_an_office_asks_for_a_pin_and_shows_what_was_applied(office: Office, qtbot: QtBot) -> None:
    assert office.room.screen.door.isVisible()
    assert office.room.screen.back.label == "Leave"
    come_in(office, qtbot)
    assert not office.room.screen.door.isVisible()


def test_the_lock_asks_again_and_leaving_closes_the_window(office: Office, qtbot: QtBot) -> None:
    come_in(office, qtbot)
    office.room.screen.lock_requested.emit()
    assert (office.room.screen.door.isVisible(), office.room.session.manager) == (True, None)
    with qtbot.waitSignal(office.window.closing):
        office.room.screen.door.closed.emit()


def test_what_is_shown_goes_on_paper(
    office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "papers"))
    come_in(office, qtbot)
    office.room.who.room.turn_to(Page.REPORTS)
    qtbot.waitUntil(lambda: office.room.who.pages.reports.model.report is not None)
    office.room.screen.print_requested.emit()
    qtbot.waitUntil(lambda: office.room.who.pages.reports.model.notice is not None)
    printed = list((tmp_path / "papers" / "Tukar").glob("tukar-reports-*.pdf"))
    notice = office.room.who.pages.reports.model.notice
    assert notice is not None
    assert printed or notice.say == "sheet_printed", "on the office printer of this machine, or a PDF"


def test_a_machine_of_no_shop_is_told_what_to_do(qapp: QApplication, tmp_path: Path) -> None:
    disk = open_disk(tmp_path)
    with pytest.raises(CommandRefused, match="no shop"):
        Office(Application(), disk, bug, FakeManagerBackend)
    disk.close()
