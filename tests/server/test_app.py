"""The ASGI app and the process around it: limits of size, health, schema, graceful stop, and no fault for any body."""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp, Message, Scope

from tests.server.test_access import body_of, path_of
from tests.server.world import TillClient, World
from tukar.server import routes
from tukar.server.app import create_app
from tukar.server.call import CallerKind
from tukar.server.openapi import schema
from tukar.server.routes import ROUTES, Route
from tukar.wire.message import write


class Http:
    """Speaks ASGI to the app, without sockets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def ask(
        self, method: str, path: str, body: bytes | list[bytes] = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        return asyncio.run(self._ask(method, path, [body] if isinstance(body, bytes) else body, headers or {}))

    async def _ask(
        self, method: str, path: str, chunks: list[bytes], headers: Mapping[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        address, _, query = path.partition("?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": address,
            "raw_path": address.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        waiting = [
            {"type": "http.request", "body": chunk, "more_body": place < len(chunks) - 1}
            for place, chunk in enumerate(chunks)
        ]
        sent: list[Message] = []

        async def receive() -> Message:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]), found


@pytest.fixture
def http(world: World) -> Http:
    return Http(create_app(world.backend))


def bearer(till: TillClient) -> dict[str, str]:
    return {"authorization": f"Bearer {till.token}"}


def test_a_request_comes_through(http: Http, till: TillClient) -> None:
    status, body, headers = http.ask("GET", "/v1/state", headers=bearer(till))
    assert (status, json.loads(body)["till_id"]) == (200, "T1")
    assert (headers["content-type"], headers["cache-control"]) == ("application/json", "no-store")


def test_a_body_in_pieces(http: Http, till: TillClient) -> None:
    pieces = [b'{"by": "na', b'me", "te', b'xt": "dewi"}']
    status, body, _ = http.ask("POST", "/v1/members/find", pieces, bearer(till))
    assert (status, json.loads(body)["members"][0]["name"]) == (200, "Dewi Lestari")


def test_a_body_too_large_is_cut_off(http: Http, till: TillClient) -> None:
    chunk = b" " * 16_384
    status, body, headers = http.ask("POST", "/v1/members/find", [chunk] * 5, bearer(till))
    assert (status, json.loads(body)["refusal"], headers["connection"]) == (413, "bad_request", "close")


def test_health_and_readiness(http: Http) -> None:
    assert http.ask("GET", "/health")[0] == 200
    assert json.loads(http.ask("GET", "/ready")[1]) == {"status": "ready"}


def test_what_was_answered_is_counted_by_the_addresses_of_the_table(http: Http) -> None:
    http.ask("GET", "/v1/members/0000-nobody/balances")
    http.ask("BREW", "/v1/coffee")
    status, text, headers = http.ask("GET", "/metrics")
    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/plain")
    assert b"0000-nobody" not in text
    assert b"coffee" not in text
    assert b"BREW" not in text
    assert b"tukar_message_seconds_count 2.0" in text
    assert b"tukar_ready 1.0" in text


def test_not_ready_while_the_database_does_not_answer(http: Http, world: World) -> None:
    world.backend.close()
    world.engine.dispose()
    status, body, _ = http.ask("GET", "/ready")
    assert (status, json.loads(body)["status"]) == (503, "waiting")


def test_no_such_address_and_no_such_method(http: Http, till: TillClient) -> None:
    assert http.ask("GET", "/v1/nowhere", headers=bearer(till))[0] == 404
    assert http.ask("GET", "/", headers=bearer(till))[0] == 404
    assert http.ask("PUT", "/v1/members/%00x", headers=bearer(till))[0] == 404
    status, _, headers = http.ask("DELETE", "/v1/members/dewi", headers=bearer(till))
    assert (status, headers["allow"]) == (405, "GET, PUT")


def test_a_refusal_that_waits_says_so_in_its_headers(http: Http, till: TillClient) -> None:
    till.sends_code("b", challenge="c")
    body = {
        "send_id": "s2",
        "bill_id": "b",
        "member_id": "dewi",
        "programme_id": "poin",
        "ceiling": "200",
        "currency": {"code": "IDR", "minor_digits": 0, "cash_step": 100},
        "amount": "20000",
    }
    status, _, headers = http.ask("PUT", "/v1/challenges/c", write(body), bearer(till))
    assert (status, headers["retry-after"]) == (429, "31")


# The schema


def test_the_schema_knows_every_route_and_every_type(http: Http) -> None:
    described = json.loads(http.ask("GET", "/schema")[1])
    assert described == json.loads(json.dumps(schema()))
    for route in ROUTES:
        operation = described["paths"][route.path][route.method.lower()]
        assert operation["summary"]
        named = [(one["in"], one["name"]) for one in operation.get("parameters", [])]
        header = [("header", "Tukar-Manager")] if route.session is not None else []
        assert named == [*(("path", name) for name in route.parameters), *header]
    ids = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(set(ids)) == len(ids)
    references = set(_references(described))
    assert references <= {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "$ref":
                yield part
            else:
                yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def test_the_list_of_routes_for_people_is_the_table() -> None:
    listed = {
        tuple(line.split()[:2])
        for line in (routes.__doc__ or "").splitlines()
        if line[:4].strip() in ("GET", "PUT", "POST")
    }
    assert {(method, path.partition("?")[0]) for method, path in listed} == {
        (route.method, route.path.removeprefix("/v1/")) for route in ROUTES
    }


# No body is a fault

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _spoilt(body: bytes, path: list[int], value: Any) -> bytes:
    """The body with one of its parts replaced, deep inside."""
    whole = json.loads(body or b"{}")
    part = whole
    for step in path:
        if isinstance(part, dict) and part:
            key: Any = sorted(part)[step % len(part)]
        elif isinstance(part, list) and part:
            key = step % len(part)
        else:
            break
        if step % 3 == 0 or not isinstance(part[key], dict | list):
            part[key] = value
            break
        part = part[key]
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.request], ids=lambda route: f"{route.method} {route.path}"
)
def test_no_body_is_a_fault(route: Route) -> None:
    world = World()
    world.load()
    clients = {
        CallerKind.TILL: world.enrol("TILLONE"),
        CallerKind.CHANNEL: world.enrol("WEBSHOP"),
        CallerKind.OPERATOR: world.operator(),
    }
    kind = next((one for one in clients if one in route.callers), CallerKind.TILL)
    good = body_of(route, clients[CallerKind.TILL])
    odd = [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'"x"',
        b"1e999",
        b"[" * 3000,
        b'{"a":' * 3000,
        good[:-1],
        good + b"x",
    ]

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.integers(0, 30), min_size=1, max_size=6), JSON | st.sampled_from(ODD_VALUES))
    def spoil(path: list[int], value: object) -> None:
        answer = world.ask(route.method, path_of(route), clients[kind].token, _spoilt(good, path, value))
        assert answer.status < 500, (path, value)

    for body in odd:
        answer = world.ask(route.method, path_of(route), clients[kind].token, body)
        assert answer.status == 400, body[:20]
    spoil()
    assert world.findings() == []
    world.close()


ODD_VALUES = [
    "",
    "\x00",
    "\ud7ff",
    "0",
    "-0",
    "-1",
    "9999999999999",
    "0.0001",
    "1e5",
    "NaN",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59+14:00",
    "x" * 5000,
    2**63,
    -(2**63),
    1e308,
    "'; DROP TABLE members; --",
    "XXX-T1-1-1",
]


# The process


class Process:
    """The backend in a process of its own, spoken to through pipes and a socket."""

    def __init__(self, folder: Path) -> None:
        script = (
            "import sys; from pathlib import Path\n"
            "from tests.server.world import a_seed\n"
            "from tukar.server.carriers import LineCarrier\n"
            "from tukar.server.seed import load_shop\n"
            "from tukar.server.serve import Lines, serve\n"
            "lines = Lines(sys.stdout)\n"
            "serve('', '127.0.0.1', 0, data_dir=Path(sys.argv[1]), ready=lines.ready,\n"
            "      carrier=LineCarrier(sys.stdout),\n"
            "      prepare=lambda backend: load_shop(backend, a_seed()), stop_on_stdin_eof=True)\n"
        )
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
            env={"PYTHONPATH": f"{root}:{root / 'app'}", "PATH": "/usr/bin:/bin"},
        )
        self.port = int(self.line()["ready"]["port"])

    def line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        assert text, self.process.stderr.read() if self.process.stderr else ""
        found: dict[str, Any] = json.loads(text)
        return found

    def ask(self, method: str, path: str, token: str = "", body: bytes = b"") -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"authorization": f"Bearer {token}"} if token else {}
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read())
        connection.close()
        return found

    def stop(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        status = self.process.wait(15)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return status


def test_a_process_serves_sends_codes_to_its_parent_and_ends_with_it(tmp_path: Path) -> None:
    process = Process(tmp_path)
    enrolment = write({"code": "TILLONE", "public_key": "A" * 43 + "="})
    status, till = process.ask("PUT", "/v1/enrolments/d", body=enrolment)
    assert status == 200
    token = till["token"]
    body = {
        "send_id": "s",
        "bill_id": "b",
        "member_id": "dewi",
        "programme_id": "poin",
        "ceiling": "200",
        "currency": {"code": "IDR", "minor_digits": 0, "cash_step": 100},
        "amount": "20000",
    }
    assert process.ask("PUT", "/v1/challenges/c", token, write(body))[0] == 200
    message = process.line()["message"]
    assert message["to"] == "+6281234565678"
    assert "for 200 points" in message["text"]
    operator = (tmp_path / "operator-JKT.token").read_text(encoding="ascii")
    assert process.ask("GET", "/v1/doctor", operator)[1].get("findings") is None
    code = message["text"].split()[0]
    assert code not in (tmp_path / "loyalty.db").read_bytes().decode("latin-1")
    assert code not in (tmp_path / "loyalty.db-wal").read_bytes().decode("latin-1")
    assert process.stop() == 0

    again = Process(tmp_path)
    assert again.ask("GET", "/v1/state", token)[1]["epoch"] == 1
    assert again.stop() == 0


def test_requests_of_many_threads_share_commits_and_none_is_lost(tmp_path: Path) -> None:
    process = Process(tmp_path)
    token = process.ask("PUT", "/v1/enrolments/d", body=write({"code": "TILLONE", "public_key": "A" * 43 + "="}))[1][
        "token"
    ]
    statuses: list[int] = []

    def void(number: int) -> None:
        paths = [f"/v1/redemptions/r{number}-{round_of}/void" for round_of in range(10)]
        statuses.extend(process.ask("PUT", path, token, b"{}")[0] for path in paths)

    threads = [threading.Thread(target=void, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 60
    assert process.stop() == 0
