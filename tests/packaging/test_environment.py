import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

import environment
from environment import Environment, Outcome, SetUpFailed
from tests.machine import ROOT

THIS_PYTHON = "{} {} {}".format(*sys.version_info)
OFFLINE = Outcome(1, "WARNING: Retrying\nERROR: NameResolutionError: Temporary failure in name resolution")
WRONG_HASH = Outcome(1, "Collecting x\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n    Expected sha256 1\n")


@dataclass
class Machine:
    """Stands in for everything that is run; an answer may be given for commands that contain a word."""

    folder: Path
    answers: dict[str, Outcome] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)

    def run(self, command: Sequence[str | Path]) -> Outcome:
        text = " ".join(map(str, command))
        self.commands.append(text)
        for word, outcome in self.answers.items():
            if word in text:
                return outcome
        if "venv --clear" in text or "venv --quiet" in text:
            self._make()
        return Outcome(0, THIS_PYTHON)

    def _make(self) -> None:
        python = self.folder / "bin/python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        (self.folder / "unfinished").unlink(missing_ok=True)
        version = "python{}.{}".format(*sys.version_info)
        (self.folder / "lib" / version / "site-packages").mkdir(parents=True, exist_ok=True)

    def ran(self, word: str) -> int:
        return sum(word in command for command in self.commands)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("six==1.17.0 --hash=sha256:0\n")
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / ".venv")


@pytest.fixture
def here(tmp_path: Path, machine: Machine) -> Environment:
    def unheard(_: str) -> None:
        pass

    return Environment(tmp_path, machine.run, unheard, uv=None)


def test_is_built_once_and_then_recognised(here: Environment, machine: Machine, lock: Path) -> None:
    assert not here.is_ready(lock)
    here.prepare(lock)
    assert here.is_ready(lock)
    assert machine.ran("--require-hashes") == 1


def test_recognising_runs_nothing(here: Environment, machine: Machine, lock: Path) -> None:
    here.prepare(lock)
    machine.commands.clear()
    environment.ensure(lock, environment=here)
    assert machine.commands == []


def test_the_project_is_imported_from_where_it_stands(here: Environment, lock: Path) -> None:
    here.prepare(lock)
    (pointer,) = here.folder.rglob("tukar.pth")
    assert pointer.read_text().strip() == str(here.root / "app")


def test_a_new_lock_is_installed_in_place(here: Environment, machine: Machine, lock: Path) -> None:
    here.prepare(lock)
    lock.write_text("six==1.18.0 --hash=sha256:1\n")
    assert not here.is_ready(lock)
    here.prepare(lock)
    assert here.is_ready(lock)
    assert machine.ran("-m venv --clear") == 1


def test_the_larger_lock_serves_the_smaller(here: Environment, lock: Path, tmp_path: Path) -> None:
    larger = tmp_path / "requirements-dev.lock"
    larger.write_text("ruff==1 --hash=sha256:2\n")
    here.prepare(lock)
    assert not here.is_ready(larger)
    here.prepare(larger)
    assert here.is_ready(lock, larger)


@pytest.mark.parametrize("version", ["2 7 18", "no such file"])
def test_an_environment_of_another_python_is_built_anew(
    here: Environment, machine: Machine, lock: Path, version: str
) -> None:
    here.prepare(lock)
    lock.write_text("")
    machine.answers["sys.version_info"] = Outcome(0, version)
    here.prepare(lock)
    assert machine.ran("-m venv --clear") == 2


def test_a_broken_environment_is_built_anew(here: Environment, machine: Machine, lock: Path) -> None:
    here.prepare(lock)
    here.python.unlink()
    assert not here.is_ready(lock)
    here.prepare(lock)
    assert machine.ran("-m venv --clear") == 2
    assert here.is_ready(lock)


def test_an_interrupted_set_up_is_begun_anew(here: Environment, machine: Machine, lock: Path) -> None:
    machine.answers["pip install"] = WRONG_HASH
    with pytest.raises(SetUpFailed):
        here.prepare(lock)
    assert not here.is_ready(lock)
    machine.answers.clear()
    here.prepare(lock)
    assert machine.ran("-m venv --clear") == 2
    assert here.is_ready(lock)


def test_without_connection_it_says_so_in_one_line(here: Environment, machine: Machine, lock: Path) -> None:
    machine.answers["pip install"] = OFFLINE
    with pytest.raises(SetUpFailed, match=r"^The packages could not be fetched: no connection\. .*$"):
        here.prepare(lock)


def test_any_other_trouble_is_told_in_one_line(here: Environment, machine: Machine, lock: Path) -> None:
    machine.answers["pip install"] = WRONG_HASH
    with pytest.raises(SetUpFailed, match=r"^The environment could not be built: ERROR: THESE PACKAGES .*$"):
        here.prepare(lock)


def test_uv_is_used_where_it_is(here: Environment, machine: Machine, lock: Path) -> None:
    quick = replace(here, uv="uv")
    quick.prepare(lock)
    assert quick.is_ready(lock)
    assert machine.ran("uv pip install") == 1
    assert machine.ran("-m pip") == 0


def test_pip_steps_in_where_uv_fails(here: Environment, machine: Machine, lock: Path) -> None:
    machine.answers["uv "] = Outcome(127, "uv: command not found")
    here = replace(here, uv="uv")
    here.prepare(lock)
    assert here.is_ready(lock)
    assert machine.ran("-m pip install") == 1


def test_a_python_without_venv_is_told_what_to_install(here: Environment, lock: Path) -> None:
    with pytest.raises(SetUpFailed, match=r"^This Python cannot make an environment: install .*$"):
        replace(here, can_make_environments=lambda: False).prepare(lock)


def test_uv_needs_no_venv_from_python(here: Environment, lock: Path) -> None:
    here = replace(here, uv="uv", can_make_environments=lambda: False)
    here.prepare(lock)
    assert here.is_ready(lock)


def test_a_command_that_does_not_exist_is_an_outcome(tmp_path: Path) -> None:
    assert not environment.run([tmp_path / "nothing"]).ok


def _pins(lock: Path) -> set[str]:
    return {line.rstrip(" \\") for line in lock.read_text().splitlines() if "==" in line and line[0].isalnum()}


def test_the_two_locks_agree() -> None:
    assert _pins(environment.RUN)
    assert _pins(environment.RUN) < _pins(environment.CHECK)


@pytest.mark.parametrize("lock", [environment.RUN, environment.CHECK])
def test_every_package_in_a_lock_has_its_hashes(lock: Path) -> None:
    entries = lock.read_text().split("\n    # via")
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_the_scripts_belong_to_this_checkout() -> None:
    assert ROOT == environment.ROOT
