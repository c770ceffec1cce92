"""What became of the offers of each bill: the last word counts, and travels with the bill when it is saved."""

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.receipt import ReceiptOffer
from tukar.local.disk import Connection


def record(db: Connection, bill_id: str, key: OfferKey, outcome: PromotionOutcome, note: str, at: str) -> None:
    """Keeps the word; that an offer was shown again changes nothing of what became of it."""
    db.execute(
        """INSERT INTO offers VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
            SET outcome = excluded.outcome, note = excluded.note, at = excluded.at WHERE excluded.outcome <> ?""",
        (bill_id, key.rule_id, key.reward_id, outcome.value, note, at, PromotionOutcome.OPEN.value),
    )


def of_bill(db: Connection, bill_id: str) -> tuple[ReceiptOffer, ...]:
    rows = db.execute(
        "SELECT rule_id, reward_id, outcome, note FROM offers WHERE bill_id = ? ORDER BY rule_id, reward_id", (bill_id,)
    ).fetchall()
    return tuple(
        ReceiptOffer(OfferKey(rule_id, reward_id), PromotionOutcome(outcome), note)
        for rule_id, reward_id, outcome, note in rows
    )
