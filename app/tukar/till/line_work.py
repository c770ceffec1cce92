"""Work on one line of the bill: how many, at what price, what comes off by hand, what is noted on it.

A price or discount given by hand carries its reason, who gave it and who allowed it (redemption.md, principle 8), and
goes on the bill only with the right to it: ``Permitting`` asks the table, and a second person where the table says so.
Going back to the shop's own price, or taking a discount off again, needs nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

from tukar.domain.approval import ApprovalSubject
from tukar.domain.bill import Bill, BillLine, HandDiscount, PriceOverride, UnknownLineError
from tukar.domain.free_text import holds_card_number
from tukar.domain.money import (
    QUANTITY_DIGITS,
    AmountFormatError,
    Money,
    Quantity,
    UnitPrice,
    format_scaled,
    parse_scaled,
)
from tukar.domain.people import Action, Right
from tukar.domain.pricing.result import PricedLine
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import NOTHING, Much, Permit, Then
from tukar.till.sale import Sale, SaleChange

NOTE_LETTERS: Final = 80
_PERCENT_DIGITS: Final = 2
_WHOLE: Final = 100 * 10**_PERCENT_DIGITS


class Work(StrEnum):
    """What is changed about the line."""

    QUANTITY = "quantity"
    PRICE = "price"
    DISCOUNT = "discount"
    NOTE = "note"


class By(StrEnum):
    """How a discount is typed: in percent, or as an amount off every piece."""

    PERCENT = "percent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class LineModel:
    """The line that is worked on; ``row`` is None while the sheet is closed.

    ``text`` is what is typed: a number, a percentage, a note, or for money its digits in minor units; a ``fresh`` one
    is replaced by the next key. ``after`` is what the line would come to. ``right`` is the answer of the rights table
    for a price or discount by hand. ``asks_reason`` says that the reason is the next thing to type.
    """

    row: PricedLine | None = None
    work: Work = Work.QUANTITY
    by: By = By.PERCENT
    text: str = ""
    fresh: bool = True
    reason: str = ""
    after: Money | None = None
    right: Right = Right.ALLOWED
    asks_reason: bool = False
    can_set: bool = False
    notice: Notice | None = None

    @property
    def is_open(self) -> bool:
        return self.row is not None

    @property
    def wants_reason(self) -> bool:
        """Whether this kind of work is not done without one."""
        return self.work in _ACTIONS

    @property
    def types_money(self) -> bool:
        return self.work is Work.PRICE or (self.work is Work.DISCOUNT and self.by is By.AMOUNT)


class LineView(Protocol):
    """Where the line is worked on."""

    def show_line(self, model: LineModel) -> None: ...


class Permits(Protocol):
    """Who may do what; ``Permitting`` is one."""

    def right(self, action: Action) -> Right: ...

    def ask(self, action: Action, ref: str, then: Then, about: ApprovalSubject | None = None) -> Right: ...


_ACTIONS: Final = {Work.PRICE: Action.OVERRIDE_PRICE, Work.DISCOUNT: Action.DISCOUNT_LINE}
_Change = Callable[[Bill], Bill]


class LineWork:
    """Presenter of the line sheet. Nothing changes on the bill before ``set``; Esc leaves it as it was."""

    def __init__(self, *, view: LineView, sale: Sale, permits: Permits) -> None:
        self._view = view
        self._sale = sale
        self._permits = permits
        self._void: Callable[[str], None] | None = None
        self._seller: Callable[[str], None] = lambda _line_id: None
        self._model = LineModel()
        sale.listen(self._bill_changed)

    def ask_before_removing(self, void: Callable[[str], None]) -> None:
        """From now on ``void`` is called with a line's id in place of removing it: somebody says why first."""
        self._void = void

    def let_choose_seller(self, choose: Callable[[str], None]) -> None:
        """From now on ``choose`` is called with the line's id when somebody else is to be credited with it."""
        self._seller = choose

    def choose_seller(self) -> None:
        """Turns from this sheet to the salespeople."""
        row = self._free_row()
        if row is not None:
            self.close()
            self._seller(row.line.line_id)

    def open(self, line_id: str, work: Work = Work.QUANTITY) -> None:
        """Opens for a line of the bill in hand; for one that is gone nothing happens."""
        row = self._row(line_id)
        if row is not None:
            self._model = LineModel(row=row)
            self.choose(work)

    def choose(self, work: Work) -> None:
        """Turns to another kind of work; what was typed for the former one is forgotten."""
        row = self._model.row
        if row is not None:
            given = row.line.discount
            by = By.AMOUNT if given is not None and given.each is not None else By.PERCENT
            self._start(LineModel(row=row, work=work, by=by, reason=_reason(row.line, work)))

    def move(self, steps: int) -> None:
        """The kind of work so many places further, never past an end."""
        works = tuple(Work)
        place = min(max(works.index(self._model.work) + steps, 0), len(works) - 1)
        if self._model.is_open and works[place] is not self._model.work:
            self.choose(works[place])

    def choose_by(self, by: By) -> None:
        """Percent or amount."""
        if self._model.row is not None:
            self._start(replace(self._model, by=by, notice=None))

    def type(self, text: str) -> None:
        """The field now holds ``text``."""
        self._show(replace(self._model, text=text, fresh=False, asks_reason=False, notice=None))

    def give_reason(self, text: str) -> None:
        self._show(replace(self._model, reason=text, notice=None))

    def set(self) -> None:
        """Enter: does it, with somebody's word where the table says so."""
        row = self._free_row() if self._model.can_set else None
        if row is None:
            return
        match self._model.work:
            case Work.QUANTITY:
                self._set_quantity(row)
            case Work.PRICE:
                self._set_price(row.line)
            case Work.DISCOUNT:
                self._set_discount(row.line)
            case Work.NOTE:
                self._set_note(row.line)

    def remove(self) -> None:
        """Takes the line off the bill."""
        row = self._free_row()
        if row is None:
            return
        line_id = row.line.line_id
        if self._void is not None:
            self.close()
            self._void(line_id)
            return
        self._permit(Action.VOID_LINE, f"{line_id} {row.net.decimal()}", lambda _: self._sale.remove_line(line_id))

    def close(self) -> None:
        self._model = LineModel()
        self._view.show_line(self._model)

    # Each kind of work

    def _set_quantity(self, row: PricedLine) -> None:
        quantity = _quantity(self._model.text)
        if quantity is None:
            return
        if not quantity.is_whole and not row.line.item.weighed:
            self._say(Notice(Say.SOLD_BY_PIECE, Level.WARN, text=row.line.item.name))
            return
        if not quantity:
            self.remove()
            return
        self.close()
        self._sale.set_quantity(row.line.line_id, quantity)

    def _set_price(self, line: BillLine) -> None:
        price = self._price()
        if price == line.item.charged_price:
            self.close()
            self._sale.override_price(line.line_id, price, None)
        elif self._has_reason():
            reason = self._model.reason.strip()
            less = line.item.charged_price.times(line.quantity) - price.times(line.quantity)
            self._permit(
                Action.OVERRIDE_PRICE,
                f"{line.line_id} {price.decimal()}",
                lambda who: self._sale.override_price(
                    line.line_id, price, PriceOverride(reason, who.actor, who.approver)
                ),
                Much(less),
            )

    def _set_discount(self, line: BillLine) -> None:
        discount = self._discount()
        if discount is None:
            self.close()
            self._sale.discount_line(line.line_id, None)
        elif self._is_too_much(discount, line):
            self._say(Notice(Say.DISCOUNT_TOO_MUCH, Level.WARN))
        elif self._has_reason():
            amount = f"{discount.percent}%" if discount.each is None else discount.each.decimal()
            self._permit(
                Action.DISCOUNT_LINE,
                f"{line.line_id} {amount}",
                lambda who: self._sale.discount_line(
                    line.line_id, replace(discount, actor=who.actor, approver=who.approver)
                ),
                Much(discount.off(line.unit_price, line.quantity), discount.percent),
            )

    def _set_note(self, line: BillLine) -> None:
        note = self._model.text.strip()[:NOTE_LETTERS]
        if holds_card_number(note):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
            return
        self.close()
        self._sale.note_line(line.line_id, note)

    # Behind it

    def _permit(self, action: Action, ref: str, change: Callable[[Permit], None], much: Much = NOTHING) -> None:
        row = self._model.row
        about = much.about(action, ref, self._sale.bill.bill_id, self._model.reason.strip())

        def permitted(who: Permit) -> None:
            if row is not None and self._row(row.line.line_id) is not None and not self._sale.locked:
                self.close()
                change(who)

        if self._permits.ask(action, ref, permitted, about) is Right.DENIED:
            self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _has_reason(self) -> bool:
        reason = self._model.reason.strip()
        if holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
        elif not reason:
            self._show(replace(self._model, asks_reason=True, notice=Notice(Say.REASON_NEEDED)))
        return bool(reason) and not holds_card_number(reason)

    def _price(self) -> UnitPrice:
        return UnitPrice.of(self._money())

    def _money(self) -> Money:
        return Money(int(self._model.text or "0"), self._sale.bill.currency)

    def _discount(self) -> HandDiscount | None:
        """As typed; None takes the discount off."""
        reason = self._model.reason.strip()
        if self._model.by is By.AMOUNT:
            each = self._money()
            return HandDiscount(each=each, reason=reason) if each else None
        percent = _percent(self._model.text)
        return HandDiscount(percent=percent, reason=reason) if percent else None

    @staticmethod
    def _is_too_much(discount: HandDiscount, line: BillLine) -> bool:
        return discount.each is not None and UnitPrice.of(discount.each).scaled > line.unit_price.scaled

    def _start(self, model: LineModel) -> None:
        row = model.row
        if row is not None:
            action = _ACTIONS.get(model.work)
            right = Right.ALLOWED if action is None else self._permits.right(action)
            text = _present(row.line, model.work, model.by)
            denied = Notice(Say.NOT_ALLOWED, Level.WARN) if right is Right.DENIED else None
            self._show(replace(model, text=text, fresh=True, asks_reason=False, right=right, notice=denied))

    def _row(self, line_id: str) -> PricedLine | None:
        return next((row for row in self._sale.priced.lines if row.line.line_id == line_id), None)

    def _free_row(self) -> PricedLine | None:
        """The line on the sheet; None where there is none, or where the bill is not to be touched, which is said."""
        if self._model.row is not None and self._sale.locked:
            self._say(Notice(Say.POINTS_ASKED))
            return None
        return self._model.row

    def _bill_changed(self, _change: SaleChange) -> None:
        """The line on the sheet is the one on the bill; a line that is gone closes it."""
        if self._model.row is None:
            return
        row = self._row(self._model.row.line.line_id)
        if row is None:
            self.close()
        elif row != self._model.row:
            self._show(replace(self._model, row=row))

    def _after(self) -> Money | None:
        """What the line would come to; None for what is no number."""
        row = self._model.row
        change = None if row is None else self._preview(row.line)
        if row is None or change is None:
            return None
        try:
            priced = self._sale.as_if(change(self._sale.bill))
        except UnknownLineError:
            return None
        found = (line.net for line in priced.lines if line.line.line_id == row.line.line_id)
        return next(found, self._sale.bill.currency.zero())

    def _preview(self, line: BillLine) -> _Change | None:
        line_id, text = line.line_id, self._model.text
        match self._model.work:
            case Work.QUANTITY:
                quantity = _quantity(text)
                sold = quantity is not None and (quantity.is_whole or line.item.weighed)
                return (lambda bill: bill.with_quantity(line_id, quantity)) if quantity is not None and sold else None
            case Work.PRICE:
                by_hand = PriceOverride("", "")
                return (lambda bill: bill.with_price(line_id, self._price(), by_hand)) if text else None
            case Work.DISCOUNT:
                return self._preview_discount(line)
            case Work.NOTE:
                return lambda bill: bill

    def _preview_discount(self, line: BillLine) -> _Change | None:
        if self._model.by is By.PERCENT and _percent(self._model.text) is None:
            return None
        discount = self._discount()
        if discount is not None and self._is_too_much(discount, line):
            return None
        return lambda bill: bill.with_discount(line.line_id, discount)

    def _can_set(self) -> bool:
        if self._model.right is Right.DENIED:
            return False
        match self._model.work:
            case Work.QUANTITY:
                return _quantity(self._model.text) is not None
            case Work.PRICE:
                return bool(self._model.text)
            case Work.DISCOUNT:
                return self._model.by is By.AMOUNT or _percent(self._model.text) is not None
            case Work.NOTE:
                return True

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, notice=notice))

    def _show(self, model: LineModel) -> None:
        self._model = model
        if model.is_open:
            self._model = replace(model, after=self._after(), can_set=self._can_set())
        self._view.show_line(self._model)


