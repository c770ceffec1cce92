"""A return that the backend accepted, before any money has left for it, and where its money goes: cards, cash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tukar.domain.money import Money
from tukar.domain.people import LoyaltyAccount
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
from tukar.till.gear import Gear
from tukar.till.notices import Notice
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

    @property
    def values(self) -> tuple[tuple[Tender, Money], ...]:
        """What goes back to the gift cards and the store credit that paid for the sale, by their tenders."""
        back = self.answer.paid_back
        return tuple(
            (one, back[one.value.redemption_id])
            for one in self.back.sale.tenders
            if one.value is not None and one.amount.minor > 0 and back.get(one.value.redemption_id)
        )


Part = tuple[Tender, Money]
"""A payment of the sale, and what of it goes back to where it came from."""


@dataclass(frozen=True, slots=True)
class CardsBack:
    """Who hears what comes of giving money back to cards. ``declined`` brings what is agreed still."""

    paid: Callable[[Agreed], None]
    declined: Callable[[Agreed, Notice], None]
    lost: Callable[[Notice], None]
    """Nobody knows whether the card got its money: a manager's item now."""
    telling: Callable[[Tender, Money], None] = lambda _card, _amount: None
    """The terminal is told now to give back that much."""


def parts_back(money: Money, cards: Sequence[Tender]) -> tuple[Part, ...]:
    """What each card gets back of ``money``: as much as it took, in that order, until nothing is left."""
    left, parts = money, []
    for card in cards:
        amount = min(left, card.amount)
        if amount.minor > 0:
            parts.append((card, amount))
            left -= amount
    return tuple(parts)


def values_back(gear: Gear, agreed: Agreed) -> tuple[Tender, ...]:
    """What goes back to the gift cards and the store credit that paid for the sale; the backend has booked it."""
    at = gear.clock.now()
    return tuple(
        Tender(
            gear.ids.new(), one.mode, -money, -money, at,
            label=one.label, value=ValueTaken(one.value.redemption_id, one.value.holder),
        )
        for one, money in agreed.values if one.value is not None
    )  # fmt: skip


def cash_back(gear: Gear, money: Money) -> tuple[Tender, ...]:
    """The tender that pays ``money`` out of the drawer, as coins can make it; none for nothing."""
    if not money:
        return ()
    coins = money.rounded_to_cash()
    rounding = money - coins
    at = gear.clock.now()
    return (Tender(gear.ids.new(), PaymentMode.CASH, -coins, -coins, at, rounding=rounding or None),)
