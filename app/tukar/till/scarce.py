"""When others were first: what is left of everything that is limited, and which rewards this bill loses by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tukar.domain.bill import OfferKey
from tukar.domain.offer import LocalName
from tukar.domain.pricing.result import AppliedPromotion, PricedBill, StoredValue
from tukar.domain.redemption import Counted
from tukar.till.gear import Gear
from tukar.till.ports import Refused, Unreachable
from tukar.till.sale import Sale


@dataclass(frozen=True, slots=True)
class Lost:
    """A reward that others have used up: ``gone`` from the bill, or less than it was."""

    key: OfferKey
    name: LocalName
    gone: bool


class Scarce:
    """Counts anew, and takes off the bill in hand what it cannot have; everything else on it stays."""

    def __init__(self, sale: Sale, gear: Gear) -> None:
        self._sale = sale
        self._gear = gear

    def count(self, then: Callable[[Counted | None], None]) -> None:
        """Asks what is left for the bill as it stands; None where no answer comes."""
        bill, copies = self._sale.bill, self._gear.copies
        self._gear.background.run(
            lambda: self._gear.backend.quote(bill, copies.programme.version, copies.catalogue_version).counted,
            then,
            lambda trouble: self._failed(trouble, then),
        )

    def take_off(self, rules: Iterable[str], counted: Counted | None) -> tuple[Lost, ...]:
        """Prices the bill by what is left; of ``rules`` what gives as much as before all the same is taken off."""
        before, named = self._sale.priced, frozenset(rules)
        gave = {key: worth for key, worth in _worth(before).items() if key.rule_id in named}
        if counted is not None:
            self._sale.learn(counted)
        gives = _worth(self._sale.priced)
        for key, worth in gave.items():
            if gives.get(key) == worth:
                self._sale.unclaim(key)
        left = _worth(self._sale.priced)
        names = {one.key: one.name for one in _rewards(before)}
        return tuple(Lost(key, names[key], key not in left) for key in gave)

    def _failed(self, trouble: Exception, then: Callable[[Counted | None], None]) -> None:
        if isinstance(trouble, Unreachable):
            self._gear.line.lost()
        elif not isinstance(trouble, Refused):
            raise trouble
        then(None)


def _rewards(priced: PricedBill) -> tuple[AppliedPromotion | StoredValue, ...]:
    return (*priced.applied, *priced.stored_value)


def _worth(priced: PricedBill) -> dict[OfferKey, int]:
    """What every reward in force gives, in minor units."""
    worth: dict[OfferKey, int] = {}
    for one in _rewards(priced):
        worth[one.key] = worth.get(one.key, 0) + one.amount.minor
    return worth
