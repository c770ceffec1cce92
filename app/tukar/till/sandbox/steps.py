"""Steps and expectations of a case read strictly (FORMAT.md, "Steps", "Expected"): every figure is a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tukar.wire.strict import Fields, Mistake, as_bool, as_int, as_list, as_names, as_number, as_text, kind_of

Read = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Step:
    """What the cashier does, and what must be true right after it."""

    do: str
    args: Mapping[str, Any]
    expect: Mapping[str, Any]


def _word(raw: object) -> object:
    """A name or code; one that looks like a number may be written as one."""
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else as_text(raw)


_SKU: Final = {"sku": _word}
_CODE: Final = {"code": _word}
_REWARD: Final = {"rule": _word, "reward": _word}
_STEPS: Final[Mapping[str, Mapping[str, Read]]] = {
    "add": _SKU | {"qty": as_number, "customer": _word, "card": _word, "manual_discount_percent": as_number},
    "set_qty": _SKU | {"qty": as_number},
    "remove": _SKU,
    "scan": _CODE,
    "set_customer": {"id": _word},
    "claim": _REWARD
    | {"choice": _word, "qty": as_number, "points": as_number, "tampered": as_bool, "tampered_cost": as_number},
    "remove_reward": _REWARD,
    "set_reward_qty": _REWARD | {"qty": as_number},
    "open_offers": {},
    "cancel_offers": {},
    "recompute": {},
    "enter_code": _CODE,
    "remove_code": _CODE,
    "park": {},
    "resume": {},
    "complete_sale": {},
    "new_sale": {"customer": _word, "price_list": _word},
    "refund": {"lines": as_list},
    "void_sale": {},
    "advance_days": {"days": as_int},
    "run_expiry": {},
    "set_prices": {"prices": as_number},
    "activate_item": _SKU,
    "deactivate_rule": {"rule": _word},
}
_NEEDED: Final = frozenset({"sku", "code", "rule"})
_NUMBERS: Final = (
    "total", "untaxed", "tax", "discount_total", "lines", "rewards_applied", "points_earned", "points_spent",
    "points_left_this_sale", "points_available", "balance_after_sale", "balance_preview", "balance_on_server",
    "lot_remaining", "points_reversed", "points_returned", "card_balance", "wallet_after_sale", "pending_coupons",
)  # fmt: skip


def _numbers(raw: object) -> object:
    return [as_number(entry) for entry in as_list(raw)]


_PLAIN: Final[Mapping[str, Read]] = {
    **dict.fromkeys(_NUMBERS, as_number),
    **dict.fromkeys(("tier", "customer"), _word),
    "error": lambda raw: raw,
    "discount_amounts": _numbers,
    "applied": as_names,
}
_BY_NAME: Final[Mapping[str, Read]] = {
    "discount_by_sku": as_number,
    "discount_by_tax": as_number,
    "discount_by_unit": _numbers,
    "unit_price_after": as_number,
}
_ROWS: Final[Mapping[str, Mapping[str, Read]]] = {
    "discounts": _REWARD | {"amount": as_number},
    "offers": _REWARD,
    "free_items": _SKU | {"qty": as_number, "price": as_number},
    "issued_coupons": {"rule": _word, "balance": as_number},
    "table": {"pieces": as_int, "free": as_int, "charged": as_int},
}


def read_step(raw: object, path: str, mistakes: list[Mistake]) -> Step:
    """One step; what is wrong with it is added to ``mistakes``."""
    part = Fields(raw, path, mistakes)
    do = part.need("do", as_text, "?")
    known = _STEPS.get(do)
    if known is None:
        part.wrong("do", f"unknown step {do!r}", unknown=True)
        return Step(do, {}, {})
    for name, read in known.items():
        if name == "prices":
            _by_name(part, name, read)
        elif name in _NEEDED:
            part.need(name, read, None)
        else:
            part.get(name, read, None)
    for row_path, row in part.each("lines") if "lines" in known else ():
        _row(row, row_path, _SKU | {"qty": as_number}, mistakes)
    args = {name: part.raw(name) for name in known if part.has(name)}
    expect = read_expected(part, "expect")
    part.close()
    return Step(do, args, expect)


def read_expected(fields: Fields, name: str) -> Mapping[str, Any]:
    """The figures that ``name`` expects, as they are written; what is no figure is a mistake."""
    raw = fields.raw(name)
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        fields.wrong(name, f"an object is needed, not {kind_of(raw)}")
        return {}
    part = fields.part(name)
    for field in raw:
        _figure(part, field)
    part.close()
    return raw


def _figure(part: Fields, name: str) -> None:
    """One figure; a name that nobody asks for is unknown when the expectation is closed."""
    if name in _PLAIN:
        part.get(name, _PLAIN[name], None)
    elif name in _BY_NAME:
        _by_name(part, name, _BY_NAME[name])
    elif name in _ROWS:
        for path, row in part.each(name):
            if name != "offers" or not isinstance(row, str):
                _row(row, path, _ROWS[name], part.mistakes)


def _row(raw: object, path: str, known: Mapping[str, Read], mistakes: list[Mistake]) -> None:
    part = Fields(raw, path, mistakes)
    for name, read in known.items():
        part.get(name, read, None)
    part.close()


def _by_name(fields: Fields, name: str, read: Read) -> None:
    """An object whose names are the case's own."""
    part, raw = fields.part(name), fields.raw(name)
    for key in raw if isinstance(raw, dict) else ():
        part.get(key, read, None)
