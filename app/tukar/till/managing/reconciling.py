"""Figures that differ between bills, ledger and balances: each with its story, and one safe thing to do about it."""

from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.oversight import Difference, DifferenceState, Reconciliation
from tukar.domain.receipt import Receipt
from tukar.till.managing.session import Session
from tukar.till.notices import Notice, Say


@dataclass(frozen=True, slots=True)
class ReconcilingModel:
    """``found`` is None until the figures were compared; ``chosen`` is a place in its differences, -1 for none."""

    found: Reconciliation | None = None
    chosen: int = -1
    comparing: bool = False
    repairing: bool = False
    receipt: Receipt | None = None
    notice: Notice | None = None

    @property
    def difference(self) -> Difference | None:
        if self.found is None or not 0 <= self.chosen < len(self.found.differences):
            return None
        return self.found.differences[self.chosen]

    @property
    def can_repair(self) -> bool:
        one = self.difference
        return one is not None and one.state is DifferenceState.OPEN and not (self.repairing or self.comparing)


class ReconcilingView(Protocol):
    """Where the differences are shown."""

    def show_reconciling(self, model: ReconcilingModel) -> None: ...


class Reconciling:
    """Presenter of the differences. Comparing changes nothing; a repair is one act at a time and may be repeated."""

    def __init__(self, *, view: ReconcilingView, session: Session) -> None:
        self._view = view
        self._session = session
        self._model = ReconcilingModel()

    @property
    def model(self) -> ReconcilingModel:
        return self._model

    def open(self) -> None:
        """Compares when the page comes to the front."""
        self.compare()

    def compare(self) -> None:
        if not self._model.comparing:
            self._show(replace(self._model, comparing=True, notice=None))
            self._session.ask(lambda backend: backend.reconcile(), self._compared, self._failed, slot="reconcile")

    def choose(self, place: int) -> None:
        if self._model.found is not None and 0 <= place < len(self._model.found.differences):
            self._show(replace(self._model, chosen=place, notice=None))

    def repair(self) -> None:
        """Enter: the one safe thing about the chosen difference."""
        one = self._model.difference
        if one is None or not self._model.can_repair:
            return
        self._show(replace(self._model, repairing=True, notice=None))
        self._session.ask(lambda backend: backend.repair(one.difference_id), self._repaired, self._failed)

    def look(self) -> None:
        """The bill behind the difference, where it is there."""
        one = self._model.difference
        if one is not None and one.has_bill:
            self._session.ask(
                lambda backend: backend.receipt(one.bill_id),
                lambda receipt: self._show(replace(self._model, receipt=receipt)),
                self._failed,
                slot="receipt",
            )

    def close_receipt(self) -> None:
        self._show(replace(self._model, receipt=None))

    def _compared(self, found: Reconciliation) -> None:
        before = self._model.difference
        ids = [one.difference_id for one in found.differences]
        again = before is not None and before.difference_id in ids
        chosen = ids.index(before.difference_id) if before is not None and again else min(0, len(ids) - 1)
        self._show(replace(self._model, found=found, chosen=chosen, comparing=False))

    def _repaired(self, one: Difference) -> None:
        """A repaired difference stays in sight as repaired until the figures are compared again."""
        found = self._model.found
        if found is not None:
            differences = tuple(
                one if other.difference_id == one.difference_id else other for other in found.differences
            )
            found = replace(found, differences=differences)
        asked = one.state is DifferenceState.ASKED
        notice = Notice(Say.TILL_ASKED, text=one.till_id) if asked else Notice(Say.REPAIRED)
        self._show(replace(self._model, found=found, repairing=False, notice=notice))

    def _failed(self, notice: Notice) -> None:
        self._show(replace(self._model, comparing=False, repairing=False, notice=notice))

    def _show(self, model: ReconcilingModel) -> None:
        self._model = model
        self._view.show_reconciling(model)
