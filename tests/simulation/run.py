"""Runs one schedule: builds the world it needs, lets it go wrong, heals it, and looks at what is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fakes.secrets import PlainSeal
from tests.simulation import trust
from tests.simulation.cashier import Cashier
from tests.simulation.choices import Choices, Value
from tests.simulation.copies import KeptCopies
from tests.simulation.desk_kept import KeptDesk
from tests.simulation.dishonest import Dishonest
from tests.simulation.errands import Errands
from tests.simulation.invariants import Violated, Watch, at_rest
from tests.simulation.left import ended_by_a_manager
from tests.simulation.net import Line
from tests.simulation.others import BackOffice, Returns, Weather, WebShop
from tests.simulation.server import ROOT, SimulatedServer
from tests.simulation.spoiled import PARTS, found_and_mended
from tests.simulation.technician import Technician
from tests.simulation.till import SimulatedTill, compiled, templates
from tests.simulation.world import KILL, NeverEndsError, World
from tukar.local import outbox

if TYPE_CHECKING:
    from tests.simulation.office import ManagersOffice
    from tests.simulation.restoring import Restoring
    from tests.simulation.till_files import TillFiles

DAY: Final = 40_000.0
"""Seconds after which the shop closes, whatever is still in hand."""
CLOSING: Final = 30_000.0
"""Seconds in which everything must come to rest once nothing goes wrong any more."""
TO_MIDNIGHT: Final = 53_900.0
"""Seconds from the beginning to shortly before a day ends, on which points run out."""
CLONED_BEFORE: Final = 400.0
"""Seconds in which two sales have to leave room for a copy of the disk."""
RESTARTED_EVERY: Final = 4
"""A till that nothing happened to is switched on once more only so often: it finds what it left."""
MACHINES: Final = (("clone", 0.02), ("restore", 0.03), ("upkeep", 0.01), ("revoke", 0.02), ("replace", 0.02))
"""What may become of the machines of a shop, and how often."""
SET_ELSEWHERE: Final = frozenset(
    ("evening", "errands", "shelf", "front", "spoiled", "rich", "trust", "files", "room", "desk")
)
"""Moods that say what is there, and not what goes wrong with a till's messages."""
LOOKS_AT_SHELF: Final = 2
MISTYPES: Final = 0.4
FILES: Final = 0.01
"""How often a till has files on a real disk."""
PAGES_READ: Final = 2
"""How often somebody looks at the server's pages."""
SET_ASIDE: Final = 0.4
"""How many bills are set aside where others may take them up."""
COME_BACK: Final = 0.6
"""How many goods come back where programs end at one point after the other."""
HOLDS_ARE_OVER: Final = 3 * 3600.0
_WAITING: Final = "SELECT kind, ref, tries FROM outbox WHERE state = 'waiting'"


@dataclass(frozen=True)
class Schedule:
    """What is run: a seed, or the decisions ``given``; and one crash at a point, for exhaustive runs."""

    seed: int
    tills: int = 2
    sales: int = 2
    given: Mapping[str, Value] | None = None
    crash_at: int = 0
    crash_how: str = KILL
    calm: bool = False
    """Nothing goes wrong by chance."""
    backend: str = ""
    """``one_shot`` for a backend that only redeems and reverses; else ours."""
    moods: tuple[str, ...] = ()
    """What goes wrong for certain: ``cost``, ``forged``, ``poison``, ``returns``, ``evening``."""
    mild: bool = False
    """Little does: for a crash at a point of a schedule that is not quite smooth."""


@dataclass
class Outcome:
    """What came of a schedule."""

    schedule: Schedule
    violations: list[str] = field(default_factory=list)
    taken: dict[str, Value] = field(default_factory=dict)
    steps: int = 0
    points: int = 0
    crashes: int = 0
    bills: int = 0
    late: int = 0
    short: int = 0
    items: int = 0
    trace: list[str] = field(default_factory=list)


