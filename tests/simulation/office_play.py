"""What every play in the manager's room has at hand: the life of the machine, its screens, the server's books."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar
from zoneinfo import ZoneInfo

from tests.simulation import shop
from tests.simulation.office_books import Books

if TYPE_CHECKING:
    from tests.simulation.office import ManagersOffice, OfficeLife

V = TypeVar("V", str, int, float)

Script = Iterator[float]
"""Touches with a pause after each, in which answers come."""
AT_ONCE: Final = 0.02
"""Before anything can be answered."""
A_MOMENT: Final = 0.5
A_PAUSE: Final = 4.0
WRONG_PIN: Final = "000000"


class Plays:
    """Those of one life of the office's machine."""

    def __init__(self, life: "OfficeLife", office: "ManagersOffice") -> None:
        self._life = life
        self._office = office
        self._views = life.views
        self._books = Books(office.server)

    def _today(self) -> date:
        """The day of the shop as the server has it; what a page knows of it may be from before midnight."""
        return self._office.server.clock.now().astimezone(ZoneInfo(shop.ZONE)).date()

    def _pick(self, name: str, tame: V, *wild: tuple[V, float]) -> V:
        return self._office.world.choices.pick(f"office.{name}", tame, wild)

    def _violated(self, words: str) -> None:
        self._office.violated(f"room: {words}")
