"""A till's copies of the shop's rules, without files."""

from collections.abc import Callable
from dataclasses import replace

from tests.fakes.demo import demo_shop
from tests.fakes.model_backend import ModelBackend
from tukar.domain.bill import Bill
from tukar.domain.programme import Programme
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.till.ports import Unreachable


class Copies:
    """``gear.Copies`` and ``covering.Refresh`` without files: the demo programme in the version last fetched."""

    def __init__(self, backend: ModelBackend) -> None:
        self._backend = backend
        self._version = backend.programme_version
        self.catalogue_version = 1
        self.offline_points: OfflinePoints = NO_OFFLINE_POINTS
        self.refreshed = 0
        self.arrived: Callable[[], None] = lambda: None
        """What comes into force with a version that was fetched, as ``Sync`` hands new rules to the sale."""

    @property
    def programme(self) -> Programme:
        return replace(demo_shop().programme, version=self._version)

    def refresh(self, then: Callable[[bool], None]) -> None:
        self.refreshed += 1
        try:
            self._version = self._backend.programme().version
        except Unreachable:
            then(False)
        else:
            self.arrived()
            then(True)

    def renewed(self, bill: Bill) -> Bill:
        return bill
