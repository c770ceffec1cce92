"""What stays at a desk when its till ends: settings, the first copies of the shop, people, and wrong tries.

The settings lie there as the text that the program writes, over what the shop's administrator gives all tills.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.fakes.tries import FakeTries
from tests.simulation import shop
from tests.simulation.copies import Shelf
from tests.simulation.front import People
from tests.simulation.server import SimulatedServer
from tests.simulation.world import World
from tukar.domain.item import Item
from tukar.domain.people import Role, Salesperson, StaffMember
from tukar.domain.programme import Programme
from tukar.local.settings import read_settings, write_settings
from tukar.till.keys import keys_of
from tukar.till.ports import CataloguePage, DiskTrouble, DiskTroubleKind, Settings, ShopProfile
from tukar.till.settings_table import NOTHING, Decides, Given, read

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

NEWCOMER: Final = StaffMember("c-2", "Tono", Role.CASHIER, pin_hash="271828", password_hash="a long way")
FULL_CHANCE: Final = 0.08
"""How often the settings find no room, beside what else goes wrong with the disk."""
SLOW_CHANCE: Final = 0.2
SLOW_SECONDS: Final = 0.4
"""What a disk takes that is busy; whatever else is written meanwhile gets there first."""


class ChangingPeople(People):
    """Who may sign in, while the shop takes people on and lets them go."""

    def __init__(self) -> None:
        self.has_newcomer = False

    def staff(self) -> tuple[StaffMember, ...]:
        return (*super().staff(), NEWCOMER) if self.has_newcomer else super().staff()


class FirstCopies:
    """``sync.CopyStore`` of a till that has never heard of its shop."""

    def __init__(self) -> None:
        self._programme: Programme | None = None
        self._profile: ShopProfile | None = None
        self._staff: Sequence[StaffMember] = ()
        self._salespeople: Sequence[Salesperson] = ()
        self.people_version = 0

    def programme(self) -> Programme | None:
        return self._programme

    def keep_programme(self, programme: Programme) -> None:
        self._programme = programme

    def shop(self) -> ShopProfile | None:
        return self._profile

    def keep_shop(self, shop: ShopProfile) -> None:
        self._profile = shop

    def keep_people(self, version: int, staff: Sequence[StaffMember], salespeople: Sequence[Salesperson]) -> None:
        self.people_version, self._staff, self._salespeople = version, staff, salespeople

    def staff(self) -> Sequence[StaffMember]:
        return self._staff

    def salespeople(self) -> Sequence[Salesperson]:
        return self._salespeople


class FirstGoods(Shelf):
    """``sync.CatalogueStore`` that fills page by page."""

    def __init__(self) -> None:
        self.version = 0
        self.next_page = ""
        self.items: dict[str, Item] = {}

    def count(self) -> int:
        return len(self.items)

    def apply(self, page: CataloguePage) -> None:
        self.items.update({item.sku: item for item in page.items})
        self.next_page = page.next_page
        if not page.next_page:
            self.version = page.version


class KeptDesk:
    """All of that, and what the settings must be when somebody looks again."""

    def __init__(self, world: World, server: SimulatedServer, name: str, violated: Callable[[str], None]) -> None:
        self.world = world
        self.server = server
        self.name = name
        self.violated = violated
        self.people = ChangingPeople()
        self.tries = FakeTries()
        self.copies = FirstCopies()
        self.goods = FirstGoods()
        self.is_connected = False
        """Whether somebody typed address and code already."""
        self.given: Given = NOTHING
        """What the shop's administrator gives all tills."""
        self.pushed: bytes | None = None
        """What the administrator gave since, which counts from the next start on."""
        self.text = b""
        self._chosen = [Settings()]
        """What was kept for certain, and what was chosen since."""
        self._compared: tuple[bytes, Given, Settings] | None = None
        """The text, and what is in force by it, that were last found to be the same."""

    def loaded(self) -> Settings:
        """The settings in force at a start: the last that were kept for certain, or later ones."""
        found = self.read()
        if not any(self._same(found, chosen) for chosen in self._chosen):
            self.violated(f"the settings of till {self.name} are {found}, and {self._chosen} were chosen")
        if self.pushed is not None:
            self.given, self.pushed = read(self.pushed, lambda setting: setting.decides is not Decides.TILL), None
            found = self._follows_shop()
        self._chosen = [found]
        return found

    def read(self) -> Settings:
        return read_settings(self.text, self.given)

    def write(self, settings: Settings) -> None:
        self.text = write_settings(settings, self.given).encode()

    def chose(self, settings: Settings) -> None:
        """Somebody chose, and it may reach the disk any time from now on."""
        if settings != self._chosen[-1]:
            self._chosen.append(settings)

    def settled(self, settings: Settings) -> None:
        """Nothing is being written any more, and the disk took it all: these are kept from now on."""
        compared = (self.text, self.given, settings)
        if compared != self._compared:
            found = self.read()
            if not self._same(found, settings):
                self.violated(f"till {self.name} has settings {settings}, and {found} on its disk")
            self._compared = compared
        self._chosen = [settings]

    def _same(self, found: Settings, chosen: Settings) -> bool:
        """But for what the shop has fixed."""
        fixed = {name: getattr(chosen, name) for name in self.given.fixed}
        have_same_keys = dict(keys_of(found.keys)) == dict(keys_of(chosen.keys))
        return have_same_keys and replace(found, keys=chosen.keys, **fixed) == chosen

    def _follows_shop(self) -> Settings:
        """Where the till never chose otherwise, and where the shop leaves no choice, it is as the shop says."""
        found, own = self.read(), read(self.text).values
        shops = {name: value for name, value in self.given.values.items() if name not in own}
        for name, value in {**shops, **self.given.fixed}.items():
            if getattr(found, name) != value:
                self.violated(f"till {self.name} has {name} = {getattr(found, name)}, and its shop says {value}")
        return found


class SettingsFile:
    """``ports.SettingsStore`` of one life, which may end before and after every save."""

    def __init__(self, life: "TillLife", kept: KeptDesk) -> None:
        self.trouble = ""
        self.is_behind = False
        """Whether the last save found no room."""
        self._life = life
        self._kept = kept

    def load(self) -> Settings:
        return self._kept.loaded()

    def save(self, settings: Settings) -> None:
        world, till = self._life.till.world, self._life.till
        self._kept.chose(settings)
        self.is_behind = True
        if world.choices.pick(f"settings.slow.{till.name}", "", (("slow", SLOW_CHANCE),)):
            world.wait(lambda: not self._life.alive, SLOW_SECONDS)
        world.point(self._life, "settings.save")
        is_full = world.choices.pick(f"settings.{till.name}", "", (("full", FULL_CHANCE),))
        if is_full or till.disk.fault():
            raise DiskTrouble(DiskTroubleKind.FULL, "simulated")
        self._kept.write(settings)
        self.is_behind = False
        world.point(self._life, "settings.saved")


def goods_of_shop() -> dict[str, Item]:
    """What a till must have once it was told everything."""
    return shop.items()
