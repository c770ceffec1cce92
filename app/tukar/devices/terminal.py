"""A card terminal that behaves as a script says, for the demo and for tests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tukar.devices.bank import Bank, Decision, Payment
from tukar.domain.money import Money
from tukar.till.ports import TerminalAnswer, TerminalOutcome


class Behaviour(Enum):
    """What a terminal makes of one payment."""

    APPROVE = "approve"
    DECLINE = "decline"
    SILENT = "silent"
    """Nothing is taken, and no answer comes."""
    LOSE_ANSWER = "lose_answer"
    """The money is taken, and no answer comes."""


@dataclass(frozen=True, slots=True)
class Act:
    """How one payment goes: what happens, after how many seconds, and how often a query then stays unanswered too."""

    behaviour: Behaviour = Behaviour.APPROVE
    after: float = 0.0
    silent_queries: int = 0
    label: str = "Debit BCA \N{HORIZONTAL ELLIPSIS}4417"
    reason: str = "The bank declined the card"


Script = Callable[[str, Money], Act]
"""How the payment of that reference and amount goes."""

Wait = Callable[[threading.Event, float], bool]
"""Waits for the event or the seconds; whether the event came. The simulation hands in its own."""

APPROVED_SOON: Final = Act(after=1.2)

_OUTCOMES: Final = {
    Decision.ASKED: TerminalOutcome.UNKNOWN,
    Decision.APPROVED: TerminalOutcome.APPROVED,
    Decision.DECLINED: TerminalOutcome.DECLINED,
    Decision.CANCELLED: TerminalOutcome.CANCELLED,
}


def wait_for(event: threading.Event, seconds: float) -> bool:
    return event.wait(seconds)


class TerminalSimulator:
    """``ports.Terminal`` before a ``Bank``. Asked again about a reference it never takes the money twice."""

    def __init__(
        self,
        bank: Bank,
        script: Script = lambda _reference, _amount: APPROVED_SOON,
        *,
        name: str = "Card",
        wait: Wait = wait_for,
    ) -> None:
        self.name = name
        self._bank = bank
        self._script = script
        self._wait = wait
        self._lock = threading.Lock()
        self._cancels: dict[str, threading.Event] = {}
        self._silent: dict[str, int] = {}

    def pay(self, reference: str, amount: Money) -> TerminalAnswer:
        if self._bank.payment(reference) is not None:
            return self.query(reference)
        act = self._script(reference, amount)
        cancelled = threading.Event()
        with self._lock:
            self._cancels[reference] = cancelled
            self._silent[reference] = act.silent_queries
        self._bank.ask(reference, amount)
        try:
            return self._play(act, reference, cancelled)
        finally:
            with self._lock:
                del self._cancels[reference]

    def _play(self, act: Act, reference: str, cancelled: threading.Event) -> TerminalAnswer:
        if act.behaviour is Behaviour.LOSE_ANSWER:
            self._bank.decide(reference, Decision.APPROVED, act.label)
            self._wait(cancelled, act.after)
            return TerminalAnswer(TerminalOutcome.UNKNOWN, reference)
        if self._wait(cancelled, act.after):
            return _answer(self._bank.decide(reference, Decision.CANCELLED))
        if act.behaviour is Behaviour.SILENT:
            self._bank.decide(reference, Decision.CANCELLED)
            return TerminalAnswer(TerminalOutcome.UNKNOWN, reference)
        if act.behaviour is Behaviour.DECLINE:
            return _answer(self._bank.decide(reference, Decision.DECLINED), act.reason)
        return _answer(self._bank.decide(reference, Decision.APPROVED, act.label))

    def query(self, reference: str) -> TerminalAnswer:
        with self._lock:
            silent = self._silent.get(reference, 0)
            self._silent[reference] = max(0, silent - 1)
        payment = self._bank.payment(reference)
        if payment is None:
            return TerminalAnswer(TerminalOutcome.NOT_FOUND, reference)
        return TerminalAnswer(TerminalOutcome.UNKNOWN, reference) if silent else _answer(payment)

    def cancel(self, reference: str) -> None:
        with self._lock:
            waiting = self._cancels.get(reference)
        if waiting is not None:
            waiting.set()

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        if self._bank.refund(reference, amount):
            return TerminalAnswer(TerminalOutcome.APPROVED, reference)
        return TerminalAnswer(TerminalOutcome.DECLINED, reference, reason="Nothing of that amount was taken")


def _answer(payment: Payment, reason: str = "") -> TerminalAnswer:
    """A payment that has gone back as a whole answers as one that was cancelled: nothing of it stands any more."""
    if payment.decision is Decision.APPROVED and payment.refunded == payment.amount:
        return TerminalAnswer(TerminalOutcome.CANCELLED, payment.reference, payment.label, "Given back")
    return TerminalAnswer(_OUTCOMES[payment.decision], payment.reference, payment.label, reason)
