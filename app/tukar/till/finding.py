"""Finding an item by its name or code and putting it on the bill."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.barcode import has_right_check_digit, looks_like_barcode
from tukar.domain.item import Item
from tukar.domain.money import QUANTITY_DIGITS, Money, Quantity, parse_scaled
from tukar.domain.scale_code import ScalePattern, money_of, quantity_for, read_scale_code
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Hit, ItemIndex
from tukar.till.sale import Sale, SaleChange

HITS: Final = 20
TILES: Final = 12

_TYPED: Final = re.compile(
    r"\s*(?:(?P<many>\d{1,4}(?:[.,]\d{1,3})?)\s*[*xX×]|(?P<check>\?))?\s*(?P<rest>.*?)\s*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed into the search field: ``3*kopi`` is three of it, ``?kopi`` only asks for its price."""

    needle: str
    quantity: Quantity | None = None
    only_price: bool = False

    @classmethod
    def read(cls, text: str) -> "Wish":
        """Total: whatever is no quantity is a needle, also a quantity of zero."""
        match = _TYPED.fullmatch(text)
        if match is None:
            return cls(text.strip())
        many = match["many"]
        quantity = Quantity(parse_scaled(many.replace(",", "."), QUANTITY_DIGITS)) if many else None
        if quantity is not None and not quantity:
            return cls(text.strip())
        return cls(match["rest"], quantity, match["check"] is not None)


@dataclass(frozen=True, slots=True)
class FindingModel:
    """What the search shows.

    ``text`` is what stands in the field. ``typing`` is True from the first letter until a hit was taken: then Enter
    takes ``hits[chosen]``; ``chosen`` is -1 when there is nothing to take. ``asks`` marks a choice that the code
    alone did not settle. ``priced`` is an item whose price was asked for. ``tiles`` are those often sold, or what is
    on the ``shelf`` that was chosen; while somebody chooses one, ``shelves`` are the categories there are.
    """

    text: str = ""
    hits: tuple[Hit, ...] = ()
    chosen: int = -1
    typing: bool = False
    asks: bool = False
    quantity: Quantity | None = None
    priced: Item | None = None
    tiles: tuple[Item, ...] = ()
    shelf: str = ""
    shelves: tuple[str, ...] = ()
    notice: Notice | None = None


class FindingView(Protocol):
    """Where the search is shown."""

    def show_finding(self, model: FindingModel) -> None: ...


class QuantityTaker(Protocol):
    """Gets a quantity that was typed without an item: it is for the selected line."""

    def set_quantity(self, quantity: Quantity) -> None: ...


AskAge = Callable[[int, Callable[[], None]], None]
"""Asks whether the buyer has so many years, and calls back when somebody said so."""


