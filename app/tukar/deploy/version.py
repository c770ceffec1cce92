"""Versions of the program, in their order."""

import re
from dataclasses import dataclass
from typing import Final, Self

_FORM: Final = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A released version: three numbers (Semantic Versioning). What is not of that form is no release."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything but three numbers with dots between them."""
        parts = _FORM.fullmatch(text)
        if parts is None or not text.isascii():
            raise ValueError(f"{text!r} is no version")
        return cls(*(int(part) for part in parts.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"
