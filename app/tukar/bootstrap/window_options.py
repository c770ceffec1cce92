"""What the command line said to the commands that open a window; apart, as a window does not wait for the others."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TillOptions:
    """The till of this machine. ``data`` is its data folder, None = the user's own; ``language`` None = as set."""

    data: Path | None = None
    language: str | None = None
    offscreen: bool = False


@dataclass(frozen=True, slots=True)
class ManageOptions:
    """The manager's room in a window of its own; ``data`` and ``language`` as for the till."""

    data: Path | None = None
    language: str | None = None
    offscreen: bool = False


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The demo shop with its own backend; ``tour`` is where the pictures of the played journeys go.

    ``practice`` marks every screen and paper, and has a shop of its own.
    """

    data: Path | None = None
    language: str | None = None
    offscreen: bool = False
    tour: Path | None = None
    practice: bool = False
