"""What a promotion that gives pieces asks for, as shops say it: buy 5 and pay 4, or free with the rice."""

from dataclasses import dataclass

from tukar.domain.bill import OfferKey
from tukar.domain.programme import Programme
from tukar.domain.reward import FreeFromCart, FreeItem
from tukar.domain.rule import Rule
from tukar.till.ports import ItemIndex


@dataclass(frozen=True, slots=True)
class SetDeal:
    """``pieces`` go home and ``paid`` of them are paid, where all are alike; else one of ``with_item`` is bought."""

    pieces: int = 0
    paid: int = 0
    with_item: str = ""


def deal_of(programme: Programme, key: OfferKey, index: ItemIndex) -> SetDeal | None:
    """The deal behind an offer; None where it gives no pieces, or for something that a few words cannot say."""
    rule = programme.rule(key.rule_id)
    if rule is None:
        return None
    free = next((reward for reward in rule.rewards if reward.reward_id == key.reward_id), None)
    paid = _paid_pieces(rule)
    if not isinstance(free, FreeFromCart | FreeItem) or not paid:
        return None
    bought = rule.when.goods
    if free.goods() in (None, bought):
        return SetDeal(pieces=paid + free.quantity, paid=paid)
    known = [index.by_sku(sku) for sku in bought.items or ()] if paid == 1 else []
    alone = known[0] if len(known) == 1 and not (bought.categories or bought.tags or bought.products) else None
    return None if alone is None else SetDeal(with_item=alone.name)


def _paid_pieces(rule: Rule) -> int:
    if rule.buy is not None:
        return rule.buy
    return 0 if rule.when.min_qty is None else rule.when.min_qty.pieces
