"""The buyer's tax number at rest: the field that holds it on a bill holds its seal on this disk (security.md).

What was sealed with a key that is gone reads as no number: the bill is whole without it, and a sale never fails for it.
"""

from base64 import b64decode, b64encode
from dataclasses import replace

from tukar.domain.bill import Bill
from tukar.domain.receipt import Receipt
from tukar.local.outbox import Seal, SealBrokenError
from tukar.till.ports import DiskTrouble


def bill_at_rest(bill: Bill, seal: Seal) -> Bill:
    """As it is written down. Where the key store does not answer, without the number."""
    return replace(bill, buyer_tax_number=_sealed(bill.buyer_tax_number, seal)) if bill.buyer_tax_number else bill


def bill_in_hand(bill: Bill, seal: Seal) -> Bill:
    """As it was before it was written down."""
    return replace(bill, buyer_tax_number=_opened(bill.buyer_tax_number, seal)) if bill.buyer_tax_number else bill


def receipt_at_rest(receipt: Receipt, seal: Seal) -> Receipt:
    """As it is written down. Where the key store does not answer, without the number."""
    number = receipt.buyer_tax_number
    return replace(receipt, buyer_tax_number=_sealed(number, seal)) if number else receipt


def receipt_in_hand(receipt: Receipt, seal: Seal) -> Receipt:
    """As it was before it was written down."""
    number = receipt.buyer_tax_number
    return replace(receipt, buyer_tax_number=_opened(number, seal)) if number else receipt


def _sealed(number: str, seal: Seal) -> str:
    try:
        return b64encode(seal.seal(number)).decode()
    except DiskTrouble:
        return ""


def _opened(text: str, seal: Seal) -> str:
    try:
        return seal.open(b64decode(text, validate=True))
    except (SealBrokenError, ValueError, DiskTrouble):
        return ""
