"""Work on the bill as a whole, and taking things off it: a discount, a void line, a void bill, each with its reason.

Everything here carries who did it and who allowed it. A discount on the bill is given to its lines, each its share, so
that backend, receipt and returns see where every rupiah went; lines that have a discount of their own keep it. What is
taken off the bill stands in the audit with its reason before it is gone (till.md, "Also").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final, Protocol

from tukar.domain.bill import HandDiscount
from tukar.domain.free_text import holds_card_number
from tukar.domain.money import Money, allocate, round_half_up
from tukar.domain.people import Action, Right
from tukar.domain.pricing.result import PricedLine
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutState
from tukar.till.line_work import By, Permits
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Much, Permit
from tukar.till.ports import DiskTrouble, Journal
from tukar.till.refusals import disk_notice
from tukar.till.sale import Sale, SaleChange

_MOST_PERCENT: Final = 100


class BillTask(StrEnum):
    """What is done."""

    NONE = "none"
    DISCOUNT = "discount"
    VOID_LINE = "void_line"
    VOID_BILL = "void_bill"


_ACTIONS: Final = {
    BillTask.DISCOUNT: Action.DISCOUNT_BILL,
    BillTask.VOID_LINE: Action.VOID_LINE,
    BillTask.VOID_BILL: Action.VOID_BILL,
}


@dataclass(frozen=True, slots=True)
class BillWorkModel:
    """What the sheet shows. ``text`` is a percentage as typed, or an amount's digits in minor units.

    ``row`` is the line to be taken off. ``before`` and ``after`` are what the bill comes to without and with it.
    """

    task: BillTask = BillTask.NONE
    row: PricedLine | None = None
    by: By = By.PERCENT
    text: str = ""
    reason: str = ""
    before: Money | None = None
    after: Money | None = None
    right: Right = Right.ALLOWED
    can_do: bool = False
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return self.task is not BillTask.NONE


class BillWorkView(Protocol):
    """Where it is shown."""

    def show_bill_work(self, model: BillWorkModel) -> None: ...


class Clearing(Protocol):
    """What clears the bill in hand, giving back what was reserved; ``Checkout`` is one."""

    @property
    def state(self) -> CheckoutState: ...

    def abandon(self) -> bool: ...


class BillWork:
    """Presenter of the sheet. Nothing changes before ``do``; Esc leaves the bill as it was."""

    def __init__(
        self,
        *,
        view: BillWorkView,
        sale: Sale,
        checkout: Clearing,
        journal: Journal,
        background: Background,
        permits: Permits,
    ) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._journal = journal
        self._background = background
        self._permits = permits
        self._model = BillWorkModel()
        sale.listen(self._bill_changed)

    def discount(self) -> None:
        """F1, Discount on the bill."""
        if not self._sale.bill.is_empty:
            self._start(BillWorkModel(BillTask.DISCOUNT))

    def void_line(self, line_id: str) -> None:
        """Del, or − on the last piece."""
        row = next((row for row in self._sale.priced.lines if row.line.line_id == line_id), None)
        if row is not None:
            self._start(BillWorkModel(BillTask.VOID_LINE, row=row))

    def void_bill(self) -> None:
        """Esc on a bill with goods; an empty one has nothing to void."""
        if not self._sale.bill.is_empty:
            self._start(BillWorkModel(BillTask.VOID_BILL))

    def choose_by(self, by: By) -> None:
        self._show(replace(self._model, by=by, text="", notice=None))

    def type(self, text: str) -> None:
        self._show(replace(self._model, text=text, notice=None))

    def give_reason(self, reason: str) -> None:
        self._show(replace(self._model, reason=reason, notice=None))

    def do(self) -> None:
        """Enter: does it, with somebody's word where the table says so."""
        model, reason = self._model, self._model.reason.strip()
        if not model.is_open or not model.can_do:
            return
        if self._sale.locked:
            self._say(Notice(Say.POINTS_ASKED))
        elif holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
        elif not reason:
            self._say(Notice(Say.REASON_NEEDED if model.task is BillTask.DISCOUNT else Say.DRAWER_REASON))
        else:
            ref = f"{self._sale.bill.bill_id} {self._what()} {reason}"
            action = _ACTIONS[model.task]
            about = self._much().about(action, ref, self._sale.bill.bill_id, reason)
            right = self._permits.ask(action, ref, lambda who: self._done(who, model, reason), about)
            if right is Right.DENIED:
                self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def close(self) -> None:
        self._show(BillWorkModel())

    # Behind it

    def _done(self, who: Permit, model: BillWorkModel, reason: str) -> None:
        if self._model.task is not model.task or not self._still_sells(self._sale.bill.bill_id):
            return
        if model.task is BillTask.DISCOUNT:
            shares = self._shares(model, reason, who)
            self.close()
            self._sale.discount_bill(shares)
            return
        bill_id, what = self._sale.bill.bill_id, self._what()
        said = f"{what} {reason}" + (f" ({who.approver})" if who.approver else "")

        def written(_none: None) -> None:
            self.close()
            if not self._still_sells(bill_id):
                return
            if model.row is None:
                self._checkout.abandon()
            elif any(line.line_id == model.row.line.line_id for line in self._sale.bill.lines):
                self._sale.remove_line(model.row.line.line_id)

        self._background.run(
            lambda: self._journal.audit(who.actor, _ACTIONS[model.task], bill_id, said), written, self._failed
        )

    def _much(self) -> Much:
        model, total = self._model, self._sale.priced.total
        if model.task is BillTask.DISCOUNT and model.by is not By.PERCENT:
            return Much(self._money(model.text))
        if model.task is BillTask.DISCOUNT:
            percent = _percent(model.text)
            gross = total.currency.total(row.gross for row in self._open_rows())
            return Much(
                Money(round_half_up(Fraction(gross.minor) * Fraction(percent or 0) / 100), gross.currency), percent
            )
        return Much(model.row.net if model.row is not None else total)

    def _still_sells(self, bill_id: str) -> bool:
        """Whether the bill that was asked about is in hand, and neither paid for nor being decided about."""
        same = self._sale.bill.bill_id == bill_id and not self._sale.locked
        return same and self._checkout.state is CheckoutState.SELLING

    def _what(self) -> str:
        """The thing and the amount, for the approval and the audit."""
        model = self._model
        if model.task is BillTask.DISCOUNT:
            percent = model.by is By.PERCENT
            return f"{_percent(model.text)}%" if percent else self._money(model.text).decimal()
        if model.row is not None:
            return f"{model.row.line.item.sku} {model.row.net.decimal()}"
        return self._sale.priced.total.decimal()

    def _shares(self, model: BillWorkModel, reason: str, who: Permit) -> Mapping[str, HandDiscount | None]:
        rows = self._open_rows()
        if model.by is By.PERCENT:
            percent = _percent(model.text)
            one = HandDiscount(percent=percent, reason=reason, actor=who.actor, approver=who.approver)
            return {row.line.line_id: one if percent else None for row in rows}
        off = self._money(model.text)
        parts = allocate(off.minor, [row.gross.minor for row in rows])
        return {
            row.line.line_id: HandDiscount(
                whole=Money(part, off.currency), reason=reason, actor=who.actor, approver=who.approver
            )
            if part
            else None
            for row, part in zip(rows, parts, strict=True)
        }

    def _open_rows(self) -> tuple[PricedLine, ...]:
        """Lines that have no discount of their own."""
        return tuple(row for row in self._sale.priced.lines if row.line.discount is None)

    def _money(self, text: str) -> Money:
        return Money(int(text or "0"), self._sale.bill.currency)

    def _after(self) -> Money | None:
        model, bill = self._model, self._sale.bill
        match model.task:
            case BillTask.VOID_LINE if model.row is not None:
                return self._sale.as_if(bill.without_line(model.row.line.line_id)).total
            case BillTask.DISCOUNT if self._fits():
                nobody = Permit("")
                return self._sale.as_if(bill.with_discounts(self._shares(model, "", nobody))).total
            case BillTask.VOID_BILL:
                return bill.currency.zero()
            case _:
                return None

    def _fits(self) -> bool:
        """Whether what is typed is a discount that the open lines can give."""
        model, rows = self._model, self._open_rows()
        if not rows:
            return False
        if model.by is By.PERCENT:
            return _percent(model.text) is not None
        worth = sum(row.gross.minor for row in rows)
        return bool(model.text) and 0 < int(model.text) <= worth

    def _start(self, model: BillWorkModel) -> None:
        right = self._permits.right(_ACTIONS[model.task])
        notice = Notice(Say.NOT_ALLOWED, Level.WARN) if right is Right.DENIED else None
        if self._checkout.state is not CheckoutState.SELLING:
            notice = Notice(Say.MONEY_TAKEN, Level.WARN)
        self._show(replace(model, before=self._sale.priced.total, right=right, notice=notice))

    def _bill_changed(self, change: SaleChange) -> None:
        """The sheet is about the bill it was opened for."""
        gone = not change.same_bill or (
            self._model.row is not None
            and all(line.line_id != self._model.row.line.line_id for line in change.after.bill.lines)
        )
        if self._model.is_open and gone:
            self.close()

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._say(disk_notice(trouble))

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, notice=notice))

    def _show(self, model: BillWorkModel) -> None:
        self._model = model
        if model.is_open:
            may = model.right is not Right.DENIED and self._checkout.state is CheckoutState.SELLING
            after = self._after()
            can_do = may and after is not None and (model.task is not BillTask.DISCOUNT or self._fits())
            self._model = replace(model, after=after, can_do=can_do)
        self._view.show_bill_work(self._model)


def _percent(text: str) -> Decimal | None:
    """Above 0 and up to 100, with at most two decimals; None for what is none."""
    try:
        percent = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    exponent = percent.as_tuple().exponent
    fine = isinstance(exponent, int) and exponent >= -2  # noqa: PLR2004 - digits after the point
    return percent if fine and 0 < percent <= _MOST_PERCENT else None
