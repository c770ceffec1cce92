from pathlib import Path

import pytest

from tukar.local.tries import TRIES_FILE, TriesFile
from tukar.till.ports import Deadline, WrongTries


def test_wrong_tries_are_there_after_a_restart_and_forgotten_when_right(tmp_path: Path) -> None:
    tries = TriesFile(tmp_path)
    assert tries.wrong_tries() == {}
    locked = WrongTries(6, Deadline("boot-1", 1060.5))
    tries.keep_tries("rani", locked)
    tries.keep_tries("bayu", WrongTries(1))
    assert TriesFile(tmp_path).wrong_tries() == tries.wrong_tries() == {"rani": locked, "bayu": WrongTries(1)}
    tries.keep_tries("rani", WrongTries())
    assert TriesFile(tmp_path).wrong_tries() == {"bayu": WrongTries(1)}
    assert (tmp_path / TRIES_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"by_staff": {"rani": {"wrong": -1}}}'])
def test_a_file_that_cannot_be_read_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / TRIES_FILE).write_bytes(content)
    tries = TriesFile(tmp_path)
    assert tries.wrong_tries() == {}
    tries.keep_tries("rani", WrongTries(1))
    assert TriesFile(tmp_path).wrong_tries() == {"rani": WrongTries(1)}
