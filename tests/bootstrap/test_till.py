"""``tukar`` on a disk that is not as it should be: words, the way out, and everything as it was."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.machine import ROOT
from tukar.bootstrap.backend_process import this_program
from tukar.bootstrap.till import practise_in
from tukar.local.journal import JOURNAL_FILE
from tukar.local.settings import TomlSettings
from tukar.till.ports import Settings

SECONDS = 60


def test_a_damaged_journal_is_said_with_the_way_out(tmp_path: Path) -> None:
    TomlSettings(tmp_path).save(Settings(backend_url="http://127.0.0.1:1", shop_id="TOKO1", till_id="T1"))
    (tmp_path / JOURNAL_FILE).write_bytes(b"something else entirely, long enough to be no database at all")
    till = subprocess.run(
        [sys.executable, "-m", "tukar", "--data", str(tmp_path)], capture_output=True, text=True, check=False,
        timeout=SECONDS, cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path),
            "QT_QPA_PLATFORM": "offscreen",
        },
    )  # fmt: skip
    assert (till.returncode, till.stdout) == (2, "")
    said = till.stderr.splitlines()[-1]
    assert said.startswith("tukar: The till's journal cannot be opened: journal.sqlite3: file is not a database.")
    assert said.endswith(f"Put a back-up in its place: tukar restore FILE --data {tmp_path}")
    assert (tmp_path / JOURNAL_FILE).read_bytes().startswith(b"something else")


def test_practising_opens_the_practice_shop_in_a_program_of_its_own() -> None:
    started: list[Sequence[str]] = []
    practise_in("id", started.append)
    (command,) = started
    assert list(command[-4:]) == ["demo", "--practice", "--language", "id"]
    assert list(command[:-4]) == list(this_program())
