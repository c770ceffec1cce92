"""``tukar rules check``: every mistake in a rule file, and rules in it that never do anything, or no longer."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from tukar.domain.programme import Programme
from tukar.domain.reward import (
    AmountOff,
    AmountPerPoint,
    BundlePrice,
    FirstThenEach,
    FreeFromCart,
    FreeItem,
    PercentOff,
    Reward,
    TieredAmountOff,
    TieredPercentOff,
)
from tukar.domain.rule import Activation, Family, Mode, Rule, Weekday
from tukar.till.sandbox.case import UnreadableFileError, read_json
from tukar.till.sandbox.hidden import hidden_by
from tukar.wire.programme import ReadProgramme, read_programme
from tukar.wire.strict import Mistake

SOUND, MISTAKEN, UNREADABLE = 0, 1, 2


def check_file(path: Path, on: date, *, as_json: bool, out: TextIO) -> int:
    """Names everything wrong with a programme file, all at once; 0 when nothing is, 1 with mistakes, 2 unreadable.

    Rules that are over ``on`` that day are named too; they are no mistakes, because yesterday they were right.
    """
    try:
        raw = read_json(path)
    except UnreadableFileError as problem:
        out.write(json.dumps({"error": str(problem)}) + "\n" if as_json else f"{problem}\n")
        return UNREADABLE
    read = read_programme(raw)
    mistakes, over = list(_mistakes_of(read)), list(over_on(on, read))
    if as_json:
        told = {"mistakes": _rows(mistakes), "over": _rows(over)}
        out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        out.writelines(f"{path}: {mistake}\n" for mistake in (*mistakes, *over))
        ended = f", {len(over)} over" if over else ""
        out.write((f"{len(mistakes)} mistakes" if mistakes else "No mistakes") + ended + "\n")
    return MISTAKEN if mistakes else SOUND


def _rows(mistakes: list[Mistake]) -> list[dict[str, str]]:
    return [{"path": mistake.path, "reason": mistake.reason} for mistake in mistakes]


def over_on(day: date, read: ReadProgramme) -> Iterator[Mistake]:
    """The rules of a programme that can never apply any more after ``day`` has begun, each with its last day."""
    for path, rule in read.rules:
        last_days = {
            f"{path}.valid_to": rule.valid_to,
            f"{path}.code_valid_to": rule.activation.code_valid_to,
        }
        ended = {where: last for where, last in last_days.items() if last is not None and last < day}
        if ended:
            where, last = min(ended.items(), key=lambda entry: entry[1])
            yield Mistake(where, f"was {last}, so {rule.rule_id} never applies any more")


def mistakes_in(raw: object) -> Iterator[Mistake]:
    """What is wrong in the JSON of a programme: what cannot be read, and what can never work; each path once."""
    yield from _mistakes_of(read_programme(raw))


def _mistakes_of(read: ReadProgramme) -> Iterator[Mistake]:
    yield from read.mistakes
    told = {mistake.path for mistake in read.mistakes}
    for mistake in _never_working(read):
        if mistake.path not in told and not ("rewards[" in mistake.path and _inside(mistake.path, told)):
            yield mistake


def _inside(path: str, told: set[str]) -> bool:
    """Whether something in there was named already: then what follows from it goes without saying."""
    return any(other.startswith(f"{path}.") for other in told)


def _never_working(read: ReadProgramme) -> Iterator[Mistake]:
    """What can be read and makes no sense all the same."""
    programme, rules = read.programme, [rule for _, rule in read.rules]
    paths = {id(rule): path for path, rule in read.rules}
    codes: dict[str, str] = {}
    tiers = {tier.name for rule in rules for tier in rule.tiers}
    for path, rule in read.rules:
        yield from _of_rule(rule, path)
        yield from _of_tier_names(rule, path, tiers)
        for number, reward in enumerate(rule.rewards):
            yield from _of_reward(rule, reward, f"{path}.rewards[{number}]", programme)
        earlier = codes.setdefault(rule.activation.code, path)
        if rule.activation.code and earlier != path:
            yield Mistake(f"{path}.activation.code", f"wakes up {earlier} too; only one of them is entered")
        other = hidden_by(rule, rules)
        if other is not None:
            yield Mistake(path, f"is hidden by {paths[id(other)]} ({other.rule_id})")


def _of_rule(rule: Rule, path: str) -> Iterator[Mistake]:
    if not (rule.rewards or rule.earn or rule.tiers):
        yield Mistake(path, "gives nothing, earns nothing and has no tiers")
    if rule.best_of and not rule.stack_group:
        yield Mistake(f"{path}.best_of", "needs a stack_group to be the best of")
    if rule.earn is not None and not rule.earn.points and not rule.earn.own_points:
        yield Mistake(f"{path}.earn.points", "is 0, so nothing is earned")
    if rule.family is Family.NEXT_ORDER_COUPON and rule.earn is None:
        yield Mistake(f"{path}.earn", "is missing, so no coupon is ever issued")
    names, spends = [tier.name for tier in rule.tiers], [tier.min_spent for tier in rule.tiers]
    if len(set(names)) < len(names):
        yield Mistake(f"{path}.tiers", "two tiers have the same name")
    elif len(set(spends)) < len(spends):
        yield Mistake(f"{path}.tiers", "two tiers begin at the same min_spent")
    if rule.buy is not None and not any(isinstance(reward, FreeFromCart) for reward in rule.rewards):
        yield Mistake(f"{path}.buy", "counts only beside a free item from the cart")
    yield from _of_activation(rule, f"{path}.activation")
    yield from _of_limits(rule, path)
    yield from _of_conditions(rule, path)


def _of_activation(rule: Rule, path: str) -> Iterator[Mistake]:
    activation = rule.activation
    if activation == Activation(Mode.COUPON) and rule.earn is None:
        yield Mistake(f"{path}.code", "is missing, so no card wakes the rule up")
    if activation.mode not in (Mode.CODE, Mode.COUPON) and not rule.family.is_payment:
        if activation.code:
            yield Mistake(f"{path}.code", f"is never asked for: the mode is {activation.mode}")
        elif activation.balance is not None:
            yield Mistake(f"{path}.balance", "has no card or code to be on")


def _of_limits(rule: Rule, path: str) -> Iterator[Mistake]:
    limits = rule.limits
    if limits.uses is not None and limits.used >= limits.uses:
        yield Mistake(f"{path}.limit_uses", f"all {limits.uses} uses are used up")
    if limits.per_customer == 0:
        yield Mistake(f"{path}.limit_per_customer", "is 0, so it never applies")
    if limits.budget is not None and not limits.budget.minor:
        yield Mistake(f"{path}.budget", "is 0, so it never applies")


def _of_conditions(rule: Rule, path: str) -> Iterator[Mistake]:
    when = rule.when
    if when.goods.names_none:
        yield Mistake(f"{path}.when", "names no goods at all, so it never applies")
    lists = {
        "when.customer_groups": when.customer_groups,
        "when.customer_tiers": when.tiers,
        "when.shops": when.shops,
        "when.tills": when.tills,
        "when.weekdays": when.weekdays,
        "when.tenders": when.tenders,
        "price_lists": rule.price_lists,
    }
    for name, words in lists.items():
        if words is not None and not words:
            yield Mistake(f"{path}.{name}", "is empty, so it never applies")
    if when.weekdays and not _days_of(rule) & when.weekdays:
        yield Mistake(f"{path}.when.weekdays", "are none of the days from valid_from to valid_to, so it never applies")
    if when.nth_order is not None and when.from_order is not None and when.nth_order < when.from_order:
        yield Mistake(f"{path}.when.nth_order", "is below from_order, so it never applies")
    if when.min_points is not None and not rule.account_id:
        yield Mistake(f"{path}.when.min_points", "needs a programme whose points are counted")


def _days_of(rule: Rule) -> frozenset[Weekday]:
    """The days of the week that lie between a rule's first and last day."""
    if rule.valid_from is None or rule.valid_to is None:
        return frozenset(Weekday)
    days = min(len(Weekday), (rule.valid_to - rule.valid_from).days + 1)
    every = tuple(Weekday)
    return frozenset(every[(rule.valid_from + timedelta(days=day)).weekday()] for day in range(days))


