"""A backend with one member in the demo shop, which loses, refuses and forgets on demand."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.fakes.clock import FakeClock
from tests.fakes.demo import CASHIER, MANAGER, MANAGER_PIN, RIGHT, book, demo_shop, profile
from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.people import LoyaltyAccount, PointsBalance, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, price
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import (
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
    Counted,
    HoldAnswer,
    HoldRequest,
    HoldState,
    Outcome,
    OverrideRequest,
    Part,
    PartResult,
    QuoteAnswer,
    Refusal,
    ReleaseRequest,
)
from tukar.domain.shift import Shift
from tukar.domain.stored_value import StoredBalance, ValueAccount, card_mask, is_value
from tukar.till.ports import (
    BackendState,
    Capabilities,
    CataloguePage,
    Enrolment,
    FindBy,
    HistoryEntry,
    Hold,
    RefundAnswer,
    RefundRequest,
    Refused,
    Trouble,
    Unreachable,
)


@dataclass
class Held:
    """A redemption at the backend."""

    request: HoldRequest | None
    programme_id: str
    points: int
    state: HoldState
    until: float = 0.0
    bill_id: str = ""


@dataclass
class Challenge:
    """A code that was sent."""

    request: ChallengeRequest
    until: float
    wrong: int = 0
    verified: bool = False


class ModelBackend:
    """One member's points with the server's table of redemption.md, in memory, with faults on demand.

    ``drops`` and ``loses`` count calls per method that never arrive, and answers that never come back; ``refuses``
    holds refusals to give first. ``point`` is called around every call.
    """

    def __init__(self, clock: FakeClock, point: Callable[[str], None] = lambda _: None) -> None:
        self.capabilities = Capabilities(stored_value=True)
        self.clock = clock
        self.point = point
        self.posted: dict[str, int] = {"poin": 1240, "reward": 1500}
        self.cards: dict[str, str] = {}
        """Gift cards by their codes: the names of their accounts, which are in ``posted`` beside the points."""
        self.holds: dict[str, Held] = {}
        self.challenges: dict[str, Challenge] = {}
        self.sms: list[str] = []
        self.enrolled: list[Enrolment] = []
        self.pins = {MANAGER.staff_id: MANAGER_PIN}
        """Of those who may answer for a code."""
        self.attempts: dict[str, Refused] = {}
        self.bills: dict[str, Receipt] = {}
        self.shifts: dict[str, Shift] = {}
        self.earned: list[str] = []
        self.spent: Counter[str] = Counter()
        self.short = 0
        self.items: list[str] = []
        self.calls: Counter[str] = Counter()
        self.drops: Counter[str] = Counter()
        self.loses: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.refuses: dict[str, deque[Refused]] = {}
        self.down = False
        self.counted = Counted()
        self.programme_version = demo_shop().programme.version

    # Points

    def held(self, programme_id: str) -> int:
        self._expire()
        return sum(
            one.points for one in self.holds.values() if (one.programme_id, one.state) == (programme_id, HoldState.HELD)
        )

    def available(self, programme_id: str) -> int:
        return self.posted[programme_id] - self.held(programme_id)

    def captured(self, bill_id: str) -> list[Held]:
        return [one for one in self.holds.values() if one.state is HoldState.CAPTURED and one.bill_id == bill_id]

    def _expire(self) -> None:
        for one in self.holds.values():
            if one.state is HoldState.HELD and one.until <= self.clock.monotonic():
                one.state = HoldState.EXPIRED

    @contextmanager
    def _call(self, name: str) -> Iterator[None]:
        self.point(f"before:{name}")
        self.calls[name] += 1
        if self.down or self._take(self.drops, name):
            raise Unreachable(Trouble.NO_CONNECTION, sent=False)
        if self._take(self.faults, name):
            raise Unreachable(Trouble.SERVER_FAULT)
        if self.refuses.get(name):
            raise self.refuses[name].popleft()
        yield
        self.point(f"after:{name}")
        if self._take(self.loses, name):
            raise Unreachable(Trouble.TIMED_OUT)

    @staticmethod
    def _take(counter: Counter[str], name: str) -> bool:
        if counter[name] > 0:
            counter[name] -= 1
            return True
        return False

    # The port

    def state(self) -> BackendState:
        with self._call("state"):
            return BackendState(profile(), 1, 1, self.clock.now(), self.programme_version, 1, 1)

    def programme(self) -> Programme:
        with self._call("programme"):
            return replace(demo_shop().programme, version=self.programme_version)

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage:
        with self._call("catalogue_page"):
            return CataloguePage(1, ())

    def staff(self) -> tuple[StaffMember, ...]:
        with self._call("staff"):
            return (CASHIER, MANAGER)

    def sign_in(self, staff_id: str, password: str) -> None:
        with self._call("sign_in"):
            raise Refused(Refusal.NOT_SUPPORTED)

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        with self._call("let_in"):
            raise Refused(Refusal.NOT_SUPPORTED)

    def salespeople(self) -> tuple[Salesperson, ...]:
        with self._call("salespeople"):
            return ()

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return (self.member("dewi"),)

    def member(self, member_id: str) -> LoyaltyAccount:
        with self._call("member"):
            balances = tuple(
                PointsBalance(programme_id, Points(posted), Points(self.held(programme_id)))
                for programme_id, posted in self.posted.items()
                if not is_value(programme_id)
            )
            return LoyaltyAccount(member_id, "Dewi Lestari", "…5678", balances=balances, orders_placed=12)

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        with self._call("enrol_member"):
            self.enrolled.append(enrolment)
            return LoyaltyAccount(enrolment.member_id, enrolment.name)

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return ()

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer:
        with self._call("quote"):
            priced = price(bill, book(), Circumstances(now=self.clock.now()))
            return QuoteAnswer(
                priced.total,
                priced.discount,
                {spent.programme_id: spent.points for spent in priced.spent},
                {name: Points(self.available(name)) for name in self.posted},
                self.programme_version,
                1,
                self.counted,
            )

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        with self._call("send_code"):
            if request.send_id not in self.sms:
                self.sms.append(request.send_id)
            self.challenges.setdefault(request.challenge_id, Challenge(request, self.clock.monotonic() + 300))
            return ChallengeAnswer(request.challenge_id, "…5678", 300, 30, 2, 5)

    def override_code(self, request: OverrideRequest) -> ChallengeAnswer:
        with self._call("override_code"):
            challenge = self.challenges.get(request.challenge_id)
            if challenge is None:
                raise Refused(Refusal.CODE_EXPIRED)
            if self.pins.get(request.approver) != request.pin:
                raise Refused(Refusal.NOT_ALLOWED)
            challenge.verified = True
            return ChallengeAnswer(request.challenge_id, "…5678", 300, 30, 2, 5)

    def release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        with self._call("release_holds"):
            if self.pins.get(request.approver) != request.pin:
                raise Refused(Refusal.NOT_ALLOWED)
            for one in self.holds.values():
                other = one.request is None or one.request.bill.bill_id != request.bill_id
                if other and (one.programme_id, one.state) == (request.programme_id, HoldState.HELD):
                    one.state = HoldState.EXPIRED
        return self.member(request.member_id)

    def hold(self, request: HoldRequest) -> HoldAnswer:
        with self._call("hold"):
            self._expire()
            known = self.holds.get(request.redemption_id)
            if known is not None:
                return self._answer(request.redemption_id, known)
            if request.attempt_id in self.attempts:
                raise self.attempts[request.attempt_id]
            self._check_code(request)
            if request.programme_version != self.programme_version:
                raise Refused(Refusal.RULES_CHANGED)
            old = self.holds.get(request.replaces)
            freed = old.points if old is not None and old.state is HoldState.HELD else 0
            account = _account_of(request)
            available = self.available(account) + freed
            if request.need.units > available:
                raise Refused(Refusal.INSUFFICIENT, points=Points(available))
            if old is not None and old.state is HoldState.HELD:
                old.state = HoldState.VOIDED
            if any(self._holds_for(one, request) for one in self.holds.values()):
                raise Refused(Refusal.ALREADY_HELD)
            new = Held(request, account, request.need.units, HoldState.HELD, self.clock.monotonic() + 1800)
            self.holds[request.redemption_id] = new
            return self._answer(request.redemption_id, new)

    @staticmethod
    def _holds_for(one: Held, request: HoldRequest) -> bool:
        same_bill = one.request is not None and one.request.bill.bill_id == request.bill.bill_id
        return same_bill and (one.programme_id, one.state) == (_account_of(request), HoldState.HELD)

    def _granted(self) -> float:
        """Until when a hold lasts; a backend whose holds do not run out grants for ever."""
        runs_out = self.capabilities.hold is Hold.TENTATIVE
        return self.clock.monotonic() + 1800 if runs_out else float("inf")

    def _check_code(self, request: HoldRequest) -> None:
        account = demo_shop().programme.account(request.programme_id)
        if not request.challenge_id:
            if account is not None and account.otp.asks_for(request.need):
                raise Refused(Refusal.CODE_NEEDED)
            return
        challenge = self.challenges.get(request.challenge_id)
        if challenge is None:
            raise Refused(Refusal.CODE_EXPIRED)
        assert request.need <= challenge.request.ceiling
        if challenge.verified and request.code is None:
            return
        if challenge.wrong >= 5:
            raise Refused(Refusal.CODE_LOCKED)
        if self.clock.monotonic() > challenge.until:
            raise Refused(Refusal.CODE_EXPIRED)
        if request.code != RIGHT:
            challenge.wrong += 1
            refused = Refused(Refusal.WRONG_CODE, tries_left=5 - challenge.wrong)
            self.attempts[request.attempt_id] = refused
            raise refused
        challenge.verified = True

    def extend(self, redemption_id: str) -> HoldAnswer:
        with self._call("extend"):
            self._expire()
            known = self.holds.get(redemption_id)
            if known is None:
                raise Refused(Refusal.UNKNOWN_REDEMPTION)
            if known.state is not HoldState.HELD:
                raise Refused(Refusal(known.state.value))
            known.until = self._granted()
            return self._answer(redemption_id, known)

    def redemption(self, redemption_id: str) -> HoldAnswer:
        with self._call("redemption"):
            self._expire()
            known = self.holds.get(redemption_id)
            if known is None:
                raise Refused(Refusal.UNKNOWN_REDEMPTION)
            return self._answer(redemption_id, known)

    def void(self, redemption_id: str) -> HoldAnswer:
        with self._call("void"):
            known = self.holds.setdefault(redemption_id, Held(None, "", 0, HoldState.VOIDED))
            if known.state is HoldState.CAPTURED:
                raise Refused(Refusal.CAPTURED)
            known.state = HoldState.VOIDED
            return self._answer(redemption_id, known)

    def put_bill(self, receipt: Receipt) -> BillAnswer:
        with self._call("put_bill"):
            self._expire()
            first = receipt.bill_id not in self.bills
            if first:
                self.bills[receipt.bill_id] = receipt
                self.earned.append(receipt.bill_id)
            parts = [self._capture(receipt, one.redemption_id, one.points.units) for one in receipt.redemptions]
            paid = ((one.value, one.amount.minor) for one in receipt.tenders)
            parts += [self._capture(receipt, one.redemption_id, minor) for one, minor in paid if one is not None]
            balances = {name: Points(self.available(name)) for name in self.posted}
            return BillAnswer(receipt.bill_id, tuple(parts), balances, 1, 1)

    def _capture(self, receipt: Receipt, redemption_id: str, points: int) -> PartResult:
        known = self.holds.get(redemption_id)
        if known is None:
            self.items.append(f"{receipt.bill_id}: never held")
            return PartResult(Part.REDEMPTION, redemption_id, Outcome.SHORT)
        if known.state is HoldState.CAPTURED and known.bill_id == receipt.bill_id:
            return PartResult(Part.REDEMPTION, redemption_id, Outcome.DONE, known.programme_id)
        outcome = Outcome.DONE if known.state is HoldState.HELD else Outcome.LATE
        if outcome is Outcome.LATE:
            self.items.append(f"{receipt.bill_id}: {known.state}")
        assert points <= known.points
        known.state, known.bill_id, known.points = HoldState.CAPTURED, receipt.bill_id, points
        debit = points if outcome is Outcome.DONE else min(points, self.available(known.programme_id))
        self.posted[known.programme_id] -= debit
        self.spent[known.programme_id] += debit
        self.short += points - debit
        return PartResult(Part.REDEMPTION, redemption_id, outcome, known.programme_id, Points(debit))

    def put_refund(self, request: RefundRequest) -> RefundAnswer:
        raise NotImplementedError

    def sell_card(self, code: str, units: int) -> str:
        """A gift card that somebody bought; the name of its account."""
        self.cards[code] = f"value.card-{len(self.cards) + 1}"
        self.posted[self.cards[code]] = units
        return self.cards[code]

    def gift_card(self, code: str) -> StoredBalance:
        with self._call("gift_card"):
            if code not in self.cards:
                raise Refused(Refusal.UNKNOWN_CARD)
            holder = self.cards[code]
            balance = Money(self.available(holder), demo_shop().currency)
            return StoredBalance(ValueAccount.GIFT_CARD, holder, card_mask(code), balance)

    def reserve_card(self, bill_id: str, code: str) -> None:
        with self._call("reserve_card"):
            if code in self.cards:
                raise Refused(Refusal.CARD_TAKEN)

    def void_refund(self, refund_id: str) -> RefundAnswer:
        with self._call("void_refund"):
            return RefundAnswer(refund_id, accepted=False, money=demo_shop().currency.zero(), returned={}, reversed={})

    def bill(self, number: str) -> Receipt:
        raise Refused(Refusal.UNKNOWN_BILL)

    def put_shift(self, shift: Shift) -> None:
        with self._call("put_shift"):
            self.shifts[shift.shift_id] = shift

    def close(self) -> None:
        pass

    def _answer(self, redemption_id: str, held: Held) -> HoldAnswer:
        lasts = held.state is HoldState.HELD and self.capabilities.hold is Hold.TENTATIVE
        ttl = max(0.0, held.until - self.clock.monotonic()) if lasts else 0.0
        return HoldAnswer(redemption_id, held.state, Points(held.points), ttl, f"proof-{redemption_id}")


def _account_of(request: HoldRequest) -> str:
    """A programme's points, or the card or customer whose stored value it is."""
    if request.programme_id == ValueAccount.GIFT_CARD:
        return request.member_id
    return request.programme_id
