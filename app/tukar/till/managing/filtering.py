"""What the applied promotions are narrowed to: chosen one thing at a time, and kept under a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from tukar.domain.applied import FilterChoices, Named, PromotionFilter, PromotionOutcome, Settlement
from tukar.domain.offer import LocalName
from tukar.till.managing.spans import Days, Span, named

NAME_AT_MOST: Final = 40


class Facet(StrEnum):
    """What can be narrowed by choosing from a list."""

    TILL = "till"
    RULE = "rule"
    STATE = "state"
    CASHIER = "cashier"
    SALESPERSON = "salesperson"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the empty ``key`` is everything. A state has no name; the screens have words for it."""

    key: str = ""
    name: LocalName | None = None
    outcome: PromotionOutcome | None = None
    settlement: Settlement | None = None


EVERYTHING: Final = Option()
EVERY_RECORD: Final = PromotionFilter()
_STATES: Final = (
    *(Option(outcome.value, outcome=outcome) for outcome in PromotionOutcome),
    *(Option(stand.value, settlement=stand) for stand in (Settlement.NEEDS_MANAGER, Settlement.SHORT)),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days and everything else that narrows; ``customer`` is the name that belongs to ``narrow.member_id``."""

    days: Days
    narrow: PromotionFilter = EVERY_RECORD
    customer: str = ""

    def filter(self) -> PromotionFilter:
        """What the backend is asked for."""
        return replace(self.narrow, first_day=self.days.first, last_day=self.days.last)

    def on(self, today: date) -> "Wanted":
        """The same view on another day: its named span has moved on."""
        return replace(self, days=self.days.on(today))

    def key(self, facet: Facet) -> str:
        """The option in force; empty where nothing narrows."""
        narrow = self.narrow
        state = narrow.outcome or narrow.settlement
        return {
            Facet.TILL: narrow.till_id,
            Facet.RULE: narrow.rule_id,
            Facet.STATE: "" if state is None else state.value,
            Facet.CASHIER: narrow.cashier_id,
            Facet.SALESPERSON: narrow.salesperson_id,
        }[facet]

    def choose(self, facet: Facet, option: Option) -> "Wanted":
        """Narrowed to ``option``, or no longer narrowed by that facet."""
        key = option.key
        match facet:
            case Facet.TILL:
                narrow = replace(self.narrow, till_id=key)
            case Facet.RULE:
                narrow = replace(self.narrow, rule_id=key)
            case Facet.CASHIER:
                narrow = replace(self.narrow, cashier_id=key)
            case Facet.SALESPERSON:
                narrow = replace(self.narrow, salesperson_id=key)
            case Facet.STATE:
                narrow = replace(self.narrow, outcome=option.outcome, settlement=option.settlement)
        return replace(self, narrow=narrow)

    def only(self, member_id: str, name: str) -> "Wanted":
        """One customer's alone; an empty id is everybody's."""
        return replace(self, narrow=replace(self.narrow, member_id=member_id), customer=name if member_id else "")

    def search(self, text: str) -> "Wanted":
        return replace(self, narrow=replace(self.narrow, text=text.strip()))


def options(facet: Facet, choices: FilterChoices) -> tuple[Option, ...]:
    """Everything first, then what occurs."""
    if facet is Facet.STATE:
        return (EVERYTHING, *_STATES)
    found: Sequence[Named] = {
        Facet.TILL: choices.tills,
        Facet.RULE: choices.rules,
        Facet.CASHIER: choices.cashiers,
        Facet.SALESPERSON: choices.salespeople,
    }[facet]
    return (EVERYTHING, *(Option(one.id, one.name) for one in found))


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name that somebody gave it."""

    name: str
    wanted: Wanted


class ViewStore(Protocol):
    """Where this machine keeps the saved views. Both raise ``DiskTrouble``."""

    def load(self) -> tuple[SavedView, ...]: ...

    def save(self, views: Sequence[SavedView]) -> None: ...


def kept(views: Sequence[SavedView], name: str, wanted: Wanted) -> tuple[SavedView, ...]:
    """The views with ``wanted`` under ``name``, in the place of one of that name; unchanged without a name."""
    name = name.strip()[:NAME_AT_MOST]
    if not name:
        return tuple(views)
    view = SavedView(name, wanted)
    if any(one.name == name for one in views):
        return tuple(view if one.name == name else one for one in views)
    return (*views, view)


def this_month(today: date) -> Wanted:
    """What a manager sees first."""
    return Wanted(named(Span.MONTH, today))
