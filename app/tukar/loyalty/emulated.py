"""A hold made of "redeem" and "reverse", for backends that know nothing else (redemption.md, "Backends differ").

``hold`` checks the balance and then redeems, with the code, just before money is taken; ``void`` reverses it. A backend
that cannot reverse is only checked by ``hold`` and redeemed when the bill is saved; what it then refuses is a part of
the bill that is short, and an item.

Every message is written down before it is sent and its result after (``Intents``), so that after a crash nobody has to
guess. What is unknown where a repeated message is done twice (``Idempotency.NONE``) is never sent again: the history
tells, else a manager.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from tukar.domain.bill import Bill
from tukar.domain.people import LoyaltyAccount, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import (
    HOLD_SECONDS,
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    HoldState,
    OneTimeCode,
    Outcome,
    OverrideRequest,
    Part,
    PartResult,
    QuoteAnswer,
    Refusal,
    ReleaseRequest,
)
from tukar.domain.shift import Shift
from tukar.till.ports import (
    BackendState,
    Capabilities,
    CataloguePage,
    DiskTrouble,
    Enrolment,
    FindBy,
    HistoryEntry,
    Idempotency,
    RefundAnswer,
    RefundRequest,
    Refused,
    Reverse,
    Trouble,
    Unreachable,
)


@dataclass(frozen=True, slots=True)
class Redeem:
    """Takes points at once. ``reference`` shows in the backend's history."""

    reference: str
    member_id: str
    programme_id: str
    points: Points
    challenge_id: str = ""
    code: OneTimeCode | None = None


class OneShot(Protocol):
    """What a backend must offer to be wrapped. Every call raises Refused or Unreachable, nothing else."""

    @property
    def capabilities(self) -> Capabilities: ...

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]: ...

    def member(self, member_id: str) -> LoyaltyAccount: ...

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount: ...

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]: ...

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer: ...

    def redeem(self, redeem: Redeem) -> None: ...

    def reverse(self, reference: str, of: Redeem, points: Points) -> None:
        """Gives back ``points`` of an earlier redemption; only called as far as ``Capabilities.reverse`` goes."""
        ...

    def earn(self, reference: str, member_id: str, programme_id: str, points: Points) -> None:
        """Only called when the backend does not work out the earning itself."""
        ...

    def close(self) -> None: ...


class House(Protocol):
    """What such a backend knows nothing of and the shop has written down itself."""

    def state(self) -> BackendState: ...

    def programme(self) -> Programme: ...

    def staff(self) -> Sequence[StaffMember]: ...

    def salespeople(self) -> Sequence[Salesperson]: ...

    def price(self, bill: Bill) -> PricedBill: ...


class Conclusion(StrEnum):
    """What became of a message that was written down."""

    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Intent:
    """A message as it was written down: never its code."""

    reference: str
    member_id: str
    programme_id: str
    points: Points
    conclusion: Conclusion = Conclusion.UNKNOWN


class Intents(Protocol):
    """A durable record: what returns has reached the disk. Raises DiskTrouble."""

    def find(self, reference: str) -> Intent | None: ...

    def put(self, intent: Intent) -> None:
        """Writes an intent, or what it came to."""
        ...


