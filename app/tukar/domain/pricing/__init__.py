"""What a bill comes to: the one engine of the till, the server and the rules sandbox.

``price(bill, rules, circumstances)`` answers from scratch, every time, from immutable values; nothing is carried
from one bill to the next, so the till, the server and a replay of last year's bills agree to the last cent.

How a bill is worked out::

    book        RuleBook: a programme compiled once into indexes, so that cost grows with the rules that name
                the bill's goods and not with all rules
    facts       the bill in integers: value of every line, its taxes, its place in the filters
    state       what is left of every line while rules take their turns, and what each of them took
    split       an amount shared out exactly, within caps; spread: over lines and then over pieces
    standing    conditions that do not depend on the goods; minimums: those that do, read at a rule's turn
    turns       which rules take part and in which order (priority, order, automatic, codes and claims, payments)
    select      which lines and pieces a reward may touch
    percent, amount, tiered, per_piece, points_off, gift, from_cart, bundle: one module for each kind of reward
    credits     what pays for rewards: points, credits of the sale, coupons, cards, the wallet
    play        one turn: planned on the bill as the rule finds it, and then done
    earning     what goods give
    walk        turns played one after the other, exclusive rules and best-of groups settled
    issuing     what the bill leaves for later ones
    answer      the outcome told as a PricedBill, whose parts are in result
    offers      what could be claimed, each worked out as if it were
    entering    codes and claims taken in or refused
    reasons     why the other rules do not apply, with the figure that is missing
    supply      a reason's figure supplied, to see that the rule then applies
    memory      what stays the same from one bill to the next; pricer: a sale priced bill by bill
    best        the combination worth most; nudge: the nearest missing offer

Everything is counted exactly: money left in minor units, and beside it the exact remainder that stacked percentages
work on, as an integer over the line's own denominator. A discount is planned on the bill as a rule finds it and then
taken, never below a piece's floor, nor a line or the bill below zero.
"""

from tukar.domain.pricing.best import Best, best_combination
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.engine import price, settle
from tukar.domain.pricing.entering import Entering, Refused
from tukar.domain.pricing.gift import ItemSource
from tukar.domain.pricing.nudge import nudge
from tukar.domain.pricing.pricer import Pricer
from tukar.domain.pricing.result import (
    AppliedPromotion,
    Circumstances,
    CodeBalance,
    CreditsSpent,
    FreeLine,
    LeftForLater,
    LineDiscount,
    PointsMoved,
    PricedBill,
    PricedLine,
    StoredValue,
    TaxAmount,
)

__all__ = [
    "AppliedPromotion",
    "Best",
    "Circumstances",
    "CodeBalance",
    "CreditsSpent",
    "Entering",
    "FreeLine",
    "ItemSource",
    "LeftForLater",
    "LineDiscount",
    "PointsMoved",
    "PricedBill",
    "PricedLine",
    "Pricer",
    "Refused",
    "RuleBook",
    "StoredValue",
    "TaxAmount",
    "best_combination",
    "nudge",
    "price",
    "settle",
]
