"""Saved bills: their numbers without a gap, the whole receipt as JSON, and the columns that are asked about."""

from dataclasses import dataclass, replace
from typing import Final

from tukar.domain.receipt import Receipt, ReceiptNumber
from tukar.local.columns import currency_text, moment_text
from tukar.local.disk import Connection
from tukar.wire.receipts import receipt_from_json, receipt_to_json

TRAINING_EPOCH: Final = 0
"""Practice bills count in a series of their own, which no till is ever given by the backend."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Whose numbers a till gives out: SHOP-TILL-epoch-n. The backend says the epoch."""

    shop_id: str
    till_id: str
    epoch: int

    def number(self, n: int, *, training: bool = False) -> ReceiptNumber:
        return ReceiptNumber(self.shop_id, self.till_id, TRAINING_EPOCH if training else self.epoch, n)


def begin_series(db: Connection, numbering: Numbering) -> None:
    """From the commit on, bills of this till get numbers of that series."""
    db.execute(
        "INSERT INTO facts VALUES ('series', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (f"{numbering.shop_id} {numbering.till_id} {numbering.epoch}",),
    )


def present_series(db: Connection, numbering: Numbering) -> Numbering:
    """That numbering, or the later series of the same till that was begun here."""
    row = db.execute("SELECT value FROM facts WHERE name = 'series'").fetchone()
    if row is None:
        return numbering
    till, _, epoch = row[0].rpartition(" ")
    begun = int(epoch) if till == f"{numbering.shop_id} {numbering.till_id}" else 0
    return replace(numbering, epoch=max(numbering.epoch, begun))


def _series(number: ReceiptNumber) -> str:
    return str(number).rpartition("-")[0]


def next_number(db: Connection, numbering: Numbering, *, training: bool = False) -> ReceiptNumber:
    first = numbering.number(1, training=training)
    last = db.execute("SELECT max(n) FROM receipts WHERE series = ?", (_series(first),)).fetchone()[0]
    return first if last is None else numbering.number(last + 1, training=training)


def insert(db: Connection, receipt: Receipt) -> None:
    """Into the shift that is open, if one is."""
    number = receipt.number
    db.execute(
        """INSERT INTO receipts (bill_id, series, n, till_id, kind, at, currency, before, discount, total, cashier_id,
            member_id, returns, training, body, shift_id)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(shift_id), '')
            FROM shifts WHERE state = 'open'""",
        (
            receipt.bill_id,
            _series(number),
            number.n,
            number.till_id,
            receipt.kind.value,
            moment_text(receipt.at),
            currency_text(receipt.currency),
            receipt.before.minor,
            receipt.discount.minor,
            receipt.total.minor,
            receipt.cashier_id,
            "" if receipt.customer is None else receipt.customer.member_id,
            receipt.returns,
            int(receipt.training),
            receipt_to_json(receipt).decode(),
        ),
    )
    for tender in receipt.tenders:
        db.execute(
            "INSERT INTO tenders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                tender.tender_id,
                receipt.bill_id,
                tender.mode.value,
                tender.amount.minor,
                tender.given.minor,
                0 if tender.rounding is None else tender.rounding.minor,
                moment_text(tender.at),
                tender.reference,
            ),
        )


def by_bill(db: Connection, bill_id: str) -> Receipt | None:
    row = db.execute("SELECT body FROM receipts WHERE bill_id = ?", (bill_id,)).fetchone()
    return None if row is None else receipt_from_json(row[0].encode())


def is_saved(db: Connection, bill_id: str) -> bool:
    return db.execute("SELECT 1 FROM receipts WHERE bill_id = ?", (bill_id,)).fetchone() is not None


def by_number(db: Connection, text: str) -> Receipt | None:
    """By the whole number, or by what people say across the counter (``ReceiptNumber.short``): then the latest."""
    try:
        number = ReceiptNumber.parse(text)
    except ValueError:
        return _by_short_number(db, text)
    row = db.execute("SELECT body FROM receipts WHERE series = ? AND n = ?", (_series(number), number.n)).fetchone()
    return None if row is None else receipt_from_json(row[0].encode())


def _by_short_number(db: Connection, text: str) -> Receipt | None:
    till_id, _, n = text.rpartition("-")
    if not (n.isascii() and n.isdigit() and len(n) <= len(str(10**12))):
        return None
    row = db.execute(
        "SELECT body FROM receipts WHERE till_id = ? AND n = ? AND NOT training ORDER BY rowid DESC LIMIT 1",
        (till_id, int(n)),
    ).fetchone()
    return None if row is None else receipt_from_json(row[0].encode())


def returns_of(db: Connection, bill_id: str) -> tuple[Receipt, ...]:
    """Goods of a sale that came back, oldest first."""
    rows = db.execute("SELECT body FROM receipts WHERE returns = ? AND returns <> '' ORDER BY rowid", (bill_id,))
    return tuple(receipt_from_json(row[0].encode()) for row in rows.fetchall())


def recent(db: Connection, limit: int) -> tuple[Receipt, ...]:
    """Newest first."""
    rows = db.execute("SELECT body FROM receipts ORDER BY rowid DESC LIMIT ?", (limit,)).fetchall()
    return tuple(receipt_from_json(row[0].encode()) for row in rows)


def of_shift(db: Connection, shift_id: str) -> tuple[Receipt, ...]:
    """Those saved while it was open, oldest first."""
    rows = db.execute("SELECT body FROM receipts WHERE shift_id = ? AND shift_id <> '' ORDER BY rowid", (shift_id,))
    return tuple(receipt_from_json(row[0].encode()) for row in rows.fetchall())
