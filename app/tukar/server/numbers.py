"""Mobile and card numbers: read in any form people type, sealed at rest, found by a keyed hash (security.md)."""

from dataclasses import dataclass, field
from typing import Final

import phonenumbers

from tukar.domain.people import masked
from tukar.server.call import Call


def mobile_of(typed: str, country: str) -> str:
    """E.164, read with the country's habits; empty when it is no possible number."""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def card_of(typed: str) -> str:
    """A card's number without the blanks it is printed with."""
    return "".join(typed.split())


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """What a row keeps of a number."""

    sealed: str = ""
    lookup: str = ""
    mask: str = ""


NO_NUMBER: Final = SealedNumber()


def sealed(call: Call, kind: str, number: str, member_id: str) -> SealedNumber:
    if not number:
        return NO_NUMBER
    keys = call.equipment.keys
    nonce = call.equipment.chance.bytes(12)
    return SealedNumber(
        keys.seal(number, f"{kind}/{call.shop_id}/{member_id}", nonce), lookup(call, kind, number), masked(number)
    )


def lookup(call: Call, kind: str, number: str) -> str:
    """Equal for equal numbers of one shop, and of no use without the key."""
    return call.equipment.keys.mac("lookup", kind, call.shop_id, number)


def unsealed(call: Call, kind: str, text: str, member_id: str) -> str:
    return call.equipment.keys.unseal(text, f"{kind}/{call.shop_id}/{member_id}") if text else ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a member gets messages, and in which language."""

    mobile: str = field(repr=False)
    mask: str
    language: str
