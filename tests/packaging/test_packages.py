"""What goes into the packages, and how a .deb is put together; nothing is frozen here."""

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

import debs
import freezing
import icons
import linux_packages
import release
import windows_setup
from tests.machine import ROOT
from tukar.deploy.installation import Kind, find_installation
from tukar.deploy.manifest import FILE, SIGNATURE_FILE, verified
from tukar.deploy.version import Version


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/QtTest.abi3.so",
        "babel/locale-data/id_ID.dat",
        "babel/locale-data/root.dat",
        "phonenumbers/data/region_ID.py",
        "tukar/_resources/i18n/tukar_id.qm",
    ],
)
def test_what_the_till_loads_stays(place: str) -> None:
    assert freezing.is_used(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "babel/locale-data/de.dat",
        "babel/locale-data/idx.dat",
        "phonenumbers/geodata/data0.py",
    ],
)
def test_what_it_never_loads_goes(place: str) -> None:
    assert not freezing.is_used(place)


def test_libraries_of_the_system_are_asked_for_and_not_carried_but_for_python_s_own() -> None:
    entries = [
        ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6", "BINARY"),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "BINARY"),
        ("libQt6Core.so.6", "/venv/PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
        ("shop.toml", "/usr/lib/shop.toml", "DATA"),
    ]
    assert [name for name, _, _ in freezing.kept(entries)] == ["libssl.so.3", "libQt6Core.so.6", "shop.toml"]
    asked = freezing.left_to_the_system(["/venv/a.so"], lambda _file: [("x", entries[0][1]), ("y", entries[1][1])])
    assert [Path(name).name.split(".")[0] for name in asked] == ["libX11"]


def test_a_search_path_of_the_build_machine_is_replaced_in_place() -> None:
    library = b"head\0/home/builder/python/lib\0tail/home/builder/python/lib64\0"
    cleaned = freezing.without_search_path(library, "/home/builder/python/lib")
    assert len(cleaned) == len(library)
    assert cleaned.startswith(b"head\0$ORIGIN\0")
    assert cleaned.endswith(b"tail/home/builder/python/lib64\0")
    assert freezing.without_search_path(library, "/lib") == library


def _tree(folder: Path) -> Path:
    tree = folder / "tree"
    (tree / "usr/lib/demo").mkdir(parents=True)
    (tree / "usr/lib/demo/demo").write_text("#!/bin/sh\n")
    (tree / "usr/lib/demo/demo").chmod(0o700)
    (tree / "usr/lib/demo/data.so").write_text("library")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/demo").symlink_to("../lib/demo/demo")
    return tree


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "description").write_text("a demo\nIt shows.\n\nMuch.\n")
    (texts / "postinst").write_text("#!/bin/sh\necho @VERSION@\n")
    return texts


PLAIN = ["-rw-r--r--", "-rwxr-xr-x", "lrwxrwxrwx"]
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="only Debian and its kin build packages")


@needs_dpkg
def test_a_package_says_what_it_is_and_is_the_same_when_built_again(tmp_path: Path, texts: Path) -> None:
    package = debs.Package("demo", "1.2.3", "misc", texts, ("libc6",), ("fonts-dejavu-core",))
    first = debs.build(package, _tree(tmp_path / "a"), tmp_path / "out-a", 1_790_000_000)
    mask = os.umask(0o077)
    try:
        second = debs.build(package, _tree(tmp_path / "b"), tmp_path / "out-b", 1_790_000_000)
    finally:
        os.umask(mask)
    assert first.name == "demo_1.2.3_amd64.deb"
    assert first.read_bytes() == second.read_bytes()
    said = subprocess.run(["dpkg-deb", "--field", first], capture_output=True, text=True, check=True).stdout
    assert "Depends: libc6\nRecommends: fonts-dejavu-core\n" in said
    assert "Description: a demo\n It shows.\n .\n Much.\n" in said
    listing = subprocess.run(["dpkg-deb", "-c", first], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in listing if line.endswith(("lib/demo/demo", ".so"))] == PLAIN
    assert {line.split()[1] for line in listing} == {"root/root"}


def test_a_package_s_changelog_is_in_the_form_that_debian_reads() -> None:
    lines = debs.changelog("demo", "1.2.3", 1_790_000_000).splitlines()
    assert lines[0] == "demo (1.2.3) stable; urgency=medium"
    assert lines[-1] == f" -- {debs.MAINTAINER}  Mon, 21 Sep 2026 14:13:20 +0000"


