"""P4, P7, P9 and P13: the real till under the hands, over its real backend."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks import floors
from tests.benchmarks.catalogues import code, filled, item
from tests.benchmarks.figures import Figure, Sizes, in_turns, milliseconds
from tests.benchmarks.watching import Painted
from tests.benchmarks.workshop import Workshop, child, running
from tests.journeys.seat import Seat, wait_until
from tukar.domain.bill import Bill, BillLine
from tukar.domain.money import Quantity
from tukar.till.checkout_model import CheckoutState
from tukar.till.finding import Finding
from tukar.till.offering import OfferModel
from tukar.till.sale import Sale

FEW_LINES = 10
_POP_UP_FLOOR_MS = 1.5
_POP_UP_MS = 16.0
_PAUSE_FLOOR_MS = 2.0
_PAUSE_MS = 16.0


class Desk:
    """A signed-in till with a filled catalogue, and what the benchmarks reach for behind its window."""

    def __init__(self, folder: Path) -> None:
        self.seat = Seat(folder)
        self.seat.sign_in()
        QApplication.processEvents()
        self._list = Painted(self.seat.window.sale.bill.lines.viewport())
        self._numbers = count(5)

    @property
    def finding(self) -> Finding:
        front = self.seat.demo.program.front
        assert front is not None
        return front.presenters.sale.finding

    @property
    def sale(self) -> Sale:
        counter = self.seat.demo.program.counter
        assert counter is not None
        return counter.sale

    def put(self, lines: int) -> None:
        """A bill of so many lines in hand, each of an article of its own that no scan of ours is of.

        The last of them was just sold, as in the middle of a sale: there is something to take back.
        """
        made = tuple(
            BillLine(f"line-{place}", one, Quantity.of(1), one.charged_price)
            for place, one in enumerate(item(number) for number in range(500, 500 + lines))
        )
        self.sale.resume(replace(Bill(self.sale.bill.bill_id, self.sale.bill.currency), lines=made[:-1]))
        self.sale.add(made[-1].item)
        self.calm()

    def scan(self) -> float:
        """One article more, until its row is painted; then it is taken off again."""
        scanned = code(next(self._numbers) % 400)
        lines = len(self.sale.bill.lines)
        took = self._list.milliseconds(lambda: self.finding.scan(scanned))
        assert len(self.sale.bill.lines) == lines + 1, f"{scanned} was not sold"
        self.sale.undo()
        self.calm()
        return took

    def calm(self) -> None:
        """Lets the window and its background come to rest."""
        for _ in range(3):
            QApplication.processEvents()
            time.sleep(0.005)
            QApplication.processEvents()


@contextmanager
def desk(workshop: Workshop, items: int) -> Iterator[Desk]:
    folder = workshop.enrolled()
    filled(workshop, folder, items)
    made = Desk(folder)
    try:
        yield made
    finally:
        made.seat.leave()


class _Bare:
    """The same append on a plain table, in a process of its own: the till's style sheet costs it five times as much."""

    def __init__(self, lines: int) -> None:
        self._process = running(child("floors", "table", str(lines)))

    def append(self) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("append\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def p4(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    repeats = sizes.repeats * 5
    with desk(workshop, sizes.few_items) as few:
        bare = _Bare(FEW_LINES)
        few.put(FEW_LINES)
        value, floor = in_turns(repeats, few.scan, bare.append)
        bare.close()
        yield Figure("P4", value, floor, 1.3, "a scan until its row is painted beside a bare append")

        def with_lines(lines: int) -> float:
            few.put(lines)
            return min(few.scan() for _ in range(3))

        value, floor = in_turns(sizes.repeats, lambda: with_lines(sizes.lines), lambda: with_lines(FEW_LINES))
        yield Figure("P4.lines", value, floor, 1.3, f"a scan on a bill of {sizes.lines:,} lines beside one of 10")
    with desk(workshop, sizes.items) as many, desk(workshop, sizes.few_items) as few:
        many.put(FEW_LINES)
        few.put(FEW_LINES)
        value, floor = in_turns(repeats, many.scan, few.scan)
        yield Figure("P4.catalogue", value, floor, 1.1, f"with {sizes.items:,} items beside {sizes.few_items:,}")


def p9(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    with desk(workshop, sizes.few_items) as here:
        here.seat.customer("081234565678")
        sale = here.sale
        offer = next(iter(sale.priced.offers), None)
        for number in range(40):
            if offer is not None:
                break
            here.finding.scan(code(number))
            offer = next(iter(sale.priced.offers), None)
        assert offer is not None, "the demo's customer has no offer"
        card, window = here.seat.window.sale.offer, here.seat.window.sale
        ours, bare = Painted(card), floors.bare_card(window)
        plain = Painted(bare)

        def show_ours() -> float:
            window.show_offer(OfferModel())
            here.calm()
            return ours.milliseconds(lambda: window.show_offer(OfferModel(offer=offer)))

        def show_bare() -> float:
            window.show_offer(OfferModel())
            bare.hide()
            here.calm()
            took = plain.milliseconds(bare.show)
            bare.hide()
            return took

        value, floor = in_turns(sizes.repeats * 3, show_ours, show_bare)
        yield Figure("P9", value, floor, _POP_UP_MS / _POP_UP_FLOOR_MS, "the offer shown beside a bare card shown")


class _Pauses:
    """The longest time between two turns of the event loop that is asked to turn all the time."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)
        self._last = self._longest = 0.0

    def longest(self, seconds: float, meanwhile: Callable[[], object]) -> float:
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer.start()
        meanwhile()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
        self._timer.stop()
        return self._longest * 1000

    def _turn(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now


def p7(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    """A backend that sends its whole catalogue again, page by page, while nobody touches the till."""
    with desk(workshop, sizes.few_items) as here:
        pauses, program = _Pauses(), here.seat.demo.program
        catalogue = program.disk.catalogue

        def ask_all() -> None:
            program.background.run(fetch_all, lambda _: None, lambda _trouble: None)

        def fetch_all() -> None:
            page = program.backend.catalogue_page(0)
            while page.next_page:
                page = program.backend.catalogue_page(0, page.next_page)
            catalogue.apply(page)

        busy, idle = in_turns(
            sizes.repeats,
            lambda: pauses.longest(sizes.seconds, ask_all),
            lambda: pauses.longest(sizes.seconds, lambda: None),
        )
        bound = (_PAUSE_MS + _PAUSE_FLOOR_MS) / _PAUSE_FLOOR_MS
        yield Figure(
            "P7", busy, idle, bound, "longest pause while pages of the catalogue come in beside an idle window"
        )


SCANS = 20


def p13(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    """Twenty scans, a customer, cash in two parts, the saved bill; beside appends, a call and two syncs for each."""
    with desk(workshop, sizes.few_items) as here:
        bare = _Bare(FEW_LINES)
        log = (workshop.folder() / "log").open("ab", buffering=0)
        numbers = count(20)

        def ours() -> float:
            began = time.perf_counter()
            sale_with_customer(here, [code(next(numbers) % 400) for _ in range(SCANS)])
            return (time.perf_counter() - began) * 1000

        def floor() -> float:
            painted = sum(bare.append() for _ in range(SCANS))
            return painted + milliseconds(lambda: floors.append_and_sync(log.fileno(), b"\0" * _BILL_BYTES))

        value, bottom = in_turns(sizes.repeats, ours, floor)
        log.close()
        bare.close()
        yield Figure("P13", value, bottom, 2.0, "a whole sale of 20 scans beside 20 bare appends and a synced append")


_BILL_BYTES = 32_768


def sale_with_customer(here: Desk, codes: list[str]) -> None:
    """A whole sale as fast as the window takes it."""
    seat, counter = here.seat, here.seat.demo.program.counter
    assert counter is not None
    checkout = counter.checkout
    seat.window.activateWindow()
    seat.until(seat.window.isActiveWindow, "the till in front")
    seat.customer("081234565678")
    for one in codes:
        here.finding.scan(one)
        QApplication.processEvents()
    checkout.begin_payment()
    wait_until(lambda: checkout.state is CheckoutState.PAYING, "a till that takes money")
    due = checkout.model.due
    checkout.pay_cash(replace(due, minor=due.minor // 200 * 100))
    wait_until(lambda: len(checkout.model.tenders) == 1, "the first tender")
    checkout.pay_cash()
    wait_until(lambda: not checkout.model.due and checkout.state is CheckoutState.PAYING, "a bill that is paid")
    checkout.save()
    seat.saved()
    seat.press("Return")
    seat.until(lambda: not seat.window.receipt.isVisible(), "the next sale")
