"""A shift from the password to the Z, by keys alone, with a restart in the middle and money taken out."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import Seat
from tukar.domain.shift import Shift
from tukar.till.navigation import Place
from tukar.till.shift_screen import ShiftStep
from tukar.ui.more_sheet import More
from tukar.ui.shift_sheet import ShiftSheet

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

SARI, HENDRA_PIN = "3", "586970"
PASSWORD = "kopi-susu-1"


def sheet_of(seat: Seat) -> ShiftSheet:
    sheet = seat.window.findChild(ShiftSheet)
    assert isinstance(sheet, ShiftSheet)
    return sheet


def begin(seat: Seat) -> None:
    """Sari's password, and the float."""
    sheet, sign_in = sheet_of(seat), seat.window.sign_in
    seat.until(lambda: seat.window.place is Place.SIGN_IN, "the sign-in screen")
    seat.type(SARI)
    seat.until(sign_in.password.isVisible, "the password asked for")
    seat.type(PASSWORD)
    seat.until(sign_in.enter.isEnabled, "a password long enough")
    seat.press("Return")
    seat.until(sheet.isVisible, "the float asked for")
    seat.scan("8991002101418")  # nothing is sold before a shift is open
    seat.type("200000")
    seat.press("Return")
    seat.until(lambda: not sheet.isVisible(), "an open shift")


def sell(seat: Seat) -> None:
    seat.item("beras ramos")
    seat.pay()
    seat.press("Return")
    seat.saved()
    seat.press("Return")
    seat.until(lambda: seat.window.place is Place.SALE, "the next customer")


def more(seat: Seat) -> None:
    seat.press("F1")
    seat.until(seat.window.more.isVisible, "the choices of F1")
    seat.type(seat.window.more.buttons[More.SHIFT].key)
    seat.until(sheet_of(seat).report.steps[ShiftStep.COUNT].isVisible, "the shift")


def take_out(seat: Seat) -> None:
    """15.000 for ice, with Hendra's PIN."""
    sheet, approval = sheet_of(seat), seat.window.approval
    more(seat)
    seat.type("2")
    seat.until(sheet.form.amount.isVisible, "the amount asked for")
    seat.type("15000")
    seat.press("Tab")
    seat.until(sheet.form.reason.field.line.hasFocus, "the reason asked for")
    seat.type("es batu")
    seat.press("Return")
    seat.until(approval.isVisible, "a second person asked for")
    seat.press("Down")
    seat.type(HENDRA_PIN)
    seat.press("Return")
    seat.until(lambda: not approval.isVisible() and not sheet.isVisible(), "money taken out")


def count(seat: Seat) -> Shift:
    """One note of 100.000 and nothing else: the rest is missing."""
    sheet = sheet_of(seat)
    more(seat)
    assert not sheet.report.paper.isVisible()
    seat.type("3")
    seat.until(lambda: sheet.count.isVisible() and sheet.count.fields[0].line.hasFocus(), "the count")
    seat.type("1")
    for _ in sheet.count.fields:
        seat.press("Return")
    seat.until(sheet.report.paper.isVisible, "the Z report")
    journal = seat.demo.program.journal
    assert journal is not None
    return journal.shifts.latest()[0]


def test_a_shift_from_password_to_z(qapp: QApplication, tmp_path: Path) -> None:
    seat = Seat(tmp_path / "demo", shift="on")
    try:
        begin(seat)
        sell(seat)
    finally:
        seat.leave()
    seat = Seat(tmp_path / "demo", shift="on")
    try:
        seat.sign_in()  # the shift goes on, and her PIN is enough in it
        assert not sheet_of(seat).isVisible()
        sell(seat)
        take_out(seat)
        shift = count(seat)
        closing = shift.closing
        assert closing is not None
        assert (closing.number, closing.report.sales, shift.people) == (1, 2, ("sari",))
        assert closing.report.cash == shift.opening_float - shift.movements[0].amount + closing.report.sold
        assert (shift.movements[0].reason, shift.movements[0].approver) == ("es batu", "hendra")
        assert closing.difference.minor == 100_000 - closing.report.cash.minor
        seat.type("s")
        seat.until(lambda: seat.reads("Z-2-0001.pdf"), "where the PDF is")
        seat.press("Return")
        seat.until(lambda: seat.window.place is Place.SIGN_IN, "a till that waits for the next shift")
        seat.all_sent()
    finally:
        seat.leave()
