"""The README tells the truth: its commands exist and its links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import ROOT

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
