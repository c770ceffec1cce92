"""``tukar catalogue import``: from a file to items, or to a list of the rows that keep all of it out."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tukar.bootstrap.files import table_in
from tukar.bootstrap.options import ImportOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.progress import ProgressLine
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency
from tukar.wire.articles import ArticleFormat, BadRowsError, ColumnMapError, percentage_tax, read_articles

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Caller


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import changed: the catalogue's version afterwards, and how many articles are new or different."""

    version: int
    changed: int


class Catalogue(Protocol):
    """The catalogue of one shop at the backend."""

    @property
    def currency(self) -> Currency: ...

    @property
    def taxes(self) -> Mapping[str, tuple[Tax, ...]]:
        """What words in a tax column mean to the shop."""
        ...

    def take(self, items: Sequence[Item]) -> Stored:
        """Puts all of them in force at once; what is there already and the same stays as it is."""
        ...


class ShopCatalogue:
    """The catalogue in the backend's database, changed as one new version in one transaction."""

    def __init__(self, backend: "Backend", operator: "Caller") -> None:
        from tukar.server import shops

        self._backend = backend
        self._operator = operator
        shop = backend.perform(lambda call, _: shops.load(call), None, operator)
        self.currency = shop.currency
        self.taxes = {
            word: percentage_tax(tax.rate + ("" if tax.included else "+"), tax.name)
            for word, tax in shop.settings.taxes.items()
        }

    def take(self, items: Sequence[Item]) -> Stored:
        from tukar.server import catalogue
        from tukar.wire.catalogue import wire_item

        answer = self._backend.perform(catalogue.change, [wire_item(item) for item in items], self._operator)
        return Stored(answer.version, answer.changed)


def import_articles(options: ImportOptions, catalogue: Catalogue) -> int:
    """Reads and judges every row before the first article is stored; status 2 when a row is bad."""
    form = ArticleFormat(
        catalogue.currency,
        columns=MappingProxyType(dict(options.columns)),
        taxes=MappingProxyType({**catalogue.taxes, **{word: _tax(word, rate) for word, rate in options.taxes}}),
        commonest=options.commonest,
    )
    line = ProgressLine(sys.stderr)
    try:
        with table_in(options.file) as table:
            items = read_articles(table.columns, table.rows, form, progress=lambda n: line.show(f"{n:,} rows read"))
    except ColumnMapError as unfit:
        raise CommandRefused(f"{options.file}: {unfit}.", "Say with --map which column holds what.") from None
    except BadRowsError as bad:
        line.end()
        return refuse_rows(options.file, bad, as_json=options.as_json)
    line.end()
    stored = Stored(0, 0) if options.dry_run else catalogue.take(items)
    _tell(options, len(items), stored)
    return Status.WELL


def _tax(word: str, rate: str) -> tuple[Tax, ...]:
    try:
        return percentage_tax(rate, word.upper())
    except ValueError:
        raise CommandRefused(f"--tax {word}={rate}: {rate} is not a percentage.", f"Write it as {word}=11.") from None


def _tell(options: ImportOptions, articles: int, stored: Stored) -> None:
    if options.as_json:
        answer = {"articles": articles, "changed": stored.changed, "version": stored.version, "bad_rows": []}
        json.dump(answer, sys.stdout)
        sys.stdout.write("\n")
    elif options.dry_run:
        sys.stdout.write(f"{articles:,} articles, all good; nothing was stored\n")
    else:
        sys.stdout.write(f"{articles:,} articles, {stored.changed:,} new or changed: catalogue {stored.version}\n")


def refuse_rows(file: Path, bad: BadRowsError, *, as_json: bool) -> int:
    """Names the bad rows of a file of which nothing was stored; the exit status."""
    rows = [{"line": row.line, "reason": row.reason} for row in bad.rows]
    if as_json:
        json.dump({"articles": 0, "changed": 0, "bad": bad.count, "bad_rows": rows}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    for row in bad.rows:
        sys.stderr.write(f"{file} line {row.line}: {row.reason}\n")
    more = bad.count - len(bad.rows)
    also = f", {more:,} more like these" if more else ""
    rows_are_bad = "1 bad row" if bad.count == 1 else f"{bad.count:,} bad rows"
    sys.stderr.write(f"tukar: {rows_are_bad}{also}; nothing was stored. Mend and import the file again.\n")
    return Status.BAD_INPUT
