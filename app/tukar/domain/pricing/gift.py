"""Free items on top of the bill, a line of their own at 0 (FORMAT.md, ``free_item``)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.pricing.state import Gift, Plan
from tukar.domain.reward import FreeItem


class ItemSource(Protocol):
    """The catalogue as pricing needs it: look-ups for gifts and choices, in the catalogue's own order."""

    def by_sku(self, sku: str) -> Item | None: ...

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:
        """All items that ``goods`` names; who needs only the first few on sale says so, and may get more all the same.

        A million of them take half a minute to be read.
        """
        ...


def choices(reward: FreeItem, items: ItemSource) -> tuple[Item, ...]:
    """The items that may be given: active ones only, in the order of the catalogue."""
    if reward.sku:
        item = items.by_sku(reward.sku)
        return (item,) if item is not None and item.active else ()
    return tuple(item for item in items.matching(reward.goods()) if item.active)


def plan_gift(reward: FreeItem, item: Item | None, pieces: int, cost: Fraction) -> Plan:
    """``pieces`` of ``item``, each ``quantity`` begun for ``cost``; nothing where there is none to give."""
    if item is None or pieces <= 0:
        return Plan()
    times = -(-pieces // reward.quantity)
    return Plan(gifts=[Gift(item, pieces)], spent=cost * times)
