"""The command line: what it understands, what it refuses and how, and what it must not load."""

import subprocess
import sys
from pathlib import Path

import pytest

from tukar import __version__
from tukar.cli import main

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
    ("doctor",),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    assert f"usage: {' '.join(('tukar', *command))}" in capsys.readouterr().out


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
