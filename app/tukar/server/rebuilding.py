"""Writes a manager's records anew from what they were made of: stored bills, the answers to them, refunds, sums."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.bill import OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Benefit, LocalName
from tukar.domain.points import Points
from tukar.domain.pricing.result import AppliedPromotion
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.redemption import Part, PartResult
from tukar.domain.stored_value import is_value
from tukar.server import applied, programmes, shops, staff
from tukar.server.call import Call
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.bill_answers import bill_answer_from_json
from tukar.wire.receipts import receipt_from_json

_BILL: Final = text("SELECT * FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id")
_REFUNDS: Final = text(
    "SELECT refund_id, state, points, gross FROM refunds WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND state IN ('accepted', 'paid') ORDER BY refund_id"
)
_MERCHANT_KEEPS: Final = text(
    "SELECT programme_id, SUM(units) AS units FROM ledger WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND kind = 'redeem_settled' AND programme_id NOT LIKE 'value.%' GROUP BY programme_id"
)
_ROWS_OF_BILL: Final = text(
    "SELECT DISTINCT sold_on FROM applied_promotions WHERE shop_id = :shop_id AND bill_id = :bill_id"
)
_ROWS_OF_DAY: Final = text(
    "SELECT * FROM applied_promotions WHERE shop_id = :shop_id AND sold_on = :day ORDER BY entry"
)
_FORGET_DAY: Final = text("DELETE FROM applied_sums WHERE shop_id = :shop_id AND sold_on = :day")


def moved_by(call: Call, bill_id: str) -> Mapping[str, int]:
    """What a stored bill and its refunds moved on customers' accounts, by programme, as it was answered."""
    row = _stored(call, bill_id)
    if row is None:
        return {}
    moved: dict[str, int] = {}
    for part in _parts(row):
        if part.points is not None and part.part in (Part.REDEMPTION, Part.EARNING):
            sign = -1 if part.part is Part.REDEMPTION else 1
            moved[part.programme_id] = moved.get(part.programme_id, 0) + sign * part.points.units
    for settled in call.db.execute(_MERCHANT_KEEPS, {"shop_id": call.shop_id, "bill_id": bill_id}):
        moved[settled.programme_id] = moved.get(settled.programme_id, 0) + int(settled.units)
    for refund in call.db.execute(_REFUNDS, {"shop_id": call.shop_id, "bill_id": bill_id}):
        for kind, _, _, programme_id, _, _, units in json.loads(refund.points):
            if not is_value(programme_id):
                moved[programme_id] = moved.get(programme_id, 0) + (units if kind == "returned" else -units)
    return moved


def rebuild_bill(call: Call, bill_id: str) -> None:
    """Writes the records of a bill anew, and the sums of their days; a bill that is not stored has none."""
    days = {row.sold_on for row in call.db.execute(_ROWS_OF_BILL, {"shop_id": call.shop_id, "bill_id": bill_id})}
    applied.forget(call, bill_id)
    _write_anew(call, bill_id)
    days |= {row.sold_on for row in call.db.execute(_ROWS_OF_BILL, {"shop_id": call.shop_id, "bill_id": bill_id})}
    for day in sorted(days):
        rebuild_day(call, day)


def _write_anew(call: Call, bill_id: str) -> None:
    row = _stored(call, bill_id)
    if row is None:
        return
    shop = shops.load(call)
    receipt = receipt_from_json(row.body.encode())
    parts = list(_parts(row))
    at = min(receipt.at, datetime.fromisoformat(row.stored_at))
    sold = applied.Sold(receipt, at, row.member_id, row.till_id, receipt.programme_version)
    if receipt.training:
        return
    if receipt.kind is ReceiptKind.RETURN:
        if not receipt.returns:
            applied.of_return(call, shop, sold, parts)
        return
    applied.of_bill(call, shop, sold, list(_promotions(call, receipt, parts)), parts)
    _settled(call, bill_id)
    _refunds(call, shop, receipt, row)


def _settled(call: Call, bill_id: str) -> None:
    for settled in call.db.execute(_MERCHANT_KEEPS, {"shop_id": call.shop_id, "bill_id": bill_id}):
        applied.settled_later(call, bill_id, settled.programme_id, -int(settled.units))


