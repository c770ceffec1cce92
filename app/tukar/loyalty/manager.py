"""Our own backend as a manager uses it, and the till's way to a manager elsewhere, behind ``ports.reviewing``."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeVar

from tukar.domain.applied import PAGE_RECORDS, FilterChoices, PromotionFilter, PromotionPage, PromotionSummary
from tukar.domain.approval import ApprovalRequest, ApprovalState, ApprovalSubject
from tukar.domain.money import Currency
from tukar.domain.oversight import Difference, Reconciliation, ReviewCase, ReviewFilter, ReviewPage, ReviewState
from tukar.domain.people import StaffMember
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Refusal
from tukar.domain.report import Report, ReportFilter, ReportKind
from tukar.loyalty import addresses
from tukar.loyalty.http import Ask, Http
from tukar.till.ports import Ids, Refused, Trouble, Unreachable
from tukar.till.ports.reviewing import RequestList
from tukar.wire.approvals import (
    WireApprovalAsk,
    WireApprovalRequest,
    WireApprovalRequests,
    WireApprovalWord,
    WireWithdrawal,
    request_of,
    wire_subject,
)
from tukar.wire.managers import WireDone, WireSession, WireSessionEnd, WireSignIn
from tukar.wire.message import read_answer, write
from tukar.wire.oversight import (
    WireDecision,
    WireLedgerDifference,
    WireNote,
    WireReconciliation,
    WireRepair,
    WireReviewCase,
    WireReviewFilter,
    WireReviewPage,
    case_of,
    difference_of,
    reconciliation_of,
    review_page_of,
)
from tukar.wire.promotions import (
    WireFilterChoices,
    WirePromotionPage,
    WirePromotionQuestion,
    WirePromotionSummary,
    choices_of,
    page_of,
    summary_of,
    wire_filter,
)
from tukar.wire.receipts import WireReceipt, receipt_of
from tukar.wire.reports import WireReport, query_of, report_of

M = TypeVar("M")
T = TypeVar("T")

POLL_SECONDS: Final = 1.0
"""How often is asked while somebody waits for news: nobody waits longer than this for what happened elsewhere."""

Pause = Callable[[float], None]


class _Asking:
    """Asks over HTTP and reads the answers; a broken one counts as none."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def ask(self, ask: Ask, message_type: type[M], value_of: Callable[[M], T]) -> T:
        body = self._http.ask(ask)
        try:
            return value_of(read_answer(body, message_type))
        except ValueError as mistake:
            raise Unreachable(Trouble.BROKEN_ANSWER, detail=str(mistake)[:300]) from mistake

    def close(self) -> None:
        self._http.close()


