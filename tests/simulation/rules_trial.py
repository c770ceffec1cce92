"""The operator tries rules: those in force are sound, what is mistyped is named, and every bill comes out as a case.

Each bill that a till sold becomes a case of ``tukar rules try``: the same goods, codes and claims under the rules of
its version. What the sandbox makes of it has to be what the till charged. Rules that were used up by other bills and
claims that lacked the points are left out of a case, since a case knows of no other sale.
"""

import io
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.simulation import shop
from tests.simulation.clock import BEGINNING
from tests.simulation.server import SimulatedServer
from tukar.domain.bill import Claim
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.till.sandbox import check_file, try_files
from tukar.wire.receipts import receipt_from_json

Json = dict[str, Any]

WELL, MISTAKEN, UNREADABLE = 0, 1, 2
PLENTY: Final = "1000000"
_BILLS: Final = "SELECT body FROM bills WHERE kind = 'sale' ORDER BY bill_id"
_RULES: Final = "SELECT version, body FROM programmes ORDER BY version"
_TEN: Final[Json] = {"kind": "percent_off", "value": "10"}
_PER_POINT: Final[Json] = {"kind": "amount_per_point", "value": "1"}
MISTYPED: Final[Sequence[tuple[Json, str]]] = (
    ({"colour": "red"}, "colour"),
    ({"rewards": []}, ""),
    ({"when": {"items": []}}, "when"),
    ({"limit_uses": 2, "used": 2}, "limit_uses"),
    ({"limit_per_customer": 0}, "limit_per_customer"),
    ({"budget": "0"}, "budget"),
    ({"best_of": True}, "best_of"),
    ({"price_lists": []}, "price_lists"),
    ({"when": {"weekdays": []}}, "when.weekdays"),
    ({"when": {"customer_tiers": ["Gold"]}}, "when.customer_tiers"),
    ({"when": {"nth_order": 2, "from_order": 3}}, "when.nth_order"),
    ({"when": {"min_points": "5"}}, "when.min_points"),
    ({"activation": {"mode": "auto", "code": "X"}}, "activation.code"),
    ({"activation": {"mode": "customer", "balance": "2"}}, "activation.balance"),
    ({"activation": {"mode": "coupon"}}, "activation.code"),
    ({"activation": {"mode": "code", "code": shop.VOUCHER}}, "activation.code"),
    ({"family": "next_order_coupon"}, "earn"),
    ({"family": "gift_card"}, "rewards[0].kind"),
    ({"earn": {"per": "order", "points": "0"}}, "earn.points"),
    ({"buy": 2}, "buy"),
    ({"tiers": [{"name": "A", "min_spent": "0"}, {"name": "A", "min_spent": "1"}]}, "tiers"),
    ({"tiers": [{"name": "A", "min_spent": "1"}, {"name": "B", "min_spent": "1"}]}, "tiers"),
    ({"rewards": [_TEN | {"max_discount": "0"}]}, "rewards[0].max_discount"),
    ({"rewards": [_TEN | {"value": "0"}]}, "rewards[0]"),
    ({"rewards": [{"kind": "first_then_each", "first": "0", "each": "0"}]}, "rewards[0]"),
    ({"rewards": [{"kind": "tiered_percent_off", "tiers": []}]}, "rewards[0].tiers"),
    ({"rewards": [_PER_POINT | {"value": "-1"}]}, "rewards[0].value"),
    ({"programme": shop.POIN, "rewards": [_PER_POINT | {"ranges": [{"from": "5", "cap": "0"}]}]},
     "rewards[0].ranges[0].cap"),
)  # fmt: skip
"""What somebody writes into a rule without meaning it, and the place that has to be named."""


