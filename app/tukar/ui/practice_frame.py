"""The mark of a till that only practises: a broad frame around the window, with the word in it, on every screen."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from tukar.ui.kit import CENTRE, Colour, Ink, Look, Role, follow, painting
from tukar.ui.translations import Language

_EDGE = 6
_WIDE, _HIGH = 420, 30


class PracticeFrame(QWidget):
    """Lies over everything in the window and lets every touch through; neither a screen nor a sheet can cover it."""

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(window)
        self._look = look
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        follow(self, look)
        language.changed.connect(self._renew)
        self._renew()
        self.setGeometry(window.rect())
        self.show()

    @property
    def words(self) -> str:
        """What stands in the frame."""
        return self._words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as the window, and above what was shown last."""
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(watched.rect())
            elif event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.ChildPolished, QEvent.Type.Show):
                self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            width, height = self.width(), self.height()
            for side in (
                QRectF(0, 0, width, _EDGE),
                QRectF(0, height - _EDGE, width, _EDGE),
                QRectF(0, 0, _EDGE, height),
                QRectF(width - _EDGE, 0, _EDGE, height),
            ):
                brush.fill(side, Colour.WARN)
            place = QRectF((width - _WIDE) / 2, height - _HIGH, _WIDE, _HIGH)
            brush.fill(place, Colour.WARN_TINT)
            brush.fill(QRectF(place.x(), place.bottom() - _EDGE, _WIDE, _EDGE), Colour.WARN)
            words = QRectF(place.x(), place.y(), _WIDE, _HIGH - _EDGE)
            brush.write(words, self._words, Ink(Role.CAPTION, Colour.WARN, CENTRE, weight=600))

    def _renew(self) -> None:
        self._words = QCoreApplication.translate("Practice", "PRACTICE: nothing here counts, no points move")
        self.setAccessibleName(self._words)
        self.update()
