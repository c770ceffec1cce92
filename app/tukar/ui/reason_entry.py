"""Why something is done by hand: a field to type it in, and the usual reasons to touch instead."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.ui.kit import Choice, Field, Look

REASON_LETTERS: Final = 80
_USUAL: Final = 3


class ReasonEntry(QWidget):
    """A part of a sheet: ``field`` above ``choices``. ``given`` has the whole reason, typed or touched."""

    given = Signal(str)

    def __init__(self, look: Look, *, spacing: int = 8) -> None:
        super().__init__()
        self.field = Field(look, "")
        self.field.line.setMaxLength(REASON_LETTERS)
        self.choices = [Choice(look, "") for _ in range(_USUAL)]
        self._words: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(look.theme.touch.gap)
        for place, choice in enumerate(self.choices):
            self._group.addButton(choice)
            side_by_side.addWidget(choice, 1)
            choice.clicked.connect(partial(self.choose, place))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(spacing)
        rows.addWidget(self.field)
        rows.addLayout(side_by_side)
        self.field.edited.connect(self.given)

    def offer(self, label: str, words: tuple[str, ...], *, numbered: bool = False) -> None:
        """Name the field and the usual reasons; ``numbered`` ones print the figure that chooses them."""
        self._words = words
        self.field.set_words(label, label)
        for place, (choice, word) in enumerate(zip(self.choices, words, strict=True), start=1):
            choice.set_label(f"{place}  {word}" if numbered else word)

    def show_reason(self, reason: str) -> None:
        if reason != self.field.text():
            self.field.set_text(reason)
        # One that was typed over is nobody's choice any more.
        self._group.setExclusive(False)
        for choice, word in zip(self.choices, self._words, strict=True):
            choice.setChecked(word == reason)

    def choose(self, place: int) -> None:
        """Give the usual reason at ``place``, as a touch on it does."""
        self.field.set_text(self._words[place])
        self.given.emit(self._words[place])
