"""Delivers one waiting message to the backend and writes down what became of it. Blocks; knows no timer and no Qt."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tukar.domain.receipt import Receipt
from tukar.domain.redemption import BillAnswer, Refusal
from tukar.till.ports import (
    Enrolment,
    Journal,
    LoyaltyBackend,
    OutboxKind,
    OutboxMessage,
    Refused,
    Trouble,
    Unreachable,
)

PAUSING: Final = frozenset({Refusal.NOT_SIGNED_IN, Refusal.OUTDATED, Refusal.REVOKED})
"""Somebody must do something about this till; until then its bills wait in safety (redemption.md, "Till")."""

_GONE_ALREADY: Final = frozenset({Refusal.UNKNOWN_REDEMPTION, Refusal.VOIDED, Refusal.EXPIRED})
_OF_THE_LINE: Final = frozenset({Trouble.NO_CONNECTION, Trouble.TIMED_OUT, Trouble.UNTRUSTED})

_NEVER_ACCEPTED: Final = frozenset({Refusal.NOT_SUPPORTED, Refusal.UNKNOWN_BILL})
"""A backend that takes no refunds has none to take back; one that keeps no shifts needs none."""

OpenEnrolment = Callable[[str, str], Enrolment]
"""Reads a queued enrolment: member id and body; ValueError when it cannot be read any more."""


class Delivered(StrEnum):
    """What became of one message."""

    NOTHING = "nothing"
    """Nothing may go now."""
    TAKEN = "taken"
    SET_ASIDE = "set_aside"
    LATER = "later"
    """This one waits; others may go."""
    BUSY = "busy"
    """The backend asks this till to wait: any other message would only be one more too many."""
    UNREACHABLE = "unreachable"
    """Nobody is there: no other one would get through either."""
    PAUSED = "paused"


_ENDS: Final = (Delivered.NOTHING, Delivered.UNREACHABLE, Delivered.BUSY, Delivered.PAUSED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt: which message, what became of it, and the backend's answer to a bill."""

    outcome: Delivered
    message: OutboxMessage | None = None
    answer: BillAnswer | None = None
    refusal: Refusal | None = None
    wait: float | None = None
    waiting: int = 0
    """Messages that wait now."""


class Postman:
    """Takes the messages that may go, one call at a time.

    What the backend will never take goes to REVIEW, so that one bad message never blocks the others (T34). A message
    that got no usable answer is asked again with the same id (T35): the backend knows it by that.
    """

    def __init__(self, journal: Journal, backend: LoyaltyBackend, open_enrolment: OpenEnrolment) -> None:
        self._journal = journal
        self._backend = backend
        self._open_enrolment = open_enrolment
        self._unheard: Receipt | None = None
        """The bill that got no answer yet; it is not read again for the next try, for what is saved never changes."""

    def deliver_one(self, skip: Collection[int] = ()) -> Delivery:
        """The first message that may go and is not in ``skip``. Raises DiskTrouble."""
        message = next((one for one in self._journal.waiting(len(skip) + 1) if one.seq not in skip), None)
        if message is None:
            return Delivery(Delivered.NOTHING, waiting=self._journal.waiting_count())
        try:
            answer = self._send(message)
        except Refused as refused:
            return self._refused(message, refused)
        except Unreachable as unreachable:
            self._journal.count_try(message.seq)
            nobody = unreachable.trouble in _OF_THE_LINE
            outcome = Delivered.UNREACHABLE if nobody else Delivered.LATER
            return self._delivery(outcome, message)
        except ValueError as unreadable:
            self._journal.set_aside(message.seq, f"unreadable: {unreadable}")
            return self._delivery(Delivered.SET_ASIDE, message)
        self._journal.acknowledge(message.seq, answer)
        return self._delivery(Delivered.TAKEN, message, answer=answer)

    def waiting(self) -> int:
        """Messages that wait. Raises DiskTrouble."""
        return self._journal.waiting_count()

    def deliver_all(self, progress: Callable[[Delivery], None] = lambda _: None) -> Delivery:
        """Everything that goes now, once each; the last attempt tells why it ended. For replay and doctor."""
        skip: set[int] = set()
        while True:
            delivery = self.deliver_one(skip)
            progress(delivery)
            if delivery.message is not None:
                skip.add(delivery.message.seq)
            if delivery.outcome in _ENDS:
                return delivery

    def _send(self, message: OutboxMessage) -> BillAnswer | None:
        send = {
            OutboxKind.BILL: self._send_bill,
            OutboxKind.VOID: self._send_void,
            OutboxKind.ENROL: self._send_enrolment,
            OutboxKind.REFUND_VOID: self._send_refund_void,
            OutboxKind.SHIFT: self._send_shift,
        }[message.kind]
        return send(message)

    def _send_bill(self, message: OutboxMessage) -> BillAnswer:
        receipt = self._unheard
        if receipt is None or receipt.bill_id != message.ref:
            receipt = self._journal.receipt(message.ref)
        if receipt is None:
            raise ValueError(f"bill {message.ref} is not in the journal")
        self._unheard = receipt
        answer = self._backend.put_bill(receipt)
        self._unheard = None
        return answer

    def _send_void(self, message: OutboxMessage) -> None:
        self._backend.void(message.ref)

    def _send_enrolment(self, message: OutboxMessage) -> None:
        """The cashier has served the customer long ago: nobody is there to find them in place of making a second."""
        self._backend.enrol_member(replace(self._open_enrolment(message.ref, message.body), offline=True))

    def _send_refund_void(self, message: OutboxMessage) -> None:
        self._backend.void_refund(message.ref)

    def _send_shift(self, message: OutboxMessage) -> None:
        shift = self._journal.shifts.get(message.ref)
        if shift is None:
            raise ValueError(f"shift {message.ref} is not in the journal")
        self._backend.put_shift(shift)

    def _refused(self, message: OutboxMessage, refused: Refused) -> Delivery:
        if refused.refusal in PAUSING and not _is_never_taken_of_revoked(message, refused):
            return self._delivery(Delivered.PAUSED, message, refused=refused)
        if refused.refusal is Refusal.TOO_MANY_REQUESTS:
            return self._delivery(Delivered.BUSY, message, refused=refused)
        if refused.refusal is Refusal.RECOVERING:
            self._journal.count_try(message.seq)
            return self._delivery(Delivered.LATER, message, refused=refused)
        gone = {
            OutboxKind.VOID: _GONE_ALREADY,
            OutboxKind.REFUND_VOID: _NEVER_ACCEPTED,
            OutboxKind.SHIFT: frozenset({Refusal.NOT_SUPPORTED}),
        }
        if refused.refusal in gone.get(message.kind, frozenset()):
            self._journal.acknowledge(message.seq)
            return self._delivery(Delivered.TAKEN, message)
        self._journal.set_aside(message.seq, str(refused))
        return self._delivery(Delivered.SET_ASIDE, message, refused=refused)

    def _delivery(
        self,
        outcome: Delivered,
        message: OutboxMessage,
        *,
        answer: BillAnswer | None = None,
        refused: Refused | None = None,
    ) -> Delivery:
        return Delivery(
            outcome,
            message,
            answer,
            None if refused is None else refused.refusal,
            None if refused is None else refused.wait,
            self._journal.waiting_count(),
        )


def _is_never_taken_of_revoked(message: OutboxMessage, refused: Refused) -> bool:
    """A revoked till may still deliver its bills, and neither enrolments nor shifts: those keep no bill waiting."""
    return refused.refusal is Refusal.REVOKED and message.kind in (OutboxKind.ENROL, OutboxKind.SHIFT)
