"""What was sold, added up as bills come in: by day and till, salesperson, and rate of tax, for reports across tills."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import text

from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.server.call import Call
from tukar.server.shops import Shop

DAY: Final = "day"
SELLER: Final = "seller"
TAX: Final = "tax"

_ADD: Final = text(
    "INSERT INTO sales_sums (shop_id, dimension, sold_on, till_id, value, currency, name, bills, thousandths, sold,"
    " returned, discount, base, tax) VALUES (:shop_id, :dimension, :sold_on, :till_id, :value, :currency, :name,"
    " :bills, :thousandths, :sold, :returned, :discount, :base, :tax)"
    " ON CONFLICT (shop_id, dimension, sold_on, till_id, value, currency) DO UPDATE SET name = excluded.name,"
    " bills = sales_sums.bills + excluded.bills, thousandths = sales_sums.thousandths + excluded.thousandths,"
    " sold = sales_sums.sold + excluded.sold, returned = sales_sums.returned + excluded.returned,"
    " discount = sales_sums.discount + excluded.discount, base = sales_sums.base + excluded.base,"
    " tax = sales_sums.tax + excluded.tax"
)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one bill adds under one heading; amounts in minor units."""

    dimension: str
    value: str = ""
    name: str = ""
    bills: int = 0
    thousandths: int = 0
    sold: int = 0
    returned: int = 0
    discount: int = 0
    base: int = 0
    tax: int = 0


def record(call: Call, shop: Shop, receipt: Receipt, at: datetime) -> None:
    """Adds a bill that is being stored; ``at`` is when it was sold as the backend counts."""
    if receipt.training:
        return
    day = shop.local(at).date().isoformat()
    key = {"shop_id": call.shop_id, "sold_on": day, "till_id": call.caller.till_id, "currency": receipt.currency.code}
    sums = [_day(receipt), *_sellers(receipt), *_taxes(receipt)]
    call.db.execute(_ADD, [{**key, **_values(one)} for one in sorted(sums, key=lambda one: (one.dimension, one.value))])


def _values(one: _Sum) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _Sum.__slots__}


def _day(receipt: Receipt) -> _Sum:
    total = receipt.total.minor
    is_sale = receipt.kind is ReceiptKind.SALE
    return _Sum(
        DAY,
        bills=1,
        thousandths=sum(line.quantity.thousandths for line in receipt.lines),
        sold=total if is_sale else 0,
        returned=0 if is_sale else total,
        discount=receipt.discount.minor,
        base=receipt.untaxed.minor,
        tax=receipt.tax.minor,
    )


def _sellers(receipt: Receipt) -> Iterable[_Sum]:
    """Each line goes to its own salesperson, else to the bill's; the bill counts for everybody who sold of it."""
    found: dict[str, _Sum] = {}
    for line in receipt.lines:
        seller = line.salesperson_id or receipt.salesperson_id
        name = receipt.salesperson_name if seller == receipt.salesperson_id else ""
        before = found.get(seller, _Sum(SELLER, seller, name, bills=1))
        net = line.net.minor
        found[seller] = replace(
            before,
            thousandths=before.thousandths + line.quantity.thousandths,
            sold=before.sold + max(net, 0),
            returned=before.returned + min(net, 0),
            discount=before.discount + line.gross.minor - net,
        )
    return [found[seller] for seller in sorted(found) if seller]


def _taxes(receipt: Receipt) -> Iterable[_Sum]:
    found: dict[str, _Sum] = {}
    for tax in receipt.taxes:
        rate = sum(tax.rates, Decimal(0))
        value = f"{rate:f}|{tax.name}"
        before = found.get(value, _Sum(TAX, value, tax.name))
        found[value] = replace(before, base=before.base + tax.base.minor, tax=before.tax + tax.amount.minor)
    return list(found.values())
