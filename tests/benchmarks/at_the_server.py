"""P12: redemptions of eight clients at one worker, beside a Starlette that only says hello.

A redemption is what a sale with points asks of the backend to take them: the hold, and the bill that captures it.
"""

import json
from collections.abc import Iterator
from itertools import count

from tests.benchmarks.figures import Figure, Sizes, in_turns, p99
from tests.benchmarks.load import Load, Turn, driven, request
from tests.benchmarks.workshop import Workshop, child
from tests.server.world import RICE, TillClient, World, redeemed
from tukar.wire.message import write
from tukar.wire.receipts import receipt_to_json

CLIENTS = 8
_HELLO = request("GET", "/hello")


class _House:
    """A backend with its till, and the messages of redemptions that nobody asked for before."""

    def __init__(self, workshop: Workshop, members: int) -> None:
        folder = str(workshop.folder())
        self.address, self._token = workshop.serve(*child("backend_child", folder, str(members))).split()
        self._members = members
        self._world = World()
        self._world.load()
        self._till: TillClient = self._world.enrol("TILLONE")
        self._numbers = count(1)

    def redemptions(self, each: int) -> Load:
        return driven(self.address, [self._client(each) for _ in range(CLIENTS)])

    def holds(self, each: int) -> Load:
        return driven(self.address, [self._client(each, captured=False) for _ in range(CLIENTS)])

    def _client(self, each: int, *, captured: bool = True) -> Turn:
        """Everything but what the answer decides is written before the first question: clients must cost little."""
        bills = [self._bill(next(self._numbers)) for _ in range(each)]
        steps = 2 if captured else 1

        def turn(answers: int, body: bytes) -> bytes | None:
            place, step = divmod(answers, steps)
            if place == each:
                return None
            number, hold, receipt = bills[place]
            if step == 0:
                return request("PUT", f"/v1/redemptions/r-{number}", hold, self._token)
            proof = json.loads(body)["proof"].encode()
            return request("PUT", f"/v1/bills/b-{number}", receipt.replace(b"PROOF-GOES-HERE", proof), self._token)

        return turn

    def _bill(self, number: int) -> tuple[int, bytes, bytes]:
        member = f"m-{number * 7919 % self._members}"
        bill = self._till.bill((RICE, 1), member=member, claim="small", bill_id=f"b-{number}")
        receipt = self._till.receipt(bill, (redeemed(f"r-{number}", 50, "PROOF-GOES-HERE"),))
        return number, write(self._till.hold_message(bill, 50)), receipt_to_json(receipt)

    def close(self) -> None:
        self._world.close()


def _hellos(address: str, each: int) -> Load:
    turns: list[Turn] = [lambda answers, _: _HELLO if answers < each else None for _ in range(CLIENTS)]
    return driven(address, turns)


def p12(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    few = _House(workshop, sizes.few_members)
    hello = workshop.serve(*child("floors", "hello"))
    waits: list[float] = []
    each = max(5, round(25 * sizes.seconds))

    def redeeming() -> float:
        load = few.redemptions(each)
        waits.extend(load.answers)
        return load.seconds * 1000 / (each * CLIENTS)

    def holding() -> float:
        load = few.holds(each)
        return load.seconds * 1000 / (each * CLIENTS)

    def greeting() -> float:
        return _hellos(hello, each * 10).seconds * 1000 / (each * 10 * CLIENTS)

    taken, held, floor = in_turns(sizes.repeats, redeeming, holding, greeting)
    yield Figure("P12", taken, floor, 10.0, "a redemption (hold and capturing bill) beside a hello, ms each")
    yield Figure("P12.hold", held, floor, 10.0, "a hold alone beside a hello, ms each")
    yield Figure("P12.p99", p99(waits), floor, 20.0 / _HELLO_MS, "slowest hundredth of the answers beside a hello")
    many = _House(workshop, sizes.members)

    def by_many() -> float:
        load = many.redemptions(each)
        return load.seconds * 1000 / (each * CLIENTS)

    value, floor = in_turns(sizes.repeats, by_many, redeeming)
    yield Figure("P12.members", value, floor, 1.3, f"with {sizes.members:,} members beside {sizes.few_members:,}")
    few.close()
    many.close()


_HELLO_MS = 0.25
"""A hello with eight clients on the machine on which the bound of 20 ms was set."""
