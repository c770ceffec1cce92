"""Bill of materials and licences, from an environment of inventions."""

import hashlib
import json
from pathlib import Path

import pytest

import supply

LOCK = """# made by hand
alpha-kit==1.2.0 \\
    --hash=sha256:{one} \\
    --hash=sha256:{two}
    # via tukar (pyproject.toml)
beta==2.0 ; sys_platform == 'linux' \\
    --hash=sha256:{one}
""".format(one="a" * 64, two="b" * 64)


def _install(site: Path, name: str, version: str, head: str, modules: tuple[str, ...], *, text: bool = True) -> None:
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    (folder / "licenses").mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{head}\n\nAbout it.\n")
    record = [f"{module}/__init__.py,," for module in modules] + [f"{folder.name}/METADATA,,"]
    (folder / "RECORD").write_text("\n".join(record))
    if text:
        (folder / "licenses/LICENSE").write_text(f"the licence of {name}")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site-packages"
    _install(site, "Alpha.Kit", "1.2.0", "License-Expression: MIT\nSummary: A kit", ("alpha",))
    _install(site, "beta", "2.0", "License: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License", ("beta",))
    _install(site, "gamma", "3", "License: Apache-2.0\n ", ("gamma",), text=False)
    return site


@pytest.fixture
def locked(tmp_path: Path) -> dict[str, supply.Locked]:
    file = tmp_path / "some.lock"
    file.write_text(LOCK)
    return supply.read_lock(file)


def test_the_lock_gives_every_package_with_its_hashes(locked: dict[str, supply.Locked]) -> None:
    assert locked == {
        "alpha-kit": supply.Locked("alpha-kit", "1.2.0", ("a" * 64, "b" * 64)),
        "beta": supply.Locked("beta", "2.0", ("a" * 64,)),
    }


def test_a_package_says_its_licence_by_expression_words_or_classifier(site: Path) -> None:
    licences = {name: package.licence for name, package in supply.installed(site).items()}
    assert licences == {"alpha-kit": "MIT", "beta": "BSD License", "gamma": "Apache-2.0"}


def test_only_what_a_program_holds_is_shipped(site: Path) -> None:
    shipped = supply.shipped(supply.installed(site), ["alpha.inner.module", "beta/native.so", "os"])
    assert [package.name for package in shipped] == ["alpha-kit", "beta"]


def _bill(site: Path, locked: dict[str, supply.Locked], program: Path) -> dict[str, object]:
    subject = supply.Subject("tukar", "1.0.0", "3.11.7", 1_790_000_000)
    return supply.bill_of_materials(subject, supply.installed(site).values(), locked, program)


def test_the_bill_names_packages_with_locked_hashes_and_files_with_their_own(
    site: Path, locked: dict[str, supply.Locked], tmp_path: Path
) -> None:
    program = tmp_path / "program"
    (program / "Qt").mkdir(parents=True)
    (program / "Qt/libQt6Core.so.6").write_bytes(b"qt")
    (program / "Inter.otf").write_bytes(b"font")
    (program / "readme.txt").write_bytes(b"no part")
    bill = json.loads(json.dumps(_bill(site, locked, program)))
    parts = {part["name"]: part for part in bill["components"]}
    assert {one["content"] for one in parts["alpha-kit"]["hashes"]} == {"a" * 64, "b" * 64}
    assert parts["libQt6Core.so.6"]["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"qt").hexdigest()}]
    assert parts["Inter.otf"]["licenses"] == [{"license": {"name": "OFL-1.1"}}]
    assert "readme.txt" not in parts
    assert (bill["specVersion"], bill["metadata"]["timestamp"]) == ("1.5", "2026-09-21T14:13:20Z")
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(set(refs)) == len(refs)


def test_the_same_parts_make_the_same_bill_and_others_another_one(
    site: Path, locked: dict[str, supply.Locked], tmp_path: Path
) -> None:
    (tmp_path / "program").mkdir()
    first = _bill(site, locked, tmp_path / "program")
    assert _bill(site, locked, tmp_path / "program") == first
    (tmp_path / "program/libssl.so.3").write_bytes(b"ssl")
    assert _bill(site, locked, tmp_path / "program")["serialNumber"] != first["serialNumber"]


def test_every_licence_is_collected_and_what_brings_none_is_named(site: Path, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for text in ("OWN", "PYTHON", "fonts/OFL-Inter.txt", "fonts/Inter.otf"):
        (tmp_path / text).write_text(text)
    into = tmp_path / "licences"
    packages = supply.installed(site).values()
    assert supply.collect_licences(packages, tmp_path / "OWN", fonts, tmp_path / "PYTHON", into) == ["gamma"]
    found = {path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()}
    assert found == {"Tukar.txt", "CPython.txt", "OFL-Inter.txt", "alpha-kit/LICENSE", "beta/LICENSE"}


def test_a_library_that_no_line_stands_for_is_found(site: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    ours = ("alpha/native.so", "beta.libs/libinner.so.1", "beta.cpython-311-x86_64-linux-gnu.so", "libssl.so.3")
    for place in (*ours, "python3.11/lib-dynload/_json.so", "libreadline.so.8", "odd/strange.dll"):
        (program / place).parent.mkdir(parents=True, exist_ok=True)
        (program / place).write_bytes(b"library")
    assert supply.nobodys(program, supply.installed(site).values()) == ["libreadline.so.8", "odd/strange.dll"]
