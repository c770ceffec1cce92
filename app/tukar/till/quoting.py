"""Asks the backend, behind the cashier's back, what it makes of the points on the bill (QUOTED); nothing waits for it.

A quote reserves nothing and gates nothing: the hold decides. It finds out early that points were spent elsewhere or
that the rules changed, so that the cashier hears it before the customer reaches for the purse.
"""

from tukar.domain.bill import Bill
from tukar.domain.pricing.result import PricedBill
from tukar.domain.redemption import QuoteAnswer, Refusal
from tukar.till.balances import Balances
from tukar.till.checkout_model import Check, CheckoutState
from tukar.till.covering import Covering
from tukar.till.gear import Gear, Refresh
from tukar.till.needs import limited_need, spending_of
from tukar.till.ports import Refused, Unreachable
from tukar.till.refusals import refused_notice
from tukar.till.sale import Sale
from tukar.till.stage import Stage

_STALE = (Refusal.RULES_CHANGED, Refusal.PRICES_CHANGED)


_Question = tuple[Bill, int, int]


class Quoting:
    """``check`` is what the last quote made of the bill as it stands."""

    def __init__(self, sale: Sale, stage: Stage, gear: Gear, refresh: Refresh, covering: Covering) -> None:
        self.check = Check.NONE
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._refresh = refresh
        self._balances = Balances(sale, gear)
        self._covering = covering
        self._asked: _Question | None = None

    def mind(self) -> None:
        """The bill may have changed: asks anew when it spends points that nothing holds yet."""
        may_ask = self._stage.state is CheckoutState.SELLING and self._gear.line.online
        if not may_ask or not self._asks():
            self.check, self._asked = Check.NONE, None
            return
        bill, copies = self._sale.bill, self._gear.copies
        asked = (bill, copies.programme.version, copies.catalogue_version)
        if asked == self._asked:
            return
        self._asked, self.check = asked, Check.ASKING
        priced = self._sale.priced
        self._gear.background.run(
            lambda: self._gear.backend.quote(*asked),
            lambda answer: self._answered(priced, answer),
            lambda trouble: self._failed(priced, trouble),
            slot="quote",
        )

    def _asks(self) -> bool:
        spends = spending_of(self._sale.priced) and not self._covering.redeeming.rows.live
        return bool(spends) or limited_need(self._sale.priced, self._sale.rules) is not None

    def _answered(self, priced: PricedBill, answer: QuoteAnswer) -> None:
        self._gear.line.heard()
        if priced is not self._sale.priced:
            return
        # The answer was worked out with what it counts, so it is compared with the bill that knows of it too.
        self._sale.learn(answer.counted)
        if self._asked is None:
            return
        priced = self._sale.priced
        agrees = answer.total == priced.total and all(
            answer.spent.get(n.programme_id) == n.points for n in spending_of(priced)
        )
        self.check = Check.AGREED if agrees else Check.DIFFERS
        if not agrees:
            self._refresh.refresh(lambda _: None)
        self._stage.changed()

    def _failed(self, priced: PricedBill, trouble: Exception) -> None:
        if isinstance(trouble, Unreachable):
            # The bill is then priced anew without the line, and nothing of it is checked.
            self._gear.line.lost()
        elif isinstance(trouble, Refused):
            self._gear.line.heard()
            self._refused(priced, trouble)
        else:
            raise trouble

    def _refused(self, priced: PricedBill, refused: Refused) -> None:
        if priced is not self._sale.priced:
            return
        self.check = Check.UNKNOWN
        if refused.refusal in _STALE:
            self._refresh.refresh(lambda _: None)
        elif refused.refusal is Refusal.INSUFFICIENT:
            self._balances.renew(())
            self._stage.say(refused_notice(refused))
        self._stage.changed()
