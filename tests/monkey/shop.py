"""The real backend with the demo shop, in this process and in memory; a line to it that can be cut."""

from datetime import UTC, datetime
from functools import cache
from random import Random

from tests.fakes.carrier import MemoryCarrier
from tests.fakes.clock import FakeClock
from tests.fakes.passwords import cheap_passwords
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Ask, Endpoint, Headers, Http, _answer, _Lost
from tukar.server.backend import Backend, Request
from tukar.server.call import Call, Caller, CallerKind, Equipment
from tukar.server.demo_shop import DemoShop, read_demo_shop
from tukar.server.doctor import examine
from tukar.server.keys import Keys
from tukar.server.reckoning import Books
from tukar.server.seed import demo_seed, load_shop
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import DirectTransactions
from tukar.till.ports import Trouble

BEGINNING = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
_JSON = {"Content-Type": "application/json"}
CODES = ("MONKEYONE", "MONKEYTWO")


@cache
def demo() -> DemoShop:
    return read_demo_shop(BEGINNING.date())


class SeededChance:
    """``server.chance.Chance`` of a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self._random.choices("0123456789", k=count))

    def letters(self, count: int) -> str:
        return "".join(self._random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=count))

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


class MonkeyShop:
    """The backend and its customers' phones."""

    def __init__(self, clock: FakeClock, seed: int) -> None:
        engine = open_engine("sqlite://")
        equipment = Equipment(Keys(b"monkey root key of 32 bytes long"), SeededChance(seed), cheap_passwords(), Books())
        self._engine = engine
        self.backend = Backend(transactions=DirectTransactions(engine), equipment=equipment, clock=clock)
        self.backend.open(engine)
        load_shop(self.backend, demo_seed(demo(), codes=CODES))
        self.phone = MemoryCarrier()

    def line(self) -> "CutLine":
        """A way in for a till that has no name yet."""
        return CutLine(self.backend)

    def codes(self) -> list[str]:
        """The codes on the customers' phones, the oldest first."""
        while taken := self.backend.take_messages().result():
            for message in taken:
                self.phone.deliver(message)
        words = (word.strip(".:") for message in self.phone.delivered for word in message.text.split())
        return [word for word in words if len(word) == 6 and word.isdigit()]

    def findings(self) -> list[str]:
        """What the backend's own doctor finds."""

        def look(call: Call, _message: None) -> list[str]:
            return [str(finding) for finding in examine(call).findings]

        return self.backend.perform(look, None, Caller(CallerKind.OPERATOR, demo().profile.shop_id))

    def close(self) -> None:
        self.backend.close()
        self._engine.dispose()


class CutLine(Http):
    """The connector's own ``Http`` without a socket. ``down`` lets nothing through, ``loses`` so many answers."""

    def __init__(self, backend: Backend, headers: Headers = lambda _: {}) -> None:
        super().__init__(Endpoint("http://127.0.0.1"), headers, pause=lambda _seconds: None)
        self._backend = backend
        self.down = False
        self.loses = 0

    def _ask_once(self, ask: Ask) -> bytes:
        if self.down:
            raise _Lost(Trouble.NO_CONNECTION, sent=False, detail="cut")
        headers = {name.lower(): value for name, value in self._headers_of(ask).items()}
        reply = self._backend.answer(Request(ask.method, ask.path, ask.body, dict(ask.query), headers))
        if self.loses:
            self.loses -= 1
            raise _Lost(Trouble.TIMED_OUT, sent=True, detail="lost")
        return _answer(reply.status, {**_JSON, **reply.headers}, reply.body)


def enrolled(shop: MonkeyShop, place: int) -> tuple[str, DeviceKey, str]:
    """The token, key and name of the till that enrols with the code at ``place``."""
    key = DeviceKey.new()
    till = enrol_till(shop.line(), f"device-{place}", CODES[place], key)
    return till.token, key, till.till_id
