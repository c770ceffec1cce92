"""A sale window's presenters over the demo shop, without Qt: what a cashier does, and what they are shown."""

from dataclasses import dataclass, field
from typing import Protocol, cast

from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.customers import FakeMembers, account_of
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.permits import FakePermits
from tests.fakes.printer import FakePrinter
from tests.fakes.shelf import FakeShelf, demo_shop
from tests.fakes.views import FakeViews
from tukar.domain.bill import CustomerSource
from tukar.domain.item import Item
from tukar.domain.people import Salesperson, StaffMember
from tukar.domain.pricing import Circumstances, RuleBook
from tukar.till.billing import Billing, BillingView, BillModel
from tukar.till.customers import Customers, CustomersView, CustomerView
from tukar.till.finding import Finding, FindingView
from tukar.till.line import Line
from tukar.till.line_work import LineView, LineWork
from tukar.till.offering import Offering, OfferView
from tukar.till.ports import LoyaltyBackend
from tukar.till.promoting import Promoting, PromotionsView, SummaryView
from tukar.till.sale import Sale
from tukar.till.salespeople import Salespeople, SalespeopleView
from tukar.till.status import Status, StatusView


class Window(
    FindingView, BillingView, CustomersView, CustomerView, SalespeopleView, OfferView, PromotionsView, SummaryView,
    StatusView, LineView, Protocol,
):  # fmt: skip
    """Every view of a sale in one."""


class FakeDirectory:
    """``ports.StaffDirectory``: the demo shop's people."""

    def staff(self) -> tuple[StaffMember, ...]:
        return ()

    def salespeople(self) -> tuple[Salesperson, ...]:
        return demo_shop().salespeople


@dataclass
class Counter:
    """Everything at hand; ``views`` shows what the cashier would see."""

    views: FakeViews
    clock: FakeClock
    background: SteppedBackground
    journal: FakeJournal
    members: FakeMembers
    printer: FakePrinter
    shelf: FakeShelf
    sale: Sale
    line: Line
    finding: Finding
    billing: Billing
    customers: Customers
    salespeople: Salespeople
    offering: Offering
    promoting: Promoting
    status: Status
    permits: FakePermits
    line_work: LineWork
    queued: list[str] = field(default_factory=list)
    """Whatever was put into the outbox beside bills."""

    @property
    def bill(self) -> BillModel:
        assert self.views.bill is not None
        return self.views.bill

    @property
    def names(self) -> list[str]:
        return [line.item.name for line in self.sale.bill.lines]

    def sell(self, *skus: str) -> None:
        for sku in skus:
            self.finding.sell(sku)

    def greet(self, member_id: str) -> None:
        """Puts a member on the bill."""
        found = next(one for one in demo_shop().customers if one.member_id == member_id)
        self.sale.set_customer(account_of(found), CustomerSource.MOBILE)


def open_counter(*more: Item, salesperson_by_line: bool = False, window: Window | None = None) -> Counter:
    """``window`` is shown everything in place of the views that remember."""
    seen, clock, shelf, members = FakeViews(), FakeClock(), FakeShelf(more), FakeMembers()
    views: Window = window or seen
    background, journal, ids = SteppedBackground(clock), FakeJournal(clock), FakeIds()
    shop, line, printer = demo_shop(), Line(), FakePrinter()
    book = RuleBook(shop.programme, shelf, shop.currency)
    sale = Sale(
        currency=shop.currency, ids=ids, rules=book, circumstances=lambda: Circumstances(now=clock.now(), online=True)
    )
    billing = Billing(view=views, sale=sale, number="2-000317", salespeople=FakeDirectory().salespeople)
    permits = FakePermits()
    queued: list[str] = []
    counter = Counter(
        seen,
        clock,
        background,
        journal,
        members,
        printer,
        shelf,
        sale,
        line,
        Finding(view=views, index=shelf, sale=sale, quantities=billing),
        billing,
        Customers(
            view=views,
            panel=views,
            sale=sale,
            backend=cast("LoyaltyBackend", members),
            background=background,
            journal=journal,
            clock=clock,
            ids=FakeIds("member"),
            line=line,
            country=shop.profile.country,
            queued=lambda: queued.append("enrolment"),
        ),
        Salespeople(view=views, sale=sale, directory=FakeDirectory(), by_line=salesperson_by_line),
        Offering(view=views, sale=sale, index=shelf, journal=journal, background=background),
        Promoting(view=views, summary=views, sale=sale, index=shelf, look_up=lambda _bill, then: then()),
        Status(
            view=views, line=line, clock=clock, journal=journal, printer=printer, background=background,
            time_zone=shop.profile.time_zone,
        ),
        permits,
        LineWork(view=views, sale=sale, permits=permits),
        queued,
    )  # fmt: skip
    counter.billing.open()
    counter.finding.open()
    return counter
