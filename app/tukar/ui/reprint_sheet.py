"""The last receipts of this till, chosen by arrows or touch, and printed again with Enter."""

from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.receipt import Receipt
from tukar.till.reprinting import ReprintModel
from tukar.ui.kit import (
    HitDelegate,
    HitRow,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import receipts

_SIZE: Final = QSize(640, 600)
_PAD: Final = 28


class ReprintSheet(Sheet):
    """The view of ``till.reprinting.Reprinting``."""

    chosen = Signal(int)
    moved = Signal(int)
    print_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, window, "", _SIZE)
        self._time_zone = time_zone
        self._language = language
        self._model = ReprintModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._notice = NoticeStrip(look)
        self.list = RowList(look, HitDelegate(look, pad=_PAD), "")
        self.list.chosen.connect(self.chosen)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self.print = PrimaryAction(look, "")
        self.print.put_in_sheet()
        self.print.clicked.connect(self.print_requested)
        self.entered.connect(self.print_requested)
        self.dismissed.connect(self.closed)
        head = QVBoxLayout()
        head.setContentsMargins(_PAD, 20, _PAD, 8)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._notice)
        foot = QHBoxLayout()
        foot.setContentsMargins(_PAD, 12, _PAD, 20)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.print)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        language.changed.connect(self._renew)
        self._renew()

    def show_reprint(self, model: ReprintModel) -> None:
        before, self._model = self._model, model
        self._renew()
        if model.is_open and not before.is_open:
            self.open_sheet(self.list)
        elif before.is_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Reprint", "Print a receipt again"))
        self.setAccessibleName(self._title.text())
        self.list.setAccessibleName(self._title.text())
        self.list.show_rows([self._row(receipt) for receipt in model.receipts])
        self.list.choose(model.chosen)
        tell(self._notice, model.notice, self._language)
        self._cancel.set_label(QCoreApplication.translate("Reprint", "Cancel"))
        self.print.set_label(QCoreApplication.translate("Reprint", "Print copy"))
        self.print.set_busy(busy=model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        self.print.setEnabled(model.chosen >= 0)

    def _row(self, receipt: Receipt) -> HitRow:
        write = self._language.format
        number = " ".join(filter(None, (receipts.bill_number(receipt.number.short), receipts.title(receipt))))
        customer = receipt.customer.name if receipt.customer is not None else ""
        told = "   ".join(
            filter(None, (receipts.moment(receipt.at.astimezone(self._time_zone), self._language), customer))
        )
        amount = write.money(receipt.total)
        return HitRow(number, (), told, amount, f"{number}, {told}, {amount}")
