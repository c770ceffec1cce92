"""Tenders as messages: money given for a bill, or back."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.money import Currency
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
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


class WireValueTaken(Message):
    """The stored value that a tender spends."""

    redemption_id: Key
    holder: Key
    left: AmountText | None = None
    proof: Annotated[str, Meta(max_length=1200)] = ""

    def __repr__(self) -> str:
        return f"WireValueTaken(redemption_id={self.redemption_id!r})"


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
    value: WireValueTaken | None = None


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
        value=None if tender.value is None else _wire_value(tender.value),
    )


def _wire_value(value: ValueTaken) -> WireValueTaken:
    return WireValueTaken(
        redemption_id=value.redemption_id, holder=value.holder, left=optional_amount(value.left), proof=value.proof
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
        value=None if message.value is None else _value_of(message.value, currency),
    )


def _value_of(message: WireValueTaken, currency: Currency) -> ValueTaken:
    return ValueTaken(message.redemption_id, message.holder, optional_money(message.left, currency), message.proof)
