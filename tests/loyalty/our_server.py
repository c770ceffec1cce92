"""Our own backend behind a socket of this machine, on a clock of the test's."""

import random
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from tests.fakes.clock import FakeClock
from tests.fakes.passwords import cheap_passwords
from tests.fakes.shop import COFFEE, IDR, POINTS, SHOP, TEA, programme
from tukar.domain.money import Money
from tukar.domain.people import Salesperson
from tukar.domain.points import Points
from tukar.server.app import create_app
from tukar.server.backend import Backend
from tukar.server.call import Equipment
from tukar.server.keys import Keys
from tukar.server.reckoning import Books
from tukar.server.seed import SeedCard, SeedLot, SeedMember, SeedStaff, SeedTill, ShopSeed, load_shop
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import DirectTransactions
from tukar.wire.shop import wire_shop

TILL_CODE = "TILLCODE"
SECOND_TILL_CODE = "TILLTWO2"
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


GIFT_CARD = "KADO-7K2M"
"""A gift card of Rp 50.000."""


def seed(staff: tuple[SeedStaff, ...] = ()) -> ShopSeed:
    lots = (SeedLot(POINTS, Points(500)),)
    return ShopSeed(
        shop=wire_shop(SHOP),
        items=(COFFEE, TEA),
        programme=programme(),
        staff=staff,
        salespeople=(Salesperson("s-1", "Budi"),),
        members=(SeedMember("m-1", "Sari Dewi", "+6281234565678", "CARD-77", lots=lots),),
        cards=(SeedCard(GIFT_CARD, Money(50_000, IDR)),),
        tills=(
            SeedTill("T1", TILL_CODE),
            SeedTill("T2", SECOND_TILL_CODE),
            SeedTill("WEB", CHANNEL_CODE, is_channel=True),
        ),
    )


@contextmanager
def our_server(clock: FakeClock, staff: tuple[SeedStaff, ...] = ()) -> Iterator[OurServer]:
    engine = open_engine("sqlite://")
    equipment = Equipment(Keys(b"k" * 32), Chance(), cheap_passwords(), Books())
    backend = Backend(transactions=DirectTransactions(engine), equipment=equipment, clock=clock)
    backend.open(engine)
    load_shop(backend, seed(staff))

    # asyncio turns Nagle off only for sockets that say they are TCP.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(backend), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.005)
    try:
        yield OurServer(f"http://127.0.0.1:{listening.getsockname()[1]}", backend)
    finally:
        server.should_exit = True
        thread.join(5)
        listening.close()
        backend.close()
        engine.dispose()
