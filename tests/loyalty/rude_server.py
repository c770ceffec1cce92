"""A server that does to each request what a test says: answers, hangs, cuts, resets, dribbles."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Deed = Callable[[socket.socket], None]
"""What is done to a connection once the head of a request has come."""


def answer(
    body: bytes, status: str = "200 OK", kind: str = "application/json", *, keep: bool = False, extra: str = ""
) -> Deed:
    connection = "keep-alive" if keep else "close"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: {connection}\r\n"
    return raw(f"{head}{extra}\r\n".encode() + body)


def raw(data: bytes) -> Deed:
    return lambda connection: connection.sendall(data)


def cut(connection: socket.socket) -> None:
    """Closes without a word."""


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang(connection: socket.socket) -> None:
    """Says nothing until the client gives up."""
    while connection.recv(4096):
        pass


def dribble(connection: socket.socket) -> None:
    """A head that promises much, then a byte now and then until the client gives up."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    connection.settimeout(0.02)
    while True:
        connection.sendall(b" ")
        with suppress(TimeoutError):
            if not connection.recv(1):
                return


class RudeServer:
    """Plays ``deeds`` in turn, the last one for ever; ``requests`` holds the heads that came."""

    def __init__(self, deeds: list[Deed]) -> None:
        self.deeds = deeds
        self.requests: list[str] = []
        self.connections = 0
        self._context: ssl.SSLContext | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._meet, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def secure(self, context: ssl.SSLContext) -> None:
        """From now on it speaks TLS."""
        self._context = context

    def _meet(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
        with connection, suppress(OSError):
            while head := self._head_of(connection):
                self.requests.append(head)
                deed = self.deeds.pop(0) if len(self.deeds) > 1 else self.deeds[0]
                deed(connection)
                if deed in (cut, reset):
                    return

    @staticmethod
    def _head_of(connection: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            part = connection.recv(4096)
            if not part:
                return ""
            data += part
        head, _, rest = data.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
        while len(rest) < length:
            rest += connection.recv(4096)
        return (head + b"\r\n\r\n" + rest).decode()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@contextmanager
def rude_server(*deeds: Deed) -> Iterator[RudeServer]:
    server = RudeServer(list(deeds))
    try:
        yield server
    finally:
        server.close()
