"""Our own backend behind a socket of this machine, on a clock of the test's."""

import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.clock import FakeClock
from tests.fakes.shop import COFFEE, POINTS, SHOP, TEA, programme
from tukar.domain.people import Salesperson
from tukar.domain.points import Points
from tukar.local.stored import wire_shop
from tukar.server.backend import Backend, Request
from tukar.server.call import Equipment
from tukar.server.keys import Keys
from tukar.server.passwords import CHEAP, Passwords
from tukar.server.reckoning import Books
from tukar.server.seed import SeedLot, SeedMember, SeedTill, ShopSeed, load_shop
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import DirectTransactions

TILL_CODE = "TILLCODE"
CHANNEL_CODE = "SHOPCODE"


class Chance:
    """Repeatable codes and bytes."""

    def __init__(self) -> None:
        self._random = random.Random(1)

    def digits(self, count: int) -> str:
        return "".join(self._random.choices("0123456789", k=count))

    def letters(self, count: int) -> str:
        return "".join(self._random.choices("ABCDEFGH", k=count))

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


@dataclass
class OurServer:
    """A running backend: its address, and the messages its customers got."""

    address: str
    backend: Backend

    def newest_code(self) -> str:
        """The six digits of the last message."""
        text = self.backend.take_messages().result()[-1].text
        found = re.search(r"\b\d{6}\b", text)
        assert found is not None
        return found[0]


def seed() -> ShopSeed:
    lots = (SeedLot(POINTS, Points(500)),)
    return ShopSeed(
        shop=wire_shop(SHOP),
        items=(COFFEE, TEA),
        programme=programme(),
        salespeople=(Salesperson("s-1", "Budi"),),
        members=(SeedMember("m-1", "Sari Dewi", "+6281234565678", "CARD-77", lots=lots),),
        tills=(SeedTill("T1", TILL_CODE), SeedTill("WEB", CHANNEL_CODE, is_channel=True)),
    )


@contextmanager
def our_server(clock: FakeClock) -> Iterator[OurServer]:
    engine = open_engine("sqlite://")
    equipment = Equipment(Keys(b"k" * 32), Chance(), Passwords(**CHEAP), Books())
    backend = Backend(transactions=DirectTransactions(engine), equipment=equipment, clock=clock)
    backend.open(engine)
    load_shop(backend, seed())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = backend.answer(Request(self.command, parts.path, body, dict(parse_qsl(parts.query)), headers))
            self.send_response(reply.status)
            extra = {"Content-Type": "application/json", "Content-Length": str(len(reply.body)), **reply.headers}
            for name, value in extra.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_PUT = do_POST = answer  # noqa: N815 - the base class's names

        def log_message(self, *_: object) -> None:
            """Not heard."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield OurServer(f"http://127.0.0.1:{server.server_port}", backend)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        backend.close()
        engine.dispose()
