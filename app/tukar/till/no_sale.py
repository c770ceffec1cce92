"""Opens the cash drawer without a sale, with a reason and by right; both stand in the audit."""

from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.free_text import holds_card_number
from tukar.domain.people import Action, Right
from tukar.till.background import Background
from tukar.till.line_work import Permits
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit
from tukar.till.ports import DiskTrouble, Journal, ReceiptPrinter
from tukar.till.refusals import disk_notice


@dataclass(frozen=True, slots=True)
class NoSaleModel:
    """The reason as typed so far; ``needs_second`` says that a second person's PIN will be asked for."""

    is_open: bool = False
    reason: str = ""
    needs_second: bool = False
    notice: Notice | None = None


class NoSaleView(Protocol):
    """Where the reason is given."""

    def show_no_sale(self, model: NoSaleModel) -> None: ...


class NoSale:
    """Presenter of the no-sale sheet. The drawer opens only after the audit row is on the disk."""

    def __init__(
        self,
        *,
        view: NoSaleView,
        journal: Journal,
        printer: ReceiptPrinter,
        background: Background,
        permits: Permits,
    ) -> None:
        self._view = view
        self._journal = journal
        self._printer = printer
        self._background = background
        self._permits = permits
        self._model = NoSaleModel()

    def open(self) -> None:
        right = self._permits.right(Action.OPEN_DRAWER)
        denied = Notice(Say.NOT_ALLOWED, Level.WARN) if right is Right.DENIED else None
        self._show(NoSaleModel(is_open=True, needs_second=right is Right.NEEDS_APPROVAL, notice=denied))

    def type(self, reason: str) -> None:
        self._show(replace(self._model, reason=reason, notice=None))

    def go_on(self) -> None:
        """Enter: opens the drawer, with somebody's word where the table says so."""
        reason = self._model.reason.strip()
        if not self._model.is_open:
            return
        if holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
        elif not reason:
            self._say(Notice(Say.DRAWER_REASON))
        elif self._permits.ask(Action.OPEN_DRAWER, reason, lambda who: self._open_drawer(reason, who)) is Right.DENIED:
            self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def close(self) -> None:
        self._show(NoSaleModel())

    def _open_drawer(self, reason: str, who: Permit) -> None:
        detail = f"{reason} ({who.approver})" if who.approver else reason

        def run() -> None:
            self._journal.audit(who.actor, Action.OPEN_DRAWER, "no sale", detail)
            self._printer.open_drawer()

        self._background.run(run, lambda _: self.close(), self._failed)

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._say(disk_notice(trouble))

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, notice=notice))

    def _show(self, model: NoSaleModel) -> None:
        self._model = model
        self._view.show_no_sale(model)
