"""Rings another shop's bills through the till's own path, one by one: sale, pricing, journal, outbox, backend.

A known customer is looked up by card, and every line goes through ``Sale`` as if the cashier scanned it: a price other
than the catalogue's is an override with reason "replay". An invoice of goods that came back is a return without
receipt at the price on its lines; the backend takes its points back, down to zero. Nothing here knows a database or a
window: what a replay needs is handed in, and bootstrap builds the shop around it.

What a replay tells is what came of the bills: sums are those of the saved receipts, points those the backend answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from tukar.domain.bill import CustomerSource, PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Currency, Money, UnitPrice
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, ItemSource, RuleBook
from tukar.domain.receipt import Receipt, ReceiptCustomer, ReceiptKind, ReceiptLine, ReceiptNumber
from tukar.domain.redemption import BillAnswer, Outcome, Part
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.invoices import Invoice, InvoiceLine
from tukar.till.ports import Clock, FindBy, Ids
from tukar.till.receipts import Selling, receipt_of
from tukar.till.sale import Sale

REASON: Final = "replay"


class UnknownArticleError(LookupError):
    """The catalogue of the replayed shop lacks a code of the file."""


class UnknownCardError(LookupError):
    """The backend of the replayed shop does not know a customer of the file, or knows several of that card."""


class UnevenReceiptError(RuntimeError):
    """A bill came to another sum than its lines in the file; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of the bills so far. ``lines`` are those on bills; ``set_aside`` ones never were.

    ``sales`` + ``refunds`` + ``set_aside_amount`` = the sum of the lines that were read. ``short`` are points that a
    return should have taken back and the customer no longer had.
    """

    sales: Money
    refunds: Money
    set_aside_amount: Money
    bills: int = 0
    returns: int = 0
    lines: int = 0
    set_aside_lines: int = 0
    points_earned: Points = field(default=Points(0))
    points_taken_back: Points = field(default=Points(0))
    short: Points = field(default=Points(0))

    @classmethod
    def nothing(cls, currency: Currency) -> "Counted":
        return cls(currency.zero(), currency.zero(), currency.zero())

    def with_set_aside(self, lines: Sequence[InvoiceLine]) -> "Counted":
        return replace(
            self,
            set_aside_lines=self.set_aside_lines + len(lines),
            set_aside_amount=sum((line.amount for line in lines), self.set_aside_amount),
        )

    def with_receipt(self, receipt: Receipt, lines: int) -> "Counted":
        if receipt.kind is ReceiptKind.SALE:
            return replace(self, bills=self.bills + 1, lines=self.lines + lines, sales=self.sales + receipt.total)
        return replace(self, returns=self.returns + 1, lines=self.lines + lines, refunds=self.refunds + receipt.total)

    def with_answer(self, answer: BillAnswer) -> "Counted":
        """Adds what the backend said of a bill's earning: points below zero were taken back."""
        counted = self
        for part in answer.parts:
            if part.part is not Part.EARNING or part.outcome is Outcome.NONE or part.points is None:
                continue
            if part.points.units >= 0:
                counted = replace(counted, points_earned=counted.points_earned + part.points)
            else:
                counted = replace(counted, points_taken_back=counted.points_taken_back - part.points)
            if part.short is not None:
                counted = replace(counted, short=counted.short + part.short)
        return counted


class Members(Protocol):
    """The part of ``ports.LoyaltyBackend`` that a replay asks."""

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]: ...


class Bills(Protocol):
    """The part of ``ports.Journal`` that a replay writes to."""

    def save_bill(self, receipt: Receipt) -> Receipt: ...


