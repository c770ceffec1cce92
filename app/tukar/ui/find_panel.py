"""The search: one field, what it found, and the tiles of what is often sold."""

from collections.abc import Mapping
from functools import partial
from zlib import crc32

from PySide6.QtCore import QCoreApplication, QRect, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from tukar.domain.barcode import grouped
from tukar.domain.item import Item
from tukar.till.finding import FindingModel
from tukar.till.notices import Notice
from tukar.till.ports import Hit
from tukar.ui.kit import (
    Card,
    Colour,
    Field,
    HitDelegate,
    HitRow,
    Icon,
    Ink,
    Look,
    NoticeStrip,
    Plane,
    QuietButton,
    Role,
    RowList,
    SizeClass,
    Text,
    Thumb,
    TileButton,
    Tone,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import selling
from tukar.ui.wording.signing_in import initials

BROWSE_KEY = "Ctrl+G"
_TILES = 20
_COLUMNS = 2
_HEADING = 20


class FindPanel(Plane):
    """Emits what is typed, touched and taken; Enter and the arrows come from the window.

    In a compact window it is only the field at the head of the bill, and the hits drop over the bill (``drop``).
    """

    edited = Signal(str)
    picked = Signal(int)
    tile_touched = Signal(str)
    browse_requested = Signal()
    shelf_chosen = Signal(str)
    pictures_wanted = Signal(tuple)

    def __init__(self, look: Look, language: Language, floor: QWidget, key: str) -> None:
        super().__init__(look)
        self._look = look
        self._language = language
        self._model = FindingModel()
        self._key = key
        self.field = Field(look, "", icon=Icon.SEARCH, key=key)
        self.field.edited.connect(self.edited)
        self.drop = Card(look, floor, "")
        self._heading, self._often = (Text(look, "", Ink(Role.LABEL, Colour.INK_2)) for _ in range(2))
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self._notice = NoticeStrip(look)
        self._delegate = HitDelegate(look)
        self.hits = RowList(look, self._delegate, "")
        self.hits.picked.connect(self.picked)
        self.tiles = [TileButton(look, "", "") for _ in range(_TILES)]
        for place, tile in enumerate(self.tiles):
            tile.clicked.connect(partial(self._touch_tile, place))
        self.browse = QuietButton(look, "", key=BROWSE_KEY, flush=True)
        self.browse.clicked.connect(self.browse_requested)
        self._wanted: tuple[str, ...] = ()
        self._pictures: Mapping[str, QImage] = {}
        self._page = 0
        self._room = self._shown = 0
        parts = (self.field, self.hits, self._notice, self._heading, self._hint, self._often, self.browse, *self.tiles)
        for widget in parts:
            widget.setParent(self)
        language.changed.connect(self._renew)
        look.changed.connect(self._renew)
        self._renew()

    @property
    def compact(self) -> bool:
        return self._look.theme.size is SizeClass.COMPACT

    @property
    def typing(self) -> bool:
        """Whether Enter belongs to the search now."""
        return self._model.typing

    def show_finding(self, model: FindingModel) -> None:
        if model == self._model and self.field.text() == self._text(model):
            return  # a scan changes nothing here
        if (model.shelf, model.shelves) != (self._model.shelf, self._model.shelves):
            self._page = 0
        self._model = model
        self._renew()

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """By the names that the catalogue gives; an item without one keeps its initials."""
        self._pictures = pictures
        self.arrange()

    def start_with(self, text: str) -> None:
        """Somebody typed without going to the field first."""
        self.field.setFocus()
        self.field.set_text(text)
        self.edited.emit(text)

    def show_over(self, *, bill: bool) -> None:
        """Takes the tone of the plane it heads: the bill's in a compact window."""
        self.set_colour(Colour.PLANE if bill else Colour.CANVAS)
        self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def _touch_tile(self, place: int) -> None:
        if self._turns and place == self._shown - 1:
            self._page = (self._page + 1) % self._pages
            self.arrange()
            return
        at = self._first + place
        if self._model.shelves:
            if at < len(self._model.shelves):
                self.shelf_chosen.emit(self._model.shelves[at])
        elif at < len(self._model.tiles):
            self.tile_touched.emit(self._model.tiles[at].sku)

    # The grid: as many tiles as there is room for; the last one turns the page where there are more.

    @property
    def _entries(self) -> int:
        return len(self._model.shelves or self._model.tiles)

    @property
    def _turns(self) -> bool:
        """What is often sold needs no second page: the best are on the first."""
        browsing = bool(self._model.shelf or self._model.shelves)
        return browsing and self._entries > self._room > 1

    @property
    def _pages(self) -> int:
        return -(-self._entries // (self._room - 1)) if self._turns else 1

    @property
    def _first(self) -> int:
        return self._page * (self._room - 1) if self._turns else 0

    def _label_tiles(self, shown: int) -> None:
        model, write = self._model, self._language.format
        for place, tile in enumerate(self.tiles[:shown]):
            at = self._first + place
            if self._turns and place == shown - 1:
                tile.set_item(QCoreApplication.translate("Find", "More"), f"{self._page + 1} / {self._pages}")
            elif model.shelves:
                tile.set_item(selling.shelf(model.shelves[at]), "")
            else:
                item = model.tiles[at]
                tile.set_item(item.name, write.unit_price(item.charged_price), self._thumb(item))
        names = tuple(item.picture for item in model.tiles if item.picture) if not model.shelves else ()
        if names != self._wanted:
            self._wanted = names
            self.pictures_wanted.emit(names)

    def _thumb(self, item: Item) -> Thumb | None:
        """Goods of a shelf always have one; what is often sold has where the shop has pictures at all."""
        if not self._model.shelf and not self._pictures:
            return None
        return Thumb(initials(item.name), crc32(item.category.encode()), self._pictures.get(item.picture))

    def _renew(self) -> None:
        model = self._model
        name = QCoreApplication.translate("Find", "Item name or code")
        self.field.set_words(name, name)
        text = self._text(model)
        if self.field.text() != text:
            self.field.set_text(text)
        self.hits.setAccessibleName(QCoreApplication.translate("Find", "Items found"))
        self.drop.setAccessibleName(self.hits.accessibleName())
        self._delegate.next_key = "Enter" if model.typing else ""
        self.hits.show_rows([self._row(hit) for hit in model.hits])
        self.hits.choose(model.chosen)
        self._heading.setText(self._found())
        self._often.setText(self._shelf_words())
        elsewhere = bool(model.shelf or model.shelves)
        self.browse.set_label(
            QCoreApplication.translate("Find", "Often sold")
            if elsewhere
            else QCoreApplication.translate("Find", "All shelves")
        )
        self._hint.setText(QCoreApplication.translate("Find", "Enter adds the marked item, arrows choose another"))
        self._tell(model.notice)
        self.arrange()

    def _text(self, model: FindingModel) -> str:
        return "" if self.compact and not model.typing else model.text

    def _shelf_words(self) -> str:
        if self._model.shelves:
            return QCoreApplication.translate("Find", "Choose a shelf")
        if self._model.shelf:
            return selling.shelf(self._model.shelf)
        return QCoreApplication.translate("Find", "Often sold here")

    def _found(self) -> str:
        words = selling.items(len(self._model.hits), self._language)
        if self._model.quantity is None:
            return words
        quantity = self._language.format.quantity(self._model.quantity)
        return QCoreApplication.translate("Find", "{found}, takes {quantity}").format(found=words, quantity=quantity)

    def _tell(self, notice: Notice | None) -> None:
        priced = self._model.priced
        if notice is not None or priced is None:
            tell(self._notice, notice, self._language)
            return
        words = QCoreApplication.translate("Find", "{item} costs {price}.")
        price = self._language.format.unit_price(priced.charged_price)
        self._notice.show_notice(Tone.CALM, words.format(item=priced.name, price=price), icon=Icon.TAG)

    def _row(self, hit: Hit) -> HitRow:
        item = hit.item
        price = self._language.format.unit_price(item.charged_price)
        code = grouped(item.barcodes[0]) if item.barcodes else item.sku
        return HitRow(item.name, hit.matched, code, price, f"{item.name}, {price}, {code}")

    def arrange(self) -> None:
        """Gives everything its place for the present size and model."""
        theme = self._look.theme
        margin = theme.layout.pad - 8
        top = 12 if self.compact else 16
        inner = QRect(margin, top, self.width() - 2 * margin, theme.layout.search)
        self.field.setGeometry(inner)
        self._delegate.pad = 16 if self.compact else margin
        if self.compact:
            self._arrange_drop()
        else:
            self._arrange_plane(inner)

    def _arrange_drop(self) -> None:
        """The hits over the bill, in high rows that end on an edge of the bill's rows."""
        for widget in (self._often, self._heading, self.browse, *self.tiles):
            widget.hide()
        model, row = self._model, self._look.theme.layout.hit
        floor = self.drop.parentWidget()
        wanted = model.typing and (bool(model.hits) or model.notice is not None or model.quantity is not None)
        wanted = wanted or model.notice is not None or model.priced is not None
        if floor is None or not wanted or not self.isVisible():
            for widget in (self.hits, self._notice, self._hint):
                widget.hide()
            self.drop.leave()
            return
        for widget in (self.hits, self._notice, self._hint):
            widget.setParent(self.drop)
        corner = self.mapTo(floor, self.field.geometry().bottomLeft())
        width = self.field.width()
        told = self._notice_height(width - 16) if self._notice_told else 0
        listed = min(len(model.hits), 7) * row if model.typing else 0
        self._notice.setVisible(bool(told))
        self._notice.setGeometry(8, 8, width - 16, told)
        above = 8 + (told + 8 if told else 0)
        self.hits.setGeometry(0, above, width, listed)
        self.hits.setVisible(bool(listed))
        self._hint.setVisible(bool(listed))
        foot = 34 if listed else 0
        self._hint.setGeometry(16, above + listed + 4, width - 32, 24)
        place = QRect(corner.x(), corner.y() + 7, width, above + listed + foot)
        if self.drop.isVisible():
            self.drop.setGeometry(place)
        else:
            self.drop.rise_at(place)

    def _arrange_plane(self, inner: QRect) -> None:
        """The hits below the field, the tiles in the room that is left."""
        self.drop.leave()
        for widget in (self.hits, self._notice, self._heading):
            widget.setParent(self)
        self._hint.hide()
        model, theme = self._model, self._look.theme
        y = inner.bottom() + 1 + 12
        told = self._notice_height(inner.width()) if self._notice_told else 0
        self._notice.setVisible(bool(told))
        if told:
            self._notice.setGeometry(inner.x(), y, inner.width(), told)
            y += told + 12
        listed = bool(model.hits) and bool(model.text)
        self._heading.setVisible(listed)
        self.hits.setVisible(listed)
        if listed:
            self._heading.setGeometry(inner.x(), y, inner.width(), _HEADING)
            y += _HEADING + 4
            height = min(len(model.hits) * theme.layout.hit, max(self.height() - y - 8, 0))
            self.hits.setGeometry(0, y, self.width(), height)
            y += height + 20
        self._arrange_tiles(inner, y)

    def _arrange_tiles(self, inner: QRect, y: int) -> None:
        theme = self._look.theme
        gap, high = theme.touch.gap, theme.layout.hit
        start = y + theme.touch.min
        rows = max(0, (self.height() - 8 - start + gap) // (high + gap))
        self._room = min(rows * _COLUMNS, len(self.tiles))
        self._page = min(self._page, self._pages - 1)
        left = self._entries - self._first
        self._shown = shown = min(self._room, left + 1 if self._turns else left)
        half = inner.width() // 2
        self._often.setVisible(shown > 0)
        self._often.setGeometry(inner.x(), y, half, theme.touch.min)
        self.browse.setVisible(shown > 0)
        wide = min(self.browse.sizeHint().width(), half)
        self.browse.setGeometry(inner.right() + 1 - wide, y, wide, theme.touch.min)
        width = (inner.width() - gap * (_COLUMNS - 1)) // _COLUMNS
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, _COLUMNS)
            tile.setGeometry(inner.x() + column * (width + gap), start + row * (high + gap), width, high)
            tile.setVisible(place < shown)
        self._label_tiles(shown)

    @property
    def _notice_told(self) -> bool:
        return self._model.notice is not None or self._model.priced is not None

    def _notice_height(self, width: int) -> int:
        return max(self._notice.heightForWidth(width), self._look.theme.touch.key)
