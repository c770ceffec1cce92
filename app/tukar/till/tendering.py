"""Taking and giving back money: cash at once, card and QR through the terminal, each only once the points are held.

Gift cards and store credit are ``valuing``'s, which asks the backend before they count.
"""

from collections.abc import Callable
from dataclasses import replace

from tukar.domain.money import Money
from tukar.domain.stored_value import StoredBalance
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.agreed import Agreed, CardsBack
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError, TerminalView
from tukar.till.covering import Covering
from tukar.till.deadlines import to_open_a_tender
from tukar.till.drafts import DraftKeeper
from tukar.till.exchanging import Exchange
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.paying import NotEnoughError, OverpaidByCardError, Payment
from tukar.till.ports import (
    DiskTrouble,
    Hold,
    PaymentAttempt,
    Reverse,
    ReviewItem,
    TerminalAnswer,
    TerminalOutcome,
)
from tukar.till.refusals import disk_notice
from tukar.till.sale import Sale, SaleChange
from tukar.till.stage import Stage
from tukar.till.terminals import TerminalDesk, Terminals, attempt_of, tender_of
from tukar.till.valuing import Valuing

_ENDS = {
    TerminalOutcome.DECLINED: Say.CARD_DECLINED,
    TerminalOutcome.CANCELLED: Say.CARD_CANCELLED,
    TerminalOutcome.NOT_FOUND: Say.CARD_CANCELLED,
}


