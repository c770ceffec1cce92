"""Asks before anything is lost: one sentence, the safe answer on Enter, the other in red words."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.ui.kit import Colour, Ink, Look, PrimaryAction, QuietButton, Role, Sheet, Text

_SIZE = QSize(560, 232)
_OUTDENT = -16
"""The red words begin where the title does; their ground reaches out beyond."""


class QuestionSheet(Sheet):
    """``ask`` shows it; Esc and the safe button leave everything as it was, Del is the other answer."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, "", _SIZE)
        self._then: Callable[[], None] | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._yes = QuietButton(look, "", key="Del", danger=True)
        self._yes.set_height(64)
        self._no = PrimaryAction(look, "")
        self._no.put_in_sheet()
        buttons = QHBoxLayout()
        buttons.addSpacing(_OUTDENT)
        buttons.addWidget(self._yes)
        buttons.addStretch(1)
        buttons.addWidget(self._no)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(24, 20, 24, 20)
        rows.addWidget(self._title)
        rows.addWidget(self._words)
        rows.addStretch(1)
        rows.addLayout(buttons)
        self._yes.clicked.connect(self._agree)
        self._no.clicked.connect(self.close_sheet)
        self.entered.connect(self.close_sheet)
        self.dismissed.connect(self.close_sheet)

    def ask(self, title: str, words: str, yes: str, then: Callable[[], None], *, no: str = "") -> None:
        """Asks; ``then`` is called only when the answer is ``yes``, the verb of what would be lost."""
        self._then = then
        self._title.setText(title)
        self._words.setText(words)
        self._yes.set_label(yes)
        self._no.set_label(no or QCoreApplication.translate("Question", "Leave it"))
        self.setAccessibleName(f"{title} {words}")
        self.open_sheet(self._no)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():
            self._yes.click()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        then, self._then = self._then, None
        self.close_sheet()
        if then is not None:
            then()
