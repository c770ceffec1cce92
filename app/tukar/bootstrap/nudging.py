"""What stands in the one black bar of a receipt: the nearest reward that the customer's points may become."""

from dataclasses import replace

from tukar.bootstrap.counter import Counter
from tukar.domain.offer import Reason, WhyNot
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, price
from tukar.domain.receipt import Receipt


def nudge(counter: Counter, receipt: Receipt) -> WhyNot | None:
    """The nearest reward that the customer's points after this bill may become."""
    customer = counter.sale.bill.customer
    if customer is None or not receipt.points:
        return None
    after = _with_points_after(customer, receipt)
    bill = replace(counter.sale.bill, lines=(), claims=(), codes=(), customer=after)
    priced = price(bill, counter.sale.rules, Circumstances(now=counter.local_now()), reasons=True)
    return next((why for why in priced.reasons if why.reason is Reason.NEEDS_POINTS and why.points), None)


def _with_points_after(customer: LoyaltyAccount, receipt: Receipt) -> LoyaltyAccount:
    left = {points.programme_id: points.after for points in receipt.points}
    balances = tuple(
        replace(balance, posted=after, held=Points(0, after.digits))
        if (after := left.get(balance.programme_id)) is not None
        else balance
        for balance in customer.balances
    )
    return replace(customer, balances=balances)
