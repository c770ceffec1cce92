"""The saved bill as a message; ``tenders`` and ``bill_answers`` have its payments and what the backend says to it."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import CustomerSource, OfferKey
from tukar.domain.money import Currency, Quantity, UnitPrice
from tukar.domain.pricing.result import PointsMoved, TaxAmount
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptOffer,
    ReceiptPoints,
    ReceiptRedemption,
)
from tukar.wire.amounts import (
    AmountText,
    Code,
    CodeOrNone,
    Key,
    KeyOrNone,
    Moment,
    PointsText,
    PriceText,
    QuantityText,
    RateText,
    TaxNumber,
    Text,
    Version,
    WireCurrency,
    WireName,
    Word,
    currency_of,
    moment_of,
    name_of,
    points_of,
    wire_currency,
    wire_name,
)
from tukar.wire.bills import (
    LINES_AT_MOST,
    Claims,
    Codes,
    OfferKeys,
    WireHandDiscount,
    WireOverride,
    claim_of,
    discount_of,
    key_of,
    override_of,
    wire_claim,
    wire_discount,
    wire_key,
    wire_override,
)
from tukar.wire.catalogue import WireTax, tax_of, wire_tax
from tukar.wire.coupons import WireCouponGiven, coupon_of, wire_coupon
from tukar.wire.message import Message, read_answer, write
from tukar.wire.people import WireExpiring, expiring_of, wire_expiring
from tukar.wire.tenders import WireTender, tender_of, wire_tender


class WireLineDiscount(Message):
    """What one promotion took off one line."""

    rule_id: Key
    reward_id: KeyOrNone = ""
    name: WireName
    amount: AmountText


class WireReceiptLine(Message):
    """One line as sold or taken back."""

    line_id: Key
    sku: Code
    name: Annotated[str, Meta(max_length=300, pattern=r"^[^\x00]*$")]
    quantity: QuantityText
    unit_price: PriceText
    gross: AmountText
    net: AmountText
    discounts: Annotated[tuple[WireLineDiscount, ...], Meta(max_length=100)] = ()
    taxes: Annotated[tuple[WireTax, ...], Meta(max_length=8)] = ()
    override: WireOverride | None = None
    hand_discount: WireHandDiscount | None = None
    salesperson_id: KeyOrNone = ""
    card: CodeOrNone = ""
    note: Text = ""
    free: bool = False


class WireTaxAmount(Message):
    """The tax of one group of lines."""

    group: Word
    name: Word = ""
    rates: Annotated[tuple[RateText, ...], Meta(max_length=8)] = ()
    included: bool = True
    base: AmountText
    amount: AmountText


class WireReceiptRedemption(Message):
    """Points given for this bill, with the backend's proof of the hold; without a programme limits only."""

    redemption_id: Key
    programme_id: KeyOrNone
    points: PointsText
    amount: AmountText
    proof: Annotated[str, Meta(max_length=1200, pattern=r"^[\x21-\x7e]*$")] = ""
    approver: KeyOrNone = ""
    """Who said yes to points that were taken without the backend."""


class WireReceiptPoints(Message):
    """A programme's figures at the foot of the receipt."""

    programme_id: Key
    name: WireName
    before: PointsText | None = None
    spent: PointsText
    earned: PointsText
    expiring: WireExpiring | None = None


class WireReceiptCustomer(Message):
    """Who bought."""

    member_id: Key
    name: Word
    masked_mobile: Word = ""
    tier: Word = ""
    source: CustomerSource | None = None


class WireOfferMade(Message):
    """What became of an offer."""

    rule_id: Key
    reward_id: KeyOrNone = ""
    outcome: PromotionOutcome
    note: Word = ""


class WirePointsMoved(Message):
    """Points of one programme."""

    programme_id: Key
    points: PointsText


class WireReceipt(Message):
    """A saved, paid bill."""

    bill_id: Key
    number: Annotated[str, Meta(max_length=48)]
    kind: ReceiptKind
    currency: WireCurrency
    shop_name: Word
    cashier_id: KeyOrNone
    cashier_name: Word
    at: Moment
    lines: Annotated[tuple[WireReceiptLine, ...], Meta(max_length=LINES_AT_MOST)]
    before: AmountText
    discount: AmountText
    total: AmountText
    untaxed: AmountText
    tax: AmountText
    taxes: Annotated[tuple[WireTaxAmount, ...], Meta(max_length=50)] = ()
    tenders: Annotated[tuple[WireTender, ...], Meta(max_length=100)] = ()
    customer: WireReceiptCustomer | None = None
    salesperson_id: KeyOrNone = ""
    salesperson_name: Word = ""
    redemptions: Annotated[tuple[WireReceiptRedemption, ...], Meta(max_length=50)] = ()
    points: Annotated[tuple[WireReceiptPoints, ...], Meta(max_length=50)] = ()
    expected_earning: Annotated[tuple[WirePointsMoved, ...], Meta(max_length=50)] = ()
    claims: Claims = ()
    codes: Codes = ()
    switched_off: OfferKeys = ()
    declined: OfferKeys = ()
    offers: Annotated[tuple[WireOfferMade, ...], Meta(max_length=500)] = ()
    price_list: Word = ""
    programme_version: Version = 0
    catalogue_version: Version = 0
    returns: KeyOrNone = ""
    reason: Text = ""
    approver_id: KeyOrNone = ""
    training: bool = False
    coupons: Annotated[tuple[WireCouponGiven, ...], Meta(max_length=50)] = ()
    note: Text = ""
    buyer_tax_number: TaxNumber = ""
    """Whoever stores it seals it there (security.md, "Personal data")."""


