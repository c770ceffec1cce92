"""How a device becomes a till: its own key, the code a manager gave it, and the token it gets."""

import base64
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tukar.loyalty import addresses
from tukar.loyalty.http import Http
from tukar.till.ports import ShopProfile, Trouble, Unreachable
from tukar.wire.message import read_answer, write
from tukar.wire.shop import WireTillEnrolment, WireTillToken, shop_of


@dataclass(frozen=True)
class DeviceKey:
    """The till's own Ed25519 key. ``text`` is what the key store keeps; make it before the first message goes out."""

    text: str = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        raw = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        )
        return cls(base64.b64encode(raw).decode())

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self.text))

    @property
    def public_text(self) -> str:
        raw = self._key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    def sign(self, body: bytes) -> str:
        """The signature of a body, in base64 for addresses without padding."""
        return base64.urlsafe_b64encode(self._key.sign(body)).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """Who the till is from now on, and its token."""

    token: str = field(repr=False)
    till_id: str
    till_epoch: int
    shop: ShopProfile


def enrol_till(http: Http, device_id: str, code: str, key: DeviceKey, name: str = "") -> EnrolledTill:
    """Makes this device a till. Asked again with the same key it gets the same answer, so a lost one costs nothing.

    Raises Refused(ENROLMENT_CODE) when the code is wrong, too old or used by another device, and Unreachable.
    """
    message = WireTillEnrolment(code=code.strip(), public_key=key.public_text, name=name)
    body = http.ask(addresses.put(*addresses.device(device_id), body=write(message)))
    try:
        told = read_answer(body, WireTillToken)
    except ValueError as mistake:
        raise Unreachable(Trouble.BROKEN_ANSWER, detail=str(mistake)) from mistake
    return EnrolledTill(told.token, told.till_id, told.till_epoch, shop_of(told.shop))
