"""The loyalty backend as a child process on a free port, which ends when this program does (architecture.md).

The child is ``tukar serve --child``. It says in lines of JSON which codes its tills may enrol with, when it is ready,
and, in the demo, what was sent to customers; it ends when its standard input is closed, however this program ended. So
a one-time code of the demo reaches neither a disk nor the network.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 8.0

Heard = Callable[[str, str], None]
"""A customer's number, and what was sent to it; called on a thread of its own."""


class BackendDidNotStartError(RuntimeError):
    """The child ended or kept silent before it was ready; its own words went to standard error."""


class BackendProcess:
    """A backend of this program's own; ``folder`` holds its database and keys.

    ``demo`` loads the demo shop where there is none yet; ``hear`` gets every message to a customer, and only the demo
    has such. ``address`` is where it listens. Raises BackendDidNotStartError.
    """

    def __init__(self, folder: Path, *, demo: bool = False, hear: Heard = lambda _to, _text: None) -> None:
        self._hear = hear
        self._ready: Future[str] = Future()
        self._codes: Mapping[str, str] = MappingProxyType({})
        command = [*this_program(), "serve", "--child", str(folder), "--port", "0"]
        # Ctrl+C is for this program, which then ends its child in order: hence a session of the child's own.
        self._process = subprocess.Popen(  # noqa: S603 - ourselves, and a folder of ours
            [*command, "--demo"] if demo else command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="tukar-backend", daemon=True)
        self._reader.start()
        try:
            self.address = self._ready.result(READY_SECONDS)
        except (NotYetError, BackendDidNotStartError) as silence:
            self.close()
            raise BackendDidNotStartError("the backend did not start") from silence

    @property
    def codes(self) -> Mapping[str, str]:
        """What each till may enrol with for the next ten minutes, by till id; only with ``demo``."""
        return self._codes

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        """Lets the child end in order, and ends it where it does not; safe to call twice."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - told to the type checker; it was asked to be a pipe
        with self._process.stdout as lines:
            for line in lines:
                self._understand(json.loads(line))
        if not self._ready.done():
            self._ready.set_exception(BackendDidNotStartError())

    def _understand(self, told: Mapping[str, Any]) -> None:
        if codes := told.get("codes"):
            self._codes = MappingProxyType(dict(codes))
        if ready := told.get("ready"):
            self._ready.set_result(f"http://{ready['host']}:{ready['port']}")
        if message := told.get("message"):
            self._hear(message["to"], message["text"])


def this_program() -> list[str]:
    """A frozen program is tukar itself; otherwise Python runs the package."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "tukar"]
