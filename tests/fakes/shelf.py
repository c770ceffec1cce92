"""The demo shop's articles and any others a test puts beside them, as index for the search and source for pricing."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.server.demo_shop import DemoShop, read_demo_shop
from tukar.till.ports import Hit

TODAY = date(2026, 11, 21)


@cache
def demo_shop() -> DemoShop:
    return read_demo_shop(TODAY)


class FakeShelf:
    """``ports.ItemIndex`` and the engine's source of items, in memory and by plain looking."""

    version = 1

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.items = (*demo_shop().items, *items)
        self._by_sku = {item.sku: item for item in self.items}

    def by_sku(self, sku: str) -> Item | None:
        return self._by_sku.get(sku)

    def named(self, beginning: str) -> Item:
        """The first whose name begins like that."""
        return next(item for item in self.items if item.name.startswith(beginning))

    def by_code(self, code: str) -> tuple[Item, ...]:
        exact = tuple(item for item in self.items if code in (item.sku, *item.barcodes))
        folded = code.casefold()
        return exact or tuple(
            item for item in self.items if folded in (known.casefold() for known in (item.sku, *item.barcodes))
        )

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        folded = text.casefold()
        hits = []
        for item in self.items:
            at = item.name.casefold().find(folded)
            if at >= 0:
                hits.append(Hit(item, ((at, len(text)),)))
            elif any(code.casefold().startswith(folded) for code in (item.sku, *item.barcodes)):
                hits.append(Hit(item))
        return tuple(hits[:limit])

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]:
        return tuple(sorted(self.items, key=lambda item: -item.popularity)[:limit])

    def shelves(self) -> tuple[str, ...]:
        return tuple(sorted({item.category for item in self.items if item.category}))

    def on_shelf(self, category: str, limit: int = 60) -> tuple[Item, ...]:
        found = (item for item in self.items if item.category == category and item.active)
        return tuple(sorted(found, key=lambda item: -item.popularity)[:limit])

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:
        return ()
