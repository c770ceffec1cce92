"""The record that a hold emulated over a one-shot backend needs: what was sent, and what came of it."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from tukar.local.disk import disk_troubles


class Named(Protocol):
    """Whatever is written down has a reference."""

    @property
    def reference(self) -> str: ...


N = TypeVar("N", bound=Named)


class IntentLog(Generic[N]):
    """One line a change, each on the disk before ``put`` returns; the last line about a reference counts.

    ``to_fields`` and ``from_fields`` turn a value into plain JSON and back, for what is written down belongs to the
    connector. A line that was being written when the program ended is cut off. Raises DiskTrouble.
    """

    def __init__(
        self, path: Path, to_fields: Callable[[N], dict[str, str]], from_fields: Callable[[dict[str, str]], N]
    ) -> None:
        self._path = path
        self._to_fields = to_fields
        self._lock = threading.Lock()
        with disk_troubles(path):
            lines = _whole_lines(path)
        self._latest = {value.reference: value for value in (from_fields(json.loads(line)) for line in lines)}

    def find(self, reference: str) -> N | None:
        with self._lock:
            return self._latest.get(reference)

    def put(self, value: N) -> None:
        line = json.dumps(self._to_fields(value)) + "\n"
        with self._lock, disk_troubles(self._path):
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            self._latest[value.reference] = value


def _whole_lines(path: Path) -> list[bytes]:
    if not path.exists():
        return []
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)
    return content[:whole].splitlines()
