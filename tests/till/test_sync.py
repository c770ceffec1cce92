"""The till's copies follow the backend's versions, in the background, and the line is known in one place."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.till.bench import CASHIER, MANAGER, ORDER, Bench, ModelBackend, demo_shop, profile, shelf
from tukar.domain.bill import PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.people import Salesperson, StaffMember
from tukar.domain.pricing import Circumstances
from tukar.domain.programme import Programme
from tukar.domain.redemption import Refusal
from tukar.till.line import Line
from tukar.till.ports import BackendState, CataloguePage, DiskTrouble, DiskTroubleKind, Hit, Refused, ShopProfile
from tukar.till.sale import Sale
from tukar.till.sync import Sync

RICE = "Beras Ramos"


class Store:
    """``sync.CopyStore`` in memory."""

    def __init__(self) -> None:
        self.kept_programme: Programme | None = None
        self.kept_shop: ShopProfile | None = None
        self.people_version = 0
        self.people: tuple[tuple[StaffMember, ...], tuple[Salesperson, ...]] = ((), ())
        self.trouble: DiskTrouble | None = None

    def programme(self) -> Programme | None:
        return self.kept_programme

    def keep_programme(self, programme: Programme) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.kept_programme = programme

    def shop(self) -> ShopProfile | None:
        return self.kept_shop

    def keep_shop(self, shop: ShopProfile) -> None:
        self.kept_shop = shop

    def staff(self) -> tuple[StaffMember, ...]:
        return self.people[0]

    def salespeople(self) -> tuple[Salesperson, ...]:
        return self.people[1]

    def keep_people(self, version: int, staff: Sequence[StaffMember], salespeople: Sequence[Salesperson]) -> None:
        self.people_version, self.people = version, (tuple(staff), tuple(salespeople))


class Catalogue:
    """``sync.CatalogueStore`` in memory."""

    def __init__(self) -> None:
        self.version = 0
        self.next_page = ""
        self.items: dict[str, Item] = {}
        self.applied: list[CataloguePage] = []
        self.to_index = 2

    def by_sku(self, sku: str) -> Item | None:
        return self.items.get(sku) or shelf().by_sku(sku)

    def by_code(self, code: str) -> tuple[Item, ...]:
        return ()

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        return ()

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]:
        return ()

    def shelves(self) -> tuple[str, ...]:
        return ()

    def on_shelf(self, category: str, limit: int = 60) -> tuple[Item, ...]:
        return ()

    def matching(self, goods: object, wanted: int | None = None) -> tuple[Item, ...]:
        return ()

    def apply(self, page: CataloguePage) -> None:
        self.applied.append(page)
        self.items.update((item.sku, item) for item in page.items)
        self.next_page = page.next_page
        if not page.next_page:
            self.version = page.version

    def index_some(self, at_most: int = 2_000) -> bool:
        self.to_index -= 1
        return self.to_index > 0


class Backend(ModelBackend):
    """Serves a catalogue in two pages."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.catalogue_version = 1
        self.staff_version = 1

    def state(self) -> BackendState:
        state = super().state()
        return replace(state, catalogue_version=self.catalogue_version, staff_version=self.staff_version)

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage:
        with self._call("catalogue_page"):
            items = demo_shop().items
            half = items[:10] if not page else items[10:20]
            return CataloguePage(self.catalogue_version, half, next_page="" if page else "2")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def backend(clock: FakeClock) -> Backend:
    return Backend(clock)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture
def background(clock: FakeClock) -> ImmediateBackground:
    return ImmediateBackground(clock)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def sync(backend: Backend, background: ImmediateBackground, line: Line, store: Store, catalogue: Catalogue) -> Sync:
    return Sync(backend, background, line, store, catalogue)


def ready(sync: Sync) -> bool:
    return sync.ready


def sale_for(sync: Sync, line: Line, quiet: bool = True) -> Sale:
    sale = Sale(
        currency=demo_shop().currency,
        ids=FakeIds(),
        rules=sync.rule_book(),
        circumstances=lambda: Circumstances(online=line.redeems),
    )
    sync.attach(sale, lambda: quiet)
    return sale


def test_the_first_contact_brings_everything(sync: Sync, store: Store, catalogue: Catalogue, line: Line) -> None:
    assert not ready(sync)
    with pytest.raises(LookupError):
        sync.programme  # noqa: B018 - asking is the test
    sync.start()
    assert ready(sync)
    assert line.online
    assert sync.programme == store.kept_programme
    assert store.people[0] == (CASHIER, MANAGER)
    assert sync.profile == profile()
    assert (catalogue.version, len(catalogue.applied), catalogue.to_index) == (1, 2, 0)


def test_what_did_not_change_is_not_fetched_again(
    sync: Sync, backend: Backend, background: ImmediateBackground
) -> None:
    sync.start()
    background.advance(300)
    assert backend.calls["state"] == 6
    assert (backend.calls["programme"], backend.calls["staff"], backend.calls["catalogue_page"]) == (1, 1, 2)


def test_each_version_brings_its_own_part(
    sync: Sync, backend: Backend, background: ImmediateBackground, catalogue: Catalogue
) -> None:
    sync.start()
    backend.staff_version = 2
    background.advance(61)
    assert (backend.calls["staff"], backend.calls["programme"]) == (2, 1)
    backend.catalogue_version = 2
    background.advance(61)
    assert catalogue.version == 2
    backend.programme_version += 1
    background.advance(61)
    assert (backend.calls["programme"], sync.programme.version) == (2, backend.programme_version)


