"""Payments by card terminal or QR service: every try is a journal row before the terminal hears of it.

The till's own ``tender_id`` is the reference it gives the terminal, so that an ambiguous answer can be asked for again
after any crash (redemption.md, "Till"). An attempt that stands as OPEN or UNKNOWN means: ask.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.money import Money
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.gear import Gear
from tukar.till.ports import (
    AttemptState,
    DiskTrouble,
    PaymentAttempt,
    QrService,
    Refused,
    Terminal,
    TerminalAnswer,
    TerminalOutcome,
    Unreachable,
)

_STATES = {
    TerminalOutcome.APPROVED: AttemptState.APPROVED,
    TerminalOutcome.DECLINED: AttemptState.DECLINED,
    TerminalOutcome.CANCELLED: AttemptState.CANCELLED,
    TerminalOutcome.NOT_FOUND: AttemptState.CANCELLED,
    TerminalOutcome.UNKNOWN: AttemptState.UNKNOWN,
}

Ended = Callable[[PaymentAttempt, TerminalAnswer], None]


@dataclass(frozen=True, slots=True)
class Terminals:
    """The devices of this till; None where it has none of that kind."""

    card: Terminal | None = None
    qr: QrService | None = None

    def of(self, mode: PaymentMode) -> Terminal:
        """The device for a mode; LookupError when the till has none."""
        device = {PaymentMode.CARD: self.card, PaymentMode.QR: self.qr}.get(mode)
        if device is None:
            raise LookupError(mode)
        return device


class KeepDraft(Protocol):
    """Calls ``kept`` once the draft is on the disk for certain, or ``failed``."""

    def __call__(self, kept: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None: ...


class TerminalDesk:
    """One payment at a time. ``ended`` hears every answer after the journal has it.

    ``troubled`` hears when the disk did not take the intent: then the terminal was never called. An answer that the
    disk does not take is told all the same, because the money moved; it is written again before the bill is saved.
    """

    def __init__(
        self, gear: Gear, terminals: Terminals, keep_draft: KeepDraft, troubled: Callable[[DiskTrouble], None]
    ) -> None:
        self._gear = gear
        self._terminals = terminals
        self._keep_draft = keep_draft
        self._troubled = troubled
        self._unwritten: dict[str, PaymentAttempt] = {}
        self._ended: set[str] = set()

    def has(self, mode: PaymentMode) -> bool:
        return (self._terminals.card if mode is PaymentMode.CARD else self._terminals.qr) is not None

    def start(self, bill_id: str, mode: PaymentMode, amount: Money) -> PaymentAttempt:
        """A new attempt, not written down yet; LookupError when the till has no such device."""
        self._terminals.of(mode)
        tender_id = self._gear.ids.new()
        return PaymentAttempt(tender_id, bill_id, mode.value, amount, AttemptState.OPEN, reference=tender_id)

    def pay(self, attempt: PaymentAttempt, shown: Callable[[str, float], None], ended: Ended) -> None:
        """Draft and attempt to the disk, then the terminal.

        ``shown`` gets what a QR code on the screen says, and for how many seconds it is good.
        """
        terminal = self._terminals.of(PaymentMode(attempt.mode))

        def once(now: PaymentAttempt, answer: TerminalAnswer) -> None:
            self._ended.add(attempt.tender_id)
            ended(now, answer)

        def pay() -> None:
            self._call(attempt, lambda: terminal.pay(attempt.reference, attempt.amount), once, self._has_ended)

        def show() -> None:
            qr = self._terminals.qr
            if qr is None or terminal is not qr:
                pay()
                return

            def shown_then_pay(payload: str) -> None:
                shown(payload, qr.seconds)
                pay()

            self._gear.background.run(lambda: qr.payload(attempt.reference, attempt.amount), shown_then_pay, _bug)

        self._keep_draft(lambda: self._write(attempt, show, self._troubled), self._troubled)

    def check(self, attempt: PaymentAttempt, paid: Ended, waits: Callable[[], None]) -> None:
        """Looks at a payment that is still waited for: ``paid`` in place of its end, else ``waits``.

        Only a payment that was made is written down: whatever else stands is for the end to say.
        """
        terminal = self._terminals.of(PaymentMode(attempt.mode))

        def looked(answer: TerminalAnswer) -> None:
            if self._has_ended(attempt):
                return
            if answer.outcome is TerminalOutcome.APPROVED:
                self._ended.add(attempt.tender_id)
                self._note(after(attempt, answer), answer, paid)
            else:
                waits()

        self._gear.background.run(
            lambda: terminal.query(attempt.reference), looked, lambda trouble: looked(_unknown(attempt, trouble))
        )

    def ask(self, attempt: PaymentAttempt, ended: Ended) -> None:
        """What came of an attempt, by its reference."""
        terminal = self._terminals.of(PaymentMode(attempt.mode))
        self._call(attempt, lambda: terminal.query(attempt.reference), ended)

    def cancel(self, attempt: PaymentAttempt) -> None:
        """Asks the terminal to stop waiting; ``pay`` then ends with what came of it."""
        terminal = self._terminals.of(PaymentMode(attempt.mode))
        self._gear.background.run(lambda: terminal.cancel(attempt.reference), lambda _: None, lambda _: None)

    def refund(self, attempt: PaymentAttempt, ended: Ended) -> None:
        """Gives an approved payment back; ``ended`` hears APPROVED when the money went back.

        First a draft without its tender is on the disk: an approved attempt that the draft does not show means "ask".
        """
        terminal = self._terminals.of(PaymentMode(attempt.mode))

        def answered(answer: TerminalAnswer) -> None:
            back = answer.outcome is TerminalOutcome.APPROVED
            self._note(replace(attempt, state=AttemptState.REFUNDED) if back else attempt, answer, ended)

        def give_back() -> None:
            self._gear.background.run(
                lambda: terminal.refund(attempt.reference, attempt.amount),
                answered,
                lambda trouble: answered(_unknown(attempt, trouble)),
            )

        self._keep_draft(give_back, self._troubled)

    def _has_ended(self, attempt: PaymentAttempt) -> bool:
        return attempt.tender_id in self._ended

    def _call(
        self,
        attempt: PaymentAttempt,
        call: Callable[[], TerminalAnswer],
        ended: Ended,
        too_late: Callable[[PaymentAttempt], bool] = lambda _attempt: False,
    ) -> None:
        def answered(answer: TerminalAnswer) -> None:
            if not too_late(attempt):
                self._note(after(attempt, answer), answer, ended)

        self._gear.background.run(call, answered, lambda trouble: answered(_unknown(attempt, trouble)))

    def _note(self, attempt: PaymentAttempt, answer: TerminalAnswer, ended: Ended) -> None:
        def kept_in_mind(_: DiskTrouble) -> None:
            self._unwritten[attempt.tender_id] = attempt
            ended(attempt, answer)

        def written() -> None:
            # A later answer is on the disk: what could not be written before it no longer counts.
            self._unwritten.pop(attempt.tender_id, None)
            ended(attempt, answer)

        self._write(attempt, written, kept_in_mind)

    def write_again(self) -> None:
        """What the disk did not take of the terminal's answers, once more: before the bill is saved."""
        unwritten, self._unwritten = self._unwritten, {}
        for attempt in unwritten.values():
            self._write(attempt, lambda: None, lambda _: None)

    def _write(self, attempt: PaymentAttempt, then: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        self._gear.writer.write(lambda: lambda: self._gear.journal.record_attempt(attempt), lambda _: then(), failed)


def after(attempt: PaymentAttempt, answer: TerminalAnswer) -> PaymentAttempt:
    """The attempt as an answer leaves it. One that was approved stays so, or was given back."""
    if attempt.state is not AttemptState.APPROVED:
        return replace(attempt, state=_STATES[answer.outcome], label=answer.label)
    given_back = answer.outcome in (TerminalOutcome.DECLINED, TerminalOutcome.CANCELLED, TerminalOutcome.NOT_FOUND)
    return replace(attempt, state=AttemptState.REFUNDED) if given_back else attempt


def tender_of(attempt: PaymentAttempt, gear: Gear) -> Tender:
    """The tender that an approved attempt is."""
    mode = PaymentMode(attempt.mode)
    return Tender(
        attempt.tender_id,
        mode,
        attempt.amount,
        attempt.amount,
        gear.clock.now(),
        reference=attempt.reference,
        label=attempt.label,
    )


def attempt_of(tender: Tender, bill_id: str) -> PaymentAttempt:
    """The approved attempt behind a card or QR tender."""
    return PaymentAttempt(
        tender.tender_id,
        bill_id,
        tender.mode.value,
        tender.amount,
        AttemptState.APPROVED,
        reference=tender.reference,
        label=tender.label,
    )


def _unknown(attempt: PaymentAttempt, trouble: Exception) -> TerminalAnswer:
    if not isinstance(trouble, Refused | Unreachable):
        raise trouble
    return TerminalAnswer(TerminalOutcome.UNKNOWN, attempt.reference, reason=str(trouble))


def _bug(trouble: Exception) -> None:
    raise trouble