class Tendering:
    """The tenders of the bill in hand, and TERMINAL and UNCLEAR of the machine."""

    def __init__(
        self, sale: Sale, stage: Stage, gear: Gear, terminals: Terminals, covering: Covering, drafts: DraftKeeper
    ) -> None:
        self.tenders: tuple[Tender, ...] = ()
        self.exchange: Exchange | None = None
        self.view: TerminalView | None = None
        self._payment = Payment(sale.priced.total)
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._covering = covering
        self._drafts = drafts
        self.valuing = Valuing(sale, stage, gear, covering.redeeming, self._take)
        self._desk = TerminalDesk(gear, terminals, drafts.keep_now, self._disk_failed)
        self._devices = [mode for mode in (PaymentMode.CARD, PaymentMode.QR) if self._desk.has(mode)]
        self._attempt: PaymentAttempt | None = None
        self._returning: Tender | None = None
        self._setting_aside = False
        self._ran_out = ""
        """The payment whose code ran out before anybody paid."""

    @property
    def payment(self) -> Payment:
        """Goods that come back count first, as far as the bill goes."""
        total = self._sale.priced.total
        exchanged = None if self.exchange is None else self.exchange.tender(total)
        tenders = self.tenders if exchanged is None else (exchanged, *self.tenders)
        if self._payment.total is not total or self._payment.tenders is not tenders:
            self._payment = Payment(total, tenders)
        return self._payment

    @property
    def money_stands(self) -> bool:
        """Whether money has moved for the bill in hand: taken for it, or given back beside it."""
        return bool(self.tenders) or (self.exchange is not None and self.exchange.has_paid)

    @property
    def asker(self) -> Covering | Valuing:
        """Whose question ASKING and UNSURE are about: that of points, or that of stored value."""
        return self.valuing if self.valuing.is_asking else self._covering

    @property
    def modes(self) -> tuple[PaymentMode, ...]:
        """How a customer can pay at this till."""
        card = (PaymentMode.GIFT_CARD,) if self.valuing.can else ()
        credit = (PaymentMode.STORE_CREDIT,) if self.valuing.credit is not None else ()
        return (PaymentMode.CASH, *self._devices, *card, *credit)

    def take_up(self, tenders: tuple[Tender, ...]) -> None:
        """The tenders of a bill that is resumed, or none for a new one."""
        self.tenders = tenders
        self.view = self._attempt = self._returning = None
        self.valuing.forget_card()
        self.give_up_exchange()

    def give_up_exchange(self) -> None:
        """The goods stay with the customer after all; nothing where there is no exchange, or money left for it."""
        exchange = self.exchange
        if exchange is not None and not exchange.has_paid:
            self.exchange = None
            exchange.give_up()

    def give_back(self, then: Callable[[], None]) -> None:
        """What is left over of goods that come back goes to the cards that paid for them; ``then`` once it has.

        What a card does not take is cash, once the cashier has read so; nothing is saved before.
        """
        exchange = self.exchange
        parts = () if exchange is None else exchange.to_cards(self.payment.total)
        if exchange is None or not parts:
            then()
            return

        def telling(card: Tender, amount: Money) -> None:
            self.view = TerminalView(card.mode, amount, giving_back=True, label=card.label)
            self._stage.changed()

        def paid(agreed: Agreed) -> None:
            self.exchange = replace(exchange, agreed=agreed)
            self._back(None)
            then()

        def declined(agreed: Agreed, notice: Notice) -> None:
            self.exchange = replace(exchange, agreed=agreed, in_cash=True)
            self._back(notice)

        def lost(notice: Notice) -> None:
            self.exchange = None
            self._back(notice)

        (card, amount), *_ = parts
        self.view = TerminalView(card.mode, amount, giving_back=True, label=card.label)
        self._stage.go(CheckoutState.TERMINAL)
        exchange.give_back(exchange.agreed, parts, CardsBack(paid, declined, lost, telling))

    # Cash

    def pay_cash(self, given: Money | None) -> None:
        self._open(given, lambda: self._take_cash(given))

    def _take_cash(self, given: Money | None) -> None:
        try:
            tender = self.payment.cash(given, self._gear.ids.new(), self._gear.clock.now())
        except NotEnoughError:
            self._stage.say(Notice(Say.NOT_ENOUGH_MONEY, Level.WARN, money=self.payment.cash_due))
            return
        self._take(tender)
        self._stage.changed()

    # Stored value

    def pay_value(self, value: StoredBalance, amount: Money | None) -> None:
        """As much as ``value`` pays of what is due, or ``amount`` of it; never more than it holds."""
        if any(one.value is not None and one.value.holder == value.holder for one in self.tenders):
            self._stage.say(Notice(Say.GIFT_CARD_ON_BILL, Level.WARN, text=value.mask))
            return
        asked = value.spendable(self.payment.due) if amount is None else amount
        if asked > value.balance:
            self._stage.say(Notice(Say.VALUE_NOT_ENOUGH, Level.WARN, text=value.mask, money=value.balance))
            return
        self._open(asked, lambda: self._ask_value(value, asked))

    def bill_changed(self, change: SaleChange) -> None:
        """Store credit pays for its own customer only."""
        for tender in self.valuing.strangers(change, self.tenders):
            self.remove(tender.tender_id)

    def _ask_value(self, value: StoredBalance, amount: Money) -> None:
        part = self._part(amount)
        if part is not None:
            self.valuing.ask(value, part)

    # Terminal

    def pay_by(self, mode: PaymentMode, amount: Money | None) -> None:
        """All that is due, or ``amount`` of it, by card or QR."""
        if not self._desk.has(mode):
            raise IllegalCheckoutError(f"this till takes no {mode}")
        self._open(amount, lambda: self._call_terminal(mode, amount))

    def cancel(self) -> None:
        """The customer changed their mind: what the terminal then says counts."""
        attempt, view = self._attempt, self.view
        if attempt is not None and view is not None and not view.giving_back:
            self.view = replace(view, cancelling=True)
            self._desk.cancel(attempt)
            self._stage.changed()

    def check(self) -> None:
        """Looks whether a payment by code has been made, without waiting for the service to say so."""
        attempt, view = self._attempt, self.view
        if attempt is None or view is None or view.checking or view.cancelling or not view.payload:
            return
        self.view = replace(view, checking=True)
        self._stage.changed()
        self._desk.check(attempt, self._ended, self._not_paid_yet)

    def ask_again(self) -> None:
        """Asks the terminal what came of a payment, by its reference."""
        attempt = self._attempt
        if attempt is not None and not self._setting_aside:
            self._stage.go(CheckoutState.TERMINAL)
            self._desk.ask(attempt, self._asked_again)

    def set_aside(self) -> None:
        """The terminal stays silent: the payment becomes an item for the manager, and the sale goes on without it."""
        attempt = self._attempt
        if attempt is None or self._setting_aside:
            return
        self._setting_aside = True

        def written(_: object) -> None:
            self._setting_aside = False
            self._still_taken(Notice(Say.NEEDS_MANAGER, Level.WARN, money=attempt.amount))

        def failed(trouble: DiskTrouble) -> None:
            self._setting_aside = False
            self._stage.say(disk_notice(trouble))

        at = self._gear.clock.now()
        story = f"{attempt.mode} {attempt.amount.decimal()} under reference {attempt.reference}: no clear answer"
        item = ReviewItem(self._gear.ids.new(), "payment_unclear", attempt.bill_id, at, story)
        self._gear.writer.write(lambda: lambda: self._gear.journal.add_review_item(item), written, failed)

    def remove(self, tender_id: str) -> None:
        """Takes a tender back: cash from the drawer at once, a card payment through the terminal."""
        tender = self.payment.tender(tender_id)
        if tender.mode is PaymentMode.EXCHANGE:
            if self.exchange is not None and self.exchange.has_paid:
                self._stage.say(Notice(Say.RETURN_MUST_BE_SAVED, Level.WARN))
                return
            self.give_up_exchange()
            self._stage.changed()
            return
        if tender.mode not in (PaymentMode.CARD, PaymentMode.QR):
            self._untake(tender_id)
            self.valuing.give_back(tender)
            self._stage.changed()
            return
        self._attempt = attempt_of(tender, self._sale.bill.bill_id)
        self._returning = tender
        self.view = TerminalView(tender.mode, tender.amount, giving_back=True)
        self._stage.go(CheckoutState.TERMINAL)
        self._untake(tender_id)
        self._desk.refund(self._attempt, self._given_back)

    def settle(self) -> None:
        """The bill is about to be saved: every answer of the terminal is to be on the disk before it."""
        self._desk.write_again()

    def unclear(self, attempt: PaymentAttempt) -> None:
        """A resumed bill has a payment that nobody knows the end of."""
        self._attempt = attempt
        self.view = TerminalView(PaymentMode(attempt.mode), attempt.amount)
        self._stage.go(CheckoutState.UNCLEAR, Notice(Say.CARD_UNKNOWN, Level.DANGER, money=attempt.amount))

    # Behind it

    def _open(self, amount: Money | None, then: Callable[[], None]) -> None:
        """No tender opens while points it counts on are not held (redemption.md, "Till")."""
        if self.payment.due.minor <= 0:
            raise IllegalCheckoutError("nothing is left to pay")
        if self._must_cover(amount):
            self._covering.cover(to_open_a_tender, then)
        else:
            then()

    def _must_cover(self, amount: Money | None) -> bool:
        """A backend without holds redeems just before the last tender, one that cannot reverse only after it."""
        can = self._gear.backend.capabilities
        if can.hold is not Hold.NONE:
            return True
        return can.reverse is not Reverse.NONE and (amount is None or self.payment.pays_all(amount))

    def _call_terminal(self, mode: PaymentMode, amount: Money | None) -> None:
        asked = self._part(amount)
        if asked is None:
            return
        self._attempt = self._desk.start(self._sale.bill.bill_id, mode, asked)
        self.view = TerminalView(mode, asked)
        self._stage.go(CheckoutState.TERMINAL)
        self._desk.pay(self._attempt, self._show_payload, self._ended)

    def _part(self, amount: Money | None) -> Money | None:
        """What may be asked of a card, or None where it gives no sense: that is said."""
        try:
            return self.payment.part(amount)
        except OverpaidByCardError:
            self._stage.say(Notice(Say.ONLY_CASH_CHANGE, Level.WARN, money=self.payment.due))
        except NotEnoughError:
            self._stage.say(Notice(Say.NOT_ENOUGH_MONEY, Level.WARN, money=self.payment.due))
        return None

    def _show_payload(self, payload: str, seconds: float) -> None:
        view, attempt = self.view, self._attempt
        if view is None or attempt is None:
            return
        self.view = replace(view, payload=payload, good_for=seconds)
        self._gear.background.after(seconds, lambda: self._run_out(attempt))
        self._stage.changed()

    def _run_out(self, attempt: PaymentAttempt) -> None:
        """The code is no longer good: what the service then says counts."""
        if self._attempt is attempt and self.view is not None and not self.view.cancelling:
            self._ran_out = attempt.tender_id
            self.cancel()

    def _not_paid_yet(self) -> None:
        if self.view is not None:
            self.view = replace(self.view, checking=False)
        self._stage.say(Notice(Say.NOT_PAID_YET))

    def _ended(self, attempt: PaymentAttempt, answer: TerminalAnswer, approved: Notice | None = None) -> None:
        self._attempt = attempt
        if answer.outcome is TerminalOutcome.UNKNOWN:
            self._stage.go(CheckoutState.UNCLEAR, Notice(Say.CARD_UNKNOWN, Level.DANGER, money=attempt.amount))
        elif answer.outcome is TerminalOutcome.APPROVED:
            self._take(tender_of(attempt, self._gear))
            self._back(approved)
        elif attempt.tender_id == self._ran_out:
            self._back(Notice(Say.QR_RAN_OUT, Level.WARN, money=attempt.amount))
        else:
            self._back(Notice(_ENDS[answer.outcome], Level.WARN, text=answer.reason, money=attempt.amount))

    def _asked_again(self, attempt: PaymentAttempt, answer: TerminalAnswer) -> None:
        """An answer by reference. For money on its way back APPROVED means that the payment still stands."""
        if self._returning is None:
            self._ended(attempt, answer, Notice(Say.CARD_APPROVED_AFTER_ALL, money=attempt.amount))
        elif answer.outcome is TerminalOutcome.APPROVED:
            self._still_taken(Notice(Say.CARD_DECLINED, Level.WARN, money=attempt.amount))
        elif answer.outcome is TerminalOutcome.UNKNOWN:
            self._stage.go(CheckoutState.UNCLEAR, Notice(Say.CARD_UNKNOWN, Level.DANGER, money=attempt.amount))
        else:
            self._back(None)

    def _given_back(self, attempt: PaymentAttempt, answer: TerminalAnswer) -> None:
        self._attempt = attempt
        if answer.outcome is TerminalOutcome.UNKNOWN:
            self._stage.go(CheckoutState.UNCLEAR, Notice(Say.CARD_UNKNOWN, Level.DANGER, money=attempt.amount))
        elif answer.outcome is TerminalOutcome.APPROVED:
            self._back(None)
        else:
            self._still_taken(Notice(Say.CARD_DECLINED, Level.WARN, text=answer.reason, money=attempt.amount))

    def _still_taken(self, notice: Notice) -> None:
        """The money did not go back: its tender counts again."""
        if self._returning is not None:
            self._take(self._returning)
        self._back(notice)

    def _take(self, tender: Tender) -> None:
        self.tenders = (*self.tenders, tender)
        self._drafts.keep()

    def _untake(self, tender_id: str) -> None:
        self.tenders = tuple(kept for kept in self.tenders if kept.tender_id != tender_id)
        self._drafts.keep()

    def _back(self, notice: Notice | None) -> None:
        self.view = self._attempt = self._returning = None
        self._stage.go(CheckoutState.PAYING, notice)

    def _disk_failed(self, trouble: DiskTrouble) -> None:
        """The intent is not on the disk, so the terminal was never called."""
        self._still_taken(disk_notice(trouble))
