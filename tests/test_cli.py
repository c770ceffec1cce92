"""The command line: what it understands, what it refuses and how, and what it must not load."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tukar import __version__
from tukar.bootstrap.outcome import CommandRefused
from tukar.cli import ended, main

COMMANDS = (
    (),
    ("demo",),
    ("serve",),
    ("catalogue",),
    ("catalogue", "import"),
    ("replay",),
    ("rules",),
    ("rules", "try"),
    ("rules", "check"),
    ("rules", "publish"),
    ("shop", "template"),
    ("shop", "create"),
    ("shop", "change"),
    ("shop", "show"),
    ("staff", "import"),
    ("staff", "salespeople"),
    ("code",),
    ("connect",),
    ("doctor",),
    ("backup",),
    ("restore",),
    ("audit", "verify"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    assert f"usage: {' '.join(('tukar', *command))}" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("shop", "create"), ("catalogue", "import"), ("code",), ("serve",), ("doctor",)])
def test_a_backend_alone_knows_what_belongs_to_it(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"], backend_only=True)
    assert left.value.code == 0
    assert f"usage: {' '.join(('tukar-server', *command))}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["demo", "manage", "connect", "update", "backup"])
def test_a_backend_alone_has_no_till(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command], backend_only=True)
    assert left.value.code == 2
    assert f"tukar-server: argument COMMAND: there is no '{command}'" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"tukar {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["sell"], "tukar: argument COMMAND: there is no 'sell'"),
        (["demo", "--fast"], "tukar: unrecognized arguments: --fast"),
        (["catalogue"], "tukar catalogue: the following arguments are required: ACTION"),
        (["replay"], "tukar replay: the following arguments are required: FILE"),
        (["replay", "f", "--limit", "0"], "argument --limit: '0' is not a whole number of at least 1"),
        (["serve", "--port", "99999"], "argument --port: '99999' is not a whole number from 0 to 65535"),
        (["catalogue", "import", "f", "--map", "sku"], "argument --map: 'sku' is not of the form name=value"),
        (["--language", "fr"], "argument --language: there is no 'fr'"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(
    typed: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed)
    said = capsys.readouterr()
    assert left.value.code == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.err.endswith("--help.\n")
    assert not said.out


def fails(trouble: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise trouble

    return command


def test_what_stands_in_the_way_is_one_line_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(fails(CommandRefused("The disk is full.", "Make room."))) == 2
    assert capsys.readouterr().err == "tukar: The disk is full. Make room.\n"


def test_a_bug_of_ours_leaves_one_line_and_a_report_without_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(fails(ValueError("+6281234565678"))) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "broke (ValueError)" in said
    report = Path(said.split(": ")[-1].strip())
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert "raise trouble" in text
    assert "6281234565678" not in text + said


def test_an_interrupted_command_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(fails(KeyboardInterrupt())) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_has_heard_enough_ends_the_command_quietly(tmp_path: Path) -> None:
    app = Path(__file__).parents[1] / "app"
    cases = tmp_path / "cases.json"
    cases.write_text('{"format": "tukar-cases/1", "cases": []}', encoding="utf-8")
    script = (
        "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1); "
        f"from tukar.cli import main; sys.exit(main(['rules', 'try', {str(cases)!r}]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(app)}, stderr=subprocess.PIPE, text=True, check=False
    )
    assert not ran.stderr
    assert ran.returncode == 130


def test_nothing_heavy_is_loaded_before_it_is_known_what_runs() -> None:
    """The window must be painted first (performance.md, "What the numbers say")."""
    script = (
        "import sys, tukar.cli; "
        "print([name for name in ('PySide6', 'sqlalchemy', 'requests', 'keyring', 'babel', 'msgspec', 'starlette', "
        "'openpyxl', 'cryptography', 'tukar.domain') if name in sys.modules])"
    )
    app = Path(__file__).parents[1] / "app"
    ran = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(app)}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
