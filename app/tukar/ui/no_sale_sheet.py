"""The drawer is opened without a sale: why, and then it opens."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.no_sale import NoSaleModel
from tukar.ui.kit import Choice, Colour, Field, Ink, Look, NeutralButton, NoticeStrip, PrimaryAction, Role, Sheet, Text
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language

_SIZE: Final = QSize(600, 388)
_LETTERS: Final = 80
_REASONS: Final = 3


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
        self.reason = Field(look, "")
        self.reason.line.setMaxLength(_LETTERS)
        self.reasons = [Choice(look, "") for _ in range(_REASONS)]
        self._group = QButtonGroup(self)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self.open_drawer = PrimaryAction(look, "")
        self.open_drawer.put_in_sheet()
        self._lay_out()
        self.reason.edited.connect(self.typed)
        for choice in self.reasons:
            self._group.addButton(choice)
            choice.clicked.connect(partial(self._choose, choice))
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
            self.open_sheet(self.reason.line)
        elif before.is_open and not model.is_open:
            self.close_sheet()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for choice in self.reasons:
            choices.addWidget(choice, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.open_drawer)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(10)
        for part in (self._title, self.reason):
            rows.addWidget(part)
        rows.addLayout(choices)
        rows.addWidget(self._hint)
        rows.addWidget(self._notice)
        rows.addStretch(1)
        rows.addLayout(foot)

    def _choose(self, choice: Choice) -> None:
        self.reason.set_text(choice.label)
        self.typed.emit(choice.label)
        self.reason.line.setFocus()

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Drawer", "Open the drawer without a sale"))
        self.setAccessibleName(self._title.text())
        why = QCoreApplication.translate("Drawer", "Reason")
        self.reason.set_words(why, why)
        if model.reason != self.reason.text():
            self.reason.set_text(model.reason)
        words = (
            QCoreApplication.translate("Drawer", "Change money"),
            QCoreApplication.translate("Drawer", "Wrong change"),
            QCoreApplication.translate("Drawer", "Count"),
        )
        self._group.setExclusive(False)
        for choice, word in zip(self.reasons, words, strict=True):
            choice.set_label(word)
            choice.setChecked(word == model.reason)
        second = QCoreApplication.translate("Line", "A second person types their PIN for this.")
        self._hint.setText(second)
        self._hint.setVisible(model.needs_second and model.notice is None)
        tell(self._notice, model.notice, self._language)
        self._cancel.set_label(QCoreApplication.translate("Drawer", "Cancel"))
        self.open_drawer.set_label(QCoreApplication.translate("Drawer", "Open"))
