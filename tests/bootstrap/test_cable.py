"""The tour's cable: bytes pass, nothing passes while it is pulled, and its address stays."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from tukar.bootstrap.cable import Cable


@pytest.fixture
def cable() -> Iterator[Cable]:
    """Leads to somebody who says everything back."""
    ear = socket.create_server(("127.0.0.1", 0))

    def echo(end: socket.socket) -> None:
        with end:
            while part := end.recv(1024):
                end.sendall(part)

    def listen() -> None:
        try:
            while True:
                end, _ = ear.accept()
                threading.Thread(target=echo, args=(end,), daemon=True).start()
        except OSError:
            return

    threading.Thread(target=listen, daemon=True).start()
    made = Cable(f"http://127.0.0.1:{ear.getsockname()[1]}")
    yield made
    made.pull()
    ear.shutdown(socket.SHUT_RDWR)
    ear.close()


def connect(cable: Cable) -> socket.socket:
    host, _, port = cable.address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=5)


def test_what_is_said_comes_through(cable: Cable) -> None:
    with closing(connect(cable)) as end:
        end.sendall(b"hello")
        assert end.recv(1024) == b"hello"


def test_a_pulled_cable_ends_what_is_on_its_way_and_refuses_at_once(cable: Cable) -> None:
    with closing(connect(cable)) as end:
        end.sendall(b"x")
        assert end.recv(1024) == b"x"
        cable.pull()
        assert end.recv(1024) == b""
    with pytest.raises(OSError, match="refused"):
        connect(cable)


def test_plugged_in_again_it_is_where_it_was(cable: Cable) -> None:
    address = cable.address
    for _ in range(3):
        cable.pull()
        cable.plug()
        assert cable.address == address
        with closing(connect(cable)) as end:
            end.sendall(b"again")
            assert end.recv(1024) == b"again"
