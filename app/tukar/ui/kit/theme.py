"""One set of colours in one set of sizes, as Qt values ready to paint with."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

from tukar.ui.kit.tokens import (
    Colour,
    Elevation,
    Layout,
    Radii,
    Role,
    Scheme,
    Shade,
    SizeClass,
    Spaces,
    Strokes,
    Tokens,
    Touch,
)

_DISPLAY_ROLES = frozenset({Role.FIGURE, Role.POINTS, Role.TOTAL})
_TABULAR = QFont.Tag("tnum")


@dataclass(frozen=True, eq=False)
class Theme:
    """What every widget paints with: it names a purpose and gets the colour, font or size of this scheme and class."""

    scheme: Scheme
    size: SizeClass
    colours: Mapping[Colour, QColor]
    fonts: Mapping[Role, QFont]
    metrics: Mapping[Role, QFontMetricsF]
    lines: Mapping[Role, int]
    strokes: Strokes
    scrim_alpha: float
    shades: Mapping[Elevation, Shade]
    layout: Layout
    space: Spaces
    radius: Radii
    touch: Touch

    @property
    def contrast(self) -> bool:
        """Whether this is the high-contrast scheme: edges instead of grounds, inversion instead of tone."""
        return self.scheme is Scheme.CONTRAST

    @property
    def wide(self) -> bool:
        return self.size is SizeClass.WIDE

    def colour(self, purpose: Colour) -> QColor:
        return self.colours[purpose]

    def font(self, role: Role, *, scale: float = 1.0, weight: int | None = None) -> QFont:
        """Return the font of a role; ``scale`` steps a figure down, ``weight`` overrides (bold match in a hit)."""
        font = QFont(self.fonts[role])
        if scale != 1.0:
            font.setPixelSize(round(font.pixelSize() * scale))
        if weight is not None:
            font.setWeight(QFont.Weight(weight))
        return font

    def line(self, role: Role) -> int:
        """Height of one line of this role in logical pixels."""
        return self.lines[role]

    def width(self, role: Role, text: str) -> float:
        """Width of ``text`` set in one line, in logical pixels."""
        return self.metrics[role].horizontalAdvance(text)

    def palette(self) -> QPalette:
        """Return the palette for what Qt draws itself: line edits, tool tips, views."""
        palette = QPalette()
        for role, purpose in _PALETTE.items():
            palette.setColor(role, self.colours[purpose])
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colours[Colour.ON_OFF])
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Button):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colours[Colour.OFF])
        return palette


_PALETTE = {
    QPalette.ColorRole.Window: Colour.CANVAS,
    QPalette.ColorRole.WindowText: Colour.INK,
    QPalette.ColorRole.Base: Colour.PLANE,
    QPalette.ColorRole.AlternateBase: Colour.CANVAS,
    QPalette.ColorRole.Text: Colour.INK,
    QPalette.ColorRole.PlaceholderText: Colour.INK_3,
    QPalette.ColorRole.Button: Colour.KEY,
    QPalette.ColorRole.ButtonText: Colour.INK,
    QPalette.ColorRole.BrightText: Colour.DANGER,
    QPalette.ColorRole.Highlight: Colour.INK,
    QPalette.ColorRole.HighlightedText: Colour.PLANE,
    QPalette.ColorRole.Accent: Colour.ACCENT,
    QPalette.ColorRole.Link: Colour.INK,
    QPalette.ColorRole.LinkVisited: Colour.INK,
    QPalette.ColorRole.ToolTipBase: Colour.INK,
    QPalette.ColorRole.ToolTipText: Colour.PLANE,
    QPalette.ColorRole.Light: Colour.KEY_HOVER,
    QPalette.ColorRole.Midlight: Colour.KEY,
    QPalette.ColorRole.Mid: Colour.LINE,
    QPalette.ColorRole.Dark: Colour.EDGE,
    QPalette.ColorRole.Shadow: Colour.SHADOW,
}


def make_theme(tokens: Tokens, scheme: Scheme, size: SizeClass) -> Theme:
    """Turn the tokens of one scheme and size class into Qt values; needs a QGuiApplication."""
    fonts = {role: _font(tokens, size, role) for role in Role}
    return Theme(
        scheme=scheme,
        size=size,
        colours={purpose: QColor(value) for purpose, value in tokens.colours[scheme].items()},
        fonts=fonts,
        metrics={role: QFontMetricsF(font) for role, font in fonts.items()},
        lines={role: tokens.types[size][role].line for role in Role},
        strokes=tokens.strokes[scheme],
        scrim_alpha=tokens.scrim[scheme],
        shades=tokens.shades,
        layout=tokens.layouts[size],
        space=tokens.space,
        radius=tokens.radius,
        touch=tokens.touch,
    )


def _font(tokens: Tokens, size: SizeClass, role: Role) -> QFont:
    # Every font names the whole family list itself: PySide6 cannot add a fallback family to the application.
    kind = tokens.types[size][role]
    families = tokens.families
    first = families.display if role in _DISPLAY_ROLES else families.text
    font = QFont()
    font.setFamilies([first, families.text, *families.fallback])
    font.setPixelSize(kind.size)
    font.setWeight(QFont.Weight(kind.weight))
    font.setFeature(_TABULAR, 1)
    # Full hinting, the habit of some systems, rounds every width to whole pixels and narrows the weights.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if kind.tracking != 100.0:  # noqa: PLR2004 - percent
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, kind.tracking)
    return font
