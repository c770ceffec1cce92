"""Words on the screen: a label on the token's line height, and the large figure that steps down instead of breaking."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.motion import ColourEase
from tukar.ui.kit.paint import CENTRE, RIGHT, Brush, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_ICON_GAP = 8
_LEAST_WRAPPED = 120
FIGURE_STEPS = (1.0, 7 / 8, 3 / 4, 5 / 8)
_HOPELESS, _FINE = 0.2, 0.97
_BODY = Ink()
_TOTAL = Ink(Role.TOTAL, align=RIGHT)


class Text(QLabel):
    """A label that breaks its lines itself and sets them on the line height of its role.

    ``wrap`` lets it take as many lines as it needs at the width it gets. Without it, it asks for its whole width,
    unless its ink may be cut.
    """

    def __init__(self, look: Look, text: str = "", ink: Ink = _BODY, *, wrap: bool = False) -> None:
        super().__init__()
        self._look = look
        self._ink = ink
        self._icon: Icon | None = None
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)
        follow(self, look)

    @property
    def ink(self) -> Ink:
        return self._ink

    def set_ink(self, ink: Ink) -> None:
        self._ink = ink
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: Icon | None) -> None:
        """Put a small icon before the words, in their colour."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        if text == self.text():
            return
        super().setText(text)
        self.setToolTip(text if self._ink.may_cut else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        line = self._look.theme.line(self._ink.role)
        lines = self.text().split("\n")
        width = max(self._width(part) for part in lines) + self._lead()
        return QSize(round(width + 0.5), line * len(lines))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._wrap or self._ink.may_cut:
            return QSize(min(_LEAST_WRAPPED, hint.width()), self._look.theme.line(self._ink.role))
        return hint

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return self.sizeHint().height()
        return self._look.theme.line(self._ink.role) * len(self._lines(width - self._lead()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            rect = QRectF(self.contentsRect())
            line = brush.theme.line(self._ink.role)
            lead = self._lead()
            lines = self._lines(rect.width() - lead)
            top = self._top(rect, line * len(lines))
            ink = self._ink if self.isEnabled() else Ink(self._ink.role, Colour.ON_OFF, self._ink.align)
            left = rect.x()
            if self._icon is not None:
                if ink.align & RIGHT:
                    left = max(left, rect.right() - lead - self._width(lines[0]))
                elif ink.align & CENTRE:
                    left = max(left, rect.center().x() - (lead + self._width(lines[0])) / 2)
                brush.icon(self._icon, left, top + line / 2, lead - _ICON_GAP, ink.colour)
                left += lead
            for number, part in enumerate(lines):
                box = QRectF(left, top + number * line, rect.right() - left, line)
                brush.write(box, part, self._ink if self.isEnabled() else ink)

    def _top(self, rect: QRectF, height: float) -> float:
        if self._wrap:
            return rect.y()
        return rect.y() + (rect.height() - height) / 2

    def _lead(self) -> float:
        return 0.0 if self._icon is None else self._look.theme.layout.icon - 2 + _ICON_GAP

    def _metrics(self) -> QFontMetricsF:
        ink = self._ink
        if ink.weight is None and ink.scale == 1.0:
            return self._look.theme.metrics[ink.role]
        return QFontMetricsF(self._look.theme.font(ink.role, scale=ink.scale, weight=ink.weight))

    def _width(self, text: str) -> float:
        return self._metrics().horizontalAdvance(text)

    def _lines(self, width: float) -> list[str]:
        if not self._wrap:
            return self.text().split("\n")
        ink = self._ink
        font = self._look.theme.font(ink.role, scale=ink.scale, weight=ink.weight)
        found: list[str] = []
        for part in self.text().split("\n"):
            layout = QTextLayout(part, font)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1.0))
                found.append(part[line.textStart() : line.textStart() + line.textLength()].rstrip())
            layout.endLayout()
        return found or [""]


class Figure(QLabel):
    """A large amount: never elided; one that is too long is set smaller, by 7/8, 3/4, 5/8.

    ``unit`` follows in smaller type on the same baseline ("735 points"). A changed amount is replaced at once and its
    colour eases from plum to ink.
    """

    def __init__(self, look: Look, text: str = "", ink: Ink = _TOTAL, *, unit: str = "") -> None:
        super().__init__()
        self._look = look
        self._ink = ink
        self._unit = unit
        self._ease = ColourEase(self)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().setText(text)
        self._name()
        follow(self, look)

    def set_figure(self, text: str, *, unit: str | None = None) -> None:
        """Show another amount; if it differs, its colour starts at plum."""
        if (text, self._unit if unit is None else unit) == (self.text(), self._unit):
            return
        if text != self.text() and self.text() and not self._look.motion.reduced:
            self._ease.set_out(self._look.theme.colour(Colour.POINTS))
        super().setText(text)
        self._unit = self._unit if unit is None else unit
        self._name()
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: Ink) -> None:
        self._ink = ink
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Take the new colour at once."""
        self._ease.forget()

    def sizeHint(self) -> QSize:
        return QSize(round(self._whole(1.0) + 0.5), self._look.theme.line(self._ink.role))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._whole(FIGURE_STEPS[-1]) + 0.5), self._look.theme.line(self._ink.role))

    def step(self) -> float:
        """Return the scale the figure is set in at its present width; beyond the steps, whatever still shows it all."""
        step = next((s for s in FIGURE_STEPS if self._whole(s) <= self.width()), None)
        if step is None:
            smallest = FIGURE_STEPS[-1]
            step = smallest * self.width() / self._whole(smallest)
            while self._whole(step) > self.width() and step > _HOPELESS:
                step *= _FINE
        return step

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            theme = brush.theme
            rect = QRectF(self.rect())
            scale = self.step()
            goal = brush.shade(self._ink.colour)
            colour = self._ease.toward(goal, self._look.motion.money)
            ink = Ink(self._ink.role, colour, scale=scale)
            left = rect.x()
            if self._ink.align & RIGHT:
                left = rect.right() - self._whole(scale)
            elif self._ink.align & CENTRE:
                left = rect.x() + (rect.width() - self._whole(scale)) / 2
            metrics = QFontMetricsF(theme.font(ink.role, scale=scale))
            drawn = brush.write(QRectF(left, rect.y(), rect.right() - left, rect.height()), self.text(), ink)
            if self._unit:
                self._write_unit(brush, rect, left + drawn + self._gap(), metrics.capHeight())

    def _write_unit(self, brush: Brush, rect: QRectF, left: float, cap: float) -> None:
        role = self._unit_role()
        small = brush.theme.metrics[role].capHeight()
        drop = (cap - small) / 2
        box = QRectF(left, rect.y() + drop, rect.right() - left, rect.height())
        brush.write(box, self._unit, Ink(role, Colour.INK_2))

    def _unit_role(self) -> Role:
        return Role.TITLE if self._ink.role in (Role.POINTS, Role.TOTAL) else Role.BODY

    def _gap(self) -> float:
        return self._look.theme.metrics[self._unit_role()].averageCharWidth() * 0.8

    def _whole(self, scale: float) -> float:
        theme = self._look.theme
        width = QFontMetricsF(theme.font(self._ink.role, scale=scale)).horizontalAdvance(self.text())
        return width + self._gap() + theme.width(self._unit_role(), self._unit) if self._unit else width

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._unit}".strip())
