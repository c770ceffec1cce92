"""Goods come back without a receipt: found by scan or search, at today's price, with a reason and somebody's word."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from tukar.domain.pricing.result import PricedLine
from tukar.till.ports import Hit
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.ui.goods_back_sheet import GoodsBackSheet
from tukar.ui.kit import BillRow, Look
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import returning


class ReceiptlessSheet(GoodsBackSheet):
    """The view of ``till.receiptless.Receiptless``: the search keeps the focus while the arrows choose."""

    picked = Signal(int)

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, language)
        self._model = ReceiptlessModel()
        self._lay_out(
            left=(self.search, self.lines),
            counting=(self._fewer, self._more),
            right=(self.sum, self._done, self.reason, self._notice),
            foot=(),
        )
        self.lines.picked.connect(self.picked)
        language.changed.connect(self._renew)
        self._renew()

    def show_receiptless(self, model: ReceiptlessModel) -> None:
        before, self._model = self._model, model
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if model.step is not before.step:
            choosing = model.step is ReceiptlessStep.CHOOSE
            self._grow(large=choosing)
            first = self.search.line if choosing else self.next
            if not before.is_open:
                self.open_sheet(first)
            first.setFocus()

    # Words

    def _renew(self) -> None:
        model = self._model
        choosing = model.step is ReceiptlessStep.CHOOSE
        self._write_title(QCoreApplication.translate("Return", "Take goods back without a receipt"))
        self._under.setText(QCoreApplication.translate("Return", "Today's price, in cash, no points"))
        self._left.setVisible(choosing)
        name = QCoreApplication.translate("Return", "Item")
        self.search.set_words(name, QCoreApplication.translate("Return", "Scan the item, or type its name"))
        if model.text != self.search.text():
            self.search.set_text(model.text)
        self._write_lines()
        self._write_counting(can=bool(model.lines) and not model.searching and not model.busy)
        self._write_money(returning.receiptless_label(model), model.money)
        self.sum.setVisible(model.money is not None)
        self._write_reason(model.reason, asked=choosing)
        self._done.setText(returning.receiptless_done(model))
        self._done.setVisible(model.step is ReceiptlessStep.DONE)
        tell(self._notice, model.notice, self._language)
        self._back.set_label(QCoreApplication.translate("Return", "Back"))
        self._back.setVisible(model.step is not ReceiptlessStep.DONE)
        self._write_next(returning.receiptless_next(model), busy=model.busy, can=model.can_go_on)

    def _write_lines(self) -> None:
        model = self._model
        found = QCoreApplication.translate("Return", "Items found")
        lines = QCoreApplication.translate("Return", "What comes back")
        self.lines.setAccessibleName(found if model.searching else lines)
        rows = map(self._hit, model.hits) if model.searching else map(self._line, model.lines)
        self.lines.show_rows(list(rows))
        self.lines.choose(model.chosen)

    def _hit(self, hit: Hit) -> BillRow:
        item = hit.item
        price = self._language.format.unit_price(item.charged_price)
        return BillRow("", item.name, item.sku, None, price, None, False, f"{item.name}, {price}")

    def _line(self, line: PricedLine) -> BillRow:
        write, item = self._language.format, line.line.item
        quantity, amount = write.quantity(line.line.quantity), write.money(line.net)
        each = write.unit_price(line.line.unit_price)
        return BillRow(quantity, item.name, each, None, amount, None, False, f"{quantity} {item.name}, {amount}")
