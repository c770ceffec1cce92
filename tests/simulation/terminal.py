"""What stands beside a simulated till: card terminal and QR service before a bank that outlives the till's program."""

import threading
from typing import Final

from tests.simulation.world import Process, World
from tukar.devices.bank import Bank, Decision
from tukar.devices.qris import QrisSimulator
from tukar.devices.terminal import Act, Behaviour, TerminalSimulator
from tukar.domain.money import Money
from tukar.till.ports import TerminalAnswer
from tukar.till.terminals import Terminals

_ACTS: Final = tuple(behaviour.value for behaviour in Behaviour if behaviour is not Behaviour.APPROVE)


class Counter:
    """The devices of one till. Payments that were under way when the till died are decided without it."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.bank = Bank()
        self.chance = 0.0

    def terminals(self, process: Process) -> Terminals:
        card = _Pointed(self, process)
        return Terminals(card, _PointedQr(self, process))

    def act(self, _reference: str, _amount: Money) -> Act:
        part = self.chance
        word = self.world.choices.pick(f"card.{self.name}", "approve", tuple((act, part) for act in _ACTS))
        seconds = self.world.choices.pick(f"card-time.{self.name}", 2.0, ((40.0, part), (700.0, part / 2)))
        silent = self.world.choices.pick(f"card-silent.{self.name}", 0, ((1, part), (3, part / 2)))
        return Act(Behaviour(word), seconds, silent)

    def left_alone(self) -> None:
        """The till is gone: whatever the bank was asked for it decides by itself, a little later."""
        for payment in self.bank.payments():
            if payment.decision is Decision.ASKED:
                word = self.world.choices.pick(f"alone.{self.name}", "cancelled", (("approved", 0.4),))
                delay = self.world.choices.pick(f"alone-time.{self.name}", 0.0, ((45.0, 0.3),))
                self._decide_later(payment.reference, Decision(word), delay)

    def _decide_later(self, reference: str, decision: Decision, delay: float) -> None:
        def decide() -> None:
            self.bank.decide(reference, decision, "Debit")

        self.world.after(delay, decide)


class _Pointed(TerminalSimulator):
    """The card terminal, with a point where the till may end around every call that moves money."""

    def __init__(self, counter: Counter, process: Process) -> None:
        world = counter.world
        super().__init__(
            counter.bank, counter.act, wait=lambda event, seconds: self._waited(world, process, event, seconds)
        )
        self._world = world
        self._process = process

    def _waited(self, world: World, process: Process, event: threading.Event, seconds: float) -> bool:
        world.wait(lambda: event.is_set() or not process.alive, seconds)
        world.point(process, "terminal.waits")
        return event.is_set()

    def pay(self, reference: str, amount: Money) -> TerminalAnswer:
        self._world.point(self._process, "terminal.pay")
        answer = super().pay(reference, amount)
        self._world.point(self._process, "terminal.paid")
        return answer

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        self._world.point(self._process, "terminal.refund")
        answer = super().refund(reference, amount)
        self._world.point(self._process, "terminal.refunded")
        return answer


class _PointedQr(_Pointed, QrisSimulator):
    """The same for payments by QR code."""
