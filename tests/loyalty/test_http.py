import gzip
import json
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.loyalty.rude_server import Deed, RudeServer, answer, cut, dribble, hang, raw, reset, rude_server
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.loyalty.http import ANSWER_BYTES_AT_MOST, AddressError, Ask, Endpoint, Http
from tukar.till.ports import Refused, Trouble, Unreachable

GOOD = answer(b'{"a": 1}')
READ = Ask("GET", "/v1/state", reads=True)
WRITE = Ask("PUT", "/v1/bills/1", b'{"bill": 1}')


def refusal(word: str, status: str = "409 Conflict", **figures: object) -> Deed:
    return answer(json.dumps({"refusal": word, **figures}).encode(), status)


def http_to(server: RudeServer, token: str = "", *, hasty: bool = False) -> Http:
    """Waits long for an answer that comes, however busy the machine is; ``hasty`` is for one that never does."""
    connect, read = (1, 0.25) if hasty else (5, 10)
    endpoint = Endpoint(server.address, connect_seconds=connect, read_seconds=read)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Http(endpoint, lambda _: headers, pause=lambda _: None)


def what_comes(http: Http, ask: Ask = READ) -> Unreachable:
    try:
        with pytest.raises(Unreachable) as lost:
            http.ask(ask)
    finally:
        http.close()
    return lost.value


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
HUGE = raw(HEAD + b"Connection: close\r\n\r\n" + b" " * (ANSWER_BYTES_AT_MOST + 9))
BOMB = answer(gzip.compress(b" " * (ANSWER_BYTES_AT_MOST + 9)), extra="Content-Encoding: gzip\r\n")

NO_USABLE_ANSWER = [
    ("closes without a word", cut, Trouble.NO_CONNECTION),
    ("resets", reset, Trouble.NO_CONNECTION),
    ("hangs", hang, Trouble.TIMED_OUT),
    ("dribbles", dribble, Trouble.TIMED_OUT),
    ("half a head", raw(b"HTTP/1.1 200 OK\r\nContent-Le"), Trouble.TIMED_OUT),
    ("no HTTP at all", raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Trouble.NO_CONNECTION),
    ("half a body", raw(HEAD + b"Content-Length: 50\r\n\r\n{"), Trouble.TIMED_OUT),
    ("a web page", answer(b"<html>Log in to the guest network</html>", kind="text/html"), Trouble.BROKEN_ANSWER),
    ("nothing", answer(b""), Trouble.BROKEN_ANSWER),
    ("no content", answer(b"", "204 No Content"), Trouble.BROKEN_ANSWER),
    ("another place", answer(b"{}", "302 Found", extra="Location: http://127.0.0.1:9/\r\n"), Trouble.BROKEN_ANSWER),
    ("a web page that forbids", answer(b"<html>", "403 Forbidden", kind="text/html"), Trouble.BROKEN_ANSWER),
    ("JSON that forbids without a reason", answer(b"{}", "404 Not Found"), Trouble.BROKEN_ANSWER),
    ("JSON of another shape that forbids", answer(b"[1]", "400 Bad Request"), Trouble.BROKEN_ANSWER),
    ("a server fault", answer(b"{}", "500 Oops"), Trouble.SERVER_FAULT),
    ("a gateway's fault", answer(b"<html>", "502 Bad Gateway", kind="text/html"), Trouble.SERVER_FAULT),
    ("busy", answer(b"{}", "503 Busy"), Trouble.SERVER_FAULT),
    ("the server waited in vain", answer(b"{}", "408 Request Timeout"), Trouble.TIMED_OUT),
    ("too large", HUGE, Trouble.BROKEN_ANSWER),
    ("too large once unpacked", BOMB, Trouble.BROKEN_ANSWER),
    ("not what it says", answer(b"not gzip", extra="Content-Encoding: gzip\r\n"), Trouble.BROKEN_ANSWER),
    ("a chunk without end", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), Trouble.BROKEN_ANSWER),
]  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "trouble"), [row[1:] for row in NO_USABLE_ANSWER], ids=[row[0] for row in NO_USABLE_ANSWER]
)
def test_what_is_no_usable_answer_is_unknown(deed: Deed, trouble: Trouble) -> None:
    with rude_server(deed) as server:
        began = time.monotonic()
        lost = what_comes(http_to(server, hasty=trouble is Trouble.TIMED_OUT), WRITE)
        assert (lost.trouble, lost.sent) == (trouble, True)
        assert time.monotonic() - began < 8


