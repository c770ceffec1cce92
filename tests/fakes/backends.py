"""A loyalty backend in memory like ours; beside it stand one that only locks and one that only redeems and reverses."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tests.fakes.accounts import Account, Accounts, Challenges
from tests.fakes.clock import FakeClock
from tests.fakes.members import Member, Members, Weather
from tests.fakes.one_shot import OneShotBackend
from tests.fakes.refunds import Refunds
from tests.fakes.shop import COFFEE, POINTS, SHOP, TEA, Shelf
from tests.fakes.shop import programme as small_programme
from tukar.domain.bill import Bill
from tukar.domain.item import Item
from tukar.domain.people import LoyaltyAccount, Salesperson, StaffMember, masked
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill, RuleBook, price
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import (
    HOLD_AT_MOST_SECONDS,
    HOLD_SECONDS,
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
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
from tukar.till.ports import (
    BackendState,
    Capabilities,
    CataloguePage,
    Enrolment,
    FindBy,
    HistoryEntry,
    RefundAnswer,
    RefundRequest,
    Refused,
)

T = TypeVar("T")
__all__ = ["FakeBackend", "KeptHold", "Member", "OneShotBackend"]


@dataclass
class KeptHold:
    """A redemption as the backend keeps it; ``refusal`` where it was refused and stays so."""

    state: HoldState
    points: Points
    account: Account = ("", "")
    bill_id: str = ""
    request: HoldRequest | None = None
    granted_at: float = 0.0
    until: float = 0.0
    refusal: Refused | None = None


class FakeBackend:
    """``ports.LoyaltyBackend`` like our own server: codes, holds that run out, late captures, refunds (redemption.md).

    Tests reach behind it: ``challenges.code_of``, ``accounts``, ``weather``, ``spend_elsewhere``.
    """

    capabilities = Capabilities(hold_seconds=HOLD_SECONDS)

    def __init__(
        self,
        clock: FakeClock | None = None,
        programme: Programme | None = None,
        *,
        items: Iterable[Item] = (COFFEE, TEA),
        staff: Sequence[StaffMember] = (),
        salespeople: Sequence[Salesperson] = (Salesperson("s-1", "Budi"),),
    ) -> None:
        self.clock = clock or FakeClock()
        self.weather = Weather()
        self.accounts = Accounts(self.clock)
        self.members = Members(self.accounts, self.clock)
        self.challenges = Challenges(self.clock)
        self.refunds = Refunds(self.accounts)
        self.shop = SHOP
        self.shelf = Shelf(items)
        self.catalogue_version = 1
        self.bills: dict[str, tuple[Receipt, BillAnswer]] = {}
        self.shifts: dict[str, Shift] = {}
        self.closed = False
        self._programme = programme or small_programme()
        self._staff = tuple(staff)
        self._salespeople = tuple(salespeople)
        self._holds: dict[str, KeptHold] = {}

    # --- behind the scenes

    def add_member(self, member: Member, points: int = 0, programme_id: str = POINTS) -> LoyaltyAccount:
        self.members.known[member.member_id] = member
        self.accounts.move((member.member_id, programme_id), Points(points), "opening", "opening")
        return self.members.account(member.member_id)

    def spend_elsewhere(self, member_id: str, points: int, programme_id: str = POINTS) -> None:
        """A web shop takes points that are available."""
        self._carry("spend_elsewhere", lambda: None)
        self.accounts.move((member_id, programme_id), Points(-points), "spend", "web-shop")

    def change_programme(self, programme: Programme) -> None:
        self._programme = replace(programme, version=self._programme.version + 1)

    def _carry(self, name: str, call: Callable[[], T]) -> T:
        for hold in tuple(self._holds):
            self._find(hold)
        return self.weather.carry(name, call)

    # --- what a till copies

    def state(self) -> BackendState:
        return self._carry("state", self._state)

    def _state(self) -> BackendState:
        return BackendState(
            self.shop, 1, len(self.bills), self.clock.now(), self._programme.version, self.catalogue_version, 1,
            till_id="T1",
        )  # fmt: skip

    def programme(self) -> Programme:
        return self._carry("programme", lambda: self._programme)

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage:
        items = self.shelf.items if since < self.catalogue_version else ()
        return self._carry("catalogue_page", lambda: CataloguePage(self.catalogue_version, items))

    def staff(self) -> tuple[StaffMember, ...]:
        return self._carry("staff", lambda: self._staff)

    def sign_in(self, staff_id: str, password: str) -> None:
        self._carry("sign_in", lambda: self._sign_in(staff_id, password))

    def _sign_in(self, staff_id: str, password: str) -> None:
        if not any((one.staff_id, one.password_hash) == (staff_id, password) for one in self._staff):
            raise Refused(Refusal.NOT_ALLOWED)

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        self._carry("let_in", lambda: self._let_in(manager_id, pin))

    def _let_in(self, manager_id: str, pin: str) -> None:
        if not any((one.staff_id, one.pin_hash) == (manager_id, pin) for one in self._staff):
            raise Refused(Refusal.NOT_ALLOWED)

    def salespeople(self) -> tuple[Salesperson, ...]:
        return self._carry("salespeople", lambda: self._salespeople)

    # --- members

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return self._carry("find_members", lambda: self.members.find(by, text))

    def member(self, member_id: str) -> LoyaltyAccount:
        return self._carry("member", lambda: self.members.account(member_id))

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        return self._carry("enrol_member", lambda: self.members.enrol(enrolment))

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return self._carry("history", lambda: self.accounts.history(member_id))

    # --- redemptions

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer:
        return self._carry("quote", lambda: self._quote(bill, programme_version))

    def _quote(self, bill: Bill, programme_version: int) -> QuoteAnswer:
        self._demand_version(programme_version)
        priced = self.price(bill)
        member_id = "" if bill.customer is None else bill.customer.member_id
        available = {account[1]: self.accounts.available(account) for account in self.accounts.accounts_of(member_id)}
        spent = {moved.programme_id: moved.points for moved in priced.spent}
        return QuoteAnswer(
            priced.total, priced.discount, spent, available, self._programme.version, self.catalogue_version
        )

    def price(self, bill: Bill) -> PricedBill:
        return price(bill, RuleBook.compile(self._programme, self.shelf))

    def _demand_version(self, programme_version: int) -> None:
        if programme_version != self._programme.version:
            raise Refused(Refusal.RULES_CHANGED)

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        return self._carry("send_code", lambda: self._send_code(request))

    def _send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        mobile = self.members.required(request.member_id).mobile
        if not mobile:
            raise Refused(Refusal.NO_MOBILE)
        return self.challenges.send(request, masked(mobile))

    def override_code(self, request: OverrideRequest) -> ChallengeAnswer:
        return self._carry("override_code", lambda: self.challenges.override(request.challenge_id))

    def release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        return self._carry("release_holds", lambda: self._release_holds(request))

    def _release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        account = (request.member_id, request.programme_id)
        for hold in self._holds.values():
            if hold.account == account and hold.bill_id != request.bill_id and hold.state is HoldState.HELD:
                self._end(hold, HoldState.EXPIRED)
        return self.members.account(request.member_id)

    def hold(self, request: HoldRequest) -> HoldAnswer:
        return self._carry("hold", lambda: self._hold(request))

    def _hold(self, request: HoldRequest) -> HoldAnswer:
        known = self._find(request.redemption_id)
        if known is not None:
            return self._known_hold(request, known)
        self.members.required(request.member_id)
        self._demand_version(request.programme_version)
        self._demand_code(request)
        account = (request.member_id, request.programme_id)
        old = self._demand_place(request, account)
        try:
            freed = Points(0, request.need.digits) if old is None else old.points
            if self.accounts.available(account) + freed < request.need:
                raise Refused(Refusal.INSUFFICIENT, points=self.accounts.available(account) + freed)  # noqa: TRY301 - stored below
        except Refused as refusal:
            self._holds[request.redemption_id] = KeptHold(
                HoldState.VOIDED, request.need, account, request.bill.bill_id, request, refusal=refusal
            )
            raise
        if old is not None:
            self._end(old, HoldState.VOIDED)
        self.accounts.reserve(account, request.need)
        now = self.clock.monotonic()
        granted = KeptHold(
            HoldState.HELD, request.need, account, request.bill.bill_id, request, now, now + HOLD_SECONDS
        )
        self._holds[request.redemption_id] = granted
        return self._answer(request.redemption_id, granted)

    def _demand_code(self, request: HoldRequest) -> None:
        account = self._programme.account(request.programme_id)
        if account is not None and account.otp.asks_for(request.need):
            self.challenges.check(request.challenge_id, request.attempt_id, request.code, request.need)

    def _demand_place(self, request: HoldRequest, account: Account) -> KeptHold | None:
        live = [
            (ref, hold)
            for ref, hold in self._holds.items()
            if (hold.state, hold.bill_id, hold.account) == (HoldState.HELD, request.bill.bill_id, account)
        ]
        if any(ref != request.replaces for ref, _ in live):
            raise Refused(Refusal.ALREADY_HELD)
        return live[0][1] if live else None

    def _known_hold(self, request: HoldRequest, known: KeptHold) -> HoldAnswer:
        if known.refusal is not None:
            raise known.refusal
        if known.request is not None:
            same = ("bill_id", "need", "ceiling", "member_id", "programme_id", "challenge_id")
            before = replace(known.request, bill=request.bill)
            if any(getattr(before, name) != getattr(request, name) for name in same[1:]):
                raise Refused(Refusal.ID_REUSED)
            if known.bill_id != request.bill.bill_id or known.request.claims != request.claims:
                raise Refused(Refusal.ID_REUSED)
        return self._answer(request.redemption_id, known)

    def _find(self, redemption_id: str) -> KeptHold | None:
        hold = self._holds.get(redemption_id)
        if hold is not None and hold.state is HoldState.HELD and self.clock.monotonic() >= hold.until:
            self._end(hold, HoldState.EXPIRED)
        return hold

    def _end(self, hold: KeptHold, state: HoldState) -> None:
        if hold.state is HoldState.HELD:
            self.accounts.release(hold.account, hold.points)
        hold.state = state

    def _answer(self, redemption_id: str, hold: KeptHold) -> HoldAnswer:
        held = hold.state is HoldState.HELD
        ttl = hold.until - self.clock.monotonic() if held else 0.0
        return HoldAnswer(redemption_id, hold.state, hold.points, ttl, f"proof:{redemption_id}" if held else "")

    def extend(self, redemption_id: str) -> HoldAnswer:
        return self._carry("extend", lambda: self._extend(redemption_id))

    def _extend(self, redemption_id: str) -> HoldAnswer:
        hold = self._required(redemption_id)
        if hold.state is not HoldState.HELD:
            raise Refused(Refusal(hold.state.value))
        hold.until = min(self.clock.monotonic() + HOLD_SECONDS, hold.granted_at + HOLD_AT_MOST_SECONDS)
        return self._answer(redemption_id, hold)

    def _required(self, redemption_id: str) -> KeptHold:
        hold = self._find(redemption_id)
        if hold is None or hold.refusal is not None:
            raise Refused(Refusal.UNKNOWN_REDEMPTION)
        return hold

    def redemption(self, redemption_id: str) -> HoldAnswer:
        return self._carry("redemption", lambda: self._answer(redemption_id, self._required(redemption_id)))

    def void(self, redemption_id: str) -> HoldAnswer:
        return self._carry("void", lambda: self._void(redemption_id))

    def _void(self, redemption_id: str) -> HoldAnswer:
        hold = self._find(redemption_id)
        if hold is None:
            hold = self._holds.setdefault(redemption_id, KeptHold(HoldState.VOIDED, Points(0)))
        if hold.state is HoldState.CAPTURED:
            raise Refused(Refusal.CAPTURED)
        self._end(hold, HoldState.VOIDED)
        return self._answer(redemption_id, hold)

    # --- bills

    def put_bill(self, receipt: Receipt) -> BillAnswer:
        return self._carry("put_bill", lambda: self._put_bill(receipt))

    def _put_bill(self, receipt: Receipt) -> BillAnswer:
        if receipt.bill_id in self.bills:
            stored, answer = self.bills[receipt.bill_id]
            if stored != receipt:
                raise Refused(Refusal.OTHER_CONTENT)
            return answer
        parts = [PartResult(Part.BILL, receipt.bill_id, Outcome.DONE)]
        parts += [self._capture(redemption, receipt) for redemption in receipt.redemptions]
        balances: dict[str, Points] = {}
        if receipt.customer is not None:
            member_id = receipt.customer.member_id
            for moved in receipt.expected_earning:
                account = (member_id, moved.programme_id)
                self.accounts.move(account, moved.points, "earn", receipt.bill_id)
                parts.append(PartResult(Part.EARNING, receipt.bill_id, Outcome.DONE, moved.programme_id, moved.points))
            balances = {one[1]: self.accounts.available(one) for one in self.accounts.accounts_of(member_id)}
        answer = BillAnswer(receipt.bill_id, tuple(parts), balances, len(self.bills) + 1, 1)
        self.bills[receipt.bill_id] = receipt, answer
        return answer

    def _capture(self, redemption: ReceiptRedemption, receipt: Receipt) -> PartResult:
        """The row "bill arrives with a capture" of the table in redemption.md."""
        ref, need = redemption.redemption_id, redemption.points
        hold = self._find(ref)
        if hold is None or hold.state in (HoldState.VOIDED, HoldState.CAPTURED) or hold.bill_id != receipt.bill_id:
            return PartResult(
                Part.REDEMPTION, ref, Outcome.SHORT, redemption.programme_id, Points(0, need.digits), need
            )
        late = hold.state is HoldState.EXPIRED
        taken = min(need, self.accounts.available(hold.account) if late else hold.points)
        self._end(hold, HoldState.CAPTURED)
        hold.points = taken
        self.accounts.move(hold.account, -taken, "spend", ref)
        short = need - taken
        outcome = Outcome.SHORT if short else Outcome.LATE if late else Outcome.DONE
        return PartResult(Part.REDEMPTION, ref, outcome, redemption.programme_id, taken, short or None)

    def put_shift(self, shift: Shift) -> None:
        self._carry("put_shift", lambda: self._put_shift(shift))

    def _put_shift(self, shift: Shift) -> None:
        if self.shifts.setdefault(shift.shift_id, shift) != shift:
            raise Refused(Refusal.OTHER_CONTENT)

    def bill(self, number: str) -> Receipt:
        return self._carry("bill", lambda: self._bill(number))

    def _bill(self, number: str) -> Receipt:
        for receipt, _ in self.bills.values():
            if str(receipt.number) == number:
                return receipt
        raise Refused(Refusal.UNKNOWN_BILL)

    # --- refunds

    def put_refund(self, request: RefundRequest) -> RefundAnswer:
        return self._carry("put_refund", lambda: self._put_refund(request))

    def _put_refund(self, request: RefundRequest) -> RefundAnswer:
        receipt, _ = self.bills.get(request.bill_id, (None, None))
        return self.refunds.put(request, receipt)

    def void_refund(self, refund_id: str) -> RefundAnswer:
        return self._carry("void_refund", lambda: self._void_refund(refund_id))

    def _void_refund(self, refund_id: str) -> RefundAnswer:
        return self.refunds.void(refund_id, self.bills[self.refunds.bill_of(refund_id)][0])

    def close(self) -> None:
        self.closed = True
