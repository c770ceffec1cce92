"""A card terminal that answers at once with what a test told it to."""

from collections import deque
from collections.abc import Callable, Iterable

from tukar.domain.money import Money
from tukar.till.ports import TerminalAnswer, TerminalOutcome


class FakeTerminal:
    """``ports.QrService``. ``script`` holds the outcomes of the next payments; after them everything is approved.

    ``taken`` is what the bank took per reference: an UNKNOWN answer takes the money when ``unknown_takes`` says so,
    and a query then tells the truth.
    """

    name = "Card"
    seconds = 300.0

    def __init__(self, script: Iterable[TerminalOutcome] = (), *, unknown_takes: bool = True) -> None:
        self.script = deque(script)
        self.unknown_takes = unknown_takes
        self.taken: dict[str, Money] = {}
        self.asked: list[tuple[str, Money]] = []
        self.cancelled: list[str] = []
        self.silent_refunds = 0
        """How many of the next refunds get no clear answer."""
        self.silent_references: set[str] = set()

    def pay(self, reference: str, amount: Money) -> TerminalAnswer:
        self.asked.append((reference, amount))
        if reference in self.taken:
            return self.query(reference)
        outcome = self.script.popleft() if self.script else TerminalOutcome.APPROVED
        takes = outcome is TerminalOutcome.APPROVED or (outcome is TerminalOutcome.UNKNOWN and self.unknown_takes)
        if takes:
            self.taken[reference] = amount
        return TerminalAnswer(outcome, reference, self._label(outcome))

    def query(self, reference: str) -> TerminalAnswer:
        if reference in self.taken:
            return TerminalAnswer(TerminalOutcome.APPROVED, reference, self._label(TerminalOutcome.APPROVED))
        heard = any(asked == reference for asked, _ in self.asked)
        return TerminalAnswer(TerminalOutcome.DECLINED if heard else TerminalOutcome.NOT_FOUND, reference)

    def cancel(self, reference: str) -> None:
        self.cancelled.append(reference)

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        if reference in self.silent_references:
            return TerminalAnswer(TerminalOutcome.UNKNOWN, reference)
        if self.silent_refunds:
            self.silent_refunds -= 1
            return TerminalAnswer(TerminalOutcome.UNKNOWN, reference)
        taken = self.taken.get(reference)
        if taken is None or taken < amount:
            return TerminalAnswer(TerminalOutcome.DECLINED, reference, reason="not taken")
        del self.taken[reference]
        if taken != amount:
            self.taken[reference] = taken - amount
        return TerminalAnswer(TerminalOutcome.APPROVED, reference)

    def payload(self, reference: str, amount: Money) -> str:
        return f"pay:{reference}:{amount}"

    @staticmethod
    def _label(outcome: TerminalOutcome) -> str:
        return "Debit Test \N{HORIZONTAL ELLIPSIS}4417" if outcome is TerminalOutcome.APPROVED else ""


class PointedTerminal(FakeTerminal):
    """The card terminal with a point around every call."""

    def __init__(self, point: Callable[[str], None]) -> None:
        super().__init__()
        self._at = point
        self.silent = False
        self.refunds: deque[TerminalOutcome] = deque()

    def pay(self, reference: str, amount: Money) -> TerminalAnswer:
        self._at("before:terminal.pay")
        answer = super().pay(reference, amount)
        self._at("after:terminal.pay")
        return answer

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        self._at("before:terminal.refund")
        outcome = self.refunds.popleft() if self.refunds else TerminalOutcome.APPROVED
        if outcome is TerminalOutcome.DECLINED:
            return TerminalAnswer(outcome, reference, reason="not today")
        if outcome is TerminalOutcome.UNKNOWN:
            if self.unknown_takes:
                super().refund(reference, amount)
            return TerminalAnswer(outcome, reference)
        answer = super().refund(reference, amount)
        self._at("after:terminal.refund")
        return answer

    def query(self, reference: str) -> TerminalAnswer:
        return TerminalAnswer(TerminalOutcome.UNKNOWN, reference) if self.silent else super().query(reference)
