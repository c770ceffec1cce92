"""What the cashier reads when the backend says no or cannot be reached, disk or printer fail: one table each."""

from collections.abc import Mapping
from types import MappingProxyType

from tukar.domain.redemption import NO_ACCOUNT, Refusal
from tukar.domain.stored_value import is_value
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, PrinterState, RedemptionRow, Refused, Trouble, Unreachable

_WORDS: Mapping[Refusal, tuple[Say, Level]] = MappingProxyType(
    {
        Refusal.INSUFFICIENT: (Say.POINTS_SPENT_ELSEWHERE, Level.WARN),
        Refusal.WRONG_CODE: (Say.CODE_WRONG, Level.WARN),
        Refusal.CODE_LOCKED: (Say.CODE_LOCKED, Level.DANGER),
        Refusal.CODE_EXPIRED: (Say.CODE_EXPIRED, Level.WARN),
        Refusal.CODE_NEEDED: (Say.CODE_SENT, Level.INFO),
        Refusal.TOO_MANY_CODES: (Say.CODE_TOO_MANY, Level.DANGER),
        Refusal.RESEND_TOO_EARLY: (Say.CODE_RESEND_EARLY, Level.WARN),
        Refusal.NO_MOBILE: (Say.NO_MOBILE, Level.WARN),
        Refusal.RULES_CHANGED: (Say.RULES_CHANGED, Level.WARN),
        Refusal.PRICES_CHANGED: (Say.PRICES_CHANGED, Level.WARN),
        Refusal.NOT_ELIGIBLE: (Say.OFFER_GONE, Level.WARN),
        Refusal.USED_UP: (Say.OFFER_USED_UP, Level.WARN),
        Refusal.ALREADY_HELD: (Say.OFFER_GONE, Level.WARN),
        Refusal.EXPIRED: (Say.HOLD_RAN_OUT, Level.WARN),
        Refusal.VOIDED: (Say.HOLD_RAN_OUT, Level.WARN),
        Refusal.UNKNOWN_REDEMPTION: (Say.HOLD_RAN_OUT, Level.WARN),
        Refusal.UNKNOWN_BILL: (Say.RECEIPT_NOT_FOUND, Level.WARN),
        Refusal.NOTHING_TO_REFUND: (Say.TOO_MUCH_RETURNED, Level.WARN),
        Refusal.TAKEN_UP: (Say.BILL_TAKEN_UP, Level.WARN),
        Refusal.UNKNOWN_CARD: (Say.GIFT_CARD_UNKNOWN, Level.WARN),
        Refusal.CARD_TAKEN: (Say.GIFT_CARD_TAKEN, Level.WARN),
        Refusal.UNKNOWN_MEMBER: (Say.CUSTOMER_NOT_FOUND, Level.WARN),
        Refusal.MEMBER_EXISTS: (Say.CUSTOMER_EXISTS, Level.WARN),
        Refusal.REVOKED: (Say.TILL_REVOKED, Level.DANGER),
        Refusal.OUTDATED: (Say.TILL_OUTDATED, Level.DANGER),
        Refusal.NOT_SIGNED_IN: (Say.SIGN_IN_AGAIN, Level.WARN),
        Refusal.NOT_ALLOWED: (Say.NOT_ALLOWED, Level.WARN),
        Refusal.RECOVERING: (Say.BACKEND_RECOVERING, Level.WARN),
        Refusal.TOO_MANY_REQUESTS: (Say.BACKEND_SLOW, Level.WARN),
    }
)

_DISK: Mapping[DiskTroubleKind, Say] = MappingProxyType(
    {DiskTroubleKind.FULL: Say.DISK_FULL, DiskTroubleKind.IN_USE: Say.ALREADY_RUNNING}
)

_PRINTER: Mapping[PrinterState, Say] = MappingProxyType(
    {
        PrinterState.MISSING: Say.PRINTER_MISSING,
        PrinterState.OUT_OF_PAPER: Say.PRINTER_PAPER,
        PrinterState.FAILED: Say.PRINTER_FAILED,
    }
)


def refused_notice(refused: Refused) -> Notice:
    """What to say of a refusal, with its figures; whatever has no words of its own needs a manager."""
    say, level = _WORDS.get(refused.refusal, (Say.NEEDS_MANAGER, Level.DANGER))
    return Notice(say, level, points=refused.points, count=refused.tries_left, seconds=refused.wait)


def unreachable_notice(unreachable: Unreachable, say: Say = Say.OFFLINE_REDEEM) -> Notice:
    """What to say of a missing answer: ``say``, but for an answer that came and made no sense."""
    broken = unreachable.trouble is Trouble.BROKEN_ANSWER
    return Notice(Say.BACKEND_NONSENSE if broken else say, Level.WARN)


def unknown_notice(programme_id: str, trouble: Unreachable | None = None) -> Notice:
    """What to say where nobody knows whether points, or what else the bill uses, were reserved."""
    say = Say.OFFER_UNKNOWN if programme_id == NO_ACCOUNT else Say.POINTS_UNKNOWN
    return unreachable_notice(trouble, say) if trouble else Notice(say)


def ran_out_notice(row: RedemptionRow) -> Notice:
    """What to say when a hold is gone."""
    if row.programme_id == NO_ACCOUNT:
        return Notice(Say.OFFER_RAN_OUT, Level.WARN)
    if is_value(row.programme_id):
        return Notice(Say.VALUE_RAN_OUT, Level.WARN)
    return Notice(Say.HOLD_RAN_OUT, Level.WARN, points=row.need)


def disk_notice(trouble: DiskTrouble) -> Notice:
    return Notice(_DISK.get(trouble.kind, Say.DISK_FAILED), Level.DANGER)


def printer_notice(state: PrinterState) -> Notice | None:
    """What to say of a printer that printed nothing; None of one that did."""
    say = _PRINTER.get(state)
    return None if say is None else Notice(say, Level.WARN)
