"""Gift cards as goods: every one on the bill has a code, its own new one or that of the card the customer takes along.

Nothing has to be asked: a card gets a code that nobody can guess as it goes onto the bill, and the receipt prints it.
Where the shop sells cards with a code on them, the next scan names it; the backend then keeps it for this bill, so that
no other till sells it too (redemption.md, "A bill is always stored"). Without the line the scan is taken as it is, and
the backend looks when the bill arrives.
"""

from collections.abc import Callable
from typing import cast

from tukar.domain.bill import BillLine
from tukar.domain.pricing.issuing import code_left_by
from tukar.domain.stored_value import CODE_AT_LEAST, card_code, card_mask
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Refused, Unreachable
from tukar.till.ports.values import StoredValues
from tukar.till.refusals import refused_notice
from tukar.till.sale import Sale, SaleChange


class CardSelling:
    """Hears of gift cards that go onto the bill in hand; ``tell`` says what the cashier can do."""

    def __init__(self, sale: Sale, gear: Gear, tell: Callable[[Notice], None]) -> None:
        self._sale = sale
        self._gear = gear
        self._tell = tell
        sale.listen(self._bill_changed)

    def scanned(self, code: str) -> bool:
        """Whether the code is that of the gift card just put onto the bill; then the backend keeps it for the bill."""
        line, typed = self._waiting(), card_code(code)
        if line is None or len(typed) < CODE_AT_LEAST or not self._gear.backend.capabilities.stored_value:
            return False
        bill_id, backend = self._sale.bill.bill_id, cast("StoredValues", self._gear.backend)
        self._gear.background.run(
            lambda: backend.reserve_card(bill_id, typed),
            lambda _: self._named(line, typed),
            lambda trouble: self._not_reserved(line, typed, trouble),
            slot="card sold",
        )
        return True

    def _waiting(self) -> BillLine | None:
        """The last line, if it sells a card whose code is still the one made here."""
        bill = self._sale.bill
        last = bill.lines[-1] if bill.lines and not self._sale.locked else None
        if last is None or not last.card or last.card != code_left_by(bill.bill_id, last.line_id):
            return None
        return last

    def _named(self, line: BillLine, code: str) -> None:
        if self._waiting() == line:
            self._sale.name_card(line.line_id, code)
            self._tell(Notice(Say.GIFT_CARD_NAMED, text=card_mask(code)))

    def _not_reserved(self, line: BillLine, code: str, trouble: Exception) -> None:
        if isinstance(trouble, Refused):
            self._gear.line.heard()
            self._tell(refused_notice(trouble))
        elif isinstance(trouble, Unreachable):
            self._gear.line.lost()
            self._named(line, code)
        else:
            raise trouble

    def _bill_changed(self, change: SaleChange) -> None:
        before = {line.line_id for line in change.before.bill.lines}
        fresh = (line for line in change.after.bill.lines if line.card and line.line_id not in before)
        if change.before.bill.bill_id == change.after.bill.bill_id and next(fresh, None) is not None:
            self._tell(Notice(Say.GIFT_CARD_ADDED, Level.INFO))
