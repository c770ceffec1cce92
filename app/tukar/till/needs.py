"""What the bill in hand needs held before money is taken, read off the priced bill. Pure.

That is points, account by account, and what it uses of limits, coupons and stored value (redemption.md, "Server": they
are claims of the hold). The first hold of points carries those along; a bill that spends none has a need of no account.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.pricing import RuleBook
from tukar.domain.pricing.result import PointsMoved, PricedBill
from tukar.domain.redemption import NO_ACCOUNT, RedemptionState
from tukar.till.ports import RedemptionRow


@dataclass(frozen=True, slots=True)
class Need:
    """Points of one account that the rewards in force cost, what they take off, and which rewards they are.

    ``limited`` names what the hold claims beside points; without an account (``NO_ACCOUNT``) it claims nothing else.
    """

    programme_id: str
    points: Points
    amount: Money
    claims: tuple[OfferKey, ...]
    total: Money | None = None
    """What the whole bill comes to."""
    limited: tuple[str, ...] = ()


def needs_of(priced: PricedBill, rules: RuleBook | None = None) -> tuple[Need, ...]:
    """One need for each account that this bill spends points of, in the order of the bill.

    With ``rules`` also what it uses of limits is needed: of the first account, or of none.
    """
    spending = spending_of(priced)
    if rules is None:
        return spending
    limited = limited_need(priced, rules)
    if limited is None:
        return spending
    return (replace(spending[0], limited=limited.limited), *spending[1:]) if spending else (limited,)


def limited_need(priced: PricedBill, rules: RuleBook) -> Need | None:
    """What the bill uses of limits, coupons and stored value, whether or not it spends points too; None for nothing."""
    used = tuple(_used_of(priced, rules))
    if not used:
        return None
    keys = tuple(dict.fromkeys(key for key, _ in used))
    off = priced.bill.currency.total(one.amount for one in priced.applied if one.key in keys)
    words = [word for _, word in used]
    words += [f"{spent.rule_id}+{spent.code}+{spent.credits}" for spent in priced.credits_spent]
    return Need(NO_ACCOUNT, Points(0, 0), off, keys, priced.total, tuple(sorted(words)))


def _used_of(priced: PricedBill, rules: RuleBook) -> Iterable[tuple[OfferKey, str]]:
    """The limited rewards in force; a share of a budget or of a card is named with its amount."""
    for one in priced.applied:
        rule = rules.rule(one.key.rule_id)
        if rule is not None and rule.rule.is_limited:
            share = one.amount.minor if rule.rule.limits.budget is not None else ""
            yield one.key, f"{one.key.rule_id}/{one.key.reward_id}+{share}"
    for paid in priced.stored_value:
        yield paid.key, f"{paid.key.rule_id}/{paid.key.reward_id}+{paid.code}+{paid.amount.minor}"


def spending_of(priced: PricedBill) -> tuple[Need, ...]:
    """The accounts that this bill spends points of."""
    if not priced.spent:
        return ()
    return tuple([_spending(priced, spent) for spent in priced.spent if spent.points.units > 0])


def _spending(priced: PricedBill, spent: PointsMoved) -> Need:
    by = [one for one in priced.applied if one.programme_id == spent.programme_id]
    off = priced.bill.currency.total([one.amount for one in by])
    return Need(spent.programme_id, spent.points, off, tuple([one.key for one in by]), priced.total)


def fingerprint(row: RedemptionRow, need: Need) -> str:
    """What a redemption was asked for: bill, account, programme, ceiling, challenge, rewards, and what is limited.

    The points are left out: fewer are served by the same hold (redemption.md, "Till", HELD), more are compared as a
    number.
    """
    named = sorted(f"{key.rule_id}/{key.reward_id}" for key in need.claims)
    parts = (row.bill_id, row.member_id, row.programme_id, row.ceiling.decimal(), row.challenge_id, *named)
    return hashlib.sha256("\x1f".join((*parts, *need.limited)).encode()).hexdigest()


def member_of(bill: Bill) -> str:
    """Whose points a bill would spend; empty without a customer."""
    return bill.customer.member_id if bill.customer else ""


def serves(row: RedemptionRow, need: Need | None) -> bool:
    """Whether a row still has its reason: a code is for up to its ceiling, a hold is replaced when it is too small."""
    return need is not None and (row.state is not RedemptionState.CHALLENGED or need.points <= row.ceiling)


def points_reward(priced: PricedBill, programme_id: str) -> OfferKey | None:
    """The reward of an account whose points the cashier chooses: the one claimed, else the one offered."""
    chosen = {claim.key for claim in priced.bill.claims if claim.points is not None}
    claimed = (one.key for one in priced.applied if one.programme_id == programme_id and one.key in chosen)
    offered = (offer.key for offer in priced.offers if offer.programme_id == programme_id and offer.points)
    return next(chain(claimed, offered), None)
