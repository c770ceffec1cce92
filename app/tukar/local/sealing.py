"""Numbers at rest: AES-GCM with a key that lives in the key store and not beside the data (security.md)."""

import secrets
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tukar.local.outbox import SealBrokenError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12
_FORM: Final = b"\x01"
"""The first byte of what is sealed: which form it has."""


class AesSeal:
    """``outbox.Seal``. ``key`` is asked for once, at the first use, because the key store may be slow."""

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    @cached_property
    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key())

    def seal(self, text: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORM + nonce + self._cipher.encrypt(nonce, text.encode(), _FORM)

    def open(self, sealed: bytes) -> str:
        from cryptography.exceptions import InvalidTag

        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, sealed[:1]).decode()
        except (InvalidTag, ValueError) as problem:
            raise SealBrokenError("sealed with another key") from problem
