"""A shop that lets its tills take points while the backend cannot be reached (redemption.md, "Offline")."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.simulation.clock import BEGINNING
from tukar.domain.shop import OfflinePoints
from tukar.server.shops import ShopSettings
from tukar.wire.message import write

if TYPE_CHECKING:
    from tests.simulation.server import SimulatedServer
    from tests.simulation.till import SimulatedTill

PER_BILL: Final = 200
PER_HOUR: Final = 300
"""Whole points, so that a second sale with points within the hour needs a manager."""
CUTS: Final = 0.7
"""How often a line is cut when a customer is about to pay: without that nobody is trusted."""

CRASHES: Final = 0.006
"""How often such a shop's machines end at any point: what was counted must outlive that."""


def allow(server: "SimulatedServer", tills: "list[SimulatedTill]") -> None:
    """Puts the setting in force before anybody sells; tills that never ask have heard of it too."""
    settings = ShopSettings(offline_points_per_bill=PER_BILL, offline_points_per_hour=PER_HOUR)
    server.db.execute("UPDATE shops SET settings = ?", (write(settings).decode(),))
    server.db.commit()
    told = OfflinePoints(PER_BILL, PER_HOUR, (BEGINNING + timedelta(days=2)).date())
    for till in tills:
        till.kept.keep_shop(replace(till.profile, offline_points=told))