def _wire_line(line: ReceiptLine) -> WireReceiptLine:
    return WireReceiptLine(
        line_id=line.line_id,
        sku=line.sku,
        name=line.name,
        quantity=line.quantity.decimal(),
        unit_price=line.unit_price.decimal(),
        gross=line.gross.decimal(),
        net=line.net.decimal(),
        discounts=tuple(
            WireLineDiscount(
                rule_id=off.key.rule_id,
                reward_id=off.key.reward_id,
                name=wire_name(off.name),
                amount=off.amount.decimal(),
            )
            for off in line.discounts
        ),
        taxes=tuple(map(wire_tax, line.taxes)),
        override=wire_override(line.override),
        hand_discount=wire_discount(line.hand_discount),
        salesperson_id=line.salesperson_id,
        card=line.card,
        note=line.note,
        free=line.free,
    )


def _line_of(message: WireReceiptLine, currency: Currency) -> ReceiptLine:
    return ReceiptLine(
        line_id=message.line_id,
        sku=message.sku,
        name=message.name,
        quantity=Quantity.parse(message.quantity),
        unit_price=UnitPrice.parse(message.unit_price, currency),
        gross=currency.money(message.gross),
        net=currency.money(message.net),
        discounts=tuple(
            ReceiptDiscount(OfferKey(off.rule_id, off.reward_id), name_of(off.name), currency.money(off.amount))
            for off in message.discounts
        ),
        taxes=tuple(map(tax_of, message.taxes)),
        override=override_of(message.override),
        hand_discount=discount_of(message.hand_discount, currency),
        salesperson_id=message.salesperson_id,
        card=message.card,
        note=message.note,
        free=message.free,
    )


def _wire_tax_amount(tax: TaxAmount) -> WireTaxAmount:
    return WireTaxAmount(
        group=tax.group,
        name=tax.name,
        rates=tuple(format(rate, "f") for rate in tax.rates),
        included=tax.included,
        base=tax.base.decimal(),
        amount=tax.amount.decimal(),
    )


def _tax_amount_of(message: WireTaxAmount, currency: Currency) -> TaxAmount:
    return TaxAmount(
        message.group,
        message.name,
        tuple(map(Decimal, message.rates)),
        message.included,
        currency.money(message.base),
        currency.money(message.amount),
    )


def _wire_points(points: ReceiptPoints) -> WireReceiptPoints:
    return WireReceiptPoints(
        programme_id=points.programme_id,
        name=wire_name(points.name),
        before=None if points.before is None else points.before.decimal(),
        spent=points.spent.decimal(),
        earned=points.earned.decimal(),
        expiring=wire_expiring(points.expiring),
    )


def _points_of(message: WireReceiptPoints) -> ReceiptPoints:
    return ReceiptPoints(
        message.programme_id,
        name_of(message.name),
        None if message.before is None else points_of(message.before),
        points_of(message.spent),
        points_of(message.earned),
        expiring_of(message.expiring),
    )


def _wire_customer(customer: ReceiptCustomer | None) -> WireReceiptCustomer | None:
    if customer is None:
        return None
    return WireReceiptCustomer(
        member_id=customer.member_id,
        name=customer.name,
        masked_mobile=customer.masked_mobile,
        tier=customer.tier,
        source=customer.source,
    )


def _customer_of(message: WireReceiptCustomer | None) -> ReceiptCustomer | None:
    if message is None:
        return None
    return ReceiptCustomer(message.member_id, message.name, message.masked_mobile, message.tier, message.source)


def _wire_redemption(redemption: ReceiptRedemption) -> WireReceiptRedemption:
    return WireReceiptRedemption(
        redemption_id=redemption.redemption_id,
        programme_id=redemption.programme_id,
        points=redemption.points.decimal(),
        amount=redemption.amount.decimal(),
        proof=redemption.proof,
        approver=redemption.approver,
    )


