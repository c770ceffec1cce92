"""A return that the backend accepted, before any money has left for it, and money out of the drawer."""

from dataclasses import dataclass

from tukar.domain.money import Money
from tukar.domain.people import LoyaltyAccount
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
from tukar.till.gear import Gear
from tukar.till.ports import RefundAnswer, RefundRow
from tukar.till.return_receipt import Back


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the backend accepted: no money has left yet. ``account`` is the customer with the points moved.

    ``alone``: only this till agreed, because the sale was still unsent. That holds no longer than the sale waits.
    """

    row: RefundRow
    back: Back
    answer: RefundAnswer
    account: LoyaltyAccount | None = None
    paid: tuple[Tender, ...] = ()
    """Money that has gone back to a card already; the receipt is not saved yet."""
    alone: bool = False


def values_back(gear: Gear, agreed: Agreed) -> tuple[Tender, ...]:
    """What goes back to the gift cards and the store credit that paid for the sale; the backend has booked it."""
    back, at = agreed.answer.paid_back, gear.clock.now()
    took = [(one, one.value) for one in agreed.back.sale.tenders if one.value is not None and one.amount.minor > 0]
    return tuple(
        Tender(
            gear.ids.new(), one.mode, -back[value.redemption_id], -back[value.redemption_id], at,
            label=one.label, value=ValueTaken(value.redemption_id, value.holder),
        )
        for one, value in took
        if back.get(value.redemption_id)
    )  # fmt: skip


def cash_back(gear: Gear, money: Money) -> tuple[Tender, ...]:
    """The tender that pays ``money`` out of the drawer, as coins can make it; none for nothing."""
    if not money:
        return ()
    coins = money.rounded_to_cash()
    rounding = money - coins
    at = gear.clock.now()
    return (Tender(gear.ids.new(), PaymentMode.CASH, -coins, -coins, at, rounding=rounding or None),)
