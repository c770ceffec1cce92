"""Joins the sale window to the presenters behind it: every request goes to one method, every model to one panel."""

from dataclasses import dataclass

from tukar.till.billing import Billing
from tukar.till.customers import Customers
from tukar.till.finding import Finding
from tukar.till.keys import Command
from tukar.till.line_work import LineWork
from tukar.till.offering import Offering
from tukar.till.promoting import Promoting
from tukar.till.salespeople import Salespeople
from tukar.till.status import Status
from tukar.ui.sale_window import SaleWindow


@dataclass(frozen=True, slots=True)
class SalePresenters:
    """Everybody who works behind the sale window; ``bootstrap`` makes them with the window as their view."""

    finding: Finding
    billing: Billing
    line_work: LineWork
    customers: Customers
    salespeople: Salespeople
    offering: Offering
    promoting: Promoting
    status: Status


def join(window: SaleWindow, presenters: SalePresenters) -> None:
    """Connects every signal of the window that a sale presenter answers.

    Left to the owner of the window: ``pay_requested``, ``back_requested``, and of ``commanded`` hold, redeem, save,
    full screen and lock.
    """
    _join_search(window, presenters)
    _join_bill(window, presenters)
    _join_line(window, presenters.line_work, presenters.salespeople)
    _join_customers(window, presenters)
    _join_promotions(window, presenters)

    def command(wanted: Command) -> None:
        opens = {
            Command.CUSTOMER: presenters.customers.open,
            Command.SALESPERSON: presenters.salespeople.open,
            Command.PROMOTIONS: presenters.promoting.open,
        }
        if wanted in opens:
            opens[wanted]()

    window.commanded.connect(command)


def _join_search(window: SaleWindow, presenters: SalePresenters) -> None:
    finding = presenters.finding
    window.search.edited.connect(finding.type)
    window.search.picked.connect(finding.pick)
    window.search.tile_touched.connect(finding.sell)
    window.search.browse_requested.connect(finding.browse)
    window.search.shelf_chosen.connect(finding.choose_shelf)
    window.take_requested.connect(finding.take)
    window.hit_moved.connect(finding.move)
    window.clear_requested.connect(finding.clear)


def _join_bill(window: SaleWindow, presenters: SalePresenters) -> None:
    billing, salespeople = presenters.billing, presenters.salespeople
    window.bill.line_chosen.connect(billing.select)
    window.line_moved.connect(billing.move)
    window.more_requested.connect(billing.more)
    window.fewer_requested.connect(billing.fewer)
    window.remove_requested.connect(billing.remove)
    window.undo_requested.connect(billing.undo)
    window.salespeople.chosen.connect(salespeople.choose)
    window.salespeople.moved.connect(salespeople.move)
    window.salespeople.none_chosen.connect(salespeople.take_off)
    window.salespeople.closed.connect(salespeople.close)


def _join_line(window: SaleWindow, line_work: LineWork, salespeople: Salespeople) -> None:
    sheet = window.line
    line_work.let_choose_seller(salespeople.open_line)
    sheet.seller_requested.connect(line_work.choose_seller)
    window.line_opened.connect(line_work.open)
    sheet.work_chosen.connect(line_work.choose)
    sheet.work_moved.connect(line_work.move)
    sheet.by_chosen.connect(line_work.choose_by)
    sheet.typed.connect(line_work.type)
    sheet.reason_typed.connect(line_work.give_reason)
    sheet.set_requested.connect(line_work.set)
    sheet.remove_requested.connect(line_work.remove)
    sheet.closed.connect(line_work.close)


def _join_customers(window: SaleWindow, presenters: SalePresenters) -> None:
    sheet, customers = window.customers, presenters.customers
    sheet.edited.connect(customers.type)
    sheet.search_requested.connect(customers.search)
    sheet.moved.connect(customers.move)
    sheet.chosen.connect(customers.choose)
    sheet.enrolment_requested.connect(customers.start_enrolling)
    sheet.form_filled.connect(customers.fill)
    sheet.enrol_requested.connect(customers.enrol)
    sheet.another_requested.connect(customers.search_another)
    sheet.take_off_requested.connect(customers.take_off)
    sheet.back_requested.connect(customers.back)
    sheet.closed.connect(customers.close)


def _join_promotions(window: SaleWindow, presenters: SalePresenters) -> None:
    sheet, promoting, offering = window.promotions, presenters.promoting, presenters.offering
    sheet.toggled.connect(promoting.toggle)
    sheet.selected.connect(promoting.select)
    sheet.code_entered.connect(promoting.enter_code)
    sheet.points_chosen.connect(promoting.set_points)
    sheet.replace_requested.connect(promoting.replace)
    sheet.remove_all_requested.connect(promoting.remove_all)
    sheet.apply_requested.connect(promoting.apply)
    sheet.closed.connect(promoting.close)
    window.side.promotions.use_requested.connect(promoting.use)
    window.offer.apply_requested.connect(offering.apply)
    window.offer.decline_requested.connect(offering.decline)
    window.offer.gift_chosen.connect(offering.choose_gift)