class EmulatedHold:
    """``ports.LoyaltyBackend`` over a ``OneShot``."""

    def __init__(self, service: OneShot, house: House, intents: Intents) -> None:
        self._service = service
        self._house = house
        self._intents = intents
        self._codes: dict[str, Redeem] = {}
        self._voided: set[str] = set()
        self._on_their_way: set[str] = set()

    @property
    def capabilities(self) -> Capabilities:
        return replace(
            self._service.capabilities, hold_seconds=HOLD_SECONDS, catalogue=False, held_bills=False, stored_value=False
        )

    @property
    def _redeems_at_hold(self) -> bool:
        return self._service.capabilities.reverse is not Reverse.NONE

    # --- redemptions

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer:  # noqa: ARG002 - it has no catalogue
        if programme_version != self._house.programme().version:
            raise Refused(Refusal.RULES_CHANGED)
        priced = self._house.price(bill)
        spent = {moved.programme_id: moved.points for moved in priced.spent}
        member = None if bill.customer is None else self._service.member(bill.customer.member_id)
        available = {} if member is None else {held.programme_id: held.available for held in member.balances}
        return QuoteAnswer(priced.total, priced.discount, spent, available, programme_version, 0)

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        return self._service.send_code(request)

    def hold(self, request: HoldRequest) -> HoldAnswer:
        """Redeems, or gets ready to. A ``void`` that comes meanwhile must come again: what is on its way would win."""
        self._on_their_way.add(request.redemption_id)
        try:
            return self._hold(request)
        finally:
            self._on_their_way.discard(request.redemption_id)

    def _hold(self, request: HoldRequest) -> HoldAnswer:
        known = self._intents.find(request.redemption_id)
        if request.redemption_id in self._voided:
            return HoldAnswer(request.redemption_id, HoldState.VOIDED, request.need)
        if known is not None and (known.member_id, known.points) != (request.member_id, request.need):
            raise Refused(Refusal.ID_REUSED)
        if request.replaces:
            raise Refused(Refusal.NOT_SUPPORTED, detail="a redemption is reversed before another takes its place")
        redeem = Redeem(
            request.redemption_id, request.member_id, request.programme_id, request.need, request.challenge_id,
            request.code,
        )  # fmt: skip
        if known is None or known.conclusion is Conclusion.REFUSED:
            self._demand_enough(redeem)
        if self._redeems_at_hold:
            self._once(redeem, redeem.reference, lambda: self._service.redeem(redeem))
        else:
            self._codes[redeem.reference] = redeem
            self._note(_intent(redeem, redeem.reference, Conclusion.NOT_SENT))
        return HoldAnswer(request.redemption_id, HoldState.HELD, request.need, HOLD_SECONDS)

    def _demand_enough(self, redeem: Redeem) -> None:
        balance = self._service.member(redeem.member_id).balance(redeem.programme_id)
        available = Points(0, redeem.points.digits) if balance is None else balance.available
        if available < redeem.points:
            raise Refused(Refusal.INSUFFICIENT, points=available)

    def extend(self, redemption_id: str) -> HoldAnswer:
        answer = self.redemption(redemption_id)
        if answer.state is not HoldState.HELD:
            raise Refused(Refusal.VOIDED)
        return answer

    def redemption(self, redemption_id: str) -> HoldAnswer:
        intent = self._intents.find(redemption_id)
        if intent is None or intent.conclusion is Conclusion.REFUSED:
            raise Refused(Refusal.UNKNOWN_REDEMPTION)
        if self._is_reversed(redemption_id):
            return HoldAnswer(redemption_id, HoldState.VOIDED, intent.points)
        if self._redeems_at_hold and not self._is_done(intent):
            raise Refused(Refusal.UNKNOWN_REDEMPTION)
        return HoldAnswer(redemption_id, HoldState.HELD, intent.points, HOLD_SECONDS)

    def void(self, redemption_id: str) -> HoldAnswer:
        """Gives back what was redeemed. Where nobody can know whether it was, a manager must look."""
        intent = self._intents.find(redemption_id)
        points = Points(0) if intent is None else intent.points
        self._voided.add(redemption_id)
        self._codes.pop(redemption_id, None)
        if redemption_id in self._on_their_way:
            raise Unreachable(Trouble.TIMED_OUT, detail=f"{redemption_id} is still being redeemed")
        if intent is not None and self._redeems_at_hold and not self._is_reversed(redemption_id):
            if self._is_done(intent):
                self._reverse(intent, f"{redemption_id}/void", intent.points)
            elif intent.conclusion is Conclusion.UNKNOWN and self._repeats_are_done_twice:
                raise Refused(Refusal.NOT_SUPPORTED, detail="nobody knows whether these points were taken")
        return HoldAnswer(redemption_id, HoldState.VOIDED, points)

    def _reverse(self, intent: Intent, reference: str, points: Points) -> None:
        taken = Redeem(intent.reference, intent.member_id, intent.programme_id, intent.points)
        given_back = replace(taken, points=points)
        self._once(given_back, reference, lambda: self._service.reverse(reference, taken, points))

    def _is_reversed(self, redemption_id: str) -> bool:
        back = self._intents.find(f"{redemption_id}/void")
        return back is not None and self._is_done(back)

    # --- one message, once

    @property
    def _repeats_are_done_twice(self) -> bool:
        return self._service.capabilities.idempotency is Idempotency.NONE

    def _once(self, redeem: Redeem, reference: str, send: Callable[[], None]) -> None:
        """Sends unless it is known to have been done; what is unknown only where a repeat does no harm."""
        known = self._intents.find(reference)
        if known is not None and self._is_done(known):
            return
        if known is not None and known.conclusion is Conclusion.UNKNOWN and self._repeats_are_done_twice:
            raise Unreachable(Trouble.TIMED_OUT, detail=f"{reference} was sent and is not in the history")
        self._note(_intent(redeem, reference, Conclusion.UNKNOWN))
        try:
            send()
        except Refused:
            self._note(_intent(redeem, reference, Conclusion.REFUSED), sent=True)
            raise
        except Unreachable as lost:
            if not lost.sent:
                self._note(_intent(redeem, reference, Conclusion.NOT_SENT))
            raise
        self._note(_intent(redeem, reference, Conclusion.DONE), sent=True)

    def _note(self, intent: Intent, *, sent: bool = False) -> None:
        """What cannot be written down is not sent; what was sent and cannot be concluded stays unknown."""
        try:
            self._intents.put(intent)
        except DiskTrouble as trouble:
            raise Unreachable(Trouble.SERVER_FAULT, sent=sent, detail=str(trouble)) from trouble

    def _is_done(self, intent: Intent) -> bool:
        if intent.conclusion is not Conclusion.UNKNOWN:
            return intent.conclusion is Conclusion.DONE
        found = any(entry.ref == intent.reference for entry in self._service.history(intent.member_id))
        if found:
            self._note(replace(intent, conclusion=Conclusion.DONE), sent=True)
        return found

    # --- bills

    def put_bill(self, receipt: Receipt) -> BillAnswer:
        """Settles each part on its own; the bill itself is the till's, such a backend keeps none."""
        parts = [PartResult(Part.BILL, receipt.bill_id, Outcome.DONE)]
        parts += [self._settled(redemption, receipt) for redemption in receipt.redemptions]
        parts += self._earned(receipt)
        balances: dict[str, Points] = {}
        if receipt.customer is not None:
            member = self._service.member(receipt.customer.member_id)
            balances = {held.programme_id: held.available for held in member.balances}
        return BillAnswer(receipt.bill_id, tuple(parts), balances)

    def _settled(self, redemption: ReceiptRedemption, receipt: Receipt) -> PartResult:
        given, ref = redemption.points, redemption.redemption_id
        intent = self._intents.find(ref)
        if intent is not None and not self._redeems_at_hold:
            self._redeem_late(intent, given)
            intent = self._intents.find(ref)
        if intent is None or not self._is_done(intent) or self._is_reversed(ref):
            none = Points(0, given.digits)
            return PartResult(Part.REDEMPTION, ref, Outcome.SHORT, redemption.programme_id, none, given)
        rest = intent.points - given
        if rest and self._service.capabilities.reverse is Reverse.PARTIAL:
            self._reverse(intent, f"{ref}/rest", rest)
        elif rest and self._redeems_at_hold:
            note = f"{rest} points were taken beyond bill {receipt.number} and cannot be given back in part"
            return PartResult(Part.REDEMPTION, ref, Outcome.FLAGGED, redemption.programme_id, intent.points, note=note)
        return PartResult(Part.REDEMPTION, ref, Outcome.DONE, redemption.programme_id, given)

    def _redeem_late(self, intent: Intent, points: Points) -> None:
        redeem = self._codes.get(intent.reference)
        if redeem is None:
            redeem = Redeem(intent.reference, intent.member_id, intent.programme_id, points)
        late = replace(redeem, points=points)
        try:
            self._once(late, late.reference, lambda: self._service.redeem(late))
        except Refused:
            return
        self._codes.pop(intent.reference, None)

    def _earned(self, receipt: Receipt) -> Iterator[PartResult]:
        if receipt.customer is None or self._service.capabilities.earn_by_server:
            return
        for moved in receipt.expected_earning:
            reference = f"{receipt.bill_id}/earn/{moved.programme_id}"
            earning = Redeem(reference, receipt.customer.member_id, moved.programme_id, moved.points)
            yield self._earn(earning)

    def _earn(self, earning: Redeem) -> PartResult:
        ref, programme_id, points = earning.reference, earning.programme_id, earning.points
        try:
            self._once(earning, ref, lambda: self._service.earn(ref, earning.member_id, programme_id, points))
        except Refused as refused:
            return PartResult(Part.EARNING, ref, Outcome.REFUSED, programme_id, note=str(refused))
        return PartResult(Part.EARNING, ref, Outcome.DONE, programme_id, points)

    # --- what the shop knows itself, and what such a backend cannot do

    def state(self) -> BackendState:
        return self._house.state()

    def programme(self) -> Programme:
        return self._house.programme()

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage:  # noqa: ARG002 - as the port has it
        return CataloguePage(0, ())

    def staff(self) -> tuple[StaffMember, ...]:
        return tuple(self._house.staff())

    def sign_in(self, staff_id: str, password: str) -> None:  # noqa: ARG002 - as the port has it
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"{staff_id}: this backend checks no passwords")

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:  # noqa: ARG002 - as the port has it
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"{staff_id}: this backend counts no wrong tries")

    def salespeople(self) -> tuple[Salesperson, ...]:
        return tuple(self._house.salespeople())

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return self._service.find_members(by, text)

    def member(self, member_id: str) -> LoyaltyAccount:
        return self._service.member(member_id)

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        return self._service.enrol_member(enrolment)

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return self._service.history(member_id)

    def override_code(self, request: OverrideRequest) -> ChallengeAnswer:
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"challenge {request.challenge_id}: this backend checks no PINs")

    def release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"member {request.member_id}: this backend holds nothing")

    def put_refund(self, request: RefundRequest) -> RefundAnswer:
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"refund {request.refund_id}: this backend keeps no bills")

    def void_refund(self, refund_id: str) -> RefundAnswer:
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"refund {refund_id}: this backend keeps no bills")

    def bill(self, number: str) -> Receipt:
        raise Refused(Refusal.UNKNOWN_BILL, detail=f"{number}: this backend keeps no bills")

    def put_shift(self, shift: Shift) -> None:
        raise Refused(Refusal.NOT_SUPPORTED, detail=f"shift {shift.shift_id}: this backend keeps none")

    def close(self) -> None:
        self._service.close()


def _intent(redeem: Redeem, reference: str, conclusion: Conclusion) -> Intent:
    return Intent(reference, redeem.member_id, redeem.programme_id, redeem.points, conclusion)


def intent_fields(intent: Intent) -> dict[str, str]:
    """An intent as plain texts, for whoever keeps it; ``intent_of`` reads them back."""
    return {
        "reference": intent.reference,
        "member_id": intent.member_id,
        "programme_id": intent.programme_id,
        "points": intent.points.decimal(),
        "conclusion": intent.conclusion.value,
    }


def intent_of(fields: Mapping[str, str]) -> Intent:
    text = fields["points"]
    points = Points.parse(text, len(text.partition(".")[2]))
    return Intent(
        fields["reference"], fields["member_id"], fields["programme_id"], points, Conclusion(fields["conclusion"])
    )
