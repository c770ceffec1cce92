"""The sale in hand as messages: whole, with its items, for the till's drafts; slim, as a basket, for the backend."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from tukar.domain.bill import (
    Bill,
    BillLine,
    Claim,
    CustomerSource,
    HandDiscount,
    OfferKey,
    PriceOverride,
)
from tukar.domain.money import Currency, Quantity, UnitPrice
from tukar.wire.amounts import (
    AmountText,
    Code,
    CodeOrNone,
    Key,
    KeyOrNone,
    PointsText,
    PriceText,
    QuantityText,
    RateText,
    TaxNumber,
    Text,
    WireCurrency,
    Word,
    currency_of,
    optional_amount,
    optional_money,
    points_of,
    wire_currency,
)
from tukar.wire.catalogue import WireItem, item_of, wire_item
from tukar.wire.message import Message
from tukar.wire.people import WireAccount, WireSalesperson, account_of, salesperson_of, wire_account, wire_salesperson

LINES_AT_MOST = 5000
"""Far more than the longest real bill (675 lines), little enough to be priced in a moment."""


class WireOverride(Message):
    """Who answers for a price other than the catalogue's."""

    reason: Text
    actor: KeyOrNone
    approver: KeyOrNone = ""


class WireHandDiscount(Message):
    """A discount given by hand: a percentage, an amount off every piece, or one off the whole line."""

    percent: RateText | None = None
    each: AmountText | None = None
    reason: Text = ""
    actor: KeyOrNone = ""
    approver: KeyOrNone = ""
    whole: AmountText | None = None


class WireOfferKey(Message):
    """One reward of one rule."""

    rule_id: Key
    reward_id: KeyOrNone = ""


class WireClaim(Message):
    """A reward the cashier applied."""

    rule_id: Key
    reward_id: KeyOrNone = ""
    choice: CodeOrNone = ""
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    points: PointsText | None = None
    codes_before: Annotated[int, Meta(ge=0, le=100)] = 0
    """How many of ``codes`` were entered before it."""


Claims = Annotated[tuple[WireClaim, ...], Meta(max_length=100)]
OfferKeys = Annotated[tuple[WireOfferKey, ...], Meta(max_length=500)]
Codes = Annotated[tuple[Code, ...], Meta(max_length=100)]


class WireBasketLine(Message):
    """What the backend needs of a line: it knows the item itself."""

    line_id: Key
    sku: Code
    quantity: QuantityText
    unit_price: PriceText
    override: WireOverride | None = None
    discount: WireHandDiscount | None = None
    card: CodeOrNone = ""


class WireBasket(Message):
    """The bill as the backend reckons it from its own catalogue and rules."""

    bill_id: Key
    currency: WireCurrency
    lines: Annotated[tuple[WireBasketLine, ...], Meta(max_length=LINES_AT_MOST)] = ()
    member_id: KeyOrNone = ""
    claims: Claims = ()
    codes: Codes = ()
    switched_off: OfferKeys = ()
    declined: OfferKeys = ()
    price_list: Word = ""


class WireBillLine(Message):
    """A line with the item as it was when it went onto the bill."""

    line_id: Key
    item: WireItem
    quantity: QuantityText
    unit_price: PriceText
    override: WireOverride | None = None
    discount: WireHandDiscount | None = None
    card: CodeOrNone = ""
    salesperson_id: KeyOrNone = ""
    note: Text = ""


class WireBill(Message):
    """The whole bill in hand, as drafts keep it."""

    bill_id: Key
    currency: WireCurrency
    lines: Annotated[tuple[WireBillLine, ...], Meta(max_length=LINES_AT_MOST)] = ()
    customer: WireAccount | None = None
    customer_source: CustomerSource | None = None
    salesperson: WireSalesperson | None = None
    claims: Claims = ()
    codes: Codes = ()
    switched_off: OfferKeys = ()
    declined: OfferKeys = ()
    price_list: Word = ""
    note: Text = ""
    training: bool = False
    buyer_tax_number: TaxNumber = ""
    """Whoever stores it seals it there (security.md, "Personal data")."""


def wire_override(override: PriceOverride | None) -> WireOverride | None:
    if override is None:
        return None
    return WireOverride(reason=override.reason, actor=override.actor, approver=override.approver)


def override_of(message: WireOverride | None) -> PriceOverride | None:
    return None if message is None else PriceOverride(message.reason, message.actor, message.approver)


def wire_discount(discount: HandDiscount | None) -> WireHandDiscount | None:
    if discount is None:
        return None
    return WireHandDiscount(
        percent=None if discount.percent is None else format(discount.percent, "f"),
        each=optional_amount(discount.each),
        reason=discount.reason,
        actor=discount.actor,
        approver=discount.approver,
        whole=optional_amount(discount.whole),
    )


def discount_of(message: WireHandDiscount | None, currency: Currency) -> HandDiscount | None:
    if message is None:
        return None
    return HandDiscount(
        percent=None if message.percent is None else Decimal(message.percent),
        each=optional_money(message.each, currency),
        reason=message.reason,
        actor=message.actor,
        approver=message.approver,
        whole=optional_money(message.whole, currency),
    )


