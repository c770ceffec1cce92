"""Everything outside the till's own rules that a sale needs, as protocols: backend, disk, devices, clock, ids.

Calls of ``LoyaltyBackend``, ``Terminal`` and ``Printer`` block and are made in the background; so are the journal's
writes, because 0.3 ms here may be 30 ms on a shop's disk (redemption.md, "Disk"). The port speaks domain values, so
that backends other than ours fit behind it; what a backend cannot do its ``Capabilities`` say.
"""

from tukar.domain.shop import ShopProfile
from tukar.till.ports.backend import (
    BackendState,
    Capabilities,
    CataloguePage,
    Enrolment,
    FindBy,
    HistoryEntry,
    Hold,
    Idempotency,
    LoyaltyBackend,
    Otp,
    RefundAnswer,
    RefundLine,
    RefundRequest,
    Reverse,
)
from tukar.till.ports.clock import (
    Clock,
    Deadline,
    Ids,
    seconds_left,
)
from tukar.till.ports.devices import (
    PrinterState,
    QrService,
    ReceiptPrinter,
    Terminal,
    TerminalAnswer,
    TerminalOutcome,
)
from tukar.till.ports.disk import (
    CredentialCheck,
    Hit,
    ItemIndex,
    Secrets,
    Settings,
    SettingsStore,
    StaffDirectory,
)
from tukar.till.ports.errors import (
    DiskTrouble,
    DiskTroubleKind,
    Refused,
    StaleRowError,
    Trouble,
    Unreachable,
)
from tukar.till.ports.journal import (
    AttemptState,
    Draft,
    Journal,
    OutboxKind,
    OutboxMessage,
    OutboxState,
    PaymentAttempt,
    RedemptionRow,
    ReviewItem,
)

__all__ = [
    "AttemptState",
    "BackendState",
    "Capabilities",
    "CataloguePage",
    "Clock",
    "CredentialCheck",
    "Deadline",
    "DiskTrouble",
    "DiskTroubleKind",
    "Draft",
    "Enrolment",
    "FindBy",
    "HistoryEntry",
    "Hit",
    "Hold",
    "Idempotency",
    "Ids",
    "ItemIndex",
    "Journal",
    "LoyaltyBackend",
    "Otp",
    "OutboxKind",
    "OutboxMessage",
    "OutboxState",
    "PaymentAttempt",
    "PrinterState",
    "QrService",
    "ReceiptPrinter",
    "RedemptionRow",
    "RefundAnswer",
    "RefundLine",
    "RefundRequest",
    "Refused",
    "Reverse",
    "ReviewItem",
    "Secrets",
    "Settings",
    "SettingsStore",
    "ShopProfile",
    "StaffDirectory",
    "StaleRowError",
    "Terminal",
    "TerminalAnswer",
    "TerminalOutcome",
    "Trouble",
    "Unreachable",
    "seconds_left",
]
