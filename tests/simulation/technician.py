"""The technician: keeps back-ups of the server, puts one in the place of a broken disk, and writes off what is gone."""

from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.others import Caller
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill
from tests.simulation.world import World
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval

if TYPE_CHECKING:
    from tests.simulation.invariants import Watch

LOOKS_EVERY: Final = 45.0
_NEVER_CAME: Final = (
    "SELECT till_id FROM tills WHERE kind = 'till' AND serial > 0"
    " AND recovered_epoch <> (SELECT CAST(json_extract(value, '$.epoch') AS INTEGER) FROM meta WHERE name = 'epoch')"
)


class Technician:
    """Restores the server once, after ``starts``; the shop's own tills then send again what it lost."""

    def __init__(self, world: World, server: SimulatedServer, tills: list[SimulatedTill], watch: "Watch") -> None:
        self.world = world
        self.server = server
        self.tills = tills
        self.watch = watch
        self._manager = Caller(world, "technician", server, server.tokens["8"])

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
        if not self.server.alive or self.server.is_recovering:
            self.world.after(LOOKS_EVERY, self._write_off)
