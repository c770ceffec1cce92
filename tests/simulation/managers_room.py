"""The manager's room through the real connector: what was given, what is odd, whether all adds up, words from afar.

Nothing of it moves a point or a bill: what it says is compared with nothing here, and what it changes is looked at by
the same invariants as everything else.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from typing import Final

from tests.simulation import shop
from tests.simulation.net import SimulatedHttp
from tests.simulation.server import SimulatedServer
from tukar.domain.applied import PromotionFilter, PromotionOutcome
from tukar.domain.approval import ApprovalState, ApprovalSubject
from tukar.domain.money import Money
from tukar.domain.oversight import ReviewFilter, ReviewState
from tukar.domain.people import Action
from tukar.domain.report import ReportFilter, ReportKind
from tukar.loyalty.manager import TukarApprovals, TukarManagerBackend

A_WEEK: Final = timedelta(days=7)


class CountedIds:
    """``ports.Ids``: the same in every run."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self) -> str:
        return f"{self._prefix}-{next(self._numbers)}"


class ManagersRoom:
    """What a manager looks into while the shop sells; every method is an errand, which may be refused or unheard."""

    def __init__(self, server: SimulatedServer, http: SimulatedHttp, wait: Callable[[float], None]) -> None:
        self._server = server
        self._ids = CountedIds("room")
        self._backend = TukarManagerBackend(http, self._ids, wait)
        self._approvals = TukarApprovals(http, shop.CURRENCY, wait)
        self._asked = ""

    def errands(self) -> Mapping[str, Callable[[], None]]:
        """In the order in which a manager does them."""
        return {
            "sign in": self._sign_in,
            "what was given": self._what_was_given,
            "reports": self._reports,
            "cases": self._cases,
            "adds up": self._adds_up,
            "word": self._word,
            "nobody's word": self._nobodys_word,
            "sign out": self._backend.sign_out,
        }

    def _sign_in(self) -> None:
        self._backend.sign_in(shop.MANAGER.staff_id, shop.PIN)

    def _what_was_given(self) -> None:
        self._backend.choices()
        today = self._server.clock.now().date()
        for wanted in (
            PromotionFilter(),
            PromotionFilter(today - A_WEEK, today + A_WEEK, till_id="1", member_id="dewi", rule_id="order"),
            PromotionFilter(outcome=PromotionOutcome.TAKEN, cashier_id=shop.CASHIER.staff_id, text="De"),
        ):
            page = self._backend.promotions(wanted, limit=1)
            if page.next_page:
                self._backend.promotions(wanted, page.next_page)
            self._backend.summary(wanted)
        found = self._server.db.execute("SELECT bill_id FROM bills ORDER BY bill_id LIMIT 1").fetchone()
        self._backend.receipt(found[0] if found else "no-such-bill")

    def _reports(self) -> None:
        today = self._server.clock.now().date()
        for kind in ReportKind:
            self._backend.report(kind, ReportFilter(today - A_WEEK, today + A_WEEK))
        self._backend.report(ReportKind.DAYS, ReportFilter(today, today, till_id="1"))

    def _cases(self) -> None:
        for state in (*ReviewState, None):
            self._backend.reviews(ReviewFilter(state))
        for number, case in enumerate(self._backend.reviews(ReviewFilter(None)).cases):
            self._backend.add_note(case.review_id, f"note-{case.review_id}", "looked at the receipt")
            self._backend.decide(case.review_id, ReviewState.FLAGGED, "asks the cashier")
            if number % 2:
                self._backend.decide(case.review_id, ReviewState.APPROVED)

    def _adds_up(self) -> None:
        for difference in self._backend.reconcile().differences:
            self._backend.repair(difference.difference_id)

    def _subject(self) -> ApprovalSubject:
        money = Money(20_000, shop.CURRENCY)
        return ApprovalSubject(Action.RETURN_WITHOUT_RECEIPT, "goods", amount=money, reason="broken")

    def _word(self) -> None:
        """A cashier asks from a till, a manager answers from the room."""
        self._asked = self._asked or self._ids.new()
        self._approvals.ask(self._asked, shop.CASHIER.staff_id, self._subject())
        told = self._backend.requests()
        self._backend.requests(told.version, 1.0)
        waiting = {request.request_id for request in told.requests if request.state is ApprovalState.WAITING}
        if self._asked in waiting:
            self._backend.answer_request(self._asked, give=True, pin=shop.PIN, note="this once")
        self._approvals.look(self._asked, 1.0)

    def _nobodys_word(self) -> None:
        """Nobody answers, and the cashier finds another way."""
        request_id = self._ids.new()
        self._approvals.ask(request_id, shop.CASHIER.staff_id, self._subject())
        self._approvals.look(request_id, 2.0)
        self._approvals.withdraw(request_id)