def _quantity(text: str) -> Quantity | None:
    thousandths = _scaled(text, QUANTITY_DIGITS)
    return None if thousandths is None else Quantity(thousandths)


def _percent(text: str) -> Decimal | None:
    """From 0 to 100 with at most two decimals; an empty field is none."""
    if not text.strip():
        return Decimal(0)
    hundredths = _scaled(text, _PERCENT_DIGITS)
    if hundredths is None or hundredths > _WHOLE:
        return None
    return Decimal(format_scaled(hundredths, _PERCENT_DIGITS).rstrip("0").rstrip("."))


def _scaled(text: str, digits: int) -> int | None:
    try:
        units = parse_scaled(text.replace(",", "."), digits)
    except AmountFormatError:
        return None
    return units if units >= 0 else None


def _reason(line: BillLine, work: Work) -> str:
    if work is Work.PRICE and line.override is not None:
        return line.override.reason
    if work is Work.DISCOUNT and line.discount is not None:
        return line.discount.reason
    return ""


def _present(line: BillLine, work: Work, by: By) -> str:
    """What stands in the field before anything is typed: how it is now."""
    match work:
        case Work.QUANTITY:
            return line.quantity.decimal()
        case Work.PRICE:
            return str(line.unit_price.rounded().minor)
        case Work.DISCOUNT:
            return _present_discount(line.discount, by)
        case Work.NOTE:
            return line.note


def _present_discount(discount: HandDiscount | None, by: By) -> str:
    if discount is None:
        return ""
    if by is By.AMOUNT:
        return "" if discount.each is None else str(discount.each.minor)
    if discount.percent is None:
        return ""
    return format_scaled(int(discount.percent * 10**_PERCENT_DIGITS), _PERCENT_DIGITS).rstrip("0").rstrip(".")
