"""Rules ↔ JSON, as the case format and the rule files write them (FORMAT.md, "Rule"; promotions.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from tukar.domain.money import Currency
from tukar.domain.offer import LocalName, Trigger
from tukar.domain.rule import (
    Activation,
    Apply,
    Earn,
    EarnPer,
    Family,
    Hours,
    Limits,
    Mode,
    Rule,
    Tier,
    Weekday,
    When,
)
from tukar.domain.tender import PaymentMode
from tukar.wire.rewards import Json, goods_json, local_name_json, read_goods, read_local_name, read_reward, reward_json
from tukar.wire.strict import (
    Fields,
    FileMistakesError,
    Mistake,
    UnknownWordError,
    WrongKindError,
    as_bool,
    as_count,
    as_date,
    as_int,
    as_list,
    as_money,
    as_name,
    as_names,
    as_positive,
    as_quantity,
    as_share,
    as_text,
    as_time,
    as_word,
    number_text,
)

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule is read against: the currency of its amounts and the day that ``valid_…_days`` count from.

    Without a ``today`` such relative days are a mistake; rule files have dates.
    """

    currency: Currency
    today: date | None = None


def rule_from_json(raw: object, currency: Currency, *, today: date | None = None) -> Rule:
    """The rule that ``raw`` writes; FileMistakesError names everything that is wrong with it."""
    mistakes: list[Mistake] = []
    rule = read_rule(raw, "", RuleContext(currency, today), mistakes)
    if rule is None or mistakes:
        raise FileMistakesError(mistakes)
    return rule


def read_rule(raw: object, path: str, context: RuleContext, mistakes: list[Mistake]) -> Rule | None:
    """One rule among others; None where it cannot be read, with the reasons added to ``mistakes``."""
    before = len(mistakes)
    rule = _RuleReader(Fields(raw, path, mistakes), context).rule()
    return None if any(not mistake.doubtful for mistake in mistakes[before:]) else rule


