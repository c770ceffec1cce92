"""What goes back when goods come back: money, and points in both directions, in parts that add up exactly.

Every part is worked out from what has gone back so far: after the last piece nothing is left over and nothing was given
twice, whatever the parts were (redemption.md, "Refund"; FORMAT.md, "Refund"). Shares go by gross value, which is the
value before any rule: earned points over the goods that the rule names, spent points over all goods.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tukar.domain.money import Money, Quantity, round_ratio


class Rounding(Enum):
    """How a share that is not whole is cut: half up as receipts are (FORMAT.md), or down in the merchant's favour."""

    HALF_UP = "half_up"
    DOWN = "down"


class NothingToRefundError(ValueError):
    """More of a line is to go back than was sold and has not gone back yet, or the bill has no such line."""


def share(amount: int, back: int, whole: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """How much of ``amount`` has gone back once ``back`` of ``whole`` has; goods worth nothing take nothing along."""
    if whole == 0:
        return 0
    if rounding is Rounding.HALF_UP:
        return round_ratio(amount * back, whole)
    return amount * back // whole


def next_part(amount: int, before: int, now: int, whole: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """What this part moves of ``amount``, when ``before`` of ``whole`` went back earlier and ``now`` goes back now.

    The parts of any sequence that ends with the whole add up to ``amount``.
    """
    return share(amount, before + now, whole, rounding) - share(amount, before, whole, rounding)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a sale as a refund sees it: ``gross`` before any rule, ``net`` as paid."""

    line_id: str
    quantity: Quantity
    gross: Money
    net: Money


@dataclass(frozen=True, slots=True)
class Value:
    """Gross value of goods in minor units: of the whole sale, gone back before, and going back now."""

    whole: int
    before: int
    now: int

    def part_of(self, amount: int) -> int:
        """The share of ``amount`` that goes with these goods, half up."""
        return next_part(amount, self.before, self.now, self.whole)


@dataclass(frozen=True, slots=True)
class Refundable:
    """A sale and how many thousandths of each of its lines have gone back already."""

    lines: Sequence[SoldLine]
    total: Money
    returned: Mapping[str, int]

    def check(self, wanted: Mapping[str, int]) -> None:
        """Raises NothingToRefundError unless all of ``wanted``, in thousandths per line, is still there to go back."""
        sold = {line.line_id: line.quantity.thousandths for line in self.lines}
        for line_id, thousandths in wanted.items():
            if not 0 < thousandths <= sold.get(line_id, 0) - self.returned.get(line_id, 0):
                raise NothingToRefundError(line_id)

    def money(self, wanted: Mapping[str, int]) -> Money:
        """What is paid out for ``wanted``: its share of every line as paid, and of what the bill cost beyond lines."""
        minor = sum(self._part(line, line.net.minor, wanted) for line in self.lines)
        beyond = self.total.minor - sum(line.net.minor for line in self.lines)
        return Money(minor + self.value(wanted).part_of(beyond), self.total.currency)

    def value(self, wanted: Mapping[str, int], concerned: frozenset[str] | None = None) -> Value:
        """The gross value of the goods concerned: all lines, or those named."""
        lines = [line for line in self.lines if concerned is None or line.line_id in concerned]
        return Value(
            whole=sum(line.gross.minor for line in lines),
            before=sum(self._gone(line) for line in lines),
            now=sum(self._part(line, line.gross.minor, wanted) for line in lines),
        )

    def paid_part(self, amount: int, wanted: Mapping[str, int]) -> int:
        """The share of a payment of ``amount`` that goes back with the money for ``wanted``, rounded down.

        It goes by money, not by gross value: no card gets more back than its goods bring (redemption.md, "Refund").
        """
        before = replace(self, returned={}).money(self.returned).minor
        return next_part(amount, before, self.money(wanted).minor, self.total.minor, Rounding.DOWN)

    def is_last(self, wanted: Mapping[str, int]) -> bool:
        """Whether everything has gone back once ``wanted`` has."""
        return all(
            self.returned.get(line.line_id, 0) + wanted.get(line.line_id, 0) == line.quantity.thousandths
            for line in self.lines
        )

    def _gone(self, line: SoldLine) -> int:
        return share(line.gross.minor, self.returned.get(line.line_id, 0), line.quantity.thousandths)

    def _part(self, line: SoldLine, amount: int, wanted: Mapping[str, int]) -> int:
        before, now = self.returned.get(line.line_id, 0), wanted.get(line.line_id, 0)
        return next_part(amount, before, now, line.quantity.thousandths)
