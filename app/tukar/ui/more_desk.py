"""Joins what F1 opens to the presenters behind it: returns, copies of receipts, the drawer without a sale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tukar.till.no_sale import NoSale
from tukar.till.receiptless import Receiptless
from tukar.till.reprinting import Reprinting
from tukar.till.returning import Returning
from tukar.ui.main_window import MainWindow
from tukar.ui.more_sheet import More


@dataclass(frozen=True, slots=True)
class MorePresenters:
    """Everybody who works behind the choices of F1 that have no screen of their own elsewhere."""

    returning: Returning
    reprinting: Reprinting
    no_sale: NoSale
    receiptless: Receiptless


def join(window: MainWindow, more: MorePresenters, elsewhere: Mapping[More, Callable[[], object]]) -> None:
    """Connects the sheets; ``elsewhere`` opens the choices that other presenters answer; others do nothing."""
    opens: dict[More, Callable[[], object]] = {
        More.RETURN: more.returning.open,
        More.REPRINT: more.reprinting.open,
        More.DRAWER: more.no_sale.open,
        **elsewhere,
    }
    window.more.chosen.connect(lambda choice: opens.get(choice, lambda: None)())
    _join_returns(window, more.returning)
    _join_receiptless(window, more.receiptless)
    reprint, reprinting = window.reprint, more.reprinting
    reprint.chosen.connect(reprinting.choose)
    reprint.moved.connect(reprinting.move)
    reprint.print_requested.connect(reprinting.print)
    reprint.closed.connect(reprinting.close)
    drawer, no_sale = window.no_sale, more.no_sale
    drawer.typed.connect(no_sale.type)
    drawer.open_requested.connect(no_sale.go_on)
    drawer.closed.connect(no_sale.close)


def _join_returns(window: MainWindow, returning: Returning) -> None:
    sheet = window.returns
    sheet.typed.connect(returning.type)
    sheet.chosen.connect(returning.choose)
    sheet.moved.connect(returning.move)
    sheet.toggled.connect(returning.toggle)
    sheet.more_requested.connect(returning.more)
    sheet.fewer_requested.connect(returning.fewer)
    sheet.all_requested.connect(returning.take_all)
    sheet.reason_typed.connect(returning.give_reason)
    sheet.card_chosen.connect(returning.choose_card)
    sheet.next_requested.connect(returning.go_on)
    sheet.back_requested.connect(returning.back)


def _join_receiptless(window: MainWindow, receiptless: Receiptless) -> None:
    sheet = window.receiptless
    window.returns.receiptless_requested.connect(receiptless.open)
    sheet.typed.connect(receiptless.type)
    sheet.chosen.connect(receiptless.choose)
    sheet.picked.connect(receiptless.pick)
    sheet.moved.connect(receiptless.move)
    sheet.more_requested.connect(receiptless.more)
    sheet.fewer_requested.connect(receiptless.fewer)
    sheet.reason_typed.connect(receiptless.give_reason)
    sheet.next_requested.connect(receiptless.go_on)
    sheet.back_requested.connect(receiptless.back)
