"""Who else moves points, rules and clocks: a web shop, a back office, and the weather."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.clock import MachineClock
from tests.simulation.net import DROP, LOSE, Line, Reply, Request, Unanswered
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill
from tests.simulation.world import World
from tukar.wire.amounts import wire_currency
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval
from tukar.wire.refunds import WireRefund, WireRefundLine, WireRefundStep
from tukar.wire.upkeep import WireOrder

if TYPE_CHECKING:
    from tests.simulation.invariants import Watch

ASK_AGAIN: Final = 30.0
AT_THE_LATEST: Final = 480.0
"""Seconds after which a web shop asks again that was told to wait several times."""
OK: Final = 200
CONFLICT: Final = 409
_JUMPS: Final = (-10_800.0, 7_200.0, 40 * 86_400.0)


class Caller:
    """Somebody who sends a message until it is answered, over a line that may fail."""

    def __init__(self, world: World, name: str, server: SimulatedServer, token: str) -> None:
        self.world = world
        self.line = Line(world, name, server)
        self._headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def send(self, method: str, path: str, body: bytes, then: Callable[[Reply], None] = lambda _: None) -> None:
        """The same message again every half minute until an answer comes."""
        request = Request(method, path, {}, self._headers, body)
        over: list[bool] = []

        def attempt() -> None:
            fate = "" if self.world.healed else self.line.fate("send")
            if fate != DROP:
                self.line.server.receive(request, lambda reply: None if fate == LOSE else answered(reply))
            self.world.after(ASK_AGAIN, lambda: None if over else attempt())

        def answered(reply: Reply | Unanswered) -> None:
            if isinstance(reply, Reply) and reply.status < 500 and not over:
                over.append(True)
                then(reply)

        attempt()


class WebShop:
    """Earns and spends on the same accounts, now and then."""

    def __init__(self, world: World, server: SimulatedServer) -> None:
        self.world = world
        self.caller = Caller(world, "web", server, server.tokens[shop.CHANNEL])
        self.chance = 0.0
        self.booked: dict[str, bytes] = {}
        """Orders that the server has acknowledged."""
        self._orders = 0

    def start(self) -> None:
        self.world.after(1.0, self._turn)

    def _turn(self) -> None:
        if self.world.healed:
            return
        does = self.world.choices.pick("web", "", (("spend", self.chance), ("earn", self.chance / 2)))
        if does:
            self._order(does)
        pause = self.world.choices.pick("web-pause", 25.0, ((4.0, 0.2), (900.0, 0.1)))
        if self.world.now < 6_000:
            self.world.after(pause, self._turn)

    def _order(self, does: str) -> None:
        self._orders += 1
        pick = self.world.choices.pick
        member = pick("web-who", "dewi", (("budi", 0.3), ("siti", 0.1)))
        sort = pick("web-sort", shop.POIN, ((shop.REWARD, 0.4),))
        points = pick("web-points", 100, ((400, 0.2), (250, 0.3), (30, 0.2)))
        moved = {sort: str(points)}
        order = WireOrder(
            member_id=member,
            currency=wire_currency(shop.CURRENCY),
            amount="50000",
            spend=moved if does == "spend" else {},
            earn=moved if does == "earn" else {},
        )
        self._send(f"/v1/orders/order-{self._orders}", write(order))

    def _send(self, path: str, body: bytes) -> None:
        def answered(reply: Reply) -> None:
            if reply.status == OK:
                self.booked[path] = body

        self.caller.send("PUT", path, body, answered)

    def send_again(self) -> None:
        """The server was restored: whatever it acknowledged it hears once more (redemption.md, "Restore")."""
        for path, body in self.booked.items():
            self._book_again(path, body)

    def _book_again(self, path: str, body: bytes, pause: float = ASK_AGAIN) -> None:
        def answered(reply: Reply) -> None:
            if reply.status == CONFLICT and b"recovering" in reply.body:
                self.world.after(pause, lambda: self._book_again(path, body, min(2 * pause, AT_THE_LATEST)))

        self.caller.send("PUT", path, body, answered)


class BackOffice:
    """Puts other rules in force, and releases holds that stand in somebody's way."""

    def __init__(self, world: World, server: SimulatedServer, watch: "Watch") -> None:
        self.world = world
        self.server = server
        self.watch = watch
        self.chance = 0.0
        self._operator = Caller(world, "office", server, server.tokens["operator"])
        self._manager = Caller(world, "manager", server, server.tokens["8"])
        self._version = 1

    def opens_rich(self) -> None:
        """More rules are in force before the shop opens."""
        self._version = 2
        self.watch.rules_changed.append(self.world.now)
        message = shop.programme_message(self._version, rich=True)
        self.world.after(0.0, lambda: self._operator.send("PUT", "/v1/programme", message))

    def start(self) -> None:
        self.world.after(12.0, self._turn)

    def _turn(self) -> None:
        if self.world.healed:
            return
        does = self.world.choices.pick("office", "", (("rules", self.chance), ("release", self.chance)))
        if does == "rules" and self._version < 3:
            self._version += 1
            self.watch.rules_changed.append(self.world.now)
            body = shop.programme_message(self._version)
            self._operator.send("PUT", "/v1/programme", body)
        elif does == "release":
            self._release()
        pause = self.world.choices.pick("office-pause", 60.0, ((5.0, 0.2), (900.0, 0.1)))
        if self.world.now < 6_000:
            self.world.after(pause, self._turn)

    def _release(self) -> None:
        held = self.server.db.execute("SELECT redemption_id FROM redemptions WHERE state = 'held'").fetchall()
        if held:
            self.watch.released.add(held[0][0])
            approval = WireApproval(staff_id=shop.MANAGER.staff_id, pin=shop.PIN, reason="in the way", actor="c-1")
            self._manager.send("PUT", f"/v1/redemptions/{held[0][0]}/release", write(approval))


