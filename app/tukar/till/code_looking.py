"""Asks the backend what a code holds that no rule names: a gift card sold, a coupon that another bill left."""

from collections.abc import Callable

from tukar.domain.bill import Bill
from tukar.domain.redemption import QuoteAnswer
from tukar.till.gear import Gear
from tukar.till.ports import Refused, Unreachable
from tukar.till.sale import Sale


class CodeLooking:
    """What the backend says is the sale's from then on; whatever it says, the cashier is answered."""

    def __init__(self, sale: Sale, gear: Gear) -> None:
        self._sale = sale
        self._gear = gear

    def ask(self, bill: Bill, then: Callable[[], None]) -> None:
        """Has ``bill``, with the code on it, quoted; calls ``then`` when the sale knows what there is to know."""
        copies = self._gear.copies
        if not self._gear.line.online:
            then()
            return
        asked = (bill, copies.programme.version, copies.catalogue_version)

        def answered(answer: QuoteAnswer) -> None:
            self._gear.line.heard()
            if bill.bill_id == self._sale.bill.bill_id:
                self._sale.learn(answer.counted)
            then()

        def failed(trouble: Exception) -> None:
            if isinstance(trouble, Unreachable):
                self._gear.line.lost()
            elif isinstance(trouble, Refused):
                self._gear.line.heard()
            else:
                raise trouble
            then()

        self._gear.background.run(lambda: self._gear.backend.quote(*asked), answered, failed, slot="code")
