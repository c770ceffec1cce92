"""A note on the whole bill and the buyer's tax number, typed one below the other; Enter writes both."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.tax_number import LETTERS_AT_MOST
from tukar.till.bill_words import NOTE_LETTERS, BillWordsModel
from tukar.ui.kit import Colour, Field, Icon, Ink, Look, NeutralButton, NoticeStrip, PrimaryAction, Role, Sheet, Text
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language

_SIZE: Final = QSize(640, 452)


class BillWordsSheet(Sheet):
    """The view of ``till.bill_words.BillWords``."""

    note_typed = Signal(str)
    tax_number_typed = Signal(str)
    set_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = BillWordsModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._labels = [Text(look, "", Ink(Role.LABEL, Colour.INK_2)) for _ in range(2)]
        self.note = Field(look, "", icon=Icon.NOTE)
        self.note.line.setMaxLength(NOTE_LETTERS)
        self.number = Field(look, "", icon=Icon.RECEIPT)
        self.number.line.setMaxLength(LETTERS_AT_MOST)
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._notice = NoticeStrip(look)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self.set_button = PrimaryAction(look, "")
        self.set_button.put_in_sheet()
        self._lay_out()
        self.note.edited.connect(self.note_typed)
        self.number.edited.connect(self.tax_number_typed)
        self._cancel.clicked.connect(self.closed)
        self.set_button.clicked.connect(self.set_requested)
        self.entered.connect(self.set_requested)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)
        self._renew()

    def show_bill_words(self, model: BillWordsModel) -> None:
        before, self._model = self._model, model
        self._renew()
        if model.is_open and not before.is_open:
            self.open_sheet(self.note.line)
        elif before.is_open and not model.is_open:
            self.close_sheet()
        if model.is_number_wrong and not before.is_number_wrong:
            self.number.line.setFocus()
            self.number.line.selectAll()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.set_button)
        self.set_button.setMinimumWidth(180)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(6)
        rows.addWidget(self._title)
        rows.addSpacing(6)
        for label, field in zip(self._labels, (self.note, self.number), strict=True):
            rows.addWidget(label)
            rows.addWidget(field)
            rows.addSpacing(6)
        rows.addWidget(self._hint)
        rows.addWidget(self._notice)
        rows.addStretch(1)
        rows.addLayout(foot)

    def _renew(self) -> None:
        model = self._model
        self._title.setText(QCoreApplication.translate("Bill words", "On the bill"))
        self.setAccessibleName(self._title.text())
        note = QCoreApplication.translate("Bill words", "Note")
        number = QCoreApplication.translate("Bill words", "Tax number of the buyer")
        if model.number_name:
            number = QCoreApplication.translate("Bill words", "{name} of the buyer").format(name=model.number_name)
        for label, field, words, text in (
            (self._labels[0], self.note, note, model.note),
            (self._labels[1], self.number, number, model.tax_number),
        ):
            label.setText(words)
            field.set_words(words, "")
            if field.text() != text:
                field.set_text(text)
        self._hint.setText(QCoreApplication.translate("Bill words", "Both stand on the receipt. Tab goes to the next."))
        self._hint.setVisible(model.notice is None)
        tell(self._notice, model.notice, self._language)
        self._cancel.set_label(QCoreApplication.translate("Drawer", "Cancel"))
        self.set_button.set_label(QCoreApplication.translate("Bill words", "Write"))
