"""The backend's secrets, all drawn from one root key that lives outside the database (security.md).

A stolen database alone gives neither codes (HMAC with a key that is not in it) nor numbers (AES-GCM) nor tokens.
"""

import base64
import hashlib
import hmac
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ROOT_BYTES: Final = 32
NONCE_BYTES: Final = 12


class SealBrokenError(ValueError):
    """What was sealed was changed, or sealed with another key or for another purpose."""


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError when the text is not base64."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


class Keys:
    """Macs and seals, each purpose with a key of its own."""

    def __init__(self, root: bytes) -> None:
        if len(root) < ROOT_BYTES:
            raise ValueError(f"a root key has at least {ROOT_BYTES} bytes")
        self._root = root
        self._of: dict[str, bytes] = {}
        self._macs: dict[str, hmac.HMAC] = {}
        self._seal = AESGCM(self._key("seal"))

    def _key(self, purpose: str) -> bytes:
        if purpose not in self._of:
            self._of[purpose] = hmac.digest(self._root, b"tukar " + purpose.encode(), "sha256")
        return self._of[purpose]

    def mac(self, purpose: str, *parts: str) -> str:
        """A MAC over all parts; their lengths count, so that no two lists of parts share one."""
        mac = self._begun(purpose).copy()
        for part in map(str.encode, parts):
            mac.update(len(part).to_bytes(4, "big") + part)
        return encoded(mac.digest())

    def _begun(self, purpose: str) -> hmac.HMAC:
        """A MAC of nothing yet, with the key of that purpose worked in."""
        begun = self._macs.get(purpose)
        if begun is None:
            begun = self._macs[purpose] = hmac.new(self._key(purpose), digestmod="sha256")
        return begun

    def is_mac(self, given: str, purpose: str, *parts: str) -> bool:
        """Compares in constant time."""
        return hmac.compare_digest(given.encode(), self.mac(purpose, *parts).encode())

    def seal(self, plain: str, about: str, nonce: bytes) -> str:
        """AES-GCM; ``about`` binds the seal to its row."""
        return encoded(nonce + self._seal.encrypt(nonce, plain.encode(), about.encode()))

    def unseal(self, sealed: str, about: str) -> str:
        """Raises SealBrokenError when the seal was not made with this key, for this row."""
        try:
            data = decoded(sealed)
            return self._seal.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError) as trouble:
            raise SealBrokenError(about) from trouble


def content_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
