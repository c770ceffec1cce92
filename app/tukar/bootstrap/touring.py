"""The tour: the demo's journeys played by keys, with figures read from the databases and the receipts."""

import re
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from tukar.bootstrap.cable import Cable
from tukar.bootstrap.counter import Ports
from tukar.bootstrap.demo import Demo
from tukar.bootstrap.disk import open_disk
from tukar.bootstrap.open_till import RECEIPTS_FOLDER
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.printers import receipt_file
from tukar.bootstrap.program import Program
from tukar.devices.bank import Bank
from tukar.devices.terminal import Act, Behaviour, TerminalSimulator
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.local.log_file import log_file
from tukar.local.paths import make_private
from tukar.server.serve import DATABASE_FILE
from tukar.ui.application import take_keyboard
from tukar.ui.counter_journeys import COUNTER_JOURNEYS
from tukar.ui.journeys import JOURNEYS, World
from tukar.ui.main_window import MainWindow
from tukar.ui.receipt_rows import Paper, TotalRow, rows_of
from tukar.ui.tour import Around, Played, TillShown, Tour
from tukar.ui.tour_eyes import Eyes

OPEN_SECONDS: Final = 90
PATIENCE_SECONDS: Final = 20.0
_BANK_SECONDS: Final = 1.2


class DatabaseWitness:
    """Reads the backend's database and the text of the receipt saved last."""

    def __init__(self, backend_folder: Path, program: Program) -> None:
        self._database = backend_folder / DATABASE_FILE
        self._program = program

    def points(self, member_id: str, programme_id: str) -> int:
        """Whole points on the account as the backend has them on its disk."""
        with closing(sqlite3.connect(self._database, timeout=PATIENCE_SECONDS)) as db:
            db.execute("PRAGMA query_only = ON")  # a connection opened read-only cannot join a WAL that is being reset
            row = db.execute(
                "SELECT posted FROM accounts WHERE programme_id = ? AND member_id IN"
                " (SELECT member_id FROM members WHERE member_id = ? OR name = ?)",
                (programme_id, member_id, member_id),
            ).fetchone()
        return int(row[0]) if row else 0

    def total(self) -> str:
        """The digits of the total on the receipt saved last."""
        journal, counter = self._program.journal, self._program.counter
        if journal is None or counter is None or not journal.recent_receipts(1):
            return ""
        paper = Paper(journal.recent_receipts(1)[0], counter.profile)
        amounts = [row.amount for row in rows_of(paper, self._program.language) if isinstance(row, TotalRow)]
        return re.sub(r"\D", "", amounts[0])


class Surroundings:
    """The counter around the tour's till: its cable, its card terminal, and the till next door."""

    def __init__(self, demo: Demo, folder: Path) -> None:
        self._demo = demo
        self._folder = folder
        self._cable: Cable | None = None
        self._declines = 0
        self._second: TillShown | None = None
        demo.way = self._lay_cable
        demo.change_ports = self._change_ports

    @property
    def around(self) -> Around:
        return Around(lambda: self._second, self._happens)

    def open_second(self) -> None:
        """Starts the till next door; it is there some seconds later."""
        self._demo.open_second(open_disk(make_private(self._folder)), self._opened)

    def eyes(self, program: Program, window: MainWindow) -> Eyes:
        rules = {rule.rule_id: rule.name for rule in program.sync.programme.rules}
        return Eyes(window, self._demo.phone, program.language, lambda rule_id: rules.get(rule_id, LocalName(rule_id)))

    def _opened(self, program: Program) -> None:
        front = program.front
        if front is not None:
            self._second = TillShown(front.window, self.eyes(program, front.window))
            take_keyboard(self._demo_window())

    def _demo_window(self) -> MainWindow:
        front = self._demo.program.front
        if front is None:
            raise LookupError("the tour has a till")
        return front.window

    def _lay_cable(self, address: str) -> str:
        self._cable = Cable(address)
        return self._cable.address

    def _change_ports(self, ports: Ports) -> Ports:
        card = TerminalSimulator(Bank(), self._act, name="Card")
        return replace(ports, terminals=replace(ports.terminals, card=card))

    def _act(self, _reference: str, _amount: Money) -> Act:
        declines, self._declines = self._declines, max(0, self._declines - 1)
        return Act(Behaviour.DECLINE, after=_BANK_SECONDS) if declines else Act(after=_BANK_SECONDS)

    def _happens(self, what: World) -> None:
        if what is World.CARD_DECLINED:
            self._declines = 1
        elif self._cable is not None and what is World.LINE_CUT:
            self._cable.pull()
        elif self._cable is not None:
            self._cable.plug()


def run_tour(demo: Demo, folder: Path, second: Path) -> int:
    """Plays every journey; status 0 only if each ended as it should. CommandRefused when it does not end.

    ``second`` is an empty folder for the other till of the shop.
    """
    outcome: list[bool] = []
    surroundings = Surroundings(demo, second)

    def opened(program: Program) -> None:
        if program.front is None:
            return
        surroundings.open_second()
        eyes = surroundings.eyes(program, program.front.window)
        witness = DatabaseWitness(demo.backend_folder, program)
        journeys = (*JOURNEYS, *COUNTER_JOURNEYS)
        tour = Tour(program.front.window, eyes, witness, folder, journeys, around=surroundings.around)

        def finished(well: bool) -> None:  # noqa: FBT001 - Qt's signal carries just that
            outcome.append(well)
            _keep_receipts(program, folder)
            for journey in tour.played:
                print(_line(journey), file=sys.stderr)  # noqa: T201
            demo.app.leave()

        tour.finished.connect(finished)
        tour.start()

    demo.opened = opened
    demo.start()
    demo.app.later(OPEN_SECONDS, lambda: None if demo.program.front else demo.app.stop())
    try:
        demo.app.run()
    finally:
        demo.close()
    if not outcome:
        raise CommandRefused("The tour did not end.", f"Look at {log_file(folder)}, and try once more.")
    return Status.WELL if outcome[0] else Status.FOUND_WRONG


def _keep_receipts(program: Program, folder: Path) -> None:
    """Copies the receipts of the tour beside its pictures."""
    journal = program.journal
    if journal is None:
        return
    printed = program.disk.folder / RECEIPTS_FOLDER
    for receipt in journal.recent_receipts():
        file = receipt_file(printed, receipt)
        if file.exists():
            shutil.copy(file, folder / file.name)


def _line(played: Played) -> str:
    if played.trouble:
        return f"{played.name}: {played.trouble}"
    signed_in = f" and {played.sign_in_keys} to sign in" if played.sign_in_keys else ""
    return f"{played.name}: {played.keys} keys{signed_in}, {played.seconds:.1f} s"
