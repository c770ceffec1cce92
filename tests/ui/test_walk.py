"""Every state of the sale window in every size and language: nothing cut, covered, too small or without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import reference as ref
from tests.ui.pictures import STATES, fill
from tests.ui.rendering import SIZES
from tests.ui.walk import findings
from tukar.ui.kit import Look, NeutralButton, Scheme, SizeClass, Spill
from tukar.ui.sale_window import SaleWindow
from tukar.ui.translations import LANGUAGES, Language

WALKED = [
    *((SizeClass.COMPACT, code) for code in LANGUAGES),
    (SizeClass.REGULAR, "en"),
    (SizeClass.WIDE, "id"),
]
"""Every language where there is least room, and every size; python -m tests.ui.pictures renders all of them."""


@pytest.fixture
def language(qapp: QApplication, resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", ref.IDR)
    yield found
    found.close()


@pytest.mark.parametrize(("size", "code"), WALKED)
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wrong_to_the_eye(
    qtbot: QtBot, look: Look, language: Language, spills: list[Spill], state: str, code: str, size: SizeClass
) -> None:
    look.resize(size)
    look.choose(Scheme.CONTRAST if size is SizeClass.REGULAR else Scheme.LIGHT)
    language.choose(code)
    window = SaleWindow(look, language)
    qtbot.addWidget(window)
    window.resize(*SIZES[size])
    window.show()
    fill(window)
    STATES[state](window)
    QApplication.processEvents()
    spills.clear()
    window.grab()
    assert [f"cut: {spill.text!r} by {spill.excess:.1f}" for spill in spills] + findings(window) == []


def test_the_walk_finds_seeded_faults(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    button = QPushButton("x", window)
    button.setGeometry(0, 0, 30, 30)
    words = QLabel("a sentence far too long for its place", window)
    words.setGeometry(10, 10, 40, 20)
    words.setMinimumWidth(40)
    tight = NeutralButton(look, "Send a code to the customer's phone", key="Enter")
    tight.setParent(window)
    tight.setGeometry(0, 50, 190, 48)
    window.show()
    kinds = {finding.split(":")[0] for finding in findings(window)}
    assert {"small", "nameless", "overlapping", "cut", "squeezed"} <= kinds
