"""Into a file: which kind, how far it has come, and where it is."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.managing.exporting import ExportModel
from tukar.till.ports.reviewing import SheetForm
from tukar.ui.kit import Choice, Colour, Ink, Look, NeutralButton, NoticeStrip, PrimaryAction, Role, Sheet, Text
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language

_SIZE: Final = QSize(560, 360)


class ExportSheet(Sheet):
    """The view of ``till.managing.exporting.Exporting``; arrows choose the kind of file."""

    form_chosen = Signal(SheetForm)
    start_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = ExportModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.forms = {form: Choice(look, "") for form in SheetForm}
        self.notice = NoticeStrip(look)
        self._cancel = NeutralButton(look, "", key="Esc")
        self._cancel.set_height(64)
        self._cancel.clicked.connect(self.closed)
        self.start = PrimaryAction(look, "")
        self.start.put_in_sheet()
        self.start.clicked.connect(self.start_requested)
        self.entered.connect(self.start_requested)
        self.dismissed.connect(self.closed)
        forms = QHBoxLayout()
        forms.setSpacing(8)
        for form, choice in self.forms.items():
            choice.set_height(56)
            choice.clicked.connect(partial(self.form_chosen.emit, form))
            forms.addWidget(choice, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.start)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(12)
        rows.addWidget(self._title)
        rows.addWidget(self._words)
        rows.addLayout(forms)
        rows.addWidget(self.notice)
        rows.addStretch(1)
        rows.addLayout(foot)
        language.changed.connect(self._renew)

    def show_export(self, model: ExportModel) -> None:
        before, self._model = self._model, model
        self._renew()
        if model.is_open and not before.is_open:
            self.open_sheet(self)
        elif before.is_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forms = list(SheetForm)
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self.form_chosen.emit(forms[(forms.index(self._model.form) + step) % len(forms)])
        else:
            super().keyPressEvent(event)

    def _renew(self) -> None:
        model = self._model
        if not model.is_open:
            return
        self._title.setText(QCoreApplication.translate("Manager", "Export what is shown"))
        self.setAccessibleName(self._title.text())
        words = QCoreApplication.translate("Manager", "All rows of these filters go into one file.")
        if model.busy:
            count = self._language.format.number(model.written)
            words = QCoreApplication.translate("Manager", "{count} rows so far. Esc stops.").format(count=count)
        self._words.setText(words)
        self._words.setVisible(model.file is None)
        labels = {
            SheetForm.CSV: QCoreApplication.translate("Manager", "CSV, for any program"),
            SheetForm.XLSX: QCoreApplication.translate("Manager", "XLSX, for Excel"),
        }
        for form, choice in self.forms.items():
            choice.set_label(labels[form])
            choice.setChecked(form is model.form)
            choice.setEnabled(not model.busy)
        tell(self.notice, model.notice, self._language)
        cancel = QCoreApplication.translate("Manager", "Stop") if model.busy else ""
        self._cancel.set_label(cancel or QCoreApplication.translate("Manager", "Cancel"))
        self._cancel.setVisible(model.file is None)
        done = QCoreApplication.translate("Manager", "Done")
        self.start.set_label(QCoreApplication.translate("Manager", "Export") if model.file is None else done)
        self.start.set_busy(busy=model.busy, word=QCoreApplication.translate("Manager", "Writing"))
