import sys

import pytest

import system_packages
from system_packages import OFFSCREEN, WINDOW, loads, missing_libraries

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring what Qt needs")


def test_an_invisible_window_needs_less_than_a_real_one() -> None:
    assert OFFSCREEN.items() < WINDOW.items()


@linux
def test_only_what_the_loader_lacks_is_missing() -> None:
    missing = missing_libraries(OFFSCREEN, {"libGL.so.1", "libdbus-1.so.3"}.__contains__)
    assert set(missing) == OFFSCREEN.keys() - {"libGL.so.1", "libdbus-1.so.3"}


@linux
def test_a_package_is_named_once() -> None:
    """Two of the libraries come in one package."""
    assert len(set(WINDOW.values())) < len(WINDOW)
    missing = system_packages.missing_packages()
    assert len(missing) == len(set(missing))


@linux
def test_the_loader_knows_the_c_library() -> None:
    assert loads("libc.so.6")
    assert not loads("libnothing.so.6")


@linux
def test_the_command_installs_without_questions_when_nobody_can_answer() -> None:
    command = system_packages.install_command(["libegl1"])
    if command is None:
        pytest.skip("this machine has no apt, or nobody here may use it")
    assert command[-1] == "libegl1"
    assert "--yes" in command
    assert command[0] == "apt-get" or command[:2] == ["sudo", "--non-interactive"]
