"""The tables of the backend. Every row belongs to a shop, whose id leads its key: no statement reads across shops.

Points are integers in the programme's smallest unit, money integers in minor units. ``…_time`` is in seconds of the
server's own clock (``clock.Timeline``), ``…_at`` a moment in UTC as ISO text, ``…_on`` a day as ISO text, so that
both databases store and compare the same bytes.
"""

from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text

from tukar.server.storage.columns import METADATA, SERIAL, TEXT_BY_BYTES
from tukar.server.storage.columns import key as _key
from tukar.server.storage.columns import number as _number
from tukar.server.storage.columns import table as _table
from tukar.server.storage.columns import time as _time
from tukar.server.storage.columns import words as _text
from tukar.server.storage.till_tables import SHIFTS
from tukar.server.storage.value_tables import BILL_MOVES, CARD_SALES, STORED_VALUES

__all__ = ["BILL_MOVES", "CARD_SALES", "METADATA", "SHIFTS", "STORED_VALUES"]

META: Final = _table("meta", _key("name"), _text("value"))

SHOPS: Final = _table(
    "shops",
    _key("shop_id"),
    _text("profile", None),
    _number("programme_version"),
    _number("catalogue_version"),
    _number("staff_version"),
    _number("server_seq"),
    _number("audit_seq"),
    _text("audit_head"),
    _number("recovering"),
    _text("settings", "{}"),
)

TILLS: Final = _table(
    "tills",
    _key("shop_id"),
    _key("till_id"),
    _text("kind", "till"),
    _text("state", "new"),
    _text("device_id"),
    _text("public_key"),
    _text("name"),
    _number("serial"),
    _number("till_epoch", "1"),
    _text("revoked_at"),
    _text("last_seen_at"),
    _text("audit_head"),
    _number("recovered_epoch"),
    _number("recovered_phase"),
)

ENROLMENT_CODES: Final = _table(
    "enrolment_codes",
    _key("code_mac"),
    _text("shop_id", None),
    _text("till_id", None),
    _text("device_id"),
    _time("expires_time"),
)

STAFF: Final = _table(
    "staff",
    _key("shop_id"),
    _key("staff_id"),
    _text("name"),
    _text("role", None),
    _text("pin_hash"),
    _text("password_hash"),
    _number("active", "1"),
    _number("failures"),
    _time("locked_until_time"),
)

SALESPEOPLE: Final = _table("salespeople", _key("shop_id"), _key("salesperson_id"), _text("name"), _number("place"))

ITEMS: Final = _table(
    "items",
    _key("shop_id"),
    _key("sku"),
    Column("version", BigInteger, primary_key=True),
    _number("latest", "1"),
    _number("removed"),
    _text("body"),
    Index("items_changed", "shop_id", "latest", "version", "sku"),
)

ITEM_NAMES: Final = _table("item_names", _key("shop_id"), _key("sort"), _key("name"), _key("sku"))
"""Which items are in a category, carry a tag or belong to a product, for gifts with a choice."""

CATALOGUE_VERSIONS: Final = _table(
    "catalogue_versions", _key("shop_id"), Column("version", BigInteger, primary_key=True), _text("in_force_at", None)
)

_PAGE: Final[Column[object]] = Column("page", BigInteger, primary_key=True)
IMPORT_PAGES: Final = _table("import_pages", _key("shop_id"), _key("import_id"), _PAGE, _text("body", None))

IMPORTS: Final = _table("imports", _key("shop_id"), _key("import_id"), _text("answer", None))

PROGRAMMES: Final = _table(
    "programmes",
    _key("shop_id"),
    Column("version", BigInteger, primary_key=True),
    _text("in_force_at", None),
    _text("body", None),
)

MEMBERS: Final = _table(
    "members",
    _key("shop_id"),
    _key("member_id"),
    _text("state", "active"),
    _text("merged_into"),
    _text("name"),
    _text("mobile_sealed"),
    _text("mobile_hash"),
    _text("mobile_mask"),
    _text("card_sealed"),
    _text("card_hash"),
    _text("card_mask"),
    _text("language"),
    _text("customer_group"),
    _text("consent_at"),
    _text("enrolled_at"),
    _text("fingerprint"),
    _number("lifetime_spend"),
    _number("orders_placed"),
    _number("orders_cancelled"),
    _number("wallet"),
    Index(
        "members_by_mobile",
        "shop_id",
        "mobile_hash",
        unique=True,
        sqlite_where=text("mobile_hash <> ''"),
        postgresql_where=text("mobile_hash <> ''"),
    ),
    Index(
        "members_by_card",
        "shop_id",
        "card_hash",
        unique=True,
        sqlite_where=text("card_hash <> ''"),
        postgresql_where=text("card_hash <> ''"),
    ),
)

