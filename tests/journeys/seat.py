"""A seat at the real till: the demo with its real backend process, keys as a hand presses them, eyes on the window."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tukar.bootstrap.counter import Ports
from tukar.bootstrap.demo import Demo
from tukar.bootstrap.disk import open_disk
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.local.disk import Connect, open_file
from tukar.till.checkout_model import CheckoutState
from tukar.till.navigation import Place
from tukar.ui.application import Application
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.main_window import MainWindow
from tukar.ui.scanner import ScannerKeys

HAND_MS: Final = 200.0
SCANNER_MS: Final = 5.0
"""What a hand and a scanner leave between two keys."""
PATIENCE_SECONDS: Final = 30.0
ENTER_GAP_SECONDS: Final = 0.12
SARI: Final = ("3", "142536")
"""Her place among the tiles, and her PIN in the demo shop."""


BAGUS_PIN: Final = "475869"


class NotSeenError(AssertionError):
    """What should be on the screen did not come in time."""


def wait_until(seen: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Lets the window live until ``seen``; NotSeenError after ``seconds``."""
    loop = QEventLoop()
    look, end = QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if seen() else None)
    end.timeout.connect(loop.quit)
    end.setSingleShot(True)
    if not seen():
        look.start(5)
        end.start(round(seconds * 1000))
        loop.exec()
    if not seen():
        raise NotSeenError(what)


