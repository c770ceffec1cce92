"""What the house looks like from outside: its rooms, its names, and what must never stand in it."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.machine import ROOT

ROOMS = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "app",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}
LAYERS = {
    "__init__",
    "__main__",
    "bootstrap",
    "cli",
    "deploy",
    "devices",
    "domain",
    "local",
    "loyalty",
    "resources",
    "server",
    "till",
    "ui",
    "wire",
}
# Written so that this file does not find itself.
REGISTRY = re.compile(
    r"index[-]url|https?://[^ \"]+\.(whl|tgz|tar\.gz)\b|https?://[^ \"]+/simple/|files\.python[h]osted"
)
VAGUE_NAME = re.compile(r"(Helper|Util|Utils|Data|Info)s?$|.Manager$")
VAGUE_VERB = re.compile(r"_*(handle|process|do)_")
# Ceilings, not aims: about 400 and 40 are the aims.
LONGEST_FILE = 450
LONGEST_TEST = 900
"""A test file mirrors one file of the program, and grows with what that one promises."""
LONGEST_FUNCTION = 60
PAGE = 60


def _kept_files() -> list[Path]:
    """The files of the project: what git keeps or would keep, or everything in an unpacked source archive."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0:
        files = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        files = [path for room in ROOMS for path in [ROOT / room, *(ROOT / room).rglob("*")]]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


KEPT = _kept_files()
PROGRAM = [path for path in KEPT if path.suffix == ".py" and path.is_relative_to(ROOT / "app")]
PYTHON = [path for path in KEPT if path.suffix == ".py"]


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _text(path: Path) -> str | None:
    """The text of a file, or None: it holds something else."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in KEPT} <= ROOMS


def test_the_source_root_holds_one_package() -> None:
    assert {path.relative_to(ROOT / "app").parts[0] for path in PROGRAM} == {"tukar"}


def test_the_package_holds_the_named_layers_only() -> None:
    assert {path.relative_to(ROOT / "app/tukar").parts[0].removesuffix(".py") for path in PROGRAM} <= LAYERS


@pytest.mark.parametrize("room", ["packaging", "resources"])
def test_rooms_that_would_shadow_a_library_are_no_packages(room: str) -> None:
    assert not list((ROOT / room).rglob("__init__.py"))


def test_the_library_named_packaging_is_the_one_imported() -> None:
    command = "import packaging.version; print(packaging.__file__)"
    found = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not Path(found.stdout.strip()).is_relative_to(ROOT / "packaging")


def test_no_address_of_a_package_registry_is_kept() -> None:
    assert [_place(path) for path in KEPT if (text := _text(path)) and REGISTRY.search(text)] == []


def test_no_file_is_generated_from_resources() -> None:
    assert [_place(path) for path in KEPT if path.name.endswith("_rc.py")] == []


def _functions_and_classes(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_nothing_has_a_name_that_says_nothing() -> None:
    vague = [
        f"{_place(path)}:{node.lineno} {node.name}"
        for path in PROGRAM
        for node in _functions_and_classes(path)
        if (VAGUE_NAME.search if isinstance(node, ast.ClassDef) else VAGUE_VERB.match)(node.name)
    ]
    assert vague == []


def test_no_file_does_many_things() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in PYTHON}
    assert [_place(path) for path in PROGRAM if lengths[path] > LONGEST_FILE] == []
    assert [_place(path) for path in PYTHON if lengths[path] > LONGEST_TEST] == []


def test_no_function_does_many_things() -> None:
    long = [
        f"{_place(path)}:{node.lineno} {node.name}"
        for path in PYTHON
        for node in _functions_and_classes(path)
        if not isinstance(node, ast.ClassDef) and _lines(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_package_says_how_its_parts_fit() -> None:
    """In one page that names every module. The kit names its widgets instead, the root package has none of its own."""
    silent = []
    for init in PROGRAM:
        room = init.parent
        if init.name != "__init__.py" or room in (ROOT / "app/tukar", ROOT / "app/tukar/ui/kit"):
            continue
        said = ast.get_docstring(ast.parse(init.read_text("utf-8"))) or ""
        parts = {path.relative_to(room).parts[0].removesuffix(".py") for path in PROGRAM if room in path.parents}
        silent += [f"{_place(init)}: {part}" for part in sorted(parts - {"__init__"} - set(re.findall(r"\w+", said)))]
        assert said.count("\n") < PAGE, init
    assert silent == []


def test_nobody_catches_everything_unless_the_reason_stands_there() -> None:
    """Only the last resort may: a bug becomes a report there. Ruff's BLE and E722 see the rest.

    The backend's one writer hands whatever a message raises on to whoever waits for that message.
    """
    catches = [path for path in PROGRAM if "noqa: BLE001" in path.read_text("utf-8")]
    assert {_place(path).split("/")[2].removesuffix(".py") for path in catches} <= {
        "bootstrap",
        "cli",
        "server",
        "till",
        "ui",
    }


def test_the_wheel_holds_the_package_and_its_resources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("tukar-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"tukar"}
    kept = {path.relative_to(ROOT / "resources").as_posix() for path in KEPT if path.is_relative_to(ROOT / "resources")}
    assert kept <= {name.removeprefix("tukar/_resources/") for name in names}


def test_what_is_locked_is_what_is_asked_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime = asked["dependencies"] + [
        wish for extra in ("server", "hardware", "manager") for wish in asked["optional-dependencies"][extra]
    ]
    for wishes, lock in (
        (runtime, "requirements.lock"),
        (asked["optional-dependencies"]["dev"], "requirements-dev.lock"),
    ):
        locked = (ROOT / "packaging" / lock).read_text("utf-8").lower()
        names = [re.split(r"[^A-Za-z0-9-]", wish)[0].lower() for wish in wishes]
        assert [name for name in names if f"\n{name}==" not in locked and f"\n{name}[" not in locked] == []
