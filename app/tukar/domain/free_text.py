"""What free text must never hold: the number of a payment card (security.md, "Cards")."""

import re
from typing import Final

_GROUPS: Final = re.compile(r"[0-9]+(?:[ .\-][0-9]+)*")
_LEAST, _MOST = 13, 19


def holds_card_number(text: str) -> bool:
    """Whether a run of 13 to 19 digits passes the Luhn check, written together or in groups."""
    return any(_holds(re.split(r"[ .\-]", run)) for run in _GROUPS.findall(text))


def _holds(groups: list[str]) -> bool:
    for start in range(len(groups)):
        digits = ""
        for group in groups[start:]:
            digits += group
            if len(digits) > _MOST:
                break
            if len(digits) >= _LEAST and _passes_luhn(digits):
                return True
    return False


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of the digits of a number below 20
    return total % 10 == 0
