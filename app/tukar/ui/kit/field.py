"""Fields to type into: one for words, one for an amount of money."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.keycap import cap_width, draw_cap
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import RIGHT, Brush, Edge, Ink, painting
from tukar.ui.kit.text import FIGURE_STEPS
from tukar.ui.kit.tokens import Colour, Role

_PAD = 16
_ICON_GAP = 14
_UNIT_GAP = 6
_WRONG_EDGE = 2.5
_SENTENCE_GAP = 4
_AMOUNT_HEIGHT = 80
_OWN_MARGIN = 2  # what QLineEdit leaves free at both sides
_DIGITS = 12


class _Boxed(QWidget):
    """A box around a line edit: edge by state, and what is wrong in a sentence below."""

    def __init__(self, look: Look, name: str, line: QLineEdit) -> None:
        super().__init__()
        self.look = look
        self._wrong = ""
        self._next = False
        self.line = line
        line.setParent(self)
        line.setObjectName("bare")
        line.setFrame(False)
        line.setAccessibleName(name)
        line.installEventFilter(self)
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusProxy(line)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, look)

    def set_wrong(self, sentence: str) -> None:
        """Say below the field what is wrong and what to do; empty when nothing is."""
        self._wrong = sentence
        self.line.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.restyle()
        self.update()

    def set_next(self, *, is_next: bool) -> None:
        """Be what has to be filled next: a green edge."""
        self._next = is_next
        self.update()

    def box_height(self) -> int:
        """Return the height of the box alone."""
        raise NotImplementedError

    def box(self) -> QRectF:
        """Where the box is; the rest below belongs to the sentence."""
        return QRectF(0, 0, self.width(), self.height() - self._below())

    def line_rect(self) -> QRect:
        """Where the typed text goes."""
        raise NotImplementedError

    def between(self, left: int, right: int) -> QRect:
        """Return the place of the typed text that leaves ``left`` and ``right`` px of the box free."""
        width = self.width() - left - right + 2 * _OWN_MARGIN
        return QRect(left - _OWN_MARGIN, 4, max(width, 0), round(self.box().height()) - 8)

    def role(self) -> Role:
        raise NotImplementedError

    def paint_box(self, brush: Brush, rect: QRectF) -> None:
        """Draw what stands around the typed text."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Give the line edit the font, colours and place of the present look."""
        theme = self.look.theme
        self.line.setFont(theme.font(self.role()))
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        self.line.setPalette(palette)
        self.line.setGeometry(self.line_rect())

    def sizeHint(self) -> QSize:
        return QSize(240, self.box_height() + self._below())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self.look) as brush:
            box = self.box()
            fill = Colour.PLANE if self.isEnabled() else Colour.OFF
            brush.rr(box, brush.theme.radius.field, fill, self._edge())
            self.paint_box(brush, box)
            if self._wrong:
                line = QRectF(0, box.bottom() + _SENTENCE_GAP, box.width(), brush.theme.line(Role.CAPTION))
                brush.write(line, self._wrong, Ink(Role.CAPTION, Colour.DANGER))

    def _below(self) -> int:
        return _SENTENCE_GAP + self.look.theme.line(Role.CAPTION) if self._wrong else 0

    def _edge(self) -> Edge | None:
        strokes = self.look.theme.strokes
        if not self.isEnabled():
            return Edge(Colour.ON_OFF, strokes.field) if self.look.theme.contrast else None
        if self._wrong:
            return Edge(Colour.DANGER, max(_WRONG_EDGE, strokes.field))
        if self._next:
            return Edge(Colour.ACCENT, strokes.focus)
        if self.line.hasFocus():
            return Edge(Colour.FOCUS, strokes.focus)
        return Edge(Colour.INK if self.underMouse() else Colour.EDGE, strokes.field)


