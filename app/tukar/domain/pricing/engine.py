"""The one door to the engine: ``price`` works a bill out by a rule book."""

from dataclasses import replace

from tukar.domain.bill import Bill
from tukar.domain.pricing.answer import Answer
from tukar.domain.pricing.best import best_combination
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.offers import Offers
from tukar.domain.pricing.reasons import Reasons
from tukar.domain.pricing.result import Circumstances, PricedBill
from tukar.domain.pricing.supply import checked
from tukar.domain.pricing.walk import Outcome, Walk


def price(
    bill: Bill, rules: RuleBook, circumstances: Circumstances | None = None, *, reasons: bool = False
) -> PricedBill:
    """What the bill comes to, what it may still get, and why it does not get more.

    With ``reasons`` those of all rules are worked out, each checked by supplying what it asks for, and the best
    combination of offers is marked; without, reasons are those of rules near the bill, unchecked. The same bill,
    rules and circumstances always give the same answer.
    """
    circumstances = Circumstances() if circumstances is None else circumstances
    outcome = Walk(rules, bill, circumstances).work_out()
    return told(outcome, bill, rules, circumstances, reasons=reasons)


def settle(bill: Bill, rules: RuleBook, circumstances: Circumstances) -> PricedBill:
    """What the bill comes to and nothing else: no offers and no reasons, for whoever only checks a bill."""
    return Answer(rules, Walk(rules, bill, circumstances).work_out()).priced_bill()


def told(
    outcome: Outcome,
    bill: Bill,
    rules: RuleBook,
    circumstances: Circumstances,
    *,
    reasons: bool = False,
) -> PricedBill:
    """An outcome with what the bill may still get and why not more, as ``price`` promises it."""
    offers = Offers(rules, bill, circumstances, outcome).all()
    if reasons and offers:
        best = set(best_combination(bill, rules, circumstances, offers).keys)
        offers = tuple(replace(offer, is_best=offer.key in best) for offer in offers)
    explained = rules.rules if reasons else outcome.near
    why = Reasons(rules, bill, circumstances, outcome).of(explained, (offer.key for offer in offers))
    if reasons:
        why = tuple(checked(reason, bill, rules, circumstances) for reason in why)
    return Answer(rules, outcome).priced_bill(offers, why)
