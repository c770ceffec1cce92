"""The line between tills and server: carries the wire's own bytes, and drops, delays, repeats and loses them.

A till's side is the connector's own ``Http`` with its retry and error tables; only the socket is replaced.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import unquote, urlencode

from tests.simulation.world import Crashed, Process, World
from tukar.loyalty.http import Ask, Endpoint, Headers, Http, _answer, _Lost
from tukar.till.ports import Trouble

PATIENCE_SECONDS: Final = 10.0
"""As long as the connector waits for an answer."""
QUICK: Final = 0.02

DROP: Final = "drop"
LOSE: Final = "lose"
TWICE: Final = "twice"
LATE: Final = "late"
GATEWAY: Final = "gateway"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrives."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it leaves."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Unanswered(Exception):
    """The server went down before it answered, or is down."""

    def __init__(self, *, heard: bool) -> None:
        super().__init__("no answer")
        self.heard = heard


Answered = Callable[["Reply | Unanswered"], None]


class Server(Protocol):
    """What requests are given to; ``answered`` is called once, at once or later.

    ``restored_at`` says when another machine came in the place of one with a broken disk.
    """

    restored_at: list[float]

    def receive(self, request: Request, answered: Answered) -> None: ...


class Line:
    """What goes wrong between one till and the server. ``cut`` until a moment: nothing gets through."""

    def __init__(self, world: World, name: str, server: Server) -> None:
        self.world = world
        self.name = name
        self.server = server
        self.chance = 0.0
        self.poisons = False
        self.poisoned = ""
        """The first bill of a till that ``poisons``: the server never gets it to the end."""
        self.held_back = ""
        """The same, after it has got through."""
        self._cut_until = 0.0
        self.cut_seconds: list[tuple[float, float]] = []

    def cut(self, seconds: float) -> None:
        """Nothing gets through for so long."""
        self._cut_until = max(self._cut_until, self.world.now + seconds)
        self.cut_seconds.append((self.world.now, seconds))

    @property
    def is_cut(self) -> bool:
        return not self.world.healed and self.world.now < self._cut_until

    def fate(self, kind: str) -> str:
        """What becomes of the next message of that kind."""
        part = self.chance
        wild = ((DROP, part), (LOSE, part), (TWICE, part), (LATE, part / 2), (GATEWAY, part / 3))
        return self.world.choices.pick(f"net.{self.name}.{kind}", "", wild)

    def is_poison(self, request: Request) -> bool:
        """Whether this is the message that always meets a fault of the server."""
        if self.poisons and not self.poisoned and request.path.startswith("/v1/bills/"):
            self.poisoned = self.held_back = request.path
        return bool(self.poisoned) and request.path == self.poisoned

    def latency(self) -> float:
        part = self.chance / 3
        return self.world.choices.pick(f"slow.{self.name}", QUICK, ((0.3, part), (3.0, part), (12.0, part / 2)))


def kind_of(method: str, path: str) -> str:
    """A short name of a message, for choices and traces: ``hold``, ``bill``, ``void`` …"""
    parts = path.strip("/").split("/")[1:]
    if len(parts) == 3:
        return parts[2]
    return f"{'get-' if method == 'GET' else ''}{parts[0]}"


class SimulatedHttp(Http):
    """The connector's ``Http`` over a simulated line; ``process`` is the program that asks."""

    def __init__(self, line: Line, process: Process, headers: Headers) -> None:
        super().__init__(Endpoint("http://127.0.0.1"), headers, pause=self._rest)
        self._line = line
        self._process = process

    def _rest(self, seconds: float) -> None:
        self._line.world.wait(lambda: not self._process.alive, seconds)

    def _ask_once(self, ask: Ask) -> bytes:
        headers = {name.lower(): value for name, value in self._headers_of(ask).items()}
        # A server hands a path on as it reads, not as it was written on the line.
        reply = self.carried(Request(ask.method, unquote(ask.path), dict(ask.query), headers, ask.body))
        return _answer(reply.status, reply.headers, reply.body)

    def carried(self, request: Request) -> Reply:
        """What came of a request that left; raises what the line makes of it, and Crashed when the program ends."""
        world = self._line.world
        kind = kind_of(request.method, request.path)
        world.point(self._process, f"send.{kind}")
        query = f"?{urlencode(request.query)}" if request.query else ""
        world.tell(f"{self._process.name} asks {request.method} {request.path}{query}")
        reply = self._exchange(request, kind)
        world.point(self._process, f"heard.{kind}")
        world.tell(f"{self._process.name} hears {reply.status} {kind} {reply.body[:160]!r}")
        return reply

    def _exchange(self, request: Request, kind: str) -> Reply:
        line, world = self._line, self._line.world
        fate = "" if line.is_cut else line.fate(kind)
        if line.is_cut or fate == DROP:
            world.wait(lambda: not self._process.alive, 3.0 if line.is_cut else PATIENCE_SECONDS)
            self._alive()
            world.tell(f"{self._process.name}: {kind} is not delivered")
            raise _Lost(Trouble.NO_CONNECTION, sent=not line.is_cut, detail="simulated")
        if fate == GATEWAY or line.is_poison(request):
            raise _Lost(Trouble.SERVER_FAULT, sent=True, detail="simulated", status=503)
        return self._delivered(request, kind, fate)

    def _delivered(self, request: Request, kind: str, fate: str) -> Reply:
        line, world = self._line, self._line.world
        heard: list[Reply | Unanswered] = []

        def arrives(answered: Answered) -> Callable[[], None]:
            return lambda: line.server.receive(request, answered)

        def answered(reply: Reply | Unanswered) -> None:
            if fate == LOSE or line.is_cut:
                return
            world.after(line.latency(), lambda: heard.append(reply))

        if fate == LATE:
            delay = world.choices.pick(f"delay.{line.name}", 15.0, ((200.0, 0.3), (2500.0, 0.2), (8000.0, 0.1)))
            world.after(delay, self._stray(request))
        elif world.is_deep:
            line.server.receive(request, lambda reply: heard.append(reply) if fate != LOSE else None)
        else:
            world.after(line.latency(), arrives(answered))
        if fate == TWICE:
            delay = world.choices.pick(f"again.{line.name}", 0.5, ((40.0, 0.3), (2500.0, 0.3)))
            world.after(delay, self._stray(request))
        world.wait(lambda: bool(heard) or not self._process.alive, PATIENCE_SECONDS)
        self._alive()
        if not heard:
            world.tell(f"{self._process.name}: no answer to {kind} ({fate})")
            raise _Lost(Trouble.TIMED_OUT, sent=True, detail="simulated")
        reply = heard[0]
        if isinstance(reply, Unanswered):
            raise _Lost(Trouble.NO_CONNECTION, sent=reply.heard, detail="simulated")
        return reply

    def _stray(self, request: Request) -> Callable[[], None]:
        """Comes when nobody waits for it any more; not to another machine than was there when it was sent."""
        server = self._line.server
        machine = len(server.restored_at)

        def arrives() -> None:
            if len(server.restored_at) == machine:
                server.receive(request, lambda _: None)

        return arrives

    def _alive(self) -> None:
        if not self._process.alive:
            raise Crashed(self._process.name)
