"""Goods that come back pay for the bill in hand: one exchange, saved as return and sale in one transaction.

The backend has agreed to the return, and no money has left for it (redemption.md, "Refund"). Its worth counts towards
the bill in hand as far as that goes; what is left over goes back like the money of any return (``refunding``): to the
cards that paid for the sale, as much as each took, and the rest out of the drawer. Until money has left the exchange
can be given up, by a crash too: then the backend takes the return back, and the bill is paid like any other.

The cards get theirs just before both receipts are saved. Once one has, the exchange is only ever saved: what still
stands of its worth pays for whatever is on the bill by then, and the rest is cash. A crash in between makes the return
a manager's item, and the bill is resumed without it.

What the till agreed to alone, for an unsent sale, is not exchanged: it may be sent, and come back elsewhere, while the
new bill is rung.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tukar.domain.money import Money
from tukar.domain.receipt import Receipt
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.agreed import Agreed, CardsBack, Part, cash_back, parts_back, values_back
from tukar.till.gear import Gear
from tukar.till.receipts import Selling
from tukar.till.return_receipt import PointsBack, return_receipt


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was agreed to come back. ``cards`` are payments of the sale that money can go back to.

    ``give_up`` tells the backend that it stays with the customer after all, ``give_back`` the terminals to pay parts
    back. ``in_cash``: a card did not take its money back, so that what is left over leaves the drawer.
    """

    agreed: Agreed
    points: tuple[PointsBack, ...]
    tender_id: str
    at: datetime
    cards: tuple[Tender, ...]
    give_up: Callable[[], None]
    give_back: Callable[[Agreed, Sequence[Part], CardsBack], None]
    in_cash: bool = False

    @property
    def credit(self) -> Money:
        """What pays for new goods; what goes back to a gift card or store credit does not, or has to a card."""
        to_pay = self.agreed.answer.to_pay
        return to_pay + to_pay.currency.total(tender.amount for tender in self.agreed.paid)

    @property
    def has_paid(self) -> bool:
        """Whether money has gone back to a card already: it is not given up any more."""
        return bool(self.agreed.paid)

    def tender(self, total: Money) -> Tender | None:
        """What it pays of a bill of ``total``; None for a bill of nothing."""
        amount = min(self.credit, total)
        if amount.minor <= 0:
            return None
        row = self.agreed.row
        return Tender(
            self.tender_id, PaymentMode.EXCHANGE, amount, amount, self.at, reference=row.refund_id, label=row.number
        )

    def left_over(self, total: Money) -> Money:
        """What goes back to the customer beside new goods for ``total``."""
        return max(self.credit - max(total, total.currency.zero()), total.currency.zero())

    def to_cards(self, total: Money) -> tuple[Part, ...]:
        """What of that goes back to which card; the rest is cash."""
        return () if self.in_cash or self.has_paid else parts_back(self.left_over(total), self.cards)

    def return_receipt(self, sale: Receipt, selling: Selling, gear: Gear) -> Receipt:
        """The other side of ``sale``: its money goes into the new bill, what cards did not get out of the drawer."""
        into = self.tender(sale.total)
        spent = () if into is None else (_other_side(into, gear.ids.new(), sale.bill_id),)
        rest = cash_back(gear, self.left_over(sale.total))
        tenders = (*values_back(gear, self.agreed), *spent, *self.agreed.paid, *rest)
        return return_receipt(
            self.agreed.back, self.agreed.answer, tenders, selling, gear.clock.now(), self.agreed.account
        )


def _other_side(into: Tender, tender_id: str, bill_id: str) -> Tender:
    return Tender(tender_id, into.mode, -into.amount, -into.amount, into.at, reference=bill_id)
