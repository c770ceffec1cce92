"""The till's log: a few lines about each start, the line to the backend, and what went wrong, in its data folder.

Whoever looks after the till reads it, and the support bundle takes its end along. Every message is scrubbed on its way
(security.md, "Personal data"). Lines are written by a thread of their own, so that no window waits for a disk, and what
is logged before the first picture costs no import.
"""

import logging
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from time import gmtime
from typing import TYPE_CHECKING, Final

from tukar.till.scrubbing import scrubbed

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

LOG_FOLDER: Final = "log"
LOG_FILE: Final = "tukar.log"
FILE_BYTES: Final = 1024 * 1024
OLD_FILES: Final = 3
END_SECONDS: Final = 2.0
"""How long the last lines may take when the till is closed."""


class LogFile(logging.Handler):
    """Writes ``FOLDER/log/tukar.log``: ``file_bytes`` of it, and three older ones.

    Does nothing at all until there is a line. A disk that does not take the line loses it, and nothing else: the till
    sells without a log.
    """

    def __init__(self, folder: Path, file_bytes: int = FILE_BYTES) -> None:
        super().__init__(logging.INFO)
        self._file_bytes = file_bytes
        self._file = log_file(folder)
        self._lines: queue.SimpleQueue[logging.LogRecord | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        lines = Lines("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.setFormatter(lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Takes the line and returns at once; the lock of the handler is held meanwhile."""
        record.getMessage()  # whatever is wrong with its arguments is wrong here, and not in the thread
        kept = copy(record)
        kept.exc_text = None  # another handler's words for the trace, in which nothing is scrubbed
        self._lines.put(kept)
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="log", daemon=True)
            self._writer.start()

    def close(self) -> None:
        """Writes what waits, and lets the file go."""
        with self.lock or threading.RLock():
            writer, self._writer = self._writer, None
        if writer is not None:
            self._lines.put(None)
            writer.join(END_SECONDS)
        super().close()

    def _write(self) -> None:
        file: RotatingFileHandler | None = None
        try:
            for record in iter(self._lines.get, None):
                file = file or self._opened()
                if file is not None:
                    file.emit(record)
        finally:
            if file is not None:
                file.close()

    def _opened(self) -> "RotatingFileHandler | None":
        from logging.handlers import RotatingFileHandler

        class Quiet(RotatingFileHandler):
            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
                """A full disk is told to the cashier by the journal, which matters more."""

        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = Quiet(self._file, maxBytes=self._file_bytes, backupCount=OLD_FILES, encoding="utf-8")
        except OSError:
            return None
        file.setFormatter(self.formatter)
        return file


class Lines(logging.Formatter):
    """A line for each record in UTC, scrubbed; the trace of a bug below it."""

    converter = staticmethod(gmtime)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = scrubbed(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        return scrubbed(super().formatException(ei))  # type: ignore[arg-type]


def log_file(folder: Path) -> Path:
    """Where the newest lines of ``folder`` are."""
    return folder / LOG_FOLDER / LOG_FILE


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """While this lasts, everything of ``tukar`` from INFO on is kept in the log of ``folder`` and printed nowhere."""
    log, file = logging.getLogger("tukar"), LogFile(folder)
    before = log.level
    log.addHandler(file)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(file)
        log.setLevel(before)
        file.close()


def end_of_log(folder: Path, most: int) -> str:
    """The last ``most`` bytes of the log, from a whole line on; empty without a log. Raises OSError."""
    file = log_file(folder)
    try:
        with file.open("rb") as lines:
            size = lines.seek(0, 2)
            lines.seek(max(0, size - most))
            text = lines.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    return text if size <= most else text.partition("\n")[2]
