"""The drawer is opened without a sale: why, and then it opens."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.no_sale import NoSaleModel
from tukar.ui.kit import Colour, Ink, Look, NeutralButton, NoticeStrip, PrimaryAction, Role, Sheet, Text
from tukar.ui.notice_tone import tell
from tukar.ui.reason_entry import ReasonEntry
from tukar.ui.translations import Language

_SIZE: Final = QSize(600, 388)
_GAP: Final = 10


class NoSaleSheet(Sheet):
    """The view of ``till.no_sale.NoSale``."""

    typed = Signal(str)
    open_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = NoSaleModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self.reason = ReasonEntry(look, spacing=_GAP)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self.open_drawer = PrimaryAction(look, "")
        self.open_drawer.put_in_sheet()
        self._lay_out()
        self.reason.given.connect(self.typed)
        for choice in self.reason.choices:
            choice.clicked.connect(self._back_to_typing)
        self._cancel.clicked.connect(self.closed)
        self.open_drawer.clicked.connect(self.open_requested)
        self.entered.connect(self.open_requested)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)
        self._renew()

    def show_no_sale(self, model: NoSaleModel) -> None:
        before, self._model = self._model, model
        self._renew()
        if model.is_open and not before.is_open:
            self.open_sheet(self.reason.field.line)
        elif before.is_open and not model.is_open:
            self.close_sheet()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.open_drawer)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(_GAP)
        for part in (self._title, self.reason, self._hint, self._notice):
            rows.addWidget(part)
        rows.addStretch(1)
        rows.addLayout(foot)

    def _back_to_typing(self) -> None:
        self.reason.field.line.setFocus()

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Drawer", "Open the drawer without a sale"))
        self.setAccessibleName(self._title.text())
        words = (
            QCoreApplication.translate("Drawer", "Change money"),
            QCoreApplication.translate("Drawer", "Wrong change"),
            QCoreApplication.translate("Drawer", "Count"),
        )
        self.reason.offer(QCoreApplication.translate("Drawer", "Reason"), words)
        self.reason.show_reason(model.reason)
        second = QCoreApplication.translate("Line", "A second person types their PIN for this.")
        self._hint.setText(second)
        self._hint.setVisible(model.needs_second and model.notice is None)
        tell(self._notice, model.notice, self._language)
        self._cancel.set_label(QCoreApplication.translate("Drawer", "Cancel"))
        self.open_drawer.set_label(QCoreApplication.translate("Drawer", "Open"))
