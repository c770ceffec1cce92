"""The single truth of the bill in hand: it replaces one immutable bill by the next, prices it and tells who listens.

Nothing about points or discounts is remembered here: what the bill comes to is worked out afresh from the bill after
every change (promotions.md, "How it behaves"). While the backend is asked for points the bill is locked
(redemption.md, principle 3); an edit then raises ``BillLockedError``, which the presenters prevent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tukar.domain.bill import Bill, BillLine, Claim, CustomerSource, HandDiscount, OfferKey, PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import Offer, Trigger
from tukar.domain.people import LoyaltyAccount, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, Pricer, RuleBook, price
from tukar.domain.pricing.issuing import code_left_by
from tukar.domain.redemption import Counted
from tukar.till.ports import Ids

UNDO_STEPS: Final = 50
LABEL_REASON: Final = "label"
"""Who answers for a price that a scale has printed: its label."""


class BillLockedError(RuntimeError):
    """The bill was to change while the backend decides about it."""


@dataclass(frozen=True, slots=True)
class SaleChange:
    """What a change made of the bill: the priced bill before and after it."""

    before: PricedBill
    after: PricedBill

    @property
    def new_pop_ups(self) -> tuple[Offer, ...]:
        """Offers that appear by themselves now and could not be claimed before, less those declined."""
        known = {offer.key for offer in self.before.offers} if self.same_bill else set()
        return tuple(
            offer
            for offer in self.after.offers
            if offer.trigger is Trigger.POP_UP
            and offer.key not in known
            and offer.key not in self.after.bill.declined
            and offer.key not in self.after.bill.switched_off
        )

    @property
    def same_bill(self) -> bool:
        return self.before.bill.bill_id == self.after.bill.bill_id


Listener = Callable[[SaleChange], None]


class Sale:
    """Holds the bill in hand and everything that may be done to it.

    ``circumstances`` is asked at every pricing for the time, shop and till. Listeners are called in the order in
    which they came, on the caller's thread, after the change is complete.
    """

    def __init__(
        self, *, currency: Currency, ids: Ids, rules: RuleBook, circumstances: Callable[[], Circumstances]
    ) -> None:
        self._currency = currency
        self._ids = ids
        self._rules = rules
        self._circumstances = circumstances
        self._counted: tuple[str, Counted] = ("", Counted())
        self._pricer = Pricer()
        self._listeners: list[Listener] = []
        self._earlier: list[Bill] = []
        self._locked = False
        self._priced = self._price(self._empty())

    @property
    def bill(self) -> Bill:
        return self._priced.bill

    @property
    def priced(self) -> PricedBill:
        return self._priced

    @property
    def rules(self) -> RuleBook:
        return self._rules

    @property
    def locked(self) -> bool:
        return self._locked

    @property
    def can_undo(self) -> bool:
        return bool(self._earlier) and not self._locked

    def listen(self, listener: Listener) -> None:
        """``listener`` hears of every change from now on."""
        self._listeners.append(listener)

    def explained(self) -> PricedBill:
        """The bill in hand priced with the reasons of every rule, for the Promotions sheet."""
        return price(self.bill, self._rules, self._known(self.bill), reasons=True)

    def learn(self, counted: Counted) -> None:
        """The backend's counts for the bill in hand: limits used up elsewhere, what codes hold.

        Prices it again, unless they say nothing that it is not priced by already.
        """
        of_bill, counts = self._counted
        before = counts if of_bill == self.bill.bill_id else Counted()
        known = replace(counted, cards={**before.cards, **counted.cards})
        self._counted = self.bill.bill_id, known
        if self._telling(known) != self._telling(before):
            self.reprice()

    def _telling(self, counted: Counted) -> Counted:
        """Without the counts of nothing: a limit that nobody used is one that nobody has counted."""
        return replace(
            counted,
            uses={rule_id: uses for rule_id, uses in counted.uses.items() if uses},
            uses_today={rule_id: uses for rule_id, uses in counted.uses_today.items() if uses},
            budget_used={
                rule_id: used for rule_id, used in counted.budget_used.items() if self._uses_up(rule_id, used)
            },
        )

    def _uses_up(self, rule_id: str, used: Money) -> bool:
        """Whether that much of a rule's budget makes a difference; of a budget of nothing, nothing does."""
        rule = self._rules.rule(rule_id)
        budget = None if rule is None else rule.rule.limits.budget
        return bool(used) or (budget is not None and not budget)

    def as_if(self, bill: Bill) -> PricedBill:
        """What another bill would come to, for previews; nothing changes."""
        return self._price(bill)

    # Goods

    def add(self, item: Item, quantity: Quantity | None = None) -> str:
        """Puts more of ``item`` on the bill; the id of the line it went to."""
        if self.rules.sells_card(item):
            return self._add_cards(item, (quantity or Quantity.of(1)).pieces)
        bill = self.bill.with_item(item, quantity or Quantity.of(1), self._ids.new())
        self._change(bill)
        return next(line.line_id for line in reversed(bill.lines) if line.item.sku == item.sku)

    def add_labelled(self, item: Item, price: Money) -> str:
        """One of ``item`` at the price that a label in the shop says, on a line of its own."""
        line_id = self._ids.new()
        override = PriceOverride(LABEL_REASON, LABEL_REASON)
        line = BillLine(line_id, item, Quantity.of(1), UnitPrice.of(price), override)
        self._change(self.bill.with_line(line))
        return line_id

    def add_gift_card(self, item: Item, code: str) -> str:
        """One gift card, on a line of its own that knows which card it sells; the line's id."""
        line_id = self._ids.new()
        self._change(self.bill.with_line(BillLine(line_id, item, Quantity.of(1), item.charged_price, card=code)))
        return line_id

    def name_card(self, line_id: str, code: str) -> None:
        """The line sells the card of that code, in place of a new one."""
        self._change(self.bill.with_card(line_id, code))

    def _add_cards(self, item: Item, pieces: int) -> str:
        """So many new cards, each with a code of its own that nobody can guess; the last line's id."""
        bill, line_id = self.bill, ""
        for _ in range(max(1, pieces)):
            line_id = self._ids.new()
            code = code_left_by(bill.bill_id, line_id)
            bill = bill.with_line(BillLine(line_id, item, Quantity.of(1), item.charged_price, card=code))
        self._change(bill)
        return line_id

    def set_quantity(self, line_id: str, quantity: Quantity) -> None:
        self._change(self.bill.with_quantity(line_id, quantity))

    def remove_line(self, line_id: str) -> None:
        self._change(self.bill.without_line(line_id))

    def remove_lines(self, line_ids: frozenset[str]) -> None:
        """Several at once: one change, taken back by one undo."""
        self._change(self.bill.without_lines(line_ids))

    def override_price(self, line_id: str, to: UnitPrice, override: PriceOverride | None) -> None:
        self._change(self.bill.with_price(line_id, to, override))

    def discount_line(self, line_id: str, discount: HandDiscount | None) -> None:
        self._change(self.bill.with_discount(line_id, discount))

    def discount_bill(self, discounts: Mapping[str, HandDiscount | None]) -> None:
        """A discount on the bill, as each line's share of it."""
        self._change(self.bill.with_discounts(discounts))

    def note_line(self, line_id: str, note: str) -> None:
        self._change(self.bill.with_note(line_id, note))

    def write_on_bill(self, note: str, buyer_tax_number: str) -> None:
        """A note on the whole bill, and the tax number of whoever buys; empty for none."""
        self._change(self.bill.with_words(note, buyer_tax_number))

    # People

    def set_customer(self, customer: LoyaltyAccount | None, source: CustomerSource | None = None) -> None:
        """Puts a customer on the bill, or takes them off; claims of a former customer go with them."""
        self._change(self.bill.with_customer(customer, source))

    def credit_lines(self, line_ids: frozenset[str], salesperson_id: str) -> None:
        """Credits lines to somebody of their own, or without an id to the bill's salesperson again."""
        self._change(self.bill.with_line_salesperson(line_ids, salesperson_id))

    def set_salesperson(self, salesperson: Salesperson | None) -> None:
        self._change(self.bill.with_salesperson(salesperson))

    # Offers

    def claim(self, key: OfferKey, *, points: Points | None = None, choice: str = "") -> bool:
        """Applies an offer; False, and nothing changes, when it would give nothing (FORMAT.md, ``claim``)."""
        after = self._price(self.bill.with_claim(Claim(key, choice=choice, points=points)))
        given = {applied.key for applied in after.applied} | {payment.key for payment in after.stored_value}
        if key not in given:
            return False
        self._settle(after)
        return True

    def replace_claims(self, claims: tuple[Claim, ...], switched_off: frozenset[OfferKey]) -> None:
        """Puts these claims in place of all others, and leaves just these automatic rewards off."""
        self._change(replace(self.bill, claims=claims, switched_off=switched_off))

    def unclaim(self, key: OfferKey) -> None:
        """Takes an applied reward off: a claim is gone, an automatic one stays off for this bill."""
        bill = self.bill.without_claim(key)
        applied = any(one.key == key and not one.claimed for one in self.priced.applied)
        pays = any(one.key == key for one in self.priced.stored_value) and all(
            one.key != key for one in self.bill.claims
        )
        automatic = applied or pays
        self._change(bill.with_switched_off(key) if automatic else bill)

    def remove_all_promotions(self) -> None:
        """Takes off every claim, code and automatic reward; those that applied stay away for this bill."""
        automatic = {applied.key for applied in self.priced.applied if not applied.claimed}
        claimed = {claim.key for claim in self.bill.claims}
        self._change(
            replace(
                self.bill,
                claims=(),
                codes=(),
                switched_off=self.bill.switched_off | automatic,
                declined=self.bill.declined | claimed,
            )
        )

    def decline(self, key: OfferKey) -> None:
        """The customer does not want this offer: it stays away for this bill."""
        self._change(self.bill.with_declined(key))

    def enter_code(self, code: str) -> None:
        self._change(self.bill.with_code(code))

    def remove_code(self, code: str) -> None:
        self._change(self.bill.without_code(code))

    # The bill as a whole

    def start(self) -> None:
        """A new, empty bill."""
        self._earlier.clear()
        self._locked = False
        self._settle(self._price(self._empty()), remember=False)

    def resume(self, bill: Bill) -> None:
        """Takes up a bill from a draft or from hold."""
        self._earlier.clear()
        self._settle(self._price(bill), remember=False)

    def undo(self) -> None:
        """Back to the bill before the last change; nothing when there was none."""
        if self.can_undo:
            self._settle(self._price(self._earlier.pop()), remember=False)

    def lock(self) -> None:
        self._locked = True

    def unlock(self) -> None:
        self._locked = False

    def use_rules(self, rules: RuleBook) -> None:
        """Prices the bill in hand by a newer programme from now on."""
        self._rules = rules
        self._settle(self._price(self.bill), remember=False)

    def reprice(self) -> None:
        """Prices again, because the time or the line to the backend changed."""
        self._settle(self._price(self.bill), remember=False)

    def _empty(self) -> Bill:
        return Bill(self._ids.new(), self._currency)

    def _price(self, bill: Bill) -> PricedBill:
        return self._pricer.price(bill, self._rules, self._known(bill))

    def _known(self, bill: Bill) -> Circumstances:
        """The moment and the place, and what the backend counted for this very bill."""
        of_bill, counted = self._counted
        if of_bill != bill.bill_id:
            return self._circumstances()
        return replace(
            self._circumstances(),
            uses=counted.uses,
            uses_today=counted.uses_today,
            budget_used=counted.budget_used,
            cards=counted.cards,
        )

    def _change(self, bill: Bill) -> None:
        if bill is not self.bill:
            self._settle(self._price(bill))

    def _settle(self, after: PricedBill, *, remember: bool = True) -> None:
        if self._locked and after.bill != self.bill:
            raise BillLockedError(self.bill.bill_id)
        before, self._priced = self._priced, after
        if remember and before.bill != after.bill:
            self._earlier = [*self._earlier[-(UNDO_STEPS - 1) :], before.bill]
        change = SaleChange(before, after)
        for listener in tuple(self._listeners):
            listener(change)
