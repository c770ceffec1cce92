"""What every test of the window needs: the application, the fonts, a look that stands still and tells what it cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tukar.resources import find_resources
from tukar.ui.kit import Look, Spill, dress, open_look


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The invisible window system cannot pass a window's least size on, and says so each time; nothing is lost."""
    mark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(mark)


@pytest.fixture(scope="session")
def resources() -> Path:
    return find_resources()


@pytest.fixture
def spills() -> list[Spill]:
    """Every text that was cut while the test painted."""
    return []


@pytest.fixture
def look(qapp: QApplication, resources: Path, spills: list[Spill]) -> Iterator[Look]:
    """A light, regular look in reduced motion; the application is dressed in it."""
    found = open_look(resources, spills.append)
    found.reduce_motion(reduced=True)
    dress(qapp, found, resources / "styles")
    yield found
    # What a test deleted must be gone before the next, or each theme switch repaints it again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
