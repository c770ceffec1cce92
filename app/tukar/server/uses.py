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

from sqlalchemy import text

from tukar.domain.bill import Bill
from tukar.domain.money import Currency, Money
from tukar.domain.people import LoyaltyAccount
from tukar.domain.pricing import CodeBalance, PricedBill
from tukar.domain.programme import Programme
from tukar.domain.rule import Family, Rule
from tukar.server import bill_moves, values
from tukar.server.bill_moves import ANYBODY, given
from tukar.server.call import Call

LATE_SECONDS: Final = 86_400.0
"""So long after its hold ran out a bill still finds what the hold had claimed."""

_NOBODY_YET: Final = text(
    "INSERT INTO rule_uses (shop_id, rule_id, member_id, uses) VALUES (:shop_id, :rule_id, '', 0)"
    " ON CONFLICT (shop_id, rule_id, member_id) DO UPDATE SET uses = rule_uses.uses"
)
_OF: Final = text("SELECT rule_id, uses FROM rule_uses WHERE shop_id = :shop_id AND member_id = :member_id")
_LOCK: Final = text(
    "UPDATE rule_uses SET uses = uses WHERE shop_id = :shop_id AND rule_id = :rule_id AND member_id = ''"
)
_READ: Final = text("SELECT times FROM counters WHERE shop_id = :shop_id AND name = :name AND span = :span")
_SPENT: Final = text("SELECT spent FROM cards WHERE shop_id = :shop_id AND code = :code")
_CLAIM: Final = text(
    "INSERT INTO hold_claims (shop_id, redemption_id, sort, name, amount)"
    " VALUES (:shop_id, :redemption_id, :sort, :name, :amount)"
)
_OTHERS: Final = text(
    "SELECT c.sort, c.name, r.bill_id, MAX(c.amount) AS amount FROM redemptions r CROSS JOIN hold_claims c"
    " WHERE r.shop_id = :shop_id AND r.state = 'held' AND r.expires_time > :time AND r.bill_id <> :bill_id"
    " AND c.shop_id = r.shop_id AND c.redemption_id = r.redemption_id GROUP BY c.sort, c.name, r.bill_id"
)
"""From the few that live to what they claim: SQLite joins in the order of a CROSS JOIN."""
_OWN: Final = text(
    "SELECT c.sort, c.name, MAX(c.amount) AS amount FROM redemptions r CROSS JOIN hold_claims c"
    " WHERE r.shop_id = :shop_id AND c.shop_id = r.shop_id AND c.redemption_id = r.redemption_id"
    " AND r.bill_id = :bill_id AND (r.state = 'held' AND r.expires_time > :time OR r.state = 'expired' AND :sold = 1)"
    " GROUP BY c.sort, c.name"
)
"""The states are written out: compared with a value, SQLite would read the statement anew each time, for the value may
be the one that an index of some rows is about."""
_CLAIMED: Final = text(
    "SELECT COALESCE(SUM(amount), 0) FROM (SELECT MAX(c.amount) AS amount FROM redemptions r CROSS JOIN hold_claims c"
    " WHERE r.shop_id = :shop_id AND r.state = 'held' AND r.expires_time > :time AND c.shop_id = r.shop_id"
    " AND c.redemption_id = r.redemption_id AND c.sort = :sort AND c.name = :name GROUP BY r.bill_id || '') AS of_bills"
)
_FORGET: Final = text(
    "DELETE FROM hold_claims WHERE shop_id = :shop_id AND redemption_id IN (SELECT redemption_id FROM redemptions"
    " WHERE shop_id = :shop_id AND (state IN ('captured', 'voided')"
    " OR (state = 'expired' AND expires_time < :long_ago)))"
)


class Sort(StrEnum):
    """What a hold claims beside points. Amounts are uses, money in minor units, or credits in millionths."""

    USE = "use"
    MEMBER = "member"
    DAY = "day"
    BUDGET = "budget"
    CARD = "card"
    WALLET = "wallet"
    COUPON = "coupon"