def found(server: SimulatedServer, dishonest: Collection[str]) -> Iterator[str]:
    """What does not come out as it did at the tills, and what of it nobody is told; some bills were made up."""
    texts = dict[int, str](server.db.execute(_RULES).fetchall())
    for version, text in texts.items():
        yield from (f"rules: version {version} {words}" for words in _not_sound(text))
    yield from _not_named(texts[max(texts)])
    programmes = {version: json.loads(text) for version, text in texts.items()}
    with TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.json"
        receipts = [receipt_from_json(body.encode()) for (body,) in server.db.execute(_BILLS).fetchall()]
        honest = [one for one in receipts if one.bill_id not in dishonest and one.programme_version in programmes]
        yield from _comes_out(paper, _cases(honest, programmes))


def _checked(content: str, *, as_json: bool = True) -> tuple[int, str]:
    out = io.StringIO()
    day = (BEGINNING + timedelta(days=400)).date()
    with TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.json"
        paper.write_text(content, encoding="utf-8")
        return check_file(paper, day, as_json=as_json, out=out), out.getvalue()


@cache
def _not_sound(text: str) -> tuple[str, ...]:
    """Rules in force have no mistakes; those that will be over are named, and are none. The same for the same text."""
    found = []
    for as_json in (False, True):
        status, told = _checked(text, as_json=as_json)
        if status != WELL:
            found.append(f"is in force, and checked it is said to be wrong: {told}")
    programme: Json = json.loads(text)
    ended = [{**rule, "valid_to": BEGINNING.date().isoformat()} for rule in programme["rules"]]
    status, told = _checked(json.dumps({**programme, "rules": ended}))
    if status != WELL or len(json.loads(told)["over"]) != len(ended):
        found.append(f"has {len(ended)} rules that are over, and somebody is told {told}")
    return tuple(found)


@cache
def _not_named(text: str) -> tuple[str, ...]:
    """What is mistyped below the rules of ``text`` and not named, all at once; the same for the same text."""
    programme: Json = json.loads(text)
    place = len(programme["rules"])
    wrong = [{"id": f"mistyped-{number}", "rewards": [_TEN], **one} for number, (one, _) in enumerate(MISTYPED)]
    status, told = _checked(json.dumps({**programme, "rules": [*programme["rules"], *wrong]}))
    named = [row["path"] for row in json.loads(told)["mistakes"]]
    found = [] if status == MISTAKEN else ["rules: what is mistyped is said to be well"]
    for number, (change, path) in enumerate(MISTYPED, place):
        if not any(one.startswith(f"rules[{number}].{path}".rstrip(".")) for one in named):
            found.append(f"rules: {change} is wrong at {path!r}, and {named} is named")
    hiding: list[Json] = [{"id": "all", "rewards": [_TEN], "exclusive": True}, {"id": "shadow", "rewards": [_TEN]}]
    for one, other in (hiding, [{**rule, "stack_group": "g", "best_of": True} for rule in hiding]):
        status, told = _checked(json.dumps({**programme, "rules": [one, other]}))
        if status != MISTAKEN or "hidden" not in told:
            found.append(f"rules: a rule that never applies is not named: {told}")
    for as_json in (False, True):
        status, told = _checked("{", as_json=as_json)
        if status != UNREADABLE:
            found.append(f"rules: a broken file is said to be {told}")
    return tuple(found)


# The bills of the day


def _is_plain(receipt: Receipt) -> bool:
    """Whether a case can say all that the till knew.

    No price by hand, nothing back, no card sold or paying by rule, no coupon that another bill has given.
    """
    lines = receipt.lines
    return (
        receipt.kind is ReceiptKind.SALE
        and bool(lines)
        and not any(line.override or line.hand_discount or line.card or line.quantity.thousandths < 0 for line in lines)
        and not any(line.sku == shop.GIFT for line in lines)
        and shop.NEXT_TIME.rule_id not in _given(receipt)
        and receipt.currency.total(line.net for line in lines) == receipt.total
    )


def _cases(receipts: Sequence[Receipt], programmes: Mapping[int, Json]) -> list[Json]:
    """One for each bill, but for those that got the last of a budget: a case knows of no budget."""
    given = sum((_given(one) for one in receipts), Counter[str]())
    over = {
        rule["id"]
        for programme in programmes.values()
        for rule in programme["rules"]
        if "budget" in rule and given[rule["id"]] >= int(rule["budget"])
    }
    plain = (one for one in receipts if _is_plain(one) and not over & set(_given(one)))
    return [_case(one, programmes[one.programme_version]) for one in plain]


