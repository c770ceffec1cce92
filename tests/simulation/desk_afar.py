"""A manager who is elsewhere, and gives their word to a till that asks for it, or does not."""

from typing import Final

from tests.simulation import shop
from tests.simulation.managers_room import CountedIds
from tests.simulation.net import Line, SimulatedHttp
from tests.simulation.server import SimulatedServer
from tests.simulation.world import Crashed, World
from tukar.domain.approval import ApprovalState
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.manager import TukarManagerBackend
from tukar.till.ports import Refused, Unreachable

OFFICE: Final = "6"


class ManagerElsewhere:
    """Sits in the office; looks when somebody says that a till asks."""

    def __init__(self, world: World, server: SimulatedServer, name: str) -> None:
        self.name = f"elsewhere-{name}"
        self.alive = True
        token = server.tokens[OFFICE]
        http = SimulatedHttp(Line(world, self.name, server), self, TillIdentity(lambda: token))
        self._backend = TukarManagerBackend(http, CountedIds(self.name), lambda seconds: self._wait(world, seconds))

    @staticmethod
    def _wait(world: World, seconds: float) -> None:
        world.wait(lambda: False, seconds)

    def die(self, how: str) -> None:
        """Nothing here has to be remembered."""

    def answer(self, till_id: str, *, give: bool) -> bool:
        """Answers whatever that till asks and waits for; whether any of it was heard."""
        try:
            self._backend.sign_in(shop.MANAGER.staff_id, shop.PIN)
            asked = self._backend.requests().requests
            waiting = [one for one in asked if one.till_id == till_id and one.state is ApprovalState.WAITING]
            for request in waiting:
                self._backend.answer_request(request.request_id, give=give, pin=shop.PIN, note="this once")
        except (Crashed, Refused, Unreachable):
            return False
        return bool(waiting)
