"""How much of protocol and ledgers the tests go through, by branches: ``python -m tests.coverage_of_protocol``.

These are the modules in which points are taken, bills saved and both sent: all of every one of them is to be gone
through. What follows the command goes to pytest, such as ``tests/server``; without it the folders below are run. The
status is 0 when nothing is left out.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.machine import ROOT

MODULES = {
    "domain": ("redemption", "refund"),
    "till": (
        "asking", "checkout", "checkout_model", "covering", "deadlines", "delivery", "drafts", "finishing",
        "keeping", "letting_go", "needing", "needs", "outbox", "overriding", "paying", "quoting", "recovery",
        "redeeming", "refunding", "rows", "saving", "scarce", "stage", "tendering", "terminals", "unfinished_refunds",
        "upkeep", "writing",
    ),
    "loyalty": ("answers", "emulated", "tukar_backend"),
    "local": (
        "attempts", "audit", "drafts", "intents", "journal", "outbox", "receipts", "redemptions", "refunds", "review",
        "told",
    ),
    "server": (
        "accounts", "audit", "bills", "captures", "channels", "claim_captures", "codes", "holds", "proofs", "quotes",
        "reckoning", "recovery", "redemption_rows", "refund_moves", "refunds", "shorts", "sweep", "uses",
        "storage/transactions",
    ),
}  # fmt: skip
FOLDERS = (
    "tests/domain", "tests/till", "tests/loyalty", "tests/local", "tests/server", "tests/bootstrap", "tests/simulation",
)  # fmt: skip


def files() -> tuple[Path, ...]:
    """The modules as files."""
    return tuple(
        ROOT / "app" / "tukar" / layer / f"{module}.py" for layer, names in MODULES.items() for module in names
    )


def main(arguments: Sequence[str]) -> int:
    with TemporaryDirectory(prefix="tukar-coverage-") as scratch:
        surroundings = {**os.environ, "COVERAGE_FILE": str(Path(scratch) / "coverage")}
        include = f"--include={','.join(map(str, files()))}"
        run = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        tried = subprocess.run([*run, *(arguments or FOLDERS)], cwd=ROOT, env=surroundings, check=False)
        report = [sys.executable, "-m", "coverage", "report", include, "--fail-under=100", "--precision=2"]
        told = subprocess.run(report, cwd=ROOT, env=surroundings, check=False)
    return tried.returncode or told.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
