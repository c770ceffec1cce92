"""The real window with everything behind it, over the monkey's shop, on a clock and a background moved by hand."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import cast

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.printer import FakePrinter
from tests.fakes.secrets import PlainSeal
from tests.fakes.shift_printer import NoShiftPrinter
from tests.fakes.tries import FakeTries
from tests.monkey.shop import CutLine, MonkeyShop, demo, enrolled
from tukar.bootstrap.counter import Counter, Ports, open_counter
from tukar.bootstrap.window import Beyond, Copies, Front, Style, open_screens, open_window
from tukar.devices.bank import Bank
from tukar.devices.qris import QrisSimulator
from tukar.devices.terminal import Act, Behaviour, TerminalSimulator
from tukar.domain.money import Money
from tukar.domain.people import Role
from tukar.domain.receipt import Receipt
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.local.credentials import Argon2Check
from tukar.local.journal import SqliteJournal
from tukar.local.programme_copy import ProgrammeCopy
from tukar.local.receipts import Numbering
from tukar.local.settings import TomlSettings
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.resources import find_resources
from tukar.till.background import Background
from tukar.till.line import Line
from tukar.till.ports import LoyaltyBackend, Settings, WrongTries
from tukar.till.staffing import MOST_TRIES
from tukar.till.sync import Sync
from tukar.till.terminals import Terminals
from tukar.ui.kit import Look, dress, open_look, read_tokens
from tukar.ui.main_window import MainWindow
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.translations import Language


def _nearly_shut_out() -> FakeTries:
    """Yesterday every cashier typed a wrong PIN so often that one more is too many."""
    tries = FakeTries()
    for member in demo().staff:
        if member.role is Role.CASHIER:
            tries.keep_tries(member.staff_id, WrongTries(MOST_TRIES - 1))
    return tries


class MonkeyTill:
    """One till of the monkey's shop in ``folder``; ``random`` decides what the terminal does."""

    def __init__(self, app: QApplication, folder: Path, random: Random, seed: int) -> None:
        self.folder = folder
        self.random = random
        self.clock = FakeClock()
        self.shop = MonkeyShop(self.clock, seed)
        self.background = SteppedBackground(self.clock)
        token, key, till_id = enrolled(self.shop, 0)
        self.settings = replace(Settings(), shop_id=demo().profile.shop_id.upper(), till_id=till_id, shift="off")
        numbering = Numbering(self.settings.shop_id, till_id, 1)
        self.journal = SqliteJournal(folder, numbering, clock=self.clock, seal=PlainSeal())
        identity = TillIdentity(lambda: token, key, self.journal.server_seen, lambda: self.journal.audit_head().hash)
        self.wire = CutLine(self.shop.backend, identity)
        self.bank = Bank()
        self.printer = FakePrinter()
        self.line = Line()
        self.look = _dressed(app)
        self.language = Language(find_resources() / "i18n", demo().currency)
        self._copies = Copies(ProgrammeCopy(folder), CatalogueCopy(folder / CATALOGUE_FILE))
        self.counter = self._open_counter()
        self.front = self._open_front()

    def _open_counter(self) -> Counter:
        backend = TukarBackend(self.wire)
        background = cast("Background", self.background)
        copies, catalogue = self._copies.shop, cast("CatalogueCopy", self._copies.catalogue)
        sync = Sync(cast("LoyaltyBackend", backend), background, self.line, copies, catalogue)
        sync.start()
        self.background.run_all()
        assert sync.profile is not None
        terminals = Terminals(
            TerminalSimulator(self.bank, self._act, wait=lambda event, _seconds: event.is_set()),
            QrisSimulator(self.bank, self._act, wait=lambda event, _seconds: event.is_set()),
        )
        ports = Ports(
            backend=cast("LoyaltyBackend", backend),
            journal=self.journal,
            background=background,
            clock=self.clock,
            ids=FakeIds("m"),
            terminals=terminals,
            printer=self.printer,
            credentials=Argon2Check(),
            tries=_nearly_shut_out(),
            line=self.line,
            chance=self.random.random,
        )
        return open_counter(ports, self.settings, sync, copies, sync.profile)

    def _open_front(self) -> Front:
        printing = ReceiptPrinting(read_tokens(find_resources() / "styles" / "tokens.json"), self.language)
        style = Style(self.look, self.language, printing, self._write_pdf, NoShiftPrinter())
        window = MainWindow(self.look, self.language)
        beyond = Beyond(manager=lambda: None, support=lambda: str(self.folder))
        front = open_window(window, self.counter, self._copies, style, TomlSettings(self.folder), self.settings, beyond)
        front.window.resize(1366, 768)
        front.window.show()
        open_screens(front, self.counter, self.settings)
        self.background.run_all()
        front.window.activateWindow()
        QTest.qWaitForWindowActive(front.window)
        return front

    def _act(self, _reference: str, _amount: Money) -> Act:
        """Most payments are approved; some are declined, some end in doubt."""
        drawn = self.random.random()
        if drawn < 0.70:
            return Act()
        if drawn < 0.82:
            return Act(Behaviour.DECLINE)
        behaviour = Behaviour.SILENT if drawn < 0.91 else Behaviour.LOSE_ANSWER
        return Act(behaviour, silent_queries=self.random.randrange(3))

    def _write_pdf(self, receipt: Receipt) -> Path:
        return self.folder / f"{receipt.number.short}.pdf"

    def pass_time(self, seconds: float, steps: int) -> None:
        """So many calls of the background happen, then time goes on and its timers ring."""
        for _ in range(steps):
            if self.background.jobs or self.background.answers:
                self.background.step()
        self.background.advance(seconds)

    def settle(self, seconds: float) -> None:
        """The line is there, and everything that was asked for happens."""
        self.wire.down, self.wire.loses = False, 0
        for _ in range(int(seconds)):
            self.background.run_all()
            self.background.advance(1.0)
        self.background.run_all()

    def close(self) -> None:
        self.front.window.deleteLater()
        self.language.close()
        self.journal.close()
        self._copies.catalogue.close()  # type: ignore[attr-defined]
        self.shop.close()


def _dressed(app: QApplication) -> Look:
    resources = find_resources()
    look = open_look(resources)
    look.reduce_motion(reduced=True)
    dress(app, look, resources / "styles")
    return look


Deed = Callable[[], None]
