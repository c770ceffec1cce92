"""Walks a window and finds what a pair of eyes would: cut or overlapping parts, small targets, missing names."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QSlider, QWidget

from tukar.ui.kit import KitButton, Ledger, NoticeStrip, RowList

LEAST = 48
_AROUND = 32
_TOUCHED = (QAbstractButton, QLineEdit, QAbstractItemView, QSlider)
_LEAVES = (QAbstractButton, QLineEdit, QLabel, QAbstractItemView, Ledger, NoticeStrip)


def shown(window: QWidget) -> list[QWidget]:
    """Everything visible, the window's own parts and what floats."""
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible() and not widget.size().isEmpty()]


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def small(window: QWidget) -> Iterator[str]:
    """What a finger would miss."""
    for widget in shown(window):
        if not isinstance(widget, _TOUCHED):
            continue
        target = widget.parentWidget() if isinstance(widget, QLineEdit) else widget
        if target is None or not target.isEnabled():
            continue
        size = target.size()
        if min(size.width(), size.height()) < LEAST:
            yield f"{named(widget)} is {size.width()} × {size.height()}"
        if isinstance(widget, RowList):
            rows = range(len(widget.rows))
            yield from (
                f"row {row} of {named(widget)} is {widget.sizeHintForRow(row)} high"
                for row in rows
                if widget.sizeHintForRow(row) < LEAST and "heading" not in str(getattr(widget.rows[row], "kind", ""))
            )


def nameless(window: QWidget) -> Iterator[str]:
    """What a screen reader could not name."""
    for widget in shown(window):
        if isinstance(widget, _TOUCHED) and not widget.accessibleName():
            yield f"{type(widget).__name__} at {place(widget, window)}"
        if isinstance(widget, RowList):
            yield from (f"a row of {named(widget)}" for row in widget.rows if not row.accessible)


def outside(window: QWidget) -> Iterator[str]:
    """What sticks out of the part it belongs to."""
    for widget in shown(window):
        parent = widget.parentWidget()
        if isinstance(widget, _LEAVES) and parent is not None and not isinstance(parent, QAbstractItemView):
            room = parent.rect()
            if not room.contains(widget.geometry()):
                yield f"{named(widget)} at {widget.geometry()} leaves {room}"


def overlapping(window: QWidget) -> Iterator[str]:
    """Parts side by side that cover each other."""
    by_parent: dict[QWidget, list[QWidget]] = {}
    for widget in shown(window):
        parent = widget.parentWidget()
        if isinstance(widget, _LEAVES) and parent is not None and not isinstance(parent, QAbstractItemView):
            by_parent.setdefault(parent, []).append(widget)
    for widgets in by_parent.values():
        for one, other in combinations(widgets, 2):
            if one.geometry().intersects(other.geometry()):
                yield f"{named(one)} {one.geometry()} and {named(other)} {other.geometry()}"


def cut(window: QWidget) -> Iterator[str]:
    """Words in labels that get less width than they ask for."""
    for widget in shown(window):
        if (
            isinstance(widget, QLabel)
            and not widget.hasHeightForWidth()
            and widget.minimumSizeHint().width() > widget.width()
        ):
            yield f"{widget.text()!r} needs {widget.minimumSizeHint().width()}, has {widget.width()}"


def squeezed(window: QWidget) -> Iterator[str]:
    """Buttons whose words and printed key touch the edge: half of the room around them may be taken, not more."""
    for widget in shown(window):
        if isinstance(widget, KitButton) and widget.width() < widget.sizeHint().width() - _AROUND / 2:
            yield f"{named(widget)} needs {widget.sizeHint().width()}, has {widget.width()}"


def named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:40]!r}"


def findings(window: QWidget) -> list[str]:
    """Everything found, in words."""
    kinds = {
        "small": small, "nameless": nameless, "outside": outside, "overlapping": overlapping, "cut": cut,
        "squeezed": squeezed,
    }  # fmt: skip
    return [f"{kind}: {finding}" for kind, look in kinds.items() for finding in look(window)]
