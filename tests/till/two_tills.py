"""Two tills and the backend of one shop, all of them the program's own code, in one thread and on a clock by hand.

The world is the simulation's with nothing going wrong in it, so that a test can say who is first.
"""

from tests.simulation import shop
from tests.simulation.choices import Choices
from tests.simulation.net import Line
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import World
from tukar.domain.bill import CustomerSource
from tukar.domain.money import Quantity
from tukar.domain.redemption import OneTimeCode

WAIT_SECONDS = 20.0


class TwoTills:
    """``first`` and ``second`` are ready to sell and know that the backend is there."""

    def __init__(self) -> None:
        choices = Choices(1)
        choices.tame = True
        self.world = World(choices)
        self.server = SimulatedServer(self.world)
        self.lines = [Line(self.world, name, self.server) for name in ("1", "2")]
        self.server.start()
        self.first, self.second = (self._begin(name, line) for name, line in zip(("1", "2"), self.lines, strict=True))

    def _begin(self, name: str, line: Line) -> TillLife:
        till = SimulatedTill(self.world, name, line, self.server.tokens[name], 7)
        till.disk.on_commit = lambda: None
        till.start()
        self.settle()
        assert till.life is not None
        till.life.line.heard()
        return till.life

    def settle(self, seconds: float = WAIT_SECONDS) -> None:
        """Everything under way comes to its end."""
        self.world.run(self.world.now + seconds)

    def ring(self, life: TillLife, member: str = "", *, rice: int = 2) -> None:
        """Rice on the bill, and a customer where one is named."""
        if member:
            life.sale.set_customer(life.backend.member(member), CustomerSource.MOBILE)
        life.sale.add(shop.items()[shop.RICE], Quantity.of(rice))
        self.settle()

    def pay(self, life: TillLife) -> None:
        life.checkout.pay_cash()
        self.settle()
        life.checkout.save()
        self.settle()

    def sell_rest(self, life: TillLife) -> None:
        """The bill in hand is paid and saved, and a new one begins."""
        if life.checkout.state.value == "selling":
            life.checkout.begin_payment()
            self.settle()
        self.pay(life)

    def code(self, member: str) -> OneTimeCode:
        """The last one on the customer's phone."""
        words = self.server.phones[shop.mobile(member)][-1]
        return OneTimeCode(next(word for word in words.replace(".", " ").split() if word.isdigit() and len(word) == 6))

    def uses(self, rule_id: str) -> int:
        """So often the backend counted a rule."""
        sql = "SELECT uses FROM rule_uses WHERE rule_id = ? AND member_id = ''"
        row = self.server.db.execute(sql, (rule_id,)).fetchone()
        return int(row[0]) if row is not None else 0

    def items(self) -> list[str]:
        return [story for (story,) in self.server.db.execute("SELECT story FROM reviews WHERE odd = 0")]

    def held(self) -> list[str]:
        return [ref for (ref,) in self.server.db.execute("SELECT redemption_id FROM redemptions WHERE state = 'held'")]
