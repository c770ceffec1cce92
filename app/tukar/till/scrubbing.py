"""Text for whoever helps, without anything that could be a number, a code, a token or an address (security.md)."""

import re
from pathlib import Path
from typing import Final

_SECRETS: Final = (
    # A long run of letters and digits is a token or a key; a UUID names a row and stays.
    (re.compile(r"(?<![\w-])(?=[\w.~+-]*\d)(?=[\w.~+-]*[A-Za-z])[A-Za-z0-9_~+-]{16,}(?:\.[\w-]+)*=*"), "(token)"),
    (re.compile(r"(?<![\w.-])\+?\d[\d ().-]{6,}\d(?![\w-])"), "(number)"),
    (re.compile(r"(?<![\w.#-])\d{4,}(?![\w-])"), "(digits)"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "(address)"),
)
_UUID: Final = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def scrubbed(text: str) -> str:
    """``text`` without anything that could be a number, a code, a token or an address."""
    parts: list[str] = []
    end = 0
    for known in _UUID.finditer(text):
        parts += [_without_secrets(text[end : known.start()]), known[0]]
        end = known.end()
    parts.append(_without_secrets(text[end:]))
    return "".join(parts).replace(str(Path.home()), "~")


def _without_secrets(text: str) -> str:
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text
