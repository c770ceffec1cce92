"""Codes and claims taken in or refused, and taken back, as FORMAT.md's steps say.

A refused step changes nothing. What is taken in stays on the bill and works whenever its conditions hold again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.offer import Reason
from tukar.domain.pricing.book import CompiledRule, RuleBook
from tukar.domain.pricing.minimums import reached
from tukar.domain.pricing.offers import Offers
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.state import State, Taken
from tukar.domain.pricing.turns import TurnOrder
from tukar.domain.pricing.walk import Outcome, Payment, Walk
from tukar.domain.rule import Family

_OF_CUSTOMER: Final = frozenset(
    {Reason.NEEDS_CUSTOMER, Reason.OTHER_GROUP, Reason.OTHER_TIER, Reason.NOT_THIS_ORDER, Reason.NEEDS_POINTS}
)
"""What another customer would change: a code entered before the first goods waits for one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a code or claim is not taken in."""

    reason: Reason


class Entering:
    """Answers one step on one bill. Every answer is the next bill, or why there is none."""

    def __init__(self, book: RuleBook, bill: Bill, circumstances: Circumstances) -> None:
        self._book = book
        self._bill = bill
        self._circumstances = circumstances

    def code(self, code: str) -> Bill | Refused:
        """The bill with a code entered."""
        if code in self._bill.codes:
            return Refused(Reason.USED_UP)
        rules = list(self._woken_by(code))
        if not rules:
            return Refused(Reason.NEEDS_CODE)
        answers = [self._enter(compiled, code) for compiled in rules]
        taken = next((answer for answer in answers if isinstance(answer, Bill)), None)
        return answers[0] if taken is None else taken

    def _woken_by(self, code: str) -> Iterator[CompiledRule]:
        yield from self._book.with_code(code)
        card = self._circumstances.cards.get(code)
        compiled = None if card is None else self._book.rule(card.rule_id)
        if compiled is not None:
            yield compiled

    def _enter(self, compiled: CompiledRule, code: str) -> Bill | Refused:
        barred = compiled.obstacle(self._bill, self._circumstances)
        if barred is not None and not (self._bill.is_empty and barred.reason in _OF_CUSTOMER):
            return Refused(barred.reason)
        entered = self._bill.with_code(code)
        if self._empty_purse(compiled, entered, code):
            return Refused(Reason.USED_UP)
        if self._bill.is_empty:
            return entered
        outcome = Walk(self._book, entered, self._circumstances).work_out()
        refusal = self._lost(compiled, outcome)
        return self._without_beaten(compiled, entered, outcome) if refusal is None else refusal

    def _empty_purse(self, compiled: CompiledRule, entered: Bill, code: str) -> bool:
        """Whether what the code or card holds is less than its cheapest reward costs."""
        rule = compiled.rule
        purse = TurnOrder(self._book, entered, self._circumstances).purse_of(compiled, code)
        if purse is None or purse.key[0] not in ("credits", "card", "coupon") or purse.earns:
            return False
        if rule.family.is_payment:
            return purse.opening <= 0
        cheapest = min((reward.cost for _, reward in compiled.rewards), default=Fraction(0))
        return purse.opening < cheapest

    def _lost(self, compiled: CompiledRule, outcome: Outcome) -> Refused | None:
        """Why the rule of a code does not stand on the bill; a discount that finds no piece is no refusal."""
        rule, index = compiled.rule, compiled.index
        if index in outcome.givers() or rule.family.keeps_balance or rule.family is Family.NEXT_ORDER_COUPON:
            return None
        another_stands_alone = any(turn.compiled.rule.exclusive for turn in outcome.turns)
        beaten = not rule.exclusive and any(turn.rule_index == index for turn in outcome.displaced)
        if another_stands_alone or beaten:
            return Refused(Reason.NOT_TOGETHER)
        if rule.exclusive:
            enough = reached(State(outcome.facts), compiled)
        else:
            has_turn = any(turn.rule_index == index for turn in outcome.turns)
            enough = index not in outcome.state.short and (has_turn or reached(outcome.state, compiled))
        return None if enough else Refused(Reason.NEEDS_AMOUNT)

    def _without_beaten(self, compiled: CompiledRule, entered: Bill, outcome: Outcome) -> Bill:
        """The bill without codes of the same group that the new one has beaten: they are forgotten."""
        rule = compiled.rule
        if not (rule.best_of and rule.stack_group):
            return entered
        beaten = {turn.code for turn in outcome.displaced if turn.compiled.rule.stack_group == rule.stack_group}
        for code in beaten:
            entered = entered.without_code(code)
        return entered

    def claim(self, claim: Claim) -> Bill | Refused:
        """The bill with a claim; its pieces are cut to what is possible."""
        compiled = self._book.rule(claim.key.rule_id)
        if compiled is None:
            return Refused(Reason.ITEM_GONE)
        outcome = Walk(self._book, self._bill, self._circumstances).work_out()
        offers = Offers(self._book, self._bill, self._circumstances, outcome)
        barred = compiled.obstacle(self._bill, self._circumstances)
        if barred is not None:
            return Refused(barred.reason)
        refusal: Bill | Refused = Refused(Reason.NOTHING_TO_TAKE_OFF)
        places = self._places_meant(compiled, claim.key)
        for place in places:
            key = compiled.rewards[place][0]
            refusal = self._claim_one(compiled, place, replace(claim, key=key), offers)
            if isinstance(refusal, Bill):
                return _switched_on(refusal, [compiled.rewards[other][0] for other in places])
        return refusal

    def _places_meant(self, compiled: CompiledRule, key: OfferKey) -> range:
        """The reward named, or every one of a rule in turn where just the rule is named."""
        places = range(len(compiled.rewards))
        if not key.reward_id or len(places) == 1:
            return places
        place = compiled.place_of(key)
        return range(0) if place is None else range(place, place + 1)

    def _claim_one(self, compiled: CompiledRule, place: int, claim: Claim, offers: Offers) -> Bill | Refused:
        order = TurnOrder(self._book, self._bill, self._circumstances)
        if order.is_automatic(compiled, place):
            return Refused(Reason.NOTHING_TO_TAKE_OFF)
        tried = offers.tried(compiled, claim)
        if tried is None:
            return Refused(Reason.NOTHING_TO_TAKE_OFF)
        _, _, given = tried
        if given.lacking:
            return Refused(Reason.NEEDS_POINTS)
        return self._bill.with_further_claim(replace(claim, quantity=_pieces_given(claim, given)))

    def quantity(self, key: OfferKey, pieces: int) -> Bill | Refused:
        """The bill on which a reward gives so many pieces, or what is possible of them."""
        compiled = self._book.rule(key.rule_id)
        if compiled is None:
            return Refused(Reason.ITEM_GONE)
        order = TurnOrder(self._book, self._bill, self._circumstances)
        for place in self._places_meant(compiled, key):
            own = compiled.rewards[place][0]
            if any(claim.key == own for claim in self._bill.claims) or order.is_automatic(compiled, place):
                outcome = Walk(self._book, _wanting(self._bill, own, pieces), self._circumstances).work_out()
                given = sum(pieces_of(taken) for taken in outcome.state.taken if taken.key == own)
                return _wanting(self._bill, own, min(pieces, given))
        return Refused(Reason.NOTHING_TO_TAKE_OFF)

    def removal(self, key: OfferKey) -> Bill | Refused:
        """The bill without a reward: its claims are gone, an automatic one stays off until claimed."""
        compiled = self._book.rule(key.rule_id)
        if compiled is None:
            return Refused(Reason.ITEM_GONE)
        order = TurnOrder(self._book, self._bill, self._circumstances)
        bill, found = self._bill, False
        for place in self._places_meant(compiled, key):
            own = compiled.rewards[place][0]
            claimed = any(claim.key == own for claim in bill.claims)
            automatic = order.is_automatic(compiled, place)
            found = found or claimed or automatic
            bill = bill.without_claim(own) if claimed else bill
            bill = bill.with_switched_off(own) if automatic else bill
        return bill if found else Refused(Reason.NOTHING_TO_TAKE_OFF)


def pieces_of(taken: Taken) -> int:
    """The pieces that one reward gave, on top of the bill or from it."""
    return sum(gift.pieces for gift in taken.gifts) + sum(taken.freed.values())


def _wanting(bill: Bill, key: OfferKey, pieces: int) -> Bill:
    """The bill with the quantity set on the claim in force, or on an automatic reward."""
    if not any(claim.key == key for claim in bill.claims):
        return bill.with_claim(Claim(key, quantity=pieces))
    claims = tuple(replace(old, quantity=pieces) if old.key == key else old for old in bill.claims)
    return replace(bill, claims=claims)


def _switched_on(bill: Bill, keys: list[OfferKey]) -> Bill:
    """The bill on which rewards apply by themselves again: those of a rule that was switched off whole."""
    return replace(bill, switched_off=bill.switched_off.difference(keys))


def _pieces_given(claim: Claim, given: Taken | Payment) -> int | None:
    """The quantity of a claim cut to what is possible; a claim of anything but pieces has none to cut."""
    pieces = pieces_of(given) if isinstance(given, Taken) else 0
    return min(claim.quantity, pieces) if claim.quantity is not None and pieces else claim.quantity
