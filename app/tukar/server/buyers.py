"""The buyer's tax number: sealed in every bill that is stored, whole only for a till (security.md, "Personal data").

The field that holds it in the message holds its seal in the stored body, bound to the bill. What bills are told apart
by knows it only as a keyed hash: an open one would give a citizen's number away to whoever tries them all.
"""

from msgspec.structs import replace

from tukar.domain.people import masked
from tukar.domain.redemption import Refusal
from tukar.domain.tax_number import LETTERS_AT_MOST
from tukar.server.call import Call
from tukar.server.keys import SealBrokenError
from tukar.server.refusing import Refused
from tukar.wire.bills import WireBill
from tukar.wire.receipts import WireReceipt

_NONCE_BYTES = 12


def receipt_at_rest(call: Call, message: WireReceipt) -> WireReceipt:
    number = message.buyer_tax_number
    return replace(message, buyer_tax_number=_sealed(call, message.bill_id, number)) if number else message


def receipt_for_a_till(call: Call, message: WireReceipt) -> WireReceipt:
    """As the till sent it: it prints the number on what it makes of the bill."""
    number = message.buyer_tax_number
    return replace(message, buyer_tax_number=_opened(call, message.bill_id, number)) if number else message


def receipt_for_eyes(call: Call, message: WireReceipt) -> WireReceipt:
    """With the last four signs of the number."""
    whole = receipt_for_a_till(call, message)
    return replace(whole, buyer_tax_number=masked(whole.buyer_tax_number))


def receipt_to_compare(call: Call, message: WireReceipt) -> WireReceipt:
    """Equal for equal bills of one shop, and of no use to find the number by."""
    number = message.buyer_tax_number
    if not number:
        return message
    mac = call.equipment.keys.mac("lookup", "buyer", call.shop_id, message.bill_id, number)
    return replace(message, buyer_tax_number=mac)


def bill_at_rest(call: Call, message: WireBill) -> WireBill:
    number = message.buyer_tax_number
    return replace(message, buyer_tax_number=_sealed(call, message.bill_id, number)) if number else message


def bill_for_a_till(call: Call, message: WireBill) -> WireBill:
    number = message.buyer_tax_number
    return replace(message, buyer_tax_number=_opened(call, message.bill_id, number)) if number else message


def bill_to_compare(call: Call, message: WireBill) -> WireBill:
    """As ``receipt_to_compare``."""
    number = message.buyer_tax_number
    if not number:
        return message
    return replace(message, buyer_tax_number=call.equipment.keys.mac("lookup", "buyer", call.shop_id, number))


def _sealed(call: Call, bill_id: str, number: str) -> str:
    if len(number) > LETTERS_AT_MOST:
        raise Refused(Refusal.BAD_REQUEST, "no tax number is that long")
    nonce = call.equipment.chance.bytes(_NONCE_BYTES)
    return call.equipment.keys.seal(number, f"buyer/{call.shop_id}/{bill_id}", nonce)


def _opened(call: Call, bill_id: str, text: str) -> str:
    try:
        return call.equipment.keys.unseal(text, f"buyer/{call.shop_id}/{bill_id}")
    except SealBrokenError:
        return ""
