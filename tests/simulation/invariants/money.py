"""I15: what the bank took is on a bill, in a draft at payment or with a manager; and the other way round."""

import json
from collections import defaultdict
from collections.abc import Iterator

from tests.simulation.invariants.bills import Bills
from tests.simulation.till import SimulatedTill
from tukar.devices.bank import Bank


def money(tills: list[SimulatedTill], bills: Bills) -> Iterator[str]:
    """I15: what the bank took is on a bill, in a draft at payment or with a manager; and the other way round."""
    for till in tills:
        bank = till.counter.bank
        taken, same = dict(bank.taken()), [one for one in tills if one.counter.bank is bank]
        drafts = [json.loads(body) for one in same for (body,) in one.disk.drafts.execute("SELECT body FROM drafts")]
        items = " ".join(
            story
            for one in same
            for (story,) in one.disk.journal.execute("SELECT story || ' ' || item_id FROM review_items")
        )
        billed = _by_device(bills, bank)
        drafted = {tender["tender_id"] for draft in drafts for tender in draft.get("tenders", ())}
        for reference, amount in taken.items():
            if reference not in billed and reference not in drafted and reference not in items:
                yield f"I15 the bank took {amount} under {reference}, and no bill, draft or item knows of it"
        for reference, minor in billed.items():
            has = taken[reference].minor if reference in taken else 0
            if has != minor and reference not in items:
                yield f"I15 a bill shows a payment {reference} of {minor} that the bank does not have"
        open_attempts = till.disk.journal.execute(
            "SELECT tender_id, state FROM attempts WHERE state IN ('open', 'unknown')"
        ).fetchall()
        for tender_id, state in open_attempts:
            if tender_id not in items and tender_id not in billed and tender_id not in drafted:
                yield f"I15 attempt {tender_id} is still {state}"


def _by_device(bills: Bills, bank: Bank) -> dict[str, int]:
    """What the bills say that card and QR payments came to, less what went back, by the bank's reference."""
    billed: dict[str, int] = defaultdict(int)
    for owner, bill in (*bills.by_id.values(), *bills.twice.values()):
        for tender in bill.get("tenders", ()) if owner.counter.bank is bank else ():
            if tender["mode"] in ("card", "qr"):
                billed[tender["reference"]] += int(tender["amount"])
    return billed
