"""The backend as one object: finds out who calls, runs an operation in a transaction, answers once that is durable.

``submit`` takes a request as bytes and promises a reply; ``perform`` runs an operation for a caller that is known
already. Both are free of sockets, so a test or the simulation needs none.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar

from sqlalchemy import Engine

from tukar.domain.people import Right, StaffMember
from tukar.domain.redemption import Refusal
from tukar.server import audit, auth, outbox, recovery, sessions, staff
from tukar.server.call import NOBODY, Call, Caller, CallerKind, Equipment
from tukar.server.clock import ServerClock, Timeline, reached
from tukar.server.outbox import CustomerMessage
from tukar.server.refusing import Refused, status_of
from tukar.server.routes import NoSuchRouteError, Route, RouteTable
from tukar.server.storage.batches import UnavailableError
from tukar.server.storage.migrations import migrate
from tukar.server.storage.statements import Statements
from tukar.server.storage.transactions import Transactions
from tukar.server.throttle import Throttle
from tukar.wire.message import Message, MessageError, read_request, write
from tukar.wire.redemptions import WireRefusal

T = TypeVar("T")

_log = logging.getLogger(__name__)

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
OK: Final = 200
METHOD_NOT_ALLOWED: Final = 405
FAULT: Final = 500
UNAVAILABLE: Final = 503


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in; names of headers are in small letters."""

    method: str
    path: str
    body: bytes = field(default=b"", repr=False)
    query: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    headers: Mapping[str, str] = field(default_factory=lambda: _NOTHING, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: JSON, and headers beside the ordinary ones."""

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class _Understood:
    """A request whose route was found and whose body was read."""

    request: Request
    route: Route
    path: Mapping[str, str]
    message: Any


class Backend:
    """All shops of one database."""

    def __init__(
        self,
        *,
        transactions: Transactions,
        equipment: Equipment,
        clock: ServerClock,
        routes: RouteTable | None = None,
        throttle: Throttle | None = None,
        credentials: ThreadPoolExecutor | None = None,
    ) -> None:
        self._transactions = transactions
        self.equipment = equipment
        self._clock = clock
        self._timeline = Timeline(clock)
        self._routes = routes or RouteTable()
        self._throttle = throttle or Throttle()
        self._credentials = credentials
        self.on_message: Callable[[], None] | None = None
        """Called after every transaction that may have written a message to a customer."""

    def open(self, engine: Engine, outside_epoch: int = 0, outside_reached: float = 0.0) -> int:
        """Brings the database up to date, goes on with its time, and returns its epoch.

        ``outside_epoch`` and ``outside_reached`` are what is kept beside the database, 0 where nothing is: another
        epoch, or a database that had come further, tells that this one was restored (redemption.md, "Restore").
        """
        migrate(engine)

        def begin(connection: Statements) -> int:
            came_to = self._timeline.load(connection)
            return recovery.begin(connection, outside_epoch, is_older=came_to < outside_reached)

        return self._transactions.submit(begin).result()

    def close(self) -> None:
        if self._credentials is not None:
            self._credentials.shutdown()
        self._transactions.close()

    # In-process

    def perform(
        self,
        operation: Callable[[Call, Any], T],
        message: object,
        caller: Caller,
        path: Mapping[str, str] = _NOTHING,
        query: Mapping[str, str] = _NOTHING,
    ) -> T:
        """Runs one operation; raises what it raises."""

        def work(connection: Statements) -> T:
            seconds, now = self._timeline.seconds(), self._clock.now()
            call = Call(connection, seconds, now, caller, self.equipment, path, query)
            answer = operation(call, message)
            self._timeline.keep(connection)
            return answer

        answer = self._transactions.submit(work).result()
        self._tell_postman()
        return answer

    def take_messages(self) -> "Future[list[CustomerMessage]]":
        """The messages that wait for customers, taken out of the database."""
        return self._transactions.submit(lambda connection: outbox.take(connection, self.equipment.keys))

    def reached(self) -> float:
        """How far the database has come, as ``open`` compares it after a restore."""
        return self._transactions.submit(reached).result()

    def ping(self) -> "Future[None]":
        """Done once the database has committed something."""
        return self._transactions.submit(lambda _connection: None)

    # Requests

    def submit(self, request: Request) -> "Future[Reply]":
        """Promises the reply to a request; the promise itself never fails."""
        try:
            route, path = self._routes.find(request.method, request.path)
            message = None if route.request is None else read_request(request.body, route.request)
        except NoSuchRouteError as nothing:
            return _done(_no_such(nothing))
        except MessageError as trouble:
            return _done(_refusal_reply(WireRefusal(refusal=Refusal.BAD_REQUEST, detail=str(trouble))))
        understood = _Understood(request, route, path, message)
        checks = route.approval is not None or route.signs_in
        if not checks or self._is_operator(request):
            return self._promise(self._transactions.submit(lambda connection: self._run(connection, understood)))
        if self._credentials is None:
            return _done(self._approved(understood))
        return self._credentials.submit(self._approved, understood)

    def answer(self, request: Request) -> Reply:
        """The reply itself, waited for."""
        return self.submit(request).result()

    def _promise(self, running: "Future[Any]") -> "Future[Reply]":
        promised: Future[Reply] = Future()

        def tell(finished: "Future[Any]") -> None:
            promised.set_result(self._reply(finished))

        running.add_done_callback(tell)
        return promised

    def _reply(self, finished: "Future[Any]") -> Reply:
        failure = finished.exception()
        if failure is None:
            self._tell_postman()
            answer = finished.result()
            if isinstance(answer, WireRefusal):
                return _refusal_reply(answer)
            return Reply(OK, answer if isinstance(answer, bytes) else write(answer))
        if isinstance(failure, UnavailableError):
            self.equipment.books.forget()
        return _failure_reply(failure)

    def _is_operator(self, request: Request) -> bool:
        return _token(request).startswith(f"{CallerKind.OPERATOR}.")

    def _run(self, connection: Statements, understood: _Understood, approver: StaffMember | None = None) -> Any:  # noqa: ANN401 - each route has its own answer
        call = self._admitted(connection, understood)
        if approver is not None:
            call = replace(call, approver=approver)
        answer = understood.route.operation(call, understood.message)
        self._timeline.keep(connection)
        return answer

    def _admitted(self, connection: Statements, understood: _Understood) -> Call:
        """The call of a caller who may ask this; Refused otherwise."""
        route, request = understood.route, understood.request
        seconds, now = self._timeline.seconds(), self._clock.now()
        is_open = CallerKind.NOBODY in route.callers
        caller = NOBODY if is_open else self._caller(connection, understood, seconds, now)
        call = Call(connection, seconds, now, caller, self.equipment, understood.path, request.query)
        self._note(call, request)
        if route.session is not None:
            return sessions.admitted(call, request.headers.get("tukar-manager", ""), route.session)
        return call

    def _caller(self, connection: Statements, understood: _Understood, seconds: float, now: datetime) -> Caller:
        """Whose token it is, who may ask this; Refused otherwise."""
        route, request = understood.route, understood.request
        caller = auth.identify(connection, self.equipment.keys, now, _token(request))
        if caller.kind not in route.callers:
            raise Refused(Refusal.NOT_ALLOWED)
        if caller.is_revoked and not route.is_for_revoked:
            raise Refused(Refusal.REVOKED)
        if route.is_metered:
            self._throttle.demand(f"{caller.shop_id}.{caller.till_id}", seconds)
        if caller.is_revoked:
            signature = request.headers.get("tukar-signature", "")
            caller = replace(caller, is_signed=auth.is_signed(connection, caller, request.body, signature))
        return caller

    def _note(self, call: Call, request: Request) -> None:
        if call.caller.kind is not CallerKind.TILL:
            return
        if seen := request.headers.get("tukar-seen"):
            recovery.observe(call, seen)
        head = request.headers.get("tukar-audit-head", "")
        if head and request.method == "PUT" and len(head) <= 64 and head.isalnum():  # noqa: PLR2004 - a SHA-256
            audit.anchor(call, head)

    # Approvals: the credential is checked between two transactions, because it is slow on purpose

    def _approved(self, understood: _Understood) -> Reply:
        try:
            approver = self._approver(understood)
            answer = self._transactions.submit(lambda connection: self._run(connection, understood, approver))
            return self._reply(answer)
        except (Refused, UnavailableError) as failure:
            return _failure_reply(failure)

    def _approver(self, understood: _Understood) -> StaffMember:
        """The member of staff who answers for this; Refused when the PIN is wrong or the right is missing."""
        message, route = understood.message, understood.route
        staff_id = message.staff_id

        def look_up(connection: Statements) -> tuple[Call, StaffMember]:
            call = self._admitted(connection, understood)
            return call, staff.to_check(call, staff_id)

        call, member = self._transactions.submit(look_up).result()
        stored, typed = (member.password_hash, message.password) if route.signs_in else (member.pin_hash, message.pin)
        is_right = self.equipment.passwords.matches_or_waits(stored, typed)

        def note(connection: Statements) -> None:
            (staff.right if is_right else staff.wrong)(replace(call, db=connection), staff_id)

        self._transactions.submit(note).result()
        if not is_right or not member.active:
            raise Refused(Refusal.NOT_ALLOWED, "not this person's credential")
        if route.approval is not None and member.right(route.approval) is not Right.ALLOWED:
            raise Refused(Refusal.NOT_ALLOWED, f"{member.role} may not {route.approval}")
        if getattr(message, "actor", "") == staff_id:
            raise Refused(Refusal.NOT_ALLOWED, "nobody approves their own doing")
        return member

    def _tell_postman(self) -> None:
        if self.on_message is not None:
            self.on_message()


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _done(reply: Reply) -> "Future[Reply]":
    future: Future[Reply] = Future()
    future.set_result(reply)
    return future


def _refusal_reply(refusal: WireRefusal) -> Reply:
    headers = {"retry-after": str(int(refusal.wait) + 1)} if refusal.wait is not None else _NOTHING
    return Reply(status_of(refusal.refusal), write(refusal), headers)


def _no_such(nothing: NoSuchRouteError) -> Reply:
    refusal = write(WireRefusal(refusal=Refusal.NOT_SUPPORTED, detail="no such address"))
    if not nothing.methods:
        return Reply(status_of(Refusal.NOT_SUPPORTED), refusal)
    return Reply(METHOD_NOT_ALLOWED, refusal, {"allow": ", ".join(sorted(nothing.methods))})


class _Trouble(Message):
    """No answer could be made; whether anything happened is unknown to the caller."""

    trouble: str


def _failure_reply(failure: BaseException) -> Reply:
    """Refusals with their figures; of everything else no more than that it happened."""
    if isinstance(failure, Refused):
        return _refusal_reply(failure.refusal)
    if isinstance(failure, UnavailableError):
        return Reply(UNAVAILABLE, write(_Trouble(trouble="unavailable")), {"retry-after": "1"})
    if isinstance(failure, ValueError):
        _log.info("a message contradicts itself", exc_info=failure)
        detail = f"{type(failure).__name__}: {failure}"[:200]
        return _refusal_reply(WireRefusal(refusal=Refusal.BAD_REQUEST, detail=detail))
    _log.error("a message met a fault", exc_info=failure)
    return Reply(FAULT, write(_Trouble(trouble="fault")))
