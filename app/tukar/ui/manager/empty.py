"""What stands where nothing is to be shown: a sign, a short word, and what it means."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tukar.ui.kit import CENTRE, Colour, Icon, Ink, Look, Role, Text, follow, painting

_DISC = 72
_WIDEST = 520


class _Sign(QWidget):
    """An icon on a quiet disc."""

    def __init__(self, look: Look, icon: Icon) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setFixedSize(_DISC, _DISC)
        follow(self, look)

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            rect = QRectF(self.rect())
            brush.disc(QPointF(rect.center()), _DISC / 2, Colour.SELECT)
            brush.icon(self._icon, rect.center().x() - 16, rect.center().y(), 32, Colour.INK)


class Empty(QWidget):
    """Centred in its room; ``say`` gives it words."""

    def __init__(self, look: Look, icon: Icon) -> None:
        super().__init__()
        self._title = Text(look, "", Ink(Role.TITLE, align=CENTRE))
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2, CENTRE), wrap=True)
        self._words.setMaximumWidth(_WIDEST)
        self._words.setMinimumWidth(320)
        rows = QVBoxLayout(self)
        rows.setSpacing(4)
        rows.addStretch(2)
        rows.addWidget(_Sign(look, icon), 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(12)
        rows.addWidget(self._title)
        rows.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)

    def say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(f"{title} {words}")
