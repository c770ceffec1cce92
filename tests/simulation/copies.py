"""What a simulated till knows of the shop's rules: the real ``Sync`` over copies in memory, or what was heard last."""

from collections.abc import Callable, Sequence
from typing import Protocol

from tests.simulation import shop
from tukar.domain.bill import Bill
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.people import Salesperson, StaffMember
from tukar.domain.pricing import RuleBook
from tukar.domain.programme import Programme
from tukar.domain.shop import OfflinePoints
from tukar.till.background import Background
from tukar.till.ports import CataloguePage, Hit, LoyaltyBackend, ShopProfile
from tukar.till.sale import Sale


class Shelf:
    """``sync.CatalogueStore``: the goods, which do not change."""

    version = 1
    next_page = ""

    def by_sku(self, sku: str) -> Item | None:
        return shop.items().get(sku)

    def by_code(self, code: str) -> tuple[Item, ...]:
        """What is written on the goods is what they are called."""
        item = shop.items().get(code)
        return () if item is None else (item,)

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        found = (item for item in shop.items().values() if item.name.lower().startswith(text.lower()))
        return tuple(map(Hit, found))[:limit]

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]:
        return tuple(shop.items().values())[:limit]

    def shelves(self) -> tuple[str, ...]:
        return ()

    def on_shelf(self, category: str, limit: int = 60) -> tuple[Item, ...]:
        return ()

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:
        return [item for item in shop.items().values() if goods.names(item)]

    def apply(self, page: CataloguePage) -> None: ...

    def index_some(self, at_most: int = 2_000) -> bool:
        return False


class KeptCopies:
    """``sync.CopyStore`` of one till, across its lives."""

    def __init__(self, book: RuleBook, profile: ShopProfile) -> None:
        self._book = book
        self._profile = profile
        self._people_version = 0

    def programme(self) -> Programme:
        return self._book.programme

    def book(self) -> RuleBook:
        """The programme compiled: once, and not in every life."""
        return self._book

    def keep_programme(self, programme: Programme) -> None:
        self._book = RuleBook.compile(programme, Shelf())

    def shop(self) -> ShopProfile:
        return self._profile

    def keep_shop(self, profile: ShopProfile) -> None:
        self._profile = profile

    @property
    def people_version(self) -> int:
        return self._people_version

    def keep_people(self, version: int, staff: Sequence[StaffMember], salespeople: Sequence[Salesperson]) -> None:
        self._people_version = version

    def staff(self) -> Sequence[StaffMember]:
        return (shop.CASHIER, shop.MANAGER)

    def salespeople(self) -> Sequence[Salesperson]:
        return ()


class TillCopies(Protocol):
    """What a life of a till needs of either sort."""

    @property
    def programme(self) -> Programme: ...

    @property
    def catalogue_version(self) -> int: ...

    @property
    def offline_points(self) -> OfflinePoints: ...

    def rule_book(self) -> RuleBook: ...

    def attach(self, sale: Sale, quiet: Callable[[], bool]) -> None: ...

    def refresh(self, then: Callable[[bool], None]) -> None: ...

    def renewed(self, bill: Bill) -> Bill: ...


class LastHeard:
    """The programme as last heard, fetched again only when it is out of date: a till that does not poll."""

    catalogue_version = 1

    def __init__(self, backend: LoyaltyBackend, background: Background, kept: KeptCopies) -> None:
        self._backend = backend
        self._background = background
        self._kept = kept
        self._sale: Sale | None = None

    @property
    def programme(self) -> Programme:
        return self._kept.programme()

    @property
    def offline_points(self) -> OfflinePoints:
        return self._kept.shop().offline_points

    def rule_book(self) -> RuleBook:
        return self._kept.book()

    def attach(self, sale: Sale, quiet: Callable[[], bool]) -> None:
        self._sale = sale

    def refresh(self, then: Callable[[bool], None]) -> None:
        def heard(programme: Programme) -> None:
            self._kept.keep_programme(programme)
            if self._sale is not None:
                self._sale.use_rules(self.rule_book())
            then(True)

        self._background.run(self._backend.programme, heard, lambda _: then(False))

    def renewed(self, bill: Bill) -> Bill:
        return bill