def test_a_backend_that_is_not_there_was_never_sent_anything() -> None:
    with rude_server(GOOD) as server:
        pass
    lost = what_comes(http_to(server), WRITE)
    assert (lost.trouble, lost.sent) == (Trouble.NO_CONNECTION, False)


def test_a_name_that_nobody_knows_was_never_sent_anything() -> None:
    lost = what_comes(Http(Endpoint("https://nobody.invalid", connect_seconds=1)))
    assert lost.sent is False
    assert lost.trouble in (Trouble.NO_CONNECTION, Trouble.TIMED_OUT)


def test_a_backend_that_does_not_open_was_never_sent_anything() -> None:
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    port = full.getsockname()[1]
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", port))
    lost = what_comes(Http(Endpoint(f"http://127.0.0.1:{port}", connect_seconds=0.2, read_seconds=0.2)), WRITE)
    assert (lost.trouble, lost.sent) == (Trouble.TIMED_OUT, False)
    for one in (*waiting, full):
        one.close()


def test_a_proxy_that_is_not_there_was_never_sent_anything() -> None:
    with rude_server(GOOD) as server:
        pass
    lost = what_comes(Http(Endpoint("https://nobody.invalid", proxy=server.address)))
    assert (lost.trouble, lost.sent) == (Trouble.NO_CONNECTION, False)


def test_a_proxy_carries_what_is_asked() -> None:
    with rude_server(GOOD) as server:
        http = Http(Endpoint("http://127.0.0.1:9", proxy=server.address))
        assert http.ask(READ) == b'{"a": 1}'
        assert server.requests[0].startswith("GET http://127.0.0.1:9/v1/state")
        http.close()


def test_what_the_environment_says_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with rude_server(GOOD) as server:
        http = http_to(server)
        assert http.ask(READ) == b'{"a": 1}'
        http.close()


REFUSALS = [
    (refusal("insufficient", points="120"), Refusal.INSUFFICIENT),
    (refusal("wrong_code", tries_left=3), Refusal.WRONG_CODE),
    (refusal("resend_too_early", "429 Too Many", wait=12.5), Refusal.RESEND_TOO_EARLY),
    (refusal("revoked", "403 Forbidden"), Refusal.REVOKED),
    (refusal("not_signed_in", "401 Unauthorized"), Refusal.NOT_SIGNED_IN),
    (refusal("outdated", "426 Upgrade"), Refusal.OUTDATED),
    (refusal("a_word_of_tomorrow", "401 Unauthorized"), Refusal.NOT_SIGNED_IN),
    (refusal("a_word_of_tomorrow", "426 Upgrade"), Refusal.OUTDATED),
    (refusal("a_word_of_tomorrow"), Refusal.BAD_REQUEST),
    (refusal("insufficient", a_field_of_tomorrow=1), Refusal.INSUFFICIENT),
]


@pytest.mark.parametrize(("deed", "expected"), REFUSALS)
def test_a_refusal_is_a_refusal(deed: Deed, expected: Refusal) -> None:
    with rude_server(deed) as server:
        http = http_to(server)
        with pytest.raises(Refused) as refused:
            http.ask(WRITE)
        assert refused.value.refusal is expected
        assert len(server.requests) == 1
        http.close()


def test_a_refusal_brings_its_figures() -> None:
    told = refusal("insufficient", points="120.50", wait=3.5, tries_left=2, detail="for the engineer")
    with rude_server(told) as server:
        http = http_to(server)
        with pytest.raises(Refused) as refused:
            http.ask(WRITE)
        http.close()
    found = refused.value
    assert (found.points, found.wait, found.tries_left) == (Points(12050, 2), 3.5, 2)
    assert found.detail == "for the engineer"


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
@pytest.mark.parametrize("body", [b'{"refusal": "slow"}', b"{}", b"<html>Slow down</html>"])
def test_a_wait_in_the_head_counts_whoever_asks_for_it(body: bytes, kind: str) -> None:
    """A proxy before the backend may say that too much is asked, in words of its own."""
    with rude_server(answer(body, "429 Too Many", kind=kind, extra="Retry-After: 7\r\n")) as server:
        http = http_to(server)
        with pytest.raises(Refused) as refused:
            http.ask(WRITE)
        http.close()
    assert (refused.value.refusal, refused.value.wait) == (Refusal.TOO_MANY_REQUESTS, 7.0)


