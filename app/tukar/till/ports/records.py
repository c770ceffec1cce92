"""Till and backend compare their records: what the till told, and what the backend holds otherwise.

Only a backend that keeps bills and redemptions by the till's own ids can do this; one-shot backends cannot.
"""

from dataclasses import dataclass
from typing import Protocol

from tukar.domain.redemption import HoldState, RedemptionState
from tukar.till.ports.backend import BackendState


@dataclass(frozen=True, slots=True)
class ToldRedemption:
    """A redemption whose end the backend has acknowledged, as the till holds it."""

    redemption_id: str
    state: RedemptionState
    bill_id: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the backend has acknowledged: bills and redemptions; what still waits tells of itself when it is sent."""

    bills: tuple[str, ...] = ()
    redemptions: tuple[ToldRedemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A redemption that stands otherwise at the backend; ``state`` is None where it is unknown there."""

    redemption_id: str
    state: HoldState | None
    bill_id: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """What the backend lacks, and what stands otherwise there."""

    missing_bills: tuple[str, ...] = ()
    redemptions: tuple[Difference, ...] = ()


class Records(Protocol):
    """A backend that can be compared with. Every method blocks and raises ``Refused`` or ``Unreachable``."""

    def state(self) -> BackendState: ...

    def differences(self, told: Told) -> Differences:
        """What is otherwise there; nothing is changed by asking."""
        ...

    def told_everything(self, epoch: int) -> bool:
        """After a restore of the backend: this till has sent again all it holds. Whether the backend waits on."""
        ...

    def new_series(self, after: int) -> int:
        """The epoch of this till's numbers after that one; asked again it is the same."""
        ...
