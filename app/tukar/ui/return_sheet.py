"""Goods come back: the receipt is found, lines are chosen, and money and points are seen before anything leaves."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from tukar.domain.money import Quantity
from tukar.till.returning_model import CASH, NEW_BILL, ReturnLine, ReturnModel, ReturnStep
from tukar.ui.goods_back_sheet import GoodsBackSheet
from tukar.ui.kit import BillRow, Choice, Ledger, Look, NeutralButton
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import receipts, returning

_CARDS: Final = 3
_AT_WORK: Final = (ReturnStep.CHOOSE, ReturnStep.AGREED, ReturnStep.UNSURE)


class ReturnSheet(GoodsBackSheet):
    """The view of ``till.returning.Returning``.

    Space takes all or none of a line, Ctrl+A everything, Ctrl+N is for who has no receipt; once it is agreed, arrows
    choose where the money goes.
    """

    toggled = Signal(int)
    all_requested = Signal()
    card_chosen = Signal(int)
    receiptless_requested = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, language)
        self._model = ReturnModel()
        self._all = NeutralButton(look, "", key="Ctrl+A")
        self.points = Ledger(look)
        self.ways = [Choice(look, "") for _ in range(_CARDS + 2)]
        self.receiptless = NeutralButton(look, "", key="Ctrl+N")
        self.receiptless.set_height(64)
        self._group = QButtonGroup(self)
        self._lay_out(
            left=(self.lines,),
            counting=(self._fewer, self._more, self._all),
            right=(
                self.sum, self.points, self.search, self._done, *self.ways, self.reason, self._notice
            ),
            foot=(self.receiptless,),
        )  # fmt: skip
        self._connect()
        language.changed.connect(self._renew)
        self._renew()

    def show_return(self, model: ReturnModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.step is not before.step:
            self._grow(large=model.step in _AT_WORK)
            if not before.is_open:
                self.open_sheet(self._first())
            self._first().setFocus()
        if model.step is ReturnStep.FIND and model.text != self.search.text():
            self.search.set_text(model.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_N:
            if self._model.step is ReturnStep.FIND:
                self.receiptless_requested.emit()
        elif control and event.key() == Qt.Key.Key_A:
            self.all_requested.emit()
        else:
            super().keyPressEvent(event)

    def walk(self, steps: int) -> None:
        if self._model.step is not ReturnStep.AGREED:
            super().walk(steps)
            return
        new_bill = (NEW_BILL,) if self._model.can_exchange else ()
        places = (*range(len(self._model.cards)), CASH, *new_bill)
        at = places.index(self._model.card) + steps
        self.card_chosen.emit(places[min(max(at, 0), len(places) - 1)])

    def _connect(self) -> None:
        self.lines.picked.connect(self.toggled)
        self._all.clicked.connect(self.all_requested)
        self.receiptless.clicked.connect(self.receiptless_requested)
        for place, way in enumerate(self.ways):
            self._group.addButton(way)
            way.clicked.connect(partial(self._choose_way, place))

    def _first(self) -> QWidget:
        # A button would take the arrows, which choose where the money goes, for the way to the next button.
        first = {
            ReturnStep.FIND: self.search.line, ReturnStep.CHOOSE: self.lines, ReturnStep.AGREED: self.lines
        }  # fmt: skip
        return first.get(self._model.step, self.next)

    def _choose_way(self, place: int) -> None:
        self.card_chosen.emit({_CARDS: CASH, _CARDS + 1: NEW_BILL}.get(place, place))

    # Words

    def _renew(self) -> None:
        model, language = self._model, self._language
        choosing, agreed = model.step is ReturnStep.CHOOSE, model.step is ReturnStep.AGREED
        self._write_title(returning.title())
        self._under.setText("" if model.sale is None else returning.sale(model.sale, language))
        self._under.setVisible(model.sale is not None)
        self._left.setVisible(model.step in _AT_WORK)
        self.search.setVisible(model.step is ReturnStep.FIND)
        self._write_lines()
        can_count = choosing and not model.busy
        self._write_counting(can=can_count)
        self._all.set_label(QCoreApplication.translate("Return", "All"))
        self._all.setEnabled(can_count)
        has_money = model.money is not None and model.step is not ReturnStep.FIND
        self._write_money(returning.money_label(model), model.money)
        self.sum.setVisible(has_money and (model.step is not ReturnStep.DONE or model.saved is not None))
        points = returning.points(model, language)
        self.points.show_rows(points)
        self.points.setVisible(bool(points) and agreed)
        self._write_reason(model.reason, asked=choosing)
        self._write_ways(agreed=agreed)
        self._done.setText(returning.done(model))
        self._done.setVisible(model.step is ReturnStep.DONE and model.saved is not None)
        tell(self._notice, model.notice, language)
        self._write_buttons()

    def _write_lines(self) -> None:
        self.lines.setAccessibleName(QCoreApplication.translate("Return", "Lines of the receipt"))
        self.lines.show_rows([self._line(line) for line in self._model.lines])
        self.lines.choose(self._model.chosen)

    def _line(self, line: ReturnLine) -> BillRow:
        write = self._language.format
        name, sub = line.line.name, returning.how_many(line, self._language)
        amount = write.money(line.money) if line.back else ""
        quantity = write.quantity(Quantity(line.back)) if line.back else ""
        return BillRow(quantity, name, sub, None, amount, None, False, ", ".join(filter(None, (name, sub, amount))))

    def _write_ways(self, *, agreed: bool) -> None:
        model = self._model
        for place, way in enumerate(self.ways[:_CARDS]):
            way.setVisible(agreed and place < len(model.cards))
            if place < len(model.cards):
                way.set_label(receipts.tender(model.cards[place]))
                way.setChecked(place == model.card)
        cash, new_bill = self.ways[_CARDS], self.ways[_CARDS + 1]
        cash.set_label(QCoreApplication.translate("Receipt", "Cash"))
        cash.setVisible(agreed and (bool(model.cards) or model.can_exchange))
        cash.setChecked(model.card == CASH)
        new_bill.set_label(QCoreApplication.translate("Return", "Exchange for new goods"))
        new_bill.setVisible(agreed and model.can_exchange)
        new_bill.setChecked(model.card == NEW_BILL)
        for way in self.ways:
            way.setEnabled(not model.busy)

    def _write_buttons(self) -> None:
        model = self._model
        name = QCoreApplication.translate("Return", "Receipt number")
        self.search.set_words(name, QCoreApplication.translate("Return", "Scan the receipt, or type its number"))
        cancel = QCoreApplication.translate("Return", "Cancel")
        back = QCoreApplication.translate("Return", "Back")
        self._back.set_label(cancel if model.step is ReturnStep.FIND else back)
        self._back.setVisible(model.step is not ReturnStep.DONE)
        self.receiptless.set_label(QCoreApplication.translate("Return", "No receipt"))
        self.receiptless.setVisible(model.step is ReturnStep.FIND)
        self.receiptless.setEnabled(not model.busy)
        self._write_next(returning.next_step(model, self._language), busy=model.busy, can=model.can_go_on)