class Returns:
    """Takes goods back: asks for a refund, pays only what was accepted, and sometimes thinks better of it."""

    def __init__(self, world: World, server: SimulatedServer) -> None:
        self.world = world
        self.server = server
        self.caller = Caller(world, "returns", server, server.tokens["7"])
        self.chance = 0.0
        self.pays_first = False
        """Seeded defect: the money leaves before the backend has agreed."""
        self.paid: dict[str, int] = {}
        """What was paid out, by refund."""
        self._refunds = 0

    def start(self) -> None:
        self.world.after(15.0, self._turn)

    def _turn(self) -> None:
        if self.world.healed:
            return
        if self.world.choices.pick("returns", "", (("some", self.chance),)):
            self._take_back()
        if self.world.now < 6_000:
            self.world.after(self.world.choices.pick("returns-pause", 20.0, ((3.0, 0.3), (700.0, 0.1))), self._turn)

    def _take_back(self) -> None:
        sold = self.server.db.execute("SELECT bill_id, body FROM bills WHERE kind = 'sale' ORDER BY bill_id").fetchall()
        if not sold:
            return
        part = self.world.choices.pick("returns-bill", 0.0, ((0.5, 0.4), (0.99, 0.3)))
        bill_id, body = sold[int(part * len(sold))]
        lines = [line for line in json.loads(body)["lines"] if not line.get("free")]
        pieces = self.world.choices.pick("returns-pieces", 99, ((1, 0.4),))
        wanted = tuple(
            WireRefundLine(
                line_id=line["line_id"], sku=line["sku"], thousandths=1000 * min(pieces, int(line["quantity"]))
            )
            for line in lines
        )
        self._refunds += 1
        refund_id = f"refund-{self._refunds}"
        if self.pays_first:
            self.paid[refund_id] = sum(int(line["net"]) for line in lines)
        message = WireRefund(bill_id=bill_id, lines=wanted, reason="broken")
        self.caller.send(
            "PUT", f"/v1/refunds/{refund_id}", write(message), lambda reply: self._answered(refund_id, reply)
        )

    def _answered(self, refund_id: str, reply: Reply) -> None:
        if reply.status != OK:
            return
        told = json.loads(reply.body)
        does = self.world.choices.pick("returns-end", "paid", (("void", 0.3),))
        if does == "paid":
            self.paid.setdefault(refund_id, int(told["money"]))
        self.world.after(
            5.0, lambda: self.caller.send("PUT", f"/v1/refunds/{refund_id}/{does}", write(WireRefundStep()))
        )


class Weather:
    """Cuts lines, and sets clocks to other times."""

    def __init__(self, world: World, server: SimulatedServer, tills: list[SimulatedTill], watch: "Watch") -> None:
        self.world = world
        self.server = server
        self.tills = tills
        self.watch = watch
        self.chance = 0.0

    def start(self) -> None:
        self.world.after(3.0, self._turn)

    def _turn(self) -> None:
        if self.world.healed:
            return
        part = self.chance
        for till in self.tills:
            seconds = self.world.choices.pick(
                f"cut.{till.till_id}", 0.0, ((40.0, part), (600.0, part / 2), (2400.0, part / 3), (7500.0, part / 4))
            )
            if seconds:
                till.wire.cut(seconds)
            jump = self.world.choices.pick(f"clock.{till.till_id}", 0.0, tuple((jump, part / 8) for jump in _JUMPS[:2]))
            self._set(till.clock, jump)
        jump = self.world.choices.pick("clock.server", 0.0, tuple((jump, part / 20) for jump in _JUMPS[:1]))
        self._set(self.server.clock, jump)
        if self.world.now < 6_000:
            self.world.after(20.0 if self.world.now < 200 else 300.0, self._turn)

    def _set(self, clock: MachineClock, seconds: float) -> None:
        self.watch.clocks_jumped |= bool(seconds)
        clock.jump(seconds)