def rebuild_day(call: Call, day: str) -> None:
    """Adds the sums of a day up anew from its rows."""
    key = {"shop_id": call.shop_id, "day": day}
    call.db.execute(_FORGET_DAY, key)
    applied.add_sums(call, call.db.execute(_ROWS_OF_DAY, key).all())


def _stored(call: Call, bill_id: str) -> Row | None:
    return call.db.execute(_BILL, {"shop_id": call.shop_id, "bill_id": bill_id}).first()


def _parts(row: Row) -> Iterable[PartResult]:
    return bill_answer_from_json(row.answer.encode()).parts


def _promotions(call: Call, receipt: Receipt, parts: Iterable[PartResult]) -> Iterable[AppliedPromotion]:
    """What the receipt shows as applied. Points go to the first reward claimed of their programme."""
    off: dict[OfferKey, int] = {claim.key: 0 for claim in receipt.claims}
    names: dict[OfferKey, LocalName] = {}
    for line in receipt.lines:
        for discount in line.discounts:
            off[discount.key] = off.get(discount.key, 0) + discount.amount.minor
            names[discount.key] = discount.name
    rest = receipt.discount.minor - sum(off.values())
    if receipt.claims and rest:
        off[receipt.claims[0].key] += rest
    costs: dict[str, Points] = {}
    for part in parts:
        if part.part is Part.REDEMPTION and part.points is not None:
            cost = part.points if part.short is None else part.points + part.short
            known = costs.get(part.programme_id)
            costs[part.programme_id] = cost if known is None else known + cost
    claimed = {claim.key for claim in receipt.claims}
    programme_of = _programmes_of(call, receipt)
    for key, minor in off.items():
        programme_id = programme_of.get(key.rule_id, "") if key in claimed else ""
        spent = costs.pop(programme_id, None) if programme_id else None
        yield AppliedPromotion(
            key=key,
            name=names.get(key, LocalName(key.rule_id)),
            benefit=Benefit.AMOUNT_OFF,
            amount=Money(minor, receipt.currency),
            claimed=key in claimed,
            programme_id=programme_id if spent is not None else "",
            spent=spent,
        )
    for programme_id, spent in costs.items():
        nothing = receipt.currency.zero()
        key = OfferKey(next((rule for rule, name in programme_of.items() if name == programme_id), ""))
        yield AppliedPromotion(
            key,
            LocalName(key.rule_id),
            Benefit.POINTS_OFF,
            nothing,
            claimed=True,
            programme_id=programme_id,
            spent=spent,
        )


def _programmes_of(call: Call, receipt: Receipt) -> Mapping[str, str]:
    programme = programmes.version(call, receipt.programme_version)
    return {} if programme is None else {rule.rule_id: rule.account_id for rule in programme.rules}


def _refunds(call: Call, shop: Shop, receipt: Receipt, row: Row) -> None:
    """What refunds took back; a discount's share by gross value, the last one with the rest."""
    whole = sum(line.gross.minor for line in receipt.lines if line.quantity.thousandths > 0)
    before = 0
    for refund in call.db.execute(_REFUNDS, {"shop_id": call.shop_id, "bill_id": row.bill_id}).all():
        moved = json.loads(refund.points)
        share = receipt.discount.minor * (before + refund.gross) // whole if whole else 0
        earlier = receipt.discount.minor * before // whole if whole else 0
        before += refund.gross
        back = applied.TakenBack(
            refund.refund_id,
            share - earlier,
            _units(moved, "returned"),
            _units(moved, "reversed"),
            receipt.cashier_id,
            staff.name_of(call, receipt.cashier_id),
            is_last=bool(whole) and before >= whole,
        )
        applied.of_refund(call, shop, receipt, row.member_id, back)


def _units(moved: Iterable[list[object]], kind: str) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in moved:
        if one[0] == kind and one[6] and not is_value(str(one[3])):
            programme_id, digits, units = str(one[3]), int(str(one[4])), int(str(one[6]))
            found[programme_id] = (found.get(programme_id, (0, 0))[0] + units, digits)
    return found
