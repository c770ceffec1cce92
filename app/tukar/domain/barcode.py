"""What can be told from the digits of a barcode alone: whether it is one, and whether it was read rightly."""

from typing import Final

GTIN_LENGTHS: Final = (8, 12, 13, 14)
"""EAN-8, UPC-A, EAN-13 and GTIN-14 (till.md, "Scanner as keyboard")."""


def looks_like_barcode(text: str) -> bool:
    """Whether ``text`` has the digits of a retail barcode, right or wrong."""
    return len(text) in GTIN_LENGTHS and text.isascii() and text.isdigit()


def check_digit(digits: str) -> str:
    """The digit that belongs after ``digits``: weights 3 and 1 in turn from the right (GS1)."""
    weighted = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def has_right_check_digit(barcode: str) -> bool:
    """Whether the last digit is what the others make it."""
    return check_digit(barcode[:-1]) == barcode[-1:]


def grouped(barcode: str) -> str:
    """A barcode as people read it out: in groups of four digits. Other codes stay as they are."""
    if not looks_like_barcode(barcode):
        return barcode
    return " ".join(barcode[start : start + 4] for start in range(0, len(barcode), 4))
