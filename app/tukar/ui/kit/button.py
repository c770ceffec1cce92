"""What every button of the till shares: ground by state, focus ring, edge in high contrast, waiting ring."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.motion import ColourEase, Turning
from tukar.ui.kit.paint import Brush, Edge, painting
from tukar.ui.kit.tokens import Colour

GAP_IN_RING = 2


@dataclass(frozen=True)
class Skin:
    """The colours of one state; ``fill`` None means no ground, ``cap`` is the edge of the printed key."""

    fill: Colour | None
    ink: Colour = Colour.INK
    edge: Edge | None = None
    second: Colour = Colour.INK_2
    cap: Colour = Colour.EDGE


class KitButton(QAbstractButton):
    """A button that paints itself from the theme.

    A click never takes the focus from the field somebody types in; Tab reaches the button, Space presses it. Enter is
    left to the window: it belongs to the one green button (visual.md, Principles 1). The accessible name is the label
    and the printed key.
    """

    def __init__(self, look: Look, label: str, *, key: str = "", icon: Icon | None = None) -> None:
        super().__init__()
        self.look = look
        self._label = label
        self._key = key
        self._icon = icon
        self._busy = False
        self._word = ""
        self._waiting = False
        self._height: int | None = None
        self._ease = ColourEase(self)
        self._turning = Turning(self, look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._show_waiting)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._name()
        follow(self, look)

    @property
    def label(self) -> str:
        return self._label

    @property
    def key(self) -> str:
        return self._key

    @property
    def picture(self) -> Icon | None:
        return self._icon

    @property
    def waiting(self) -> bool:
        """Whether the waiting ring is shown."""
        return self._waiting

    def set_label(self, label: str) -> None:
        """Says another word; the same word again costs no painting."""
        if label != self._label:
            self._label = label
            self._renew()

    def set_key(self, key: str) -> None:
        """Print another key (keys can be re-mapped); the window binds it."""
        if key != self._key:
            self._key = key
            self._renew()

    def set_picture(self, icon: Icon | None) -> None:
        if icon is not self._icon:
            self._icon = icon
            self._renew()

    def set_busy(self, *, busy: bool, word: str = "") -> None:
        """Wait: presses do nothing from now on, and the ring appears when it takes longer than the tokens allow.

        ``word`` then stands in for the label ("Waiting"); in reduced motion it also stands in for the ring.
        """
        if (busy, word) == (self._busy, self._word):
            return
        self._busy, self._word = busy, word
        if busy:
            self._patience.start(self.look.motion.busy_after)
        else:
            self._patience.stop()
            self._waiting = False
            self._turning.stop()
        self._name()
        self.update()

    @property
    def busy(self) -> bool:
        return self._busy

    def set_height(self, height: int | None) -> None:
        """Fix the height in logical pixels; None returns to the design's own."""
        if height != self._height:
            self._height = height
            self._renew()

    @property
    def shown(self) -> str:
        """The words on the button: its label, or what it says while it waits."""
        return self._word if self._waiting and self._word else self._label

    @property
    def ring_shown(self) -> bool:
        """Whether the waiting ring stands before the words."""
        return self._waiting and not (self.look.motion.reduced and self._word)

    def restyle(self) -> None:
        """Take the new colours at once; turn or stand still as the wish for reduced motion says."""
        self._ease.forget()
        if self._waiting:
            self._turning.start()

    def spoken(self) -> str:
        """Return the accessible name."""
        return ", ".join(part for part in (self._label, self._key) if part)

    def skin(self) -> Skin:
        """Return the colours of the present state; subclasses differ here."""
        return neutral_skin(self)

    def paint_content(self, brush: Brush, rect: QRectF, skin: Skin) -> None:
        """Draw what is on the ground."""
        raise NotImplementedError

    def content_size(self) -> QSize:
        """Return the least size that shows everything."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        size = self.content_size()
        return size if self._height is None else QSize(size.width(), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        if not self._busy:
            super().nextCheckState()

    def hitButton(self, pos: object) -> bool:
        return not self._busy and super().hitButton(pos)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or (self._busy and event.key() == Qt.Key.Key_Space):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self.look) as brush:
            skin = self.skin()
            rect = QRectF(self.rect())
            ground = rect
            radius = float(self.radius())
            if self.hasFocus():
                ring = draw_focus(brush, rect, radius)
                ground = rect.adjusted(ring, ring, -ring, -ring)
                radius = max(radius - ring, 2.0)
                skin = replace(skin, edge=None) if self.look.theme.contrast else skin
            self._paint_ground(brush, ground, radius, skin)
            self.paint_content(brush, rect, skin)

    def radius(self) -> int:
        return self.look.theme.radius.key

    @property
    def angle(self) -> float:
        """The waiting ring's angle in degrees."""
        return self._turning.angle

    def _paint_ground(self, brush: Brush, rect: QRectF, radius: float, skin: Skin) -> None:
        fill = None
        if skin.fill is not None:
            length = self.look.motion.press if self.isDown() else self.look.motion.state
            fill = self._ease.toward(self.look.theme.colour(skin.fill), length)
        if fill is not None or skin.edge is not None:
            brush.rr(rect, radius, fill, skin.edge)

    def _show_waiting(self) -> None:
        self._waiting = True
        self._turning.start()
        self.update()

    def _renew(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self.spoken())


def draw_focus(brush: Brush, rect: QRectF, radius: float) -> float:
    """Draw the focus ring inside ``rect``; return how far what it surrounds stays away from the edge."""
    width = brush.theme.strokes.focus
    brush.rr(rect, radius, None, Edge(Colour.FOCUS, width))
    return width + GAP_IN_RING


def neutral_skin(button: KitButton) -> Skin:
    """Return the colours of a neutral button; in high contrast it has an edge, dashed when it is off."""
    theme = button.look.theme
    stroke = theme.strokes.key
    if not button.isEnabled():
        edge = Edge(Colour.ON_OFF, stroke, dashed=True) if stroke else None
        return Skin(Colour.OFF, Colour.ON_OFF, edge, Colour.ON_OFF, Colour.ON_OFF)
    edge = Edge(Colour.EDGE, stroke) if stroke else None
    return Skin(ground_of(button, Colour.KEY, Colour.KEY_HOVER, Colour.KEY_PRESS), edge=edge)


def ground_of(button: KitButton, rest: Colour, hover: Colour, press: Colour) -> Colour:
    """Choose by state; while it waits a button answers to nothing."""
    if button.busy:
        return rest
    if button.isDown():
        return press
    return hover if button.underMouse() else rest
