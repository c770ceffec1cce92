"""PINs and passwords against their stored argon2id hashes: slow on purpose, never on the window's thread."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_NOBODYS_HASH: Final = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQtMTIzNDU2$AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
"""Of no password at all: where there is no hash, looking takes as long and fails."""


class Argon2Check:
    """``ports.CredentialCheck``. The parameters are those that each hash was made with."""

    def matches(self, stored_hash: str, typed: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = self._hasher()
        try:
            return hasher.verify(stored_hash or _NOBODYS_HASH, typed)
        except (VerificationError, InvalidHashError):
            return False

    @staticmethod
    def _hasher() -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher()
