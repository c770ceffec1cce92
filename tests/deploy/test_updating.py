"""An update on a machine of fakes: an installer with notes, a till that says what is unsent, a feed in a folder."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tukar.deploy.feed import FeedError, FolderFeed
from tukar.deploy.installation import Installation, Kind
from tukar.deploy.installing import InstallError
from tukar.deploy.manifest import FILE, SIGNATURE_FILE, Manifest, Package, new_keys, signed
from tukar.deploy.update_record import Phase, RecordFile
from tukar.deploy.updating import FETCHED_FOLDER, STARTS_AT_MOST, RolledBack, StuckBetween, UpdateRefused, Updating
from tukar.deploy.version import Version
from tukar.local.atomic import write_whole

PRIVATE, PUBLIC = new_keys()
NAME = "tukar-1.1.0.tar.xz"


class PowerCutError(BaseException):
    """The program ends here and now."""


class Machine:
    """``Installer`` and ``Till``; ``breaks`` names the step that fails and with what."""

    def __init__(self) -> None:
        self.in_force = "1.0.0"
        self.forgotten: list[str] = []
        self.unsent = ""
        self.put_back: list[Path] = []
        self.breaks: dict[str, BaseException] = {}
        self.trial = ""

    def _step(self, name: str) -> None:
        if name in self.breaks:
            raise self.breaks[name]

    def make_ready(self) -> None:
        self._step("make_ready")

    def install(self, package: Path, version: str) -> None:
        assert package.read_bytes() == b"the new program"
        self._step("install")
        self.in_force = version
        self._step("installed")

    def go_back(self, version: str) -> None:
        self._step("go_back")
        self.in_force = version

    def start_command(self) -> list[str]:
        return ["tukar", self.in_force]

    def forget(self, version: str) -> None:
        self.forgotten.append(version)

    def in_the_way(self) -> str:
        return self.unsent

    def back_up(self, file: Path) -> None:
        self._step("back_up")
        file.write_bytes(b"the till as it was")

    def make_readable(self, back_up: Path) -> None:
        self.put_back.append(back_up)


class World:
    def __init__(self, place: Path) -> None:
        self.till, self.release = place / "till", place / "release"
        self.till.mkdir()
        self.release.mkdir()
        self.machine = Machine()
        self.offer("1.1.0")

    def offer(self, version: str, *, kind: str = "folder", key: str = PRIVATE) -> None:
        (self.release / NAME).write_bytes(b"the new program")
        digest = hashlib.sha256(b"the new program").hexdigest()
        package = Package(NAME, "linux-x86_64", kind, len(b"the new program"), digest)
        content = Manifest(Version.parse(version), (package,)).to_bytes()
        (self.release / FILE).write_bytes(content)
        (self.release / SIGNATURE_FILE).write_bytes(signed(content, key))

    @property
    def record(self) -> RecordFile:
        return RecordFile(self.till, write_whole)

    @property
    def phase(self) -> Phase | None:
        record = self.record.load()
        return record.phase if record else None

    def program(self, version: str | None = None) -> Updating:
        """The program of a version, as it would be started: of the one in force, if none is named."""
        installation = Installation(Kind.FOLDER, version or self.machine.in_force, "linux-x86_64", Path("/opt/t/v/x"))
        machine = self.machine
        return Updating(installation, machine, self.record, machine, self.till, lambda _back_up: machine.trial)

    def apply(self) -> None:
        program, feed = self.program(), FolderFeed(self.release)
        offer = program.check(feed, PUBLIC)
        assert offer is not None
        program.apply(offer, feed)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@contextmanager
def power_cut() -> Iterator[None]:
    with pytest.raises(PowerCutError):
        yield


def test_a_later_version_comes_opens_and_stays(world: World) -> None:
    world.apply()
    assert (world.machine.in_force, world.phase) == ("1.1.0", Phase.INSTALLED)
    started = world.program()
    assert started.starting() == ""
    started.confirm()
    assert (world.phase, world.machine.forgotten) == (Phase.CONFIRMED, ["1.0.0"])
    assert started.starting() == ""
    assert sorted(path.name for path in (world.till / FETCHED_FOLDER).iterdir()) == ["before-1.1.0-1.tukar"]


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9"])
def test_the_version_never_goes_down(world: World, version: str) -> None:
    world.offer(version)
    assert world.program().check(FolderFeed(world.release), PUBLIC) is None


def test_nothing_is_updated_while_anything_is_unsent(world: World) -> None:
    world.machine.unsent = "1 message that was not sent"
    with pytest.raises(UpdateRefused, match="1 message that was not sent"):
        world.apply()
    assert (world.machine.in_force, world.phase) == ("1.0.0", None)
    world.machine.unsent = ""
    world.apply()
    assert world.machine.in_force == "1.1.0"


def test_a_manifest_that_is_not_signed_as_it_must_be_changes_nothing(world: World) -> None:
    world.offer("1.1.0", key=new_keys()[0])
    with pytest.raises(UpdateRefused, match="not signed"):
        world.apply()
    with pytest.raises(UpdateRefused, match="update_key is not set"):
        world.program().check(FolderFeed(world.release), "")
    assert list(world.till.iterdir()) == []


def test_a_feed_without_a_manifest_or_without_our_package_is_named(world: World) -> None:
    world.offer("1.1.0", kind="setup")
    with pytest.raises(UpdateRefused, match="has no package for linux-x86_64, folder"):
        world.apply()
    (world.release / FILE).unlink()
    with pytest.raises(UpdateRefused, match="No such file"):
        world.apply()


@pytest.mark.parametrize("content", [b"the new progran", b"the new program and more", b""])
def test_another_file_than_the_manifest_s_is_not_installed(world: World, content: bytes) -> None:
    (world.release / NAME).write_bytes(content)
    with pytest.raises(UpdateRefused):
        world.apply()
    assert (world.machine.in_force, world.phase) == ("1.0.0", None)
    assert list((world.till / FETCHED_FOLDER).iterdir()) == []


def test_what_was_fetched_whole_is_not_fetched_again(world: World) -> None:
    world.machine.breaks["make_ready"] = InstallError("no room")
    with pytest.raises(UpdateRefused, match="No room"):
        world.apply()
    (world.release / NAME).unlink()
    del world.machine.breaks["make_ready"]
    world.apply()
    assert world.machine.in_force == "1.1.0"


@pytest.mark.parametrize("step", ["make_ready", "back_up"])
def test_without_a_way_back_nothing_is_begun(world: World, step: str) -> None:
    world.machine.breaks[step] = InstallError("the disk is full")
    with pytest.raises(UpdateRefused, match="The disk is full"):
        world.apply()
    assert (world.machine.in_force, world.phase) == ("1.0.0", None)


@pytest.mark.parametrize("step", ["install", "installed"])
def test_an_installation_that_fails_is_taken_back(world: World, step: str) -> None:
    world.machine.breaks[step] = InstallError("dpkg says no")
    with pytest.raises(RolledBack, match=r"1\.0\.0 is in force again, for dpkg says no"):
        world.apply()
    assert (world.machine.in_force, world.phase) == ("1.0.0", Phase.ROLLED_BACK)


def test_a_version_that_does_not_open_is_taken_back_and_not_tried_again_by_itself(world: World) -> None:
    world.machine.trial = "ImportError"
    with pytest.raises(RolledBack, match=r"version 1\.1\.0 did not open: ImportError"):
        world.apply()
    assert world.machine.in_force == "1.0.0"
    assert [path.name for path in world.machine.put_back] == ["before-1.1.0-1.tukar"]
    program = world.program()
    offer = program.check(FolderFeed(world.release), PUBLIC)
    assert offer is not None
    assert "ImportError" in program.failed_before(offer)
    world.offer("1.1.1")
    later = program.check(FolderFeed(world.release), PUBLIC)
    assert later is not None
    assert program.failed_before(later) == ""


@pytest.mark.parametrize("step", ["install", "installed"])
@pytest.mark.parametrize("running", ["1.0.0", "1.1.0"])
def test_an_interrupted_update_is_rolled_back_at_the_next_start(world: World, step: str, running: str) -> None:
    world.machine.breaks[step] = PowerCutError()
    with power_cut():
        world.apply()
    world.machine.breaks.clear()
    started = world.program(running)
    assert "it was interrupted" in started.starting()
    assert (world.machine.in_force, world.phase) == ("1.0.0", Phase.ROLLED_BACK)
    assert started.is_other_in_force == (running == "1.1.0")
    assert world.program().starting() == ""
    world.apply()
    assert world.machine.in_force == "1.1.0"


def test_a_cut_while_going_back_goes_back_at_the_next_start(world: World) -> None:
    world.machine.trial = "no window"
    world.machine.breaks["go_back"] = PowerCutError()
    with power_cut():
        world.apply()
    world.machine.breaks.clear()
    assert "1.0.0 is in force again" in world.program().starting()


def test_a_version_whose_starts_come_to_no_window_is_taken_back(world: World) -> None:
    world.apply()
    for _ in range(STARTS_AT_MOST):
        assert world.program().starting() == ""
    last = world.program()
    assert f"came to no window in {STARTS_AT_MOST} starts" in last.starting()
    assert (world.machine.in_force, last.is_other_in_force) == ("1.0.0", True)


def test_a_person_may_take_an_update_back_until_it_was_confirmed(world: World) -> None:
    with pytest.raises(UpdateRefused, match="no update to take back"):
        world.program().back()
    world.apply()
    with pytest.raises(RolledBack):
        world.program().back()
    assert world.machine.in_force == "1.0.0"


def test_no_way_back_is_said_and_tried_again(world: World) -> None:
    world.machine.breaks["install"] = InstallError("the disk is full")
    world.machine.breaks["go_back"] = InstallError("no such file")
    with pytest.raises(StuckBetween, match="did not come back: no such file"):
        world.apply()
    assert world.phase is Phase.INSTALLING
    world.machine.breaks.clear()
    assert "in force again" in world.program().recover()


def test_a_spoilt_record_stops_no_start(world: World) -> None:
    for spoilt in ("", "[]", '{"phase": "dancing"}', '{"phase": "installed", "more": 1}'):
        (world.till / "update.json").write_text(spoilt)
        assert world.program().starting() == ""


def test_a_fetch_that_breaks_off_leaves_nothing(world: World) -> None:
    class Broken(FolderFeed):
        def into(self, name: str, target: Path, at_most: int, progress: Callable[[int], None]) -> None:
            target.write_bytes(b"the n")
            raise FeedError("the line broke")

    program, feed = world.program(), Broken(world.release)
    offer = program.check(feed, PUBLIC)
    assert offer is not None
    with pytest.raises(UpdateRefused, match="The line broke"):
        program.apply(offer, feed)
    assert list((world.till / FETCHED_FOLDER).iterdir()) == []
