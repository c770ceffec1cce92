"""Keeps the till's copies of programme, catalogue, staff and shop in step with the backend, behind the cashier's back.

At the start the copies of the last day serve at once (``CopyStore.load``); the backend is asked as soon as it can be
reached, then every minute, and every ten seconds while the line is down. Versions decide what is fetched; a page of
the catalogue is at most 256 KiB (performance.md, "What the numbers say"), and each is applied before the next is asked
for, so that an interrupted delivery goes on where it stopped. The line has its one home in ``line.Line``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.bill import Bill, BillLine
from tukar.domain.people import Salesperson, StaffMember
from tukar.domain.pricing import ItemSource, RuleBook
from tukar.domain.programme import Programme
from tukar.domain.redemption import Refusal
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.till.background import Background, Ticket
from tukar.till.line import Line
from tukar.till.ports import (
    BackendState,
    CataloguePage,
    DiskTrouble,
    ItemIndex,
    LoyaltyBackend,
    Refused,
    ShopProfile,
    StaffDirectory,
    Unreachable,
)
from tukar.till.sale import Sale, SaleChange

CHECK_EVERY_SECONDS: Final = 60.0
CHECK_OFFLINE_SECONDS: Final = 10.0


class CopyStore(StaffDirectory, Protocol):
    """Where copies lie for a start without the line; ``local.programme_copy.ProgrammeCopy`` is one.

    What is read is at hand; every ``keep`` runs in the background, replaces its part whole, and may raise DiskTrouble.
    """

    def programme(self) -> Programme | None: ...

    def keep_programme(self, programme: Programme) -> None: ...

    def shop(self) -> ShopProfile | None: ...

    def keep_shop(self, shop: ShopProfile) -> None: ...

    @property
    def people_version(self) -> int:
        """Of staff and salespeople; 0 where there is no copy."""
        ...

    def keep_people(self, version: int, staff: Sequence[StaffMember], salespeople: Sequence[Salesperson]) -> None: ...


class CatalogueStore(ItemIndex, ItemSource, Protocol):
    """The catalogue copy as its one writer sees it; ``local.catalogue.CatalogueCopy`` is one."""

    @property
    def next_page(self) -> str:
        """Where an interrupted delivery goes on; empty when none was interrupted."""
        ...

    def apply(self, page: CataloguePage) -> None:
        """Takes over one page, all or nothing; the version counts once the last page is in."""
        ...

    def index_some(self, at_most: int = 2_000) -> bool:
        """Indexes some more names; False when nothing is left to do."""
        ...


@dataclass(frozen=True, slots=True)
class SyncModel:
    """For strip and settings: what the till works with, and the last refusal or disk trouble in the way of it."""

    online: bool
    state: BackendState | None
    programme_version: int
    catalogue_version: int
    busy: bool = False
    refused: Refusal | None = None
    trouble: DiskTrouble | None = None


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What one round brought, worked out away from the window; ``book`` is there when the rules are new."""

    state: BackendState
    programme: Programme
    book: RuleBook | None


