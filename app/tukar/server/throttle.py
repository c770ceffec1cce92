"""How many requests a minute one till may send; in memory, because a restart may forgive."""

import threading
from typing import Final

from tukar.domain.redemption import Refusal
from tukar.server.refusing import Refused

WINDOW_SECONDS: Final = 60.0
REQUESTS_A_MINUTE: Final = 12_000
"""Far above what a cashier or a queue that is emptied needs; a till gone wild stops here."""


class Throttle:
    """Counts requests by caller in windows of a minute."""

    def __init__(self, at_most: int = REQUESTS_A_MINUTE) -> None:
        self._at_most = at_most
        self._window = -1
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def demand(self, caller: str, seconds: float) -> None:
        """Raises Refused(TOO_MANY_REQUESTS), with the wait, above the limit; ``seconds`` is the present."""
        window = int(seconds // WINDOW_SECONDS)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts[caller] = self._counts.get(caller, 0) + 1
        if count > self._at_most:
            raise Refused(Refusal.TOO_MANY_REQUESTS, wait=WINDOW_SECONDS - seconds % WINDOW_SECONDS)
