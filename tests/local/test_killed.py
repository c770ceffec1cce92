"""A till that is killed by the system in the middle of writing: what was answered is there, the rest is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tukar.domain.redemption import RedemptionState
from tukar.local.doctor import Weight, examine
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering

PROGRAM = """
import sys
from pathlib import Path
from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import receipt, redemption, bill
from tukar.domain.redemption import RedemptionState
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
from tukar.till.ports import Draft
journal = SqliteJournal(Path(sys.argv[1]), Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
for n in range(5):
    journal.save_draft(Draft(bill(f"bill-{n}"), at_payment=True))
    journal.add_redemption(redemption(f"r-{n}", RedemptionState.HELD, bill_id=f"bill-{n}"))
    print("saved", journal.save_bill(receipt(f"bill-{n}", (f"r-{n}",))).number.n, flush=True)
    journal.checkpoint()
"""


@pytest.mark.needs("strace")
@pytest.mark.parametrize(
    ("call", "number"),
    [*(("fdatasync", n) for n in range(12, 56, 8)), *(("pwrite64", n) for n in range(30, 150, 20))],
)
def test_T26_a_kill_at_any_write_loses_nothing_that_was_answered(tmp_path: Path, call: str, number: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        ["strace", "-f", "-qq", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}",
         sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False, env=environment,
    )  # fmt: skip
    assert killed.returncode != 0
    answered = killed.stdout.count("saved")
    journal = SqliteJournal(tmp_path, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
    saved = journal.recent_receipts()
    assert answered <= len(saved) <= answered + 1
    assert [receipt.number.n for receipt in saved] == list(range(len(saved), 0, -1))
    assert journal.waiting_count() == len(saved)
    for n in range(5):
        states = [row.state for row in journal.redemptions(f"bill-{n}")]
        assert states == ([RedemptionState.BILLED] if n < len(saved) else states[:1])
        assert RedemptionState.BILLED not in states or n < len(saved)
    assert not [finding for finding in examine(journal) if finding.weight is Weight.WRONG]
    assert not {draft.bill.bill_id for draft in journal.drafts()} & {receipt.bill_id for receipt in saved}
    journal.close()
