import os
import subprocess
import sys
from pathlib import Path

from tukar.local.paths import free_bytes, make_private


def test_the_folder_is_kept_from_others(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert make_private(folder) == folder
    assert folder.stat().st_mode & 0o077 == 0
    folder.chmod(0o755)
    make_private(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert free_bytes(folder) > 0


def in_a_program_of_its_own(program: str, **environment: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    ).stdout.strip()


def test_the_variable_names_another_folder() -> None:
    program = "from tukar.local.paths import data_folder; print(data_folder())"
    assert in_a_program_of_its_own(program, TUKAR_DATA="/somewhere/else") == "/somewhere/else"
    assert in_a_program_of_its_own(program, TUKAR_DATA="", XDG_DATA_HOME="/xdg").endswith("tukar")


def test_what_the_first_paint_needs_pulls_in_nothing_slow() -> None:
    """performance.md: requests costs 100 ms, keyring's discovery 125."""
    program = """
import sys
import tukar.local.journal, tukar.local.catalogue, tukar.local.settings, tukar.local.paths
import tukar.local.clock, tukar.local.ids, tukar.local.secrets, tukar.local.sealing, tukar.local.credentials
import tukar.local.lock, tukar.local.programme_copy
slow = {"requests", "urllib3", "keyring", "cryptography", "argon2", "sqlalchemy", "PySide6", "babel"}
print(sorted(slow & set(sys.modules)))
"""
    assert in_a_program_of_its_own(program) == "[]"
