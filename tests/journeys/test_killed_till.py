"""A till killed by SIGKILL anywhere in journey A opens again with no bill, no money and no points lost or doubled."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.machine import ROOT
from tukar.bootstrap.open_till import BANK_FILE
from tukar.bootstrap.till import BACKEND_FOLDER
from tukar.server.serve import DATABASE_FILE

SECONDS = 90
MEMBER = "fitri"
BEFORE_MONEY = (
    "journal.save_draft:after",
    "backend.send_code:before",
    "backend.send_code:after",
    "journal.move_redemption[asked]:after",
    "backend.hold:before",
    "backend.hold:after",
    "journal.move_redemption[held]:after",
    "journal.record_attempt[open]:after",
    "terminal.pay:before",
)
AFTER_MONEY = (
    "terminal.pay:after",
    "journal.record_attempt[approved]:after",
    "journal.save_exchange:before",
    "save.commit:before",
)
AFTER_SAVE = (
    "save.commit:after",
    "journal.save_exchange:after",
    "printer.print:before",
    "printer.print:after",
    "backend.put_bill:before",
    "backend.put_bill:after",
    "journal.acknowledge:after",
)


@dataclass(frozen=True)
class Books:
    """What backend and bank have written down: points posted and held, and the money that was taken."""

    posted: dict[str, int]
    held: int
    bills: int
    taken: int


def till(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.journeys.dying_till", str(folder), *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False,
        env={"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip


def books(folder: Path) -> Books:
    with closing(sqlite3.connect(folder / BACKEND_FOLDER / DATABASE_FILE)) as db:
        rows = db.execute("SELECT programme_id, posted, held FROM accounts WHERE member_id = ?", (MEMBER,)).fetchall()
        bills = db.execute("SELECT count(*) FROM bills").fetchone()[0]
    bank = folder / BANK_FILE
    lines = bank.read_text().splitlines() if bank.exists() else []
    payments = {row["reference"]: row for row in map(json.loads, lines)}
    taken = sum(row["amount"] - row["refunded"] for row in payments.values() if row["decision"] == "approved")
    return Books({row[0]: row[1] for row in rows}, sum(row[2] for row in rows), bills, taken)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that was opened once and has sold nothing."""
    folder = tmp_path_factory.mktemp("opened") / "demo"
    done = till(folder, "open")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def undisturbed(opened: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """What is in the books after the same journey without a crash."""
    folder = tmp_path_factory.mktemp("undisturbed") / "demo"
    shutil.copytree(opened, folder)
    done = till(folder, "play", "")
    assert done.returncode == 0, done.stderr
    return books(folder)


def crash_and_recover(opened: Path, folder: Path, point: str) -> tuple[dict[str, Any], Books]:
    shutil.copytree(opened, folder)
    died = till(folder, "play", point)
    assert died.returncode == -signal.SIGKILL, f"{died.returncode}: {died.stdout}{died.stderr}"
    after = till(folder, "recover")
    assert after.returncode == 0, after.stderr
    told: dict[str, Any] = json.loads(after.stdout.splitlines()[-1])
    found = books(folder)
    assert found.held == 0, "points stay locked"
    assert told["unfinished"] == []
    assert told["open_attempts"] == 0
    assert told["drafts"] == 0
    assert told["reviews"] == [], "a crash alone leaves nothing for a manager"
    assert found.bills == len(told["receipts"])
    assert found.taken == sum(told["totals"]), "money was taken without a bill, or a bill saved without money"
    return told, found


@pytest.mark.journey
@pytest.mark.parametrize("point", BEFORE_MONEY)
def test_before_money_moved_the_points_are_free_again_and_the_goods_still_there(
    opened: Path, tmp_path: Path, point: str
) -> None:
    told, found = crash_and_recover(opened, tmp_path / "demo", point)
    assert told["receipts"] == []
    assert found == books(opened), "nothing was sold, so nothing moved"
    assert "bill_resumed" in told["read"] or not told["lines"]


@pytest.mark.journey
@pytest.mark.parametrize("point", AFTER_MONEY)
def test_after_the_card_was_charged_the_bill_comes_back_paid_and_is_saved_once(
    opened: Path, undisturbed: Books, tmp_path: Path, point: str
) -> None:
    told, found = crash_and_recover(opened, tmp_path / "demo", point)
    assert told["read"][0] == "bill_resumed_paid"
    assert told["at_payment"]
    assert told["tenders"] == ["card"]
    assert [number.rsplit("-", 1)[1] for number in told["receipts"]] == ["1"]
    assert found == undisturbed


@pytest.mark.journey
@pytest.mark.parametrize("point", AFTER_SAVE)
def test_after_the_save_the_bill_stands_and_is_sent_once(
    opened: Path, undisturbed: Books, tmp_path: Path, point: str
) -> None:
    told, found = crash_and_recover(opened, tmp_path / "demo", point)
    assert told["lines"] == 0
    assert told["read"] == ["bill_was_saved"]
    assert [number.rsplit("-", 1)[1] for number in told["receipts"]] == ["1"]
    assert found == undisturbed
