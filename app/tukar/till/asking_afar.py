"""Asks a manager elsewhere for a word, waits for it, and makes of it the same approval that a PIN at the till makes."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tukar.domain.approval import ApprovalRequest, ApprovalState, ApprovalSubject
from tukar.domain.people import Role, StaffMember
from tukar.till.background import Background
from tukar.till.ports import Clock, Ids, Refused, Unreachable
from tukar.till.ports.reviewing import ApprovalsFromAfar
from tukar.till.staffing import Approval, Staffing

LOOK_EVERY_SECONDS: Final = 1.0


class AfarState(StrEnum):
    """Where the question stands: not asked, on its way, waiting, or without a word in the end."""

    READY = "ready"
    ASKING = "asking"
    WAITING = "waiting"
    REFUSED = "refused"
    RUN_OUT = "run_out"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class AfarModel:
    """For the approval sheet. ``seconds`` are left to wait; ``name`` and ``note`` are of who refused, and why."""

    state: AfarState = AfarState.READY
    seconds: int = 0
    name: str = ""
    note: str = ""

    @property
    def waits(self) -> bool:
        return self.state in (AfarState.ASKING, AfarState.WAITING)


@dataclass(frozen=True, slots=True)
class _Question:
    """One question: its id, what it is about, and who hears of it."""

    request_id: str
    actor: StaffMember
    subject: ApprovalSubject
    changed: Callable[[AfarModel], None]
    given: Callable[[Approval], None]


class AskingAfar:
    """One question at a time; asking again, or ``stop``, withdraws the one before.

    A word counts only for just what was asked, and never when it is the cashier's own (security.md, "Rights").
    """

    def __init__(
        self, way: ApprovalsFromAfar, staffing: Staffing, background: Background, clock: Clock, ids: Ids
    ) -> None:
        self._way = way
        self._staffing = staffing
        self._background = background
        self._clock = clock
        self._ids = ids
        self._question: _Question | None = None
        self._until = math.inf

    def ask(
        self, subject: ApprovalSubject, changed: Callable[[AfarModel], None], given: Callable[[Approval], None]
    ) -> None:
        """``changed`` hears how it goes, ``given`` gets the approval, at most once."""
        self.stop()
        question = _Question(self._ids.new(), self._staffing.cashier(), subject, changed, given)
        self._question, self._until = question, math.inf
        changed(AfarModel(AfarState.ASKING))
        self._background.run(
            lambda: self._way.ask(question.request_id, question.actor.staff_id, subject),
            lambda request: self._heard(question, request),
            lambda trouble: self._not_asked(question, trouble),
        )

    def stop(self) -> None:
        """Nobody waits any longer."""
        question, self._question = self._question, None
        if question is not None:
            self._background.run(
                lambda: self._way.withdraw(question.request_id), lambda _request: None, lambda _trouble: None
            )

    def _heard(self, question: _Question, request: ApprovalRequest) -> None:
        if self._question is not question:
            return
        match request.state:
            case ApprovalState.WAITING:
                self._until = min(self._until, self._clock.monotonic() + request.seconds_left)
                self._wait(question)
            case ApprovalState.GIVEN if self._fits(question, request):
                self._question = None
                approver = self._approver(request)
                subject = question.subject
                question.given(
                    self._staffing.approved_afar(approver, subject.action, subject.ref, request.seconds_left)
                )
            case ApprovalState.RUN_OUT | ApprovalState.WITHDRAWN:
                self._end(question, AfarModel(AfarState.RUN_OUT))
            case _:
                self._end(question, AfarModel(AfarState.REFUSED, name=request.approver_name, note=request.note))

    def _fits(self, question: _Question, request: ApprovalRequest) -> bool:
        asked = (question.request_id, question.subject, question.actor.staff_id)
        told = (request.request_id, request.subject, request.actor_id)
        return asked == told and request.approver_id not in ("", question.actor.staff_id)

    def _approver(self, request: ApprovalRequest) -> StaffMember:
        """Who gave their word; the backend has checked their PIN and right, also of somebody new to this till."""
        known = (member for member in self._staffing.model.staff if member.staff_id == request.approver_id)
        return next(known, StaffMember(request.approver_id, request.approver_name, Role.MANAGER))

    def _wait(self, question: _Question) -> None:
        left = self._until - self._clock.monotonic()
        if left <= 0:
            self._end(question, AfarModel(AfarState.RUN_OUT))
            return
        question.changed(AfarModel(AfarState.WAITING, seconds=round(left)))
        self._background.after(LOOK_EVERY_SECONDS, lambda: self._look(question))

    def _look(self, question: _Question) -> None:
        if self._question is not question:
            return
        self._background.run(
            lambda: self._way.look(question.request_id),
            lambda request: self._heard(question, request),
            lambda _trouble: self._still_waits(question),
        )

    def _still_waits(self, question: _Question) -> None:
        """The line is down for a moment: what was asked stands, and so does its time."""
        if self._question is question:
            self._wait(question)

    def _not_asked(self, question: _Question, trouble: Exception) -> None:
        if not isinstance(trouble, Refused | Unreachable):
            raise trouble
        if self._question is question:
            refused = isinstance(trouble, Refused)
            self._end(question, AfarModel(AfarState.REFUSED if refused else AfarState.UNHEARD))

    def _end(self, question: _Question, model: AfarModel) -> None:
        self._question = None
        question.changed(model)
