"""Tenders as messages: money given for a bill, or back."""

from tukar.domain.money import Currency
from tukar.domain.tender import PaymentMode, Tender
from tukar.wire.amounts import (
    AmountText,
    Key,
    Moment,
    Word,
    moment_of,
    optional_amount,
    optional_money,
)
from tukar.wire.message import Message


class WireTender(Message):
    """One payment; ``given`` is left out where it is the amount."""

    tender_id: Key
    mode: PaymentMode
    amount: AmountText
    given: AmountText | None = None
    at: Moment
    rounding: AmountText | None = None
    reference: Word = ""
    label: Word = ""


def wire_tender(tender: Tender) -> WireTender:
    return WireTender(
        tender_id=tender.tender_id,
        mode=tender.mode,
        amount=tender.amount.decimal(),
        given=None if tender.given == tender.amount else tender.given.decimal(),
        at=tender.at,
        rounding=optional_amount(tender.rounding),
        reference=tender.reference,
        label=tender.label,
    )


def tender_of(message: WireTender, currency: Currency) -> Tender:
    amount = currency.money(message.amount)
    return Tender(
        tender_id=message.tender_id,
        mode=message.mode,
        amount=amount,
        given=amount if message.given is None else currency.money(message.given),
        at=moment_of(message.at),
        rounding=optional_money(message.rounding, currency),
        reference=message.reference,
        label=message.label,
    )
