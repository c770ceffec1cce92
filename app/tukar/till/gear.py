"""What everything at work on the bill in hand is given: the ports of one till, and its copies of the shop's rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tukar.domain.bill import Bill
from tukar.domain.programme import Programme
from tukar.domain.shop import OfflinePoints
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

    @property
    def offline_points(self) -> OfflinePoints:
        """What the shop last said may be taken without the backend."""
        ...


class Refresh(Protocol):
    """Fetches what changed at the backend; ``Sync`` is one."""

    def refresh(self, then: Callable[[bool], None]) -> None:
        """``then(True)`` once programme and catalogue are the backend's again, ``then(False)`` when they cannot be."""
        ...

    def renewed(self, bill: Bill) -> Bill:
        """The bill with the catalogue's present items and prices, overrides kept."""
        ...


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
