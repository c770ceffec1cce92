"""The strip at the foot of the window: line to the backend, what waits to be sent, printer, place, person, time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import PrinterState

if TYPE_CHECKING:
    from tukar.till.background import Background
    from tukar.till.line import Line
    from tukar.till.ports import Clock, Journal, ReceiptPrinter

LOOK_EVERY_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class StatusModel:
    """What the strip shows; ``now`` is the shop's local time. ``notice`` is there while the line is down."""

    online: bool
    waiting: int
    printer: PrinterState
    shop: str
    till: str
    cashier: str
    now: datetime
    notice: Notice | None = None


class StatusView(Protocol):
    """Where the status is shown."""

    def show_status(self, model: StatusModel) -> None: ...


class Status:
    """Looks after outbox, printer and clock in the background and shows what changed."""

    def __init__(
        self,
        *,
        view: StatusView,
        line: Line,
        clock: Clock,
        journal: Journal,
        printer: ReceiptPrinter,
        background: Background,
        time_zone: str,
    ) -> None:
        self._view = view
        self._line = line
        self._clock = clock
        self._journal = journal
        self._printer = printer
        self._background = background
        self._zone = ZoneInfo(time_zone)
        self._model = StatusModel(line.online, 0, PrinterState.READY, "", "", "", self._now())
        line.listen(self._line_changed)

    def open(self, *, shop: str, till: str) -> None:
        """Shows the strip and keeps it true from now on."""
        self._show(replace(self._model, shop=shop, till=till, now=self._now()))
        self._look()

    def sign_in(self, cashier: str) -> None:
        """``cashier`` is at the till; empty when nobody is."""
        self._show(replace(self._model, cashier=cashier))

    def refresh(self) -> None:
        """Something was saved or sent: looks at once."""
        self._background.run(self._counts, self._counted, self._not_counted, slot="status")

    def _look(self) -> None:
        self.refresh()
        self._background.after(LOOK_EVERY_SECONDS, self._look)

    def _counts(self) -> tuple[int, PrinterState]:
        return self._journal.waiting_count(), self._printer.state()

    def _counted(self, counts: tuple[int, PrinterState]) -> None:
        waiting, printer = counts
        self._show(replace(self._model, waiting=waiting, printer=printer, now=self._now()))

    def _not_counted(self, _trouble: Exception) -> None:
        # What the disk refuses is said where it matters, when a bill is saved; the clock goes on.
        self._show(replace(self._model, now=self._now()))

    def _line_changed(self, online: bool) -> None:  # noqa: FBT001 - the line's own word
        notice = None if online else Notice(Say.OFFLINE_SELLING, Level.INFO)
        self._show(replace(self._model, online=online, notice=notice, now=self._now()))

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)

    def _show(self, model: StatusModel) -> None:
        changed = replace(model, now=_minute(model.now))
        if changed != self._model or not self._model.shop:
            self._model = changed
            self._view.show_status(changed)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