MEMBER_WORDS: Final = _table(
    "member_words",
    _key("shop_id"),
    _key("word"),
    _key("member_id"),
    Index("member_words_of", "shop_id", "member_id"),
)

RULE_USES: Final = _table(
    "rule_uses",
    _key("shop_id"),
    _key("rule_id"),
    _key("member_id"),
    _number("uses"),
    Index("rule_uses_of_member", "shop_id", "member_id"),
)

ACCOUNTS: Final = _table(
    "accounts",
    _key("shop_id"),
    _key("member_id"),
    _key("programme_id"),
    _text("kind", "member"),
    _number("digits"),
    _number("posted"),
    _number("held"),
    CheckConstraint("kind = 'merchant' OR posted >= 0", name="never_below_zero"),
    CheckConstraint("kind = 'merchant' OR (held >= 0 AND held <= posted)", name="held_is_part_of_posted"),
)
"""``kind`` parts the customers' accounts from the merchant's, which bears what was given without points."""

LOTS: Final = _table(
    "lots",
    Column("lot_id", SERIAL, primary_key=True, autoincrement=True),
    _text("shop_id", None),
    _text("member_id", None),
    _text("programme_id", None),
    _text("ref"),
    _number("units", None),
    _number("pinned"),
    _text("last_on", "9999-12-31"),
    CheckConstraint("pinned >= 0 AND pinned <= units", name="pinned_is_part_of_lot"),
    Index(
        "lots_of_account",
        "shop_id",
        "member_id",
        "programme_id",
        "lot_id",
        sqlite_where=text("units > 0"),
        postgresql_where=text("units > 0"),
    ),
)

LEDGER: Final = _table(
    "ledger",
    Column("entry", SERIAL, primary_key=True, autoincrement=True),
    _text("shop_id", None),
    _text("ref", None),
    _text("kind", None),
    _text("member_id", None),
    _text("programme_id", None),
    _number("units", None),
    _text("made_at", None),
    _text("bill_id"),
    _text("receipt_number"),
    _text("till_id"),
    UniqueConstraint("shop_id", "ref", "kind", "member_id", "programme_id", name="ledger_once"),
    Index("ledger_of_account", "shop_id", "member_id", "entry"),
)

LOT_USES: Final = _table(
    "lot_uses",
    _key("shop_id"),
    _key("ref"),
    Column("lot_id", BigInteger, primary_key=True),
    _number("units", None),
    _number("returned"),
)
"""Which lots a debit took its points from, so that a refund gives them back with their old expiry."""

REDEMPTIONS: Final = _table(
    "redemptions",
    _key("shop_id"),
    _key("redemption_id"),
    _text("state", None),
    _text("fingerprint"),
    _text("till_id"),
    _text("bill_id"),
    _text("member_id"),
    _text("programme_id"),
    _text("challenge_id"),
    _number("digits"),
    _number("need"),
    _number("captured"),
    _number("short"),
    _number("late"),
    _number("programme_version"),
    _number("catalogue_version"),
    _time("held_time"),
    _time("expires_time"),
    _text("held_at"),
    _text("account"),
    _text("proof"),
    _text("answer"),
    Index(
        "one_live_hold",
        "shop_id",
        "bill_id",
        "member_id",
        "programme_id",
        unique=True,
        sqlite_where=text("state = 'held'"),
        postgresql_where=text("state = 'held'"),
    ),
    Index(
        "live_holds_of_account",
        "shop_id",
        "member_id",
        "programme_id",
        sqlite_where=text("state = 'held'"),
        postgresql_where=text("state = 'held'"),
    ),
    Index("redemptions_of_bill", "shop_id", "bill_id"),
)

PINS: Final = _table(
    "pins", _key("shop_id"), _key("redemption_id"), Column("lot_id", BigInteger, primary_key=True), _number("units")
)

HOLD_CLAIMS: Final = _table(
    "hold_claims", _key("shop_id"), _key("redemption_id"), _key("sort"), _key("name"), _number("amount")
)
"""What a hold claims beside points: uses of rules, shares of budgets, money of cards and wallets."""

