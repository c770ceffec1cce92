"""A backend that is built at its first call, away from the window.

``requests`` alone costs 100 ms to import (performance.md, "What the numbers say"): the window is painted first.
"""

import threading
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from tukar.domain.redemption import HOLD_SECONDS
from tukar.till.ports import Capabilities, LoyaltyBackend
from tukar.till.ports.reviewing import ApprovalsFromAfar, ManagerBackend

OUR_CAPABILITIES: Final = Capabilities(hold_seconds=HOLD_SECONDS, held_bills=True, stored_value=True)
"""What our own backend can do; known without asking it."""


class _Closes(Protocol):
    """Every backend."""

    def close(self) -> None: ...


class _LateBackend:
    """Hands every call on to the backend that ``build`` makes, once, on the thread of the first call."""

    def __init__(self, build: Callable[[], _Closes], capabilities: Capabilities) -> None:
        self.capabilities = capabilities
        self._build = build
        self._built: _Closes | None = None
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        def call(*arguments: object, **named: object) -> object:
            return getattr(self._backend(), name)(*arguments, **named)

        return call

    def close(self) -> None:
        """Closes the backend if there is one; nothing is built for it."""
        with self._lock:
            if self._built is not None:
                self._built.close()

    def _backend(self) -> _Closes:
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built


def late_backend(build: Callable[[], LoyaltyBackend], capabilities: Capabilities) -> LoyaltyBackend:
    """A backend of these ``capabilities`` whose first call, in the background, runs ``build``."""
    return cast("LoyaltyBackend", _LateBackend(build, capabilities))


def late_manager(build: Callable[[], ManagerBackend]) -> ManagerBackend:
    """The same for the backend as a manager uses it."""
    return cast("ManagerBackend", _LateBackend(build, Capabilities()))


def late_approvals(build: Callable[[], ApprovalsFromAfar]) -> ApprovalsFromAfar:
    """The same for the way to a manager elsewhere."""
    return cast("ApprovalsFromAfar", _LateBackend(build, Capabilities()))