class View(StrEnum):
    """How what is left for a bill is counted, always after completed sales and what holds of other bills claim.

    What live holds of its own claim is never against a bill ``in_hand``, nor what those that ran out had claimed
    against one that was ``sold``. Of a ``proven`` one the claims went with a restore, and only its proof is left: the
    uses it shows were granted, and what made room for them may be sent later than it. But a ``stranger`` would have
    found it gone, and to the ``first`` one nothing was used by anybody.
    """

    IN_HAND = "in_hand"
    SOLD = "sold"
    PROVEN = "proven"
    STRANGER = "stranger"
    FIRST = "first"


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
    return any(rule.is_limited for rule in programme.rules)


def standing(call: Call, programme: Programme, bill: Bill, today: date, view: View = View.IN_HAND) -> Standing:
    """What is left for ``bill`` of everything that is limited, as ``view`` counts it."""
    if not has_limits(programme):
        return Standing(customer=bill.customer)
    return _Standing(call, programme, bill, today, view).work_out()


def over(call: Call, programme: Programme, bill: Bill, today: date) -> frozenset[str]:
    """The rules that have given more, with what holds claim, than all sales may have, or those of its customer."""
    there = standing(call, programme, bill, today, View.STRANGER)
    return frozenset(rule.rule_id for rule in programme.rules if _is_over(rule, there))


def _is_over(rule: Rule, there: Standing) -> bool:
    own = there.customer.rule_uses if there.customer is not None else {}
    limits, rule_id = rule.limits, rule.rule_id
    counted = (
        (there.uses.get(rule_id, 0), limits.uses),
        (own.get(rule_id, 0), limits.per_customer),
        (there.uses_today.get(rule_id, 0), limits.per_customer_and_day),
    )
    if any(most is not None and used > most for used, most in counted):
        return True
    return limits.budget is not None and there.budget_used[rule_id] > limits.budget


