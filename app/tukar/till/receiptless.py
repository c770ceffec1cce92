"""Returns without a receipt: goods at today's price, cash out of the drawer, a second person's word, and no points.

Nobody can tell what was paid for such goods, so nobody gives money for them alone, whatever their role: a second person
gives their word for this amount. No customer is on the return, so no points move either way. It is saved as a return
of no sale, which the backend lists for a manager (``ReviewReason.NO_RECEIPT``).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from tukar.domain.approval import ApprovalSubject
from tukar.domain.bill import Bill
from tukar.domain.free_text import holds_card_number
from tukar.domain.item import Item
from tukar.domain.money import QUANTITY_DIGITS, Quantity
from tukar.domain.people import Action, Right
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.engine import settle
from tukar.domain.pricing.result import Circumstances, PricedBill
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.till.agreed import cash_back
from tukar.till.finding import HITS, Wish
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Much, Permit, Then
from tukar.till.ports import Hit, ItemIndex
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep, ReceiptlessView
from tukar.till.receipts import Selling, receipt_of
from tukar.till.sale import Sale

_PIECE: Final = 10**QUANTITY_DIGITS
_MORE: Final = ("+",)
_FEWER: Final = ("-", "\N{MINUS SIGN}")


class SecondPerson(Protocol):
    """Asks somebody else than whoever is at the till; ``Permitting`` is one."""

    def ask_second(self, action: Action, ref: str, then: Then, about: ApprovalSubject) -> Right: ...


class Receiptless:
    """Presenter of the sheet. ``saved`` hears of every return receipt, for printer, drawer and outbox.

    ``may_open`` says whether the till is free for it; ``selling`` who takes back where. Nothing leaves the till
    before the receipt is saved, and Esc before that forgets everything.
    """

    def __init__(
        self,
        *,
        view: ReceiptlessView,
        gear: Gear,
        index: ItemIndex,
        sale: Sale,
        permits: SecondPerson,
        selling: Callable[[], Selling],
        may_open: Callable[[], bool],
        saved: Callable[[Receipt], None],
    ) -> None:
        self._view = view
        self._gear = gear
        self._index = index
        self._sale = sale
        self._permits = permits
        self._selling = selling
        self._may_open = may_open
        self._saved = saved
        self._bill = Bill("", sale.bill.currency)
        self._model = ReceiptlessModel()

    @property
    def is_open(self) -> bool:
        return self._model.is_open

    def open(self) -> None:
        """Starts with nothing; one that is open already goes on."""
        if self._model.is_open or not self._may_open():
            return
        # One id from here to the end: whoever saves twice after a full disk saves the same return.
        self._bill = Bill(self._gear.ids.new(), self._sale.bill.currency, training=self._sale.bill.training)
        self._show(ReceiptlessModel(ReceiptlessStep.CHOOSE))

    def type(self, text: str) -> None:
        """The search now holds ``text``; + and − alone are one more and one less of the chosen line."""
        if not self._at_work():
            return
        if text in (*_MORE, *_FEWER):
            # Shown as typed first, so that the field learns it is to be empty again.
            self._show(replace(self._model, text=text))
            self._change(_PIECE if text in _MORE else -_PIECE)
            return
        wish = Wish.read(text)
        hits = self._index.find(wish.needle, HITS) if wish.needle else ()
        chosen = (0 if hits else -1) if text.strip() else len(self._model.lines) - 1
        self._show(replace(self._model, text=text, hits=hits, chosen=chosen, notice=None))

    def scan(self, code: str) -> None:
        """A scanner read ``code``: one of that item comes back, or as many as were typed before ``*``."""
        if self._at_work():
            typed = Wish.read(self._model.text)
            self._take_code(Wish(code.strip(), None if typed.needle else typed.quantity))

    def move(self, steps: int) -> None:
        """Another hit or line; stays at the ends."""
        rows = len(self._model.hits if self._model.searching else self._model.lines)
        if rows:
            self.choose(min(max(self._model.chosen + steps, 0), rows - 1))

    def choose(self, index: int) -> None:
        rows = self._model.hits if self._model.searching else self._model.lines
        if self._at_work() and 0 <= index < len(rows):
            self._show(replace(self._model, chosen=index, notice=None))

    def pick(self, index: int) -> None:
        """A row was touched twice: of the hits this one comes back."""
        self.choose(index)
        if self._model.searching and self._model.chosen == index:
            self.go_on()

    def more(self) -> None:
        """One more piece of the chosen line."""
        self._change(_PIECE)

    def fewer(self) -> None:
        """One piece less; the last one takes the line away."""
        self._change(-_PIECE)

    def give_reason(self, text: str) -> None:
        if self._at_work():
            self._show(replace(self._model, reason=text, notice=None))

    def go_on(self) -> None:
        """Enter: what was found comes back; with an empty search somebody is asked for their word."""
        if not self._model.can_go_on:
            return
        if self._model.step is ReceiptlessStep.DONE:
            self._close()
        elif self._model.searching:
            self._take(Wish.read(self._model.text))
        else:
            self._ask()

    def back(self) -> None:
        """Esc: empties the search, then gives everything up."""
        if self._model.busy:
            return
        if self._model.searching and self._model.step is ReceiptlessStep.CHOOSE:
            self.type("")
        else:
            self._close()

    def printed(self, notice: Notice | None) -> None:
        """How the printing of the return receipt went."""
        if self._model.step is ReceiptlessStep.DONE and notice is not None:
            self._say(notice)

    # Choosing

    def _at_work(self) -> bool:
        return self._model.step is ReceiptlessStep.CHOOSE and not self._model.busy

    def _take(self, wish: Wish) -> None:
        hits, chosen = self._model.hits, self._model.chosen
        if chosen > 0 or not wish.needle or not self._index.by_code(wish.needle):
            if 0 <= chosen < len(hits):
                self._add(hits[chosen].item, wish)
            else:
                self._say(Notice(Say.UNKNOWN_ITEM, Level.WARN, text=wish.needle))
        else:
            self._take_code(wish)

    def _take_code(self, wish: Wish) -> None:
        items = self._index.by_code(wish.needle)
        if len(items) == 1:
            self._add(items[0], wish)
        elif items:
            hits = tuple(map(Hit, items))
            which = Notice(Say.WHICH_ITEM, Level.INFO, text=wish.needle, count=len(items))
            self._show(replace(self._model, text=wish.needle, hits=hits, chosen=0, notice=which))
        else:
            self._say(Notice(Say.UNKNOWN_ITEM, Level.WARN, text=wish.needle))

    def _add(self, item: Item, wish: Wish) -> None:
        quantity = wish.quantity or Quantity.of(1)
        if not quantity.is_whole and not item.weighed:
            self._say(Notice(Say.SOLD_BY_PIECE, Level.WARN, text=item.name))
            return
        bill = self._bill.with_item(item, quantity, f"line-{len(self._bill.lines) + 1}-{item.sku}")
        place = next(place for place, line in enumerate(bill.lines) if line.item.sku == item.sku)
        self._now(bill, place)

    def _change(self, thousandths: int) -> None:
        place = self._model.chosen
        if not self._at_work() or not 0 <= place < len(self._bill.lines):
            return
        line = self._bill.lines[place]
        left = Quantity(max(line.quantity.thousandths + thousandths, 0))
        self._now(self._bill.with_quantity(line.line_id, left), place)

    def _now(self, bill: Bill, place: int) -> None:
        self._bill = bill
        priced = self._priced()
        chosen = min(place, len(priced.lines) - 1)
        self._show(
            replace(
                self._model,
                text="",
                hits=(),
                lines=priced.lines,
                chosen=chosen,
                money=priced.total if priced.lines else None,
                notice=None,
            )
        )

    def _priced(self) -> PricedBill:
        """At the shop's own prices: no promotion lowers them, and nothing is earned."""
        rules = self._sale.rules
        book = RuleBook(replace(rules.programme, rules=()), rules.items, rules.currency)
        return settle(self._bill, book, Circumstances(online=False))

    # Asking and saving

    def _ask(self) -> None:
        reason, priced = self._model.reason.strip(), self._priced()
        if holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
            return
        if not reason:
            self._say(Notice(Say.REASON_NEEDED))
            return
        bill = self._bill
        ref = f"{bill.bill_id} {priced.total.decimal()}"

        def permitted(permit: Permit) -> None:
            if self._at_work() and self._bill == bill:
                self._save(priced, reason, permit)

        about = Much(priced.total).about(Action.RETURN_WITHOUT_RECEIPT, ref, bill.bill_id, reason)
        if self._permits.ask_second(Action.RETURN_WITHOUT_RECEIPT, ref, permitted, about) is Right.DENIED:
            self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _save(self, priced: PricedBill, reason: str, permit: Permit) -> None:
        receipt = _receipt(priced, reason, permit, self._selling(), self._gear)
        self._show(replace(self._model, busy=True, notice=None))
        self._gear.writer.write(
            lambda: lambda: self._gear.journal.save_bill(receipt),
            self._was_saved,
            lambda _trouble: self._say(Notice(Say.BILL_NOT_SAVED_DISK, Level.DANGER)),
        )

    def _was_saved(self, receipt: Receipt) -> None:
        self._show(replace(self._model, step=ReceiptlessStep.DONE, saved=receipt, busy=False, notice=None))
        self._saved(receipt)

    def _close(self) -> None:
        self._show(ReceiptlessModel())

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, busy=False, notice=notice))

    def _show(self, model: ReceiptlessModel) -> None:
        self._model = model
        self._view.show_receiptless(model)


def _receipt(priced: PricedBill, reason: str, permit: Permit, selling: Selling, gear: Gear) -> Receipt:
    """A sale of these goods with every amount below zero."""
    sold = receipt_of(priced, cash_back(gear, priced.total), (), selling, gear.clock.now())
    return replace(
        sold,
        kind=ReceiptKind.RETURN,
        lines=tuple(replace(line, quantity=-line.quantity, gross=-line.gross, net=-line.net) for line in sold.lines),
        before=-sold.before,
        total=-sold.total,
        untaxed=-sold.untaxed,
        tax=-sold.tax,
        taxes=tuple(replace(tax, base=-tax.base, amount=-tax.amount) for tax in sold.taxes),
        reason=reason,
        approver_id=permit.approver,
    )
