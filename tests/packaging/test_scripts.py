"""The two scripts as a person runs them, in a checkout of their own whose locks name nothing: nothing is fetched."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.machine import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for the tools are shell scripts")

PROGRAM = """
import sys
print("tukar", *sys.argv[1:])
sys.exit(7 if "fail" in sys.argv else 0)
"""
PYTEST = """
import sys
print("..F.")
print("")
print("options:", *sys.argv[1:])
print("3 passed in 0.10s")
print("")
sys.exit(1 if "tests/failing" in sys.argv else 0)
"""
TOOLS = ("ruff", "mypy", "lint-imports")


@dataclass(frozen=True)
class Checkout:
    root: Path

    def script(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, "PYTHONPATH": "", "PATH": "/usr/bin:/bin"}
        command = [sys.executable, str(self.root / "packaging" / name), *arguments]
        return subprocess.run(command, env=surroundings, cwd=self.root, capture_output=True, text=True, check=False)

    def put_tool(self, name: str, *, says: str = "", status: int = 0) -> None:
        tool = self.root / ".venv/bin" / name
        tool.write_text(f'#!/bin/sh\necho "{says}"\nexit {status}\n')
        tool.chmod(0o755)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("checkout")
    (root / "packaging").mkdir()
    for script in (ROOT / "packaging").glob("*.py"):
        shutil.copy(script, root / "packaging")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / "packaging" / lock).write_text("")
    (root / "app").mkdir()
    (root / "app/tukar.py").write_text(PROGRAM)
    (root / "app/pytest.py").write_text(PYTEST)
    (root / "tests/failing").mkdir(parents=True)
    return Checkout(root)


@pytest.fixture(scope="module")
def first_start(fresh: Checkout) -> subprocess.CompletedProcess[str]:
    return fresh.script("start.py")


@pytest.fixture
def checkout(fresh: Checkout, first_start: subprocess.CompletedProcess[str]) -> Checkout:
    assert first_start.returncode == 0
    for tool in TOOLS:
        fresh.put_tool(tool)
    return fresh


def test_the_first_start_sets_up_and_runs_the_demo(first_start: subprocess.CompletedProcess[str]) -> None:
    assert (first_start.returncode, first_start.stdout) == (0, "tukar demo\n")
    assert first_start.stderr.startswith("Setting up .venv")


def test_a_later_start_just_starts(checkout: Checkout) -> None:
    done = checkout.script("start.py", "serve", "--port", "8000")
    assert (done.returncode, done.stdout, done.stderr) == (0, "tukar serve --port 8000\n", "")


def test_start_ends_as_tukar_ends(checkout: Checkout) -> None:
    assert checkout.script("start.py", "fail").returncode == 7


def test_check_runs_every_step_and_ends_with_the_summary_of_pytest(checkout: Checkout) -> None:
    done = checkout.script("check.py")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[-1] == "3 passed in 0.10s"
    steps = [line.split()[1] for line in lines[-10:] if line.startswith("ok")]
    assert steps == ["set-up", "format", "lint", "types", "contracts", "tests"]


@pytest.mark.parametrize(
    ("tool", "failed"), [("ruff", ["format", "lint"]), ("mypy", ["types"]), ("lint-imports", ["contracts"])]
)
def test_a_failed_step_fails_the_check_and_is_heard(checkout: Checkout, tool: str, failed: list[str]) -> None:
    checkout.put_tool(tool, says="line 3 is wrong", status=1)
    done = checkout.script("check.py")
    assert done.returncode == 1
    assert "line 3 is wrong" in done.stdout
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines[-10:] if line.startswith("FAILED")] == failed
    assert lines[-1] == "3 passed in 0.10s"


def test_a_failed_test_fails_the_check(checkout: Checkout) -> None:
    done = checkout.script("check.py", "tests/failing")
    assert done.returncode == 1
    assert "tests/failing" in done.stdout
    assert "FAILED  tests" in done.stdout


def test_a_passing_step_is_quiet(checkout: Checkout) -> None:
    checkout.put_tool("mypy", says="all is well")
    assert "all is well" not in checkout.script("check.py").stdout


@pytest.mark.parametrize("argument", ["--nonsense", "tests/absent"])
def test_check_refuses_what_it_does_not_know(checkout: Checkout, argument: str) -> None:
    done = checkout.script("check.py", argument)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: check.py")
    assert done.stdout == ""
