"""How values of the till lie on its disk as JSON: the wire's form, and what only a till knows around it."""

from typing import Annotated

from msgspec import Meta

from tukar.domain.money import Currency
from tukar.till.ports import Draft, Enrolment, SetAside
from tukar.wire.amounts import AmountText, Count, Key, KeyOrNone, Moment, Word
from tukar.wire.bills import LineMessages, WireBill, bill_of, wire_bill
from tukar.wire.message import Message, read_answer, write
from tukar.wire.people import WireEnrolment
from tukar.wire.tenders import WireTender, tender_of, wire_tender


class StoredAside(Message):
    """How a bill was set aside."""

    held_id: Key
    at: Moment
    total: AmountText
    pieces: Count = 0
    cashier: Word = ""
    replaces: KeyOrNone = ""


class StoredDraft(Message):
    """A sale in hand: the bill without any discount, and the tenders taken so far."""

    bill: WireBill
    tenders: Annotated[tuple[WireTender, ...], Meta(max_length=100)] = ()
    at_payment: bool = False
    cashier_id: KeyOrNone = ""
    held: bool = False
    held_id: KeyOrNone = ""
    aside: StoredAside | None = None


def draft_to_json(draft: Draft, lines: LineMessages | None = None) -> str:
    """``lines`` lends what it wrote of the draft before."""
    message = StoredDraft(
        bill=wire_bill(draft.bill, lines),
        tenders=tuple(map(wire_tender, draft.tenders)),
        at_payment=draft.at_payment,
        cashier_id=draft.cashier_id,
        held=draft.held,
        held_id=draft.held_id,
        aside=None if draft.aside is None else _stored_aside(draft.aside),
    )
    return write(message).decode()


def draft_from_json(text: str) -> Draft:
    message = read_answer(text.encode(), StoredDraft)
    bill = bill_of(message.bill)
    tenders = tuple(tender_of(tender, bill.currency) for tender in message.tenders)
    aside = None if message.aside is None else _aside(message.aside, bill.currency)
    return Draft(
        bill, tenders, message.at_payment, message.cashier_id, message.held, held_id=message.held_id, aside=aside
    )


def _stored_aside(aside: SetAside) -> StoredAside:
    return StoredAside(
        held_id=aside.held_id,
        at=aside.at,
        total=aside.total.decimal(),
        pieces=aside.pieces,
        cashier=aside.cashier,
        replaces=aside.replaces,
    )


def _aside(message: StoredAside, currency: Currency) -> SetAside:
    total = currency.money(message.total)
    return SetAside(message.held_id, message.at, total, message.pieces, message.cashier, message.replaces)


def enrolment_to_json(enrolment: Enrolment) -> str:
    """The wire's message; the member's id is beside it, as in the wire's address."""
    message = WireEnrolment(
        name=enrolment.name, mobile=enrolment.mobile, consent_at=enrolment.consent_at, card=enrolment.card
    )
    return write(message).decode()


def enrolment_from_json(member_id: str, text: str) -> Enrolment:
    message = read_answer(text.encode(), WireEnrolment)
    return Enrolment(member_id, message.name, message.mobile, message.consent_at, message.card)
