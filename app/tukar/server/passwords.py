"""PINs and passwords as argon2id hashes; slow on purpose, so never inside a transaction."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError


class Passwords:
    """Makes and checks hashes; the cost is handed in, cheap in tests only."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65536, parallelism: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)

        self._nobodys = self._hasher.hash("nobody has this")

    def hash(self, secret: str) -> str:
        return self._hasher.hash(secret) if secret else ""

    def matches(self, stored: str, typed: str) -> bool:
        """False too for a hash that is none: any doubt is a no."""
        try:
            return self._hasher.verify(stored, typed)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False

    def matches_or_waits(self, stored: str, typed: str) -> bool:
        """As ``matches``; where nothing is stored it takes as long, so that the time tells nobody who exists."""
        is_right = self.matches(stored or self._nobodys, typed)
        return is_right and bool(stored)