class Finding:
    """Searches while somebody types, and sells what was found (journey A, "search an item by name and add it").

    A whole code is compared exactly first; one that only differs in case and fits several items asks.
    ``scale`` are the patterns of barcodes that hold a weight or a price. ``ask_age`` asks whether the buyer has the
    years an item wants, once a bill, and calls back only when they have.
    """

    def __init__(
        self,
        *,
        view: FindingView,
        index: ItemIndex,
        sale: Sale,
        quantities: QuantityTaker,
        scale: tuple[ScalePattern, ...] = (),
        ask_age: AskAge = lambda _years, sell: sell(),
    ) -> None:
        self._view = view
        self._index = index
        self._sale = sale
        self._quantities = quantities
        self._scale = scale
        self._ask_age = ask_age
        self._seen_age = ("", 0)
        self._moved = False
        self._model = FindingModel()
        sale.listen(self._bill_changed)

    def open(self) -> None:
        """Shows the empty search with the tiles; also after the catalogue changed."""
        self._show(FindingModel(tiles=self._index.often_sold(TILES)))

    def type(self, text: str) -> None:
        """The field now holds ``text``."""
        wish = Wish.read(text)
        hits = self._index.find(wish.needle, HITS) if wish.needle else ()
        self._moved = False
        self._show(
            FindingModel(
                text=text,
                hits=hits,
                chosen=0 if hits else -1,
                typing=bool(text),
                quantity=wish.quantity,
                tiles=self._model.tiles,
                shelf=self._model.shelf,
            )
        )

    def move(self, steps: int) -> None:
        """Marks another hit; stays at the ends."""
        if self._model.hits:
            self._moved = True
            last = len(self._model.hits) - 1
            chosen = min(max(self._model.chosen + steps, 0), last)
            self._show(replace(self._model, chosen=chosen, typing=True, notice=None))

    def clear(self) -> None:
        """Empties the field."""
        self._show(FindingModel(tiles=self._model.tiles, shelf=self._model.shelf))

    def browse(self) -> None:
        """Shows the shelves to choose from; from a shelf, or while choosing, back to what is often sold."""
        if self._model.shelf or self._model.shelves:
            self.open()
        else:
            self._show(replace(self._model, shelves=self._index.shelves()))

    def choose_shelf(self, name: str) -> None:
        """A shelf was touched."""
        self._show(replace(self._model, shelf=name, shelves=(), tiles=self._index.on_shelf(name)))

    def take(self) -> None:
        """Enter: sells what the field means, the marked hit or the whole code."""
        wish = Wish.read(self._model.text)
        if not wish.needle:
            self._take_quantity(wish.quantity)
        elif self._moved or self._model.asks:
            self._take_hit(self._model.chosen, wish)
        elif not self._take_code(wish):
            self._take_marked(wish)

    def pick(self, index: int) -> None:
        """A hit was touched."""
        self._take_hit(index, Wish.read(self._model.text))

    def sell(self, sku: str) -> None:
        """A tile was touched; a quantity typed before it counts."""
        item = self._index.by_sku(sku)
        if item is None:
            self._say(Notice(Say.UNKNOWN_ITEM, Level.WARN, text=sku))
        else:
            self._settle(item, self._half_typed())

    def scan(self, code: str) -> None:
        """A scanner read ``code``, whatever has the focus; what is half typed stays."""
        typed, half = self._model, self._half_typed()
        quantity = None if half.needle else half.quantity
        if not self._take_code(Wish(code.strip(), quantity)):
            self._say_unknown(code.strip())
        elif typed.typing and half.needle and not self._model.asks and self._model.notice is None:
            self._show(typed)

    def _half_typed(self) -> Wish:
        """What is being typed; a text that stays where it is after its goods were taken counts no more."""
        return Wish.read(self._model.text) if self._model.typing else Wish("")

    def _bill_changed(self, change: SaleChange) -> None:
        """The next customer's bill begins without what was found for the one before; what is half typed stays."""
        if not change.same_bill and self._model.text and not self._model.typing:
            self.clear()

    def _take_quantity(self, quantity: Quantity | None) -> None:
        if quantity is not None:
            self._quantities.set_quantity(quantity)
            self.clear()

    def _take_hit(self, index: int, wish: Wish) -> None:
        if 0 <= index < len(self._model.hits):
            self._settle(self._model.hits[index].item, wish)

    def _take_code(self, wish: Wish) -> bool:
        items = self._index.by_code(wish.needle)
        if len(items) == 1:
            self._settle(items[0], wish)
        elif items:
            self._ask(items, wish)
        return bool(items) or self._take_label(wish.needle)

    def _take_label(self, code: str) -> bool:
        """What a scale in the shop has printed: its item with weight or price."""
        reading = read_scale_code(code, self._scale)
        items = () if reading is None else self._index.by_code(reading.item_code)
        if reading is None or len(items) != 1:
            return False
        item = items[0]
        price = money_of(reading, item.currency)
        quantity = Quantity(reading.grams) if reading.grams is not None else None
        if price is not None:
            quantity = quantity_for(price, item.charged_price) if item.weighed else None
        if price is not None and quantity is None:
            self._settle(item, Wish(code), label=price)
        else:
            self._settle(item, Wish(code, quantity))
        return True

    def _take_marked(self, wish: Wish) -> None:
        if self._model.hits and not looks_like_barcode(wish.needle):
            self._take_hit(self._model.chosen, wish)
        else:
            self._say_unknown(wish.needle)

    def _say_unknown(self, code: str) -> None:
        misread = looks_like_barcode(code) and not has_right_check_digit(code)
        self._say(Notice(Say.BARCODE_MISREAD if misread else Say.UNKNOWN_ITEM, Level.WARN, text=code))

    def _ask(self, items: tuple[Item, ...], wish: Wish) -> None:
        self._show(
            replace(
                self._model,
                text=self._model.text or wish.needle,
                hits=tuple(Hit(item) for item in items),
                chosen=0,
                typing=True,
                asks=True,
                notice=Notice(Say.WHICH_ITEM, Level.INFO, text=wish.needle, count=len(items)),
            )
        )

    def _settle(self, item: Item, wish: Wish, label: Money | None = None) -> None:
        quantity = wish.quantity
        if wish.only_price:
            self._taken(priced=item)
        elif not item.active:
            self._say(Notice(Say.ITEM_NOT_SOLD, Level.WARN, text=item.name))
        elif quantity is not None and not quantity.is_whole and not item.weighed:
            self._say(Notice(Say.SOLD_BY_PIECE, Level.WARN, text=item.name))
        elif self._sale.locked:
            self._say(Notice(Say.POINTS_ASKED, Level.INFO))
        elif item.minimum_age > self._age_seen():
            bill_id = self._sale.bill.bill_id
            self._ask_age(item.minimum_age, lambda: self._old_enough(bill_id, item, wish, label))
        else:
            if label is not None:
                self._sale.add_labelled(item, label)
            else:
                self._sale.add(item, quantity)
            self._taken()

    def _age_seen(self) -> int:
        """The years that were asked for on the bill in hand."""
        bill_id, years = self._seen_age
        return years if bill_id == self._sale.bill.bill_id else 0

    def _old_enough(self, bill_id: str, item: Item, wish: Wish, label: Money | None) -> None:
        """The buyer has the years; a bill that changed meanwhile is another buyer's."""
        if bill_id == self._sale.bill.bill_id:
            self._seen_age = (bill_id, item.minimum_age)
            self._settle(item, wish, label)

    def _taken(self, priced: Item | None = None) -> None:
        self._moved = False
        self._show(replace(self._model, typing=False, asks=False, chosen=-1, quantity=None, priced=priced, notice=None))

    def _say(self, notice: Notice) -> None:
        # The text stays where it is, so that nothing has to be typed twice.
        self._show(replace(self._model, typing=bool(self._model.text), notice=notice))

    def _show(self, model: FindingModel) -> None:
        self._model = model
        self._view.show_finding(model)
