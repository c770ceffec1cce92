"""P5 and P10: searching what is sold, and taking it over."""

import random
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks import floors
from tests.benchmarks.catalogues import IDR, PAGE, code, filled, item, pages
from tests.benchmarks.figures import Figure, Sizes, in_turns, milliseconds, p99, timed_in_turns
from tests.benchmarks.workshop import Workshop
from tukar.bootstrap.files import table_in
from tukar.domain.item import Item
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.till.ports import CataloguePage
from tukar.wire.articles import ArticleFormat, percentage_tax, read_articles

SEARCHES = 400
_QUERY_MS, _QUERY_FLOOR_MS = 5.0, 0.2
_TYPED = ("k", "ko", "kop", "kopi", "kopi g", "gayo kopi", "mi gor", "susu ken", "zzz", "qx", "299", "29900", "x1")


def _texts() -> list[str]:
    """What hands type: beginnings of words, two words, codes, and things that nobody sells."""
    chance = random.Random(1)
    some = [chance.choice(_TYPED) + chance.choice(("", "", "a", " 1", "9")) for _ in range(SEARCHES)]
    return some + [code(chance.randrange(2_000)) for _ in range(SEARCHES // 4)]


def _slowest(catalogue: CatalogueCopy, texts: list[str]) -> float:
    return p99([milliseconds(partial(catalogue.find, text)) for text in texts])


def p5(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    many, few = (_catalogue(workshop, count) for count in (sizes.items, sizes.few_items))
    bare = sqlite3.connect(f"file:{_file(workshop, sizes.items)}?mode=ro", uri=True)
    texts, prefixes = _texts(), [text for text in _TYPED if text.isalpha()]

    def floor() -> float:
        return p99([milliseconds(partial(floors.prefix_search, bare, word)) for word in prefixes])

    by_many, by_few, prefix = in_turns(
        sizes.repeats, lambda: _slowest(many, texts), lambda: _slowest(few, texts), floor
    )
    for one in (many, few, bare):
        one.close()
    bound = _QUERY_MS / _QUERY_FLOOR_MS
    yield Figure("P5", by_many, prefix, bound, f"p99 of a search among {sizes.items:,} beside a bare FTS prefix")
    yield Figure("P5.growth", by_many, by_few, 3.0, f"the same beside {sizes.few_items:,} items")


def p10(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    rows = max(sizes.items // 10, 2_000)
    file = workshop.folder() / "articles.csv"
    with file.open("w", encoding="utf-8") as written:
        written.write("sku,barcodes,name,price,tax,category,popularity\n")
        for one in map(item, range(rows)):
            price = one.price.scaled // 10**4
            written.write(f"{one.sku},{one.barcodes[0]},{one.name},{price},ppn,{one.category},{one.popularity}\n")
    taken, parsed = timed_in_turns(
        max(2, sizes.repeats // 2), lambda: _import(workshop, file), lambda: floors.parse_csv(file)
    )
    yield Figure("P10", taken, parsed, 6.0, f"{rows:,} articles from CSV to sellable beside parsing the CSV")
    many, few = (_catalogue(workshop, count) for count in (sizes.items, sizes.few_items))
    value, floor = timed_in_turns(sizes.repeats, lambda: _change_some(many), lambda: _change_some(few))
    many.close()
    few.close()
    yield Figure("P10.delta", value, floor, 1.5, f"200 changed of {sizes.items:,} beside 200 of {sizes.few_items:,}")


def _import(workshop: Workshop, file: Path) -> None:
    form = ArticleFormat(IDR, taxes={"ppn": percentage_tax("11", "PPN")})
    with table_in(file) as table:
        items = read_articles(table.columns, table.rows, form)
    catalogue = CatalogueCopy(workshop.folder() / CATALOGUE_FILE)
    for first in range(0, len(items), PAGE):
        rest = str(first + PAGE) if first + PAGE < len(items) else ""
        catalogue.apply(CataloguePage(1, tuple(items[first : first + PAGE]), next_page=rest))
    catalogue.close()


def _change_some(catalogue: CatalogueCopy) -> None:
    changed: tuple[Item, ...] = tuple(item(number) for number in range(200))
    catalogue.apply(CataloguePage(catalogue.version + 1, changed))


def _file(workshop: Workshop, count: int) -> Path:
    """The searched catalogue of so many items, made by the first who asks."""
    folder = workshop.folder()
    empty = CatalogueCopy(folder / CATALOGUE_FILE)
    for page in pages(1, 1):
        empty.apply(page)
    empty.close()
    filled(workshop, folder, count)
    return folder / CATALOGUE_FILE


def _catalogue(workshop: Workshop, count: int) -> CatalogueCopy:
    return CatalogueCopy(_file(workshop, count))
