"""Stored value on a bill that is being stored: what paid for it is captured, and what it sold becomes active."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from tukar.domain.points import Points
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import Outcome, Part, PartResult
from tukar.domain.stored_value import VALUE_MODES, ValueAccount, account_of, points_of_money
from tukar.domain.tender import Tender
from tukar.server import captures, reviews, values
from tukar.server.bill_moves import LOADS, Booked
from tukar.server.call import Call
from tukar.server.captures import Capture
from tukar.server.shops import Shop


def payments(call: Call, shop: Shop, receipt: Receipt, member_id: str, aliases: AbstractSet[str]) -> list[PartResult]:
    """What gift cards and store credit paid, each captured from its hold.

    ``member_id`` is the customer now, ``aliases`` all their names: store credit is of the bill's own customer.
    """
    return [
        _settle(call, shop, receipt, tender, member_id, aliases)
        for tender in receipt.tenders
        if tender.mode in VALUE_MODES and tender.amount.minor > 0
    ]


def _settle(
    call: Call, shop: Shop, receipt: Receipt, tender: Tender, member_id: str, aliases: AbstractSet[str]
) -> PartResult:
    """Captures what a tender took; without its hold the shop bears it, with an item."""
    account, amount, taken = account_of(tender.mode), points_of_money(tender.amount), tender.value
    is_card = account is ValueAccount.GIFT_CARD
    if taken is None or not (values.is_card(taken.holder) if is_card else taken.holder in aliases):
        why = f"Bill {receipt.number} shows {tender.mode} that was not asked for"
        reviews.add(call, "no_hold", tender.tender_id, why, receipt.bill_id)
        nothing = Points(0, amount.digits)
        return PartResult(Part.PAYMENT, tender.tender_id, Outcome.REFUSED, str(account), nothing, amount, "no hold")
    holder = taken.holder if is_card else member_id
    capture = Capture(
        receipt=receipt,
        redemption=ReceiptRedemption(taken.redemption_id, str(account), amount, tender.amount, taken.proof),
        account=values.lock(call, account, holder, amount.digits),
        cost=amount.units,
        shop=shop,
        reach=None,
        aliases=frozenset({holder, *aliases}),
    )
    return captures.settle(call, capture)


def told(call: Call, shop: Shop, receipt: Receipt, sold_at: datetime, booked: Iterable[Booked]) -> Iterable[PartResult]:
    """What became of money that the bill put onto cards and into store credit, and of what its rules took of them."""
    for one in booked:
        if one.missing and one.move.sort not in LOADS:
            story = f"Bill {receipt.number}: {Points(one.missing, shop.currency.minor_digits)} of stored value was gone"
            ref = f"{receipt.bill_id}.{one.move.rule_id}"[:64]
            reviews.add(call, "short", ref, story, receipt.bill_id)
        if one.move.sort in LOADS:
            values.settle_shorts(call, shop, one.account, one.move.holder, one.move.amount, sold_at)
            yield _activated(call, shop, receipt, one)


def _activated(call: Call, shop: Shop, receipt: Receipt, one: Booked) -> PartResult:
    """A card that another bill had sold before got this money too: somebody has a card of the same number."""
    account, points = one.account, Points(one.move.amount, shop.currency.minor_digits)
    if one.missing:
        note = "sold at a revoked till"
        reviews.add(call, "activation", receipt.bill_id, f"Bill {receipt.number}: {note}", receipt.bill_id)
        return PartResult(Part.ACTIVATION, one.move.holder, Outcome.FLAGGED, str(account), points, note=note)
    others = values.sold_by(call, one.move.holder) - {receipt.bill_id} if account is ValueAccount.GIFT_CARD else ()
    if not others:
        return PartResult(Part.ACTIVATION, one.move.holder, Outcome.DONE, str(account), points)
    note = "this gift card was sold before"
    reviews.add(call, "card_sold_twice", f"{receipt.bill_id}.card", f"Bill {receipt.number}: {note}", receipt.bill_id)
    return PartResult(Part.ACTIVATION, one.move.holder, Outcome.FLAGGED, str(account), points, note=note)
