"""What has to be held for the bill in hand as it stands, and can be at this backend."""

from tukar.till.gear import Gear
from tukar.till.needs import Need, limited_need, needs_of
from tukar.till.ports import Hold
from tukar.till.sale import Sale


class Needing:
    """Read off the bill whenever it is asked for; nothing is remembered."""

    def __init__(self, sale: Sale, gear: Gear) -> None:
        self._sale = sale
        self._gear = gear

    @property
    def all(self) -> tuple[Need, ...]:
        """A backend that holds no limits is asked for points only."""
        able = self._gear.backend.capabilities
        can_hold = able.hold is not Hold.NONE and able.holds_limits
        return needs_of(self._sale.priced, self._sale.rules if can_hold else None)

    @property
    def limited(self) -> tuple[Need, ...]:
        """What a hold without points stands for as long as the bill uses anything limited, with points or without."""
        need = limited_need(self._sale.priced, self._sale.rules)
        return () if need is None else (need,)

    def of(self, programme_id: str) -> Need | None:
        """What the bill needs of one account; None when it needs nothing of it."""
        return next((need for need in self.all if need.programme_id == programme_id), None)
