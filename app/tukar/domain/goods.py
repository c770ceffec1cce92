"""Which goods a rule means: a filter over skus, categories, tags and products (FORMAT.md, "Rule")."""

from dataclasses import dataclass

from tukar.domain.item import Item


@dataclass(frozen=True, slots=True)
class Goods:
    """Names goods that are in any of its lists; an empty list names nothing, no list at all names everything."""

    items: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    products: frozenset[str] | None = None

    @property
    def names_all(self) -> bool:
        return self.items is None and self.categories is None and self.tags is None and self.products is None

    @property
    def names_none(self) -> bool:
        """Whether lists are there and all of them are empty."""
        return not self.names_all and not (self.items or self.categories or self.tags or self.products)

    def pairs(self) -> list[tuple[str, str]]:
        """All names in it with the list they are in."""
        lists = (
            ("items", self.items),
            ("categories", self.categories),
            ("products", self.products),
            ("tags", self.tags),
        )
        return [(sort, name) for sort, names in lists if names for name in names]

    def names(self, item: Item) -> bool:
        if self.names_all:
            return True
        return bool(
            (self.items and item.sku in self.items)
            or (self.categories and item.category in self.categories)
            or (self.products and product_of(item) in self.products)
            or (self.tags and not self.tags.isdisjoint(item.tags))
        )


def product_of(item: Item) -> str:
    """The product an item belongs to; an item without one is its own product."""
    return item.product or item.sku
