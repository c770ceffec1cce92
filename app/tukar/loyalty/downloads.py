"""Plain files over https, such as an update and its manifest: by the same proxy and with the same trust as the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import requests

from tukar.loyalty.http import Endpoint, line_troubles, open_session
from tukar.loyalty.sockets import OpenSockets
from tukar.till.ports import Trouble, Unreachable

_CHUNK: Final = 256 * 1024


class Downloads:
    """Files below one address. Every call blocks, and raises Unreachable and nothing else but what a disk raises."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._sockets = OpenSockets()

    def small(self, name: str, at_most: int) -> bytes:
        """A file whole; one that is larger than ``at_most`` bytes is refused."""
        parts: list[bytes] = []
        self._read(name, at_most, parts.append)
        return b"".join(parts)

    def into(self, name: str, target: Path, at_most: int, progress: Callable[[int], None]) -> None:
        """A file of at most so many bytes, chunk by chunk; ``progress`` hears how many are there."""
        with target.open("wb") as file:

            def write(part: bytes) -> None:
                file.write(part)
                progress(file.tell())

            self._read(name, at_most, write)

    def close(self) -> None:
        """Ends what is on its way."""
        self._sockets.close_all()

    def _read(self, name: str, at_most: int, take: Callable[[bytes], object]) -> None:
        size = 0
        with self._opened(name) as response:
            while True:
                with line_troubles():
                    part = response.raw.read1(_CHUNK, decode_content=False)
                if not part:
                    break
                size += len(part)
                if size > at_most:
                    raise Unreachable(Trouble.BROKEN_ANSWER, detail=f"{name} is larger than it may be")
                take(part)
            expected = response.headers.get("Content-Length", str(size))
        if expected != str(size):
            raise Unreachable(Trouble.BROKEN_ANSWER, detail=f"{name} ended too early")

    @contextmanager
    def _opened(self, name: str) -> Iterator[requests.Response]:
        with open_session(self._endpoint, self._sockets) as session:
            with line_troubles():
                response = session.get(
                    f"{self._endpoint.address.rstrip('/')}/{name}",
                    headers={"Accept-Encoding": "identity"},
                    timeout=(self._endpoint.connect_seconds, self._endpoint.read_seconds),
                    allow_redirects=False,
                    stream=True,
                )
            with response:
                if response.status_code != requests.codes.ok:
                    raise Unreachable(Trouble.BROKEN_ANSWER, detail=f"{name}: status {response.status_code}")
                yield response
