"""What is limited over many sales: uses of rules, budgets, money on gift cards and wallets.

A completed sale counts for good. A hold claims what its bill will use, beside the points it reserves, and whoever asks
meanwhile finds it gone; the claim ends with the hold. What a bill's own hold claims is the bill's, whatever others
have used since (redemption.md, "Server": a limit may then be counted over).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from sqlalchemy import bindparam, text

from tukar.domain.bill import Bill
from tukar.domain.money import Currency, Money
from tukar.domain.people import LoyaltyAccount
from tukar.domain.pricing import CodeBalance, PricedBill
from tukar.domain.programme import Programme
from tukar.domain.rule import Family, Rule
from tukar.server.call import Call

ANYBODY: Final = ""
"""Under this name all uses are counted, also those of customers nobody knows."""
LATE_SECONDS: Final = 86_400.0
"""So long after its hold ran out a bill still finds what the hold had claimed."""

_COUNT: Final = text(
    "INSERT INTO rule_uses (shop_id, rule_id, member_id, uses) VALUES (:shop_id, :rule_id, :member_id, :uses)"
    " ON CONFLICT (shop_id, rule_id, member_id) DO UPDATE SET uses = rule_uses.uses + excluded.uses"
)
_OF: Final = text("SELECT rule_id, uses FROM rule_uses WHERE shop_id = :shop_id AND member_id = :member_id")
_LOCK: Final = text(
    "UPDATE rule_uses SET uses = uses WHERE shop_id = :shop_id AND rule_id = :rule_id AND member_id = ''"
)
_ADD: Final = text(
    "INSERT INTO counters (shop_id, name, span, times) VALUES (:shop_id, :name, :span, :more)"
    " ON CONFLICT (shop_id, name, span) DO UPDATE SET times = counters.times + excluded.times"
)
_READ: Final = text("SELECT times FROM counters WHERE shop_id = :shop_id AND name = :name AND span = :span")
_SPENT: Final = text("SELECT code, spent FROM cards WHERE shop_id = :shop_id AND code IN :codes").bindparams(
    bindparam("codes", expanding=True)
)
_SPEND_CARD: Final = text(
    "INSERT INTO cards (shop_id, code, rule_id, spent) VALUES (:shop_id, :code, :rule_id, :spent)"
    " ON CONFLICT (shop_id, code) DO UPDATE SET spent = cards.spent + excluded.spent"
)
_SPEND_WALLET: Final = text(
    "UPDATE members SET wallet = wallet - :spent WHERE shop_id = :shop_id AND member_id = :member_id"
)
_WALLET: Final = text("SELECT wallet FROM members WHERE shop_id = :shop_id AND member_id = :member_id")
_CLAIM: Final = text(
    "INSERT INTO hold_claims (shop_id, redemption_id, sort, name, amount)"
    " VALUES (:shop_id, :redemption_id, :sort, :name, :amount)"
)
_OTHERS: Final = text(
    "SELECT c.sort, c.name, r.bill_id, MAX(c.amount) AS amount FROM hold_claims c JOIN redemptions r"
    " ON r.shop_id = c.shop_id AND r.redemption_id = c.redemption_id WHERE c.shop_id = :shop_id"
    " AND r.state = 'held' AND r.expires_time > :time AND r.bill_id <> :bill_id GROUP BY c.sort, c.name, r.bill_id"
)
_OWN: Final = text(
    "SELECT c.sort, c.name, MAX(c.amount) AS amount FROM redemptions r JOIN hold_claims c"
    " ON c.shop_id = r.shop_id AND c.redemption_id = r.redemption_id WHERE r.shop_id = :shop_id"
    " AND r.bill_id = :bill_id AND r.state IN ('held', 'expired') GROUP BY c.sort, c.name"
)
_FORGET: Final = text(
    "DELETE FROM hold_claims WHERE shop_id = :shop_id AND redemption_id IN (SELECT redemption_id FROM redemptions"
    " WHERE shop_id = :shop_id AND (state IN ('captured', 'voided')"
    " OR (state = 'expired' AND expires_time < :long_ago)))"
)


class Sort(StrEnum):
    """What a hold claims beside points. Amounts are uses, or money in minor units."""

    USE = "use"
    MEMBER = "member"
    DAY = "day"
    BUDGET = "budget"
    CARD = "card"
    WALLET = "wallet"


Claimed = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left for one bill, as the engine asks for it (``Circumstances``); ``customer`` with what is left them."""

    uses: Mapping[str, int] = field(default_factory=dict)
    uses_today: Mapping[str, int] = field(default_factory=dict)
    budget_used: Mapping[str, Money] = field(default_factory=dict)
    cards: Mapping[str, CodeBalance] = field(default_factory=dict)
    customer: LoyaltyAccount | None = None


