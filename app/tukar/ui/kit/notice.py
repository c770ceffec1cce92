"""A strip with one sentence where the cashier looks: what happened and what to do."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tukar.ui.kit.button import KitButton
from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import Edge, Ink, painting
from tukar.ui.kit.text import Text
from tukar.ui.kit.tokens import Colour, Role

_PAD, _ICON, _ICON_GAP = 16, 20, 12
_EDGE = 2.0


class Tone(StrEnum):
    """How much a notice presses."""

    CALM = "calm"
    WARN = "warn"
    DANGER = "danger"


_GROUND = {Tone.CALM: Colour.SELECT, Tone.WARN: Colour.WARN_TINT, Tone.DANGER: Colour.DANGER_TINT}
_SIGN = {Tone.CALM: Colour.INK_2, Tone.WARN: Colour.WARN, Tone.DANGER: Colour.DANGER}
_EDGES = {Tone.CALM: Colour.EDGE, Tone.WARN: Colour.WARN, Tone.DANGER: Colour.DANGER}
_ICONS = {Tone.CALM: Icon.INFO, Tone.WARN: Icon.CLOCK_ALERT, Tone.DANGER: Icon.ALERT}


class NoticeStrip(QWidget):
    """Icon and sentence on a tinted ground, at least 56 px high; it grows with the sentence and hides without one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tone = Tone.CALM
        self._icon = Icon.INFO
        self._button: KitButton | None = None
        self._words = Text(look, "", Ink(Role.BODY), wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_PAD + _ICON + _ICON_GAP, 12, _PAD, 12)
        self._row.setSpacing(_PAD)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(look.theme.touch.key)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        follow(self, look)

    @property
    def sentence(self) -> str:
        return self._words.text()

    @property
    def tone(self) -> Tone:
        return self._tone

    def show_notice(self, tone: Tone, sentence: str, *, icon: Icon | None = None) -> None:
        """Show a sentence; a screen reader is told. An empty one hides the strip."""
        self._tone = tone
        self._icon = icon or _ICONS[tone]
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self.update()
        if sentence:
            from PySide6.QtGui import QAccessible, QAccessibleEvent  # nothing is said in the first picture

            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_button(self, button: KitButton | None) -> None:
        """Put at most one button at the right; the strip owns it from now on."""
        if self._button is not None:
            self._row.removeWidget(self._button)
            self._button.deleteLater()
        self._button = button
        self._row.setContentsMargins(_PAD + _ICON + _ICON_GAP, 12, _PAD, 12)
        if button is not None:
            self._row.setContentsMargins(_PAD + _ICON + _ICON_GAP, 4, 8, 4)
            button.set_height(self._look.theme.touch.min)
            self._row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            theme = brush.theme
            rect = QRectF(self.rect())
            edge = Edge(_EDGES[self._tone], _EDGE) if theme.contrast else None
            brush.rr(rect, theme.radius.key, _GROUND[self._tone], edge)
            middle = self._words.y() + theme.line(Role.BODY) / 2
            if self._words.height() <= theme.line(Role.BODY):
                middle = rect.center().y()
            brush.icon(self._icon, _PAD, middle, _ICON, _SIGN[self._tone])
