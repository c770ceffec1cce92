"""What else people ask of the backend on such a day, through the real connector, while the others sell.

A till in the office looks customers up and enrols them, sets bills aside and takes them up, ends shifts and reads
receipts; a manager adjusts points, answers for codes, lets customers try again, resolves items and forgets customers;
the operator brings goods and people, and looks whether all adds up. None of it may disturb a bill or a point elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tests.fakes.shifts import a_shift, an_open_shift
from tests.simulation import shop
from tests.simulation.managers_room import ManagersRoom
from tests.simulation.net import Line, Reply, SimulatedHttp
from tests.simulation.others import Caller
from tests.simulation.server import SimulatedServer
from tests.simulation.stranger import Stranger
from tests.simulation.world import Crashed, World
from tukar.domain.bill import Bill, BillLine
from tukar.domain.money import Quantity
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.server import sweep
from tukar.server.call import Caller as Known
from tukar.server.call import CallerKind
from tukar.server.storage.batches import UnavailableError
from tukar.till.ports import Enrolment, FindBy, Refused, Unreachable
from tukar.till.ports.held import BillAside
from tukar.wire.catalogue import WireImport, WireImportPage, wire_item
from tukar.wire.message import write
from tukar.wire.people import WireErasure, WireSalespeople, WireSalesperson
from tukar.wire.redemptions import WireApproval
from tukar.wire.upkeep import WireAdjustment

OFFICE: Final = "6"
PAUSE_SECONDS: Final = 11.0
A_DAY: Final = 10
"""So many of them are done on one day."""


class Errands:
    """Runs them one after the other, each once or as often as it takes to be answered."""

    def __init__(self, world: World, server: SimulatedServer, violated: Callable[[str], None]) -> None:
        self.world = world
        self.server = server
        self.name = "office-till"
        self.alive = True
        token = server.tokens[OFFICE]
        line = Line(world, self.name, server)
        line.chance = 0.05
        http = SimulatedHttp(line, self, TillIdentity(lambda: token))
        self._backend = TukarBackend(http)
        self._room = ManagersRoom(server, http, self._wait)
        self._manager = Caller(world, "errands-manager", server, token)
        self._operator = Caller(world, "errands-operator", server, server.tokens["operator"])
        self._stranger = Stranger(server, OFFICE, violated)
        self._approval = WireApproval(staff_id=shop.MANAGER.staff_id, pin=shop.PIN, reason="agreed", actor="c-1")
        self._left: list[Callable[[], None]] = []

    def _wait(self, seconds: float) -> None:
        self.world.wait(lambda: False, seconds)

    def die(self, how: str) -> None:
        """Nothing here has to be remembered."""

    def start(self) -> None:
        """Some of them, as many as a day has room for; nobody asks in the manager's room who did not sign in."""
        room = list(self._room.errands().values())
        errands = [
            self._look_up, self._enrol, self._merge, self._set_aside, self._take_up, self._shift, self._receipts,
            self._adjust, self._codes, self._items, self._forget, self._goods, self._people, self._adds_up,
            self._sweep, self._state, self._stranger.ask, *room,
        ]  # fmt: skip
        share = 1 / len(errands)
        first = self.world.choices.pick("errand", 0, tuple((number, share) for number in range(1, len(errands))))
        self._left = (errands[first:] + errands[:first])[:A_DAY]
        if room[0] not in self._left and any(errand in room for errand in self._left):
            self._left.insert(0, room[0])
        self.world.after(9.0, self._next)

    def _next(self) -> None:
        if self.world.healed or not self._left:
            return
        try:
            self._left[0]()
        except (Crashed, Unreachable, UnavailableError):
            pass
        except Refused:
            self._left.pop(0)
        else:
            self._left.pop(0)
        self.world.after(PAUSE_SECONDS, self._next)

    # The office till

    def _state(self) -> None:
        self._backend.state()
        self._backend.staff()
        self._backend.salespeople()
        self._backend.catalogue_page(0)
        self._backend.catalogue_page(1)

    def _look_up(self) -> None:
        self._backend.find_members(FindBy.MOBILE, shop.mobile("dewi"))
        self._backend.find_members(FindBy.NAME, "Bud")
        self._backend.find_members(FindBy.CARD, "no-such-card")
        self._backend.history("dewi")

    def _enrol(self) -> None:
        self._backend.enrol_member(self._enrolment("ayu", 7))
        self._backend.enrol_member(self._enrolment("ayu", 7))

    def _merge(self) -> None:
        """Somebody who enrolled at another till while it was offline turns out to be a member already."""
        self._backend.enrol_member(replace(self._enrolment("dewi-again", 0), offline=True))
        self._backend.member("dewi-again")

    def _enrolment(self, member_id: str, number: int) -> Enrolment:
        return Enrolment(member_id, member_id.title(), f"+62811000000{number}", self.server.clock.now())

    def _bill(self, bill_id: str) -> Bill:
        item = shop.items()[shop.TEA]
        line = BillLine("line-1", item, Quantity.of(2), item.charged_price)
        return Bill(bill_id, shop.CURRENCY, (line,))

    def _set_aside(self) -> None:
        for number in (1, 2):
            bill = self._bill(f"aside-{number}")
            total = shop.CURRENCY.money("19000")
            self._backend.hold_bill(BillAside(f"held-{number}", bill, total, 2, shop.CASHIER.name))

    def _take_up(self) -> None:
        for row in self._backend.held_bills():
            lease = self._backend.lease_bill(row.held_id)
            again = BillAside(f"{row.held_id}-again", lease.bill, row.total, row.pieces, replaces=row.held_id)
            self._backend.hold_bill(again)
            self._backend.end_held(again.held_id)

    def _shift(self) -> None:
        self._backend.put_shift(an_open_shift(OFFICE))
        self._backend.put_shift(a_shift(OFFICE))
        self._backend.put_shift(a_shift(OFFICE))

    def _receipts(self) -> None:
        for (number,) in self.server.db.execute("SELECT number FROM bills ORDER BY bill_id LIMIT 2").fetchall():
            self._backend.bill(number)
        self._backend.bill("SIM-9-1-999")

    # The manager

    def _put(self, path: str, body: bytes, then: Callable[[Reply], None] = lambda _: None) -> None:
        self._manager.send("PUT", path, body, then)

    def _adjust(self) -> None:
        for number, points in enumerate(("40", "-30", "-99999", "40")):
            message = WireAdjustment(
                member_id="siti", programme_id=shop.POIN, points=points, staff_id=shop.MANAGER.staff_id, pin=shop.PIN,
                reason="goodwill",
            )  # fmt: skip
            self._put(f"/v1/adjustments/adjustment-{number % 3}", write(message))

    def _codes(self) -> None:
        self._put("/v1/members/dewi/codes-again", write(self._approval))
        sent = self.server.db.execute("SELECT challenge_id FROM challenges WHERE state = 'sent' LIMIT 1").fetchone()
        self._put(f"/v1/challenges/{sent[0] if sent else 'unknown'}/override", write(self._approval))

    def _items(self) -> None:
        self._manager.send("GET", "/v1/reviews", b"")
        found = self.server.db.execute("SELECT kind || '.' || ref FROM reviews LIMIT 1").fetchone()
        self._put(f"/v1/reviews/{found[0] if found else 'short.unknown'}", write(self._approval))

    def _forget(self) -> None:
        message = WireErasure(staff_id=shop.MANAGER.staff_id, pin=shop.PIN, reason="asked for it")
        self._put("/v1/members/ayu/erasure", write(message))
        self._put("/v1/members/nobody/erasure", write(message))

    # The operator

    def _goods(self) -> None:
        """The goods as they are, brought once more: nothing changes, and the same import says the same again."""
        page = WireImportPage(items=tuple(map(wire_item, shop.items().values())))
        for number in (0, 0, 1):
            self._operator.send("PUT", f"/v1/imports/import-1/pages/{number}", write(page))
        for _ in range(2):
            self._operator.send("PUT", "/v1/imports/import-1", write(WireImport(pages=2)))

    def _people(self) -> None:
        people = WireSalespeople(version=0, salespeople=(WireSalesperson(salesperson_id="s-1", name="Wati"),))
        self._operator.send("PUT", "/v1/salespeople", write(people))

    def _adds_up(self) -> None:
        self._operator.send("GET", "/v1/audit/verification", b"")
        self._operator.send("GET", "/v1/doctor", b"")

    def _sweep(self) -> None:
        """What the server does by itself every few minutes."""
        if self.server.alive:
            operator = Known(CallerKind.OPERATOR, shop.SHOP_ID)
            for _ in self.server.perform(sweep.shop_ids, None, Known(CallerKind.OPERATOR)):
                self.server.perform(sweep.sweep, None, operator)