@dataclass(frozen=True, slots=True)
class Replayer:
    """Where bills are rung. ``deliver`` sends what waits in the outbox and gives the backend's answers."""

    members: Members
    journal: Bills
    items: ItemSource
    clock: Clock
    ids: Ids
    selling: Selling
    deliver: Callable[[], Sequence[BillAnswer]]

    @property
    def currency(self) -> Currency:
        return self.selling.programme.currency

    def replay(
        self, invoices: Sequence[Invoice], progress: Callable[[int, Counted], None] = lambda _done, _counted: None
    ) -> Counted:
        """Rings all ``invoices`` in their order; ``progress`` hears after each how many are done.

        Raises UnknownArticleError, UnknownCardError, UnevenReceiptError, and what the ports raise.
        """
        sale = Sale(
            currency=self.currency,
            ids=self.ids,
            rules=RuleBook.compile(self.selling.programme, self.items),
            circumstances=lambda: Circumstances(
                now=self.clock.now(), shop_id=self.selling.shop_id, till_id=self.selling.till_id
            ),
        )
        counted = Counted.nothing(self.currency)
        for done, invoice in enumerate(invoices, start=1):
            counted = counted.with_set_aside(invoice.set_aside)
            if invoice.lines:
                receipt = self._take_back(invoice) if invoice.is_return else self._sell(sale, invoice)
                counted = counted.with_receipt(self.journal.save_bill(receipt), len(invoice.lines))
                for answer in self.deliver():
                    counted = counted.with_answer(answer)
            progress(done, counted)
        return counted

    def _sell(self, sale: Sale, invoice: Invoice) -> Receipt:
        sale.start()
        if invoice.customer:
            sale.set_customer(self._customer(invoice.customer), CustomerSource.CARD)
        articles = [(line, self._item(line.code)) for line in invoice.lines]
        # A line at its own price is kept apart from the others of its article; those that join come after it.
        for line, item in articles:
            if _overrides(line, item):
                line_id = sale.add(item, line.quantity)
                sale.override_price(line_id, line.price, self._override)
        for line, item in articles:
            if not _overrides(line, item):
                sale.add(item, line.quantity)
        priced = sale.priced
        _check(invoice, priced.total)
        at = self.clock.now()
        tender = Tender(self.ids.new(), PaymentMode.CASH, priced.total, priced.total, at)
        return receipt_of(priced, [tender], (), self.selling, at)

    def _take_back(self, invoice: Invoice) -> Receipt:
        lines = tuple(self._returned(line) for line in invoice.lines)
        total = self.currency.total(line.net for line in lines)
        _check(invoice, total)
        customer = self._customer(invoice.customer) if invoice.customer else None
        at, selling = self.clock.now(), self.selling
        return Receipt(
            bill_id=self.ids.new(),
            number=ReceiptNumber(selling.shop_id, selling.till_id, selling.till_epoch, 1),
            kind=ReceiptKind.RETURN,
            currency=self.currency,
            shop_name=selling.shop_name,
            cashier_id=selling.cashier.staff_id,
            cashier_name=selling.cashier.name,
            at=at,
            lines=lines,
            before=total,
            discount=self.currency.zero(),
            total=total,
            untaxed=total,
            tax=self.currency.zero(),
            taxes=(),
            tenders=(Tender(self.ids.new(), PaymentMode.CASH, total, total, at),),
            customer=None if customer is None else _named(customer),
            programme_version=selling.programme.version,
            catalogue_version=selling.catalogue_version,
            reason=REASON,
        )

    def _returned(self, line: InvoiceLine) -> ReceiptLine:
        item = self._item(line.code)
        return ReceiptLine(
            line_id=self.ids.new(),
            sku=item.sku,
            name=item.name,
            quantity=line.quantity,
            unit_price=line.price,
            gross=line.amount,
            net=line.amount,
            taxes=item.taxes,
            override=self._override if _overrides(line, item) else None,
        )

    @property
    def _override(self) -> PriceOverride:
        return PriceOverride(REASON, self.selling.cashier.staff_id)

    def _item(self, code: str) -> Item:
        item = self.items.by_sku(code)
        if item is None:
            raise UnknownArticleError(code)
        return item

    def _customer(self, card: str) -> LoyaltyAccount:
        found = self.members.find_members(FindBy.CARD, card)
        if len(found) != 1:
            raise UnknownCardError(card)
        return found[0]


def _overrides(line: InvoiceLine, item: Item) -> bool:
    """Whether the line needs a price of its own; so does one that must be rounded by itself."""
    catalogue: UnitPrice = item.charged_price
    return line.price != catalogue or not line.is_exact


def _named(customer: LoyaltyAccount) -> ReceiptCustomer:
    return ReceiptCustomer(
        customer.member_id, customer.name, customer.masked_mobile, customer.tier, CustomerSource.CARD
    )


def _check(invoice: Invoice, total: Money) -> None:
    expected = sum((line.amount for line in invoice.lines), total.currency.zero())
    if total != expected:
        raise UnevenReceiptError(f"invoice {invoice.number} came to {total} in place of {expected}")
