"""What everything at work on the bill in hand is given: the ports of one till, and its copies of the shop's rules."""

from dataclasses import dataclass
from typing import Protocol

from tukar.domain.programme import Programme
from tukar.till.background import Background
from tukar.till.line import Line
from tukar.till.ports import Clock, Ids, Journal, LoyaltyBackend
from tukar.till.writing import JournalWriter


class Copies(Protocol):
    """The till's copies of what the backend owns, as the bill is priced by them."""

    @property
    def programme(self) -> Programme: ...

    @property
    def catalogue_version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Gear:
    """Handed to every part of a checkout; made once by bootstrap."""

    backend: LoyaltyBackend
    journal: Journal
    background: Background
    writer: JournalWriter
    clock: Clock
    ids: Ids
    line: Line
    copies: Copies
    language: str = "en"
    """Of the message that carries a one-time code."""
