"""The till's copy of what is sold: a file of its own that is never loaded, only asked (performance.md).

An item can be sold by its code as soon as its page is applied; its name is searched once it is in the index, which is
built in chunks, the best-selling items first, and goes on after a restart where it stopped.

The order of hits is the order of ``rank``, which is also the row number in the index: popularity first, as a
logarithm in 255 steps, then the order of arrival. So the index itself yields the most popular hits first and a search
stops after the few it shows, however many there are.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tukar.domain.goods import Goods, product_of
from tukar.domain.item import Item
from tukar.local.columns import currency_from, currency_text
from tukar.local.disk import Connect, Connection, SqlValue, disk_troubles, open_file
from tukar.local.item_search import LAST, TEXT_AT_MOST, matched_places, prefix_query
from tukar.till.ports import CataloguePage, DiskTrouble, DiskTroubleKind, Hit
from tukar.wire.catalogue import item_from_json, item_to_json

CATALOGUE_FILE: Final = "catalogue.sqlite3"

INDEX_AT_ONCE: Final = 500
"""Up to so many unindexed items are indexed with their page; a longer list waits for ``index_some``."""

_FORMAT: Final = 3
"""Of the tables; a file of another format is built anew from the backend."""
_LEAST_POPULAR: Final = 255
_RANK_SHIFT: Final = 32

_TABLES: Final = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE items (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        rank INTEGER NOT NULL UNIQUE, active INTEGER NOT NULL, indexed INTEGER NOT NULL, body TEXT NOT NULL)""",
    "CREATE INDEX items_to_index ON items (rank) WHERE active AND NOT indexed",
    "CREATE INDEX items_sold ON items (rank) WHERE active",
    "CREATE TABLE codes (item INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (item, code)) WITHOUT ROWID",
    "CREATE INDEX codes_any_case ON codes (code COLLATE NOCASE)",
    "CREATE TABLE groups (word TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (word, item)) WITHOUT ROWID",
    "CREATE INDEX groups_of ON groups (item)",
    """CREATE TABLE shelf (category TEXT NOT NULL, rank INTEGER NOT NULL, item INTEGER NOT NULL,
        PRIMARY KEY (category, rank)) WITHOUT ROWID""",
    "CREATE INDEX shelf_of ON shelf (item)",
    """CREATE VIRTUAL TABLE words USING fts5 (
        name, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6 7 8',
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
)

_TO_INDEX: Final = "FROM items INDEXED BY items_to_index WHERE active AND NOT indexed"
"""By its name: left to itself SQLite walks the index of all that is sold, at every page that comes in."""

_BY_CODE: Final = """SELECT body FROM items WHERE id IN (SELECT item FROM codes WHERE code = ? COLLATE NOCASE)
    ORDER BY rank LIMIT 100"""
_CODED: Final = """SELECT rank, body FROM items WHERE active AND id IN (
    SELECT item FROM codes WHERE code >= ? COLLATE NOCASE AND code < ? COLLATE NOCASE
    ORDER BY code COLLATE NOCASE LIMIT ?)"""
_NAMED: Final = """SELECT rank, body FROM items WHERE rank IN (
    SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?)"""


_IN_GROUPS: Final = """SELECT body FROM items WHERE active AND id IN (
    SELECT item FROM groups WHERE word IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?"""

_SHELVES: Final = """WITH RECURSIVE found (category) AS (
    SELECT min(category) FROM shelf
    UNION ALL SELECT (SELECT min(category) FROM shelf WHERE category > found.category) FROM found
    WHERE found.category IS NOT NULL) SELECT category FROM found WHERE category IS NOT NULL LIMIT ?"""
"""One step of the index for every category, however many items each has."""
_ON_SHELF: Final = """SELECT items.body FROM shelf CROSS JOIN items ON items.id = shelf.item WHERE shelf.category = ?
    ORDER BY shelf.rank LIMIT ?"""
"""Goods of one category lie in the order they are shown in: nothing is put in order, and only what is shown is read."""
SHELVES_AT_MOST: Final = 200


def _rank(popularity: int, item_id: int) -> int:
    # 8 steps for each doubling: neighbours in the list differ by less than one tenth in how often they sell.
    bits = popularity.bit_length()
    step = 0 if not popularity else 8 * (bits - 1) + ((popularity << 3) >> (bits - 1)) - 7
    return (_LEAST_POPULAR - min(step, _LEAST_POPULAR)) << _RANK_SHIFT | item_id


class CatalogueCopy:
    """``ports.ItemIndex`` over the file at ``path``; a file that cannot be read is begun anew at version 0.

    Reads are one indexed statement each, take less than 5 ms at a million items, and may run on the window's thread
    while ``apply`` or ``index_some`` run in the background. Raises DiskTrouble.
    """

    def __init__(self, path: Path, connect: Connect = open_file) -> None:
        self._path = path
        self._connect = connect
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        try:
            self._open()
        except DiskTrouble as trouble:
            if trouble.kind is not DiskTroubleKind.DAMAGED:
                raise
            self._begin_anew()

    def _open(self) -> None:
        with disk_troubles(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._writer = self._connect(self._path)
        try:
            with disk_troubles(self._path):
                self._writer.execute("PRAGMA journal_mode = WAL").fetchall()
                self._writer.execute("PRAGMA synchronous = NORMAL")
                self._create()
                self._reader = self._connect(self._path)
                self._reader.execute("PRAGMA query_only = ON")
                self._read_facts()
        except BaseException:
            self._writer.close()
            raise

    def _create(self) -> None:
        found = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if found == _FORMAT:
            return
        if found:
            raise DiskTrouble(DiskTroubleKind.DAMAGED, f"{self._path.name} is of another format")
        with self._transaction() as db:
            for statement in _TABLES:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_FORMAT}")

    def _begin_anew(self) -> None:
        with disk_troubles(self._path):
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._open()

    def _read_facts(self) -> None:
        facts = dict(self._writer.execute("SELECT name, value FROM facts").fetchall())
        self._version = int(facts.get("version", "0"))
        self._next_page: str = facts.get("next_page", "")
        self._currency = currency_from(facts["currency"]) if "currency" in facts else None

    # --- reading

    @property
    def version(self) -> int:
        """Of the last catalogue that was applied to its last page; 0 before the first."""
        return self._version

    @property
    def next_page(self) -> str:
        """Where an interrupted delivery goes on; empty when none was interrupted."""
        return self._next_page

    def by_sku(self, sku: str) -> Item | None:
        rows = self._read("SELECT body FROM items WHERE sku = ?", (sku,))
        return self._item(rows[0][0]) if rows else None

    def matching(self, goods: Goods, wanted: int | None = None) -> tuple[Item, ...]:
        """Items on sale that ``goods`` names, in the order of their arrival; all of them where it names all."""
        limit = -1 if wanted is None else wanted
        if goods.names_all:
            rows = self._read("SELECT body FROM items WHERE active ORDER BY id LIMIT ?", (limit,))
        else:
            rows = self._read(_IN_GROUPS, (json.dumps(sorted(_words_of_goods(goods))), limit))
        return tuple(self._item(row[0]) for row in rows)

    def by_code(self, code: str) -> tuple[Item, ...]:
        """Items with that barcode or sku, retired ones too: the exact match alone, else all that differ in case."""
        items = tuple(self._item(row[0]) for row in self._read(_BY_CODE, (code[:TEXT_AT_MOST],)))
        return tuple(item for item in items if code in (item.sku, *item.barcodes)) or items

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Items on sale: the one whose code it is, then by name or beginning of a code, those that sell most first."""
        typed = text.strip()[:TEXT_AT_MOST]
        if not typed:
            return ()
        query = prefix_query(typed)
        if query:
            rows = self._read(f"{_CODED} UNION {_NAMED} ORDER BY rank", (typed, typed + LAST, limit, query, limit))
        else:
            rows = self._read(f"{_CODED} ORDER BY rank", (typed, typed + LAST, limit))
        items = [self._item(body) for _, body in rows]
        items.sort(key=lambda item: (not _is_code_of(typed, item), -item.popularity))
        return tuple(Hit(item, matched_places(item.name, typed)) for item in items[:limit])

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]:
        rows = self._read("SELECT body FROM items WHERE active ORDER BY rank LIMIT ?", (limit,))
        return tuple(self._item(row[0]) for row in rows)

    def shelves(self) -> tuple[str, ...]:
        """Categories of what is on sale, by name."""
        return tuple(row[0] for row in self._read(_SHELVES, (SHELVES_AT_MOST,)))

    def on_shelf(self, category: str, limit: int = 60) -> tuple[Item, ...]:
        return tuple(self._item(row[0]) for row in self._read(_ON_SHELF, (category, limit)))

    def count(self) -> int:
        """How many items are on sale."""
        count: int = self._read("SELECT count(*) FROM items WHERE active", ())[0][0]
        return count

    def _read(self, sql: str, parameters: Sequence[SqlValue]) -> list[Any]:
        with self._reading, disk_troubles(self._path):
            return self._reader.execute(sql, parameters).fetchall()

    def _item(self, body: str) -> Item:
        if self._currency is None:
            raise DiskTrouble(DiskTroubleKind.DAMAGED, f"{self._path.name} holds items without a currency")
        return item_from_json(body.encode(), self._currency)

    # --- writing, in the background

    def apply(self, page: CataloguePage) -> None:
        """Takes over one page, all or nothing; the version counts once the last page of a delivery is in."""
        currency = page.items[0].currency if page.items else self._currency
        version = self._version if page.next_page else page.version
        with self._transaction() as db:
            self._put_items(db, page.items)
            for sku in page.removed:
                self._retire(db, sku)
            _note(db, "version", str(version))
            _note(db, "next_page", page.next_page)
            if currency is not None:
                _note(db, "currency", currency_text(currency))
            to_index = db.execute(
                f"SELECT count(*) FROM (SELECT 1 {_TO_INDEX} LIMIT ?)",  # noqa: S608 - two fixed texts
                (INDEX_AT_ONCE + 1,),
            )
            if to_index.fetchone()[0] <= INDEX_AT_ONCE:
                _index(db, INDEX_AT_ONCE)
        self._version, self._next_page, self._currency = version, page.next_page, currency

    def index_some(self, at_most: int = 2_000) -> bool:
        """Indexes the names of some more items, best-selling first; False when there is nothing left to do."""
        with self._transaction() as db:
            return _index(db, at_most)

    def close(self) -> None:
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._writing, disk_troubles(self._path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @staticmethod
    def _put_items(db: Connection, items: Iterable[Item]) -> None:
        next_id = (db.execute("SELECT max(id) FROM items").fetchone()[0] or 0) + 1
        for item in items:
            old = db.execute("SELECT id, name, rank, indexed FROM items WHERE sku = ?", (item.sku,)).fetchone()
            item_id = next_id if old is None else old[0]
            next_id += old is None
            rank = _rank(item.popularity, item_id)
            stays = old is not None and bool(old[3]) and (old[1], old[2]) == (item.name, rank) and item.active
            if old is not None and old[3] and not stays:
                _forget(db, old[2], old[1])
            body = item_to_json(item).decode()
            db.execute(
                """INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                    rank = excluded.rank, active = excluded.active, indexed = excluded.indexed, body = excluded.body""",
                (item_id, item.sku, item.name, rank, int(item.active), int(stays), body),
            )
            if old is not None:
                db.execute("DELETE FROM codes WHERE item = ?", (item_id,))
                db.execute("DELETE FROM groups WHERE item = ?", (item_id,))
                db.execute("DELETE FROM shelf WHERE item = ?", (item_id,))
            if item.active and item.category:
                db.execute("INSERT INTO shelf VALUES (?, ?, ?)", (item.category, rank, item_id))
            for word in sorted(_words_of_item(item)):
                db.execute("INSERT INTO groups VALUES (?, ?)", (word, item_id))
            for code in dict.fromkeys((item.sku, *item.barcodes)):
                db.execute("INSERT INTO codes VALUES (?, ?)", (item_id, code))

    @staticmethod
    def _retire(db: Connection, sku: str) -> None:
        old = db.execute("SELECT id, name, rank, indexed FROM items WHERE sku = ?", (sku,)).fetchone()
        if old is None:
            return
        item_id, name, rank, indexed = old
        if indexed:
            _forget(db, rank, name)
        db.execute("DELETE FROM codes WHERE item = ?", (item_id,))
        db.execute("DELETE FROM groups WHERE item = ?", (item_id,))
        db.execute("DELETE FROM shelf WHERE item = ?", (item_id,))
        db.execute("DELETE FROM items WHERE id = ?", (item_id,))


def _words_of_item(item: Item) -> set[str]:
    """What a rule may name an item by, each with a letter for its kind."""
    category = {f"c:{item.category}"} if item.category else set()
    return {f"i:{item.sku}", f"p:{product_of(item)}", *category, *(f"t:{tag}" for tag in item.tags)}


def _words_of_goods(goods: Goods) -> set[str]:
    kinds = (("i", goods.items), ("c", goods.categories), ("t", goods.tags), ("p", goods.products))
    return {f"{kind}:{name}" for kind, names in kinds for name in names or ()}


def _is_code_of(text: str, item: Item) -> bool:
    lowered = text.lower()
    return any(code.lower() == lowered for code in (item.sku, *item.barcodes))


def _note(db: Connection, name: str, value: str) -> None:
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value))


def _index(db: Connection, at_most: int) -> bool:
    """Whether items are left that the index does not know yet."""
    rows = db.execute(f"SELECT id, rank, name {_TO_INDEX} ORDER BY rank LIMIT ?", (at_most + 1,)).fetchall()
    for item_id, rank, name in rows[:at_most]:
        db.execute("INSERT INTO words (rowid, name) VALUES (?, ?)", (rank, name))
        db.execute("UPDATE items SET indexed = 1 WHERE id = ?", (item_id,))
    return len(rows) > at_most


def _forget(db: Connection, rank: int, name: str) -> None:
    # The index keeps no copy of the names: to forget one it must be told what it was.
    db.execute("INSERT INTO words (words, rowid, name) VALUES ('delete', ?, ?)", (rank, name))
