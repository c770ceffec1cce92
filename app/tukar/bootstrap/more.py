"""Puts together who works behind the choices of F1: returns with and without receipt, copies, the drawer."""

from collections.abc import Callable

from tukar.bootstrap.counter import Counter
from tukar.domain.receipt import Receipt
from tukar.till.agreed import Agreed
from tukar.till.checkout_model import CheckoutState
from tukar.till.no_sale import NoSale
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permitting
from tukar.till.ports import ItemIndex
from tukar.till.receiptless import Receiptless
from tukar.till.refunding import Refunding
from tukar.till.reprinting import Reprinting
from tukar.till.return_receipt import PointsBack
from tukar.till.returning import Returning
from tukar.till.saving import Saving
from tukar.ui.main_window import MainWindow
from tukar.ui.more_desk import MorePresenters


def more_presenters(
    counter: Counter,
    index: ItemIndex,
    window: MainWindow,
    permits: Permitting,
    saved: Callable[[Receipt], None],
    tell: Callable[[Notice], None],
) -> MorePresenters:
    """``saved`` hears of every return, ``tell`` of what becomes of an exchange."""
    ports, gear = counter.ports, counter.gear
    cashier = counter.staffing.cashier
    paper = Saving(gear, counter.place, ports.printer, cashier)

    def returned(receipt: Receipt) -> None:
        paper.print(receipt, lambda _state, notice: returning.printed(notice))
        saved(receipt)

    refunding = Refunding(gear, ports.terminals, counter.place, cashier, counter.outbox.wake)

    def exchange(agreed: Agreed, points: tuple[PointsBack, ...]) -> None:
        told = Notice(Say.RETURN_GIVEN_UP, Level.WARN, text=agreed.row.number)
        counter.checkout.exchange(refunding.exchange(agreed, points, lambda: tell(told), tell))
        tell(Notice(Say.EXCHANGE_BEGUN, money=agreed.answer.money, text=agreed.row.number))

    returning = Returning(
        view=window.returns,
        gear=gear,
        refunding=refunding,
        permits=permits,
        may_open=lambda: counter.checkout.state is CheckoutState.SELLING and counter.checkout.model.exchange is None,
        saved=returned,
        exchange=exchange,
    )
    return MorePresenters(
        returning,
        Reprinting(
            view=window.reprint,
            journal=ports.journal,
            printer=ports.printer,
            background=ports.background,
            permits=permits,
        ),
        NoSale(
            view=window.no_sale,
            journal=ports.journal,
            printer=ports.printer,
            background=ports.background,
            permits=permits,
        ),
        _receiptless(counter, index, window, permits, returning, refunding, saved),
    )


def _receiptless(
    counter: Counter,
    index: ItemIndex,
    window: MainWindow,
    permits: Permitting,
    returning: Returning,
    refunding: Refunding,
    saved: Callable[[Receipt], None],
) -> Receiptless:
    paper = Saving(counter.gear, counter.place, counter.ports.printer, counter.staffing.cashier)

    def taken_back(receipt: Receipt) -> None:
        paper.print(receipt, lambda _state, notice: receiptless.printed(notice))
        saved(receipt)

    receiptless = Receiptless(
        view=window.receiptless,
        gear=counter.gear,
        index=index,
        sale=counter.sale,
        permits=permits,
        selling=lambda: refunding.selling,
        may_open=returning.give_way,
        saved=taken_back,
    )
    return receiptless
