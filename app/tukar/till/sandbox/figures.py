"""Every figure a case may expect, read off the engine's outcome and the shop's memory (FORMAT.md, "Expected")."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Quantity
from tukar.domain.pricing.book import CompiledRule
from tukar.domain.pricing.issuing import cards_filled
from tukar.domain.pricing.split import share_out
from tukar.domain.pricing.walk import Outcome, Payment, Walk
from tukar.domain.rule import Family
from tukar.till.sandbox.player import Play
from tukar.till.sandbox.sale import Sale
from tukar.till.sandbox.shop import Member

_NONE: Final = Fraction(0)


class Figures:
    """What is true of a play right now. Money is in major units, exact."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._sale: Sale = play.sale
        self._scale = 10**play.case.currency.minor_digits

    def figure(self, name: str) -> Any:  # noqa: ANN401 - a number, a name, a list or a mapping, as FORMAT.md says
        return _FIGURES[name](self)

    @property
    def _outcome(self) -> Outcome:
        return self._sale.outcome

    def _money(self, minor: int) -> Fraction:
        return Fraction(minor, self._scale)

    @property
    def _member(self) -> Member | None:
        """The customer of the sale, else the one the case declares."""
        declared = self._play.case.customer
        if self._sale.member is not None or declared is None:
            return self._sale.member
        return self._play.shop.member(declared.customer_id)

    def total(self) -> Fraction:
        return self._money(self._outcome.total)

    def tax(self) -> Fraction:
        outcome = self._outcome
        values = [0] * len(outcome.facts.groups)
        for line in outcome.state.lines:
            values[line.fact.group] += line.left
        taxes = [value - group.net_of(value) for group, value in zip(outcome.facts.groups, values, strict=True)]
        return self._money(sum(taxes) + outcome.fixed_tax)

    def untaxed(self) -> Fraction:
        return self.total() - self.tax()

    def _given(self) -> list[tuple[OfferKey, int]]:
        """Every discount and payment in the order of application, with its amount in minor units."""
        taken = [(entry.key, entry.amount) for entry in self._outcome.state.taken]
        paid = [(_key_of(payment), payment.amount) for payment in self._outcome.payments]
        return [(key, amount) for key, amount in (*taken, *paid) if amount]

    def discounts(self) -> list[dict[str, Any]]:
        sums: dict[OfferKey, int] = {}
        for key, amount in self._given():
            sums[key] = sums.get(key, 0) + amount
        return [
            {"rule": key.rule_id, "reward": key.reward_id, "amount": self._money(amount)}
            for key, amount in sums.items()
        ]

    def discount_total(self) -> Fraction:
        return sum(self.discount_amounts(), _NONE)

    def discount_amounts(self) -> list[Fraction]:
        return [self._money(amount) for _, amount in self._given()]

    def discount_by_sku(self) -> dict[str, Fraction]:
        return self._off_by(lambda outcome, index: outcome.facts.lines[index].item.sku)

    def discount_by_tax(self) -> dict[str, Fraction]:
        return self._off_by(lambda outcome, index: outcome.facts.groups[outcome.facts.lines[index].group].label)

    def _off_by(self, name: Callable[[Outcome, int], str]) -> dict[str, Fraction]:
        outcome = self._outcome
        sums: dict[str, Fraction] = {}
        for line in outcome.state.lines:
            key = name(outcome, line.fact.index)
            sums[key] = sums.get(key, _NONE) + self._money(line.fact.gross - line.left)
        return sums

    def discount_by_unit(self) -> dict[str, list[Fraction]]:
        units: dict[str, list[Fraction]] = {}
        for line in self._outcome.state.lines:
            whole = line.copy()
            left = whole.pieces().left
            gross = share_out(line.fact.gross, [1] * line.fact.pieces)
            off = [self._money(before - after) for before, after in zip(gross, left, strict=True)]
            units.setdefault(line.fact.item.sku, []).extend(off)
        return units

    def unit_price_after(self) -> dict[str, Fraction]:
        left: dict[str, Fraction] = {}
        quantity: dict[str, Fraction] = {}
        for line in self._outcome.state.lines:
            sku = line.fact.item.sku
            left[sku] = left.get(sku, _NONE) + self._money(line.left)
            quantity[sku] = quantity.get(sku, _NONE) + Fraction(line.fact.thousandths, 1000)
        return {sku: left[sku] / quantity[sku] for sku in left}

    def lines(self) -> Fraction:
        gifts = sum(len(entry.gifts) for entry in self._outcome.state.taken)
        return Fraction(len(self._outcome.facts.lines) + gifts + len(self._given()))

    def free_items(self) -> list[dict[str, Any]]:
        pieces: dict[str, int] = {}
        for entry in self._outcome.state.taken:
            for gift in entry.gifts:
                pieces[gift.item.sku] = pieces.get(gift.item.sku, 0) + gift.pieces
            for index, freed in entry.freed.items():
                sku = self._outcome.facts.lines[index].item.sku
                pieces[sku] = pieces.get(sku, 0) + freed
        return [{"sku": sku, "qty": Fraction(count), "price": _NONE} for sku, count in pieces.items() if count]

    def offers(self) -> list[dict[str, str]]:
        if self._sale.completed:
            return []
        return [{"rule": offer.key.rule_id, "reward": offer.key.reward_id} for offer in self._sale.offers.all()]

    def applied(self) -> list[str]:
        rules = [entry.key.rule_id for entry in self._outcome.state.taken]
        rules += [_key_of(payment).rule_id for payment in self._outcome.payments]
        return list(dict.fromkeys(rules))

    def rewards_applied(self) -> Fraction:
        times = sum(entry.applications for entry in self._outcome.state.taken)
        return Fraction(times + len(self._outcome.payments))

    def points_earned(self) -> Fraction:
        if self._sale.refused:
            return _NONE
        if not self._play.shop.loyalty_accounts:
            return sum(self._credits().values(), _NONE)
        return sum(self._earned_by_account().values(), _NONE)

    def _credits(self) -> dict[int, Fraction]:
        """Credits of this sale by rule: counted at the rule's turn, else on the bill as it stands."""
        outcome = self._outcome
        credits_ = dict(outcome.state.credits)
        for compiled in outcome.near:
            rule = compiled.rule
            lasting = rule.family.keeps_balance or rule.account_id or rule.family is Family.NEXT_ORDER_COUPON
            if rule.earn is not None and not lasting and compiled.index not in credits_:
                credits_[compiled.index] = outcome.player.credits(outcome.state, compiled)
        return credits_

    def _earned_by_account(self) -> dict[str, Fraction]:
        sums = dict.fromkeys(self._play.shop.loyalty_accounts, _NONE)
        for index, points in self._outcome.earned.items():
            account = self._outcome.player.book.rules[index].rule.account_id
            if account in sums:
                sums[account] += points
        return sums

    def _spent_by_account(self) -> dict[str, Fraction]:
        accounts = self._play.shop.loyalty_accounts
        return {account: self._outcome.state.spent_of(("points", account)) for account in accounts}

    def points_spent(self) -> Fraction:
        if self._sale.refused:
            return _NONE
        if self._play.shop.loyalty_accounts:
            return sum(self._spent_by_account().values(), _NONE)
        spent = self._outcome.state.spent
        return sum((points for (sort, _), points in spent.items() if sort in ("credits", "coupon")), _NONE)

    def points_left_this_sale(self) -> Fraction:
        state, rules = self._outcome.state, self._outcome.player.book.rules
        left = _NONE
        for index, points in self._credits().items():
            left += points - state.spent_of(("credits", rules[index].rule.rule_id))
        for compiled in rules:
            code = compiled.rule.activation.code
            if (
                (not code or code in self._sale.bill.codes)
                and not compiled.rule.account_id
                and _holds_credits(compiled)
            ):
                left += self._held_on(code, compiled.rule.activation.balance)
                if compiled.index not in self._credits():
                    left -= state.spent_of(("credits", compiled.rule.rule_id))
        if self._sale.member is None:
            spent = self._spent_by_account()
            left += sum((points - spent[name] for name, points in self._earned_by_account().items()), _NONE)
        return left

    def _held_on(self, code: str, balance: Fraction | None) -> Fraction:
        card = self._play.shop.cards.get(code)
        return card.balance if card is not None else balance or _NONE

    def points_available(self) -> Fraction:
        member = self._member
        if member is None:
            return _NONE
        held = sum((self._play.shop.usable(member, name) for name in self._play.shop.loyalty_accounts), _NONE)
        if self._sale.completed:
            return held - self._earned_now()
        if self._sale.refused or self._sale.member is not member:
            return held
        return held - sum(self._spent_by_account().values(), _NONE)

    def _earned_now(self) -> Fraction:
        """What is left of the points that the completed sale has earned."""
        booked = self._play.last_booked
        lots = booked.new_lots.items() if booked is not None and booked.sale is self._sale else ()
        rules, accounts = self._outcome.player.book.rules, self._play.shop.loyalty_accounts
        return sum((lot.left for index, lot in lots if rules[index].rule.account_id in accounts), _NONE)

    def balance_on_server(self) -> Fraction:
        member = self._member
        if member is None:
            return _NONE
        return sum((member.booked(account) for account in self._play.shop.loyalty_accounts), _NONE)

    def balance_preview(self) -> Fraction:
        booked = self.balance_on_server()
        if self._sale.completed or self._sale.refused or self._sale.member is None:
            return booked
        earned, spent = self._earned_by_account(), self._spent_by_account()
        return booked + sum(earned.values(), _NONE) - sum(spent.values(), _NONE)

    def lot_remaining(self) -> Fraction:
        member = self._member
        lots = [
            lot
            for account in self._play.shop.loyalty_accounts
            for lot in (member.lots if member else {}).get(account, ())
        ]
        return lots[-1].left if lots else _NONE

    def points_reversed(self) -> Fraction:
        booked = self._play.last_booked
        return _NONE if booked is None else booked.reversed

    def points_returned(self) -> Fraction:
        booked = self._play.last_booked
        return _NONE if booked is None else booked.returned

    def card_balance(self) -> Fraction:
        code = self._sale.card
        if not code and not self._sale.completed and (new := self._filling(code)):
            return new
        if not code and self._play.last_booked is not None:
            code = self._play.last_booked.sale.card
        if not code:
            return _NONE
        rule = next((r for r in self._play.shop.rules if r.activation.code == code), None)
        held = self._held_on(code, rule.activation.balance if rule is not None else None)
        if self._sale.completed or self._sale.refused:
            return held
        paid = sum(payment.amount for payment in self._outcome.payments if payment.turn.code == code)
        return held - self._money(paid) + self._filling(code)

    def _filling(self, code: str) -> Fraction:
        """Money that completing the open sale would put on one card; no code is a new card."""
        rules = self._outcome.player.book.rules
        selling = [index for index in self._outcome.earned if rules[index].rule.family is Family.GIFT_CARD]
        filled = (card for index in selling for card in cards_filled(self._outcome, index))
        return sum((card.money for card in filled if card.code == code), _NONE)

    def wallet_after_sale(self) -> Fraction:
        member = self._member
        if member is None:
            return _NONE
        if self._sale.completed or self._sale.refused or self._sale.member is None:
            return member.wallet
        rules = self._outcome.player.book.rules
        paid = sum(p.amount for p in self._outcome.payments if p.turn.compiled.rule.family is Family.WALLET)
        added = (money for index, money in self._outcome.earned.items() if rules[index].rule.family is Family.WALLET)
        return member.wallet - self._money(paid) + sum(added, _NONE)

    def pending_coupons(self) -> Fraction:
        return Fraction(0 if self._sale.completed else len(self._outcome.pending))

    def issued_coupons(self) -> list[dict[str, Any]]:
        return [{"rule": coupon.rule_id, "balance": coupon.balance} for coupon in self._play.shop.coupons]

    def tier(self) -> str | None:
        rule = next((rule for rule in self._play.shop.rules if rule.tiers), None)
        if rule is None:
            return None
        member = self._member
        spent = _NONE if member is None else member.lifetime_spend
        if member is None or not self._sale.completed:
            spent += self._outcome.goods_left + self._outcome.fixed_tax
        reached = [tier for tier in rule.tiers if tier.min_spent.minor <= spent]
        return max(reached, key=lambda tier: tier.min_spent.minor).name if reached else None

    def customer(self) -> str | None:
        return self._sale.customer_id or None

    def error(self) -> str | None:
        return self._play.error

    def table(self, pieces: list[int]) -> list[dict[str, Fraction]]:
        """What a fresh sale of so many pieces of the item that the set rule names would charge."""
        rule = next((rule for rule in self._play.shop.rules if rule.buy is not None), None)
        rule = rule or next(iter(self._play.shop.rules), None)
        items = self._play.shop.catalogue.matching(rule.when.goods) if rule is not None else []
        found = []
        for count in pieces:
            bill = Bill("table", self._play.case.currency, customer=self._sale.bill.customer)
            if items and count > 0:
                bill = bill.with_item(items[0], Quantity.of(count), "1")
            outcome = Walk(self._play.shop.book, bill, self._play.shop.circumstances(self._sale.customer_id)).work_out()
            freed = sum(sum(taken.freed.values()) for taken in outcome.state.taken)
            given = sum(gift.pieces for taken in outcome.state.taken for gift in taken.gifts)
            row = {"pieces": count, "free": freed + given, "charged": count - freed}
            found.append({name: Fraction(pieces) for name, pieces in row.items()})
        return found


