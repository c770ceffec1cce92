"""Progress of a command for whoever waits for it: one line on standard error that is written over."""

import time
from collections.abc import Callable
from typing import Final, TextIO

EVERY_SECONDS: Final = 0.25
"""How often a person needs to see that it goes on."""
LOG_EVERY_SECONDS: Final = 10.0
"""How often a file or a pipe does."""


class ProgressLine:
    """Shows the latest words at most a few times a second; a stream that is no terminal gets whole lines, rarely."""

    def __init__(self, stream: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._now = now
        self._tty = stream.isatty()
        self._shown_at = float("-inf") if self._tty else now()
        self._width = 0

    def show(self, words: str) -> None:
        """Says ``words`` if it is time to."""
        now = self._now()
        if now - self._shown_at < (EVERY_SECONDS if self._tty else LOG_EVERY_SECONDS):
            return
        self._shown_at = now
        if self._tty:
            self._stream.write(f"\r{words.ljust(self._width)}")
            self._width = len(words)
        else:
            self._stream.write(f"{words}\n")
        self._stream.flush()

    def end(self) -> None:
        """Takes the line away, so that what follows stands on a clean one."""
        if self._tty and self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
        self._width = 0
