"""A till on the bench: the real checkout, sync, outbox and recovery over a journal, terminal and backend that survive.

``Bench`` is the world; ``Bench.start`` makes a till object in it, and a later ``start`` makes the one after a crash.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.copies import Copies
from tests.fakes.demo import (
    CASHIER,
    COFFEE,
    MANAGER,
    MANAGER_PIN,
    ORDER,
    REWARD,
    RIGHT,
    WRONG,
    book,
    demo_shop,
    profile,
    shelf,
)
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.model_backend import ModelBackend
from tests.fakes.printer import FakePrinter
from tests.fakes.terminal import PointedTerminal
from tukar.domain.money import Money, Quantity
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.till.checkout import Checkout
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.delivery import Postman
from tukar.till.gear import Gear
from tukar.till.line import Line
from tukar.till.notices import Say
from tukar.till.outbox import OutboxSender
from tukar.till.ports import Journal
from tukar.till.sale import Sale
from tukar.till.saving import Place
from tukar.till.terminals import Terminals
from tukar.till.writing import JournalWriter

__all__ = [
    "CASHIER",
    "COFFEE",
    "MANAGER",
    "MANAGER_PIN",
    "ORDER",
    "REWARD",
    "RIGHT",
    "WRONG",
    "Bench",
    "ModelBackend",
    "PointedTerminal",
    "TillOnBench",
    "book",
    "demo_shop",
    "profile",
    "shelf",
]


@dataclass
class TillOnBench:
    """One life of a till."""

    sale: Sale
    checkout: Checkout
    outbox: OutboxSender
    gear: Gear
    copies: Copies

    @property
    def model(self) -> CheckoutModel:
        return self.checkout.model

    def stands(self) -> CheckoutState:
        return self.checkout.state


class Disk(Journal, Protocol):
    """A journal that can be closed."""

    def close(self) -> None: ...


class Bench:
    """Everything outside the till object; ``point`` is where a test counts or kills."""

    def __init__(self, point: Callable[[str], None] = lambda _: None, *, stepped: bool = False) -> None:
        self._point = point
        self.clock = FakeClock()
        self.ids = FakeIds()
        self.journal = FakeJournal(self.clock, self._at)
        self.disk: Disk = self.journal
        self.backend = ModelBackend(self.clock, self._at)
        self.card = PointedTerminal(self._at)
        self.qr = PointedTerminal(self._at)
        self.printer = FakePrinter()
        self.stepped = SteppedBackground(self.clock)
        self.immediate = ImmediateBackground(self.clock)
        self._by_hand = stepped
        self.salesperson_required = False
        self.offline_points: OfflinePoints = NO_OFFLINE_POINTS

    def _at(self, name: str) -> None:
        self._point(name)

    def watch(self, point: Callable[[str], None]) -> None:
        self._point = point

    @property
    def background(self) -> ImmediateBackground | SteppedBackground:
        return self.stepped if self._by_hand else self.immediate

    def start(self, *, online: bool = True) -> TillOnBench:
        """A new life of the till; timers of the former one are gone with it."""
        self.immediate.pending.clear()
        self.stepped.pending.clear()
        self.stepped.jobs.clear()
        self.stepped.answers.clear()
        line, copies = Line(), Copies(self.backend)
        copies.offline_points = self.offline_points
        if online:
            line.heard()
        background = self.background
        gear = Gear(self.backend, self.disk, background, JournalWriter(background), self.clock, self.ids, line, copies)
        sale = Sale(
            currency=demo_shop().currency,
            ids=self.ids,
            rules=book(),
            circumstances=lambda: Circumstances(
                now=self.clock.now(),
                online=line.redeems,
                on_trust=copies.offline_points.holds_on(self.clock.now().date()),
            ),
        )
        line.listen(lambda _: sale.reprice())
        outbox = OutboxSender(
            Postman(self.disk, self.backend, lambda ref, _: self.journal.enrolments[ref]),
            background,
            line,
            lambda: 0.5,
        )
        checkout = Checkout(
            sale,
            gear,
            copies,
            outbox,
            Terminals(self.card, self.qr),
            self.printer,
            Place(profile(), "T1", salesperson_required=self.salesperson_required),
            lambda: CASHIER,
        )
        outbox.tell_delivered(checkout.delivered)
        return TillOnBench(sale, checkout, outbox, gear, copies)

    # Ways to say it shortly

    def money(self, major: int) -> Money:
        return Money(major, demo_shop().currency)

    def customer(self) -> LoyaltyAccount:
        balances = tuple(PointsBalance(name, Points(posted), Points(0)) for name, posted in self.backend.posted.items())
        return LoyaltyAccount("dewi", "Dewi Lestari", "…5678", balances=balances, orders_placed=12)

    def serve(self) -> TillOnBench:
        """A till at which a customer's rice was rung up."""
        till = self.start()
        till.sale.set_customer(self.customer())
        self.ring_rice(till)
        self.stepped.run_all()
        return till

    def ring_rice(self, till: TillOnBench, pieces: int = 2) -> None:
        """Two sacks of rice, Rp 149.000: enough for every reward."""
        till.sale.add(shelf().named("Beras Ramos"), Quantity.of(pieces))


def said(till: TillOnBench) -> Say | None:
    """What the cashier is told now."""
    return till.model.notice.say if till.model.notice else None