def _given(receipt: Receipt) -> Counter[str]:
    """What each rule took off."""
    given: Counter[str] = Counter()
    for line in receipt.lines:
        for one in line.discounts:
            given[one.key.rule_id] += one.amount.minor
    return given


def _comes_out(paper: Path, cases: Sequence[Json]) -> Iterator[str]:
    paper.write_text(json.dumps({"format": "tukar-cases/1", "cases": cases}), encoding="utf-8")
    told = io.StringIO()
    status = try_files([paper], as_json=True, out=told)
    counts = json.loads(told.getvalue())
    if status != WELL or counts["passed"] != len(cases):
        wrong = [row for row in counts.get("cases", [counts]) if row.get("result") != "pass"]
        yield f"rules: the sandbox makes something else of a bill than its till: {wrong}"[:600]
    for case in cases:
        case["expected"]["total"] = "1234567"
    paper.write_text(json.dumps({"format": "tukar-cases/1", "cases": cases}), encoding="utf-8")
    if cases and try_files([paper], as_json=False, out=io.StringIO()) != MISTAKEN:
        yield "rules: a case that expects another total is said to come out"
    paper.write_text(json.dumps({"format": "tukar-cases/1", "cases": [{"id": 7}, *cases]}), encoding="utf-8")
    if try_files([paper], as_json=True, out=io.StringIO()) != UNREADABLE:
        yield "rules: a case that cannot be read is played"


def _case(receipt: Receipt, programme: Json) -> Json:
    """The bill as somebody would write it down to try the rules on it."""
    discounts = _given(receipt)
    sold = [line for line in receipt.lines if not line.free]
    customer = receipt.customer and {
        "id": receipt.customer.member_id,
        "points": {account["id"]: PLENTY for account in programme["accounts"]},
        "orders_placed": 5,
    }
    steps = [{"do": "add", "sku": line.sku, "qty": line.quantity.decimal()} for line in sold]
    taken = [{"rule": rule, "amount": str(amount)} for rule, amount in sorted(discounts.items()) if amount]
    money = receipt.currency
    rules = [rule for rule in programme["rules"] if _may_apply(rule, discounts)]
    ended = [{"do": "deactivate_rule", "rule": rule["id"]} for rule in rules]
    return {
        "id": receipt.bill_id,
        "currency": {"code": money.code, "minor_digits": money.minor_digits},
        "catalogue": [{"sku": item.sku, "price": item.price.decimal()} for item in shop.items().values()],
        "customer": customer,
        "rules": rules,
        "steps": [*steps, *_asked(receipt, discounts), *_waits_and_is_paid(receipt, taken), *ended, *_AFTERWARDS],
        "expected": {"total": _LAST_TOTAL},
    }


def _may_apply(rule: Json, discounts: Mapping[str, int]) -> bool:
    """What the shop gives a limited number of times may have been given already, or not have been while cut off."""
    is_limited = any(name == "budget" or name.startswith("limit_") for name in rule)
    is_counted = "balance" in rule.get("activation", {})
    return not (is_limited or is_counted) or rule["id"] in discounts


def _asked(receipt: Receipt, gave: Mapping[str, int]) -> Iterator[Json]:
    """Codes and claims in the order in which they came, where they gave something; what was switched off."""
    codes = list(receipt.codes)
    yield from ({"do": "remove_reward", "rule": key.rule_id} for key in receipt.switched_off)
    for claim in (claim for claim in receipt.claims if claim.key.rule_id in gave):
        entered = claim.codes_before - (len(receipt.codes) - len(codes))
        for code in codes[:entered]:
            yield {"do": "enter_code", "code": code}
        del codes[: max(entered, 0)]
        yield _claimed(claim)
    yield from ({"do": "enter_code", "code": code} for code in codes)


