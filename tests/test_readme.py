"""The README tells the truth: its commands exist and its links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import exercise_readme
from tests.machine import ROOT
from tukar.cli import main

TEXT = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh[^\n]*\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line and not line.startswith("#")]
IN_TEXT = re.findall(r"`(python3? [^`]+)`", TEXT)
LINKS = [link for link in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in link]
OURS = {"python3", "python"}
ASKED_ELSEWHERE = {"uv"}
INSTALLED = {"sudo", "curl", "systemctl", "tar", "sh", "~/.local/bin/tukar"}
"""What a technician types on a machine of the shop; ``packaging/check.py --installers`` follows them word by word."""


def test_the_two_commands_are_there() -> None:
    assert "python3 packaging/start.py" in COMMANDS
    assert "python3 packaging/check.py" in COMMANDS


@pytest.mark.parametrize("command", sorted({*COMMANDS, *IN_TEXT}))
def test_a_command_names_files_that_exist(command: str) -> None:
    program, *arguments = shlex.split(command, comments=True)
    assert program in OURS | ASKED_ELSEWHERE | INSTALLED | {"tukar"}
    if program == "tukar":
        asked = [sys.executable, "-m", "tukar", *arguments, "--help"]
        subprocess.run(asked, capture_output=True, check=True)
    if program in OURS and arguments[0] != "-m":
        assert (ROOT / arguments[0]).is_file()


def test_the_check_answers() -> None:
    check = [sys.executable, str(ROOT / "packaging/check.py"), "--help"]
    assert subprocess.run(check, capture_output=True, text=True, check=True).stdout.startswith("usage: check.py")


TECHNICIAN = exercise_readme.lines_of(TEXT)


def test_the_page_for_technicians_can_be_typed_from_its_beginning_to_its_end() -> None:
    machines = [line.machine for line in TECHNICIAN]
    assert set(machines) == set(exercise_readme.PEOPLE)
    commands = [line.command for line in TECHNICIAN]
    for needed in ("sudo apt install ./tukar-server", "sudo tukar-server shop create", "tukar connect", "tukar update",
                   "tukar restore", "sudo apt remove tukar"):  # fmt: skip
        assert any(command.startswith(needed) for command in commands), needed
    assert [line.command.split()[1] for line in TECHNICIAN if line.wants_closed_till] == ["restore", "update"]


@pytest.mark.parametrize("command", sorted({one.command for one in TECHNICIAN if "tukar-server " in one.command}))
def test_a_command_for_the_backend_is_one_that_it_knows(command: str) -> None:
    words = shlex.split(command.partition(">")[0], comments=True)
    if words[1] == "tukar-server":
        with pytest.raises(SystemExit) as left:
            main([*words[2:], "--help"], backend_only=True)
        assert left.value.code == 0


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link.partition("#")[0]).exists()


def test_the_folders_in_the_table_exist() -> None:
    folders = re.findall(r"^\| `([a-z/]+)/` \|", TEXT, re.MULTILINE)
    assert folders
    assert [folder for folder in folders if not Path(ROOT, folder).is_dir()] == []


def test_the_locks_are_made_as_the_readme_says() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        header = (ROOT / "packaging" / lock).read_text("utf-8").splitlines()[1].removeprefix("#").split()
        assert any(set(header) <= set(shlex.split(command)) for command in COMMANDS)
