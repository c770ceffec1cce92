"""A desk where goods come back: the real returning over a journal, a backend with points and a card terminal."""

from dataclasses import dataclass, replace

from tests.fakes.backends import FakeBackend
from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.members import Member
from tests.fakes.permits import FakePermits
from tests.fakes.shop import COFFEE, IDR, POINTS, RULE, SHOP, TEA, programme
from tests.fakes.terminal import FakeTerminal
from tukar.domain.bill import OfferKey
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import LocalName
from tukar.domain.people import Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing.result import PointsMoved, TaxAmount
from tukar.domain.programme import Programme
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptPoints,
)
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.gear import Gear
from tukar.till.line import Line
from tukar.till.notices import Say
from tukar.till.ports import OutboxKind, RefundState, Trouble, Unreachable
from tukar.till.refunding import Refunding
from tukar.till.returning import Returning
from tukar.till.returning_model import ReturnModel, ReturnStep
from tukar.till.saving import Place
from tukar.till.terminals import Terminals
from tukar.till.writing import JournalWriter

SARI = StaffMember("sari", "Sari", Role.CASHIER)
OFF = OfferKey(RULE)
NOBODY = Unreachable(Trouble.NO_CONNECTION)


def rupiah(amount: int) -> Money:
    return Money(amount, IDR)


@dataclass
class Copies:
    """``gear.Copies``."""

    programme: Programme
    catalogue_version: int = 1
    offline_points: OfflinePoints = NO_OFFLINE_POINTS


class Sheet:
    """A return sheet that remembers what it was shown."""

    def __init__(self) -> None:
        self.model = ReturnModel()

    def show_return(self, model: ReturnModel) -> None:
        self.model = model


class ReturnDesk:
    """``sheet.model`` is what the cashier sees; ``paper`` the return receipts that were handed on to be printed."""

    def __init__(
        self, *, stepped: bool = False, terminal: FakeTerminal | None = None, sheet: Sheet | None = None
    ) -> None:
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        self.backend = FakeBackend(self.clock)
        self.backend.add_member(Member("dewi", "Dewi"), 500)
        self.terminal = terminal or FakeTerminal()
        self.stepped = SteppedBackground(self.clock)
        self.background = self.stepped if stepped else ImmediateBackground(self.clock)
        self.line = Line()
        self.permits = FakePermits()
        self.sheet = sheet or Sheet()
        self.paper: list[Receipt] = []
        self.gear = Gear(
            self.backend, self.journal, self.background, JournalWriter(self.background), self.clock, FakeIds("refund"),
            self.line, Copies(programme()),
        )  # fmt: skip
        refunding = Refunding(self.gear, Terminals(self.terminal, self.terminal), Place(SHOP, "T1"), lambda: SARI)
        self.returning = Returning(
            view=self.sheet,
            gear=self.gear,
            refunding=refunding,
            permits=self.permits,
            may_open=lambda: True,
            saved=self.paper.append,
        )

    @property
    def model(self) -> ReturnModel:
        return self.sheet.model

    def sell(self, *, card: bool = False, customer: bool = True, sent: bool = True) -> Receipt:
        """Two coffees and three teas, Rp 9.001 off the coffees; 19 points earned."""
        sale = sold(card=card, customer=customer)
        if card:
            self.terminal.taken[sale.tenders[0].reference] = sale.total
        saved = self.journal.save_bill(sale)
        if sent:
            self.send(saved)
        return saved

    def sell_by_two_cards(self) -> Receipt:
        """The same for Rp 100.000 by one card and the rest by another."""
        sale = sold(card=True)
        whole = sale.tenders[0]
        first = replace(whole, amount=rupiah(100_000), given=rupiah(100_000))
        rest = sale.total - first.amount
        second = replace(whole, tender_id="tender-2", amount=rest, given=rest, reference="ref-2")
        self.terminal.taken.update({"ref-1": first.amount, "ref-2": rest})
        saved = self.journal.save_bill(replace(sale, tenders=(first, second)))
        self.send(saved)
        return saved

    def send(self, saved: Receipt) -> None:
        """The backend hears of a sale that waited, and the till that it did."""
        self.backend.put_bill(saved)
        self.journal.acknowledge(next(one.seq for one in self.journal.outbox.values() if one.ref == saved.bill_id))

    def find(self, number: str) -> None:
        self.returning.open()
        self.returning.type(number)
        self.returning.go_on()

    def points(self) -> int:
        return self.backend.accounts.available(("dewi", POINTS)).units


def sold(*, card: bool = False, customer: bool = True) -> Receipt:
    total = rupiah(130_000 - 9_001 + 60_000)
    tax = rupiah(17_941)
    at = FakeClock().now()
    mode = PaymentMode.CARD if card else PaymentMode.CASH
    given = total if card else rupiah(200_000)
    paid = Tender("tender-1", mode, total, given, at, reference="ref-1" if card else "")
    off = ReceiptDiscount(OFF, LocalName("Points off"), rupiah(9_001))
    coffee = ReceiptLine(
        "line-1", COFFEE.sku, COFFEE.name, Quantity.of(2), COFFEE.price, rupiah(130_000), rupiah(120_999), (off,),
        COFFEE.taxes,
    )  # fmt: skip
    tea = ReceiptLine(
        "line-2", TEA.sku, TEA.name, Quantity.of(3), TEA.price, rupiah(60_000), rupiah(60_000), taxes=TEA.taxes
    )
    rates = (COFFEE.taxes[0].rate,)
    receipt = Receipt(
        "sale-1", ReceiptNumber("TOKO1", "T1", 1, 1), ReceiptKind.SALE, IDR, SHOP.name, "sari", "Sari", at,
        (coffee, tea), rupiah(190_000), rupiah(9_001), total, total - tax, tax,
        (TaxAmount("ppn", "PPN", rates, included=True, base=total - tax, amount=tax),), (paid,),
        programme_version=1,
    )  # fmt: skip
    if not customer:
        return receipt
    return replace(
        receipt,
        customer=ReceiptCustomer("dewi", "Dewi"),
        points=(ReceiptPoints(POINTS, LocalName("Points"), Points(500), Points(0), Points(19)),),
        expected_earning=(PointsMoved(POINTS, Points(19)),),
    )


def said(desk: ReturnDesk) -> Say | None:
    return None if desk.model.notice is None else desk.model.notice.say


def step(desk: ReturnDesk) -> ReturnStep:
    return desk.model.step


def states(desk: ReturnDesk) -> list[RefundState]:
    return [row.state for row in desk.journal.refunds.values()]


def voids(desk: ReturnDesk) -> list[str]:
    return [one.ref for one in desk.journal.outbox.values() if one.kind is OutboxKind.REFUND_VOID]


def agree_on_all(desk: ReturnDesk) -> None:
    desk.returning.take_all()
    desk.returning.go_on()