def _holds_credits(compiled: CompiledRule) -> bool:
    family = compiled.rule.family
    return not (family.keeps_balance or family is Family.NEXT_ORDER_COUPON)


def _key_of(payment: Payment) -> OfferKey:
    return payment.turn.compiled.rewards[payment.turn.rewards[0]][0]


_FIGURES: Final[Mapping[str, Callable[[Figures], Any]]] = {
    "total": Figures.total,
    "untaxed": Figures.untaxed,
    "tax": Figures.tax,
    "discounts": Figures.discounts,
    "discount_total": Figures.discount_total,
    "discount_amounts": Figures.discount_amounts,
    "discount_by_sku": Figures.discount_by_sku,
    "discount_by_tax": Figures.discount_by_tax,
    "discount_by_unit": Figures.discount_by_unit,
    "unit_price_after": Figures.unit_price_after,
    "lines": Figures.lines,
    "free_items": Figures.free_items,
    "offers": Figures.offers,
    "applied": Figures.applied,
    "rewards_applied": Figures.rewards_applied,
    "points_earned": Figures.points_earned,
    "points_spent": Figures.points_spent,
    "points_left_this_sale": Figures.points_left_this_sale,
    "points_available": Figures.points_available,
    "balance_after_sale": Figures.balance_preview,
    "balance_preview": Figures.balance_preview,
    "balance_on_server": Figures.balance_on_server,
    "lot_remaining": Figures.lot_remaining,
    "points_reversed": Figures.points_reversed,
    "points_returned": Figures.points_returned,
    "card_balance": Figures.card_balance,
    "wallet_after_sale": Figures.wallet_after_sale,
    "pending_coupons": Figures.pending_coupons,
    "issued_coupons": Figures.issued_coupons,
    "tier": Figures.tier,
    "customer": Figures.customer,
    "error": Figures.error,
}
