"""What a finished bill leaves for later ones: coupons, money on gift cards sold, money in the wallet."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Final

from tukar.domain.pricing.book import CompiledRule
from tukar.domain.pricing.earning import earned
from tukar.domain.pricing.state import PurseKey
from tukar.domain.pricing.walk import Outcome
from tukar.domain.rule import EarnPer, Family

_NONE: Final = Fraction(0)
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that nobody takes for one another."""
_CODE_LENGTH: Final = 10


def code_left_by(bill_id: str, rule_id: str) -> str:
    """The code of what a bill leaves to nobody in particular; who does not know the bill's id cannot guess it."""
    number = int.from_bytes(sha256(f"{bill_id}/{rule_id}".encode()).digest())
    letters = []
    for _ in range(_CODE_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class Filled:
    """Money, in major units, that goes to one gift card; ``code`` is empty for a new one. ``lines`` loaded it."""

    code: str
    money: Fraction
    lines: frozenset[int]


def cards_filled(outcome: Outcome, index: int) -> Iterator[Filled]:
    """The cards that a gift-card rule fills, each by its own lines; lines without a code make one new card.

    What an order earns it earns once: it goes to the first card.
    """
    compiled, facts = outcome.player.book.rules[index], outcome.facts
    earn, digits = compiled.rule.earn, outcome.player.book.currency.minor_digits
    by_code: dict[str, list[int]] = {}
    for at in facts.named(compiled.rule.when.goods):
        by_code.setdefault(facts.lines[at].line.card, []).append(at)
    once = earn is not None and earn.per is EarnPer.ORDER
    for place, (code, lines) in enumerate(by_code.items()):
        money = _NONE
        if len(by_code) == 1 or (once and place == 0):
            money = outcome.earned[index]
        elif not once:
            money = earned(outcome.state, compiled, frozenset({index}), digits, among=lines)
        if money:
            yield Filled(code, money, frozenset(lines))


def credits_of_codes(outcome: Outcome) -> Iterator[tuple[CompiledRule, PurseKey, Fraction]]:
    """Credits that come off a coupon, a code or a card with credits: what the sale's own credits did not pay."""
    book = outcome.player.book
    for key, spent in outcome.state.spent.items():
        sort, name = key
        compiled = book.rule(name) if sort in ("credits", "coupon") else None
        if compiled is None:
            continue
        own = outcome.state.credits.get(compiled.index, _NONE) if sort == "credits" else _NONE
        if spent > own and (sort == "coupon" or compiled.rule.activation.code):
            yield compiled, key, spent - own


def is_left_for_later(compiled: CompiledRule) -> bool:
    """Whether what the rule earns is no points but a coupon, or money on a card or in the wallet."""
    return compiled.rule.family.is_payment or compiled.rule.family is Family.NEXT_ORDER_COUPON
