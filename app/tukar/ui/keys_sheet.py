"""Every key of the till on one sheet, each to be given another one; and what the shop's scanner was measured at."""

from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.key_settings import KeySettingsModel
from tukar.till.keys import Command
from tukar.ui.kit import (
    Colour,
    Figure,
    Icon,
    Ink,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    QuietButton,
    Role,
    Sheet,
    Text,
    Tone,
)
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_SIZE: Final = QSize(960, 704)
_COLUMNS: Final = 2
_SIDE: Final = 300
_LEAST: Final = 4
_OUTDENT: Final = -16
"""The words without a ground begin where the title does; their ground reaches out beyond."""
_PAUSE_MS: Final = 400.0
"""Keys further apart than this are not one code, whoever types."""


class KeysSheet(Sheet):
    """The view of ``till.key_settings.KeySettings``. A touched command waits for its new key."""

    changing = Signal(Command)
    pressed = Signal(str)
    reset_requested = Signal()
    measured = Signal(int, float)
    suggestion_taken = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = KeySettingsModel()
        self._typed: list[float] = []
        self._through = self.through
        self._title = Text(look, "", Ink(Role.TITLE))
        self._what = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.buttons = {command: NeutralButton(look, "", key="") for command in Command}
        self._others = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self._scanner = Text(look, "", Ink(Role.STRONG))
        self._scanner.set_icon(Icon.SCAN)
        self._scan_words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self.figure = Figure(look, "", Ink(Role.FIGURE))
        self.use = NeutralButton(look, "")
        self._notice = NoticeStrip(look)
        self.reset = QuietButton(look, "", icon=Icon.UNDO)
        self.reset.set_height(64)
        self.done = PrimaryAction(look, "")
        self.done.put_in_sheet()
        self._lay_out()
        for command, button in self.buttons.items():
            button.clicked.connect(partial(self.changing.emit, command))
        self.use.clicked.connect(self.suggestion_taken)
        self.reset.clicked.connect(self.reset_requested)
        self.done.clicked.connect(self.closed)
        self.entered.connect(self.closed)
        self.dismissed.connect(self.closed)
        language.changed.connect(self._renew)

    def show_keys(self, model: KeySettingsModel) -> None:
        before, self._model = self._model, model
        # While a key is waited for, also full screen and lock may be it.
        self.through = frozenset() if model.waiting is not None else self._through
        if not model.is_open:
            if before.is_open:
                self.close_sheet()
            return
        self._renew()
        if not before.is_open:
            self._typed.clear()
            self.open_sheet(self)
        elif model.waiting is not None:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._model.waiting is not None and event.key() != Qt.Key.Key_Escape:
            self.pressed.emit(_name(event))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(self._typed) >= _LEAST:
            self._tell_measure()
        elif event.text().isprintable() and event.text():
            self._measure(float(event.timestamp()))
        else:
            super().keyPressEvent(event)

    def _measure(self, at: float) -> None:
        if self._typed and at - self._typed[-1] > _PAUSE_MS:
            self._typed.clear()
        self._typed.append(at)

    def _tell_measure(self) -> None:
        typed, self._typed = self._typed, []
        slowest = max(later - earlier for earlier, later in pairwise(typed))
        self.measured.emit(len(typed), slowest)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(self.look.theme.touch.gap)
        for place, button in enumerate(self.buttons.values()):
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(grid)
        left.addWidget(self._others)
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        for part in (self._scanner, self._scan_words, self.figure, self.use):
            right.addWidget(part)
        right.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(left, 1)
        middle.addWidget(side)
        foot = QHBoxLayout()
        foot.addSpacing(_OUTDENT)
        foot.addWidget(self.reset)
        foot.addStretch(1)
        foot.addWidget(self.done)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(10)
        rows.addWidget(self._title)
        rows.addWidget(self._what)
        rows.addLayout(middle, 1)
        rows.addWidget(self._notice)
        rows.addLayout(foot)

    def _renew(self) -> None:
        model = self._model
        if not model.is_open:
            return
        self._title.setText(QCoreApplication.translate("Keys", "Keys and scanner"))
        self.setAccessibleName(self._title.text())
        self._what.setText(QCoreApplication.translate("Keys", "Touch one to give it another key."))
        for command, button in self.buttons.items():
            button.set_label(selling.command(command))
            button.set_key("…" if command is model.waiting else model.keys[command])
        always = QCoreApplication.translate("Keys", "Always: Enter goes on, Esc goes back, arrows choose.")
        bill = QCoreApplication.translate(
            "Keys", "On the bill: + − quantity, * the line, Ctrl+N note, Del void, Ctrl+Z undo."
        )
        typed = QCoreApplication.translate("Keys", "Before an item: 3* takes three of it, ? asks its price.")
        outside = QCoreApplication.translate("Keys", "Before signing in: Ctrl+T practises, F2 calls the manager.")
        sheets = QCoreApplication.translate("Keys", "The keys of a sheet stand on its buttons.")
        self._others.setText(f"{always} {bill} {typed} {outside} {sheets}")
        self._write_scanner()
        self._tell()
        self.reset.set_label(QCoreApplication.translate("Keys", "As delivered"))
        self.done.set_label(QCoreApplication.translate("Settings", "Done"))

    def _write_scanner(self) -> None:
        model = self._model
        self._scanner.setText(QCoreApplication.translate("Keys", "Scanner"))
        measure = model.measure
        gap = self._language.format.number(model.gap_ms)
        if measure is None:
            words = QCoreApplication.translate("Keys", "Scan any code now. Keys up to {gap} ms apart count as a scan.")
        elif model.is_told_apart:
            words = QCoreApplication.translate("Keys", "{keys} keys. This scanner is told from hands at {gap} ms.")
        elif model.suggested is not None:
            words = QCoreApplication.translate("Keys", "{keys} keys. Too slow for {gap} ms: choose the longer pause.")
        else:
            words = QCoreApplication.translate(
                "Keys", "{keys} keys. Slow as a hand: give the scanner a prefix, or a faster pace in its own book."
            )
        count = "" if measure is None else self._language.format.number(measure.keys)
        self._scan_words.setText(words.format(gap=gap, keys=count))
        self.figure.set_figure(
            "" if measure is None else f"{self._language.format.number(round(measure.slowest_ms))} ms"
        )
        self.figure.setVisible(measure is not None)
        use = QCoreApplication.translate("Keys", "Use {gap} ms")
        self.use.set_label(use.format(gap=model.suggested or ""))
        self.use.setVisible(model.suggested is not None)

    def _tell(self) -> None:
        model, tone, words = self._model, Tone.CALM, ""
        if model.taken_by is not None:
            tone = Tone.WARN
            words = QCoreApplication.translate("Keys", "{command} has that key. Press another one, or Esc.").format(
                command=selling.command(model.taken_by)
            )
        elif model.unfit:
            tone = Tone.WARN
            words = QCoreApplication.translate(
                "Keys", "That key is needed elsewhere. Press an F key, or Ctrl and a letter."
            )
        elif model.waiting is not None:
            words = QCoreApplication.translate("Keys", "Press the new key for {command}, or Esc.").format(
                command=selling.command(model.waiting)
            )
        elif model.changed:
            words = QCoreApplication.translate("Keys", "It counts from the next start of the till.")
        self._notice.show_notice(tone, words, icon=Icon.ALERT if tone is Tone.WARN else None)


def _name(event: QKeyEvent) -> str:
    """The key as settings write it: ``F9``, ``Ctrl+B``."""
    kept = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return QKeySequence(QKeyCombination(kept, Qt.Key(event.key()))).toString()
