"""The cable between a till and its backend, which a tour can pull out and put back: bytes are passed on, or nothing is.

A connection that is tried meanwhile is refused at once, as by a machine that is not there.
"""

import socket
import threading
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

_HERE: Final = "127.0.0.1"
_AT_ONCE: Final = 65_536
_WAITING: Final = 16


class Cable:
    """``address`` stays the same however often the cable is pulled."""

    def __init__(self, address: str) -> None:
        there = urlsplit(address)
        self._there = (there.hostname or _HERE, there.port or 80)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._ear = self._listen(0)
        self._port = self._ear.getsockname()[1]
        self.address = f"http://{_HERE}:{self._port}"

    def pull(self) -> None:
        """Nothing gets through any more, and what was on its way is lost."""
        _shut(self._ear)
        with self._lock:
            cut, self._open = self._open, set()
        for end in cut:
            _shut(end)

    def plug(self) -> None:
        """The line is there again."""
        self._ear = self._listen(self._port)

    def _listen(self, port: int) -> socket.socket:
        ear = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind((_HERE, port))
        ear.listen(_WAITING)
        threading.Thread(target=self._answer, args=(ear,), name="cable", daemon=True).start()
        return ear

    def _answer(self, ear: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = ear.accept()
                self._join(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._there)
        except OSError:
            _shut(near)
            return
        with self._lock:
            self._open |= {near, far}
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(one, other), name="cable", daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(_AT_ONCE):
                other.sendall(part)
        for end in (one, other):
            _shut(end)
        with self._lock:
            self._open -= {one, other}


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
