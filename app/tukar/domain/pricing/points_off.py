"""Money off for points, and payments from cards and wallets (FORMAT.md, ``amount_per_point``)."""

from dataclasses import dataclass
from fractions import Fraction

from tukar.domain.money import round_half_up
from tukar.domain.pricing.select import select_touched
from tukar.domain.pricing.spread import room_of, spread
from tukar.domain.pricing.state import Plan, State
from tukar.domain.reward import AmountPerPoint, CartRange
from tukar.domain.rule import Rule


@dataclass(frozen=True, slots=True)
class Spending:
    """The points that one claim can spend, in whole points: nothing when ``most`` is below ``least``.

    ``minor_each`` is what one point takes off, in minor units; ``room`` are the points that the bill could take,
    however many there are.
    """

    least: Fraction
    most: Fraction
    step: Fraction
    minor_each: Fraction
    room: Fraction = Fraction(0)

    @property
    def possible(self) -> bool:
        return self.most >= self.least and self.most > 0

    def cut(self, wanted: Fraction | None) -> Fraction:
        """What is spent when ``wanted`` points are asked for, None = as many as possible; 0 = nothing."""
        points = self.most if wanted is None else min(wanted, self.most)
        points = points // self.step * self.step
        return points if self.possible and points >= self.least and points > 0 else Fraction(0)

    def lacking(self, wanted: Fraction | None) -> Fraction:
        """The points that are missing when ``wanted`` are asked for and the bill could take them."""
        if wanted is None:
            return Fraction(0)
        return max(Fraction(0), min(wanted // self.step * self.step, self.room) - self.most)


def spending(reward: AmountPerPoint, cart: int, room: int, available: Fraction, step: Fraction, scale: int) -> Spending:
    """What may be spent on a bill worth ``cart`` that can lose ``room``, both in minor units of 1 / ``scale``.

    ``step`` is the finest amount of points where the reward has no block of its own.
    """
    minor_each = reward.value * scale
    if not minor_each:
        return Spending(reward.cost, Fraction(0), step, minor_each)
    most_money = Fraction(room)
    if reward.max_discount is not None:
        most_money = min(most_money, Fraction(reward.max_discount.minor))
    if reward.ranges:
        band = range_of(reward, cart)
        most_money = min(most_money, cap_of(band, cart)) if band is not None else Fraction(0)
    unit = reward.block if reward.block is not None else step
    takes = most_money / minor_each
    most = max(Fraction(0), min(available, takes) // unit * unit)
    least = max(reward.cost, unit)
    return Spending(least, most, unit, minor_each, takes // unit * unit)


def range_of(reward: AmountPerPoint, cart: int) -> CartRange | None:
    """The cart range that a value lies in; of several the first."""
    for band in reward.ranges:
        if band.least.minor <= cart and (band.most is None or cart <= band.most.minor):
            return band
    return None


def cap_of(band: CartRange, cart: int) -> Fraction:
    """The most money, in minor units, that points may take off a cart in this range."""
    if band.cap is not None:
        return Fraction(band.cap.minor)
    return Fraction(round_half_up(cart * Fraction(band.cap_percent or 0) / 100))


def plan_points_off(state: State, rule: Rule, reward: AmountPerPoint, points: Fraction, minor_each: Fraction) -> Plan:
    """``points`` turned into a fixed amount off the target."""
    selection = select_touched(state, rule, reward.target)
    amount = min(round_half_up(points * minor_each), state.bill_room(room_of(state, selection)))
    if amount <= 0:
        return Plan()
    return Plan(spread(state, amount, selection), spent=points)
