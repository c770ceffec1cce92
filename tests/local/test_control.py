import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tukar.local.control import KEY_FILE, SOCKET_FILE, ControlServer, NoTillRunningError, QuestionError, ask_running


def doctor(with_what: Mapping[str, str]) -> Any:
    if with_what.get("file") == "bad":
        raise QuestionError("that file is there already")
    return {"asked": dict(with_what), "findings": []}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ControlServer]:
    running = ControlServer(tmp_path, {"doctor": doctor})
    yield running
    running.close()


@pytest.mark.usefixtures("server")
def test_a_running_till_answers(tmp_path: Path) -> None:
    for number in ("1", "2"):
        assert ask_running(tmp_path, "doctor", {"n": number}) == {"asked": {"n": number}, "findings": []}


@pytest.mark.usefixtures("server")
def test_what_it_cannot_do_it_says_in_words(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="that file is there already"):
        ask_running(tmp_path, "doctor", {"file": "bad"})
    with pytest.raises(QuestionError, match="does not know"):
        ask_running(tmp_path, "dance")


@pytest.mark.usefixtures("server")
def test_whoever_has_not_the_key_is_not_answered_and_others_still_are(tmp_path: Path) -> None:
    key = (tmp_path / KEY_FILE).read_bytes()
    (tmp_path / KEY_FILE).write_bytes(b"another key")
    with pytest.raises(QuestionError, match="cannot be asked"):
        ask_running(tmp_path, "doctor")
    (tmp_path / KEY_FILE).write_bytes(key)
    assert ask_running(tmp_path, "doctor")["findings"] == []


@pytest.mark.usefixtures("server")
def test_only_the_owner_may_use_it(tmp_path: Path) -> None:
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o077 == 0


def test_where_no_till_runs_a_command_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NoTillRunningError):
        ask_running(tmp_path, "doctor")
    ControlServer(tmp_path, {"doctor": doctor}).close()
    with pytest.raises(NoTillRunningError):
        ask_running(tmp_path, "doctor")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows ends with its program")
def test_what_a_killed_till_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    ControlServer(tmp_path, {}).close()
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(tmp_path / SOCKET_FILE))
    with pytest.raises(NoTillRunningError):
        ask_running(tmp_path, "doctor")
    server = ControlServer(tmp_path, {"doctor": doctor})
    assert ask_running(tmp_path, "doctor")["findings"] == []
    server.close()


def test_a_folder_with_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    server = ControlServer(folder, {"doctor": doctor})
    assert ask_running(folder, "doctor")["findings"] == []
    server.close()


def test_a_till_that_hangs_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    hung = threading.Event()

    def hang(_: Mapping[str, str]) -> None:
        hung.wait(10)

    server = ControlServer(tmp_path, {"doctor": hang})
    with pytest.raises(QuestionError, match="does not answer"):
        ask_running(tmp_path, "doctor", seconds=0.1)
    hung.set()
    server.close()


def test_a_command_cannot_end_it(tmp_path: Path) -> None:
    server = ControlServer(tmp_path, {"doctor": doctor})
    with pytest.raises(QuestionError):
        ask_running(tmp_path, "close")
    assert ask_running(tmp_path, "doctor")["findings"] == []
    server.close()


def test_closing_ends_its_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    ControlServer(tmp_path, {}).close()
    assert threading.active_count() == before
