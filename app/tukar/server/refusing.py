"""How the backend says no: a refusal with its figures, and the HTTP status it goes with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.wire.redemptions import WireRefusal


class Refused(Exception):
    """The message is understood and refused, and leaves nothing behind.

    An operation that must remember something beside its refusal returns ``refusal`` in place of raising.
    """

    def __init__(
        self,
        refusal: Refusal,
        detail: str = "",
        *,
        points: Points | None = None,
        wait: float | None = None,
        tries_left: int | None = None,
        rules: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{refusal}: {detail}" if detail else str(refusal))
        self.refusal = WireRefusal(
            refusal=refusal,
            points=None if points is None else points.decimal(),
            wait=wait,
            tries_left=tries_left,
            detail=detail[:1000],
            rules=rules,
        )


CONFLICT: Final = 409
STATUS: Final[Mapping[Refusal, int]] = MappingProxyType(
    {
        Refusal.BAD_REQUEST: 400,
        Refusal.NOT_SIGNED_IN: 401,
        Refusal.ENROLMENT_CODE: 403,
        Refusal.NOT_ALLOWED: 403,
        Refusal.REVOKED: 403,
        Refusal.UNKNOWN_BILL: 404,
        Refusal.UNKNOWN_MEMBER: 404,
        Refusal.UNKNOWN_REDEMPTION: 404,
        Refusal.UNKNOWN_REQUEST: 404,
        Refusal.UNKNOWN_CARD: 404,
        Refusal.NOT_SUPPORTED: 404,
        Refusal.OUTDATED: 426,
        Refusal.RESEND_TOO_EARLY: 429,
        Refusal.TOO_MANY_CODES: 429,
        Refusal.TOO_MANY_REQUESTS: 429,
    }
)
"""Whatever is not named here is a conflict with what stands: 409."""


def status_of(refusal: Refusal) -> int:
    return STATUS.get(refusal, CONFLICT)
