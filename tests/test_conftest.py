"""What a machine lacks is skipped loudly: the words of `needs` and of the list at the end of a run."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import ROOT

SAMPLE = """
import pytest

@pytest.mark.needs("shared")
def test_one(): raise AssertionError

def test_two(shared): raise AssertionError

@pytest.mark.needs()
def test_three(): pass
"""


@pytest.fixture
def summary(tmp_path: Path) -> str:
    """What pytest prints in a checkout that has nothing beside it."""
    tests = tmp_path / "checkout/tests"
    tests.mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "machine.py"):
        shutil.copy(ROOT / "tests" / name, tests)
    shutil.copy(ROOT / "pyproject.toml", tests.parent)
    (tests / "test_sample.py").write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=tests.parent, capture_output=True, text=True, check=False).stdout


def test_what_is_not_here_is_skipped_and_listed_with_the_remedy(summary: str) -> None:
    assert "not exercised here" in summary
    assert "     2 × shared is not here: put the folder shared beside the repository" in summary


def test_the_last_line_is_the_summary(summary: str) -> None:
    assert summary.splitlines()[-1].startswith("1 passed, 2 skipped in ")
