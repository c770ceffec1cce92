import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tukar.ui.last_resort import LastResort, ReportDialog, report_of, scrubbed


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("no answer for +6281234565678", "81234565678"),
        ("customer 0812 3456 5678 not found", "3456"),
        ("code 481907 was refused", "481907"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc", "eyJhbGci"),
        ("mail to sari@toko.example", "sari@toko"),
        ("card=8800001015", "8800001015"),
    ],
)
def test_what_belongs_to_a_person_or_a_till_is_in_no_report(text: str, secret: str) -> None:
    assert secret not in scrubbed(text)


def test_what_an_engineer_needs_stays() -> None:
    text = 'File "checkout.py", line 214, in save: bill 019ab2c4-1111-7abc-8def-0123456789ab is not paid'
    assert scrubbed(text) == text


@given(st.from_regex(r"(\+62|0)8[0-9]{8,11}", fullmatch=True), st.sampled_from([" ", ":", "'", "(", ","]))
def test_no_mobile_number_gets_through(number: str, before: str) -> None:
    assert number[3:] not in scrubbed(f"failed for{before}{number}")


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_no_code_gets_through(code: str) -> None:
    assert code not in scrubbed(f"the code {code} did not match")


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
