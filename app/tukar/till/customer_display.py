"""What the customer sees of their bill on a second screen, and nothing else (security.md, "Personal data").

Only the bill in hand is shown, with its own customer by first name and masked number. What the cashier looks up,
chooses from or types never reaches this screen; while nobody is at the till, or it is locked, it only greets.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tukar.domain.money import Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.pricing.result import FreeLine, PricedBill, PricedLine
from tukar.domain.receipt import Receipt
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.sale import Sale, SaleChange
from tukar.till.staffing import StaffingModel


class DisplayStep(StrEnum):
    """What the customer is shown: a greeting, their bill, or thanks."""

    WELCOME = "welcome"
    BILL = "bill"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """One line, ``each`` at that price; ``before`` is what it cost before something was taken off."""

    name: str
    quantity: Quantity
    amount: Money
    each: UnitPrice
    weighed: bool = False
    before: Money | None = None


@dataclass(frozen=True, slots=True)
class DisplayPoints:
    """One sort of points: what the customer has, or has now, and what this bill gives and takes."""

    name: LocalName
    balance: Points
    earns: Points | None = None
    spends: Points | None = None


@dataclass(frozen=True, slots=True)
class DisplayModel:
    """Everything on the second screen. ``due`` is what is left to pay; ``payload`` what a code to pay by says."""

    step: DisplayStep = DisplayStep.WELCOME
    shop: str = ""
    lines: tuple[DisplayLine, ...] = ()
    total: Money | None = None
    discount: Money | None = None
    due: Money | None = None
    change: Money | None = None
    customer: str = ""
    points: tuple[DisplayPoints, ...] = ()
    payload: str = ""


class DisplayView(Protocol):
    """The second screen."""

    def show_display(self, model: DisplayModel) -> None: ...


class CustomerDisplay:
    """Presenter of the second screen. Hand its methods to whoever announces changes."""

    def __init__(
        self, *, view: DisplayView, sale: Sale, checkout: CheckoutModel, staffing: StaffingModel, shop: str
    ) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._staffing = staffing
        self._shop = shop
        self._model: DisplayModel | None = None

    def open(self) -> None:
        """Shows what stands now, also to a screen that was plugged in again."""
        self._model = None
        self._show()

    def bill_changed(self, _change: SaleChange) -> None:
        self._show()

    def checkout_changed(self, model: CheckoutModel) -> None:
        self._checkout = model
        self._show()

    def staffing_changed(self, model: StaffingModel) -> None:
        self._staffing = model
        self._show()

    def _show(self) -> None:
        model = self._made()
        if model != self._model:
            self._model = model
            self._view.show_display(model)

    def _made(self) -> DisplayModel:
        nobody = self._staffing.cashier is None or self._staffing.locked
        receipt = self._checkout.receipt
        if not nobody and self._checkout.state is CheckoutState.SAVED and receipt is not None:
            return self._thanks(receipt)
        if nobody or (self._sale.bill.is_empty and self._sale.bill.customer is None):
            return DisplayModel(shop=self._shop)
        return self._bill()

    def _bill(self) -> DisplayModel:
        priced, checkout = self._sale.priced, self._checkout
        customer = priced.bill.customer
        paying = checkout.state is not CheckoutState.SELLING or checkout.exchange is not None
        return DisplayModel(
            DisplayStep.BILL,
            self._shop,
            tuple(map(_line, priced.lines)) + tuple(map(_free, priced.free_lines)),
            total=priced.total,
            discount=priced.discount or None,
            due=checkout.due if paying and checkout.due != priced.total else None,
            customer="" if customer is None else _called(customer.name, customer.masked_mobile),
            points=_points(priced, self._sale),
            payload=checkout.terminal.payload if checkout.terminal is not None else "",
        )

    def _thanks(self, receipt: Receipt) -> DisplayModel:
        customer = receipt.customer
        return DisplayModel(
            DisplayStep.THANKS,
            self._shop,
            total=receipt.total,
            change=receipt.change or None,
            customer="" if customer is None else _called(customer.name, customer.masked_mobile),
            points=tuple(
                DisplayPoints(one.name, one.after, one.earned or None, one.spent or None)
                for one in receipt.points
                if one.after is not None and (one.after or one.earned or one.spent)
            ),
        )


def _line(row: PricedLine) -> DisplayLine:
    line = row.line
    before = row.gross if row.net != row.gross else None
    return DisplayLine(line.item.name, line.quantity, row.net, line.unit_price, line.item.weighed, before)


def _free(row: FreeLine) -> DisplayLine:
    nothing = row.worth.currency.zero()
    return DisplayLine(row.item.name, row.quantity, nothing, row.item.charged_price, before=row.worth)


def _called(name: str, masked_mobile: str) -> str:
    """First name and the end of the number: enough for whom it is, too little for who stands behind."""
    return "  ".join(filter(None, (name.strip().partition(" ")[0], masked_mobile)))


def _points(priced: PricedBill, sale: Sale) -> tuple[DisplayPoints, ...]:
    customer = priced.bill.customer
    if customer is None or customer.pending:
        return ()
    rows = []
    for held in customer.balances:
        account = sale.rules.programme.account(held.programme_id)
        earns, spends = priced.earned_of(held.programme_id), priced.spent_of(held.programme_id)
        if held.available or earns or spends:
            name = LocalName(held.programme_id) if account is None else account.name
            rows.append(DisplayPoints(name, held.available, earns, spends))
    return tuple(rows)
