"""The design tokens as typed values: resources/styles/tokens.json read once, without Qt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_SPACES = {
    "half": "half",
    "one": "1",
    "one_half": "1h",
    "two": "2",
    "three": "3",
    "four": "4",
    "six": "6",
    "eight": "8",
}
_MOVES = ("press", "state", "enter", "leave", "money", "spin")

COMPACT_BELOW = 1280
WIDE_FROM = 1680


class Scheme(StrEnum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class SizeClass(StrEnum):
    """The three sets of sizes, chosen by the window's logical width (visual.md, Grid)."""

    COMPACT = "compact"
    REGULAR = "regular"
    WIDE = "wide"

    @classmethod
    def for_width(cls, width: int) -> "SizeClass":
        """Return the class for a window ``width`` logical pixels wide."""
        if width < COMPACT_BELOW:
            return cls.COMPACT
        return cls.REGULAR if width < WIDE_FROM else cls.WIDE


class Colour(StrEnum):
    """What a colour is for; widgets hold these, never a value."""

    CANVAS = "canvas"
    PLANE = "plane"
    SHEET = "sheet"
    KEY = "key"
    KEY_HOVER = "key-hover"
    KEY_PRESS = "key-press"
    SELECT = "select"
    INK = "ink"
    INK_2 = "ink-2"
    INK_3 = "ink-3"
    LINE = "line"
    EDGE = "edge"
    ACCENT = "accent"
    ACCENT_HOVER = "accent-hover"
    ACCENT_PRESS = "accent-press"
    ON_ACCENT = "on-accent"
    POINTS = "points"
    POINTS_TINT = "points-tint"
    WARN = "warn"
    WARN_TINT = "warn-tint"
    DANGER = "danger"
    DANGER_TINT = "danger-tint"
    OFF = "off"
    ON_OFF = "on-off"
    FOCUS = "focus"
    SCRIM = "scrim"
    SHADOW = "shadow"
    PAPER = "paper"
    PAPER_INK = "paper-ink"


class Role(StrEnum):
    """What a text is; size, line and weight follow from it."""

    CAPTION = "caption"
    LABEL = "label"
    BODY = "body"
    STRONG = "strong"
    NAME = "name"
    AMOUNT = "amount"
    TITLE = "title"
    FIGURE = "figure"
    POINTS = "points"
    TOTAL = "total"
    KEY = "key"
    PAD = "pad"


class Elevation(StrEnum):
    """How far a thing floats above the plane."""

    FLAT = "flat"
    CARD = "card"
    SHEET = "sheet"


@dataclass(frozen=True)
class TypeSize:
    """One text role: font size and line in logical pixels, weight 100 to 900, tracking in percent."""

    size: int
    line: int
    weight: int
    tracking: float


@dataclass(frozen=True)
class Strokes:
    """Widths of lines in logical pixels; ``key`` is the edge of a neutral button, 0 where its ground is enough."""

    hair: float
    field: float
    key: float
    focus: float


@dataclass(frozen=True)
class Spaces:
    """Distances in logical pixels."""

    half: int
    one: int
    one_half: int
    two: int
    three: int
    four: int
    six: int
    eight: int


@dataclass(frozen=True)
class Radii:
    """Corner radii in logical pixels."""

    key: int
    field: int
    chip: int
    card: int
    sheet: int
    cap: int
    bar: int


@dataclass(frozen=True)
class Layout:
    """The frame of the window and of the larger parts for one size class, in logical pixels (visual.md, Grid)."""

    w: int
    h: int
    find: int
    bill: int
    side: int
    pad: int
    row: int
    search: int
    hit: int
    keybar: int
    key: int
    strip: int
    primary: int
    icon: int


@dataclass(frozen=True)
class Shade:
    """A shadow: blur and offset in logical pixels, opacity 0 to 1."""

    blur: int
    dy: int
    alpha: float


@dataclass(frozen=True)
class Motion:
    """Lengths of movements and waits in milliseconds; in reduced motion every movement is 0."""

    press: int
    state: int
    enter: int
    leave: int
    money: int
    spin: int
    busy_after: int
    cancel_after: int
    reduced: bool


@dataclass(frozen=True)
class Touch:
    """Least sizes for a finger, in logical pixels."""

    min: int
    key: int
    primary: int
    keypad: int
    gap: int


@dataclass(frozen=True)
class Families:
    """Font families: text first, display for large figures, then the fallbacks in order."""

    text: str
    display: str
    fallback: tuple[str, ...]


@dataclass(frozen=True)
class Tokens:
    """Every number and colour of the design; the one source is tokens.json."""

    colours: Mapping[Scheme, Mapping[Colour, str]]
    strokes: Mapping[Scheme, Strokes]
    scrim: Mapping[Scheme, float]
    types: Mapping[SizeClass, Mapping[Role, TypeSize]]
    layouts: Mapping[SizeClass, Layout]
    shades: Mapping[Elevation, Shade]
    space: Spaces
    radius: Radii
    touch: Touch
    families: Families
    motion: Motion
    still: Motion


def read_tokens(file: Path) -> Tokens:
    """Read the tokens.

    Raises:
        KeyError: when a token is missing. A half-drawn till is worse than none.
    """
    raw: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    space = raw["space"]
    family = raw["family"]
    return Tokens(
        colours={s: {c: raw["color"][s][c] for c in Colour} for s in Scheme},
        strokes={s: Strokes(**raw["stroke"][s]) for s in Scheme},
        scrim={s: raw["scrim-alpha"][s] for s in Scheme},
        types={z: _type_sizes(raw["type"][z], raw["tracking"]) for z in SizeClass},
        layouts={z: Layout(**raw["layout"][z]) for z in SizeClass},
        shades={e: Shade(**raw["elevation"][e]) for e in Elevation},
        space=Spaces(**{name: space[key] for name, key in _SPACES.items()}),
        radius=Radii(**raw["radius"]),
        touch=Touch(**raw["touch"]),
        families=Families(family["text"], family["display"], tuple(family["fallback"])),
        motion=_motion(raw["motion"], reduced=False),
        still=_motion(raw["motion"], reduced=True),
    )


def _type_sizes(raw: Mapping[str, list[int]], tracking: Mapping[str, float]) -> dict[Role, TypeSize]:
    return {role: _type_size(raw[role], tracking.get(role, 100.0)) for role in Role}


def _type_size(raw: list[int], tracking: float) -> TypeSize:
    size, line, weight = raw
    return TypeSize(size, line, weight, tracking)


def _motion(raw: Mapping[str, Any], *, reduced: bool) -> Motion:
    moves = {name: raw["reduced"] if reduced else raw[name] for name in _MOVES}
    return Motion(**moves, busy_after=raw["busy-after"], cancel_after=raw["cancel-after"], reduced=reduced)
