"""``tukar rules check``: every mistake in a rule file, and rules in it that can never do anything."""

import json
from collections.abc import Iterator
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
from tukar.domain.rule import Activation, Mode, Rule
from tukar.till.sandbox.case import UnreadableFileError, read_json
from tukar.till.sandbox.hidden import hidden_by
from tukar.wire.programme import programme_from_json
from tukar.wire.strict import FileMistakesError, Mistake

SOUND, MISTAKEN, UNREADABLE = 0, 1, 2


def check_file(path: Path, *, as_json: bool, out: TextIO) -> int:
    """Names everything wrong with a programme file, all at once; 0 when nothing is, 1 with mistakes, 2 unreadable."""
    try:
        raw = read_json(path)
    except UnreadableFileError as problem:
        out.write(json.dumps({"error": str(problem)}) + "\n" if as_json else f"{problem}\n")
        return UNREADABLE
    mistakes = list(mistakes_in(raw))
    if as_json:
        rows = [{"path": mistake.path, "reason": mistake.reason} for mistake in mistakes]
        out.write(json.dumps({"mistakes": rows}, ensure_ascii=False, indent=1) + "\n")
    else:
        out.writelines(f"{path}: {mistake}\n" for mistake in mistakes)
        out.write(f"{len(mistakes)} mistakes\n" if mistakes else "No mistakes\n")
    return MISTAKEN if mistakes else SOUND


def mistakes_in(raw: object) -> Iterator[Mistake]:
    """What is wrong in the JSON of a programme: first what cannot be read, else what can never work."""
    try:
        programme = programme_from_json(raw)
    except FileMistakesError as refusal:
        yield from refusal.mistakes
        return
    codes: dict[str, int] = {}
    for place, rule in enumerate(programme.rules):
        path = f"rules[{place}]"
        yield from _of_rule(rule, path)
        for number, reward in enumerate(rule.rewards):
            yield from _of_reward(rule, reward, f"{path}.rewards[{number}]", programme)
        earlier = codes.setdefault(rule.activation.code, place)
        if rule.activation.code and earlier != place:
            yield Mistake(f"{path}.activation.code", f"wakes up rules[{earlier}] too; only one of them is entered")
        other = hidden_by(rule, programme.rules)
        if other is not None:
            yield Mistake(path, f"is hidden by rules[{programme.rules.index(other)}] ({other.rule_id})")


def _of_rule(rule: Rule, path: str) -> Iterator[Mistake]:
    if not (rule.rewards or rule.earn or rule.tiers):
        yield Mistake(path, "gives nothing, earns nothing and has no tiers")
    if rule.when.goods.names_none:
        yield Mistake(f"{path}.when", "names no goods at all, so it never applies")
    if rule.limits.uses is not None and rule.limits.used >= rule.limits.uses:
        yield Mistake(f"{path}.limit_uses", f"all {rule.limits.uses} uses are used up")
    if rule.limits.per_customer == 0:
        yield Mistake(f"{path}.limit_per_customer", "is 0, so it never applies")
    if rule.best_of and not rule.stack_group:
        yield Mistake(f"{path}.best_of", "needs a stack_group to be the best of")
    if rule.activation == Activation(Mode.COUPON) and rule.earn is None:
        yield Mistake(f"{path}.activation.code", "is missing, so no card wakes the rule up")
    if rule.earn is not None and not rule.earn.points and not rule.earn.own_points:
        yield Mistake(f"{path}.earn.points", "is 0, so nothing is earned")
    names = [tier.name for tier in rule.tiers]
    if len(set(names)) < len(names):
        yield Mistake(f"{path}.tiers", "two tiers have the same name")
    if rule.buy is not None and not any(isinstance(reward, FreeFromCart) for reward in rule.rewards):
        yield Mistake(f"{path}.buy", "counts only beside a free item from the cart")


def _of_reward(rule: Rule, reward: Reward, path: str, programme: Programme) -> Iterator[Mistake]:
    if reward.max_discount is not None and not reward.max_discount.minor:
        yield Mistake(f"{path}.max_discount", "is 0, so the reward can never apply")
    if reward.cost and not rule.pays_cost:
        yield Mistake(f"{path}.cost_points", "is ignored: the rule has neither earn, balance nor programme")
    account = programme.account(rule.account_id)
    if account is not None and account.max_points is not None and reward.cost > account.max_points.exact():
        yield Mistake(f"{path}.cost_points", f"is above the {account.max_points} points a bill may spend")
    never = _never(rule, reward)
    if never:
        yield Mistake(path, f"can never apply: {never}")
    if isinstance(reward, AmountPerPoint):
        yield from _of_ranges(reward, path)


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


def _of_ranges(reward: AmountPerPoint, path: str) -> Iterator[Mistake]:
    ordered = sorted(enumerate(reward.ranges), key=lambda entry: entry[1].least.minor)
    for (_, lower), (place, upper) in pairwise(ordered):
        if lower.most is None or upper.least <= lower.most:
            yield Mistake(f"{path}.ranges[{place}].from", "lies in another range, which is looked at first")
    if reward.block is not None and reward.cost and reward.cost % reward.block:
        yield Mistake(f"{path}.cost_points", f"is no whole number of blocks of {reward.block}")
