"""The connector's ``Http`` whole, down to the socket: its session, its two error tables and its reading of answers."""

import io
from collections.abc import Mapping
from http.client import RemoteDisconnected
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from tests.simulation.net import Reply, Request, SimulatedHttp
from tukar.loyalty.http import Ask, Http
from tukar.till.ports import Trouble, Unreachable

GATEWAY = 503


class Carrier(BaseAdapter):
    """In place of the connection: gives requests to the simulated line, and raises what a socket would."""

    def __init__(self, http: "SocketHttp") -> None:
        super().__init__()
        self._http = http

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            reply = self._http.carried(_arrived(request))
        except Unreachable as lost:
            if lost.trouble is Trouble.SERVER_FAULT:
                return _response(request, Reply(GATEWAY, b"upstream is away", {"Content-Type": "text/plain"}))
            raise _of_socket(lost, request) from lost
        return _response(request, reply)

    def close(self) -> None:
        """Nothing is open."""


class SocketHttp(SimulatedHttp):
    """``SimulatedHttp`` that leaves less out, and costs more."""

    def _ask_once(self, ask: Ask) -> bytes:
        return Http._ask_once(self, ask)

    def _session(self) -> tuple[requests.Session, bool]:
        session, warm = super()._session()
        if not warm:
            session.mount("http://", Carrier(self))
        return session, warm


def _arrived(request: requests.PreparedRequest) -> Request:
    parts = urlsplit(request.url or "")
    body = request.body if isinstance(request.body, bytes) else b""
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    return Request(request.method or "", parts.path, dict(parse_qsl(parts.query)), headers, body)


def _of_socket(lost: Unreachable, request: requests.PreparedRequest) -> requests.RequestException:
    if lost.trouble is Trouble.TIMED_OUT:
        return requests.ReadTimeout(lost.detail, request=request)
    if lost.sent:
        cut = ProtocolError("Connection aborted.", RemoteDisconnected("closed without an answer"))
        return requests.ConnectionError(cut, request=request)
    nobody = NewConnectionError(None, "nobody is there")  # type: ignore[arg-type]
    return requests.ConnectionError(MaxRetryError(None, request.url, nobody), request=request)  # type: ignore[arg-type]


def _response(request: requests.PreparedRequest, reply: Reply) -> requests.Response:
    response = requests.Response()
    response.status_code = reply.status
    response.headers.update(reply.headers)
    response.raw = HTTPResponse(io.BytesIO(reply.body), reply.headers, reply.status, preload_content=False)
    response.request = request
    response.url = request.url or ""
    return response
