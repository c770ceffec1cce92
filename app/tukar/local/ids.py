"""Ids that sort by the time of their making and never repeat: UUIDs of version 7 (RFC 9562)."""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

_COUNTER_BITS: Final = 12
_COUNTER_START_BITS: Final = 11


class UuidV7:
    """``ports.Ids``; monotonic within this program, also when the clock goes back. Threads may share it.

    ``millis`` gives the wall clock in milliseconds, ``random_bits`` that many bits of chance.
    """

    def __init__(
        self,
        millis: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        random_bits: Callable[[int], int] = secrets.randbits,
    ) -> None:
        self._millis = millis
        self._random_bits = random_bits
        self._lock = threading.Lock()
        self._last = -1
        self._counter = 0

    def new(self) -> str:
        with self._lock:
            at, counter = self._next()
        high = at << 16 | 0x7000 | counter
        low = 0b10 << 62 | self._random_bits(62)
        digits = f"{high << 64 | low:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def _next(self) -> tuple[int, int]:
        now = self._millis()
        if now > self._last:
            # Half of the counter stays free, so that a millisecond has room for 2,048 ids at least.
            self._last, self._counter = now, self._random_bits(_COUNTER_START_BITS)
        else:
            self._counter += 1
            if self._counter >> _COUNTER_BITS:
                self._last, self._counter = self._last + 1, 0
        return self._last & (1 << 48) - 1, self._counter
