"""Which rules take part in a bill, and in which order they take their turns (FORMAT.md, "Working out a bill")."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.item import Item
from tukar.domain.pricing.book import CompiledRule, RuleBook, Turn
from tukar.domain.pricing.credits import Purse, coupon_credits, purse_of
from tukar.domain.pricing.gift import choices
from tukar.domain.pricing.result import Circumstances
from tukar.domain.reward import FreeItem, Reward
from tukar.domain.rule import Family


class TurnOrder:
    """Makes the turns of the rules that take part, in their order."""

    def __init__(self, book: RuleBook, bill: Bill, circumstances: Circumstances) -> None:
        self._book = book
        self._bill = bill
        self._circumstances = circumstances
        self._purses: dict[tuple[int, str], Purse] = {}
        self._claims: dict[str, list[tuple[int, Claim]]] = {}
        for number, claim in enumerate(bill.claims):
            self._claims.setdefault(claim.key.rule_id, []).append((number, claim))

    def turns(self, rules: Iterable[CompiledRule]) -> list[Turn]:
        """The turns of ``rules`` in their order."""
        found: list[Turn] = []
        switched_off, claims, own_turn = self._bill.switched_off, self._claims, self._book.own_turn
        for compiled in rules:
            if claims and compiled.rule.rule_id in claims:
                found += self._turns_of(compiled)
                continue
            turn = None if switched_off else own_turn(compiled)
            if turn is not None:
                found.append(turn)
            elif compiled.gives_unasked:
                found += self._turns_of(compiled)
        found.sort(key=_KEY)
        return found

    def further_turn(self, compiled: CompiledRule, claim: Claim) -> Turn | None:
        """The first turn of the rule's claims if there were one more; None where they would have none."""
        claims = self._bill.claims
        if compiled.gives_unasked or compiled.rule.rule_id in self._claims:
            order = TurnOrder(self._book, self._bill.with_further_claim(claim), self._circumstances)
            turns = [turn for turn in order.turns([compiled]) if turn.claim is not None or turn.adjusted]
            return next(iter(turns), None)
        codes, place = self._codes_in_use(compiled), compiled.place_of(claim.key)
        return self._claimed(compiled, len(claims), claim, place, codes[0]) if codes and place is not None else None

    def _turns_of(self, compiled: CompiledRule) -> list[Turn]:
        codes = self._codes_in_use(compiled)
        if not codes:
            return []
        claims = [
            (number, claim, place)
            for number, claim in self._claims.get(compiled.rule.rule_id, ())
            if (place := compiled.place_of(claim.key)) is not None
        ]
        automatic = [place for place in range(len(compiled.rewards)) if self.is_automatic(compiled, place)]
        turns: list[Turn] = []
        if automatic:
            turns = [self._automatic(compiled, automatic, code, claims) for code in codes]
        claimed = [
            self._claimed(compiled, number, claim, place, codes[0])
            for number, claim, place in claims
            if place not in automatic
        ]
        return turns + _pinned_first(claimed)

    def _codes_in_use(self, compiled: CompiledRule) -> Sequence[str]:
        """The codes under which it has turns: a rule of coupons has none where the customer holds no coupon of it."""
        rule = compiled.rule
        if rule.family is Family.NEXT_ORDER_COUPON and not coupon_credits(rule, self._bill, self._circumstances):
            return ()
        return self.codes_of(compiled)

    def purse_of(self, compiled: CompiledRule, code: str) -> Purse | None:
        """The purse that pays for the rule on this bill; None for a rule that ignores what its rewards cost."""
        if not compiled.pays_cost:
            return None
        known = self._purses.get((compiled.index, code))
        if known is None:
            known = purse_of(compiled.rule, code, self._bill, self._circumstances, self._book.programme)
            self._purses[compiled.index, code] = known
        return known

    def codes_of(self, compiled: CompiledRule) -> Sequence[str]:
        """The codes under which the rule takes part; one empty code where it needs none, nothing where one lacks."""
        if not compiled.asks_code:
            return _NO_CODE
        rule, bill, cards = compiled.rule, self._bill, self._circumstances.cards
        return [
            code
            for code in bill.codes
            if code == rule.activation.code or (code in cards and cards[code].rule_id == rule.rule_id)
        ]

    def is_automatic(self, compiled: CompiledRule, place: int) -> bool:
        """Whether a reward applies without asking: its rule does, it leaves no choice, and nobody switched it off."""
        if not compiled.gives_unasked:
            return False
        key, reward = compiled.rewards[place]
        off = self._bill.switched_off
        if off and (key in off or OfferKey(compiled.rule.rule_id) in off):
            return False
        return not self.to_pick_from(reward)

    def to_pick_from(self, reward: Reward) -> tuple[Item, ...]:
        """The items of a free item of which there are several; nothing where there is no choice."""
        if not isinstance(reward, FreeItem) or reward.sku:
            return ()
        items = choices(reward, self._book.items)
        return items if len(items) > 1 else ()

    def _automatic(
        self, compiled: CompiledRule, places: list[int], code: str, claims: list[tuple[int, Claim, int]]
    ) -> Turn:
        phase = (1, self._bill.codes.index(code), 1) if code else (0, compiled.index, 0)
        return Turn(
            compiled=compiled,
            rewards=tuple(places),
            key=(*compiled.rank, *phase, 0),
            purse=self.purse_of(compiled, code),
            code=code,
            adjusted=tuple([(place, claim) for _, claim, place in claims if place in places]),
        )

    def _claimed(self, compiled: CompiledRule, number: int, claim: Claim, place: int, code: str) -> Turn:
        return Turn(
            compiled=compiled,
            rewards=(place,),
            key=(*compiled.rank, 1, claim.codes_before, 0, number),
            purse=self.purse_of(compiled, code),
            code=code,
            claim=claim,
        )


_KEY = attrgetter("key")
_NO_CODE = ("",)


def _pinned_first(turns: list[Turn]) -> list[Turn]:
    """Claims of one rule with set quantities are served before its others, in the places they take together."""
    if len(turns) < 2 or not any(turn.claim and turn.claim.quantity is not None for turn in turns):  # noqa: PLR2004
        return turns
    keys = sorted(turn.key for turn in turns)
    served = sorted(turns, key=lambda turn: (turn.claim is None or turn.claim.quantity is None, turn.key))
    return [replace(turn, key=key) for turn, key in zip(served, keys, strict=True)]
