"""What tills tell of themselves beside their bills."""

from typing import Final

from sqlalchemy import Index

from tukar.server.storage.columns import key, number, table, words

SHIFTS: Final = table(
    "shifts",
    key("shop_id"),
    key("shift_id"),
    words("content_hash", None),
    words("till_id", None),
    number("number", None),
    words("opened_at", None),
    words("opened_by"),
    words("closed_at", None),
    words("closed_by"),
    words("currency", None),
    number("sold"),
    number("refunded"),
    number("expected"),
    number("counted"),
    number("difference"),
    words("stored_at", None),
    number("server_seq"),
    words("body", None),
    Index("shifts_by_close", "shop_id", "closed_at", "shift_id"),
    Index("shifts_of_till", "shop_id", "till_id", "closed_at"),
)
"""Closed shifts; ``expected`` is the cash there should be, ``body`` a ``WireShift`` with the whole report."""