@dataclass(frozen=True, slots=True)
class _RuleReader:
    fields: Fields
    context: RuleContext

    def rule(self) -> Rule:
        fields, money = self.fields, as_money(self.context.currency)
        rule_id = fields.need("id", as_name, "?")
        valid_from, valid_to = self._day("valid_from"), self._day("valid_to")
        if valid_from is not None and valid_to is not None and valid_to < valid_from:
            fields.doubt("valid_to", "is before valid_from")
        earn = self._earn()
        rule = Rule(
            rule_id=rule_id,
            name=read_local_name(fields) or LocalName(rule_id),
            family=fields.get("family", as_word(Family), Family.PROMOTION),
            activation=self._activation(),
            apply=fields.get("apply", as_word(Apply), Apply.AUTOMATIC),
            trigger=fields.get("trigger", as_word(Trigger), Trigger.POP_UP),
            when=self._when(),
            rewards=tuple(
                reward
                for path, row in fields.each("rewards")
                if (reward := read_reward(row, path, self.context.currency, fields.mistakes)) is not None
            ),
            earn=earn,
            programme=fields.get("programme", as_name, ""),
            priority=fields.get("priority", as_int, 0),
            order=fields.get("order", as_int, 0),
            exclusive=fields.get("exclusive", as_bool, default=False),
            stack_group=fields.get("stack_group", as_name, ""),
            best_of=fields.get("best_of", as_bool, default=False),
            limits=Limits(
                applications=fields.get("max_applications", as_positive, None),
                uses=fields.get("limit_uses", as_count, None),
                used=fields.get("used", as_count, 0),
                per_customer=fields.get("limit_per_customer", as_count, None),
                per_customer_and_day=fields.get("limit_per_customer_and_day", as_positive, None),
                budget=fields.get("budget", money, None),
                reusable_after_void=fields.get("reusable_after_void", as_bool, default=True),
            ),
            valid_from=valid_from,
            valid_to=valid_to,
            price_lists=fields.get("price_lists", as_names, None),
            on_sale_items=fields.get("on_sale_items", as_bool, default=True),
            tiers=tuple(self._tier(path, row) for path, row in fields.each("tiers")),
            expire_after_days=fields.get("expire_after_days", as_count, None),
            buy=fields.get("buy", as_positive, None),
        )
        self._same_reward_twice(rule)
        fields.close()
        return rule

    def _same_reward_twice(self, rule: Rule) -> None:
        seen: set[str] = set()
        for place, reward in enumerate(rule.rewards):
            if reward.reward_id and reward.reward_id in seen:
                self.fields.doubt(f"rewards[{place}].id", f"{reward.reward_id} is the id of another reward")
            seen.add(reward.reward_id)

    def _day(self, name: str) -> date | None:
        return _earlier_of(self.fields.get(name, as_date, None), self._counted(f"{name}_days"), last=name == "valid_to")

    def _counted(self, name: str) -> date | None:
        days = self.fields.get(name, as_int, None)
        if days is None:
            return None
        if self.context.today is None:
            self.fields.wrong(name, "counts from a day that a rule file does not have; write a date")
            return None
        return self.context.today + timedelta(days=days)

    def _activation(self) -> Activation:
        code_valid_to = _earlier_of(
            self.fields.get("code_valid_to", as_date, None), self._counted("code_valid_to_days"), last=True
        )
        part = self.fields.part("activation")
        mode = part.get("mode", as_word(Mode), Mode.AUTO)
        code = part.get("code", as_name, "")
        if mode is Mode.CODE and not code:
            part.doubt("code", "is missing")
        activation = Activation(mode, code, part.get("balance", as_share, None), code_valid_to)
        part.close()
        return activation

    def _when(self) -> When:
        part, money = self.fields.part("when"), as_money(self.context.currency)
        hours = self._hours(part.part("hours")) if part.has("hours") else None
        when = When(
            goods=read_goods(part),
            min_qty=part.get("min_qty", as_quantity, None),
            min_amount=part.get("min_amount", money, None),
            amount_of_order=part.get("min_amount_scope", _one_of("order", "goods"), "goods") == "order",
            amount_without_tax=part.get("min_amount_tax", _one_of("incl", "excl"), "incl") == "excl",
            customer_groups=part.get("customer_groups", as_names, None),
            tiers=part.get("customer_tiers", as_names, None),
            nth_order=part.get("nth_order", as_positive, None),
            from_order=part.get("from_order", as_positive, None),
            min_points=part.get("min_points", as_share, None),
            shops=part.get("shops", as_names, None),
            tills=part.get("tills", as_names, None),
            weekdays=part.get("weekdays", _words(Weekday), None),
            hours=hours,
            tenders=part.get("tenders", _words(PaymentMode), None),
            full_price_only=part.get("full_price_only", as_bool, default=False),
        )
        part.close()
        return when

    def _hours(self, part: Fields) -> Hours | None:
        start, end = part.need("from", as_time, None), part.need("to", as_time, None)
        part.close()
        if start is None or end is None:
            return None
        if start == end:
            part.doubt("to", "is the same as from")
        return Hours(start, end)

    def _earn(self) -> Earn | None:
        floor = self.fields.get("earn_rounding", _one_of("floor"), "") == "floor"
        if not self.fields.has("earn"):
            return None
        part = self.fields.part("earn")
        every = part.get("every", as_money(self.context.currency), None)
        if every is not None and not every.minor:
            part.doubt("every", "must be above 0")
            every = None
        earn = Earn(
            per=part.need("per", as_word(EarnPer), EarnPer.ORDER),
            points=part.need("points", as_share, Fraction(0)),
            every=every,
            own_points=part.get("own_points", _points_by_sku, {}),
            of_gross=part.get("of", _one_of("net", "gross"), "net") == "gross",
            floor=floor,
        )
        part.close()
        return earn

    def _tier(self, path: str, raw: object) -> Tier:
        part = Fields(raw, path, self.fields.mistakes)
        name = part.need("name", as_name, "?")
        tier = Tier(name, part.need("min_spent", as_money(self.context.currency), self.context.currency.zero()))
        part.close()
        return tier


def _earlier_of(one: date | None, other: date | None, *, last: bool) -> date | None:
    """The stricter of two last days, or of two first days."""
    if one is None or other is None:
        return one or other
    return min(one, other) if last else max(one, other)


