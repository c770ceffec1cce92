"""Taking the money: which way, how much, what is left, and the one thing that Enter does next.

The bill saves itself as soon as nothing is left to pay after the cashier pressed the green button, be it at once with
cash or when the bank has answered; a part leaves the screen open for the rest.
"""

from collections.abc import Callable
from typing import Final

from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.stored_value import StoredBalance
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.keys import Command
from tukar.till.notices import Level, Notice, Say
from tukar.till.payment_model import BY_VALUE, MODES, PayDesk, PaymentModel, PaymentView, PayNext, Way
from tukar.till.sale import Sale, SaleChange

_C = CheckoutState
_NEXT_OF: Final = {
    Way.CARD: PayNext.TO_TERMINAL,
    Way.QR: PayNext.SHOW_QR,
    Way.GIFT_CARD: PayNext.PAY_VALUE,
    Way.STORE_CREDIT: PayNext.PAY_VALUE,
}
_MOST_DIGITS: Final = 12


class Paying:
    """Turns what the cashier types and presses into the checkout's verbs, and its model into the screen's.

    ``redeem`` opens the sheet for points; ``approve`` asks a manager to save a bill whose hold has run out;
    ``look_up`` asks the backend what the codes of a bill hold, and says when it has.
    """

    def __init__(
        self,
        *,
        view: PaymentView,
        sale: Sale,
        checkout: PayDesk,
        redeem: Callable[[], None],
        approve: Callable[[], None],
        look_up: Callable[[Bill, Callable[[], None]], None],
        number: str = "",
    ) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._redeem = redeem
        self._approve = approve
        self._look_up = look_up
        self._number = number
        self._way = Way.CASH
        self._typed: int | None = None
        self._voucher = ""
        self._finishing = False
        self._notice: Notice | None = None
        self._due = checkout.model.due
        self._model = self._make_model(checkout.model)
        sale.listen(self._bill_changed)

    @property
    def model(self) -> PaymentModel:
        return self._model

    # What the cashier does

    def begin(self) -> None:
        """F9: from the bill to payment."""
        if self._checkout.model.state is _C.SELLING:
            self._way, self._typed, self._finishing = Way.CASH, None, False
            self._checkout.begin_payment()

    def choose(self, way: Way) -> None:
        """Another way to pay; points open their sheet at once."""
        if self._checkout.model.state is not _C.PAYING or way not in self._model.ways:
            return
        if way is Way.POINTS:
            self._redeem()
            return
        self._way, self._typed, self._voucher, self._notice = way, None, "", None
        self._checkout.value.forget_card()
        self._show()

    def scanned(self, code: str) -> None:
        """A code was scanned: a voucher where one is asked for, else a gift card."""
        if self._checkout.model.state is not _C.PAYING:
            return
        if self._way is not Way.VOUCHER and Way.GIFT_CARD in self._model.ways:
            self.choose(Way.GIFT_CARD)
        if self._way in (Way.VOUCHER, Way.GIFT_CARD):
            self.voucher_typed(code)
            self.go_on()

    def move(self, steps: int) -> None:
        """The next way to the right or left; points are passed over, for they open a sheet."""
        ways = [way for way in self._model.ways if way is not Way.POINTS]
        if self._way in ways:
            self.choose(ways[(ways.index(self._way) + steps) % len(ways)])

    def set_amount(self, digits: str) -> None:
        """What stands in the amount field now, as digits in minor units."""
        if len(digits) <= _MOST_DIGITS:
            self._typed, self._notice = int(digits or "0"), None
            self._show()

    def choose_amount(self, index: int) -> None:
        """One of the likely sums."""
        if 0 <= index < len(self._model.quick):
            self._typed, self._notice = self._model.quick[index].minor, None
            self._show()

    def voucher_typed(self, code: str) -> None:
        """What stands in the field of a voucher's or gift card's code now."""
        self._voucher, self._notice = code.strip(), None
        self._show()

    def go_on(self) -> None:
        """Enter: whatever the green button says."""
        does: dict[PayNext, Callable[[], None]] = {
            PayNext.FINISH: self._pay_cash,
            PayNext.TAKE_PART: self._pay_cash,
            PayNext.TO_TERMINAL: lambda: self._pay_by(self._checkout.pay_card),
            PayNext.SHOW_QR: lambda: self._pay_by(self._checkout.pay_qr),
            PayNext.REDEEM: self._redeem,
            PayNext.TRY_VOUCHER: self._try_voucher,
            PayNext.FIND_CARD: lambda: self._checkout.value.find_card(self._voucher),
            PayNext.PAY_VALUE: self._pay_value,
            PayNext.SAVE: self._checkout.save,
            PayNext.APPROVE: self._approve,
            PayNext.ASK_AGAIN: self._ask_again,
        }
        does.get(self._model.next, lambda: None)()

    def save(self) -> None:
        """F10: saves a paid bill; of an unpaid one it does what Enter would."""
        if self._checkout.model.state is _C.SELLING:
            self.begin()
        else:
            self.go_on()

    def back(self) -> None:
        """Esc: back to the bill, or stop what is waited for. Money taken stays taken."""
        match self._checkout.model.state:
            case _C.PAYING if self._model.value is not None and self._way is Way.GIFT_CARD:
                self._voucher, self._typed = "", None
                self._checkout.value.forget_card()
            case _C.PAYING:
                self._finishing = False
                self._checkout.back_to_bill()
            case _C.TERMINAL:
                self._checkout.cancel_terminal()
            case _C.ASKING:
                self._checkout.cancel_ask()
            case _C.UNSURE if self._checkout.model.value.asking:
                self._checkout.cancel_ask()
            case _:
                pass

    def check(self) -> None:
        """Looks whether the customer has paid by the code on the screen already."""
        if self._checkout.model.state is _C.TERMINAL:
            self._checkout.check_payment()

    def remove(self, tender_id: str) -> None:
        """Gives a payment back."""
        if self._checkout.model.state is _C.PAYING:
            self._finishing = False
            self._checkout.remove_tender(tender_id)

    def set_aside(self) -> None:
        """Nobody knows what became of a payment: the manager sees to it, and the customer pays otherwise."""
        if self._checkout.model.state is _C.UNCLEAR:
            self._checkout.set_payment_aside()

    def renumber(self, number: str) -> None:
        """The number that the bill in hand would get if it were saved now."""
        self._number = number
        self._show()

    # What happens

    def checkout_changed(self, model: CheckoutModel) -> None:
        """The checkout moved; a bill that was to be finished saves itself once nothing is left to pay."""
        if model.due != self._due:
            self._due, self._typed = model.due, None
            if self._way in BY_VALUE:
                self._way, self._voucher = Way.CASH, ""
        if model.state in (_C.SELLING, _C.SAVED):
            self._finishing = False
        if model.state is _C.PAYING and model.can_save and self._finishing and not model.must_approve:
            self._finishing = False
            self._checkout.save()
            return
        if model.state is _C.PAYING and model.notice is not None and model.notice.level is not Level.INFO:
            self._finishing = False
        self._show()

    def _bill_changed(self, _change: SaleChange) -> None:
        self._show()

    def _pay_cash(self) -> None:
        self._finishing = self._model.next is PayNext.FINISH
        self._checkout.pay_cash(self._model.amount)

    def _pay_by(self, pay: Callable[[Money | None], None]) -> None:
        self._finishing = self._model.amount >= self._checkout.model.due
        pay(None if self._finishing else self._model.amount)

    def _ask_again(self) -> None:
        unsure = self._checkout.model.state is _C.UNSURE
        ask = self._checkout.ask_again if unsure else self._checkout.ask_terminal_again
        ask()

    def _pay_value(self) -> None:
        value = self._model.value
        if value is not None:
            self._finishing = self._model.amount >= self._checkout.model.due
            self._checkout.value.pay(value, self._model.amount)

    def _try_voucher(self) -> None:
        """What no rule names is asked of the backend first: a gift card sold, a coupon that another bill left."""
        code = self._voucher
        if self._total_with(code) is not None:
            self._take_voucher(code)
        else:
            self._look_up(self._sale.bill.with_code(code), lambda: self._looked_up(code))

    def _looked_up(self, code: str) -> None:
        """The backend has answered; one that the cashier has left meanwhile is not taken."""
        if self._checkout.model.state is _C.PAYING and self._way is Way.VOUCHER and self._voucher == code:
            self._take_voucher(code)

    def _take_voucher(self, code: str) -> None:
        """A voucher that gives nothing, or more than is left to pay, is told and forgotten."""
        total = self._total_with(code)
        if total is not None and self._is_gift_card(code):
            self.choose(Way.GIFT_CARD)
            self._voucher = code
            self._checkout.value.find_card(code)
            return
        if total is not None and total >= self._checkout.model.paid:
            self._voucher, self._way = "", Way.CASH
            self._sale.enter_code(code)
        else:
            self._notice = Notice(Say.VOUCHER_NOT_TAKEN, Level.WARN, text=code)
        self._show()

    def _total_with(self, code: str) -> Money | None:
        """What the bill comes to with a voucher; None when it gives nothing, as far as this till knows."""
        tried = self._sale.as_if(self._sale.bill.with_code(code))
        gives = code in tried.bill.codes and tried.total < self._sale.priced.total
        return tried.total if gives else None

    def _is_gift_card(self, code: str) -> bool:
        """A card pays as money where it can, and not as a code on the bill."""
        tried = self._sale.as_if(self._sale.bill.with_code(code))
        return Way.GIFT_CARD in self._model.ways and any(one.code == code for one in tried.stored_value)

    # What is shown

    def _show(self) -> None:
        self._model = self._make_model(self._checkout.model)
        self._view.show_payment(self._model)

    def _make_model(self, checkout: CheckoutModel) -> PaymentModel:
        priced = self._sale.priced
        customer = priced.bill.customer
        earned = priced.earned[0] if priced.earned else None
        amount = self._amount(checkout)
        over = amount - checkout.cash_due
        zero = checkout.total.currency.zero()
        return PaymentModel(
            state=checkout.state,
            number=self._number,
            total=checkout.total,
            due=checkout.due,
            tenders=checkout.tenders,
            ways=self._ways(checkout),
            way=self._way,
            amount=amount,
            fresh=self._typed is None,
            quick=checkout.quick_cash if self._way is Way.CASH else (),
            change=over if self._way is Way.CASH and over > zero else zero,
            next=self._next(checkout, amount),
            redemptions=checkout.redemptions,
            terminal=checkout.terminal,
            exchange=checkout.exchange,
            value=self._value(checkout),
            finding=checkout.value.finding,
            finishing=self._finishing,
            before_points=checkout.total.currency.total(
                (checkout.total, *(view.amount for view in checkout.redemptions))
            ),
            customer_name=customer.name if customer else "",
            earned=earned.points if earned else None,
            commands=self._commands(checkout),
            notice=self._notice or checkout.notice,
        )

    def _value(self, checkout: CheckoutModel) -> StoredBalance | None:
        return {Way.GIFT_CARD: checkout.value.card, Way.STORE_CREDIT: checkout.value.credit}.get(self._way)

    def _amount(self, checkout: CheckoutModel) -> Money:
        suggested = checkout.cash_due if self._way is Way.CASH else checkout.due
        value = self._value(checkout)
        suggested = suggested if value is None else value.spendable(suggested)
        zero = checkout.total.currency.zero()
        return max(suggested, zero) if self._typed is None else Money(self._typed, zero.currency)

    def _ways(self, checkout: CheckoutModel) -> tuple[Way, ...]:
        tenders = tuple(way for way, mode in MODES.items() if mode in checkout.modes)
        return (*tenders, *((Way.POINTS,) if self._sale.bill.customer else ()), Way.VOUCHER)

    def _next(self, checkout: CheckoutModel, amount: Money) -> PayNext:
        if checkout.state in (_C.ASKING, _C.TERMINAL, _C.SAVING):
            return PayNext.WAIT
        if checkout.state is _C.UNCLEAR or (checkout.state is _C.UNSURE and checkout.value.asking):
            return PayNext.ASK_AGAIN
        if checkout.state is not _C.PAYING:
            return PayNext.NONE
        if checkout.must_approve:
            return PayNext.APPROVE
        return PayNext.SAVE if checkout.can_save else self._next_payment(checkout, amount)

    def _next_payment(self, checkout: CheckoutModel, amount: Money) -> PayNext:
        if self._way is Way.VOUCHER:
            return PayNext.TRY_VOUCHER if self._voucher else PayNext.NONE
        if self._way is Way.GIFT_CARD and checkout.value.card is None:
            typed = PayNext.FIND_CARD if self._voucher else PayNext.NONE
            return PayNext.WAIT if checkout.value.finding else typed
        if amount.minor <= 0 or checkout.due.minor <= 0:
            # Coins can make nothing of a sum below half a coin: it is paid with nothing, and rounding says so.
            rounds_away = checkout.due.minor > 0 and not checkout.cash_due and self._way is Way.CASH
            return PayNext.FINISH if rounds_away else PayNext.NONE
        if self._way is Way.CASH:
            return PayNext.FINISH if amount >= checkout.cash_due else PayNext.TAKE_PART
        value = self._value(checkout)
        too_much = amount > checkout.due or (value is not None and amount > value.balance)
        return PayNext.NONE if too_much else _NEXT_OF[self._way]

    def _commands(self, checkout: CheckoutModel) -> frozenset[Command]:
        always = {Command.FULL_SCREEN, Command.LOCK}
        if checkout.state is not _C.PAYING:
            return frozenset(always)
        able = always | {Command.PROMOTIONS}
        if self._sale.bill.customer is not None:
            able.add(Command.REDEEM)
        if self._next(checkout, self._amount(checkout)) in (PayNext.SAVE, PayNext.FINISH, PayNext.APPROVE):
            able.add(Command.SAVE)
        return frozenset(able)
