"""Prices the bills of one sale one after another; what did not change between two of them is taken over."""

from dataclasses import dataclass

from tukar.domain.bill import Bill
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.engine import told
from tukar.domain.pricing.memory import Kept, Memory
from tukar.domain.pricing.result import Circumstances, PricedBill
from tukar.domain.pricing.walk import Outcome, Walk
from tukar.domain.reward import FreeItem


@dataclass(slots=True)
class _Last:
    """The bill before: under which circumstances it came to what, and what can be taken over for the next one."""

    kept: Kept
    circumstances: Circumstances
    outcome: Outcome
    priced: PricedBill

    def answers(self, bill: Bill, rules: RuleBook, circumstances: Circumstances) -> bool:
        """Whether this very bill still comes to the same: the same rules take part, and find the same in store.

        The moment, the place, the line and the uses so far tell which rules take part, and nothing else. An item that
        may be given is looked up in the catalogue, which changes beside the rules: then all is worked out again.
        """
        if bill is not self.kept.bill or rules is not self.kept.book:
            return False
        before, barred = self.circumstances, self.outcome.barred
        if circumstances.cards != before.cards or circumstances.coupons != before.coupons:
            return False
        for compiled in self.outcome.asking:
            now_barred = None if compiled.is_standing else compiled.obstacle(bill, circumstances)
            if now_barred != barred.get(compiled.index):
                return False
            rule = compiled.rule
            if circumstances.budget_used.get(rule.rule_id) != before.budget_used.get(rule.rule_id):
                return False
            if now_barred is None and any(isinstance(reward, FreeItem) for reward in rule.rewards):
                return False
        return True


class Pricer:
    """``price`` answers what ``pricing.price`` answers, only sooner for a bill that is like the last one."""

    def __init__(self) -> None:
        self._last: _Last | None = None

    def price(self, bill: Bill, rules: RuleBook, circumstances: Circumstances) -> PricedBill:
        last = self._last
        if last is not None and last.answers(bill, rules, circumstances):
            return last.priced
        memory = Memory(rules, bill, None if last is None else last.kept)
        outcome = Walk(rules, bill, circumstances, memory.facts, memory).work_out()
        priced = told(outcome, bill, rules, circumstances)
        self._last = _Last(memory.kept, circumstances, outcome, priced)
        return priced
