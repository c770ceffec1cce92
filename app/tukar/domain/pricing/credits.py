"""What pays for rewards: points on the customer's account, credits of the sale, coupons, cards, the wallet."""

from dataclasses import dataclass
from fractions import Fraction

from tukar.domain.bill import Bill
from tukar.domain.pricing.result import Circumstances
from tukar.domain.pricing.state import PurseKey
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.rule import Family, Mode, Rule


@dataclass(frozen=True, slots=True)
class Purse:
    """What one rule pays its rewards from. ``opening`` is in whole points, or in major units of money.

    ``earns`` tells that credits of this very sale are added at the rule's turn. ``step`` is the finest amount.
    """

    key: PurseKey
    opening: Fraction
    step: Fraction
    earns: bool = False
    account: PointsAccount | None = None


_CREDIT_STEP = Fraction(1, 100)
"""Without a block points are cut to two decimals (FORMAT.md, ``amount_per_point``)."""


_POINTS_STEPS = (Fraction(1), Fraction(1, 10), Fraction(1, 100))
"""The same of points, by the digits of their account: no more than two of them are spent."""


def purse_of(rule: Rule, code: str, bill: Bill, circumstances: Circumstances, programme: Programme) -> Purse:
    """The purse that pays for a rule on this bill; ``rule`` is one that ``pays_cost``."""
    if rule.account_id:
        return _account_purse(rule, bill, programme)
    if rule.family is Family.WALLET:
        wallet = bill.customer.wallet if bill.customer is not None else None
        money = Fraction(0) if wallet is None else Fraction(wallet.minor, 10**wallet.currency.minor_digits)
        return Purse(("wallet", ""), money, _money_step(bill))
    if rule.family is Family.GIFT_CARD:
        return Purse(("card", code), _held_by(code, rule, circumstances), _money_step(bill))
    if rule.family is Family.NEXT_ORDER_COUPON:
        return Purse(("coupon", rule.rule_id), coupon_credits(rule, bill, circumstances), _CREDIT_STEP)
    opening = _held_by(code, rule, circumstances)
    return Purse(("credits", rule.rule_id), opening, _CREDIT_STEP, earns=rule.earn is not None)


def coupon_credits(rule: Rule, bill: Bill, circumstances: Circumstances) -> Fraction:
    """The credits of a rule's coupons on this bill: the customer's, and those of coupons entered by their codes."""
    credits_ = circumstances.coupons.get(rule.rule_id, Fraction(0))
    if bill.customer is not None:
        credits_ += bill.customer.coupons.get(rule.rule_id, Fraction(0))
    entered = (circumstances.cards[code] for code in bill.codes if code in circumstances.cards)
    return credits_ + sum((card.balance for card in entered if card.rule_id == rule.rule_id), Fraction(0))


def needs_code(rule: Rule) -> bool:
    return rule.activation.mode in (Mode.CODE, Mode.COUPON)


def _held_by(code: str, rule: Rule, circumstances: Circumstances) -> Fraction:
    card = circumstances.cards.get(code) if code else None
    if card is not None:
        return card.balance
    return rule.activation.balance or Fraction(0)


def _money_step(bill: Bill) -> Fraction:
    return Fraction(1, 10**bill.currency.minor_digits)


def _account_purse(rule: Rule, bill: Bill, programme: Programme) -> Purse:
    account = programme.account(rule.account_id)
    held = bill.customer.balance(rule.account_id) if bill.customer is not None else None
    opening = Fraction(0) if held is None else held.available.exact()
    finest = len(_POINTS_STEPS) - 1
    step = _POINTS_STEPS[finest if account is None else min(finest, account.digits)]
    return Purse(("points", rule.account_id), opening, step, account=account)
