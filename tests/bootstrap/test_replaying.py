"""``tukar replay``: real bills through sale, pricing, journal, outbox and a backend process; the doctor afterwards."""

import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tukar.bootstrap.backend_house import backend_folder
from tukar.bootstrap.health import run_doctor
from tukar.bootstrap.options import DoctorOptions, ReplayOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.replaying import run_replay
from tukar.server.serve import default_url
from tukar.server.storage.engine import open_engine

COLUMNS = ("invoice", "sold_at", "customer", "code", "name", "quantity", "unit_price_gbp", "country")
LONGEST = "537434"
"""The invoice of 675 lines."""
INVOICES = 300

Row = dict[str, str]


@dataclass
class Recomputed:
    """The figures of a file, worked out without any of the program's own code."""

    bills: int = 0
    returns: int = 0
    sales: Decimal = Decimal(0)
    refunds: Decimal = Decimal(0)
    set_aside_lines: int = 0
    set_aside: Decimal = Decimal(0)
    earned: int = 0
    taken_back: int = 0
    balances: dict[str, int] = field(default_factory=dict)

    def ring(self, number: str, rows: Sequence[Row]) -> None:
        worth = [self._worth(row) for row in rows]
        counts = [
            amount < 0 if number.startswith("C") else amount > 0 and int(row["quantity"]) > 0
            for row, amount in zip(rows, worth, strict=True)
        ]
        self.set_aside_lines += counts.count(False)
        self.set_aside += sum((one for one, counted in zip(worth, counts, strict=True) if not counted), Decimal(0))
        if any(counts):
            total = sum((one for one, counted in zip(worth, counts, strict=True) if counted), Decimal(0))
            self._book(rows[0]["customer"], total)

    @staticmethod
    def _worth(row: Row) -> Decimal:
        return (Decimal(row["quantity"]) * Decimal(row["unit_price_gbp"])).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _book(self, customer: str, total: Decimal) -> None:
        held, pounds = self.balances.get(customer, 0), int(abs(total))
        if total > 0:
            self.bills, self.sales, moved = self.bills + 1, self.sales + total, pounds
        else:
            self.returns, self.refunds, moved = self.returns + 1, self.refunds + total, -min(held, pounds)
        if customer:
            self.balances[customer] = held + moved
            self.earned += max(moved, 0)
            self.taken_back -= min(moved, 0)


def write(file: Path, rows: Sequence[Row]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return file


def recomputed(rows: Sequence[Row]) -> Recomputed:
    invoices: dict[str, list[Row]] = {}
    for row in rows:
        invoices.setdefault(row["invoice"], []).append(row)
    figures = Recomputed()
    for number, lines in invoices.items():
        figures.ring(number, lines)
    return figures


def row(invoice: str, customer: str, code: str, quantity: int, price: str) -> Row:
    cells = (invoice, "2010-12-01T08:26", customer, code, f"ARTICLE {code}", str(quantity), price, "United Kingdom")
    return dict(zip(COLUMNS, cells, strict=True))


def replayed(file: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run_replay(ReplayOptions(file, data=data, as_json=True)) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def assert_agree(answer: dict[str, Any], figures: Recomputed) -> None:
    assert (answer["bills"], answer["returns"]) == (figures.bills, figures.returns)
    assert (Decimal(answer["sales"]), Decimal(answer["refunds"])) == (figures.sales, figures.refunds)
    assert answer["set_aside"] == {"lines": figures.set_aside_lines, "amount": f"{figures.set_aside:.2f}"}
    assert (answer["points_earned"], answer["points_taken_back"]) == (figures.earned, figures.taken_back)


def assert_well(data: Path, figures: Recomputed, capsys: pytest.CaptureFixture[str]) -> None:
    """The doctor is content, and journal and backend hold every bill and the balances worked out here."""
    assert run_doctor(DoctorOptions(data, as_json=True)) == 0
    till, backend = json.loads(capsys.readouterr().out)["examined"]
    bills = figures.bills + figures.returns
    assert till["facts"] == {"bills": bills, "unsent": 0, "to_review": 0}
    assert (backend["facts"]["bills"], backend["facts"]["to_review"]) == (bills, 0)
    engine = open_engine(default_url(backend_folder(data)))
    with engine.connect() as db:
        posted = db.execute(text("SELECT member_id, posted FROM accounts WHERE kind = 'member'")).all()
    engine.dispose()
    held = {member_id.removeprefix("card-"): units for member_id, units in posted if units}
    assert held == {customer: points for customer, points in figures.balances.items() if points}


@pytest.mark.journey
def test_a_few_bills_of_every_sort(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        row("1", "c7", "85123A", 6, "2.55"),
        row("1", "c7", "85123a", 1, "2.55"),
        row("1", "c7", "85123A", 2, "2.10"),
        row("2", "", "84406B", 8, "2.75"),
        row("C3", "c7", "85123A", -10, "2.55"),
        row("C4", "c8", "84406B", -1, "2.75"),
        row("5", "c7", "84406B", -3, "0"),
        row("1", "c7", "84406B", 1, "0"),
    ]
    file = write(tmp_path / "bills.csv", rows)
    answer = replayed(file, tmp_path / "shop", capsys)
    assert answer["lines"] == 6
    assert_agree(answer, recomputed(rows))
    assert_well(tmp_path / "shop", recomputed(rows), capsys)


@pytest.mark.journey
@pytest.mark.needs("shared")
def test_three_hundred_real_invoices_the_longest_among_them(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gzip.open(shared / "data/online_retail/bills.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        every = list(csv.DictReader(stream))
    first = list(dict.fromkeys(one["invoice"] for one in every))[: INVOICES - 1]
    wanted = {*first, LONGEST}
    rows = [one for one in every if one["invoice"] in wanted]
    figures = recomputed(rows)
    assert figures.returns > 20
    answer = replayed(write(tmp_path / "bills.csv", rows), tmp_path / "shop", capsys)
    assert_agree(answer, figures)
    assert_well(tmp_path / "shop", figures, capsys)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("sku,price\nA,1\n", "no column is headed 'invoice'"),
        (",".join(COLUMNS) + "\n1,,,A,Tea,one,1,UK\n", "line 2: not a decimal number: 'one'; 1 bad rows in all"),
    ],
)
def test_a_file_without_bills_says_what_is_wrong(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "bills.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandRefused) as refused:
        run_replay(ReplayOptions(file, data=tmp_path / "shop"))
    assert words in str(refused.value)
    assert not (tmp_path / "shop").exists()


@pytest.mark.journey
def test_a_folder_that_holds_a_replay_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "bills.csv", [row("1", "", "A", 1, "1.00")])
    replayed(file, tmp_path / "shop", capsys)
    with pytest.raises(CommandRefused, match="holds a replay already"):
        run_replay(ReplayOptions(file, data=tmp_path / "shop"))
