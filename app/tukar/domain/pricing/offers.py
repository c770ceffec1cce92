"""What could be claimed on a bill and is not yet, each worked out exactly as if it were."""

from collections.abc import Iterator
from fractions import Fraction

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Offer, PointsRange
from tukar.domain.points import Points
from tukar.domain.pricing.answer import Answer, benefit_of, skus_of
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.state import Taken
from tukar.domain.pricing.walk import Outcome, Payment, Walk
from tukar.domain.reward import AmountPerPoint
from tukar.domain.rule import Rule


class Offers:
    """Finds the offers of one bill. Claims are tried on copies; the outcome itself stays as it is."""

    def __init__(self, book: RuleBook, bill: Bill, circumstances: Circumstances, outcome: Outcome) -> None:
        self._book = book
        self._bill = bill
        self._circumstances = circumstances
        self._outcome = outcome
        self._order = outcome.order
        self._last_key = max([turn.key for turn in outcome.turns], default=None)
        self._total = outcome.total
        self._givers = {taken.rule for taken in outcome.state.taken}
        self._contested = bool(outcome.payments) or any(turn.compiled.rule.exclusive for turn in outcome.turns)

    def all(self) -> tuple[Offer, ...]:
        answer = Answer(self._book, self._outcome)
        claimed = {claim.key for claim in self._bill.claims}
        return tuple(
            offer
            for compiled, place, key in self.candidates()
            if key not in claimed and (offer := self._offer(answer, compiled, place)) is not None
        )

    def candidates(self) -> Iterator[tuple[CompiledRule, int, OfferKey]]:
        """Every reward near the bill that is not automatic and whose rule takes part."""
        nothing_off = not self._bill.switched_off
        for compiled in self._outcome.asking if nothing_off else self._outcome.near:
            if compiled.is_local and nothing_off:
                continue
            if self._outcome.barred.get(compiled.index) is not None:
                continue
            for place, (key, _) in enumerate(compiled.rewards):
                if not self._order.is_automatic(compiled, place):
                    yield compiled, place, key

    def _offer(self, answer: Answer, compiled: CompiledRule, place: int) -> Offer | None:
        key, reward = compiled.rewards[place]
        tried = self.tried(compiled, Claim(key))
        if tried is None:
            return None
        after, turn, given = tried
        rule = compiled.rule
        total = Money(after.total, self._bill.currency)
        programme = rule.account_id if turn.purse is not None else ""
        spent = given.spent if isinstance(given, Taken) else Fraction(0)
        several = self._order.to_pick_from(reward)
        gifts = given.gifts if isinstance(given, Taken) else []
        freed = given.freed if isinstance(given, Taken) else {}
        return Offer(
            key=key,
            name=rule.name_of(reward),
            benefit=benefit_of(reward, spends_points=bool(programme)),
            trigger=rule.trigger,
            takes_off=Money(self._total - total.minor, self._bill.currency),
            total_after=total,
            programme_id=programme if spent else "",
            cost=answer.points(programme, spent) if programme and spent else None,
            points=self._range(turn, reward) if isinstance(reward, AmountPerPoint) else None,
            gift=gifts[0].item.sku if gifts and not several else next(iter(skus_of(after, freed)), ""),
            choices=tuple([item.sku for item in several]),
            pieces=sum([gift.pieces for gift in gifts]) + sum(freed.values()),
            instead_of=tuple([lost.name for lost in self._lost(after, rule)]),
        )

    def tried(self, compiled: CompiledRule, claim: Claim) -> "tuple[Outcome, Turn, Taken | Payment] | None":
        """The bill with one more claim, its turn and what it gave; None where it would be refused."""
        claim = claim.entered_after(self._bill.codes)
        turn = self._order.further_turn(compiled, claim)
        if turn is None or not self._may_pay(turn):
            return None
        after = self._at_the_end(turn)
        if after is None:
            bill = self._bill.with_further_claim(claim)
            after = Walk(self._book, bill, self._circumstances, self._outcome.facts.for_claims(bill)).work_out()
        given = _given_more(self._outcome, after, compiled, claim)
        return None if given is None else (after, turn, given)

    def _may_pay(self, turn: Turn) -> bool:
        """A cheap look whether the purse holds anything at all, before the bill is worked out again.

        What is left of it says nothing: the claim may take its turn before what spends it now. A reward that costs
        nothing needs none.
        """
        purse = turn.purse
        if purse is None or purse.earns or purse.opening > 0:
            return True
        if purse.account is not None and purse.account.spends_points_of_this_sale:
            return True
        return any(not turn.compiled.rewards[place][1].cost for place in turn.rewards)

    def _at_the_end(self, turn: Turn) -> Outcome | None:
        """The outcome with one turn more after all others; None where the order or a contest needs a full walk."""
        outcome = self._outcome
        simple = (
            not turn.compiled.is_payment
            and not turn.compiled.contests
            and not self._contested
            and (self._last_key is None or turn.key > self._last_key)
            and not (turn.purse and turn.purse.account and turn.purse.account.spends_points_of_this_sale)
        )
        if not simple:
            return None
        if not outcome.player.open_for(outcome.state, turn, 1):
            return outcome
        state = outcome.state.copy()
        outcome.player.play(state, turn)
        return Outcome(
            outcome.facts, state, outcome.player, outcome.order, outcome.near, outcome.asking,
            [*outcome.turns, turn], outcome.displaced, outcome.barred,
        )  # fmt: skip

    def _range(self, turn: Turn, reward: AmountPerPoint) -> PointsRange | None:
        purse = turn.purse
        if purse is None:
            return None
        outcome = self._outcome
        found = outcome.player.spending_of(outcome.state, turn, reward, outcome.paid)
        digits = purse.account.digits if purse.account is not None else 2
        if purse.key[0] != "points":
            digits = max(digits, self._bill.currency.minor_digits)
        return PointsRange(
            least=Points.of(found.least, digits),
            most=Points.of(found.most, digits),
            step=Points.of(found.step, digits),
            value_each=found.minor_each,
        )

    def _lost(self, after: Outcome, rule: Rule) -> list[Rule]:
        """Rules that give something now and would not any more."""
        gone = self._givers.difference([taken.rule for taken in after.state.taken])
        return [self._book.rules[index].rule for index in sorted(gone) if self._book.rules[index].rule is not rule]


def _given_more(before: Outcome, after: Outcome, compiled: CompiledRule, claim: Claim) -> "Taken | Payment | None":
    """What a new claim gave: its own, or the last of an automatic reward that was off until claimed."""
    taken = [entry for entry in after.state.taken if entry.rule == compiled.index]
    if len(taken) > len([entry for entry in before.state.taken if entry.rule == compiled.index]):
        return next((entry for entry in taken if entry.claim is claim), taken[-1])
    paid = [payment for payment in after.payments if payment.turn.rule_index == compiled.index]
    if len(paid) > sum(payment.turn.rule_index == compiled.index for payment in before.payments):
        return next((payment for payment in paid if payment.turn.claim is claim), paid[-1])
    return None