class Simulation:
    """One world with its server, tills and cashiers."""

    def __init__(self, schedule: Schedule, *, tracing: bool = False) -> None:
        self.schedule = schedule
        self.choices = Choices(schedule.seed, schedule.given)
        self.world = World(self.choices, crash_at=schedule.crash_at, crash_how=schedule.crash_how)
        self.world.tracing = tracing
        self.server = SimulatedServer(self.world)
        self.tills: list[SimulatedTill] = []
        self.cashiers: list[Cashier] = []
        self.watch = Watch(self.world, self.server, self.tills)
        for number in range(1, schedule.tills + 1):
            self._add_till(str(number))
        self.server.changed = self.watch.server_committed
        self.server.seen = self.watch.answered
        self.web = WebShop(self.world, self.server)
        self.office = BackOffice(self.world, self.server, self.watch)
        self.returns = Returns(self.world, self.server)
        self.watch.paid = self.returns.paid
        self.weather = Weather(self.world, self.server, self.tills, self.watch)
        self.errands = Errands(self.world, self.server, self.watch.violated)
        self._has_errands = False
        self._office_machine: ManagersOffice | None = None
        self._spoils = 0
        """Which part of the books somebody spoils when all is over."""
        self.technician = Technician(self.world, self.server, self.tills, self.watch)
        self.restoring: Restoring | None = None
        self.server.on_restored = self._restored
        self._set_mood()

    def _add_till(self, till_id: str, name: str = "", line: Line | None = None) -> SimulatedTill:
        line = line or Line(self.world, name or till_id, self.server)
        till = SimulatedTill(self.world, till_id, line, self.server.tokens[till_id], self.schedule.seed, name)
        till.disk.on_commit = lambda: self.watch.journal_committed(till)
        self.tills.append(till)
        cashier = Cashier(self.world, till, self.server, self.schedule.sales)
        cashier.on_turn = self.watch.drawn
        self.cashiers.append(cashier)
        return till

    def _restored(self) -> None:
        self.watch.server_restored()
        self.web.send_again()

    def _look_after_tills(self) -> None:
        for till in self.tills:
            till.is_looked_after = till.syncs = True

    def _restore(self) -> None:
        """The server loses part of the day; refunds by receipt without a till of their own would be lost with it."""
        self._look_after_tills()
        self.returns.chance = 0.0
        self.technician.restores()

    def _replacement(self, name: str, line: Line) -> SimulatedTill:
        """A machine with empty files that is the first till from now on."""
        original = self.tills[0]
        till = self._add_till(original.till_id, name, line)
        till.kept = original.kept
        till.is_looked_after = till.syncs = True
        till.disk.start_as(templates())
        if self.world.healed:
            self.cashiers[-1].hurry()
        return till

    def _clone(self) -> None:
        """Between two sales a machine is made after the first till's disk, and sells as that till."""
        original = self.tills[0]
        life = original.life
        if self.world.healed or self.world.now > CLONED_BEFORE:
            return
        resting = life is not None and life.alive and life.recovered is not None and life.writer.idle
        if life is None or not resting or life.journal.drafts() or not life.journal.recent_receipts(1):
            self.world.after(2.3, self._clone)
            return
        clone = self._add_till(original.till_id, f"{original.name}-clone")
        original.disk.copy_to(clone.disk)
        self.watch.cloned(original, clone)
        clone.counter.bank, clone.kept = original.counter.bank, original.kept
        clone.start()

    def _set_mood(self) -> None:
        """How wild this schedule is: a line may be bad while the cashiers are quick, and so on.

        The dearer a play is, the seldomer it is played: in a hundred thousand schedules there are enough of each.
        """
        if self.schedule.calm:
            return
        pick = self.choices.pick
        if self.schedule.mild:
            for till, cashier in zip(self.tills, self.cashiers, strict=True):
                till.wire.chance, till.counter.chance, cashier.fanciful = 0.04, 0.1, 0.2
            self._set_mildly()
            return
        self.world.crash_chance = pick("mood.crash", 0.002, ((0.0, 0.3), (0.008, 0.2)))
        self.server.commit_fails = pick("mood.commit", 0.0, ((0.02, 0.15), (0.15, 0.05)))
        self.web.chance = pick("mood.web", 0.0, ((0.1, 0.3), (0.4, 0.15)))
        self.office.chance = pick("mood.office", 0.0, ((0.05, 0.1), (0.2, 0.05)))
        if self.office.chance:
            self.server.expect_other_rules()
        self.returns.chance = pick("mood.returns", 0.0, ((0.3, 0.2),))
        self._set_errands()
        machines = pick("mood.machines", "", MACHINES)
        if self.schedule.backend or self.schedule.moods:
            machines = ""
        self._put_foul_play(pick("mood.foul", "", (("cost", 0.03), ("forged", 0.03), ("poison", 0.04))))
        self.weather.chance = pick("mood.weather", 0.0, ((0.02, 0.3), (0.08, 0.15)))
        self._set_for_certain()
        if pick("mood.evening", int("evening" in self.schedule.moods), ((1, 0.15),)):
            for clock in (self.server.clock, *(till.clock for till in self.tills)):
                clock.jump(TO_MIDNIGHT)
        for till, cashier in zip(self.tills, self.cashiers, strict=True):
            till.syncs = bool(pick("mood.sync", 0, ((1, 0.06),)))
            till.has_sockets = bool(pick("mood.socket", 0, ((1, 0.02),)))
            till.wire.chance = pick("mood.net", 0.03, ((0.0, 0.2), (0.1, 0.3)))
            till.counter.chance = pick("mood.card", 0.1, ((0.0, 0.2), (0.25, 0.2)))
            till.disk.fault_chance = pick("mood.disk", 0.0, ((0.004, 0.1),))
            cashier.slow = pick("mood.slow", 0.03, ((0.0, 0.2), (0.1, 0.2)))
            cashier.fanciful = pick("mood.fancy", 0.1, ((0.3, 0.2),))
            cashier.shift.is_kept = till.keeps_shifts = bool(pick("mood.shift", 0, ((1, 0.06),)))
            till.has_front = bool(pick("mood.front", int("front" in self.schedule.moods), ((1, 0.04),)))
        self._set_shop()
        self._furnish_desks()
        self._let_trust()
        machines = next((mood for mood in self.schedule.moods if mood in dict(MACHINES)), machines)
        self._give_files(machines)
        self._open_managers_room()
        self._set_machines(machines)

    def _set_mildly(self) -> None:
        """What is unusual about a shop whose programs end at one point after the other; chance has no part in it."""
        moods = self.schedule.moods
        if "rich" in moods:
            self._enrich()
        if "shelf" in moods:
            self._keep_shelf()
        if "trust" in moods:
            self._allow_trust()
        if "returns" in moods:
            for cashier in self.cashiers:
                cashier.fanciful = COME_BACK

    def _set_errands(self) -> None:
        """Whoever looks into what was sold should find something odd now and then."""
        pick = self.choices.pick
        self._has_errands = bool(pick("mood.errands", int("errands" in self.schedule.moods), ((1, 0.03),)))
        if self._has_errands:
            self._put_foul_play(pick("mood.odd", "", (("cost", 0.2), ("forged", 0.2))))

    def _set_shop(self) -> None:
        """What is unusual about the shop itself, or happens to its books in the end."""
        pick, moods = self.choices.pick, self.schedule.moods
        certain = self.schedule.seed % PARTS + 1 if "spoiled" in moods else 0
        self._spoils = pick("mood.spoiled", certain, tuple((part, 0.004) for part in range(1, PARTS + 1)))
        is_rich = pick("mood.rich", int("rich" in moods), ((1, 0.03),))
        keeps_shelf = pick("mood.shelf", int("shelf" in moods), ((1, 0.03),))
        if self.schedule.backend:
            return
        if is_rich:
            self._enrich()
        if keeps_shelf:
            self._keep_shelf()

    def _furnish_desks(self) -> None:
        """Whoever sells has to sign in first, and changes how their till looks and which key does what."""
        moods = self.schedule.moods
        if self.choices.pick("mood.desk", int("desk" in moods), ((1, 0.012),)) and not self.schedule.backend:
            for till in self.tills:
                till.has_front = True
                till.desk = KeptDesk(self.world, self.server, till.name, self.watch.violated)

    def _enrich(self) -> None:
        """The shop has more rules than usual, and every till knows them."""
        self.server.expect_other_rules()
        self.office.opens_rich()
        for till, cashier in zip(self.tills, self.cashiers, strict=True):
            till.kept = KeptCopies(compiled(2, rich=True)[1], till.profile)
            cashier.claims_more = True

    def _open_managers_room(self) -> None:
        """A manager is in the office all day; something odd happens more often than elsewhere."""
        opens = self.choices.pick("mood.room", int("room" in self.schedule.moods), ((1, 0.01),))
        if opens and not self.schedule.backend:
            from tests.simulation.office import ManagersOffice

            self._office_machine = ManagersOffice(self.world, self.server, self.watch.violated)
            self._put_foul_play(self.choices.pick("mood.room-odd", "", (("cost", 0.2), ("forged", 0.2))))

    def _let_trust(self) -> None:
        """The shop lets its tills take points while the backend cannot be reached."""
        allows = self.choices.pick("mood.trust", int("trust" in self.schedule.moods), ((1, 0.05),))
        if allows and not self.schedule.backend:
            self.world.crash_chance = max(self.world.crash_chance, trust.CRASHES)
            self._allow_trust()

    def _allow_trust(self) -> None:
        trust.allow(self.server, self.tills)
        self.watch.trusts = True
        for cashier in self.cashiers:
            cashier.loses_line = trust.CUTS
            cashier.sales_left += 1

    def _give_files(self, machines: str) -> None:
        """The first till keeps files on a real disk, beside journal and drafts."""
        has_some = self.choices.pick("mood.files", int("files" in self.schedule.moods), ((1, FILES),))
        if has_some and not self.schedule.backend:
            from tests.simulation.till_files import TillFiles  # most schedules need none of it

            first = self.tills[0]
            first.files = TillFiles(self.world, first, self.watch.violated)
            if machines != "restore":
                self._furnish_server()
            if not (machines or self.watch.trusts or first.keeps_shifts or first.keeps_shelf):
                self._put_back_up_in_its_place(first, first.files)

    def _furnish_server(self) -> None:
        """Its requests go through its app, and somebody looks at its pages now and then."""
        from tests.simulation.app_front import ServerHouse

        house = self.server.house = ServerHouse(self.world, self.server, ROOT, self.watch.violated)
        for minute in range(1, PAGES_READ + 1):
            self.world.after(60.0 * minute, house.look)

    def _put_back_up_in_its_place(self, till: SimulatedTill, files: "TillFiles") -> None:
        """Sometimes; what such a till has agreed to on trust, or closed of its shifts, it cannot know afterwards."""
        if not self.choices.pick("files.restored", 0, ((1, 0.5),)):
            return
        from tests.simulation.restoring import Restoring

        till.is_looked_after = till.syncs = True
        self.cashiers[0].sales_left += 1
        self.restoring = Restoring(self.world, till, files, self.watch, self.tills.append)
        self.restoring.start()

    def _keep_shelf(self) -> None:
        """Bills wait for whichever till their customers come back to."""
        for till, cashier in zip(self.tills, self.cashiers, strict=True):
            till.keeps_shelf = True
            cashier.looks_left = LOOKS_AT_SHELF
            cashier.sets_aside = SET_ASIDE
        self.cashiers[0].sales_left += 1

    def _set_machines(self, sort: str) -> None:
        """What becomes of the machines themselves; needs tills that look after themselves."""
        if sort:
            self._look_after_tills()
        if sort == "clone":
            self.world.after(5.0, self._clone)
        elif sort == "restore":
            self._restore()
        elif sort == "revoke":
            self.technician.revokes(self.tills[0])
        elif sort == "replace":
            self.world.after(8.0, lambda: self.technician.replaces(self.tills[0], self._replacement))

    def _set_for_certain(self) -> None:
        for mood in self.schedule.moods:
            if mood == "returns":
                self.returns.chance = 0.3
            elif mood in dict(MACHINES):
                self.web.chance = max(self.web.chance, 0.4 if mood == "restore" else 0.0)
            elif mood == "codes":
                for cashier in self.cashiers:
                    cashier.mistypes = MISTYPES
            elif mood not in SET_ELSEWHERE:
                self._put_foul_play(mood)

    def _put_foul_play(self, sort: str) -> None:
        """One till cheats, or one of its bills never gets through."""
        last = self.tills[-1]
        if sort == "poison":
            last.wire.poisons = True
        elif sort:
            last.wrap_backend = lambda backend: Dishonest(backend, self.watch, forges=sort == "forged")

    def run(self) -> Outcome:
        """Plays the schedule to its end, or to the first invariant that does not hold."""
        outcome = Outcome(self.schedule)
        try:
            self._play()
        except Violated:
            outcome.violations = self.watch.found
        except NeverEndsError as endless:
            outcome.violations = [f"I8 {endless}"]
        else:
            outcome.violations = list(self.at_rest())
        finally:
            self._tidy_up()
        outcome.taken = dict(self.choices.taken)
        outcome.steps, outcome.points, outcome.crashes = self.world.steps, self.world.points, self.world.crashes
        outcome.trace = self.world.trace
        outcome.bills = len(self.watch.saves)
        counted = "SELECT COALESCE(SUM(late), 0), COALESCE(SUM(short > 0), 0) FROM redemptions WHERE state = 'captured'"
        outcome.late, outcome.short = self.server.db.execute(counted).fetchone()
        return outcome

    def _tidy_up(self) -> None:
        for till in self.tills:
            if till.files is not None:
                till.files.remove()
        if self.server.house is not None:
            self.server.house.remove()

    def at_rest(self) -> Iterator[str]:
        """What does not add up once all is quiet."""
        yield from at_rest(self.watch, self.tills)
        if self._office_machine is not None and not self.watch.found:
            yield from self._office_machine.closing_visit(self.watch.dishonest)
        if not self.watch.found:
            yield from ended_by_a_manager(self.world, self.server)
        if self._spoils and not self.watch.found:
            yield from found_and_mended(self._spoils, self.tills, self.server)

    def _play(self) -> None:
        self.server.start()
        for number, till in enumerate(self.tills):
            self.world.after(0.5 * number, till.start)
        if not (self.schedule.calm or self.schedule.mild):
            self.web.start()
            self.office.start()
            self.returns.start()
            self.weather.start()
        if self._has_errands and not self.schedule.backend:
            self.errands.start()
        if self._office_machine is not None:
            self._office_machine.start()
        self.world.wait(self._is_done, DAY)
        self._close()

    def _is_done(self) -> bool:
        if self.technician.is_replacing or (self.restoring is not None and self.restoring.is_busy):
            return False
        for cashier in self.cashiers:  # noqa: SIM110 - asked after every event, where a generator costs more than the rest
            if not (cashier.is_done or cashier.till.is_retired):
                return False
        return True

    def _close(self) -> None:
        """All heals; the cashiers finish; the tills are switched off and on once more, and off for good."""
        self.world.heal()
        for cashier in self.cashiers:
            cashier.hurry()
        self.world.wait(self._only_poison_waits, CLOSING)
        if not self._only_poison_waits():
            self.watch.violated(f"I8 held up by another message: {[self._free_to_go(till) for till in self.tills]}")
        for till in self.tills:
            till.wire.poisons, till.wire.poisoned = False, ""
        self._come_to_rest()
        faulty = self.world.crashes or self.server.restored_at or any(till.disk.fault_chance for till in self.tills)
        if faulty or self.schedule.seed % RESTARTED_EVERY == 0:
            self._switch_off()
            for till in self.tills:
                till.start()
            self._come_to_rest()
        self.watch.sendings_asked = sum(cashier.resends for cashier in self.cashiers)
        self._switch_off()
        self.watch.is_quiet = True
        self.watch.server_committed()
        self.world.run(self.world.now + HOLDS_ARE_OVER)

    @staticmethod
    def _free_to_go(till: SimulatedTill) -> list[str]:
        """What could be sent now, but for the message that never gets through."""
        waiting = outbox.free_to_go(till.disk.journal, 100, PlainSeal())
        return [one.ref for one in waiting if not till.wire.poisoned.endswith(f"/{one.ref}")]

    def _only_poison_waits(self) -> bool:
        return self._is_done() and not any(self._free_to_go(till) for till in self.tills)

    def _switch_off(self) -> None:
        for till in self.tills:
            if till.files is not None:
                till.files.check()
            if till.life is not None:
                till.life.close()

    def _come_to_rest(self) -> None:
        self.world.wait(self._is_quiet, CLOSING)
        if not self._is_quiet():
            states = [till.life.checkout.state.value if till.life else "off" for till in self.tills]
            waiting = [till.disk.journal.execute(_WAITING).fetchall() for till in self.tills]
            self.watch.violated(f"I8 not at rest: {states}, waiting {waiting}")

    def _is_quiet(self) -> bool:
        if not (self.server.alive and self._is_done() and all(self._is_idle(till) for till in self.tills)):
            return False
        return not (self.server.restored_at and self.server.is_recovering)

    def _is_idle(self, till: SimulatedTill) -> bool:
        life = till.life
        if till.is_retired:
            return True
        if life is None or not life.alive:
            return False
        if life.examination is not None and not life.examination.looks and till.till_id not in self.watch.revoked:
            return False
        return life.writer.idle and not life.background.busy and not life.journal.waiting_count()