def _one_of(*words: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if as_text(raw) not in words:
            raise UnknownWordError(f"unknown word {raw!r}; known are {', '.join(words)}")
        return as_text(raw)

    return read


def _words(words: type[E]) -> Callable[[object], frozenset[E]]:
    one = as_word(words)
    return lambda raw: frozenset(one(entry) for entry in as_list(raw))


def _points_by_sku(raw: object) -> Mapping[str, Fraction]:
    if not isinstance(raw, dict):
        raise WrongKindError("an object of points by sku", raw)
    return {str(sku): as_share(points) for sku, points in raw.items()}


def rule_json(rule: Rule) -> Json:
    """The rule as ``rule_from_json`` reads it back; what is as usual is left out."""
    written: Json = {"id": rule.rule_id} | local_name_json(rule.name) | {"family": rule.family.value}
    written["activation"] = _activation_json(rule.activation)
    if rule.activation.code_valid_to is not None:
        written["code_valid_to"] = rule.activation.code_valid_to.isoformat()
    written |= {"apply": rule.apply.value, "trigger": rule.trigger.value, "when": _when_json(rule.when)}
    if rule.earn is not None:
        written["earn"] = _earn_json(rule.earn)
        if rule.earn.floor:
            written["earn_rounding"] = "floor"
    written["rewards"] = [reward_json(reward) for reward in rule.rewards]
    return written | _usual_left_out(rule)


def _usual_left_out(rule: Rule) -> Json:
    limits = rule.limits
    rest: Json = {
        "programme": rule.programme or None,
        "priority": rule.priority or None,
        "order": rule.order or None,
        "exclusive": rule.exclusive or None,
        "stack_group": rule.stack_group or None,
        "best_of": rule.best_of or None,
        "max_applications": limits.applications,
        "limit_uses": limits.uses,
        "used": limits.used or None,
        "limit_per_customer": limits.per_customer,
        "limit_per_customer_and_day": limits.per_customer_and_day,
        "budget": None if limits.budget is None else limits.budget.decimal(),
        "reusable_after_void": None if limits.reusable_after_void else False,
        "valid_from": rule.valid_from and rule.valid_from.isoformat(),
        "valid_to": rule.valid_to and rule.valid_to.isoformat(),
        "price_lists": None if rule.price_lists is None else sorted(rule.price_lists),
        "on_sale_items": None if rule.on_sale_items else False,
        "tiers": [{"name": tier.name, "min_spent": tier.min_spent.decimal()} for tier in rule.tiers] or None,
        "expire_after_days": rule.expire_after_days,
        "buy": rule.buy,
    }
    return {name: value for name, value in rest.items() if value is not None}


def _activation_json(activation: Activation) -> Json:
    written = {"mode": activation.mode.value}
    if activation.code:
        written["code"] = activation.code
    if activation.balance is not None:
        written["balance"] = number_text(activation.balance)
    return written


def _when_json(when: When) -> Json:
    rest: Json = {
        "min_qty": None if when.min_qty is None else when.min_qty.decimal(),
        "min_amount": None if when.min_amount is None else when.min_amount.decimal(),
        "min_amount_scope": "order" if when.amount_of_order else None,
        "min_amount_tax": "excl" if when.amount_without_tax else None,
        "customer_groups": None if when.customer_groups is None else sorted(when.customer_groups),
        "customer_tiers": None if when.tiers is None else sorted(when.tiers),
        "nth_order": when.nth_order,
        "from_order": when.from_order,
        "min_points": None if when.min_points is None else number_text(when.min_points),
        "shops": None if when.shops is None else sorted(when.shops),
        "tills": None if when.tills is None else sorted(when.tills),
        "weekdays": None if when.weekdays is None else [day.value for day in Weekday if day in when.weekdays],
        "hours": when.hours and {"from": _clock(when.hours.start), "to": _clock(when.hours.end)},
        "tenders": None if when.tenders is None else sorted(mode.value for mode in when.tenders),
        "full_price_only": when.full_price_only or None,
    }
    return goods_json(when.goods) | {name: value for name, value in rest.items() if value is not None}


def _clock(moment: time) -> str:
    return moment.isoformat()


def _earn_json(earn: Earn) -> Json:
    rest: Json = {
        "every": earn.every and earn.every.decimal(),
        "own_points": {sku: number_text(points) for sku, points in sorted(earn.own_points.items())} or None,
        "of": "gross" if earn.of_gross else None,
    }
    return {"per": earn.per.value, "points": number_text(earn.points)} | {
        name: value for name, value in rest.items() if value is not None
    }