def _redemption_of(message: WireReceiptRedemption, currency: Currency) -> ReceiptRedemption:
    return ReceiptRedemption(
        message.redemption_id,
        message.programme_id,
        points_of(message.points),
        currency.money(message.amount),
        message.proof,
        message.approver,
    )


def wire_receipt(receipt: Receipt) -> WireReceipt:
    return WireReceipt(
        bill_id=receipt.bill_id,
        number=str(receipt.number),
        kind=receipt.kind,
        currency=wire_currency(receipt.currency),
        shop_name=receipt.shop_name,
        cashier_id=receipt.cashier_id,
        cashier_name=receipt.cashier_name,
        at=receipt.at,
        lines=tuple(map(_wire_line, receipt.lines)),
        before=receipt.before.decimal(),
        discount=receipt.discount.decimal(),
        total=receipt.total.decimal(),
        untaxed=receipt.untaxed.decimal(),
        tax=receipt.tax.decimal(),
        taxes=tuple(map(_wire_tax_amount, receipt.taxes)),
        tenders=tuple(map(wire_tender, receipt.tenders)),
        customer=_wire_customer(receipt.customer),
        salesperson_id=receipt.salesperson_id,
        salesperson_name=receipt.salesperson_name,
        redemptions=tuple(map(_wire_redemption, receipt.redemptions)),
        points=tuple(map(_wire_points, receipt.points)),
        expected_earning=tuple(
            WirePointsMoved(programme_id=moved.programme_id, points=moved.points.decimal())
            for moved in receipt.expected_earning
        ),
        claims=tuple(map(wire_claim, receipt.claims)),
        codes=receipt.codes,
        switched_off=tuple(map(wire_key, receipt.switched_off)),
        declined=tuple(map(wire_key, receipt.declined)),
        offers=tuple(
            WireOfferMade(
                rule_id=offer.key.rule_id, reward_id=offer.key.reward_id, outcome=offer.outcome, note=offer.note
            )
            for offer in receipt.offers
        ),
        price_list=receipt.price_list,
        programme_version=receipt.programme_version,
        catalogue_version=receipt.catalogue_version,
        returns=receipt.returns,
        reason=receipt.reason,
        approver_id=receipt.approver_id,
        training=receipt.training,
        coupons=tuple(map(wire_coupon, receipt.coupons)),
        note=receipt.note,
        buyer_tax_number=receipt.buyer_tax_number,
    )


def receipt_of(message: WireReceipt) -> Receipt:
    """The saved bill that the message means; ValueError where it contradicts itself."""
    currency = currency_of(message.currency)
    return Receipt(
        bill_id=message.bill_id,
        number=ReceiptNumber.parse(message.number),
        kind=message.kind,
        currency=currency,
        shop_name=message.shop_name,
        cashier_id=message.cashier_id,
        cashier_name=message.cashier_name,
        at=moment_of(message.at),
        lines=tuple(_line_of(line, currency) for line in message.lines),
        before=currency.money(message.before),
        discount=currency.money(message.discount),
        total=currency.money(message.total),
        untaxed=currency.money(message.untaxed),
        tax=currency.money(message.tax),
        taxes=tuple(_tax_amount_of(tax, currency) for tax in message.taxes),
        tenders=tuple(tender_of(tender, currency) for tender in message.tenders),
        customer=_customer_of(message.customer),
        salesperson_id=message.salesperson_id,
        salesperson_name=message.salesperson_name,
        redemptions=tuple(_redemption_of(redemption, currency) for redemption in message.redemptions),
        points=tuple(map(_points_of, message.points)),
        expected_earning=tuple(
            PointsMoved(moved.programme_id, points_of(moved.points)) for moved in message.expected_earning
        ),
        claims=tuple(map(claim_of, message.claims)),
        codes=message.codes,
        switched_off=tuple(map(key_of, message.switched_off)),
        declined=tuple(map(key_of, message.declined)),
        offers=tuple(
            ReceiptOffer(OfferKey(offer.rule_id, offer.reward_id), offer.outcome, offer.note)
            for offer in message.offers
        ),
        price_list=message.price_list,
        programme_version=message.programme_version,
        catalogue_version=message.catalogue_version,
        returns=message.returns,
        reason=message.reason,
        approver_id=message.approver_id,
        training=message.training,
        coupons=tuple(map(coupon_of, message.coupons)),
        note=message.note,
        buyer_tax_number=message.buyer_tax_number,
    )


def receipt_to_json(receipt: Receipt) -> bytes:
    return write(wire_receipt(receipt))


def receipt_from_json(data: bytes) -> Receipt:
    """A saved bill that was stored or answered; MessageError or ValueError when it is none."""
    return receipt_of(read_answer(data, WireReceipt))
