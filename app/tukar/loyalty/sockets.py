"""Connections whose sockets can be closed from outside, so that a closing till does not wait for a slow backend."""

import socket
import ssl
import threading
import weakref
from contextlib import suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class OpenSockets:
    """The sockets that are open now; ``close_all`` ends whoever waits in one of them, in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self.closed = False

    def add(self, opened: socket.socket | None) -> None:
        if opened is None:
            return
        with self._lock:
            self._sockets.add(opened)
            closed = self.closed
        if closed:
            _shut(opened)

    def close_all(self) -> None:
        with self._lock:
            self.closed = True
            sockets = list(self._sockets)
        for opened in sockets:
            _shut(opened)


def _shut(opened: socket.socket) -> None:
    # It may have been closed by its own thread meanwhile.
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


class TrackedAdapter(HTTPAdapter):
    """Trusts what ``trust`` says and nothing else, retries nothing by itself, and tells ``sockets`` what it opens."""

    def __init__(self, trust: ssl.SSLContext | None, sockets: OpenSockets) -> None:
        self._trust = trust
        self._sockets = sockets
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *sizes: Any, **keys: Any) -> None:  # noqa: ANN401 - as the base has it
        super().init_poolmanager(*sizes, **keys, ssl_context=self._trust)
        self.poolmanager.pool_classes_by_scheme = self._pools()

    def proxy_manager_for(self, proxy: str, **keys: Any) -> Any:  # noqa: ANN401 - as the base has it
        manager = super().proxy_manager_for(proxy, **keys, ssl_context=self._trust)
        manager.pool_classes_by_scheme = self._pools()
        return manager

    def cert_verify(self, conn: Any, *_: Any) -> None:  # noqa: ANN401 - as the base has it
        """Verification has no off switch, and whom to trust stands in the context alone (security.md, "TLS")."""
        if isinstance(conn, HTTPSConnectionPool):
            conn.cert_reqs = "CERT_REQUIRED"

    def _pools(self) -> dict[str, Any]:
        sockets = self._sockets

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}