class Seat:
    """One run of the demo in ``folder``; what was there from an earlier run is there again.

    ``change_ports`` puts other ports in place of the real ones, ``shift`` is the shop's setting. ``bugs`` are errors
    that reached the last resort.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language: str = "en",
        change_ports: Callable[[Ports], Ports] = lambda ports: ports,
        connect: Connect = open_file,
        shift: str = "off",
    ) -> None:
        self.bugs: list[BaseException] = []
        self._entered = 0.0
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.demo = Demo(
            Application(),
            open_disk(folder),
            folder / BACKEND_FOLDER,
            self.bugs.append,
            language=language,
            change_ports=change_ports,
            connect=connect,
        )
        connection = self.demo.program.disk.connection
        connection.change(replace(connection.settings, shift=shift))
        self.demo.program.look.reduce_motion(reduced=True)
        self.demo.start()
        wait_until(lambda: self.demo.program.front is not None or bool(self.bugs), "the window")
        self._sit_down()

    def _sit_down(self) -> None:
        self._entered = 0.0
        self._scans_at = 0.0
        self._keys_between = HAND_MS
        self._scanner.clock = self._pressed_at
        self.come_back()
        self.until(lambda: self.demo.program.line.online, "the line to the backend")

    def come_back(self) -> None:
        """Turns to this window, after another one was worked at."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "an active window")

    @property
    def window(self) -> MainWindow:
        front = self.demo.program.front
        if front is None:
            raise NotSeenError(f"the window; {self.bugs}")
        return front.window

    @property
    def checkout_state(self) -> CheckoutState:
        counter = self.demo.program.counter
        assert counter is not None
        return counter.checkout.state

    def until(self, seen: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits for something to be seen; a bug meanwhile is told at once."""
        wait_until(lambda: bool(self.bugs) or seen(), what, seconds)
        if self.bugs:
            raise NotSeenError(what) from self.bugs[0]

    def press(self, *keys: str) -> None:
        """Keys by their name in Qt, such as ``F9``; the window takes a second Return only after a while."""
        for key in keys:
            if key == "Return":
                wait_until(lambda: time.monotonic() - self._entered > ENTER_GAP_SECONDS, "a hand that came back")
                self._entered = time.monotonic()
            QTest.keyClick(self.window.windowHandle(), Qt.Key[f"Key_{key}"])

    def ctrl(self, letter: str) -> None:
        QTest.keyClick(self.window.windowHandle(), Qt.Key[f"Key_{letter}"], Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """As a hand types, whatever the machine's pace: each letter arrives before the next one is pressed."""
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), ord(letter))
            self._scanner.flush()

    def scan(self, code: str) -> None:
        """As a scanner types, Enter at the end.

        All of it within one turn of the event loop: on a busy machine the scanner's silence, which is of real time,
        could else fall between two keys.
        """
        handle, plain = self.window.windowHandle(), Qt.KeyboardModifier.NoModifier
        assert handle is not None
        self._keys_between = SCANNER_MS
        for key, text in (*((ord(letter.upper()), letter) for letter in code), (Qt.Key.Key_Return, "\r")):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(handle, QKeyEvent(kind, int(key), plain, text))
        self._keys_between = HAND_MS

    def _pressed_at(self, _event: QKeyEvent) -> float:
        self._scans_at += self._keys_between
        return self._scans_at

    @property
    def _scanner(self) -> ScannerKeys:
        front = self.demo.program.front
        assert front is not None
        return front.scanner

    # What a cashier does all day

    def sign_in(self) -> None:
        place, pin = SARI
        self.until(lambda: self.window.place is Place.SIGN_IN, "the sign-in screen")
        self.type(place + pin)
        self.press("Return")
        self.until(lambda: self.window.place is not Place.SIGN_IN, "a till somebody is signed in at")

    def item(self, name: str) -> None:
        lines = len(self.window.sale.bill.lines.rows)
        self.press("F2")
        self.type(name)
        self.until(lambda: bool(self.window.sale.search.hits.rows), f"hits for {name}")
        self.press("Return")
        self.until(lambda: len(self.window.sale.bill.lines.rows) > lines, f"{name} on the bill")

    def customer(self, number: str) -> None:
        sheet = self.window.sale.customers
        self.press("F3")
        self.until(sheet.isVisible, "the customer sheet")
        self.type(number)
        self.press("Return")
        self.until(lambda: not sheet.isVisible(), f"{number} on the bill")

    def write_on_bill(self, note: str, tax_number: str) -> None:
        """Ctrl+N, both one after the other, Enter."""
        sheet = self.window.findChild(BillWordsSheet)
        assert isinstance(sheet, BillWordsSheet)
        self.ctrl("N")
        self.until(sheet.isVisible, "what is written on the bill")
        self.type(note)
        self.press("Tab")
        self.type(tax_number)
        self.press("Return")
        self.until(lambda: not sheet.isVisible(), "both on the bill")

    def clear_bill(self) -> None:
        """Esc, a reason, and the PIN of Bagus, because a cashier may not void a bill alone."""
        sheet, approval = self.window.findChild(BillSheet), self.window.approval
        assert isinstance(sheet, BillSheet)
        self.press("Escape")
        self.until(sheet.isVisible, "why the bill is cleared")
        self.type("1")
        self.press("Return")
        self.until(approval.isVisible, "a second person asked for")
        self.type(BAGUS_PIN)
        self.press("Return")
        self.until(lambda: not approval.isVisible() and not sheet.isVisible(), "a cleared bill")

    def pay(self) -> None:
        self.press("F9")
        self.until(lambda: self.window.place is Place.PAYMENT, "the payment screen")
        self.until(lambda: self.checkout_state is CheckoutState.PAYING, "a till that takes money")

    def redeem(self) -> None:
        """The suggested points, with the code from the customer's phone."""
        sheet, rang = self.window.redeem, len(self.demo.phone.texts)
        self.press("F8")
        self.until(lambda: sheet.isVisible() and sheet.next.is_next, "points to redeem")
        self.press("Return")
        self.until(lambda: len(self.demo.phone.texts) > rang and sheet.code.isEnabled(), "the code on the phone")
        self.type(self.code())
        self.until(lambda: sheet.next.is_next, "a complete code")
        self.press("Return")
        self.until(lambda: not sheet.isVisible() and self.checkout_state is CheckoutState.PAYING, "reserved points")

    def code(self) -> str:
        """The six digits on the customer's phone."""
        words = self.demo.phone.texts[-1].replace(":", " ").replace(".", " ").split()
        return next(word for word in words if len(word) == 6 and word.isdigit())

    def saved(self) -> None:
        self.until(self.window.receipt.isVisible, "the saved bill")

    def all_sent(self) -> None:
        journal = self.demo.program.journal
        assert journal is not None
        self.until(lambda: journal.waiting_count() == 0, "an empty outbox")

    def leave(self) -> None:
        self.demo.close()

    def reads(self, words: str) -> bool:
        """Whether a sentence with ``words`` in it stands on the screen now."""
        return any(words in said for said in self.words())

    def words(self) -> set[str]:
        """Everything that can be read or heard on the screen."""
        widgets = [widget for widget in self.window.findChildren(QWidget) if widget.isVisible()]
        texts = {widget.text() for widget in widgets if isinstance(widget, QLabel | QLineEdit)}
        return texts | {said for one in widgets for said in (one.accessibleName(), one.accessibleDescription())}
