"""The whole gallery in every theme and size: nothing cut, everything named, everything large enough for a finger."""

from itertools import product

import pytest
from PySide6.QtWidgets import QAbstractSlider, QLineEdit

from tests.ui.kit.gallery import Gallery
from tests.ui.kit.parts import Parts, parts_of
from tukar.ui.kit import KitButton, Look, Scheme, SizeClass, Spill


@pytest.mark.parametrize(("scheme", "size"), list(product(Scheme, SizeClass)))
def test_nothing_is_cut(look: Look, spills: list[Spill], scheme: Scheme, size: SizeClass) -> None:
    look.choose(scheme)
    look.resize(size)
    parts = Parts(look)
    parts.picture()
    parts.with_sheet()
    parts.close()
    assert spills == []


def test_the_page_of_states_is_whole(look: Look, spills: list[Spill]) -> None:
    gallery = Gallery(look)
    image = gallery.picture()
    gallery.close()
    assert spills == []
    assert image.pixelColor(180, 92).name() == "#0a6b4e"


@pytest.mark.parametrize("size", list(SizeClass))
def test_everything_reachable_is_named_and_large_enough(look: Look, size: SizeClass) -> None:
    look.resize(size)
    parts = Parts(look)
    parts.host.show()
    reached = parts_of(parts.host)
    assert len(reached) > 20
    nameless = [widget for widget in reached if not widget.accessibleName()]
    small = [
        widget
        for widget in reached
        if isinstance(widget, KitButton | QLineEdit | QAbstractSlider) and min(widget.width(), widget.height()) < 48
    ]
    parts.close()
    assert (nameless, small) == ([], [])