class _Standing:
    """Puts together what is left for one bill."""

    def __init__(self, call: Call, programme: Programme, bill: Bill, today: date, view: View) -> None:
        self._call = call
        self._programme = programme
        self._is_first, self._is_sold = view is View.FIRST, view in (View.SOLD, View.PROVEN)
        self._is_granted = view in (View.FIRST, View.PROVEN)
        self._rules = [rule for rule in programme.rules if rule.is_limited]
        self._bill = bill
        self._who = bill.customer.member_id if bill.customer is not None else ""
        self._today = today
        values = {"shop_id": call.shop_id, "bill_id": bill.bill_id, "time": call.time}
        is_own = self._is_sold or view is View.IN_HAND
        own = call.db.execute(_OWN, {**values, "sold": int(self._is_sold)}).all() if is_own else []
        self._own: Claimed = {(row.sort, row.name): int(row.amount) for row in own}
        self._others: dict[tuple[str, str], int] = {}
        others = [] if self._is_first else call.db.execute(_OTHERS, values).all()
        for row in others:
            key = (row.sort, row.name)
            self._others[key] = self._others.get(key, 0) + int(row.amount)

    def work_out(self) -> Standing:
        limited = [(rule.rule_id, rule.limits) for rule in self._rules]
        all_uses = _of(self._call, ANYBODY) if any(limits.uses is not None for _, limits in limited) else {}
        daily = [name for name, limits in limited if limits.per_customer_and_day is not None and self._who]
        currency = self._bill.currency
        return Standing(
            uses={
                name: self._used(Sort.USE, name, all_uses.get(name, 0))
                for name, limits in limited
                if limits.uses is not None
            },
            uses_today={name: self._used_today(name) for name in daily},
            budget_used={
                name: Money(self._budget_used(name, limits.budget.minor), currency)
                for name, limits in limited
                if limits.budget is not None
            },
            cards=self._cards(currency),
            customer=self._customer(),
        )

    def _used(self, sort: Sort, name: str, completed: int) -> int:
        """Nothing where the bill's own hold has claimed it: then it is the bill's."""
        key = (str(sort), name)
        return 0 if self._is_granted or key in self._own else completed + self._others.get(key, 0)

    def _budget_used(self, name: str, budget: int) -> int:
        """A hold claims a share: what was sold took just that; a bill in hand has it, and may have more."""
        key = (str(Sort.BUDGET), name)
        if self._is_first:
            return 0
        used = _read(self._call, f"budget.{name}", 0) + self._others.get(key, 0)
        if key not in self._own:
            return used
        rest = max(0, budget - self._own[key])
        return rest if self._is_sold else min(used, rest)

    def _used_today(self, rule_id: str) -> int:
        name = f"{rule_id}.{self._who}"
        return self._used(Sort.DAY, name, _read(self._call, f"day.{name}", self._today.toordinal()))

    def _left(self, sort: Sort, name: str, there: int) -> int:
        key = (str(sort), name)
        return max(0, there - self._others.get(key, 0), self._own.get(key, 0))

    def _cards(self, currency: Currency) -> Mapping[str, CodeBalance]:
        """The codes entered on this bill that hold something, with what is left: gift cards, coupons, credits."""
        cards = {}
        for code in self._bill.codes:
            held = self._gift_card(code, currency) or self._credits(code)
            if held is not None:
                cards[code] = held
        return cards

    def _gift_card(self, code: str, currency: Currency) -> CodeBalance | None:
        rules = [rule for rule in self._rules if rule.family is Family.GIFT_CARD]
        if not rules:
            return None
        there = values.card_left(self._call, self._programme, code, currency.minor_digits)
        if there is None:
            return None
        own = next((rule for rule in rules if rule.activation.code == code), None)
        rule = own or next((rule for rule in rules if not rule.activation.code), rules[0])
        left = self._left(Sort.CARD, values.holder_of(self._call, code), there)
        return CodeBalance(rule.rule_id, Fraction(left, 10**currency.minor_digits))

    def _credits(self, code: str) -> CodeBalance | None:
        by_id = {rule.rule_id: rule for rule in self._rules if rule.family is not Family.GIFT_CARD}
        rule_id, units = "", 0
        for rule in by_id.values():
            if rule.activation.code == code and rule.activation.balance is not None:
                rule_id, units = rule.rule_id, int(rule.activation.balance * bill_moves.CREDIT_UNITS)
        for one in bill_moves.of(self._call, [code]):
            if one.rule_id in by_id:
                rule_id, units = one.rule_id, units + one.units
        if not rule_id:
            return None
        row = self._call.db.execute(_SPENT, {"shop_id": self._call.shop_id, "code": code}).first()
        spent = 0 if row is None or self._is_first else int(row.spent)
        left = self._left(Sort.CARD, code, units - spent)
        return CodeBalance(rule_id, Fraction(left, bill_moves.CREDIT_UNITS))

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
            left = self._left(Sort.WALLET, self._who, values.credit_left(self._call, self._who))
            customer = replace(customer, wallet=Money(left, self._bill.currency))
        return self._with_coupons(customer)

    def _with_coupons(self, customer: LoyaltyAccount) -> LoyaltyAccount:
        issuing = [rule.rule_id for rule in self._rules if rule.family is Family.NEXT_ORDER_COUPON]
        if not issuing:
            return customer
        held = {one.rule_id: one.units for one in bill_moves.of(self._call, [self._who]) if one.holder == self._who}
        units = {name: self._left(Sort.COUPON, f"{name}.{self._who}", held.get(name, 0)) for name in issuing}
        return replace(
            customer, coupons={name: Fraction(left, bill_moves.CREDIT_UNITS) for name, left in units.items() if left}
        )


def _of(call: Call, member_id: str) -> Mapping[str, int]:
    rows = call.db.execute(_OF, {"shop_id": call.shop_id, "member_id": member_id})
    return {row.rule_id: row.uses for row in rows}


