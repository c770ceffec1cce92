"""Everything outside the till's own rules that a sale needs, as protocols: backend, disk, devices, clock, ids.

Calls of ``LoyaltyBackend``, ``Terminal`` and ``Printer`` block and are made in the background; so are the journal's
writes, because 0.3 ms here may be 30 ms on a shop's disk (redemption.md, "Disk"). The port speaks domain values, so
that backends other than ours fit behind it; what a backend cannot do its ``Capabilities`` say. ::

    backend     the loyalty backend; held: bills set aside for every till; values: gift cards and store credit
    records     till and backend compare what they know
    reviewing   what a manager asks, and what a till asks of a manager elsewhere
    journal     this till's own record; shifts: the one that is open; disk: what else it keeps
    devices     card terminal, QR service, printers, drawer
    clock       time that never jumps, deadlines, ids
    errors      the three ways in which what is outside says no
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        ShiftPaper,
        ShiftPrinter,
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
        TriesKept,
        WrongTries,
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
        RefundRow,
        RefundState,
        ReviewItem,
        SetAside,
    )
else:
    from tukar import late

    __getattr__ = late(
        __name__,
        "errors",
        "clock",
        "disk",
        "devices",
        "backend",
        "journal",
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
    "RefundRow",
    "RefundState",
    "Refused",
    "Reverse",
    "ReviewItem",
    "Secrets",
    "SetAside",
    "Settings",
    "SettingsStore",
    "ShiftPaper",
    "ShiftPrinter",
    "ShopProfile",
    "StaffDirectory",
    "StaleRowError",
    "Terminal",
    "TerminalAnswer",
    "TerminalOutcome",
    "TriesKept",
    "Trouble",
    "Unreachable",
    "WrongTries",
    "seconds_left",
]