def test_one_connection_serves_a_thread_and_each_request_has_the_headers_of_its_time() -> None:
    turns = iter(["first", "second", "third"])
    with rude_server(answer(b"{}", keep=True)) as server:
        http = Http(Endpoint(server.address), lambda ask: {"X-Turn": f"{next(turns)} {ask.method}"})
        for ask in (READ, WRITE, READ):
            http.ask(ask)
        assert server.connections == 1
        first, second, third = server.requests
        assert "X-Turn: first GET" in first
        assert "Accept: application/json" in first
        assert "X-Turn: second PUT" in second
        assert second.endswith('{"bill": 1}')
        assert "Content-Type: application/json" in second
        assert "X-Turn: third GET" in third
        assert "Content-Type" not in third
        http.close()


def test_each_thread_has_a_session_of_its_own() -> None:
    with rude_server(answer(b"{}", keep=True)) as server:
        http = http_to(server)
        threads = [threading.Thread(target=http.ask, args=(READ,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.connections == 3
        http.close()


# The retry table.

KEPT = answer(b"{}", keep=True)


@pytest.mark.parametrize("ask", [READ, WRITE])
@pytest.mark.parametrize("end", [cut, reset])
def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew_once(ask: Ask, end: Deed) -> None:
    with rude_server(KEPT, end, KEPT) as server:
        http = http_to(server)
        http.ask(ask)
        assert http.ask(ask) == b"{}"
        http.close()
    with rude_server(KEPT, end, end) as server:
        http = http_to(server)
        http.ask(ask)
        assert what_comes(http, ask).sent
        assert len(server.requests) == 3


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Busy", "504 Too Late"])
def test_a_read_is_asked_once_more_when_a_gateway_stumbles_a_write_is_not(status: str) -> None:
    with rude_server(answer(b"{}", status, keep=True), KEPT) as server:
        pauses: list[float] = []
        http = Http(Endpoint(server.address), pause=pauses.append)
        assert http.ask(READ) == b"{}"
        assert pauses == [0.3]
        http.close()
    with rude_server(answer(b"{}", status, keep=True), KEPT) as server:
        what_comes(http_to(server), WRITE)
        assert len(server.requests) == 1


@pytest.mark.parametrize("deed", [cut, hang, answer(b"<html>", kind="text/html"), answer(b"{}", "500 Oops")])
@pytest.mark.parametrize("ask", [READ, WRITE])
def test_nothing_else_is_asked_again_from_here(deed: Deed, ask: Ask) -> None:
    with rude_server(deed) as server:
        what_comes(http_to(server, hasty=deed is hang), ask)
        assert len(server.requests) == 1


# Closing, addresses, trust.


def test_closing_ends_requests_that_wait() -> None:
    with rude_server(hang) as server:
        http = Http(Endpoint(server.address, read_seconds=30))
        found: list[Unreachable] = []
        thread = threading.Thread(target=lambda: found.append(what_comes(http, WRITE)))
        thread.start()
        while not server.requests:
            thread.join(0.01)
        began = time.monotonic()
        http.close()
        thread.join(5)
        assert time.monotonic() - began < 2
        assert found[0].sent is True
        assert what_comes(http).sent is False


@pytest.mark.parametrize(
    "address", ["", "tukar.example", "ftp://tukar.example", "https://", "http://tukar.example", "http://10.0.0.7:8000"]
)
def test_an_address_is_https_but_on_this_machine(address: str) -> None:
    with pytest.raises(AddressError):
        Endpoint(address)


@pytest.mark.parametrize(
    "address", ["https://tukar.example", "http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:8000/base"]
)
def test_this_machine_may_be_reached_without(address: str) -> None:
    assert Endpoint(address).address == address


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(built.public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return folder / "cert.pem", folder / "key.pem"


def test_a_backend_is_believed_only_when_somebody_trusted_signed_for_it(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with rude_server(GOOD) as server:
        server.secure(context)
        address = server.address.replace("http://127.0.0.1", "https://localhost")
        trusting = Http(Endpoint(address, ca_file=str(cert)))
        assert trusting.ask(READ) == b'{"a": 1}'
        trusting.close()
        for other in ("", str(tmp_path / "nowhere.pem"), str(key)):
            lost = what_comes(Http(Endpoint(address, ca_file=other)), WRITE)
            assert (lost.trouble, lost.sent) == (Trouble.UNTRUSTED, False)
        assert len(server.requests) == 1


def test_no_token_or_body_is_shown_in_words() -> None:
    assert "bill" not in repr(WRITE).replace("/v1/bills", "")
    with rude_server(cut) as server:
        http = http_to(server, token="very-secret")
        assert "very-secret" not in str(what_comes(http, WRITE))
