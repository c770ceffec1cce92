"""The sale in hand in the sandbox: a bill, what it comes to, and how it ended."""

from dataclasses import dataclass, field, replace

from tukar.domain.bill import Bill, BillLine, Claim, HandDiscount
from tukar.domain.item import Item
from tukar.domain.money import Quantity
from tukar.domain.pricing.offers import Offers
from tukar.domain.pricing.walk import Outcome, Walk
from tukar.till.sandbox.shop import Member, Shop


@dataclass(slots=True)
class Sale:
    """One sale. ``outcome`` is worked out afresh whenever the bill changes, and stays once the sale is completed.

    ``refused`` marks that completing it was refused, ``tampered`` are the claims that a dishonest till took in.
    ``card`` is the gift card last sold or entered.
    """

    shop: Shop
    bill: Bill
    completed: bool = False
    refused: bool = False
    tampered: list[Claim] = field(default_factory=list)
    card: str = ""
    _lines_made: int = 0
    _known: tuple[Bill, Outcome] | None = field(default=None, repr=False)

    @property
    def customer_id(self) -> str:
        return "" if self.bill.customer is None else self.bill.customer.member_id

    @property
    def member(self) -> Member | None:
        return self.shop.member(self.customer_id) if self.bill.customer is not None else None

    @property
    def outcome(self) -> Outcome:
        if self._known is not None and (self.completed or self._known[0] is self.bill):
            return self._known[1]
        outcome = Walk(self.shop.book, self.bill, self.shop.circumstances(self.customer_id)).work_out()
        self._known = (self.bill, outcome)
        return outcome

    @property
    def offers(self) -> Offers:
        return Offers(self.shop.book, self.bill, self.shop.circumstances(self.customer_id), self.outcome)

    def renew(self) -> None:
        """Forgets what was worked out, because the shop has changed around the bill."""
        if not self.completed:
            self._known = None
            if self.bill.customer is not None:
                account = self.shop.account_of(self.shop.member(self.customer_id))
                self.bill = replace(self.bill, customer=account)

    def add(self, item: Item, quantity: Quantity, card: str, discount: HandDiscount | None) -> None:
        """More of an item: on the line of that sku, or on a line of its own with a card or a hand discount."""
        self._lines_made += 1
        line_id = str(self._lines_made)
        if card or discount is not None:
            line = BillLine(line_id, item, quantity, item.charged_price, discount=discount, card=card)
            self.bill = self.bill.with_line(line)
        else:
            self.bill = self.bill.with_item(item, quantity, line_id)

    def lines_of(self, sku: str) -> list[BillLine]:
        return [line for line in self.bill.lines if line.item.sku == sku]

    def replace_item(self, item: Item) -> None:
        """The item as it is now, at its new price, on the lines that have it."""
        lines = tuple(
            replace(line, item=item, unit_price=item.charged_price) if line.item.sku == item.sku else line
            for line in self.bill.lines
        )
        self.bill = replace(self.bill, lines=lines)
