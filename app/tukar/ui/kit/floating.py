"""What floats inside the window: a card beside the work and a sheet over a scrim. Neither is a window of its own."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.paint import Brush, Edge, painting
from tukar.ui.kit.tokens import Colour, Elevation, Scheme

_RISE = 8
_CONTRAST_EDGE = 2.0
_SHEET_MARGIN = 16


class _Shade(QWidget):
    """The shadow of a floating thing: a sibling below it that lets every touch through and fades in with it."""

    def __init__(self, look: Look, over: QWidget, elevation: Elevation) -> None:
        super().__init__(over.parentWidget())
        self._look = look
        self._over = over
        self._elevation = elevation
        self._strength = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        follow(self, look)
        self.hide()

    def fade(self, strength: float) -> None:
        """Show this much of it, from 0 to 1."""
        self._strength = strength
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ZOrderChange):
            shade = self._look.theme.shades[self._elevation]
            around = self._over.geometry().adjusted(-shade.blur, -shade.blur, shade.blur, shade.blur)
            self.setGeometry(around.translated(0, shade.dy))
            self.setVisible(self._over.isVisible() and not self._look.theme.contrast)
            self.stackUnder(self._over)
        elif kind == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        if theme.contrast:
            return
        with painting(self, self._look) as brush:
            radius = theme.radius.card if self._elevation is Elevation.CARD else theme.radius.sheet
            shade = theme.shades[self._elevation]
            picture = self._look.shadows.picture(
                self._over.size(), radius, shade, theme.colour(Colour.SHADOW), self.devicePixelRatioF()
            )
            brush.painter.setOpacity(self._strength)
            brush.painter.drawPixmap(QPoint(0, 0), picture)


class Card(QWidget):
    """A card that floats over its parent and takes neither focus nor keys by appearing.

    ``rise_at`` shows it at a place of the parent, ``leave`` hides it. Lay the content out in it with its own margins.
    """

    def __init__(self, look: Look, parent: QWidget, name: str, elevation: Elevation = Elevation.CARD) -> None:
        super().__init__(parent)
        self.look = look
        self._elevation = elevation
        self.setAccessibleName(name)
        self._shade = _Shade(look, self, elevation)
        self._place = QRect()
        # There only while it rises: a widget with an effect, even a disabled one, repaints its whole parent when it is
        # shown or hidden.
        self._fade: QGraphicsOpacityEffect | None = None
        self._rise = QVariantAnimation(self)
        self._rise.setStartValue(0.0)
        self._rise.setEndValue(1.0)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rise.valueChanged.connect(self._step)
        self._rise.finished.connect(self._arrive)
        follow(self, look)
        self.hide()

    def rise_at(self, place: QRect) -> None:
        """Show the card at ``place`` in the parent's coordinates; it rises 8 px and fades in unless motion is reduced.

        It can be used from the first moment.
        """
        self._rise.stop()
        self._place = place
        length = self.look.motion.enter
        if length <= 0:
            self._arrive()
        else:
            self.setGeometry(place.translated(0, _RISE))
            self._fade = QGraphicsOpacityEffect(self)
            self.setGraphicsEffect(self._fade)
            self._step(0.0)
            self._rise.setDuration(length)
            self._rise.start()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Hide at once: what Enter would do must never be ahead of what is seen."""
        self._rise.stop()
        self._unfade()
        self.hide()

    def put_at(self, place: QRect) -> None:
        """Move at once, with the window that changed its size."""
        self._rise.stop()
        self._place = place
        self._arrive()

    def _step(self, share: float) -> None:
        if self._fade is not None:
            self._fade.setOpacity(share)
            self._shade.fade(share)
        self.move(self._place.x(), self._place.y() + round(_RISE * (1 - share)))

    def _arrive(self) -> None:
        self._unfade()
        self.setGeometry(self._place)

    def _unfade(self) -> None:
        if self._fade is not None:
            self._fade = None
            self._shade.fade(1.0)
            self.setGraphicsEffect(None)  # type: ignore[arg-type] # Qt's own way to take an effect off

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self.look) as brush:
            radius = brush.theme.radius.card if self._elevation is Elevation.CARD else brush.theme.radius.sheet
            draw_floating(brush, QRectF(self.rect()), radius)


def draw_floating(brush: Brush, rect: QRectF, radius: float) -> None:
    """Draw the ground of what floats: a thin line around it in dark, a strong one in high contrast."""
    theme = brush.theme
    edge = None
    if theme.contrast:
        edge = Edge(Colour.EDGE, _CONTRAST_EDGE)
    elif theme.scheme is Scheme.DARK:
        edge = Edge(Colour.KEY_PRESS, theme.strokes.hair)
    brush.rr(rect, radius, Colour.SHEET, edge)


class Sheet(QWidget):
    """A dialog inside the window: a scrim over everything and a panel in the middle.

    Put the content into ``panel``. ``open_sheet`` shows it and gives the focus to its first control (or ``first``);
    Tab stays inside; keys the controls do not want end here: Esc emits ``dismissed``, Enter ``entered``. The owner
    decides what either means and calls ``close_sheet``, which gives the focus back. Shortcuts of the window do not
    fire meanwhile, but for ``through`` (lock and full screen, say).
    """

    dismissed = Signal()
    entered = Signal()

    def __init__(self, look: Look, parent: QWidget, name: str, size: QSize) -> None:
        super().__init__(parent)
        self.look = look
        self.through: frozenset[Qt.Key] = frozenset({Qt.Key.Key_F11, Qt.Key.Key_F12})
        self._size = size
        self._before: QWidget | None = None
        self._is_open = False
        self.panel = Card(look, self, name, Elevation.SHEET)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parent.installEventFilter(self)
        follow(self, look)
        self.hide()

    def set_size(self, size: QSize) -> None:
        """Set the panel's size; in a smaller window it keeps 16 px from the edges."""
        self._size = size
        self._place()

    @property
    def is_open(self) -> bool:
        """Whether its owner wants it on the screen; a locked till hides it all the same."""
        return self._is_open

    def open_sheet(self, first: QWidget | None = None) -> None:
        self._is_open = True
        self._before = QApplication.focusWidget()
        self.setGeometry(self._over().rect())
        self.show()
        self.raise_()
        self.panel.rise_at(self._panel_rect())
        target = first or next(iter(self._stops()), self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        self._is_open = False
        self.panel.leave()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # Accepting the override keeps the window's shortcuts from firing under the scrim.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() not in self.through:
                event.accept()
                return True
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in self.through:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1
        # From outside the panel: in at the first or last stop.
        at = at + (1 if forward else -1) if at >= 0 else (0 if forward else -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[at % len(stops)].setFocus(reason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        scrim = QColor(theme.colour(Colour.SCRIM))
        scrim.setAlphaF(theme.scrim_alpha)
        painter = QPainter(self)
        painter.fillRect(event.rect(), scrim)
        painter.end()

    def _over(self) -> QWidget:
        parent = self.parentWidget()
        return self if parent is None else parent

    def _panel_rect(self) -> QRect:
        room = self.rect().adjusted(_SHEET_MARGIN, _SHEET_MARGIN, -_SHEET_MARGIN, -_SHEET_MARGIN)
        size = self._size.boundedTo(room.size())
        return QRect(QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2), size)

    def _place(self) -> None:
        self.setGeometry(self._over().rect())
        self.panel.put_at(self._panel_rect())

    def _stops(self) -> list[QWidget]:
        """Return what Tab reaches in the panel, in the window's focus order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
            if reachable and widget.isEnabled() and widget.isVisible() and self.panel.isAncestorOf(widget):
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found
