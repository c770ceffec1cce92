import os
import subprocess
import sys
from pathlib import Path

import pytest

from tukar.local.lock import FolderLock
from tukar.till.ports import DiskTrouble, DiskTroubleKind


def test_T29_one_program_holds_a_folder_and_the_second_is_told_who(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    with pytest.raises(DiskTrouble) as trouble:
        FolderLock(tmp_path)
    assert trouble.value.kind is DiskTroubleKind.IN_USE
    assert f"process {os.getpid()}" in trouble.value.detail
    lock.release()
    FolderLock(tmp_path).release()


def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    program = """
import pathlib, sys
from tukar.local.lock import FolderLock
lock = FolderLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(DiskTrouble, match=f"process {other.pid}"):
            FolderLock(tmp_path)
        other.kill()
    FolderLock(tmp_path).release()
