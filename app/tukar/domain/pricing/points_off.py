"""Money off for points, and payments from cards and wallets (FORMAT.md, ``amount_per_point``)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tukar.domain.money import round_half_up, round_ratio
from tukar.domain.pricing.percent import ratio_of
from tukar.domain.pricing.select import select_touched
from tukar.domain.pricing.spread import room_of, spread
from tukar.domain.pricing.state import Plan, State
from tukar.domain.reward import AmountPerPoint, CartRange
from tukar.domain.rule import Rule

_NONE: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Spending:
    """The points that one claim can spend, in whole points: nothing when ``most`` is below ``least``.

    ``most`` is made of whole steps, ``minor_each`` is what one point takes off, in minor units; ``room`` are the points
    that the bill could take, however many there are.
    """

    least: Fraction
    most: Fraction
    step: Fraction
    minor_each: Fraction
    room: Fraction = _NONE

    @property
    def possible(self) -> bool:
        return self.most >= self.least and self.most > 0

    def cut(self, wanted: Fraction | None) -> Fraction:
        """What is spent when ``wanted`` points are asked for, None = as many as possible; 0 = nothing."""
        if not self.possible:
            return _NONE
        if wanted is None or wanted >= self.most:
            return self.most
        points = _whole_steps(wanted, self.step)
        return points if points >= self.least and points > 0 else _NONE

    def lacking(self, wanted: Fraction | None) -> Fraction:
        """The points that are missing when ``wanted`` are asked for and the bill could take them."""
        if wanted is None:
            return _NONE
        return max(_NONE, min(_whole_steps(wanted, self.step), self.room) - self.most)


def spending(reward: AmountPerPoint, cart: int, room: int, available: Fraction, step: Fraction, scale: int) -> Spending:
    """What may be spent on a bill worth ``cart`` that can lose ``room``, both in minor units of 1 / ``scale``.

    ``step`` is the finest amount of points where the reward has no block of its own.
    """
    minor_each = reward.value * scale
    if not minor_each:
        return Spending(reward.cost, _NONE, step, minor_each)
    money = room if reward.max_discount is None else min(room, reward.max_discount.minor)
    if reward.ranges:
        band = range_of(reward, cart)
        money = min(money, cap_of(band, cart)) if band is not None else 0
    unit = reward.block if reward.block is not None else step
    takes = _whole_steps(money / minor_each, unit)
    most = max(_NONE, takes if available >= takes else _whole_steps(available, unit))
    return Spending(max(reward.cost, unit), most, unit, minor_each, takes)


def _whole_steps(points: Fraction, step: Fraction) -> Fraction:
    """As much of ``points`` as whole steps make."""
    return points // step * step


def range_of(reward: AmountPerPoint, cart: int) -> CartRange | None:
    """The cart range that a value lies in; of several the first."""
    for band in reward.ranges:
        if band.least.minor <= cart and (band.most is None or cart <= band.most.minor):
            return band
    return None


def cap_of(band: CartRange, cart: int) -> int:
    """The most money, in minor units, that points may take off a cart in this range."""
    if band.cap is not None:
        return band.cap.minor
    off, whole = ratio_of(band.cap_percent or Decimal(0))
    return round_ratio(cart * off, whole)


def plan_points_off(state: State, rule: Rule, reward: AmountPerPoint, points: Fraction, minor_each: Fraction) -> Plan:
    """``points`` turned into a fixed amount off the target."""
    selection = select_touched(state, rule, reward.target)
    amount = min(round_half_up(points * minor_each), state.bill_room(room_of(state, selection)))
    if amount <= 0:
        return Plan()
    return Plan(spread(state, amount, selection), spent=points)
