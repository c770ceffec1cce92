"""Secret digits: six boxes for a one-time code, six dots for a PIN; both are real line edits to a screen reader."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy

from tukar.ui.kit.field import digits_of
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import CENTRE, Brush, Edge, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_BOX_HEIGHT = 64
_BOX_MOST, _BOX_LEAST = 72, 48
_GAP, _MIDDLE_GAP = 8, 16
_WRONG_EDGE, _ACTIVE_EDGE = 2.5, 3.0
_DOT, _DOT_PITCH, _DOT_EDGE = 18, 38, 1.5


class DigitLine(QLineEdit):
    """A line edit for ``length`` digits that is painted by its subclass.

    ``edited`` carries the digits after each change by the user, ``completed`` those of a full line. After
    ``set_wrong`` the next key starts anew. Nothing else than digits ever gets in.
    """

    edited = Signal(str)
    completed = Signal(str)

    def __init__(self, look: Look, name: str, length: int = 6) -> None:
        super().__init__()
        self.look = look
        self.length = length
        self._wrong = False
        self.setObjectName("bare")
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setMaxLength(length)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._repaint)
        follow(self, look)

    @property
    def digits(self) -> str:
        return self.text()

    @property
    def wrong(self) -> bool:
        return self._wrong

    def set_wrong(self, *, wrong: bool) -> None:
        """Show that the digits were refused."""
        self._wrong = wrong
        self.update()

    def type_digits(self, digits: str) -> None:
        """Append digits from the keyboard, the clipboard or the keypad; more than fit are dropped."""
        kept = "" if self._wrong else self.text()
        fits = digits[: self.length - len(kept)]
        if fits:
            self._say(kept + fits)

    def erase(self) -> None:
        """Take back the last digit; of refused ones, all."""
        if self.text():
            self._say("" if self._wrong else self.text()[:-1])

    def clear_digits(self) -> None:
        """Empty the line as the user would."""
        if self.text():
            self._say("")

    def reset(self) -> None:
        """Empty the line without a signal."""
        self._wrong = False
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "0123456789":
            self.type_digits(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_digits()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.type_digits(digits_of(QApplication.clipboard().text()))
        else:
            event.ignore()

    def _say(self, digits: str) -> None:
        self._wrong = False
        self.setText(digits)
        self.edited.emit(digits)
        if len(digits) == self.length:
            self.completed.emit(digits)

    def _repaint(self, _text: str) -> None:
        self.update()


class CodeBoxes(DigitLine):
    """The boxes of a one-time code: 48 to 72 wide, 64 high, a wider gap in the middle."""

    def sizeHint(self) -> QSize:
        return QSize(self._whole(_BOX_MOST), _BOX_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._whole(_BOX_LEAST), _BOX_HEIGHT)

    def boxes(self) -> list[QRectF]:
        """Return the boxes from left to right."""
        free = self.width() - self._whole(0)
        width = float(min(_BOX_MOST, max(free // self.length, 1)))
        found: list[QRectF] = []
        left = 0.0
        for place in range(self.length):
            left += (_MIDDLE_GAP - _GAP) if place == self.length // 2 else 0
            found.append(QRectF(left, (self.height() - _BOX_HEIGHT) / 2, width, _BOX_HEIGHT))
            left += width + _GAP
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self.look) as brush:
            active = len(self.text()) if self.hasFocus() and self.isEnabled() else -1
            for place, box in enumerate(self.boxes()):
                digit = self.text()[place] if place < len(self.text()) else ""
                self._paint_box(brush, box, digit, active=place == active)

    def _paint_box(self, brush: Brush, box: QRectF, digit: str, *, active: bool) -> None:
        theme = brush.theme
        ink = Colour.DANGER if self._wrong else Colour.INK
        edge: Edge | None = Edge(Colour.EDGE, theme.strokes.field)
        fill = Colour.PLANE
        if not self.isEnabled():
            fill, ink = Colour.OFF, Colour.ON_OFF
            edge = Edge(Colour.ON_OFF, theme.strokes.key, dashed=True) if theme.contrast else None
        elif self._wrong:
            edge = Edge(Colour.DANGER, _WRONG_EDGE)
        elif active:
            edge = Edge(Colour.ACCENT, max(_ACTIVE_EDGE, theme.strokes.focus))
        brush.rr(box, theme.radius.field, fill, edge)
        brush.write(box, digit, Ink(Role.FIGURE, ink, CENTRE))
        if active and not digit:
            brush.fill(QRectF(round(box.center().x()), box.center().y() - 15, 2, 30), Colour.INK)

    def _whole(self, width: int) -> int:
        return self.length * width + (self.length - 2) * _GAP + _MIDDLE_GAP


class PinDots(DigitLine):
    """The dots of a PIN: filled for what was typed, never the digits."""

    def __init__(self, look: Look, name: str, length: int = 6) -> None:
        super().__init__(look, name, length)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def sizeHint(self) -> QSize:
        return QSize(self.length * _DOT_PITCH, self.look.theme.touch.min)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self.look) as brush:
            strokes = brush.theme.strokes
            if self.isEnabled():
                ink, edge = (Colour.DANGER, Colour.DANGER) if self._wrong else (Colour.INK, Colour.EDGE)
            else:
                ink, edge = Colour.ON_OFF, Colour.ON_OFF
            left = (self.width() - (self.length - 1) * _DOT_PITCH) / 2
            for place in range(self.length):
                centre = QPointF(left + place * _DOT_PITCH, self.height() / 2)
                filled = place < len(self.text())
                ring = None if filled else Edge(edge, max(_DOT_EDGE, strokes.field))
                brush.disc(centre, _DOT / 2, ink if filled else None, ring)
            if self.hasFocus():
                width = self.length * _DOT_PITCH
                foot = QRectF((self.width() - width) / 2, self.height() - 3, width, 2)
                brush.fill(foot, Colour.FOCUS)
