import sys
import threading

from pytestqt.qtbot import QtBot

from tukar.ui.last_resort import LastResort, ReportDialog, report_of


def _bug() -> ValueError:
    try:
        int("wrong for 081234565678")
    except ValueError as bug:
        return bug
    raise AssertionError("int() took words")


def test_the_report_names_place_and_versions(qapp: object) -> None:
    report = report_of(_bug(), "1.2.3")
    assert "tukar 1.2.3" in report
    assert "test_last_resort.py" in report
    assert "ValueError" in report
    assert "081234565678" not in report
    assert "/work" not in report


def test_a_bug_is_shown_once_and_those_after_it_are_counted(qtbot: QtBot) -> None:
    last = LastResort("1")
    with qtbot.waitSignal(last.shown):
        last(_bug())
    dialog = last._dialog
    assert isinstance(dialog, ReportDialog)
    qtbot.addWidget(dialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(last.shown):
        last(_bug())
    assert last._dialog is dialog
    dialog.copy.click()
    dialog.go_on.click()
    assert not dialog.isVisible()


def test_a_bug_in_a_thread_comes_to_the_window(qtbot: QtBot) -> None:
    last = LastResort("1")
    before = sys.excepthook, threading.excepthook
    last.install()
    try:
        with qtbot.waitSignal(last.shown) as heard:
            thread = threading.Thread(target=lambda: 1 // 0)
            thread.start()
            thread.join()
    finally:
        sys.excepthook, threading.excepthook = before
    assert "ZeroDivisionError" in heard.args[0]
    assert last._dialog is not None
    qtbot.addWidget(last._dialog)