def _of_tier_names(rule: Rule, path: str, known: set[str]) -> Iterator[Mistake]:
    for name in sorted((rule.when.tiers or frozenset()) - known):
        yield Mistake(f"{path}.when.customer_tiers", f"no rule has a tier {name}")


def _of_reward(rule: Rule, reward: Reward, path: str, programme: Programme) -> Iterator[Mistake]:
    if reward.max_discount is not None and not reward.max_discount.minor:
        yield Mistake(f"{path}.max_discount", "is 0, so the reward can never apply")
    if reward.cost and not rule.pays_cost:
        yield Mistake(f"{path}.cost_points", "is ignored: the rule has neither earn, balance nor programme")
    account = programme.account(rule.account_id)
    if account is not None and account.max_points is not None:
        costs = {"cost_points": reward.cost, "block": getattr(reward, "block", None) or 0}
        for name in (name for name, points in costs.items() if points > account.max_points.exact()):
            yield Mistake(f"{path}.{name}", f"is above the {account.max_points} points a bill may spend")
    if rule.family.is_payment and not isinstance(reward, AmountPerPoint):
        yield Mistake(f"{path}.kind", f"a {rule.family} pays by amount_per_point only")
    steps = reward.steps if isinstance(reward, TieredPercentOff | TieredAmountOff) else ()
    if len({step.least for step in steps}) < len(steps):
        yield Mistake(f"{path}.tiers", "two steps begin at the same value")
    never = _never(rule, reward)
    if never:
        yield Mistake(path, f"can never apply: {never}")
    if isinstance(reward, AmountPerPoint):
        yield from _of_ranges(reward, path, programme.currency.minor_digits)


