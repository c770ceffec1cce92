"""The tables of the journal and of the drafts, as numbered migrations that are never changed once released."""

from typing import Final

from tukar.local.disk import Migration

_RECEIPTS: Final = (
    """CREATE TABLE receipts (
        bill_id TEXT PRIMARY KEY,
        series TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n > 0),
        till_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        currency TEXT NOT NULL,
        before INTEGER NOT NULL,
        discount INTEGER NOT NULL,
        total INTEGER NOT NULL,
        cashier_id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        returns TEXT NOT NULL,
        training INTEGER NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (series, n))""",
    "CREATE INDEX receipts_at ON receipts (at)",
    "CREATE INDEX receipts_short ON receipts (till_id, n)",
    "CREATE INDEX receipts_returns ON receipts (returns) WHERE returns <> ''",
    """CREATE TABLE tenders (
        tender_id TEXT PRIMARY KEY,
        bill_id TEXT NOT NULL REFERENCES receipts (bill_id),
        mode TEXT NOT NULL,
        amount INTEGER NOT NULL,
        given INTEGER NOT NULL,
        rounding INTEGER NOT NULL,
        at TEXT NOT NULL,
        reference TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX tenders_bill ON tenders (bill_id)",
)

_REDEMPTIONS: Final = (
    """CREATE TABLE redemptions (
        redemption_id TEXT PRIMARY KEY,
        bill_id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        programme_id TEXT NOT NULL,
        state TEXT NOT NULL,
        need INTEGER NOT NULL,
        ceiling INTEGER NOT NULL,
        points_digits INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        currency TEXT NOT NULL,
        challenge_id TEXT NOT NULL,
        send_id TEXT NOT NULL,
        attempt_id TEXT NOT NULL,
        replaces TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        asked_at TEXT,
        held_until TEXT,
        commit_by TEXT,
        proof TEXT NOT NULL,
        note TEXT NOT NULL,
        changed_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX redemptions_bill ON redemptions (bill_id)",
    """CREATE INDEX redemptions_open ON redemptions (state)
        WHERE state IN ('quoted', 'challenged', 'asked', 'held', 'billed', 'dropped')""",
)

_ATTEMPTS: Final = (
    """CREATE TABLE attempts (
        tender_id TEXT PRIMARY KEY,
        bill_id TEXT NOT NULL,
        mode TEXT NOT NULL,
        amount INTEGER NOT NULL,
        currency TEXT NOT NULL,
        state TEXT NOT NULL,
        reference TEXT NOT NULL,
        label TEXT NOT NULL,
        first_at TEXT NOT NULL,
        changed_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX attempts_bill ON attempts (bill_id)",
    "CREATE INDEX attempts_open ON attempts (state) WHERE state IN ('open', 'unknown', 'approved')",
)

_OUTBOX: Final = (
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        ref TEXT NOT NULL,
        bill TEXT NOT NULL,
        account TEXT NOT NULL,
        body BLOB NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'waiting',
        queued_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        UNIQUE (kind, ref))""",
    "CREATE INDEX outbox_waiting ON outbox (tries, seq) WHERE state = 'waiting'",
    "CREATE INDEX outbox_bill ON outbox (bill, seq) WHERE state = 'waiting' AND bill <> ''",
    "CREATE INDEX outbox_account ON outbox (account, seq) WHERE state = 'waiting' AND account <> ''",
)

_REVIEW: Final = (
    """CREATE TABLE review_items (
        item_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        ref TEXT NOT NULL,
        at TEXT NOT NULL,
        story TEXT NOT NULL,
        resolved_by TEXT NOT NULL,
        resolution TEXT NOT NULL)""",
    "CREATE INDEX review_open ON review_items (at) WHERE resolved_by = ''",
    """CREATE TABLE declined (
        bill_id TEXT NOT NULL,
        rule_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (bill_id, rule_id, outcome)) WITHOUT ROWID""",
)

_AUDIT: Final = (
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        ref TEXT NOT NULL,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL)""",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_REFUNDS: Final = (
    """CREATE TABLE refunds (
        refund_id TEXT PRIMARY KEY,
        bill_id TEXT NOT NULL,
        number TEXT NOT NULL,
        state TEXT NOT NULL,
        lines TEXT NOT NULL,
        reason TEXT NOT NULL,
        actor TEXT NOT NULL,
        approver TEXT NOT NULL,
        money INTEGER,
        currency TEXT NOT NULL,
        reference TEXT NOT NULL,
        first_at TEXT NOT NULL,
        changed_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX refunds_open ON refunds (state) WHERE state IN ('asked', 'accepted', 'paying')",
)

_SHIFTS: Final = (
    """CREATE TABLE shifts (
        shift_id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        number INTEGER NOT NULL,
        audit_from INTEGER NOT NULL,
        audit_to INTEGER NOT NULL DEFAULT 0,
        body TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX shifts_open ON shifts (state) WHERE state = 'open'",
    "CREATE INDEX shifts_number ON shifts (number)",
    "ALTER TABLE receipts ADD COLUMN shift_id TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX receipts_shift ON receipts (shift_id) WHERE shift_id <> ''",
)

_OFFERS: Final = (
    """CREATE TABLE offers (
        bill_id TEXT NOT NULL,
        rule_id TEXT NOT NULL,
        reward_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        note TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (bill_id, rule_id, reward_id)) WITHOUT ROWID""",
    "DROP TABLE declined",
)

_ON_TRUST: Final = (
    "ALTER TABLE redemptions ADD COLUMN on_trust INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE redemptions ADD COLUMN approver TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX redemptions_on_trust ON redemptions (changed_at) WHERE on_trust = 1",
)

JOURNAL: Final[tuple[Migration, ...]] = (
    (*_RECEIPTS, *_REDEMPTIONS, *_ATTEMPTS, *_OUTBOX, *_REVIEW, *_AUDIT),
    _REFUNDS,
    _SHIFTS,
    _OFFERS,
    _ON_TRUST,
)

DRAFTS: Final[tuple[Migration, ...]] = (
    ("CREATE TABLE drafts (bill_id TEXT PRIMARY KEY, body TEXT NOT NULL, changed_at TEXT NOT NULL) WITHOUT ROWID",),
    ("CREATE TABLE unreadable (bill_id TEXT NOT NULL, body TEXT NOT NULL, changed_at TEXT NOT NULL)",),
)
