"""The tour: the demo's journeys played by keys, with figures read from the databases and the receipts."""

import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from tukar.bootstrap.demo import Demo
from tukar.bootstrap.open_till import RECEIPTS_FOLDER
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.printers import receipt_file
from tukar.bootstrap.program import Program
from tukar.domain.offer import LocalName
from tukar.server.serve import DATABASE_FILE
from tukar.ui.journeys import JOURNEYS
from tukar.ui.receipt_rows import Paper, TotalRow, rows_of
from tukar.ui.tour import Tour
from tukar.ui.tour_eyes import Eyes

OPEN_SECONDS: Final = 90
PATIENCE_SECONDS: Final = 20.0


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
                "SELECT posted FROM accounts WHERE member_id = ? AND programme_id = ?", (member_id, programme_id)
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


def run_tour(demo: Demo, folder: Path) -> int:
    """Plays every journey; status 0 only if each ended as it should. CommandRefused when the demo does not open."""
    outcome: list[bool] = []

    def opened(program: Program) -> None:
        if program.front is None:
            return
        rules = {rule.rule_id: rule.name for rule in program.sync.programme.rules}
        eyes = Eyes(
            program.front.window, demo.phone, program.language, lambda rule_id: rules.get(rule_id, LocalName(rule_id))
        )
        witness = DatabaseWitness(demo.backend_folder, program)
        tour = Tour(program.front.window, eyes, witness, folder, JOURNEYS)

        def finished(well: bool) -> None:  # noqa: FBT001 - Qt's signal carries just that
            outcome.append(well)
            _keep_receipts(program, folder)
            for journey in tour.played:
                print(_line(journey.name, journey.keys, journey.seconds, journey.trouble), file=sys.stderr)  # noqa: T201
            demo.app.stop()

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
        raise CommandRefused("The demo did not open.", "Look at the words above, and try once more.")
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


def _line(name: str, keys: int, seconds: float, trouble: str) -> str:
    return f"{name}: {trouble}" if trouble else f"{name}: {keys} keys, {seconds:.1f} s"
