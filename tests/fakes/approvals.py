"""The way to a manager elsewhere, in memory: what was asked, and the answer that a test gives."""

from dataclasses import replace
from datetime import UTC, datetime

from tukar.domain.approval import APPROVAL_SECONDS, ApprovalRequest, ApprovalState, ApprovalSubject
from tukar.till.ports import Refused, Unreachable


class FakeApprovals:
    """``ports.reviewing.ApprovalsFromAfar``; raises ``trouble`` while there is one."""

    def __init__(self) -> None:
        self.requests: dict[str, ApprovalRequest] = {}
        self.trouble: Refused | Unreachable | None = None
        self.closed = False

    def ask(self, request_id: str, actor_id: str, subject: ApprovalSubject) -> ApprovalRequest:
        self._fail()
        at = datetime(2026, 11, 21, 7, 4, tzinfo=UTC)
        asked = ApprovalRequest(
            request_id, subject, actor_id, actor_id, "1", at, ApprovalState.WAITING, APPROVAL_SECONDS
        )
        return self.requests.setdefault(request_id, asked)

    def look(self, request_id: str, wait_seconds: float = 0.0) -> ApprovalRequest:
        self._fail()
        return self.requests[request_id]

    def withdraw(self, request_id: str) -> ApprovalRequest:
        self._fail()
        return self.answer(request_id, ApprovalState.WITHDRAWN)

    def close(self) -> None:
        self.closed = True

    def answer(self, request_id: str, state: ApprovalState, who: str = "hendra", note: str = "") -> ApprovalRequest:
        """Somebody elsewhere says something; what was said first stays."""
        before = self.requests[request_id]
        if before.state is ApprovalState.WAITING:
            said = replace(before, state=state, approver_id=who, approver_name="Hendra Wijaya", note=note)
            self.requests[request_id] = replace(said, seconds_left=60.0)
        return self.requests[request_id]

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble
