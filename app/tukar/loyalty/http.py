"""Requests over HTTP with one retry table and one error table: whatever happens is an answer, Refused or Unreachable.

Every message to a backend is safe to repeat (redemption.md, principle 3), but who repeats is the till: it asks again
with the same ids at 0.5, 1 and 2 s, the outbox for ever. Here only two things are asked again, in ``again_after``.
"""

import ipaddress
import json
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import requests
from requests import exceptions as problems
from urllib3 import exceptions as causes

from tukar.domain.redemption import Refusal
from tukar.loyalty.sockets import OpenSockets, TrackedAdapter
from tukar.till.ports import Refused, Trouble, Unreachable
from tukar.wire.amounts import points_of
from tukar.wire.message import MessageError, read_answer
from tukar.wire.redemptions import WireRefusal

CONNECT_SECONDS: Final = 3.05
READ_SECONDS: Final = 10.0
ANSWER_BYTES_AT_MOST: Final = 8 * 1024 * 1024
"""A programme of thousands of rules fits; what is larger is no answer of a loyalty backend."""
_CHUNK: Final = 64 * 1024

READ_AGAIN_AFTER_SECONDS: Final = 0.3
_PASSING: Final = frozenset({502, 503, 504})

REFUSED_BY_STATUS: Final[Mapping[int, Refusal]] = MappingProxyType(
    {
        401: Refusal.NOT_SIGNED_IN,
        403: Refusal.NOT_ALLOWED,
        426: Refusal.OUTDATED,
        429: Refusal.TOO_MANY_REQUESTS,
        501: Refusal.NOT_SUPPORTED,
    }
)
"""What a refusal means whose word this version does not know; everything else is BAD_REQUEST."""


class AddressError(ValueError):
    """The backend's address cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a backend is and how it is reached. Without ``ca_file`` whoever the system trusts is trusted."""

    address: str
    ca_file: str = ""
    proxy: str = ""
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise AddressError(f"an address begins with https:// and names a machine, not {self.address[:80]!r}")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise AddressError("only a backend on this machine may be reached without https")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. ``reads`` marks what changes nothing at the backend; ``body`` is JSON.

    ``headers`` go along beside those of every request; they may hold a token and are never shown.
    """

    method: str
    path: str
    body: bytes = field(default=b"", repr=False)
    query: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reads: bool = False
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


class _Lost(Unreachable):
    """Unreachable, with what only the retry table needs to know."""

    def __init__(self, trouble: Trouble, *, sent: bool, detail: str, status: int = 0, stale: bool = False) -> None:
        super().__init__(trouble, sent=sent, detail=detail)
        self.status = status
        self.stale = stale


def again_after(ask: Ask, tries: int, lost: Unreachable) -> float | None:
    """The retry table: seconds until ``ask`` is sent once more after ``tries`` tries, None for not at all.

    A kept connection that the other side had closed meanwhile is opened anew, once and at once. A read that met a
    gateway's passing trouble is asked once more. Whatever else: the caller decides.
    """
    if tries > 1 or not isinstance(lost, _Lost):
        return None
    if lost.stale:
        return 0.0
    return READ_AGAIN_AFTER_SECONDS if ask.reads and lost.status in _PASSING else None


Pause = Callable[[float], None]
Headers = Callable[[Ask], Mapping[str, str]]
"""What goes with a request beside its body."""


def open_session(endpoint: Endpoint, sockets: OpenSockets) -> requests.Session:
    """A session that goes by the endpoint's proxy and trusts whom it says; Unreachable when that cannot be read."""
    session = requests.Session()
    # Otherwise the environment could name another proxy or another set of authorities.
    session.trust_env = False
    if endpoint.proxy:
        session.proxies = {"http": endpoint.proxy, "https": endpoint.proxy}
    adapter = TrackedAdapter(_trust(endpoint), sockets)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _trust(endpoint: Endpoint) -> ssl.SSLContext | None:
    if not endpoint.address.startswith("https:"):
        return None
    if not endpoint.ca_file:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return ssl.create_default_context(cafile=endpoint.ca_file)
    except OSError as problem:
        detail = f"the file of authorities cannot be read: {problem}"
        raise Unreachable(Trouble.UNTRUSTED, sent=False, detail=detail) from problem


class Http:
    """Asks one backend; threads may share it, each gets a session of its own that stays warm.

    ``headers`` is asked for those of every request; they may hold a token and are never shown. ``close`` ends requests
    on their way, in every thread.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        headers: Headers = lambda _: {},
        *,
        pause: Pause = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._headers = headers
        self._pause = pause
        self._local = threading.local()
        self._sockets = OpenSockets()
        self._lock = threading.Lock()
        self._sessions: weakref.WeakSet[requests.Session] = weakref.WeakSet()

    def ask(self, ask: Ask) -> bytes:
        """The JSON of a good answer. Raises Refused or Unreachable, nothing else."""
        tries = 0
        while True:
            tries += 1
            try:
                return self._ask_once(ask)
            except Unreachable as lost:
                pause = again_after(ask, tries, lost)
                if pause is None or self._sockets.closed:
                    raise
                self._pause(pause)

    def close(self) -> None:
        self._sockets.close_all()
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.close()

    def _ask_once(self, ask: Ask) -> bytes:
        if self._sockets.closed:
            raise Unreachable(Trouble.NO_CONNECTION, sent=False, detail="closed")
        session, warm = self._session()
        began = time.monotonic()
        with line_troubles(warm=warm):
            response = session.request(
                ask.method,
                self._endpoint.address.rstrip("/") + ask.path,
                params=dict(ask.query),
                data=ask.body or None,
                headers=self._headers_of(ask),
                timeout=(self._endpoint.connect_seconds, self._endpoint.read_seconds),
                allow_redirects=False,
                stream=True,
            )
        self._local.warm = True
        with line_troubles(), response:
            body = self._read(response, began)
        return _answer(response.status_code, response.headers, body)

    def _session(self) -> tuple[requests.Session, bool]:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None:
            return session, self._local.warm
        session = open_session(self._endpoint, self._sockets)
        session.headers["Accept"] = "application/json"
        self._local.session, self._local.warm = session, False
        with self._lock:
            self._sessions.add(session)
        return session, False

    def _headers_of(self, ask: Ask) -> dict[str, str]:
        headers = {"Content-Type": "application/json"} if ask.body else {}
        return {**headers, **self._headers(ask), **ask.headers}

    def _read(self, response: requests.Response, began: float) -> bytes:
        """The body, within a limit of size and, for senders that dribble, of time."""
        until = began + self._endpoint.connect_seconds + 2 * self._endpoint.read_seconds
        parts: list[bytes] = []
        size = 0
        # read1 gives what is there; asking for a whole chunk would wait for it as long as a byte comes now and then.
        while part := response.raw.read1(_CHUNK, decode_content=True):
            size += len(part)
            if size > ANSWER_BYTES_AT_MOST:
                raise _Lost(Trouble.BROKEN_ANSWER, sent=True, detail="the answer is too large")
            if time.monotonic() > until:
                raise _Lost(Trouble.TIMED_OUT, sent=True, detail="the answer takes too long")
            parts.append(part)
        return b"".join(parts)


@contextmanager
def line_troubles(*, warm: bool = False) -> Iterator[None]:
    try:
        yield
    except problems.RequestException as problem:
        raise _lost(problem, warm=warm) from problem
    except (causes.HTTPError, OSError) as problem:
        too_late = isinstance(problem, causes.TimeoutError | TimeoutError)
        trouble = Trouble.TIMED_OUT if too_late else Trouble.BROKEN_ANSWER
        raise _Lost(trouble, sent=True, detail=_told(problem)) from problem


_NO_ANSWER: Final[tuple[tuple[type[Exception], type[Exception] | None, Trouble, bool], ...]] = (
    (problems.ConnectTimeout, None, Trouble.TIMED_OUT, False),
    (problems.Timeout, None, Trouble.TIMED_OUT, True),
    (problems.SSLError, None, Trouble.UNTRUSTED, False),
    (problems.ProxyError, None, Trouble.NO_CONNECTION, False),
    (problems.ChunkedEncodingError, None, Trouble.BROKEN_ANSWER, True),
    (problems.ContentDecodingError, None, Trouble.BROKEN_ANSWER, True),
    (problems.ConnectionError, causes.NewConnectionError, Trouble.NO_CONNECTION, False),
    (problems.ConnectionError, causes.ReadTimeoutError, Trouble.TIMED_OUT, True),
    (problems.ConnectionError, None, Trouble.NO_CONNECTION, True),
    (problems.RequestException, None, Trouble.BROKEN_ANSWER, True),
)
"""The error table, first half: no answer came. What was raised, its cause, the trouble, and whether it was sent; the
first row that fits counts."""


def _lost(problem: problems.RequestException, *, warm: bool) -> _Lost:
    """``warm`` tells that the connection had served before: then it may just have been closed meanwhile."""
    cause = _cause_of(problem)
    trouble, sent = next(
        (trouble, sent)
        for raised, caused, trouble, sent in _NO_ANSWER
        if isinstance(problem, raised) and (caused is None or isinstance(cause, caused))
    )
    stale = warm and sent and trouble is Trouble.NO_CONNECTION
    return _Lost(trouble, sent=sent, detail=_told(problem), stale=stale)


def _cause_of(problem: problems.RequestException) -> object:
    cause = problem.args[0] if problem.args else None
    return cause.reason if isinstance(cause, causes.MaxRetryError) else cause


def _told(problem: Exception) -> str:
    # What urllib3 says may hold the address and its query, but nothing of headers and bodies.
    return f"{type(problem).__name__}: {problem}"[:300]


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    """The error table, second half: an answer came."""
    is_json = headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/json"
    if status in range(200, 300):
        if not is_json or not body:
            raise _Lost(Trouble.BROKEN_ANSWER, sent=True, detail=f"{status} without JSON", status=status)
        return body
    if status == requests.codes.request_timeout:
        raise _Lost(Trouble.TIMED_OUT, sent=True, detail="the backend waited in vain", status=status)
    if status in range(400, 500) and is_json:
        raise _refused(status, headers, body)
    if status == requests.codes.too_many_requests:
        raise Refused(Refusal.TOO_MANY_REQUESTS, wait=_wait(headers), detail="refused by something before the backend")
    trouble = Trouble.SERVER_FAULT if status in range(500, 600) else Trouble.BROKEN_ANSWER
    raise _Lost(trouble, sent=True, detail=f"status {status}", status=status)


def _refused(status: int, headers: Mapping[str, str], body: bytes) -> Exception:
    try:
        told = read_answer(body, WireRefusal)
    except MessageError:
        return _refused_in_other_words(status, headers, body)
    return Refused(
        told.refusal,
        points=None if told.points is None else points_of(told.points),
        wait=told.wait,
        tries_left=told.tries_left,
        detail=told.detail,
        rules=told.rules,
    )


def _refused_in_other_words(status: int, headers: Mapping[str, str], body: bytes) -> Exception:
    """A word that this version does not know is still a no; what has no word at all did not come from a backend."""
    try:
        word = json.loads(body).get("refusal")
    except (ValueError, AttributeError):
        word = None
    if not isinstance(word, str) and status != requests.codes.too_many_requests:
        return _Lost(Trouble.BROKEN_ANSWER, sent=True, detail=f"status {status} without a refusal", status=status)
    return Refused(
        REFUSED_BY_STATUS.get(status, Refusal.BAD_REQUEST),
        wait=_wait(headers),
        detail=f"refused with {str(word)[:60]!r}, which this version does not know",
    )


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds of ``Retry-After``; a date in it counts as none."""
    wait = headers.get("Retry-After", "")
    return float(wait) if wait.isascii() and wait.isdigit() else None