class _WordsEdit(QLineEdit):
    """A line edit that leaves the arrows to the window while there is nothing to move through."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Field(_Boxed):
    """A line of words: icon left, printed key right, 56 px high (64 in wide).

    ``edited`` carries the text after each change by the user. Enter is left to the window. ``line`` is the real
    QLineEdit (cursor, validators, event filters).
    """

    edited = Signal(str)

    def __init__(
        self, look: Look, name: str, *, placeholder: str = "", icon: Icon | None = None, key: str = ""
    ) -> None:
        self._icon = icon
        self._key = key
        self._unit = ""
        super().__init__(look, name, _WordsEdit())
        self.line.setPlaceholderText(placeholder)
        self.line.textEdited.connect(self.edited)
        self._speak(name)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def set_words(self, name: str, placeholder: str) -> None:
        """Change the language."""
        self.line.setPlaceholderText(placeholder)
        self._speak(name)

    def set_key(self, key: str) -> None:
        self._key = key
        self.restyle()
        self.update()

    def set_unit(self, unit: str) -> None:
        """Say what the figure in the field counts: ``%``, ``kg``. A figure stands at the right, before its unit."""
        self._unit = unit
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight if unit else Qt.AlignmentFlag.AlignLeft)
        self.restyle()
        self.update()

    def box_height(self) -> int:
        return self.look.theme.layout.search

    def role(self) -> Role:
        return Role.NAME

    def line_rect(self) -> QRect:
        theme = self.look.theme
        left = _PAD + (theme.layout.icon + _ICON_GAP if self._icon is not None else 0)
        right = _PAD + (round(cap_width(theme, self._key)) + 8 if self._key else 0)
        right += round(theme.width(self.role(), self._unit)) + _UNIT_GAP if self._unit else 0
        return self.between(left, right)

    def paint_box(self, brush: Brush, rect: QRectF) -> None:
        ink = Colour.INK_2 if self.isEnabled() else Colour.ON_OFF
        if self._icon is not None:
            brush.icon(self._icon, rect.x() + _PAD, rect.center().y(), brush.theme.layout.icon, ink)
        if self._unit:
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            brush.write(inner, self._unit, Ink(self.role(), Colour.INK_3, RIGHT))
        if self._key:
            edge = Colour.EDGE if self.isEnabled() else Colour.ON_OFF
            draw_cap(brush, rect.right() - _PAD, rect.center().y(), self._key, (edge, ink))

    def _speak(self, name: str) -> None:
        self.line.setAccessibleName(f"{name}, {self._key}" if self._key else name)


class _DigitsEdit(QLineEdit):
    """A line edit that hands digits, erasing and pasting to its field and everything else to the window."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.deselect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "0123456789":
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.typed.emit(digits_of(QApplication.clipboard().text()))
        else:
            event.ignore()


class AmountField(_Boxed):
    """An amount of money, 80 px high: the sign left, the digits right.

    It holds a row of digits in the currency's minor unit; ``group`` turns them into what is shown ("100000" into
    "100.000"). ``changed`` carries the digits after each change by the user. A suggestion (``fresh``) is replaced by
    the first key.
    """

    changed = Signal(str)

    def __init__(self, look: Look, name: str, *, sign: str, group: Callable[[str], str]) -> None:
        self._sign = sign
        self._group = group
        self._digits = ""
        self._fresh = False
        edit = _DigitsEdit()
        super().__init__(look, name, edit)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        edit.typed.connect(self.type_digits)
        edit.erased.connect(self.erase)
        edit.cleared.connect(self.clear)

    @property
    def digits(self) -> str:
        return self._digits

    def set_digits(self, digits: str, *, fresh: bool = False) -> None:
        """Show an amount without emitting; a ``fresh`` one is replaced by the next key."""
        self._digits, self._fresh = digits, fresh
        text = self._group(digits) if digits else ""
        if text != self.line.text():
            self.line.setText(text)
            self.restyle()

    def restyle(self) -> None:
        """Set an amount that is too long in a smaller size: it is never cut."""
        super().restyle()
        theme = self.look.theme
        room = self.line_rect().width() - 2 * _OWN_MARGIN - 1
        for scale in FIGURE_STEPS:
            font = theme.font(Role.FIGURE, scale=scale)
            self.line.setFont(font)
            if QFontMetricsF(font).horizontalAdvance(self.line.text()) <= room:
                break

    def type_digits(self, digits: str) -> None:
        """Append what a key carries ("7", "000"), from the keyboard or the keypad."""
        kept = "" if self._fresh else self._digits
        text = (kept + digits).lstrip("0")
        if digits and len(text) <= _DIGITS:
            self._say(text)

    def erase(self) -> None:
        """Take back the last digit; of a fresh suggestion, all."""
        self._say("" if self._fresh else self._digits[:-1])

    def clear(self) -> None:
        self._say("")

    def box_height(self) -> int:
        return _AMOUNT_HEIGHT

    def role(self) -> Role:
        return Role.FIGURE

    def line_rect(self) -> QRect:
        theme = self.look.theme
        left = _PAD + round(theme.width(Role.FIGURE, self._sign)) + 4
        return self.between(left, _PAD)

    def paint_box(self, brush: Brush, rect: QRectF) -> None:
        box = rect.adjusted(_PAD, 0, -_PAD, 0)
        brush.write(box, self._sign, Ink(Role.FIGURE, Colour.INK_3 if self.isEnabled() else Colour.ON_OFF))

    def _say(self, digits: str) -> None:
        self.set_digits(digits)
        self.changed.emit(digits)


def digits_of(text: str) -> str:
    """Return the ASCII digits of a pasted text, however it was grouped."""
    return "".join(c for c in text if c in "0123456789")