class TukarManagerBackend:
    """``ports.reviewing.ManagerBackend``; threads may share it. The session's token is kept in memory only."""

    def __init__(self, http: Http, ids: Ids, pause: Pause = time.sleep) -> None:
        self._asking = _Asking(http)
        self._ids = ids
        self._pause = pause
        self._lock = threading.Lock()
        self._session: tuple[str, str, str] | None = None
        """Id of the session, its token, and whose it is."""

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        session_id = self._ids.new()
        asked = addresses.put(*addresses.session(session_id), body=write(WireSignIn(staff_id=staff_id, pin=pin)))
        opened = self._asking.ask(asked, WireSession, lambda answer: answer)
        with self._lock:
            self._session = (session_id, opened.token, opened.staff_id)
        return StaffMember(opened.staff_id, opened.name, opened.role)

    def sign_out(self) -> None:
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            asked = addresses.put(*addresses.session_end(session[0]), body=write(WireSessionEnd()))
            self._asking.ask(asked, WireDone, lambda _: None)

    def choices(self) -> FilterChoices:
        return self._ask(addresses.read(*addresses.CHOICES), WireFilterChoices, choices_of)

    def promotions(self, wanted: PromotionFilter, page: str = "", limit: int = PAGE_RECORDS) -> PromotionPage:
        body = write(WirePromotionQuestion(wanted=wire_filter(wanted), page=page, limit=limit))
        return self._ask(addresses.look_up(*addresses.PROMOTIONS, body=body), WirePromotionPage, page_of)

    def summary(self, wanted: PromotionFilter) -> PromotionSummary:
        asked = addresses.look_up(*addresses.SUMMARY, body=write(wire_filter(wanted)))
        return self._ask(asked, WirePromotionSummary, summary_of)

    def receipt(self, bill_id: str) -> Receipt:
        return self._ask(addresses.read(*addresses.managers_bill(bill_id)), WireReceipt, receipt_of)

    def requests(self, seen: int = 0, wait_seconds: float = 0.0) -> RequestList:
        left = wait_seconds
        while True:
            told = self._ask(addresses.read(*addresses.REQUESTS), WireApprovalRequests, _requests_of)
            if told.version != seen or left <= 0:
                return told
            self._pause(min(POLL_SECONDS, left))
            left -= POLL_SECONDS

    def answer_request(self, request_id: str, *, give: bool, pin: str, note: str = "") -> ApprovalRequest:
        body = write(WireApprovalWord(staff_id=self._in_session()[2], pin=pin, give=give, note=note))
        asked = addresses.put(*addresses.managers_word(request_id), body=body)
        return self._ask(asked, WireApprovalRequest, request_of)

    def reviews(self, wanted: ReviewFilter, page: str = "") -> ReviewPage:
        body = write(WireReviewFilter(state=wanted.state, reason=wanted.reason, page=page))
        return self._ask(addresses.look_up(*addresses.REVIEWS, body=body), WireReviewPage, review_page_of)

    def decide(self, review_id: str, state: ReviewState, note: str = "") -> ReviewCase:
        body = write(WireDecision(decision_id=self._ids.new(), state=state, note=note))
        return self._ask(addresses.put(*addresses.review(review_id), body=body), WireReviewCase, case_of)

    def add_note(self, review_id: str, note_id: str, note: str) -> ReviewCase:
        asked = addresses.put(*addresses.review_note(review_id, note_id), body=write(WireNote(note=note)))
        return self._ask(asked, WireReviewCase, case_of)

    def reconcile(self) -> Reconciliation:
        return self._ask(addresses.read(*addresses.RECONCILIATION), WireReconciliation, reconciliation_of)

    def repair(self, difference_id: str) -> Difference:
        asked = addresses.put(*addresses.repair(difference_id), body=write(WireRepair()))
        return self._ask(asked, WireLedgerDifference, difference_of)

    def report(self, kind: ReportKind, wanted: ReportFilter) -> Report:
        asked = addresses.read(*addresses.report(kind.value), query=query_of(wanted))
        return self._ask(asked, WireReport, report_of)

    def close(self) -> None:
        self._asking.close()

    def _ask(self, ask: Ask, message_type: type[M], value_of: Callable[[M], T]) -> T:
        token = self._in_session()[1]
        in_session = replace(ask, headers=MappingProxyType({"Tukar-Manager": token}))
        return self._asking.ask(in_session, message_type, value_of)

    def _in_session(self) -> tuple[str, str, str]:
        with self._lock:
            if self._session is None:
                raise Refused(Refusal.NOT_SIGNED_IN)
            return self._session


class TukarApprovals:
    """``ports.reviewing.ApprovalsFromAfar``."""

    def __init__(self, http: Http, currency: Currency, pause: Pause = time.sleep) -> None:
        self._asking = _Asking(http)
        self._currency = currency
        self._pause = pause

    def ask(self, request_id: str, actor_id: str, subject: ApprovalSubject) -> ApprovalRequest:
        body = write(WireApprovalAsk(actor_id=actor_id, subject=wire_subject(subject, self._currency)))
        return self._about(addresses.put(*addresses.approval(request_id), body=body))

    def look(self, request_id: str, wait_seconds: float = 0.0) -> ApprovalRequest:
        left = wait_seconds
        while True:
            told = self._about(addresses.read(*addresses.approval(request_id)))
            if told.state is not ApprovalState.WAITING or left <= 0:
                return told
            self._pause(min(POLL_SECONDS, left))
            left -= POLL_SECONDS

    def withdraw(self, request_id: str) -> ApprovalRequest:
        return self._about(addresses.put(*addresses.withdrawal(request_id), body=write(WireWithdrawal())))

    def close(self) -> None:
        self._asking.close()

    def _about(self, ask: Ask) -> ApprovalRequest:
        return self._asking.ask(ask, WireApprovalRequest, request_of)


def _requests_of(message: WireApprovalRequests) -> RequestList:
    return RequestList(tuple(map(request_of, message.requests)), message.version)
