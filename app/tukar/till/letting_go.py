"""Takes off the bill what cannot be held, and gives back what was asked for it: no hold, no discount."""

from collections.abc import Callable, Iterable

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.points import Points
from tukar.domain.redemption import Counted, RedemptionState
from tukar.till.balances import Balances
from tukar.till.gear import Gear
from tukar.till.needs import Need
from tukar.till.notices import Level, Notice, Say
from tukar.till.redeeming import Redeeming
from tukar.till.rows import Then, Troubled
from tukar.till.sale import Sale
from tukar.till.scarce import Scarce


class LettingGo:
    """What leaves the bill in hand. Whatever a technical reason takes is noted down for the manager."""

    def __init__(
        self, sale: Sale, gear: Gear, redeeming: Redeeming, money_stands: Callable[[], bool], troubled: Troubled
    ) -> None:
        self.scarce = Scarce(sale, gear)
        self._sale = sale
        self._gear = gear
        self._redeeming = redeeming
        self._balances = Balances(sale, gear)
        self._money_stands = money_stands
        self._troubled = troubled

    def give_back(self, programme_id: str, changed: Then) -> None:
        """What was asked for an account goes back.

        A hold that has run out under money already taken stays for the manager (redemption.md, HELD). One whose
        place another was about to take may have given way already, so it is not relied on any more.
        """
        rows = [row for row in self._redeeming.rows.live if row.programme_id == programme_id]
        kept = [row for row in rows if row.state is RedemptionState.HELD and self._money_stands()]
        gone = [row for row in rows if row not in kept]
        doubtful = {row.replaces for row in gone if row.state is RedemptionState.ASKED}
        for row in kept:
            if row.redemption_id in doubtful:
                self._redeeming.lapse(row, changed)
        self._redeeming.drop_rows(gone, "cancelled", changed)

    def unclaim(self, need: Need | None, why: Notice | None) -> None:
        """Takes every reward of a need off; without ``why`` the cashier wanted it."""
        for key in need.claims if need else ():
            if why is not None:
                self._record_lost(self._sale.bill.bill_id, key, why)
            self._sale.unclaim(key)

    def too_few(self, need: Need | None, left: Points | None, why: Notice) -> None:
        """Points were spent elsewhere: the bill is priced again by what is left of them."""
        customer = self._sale.bill.customer
        if left is None or need is None or customer is None:
            self.unclaim(need, why)
        else:
            self._balances.short(customer, need.programme_id, left)
        self._balances.renew(self._redeeming.rows.reserved)

    def take_off(self, rules: Iterable[str], counts: Counted | None) -> Notice | None:
        """Of ``rules`` only what others have used up leaves the bill; the reason, None where nothing was found."""
        bill_id = self._sale.bill.bill_id
        lost = self.scarce.take_off(rules, counts)
        if not lost:
            return None
        why = Notice(Say.OFFER_USED_UP, Level.WARN, name=lost[0].name)
        for one in lost:
            if one.gone:
                self._record_lost(bill_id, one.key, why)
        self._balances.renew(self._redeeming.rows.reserved)
        return why

    def _record_lost(self, bill_id: str, key: OfferKey, why: Notice) -> None:
        def record() -> Callable[[], None]:
            return lambda: self._gear.journal.record_offer(bill_id, key, PromotionOutcome.LOST, why.say.value)

        self._gear.writer.write(record, lambda _: None, self._troubled)
