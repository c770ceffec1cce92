"""The same shop over a backend that only redeems and reverses: the emulated hold, with the same faults.

The remote service is the fake of the contract suite; the connector is the real ``EmulatedHold``; its record of intents
survives the till, with a point before and after every write. At rest every account must have lost just what the bills
show, or a manager must have an item.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar, cast

from tests.fakes.clock import FakeClock
from tests.fakes.members import Member
from tests.fakes.one_shot import OneShotBackend
from tests.simulation import shop
from tests.simulation.clock import MachineClock
from tests.simulation.invariants.bills import Bills, journals
from tests.simulation.invariants.money import money
from tests.simulation.net import DROP, GATEWAY, LATE, LOSE, TWICE, Line
from tests.simulation.run import Schedule, Simulation
from tests.simulation.till import SimulatedTill, compiled
from tests.simulation.world import Crashed, Process, World
from tukar.domain.bill import Bill
from tukar.domain.people import LoyaltyAccount, Salesperson, StaffMember, masked
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, price
from tukar.domain.programme import Programme
from tukar.domain.redemption import ChallengeAnswer, ChallengeRequest
from tukar.loyalty.emulated import EmulatedHold, Intent, Redeem
from tukar.till.ports import (
    BackendState,
    Capabilities,
    Enrolment,
    FindBy,
    HistoryEntry,
    LoyaltyBackend,
    Reverse,
    ShopProfile,
    Trouble,
    Unreachable,
)

T = TypeVar("T")
ONE_SHOT: Final = "one_shot"
_ITEMS: Final = "SELECT kind, ref, story FROM review_items WHERE kind <> 'payment_unclear'"
_BEYOND: Final = re.compile(r"([0-9]+) points were taken beyond")


class DurableIntents:
    """``loyalty.emulated.Intents`` of one till, across its lives."""

    def __init__(self) -> None:
        self.written: dict[str, Intent] = {}

    def of(self, world: World, process: Process) -> "_LivingIntents":
        return _LivingIntents(self, world, process)


class _LivingIntents:
    def __init__(self, kept: DurableIntents, world: World, process: Process) -> None:
        self._kept = kept
        self._world = world
        self._process = process

    def find(self, reference: str) -> Intent | None:
        return self._kept.written.get(reference)

    def put(self, intent: Intent) -> None:
        self._world.point(self._process, "intents.put")
        self._kept.written[intent.reference] = intent
        self._world.point(self._process, "intents.kept")


class CarriedOneShot:
    """``loyalty.emulated.OneShot`` at the other end of a line."""

    def __init__(self, remote: OneShotBackend, line: Line, process: Process) -> None:
        self._remote = remote
        self._line = line
        self._process = process

    @property
    def capabilities(self) -> Capabilities:
        return self._remote.capabilities

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return self._carry("find", lambda: self._remote.find_members(by, text))

    def member(self, member_id: str) -> LoyaltyAccount:
        return self._carry("member", lambda: self._remote.member(member_id))

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        return self._carry("enrol", lambda: self._remote.enrol_member(enrolment))

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return self._carry("history", lambda: self._remote.history(member_id))

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        return self._carry("code", lambda: self._remote.send_code(request))

    def redeem(self, redeem: Redeem) -> None:
        self._carry("redeem", lambda: self._remote.redeem(redeem))

    def reverse(self, reference: str, of: Redeem, points: Points) -> None:
        self._carry("reverse", lambda: self._remote.reverse(reference, of, points))

    def earn(self, reference: str, member_id: str, programme_id: str, points: Points) -> None:
        self._carry("earn", lambda: self._remote.earn(reference, member_id, programme_id, points))

    def close(self) -> None: ...

    def _carry(self, name: str, call: Callable[[], T]) -> T:
        line, world = self._line, self._line.world
        world.point(self._process, f"send.{name}")
        world.tell(f"{self._process.name} asks {name}")
        fate = DROP if line.is_cut else line.fate(name)
        self._rest(line.latency())
        if fate in (DROP, GATEWAY, LATE):
            # A message that comes long after its sender gave up is not in the nature of this backend's lines.
            self._rest(10.0 if fate == DROP else 0.1)
            raise Unreachable(Trouble.TIMED_OUT if fate == DROP else Trouble.SERVER_FAULT)
        answer = call()
        if fate == TWICE and name not in ("redeem", "reverse", "earn"):
            call()
        self._rest(line.latency())
        if fate == LOSE:
            self._rest(10.0)
            raise Unreachable(Trouble.TIMED_OUT)
        world.point(self._process, f"heard.{name}")
        return answer

    def _rest(self, seconds: float) -> None:
        self._line.world.wait(lambda: not self._process.alive, seconds)
        if not self._process.alive:
            raise Crashed(self._process.name)


class House:
    """``loyalty.emulated.House``: what the shop knows itself."""

    def __init__(self, clock: MachineClock, profile: ShopProfile) -> None:
        self._clock = clock
        self._profile = profile

    def state(self) -> BackendState:
        return BackendState(self._profile, 1, 1, self._clock.now(), 1, 1, 1)

    def programme(self) -> Programme:
        return compiled(1)[0]

    def staff(self) -> tuple[StaffMember, ...]:
        return (shop.CASHIER, shop.MANAGER)

    def salespeople(self) -> tuple[Salesperson, ...]:
        return ()

    def price(self, bill: Bill) -> PricedBill:
        now: datetime = self._clock.now()
        return price(bill, compiled(1)[1], Circumstances(now=now, shop_id=shop.SHOP_ID))


class OneShotSimulation(Simulation):
    """``Simulation`` whose tills speak to the one-shot service; nothing goes to the other server."""

    def __init__(self, schedule: Schedule, *, tracing: bool = False) -> None:
        super().__init__(schedule, tracing=tracing)
        clock = MachineClock("service", self.world.time)
        self.remote = OneShotBackend(cast("FakeClock", clock))
        sort = self.choices.pick("service", "partial", (("full", 0.2), ("none", 0.2)))
        self._reverse = Reverse(sort)
        self.remote.capabilities = replace(self.remote.capabilities, reverse=self._reverse)
        for member_id, (poin, reward) in shop.MEMBERS.items():
            member = Member(member_id, member_id.title(), shop.mobile(member_id))
            self.remote.add_member(member, poin, shop.POIN)
            self.remote.add_member(member, reward, shop.REWARD)
        self.web.chance = self.office.chance = self.returns.chance = 0.0
        for till, cashier in zip(self.tills, self.cashiers, strict=True):
            till.wire.poisons = False
            till.other_backend = self._backend_of(till, DurableIntents())
            cashier.phone = self._phone

    def _backend_of(self, till: SimulatedTill, intents: DurableIntents) -> Callable[[Process], LoyaltyBackend]:
        def make(process: Process) -> LoyaltyBackend:
            service = CarriedOneShot(self.remote, till.wire, process)
            return EmulatedHold(service, House(till.clock, till.profile), intents.of(self.world, process))

        return make

    def _phone(self, mobile: str) -> list[str]:
        return [code for sent_to, code, _ in self.remote.challenges.sent if sent_to == masked(mobile)]

    def at_rest(self) -> Iterator[str]:
        bills = Bills.of(self.tills)
        yield from journals(self.tills)
        yield from money(self.tills, bills)
        yield from self._accounts(bills)
        yield from self.watch.found

    def _accounts(self, bills: Bills) -> Iterator[str]:
        """I1, I6, I7 and I14 in one: what left an account is what its bills show, or an item says what did not."""
        beyond, short = self._told()
        expected: dict[tuple[str, str], int] = defaultdict(int)
        for member_id, points in shop.MEMBERS.items():
            expected[member_id, shop.POIN], expected[member_id, shop.REWARD] = points
        for _, bill in bills.by_id.values():
            member_id = (bill.get("customer") or {}).get("member_id", "")
            for spent in bill.get("redemptions", ()):
                ref = spent["redemption_id"]
                taken = 0 if ref in short else int(spent["points"]) + beyond.get(ref, 0)
                expected[member_id, spent["programme_id"]] -= taken
            for earned in bill.get("expected_earning", ()) if member_id else ():
                expected[member_id, earned["programme_id"]] += int(earned["points"])
        for account, units in expected.items():
            if self.remote.accounts.posted(account).units != units:
                yield f"I7 {account} has {self.remote.accounts.posted(account).units}, by the bills it is {units}"

    def _told(self) -> tuple[dict[str, int], set[str]]:
        """What managers' items say of redemptions: so many points too many were taken, or none.

        Where nothing can be taken back points are redeemed only with the bill, and somebody may have been quicker;
        where it is taken back whole or not at all, a bill that became cheaper leaves the rest with the shop.
        """
        beyond, short = {}, set()
        for till in self.tills:
            for kind, ref, story in till.disk.journal.execute(_ITEMS):
                found = _BEYOND.search(story)
                if kind == "redemption" and found is not None and self._reverse is Reverse.FULL:
                    beyond[ref] = int(found[1])
                elif kind == "redemption" and "short" in story and self._reverse is Reverse.NONE:
                    short.add(ref)
                else:
                    self.watch.found.append(f"I9 an item without a reason: {kind} {ref} {story}")
        return beyond, short
