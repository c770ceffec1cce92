"""What the bill in hand needs of the customer's points, account by account, read off the priced bill. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.pricing.result import PricedBill
from tukar.domain.redemption import RedemptionState
from tukar.till.ports import RedemptionRow


@dataclass(frozen=True, slots=True)
class Need:
    """Points of one account that the rewards in force cost, what they take off, and which rewards they are."""

    programme_id: str
    points: Points
    amount: Money
    claims: tuple[OfferKey, ...]
    total: Money | None = None
    """What the whole bill comes to."""


def needs_of(priced: PricedBill) -> tuple[Need, ...]:
    """One need for each account that this bill spends points of, in the order of the bill."""
    return tuple(
        Need(
            spent.programme_id,
            spent.points,
            priced.bill.currency.total(one.amount for one in priced.applied if one.programme_id == spent.programme_id),
            tuple(one.key for one in priced.applied if one.programme_id == spent.programme_id),
            priced.total,
        )
        for spent in priced.spent
        if spent.points.units > 0
    )


def need_for(priced: PricedBill, programme_id: str) -> Need | None:
    """What the bill needs of one account; None when it spends none of its points."""
    return next((need for need in needs_of(priced) if need.programme_id == programme_id), None)


def fingerprint(row: RedemptionRow, claims: Iterable[OfferKey]) -> str:
    """What a redemption was asked for: bill, account, programme, ceiling, challenge and rewards.

    The need is left out: a smaller one is served by the same hold (redemption.md, "Till", HELD), a greater one is
    compared as a number.
    """
    named = sorted(f"{key.rule_id}/{key.reward_id}" for key in claims)
    parts = (row.bill_id, row.member_id, row.programme_id, row.ceiling.decimal(), row.challenge_id, *named)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


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