class Sync:
    """``gear.Copies`` and ``covering.Refresh``: what the bill is priced by, and how it is brought up to date.

    ``quiet`` says whether new rules may take effect now: not while money is taken or points are asked for. Listeners
    hear every new model on the caller's thread.
    """

    def __init__(
        self, backend: LoyaltyBackend, background: Background, line: Line, store: CopyStore, catalogue: CatalogueStore
    ) -> None:
        self._backend = backend
        self._background = background
        self._line = line
        self._store = store
        self._catalogue = catalogue
        self._programme = store.programme()
        self._state: BackendState | None = None
        self._listeners: list[Callable[[SyncModel], None]] = []
        self._then: list[Callable[[bool], None]] = []
        self._sale: Sale | None = None
        self._quiet: Callable[[], bool] = lambda: True
        self._held_back: _Fetched | None = None
        self._busy = False
        self._timer: Ticket | None = None
        self._refused: Refusal | None = None
        self._trouble: DiskTrouble | None = None
        line.listen(self._line_changed)

    # What the till works with

    @property
    def programme(self) -> Programme:
        """The programme in force on this till; LookupError before the first contact with a backend."""
        if self._programme is None:
            raise LookupError("no programme was ever heard")
        return self._programme

    @property
    def catalogue_version(self) -> int:
        return self._catalogue.version

    @property
    def profile(self) -> ShopProfile | None:
        """The shop; None before the first contact."""
        return self._state.shop if self._state else self._store.shop()

    @property
    def offline_points(self) -> OfflinePoints:
        profile = self.profile
        return NO_OFFLINE_POINTS if profile is None else profile.offline_points

    @property
    def ready(self) -> bool:
        """Whether the till has ever heard what it needs to sell."""
        return self._programme is not None and self.profile is not None

    @property
    def model(self) -> SyncModel:
        return SyncModel(
            self._line.online,
            self._state,
            self._programme.version if self._programme else 0,
            self._catalogue.version,
            self._busy,
            self._refused,
            self._trouble,
        )

    def listen(self, listener: Callable[[SyncModel], None]) -> None:
        self._listeners.append(listener)

    def rule_book(self) -> RuleBook:
        """The rules in force, compiled, for a new sale."""
        return RuleBook.compile(self.programme, self._catalogue)

    def attach(self, sale: Sale, quiet: Callable[[], bool]) -> None:
        """From now on ``sale`` is priced by what is fetched, and again when the line comes or goes."""
        self._sale, self._quiet = sale, quiet
        sale.listen(self._sale_changed)

    # Keeping in step

    def start(self) -> None:
        """Asks the backend now and from time to time afterwards."""
        self._check()

    def refresh(self, then: Callable[[bool], None]) -> None:
        """Brings everything up to date at once; ``then(True)`` when the copies are the backend's now.

        New rules take effect before ``then``, whatever the sale is doing: who asks has stopped for them.
        """
        self._then.append(then)
        self._check()

    def apply_held_back(self) -> None:
        """The sale is quiet again: rules that came meanwhile take effect."""
        fetched, self._held_back = self._held_back, None
        if fetched is None or fetched.book is None:
            return
        self._programme = fetched.programme
        if self._sale is not None:
            self._sale.use_rules(fetched.book)

    def _sale_changed(self, _: SaleChange) -> None:
        if self._held_back is not None:
            self._background.after(0.0, self._apply_when_quiet)

    def _apply_when_quiet(self) -> None:
        if self._quiet():
            self.apply_held_back()

    def renewed(self, bill: Bill) -> Bill:
        """The bill with the catalogue's present items and prices; overridden prices stay, and so do items not found."""
        return replace(bill, lines=tuple(self._renewed_line(line) for line in bill.lines))

    def _renewed_line(self, line: BillLine) -> BillLine:
        item = self._catalogue.by_sku(line.item.sku)
        if item is None or item == line.item:
            return line
        return replace(line, item=item, unit_price=line.unit_price if line.override else item.charged_price)

    def _check(self) -> None:
        if self._busy:
            return
        if self._timer is not None:
            self._timer.drop()
        self._busy = True
        self._background.run(self._backend.state, self._heard, self._failed)

    def _heard(self, state: BackendState) -> None:
        self._line.heard()
        programme = self._programme
        self._background.run(lambda: self._fetch(state, programme), self._fetched, self._failed)

    def _fetch(self, state: BackendState, known: Programme | None) -> _Fetched:
        """Runs in the background: one request after the other, only for what changed."""
        self._fetch_catalogue(state)
        if state.shop != self._store.shop():
            self._store.keep_shop(state.shop)
        if self._store.people_version != state.staff_version:
            self._store.keep_people(state.staff_version, self._backend.staff(), self._backend.salespeople())
        if known is not None and known.version == state.programme_version:
            return _Fetched(state, known, None)
        programme = self._backend.programme()
        self._store.keep_programme(programme)
        return _Fetched(state, programme, RuleBook.compile(programme, self._catalogue))

    def _fetch_catalogue(self, state: BackendState) -> None:
        while self._catalogue.version != state.catalogue_version or self._catalogue.next_page:
            before = (self._catalogue.version, self._catalogue.next_page)
            self._catalogue.apply(self._backend.catalogue_page(self._catalogue.version, self._catalogue.next_page))
            if (self._catalogue.version, self._catalogue.next_page) == before:
                break
        while self._catalogue.index_some():
            pass

    def _fetched(self, fetched: _Fetched) -> None:
        self._line.heard()
        asked = bool(self._then)
        self._state = fetched.state
        self._refused = self._trouble = None
        self._held_back = fetched if fetched.book else self._held_back
        if asked or self._sale is None or self._quiet():
            self.apply_held_back()
        self._over(fresh=True, again=CHECK_EVERY_SECONDS)

    def _failed(self, trouble: Exception) -> None:
        if isinstance(trouble, Unreachable):
            self._line.lost()
        elif isinstance(trouble, Refused):
            self._line.heard()
            self._refused = trouble.refusal
        elif isinstance(trouble, DiskTrouble):
            self._trouble = trouble
        else:
            raise trouble
        self._over(fresh=False, again=CHECK_EVERY_SECONDS if self._line.online else CHECK_OFFLINE_SECONDS)

    def _over(self, *, fresh: bool, again: float) -> None:
        self._busy = False
        self._timer = self._background.after(again, self._check)
        waiting, self._then = self._then, []
        for then in waiting:
            then(fresh)
        self._publish()

    def _line_changed(self, online: bool) -> None:  # noqa: FBT001 - the line's listeners get just that
        if self._sale is not None:
            self._sale.reprice()
        if online and not self._busy:
            self._check()
        self._publish()

    def _publish(self) -> None:
        for listener in tuple(self._listeners):
            listener(self.model)