def has_limits(programme: Programme) -> bool:
    """Whether what a bill gets depends on other sales."""
    return any(map(_is_limited, programme.rules))


def standing(call: Call, programme: Programme, bill: Bill, today: date) -> Standing:
    """Completed sales and what holds of other bills claim; what the bill's own holds claim is never against it."""
    if not has_limits(programme):
        return Standing(customer=bill.customer)
    return _Standing(call, programme, bill, today).work_out()


class _Standing:
    """Puts together what is left for one bill."""

    def __init__(self, call: Call, programme: Programme, bill: Bill, today: date) -> None:
        self._call = call
        self._rules = [rule for rule in programme.rules if _is_limited(rule)]
        self._bill = bill
        self._who = bill.customer.member_id if bill.customer is not None else ""
        self._today = today
        values = {"shop_id": call.shop_id, "bill_id": bill.bill_id}
        self._own: Claimed = {(row.sort, row.name): int(row.amount) for row in call.db.execute(_OWN, values)}
        self._others: dict[tuple[str, str], int] = {}
        for row in call.db.execute(_OTHERS, {**values, "time": call.time}):
            key = (row.sort, row.name)
            self._others[key] = self._others.get(key, 0) + int(row.amount)

    def work_out(self) -> Standing:
        limited = [(rule.rule_id, rule.limits) for rule in self._rules]
        all_uses = _of(self._call, ANYBODY) if any(limits.uses is not None for _, limits in limited) else {}
        daily = [name for name, limits in limited if limits.per_customer_and_day is not None and self._who]
        budgets = [name for name, limits in limited if limits.budget is not None]
        currency = self._bill.currency
        return Standing(
            uses={
                name: self._used(Sort.USE, name, all_uses.get(name, 0))
                for name, limits in limited
                if limits.uses is not None
            },
            uses_today={name: self._used_today(name) for name in daily},
            budget_used={
                name: Money(self._used(Sort.BUDGET, name, _read(self._call, f"budget.{name}", 0)), currency)
                for name in budgets
            },
            cards=self._cards(currency),
            customer=self._customer(),
        )

    def _used(self, sort: Sort, name: str, completed: int) -> int:
        """Nothing where the bill's own hold has claimed it: then it is the bill's."""
        key = (str(sort), name)
        return 0 if key in self._own else completed + self._others.get(key, 0)

    def _used_today(self, rule_id: str) -> int:
        name = f"{rule_id}.{self._who}"
        return self._used(Sort.DAY, name, _read(self._call, f"day.{name}", self._today.toordinal()))

    def _left(self, sort: Sort, name: str, there: int) -> int:
        key = (str(sort), name)
        return max(0, there - self._others.get(key, 0), self._own.get(key, 0))

    def _cards(self, currency: Currency) -> Mapping[str, CodeBalance]:
        """The gift cards entered on this bill, with what is left on them."""
        entered = {
            rule.activation.code: rule
            for rule in self._rules
            if rule.family is Family.GIFT_CARD and rule.activation.code in self._bill.codes
        }
        if not entered:
            return {}
        rows = self._call.db.execute(_SPENT, {"shop_id": self._call.shop_id, "codes": sorted(entered)})
        spent = {row.code: int(row.spent) for row in rows}
        cards = {}
        for code, rule in entered.items():
            loaded = (rule.activation.balance or Fraction(0)) * 10**currency.minor_digits
            left = self._left(Sort.CARD, code, int(loaded) - spent.get(code, 0))
            cards[code] = CodeBalance(rule.rule_id, Fraction(left, 10**currency.minor_digits))
        return cards

    def _customer(self) -> LoyaltyAccount | None:
        customer = self._bill.customer
        if customer is None:
            return None
        if any(rule.limits.per_customer is not None for rule in self._rules):
            own = _of(self._call, self._who)
            limited = (rule.rule_id for rule in self._rules if rule.limits.per_customer is not None)
            counted = {name: self._used(Sort.MEMBER, f"{name}.{self._who}", own.get(name, 0)) for name in limited}
            customer = replace(customer, rule_uses={**customer.rule_uses, **counted})
        if any(rule.family is Family.WALLET for rule in self._rules):
            row = self._call.db.execute(_WALLET, {"shop_id": self._call.shop_id, "member_id": self._who}).first()
            left = self._left(Sort.WALLET, self._who, int(row.wallet) if row is not None else 0)
            customer = replace(customer, wallet=Money(left, self._bill.currency))
        return customer


