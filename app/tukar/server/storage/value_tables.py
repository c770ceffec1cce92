"""The tables of what bills use up of limits and leave for later bills; see ``tables`` for what holds of all of them."""

from typing import Final

from sqlalchemy import Index

from tukar.server.storage.columns import key as _key
from tukar.server.storage.columns import number as _number
from tukar.server.storage.columns import table as _table
from tukar.server.storage.columns import time as _time
from tukar.server.storage.columns import words as _words

STORED_VALUES: Final = _table(
    "stored_values",
    _key("shop_id"),
    _key("sort"),
    _key("rule_id"),
    _key("holder"),
    _number("units"),
    Index("stored_values_of_holder", "shop_id", "holder"),
)
"""Credits of coupons in millionths, by member or code, and money loaded on gift cards in minor units, by code."""

BILL_MOVES: Final = _table(
    "bill_moves",
    _key("shop_id"),
    _key("bill_id"),
    _key("ref"),
    _key("sort"),
    _key("rule_id"),
    _key("holder"),
    _number("span"),
    _number("amount"),
)
"""What one bill used of limits, took of stored values and left for later; ``ref`` is the bill or a refund of it."""

CARD_SALES: Final = _table(
    "card_sales", _key("shop_id"), _key("holder"), _words("bill_id", None), _words("till_id"), _time("made_time")
)
"""Gift cards that a bill is selling; ``holder`` names the account that the card gets once the bill is stored."""
