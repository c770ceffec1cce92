"""A desk where goods come back and pay for new ones: the real returning and checkout over one journal and backend."""

from collections.abc import Callable

from tests.fakes.printer import FakePrinter
from tests.fakes.shop import COFFEE, IDR, SHOP, TEA, Shelf, programme
from tests.till.return_desk import SARI, ReturnDesk
from tukar.domain.bill import Bill
from tukar.domain.item import Item
from tukar.domain.money import Quantity
from tukar.domain.pricing import Circumstances, RuleBook
from tukar.domain.receipt import Receipt
from tukar.domain.tender import PaymentMode
from tukar.till.agreed import Agreed
from tukar.till.checkout import Checkout
from tukar.till.notices import Notice
from tukar.till.refunding import Refunding
from tukar.till.return_receipt import PointsBack
from tukar.till.returning import Returning
from tukar.till.returning_model import NEW_BILL
from tukar.till.sale import Sale
from tukar.till.saving import Place
from tukar.till.terminals import Terminals


class _Still:
    """A refresh that finds nothing new, and an outbox that nobody waits for."""

    def refresh(self, then: Callable[[bool], None]) -> None:
        then(True)

    def renewed(self, bill: Bill) -> Bill:
        return bill

    def wake(self) -> None: ...


class ExchangeDesk(ReturnDesk):
    """``told`` is what was said of exchanges that were given up."""

    def __init__(self, *, stepped: bool = False, has_terminal: bool = True) -> None:
        super().__init__(stepped=stepped)
        still, place = _Still(), Place(SHOP, "T1")
        terminals = Terminals(self.terminal, self.terminal) if has_terminal else Terminals()
        self.printer = FakePrinter()
        self.told: list[Notice] = []
        self.sale = Sale(
            currency=IDR,
            ids=self.gear.ids,
            rules=RuleBook.compile(programme(), Shelf((COFFEE, TEA))),
            circumstances=lambda: Circumstances(now=self.clock.now()),
        )
        self.checkout = Checkout(self.sale, self.gear, still, still, terminals, self.printer, place, lambda: SARI)
        self.refunding = Refunding(self.gear, terminals, place, lambda: SARI)
        self.returning = Returning(
            view=self.sheet,
            gear=self.gear,
            refunding=self.refunding,
            permits=self.permits,
            may_open=lambda: True,
            saved=self.paper.append,
            exchange=self._exchange,
        )

    def _exchange(self, agreed: Agreed, points: tuple[PointsBack, ...]) -> None:
        self.checkout.exchange(self.refunding.exchange(agreed, points, lambda: None, self.told.append))

    def exchange(self, *, teas: int = 0, **how: bool) -> Receipt:
        """A sale was made, ``teas`` of its three teas come back for new goods (all goods where it is 0)."""
        sale = self.sell(**how)
        self.exchange_goods_of(sale, teas)
        return sale

    def exchange_goods_of(self, sale: Receipt, teas: int = 0) -> None:
        """Goods of a sale that was made come back for new ones; see ``exchange``."""
        self.find(str(sale.number))
        self.settle()
        if teas:
            self.returning.choose(1)
            for _ in range(teas):
                self.returning.more()
        else:
            self.returning.take_all()
        self.returning.go_on()
        self.settle()
        self.returning.choose_card(NEW_BILL)
        self.returning.go_on()
        self.settle()

    def settle(self) -> None:
        """Whatever waits in the background happens; nothing where all happens at once."""
        self.stepped.run_all()

    def ring(self, item: Item, pieces: int = 1) -> None:
        self.sale.add(item, Quantity.of(pieces))

    def pay(self) -> tuple[Receipt, Receipt]:
        """Pays what is due in cash and saves; the sale and its return."""
        self.checkout.begin_payment()
        if self.checkout.model.due.minor > 0:
            self.checkout.pay_cash()
        return self.save()

    def save(self) -> tuple[Receipt, Receipt]:
        self.checkout.save()
        saved = list(self.journal.saved.values())
        return saved[-2], saved[-1]


def paid_by(receipt: Receipt) -> list[tuple[PaymentMode, int]]:
    return [(tender.mode, tender.amount.minor) for tender in receipt.tenders]
