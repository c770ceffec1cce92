"""A manager's pages and sums over a million applied promotions: ``python -m tests.benchmarks.at_the_records``.

Each filter is asked ``REPEATS`` times through the operation itself, with everything but the socket; the median counts,
beside the bound of 100 ms. It is processor time, so that a busy machine does not change it. Records are spread over a
year, four tills, twelve cashiers, twenty rules and 20,000 customers.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.server.world import TillClient, World
from tukar.domain.applied import PromotionOutcome
from tukar.server import applied
from tukar.server.applied import Applied
from tukar.server.call import Call
from tukar.server.storage.engine import open_engine
from tukar.wire.message import write

BOUND_MS = 100.0
REPEATS = 5
AT_ONCE = 20_000
DAYS = 365
CUSTOMERS = 20_000
FIRST = datetime(2025, 3, 2, 1, 0, tzinfo=UTC)
OUTCOMES = (
    *[PromotionOutcome.TAKEN] * 6, *[PromotionOutcome.DECLINED] * 2, PromotionOutcome.OPEN, PromotionOutcome.BY_ITSELF,
    PromotionOutcome.LOST,
)  # fmt: skip

FILTERS: dict[str, dict[str, str]] = {
    "everything": {},
    "a month": {"first_day": "2025-10-01", "last_day": "2025-10-31"},
    "a day": {"first_day": "2025-10-07", "last_day": "2025-10-07"},
    "a till": {"till_id": "T2"},
    "a cashier": {"cashier_id": "c-7"},
    "a salesperson": {"salesperson_id": "s-3"},
    "a customer": {"member_id": "dewi"},
    "a rule": {"rule_id": "rule-11"},
    "an outcome": {"outcome": "lost"},
    "a rule at a till": {"rule_id": "rule-11", "till_id": "T2"},
    "a rule, an outcome, a month": {
        "rule_id": "rule-11", "outcome": "declined", "first_day": "2025-10-01", "last_day": "2025-10-31",
    },
    "a cashier and a rule that never meet": {"rule_id": "rule-0", "cashier_id": "c-1"},
    "a customer by name": {"text": "dewi"},
}  # fmt: skip


def record(number: int, of: int) -> Applied:
    at = FIRST + timedelta(seconds=number * (DAYS * 86_400 // of))
    outcome = OUTCOMES[number * 7 % len(OUTCOMES)]
    gives = outcome in (PromotionOutcome.TAKEN, PromotionOutcome.BY_ITSELF)
    customer = number * 7919 % CUSTOMERS
    cashier, rule = number % 12, number * 3 % 20
    return Applied(
        shop_id="JKT",
        sold_at=at.isoformat(timespec="milliseconds"),
        sold_on=at.date().isoformat(),
        till_id=f"T{number % 4 + 1}",
        bill_id=f"bill-{number // 3}",
        number=f"JKT-T{number % 4 + 1}-1-{number // 3 + 1}",
        currency="IDR",
        cashier_id=f"c-{cashier}",
        cashier_name=f"Cashier {cashier}",
        salesperson_id=f"s-{number % 5}",
        salesperson_name=f"Seller {number % 5}",
        member_id="dewi" if customer == 0 else f"m-{customer}",
        rule_id=f"rule-{rule}",
        outcome=outcome.value,
        discount=5_000 if gives else 0,
        programme_id="poin" if gives else "",
        spent=50 if gives else 0,
    )


def fill(world: World, records: int) -> None:
    for start in range(0, records, AT_ONCE):
        rows = [record(number, records) for number in range(start, min(start + AT_ONCE, records))]

        def put(call: Call, _message: object, rows: Sequence[Applied] = rows) -> None:
            applied.write_rows(call, rows)

        world.inside(put)


def milliseconds(ask: Any) -> float:
    spent = []
    for _ in range(REPEATS):
        began = time.process_time()
        answer = ask()
        spent.append((time.process_time() - began) * 1000)
        assert answer.status == 200, answer.json
    return median(spent)


def figures(till: TillClient) -> Iterator[dict[str, Any]]:
    for name, wanted in FILTERS.items():
        question = {"wanted": wanted}
        first = till.post("/v1/manager/promotions", write(question)).json
        later = {**question, "page": first.get("next_page", "")}
        for what, ask in (
            ("first page", lambda question=question: till.post("/v1/manager/promotions", write(question))),
            ("next page", lambda later=later: till.post("/v1/manager/promotions", write(later))),
            ("sums", lambda wanted=wanted: till.post("/v1/manager/summary", write(wanted))),
        ):
            value = milliseconds(ask)
            yield {"name": f"{name}: {what}", "ms": round(value, 1), "bound": BOUND_MS, "ok": value <= BOUND_MS}
    value = milliseconds(lambda: till.get("/v1/manager/choices"))
    yield {"name": "choices", "ms": round(value, 1), "bound": BOUND_MS, "ok": value <= BOUND_MS}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.at_the_records", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    typed = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="tukar-records-") as folder:
        world = World(open_engine(f"sqlite:///{Path(folder) / 'loyalty.db'}"))
        world.load()
        fill(world, typed.records)
        till = world.enrol("TILLONE")
        till.manages()
        rows = list(figures(till))
        world.close()
    if typed.json:
        print(json.dumps(rows, indent=1))
    else:
        for row in rows:
            print(f"{row['ms']:>9.1f} ms  {'ok' if row['ok'] else 'MISSED':<7} {row['name']}")
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
