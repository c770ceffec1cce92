"""The demo's customer phone: a small window of its own that shows the messages sent to customers as they come.

A shop has no such window; the demo has one because nobody's real phone gets its messages. It never takes the focus
from the till: a cashier goes on typing while a code arrives.
"""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tukar.ui.kit import Colour, Edge, Ink, Look, Plane, Role, Text, follow, painting
from tukar.ui.translations import Language

_SIZE: Final = QSize(340, 560)
_KEPT: Final = 20
_PAD: Final = 14


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """A message as the phone shows it; ``to`` is masked. The text holds a code, so it is in no ``repr``."""

    to: str
    text: str = field(repr=False)


class PhoneWindow(QWidget):
    """Messages from the oldest to the newest; the last one is always in sight."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.WindowDoesNotAcceptFocus | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._look = look
        self._bubbles: list[_Bubble] = []
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(_SIZE)
        ground = Plane(look)
        self._title = Text(look, "", Ink(Role.STRONG))
        self._empty = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = Plane(look)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 8, 8, 8)
        self._rows.setSpacing(12)
        self._rows.addStretch(1)
        self._scroll.setWidget(self._list)
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(16, 16, 8, 8)
        rows.addWidget(self._title)
        rows.addWidget(self._empty)
        rows.addWidget(self._scroll, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._to_end)
        language.changed.connect(self._renew)
        self._renew()

    @property
    def texts(self) -> tuple[str, ...]:
        """What can be read on it, oldest first."""
        return tuple(bubble.text for bubble in self._bubbles)

    def receive(self, message: PhoneMessage) -> None:
        """Another message came."""
        bubble = _Bubble(self._look, message)
        self._bubbles.append(bubble)
        self._rows.addWidget(bubble)
        if len(self._bubbles) > _KEPT:
            self._bubbles.pop(0).deleteLater()
        self._renew()

    def _renew(self) -> None:
        title = QCoreApplication.translate("Phone", "The customer's phone")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._title.setText(title)
        self._empty.setText(QCoreApplication.translate("Phone", "Codes that the till sends arrive here."))
        self._empty.setVisible(not self._bubbles)

    def _to_end(self, _least: int, most: int) -> None:
        self._scroll.verticalScrollBar().setValue(most)


class _Bubble(QWidget):
    """One message on a ground of its own."""

    def __init__(self, look: Look, message: PhoneMessage) -> None:
        super().__init__()
        self._look = look
        self.text = message.text
        self.setAccessibleName(message.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_PAD, 10, _PAD, 12)
        rows.setSpacing(2)
        rows.addWidget(Text(look, message.to, Ink(Role.CAPTION, Colour.INK_2)))
        rows.addWidget(Text(look, message.text, Ink(Role.BODY), wrap=True))
        follow(self, look)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            theme = brush.theme
            edge = Edge(Colour.EDGE, theme.strokes.key) if theme.contrast else None
            brush.rr(QRectF(self.rect()), theme.radius.card, Colour.PLANE, edge)
