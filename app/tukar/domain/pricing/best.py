"""The combination of offers that is worth most to the customer.

Worth is the money that the bill falls by plus what gifts would have cost; of combinations worth the same the one
that spends fewer points, and then the one with fewer claims. Up to ``EXACT_OFFERS`` claimable offers every
combination that could be better is worked out, entered in the order in which the offers are listed; beyond that the
most valuable ones are combined exactly and the others added one by one, and ``at_most`` says what no combination can
exceed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Offer
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.facts import Facts, worth_of
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.walk import Outcome, Walk
from tukar.domain.reward import AmountOff, AmountPerPoint, PercentOff, Reward, Scope

EXACT_OFFERS: Final = 12

_Score = tuple[int, Fraction, int]


@dataclass(frozen=True, slots=True)
class Best:
    """The claims worth most together. ``at_most`` is a bound that no combination exceeds; met when ``exact``."""

    keys: tuple[OfferKey, ...]
    worth: Money
    at_most: Money
    exact: bool


def best_combination(bill: Bill, rules: RuleBook, circumstances: Circumstances, offers: Sequence[Offer]) -> Best:
    """The offers to claim on this bill, beside what is claimed already. Payments are none of them."""
    search = _Search(bill, rules, circumstances)
    keys = [offer.key for offer in offers if not _is_payment(rules, offer.key)]
    single = {key: search.worth((key,)) for key in keys}
    keys = [key for key in keys if single[key] > 0]
    ceilings = {key: search.ceiling(key, single[key]) for key in keys}
    chosen = sorted(keys, key=lambda key: -single[key])[:EXACT_OFFERS]
    found = search.best_of([key for key in keys if key in chosen], ceilings)
    exact = len(keys) <= EXACT_OFFERS
    if not exact:
        found = search.added(found, [key for key in keys if key not in chosen])
    worth = search.worth(found)
    bound = worth if exact else max(worth, min(search.everything, sum(ceilings.values())))
    return Best(found, Money(worth, bill.currency), Money(bound, bill.currency), exact)


def _is_payment(rules: RuleBook, key: OfferKey) -> bool:
    compiled = rules.rule(key.rule_id)
    return compiled is None or compiled.rule.family.is_payment


class _Search:
    """Works combinations out, each once."""

    def __init__(self, bill: Bill, rules: RuleBook, circumstances: Circumstances) -> None:
        self._bill = bill
        self._rules = rules
        self._circumstances = circumstances
        self._facts = Facts(bill)
        self._known: dict[tuple[OfferKey, ...], tuple[_Score, bool]] = {}
        plain = self._outcome(())
        self._start = _worth_off(plain)
        self.everything = max(0, plain.goods_left)

    def _outcome(self, keys: tuple[OfferKey, ...]) -> Outcome:
        bill = self._bill
        for key in keys:
            bill = bill.with_further_claim(Claim(key))
        return Walk(self._rules, bill, self._circumstances, self._facts.for_claims(bill)).work_out()

    def _scored(self, keys: tuple[OfferKey, ...]) -> tuple[_Score, bool]:
        """How good a combination is, and whether every claim in it gives something."""
        known = self._known.get(keys)
        if known is None:
            outcome = self._outcome(keys)
            given = {taken.key for taken in outcome.state.taken}
            spent = sum(outcome.state.spent.values(), Fraction(0))
            score = (_worth_off(outcome) - self._start, -spent, -len(keys))
            known = self._known[keys] = (score, all(key in given for key in keys))
        return known

    def worth(self, keys: tuple[OfferKey, ...]) -> int:
        """What a combination is worth beyond the bill as it is, in minor units."""
        return self._scored(keys)[0][0] if keys else 0

    def ceiling(self, key: OfferKey, alone: int) -> int:
        """The most that a claim can add to any combination.

        A discount on whole lines takes less the less is left; one that picks pieces may pick dearer ones.
        """
        compiled = self._rules.rule(key.rule_id)
        if compiled is None:
            return 0
        place = compiled.place_of(key) or 0
        return alone if _only_shrinks(compiled.rewards[place][1]) else self.everything + alone

    def best_of(self, keys: Sequence[OfferKey], ceilings: dict[OfferKey, int]) -> tuple[OfferKey, ...]:
        """The best combination of some offers, by branch and bound."""
        best: tuple[OfferKey, ...] = ()
        best_score: _Score = (0, Fraction(0), 0)
        order = sorted(keys, key=lambda key: -ceilings[key])
        listed = {key: place for place, key in enumerate(keys)}

        def look(chosen: tuple[OfferKey, ...], rest: list[OfferKey]) -> None:
            nonlocal best, best_score
            score, all_give = self._scored(chosen) if chosen else ((0, Fraction(0), 0), True)
            if all_give and score > best_score:
                best, best_score = chosen, score
            if not rest or score[0] + sum(ceilings[key] for key in rest) < best_score[0]:
                return
            first, *others = rest
            look(tuple(sorted((*chosen, first), key=listed.__getitem__)), others)
            look(chosen, others)

        look((), order)
        return best

    def added(self, chosen: tuple[OfferKey, ...], others: Sequence[OfferKey]) -> tuple[OfferKey, ...]:
        """``chosen`` with every further offer that makes it better, one after the other."""
        for key in others:
            tried = (*chosen, key)
            score, all_give = self._scored(tried)
            if all_give and score[0] > self.worth(chosen):
                chosen = tried
        return chosen


def _only_shrinks(reward: Reward) -> bool:
    match reward:
        case PercentOff(target=target) | AmountOff(target=target):
            return target.scope is not Scope.CHEAPEST and not target.picks_pieces
        case AmountPerPoint(ranges=ranges):
            return not ranges
    return False


def _worth_off(outcome: Outcome) -> int:
    gross = sum(fact.gross for fact in outcome.facts.lines)
    gifts = sum(worth_of(gift.item, gift.pieces) for taken in outcome.state.taken for gift in taken.gifts)
    return gross - outcome.goods_left + gifts
