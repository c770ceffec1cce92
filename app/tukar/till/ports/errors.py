"""The three ways in which what is outside says no: refused, unreachable, and a disk in trouble."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tukar.domain.points import Points
    from tukar.domain.redemption import Refusal


class Refused(Exception):
    """The backend understood and said no.

    ``points`` is what there is instead, ``wait`` seconds until it makes sense to ask again, ``tries_left`` the tries
    a code has left; ``rules`` are those of which others have used up too much; ``detail`` is for the engineer, never
    for the screen.
    """

    def __init__(
        self,
        refusal: Refusal,
        *,
        points: Points | None = None,
        wait: float | None = None,
        tries_left: int | None = None,
        detail: str = "",
        rules: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{refusal}: {detail}" if detail else str(refusal))
        self.refusal = refusal
        self.points = points
        self.wait = wait
        self.tries_left = tries_left
        self.rules = rules
        self.detail = detail


class Trouble(StrEnum):
    """What kept an answer from coming, in the engineer's words."""

    NO_CONNECTION = "no_connection"
    TIMED_OUT = "timed_out"
    BROKEN_ANSWER = "broken_answer"
    SERVER_FAULT = "server_fault"
    UNTRUSTED = "untrusted"


class Unreachable(Exception):
    """No usable answer came. What was asked may or may not have happened: unknown, never failed.

    ``sent`` is False only when the request certainly never left, so that nothing can have happened.
    """

    def __init__(self, trouble: Trouble, *, sent: bool = True, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble
        self.sent = sent
        self.detail = detail


class DiskTroubleKind(StrEnum):
    """What is wrong with the disk."""

    FULL = "full"
    READ_ONLY = "read_only"
    IN_USE = "in_use"
    DAMAGED = "damaged"
    FAILED = "failed"
    NO_KEY_STORE = "no_key_store"
    """The system has no place for secrets: somebody chooses another one by name (security.md, "Token")."""


class DiskTrouble(Exception):
    """The till's own disk did not do as asked; what was to be written is not written."""

    def __init__(self, kind: DiskTroubleKind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail


class StaleRowError(RuntimeError):
    """A guarded update found the row in another state than expected; nothing was changed."""