def test_an_interrupted_catalogue_goes_on_where_it_stopped(
    sync: Sync, backend: Backend, catalogue: Catalogue, background: ImmediateBackground
) -> None:
    catalogue.next_page = "2"
    sync.start()
    assert [page.items[0].sku for page in catalogue.applied] == [demo_shop().items[10].sku]
    assert catalogue.version == 1


def test_yesterdays_copies_serve_without_the_line(backend: Backend, background: ImmediateBackground) -> None:
    store, line = Store(), Line()
    store.kept_programme, store.kept_shop = demo_shop().programme, profile()
    backend.down = True
    sync = Sync(backend, background, line, store, Catalogue())
    sync.start()
    assert ready(sync)
    assert not line.online
    assert sync.programme == demo_shop().programme


def test_it_looks_for_the_line_every_ten_seconds_and_tells_when_it_is_back(
    sync: Sync, backend: Backend, background: ImmediateBackground, line: Line
) -> None:
    heard: list[bool] = []
    line.listen(heard.append)
    backend.down = True
    sync.start()
    background.advance(35)
    assert backend.calls["state"] == 4
    backend.down = False
    background.advance(10)
    assert heard == [True]
    assert ready(sync)


def test_the_bill_is_priced_again_when_the_line_comes_or_goes(sync: Sync, line: Line) -> None:
    sync.start()
    sale = sale_for(sync, line)
    sale.set_customer(Bench().customer())
    sale.add(shelf().named(RICE), Quantity.of(2))
    assert sale.claim(ORDER)
    line.lost()
    assert sale.priced.spent == ()
    line.heard()
    assert sale.priced.spent != ()


def test_a_hold_keeps_its_discount_without_the_line(sync: Sync, line: Line) -> None:
    sync.start()
    sale = sale_for(sync, line)
    sale.set_customer(Bench().customer())
    sale.add(shelf().named(RICE), Quantity.of(2))
    sale.claim(ORDER)
    line.holding = True
    line.lost()
    assert sale.priced.spent != ()


def test_new_rules_wait_until_the_sale_is_quiet(sync: Sync, backend: Backend, line: Line) -> None:
    sync.start()
    sale = sale_for(sync, line, quiet=False)
    before = sale.rules
    backend.programme_version += 1
    sync.start()
    assert sale.rules is before
    assert sync.programme.version == before.programme.version
    sync.apply_held_back()
    assert sale.rules.programme.version == backend.programme_version == sync.programme.version


def test_rules_held_back_take_effect_with_the_next_change_of_a_quiet_sale(
    sync: Sync, backend: Backend, line: Line, background: ImmediateBackground
) -> None:
    sync.start()
    sale = Sale(currency=demo_shop().currency, ids=FakeIds(), rules=sync.rule_book(), circumstances=Circumstances)
    quiet: list[bool] = []
    sync.attach(sale, lambda: bool(quiet))
    backend.programme_version += 1
    sync.start()
    sale.add(shelf().named(RICE))
    background.advance(0)
    assert sale.rules.programme.version == backend.programme_version - 1
    quiet.append(True)
    sale.add(shelf().named(RICE))
    background.advance(0)
    assert sale.rules.programme.version == backend.programme_version


def test_a_refresh_applies_at_once_and_answers(sync: Sync, backend: Backend, line: Line) -> None:
    sync.start()
    sale = sale_for(sync, line, quiet=False)
    backend.programme_version += 1
    answers: list[bool] = []
    sync.refresh(answers.append)
    assert answers == [True]
    assert sale.rules.programme.version == backend.programme_version
    backend.down = True
    sync.refresh(answers.append)
    assert answers == [True, False]


def test_a_refusal_is_shown_and_counts_as_online(sync: Sync, backend: Backend, line: Line) -> None:
    backend.refuses["state"] = deque([Refused(Refusal.REVOKED)])
    sync.start()
    assert (sync.model.refused, line.online) == (Refusal.REVOKED, True)


def test_a_disk_that_fails_is_shown_and_tried_again(sync: Sync, store: Store, background: ImmediateBackground) -> None:
    store.trouble = DiskTrouble(DiskTroubleKind.FULL)
    sync.start()
    assert sync.model.trouble is store.trouble
    store.trouble = None
    background.advance(61)
    assert ready(sync)
    assert sync.model.trouble is None


def test_a_bill_is_renewed_by_the_present_catalogue(sync: Sync, catalogue: Catalogue, line: Line) -> None:
    sync.start()
    sale = sale_for(sync, line)
    rice, soap = shelf().named(RICE), shelf().named("Sabun Lifebuoy")
    sale.add(rice)
    line_id = sale.add(soap)
    dearer = UnitPrice(rice.price.scaled * 2, rice.currency)
    sale.override_price(line_id, dearer, PriceOverride("damaged", "rani"))
    catalogue.items = {
        rice.sku: replace(rice, price=dearer),
        soap.sku: replace(soap, price=UnitPrice(0, soap.currency)),
    }
    renewed = sync.renewed(sale.bill)
    assert [one.unit_price for one in renewed.lines] == [dearer, dearer]
    assert [one.item.price for one in renewed.lines] == [dearer, UnitPrice(0, soap.currency)]
