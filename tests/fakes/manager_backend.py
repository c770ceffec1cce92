"""A manager's backend in memory: three weeks of a small shop, two tills, four rules, and something odd of each kind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from typing import TypeVar

from tests.fakes.shop import COFFEE, IDR, POINTS
from tukar.domain.applied import (
    PAGE_RECORDS,
    DayFigures,
    FilterChoices,
    Named,
    PointsFigure,
    PromotionFigures,
    PromotionFilter,
    PromotionOutcome,
    PromotionPage,
    PromotionRecord,
    PromotionSummary,
    RuleFigures,
    Settlement,
)
from tukar.domain.approval import (
    APPROVAL_SECONDS,
    ApprovalRequest,
    ApprovalState,
    ApprovalSubject,
)
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import LocalName
from tukar.domain.oversight import (
    Difference,
    DifferenceKind,
    DifferenceState,
    Reconciliation,
    Repair,
    ReviewCase,
    ReviewFilter,
    ReviewNote,
    ReviewPage,
    ReviewReason,
    ReviewState,
)
from tukar.domain.people import Action, Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptNumber
from tukar.domain.redemption import Refusal
from tukar.domain.report import Cell, Column, ColumnSort, Report, ReportFilter, ReportKind
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.ports import Refused, Unreachable
from tukar.till.ports.reviewing import RequestList

T = TypeVar("T")

TODAY = date(2026, 11, 21)
MANAGER = StaffMember("hendra", "Hendra Wijaya", Role.MANAGER)
PIN = "246810"
CURRENCY_NOTHING = Money(0, IDR)
POINTS_NAME = LocalName("Points", {"id": "Poin"})
RULES = (
    Named("points-off", LocalName("Points become money", {"id": "Poin jadi promosi"})),
    Named("free-tea", LocalName("Free tea", {"id": "Gratis teh"})),
    Named("noodles", LocalName("Noodles by the box", {"id": "Borong Mi"})),
    Named("member-5", LocalName("Member 5 %")),
)
CASHIERS = (Named("sari", LocalName("Sari W.")), Named("bagus", LocalName("Bagus H.")))
SALESPEOPLE = (Named("made", LocalName("Made S.")), Named("rina", LocalName("Rina K.")))
CUSTOMERS = (
    ("m-1", "Dewi Lestari", "…5678"),
    ("m-2", "Agus Salim", "…1204"),
    ("m-3", "Ni Luh Sari", "…9310"),
    ("m-4", "Yusuf Maulana", "…4471"),
)
_OUTCOMES = (
    *[PromotionOutcome.TAKEN] * 5,
    *[PromotionOutcome.DECLINED] * 2,
    PromotionOutcome.OPEN,
    PromotionOutcome.BY_ITSELF,
    PromotionOutcome.LOST,
)


def _record(n: int) -> PromotionRecord:
    """The ``n``-th record of the data set, from the newest to the oldest."""
    at = datetime(2026, 11, 21, 7, 2, tzinfo=UTC) - timedelta(minutes=97 * n)
    outcome = _OUTCOMES[(n * 7) % len(_OUTCOMES)]
    rule, cashier, seller = RULES[(n * 3) % 4], CASHIERS[n % 2], SALESPEOPLE[(n // 3) % 2]
    member_id, name, mobile = CUSTOMERS[n % 4]
    has_points = rule.id in ("points-off", "free-tea") and outcome is PromotionOutcome.TAKEN
    given = outcome in (PromotionOutcome.TAKEN, PromotionOutcome.BY_ITSELF)
    settlement = Settlement.SETTLED if n else Settlement.NEEDS_MANAGER
    return PromotionRecord(
        record_id=f"{1000 - n:08d}",
        at=at,
        day=at.date(),
        till_id=str(n % 2 + 1),
        bill_id=f"bill-{n}",
        number=f"TOKO1-{n % 2 + 1}-1-{400 - n}",
        rule_id=rule.id,
        reward_id="",
        name=rule.name,
        outcome=outcome,
        settlement=settlement,
        discount=Money(20_000 - 100 * (n % 50) if given else 0, IDR),
        cashier_id=cashier.id,
        cashier_name=cashier.name.default,
        salesperson_id=seller.id,
        salesperson_name=seller.name.default,
        member_id=member_id,
        customer_name=name,
        masked_mobile=mobile,
        programme_id=POINTS if has_points else "",
        spent=Points(200 - n % 50) if has_points else None,
        earned=Points(6) if given else None,
        note="insufficient" if outcome is PromotionOutcome.LOST else "",
    )


def _requests() -> list[ApprovalRequest]:
    subject = ApprovalSubject(
        Action.DISCOUNT_LINE, "line-3:percent:15", "bill-9", "2-000316", Money(9_750, IDR), Decimal(15), None, "Dented"
    )
    at = datetime(2026, 11, 21, 7, 4, tzinfo=UTC)
    return [ApprovalRequest("ask-1", subject, "sari", "Sari W.", "2", at, ApprovalState.WAITING, APPROVAL_SECONDS)]


def _cases() -> list[ReviewCase]:
    at = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    bare = ReviewCase(
        "case", ReviewReason.OTHER, at, ReviewState.OPEN, "", bill_id="bill-0", number="TOKO1-1-1-400", till_id="1",
        cashier_id="sari", cashier_name="Sari W.", member_id="m-1", customer_name="Dewi Lestari", masked_mobile="…5678",
    )  # fmt: skip
    told = (
        {"reason": ReviewReason.WRONG_CODES, "count": 7, "limit": 5, "hours": 24},
        {"reason": ReviewReason.MANY_BILLS, "count": 6, "limit": 4, "hours": 24},
        {"reason": ReviewReason.CASHIER_IS_CUSTOMER},
        {"reason": ReviewReason.REDEEM_THEN_VOID, "count": 3, "limit": 2, "hours": 24, "points": Points(600)},
        {"reason": ReviewReason.PRICE_OVERRIDE, "amount": Money(15_000, IDR)},
        {"reason": ReviewReason.BIG_DISCOUNT, "amount": Money(80_000, IDR), "limit_amount": Money(50_000, IDR)},
        {"reason": ReviewReason.NO_RECEIPT, "amount": Money(45_000, IDR)},
        {"reason": ReviewReason.BACK_DATED, "hours": 31},
        {"reason": ReviewReason.SHORT, "points": Points(200), "story": "200 points were not there"},
    )
    return [
        replace(bare, review_id=f"case-{place}", found_at=at - timedelta(hours=place), **figures)  # type: ignore[arg-type]
        for place, figures in enumerate(told)
    ]


def _differences() -> list[Difference]:
    return [
        Difference(
            "balance.m-1.points", DifferenceKind.BALANCE, Repair.TAKE_LEDGER, DifferenceState.OPEN, "m-1/points",
            Points(340), Points(540), POINTS, member_id="m-1", customer_name="Dewi Lestari", masked_mobile="…5678",
        ),
        Difference(
            "number_missing.2.1.317", DifferenceKind.NUMBER_MISSING, Repair.ASK_TILL, DifferenceState.OPEN,
            "TOKO1-2-1-317", number="TOKO1-2-1-317", till_id="2",
        ),
    ]  # fmt: skip


@dataclass
class FakeManagerBackend:
    """``ports.reviewing.ManagerBackend``; raises ``trouble`` from every method while there is one."""

    records: list[PromotionRecord] = field(default_factory=lambda: [_record(n) for n in range(300)])
    asked: list[ApprovalRequest] = field(default_factory=_requests)
    today: date = TODAY
    cases: list[ReviewCase] = field(default_factory=_cases)
    differing: list[Difference] = field(default_factory=_differences)
    trouble: Refused | Unreachable | None = None
    signed_in: StaffMember | None = None
    version: int = 1
    closed: bool = False
    questions: list[str] = field(default_factory=list)
    """The name of every method that was called, in order."""

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        self._heard("sign_in")
        if staff_id != MANAGER.staff_id or pin != PIN:
            raise Refused(Refusal.NOT_ALLOWED)
        self.signed_in = MANAGER
        return MANAGER

    def sign_out(self) -> None:
        self._heard("sign_out")
        self.signed_in = None

    def choices(self) -> FilterChoices:
        self._heard("choices", in_session=True)
        return FilterChoices(
            shop=Named("TOKO1", LocalName("Toko Satu")),
            currency=IDR,
            today=self.today,
            first_day=min((record.day for record in self.records), default=None),
            tills=(Named("1", LocalName("1")), Named("2", LocalName("2"))),
            cashiers=CASHIERS,
            salespeople=SALESPEOPLE,
            rules=RULES,
            programmes=(Named(POINTS, POINTS_NAME),),
            currencies=("IDR",),
        )

    def promotions(self, wanted: PromotionFilter, page: str = "", limit: int = PAGE_RECORDS) -> PromotionPage:
        self._heard("promotions", in_session=True)
        found = [record for record in self._wanted(wanted) if not page or record.record_id < page]
        more = found[limit - 1].record_id if len(found) > limit else ""
        return PromotionPage(tuple(found[:limit]), more)

    def summary(self, wanted: PromotionFilter) -> PromotionSummary:
        self._heard("summary", in_session=True)
        found = list(self._wanted(wanted))
        days = sorted({record.day for record in found})
        rules = [rule for rule in RULES if any(record.rule_id == rule.id for record in found)]
        by_rule = [
            RuleFigures(rule.id, rule.name, figures(record for record in found if record.rule_id == rule.id))
            for rule in rules
        ]
        return PromotionSummary(
            total=figures(found),
            days=tuple(DayFigures(day, figures(record for record in found if record.day == day)) for day in days),
            rules=tuple(sorted(by_rule, key=lambda one: -one.figures.discount.minor)),
        )

    def receipt(self, bill_id: str) -> Receipt:
        self._heard("receipt", in_session=True)
        record = next((record for record in self.records if record.bill_id == bill_id), None)
        if record is None:
            raise Refused(Refusal.UNKNOWN_BILL)
        return _receipt(record)

    def requests(self, seen: int = 0, wait_seconds: float = 0.0) -> RequestList:
        self._heard("requests", in_session=True)
        return RequestList(
            tuple(request for request in self.asked if request.state is ApprovalState.WAITING), self.version
        )

    def answer_request(self, request_id: str, *, give: bool, pin: str, note: str = "") -> ApprovalRequest:
        me = self._heard("answer_request", in_session=True)
        if pin != PIN:
            raise Refused(Refusal.NOT_ALLOWED)
        place, request = _found(self.asked, lambda request: request.request_id == request_id)
        if request.state is ApprovalState.WAITING:
            state = ApprovalState.GIVEN if give else ApprovalState.REFUSED
            self.asked[place] = replace(
                request, state=state, approver_id=me.staff_id, approver_name=me.name, note=note, seconds_left=60.0
            )
            self.version += 1
        return self.asked[place]

    def reviews(self, wanted: ReviewFilter, page: str = "") -> ReviewPage:
        self._heard("reviews", in_session=True)
        found = tuple(
            case for case in self.cases if wanted.state in (None, case.state) and wanted.reason in (None, case.reason)
        )
        return ReviewPage(found, sum(case.state is ReviewState.OPEN for case in self.cases))

    def decide(self, review_id: str, state: ReviewState, note: str = "") -> ReviewCase:
        me = self._heard("decide", in_session=True)
        place, case = _found(self.cases, lambda case: case.review_id == review_id)
        at = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)
        notes = (*case.notes, ReviewNote(at, me.name, note)) if note else case.notes
        self.cases[place] = replace(case, state=state, decided_by=me.name, decided_at=at, notes=notes)
        return self.cases[place]

    def add_note(self, review_id: str, note_id: str, note: str) -> ReviewCase:
        me = self._heard("add_note", in_session=True)
        place, case = _found(self.cases, lambda case: case.review_id == review_id)
        at = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)
        self.cases[place] = replace(case, notes=(*case.notes, ReviewNote(at, me.name, note)))
        return self.cases[place]

    def reconcile(self) -> Reconciliation:
        self._heard("reconcile", in_session=True)
        left = tuple(one for one in self.differing if one.state is not DifferenceState.REPAIRED)
        counted = {"bills": 315, "entries": 812, "accounts": 44, "records": len(self.records)}
        return Reconciliation(datetime(2026, 11, 21, 7, 5, tzinfo=UTC), left, counted)

    def repair(self, difference_id: str) -> Difference:
        self._heard("repair", in_session=True)
        place, difference = _found(self.differing, lambda one: one.difference_id == difference_id)
        asks = difference.repair is Repair.ASK_TILL
        self.differing[place] = replace(difference, state=DifferenceState.ASKED if asks else DifferenceState.REPAIRED)
        return self.differing[place]

    def report(self, kind: ReportKind, wanted: ReportFilter) -> Report:
        self._heard("report", in_session=True)
        columns, rows, totals = _REPORTS[kind]
        return Report(kind, wanted, columns, rows, totals)

    def close(self) -> None:
        self.closed = True

    def _heard(self, name: str, *, in_session: bool = False) -> StaffMember:
        self.questions.append(name)
        if self.trouble is not None:
            raise self.trouble
        if in_session and self.signed_in is None:
            raise Refused(Refusal.NOT_SIGNED_IN)
        return self.signed_in or MANAGER

    def _wanted(self, wanted: PromotionFilter) -> Iterator[PromotionRecord]:
        text = wanted.text.casefold()
        for record in self.records:
            if (
                (wanted.first_day is None or record.day >= wanted.first_day)
                and (wanted.last_day is None or record.day <= wanted.last_day)
                and wanted.till_id in ("", record.till_id)
                and wanted.cashier_id in ("", record.cashier_id)
                and wanted.salesperson_id in ("", record.salesperson_id)
                and wanted.member_id in ("", record.member_id)
                and wanted.rule_id in ("", record.rule_id)
                and wanted.outcome in (None, record.outcome)
                and wanted.settlement in (None, record.settlement)
                and (not text or _is_named(record, text))
            ):
                yield record


def figures(records: Iterable[PromotionRecord]) -> PromotionFigures:
    """Counts and adds up, the slow way."""
    found = list(records)
    count = {outcome: sum(record.outcome is outcome for record in found) for outcome in PromotionOutcome}
    nothing = Points(0)
    points = PointsFigure(
        POINTS,
        POINTS_NAME,
        spent=reduce(Points.__add__, (record.spent for record in found if record.spent), nothing),
        earned=reduce(Points.__add__, (record.earned for record in found if record.earned), nothing),
        short=reduce(Points.__add__, (record.short for record in found if record.short), nothing),
    )
    return PromotionFigures(
        taken=count[PromotionOutcome.TAKEN],
        declined=count[PromotionOutcome.DECLINED],
        lost=count[PromotionOutcome.LOST],
        open=count[PromotionOutcome.OPEN],
        by_itself=count[PromotionOutcome.BY_ITSELF],
        returned=count[PromotionOutcome.RETURNED],
        discount=IDR.total(record.discount for record in found),
        points=(points,),
    )


def _is_named(record: PromotionRecord, text: str) -> bool:
    number = ReceiptNumber.parse(record.number)
    names = [word.casefold() for name in (record.customer_name, record.cashier_name) for word in name.split()]
    return text in (str(number).casefold(), number.short) or any(word.startswith(text) for word in names)


def _found(items: Sequence[T], matches: Callable[[T], bool]) -> tuple[int, T]:
    for place, item in enumerate(items):
        if matches(item):
            return place, item
    raise Refused(Refusal.UNKNOWN_BILL)


def _receipt(record: PromotionRecord) -> Receipt:
    paid = Money(65_000, IDR) - record.discount
    line = ReceiptLine(
        "line-1",
        COFFEE.sku,
        COFFEE.name,
        Quantity.of(1),
        COFFEE.price,
        Money(65_000, IDR),
        paid,
        taxes=COFFEE.taxes,
    )
    return Receipt(
        bill_id=record.bill_id,
        number=ReceiptNumber.parse(record.number),
        kind=ReceiptKind.SALE,
        currency=IDR,
        shop_name="Toko Satu",
        cashier_id=record.cashier_id,
        cashier_name=record.cashier_name,
        at=record.at,
        lines=(line,),
        before=line.gross,
        discount=record.discount,
        total=paid,
        untaxed=paid,
        tax=CURRENCY_NOTHING,
        taxes=(),
        tenders=(Tender("tender-1", PaymentMode.CASH, paid, paid, record.at),),
    )


def _columns(**sorts: ColumnSort) -> tuple[Column, ...]:
    return tuple(Column(name, sort) for name, sort in sorts.items())


def _money(amount: int) -> Money:
    return Money(amount, IDR)


_S = ColumnSort
_Sheet = tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...], tuple[Cell, ...]]
_REPORTS: dict[ReportKind, _Sheet] = {
    ReportKind.SALESPEOPLE: (
        _columns(salesperson=_S.TEXT, bills=_S.COUNT, pieces=_S.COUNT, sales=_S.MONEY, returns=_S.MONEY,
                 discount=_S.MONEY, taken=_S.COUNT),
        (("Made S.", 120, 431, _money(9_400_000), _money(-65_000), _money(310_000), 41),
         ("Rina K.", 95, 290, _money(6_100_000), _money(0), _money(190_000), 27)),
        (None, 215, 721, _money(15_500_000), _money(-65_000), _money(500_000), 68),
    ),
    ReportKind.PROMOTIONS: (
        _columns(promotion=_S.TEXT, offered=_S.COUNT, taken=_S.COUNT, take_up=_S.PERCENT, declined=_S.COUNT,
                 lost=_S.COUNT, discount=_S.MONEY, spent=_S.POINTS, earned=_S.POINTS),
        tuple((rule.name, 60, 40, Decimal("66.7"), 15, 5, _money(800_000), Points(8_000), Points(240))
              for rule in RULES),
        (None, 240, 160, Decimal("66.7"), 60, 20, _money(3_200_000), Points(32_000), Points(960)),
    ),
    ReportKind.SHIFTS: (
        _columns(opened=_S.MOMENT, closed=_S.MOMENT, till=_S.TEXT, cashier=_S.TEXT, bills=_S.COUNT, sales=_S.MONEY,
                 expected=_S.MONEY, counted=_S.MONEY, difference=_S.MONEY),
        ((datetime(2026, 11, 20, 1, 0, tzinfo=UTC), datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "1", "Sari W.", 31,
          _money(2_400_000), _money(1_200_000), _money(1_199_000), _money(-1_000)),
         (datetime(2026, 11, 21, 1, 0, tzinfo=UTC), None, "2", "Bagus H.", 12, _money(910_000), None, None, None)),
        (None, None, None, None, 43, _money(3_310_000), None, None, _money(-1_000)),
    ),
    ReportKind.DAYS: (
        _columns(day=_S.DAY, till=_S.TEXT, bills=_S.COUNT, sales=_S.MONEY, returns=_S.MONEY, discount=_S.MONEY,
                 tax=_S.MONEY),
        tuple((TODAY - timedelta(days=n), str(n % 2 + 1), 20 + n, _money(1_800_000), _money(0), _money(90_000),
               _money(178_000)) for n in range(8)),
        (None, None, 188, _money(14_400_000), _money(0), _money(720_000), _money(1_424_000)),
    ),
    ReportKind.TAXES: (
        _columns(tax=_S.TEXT, rate=_S.PERCENT, base=_S.MONEY, amount=_S.MONEY),
        (("PPN", Decimal(11), _money(12_970_000), _money(1_424_000)),),
        (None, None, _money(12_970_000), _money(1_424_000)),
    ),
}  # fmt: skip
