"""The combination of offers that is worth most to the customer.

Worth is the money that the bill falls by plus what gifts would have cost; of combinations worth the same the one
that spends fewer points, and then the one with fewer claims. Rules that contest others (exclusive ones and those of
a best-of group) are entered first, then the others in the order in which the offers are listed. Up to
``EXACT_OFFERS`` offers every combination that could be better is worked out; beyond that the most valuable ones are
combined exactly and the others added one by one, and ``at_most`` says what no combination can exceed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Offer
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn
from tukar.domain.pricing.facts import Facts, worth_of
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.state import State
from tukar.domain.pricing.turns import TurnOrder
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
    keys = [offer.key for offer in offers]
    search = _Search(bill, rules, circumstances, keys)
    alone = {key: search.own(key) for key in keys}
    keys = [key for key in keys if alone[key] > 0]
    ceilings = {key: search.ceiling(key, alone[key]) for key in keys}
    chosen = set(sorted(keys, key=lambda key: -alone[key])[:EXACT_OFFERS])
    best = search.best_of([key for key in keys if key in chosen], ceilings)
    exact = len(keys) <= EXACT_OFFERS
    if not exact:
        best = search.added(best, [key for key in keys if key not in chosen])
    worth = search.worth(best)
    bound = worth
    if not exact:
        gifts = sum(search.gifts(key) for key in keys)
        bound = max(worth, min(search.everything + gifts, sum(ceilings.values())))
    return Best(best, Money(worth, bill.currency), Money(bound, bill.currency), exact)


class _Search:
    """Works combinations out, each once."""

    def __init__(self, bill: Bill, rules: RuleBook, circumstances: Circumstances, keys: Sequence[OfferKey]) -> None:
        self._bill = bill
        self._rules = rules
        self._circumstances = circumstances
        self._facts = Facts(bill)
        self._listed = {key: place for place, key in enumerate(keys)}
        self._known: dict[tuple[OfferKey, ...], tuple[_Score, bool]] = {}
        plain = self._outcome(())
        self._start = _worth_off(plain.state)
        self.everything = max(0, plain.goods_left)

    def _entered(self, keys: Sequence[OfferKey]) -> Bill:
        bill = self._bill
        for key in keys:
            bill = bill.with_further_claim(Claim(key))
        return bill

    def _outcome(self, keys: Sequence[OfferKey]) -> Outcome:
        bill = self._entered(keys)
        return Walk(self._rules, bill, self._circumstances, self._facts.for_claims(bill)).work_out()

    def _compiled(self, key: OfferKey) -> CompiledRule:
        compiled = self._rules.rule(key.rule_id)
        if compiled is None:
            raise LookupError(f"no rule {key.rule_id}")
        return compiled

    def _in_order(self, keys: Sequence[OfferKey]) -> tuple[OfferKey, ...]:
        return tuple(sorted(keys, key=lambda key: (not self._compiled(key).contests, self._listed[key])))

    def _scored(self, keys: tuple[OfferKey, ...]) -> tuple[_Score, bool]:
        """How good a combination is, and whether every claim in it gives something."""
        known = self._known.get(keys)
        if known is None:
            state = self._outcome(self._in_order(keys)).state
            known = self._known[keys] = (self.score_of(state, len(keys)), _all_give(state, keys))
        return known

    def score_of(self, state: State, claims: int) -> _Score:
        return _worth_off(state) - self._start, -sum(state.spent.values(), Fraction(0)), -claims

    def worth(self, keys: tuple[OfferKey, ...]) -> int:
        """What a combination is worth beyond the bill as it is, in minor units."""
        return self._scored(keys)[0][0]

    def own(self, key: OfferKey) -> int:
        """What a claim alone takes off and gives, whatever others lose by it; they lose it only once."""
        state = self._outcome((key,)).state
        return _gifts(state, key) + sum(one.amount for one in state.taken if one.key == key)

    def gifts(self, key: OfferKey) -> int:
        """What a claim alone gives on top of the bill: it may be worth more than all there is to take off."""
        return _gifts(self._outcome((key,)).state, key)

    def ceiling(self, key: OfferKey, alone: int) -> int:
        """The most that a claim can add to any combination.

        A discount on whole lines takes less the less is left; one that picks pieces may pick dearer ones.
        """
        reward = dict(self._compiled(key).rewards)[key]
        return alone if _only_shrinks(reward) else self.everything + alone

    def best_of(self, keys: Sequence[OfferKey], ceilings: dict[OfferKey, int]) -> tuple[OfferKey, ...]:
        """The best combination of some offers.

        Contesting claims are tried in every combination that gives something; on each of them the others are added
        by branch and bound.
        """
        contesting = [key for key in keys if self._compiled(key).contests]
        others = [key for key in keys if not self._compiled(key).contests]
        best: tuple[_Score, tuple[OfferKey, ...]] = (self._scored(())[0], ())
        stack: list[tuple[tuple[OfferKey, ...], int]] = [((), 0)]
        while stack:
            base, start = stack.pop()
            if not self._scored(base)[1]:
                continue
            best = max(best, self._grown(base, others, ceilings, best), key=lambda entry: entry[0])
            stack += [((*base, contesting[at]), at + 1) for at in range(start, len(contesting))]
        return best[1]

    def _grown(
        self,
        base: tuple[OfferKey, ...],
        others: list[OfferKey],
        ceilings: dict[OfferKey, int],
        best: tuple[_Score, tuple[OfferKey, ...]],
    ) -> tuple[_Score, tuple[OfferKey, ...]]:
        outcome = self._outcome(base)
        branch = _Branch(self, outcome, best)
        turns = self._turns_after(base, others, outcome)
        if turns is None:
            return self._walked(base, others, ceilings, best)
        branch.look(base, outcome.state, turns, [ceilings[key] for key, _ in turns])
        return branch.best

    def _turns_after(
        self, base: tuple[OfferKey, ...], others: list[OfferKey], outcome: Outcome
    ) -> list[tuple[OfferKey, Turn]] | None:
        """The turns of the other claims, in their order; None where they do not all come after those played."""
        if any(turn.compiled.rule.exclusive for turn in outcome.turns):
            return []
        bill = self._entered((*base, *others))
        order = TurnOrder(self._rules, bill, self._circumstances)
        rules = {compiled.index: compiled for compiled in map(self._compiled, others)}
        made = {turn.claim: turn for turn in order.turns(rules.values()) if turn.claim}
        claims = bill.claims[len(self._entered(base).claims) :]
        turns = [(claim.key, made[claim]) for claim in claims if claim in made]
        last = max((turn.key for turn in outcome.turns), default=None)
        for_later = all(last is None or turn.key > last for _, turn in turns)
        simple = not any(turn.purse and turn.purse.account and turn.purse.account.spends_points_of_this_sale
                         for _, turn in turns)  # fmt: skip
        if len(turns) != len(others) or not for_later or not simple or outcome.payments:
            return None
        return sorted(turns, key=lambda entry: entry[1].key)

    def _walked(
        self,
        base: tuple[OfferKey, ...],
        others: list[OfferKey],
        ceilings: dict[OfferKey, int],
        best: tuple[_Score, tuple[OfferKey, ...]],
    ) -> tuple[_Score, tuple[OfferKey, ...]]:
        """The same with every combination worked out from scratch."""
        stack: list[tuple[tuple[OfferKey, ...], int]] = [(base, 0)]
        while stack:
            keys, start = stack.pop()
            score, all_give = self._scored(keys)
            if not all_give or score[0] + sum(ceilings[key] for key in others[start:]) < best[0][0]:
                continue
            best = max(best, (score, keys), key=lambda entry: entry[0])
            stack += [((*keys, others[at]), at + 1) for at in range(start, len(others))]
        return best

    def added(self, chosen: tuple[OfferKey, ...], others: Sequence[OfferKey]) -> tuple[OfferKey, ...]:
        """``chosen`` with every further offer that makes it better, one after the other."""
        for key in others:
            tried = (*chosen, key)
            score, all_give = self._scored(tried)
            if all_give and score[0] > self.worth(chosen):
                chosen = tried
        return chosen


class _Branch:
    """Adds claims to a bill one turn after the other, and keeps the best."""

    def __init__(self, search: _Search, outcome: Outcome, best: tuple[_Score, tuple[OfferKey, ...]]) -> None:
        self._search = search
        self._player = outcome.player
        self.best = best

    def look(
        self, keys: tuple[OfferKey, ...], state: State, turns: list[tuple[OfferKey, Turn]], ceilings: list[int]
    ) -> None:
        """Tries every way to go on from ``state``; ways that cannot beat the best are left out."""
        score = self._search.score_of(state, len(keys))
        if score > self.best[0]:
            self.best = (score, keys)
        for at, (key, turn) in enumerate(turns):
            if score[0] + sum(ceilings[at:]) < self.best[0][0]:
                return
            tried, before = state.copy(), len(state.taken)
            self._player.play(tried, turn)
            if len(tried.taken) > before:
                self.look((*keys, key), tried, turns[at + 1 :], ceilings[at + 1 :])


def _all_give(state: State, keys: Sequence[OfferKey]) -> bool:
    given = {taken.key for taken in state.taken}
    return all(key in given for key in keys)


def _gifts(state: State, key: OfferKey) -> int:
    return sum(worth_of(gift.item, gift.pieces) for one in state.taken if one.key == key for gift in one.gifts)


def _only_shrinks(reward: Reward) -> bool:
    match reward:
        case PercentOff(target=target) | AmountOff(target=target):
            return target.scope is not Scope.CHEAPEST and not target.picks_pieces
        case AmountPerPoint(ranges=ranges):
            return not ranges
    return False


def _worth_off(state: State) -> int:
    gross = sum(fact.gross for fact in state.facts.lines)
    gifts = sum(worth_of(gift.item, gift.pieces) for taken in state.taken for gift in taken.gifts)
    return gross - state.left() + gifts