def wire_key(key: OfferKey) -> WireOfferKey:
    return WireOfferKey(rule_id=key.rule_id, reward_id=key.reward_id)


def key_of(message: WireOfferKey) -> OfferKey:
    return OfferKey(message.rule_id, message.reward_id)


def wire_keys(keys: frozenset[OfferKey]) -> tuple[WireOfferKey, ...]:
    """In one order whatever the set's, so that equal bills have equal bytes."""
    return tuple(wire_key(key) for key in sorted(keys, key=lambda key: (key.rule_id, key.reward_id)))


def wire_claim(claim: Claim) -> WireClaim:
    return WireClaim(
        rule_id=claim.key.rule_id,
        reward_id=claim.key.reward_id,
        choice=claim.choice,
        quantity=claim.quantity,
        points=None if claim.points is None else claim.points.decimal(),
        codes_before=claim.codes_before,
    )


def claim_of(message: WireClaim) -> Claim:
    return Claim(
        OfferKey(message.rule_id, message.reward_id),
        message.choice,
        message.quantity,
        None if message.points is None else points_of(message.points),
        message.codes_before,
    )


def wire_basket(bill: Bill) -> WireBasket:
    return WireBasket(
        bill_id=bill.bill_id,
        currency=wire_currency(bill.currency),
        lines=tuple(
            WireBasketLine(
                line_id=line.line_id,
                sku=line.item.sku,
                quantity=line.quantity.decimal(),
                unit_price=line.unit_price.decimal(),
                override=wire_override(line.override),
                discount=wire_discount(line.discount),
                card=line.card,
            )
            for line in bill.lines
        ),
        member_id="" if bill.customer is None else bill.customer.member_id,
        claims=tuple(map(wire_claim, bill.claims)),
        codes=bill.codes,
        switched_off=wire_keys(bill.switched_off),
        declined=wire_keys(bill.declined),
        price_list=bill.price_list,
    )


def _wire_line(line: BillLine) -> WireBillLine:
    return WireBillLine(
        line_id=line.line_id,
        item=wire_item(line.item),
        quantity=line.quantity.decimal(),
        unit_price=line.unit_price.decimal(),
        override=wire_override(line.override),
        discount=wire_discount(line.discount),
        card=line.card,
        salesperson_id=line.salesperson_id,
        note=line.note,
    )


def _line_of(message: WireBillLine, currency: Currency) -> BillLine:
    return BillLine(
        line_id=message.line_id,
        item=item_of(message.item, currency),
        quantity=Quantity.parse(message.quantity),
        unit_price=UnitPrice.parse(message.unit_price, currency),
        override=override_of(message.override),
        discount=discount_of(message.discount, currency),
        card=message.card,
        salesperson_id=message.salesperson_id,
        note=message.note,
    )


class LineMessages:
    """The lines of one bill after another as messages: a line that nobody changed is the message it was.

    A bill of 1,000 lines is written after each scan; made anew, its messages take ten times as long as their bytes.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[BillLine, WireBillLine]] = {}

    def of(self, bill: Bill) -> tuple[WireBillLine, ...]:
        before = self._known
        told = []
        for line in bill.lines:
            known = before.get(line.line_id)
            told.append(known if known is not None and known[0] is line else (line, _wire_line(line)))
        self._known = {one[0].line_id: one for one in told}
        return tuple(message for _, message in told)


def wire_bill(bill: Bill, lines: LineMessages | None = None) -> WireBill:
    """``lines`` lends what it wrote of the bill before."""
    return WireBill(
        bill_id=bill.bill_id,
        currency=wire_currency(bill.currency),
        lines=tuple(map(_wire_line, bill.lines)) if lines is None else lines.of(bill),
        customer=None if bill.customer is None else wire_account(bill.customer),
        customer_source=bill.customer_source,
        salesperson=None if bill.salesperson is None else wire_salesperson(bill.salesperson),
        claims=tuple(map(wire_claim, bill.claims)),
        codes=bill.codes,
        switched_off=wire_keys(bill.switched_off),
        declined=wire_keys(bill.declined),
        price_list=bill.price_list,
        note=bill.note,
        training=bill.training,
        buyer_tax_number=bill.buyer_tax_number,
    )


def bill_of(message: WireBill) -> Bill:
    currency = currency_of(message.currency)
    return Bill(
        bill_id=message.bill_id,
        currency=currency,
        lines=tuple(_line_of(line, currency) for line in message.lines),
        customer=None if message.customer is None else account_of(message.customer, currency),
        customer_source=message.customer_source,
        salesperson=None if message.salesperson is None else salesperson_of(message.salesperson),
        claims=tuple(map(claim_of, message.claims)),
        codes=message.codes,
        switched_off=frozenset(map(key_of, message.switched_off)),
        declined=frozenset(map(key_of, message.declined)),
        price_list=message.price_list,
        note=message.note,
        training=message.training,
        buyer_tax_number=message.buyer_tax_number,
    )
