"""A till on the bench: the real checkout, sync, outbox and recovery over a journal, terminal and backend that survive.

``Bench`` is the world; ``Bench.start`` makes a till object in it, and a later ``start`` makes the one after a crash.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.printer import FakePrinter
from tests.fakes.terminal import FakeTerminal
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Money, Quantity
from tukar.domain.people import LoyaltyAccount, PointsBalance, Role, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, price
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
    OneTimeCode,
    Outcome,
    OverrideRequest,
    Part,
    PartResult,
    QuoteAnswer,
    Refusal,
)
from tukar.domain.shift import Shift
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.domain.stored_value import StoredBalance, ValueAccount, card_mask, is_value
from tukar.server.demo_shop import DemoShop, read_demo_shop
from tukar.till.checkout import Checkout
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.delivery import Postman
from tukar.till.gear import Gear
from tukar.till.line import Line
from tukar.till.outbox import OutboxSender
from tukar.till.ports import (
    BackendState,
    Capabilities,
    CataloguePage,
    Enrolment,
    FindBy,
    HistoryEntry,
    Hold,
    Journal,
    RefundAnswer,
    RefundRequest,
    Refused,
    ShopProfile,
    TerminalAnswer,
    TerminalOutcome,
    Trouble,
    Unreachable,
)
from tukar.till.sale import Sale
from tukar.till.saving import Place
from tukar.till.terminals import Terminals
from tukar.till.writing import JournalWriter

RIGHT, WRONG = OneTimeCode("424242"), OneTimeCode("111111")
ORDER, COFFEE, REWARD = OfferKey("poin-nota"), OfferKey("kopi-gratis"), OfferKey("reward-potongan")
CASHIER = StaffMember("c-1", "Rani", Role.CASHIER)
MANAGER = StaffMember("m-1", "Hadi", Role.MANAGER)


MANAGER_PIN = "246810"


@cache
def demo_shop() -> DemoShop:
    return read_demo_shop(date(2026, 11, 21))


class Shelf:
    """The demo shop's items for the engine and the tests."""

    def __init__(self) -> None:
        self._by_sku = {item.sku: item for item in demo_shop().items}

    def by_sku(self, sku: str) -> Item | None:
        return self._by_sku.get(sku)

    def matching(self, goods: object, wanted: int | None = None) -> tuple[Item, ...]:
        return ()

    def named(self, beginning: str) -> Item:
        return next(item for item in self._by_sku.values() if item.name.startswith(beginning))


@cache
def shelf() -> Shelf:
    return Shelf()


@cache
def book() -> RuleBook:
    return RuleBook.compile(demo_shop().programme, shelf())


def profile() -> ShopProfile:
    shop = demo_shop().profile
    return replace(shop, shop_id=shop.shop_id.upper())


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


class Copies:
    """``gear.Copies`` and ``covering.Refresh`` without files: the demo programme in the version last fetched."""

    def __init__(self, backend: ModelBackend) -> None:
        self._backend = backend
        self._version = backend.programme_version
        self.catalogue_version = 1
        self.offline_points: OfflinePoints = NO_OFFLINE_POINTS
        self.refreshed = 0
        self.arrived: Callable[[], None] = lambda: None
        """What comes into force with a version that was fetched, as ``Sync`` hands new rules to the sale."""

    @property
    def programme(self) -> Programme:
        return replace(demo_shop().programme, version=self._version)

    def refresh(self, then: Callable[[bool], None]) -> None:
        self.refreshed += 1
        try:
            self._version = self._backend.programme().version
        except Unreachable:
            then(False)
        else:
            self.arrived()
            then(True)

    def renewed(self, bill: Bill) -> Bill:
        return bill


@dataclass
class TillOnBench:
    """One life of a till."""

    sale: Sale
    checkout: Checkout
    outbox: OutboxSender
    gear: Gear
    copies: Copies

    @property
    def model(self) -> CheckoutModel:
        return self.checkout.model

    def stands(self) -> CheckoutState:
        return self.checkout.state


class Disk(Journal, Protocol):
    """A journal that can be closed."""

    def close(self) -> None: ...


class Bench:
    """Everything outside the till object; ``point`` is where a test counts or kills."""

    def __init__(self, point: Callable[[str], None] = lambda _: None, *, stepped: bool = False) -> None:
        self._point = point
        self.clock = FakeClock()
        self.ids = FakeIds()
        self.journal = FakeJournal(self.clock, self._at)
        self.disk: Disk = self.journal
        self.backend = ModelBackend(self.clock, self._at)
        self.card = PointedTerminal(self._at)
        self.qr = PointedTerminal(self._at)
        self.printer = FakePrinter()
        self.stepped = SteppedBackground(self.clock)
        self.immediate = ImmediateBackground(self.clock)
        self._by_hand = stepped
        self.salesperson_required = False
        self.offline_points: OfflinePoints = NO_OFFLINE_POINTS

    def _at(self, name: str) -> None:
        self._point(name)

    def watch(self, point: Callable[[str], None]) -> None:
        self._point = point

    @property
    def background(self) -> ImmediateBackground | SteppedBackground:
        return self.stepped if self._by_hand else self.immediate

    def start(self, *, online: bool = True) -> TillOnBench:
        """A new life of the till; timers of the former one are gone with it."""
        self.immediate.pending.clear()
        self.stepped.pending.clear()
        self.stepped.jobs.clear()
        self.stepped.answers.clear()
        line, copies = Line(), Copies(self.backend)
        copies.offline_points = self.offline_points
        if online:
            line.heard()
        background = self.background
        gear = Gear(self.backend, self.disk, background, JournalWriter(background), self.clock, self.ids, line, copies)
        sale = Sale(
            currency=demo_shop().currency,
            ids=self.ids,
            rules=book(),
            circumstances=lambda: Circumstances(
                now=self.clock.now(),
                online=line.redeems,
                on_trust=copies.offline_points.holds_on(self.clock.now().date()),
            ),
        )
        line.listen(lambda _: sale.reprice())
        outbox = OutboxSender(
            Postman(self.disk, self.backend, lambda ref, _: self.journal.enrolments[ref]),
            background,
            line,
            lambda: 0.5,
        )
        checkout = Checkout(
            sale,
            gear,
            copies,
            outbox,
            Terminals(self.card, self.qr),
            self.printer,
            Place(profile(), "T1", salesperson_required=self.salesperson_required),
            lambda: CASHIER,
        )
        outbox.tell_delivered(checkout.delivered)
        return TillOnBench(sale, checkout, outbox, gear, copies)

    # Ways to say it shortly

    def money(self, major: int) -> Money:
        return Money(major, demo_shop().currency)

    def customer(self) -> LoyaltyAccount:
        balances = tuple(PointsBalance(name, Points(posted), Points(0)) for name, posted in self.backend.posted.items())
        return LoyaltyAccount("dewi", "Dewi Lestari", "…5678", balances=balances, orders_placed=12)

    def ring_rice(self, till: TillOnBench, pieces: int = 2) -> None:
        """Two sacks of rice, Rp 149.000: enough for every reward."""
        till.sale.add(shelf().named("Beras Ramos"), Quantity.of(pieces))


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