CARDS: Final = _table("cards", _key("shop_id"), _key("code"), _text("rule_id"), _number("spent"))
"""Gift cards of which something was spent, in minor units."""

CHALLENGES: Final = _table(
    "challenges",
    _key("shop_id"),
    _key("challenge_id"),
    _text("state", None),
    _text("fingerprint"),
    _text("bill_id"),
    _text("member_id"),
    _text("programme_id"),
    _text("till_id"),
    _number("ceiling"),
    _text("code_mac"),
    _number("tries"),
    _number("sends"),
    _time("sent_time"),
    _time("expires_time"),
    _time("verified_time"),
)

SENDS: Final = _table("sends", _key("shop_id"), _key("send_id"), _text("challenge_id"), _text("sent_to"))

ATTEMPTS: Final = _table(
    "attempts",
    _key("shop_id"),
    _key("attempt_id"),
    _text("challenge_id"),
    _text("code_mac"),
    _text("answer"),
)

MESSAGES: Final = _table(
    "messages",
    _key("shop_id"),
    _key("message_id"),
    _text("state", "waiting"),
    _text("sealed"),
    _time("made_time"),
    Index(
        "messages_waiting",
        "made_time",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

BILLS: Final = _table(
    "bills",
    _key("shop_id"),
    _key("bill_id"),
    _text("content_hash", None),
    _text("number", None),
    _text("kind", None),
    _text("till_id"),
    _text("member_id"),
    _text("sold_at"),
    _text("stored_at"),
    _number("total"),
    _number("server_seq"),
    _text("body", None),
    _text("answer", None),
    Index("bills_by_number", "shop_id", "number"),
    Index("bills_by_till", "shop_id", "till_id", "stored_at"),
)

BILL_COPIES: Final = _table(
    "bill_copies",
    _key("shop_id"),
    _key("bill_id"),
    _key("content_hash"),
    _text("till_id"),
    _text("stored_at"),
    _text("body", None),
)

REFUNDS: Final = _table(
    "refunds",
    _key("shop_id"),
    _key("refund_id"),
    _text("bill_id"),
    _text("state", None),
    _text("fingerprint"),
    _text("till_id"),
    _number("gross"),
    _text("points", "[]"),
    _text("answer", None),
    _time("accepted_time"),
    Index("refunds_of_bill", "shop_id", "bill_id"),
    Index(
        "refunds_open",
        "shop_id",
        "accepted_time",
        sqlite_where=text("state = 'accepted'"),
        postgresql_where=text("state = 'accepted'"),
    ),
)

REFUND_LINES: Final = _table(
    "refund_lines",
    _key("shop_id"),
    _key("refund_id"),
    _key("line_id"),
    _text("bill_id", None),
    _number("thousandths", None),
    Index("refund_lines_of_bill", "shop_id", "bill_id"),
)

HELD_BILLS: Final = _table(
    "held_bills",
    _key("shop_id"),
    _key("held_id"),
    _text("state", None),
    _text("bill_id"),
    _text("member_id"),
    _text("fingerprint"),
    _text("till_id"),
    _text("cashier"),
    _text("customer"),
    _text("note"),
    _number("pieces"),
    _number("total"),
    _text("held_at"),
    _text("leased_to"),
    _time("lease_time"),
    _text("body"),
    Index(
        "held_bills_waiting",
        "shop_id",
        "bill_id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
"""Bills set aside for every till; ``lease_time`` is when a lease that stays silent is over."""

ORDERS: Final = _table(
    "orders", _key("shop_id"), _key("order_id"), _text("fingerprint"), _text("channel_id"), _text("answer", None)
)

AUDIT: Final = _table(
    "audit",
    _key("shop_id"),
    Column("seq", BigInteger, primary_key=True),
    _text("at", None),
    _text("actor"),
    _text("action"),
    _text("ref"),
    _text("detail"),
    _text("hash", None),
)

ANCHORS: Final = _table(
    "anchors", _key("shop_id"), _key("till_id"), _key("head"), Column("seen_at", TEXT_BY_BYTES, nullable=False)
)
"""Heads of the tills' own audit chains, as they came in with their writes."""

COUNTERS: Final = _table(
    "counters", _key("shop_id"), _key("name"), Column("span", BigInteger, primary_key=True), _number("times")
)
"""How often something limited happened in one window of time."""
