"""The catalogue by version: the backend owns the prices (redemption.md, principle 8)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import bindparam, text

from tukar.domain.item import Item
from tukar.domain.money import Currency
from tukar.domain.redemption import Refusal
from tukar.server import audit, shops
from tukar.server.call import Call
from tukar.server.refusing import Refused
from tukar.wire.amounts import wire_currency
from tukar.wire.catalogue import (
    PAGE_BYTES,
    WireCataloguePage,
    WireImport,
    WireImportAnswer,
    WireImportPage,
    WireItem,
    item_of,
)
from tukar.wire.message import read_answer, write

CHUNK: Final = 400
"""How many articles one statement looks up: SQLite takes 999 parameters for sure."""
_PAGE_ROWS: Final = 1000

_CHANGED: Final = text(
    "SELECT sku, version, removed, body FROM items WHERE shop_id = :shop_id AND latest = 1"
    " AND (version > :version OR (version = :version AND sku > :sku)) ORDER BY version, sku LIMIT :rows"
)
_LATEST: Final = text(
    "SELECT sku, version, removed, body FROM items WHERE shop_id = :shop_id AND sku IN :skus AND latest = 1"
).bindparams(bindparam("skus", expanding=True))
_AS_OF: Final = text(
    "SELECT i.sku, i.removed, i.body FROM items i JOIN (SELECT sku, MAX(version) AS version FROM items"
    " WHERE shop_id = :shop_id AND sku IN :skus AND version <= :version GROUP BY sku) newest"
    " ON newest.sku = i.sku AND newest.version = i.version WHERE i.shop_id = :shop_id"
).bindparams(bindparam("skus", expanding=True))
_RETIRE: Final = text("UPDATE items SET latest = 0 WHERE shop_id = :shop_id AND sku = :sku AND latest = 1")
_INSERT: Final = text(
    "INSERT INTO items (shop_id, sku, version, latest, removed, body)"
    " VALUES (:shop_id, :sku, :version, 1, :removed, :body)"
)
_UNNAME: Final = text("DELETE FROM item_names WHERE shop_id = :shop_id AND sku = :sku")
_NAME: Final = text("INSERT INTO item_names (shop_id, sort, name, sku) VALUES (:shop_id, :sort, :name, :sku)")
_NAMED: Final = text(
    "SELECT DISTINCT sku FROM item_names WHERE shop_id = :shop_id AND sort = :sort AND name IN :names ORDER BY sku"
).bindparams(bindparam("names", expanding=True))
_ALL_SKUS: Final = text("SELECT sku FROM items WHERE shop_id = :shop_id AND latest = 1 AND removed = 0")
_TAKE_UP: Final = text("UPDATE shops SET catalogue_version = :version WHERE shop_id = :shop_id")
_VERSION: Final = text(
    "INSERT INTO catalogue_versions (shop_id, version, in_force_at) VALUES (:shop_id, :version, :at)"
)
_PUT_PAGE: Final = text(
    "INSERT INTO import_pages (shop_id, import_id, page, body) VALUES (:shop_id, :import_id, :page, :body)"
    " ON CONFLICT (shop_id, import_id, page) DO UPDATE SET body = excluded.body"
)
_PAGES: Final = text(
    "SELECT page, body FROM import_pages WHERE shop_id = :shop_id AND import_id = :import_id ORDER BY page"
)
_DROP_PAGES: Final = text("DELETE FROM import_pages WHERE shop_id = :shop_id AND import_id = :import_id")
_IMPORT: Final = text("SELECT answer FROM imports WHERE shop_id = :shop_id AND import_id = :import_id")
_DONE: Final = text("INSERT INTO imports (shop_id, import_id, answer) VALUES (:shop_id, :import_id, :answer)")


def page(call: Call, _message: None) -> WireCataloguePage:
    """Items that changed after ``?since=``, from ``?page=`` on, as many as fit in 256 KiB."""
    shop = shops.load(call)
    version, sku = _from(call)
    items: list[WireItem] = []
    removed: list[str] = []
    weight = 0
    rows = call.db.execute(
        _CHANGED, {"shop_id": call.shop_id, "version": version, "sku": sku, "rows": _PAGE_ROWS}
    ).all()
    for index, row in enumerate(rows):
        weight += len(row.body.encode()) + len(row.sku) + 8
        if weight > PAGE_BYTES - 2048 and index:
            break
        version, sku = row.version, row.sku
        if row.removed:
            removed.append(row.sku)
        else:
            items.append(read_answer(row.body.encode(), WireItem))
    else:
        if len(rows) < _PAGE_ROWS:
            version, sku = -1, ""
    return WireCataloguePage(
        version=shop.catalogue_version,
        currency=wire_currency(shop.currency),
        items=tuple(items),
        removed=tuple(removed),
        next_page="" if version < 0 else f"{version}~{sku}",
    )


def _from(call: Call) -> tuple[int, str]:
    """Version and code after which the page begins."""
    after, _, sku = call.query.get("page", "").partition("~")
    try:
        version = int(after) if after else int(call.query.get("since", "0")) + 1
    except ValueError:
        raise Refused(Refusal.BAD_REQUEST, "since and page name a version") from None
    if not 0 <= version <= 2**31:
        raise Refused(Refusal.BAD_REQUEST, "no such version")
    return version, sku


def items_of(call: Call, skus: Iterable[str], currency: Currency, version: int | None = None) -> Mapping[str, Item]:
    """The items of these codes, as they are now or were in ``version``; those that are gone are left out."""
    wanted = sorted(set(skus))
    found: dict[str, Item] = {}
    for start in range(0, len(wanted), CHUNK):
        values: dict[str, Any] = {"shop_id": call.shop_id, "skus": wanted[start : start + CHUNK]}
        rows = list(call.db.execute(_LATEST, values))
        if version is not None:
            # Most are what they were then; only those that changed since are looked for.
            changed = [row.sku for row in rows if row.version > version]
            rows = [row for row in rows if row.version <= version]
            if changed:
                rows += call.db.execute(_AS_OF, {**values, "skus": changed, "version": version})
        for row in rows:
            if not row.removed:
                found[row.sku] = call.equipment.books.item(row.body, currency)
    return found


def named(call: Call, sort: str, names: Iterable[str]) -> list[str]:
    """Codes of the items in these categories, tags or products."""
    wanted = sorted(set(names))
    if not wanted:
        return []
    return list(call.db.execute(_NAMED, {"shop_id": call.shop_id, "sort": sort, "names": wanted}).scalars())


def change(call: Call, items: Iterable[WireItem], *, replace_all: bool = False) -> WireImportAnswer:
    """Puts items in force as one new version; what is as it was stays. Refused(BAD_REQUEST) names a bad one."""
    shop = shops.load(call)
    version = shop.catalogue_version + 1
    wanted = {item.sku: item for item in items}
    for item in wanted.values():
        _check(item, shop.currency)
    changed = sum(_changed(call, chunk, version) for chunk in _chunks(list(wanted.values())))
    removed = _remove_others(call, wanted, version) if replace_all else 0
    if not changed and not removed:
        return WireImportAnswer(version=shop.catalogue_version, changed=0, removed=0)
    call.db.execute(_VERSION, {"shop_id": call.shop_id, "version": version, "at": call.at})
    call.db.execute(_TAKE_UP, {"shop_id": call.shop_id, "version": version})
    audit.record(call, "change_catalogue", str(version), f"{changed} changed, {removed} removed")
    return WireImportAnswer(version=version, changed=changed, removed=removed)


def _check(item: WireItem, currency: Currency) -> None:
    try:
        item_of(item, currency)
    except ValueError as mistake:
        raise Refused(Refusal.BAD_REQUEST, f"{item.sku}: {mistake}") from None


def _chunks(items: list[WireItem]) -> Iterable[list[WireItem]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _changed(call: Call, items: list[WireItem], version: int) -> int:
    values = {"shop_id": call.shop_id, "skus": [item.sku for item in items]}
    stored = {row.sku: row for row in call.db.execute(_LATEST, values)}
    bodies = {item.sku: write(item).decode() for item in items}
    new = [
        item
        for item in items
        if item.sku not in stored or stored[item.sku].removed or stored[item.sku].body != bodies[item.sku]
    ]
    if not new:
        return 0
    keys = [{"shop_id": call.shop_id, "sku": item.sku} for item in new]
    old = [key for key in keys if key["sku"] in stored]
    if old:
        call.db.execute(_RETIRE, old)
        call.db.execute(_UNNAME, old)
    call.db.execute(_INSERT, [{**key, "version": version, "removed": 0, "body": bodies[key["sku"]]} for key in keys])
    names = [
        {"shop_id": call.shop_id, "sku": item.sku, "sort": sort, "name": name}
        for item in new
        for sort, found in (("category", (item.category,)), ("product", (item.product,)), ("tag", item.tags))
        for name in set(found)
        if name
    ]
    if names:
        call.db.execute(_NAME, names)
    return len(new)


def _remove_others(call: Call, wanted: Mapping[str, WireItem], version: int) -> int:
    others = [sku for sku in call.db.execute(_ALL_SKUS, {"shop_id": call.shop_id}).scalars() if sku not in wanted]
    keys = [{"shop_id": call.shop_id, "sku": sku} for sku in others]
    if keys:
        call.db.execute(_RETIRE, keys)
        call.db.execute(_UNNAME, keys)
        call.db.execute(_INSERT, [{**key, "version": version, "removed": 1, "body": ""} for key in keys])
    return len(keys)


def put_page(call: Call, message: WireImportPage) -> WireImportAnswer:
    """Keeps a page of an import; nothing is in force before the import is completed."""
    shop = shops.load(call)
    for item in message.items:
        _check(item, shop.currency)
    call.db.execute(
        _PUT_PAGE,
        {
            "shop_id": call.shop_id,
            "import_id": call.path["import_id"],
            "page": _page_number(call),
            "body": write(message).decode(),
        },
    )
    return WireImportAnswer(version=shop.catalogue_version, changed=0, removed=0)


def _page_number(call: Call) -> int:
    text_of_it = call.path["page"]
    if not (text_of_it.isascii() and text_of_it.isdigit() and len(text_of_it) < 7):  # noqa: PLR2004 - a number of a page
        raise Refused(Refusal.BAD_REQUEST, "pages are numbered from 0")
    return int(text_of_it)


def complete(call: Call, message: WireImport) -> WireImportAnswer:
    """Puts all pages of an import in force at once; the same import again has the same answer."""
    key = {"shop_id": call.shop_id, "import_id": call.path["import_id"]}
    done = call.db.execute(_IMPORT, key).first()
    if done is not None:
        return read_answer(done.answer.encode(), WireImportAnswer)
    pages = call.db.execute(_PAGES, key).all()
    if [row.page for row in pages] != list(range(message.pages)):
        raise Refused(Refusal.BAD_REQUEST, f"{len(pages)} of {message.pages} pages are here")
    items = (item for row in pages for item in read_answer(row.body.encode(), WireImportPage).items)
    answer = change(call, items, replace_all=message.replace_all)
    call.db.execute(_DROP_PAGES, key)
    call.db.execute(_DONE, {**key, "answer": write(answer).decode()})
    return answer
