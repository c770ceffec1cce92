"""How much of protocol and ledgers the tests go through, by branches: ``python -m tests.coverage_of_protocol``.

A module counts when a wrong turn in it could take points or money twice or not at all, lose or double a bill or a
message about one, or make the record of it untrue. So these count: the life of a redemption and of stored value on both
sides, tenders and what goes back, the one transaction that saves a bill, bills set aside for every till, the outbox and
who carries it, the journal and what is kept in it, every account, limit, lot and item of the backend, its transactions
and answers, and what finds and mends differences. Every branch of theirs is to be gone through, most of them by tests
that say so in their names.

The others are left out, for one of these reasons (``LEFT_OUT``): they show or ask what one of the former decides; they
work a price out, which is held to the conformance cases, to properties and to mutation; they copy what is asked for
again anyway; they say who somebody is or what they may do, which the table of rights and of security tries; they are
forms without a choice, or figures derived from the ledger that can be made anew from it; or they are the ground under
all of it: clocks, files, sockets and processes, some of it of another system than the one the tests run on.

What follows the command goes to pytest, such as ``tests/server``; without it the folders below are run. The status is
0 when nothing is left out.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.machine import ROOT

MODULES = {
    "domain": ("points", "redemption", "refund", "stored_value", "tender"),
    "till": (
        "agreed", "asking", "balances", "checkout", "checkout_model", "covering", "deadlines", "delivery", "drafts",
        "exchanging", "finishing", "held_shelf", "keeping", "leasing", "letting_go", "line", "needing", "needs",
        "outbox", "overriding", "paying", "quoting", "receipts", "recovery", "redeeming", "refunding", "releasing",
        "return_receipt", "rows", "saving", "scarce", "stage", "tendering", "terminals", "trusting",
        "unfinished_refunds", "upkeep", "value_desk", "valuing", "views", "vouching", "writing",
    ),
    "loyalty": ("answers", "emulated", "http", "identity", "tukar_backend"),
    "local": (
        "attempts", "audit", "disk", "doctor", "drafts", "ids", "intents", "journal", "outbox", "receipts",
        "redemptions", "refunds", "review", "schema", "stored", "told",
    ),
    "server": (
        "accounts", "audit", "auth", "bill_moves", "bills", "captures", "channels", "claim_captures", "codes",
        "delivering", "doctor",
        "held", "holds", "limits", "outbox", "programmes", "proofs", "quotes", "reckoning", "reconciliation",
        "recovery", "redemption_rows", "refund_moves", "refund_rows", "refunds", "repairs", "reviews", "shorts",
        "stored_bills", "sweep", "uses", "value_bills", "value_holds", "values", "voids", "storage/batches",
        "storage/statements", "storage/transactions",
    ),
}  # fmt: skip
LEFT_OUT = {
    "shows or asks": {
        "till": (
            "approving", "asking_afar", "bill_words", "bill_work", "billing", "card_selling", "code_looking",
            "customer_display", "customers", "finding", "holding", "key_settings", "key_store", "keys", "kiosk",
            "line_work", "looking_up", "managing", "mobiles", "navigation", "no_sale", "notices", "offering",
            "payment_model", "payment_screen", "permitting", "pictures", "point_choices", "preferences", "promoting",
            "receipt_screen", "receiptless", "receiptless_model", "redeem_model", "redeem_screen", "refusals",
            "reprinting", "returning", "returning_model", "salespeople", "scanning", "set_deals", "settings_table",
            "shift_desk", "shift_screen", "starting", "status", "support_file",
        ),
        "local": ("control", "manager_shelf", "sheets"),
        "server": ("openapi", "texts"),
    },
    "prices": {
        "domain": ("barcode", "bill", "goods", "item", "money", "offer", "pricing", "programme", "reward", "rule",
                   "scale_code"),
        "till": ("invoices", "replay", "sale", "sandbox"),
        "server": ("catalogue", "demo_shop", "seed", "shop_file", "shops"),
    },
    "copies": {
        "till": ("sync",),
        "local": ("backup", "catalogue", "item_search", "offers", "programme_copy"),
        "loyalty": ("downloads", "manager"),
    },
    "who and what they may": {
        "domain": ("approval", "people", "tax_number"),
        "till": ("passwords", "signing_in", "staffing"),
        "loyalty": ("enrolling",),
        "local": ("buyers", "credentials", "doorplate", "sealing", "secrets", "tries"),
        "server": ("approvals", "buyers", "keys", "members", "numbers", "passwords", "sessions", "staff", "suspicions"),
    },
    "forms and figures": {
        "domain": ("applied", "free_text", "oversight", "receipt", "report", "shift", "shop"),
        "till": ("gear", "ports", "scrubbing"),
        "loyalty": ("addresses",),
        "local": ("columns", "settings", "shifts"),
        "server": (
            "applied", "call", "figures", "history", "rebuilding", "records", "refusing", "reports", "routes", "sales",
            "shifts", "storage/columns", "storage/manager_tables", "storage/tables", "storage/till_tables",
            "storage/value_tables",
        ),
    },
    "ground": {
        "till": ("background",),
        "loyalty": ("sockets",),
        "local": ("atomic", "clock", "lock", "log_file", "paths"),
        "server": (
            "app", "backend", "carriers", "chance", "clock", "folder", "logs", "metrics", "serve", "storage/engine",
            "storage/migrations", "throttle",
        ),
    },
}  # fmt: skip
"""A folder stands for all that is in it."""
FOLDERS = (
    "tests/domain", "tests/till", "tests/loyalty", "tests/local", "tests/server", "tests/bootstrap", "tests/simulation",
)  # fmt: skip


def files() -> tuple[Path, ...]:
    """The modules as files."""
    return tuple(
        ROOT / "app" / "tukar" / layer / f"{module}.py" for layer, names in MODULES.items() for module in names
    )


def main(arguments: Sequence[str]) -> int:
    with TemporaryDirectory(prefix="tukar-coverage-") as scratch:
        surroundings = {**os.environ, "COVERAGE_FILE": str(Path(scratch) / "coverage")}
        include = f"--include={','.join(map(str, files()))}"
        run = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        tried = subprocess.run([*run, *(arguments or FOLDERS)], cwd=ROOT, env=surroundings, check=False)
        report = [sys.executable, "-m", "coverage", "report", include, "--fail-under=100", "--precision=2"]
        told = subprocess.run(report, cwd=ROOT, env=surroundings, check=False)
    return tried.returncode or told.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
