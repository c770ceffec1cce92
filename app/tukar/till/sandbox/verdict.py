"""Expected against got: numbers within the case's tolerance, lists in any order where FORMAT.md says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tukar.till.sandbox.case import Case
from tukar.till.sandbox.figures import Figures
from tukar.till.sandbox.player import begin, play_step
from tukar.wire.strict import as_number


class Result(StrEnum):
    """How a case ended."""

    PASSED = "pass"
    FAILED = "fail"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not as expected; ``at`` is ``expected`` or a step such as ``steps[2]``."""

    at: str
    field: str
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one case."""

    case_id: str
    level: str
    result: Result
    differences: tuple[Difference, ...] = ()


def judge(case: Case) -> Verdict:
    """Plays a case and compares; a case with words that nobody knows is not played."""
    if case.unsupported:
        unknown = tuple(Difference(mistake.path, _last(mistake.path), None, None) for mistake in case.unsupported)
        return Verdict(case.case_id, case.level, Result.UNSUPPORTED, unknown)
    play = begin(case)
    differences: list[Difference] = []
    for number, step in enumerate(case.steps):
        error = play_step(play, step)
        figures = Figures(play)
        differences += _compared(case, figures, f"steps[{number}]", step.expect, error)
    differences += _compared(case, Figures(play), "expected", case.expected, play.error)
    return Verdict(case.case_id, case.level, Result.FAILED if differences else Result.PASSED, tuple(differences))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _compared(
    case: Case, figures: Figures, at: str, expect: Mapping[str, Any], error: str | None
) -> Iterable[Difference]:
    for name, expected in expect.items():
        if name == "error":
            if (expected is None) != (error is None):
                yield Difference(at, name, expected, error)
            continue
        if name == "table":
            got = figures.table([int(as_number(row["pieces"])) for row in expected])
        else:
            got = figures.figure(name)
        if not _same(case, name, expected, got):
            yield Difference(at, name, expected, plain(got))


def _same(case: Case, name: str, expected: Any, got: Any) -> bool:  # noqa: ANN401 - any figure
    tolerance = case.tolerance
    match name:
        case "discounts":
            same = _same_discounts(expected, got, tolerance)
        case "offers":
            same = _same_offers(expected, got)
        case "applied":
            same = sorted(expected) == sorted(got)
        case "free_items" | "issued_coupons":
            same = _same_rows(expected, got, tolerance)
        case "discount_by_sku" | "discount_by_tax":
            keys = expected.keys() | got.keys()
            same = all(_near(expected.get(key, 0), got.get(key, Fraction(0)), tolerance) for key in keys)
        case "unit_price_after":
            half_a_unit = Fraction(1, 2 * 10**case.currency.minor_digits)
            same = _near(expected, got, tolerance) or _near(expected, _as_money(got, half_a_unit), tolerance)
        case _:
            same = _near(expected, got, tolerance)
    return same


def _as_money(prices: Mapping[str, Fraction], half_a_unit: Fraction) -> dict[str, Fraction]:
    """Unit prices rounded half up in the currency, as a case may write those that do not end."""
    return {sku: (price + half_a_unit) // (2 * half_a_unit) * 2 * half_a_unit for sku, price in prices.items()}


def _near(expected: Any, got: Any, tolerance: Fraction) -> bool:  # noqa: ANN401 - any figure
    if isinstance(expected, list):
        if not isinstance(got, list) or len(expected) != len(got):
            return False
        return all(_near(one, other, tolerance) for one, other in zip(expected, got, strict=True))
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(_near(value, got.get(key), tolerance) for key, value in expected.items())
    if isinstance(got, Fraction) and expected is not None:
        try:
            return abs(as_number(expected) - got) <= tolerance
        except ValueError:
            return False
    return bool(expected == got)


def _same_discounts(expected: list[dict[str, Any]], got: list[dict[str, Any]], tolerance: Fraction) -> bool:
    """Summed per rule, or per rule and reward where the case names the reward."""
    named = {row["rule"] for row in expected if "reward" in row}
    several = {row["rule"] for row in got if row["reward"]}

    def summed(rows: list[dict[str, Any]]) -> dict[tuple[str, str], Fraction]:
        sums: dict[tuple[str, str], Fraction] = {}
        for row in rows:
            reward = row.get("reward", "") if row["rule"] in named & several else ""
            key = (row["rule"], reward)
            sums[key] = sums.get(key, Fraction(0)) + as_exact(row["amount"])
        return {key: amount for key, amount in sums.items() if amount}

    one, other = summed(expected), summed(got)
    return one.keys() == other.keys() and all(abs(one[key] - other[key]) <= tolerance for key in one)


def _same_offers(expected: list[Any], got: list[dict[str, str]]) -> bool:
    """Rule ids, or rule and reward where a rule has several rewards."""
    several = {row["rule"] for row in got if row["reward"]}
    wanted = set()
    for row in expected:
        rule, reward = (row, "") if isinstance(row, str) else (row["rule"], row.get("reward", ""))
        wanted.add((rule, reward if rule in several else ""))
    by_rule = {row for row in expected if isinstance(row, str)}
    found = {(row["rule"], "" if row["rule"] in by_rule else row["reward"]) for row in got}
    wanted = {(rule, "" if rule in by_rule else reward) for rule, reward in wanted}
    return wanted == found


def _same_rows(expected: list[dict[str, Any]], got: list[dict[str, Any]], tolerance: Fraction) -> bool:
    if len(expected) != len(got):
        return False
    left = list(got)
    for row in expected:
        match = next((other for other in left if _near(row, other, tolerance)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def as_exact(raw: Any) -> Fraction:  # noqa: ANN401 - a number of the file or of the figures
    return raw if isinstance(raw, Fraction) else as_number(raw)


def plain(got: Any) -> Any:  # noqa: ANN401 - any figure
    """A figure as JSON writes it: exact decimals where they end, else a fraction."""
    if isinstance(got, Fraction):
        return _decimal_text(got)
    if isinstance(got, list):
        return [plain(entry) for entry in got]
    if isinstance(got, dict):
        return {key: plain(value) for key, value in got.items() if value not in ("", None)}
    return got


def _decimal_text(exact: Fraction) -> str:
    under = exact.denominator
    for prime in (2, 5):
        while under % prime == 0:
            under //= prime
    if under != 1:
        return f"{exact.numerator}/{exact.denominator}"
    text = format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
