"""The technician: keeps back-ups of the server, puts one in the place of a broken disk, and writes off what is gone."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.net import Line, Reply, SimulatedHttp
from tests.simulation.others import OK, Caller
from tests.simulation.server import SimulatedServer, device_key
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import Crashed, World
from tukar.domain.redemption import Refusal
from tukar.loyalty.enrolling import enrol_till
from tukar.till.ports import Refused, Unreachable
from tukar.wire.message import read_answer, write
from tukar.wire.redemptions import WireApproval
from tukar.wire.shop import WireEnrolmentCode, WireNewTill

if TYPE_CHECKING:
    from tests.simulation.invariants import Watch

LOOKS_EVERY: Final = 45.0
_NEVER_CAME: Final = (
    "SELECT till_id FROM tills WHERE kind = 'till' AND serial > 0"
    " AND recovered_epoch <> (SELECT CAST(json_extract(value, '$.epoch') AS INTEGER) FROM meta WHERE name = 'epoch')"
)


class Installer:
    """The program of a new machine before it is a till: asks with the manager's code until it is answered."""

    def __init__(self, world: World, line: Line, name: str) -> None:
        self.name = f"installer-{name}"
        self.alive = True
        self._world = world
        self._device = name
        self._http = SimulatedHttp(line, self, lambda _: {})

    def die(self, how: str) -> None:
        """Nothing of it is lost: it asks again."""

    def enrol(self, code: str, done: Callable[[str, int], None], too_late: Callable[[], None]) -> None:
        """``too_late`` asks for another code: nobody answered as long as this one was good."""

        def attempt() -> None:
            try:
                made = enrol_till(self._http, f"device-{self._device}", code, device_key(self._device))
            except Refused as refused:
                is_over = refused.refusal is Refusal.ENROLMENT_CODE
                self._world.after(LOOKS_EVERY, too_late if is_over else attempt)
            except (Crashed, Unreachable):
                self._world.after(LOOKS_EVERY, attempt)
            else:
                done(made.token, made.till_epoch)

        self._world.after(1.0, attempt)


class Technician:
    """Restores the server once, after ``starts``; the shop's own tills then send again what it lost."""

    def __init__(self, world: World, server: SimulatedServer, tills: list[SimulatedTill], watch: "Watch") -> None:
        self.world = world
        self.server = server
        self.tills = tills
        self.watch = watch
        self.is_replacing = False
        """A till is out of its place, and the machine that comes there is not switched on yet."""
        self._manager = Caller(world, "technician", server, server.tokens["8"])

    def revokes(self, till: SimulatedTill) -> None:
        """From some moment on a till may only deliver what it has sold."""
        till.key = device_key(till.till_id)
        at = self.world.choices.pick("revoked", 9.0, ((4.0, 0.2), (14.0, 0.4), (60.0, 0.2)))
        approval = WireApproval(staff_id=shop.MANAGER.staff_id, pin=shop.PIN, reason="stolen", actor="c-1")

        def now() -> None:
            if not self.world.healed:
                self.watch.revoked.add(till.till_id)
                self._manager.send("PUT", f"/v1/tills/{till.till_id}/revocation", write(approval))

        self.world.after(at, now)

    def replaces(self, till: SimulatedTill, made: Callable[[str, Line], SimulatedTill]) -> None:
        """Another machine takes a till's place, once that one sold something and has no more to send or end."""
        life = till.life
        if self.world.healed or self.world.now > shop.REPLACED_BEFORE:
            return
        resting = life is not None and life.alive and life.recovered is not None and life.writer.idle
        if life is None or not resting or self._is_busy(life):
            self.world.after(2.3, lambda: self.replaces(till, made))
            return
        till.retire()
        self.is_replacing = True
        message = WireNewTill(staff_id=shop.MANAGER.staff_id, pin=shop.PIN)
        name = f"{till.name}-new"
        line = Line(self.world, name, self.server)
        installer = Installer(self.world, line, name)

        def enrolled(token: str, epoch: int) -> None:
            new = made(name, line)
            new.token, new.epoch = token, epoch
            new.start()
            self.is_replacing = False

        def told(reply: Reply) -> None:
            if reply.status == OK:
                installer.enrol(read_answer(reply.body, WireEnrolmentCode).code, enrolled, ask_for_code)
            else:
                self.is_replacing = False

        def ask_for_code() -> None:
            self._manager.send("PUT", f"/v1/tills/{till.till_id}/enrolment-code", write(message), told)

        ask_for_code()

    @staticmethod
    def _is_busy(life: TillLife) -> bool:
        """Whether a machine has something in hand, to send or to end; one may end as it looks."""
        try:
            return bool(life.in_hand or life.journal.waiting_count() or life.journal.unfinished_refunds())
        except Crashed:
            return True

    def restores(self) -> None:
        """A back-up early in the day, and a broken disk some time after."""
        self.watch.is_restored = True
        pick = self.world.choices.pick
        kept = pick("back-up", 6.0, ((1.0, 0.2), (20.0, 0.4), (60.0, 0.2)))
        broken = pick("breaks", 30.0, ((8.0, 0.2), (90.0, 0.3), (400.0, 0.2)))
        self.world.after(kept, self._keep)
        self.world.after(kept + broken, self._break)

    def _keep(self) -> None:
        if self.server.alive and not self.world.healed:
            self.server.back_up()

    def _break(self) -> None:
        if self.world.healed or not self.server.has_back_up:
            return
        if not self.server.alive:
            self.world.after(LOOKS_EVERY, self._break)
            return
        self.server.restore()
        self.world.after(LOOKS_EVERY, self._write_off)

    def _write_off(self) -> None:
        """Tills that stand in no shop of this simulation will never send anything."""
        ours = {till.till_id for till in self.tills}
        gone = [name for (name,) in self.server.db.execute(_NEVER_CAME) if name not in ours]
        if self.server.alive and self.server.is_recovering and gone:
            approval = WireApproval(staff_id=shop.MANAGER.staff_id, pin=shop.PIN, reason="not in use", actor="c-1")
            for name in gone:
                self._manager.send("PUT", f"/v1/tills/{name}/write-off", write(approval))
        if not self.watch.is_quiet:
            # What a back-up of the last seconds has lost shows only once a till says what it has seen.
            self.world.after(LOOKS_EVERY, self._write_off)
