"""How the till looks at this moment, handed to every widget, and the one signal that it changed.

A widget gets the ``Look`` in its constructor, reads ``look.theme`` each time it paints or measures (and so never
holds a stale colour), and calls ``follow(self, look)`` once: a change of theme or size class then measures it anew
and paints it anew. There is no global look and no style sheet to re-parse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from tukar.ui.kit.icons import Icons
from tukar.ui.kit.shadow import Shadows
from tukar.ui.kit.theme import Theme, make_theme
from tukar.ui.kit.tokens import Colour, Motion, Role, Scheme, SizeClass, Tokens, read_tokens


@dataclass(frozen=True)
class Spill:
    """A text that did not fit where it was written: ``excess`` logical pixels were cut."""

    text: str
    excess: float


def _overlook(_spill: Spill) -> None:
    """Do nothing: in the shop nobody collects spills, tests do."""


class Look(QObject):
    """The theme in use; ``changed`` is emitted after each change of scheme, size class or motion.

    ``on_spill`` is told of every text that was cut although it may not be.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens, icons: Icons, on_spill: Callable[[Spill], None] = _overlook) -> None:
        super().__init__()
        self._tokens = tokens
        self._themes: dict[tuple[Scheme, SizeClass], Theme] = {}
        self._scheme = Scheme.LIGHT
        self._size = SizeClass.REGULAR
        self._reduced = False
        self._left_handed = False
        self.icons = icons
        self.shadows = Shadows()
        self.on_spill = on_spill

    @property
    def theme(self) -> Theme:
        key = (self._scheme, self._size)
        if key not in self._themes:
            self._themes[key] = make_theme(self._tokens, *key)
        return self._themes[key]

    @property
    def motion(self) -> Motion:
        return self._tokens.still if self._reduced else self._tokens.motion

    def choose(self, scheme: Scheme) -> None:
        """Switch the colours."""
        self._change(scheme, self._size, self._reduced)

    def resize(self, size: SizeClass) -> None:
        """Switch the sizes; ``SizeClass.for_width`` tells which a window needs."""
        self._change(self._scheme, size, self._reduced)

    def reduce_motion(self, *, reduced: bool) -> None:
        """Let nothing move: every length becomes 0 and a spinner stands still."""
        self._change(self._scheme, self._size, reduced)

    def use_hand(self, *, left: bool) -> None:
        """Put what is touched most at the side of that hand."""
        if left != self._left_handed:
            self._left_handed = left
            self.changed.emit()

    @property
    def left_handed(self) -> bool:
        return self._left_handed

    def placed(self, left: int, width: int, whole: int) -> int:
        """Where a plane begins that is ``left`` px from the left edge for the right hand: mirrored for the other."""
        return whole - left - width if self._left_handed else left

    def twin(self) -> "Look":
        """The same colours and motion from now on, at a size of its own: for a window on another screen."""
        twin = Look(self._tokens, self.icons, self.on_spill)

        def follow_me() -> None:
            twin.choose(self._scheme)
            twin.reduce_motion(reduced=self._reduced)

        follow_me()
        self.changed.connect(follow_me)
        return twin

    def _change(self, scheme: Scheme, size: SizeClass, reduced: bool) -> None:
        if (scheme, size, reduced) == (self._scheme, self._size, self._reduced):
            return
        self._scheme, self._size, self._reduced = scheme, size, reduced
        self.changed.emit()


def open_look(resources: Path, on_spill: Callable[[Spill], None] = _overlook) -> Look:
    """Read the design from ``resources`` and load its fonts; needs a QApplication."""
    load_fonts(resources / "fonts")
    return Look(read_tokens(resources / "styles" / "tokens.json"), Icons(resources / "icons"), on_spill)


def load_fonts(folder: Path) -> list[str]:
    """Register every font in ``folder`` for this process and return the families, sorted.

    Raises:
        OSError: when a font cannot be read. With another font every measure of the design would be wrong.
    """
    families: set[str] = set()
    for file in sorted([*folder.glob("*.otf"), *folder.glob("*.ttf")]):
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise OSError(f"font cannot be read: {file}")
        families.update(QFontDatabase.applicationFontFamilies(number))
    return sorted(families)


def dress(app: QApplication, look: Look, styles: Path) -> None:
    """Give Qt's own parts (line edits, scroll bars, tool tips) the colours of ``look`` now and after every change.

    ``styles`` is the folder with ``tukar.qss``, whose ``@names`` are colours of the tokens. The application draws in
    the style Fusion already (``ui.application``).
    """
    sheet = (styles / "tukar.qss").read_text(encoding="utf-8")

    def apply() -> None:
        theme = look.theme
        app.setPalette(theme.palette())
        app.setFont(theme.font(Role.BODY))
        text = sheet
        for purpose in sorted(Colour, key=len, reverse=True):
            text = text.replace(f"@{purpose}", theme.colour(purpose).name())
        app.setStyleSheet(text)

    apply()
    look.changed.connect(apply)


def follow(widget: QWidget, look: Look) -> None:
    """Measure and paint ``widget`` anew whenever the look changes, for as long as it lives.

    A widget with more to renew than that (a child's font, say) has a slot ``restyle``, which is called first.
    """
    watcher = _Follower(widget)
    look.changed.connect(watcher.renew)


class _Follower(QObject):
    """A child of the widget, so that the connection dies with it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def renew(self) -> None:
        restyle = getattr(self._widget, "restyle", None)
        if restyle is not None:
            restyle()
        self._widget.updateGeometry()
        self._widget.update()
