"""Trouble that cannot come from where it came is a mistake of ours, and is never taken for an answer."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.fakes.background import ImmediateBackground
from tests.fakes.printer import FakePrinter
from tests.till.bench import ORDER, Bench, PointedTerminal, TillOnBench
from tukar.domain.money import Money
from tukar.domain.redemption import Refusal
from tukar.till.background import DroppableTicket
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable
from tukar.till.recovery import Recovery
from tukar.till.terminals import Terminals

DISK = DiskTrouble(DiskTroubleKind.FAILED)
LINE = Unreachable(Trouble.NO_CONNECTION)


class Misled(ImmediateBackground):
    """Answers as ``ImmediateBackground`` does until ``instead`` is set: then every call ends in that."""

    instead: Exception | None = None

    def run(
        self,
        call: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Exception], None],
        *,
        slot: str = "",
    ) -> DroppableTicket:
        if self.instead is None:
            return super().run(call, done, failed, slot=slot)
        failed(self.instead)
        return DroppableTicket()


@dataclass
class Desk:
    """A till with a customer whose points are on the bill, and the background that can be misled."""

    bench: Bench
    background: Misled
    till: TillOnBench

    def start(self) -> None:
        """Another till with what is on the bench now."""
        self.till = self.bench.start()
        self.till.sale.set_customer(self.bench.customer())
        self.bench.ring_rice(self.till)
        self.till.sale.claim(ORDER)

    def pay(self) -> None:
        """As far as the payment screen, with the points held."""
        self.till.checkout.begin_payment()


@pytest.fixture
def desk() -> Desk:
    bench = Bench()
    background = bench.immediate = Misled(bench.clock)
    desk = Desk(bench, background, bench.start())
    desk.start()
    return desk


def _look(desk: Desk) -> None:
    Recovery(desk.till.gear, Terminals(desk.bench.card, desk.bench.qr)).start(lambda _: None, lambda _: None)


CASES: dict[str, Callable[[Desk], object]] = {
    "at the start": _look,
    "in a sale": lambda desk: desk.bench.ring_rice(desk.till),
    "in sending": lambda desk: desk.till.outbox.wake(),
}


@pytest.mark.parametrize("act", CASES.values(), ids=CASES)
def test_a_journal_is_never_unreachable(desk: Desk, act: Callable[[Desk], object]) -> None:
    desk.background.instead = LINE
    with pytest.raises(Unreachable):
        act(desk)


def _pay_by_qr(desk: Desk) -> None:
    desk.pay()
    desk.till.checkout.pay_qr()


def _pay_by_card(desk: Desk) -> None:
    desk.pay()
    desk.till.checkout.pay_card()


def _save(desk: Desk) -> None:
    desk.pay()
    desk.till.checkout.pay_cash()
    desk.till.checkout.save()


def _look_at_a_card(desk: Desk) -> None:
    desk.pay()
    desk.till.checkout.value.find_card("GIFT-0001")


def _others_were_first(desk: Desk) -> None:
    """The backend says so, and is asked what is left."""
    desk.bench.backend.refuses["hold"] = deque([Refused(Refusal.USED_UP)])
    desk.pay()


POINTS: tuple[tuple[str, Callable[[Desk], object]], ...] = (
    ("before:quote", lambda desk: desk.bench.ring_rice(desk.till)),
    ("before:quote", _others_were_first),
    ("before:hold", Desk.pay),
    ("before:gift_card", _look_at_a_card),
    ("before:terminal.pay", _pay_by_card),
    ("qr", _pay_by_qr),
    ("printer", _save),
)


class NoQr(PointedTerminal):
    def payload(self, reference: str, amount: Money) -> str:
        raise DISK


class NoPrinter(FakePrinter):
    def open_drawer(self) -> None:
        raise DISK


@pytest.mark.parametrize(("point", "act"), POINTS)
def test_what_is_outside_has_no_disk_of_ours(desk: Desk, point: str, act: Callable[[Desk], object]) -> None:
    def fail(at: str) -> None:
        if at == point:
            raise DISK

    if point == "qr":
        desk.bench.qr = NoQr(fail)
        desk.start()
    elif point == "printer":
        desk.bench.printer = NoPrinter()
        desk.start()
    desk.bench.watch(fail)
    with pytest.raises(DiskTrouble):
        act(desk)
