"""What a manager asks of the backend, and what a till asks of a manager who is elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from tukar.domain.applied import (
    PAGE_RECORDS,
    FilterChoices,
    PromotionFilter,
    PromotionPage,
    PromotionSummary,
)
from tukar.domain.approval import ApprovalRequest, ApprovalSubject
from tukar.domain.oversight import Difference, Reconciliation, ReviewCase, ReviewFilter, ReviewPage, ReviewState
from tukar.domain.people import StaffMember
from tukar.domain.receipt import Receipt
from tukar.domain.report import Report, ReportFilter, ReportKind


class ManagerBackend(Protocol):
    """The backend as a signed-in manager uses it. Every method blocks and raises ``Refused`` or ``Unreachable``.

    ``Refused(NOT_SIGNED_IN)`` means that the session ran out: sign in again and ask again. Answers come in pages by
    cursor: ``page`` is empty for the first one and else the ``next_page`` of the answer before.
    """

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        """Opens a session for a manager by their own PIN; Refused(NOT_ALLOWED) when it is wrong or lacks the right."""
        ...

    def sign_out(self) -> None:
        """Ends the session; no session is fine."""
        ...

    def choices(self) -> FilterChoices: ...

    def promotions(self, wanted: PromotionFilter, page: str = "", limit: int = PAGE_RECORDS) -> PromotionPage: ...

    def summary(self, wanted: PromotionFilter) -> PromotionSummary: ...

    def receipt(self, bill_id: str) -> Receipt:
        """The bill behind a record, a case or a difference; Refused(UNKNOWN_BILL) when there is none."""
        ...

    def requests(self, seen: int = 0, wait_seconds: float = 0.0) -> "RequestList":
        """What waits for a word. With the ``version`` of the last list it waits up to so long for a newer one."""
        ...

    def answer_request(self, request_id: str, *, give: bool, pin: str, note: str = "") -> ApprovalRequest:
        """The signed-in manager's own word by their own PIN. The same answer again is the same word.

        Refused(NOT_ALLOWED) for a wrong PIN, the manager's own request or one beyond their limits; a request that was
        answered or has run out comes back as it stands.
        """
        ...

    def reviews(self, wanted: ReviewFilter, page: str = "") -> ReviewPage: ...

    def decide(self, review_id: str, state: ReviewState, note: str = "") -> ReviewCase:
        """Approves or flags a case, or opens it again; a flagged one may be approved later. Every word stays."""
        ...

    def add_note(self, review_id: str, note_id: str, note: str) -> ReviewCase:
        """Writes something down; ``note_id`` is the caller's, so that a repeated note is there once."""
        ...

    def reconcile(self) -> Reconciliation:
        """Compares bills, ledger and balances; changes nothing."""
        ...

    def repair(self, difference_id: str) -> Difference:
        """Does the one safe thing, if the difference is still there; repeated it does nothing more."""
        ...

    def report(self, kind: ReportKind, wanted: ReportFilter) -> Report: ...

    def close(self) -> None:
        """Closes sockets, so that threads that wait in them end."""
        ...


@dataclass(frozen=True, slots=True)
class RequestList:
    """What waits for a word, oldest first; ``version`` goes into the next question."""

    requests: tuple[ApprovalRequest, ...]
    version: int


class ApprovalsFromAfar(Protocol):
    """The way from a till to a manager who is elsewhere. Every method blocks; ``Refused`` or ``Unreachable``."""

    def ask(self, request_id: str, actor_id: str, subject: ApprovalSubject) -> ApprovalRequest:
        """Asks for a word; sent again with the same id it is the same request."""
        ...

    def look(self, request_id: str, wait_seconds: float = 0.0) -> ApprovalRequest:
        """Where the request stands; waits up to so long while nobody has answered."""
        ...

    def withdraw(self, request_id: str) -> ApprovalRequest:
        """The cashier does not wait any longer; an answer that came first stays."""
        ...

    def close(self) -> None:
        """Closes sockets, so that threads that wait in them end."""
        ...


class SheetForm(StrEnum):
    """A file that figures are exported to; its value is the ending of the name."""

    CSV = "csv"
    XLSX = "xlsx"


Plain = str | int | Decimal | date | datetime | None
"""A cell of a file: money and points as decimal numbers in major units."""


class SheetFiles(Protocol):
    """Writes tables to files. A text that a spreadsheet would take for a formula is written as text."""

    def write(self, path: Path, form: SheetForm, headings: Sequence[str], rows: Iterable[Sequence[Plain]]) -> int:
        """Writes row by row and puts the file in place whole; returns how many rows. Raises ``DiskTrouble``."""
        ...


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What is exported by itself: which reports, into which folder, every day at which time of the shop."""

    folder: str = ""
    at: time = time(5, 0)
    form: SheetForm = SheetForm.CSV
    promotions: bool = True
    reports: tuple[ReportKind, ...] = tuple(ReportKind)

    @property
    def is_on(self) -> bool:
        return bool(self.folder)
