"""``tukar replay``: reads another shop's bills, has them rung in a shop of their own, and tells what came of them."""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tukar.bootstrap.backend_process import BackendDidNotStartError
from tukar.bootstrap.files import table_in
from tukar.bootstrap.options import ReplayOptions
from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.progress import ProgressLine
from tukar.bootstrap.replay_shop import GBP, UndeliveredError, open_shop, open_till
from tukar.domain.item import Item
from tukar.domain.money import Money
from tukar.till.invoices import Invoice, read_invoices
from tukar.till.ports import DiskTrouble, Refused, Unreachable
from tukar.till.replay import Counted, UnevenReceiptError, UnknownArticleError, UnknownCardError
from tukar.wire.articles import ArticleFormat, BadRowsError, ColumnMapError, read_articles

ARTICLES: Final = ArticleFormat(GBP, MappingProxyType({"sku": "code", "price": "unit_price_gbp"}), commonest=True)


def run_replay(options: ReplayOptions) -> int:
    """Rings the invoices and tells what came of them; status 0 only when the backend has every bill."""
    invoices, items = _read(options)
    with ExitStack() as stack:
        folder = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tukar-replay-")))
        line = ProgressLine(sys.stderr)
        stack.callback(line.end)
        line.show(f"{len(items):,} articles and {len(invoices):,} invoices read; opening the shop")
        code = open_shop(folder, invoices, items)
        started = time.monotonic()

        def progress(done: int, counted: Counted) -> None:
            pace = done / max(time.monotonic() - started, 0.001)
            rung = counted.bills + counted.returns
            line.show(f"{done:,} of {len(invoices):,} invoices, {rung:,} bills, {pace:.0f} a second")

        try:
            replayer = stack.enter_context(open_till(folder, code))
            counted = replayer.replay(invoices, progress)
        except (UnknownArticleError, UnknownCardError, UnevenReceiptError) as odd:
            raise CommandRefused(f"A bill of the file cannot be rung: {odd}.", "Look at that invoice.") from None
        except (Refused, Unreachable, DiskTrouble, UndeliveredError, BackendDidNotStartError) as trouble:
            raise CommandRefused(f"The replay broke off: {trouble}.", "What was rung is in the journal.") from None
        seconds = time.monotonic() - started
    _tell(counted, seconds, as_json=options.as_json)
    return Status.WELL


def _read(options: ReplayOptions) -> tuple[Sequence[Invoice], Sequence[Item]]:
    """The invoices wanted, and all articles of the file."""
    try:
        with table_in(options.file) as table:
            rows = list(table.rows)
        invoices = read_invoices(table.columns, rows, GBP)
        items = read_articles(table.columns, rows, ARTICLES)
    except ColumnMapError as unfit:
        raise CommandRefused(f"{options.file}: {unfit}.", "The columns of bills are fixed; name them so.") from None
    except BadRowsError as bad:
        first = bad.rows[0]
        raise CommandRefused(
            f"{options.file} line {first.line}: {first.reason}; {bad.count:,} bad rows in all.", "Mend them first."
        ) from None
    return invoices[: options.limit or None], items


def _tell(counted: Counted, seconds: float, *, as_json: bool) -> None:
    if as_json:
        answer = {
            "bills": counted.bills,
            "returns": counted.returns,
            "lines": counted.lines,
            "sales": counted.sales.decimal(),
            "refunds": counted.refunds.decimal(),
            "set_aside": {"lines": counted.set_aside_lines, "amount": counted.set_aside_amount.decimal()},
            "points_earned": counted.points_earned.units,
            "points_taken_back": counted.points_taken_back.units,
            "points_short": counted.short.units,
            "seconds": round(seconds, 1),
        }
        json.dump(answer, sys.stdout)
        sys.stdout.write("\n")
        return
    pace = (counted.bills + counted.returns) / max(seconds, 0.001)
    sys.stdout.writelines(
        (
            f"{counted.bills:,} bills and {counted.returns:,} returns of {counted.lines:,} lines ",
            f"in {seconds:.1f} s, {pace:.0f} bills a second\n",
            f"sales {_grouped(counted.sales)}, refunds {_grouped(counted.refunds)}, ",
            f"set aside {counted.set_aside_lines:,} lines worth {_grouped(counted.set_aside_amount)}\n",
            f"points: {counted.points_earned.units:,} earned, {counted.points_taken_back.units:,} taken back, ",
            f"{counted.short.units:,} were no longer there\n",
        )
    )


def _grouped(amount: Money) -> str:
    return f"{Decimal(amount.decimal()):,}"
