"""A manager's session, and what they decide, as messages."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.people import Role
from tukar.wire.amounts import Key, Seconds, Word
from tukar.wire.message import Message


class WireSignIn(Message):
    """A manager's own PIN."""

    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]

    def __repr__(self) -> str:
        return f"WireSignIn(staff_id={self.staff_id!r})"


class WireSession(Message):
    """A session that a manager's PIN opened; ``token`` goes into the header ``Tukar-Manager`` of what they ask.

    Opened again under the same id by the same person on the same till it is the same one.
    """

    token: Annotated[str, Meta(max_length=400)]
    staff_id: Key
    name: Word
    role: Role
    expires_in: Seconds

    def __repr__(self) -> str:
        return f"WireSession(staff_id={self.staff_id!r})"


class WireSessionEnd(Message):
    """The manager leaves."""


class WireDone(Message):
    """It is so, whether or not it was so before."""
