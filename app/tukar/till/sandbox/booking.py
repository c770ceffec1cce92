"""Completing a sale in the sandbox, and undoing it: points to and from their lots, money on cards and wallets."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from tukar.domain.money import round_half_up
from tukar.domain.pricing import CodeBalance
from tukar.domain.pricing.issuing import cards_filled
from tukar.domain.pricing.walk import Outcome
from tukar.domain.rule import Family, Rule
from tukar.till.sandbox.sale import Sale
from tukar.till.sandbox.shop import Coupon, Lot, Member, Shop

_NONE: Final = Fraction(0)


@dataclass(slots=True)
class Part:
    """A sum that goes back in parts as goods come back: ``goods`` are the lines it is shared by, ``done`` so far.

    ``digits`` is what parts are rounded to.
    """

    total: Fraction
    goods: frozenset[int]
    digits: int
    done: Fraction = _NONE


@dataclass(slots=True)
class Booked:
    """A completed sale and everything it moved, so that it can be taken back."""

    sale: Sale
    outcome: Outcome
    earned: dict[int, Part] = field(default_factory=dict)
    new_lots: dict[int, Lot] = field(default_factory=dict)
    spent: dict[str, Part] = field(default_factory=dict)
    from_lots: dict[str, list[tuple[Lot, Fraction]]] = field(default_factory=dict)
    wallet_paid: Part | None = None
    cards_paid: dict[str, Part] = field(default_factory=dict)
    cards_filled: dict[str, Part] = field(default_factory=dict)
    coupons: list[Coupon] = field(default_factory=list)
    from_coupons: list[tuple[Coupon, Fraction]] = field(default_factory=list)
    from_codes: dict[str, Fraction] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    back: dict[int, int] = field(default_factory=dict)
    voided: bool = False
    reversed: Fraction = _NONE
    returned: Fraction = _NONE

    def given_back(self, part: Part, upto: dict[int, int]) -> Fraction:
        """What of a part goes back when ``upto`` thousandths of each line have come back; the last takes the rest."""
        facts = self.outcome.facts
        goods = [facts.lines[index] for index in part.goods]
        whole = sum(fact.gross for fact in goods)
        if all(upto.get(fact.index, 0) >= fact.thousandths for fact in goods):
            return part.total - part.done
        before = sum((Fraction(fact.gross * self.back.get(fact.index, 0), fact.thousandths) for fact in goods), _NONE)
        after = sum((Fraction(fact.gross * upto.get(fact.index, 0), fact.thousandths) for fact in goods), _NONE)
        if not whole:
            return _NONE
        scale = 10**part.digits
        share = Fraction(round_half_up(part.total * (after - before) / whole * scale), scale)
        return max(_NONE, min(share, part.total - part.done))


class Booking:
    """Books the sales of one shop."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.sold: list[Booked] = []

    def complete(self, sale: Sale) -> Booked:
        """Books a sale whose points suffice."""
        outcome = sale.outcome
        booked = Booked(sale, outcome)
        member = sale.member
        self._earn(booked, member)
        self._spend(booked, member)
        self._pay(booked, member)
        self._coupons(booked, sale.customer_id)
        self._uses(booked, member)
        if member is not None:
            member.lifetime_spend += outcome.goods_left + outcome.fixed_tax
            member.orders_placed += 1
        sale.completed = True
        self.sold.append(booked)
        return booked

    def _earn(self, booked: Booked, member: Member | None) -> None:
        outcome = booked.outcome
        for index, points in outcome.earned.items():
            rule = outcome.player.book.rules[index].rule
            if rule.family is Family.GIFT_CARD:
                self._fill_cards(booked, rule, index)
                continue
            if member is None:
                continue
            part = self._part(outcome, points, rule)
            booked.earned[index] = part
            if rule.family is Family.WALLET:
                member.wallet += points
            else:
                lot = Lot(self._shop.today, points)
                booked.new_lots[index] = lot
                member.lots.setdefault(rule.account_id, []).append(lot)

    def _part(self, outcome: Outcome, total: Fraction, rule: Rule | None) -> Part:
        goods = frozenset(range(len(outcome.facts.lines)))
        if rule is not None:
            goods = frozenset(outcome.facts.named(rule.when.goods))
        money = rule is not None and rule.family.is_payment
        floor = rule is not None and rule.earn is not None and rule.earn.floor
        digits = self._shop.currency.minor_digits if money else 0 if floor else 2
        return Part(total, goods, digits)

    def _fill_cards(self, booked: Booked, rule: Rule, index: int) -> None:
        for filled in cards_filled(booked.outcome, index):
            name = filled.code or f"card-{len(self._shop.cards) + 1}"
            card = self._shop.cards.get(name)
            held = _NONE if card is None else card.balance
            self._shop.cards[name] = CodeBalance(rule.rule_id, held + filled.money)
            booked.cards_filled[name] = Part(filled.money, filled.lines, self._shop.currency.minor_digits)
            booked.sale.card = name

    def _spend(self, booked: Booked, member: Member | None) -> None:
        """Points leave the oldest lots first."""
        for (sort, name), points in booked.outcome.state.spent.items():
            if sort == "points" and member is not None and points:
                booked.spent[name] = self._spent_part(booked.outcome, name, points)
                booked.from_lots[name] = self._drain(member, name, points)
            elif sort == "credits":
                self._spend_credits(booked, name, points)
            elif sort == "coupon":
                self._spend_coupons(booked, name, points)

    def _spent_part(self, outcome: Outcome, account: str, points: Fraction) -> Part:
        whole = any(r.account_id == account and r.earn is not None and r.earn.floor for r in self._shop.rules_ever)
        part = self._part(outcome, points, None)
        return replace(part, digits=0) if whole else part

    def _drain(self, member: Member, account: str, points: Fraction) -> list[tuple[Lot, Fraction]]:
        taken: list[tuple[Lot, Fraction]] = []
        days = self._shop.expiry_days(account)
        for lot in member.lots.get(account, []):
            if days is not None and self._shop.today > lot.day + days:
                continue
            part = min(lot.left, points)
            if part > 0:
                lot.left -= part
                points -= part
                taken.append((lot, part))
        return taken

    def _spend_credits(self, booked: Booked, rule_id: str, points: Fraction) -> None:
        """Credits of the sale are spent first; the rest comes off the card or code."""
        compiled = self._shop.book.rule(rule_id)
        if compiled is None or not compiled.rule.activation.code:
            return
        code = compiled.rule.activation.code
        held = self._held(code, compiled.rule)
        own = booked.outcome.state.credits.get(compiled.index, _NONE)
        spent = min(held, max(_NONE, points - own))
        booked.from_codes[code] = spent
        self._shop.cards[code] = CodeBalance(rule_id, held - spent)

    def _held(self, code: str, rule: Rule) -> Fraction:
        card = self._shop.cards.get(code)
        return card.balance if card is not None else rule.activation.balance or _NONE

    def _spend_coupons(self, booked: Booked, rule_id: str, points: Fraction) -> None:
        for coupon in self._shop.coupons:
            if coupon.rule_id == rule_id and coupon.holder in ("", booked.sale.customer_id):
                part = min(coupon.balance, points)
                booked.from_coupons.append((coupon, part))
                coupon.balance -= part
                points -= part

    def _pay(self, booked: Booked, member: Member | None) -> None:
        scale = 10**self._shop.currency.minor_digits
        for payment in booked.outcome.payments:
            rule, money = payment.turn.compiled.rule, Fraction(payment.amount, scale)
            part = self._part(booked.outcome, money, None)
            part.digits = self._shop.currency.minor_digits
            if rule.family is Family.WALLET:
                if member is not None:
                    member.wallet -= money
                    booked.wallet_paid = part
                continue
            code = payment.turn.code
            self._shop.cards[code] = CodeBalance(rule.rule_id, self._held(code, rule) - money)
            booked.cards_paid[code] = part

    def _coupons(self, booked: Booked, holder: str) -> None:
        for index, credits_ in booked.outcome.pending.items():
            coupon = Coupon(booked.outcome.player.book.rules[index].rule.rule_id, credits_, holder)
            booked.coupons.append(coupon)
            self._shop.coupons.append(coupon)

    def _uses(self, booked: Booked, member: Member | None) -> None:
        for index in sorted(booked.outcome.givers()):
            rule_id = booked.outcome.player.book.rules[index].rule.rule_id
            booked.used.append(rule_id)
            self._shop.uses[rule_id] = self._shop.uses.get(rule_id, 0) + 1
            if member is not None:
                member.rule_uses[rule_id] = member.rule_uses.get(rule_id, 0) + 1

    def take_back(self, booked: Booked, upto: dict[int, int]) -> None:
        """Takes goods back until ``upto`` thousandths of each line are back, with points and stored money."""
        member = booked.sale.member
        booked.reversed = booked.returned = _NONE
        for index, part in booked.earned.items():
            self._reverse(booked, member, index, part, upto)
        for account, part in booked.spent.items():
            points = booked.given_back(part, upto)
            part.done += points
            booked.returned += points
            booked.from_lots[account] = _refilled(booked.from_lots.get(account, []), points)
        self._take_back_money(booked, member, upto)
        if member is not None:
            member.lifetime_spend -= _value_between(booked, upto)
        booked.back = dict(upto)

    def _reverse(self, booked: Booked, member: Member | None, index: int, part: Part, upto: dict[int, int]) -> None:
        points = booked.given_back(part, upto)
        part.done += points
        rule = booked.outcome.player.book.rules[index].rule
        if member is None:
            return
        if rule.family is Family.WALLET:
            member.wallet -= points
            return
        booked.reversed += points
        lots = [booked.new_lots[index], *member.lots.get(rule.account_id, [])]
        for lot in lots:
            taken = min(lot.left, points)
            lot.left -= taken
            points -= taken

    def _take_back_money(self, booked: Booked, member: Member | None, upto: dict[int, int]) -> None:
        if booked.wallet_paid is not None and member is not None:
            money = booked.given_back(booked.wallet_paid, upto)
            booked.wallet_paid.done += money
            member.wallet += money
        for code, part in booked.cards_paid.items():
            money = booked.given_back(part, upto)
            part.done += money
            self._add_to_card(code, money)
        for code, part in booked.cards_filled.items():
            money = booked.given_back(part, upto)
            part.done += money
            self._add_to_card(code, -money)

    def _add_to_card(self, code: str, money: Fraction) -> None:
        card = self._shop.cards[code]
        self._shop.cards[code] = CodeBalance(card.rule_id, max(_NONE, card.balance + money))

    def void(self, booked: Booked) -> None:
        """Undoes a sale whole, with its uses, coupons and codes and the order count."""
        facts = booked.outcome.facts
        self.take_back(booked, {fact.index: fact.thousandths for fact in facts.lines})
        booked.voided = True
        member = booked.sale.member
        if member is not None:
            member.orders_placed -= 1
        for rule_id in booked.used:
            rule = self._shop.rule(rule_id)
            if rule is not None and rule.limits.reusable_after_void:
                self._shop.uses[rule_id] -= 1
                if member is not None:
                    member.rule_uses[rule_id] -= 1
        for coupon, part in booked.from_coupons:
            coupon.balance += part
        for code, part in booked.from_codes.items():
            self._add_to_card(code, part)
        issued = {id(coupon) for coupon in booked.coupons}
        self._shop.coupons = [coupon for coupon in self._shop.coupons if id(coupon) not in issued]


def _refilled(lots: list[tuple[Lot, Fraction]], points: Fraction) -> list[tuple[Lot, Fraction]]:
    """Points go back to the lots they came from, to the newest of them first; what is still to come back to each."""
    still: list[tuple[Lot, Fraction]] = []
    for lot, taken in reversed(lots):
        part = min(taken, points)
        lot.left += part
        points -= part
        still.insert(0, (lot, taken - part))
    return still


def _value_between(booked: Booked, upto: dict[int, int]) -> Fraction:
    """What the customer had paid for the goods that come back now, in minor units, payments apart."""
    value = _NONE
    for line in booked.outcome.state.lines:
        fact = line.fact
        more = upto.get(fact.index, 0) - booked.back.get(fact.index, 0)
        value += Fraction((line.left + fact.fixed_tax) * more, fact.thousandths)
    return value
