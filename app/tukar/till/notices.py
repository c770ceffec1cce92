"""What the till has to say, as values: which notice, how serious, and the figures in it. ``ui/wording.py`` speaks."""

from dataclasses import dataclass
from enum import StrEnum

from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points


class Level(StrEnum):
    """How a notice is drawn (visual.md, "Notice strip")."""

    INFO = "info"
    WARN = "warn"
    DANGER = "danger"


class Say(StrEnum):
    """Every sentence the till knows; each has its words in every language, with what to do next."""

    UNKNOWN_ITEM = "unknown_item"
    WHICH_ITEM = "which_item"
    ITEM_NOT_SOLD = "item_not_sold"
    SOLD_BY_PIECE = "sold_by_piece"
    BARCODE_MISREAD = "barcode_misread"
    NUMBER_TOO_SHORT = "number_too_short"
    NUMBER_NOT_MOBILE = "number_not_mobile"
    NUMBER_FOREIGN = "number_foreign"
    CUSTOMER_NOT_FOUND = "customer_not_found"
    CUSTOMER_ENROLLED = "customer_enrolled"
    CUSTOMER_ENROLLED_OFFLINE = "customer_enrolled_offline"
    CUSTOMER_EXISTS = "customer_exists"
    OFFLINE_FIND = "offline_find"
    OFFLINE_REDEEM = "offline_redeem"
    OFFLINE_SELLING = "offline_selling"
    BACKEND_NONSENSE = "backend_nonsense"
    BACKEND_SLOW = "backend_slow"
    BACKEND_RECOVERING = "backend_recovering"
    TILL_REVOKED = "till_revoked"
    TILL_OUTDATED = "till_outdated"
    SIGN_IN_AGAIN = "sign_in_again"
    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a sentence
    CODE_SENT = "code_sent"
    CODE_WRONG = "code_wrong"
    CODE_LOCKED = "code_locked"
    CODE_EXPIRED = "code_expired"
    CODE_TOO_MANY = "code_too_many"
    CODE_RESEND_EARLY = "code_resend_early"
    NO_MOBILE = "no_mobile"
    TOO_FEW_POINTS = "too_few_points"
    POINTS_SPENT_ELSEWHERE = "points_spent_elsewhere"
    RULES_CHANGED = "rules_changed"
    PRICES_CHANGED = "prices_changed"
    OFFER_GONE = "offer_gone"
    VOUCHER_NOT_TAKEN = "voucher_not_taken"
    POINTS_ASKED = "points_asked"
    POINTS_RESERVED = "points_reserved"
    POINTS_UNKNOWN = "points_unknown"
    POINTS_TAKEN = "points_taken"
    POINTS_RETURNING = "points_returning"
    POINTS_RETURNED = "points_returned"
    HOLD_RAN_OUT = "hold_ran_out"
    NEEDS_MANAGER = "needs_manager"
    CARD_DECLINED = "card_declined"
    CARD_CANCELLED = "card_cancelled"
    CARD_UNKNOWN = "card_unknown"
    NOT_PAID_YET = "not_paid_yet"
    QR_RAN_OUT = "qr_ran_out"
    CARD_APPROVED_AFTER_ALL = "card_approved_after_all"
    NOT_ENOUGH_MONEY = "not_enough_money"
    ONLY_CASH_CHANGE = "only_cash_change"
    CARD_NUMBER_TYPED = "card_number_typed"
    BILL_SAVED = "bill_saved"
    BILL_SAVED_OFFLINE = "bill_saved_offline"
    BILL_NOT_SAVED_DISK = "bill_not_saved_disk"
    BILL_EMPTY = "bill_empty"
    BILL_RESUMED = "bill_resumed"
    BILL_RESUMED_PAID = "bill_resumed_paid"
    BILL_WAS_SAVED = "bill_was_saved"
    SALESPERSON_NEEDED = "salesperson_needed"
    PRINTER_MISSING = "printer_missing"
    PRINTER_PAPER = "printer_paper"
    PRINTER_FAILED = "printer_failed"
    SETTINGS_DAMAGED = "settings_damaged"
    ALREADY_RUNNING = "already_running"
    DISK_FULL = "disk_full"
    DISK_NEARLY_FULL = "disk_nearly_full"
    DISK_FAILED = "disk_failed"
    NO_KEYRING = "no_keyring"
    NOT_ALLOWED = "not_allowed"
    NOTHING_HELD = "nothing_held"
    BILL_HELD = "bill_held"
    BILL_TAKEN_UP = "bill_taken_up"
    BILL_TAKEN_AWAY = "bill_taken_away"
    BILL_ALSO_ELSEWHERE = "bill_also_elsewhere"
    OFFLINE_HELD = "offline_held"
    REASON_NEEDED = "reason_needed"
    DISCOUNT_TOO_MUCH = "discount_too_much"
    MONEY_TAKEN = "money_taken"
    RECEIPT_NOT_FOUND = "receipt_not_found"
    NOT_RETURNABLE = "not_returnable"
    ALL_RETURNED = "all_returned"
    TOO_MUCH_RETURNED = "too_much_returned"
    OFFLINE_RETURN = "offline_return"
    REFUND_DECLINED = "refund_declined"
    REFUND_UNCLEAR = "refund_unclear"
    EXCHANGE_BEGUN = "exchange_begun"
    RETURN_GIVEN_UP = "return_given_up"
    RETURN_MUST_BE_SAVED = "return_must_be_saved"
    NO_RECEIPTS = "no_receipts"
    DRAWER_REASON = "drawer_reason"
    OFFLINE_MANAGER = "offline_manager"
    NO_MANAGER = "no_manager"
    EXPORTED = "exported"
    EXPORT_PLANNED = "export_planned"
    EXPORT_UNPLANNED = "export_unplanned"
    REQUEST_GIVEN = "request_given"
    REQUEST_REFUSED = "request_refused"
    REQUEST_GONE = "request_gone"
    NOTE_NEEDED = "note_needed"
    CASE_APPROVED = "case_approved"
    CASE_FLAGGED = "case_flagged"
    CASE_REOPENED = "case_reopened"
    REPAIRED = "repaired"
    TILL_ASKED = "till_asked"
    SHIFT_BILL_IN_HAND = "shift_bill_in_hand"
    AMOUNT_NEEDED = "amount_needed"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence with its figures. ``seconds`` counts down where it is given; ``text`` is a name or number."""

    say: Say
    level: Level = Level.INFO
    text: str = ""
    money: Money | None = None
    points: Points | None = None
    name: LocalName | None = None
    count: int | None = None
    seconds: float | None = None