def _read(call: Call, name: str, span: int) -> int:
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "name": name, "span": span}).first()
    return int(row.times) if row is not None else 0


# Holds


def contended(programme: Programme, priced: PricedBill) -> frozenset[str]:
    """The rules that gave something on the bill and of which there may be too little for two."""
    rules = {*given(priced), *(payment.key.rule_id for payment in priced.stored_value)}
    return frozenset(rule.rule_id for rule in programme.rules if rule.rule_id in rules and rule.is_limited)


def used_up(programme: Programme, left: PricedBill, first: PricedBill) -> tuple[str, ...]:
    """The rules that give less on a bill than they would to the ``first`` one."""
    gives, would_give = _sums(left), _sums(first)
    return tuple(
        rule_id for rule_id in sorted(contended(programme, first)) if gives.get(rule_id, -1) < would_give[rule_id]
    )


def _sums(priced: PricedBill) -> dict[str, int]:
    sums = given(priced)
    for payment in priced.stored_value:
        sums[payment.key.rule_id] = sums.get(payment.key.rule_id, 0) + payment.amount.minor
    return sums


def lock(call: Call, rule_ids: Iterable[str]) -> None:
    """Nobody else claims or counts these rules until the transaction ends; they are locked in the order of ids."""
    for rule_id in sorted(rule_ids):
        key = {"shop_id": call.shop_id, "rule_id": rule_id}
        if call.db.execute(_LOCK, key).rowcount == 0:
            call.db.execute(_NOBODY_YET, key)


def claim(call: Call, redemption_id: str, programme: Programme, priced: PricedBill) -> None:
    """Lets a hold claim what its bill uses; the rules are locked."""
    for (sort, name), amount in sorted(_claims_of(call, programme, priced).items()):
        values = {"redemption_id": redemption_id, "sort": sort, "name": name, "amount": amount}
        call.db.execute(_CLAIM, {"shop_id": call.shop_id, **values})


def _claims_of(call: Call, programme: Programme, priced: PricedBill) -> Claimed:
    customer = priced.bill.customer
    who = customer.member_id if customer is not None else ""
    claims: dict[tuple[str, str], int] = {}
    taken_off = given(priced)
    for rule in programme.rules:
        if rule.rule_id not in taken_off:
            continue
        rule_id, amount, limits = rule.rule_id, taken_off[rule.rule_id], rule.limits
        if limits.uses is not None:
            claims[Sort.USE, rule_id] = 1
        if limits.per_customer is not None and who:
            claims[Sort.MEMBER, f"{rule_id}.{who}"] = 1
        if limits.per_customer_and_day is not None and who:
            claims[Sort.DAY, f"{rule_id}.{who}"] = 1
        if limits.budget is not None:
            claims[Sort.BUDGET, rule_id] = amount
    for payment in priced.stored_value:
        key = (Sort.CARD, values.holder_of(call, payment.code)) if payment.code else (Sort.WALLET, who)
        claims[key] = claims.get(key, 0) + payment.amount.minor
    for move in bill_moves.credits_taken(call, priced, who):
        sort = Sort.COUPON if move.holder == who else Sort.CARD
        claims[sort, f"{move.rule_id}.{who}" if sort is Sort.COUPON else move.holder] = move.amount
    return claims


def claimed(call: Call, sort: Sort, name: str) -> int:
    """How much of something holds claim now, of whichever bill."""
    values_ = {"shop_id": call.shop_id, "time": call.time, "sort": str(sort), "name": name}
    return int(call.db.execute(_CLAIMED, values_).scalar_one())


def forget_ended(call: Call) -> None:
    """Deletes the claims of holds that came to their end; those that ran out stay a day, as their bill may come."""
    call.db.execute(_FORGET, {"shop_id": call.shop_id, "long_ago": call.time - LATE_SECONDS})
