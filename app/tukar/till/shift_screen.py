"""Opening a shift, cash in and out, the X report, the count and the Z: one sheet, one step at a time.

The count is blind: what there should be is shown nowhere before the shift is closed, and the X report only to those who
may see reports (till.md, "Also").
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from tukar.domain.free_text import holds_card_number
from tukar.domain.money import Money
from tukar.domain.people import Action, Right, StaffMember
from tukar.domain.shift import (
    CashMovement,
    Counted,
    MovementKind,
    Shift,
    ShiftClosing,
    ShiftReport,
    denominations,
    report_of,
)
from tukar.till.background import Background
from tukar.till.line_work import Permits
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit
from tukar.till.ports import Clock, DiskTrouble, Journal, PrinterState, ShiftPaper, ShiftPrinter, ShopProfile
from tukar.till.ports.shifts import ShiftSales
from tukar.till.refusals import disk_notice, printer_notice
from tukar.till.shift_desk import ShiftDesk

REASON_LETTERS: Final = 80


class ShiftStep(StrEnum):
    """Where the sheet stands."""

    NONE = "none"
    OPENING = "opening"
    OVERVIEW = "overview"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    COUNT = "count"
    CLOSED = "closed"


_MOVES: Final = {ShiftStep.PAY_IN: MovementKind.PAY_IN, ShiftStep.PAY_OUT: MovementKind.PAY_OUT}


@dataclass(frozen=True, slots=True)
class LeftBill:
    """A bill that is still set aside when the shift is closed; no name where nobody was on it."""

    customer: str
    pieces: int


@dataclass(frozen=True, slots=True)
class ShiftModel:
    """What the sheet shows. ``digits`` is an amount in minor units as typed; a ``fresh`` one is replaced by a key.

    ``must`` says that nothing is sold before this is done. ``paper`` is the X report for those who may see it, and the
    Z once the shift is closed. ``held`` bills and ``unsent`` messages are named before the shift is closed.
    """

    step: ShiftStep = ShiftStep.NONE
    must: bool = False
    shift: Shift | None = None
    paper: ShiftPaper | None = None
    digits: str = ""
    fresh: bool = True
    reason: str = ""
    needs_second: bool = False
    counted: tuple[Counted, ...] = ()
    held: tuple[LeftBill, ...] = ()
    unsent: int = 0
    busy: bool = False
    file: Path | None = None
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return self.step is not ShiftStep.NONE

    @property
    def in_drawer(self) -> Money | None:
        """What is counted so far."""
        return self.counted[0].value.currency.total(one.amount for one in self.counted) if self.counted else None


class ShiftView(Protocol):
    """Where the shift is shown."""

    def show_shift(self, model: ShiftModel) -> None: ...


@dataclass(frozen=True, slots=True)
class ShiftTools:
    """What the screen works with. ``may_close`` says whether no bill is in hand; ``names`` are the staff's by id.

    ``sellers`` names salespeople by id; ``left`` is told when the sheet of a closed shift is left.
    """

    desk: ShiftDesk
    journal: Journal
    printer: ShiftPrinter
    background: Background
    clock: Clock
    permits: Permits
    profile: ShopProfile
    cashier: Callable[[], StaffMember]
    names: Callable[[], Mapping[str, str]]
    sellers: Callable[[], Mapping[str, str]]
    may_close: Callable[[], bool]
    left: Callable[[], None]


class ShiftScreen:
    """Presenter of the shift sheet."""

    def __init__(self, view: ShiftView, tools: ShiftTools) -> None:
        self._view = view
        self._tools = tools
        self._model = ShiftModel()
        tools.desk.listen(self._shift_changed)

    def open(self) -> None:
        """F1, Shift: what is open now, or the float to begin with."""
        desk = self._tools.desk
        if desk.shift is None:
            self._begin()
        else:
            self._overview(desk.shift)

    def demand(self) -> None:
        """Somebody signed in: nothing is sold before a shift is open."""
        if self._tools.desk.must_open and not self._model.is_open:
            self._begin()

    def choose(self, step: ShiftStep) -> None:
        """Pay in, pay out, or the count."""
        if self._model.step is not ShiftStep.OVERVIEW:
            return
        if step is ShiftStep.COUNT:
            self._start_count()
        elif step in _MOVES:
            right = self._tools.permits.right(Action.MOVE_CASH)
            denied = Notice(Say.NOT_ALLOWED, Level.WARN) if right is Right.DENIED else None
            second = right is Right.NEEDS_APPROVAL
            self._show(ShiftModel(step, shift=self._model.shift, needs_second=second, notice=denied))

    def type(self, digits: str) -> None:
        self._show(replace(self._model, digits=digits, fresh=False, notice=None))

    def give_reason(self, reason: str) -> None:
        self._show(replace(self._model, reason=reason[:REASON_LETTERS], notice=None))

    def count(self, place: int, pieces: int) -> None:
        """So many of the note or coin at ``place``."""
        counted = self._model.counted
        if 0 <= place < len(counted) and pieces >= 0:
            row = replace(counted[place], pieces=pieces)
            self._show(replace(self._model, counted=(*counted[:place], row, *counted[place + 1 :]), notice=None))

    def go_on(self) -> None:
        """The green button."""
        if self._model.busy:
            return
        match self._model.step:
            case ShiftStep.OPENING:
                self._open_shift()
            case ShiftStep.PAY_IN | ShiftStep.PAY_OUT:
                self._ask_to_move()
            case ShiftStep.COUNT:
                self._ask_to_close()
            case ShiftStep.OVERVIEW | ShiftStep.CLOSED:
                self.back()
            case ShiftStep.NONE:
                pass

    def back(self) -> None:
        """Esc: one step back, and out of the sheet in the end. Without a shift that must be open, out of the till."""
        model = self._model
        if model.busy or not model.is_open:
            return
        if model.step in (*_MOVES, ShiftStep.COUNT) and model.shift is not None:
            self._overview(model.shift)
            return
        self._show(ShiftModel())
        if model.must or model.step is ShiftStep.CLOSED:
            self._tools.left()

    def print(self) -> None:
        """The report on paper."""
        paper = self._model.paper
        if paper is not None and not self._model.busy:
            self._busy()
            self._tools.background.run(lambda: self._tools.printer.print_shift(paper), self._printed, self._failed)

    def keep(self) -> None:
        """The report as a PDF."""
        paper = self._model.paper
        if paper is None or self._model.busy:
            return
        self._busy()

        def run() -> Path | None:
            try:
                return self._tools.printer.keep_shift(paper)
            except OSError:
                return None

        self._tools.background.run(run, self._kept, self._failed)

    # Each step

    def _begin(self) -> None:
        self._show(ShiftModel(ShiftStep.OPENING, must=self._tools.desk.must_open))

        def found(closed: tuple[Shift, ...]) -> None:
            """The float is nearly always the same as the last time."""
            if self._model.step is ShiftStep.OPENING and self._model.fresh and closed:
                digits = str(closed[0].opening_float.minor or "")
                self._show(replace(self._model, digits=digits))

        self._tools.desk.latest(found)

    def _open_shift(self) -> None:
        opening_float = Money(int(self._model.digits or "0"), self._tools.profile.currency)
        self._busy()
        self._tools.desk.open(opening_float, self._tools.cashier().staff_id, self._failed)

    def _shift_changed(self, shift: Shift | None) -> None:
        if shift is not None and self._model.step is ShiftStep.OPENING:
            self._show(ShiftModel())

    def _overview(self, shift: Shift) -> None:
        self._show(ShiftModel(ShiftStep.OVERVIEW, shift=shift, busy=True))

        def found(sales: ShiftSales) -> None:
            if self._model.step is ShiftStep.OVERVIEW:
                self._show(ShiftModel(ShiftStep.OVERVIEW, shift=shift, paper=self._x_report(shift, sales)))

        self._tools.desk.sales(found, self._failed)

    def _x_report(self, shift: Shift, sales: ShiftSales) -> ShiftPaper | None:
        if self._tools.permits.right(Action.SEE_REPORTS) is not Right.ALLOWED:
            return None
        return ShiftPaper(shift, self._report(shift, sales), self._tools.clock.now(), self._tools.names())

    def _report(self, shift: Shift, sales: ShiftSales) -> ShiftReport:
        return report_of(shift, sales.receipts, openings=sales.openings, sellers=self._tools.sellers())

    def _ask_to_move(self) -> None:
        model = self._model
        amount, reason = Money(int(model.digits or "0"), self._tools.profile.currency), model.reason.strip()
        if not amount:
            self._say(Notice(Say.AMOUNT_NEEDED))
        elif holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
        elif not reason:
            self._say(Notice(Say.DRAWER_REASON))
        else:
            kind = _MOVES[model.step]
            ref = f"{kind} {amount.decimal()} {reason}"
            asked = self._tools.permits.ask(Action.MOVE_CASH, ref, lambda who: self._move(kind, amount, reason, who))
            if asked is Right.DENIED:
                self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _move(self, kind: MovementKind, amount: Money, reason: str, who: Permit) -> None:
        self._busy()
        at = self._tools.clock.now()
        self._tools.desk.move(
            lambda movement_id: CashMovement(movement_id, kind, amount, reason, at, who.actor, who.approver),
            lambda: self._show(ShiftModel()),
            self._failed,
        )

    def _start_count(self) -> None:
        if not self._tools.may_close():
            self._say(Notice(Say.SHIFT_BILL_IN_HAND, Level.WARN))
            return
        profile = self._tools.profile
        values = denominations(profile.currency, profile.denominations)
        counted = tuple(Counted(value, 0) for value in values)
        self._show(ShiftModel(ShiftStep.COUNT, shift=self._model.shift, counted=counted, busy=True))
        self._tools.background.run(self._left_over, self._counting, self._failed, slot="left over")

    def _left_over(self) -> tuple[tuple[LeftBill, ...], int]:
        drafts = [draft.bill for draft in self._tools.journal.drafts() if draft.bill.lines]
        held = (LeftBill(bill.customer.name if bill.customer else "", len(bill.lines)) for bill in drafts)
        return tuple(held), self._tools.journal.waiting_count()

    def _counting(self, left: tuple[tuple[LeftBill, ...], int]) -> None:
        if self._model.step is ShiftStep.COUNT:
            self._show(replace(self._model, held=left[0], unsent=left[1], busy=False))

    def _ask_to_close(self) -> None:
        in_drawer = self._model.in_drawer
        counted = "0" if in_drawer is None else in_drawer.decimal()
        if self._tools.permits.ask(Action.CLOSE_SHIFT, f"close {counted}", self._close) is Right.DENIED:
            self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _close(self, who: Permit) -> None:
        counted = tuple(one for one in self._model.counted if one.pieces)
        at = self._tools.clock.now()
        self._busy()

        def closing(shift: Shift, sales: ShiftSales) -> ShiftClosing:
            held, unsent = self._left_over()
            report = self._report(shift, sales)
            return ShiftClosing(1, at, who.actor, counted, report, who.approver, len(held), unsent)

        self._tools.desk.close(closing, self._closed, self._failed)

    def _closed(self, shift: Shift) -> None:
        if shift.closing is None:
            return
        paper = ShiftPaper(shift, shift.closing.report, shift.closing.at, self._tools.names())
        self._show(ShiftModel(ShiftStep.CLOSED, shift=shift, paper=paper))

    # Behind it

    def _printed(self, state: PrinterState) -> None:
        self._say(printer_notice(state))

    def _kept(self, file: Path | None) -> None:
        notice = Notice(Say.DISK_FAILED, Level.WARN) if file is None else None
        self._show(replace(self._model, busy=False, file=file, notice=notice))

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._say(disk_notice(trouble))

    def _busy(self) -> None:
        self._show(replace(self._model, busy=True, notice=None))

    def _say(self, notice: Notice | None) -> None:
        self._show(replace(self._model, busy=False, notice=notice))

    def _show(self, model: ShiftModel) -> None:
        self._model = model
        self._view.show_shift(model)
