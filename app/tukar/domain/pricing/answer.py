"""An outcome told as a PricedBill: lines with their discounts, taxes, points, payments."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from tukar.domain.bill import OfferKey
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import Benefit, LocalName, Offer, WhyNot
from tukar.domain.points import MAX_POINTS_DIGITS, Points
from tukar.domain.pricing.book import RuleBook
from tukar.domain.pricing.facts import worth_of
from tukar.domain.pricing.issuing import cards_filled, code_left_by, credits_of_codes, is_left_for_later
from tukar.domain.pricing.result import (
    AppliedPromotion,
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
from tukar.domain.pricing.state import LineState, Taken
from tukar.domain.pricing.walk import Outcome
from tukar.domain.reward import (
    AmountPerPoint,
    BundlePrice,
    FreeFromCart,
    FreeItem,
    PercentOff,
    Reward,
    TieredPercentOff,
)
from tukar.domain.rule import Family

_NOTHING: Final = Fraction(0)


class Answer:
    """Tells one outcome in the words of ``result``."""

    def __init__(self, book: RuleBook, outcome: Outcome) -> None:
        self._book = book
        self._outcome = outcome
        self._currency = outcome.facts.bill.currency

    def priced_bill(self, offers: tuple[Offer, ...] = (), reasons: tuple[WhyNot, ...] = ()) -> PricedBill:
        """The whole answer, with the offers and reasons that were found."""
        outcome = self._outcome
        gross, left = outcome.facts.gross, outcome.goods_left
        taxes = self._taxes(left)
        tax = sum([entry.amount.minor for entry in taxes])
        return PricedBill(
            bill=outcome.facts.bill,
            lines=self._lines(),
            free_lines=self._free_lines(),
            before=self._money(gross),
            discount=self._money(gross - left),
            goods_total=self._money(left),
            total=self._money(left + outcome.fixed_tax - outcome.paid),
            untaxed=self._money(left + outcome.fixed_tax - outcome.paid - tax),
            tax=self._money(tax),
            taxes=taxes,
            applied=self._applied(),
            offers=offers,
            reasons=reasons,
            earned=self._moved(self._earned()),
            spent=self._moved(self._spent()),
            stored_value=self._stored_value(),
            left=tuple(self._left()),
            credits_spent=tuple(
                CreditsSpent(compiled.rule.rule_id, compiled.rule.activation.code if sort == "credits" else "", spent)
                for compiled, (sort, _), spent in credits_of_codes(outcome)
            ),
        )

    def _money(self, minor: int) -> Money:
        return Money(minor, self._currency)

    def name_of(self, taken: Taken) -> LocalName:
        rule = self._book.rules[taken.rule].rule
        return rule.name_of(rule.rewards[taken.reward])

    def _lines(self) -> tuple[PricedLine, ...]:
        """Every line with one discount for each reward that took something off it, in the order of their turns."""
        lines = self._outcome.state.lines
        untold = [line for line in lines if line.told is None]
        if untold:
            shares = self._shares({line.fact.index for line in untold})
            for line in untold:
                taken = shares.get(line.fact.index, ())
                before = line.fact.told
                if before is None or not self._is_as(before, line, taken):
                    line.fact.told = before = self._line(line, taken)
                line.told = before
        return tuple([line.told for line in lines if line.told is not None])

    def _shares(self, wanted: set[int]) -> dict[int, list[Taken]]:
        """The rewards that took something off each of the lines wanted, in the order of their turns."""
        by_line: dict[int, list[Taken]] = {}
        for taken in self._outcome.state.taken:
            for index, share in taken.shares.items():
                if share and index in wanted:
                    by_line.setdefault(index, []).append(taken)
        return by_line

    def _is_as(self, before: PricedLine, state: LineState, all_taken: Sequence[Taken]) -> bool:
        """Whether the line says what it said before: a percentage off a long bill is worked out anew for all of it."""
        discounts = before.discounts
        if len(discounts) != len(all_taken) or before.net.minor != state.left:
            return False
        index = state.fact.index
        for discount, taken in zip(discounts, all_taken, strict=True):
            if (
                discount.amount.minor != taken.shares[index]
                or discount.free_pieces != taken.freed.get(index, 0)
                or discount.key != taken.key
                or discount.name is not self.name_of(taken)
            ):
                return False
        return True

    def _line(self, state: LineState, all_taken: Sequence[Taken]) -> PricedLine:
        gross, index = self._money(state.fact.gross), state.fact.index
        if not all_taken:
            return PricedLine(state.fact.line, gross, (), gross)
        by_reward: dict[tuple[int, int], list[Taken]] = {}
        for taken in all_taken:
            by_reward.setdefault((taken.rule, taken.reward), []).append(taken)
        discounts = tuple([self._off(parts, index) for parts in by_reward.values()])
        return PricedLine(state.fact.line, gross, discounts, self._money(state.left))

    def _off(self, parts: list[Taken], index: int) -> LineDiscount:
        """What one reward took off one line, and how many of its pieces it freed, at all its turns."""
        amount, freed = 0, 0
        for taken in parts:
            amount += taken.shares[index]
            freed += taken.freed.get(index, 0)
        return LineDiscount(parts[0].key, self.name_of(parts[0]), self._money(amount), freed)

    def _free_lines(self) -> tuple[FreeLine, ...]:
        return tuple(
            FreeLine(
                key=taken.key,
                name=self.name_of(taken),
                item=gift.item,
                quantity=Quantity.of(gift.pieces),
                worth=self._money(worth_of(gift.item, gift.pieces)),
            )
            for taken in self._outcome.state.taken
            for gift in taken.gifts
        )

    def _taxes(self, left: int) -> tuple[TaxAmount, ...]:
        """One entry a tax group that is on the bill, and one for fixed taxes where there are any."""
        facts = self._outcome.facts
        values = [left] if len(facts.groups) == 1 else [0] * len(facts.groups)
        for line in self._outcome.state.lines if len(facts.groups) > 1 else ():
            values[line.fact.group] += line.left
        entries = []
        for group, value in zip(facts.groups, values, strict=True):
            net = group.net_of(value)
            entries.append(
                TaxAmount(
                    group=group.label,
                    name=group.name,
                    rates=group.rates,
                    included=group.included,
                    base=self._money(net),
                    amount=self._money(value - net),
                )
            )
        if self._outcome.fixed_tax:
            fixed = self._money(self._outcome.fixed_tax)
            entries.append(TaxAmount("fixed", "", (), included=False, base=self._money(0), amount=fixed))
        return tuple(entries)

    def _applied(self) -> tuple[AppliedPromotion, ...]:
        all_taken = self._outcome.state.taken
        if len({(taken.rule, taken.reward) for taken in all_taken}) == len(all_taken):
            return tuple([taken.told or self._told(taken) for taken in all_taken])
        merged: dict[tuple[int, int], list[Taken]] = {}
        for taken in all_taken:
            merged.setdefault((taken.rule, taken.reward), []).append(taken)
        return tuple(self._promotion(parts[0].key, parts) for parts in merged.values())

    def _told(self, taken: Taken) -> AppliedPromotion:
        """What one reward took at its only turn; it is remembered with it, for a bill that takes the turn over."""
        taken.told = self._promotion(taken.key, [taken])
        return taken.told

    def _promotion(self, key: OfferKey, parts: list[Taken]) -> AppliedPromotion:
        first = parts[0]
        rule = self._book.rules[first.rule].rule
        reward = rule.rewards[first.reward]
        programme = first.purse[1] if first.purse is not None and first.purse[0] == "points" else ""
        spent = sum([part.spent for part in parts[1:] if part.spent], first.spent)
        return AppliedPromotion(
            key=key,
            name=rule.name_of(reward),
            benefit=benefit_of(reward, spends_points=bool(programme)),
            amount=self._money(sum([part.amount for part in parts])),
            claimed=any(part.claim is not None for part in parts),
            applications=sum([part.applications for part in parts]),
            programme_id=programme if spent else "",
            spent=self.points(programme, spent) if programme and spent else None,
        )

    def points(self, programme: str, exact: Fraction) -> Points:
        """``exact`` points in the digits of an account; in the most digits there are where nobody knows it."""
        account = self._book.programme.account(programme)
        return Points.of(exact, MAX_POINTS_DIGITS if account is None else account.digits)

    def _earned(self) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for index, points in self._outcome.earned.items():
            account = self._book.rules[index].rule.account_id
            if account:
                sums[account] = sums[account] + points if account in sums else points
        return sums

    def _spent(self) -> dict[str, Fraction]:
        return {name: spent for (sort, name), spent in self._outcome.state.spent.items() if sort == "points"}

    def _moved(self, sums: dict[str, Fraction]) -> tuple[PointsMoved, ...]:
        moved = [(programme, self.points(programme, exact)) for programme, exact in sums.items()]
        return tuple([PointsMoved(programme, points) for programme, points in moved if points.units])

    def _stored_value(self) -> tuple[StoredValue, ...]:
        return tuple(
            StoredValue(
                key=payment.turn.compiled.rewards[payment.turn.rewards[0]][0],
                name=payment.turn.compiled.rule.name,
                amount=self._money(payment.amount),
                code=payment.turn.code,
            )
            for payment in self._outcome.payments
        )

    def _left(self) -> Iterator[LeftForLater]:
        outcome, bill = self._outcome, self._outcome.facts.bill
        for index, credits_ in (*outcome.pending.items(), *outcome.earned.items()):
            compiled = self._book.rules[index]
            rule = compiled.rule
            if not is_left_for_later(compiled):
                continue
            found = [("", credits_)]
            if rule.family is Family.GIFT_CARD:
                found = [(filled.code, filled.money) for filled in cards_filled(outcome, index)]
            for code, part in found:
                is_theirs = rule.family is not Family.GIFT_CARD and bill.customer is not None
                own = code if code or is_theirs else code_left_by(bill.bill_id, rule.rule_id)
                yield LeftForLater(rule.rule_id, rule.family, rule.name, part, own)


def benefit_of(reward: Reward, *, spends_points: bool) -> Benefit:
    """What kind of thing a reward gives, for the words around its figures."""
    match reward:
        case FreeItem():
            return Benefit.FREE_ITEM
        case FreeFromCart():
            return Benefit.FREE_FROM_BILL
        case BundlePrice():
            return Benefit.BUNDLE
        case AmountPerPoint():
            return Benefit.POINTS_OFF
    if spends_points:
        return Benefit.POINTS_OFF
    return Benefit.PERCENT_OFF if isinstance(reward, PercentOff | TieredPercentOff) else Benefit.AMOUNT_OFF


def skus_of(outcome: Outcome, lines: Iterable[int]) -> tuple[str, ...]:
    """The skus on some lines, each once."""
    return tuple(dict.fromkeys(outcome.facts.lines[index].item.sku for index in lines))