def _claimed(claim: Claim) -> Json:
    named = {"rule": claim.key.rule_id, "reward": claim.key.reward_id, "choice": claim.choice}
    step: Json = {"do": "claim", **{name: word for name, word in named.items() if word}}
    if claim.quantity is not None:
        step["qty"] = claim.quantity
    if claim.points is not None:
        step["points"] = claim.points.decimal()
    return step


def _waits_and_is_paid(receipt: Receipt, taken: Sequence[Json]) -> Iterator[Json]:
    """The bill waits once, is looked at and paid; all comes back, and nothing is left of it."""
    figures = {
        "total": receipt.total.decimal(),
        "untaxed": receipt.untaxed.decimal(),
        "tax": receipt.tax.decimal(),
        "discounts": taken,
        "discount_total": receipt.discount.decimal(),
        "discount_by_sku": _off_by_sku(receipt),
        "applied": [row["rule"] for row in taken],
        "customer": receipt.customer.member_id if receipt.customer else None,
    }
    spent = sum(int(one.points.exact()) for one in receipt.redemptions if one.programme_id in (shop.POIN, shop.REWARD))
    yield {"do": "open_offers", "expect": figures}
    yield {"do": "park", "expect": {"total": "0", "lines": 0}}
    yield {"do": "resume", "expect": figures | {"points_spent": spent}}
    yield {"do": "recompute"}
    yield {"do": "complete_sale", "expect": {**figures, "error": None, "offers": []}}
    yield {"do": "add", "sku": shop.TEA, "expect": {"error": "completed"}}
    yield {"do": "refund", "expect": {"points_returned": spent, "error": None}}
    yield {"do": "refund", "expect": {"error": "nothing is left"}}


def _off_by_sku(receipt: Receipt) -> Json:
    off: Counter[str] = Counter()
    for line in receipt.lines:
        if not line.free:
            off[line.sku] += line.gross.minor - line.net.minor
    return {sku: str(amount) for sku, amount in off.items()}


_LAST_TOTAL: Final = "0"
_AFTERWARDS: Final[Sequence[Json]] = (
    {"do": "new_sale", "customer": "dewi"},
    {"do": "scan", "code": shop.RICE, "expect": {"total": "74500", "discount_by_unit": {shop.RICE: ["0"]}}},
    {"do": "set_qty", "sku": shop.RICE, "qty": 2, "expect": {"total": "149000", "lines": 1, "discount_amounts": []}},
    {"do": "set_prices", "prices": {shop.RICE: "70000"}, "expect": {"unit_price_after": {shop.RICE: "70000"}}},
    {"do": "claim", "rule": "order", "expect": {"error": "rule", "rewards_applied": 0}},
    {"do": "remove", "sku": shop.RICE, "expect": {"total": "0", "points_spent": 0, "free_items": []}},
    {"do": "remove", "sku": shop.RICE, "expect": {"error": "there is none"}},
    {"do": "add", "sku": shop.TEA, "qty": 3, "manual_discount_percent": "10", "expect": {"total": "25650"}},
    {"do": "add", "sku": "NOTHING", "expect": {"error": "there is none"}},
    {"do": "enter_code", "code": "NO-SUCH-CODE", "expect": {"error": "unknown"}},
    {"do": "remove_code", "code": "NO-SUCH-CODE", "expect": {"error": "unknown"}},
    {"do": "resume", "expect": {"error": "nothing waits"}},
    {"do": "complete_sale", "expect": {"total": "25650", "pending_coupons": 0, "wallet_after_sale": 0}},
    {"do": "void_sale", "expect": {"points_returned": 0}},
    {"do": "new_sale", "expect": {"customer": None, "points_earned": 0}},
    {"do": "set_customer", "id": "a stranger", "expect": {"balance_on_server": 0, "balance_preview": 0, "tier": None}},
    {"do": "advance_days", "days": 400},
    {"do": "run_expiry", "expect": {"lot_remaining": 0, "card_balance": 0}},
)
"""What else somebody tries who has the sandbox open, and what has to come of it whatever was sold before."""