def _is_limited(rule: Rule) -> bool:
    limits = rule.limits
    asked = (limits.uses, limits.per_customer, limits.per_customer_and_day, limits.budget)
    return rule.family.is_payment or any(limit is not None for limit in asked)


def _of(call: Call, member_id: str) -> Mapping[str, int]:
    rows = call.db.execute(_OF, {"shop_id": call.shop_id, "member_id": member_id})
    return {row.rule_id: row.uses for row in rows}


def _read(call: Call, name: str, span: int) -> int:
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "name": name, "span": span}).first()
    return int(row.times) if row is not None else 0


# Holds


def contended(programme: Programme, priced: PricedBill) -> frozenset[str]:
    """The rules that gave something on the bill and of which there may be too little for two."""
    given = {*_given(priced), *(payment.key.rule_id for payment in priced.stored_value)}
    return frozenset(rule.rule_id for rule in programme.rules if rule.rule_id in given and _is_limited(rule))


def lock(call: Call, rule_ids: Iterable[str]) -> None:
    """Nobody else claims or counts these rules until the transaction ends; they are locked in the order of ids."""
    for rule_id in sorted(rule_ids):
        key = {"shop_id": call.shop_id, "rule_id": rule_id}
        if call.db.execute(_LOCK, key).rowcount == 0:
            call.db.execute(_COUNT, {**key, "member_id": ANYBODY, "uses": 0})


def claim(call: Call, redemption_id: str, programme: Programme, priced: PricedBill) -> None:
    """Lets a hold claim what its bill uses; the rules are locked."""
    for (sort, name), amount in sorted(_claims_of(programme, priced).items()):
        values = {"redemption_id": redemption_id, "sort": sort, "name": name, "amount": amount}
        call.db.execute(_CLAIM, {"shop_id": call.shop_id, **values})


def _claims_of(programme: Programme, priced: PricedBill) -> Claimed:
    customer = priced.bill.customer
    who = customer.member_id if customer is not None else ""
    claims: dict[tuple[str, str], int] = {}
    for rule_id, amount in _given(priced).items():
        rule = programme.rule(rule_id)
        if rule is None:
            continue
        limits = rule.limits
        if limits.uses is not None:
            claims[Sort.USE, rule_id] = 1
        if limits.per_customer is not None and who:
            claims[Sort.MEMBER, f"{rule_id}.{who}"] = 1
        if limits.per_customer_and_day is not None and who:
            claims[Sort.DAY, f"{rule_id}.{who}"] = 1
        if limits.budget is not None:
            claims[Sort.BUDGET, rule_id] = amount
    for payment in priced.stored_value:
        key = (Sort.CARD, payment.code) if payment.code else (Sort.WALLET, who)
        claims[key] = claims.get(key, 0) + payment.amount.minor
    return claims


def forget_ended(call: Call) -> None:
    """Deletes the claims of holds that came to their end; those that ran out stay a day, as their bill may come."""
    call.db.execute(_FORGET, {"shop_id": call.shop_id, "long_ago": call.time - LATE_SECONDS})


# Completed sales


def record(call: Call, programme: Programme, priced: PricedBill, member_id: str, today: date) -> None:
    """Counts the rules that gave something in a completed sale, and takes the money off cards and wallets."""
    given = _given(priced)
    for rule_id in sorted({*given, *(payment.key.rule_id for payment in priced.stored_value)}):
        for who in (ANYBODY, member_id) if member_id else (ANYBODY,):
            call.db.execute(_COUNT, {"shop_id": call.shop_id, "rule_id": rule_id, "member_id": who, "uses": 1})
        rule = programme.rule(rule_id)
        if rule is not None and rule.limits.per_customer_and_day is not None and member_id:
            _add(call, f"day.{rule_id}.{member_id}", today.toordinal(), 1)
        if rule is not None and rule.limits.budget is not None:
            _add(call, f"budget.{rule_id}", 0, given.get(rule_id, 0))
    for payment in priced.stored_value:
        spent = {"shop_id": call.shop_id, "spent": payment.amount.minor}
        if payment.code:
            call.db.execute(_SPEND_CARD, {**spent, "code": payment.code, "rule_id": payment.key.rule_id})
        elif member_id:
            call.db.execute(_SPEND_WALLET, {**spent, "member_id": member_id})


def _given(priced: PricedBill) -> dict[str, int]:
    """What every rule took off, in minor units; 0 for one that gave pieces on top."""
    given: dict[str, int] = {}
    for applied in priced.applied:
        given[applied.key.rule_id] = given.get(applied.key.rule_id, 0) + applied.amount.minor
    return given


def _add(call: Call, name: str, span: int, more: int) -> None:
    call.db.execute(_ADD, {"shop_id": call.shop_id, "name": name, "span": span, "more": more})
