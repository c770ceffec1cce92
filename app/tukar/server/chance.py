"""Where codes, nonces and ids of the backend come from; tests and the simulation hand in their own."""

import secrets
from typing import Final, Protocol

_READABLE: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody confuses when reading them out."""


class Chance(Protocol):
    """Unpredictable digits and bytes."""

    def digits(self, count: int) -> str: ...

    def letters(self, count: int) -> str: ...

    def bytes(self, count: int) -> bytes: ...


class SystemChance:
    """The operating system's generator."""

    def digits(self, count: int) -> str:
        return "".join(str(secrets.randbelow(10)) for _ in range(count))

    def letters(self, count: int) -> str:
        """Of an alphabet without look-alikes."""
        return "".join(secrets.choice(_READABLE) for _ in range(count))

    def bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)
