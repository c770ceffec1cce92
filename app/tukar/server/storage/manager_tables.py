"""What managers look at: promotions as they were applied, their sums, sessions, requests for a word, notes."""

from typing import Final

from sqlalchemy import Column, Index, text

from tukar.server.storage.columns import SERIAL, key, number, table, time, words

APPLIED: Final = table(
    "applied_promotions",
    Column("entry", SERIAL, primary_key=True, autoincrement=True),
    words("shop_id", None),
    words("sold_at", None),
    words("sold_on", None),
    words("till_id"),
    words("bill_id", None),
    words("ref"),
    words("number"),
    words("rule_id"),
    words("reward_id"),
    words("outcome", None),
    words("settlement", None),
    words("currency", None),
    number("discount"),
    words("cashier_id"),
    words("cashier_name"),
    words("salesperson_id"),
    words("salesperson_name"),
    words("member_id"),
    words("programme_id"),
    number("digits"),
    number("spent"),
    number("short"),
    number("earned"),
    number("programme_version"),
    words("note"),
    Index("applied_by_bill", "shop_id", "bill_id", "sold_at", "entry"),
    Index("applied_by_time", "shop_id", "sold_at", "entry"),
    Index("applied_by_till", "shop_id", "till_id", "sold_at", "entry"),
    Index("applied_by_cashier", "shop_id", "cashier_id", "sold_at", "entry"),
    Index("applied_by_salesperson", "shop_id", "salesperson_id", "sold_at", "entry"),
    Index("applied_by_member", "shop_id", "member_id", "sold_at", "entry"),
    Index("applied_by_rule", "shop_id", "rule_id", "sold_at", "entry"),
    Index("applied_by_outcome", "shop_id", "outcome", "sold_at", "entry"),
    Index("applied_by_settlement", "shop_id", "settlement", "sold_at", "entry"),
)
"""One promotion on one bill; ``ref`` is the refund that a row with what goods took back belongs to."""

APPLIED_SUMS: Final = table(
    "applied_sums",
    key("shop_id"),
    key("dimension"),
    key("value"),
    key("sold_on"),
    key("rule_id"),
    key("programme_id"),
    key("currency"),
    key("outcome"),
    number("digits"),
    number("times"),
    number("discount"),
    number("spent"),
    number("short"),
    number("earned"),
)
"""The rows of a day counted and added up: for the whole shop (``dimension`` empty), each till, cashier, salesperson."""

SALES_SUMS: Final = table(
    "sales_sums",
    key("shop_id"),
    key("dimension"),
    key("sold_on"),
    key("till_id"),
    key("value"),
    key("currency"),
    words("name"),
    number("bills"),
    number("thousandths"),
    number("sold"),
    number("returned"),
    number("discount"),
    number("base"),
    number("tax"),
)
"""What was sold, by day and till: as a whole, by salesperson, by rate of tax (``dimension`` and ``value``)."""

SESSIONS: Final = table(
    "manager_sessions",
    key("shop_id"),
    key("session_id"),
    words("staff_id", None),
    words("till_id", None),
    time("expires_time"),
    words("ended_at"),
)

REQUESTS: Final = table(
    "approval_requests",
    key("shop_id"),
    key("request_id"),
    words("state", None),
    words("fingerprint", None),
    words("till_id", None),
    words("actor_id", None),
    words("asked_at", None),
    time("expires_time"),
    words("approver_id"),
    words("note"),
    number("seq"),
    words("subject", None),
    Index("requests_waiting", "shop_id", "expires_time", postgresql_where=text("state = 'waiting'"),
          sqlite_where=text("state = 'waiting'")),
)  # fmt: skip
"""Words asked for from afar; ``seq`` counts the changes of the shop's list, so that a window knows it has seen them."""

REVIEWS: Final = table(
    "reviews",
    key("shop_id"),
    key("review_id"),
    words("kind", None),
    words("ref"),
    words("found_at", None),
    words("story"),
    words("resolved_by"),
    words("resolution"),
    words("state", "open"),
    words("bill_id"),
    words("decided_at"),
    number("odd"),
    words("facts", "{}"),
    Index("reviews_by_time", "shop_id", "found_at", "review_id"),
    Index("reviews_by_state", "shop_id", "state", "found_at", "review_id"),
)
"""``state`` is open, approved or flagged; ``odd`` marks what adds up and looks strange all the same; ``facts`` are the
figures and names of a case as JSON."""

REVIEW_NOTES: Final = table(
    "review_notes",
    key("shop_id"),
    key("review_id"),
    key("note_id"),
    words("at", None),
    words("by_id", None),
    words("state"),
    words("note"),
)
"""What was said of a case, and which decision it went with."""