def test_what_of_the_build_machine_comes_along_is_told_with_its_source() -> None:
    entries = [
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "BINARY"),
        ("libQt6Core.so.6", "/venv/PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
    ]
    assert freezing.of_this_machine(entries) == {"libssl.so.3": "/usr/lib/x86_64-linux-gnu/libssl.so.3"}


def test_what_a_build_writes_about_itself_the_program_understands(tmp_path: Path) -> None:
    bench = linux_packages.Bench("1.2.3", 0, Path("python"), tmp_path, tmp_path, "a key")
    (tmp_path / linux_packages.RELEASE_FILE).write_text(linux_packages._release(bench, "deb"))
    found = find_installation(tmp_path / "tukar", "0.0.0")
    assert (found.kind, found.version, found.update_key) == (Kind.DEB, "1.2.3", "a key")
    assert found.platform.startswith("linux-")
    assert find_installation(tmp_path / "elsewhere/tukar", "0.0.0").kind is Kind.SOURCE
    (tmp_path / linux_packages.RELEASE_FILE).write_text('kind = "magic"')
    with pytest.raises(ValueError, match="not of its form"):
        find_installation(tmp_path / "tukar", "0.0.0")


def test_a_release_is_signed_with_a_key_of_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "release.key"
    assert release.main(["keys", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    assert key.stat().st_mode & 0o077 == 0
    for name in ("tukar_1.2.3_amd64.deb", "tukar_1.2.2_amd64.deb", "tukar-1.2.3-setup.exe", "SHA256SUMS"):
        (tmp_path / name).write_text(name)
    assert release.main(["sign", str(tmp_path), "1.2.3", str(key), "Quicker", "now."]) == 0
    manifest = verified((tmp_path / FILE).read_bytes(), (tmp_path / SIGNATURE_FILE).read_bytes(), public)
    assert (manifest.version, manifest.notes) == (Version(1, 2, 3), "Quicker now.")
    assert [package.name for package in manifest.packages] == ["tukar-1.2.3-setup.exe", "tukar_1.2.3_amd64.deb"]
    with pytest.raises(SystemExit, match="no package of version 9"):
        release.main(["sign", str(tmp_path), "9.9.9", str(key)])
    with pytest.raises(FileExistsError):
        release.main(["keys", str(key)])
    assert release.main([]) == 2


def test_the_icon_for_windows_holds_every_size_where_it_says(tmp_path: Path) -> None:
    for size in icons.IN_ICO:
        (tmp_path / f"{size}.png").write_bytes(b"picture of %d" % size)
    icons.write_ico(tmp_path)
    data = (tmp_path / "tukar.ico").read_bytes()
    kind, count = struct.unpack_from("<HH", data, 2)
    assert (kind, count) == (1, len(icons.IN_ICO))
    for number, size in enumerate(icons.IN_ICO):
        width, _, _, _, _, _, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert width == size % 256
        assert data[offset : offset + length] == b"picture of %d" % size


@pytest.mark.parametrize(
    ("place", "goes"),
    [
        ("PySide6/Qt6Core.dll", False),
        ("PySide6/Qt6Test.dll", False),
        ("PySide6/QtTest.pyd", False),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/plugins/platforms/qwindows.dll", False),
        ("PySide6/plugins/platforms/qoffscreen.dll", False),
        ("babel/locale-data/hi_IN.dat", False),
        ("PIL/_imaging.cp312-win_amd64.pyd", False),
        ("PySide6/msvcp140.dll", False),
        ("PIL/_webp.cp312-win_amd64.pyd", True),
        ("shiboken6/vcamp140.dll", True),
        ("yaml/_yaml.cp312-win_amd64.pyd", True),
        ("PySide6/Qt6Quick.dll", True),
        ("PySide6/designer.exe", True),
        ("PySide6/translations/qt_de.qm", True),
        ("numpy/core.pyd", True),
        ("psycopg_binary.libs/libpq.dll", True),
        ("babel/locale-data/de.dat", True),
    ],
)
def test_windows_gets_what_it_loads(place: str, goes: bool) -> None:
    assert bool(windows_setup.NOT_NEEDED.search(place)) == goes


def test_the_installer_speaks_its_languages_to_the_end() -> None:
    script = (ROOT / "packaging/windows/tukar.nsi").read_text("utf-8")
    said = [line.split()[1:3] for line in script.splitlines() if line.startswith("LangString")]
    english = {name for name, language in said if language == "${LANG_ENGLISH}"}
    assert english == {name for name, language in said if language == "${LANG_INDONESIAN}"}
    assert english
