"""Keeps the sale in hand on the disk while it changes, so that a crash loses neither goods nor money.

A draft holds what the cashier entered and what was paid, never a discount (redemption.md, principle 7). It is
written behind the cashier's back, newest state only; before a card terminal is called it is written for certain.
"""

from collections.abc import Callable
from dataclasses import replace

from tukar.till.ports import DiskTrouble, Draft, Journal
from tukar.till.sale import Sale
from tukar.till.writing import JournalWriter


class DraftKeeper:
    """Writes the draft after every change of ``sale``; many changes during one write become one more write.

    ``draft`` makes the draft as it is now. An empty bill without tenders has none: its draft is deleted. ``troubled``
    hears when the disk fails; the sale goes on, and the next change tries again.
    """

    def __init__(
        self,
        sale: Sale,
        journal: Journal,
        writer: JournalWriter,
        draft: Callable[[], Draft],
        troubled: Callable[[DiskTrouble], None],
    ) -> None:
        self._journal = journal
        self._writer = writer
        self._draft = draft
        self._troubled = troubled
        self._written: Draft | None = None
        self._writing: Draft | None = None
        self._queued = False
        self._over = ""
        sale.listen(lambda _: self.keep())

    def keep(self) -> None:
        """The draft changed: writes it soon."""
        if not self._queued:
            self._queued = True
            self._writer.write(self._prepare, self._was_written, self._troubled)

    def keep_now(self, kept: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        """``kept`` is called when the draft as it stands is on the disk: before the terminal hears of money."""
        self._keep(self._draft(), kept, failed)

    def finished(self, bill_id: str) -> None:
        """That bill is saved: the journal deletes its draft itself, and nothing here may bring it back."""
        self._over = bill_id
        self._written = None

    def discard(self, bill_id: str, gone: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        """Deletes the draft of a bill that the cashier gave up."""
        self.finished(bill_id)
        self._writer.write(lambda: lambda: self._journal.delete_draft(bill_id), lambda _: gone(), failed)

    def leave(self, draft: Draft, left: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        """The bill is set aside: this draft of it stays on the disk, to be recalled."""
        self._keep(replace(draft, held=True), left, failed)
        self._writer.write(lambda: self.finished(draft.bill.bill_id), lambda _: None, failed)

    def taken_up(self, draft: Draft) -> None:
        """That draft is the one in hand again."""
        self._written = draft
        self._over = ""

    def _keep(self, draft: Draft, kept: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        self._writer.write(lambda: lambda: self._journal.save_draft(draft), lambda _: self._kept(draft, kept), failed)

    def _prepare(self) -> Callable[[], None] | None:
        self._queued = False
        draft, before = self._draft(), self._written
        if draft.bill.bill_id == self._over or draft == before:
            return None
        if draft.bill.is_empty and not draft.tenders:
            self._writing = None
            return None if before is None else lambda: self._journal.delete_draft(before.bill.bill_id)
        self._writing = draft
        return lambda: self._journal.save_draft(draft)

    def _was_written(self, _: None) -> None:
        self._written = self._writing

    def _kept(self, draft: Draft, kept: Callable[[], None]) -> None:
        self._written = draft
        kept()