def _never(rule: Rule, reward: Reward) -> str:
    """Why a reward can take nothing off on any bill; empty where it can."""
    match reward:
        case PercentOff(percent=percent):
            nothing = not percent
        case AmountOff(amount=amount):
            nothing = not amount.minor
        case FirstThenEach(first=first, each=each):
            nothing = not (first.minor or each.minor)
        case TieredPercentOff(steps=steps):
            nothing = not any(step.percent for step in steps)
        case TieredAmountOff(steps=amounts):
            nothing = not any(step.amount.minor for step in amounts)
        case FreeItem() | FreeFromCart():
            goods = reward.goods()
            return "it names no goods at all" if goods is not None and goods.names_none else ""
        case AmountPerPoint():
            return "" if rule.pays_cost else "the rule has no points to spend"
        case BundlePrice():
            return ""
    if nothing:
        return "it takes 0 off"
    return "it names no goods at all" if reward.target.goods.names_none else ""


def _least_off(reward: AmountPerPoint, digits: int) -> Fraction:
    """What the fewest points that may be spent take off, in minor units."""
    return max(reward.cost, reward.block or Fraction(0)) * reward.value * Fraction(10**digits)


def _of_ranges(reward: AmountPerPoint, path: str, digits: int) -> Iterator[Mistake]:
    least_off = _least_off(reward, digits)
    ordered = sorted(enumerate(reward.ranges), key=lambda entry: entry[1].least.minor)
    for (_, lower), (place, upper) in pairwise(ordered):
        if lower.most is None or upper.least <= lower.most:
            yield Mistake(f"{path}.ranges[{place}].from", "lies in another range, which is looked at first")
    if reward.max_discount is not None and least_off > reward.max_discount.minor:
        yield Mistake(f"{path}.max_discount", "is less than the fewest points take off, so the reward can never apply")
    for place, band in enumerate(reward.ranges):
        if band.cap is not None and 0 < band.cap.minor < least_off:
            yield Mistake(f"{path}.ranges[{place}].cap", "is less than the fewest points take off")
        if not (band.cap_percent if band.cap is None else band.cap.minor):
            yield Mistake(f"{path}.ranges[{place}].cap", "is 0, so nothing comes off a cart in it")
    if reward.block is not None and reward.cost and reward.cost % reward.block:
        yield Mistake(f"{path}.cost_points", f"is no whole number of blocks of {reward.block}")
