"""The real sale window with its presenters over the demo shop, and keys as a hand types them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.shelf import demo_shop
from tests.till.counter import Counter, open_counter
from tukar.ui.kit import Look
from tukar.ui.sale_desk import SalePresenters, join
from tukar.ui.sale_window import SaleWindow
from tukar.ui.translations import Language

KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Left": Qt.Key.Key_Left,
    "Down": Qt.Key.Key_Down,
    "Up": Qt.Key.Key_Up,
    "Del": Qt.Key.Key_Delete,
    "Tab": Qt.Key.Key_Tab,
    "Space": Qt.Key.Key_Space,
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1.value + number - 1) for number in range(1, 13)},
}


@dataclass
class CounterWindow:
    """A window that a test sits at: ``press`` goes to whatever has the focus, as a keyboard does."""

    window: SaleWindow
    counter: Counter
    language: Language
    paid: list[bool]

    def press(self, *keys: str) -> None:
        for key in keys:
            self._press(key)

    def _press(self, key: str) -> None:
        target: QWidget = QApplication.focusWidget() or self.window
        if key in KEYS:
            QTest.keyClick(target, KEYS[key])
        else:
            for letter in key:
                QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        QApplication.processEvents()

    def answer(self) -> None:
        """The backend answers everything it was asked."""
        self.counter.background.run_all()


@contextmanager
def sit_down(
    qtbot: QtBot, look: Look, resources: Path, size: tuple[int, int] = (1366, 768), *, by_line: bool = False
) -> Iterator[CounterWindow]:
    language = Language(resources / "i18n", demo_shop().currency)
    window = SaleWindow(look, language)
    qtbot.addWidget(window)
    window.resize(*size)
    counter = open_counter(window=window, salesperson_by_line=by_line)
    paid: list[bool] = []
    window.pay_requested.connect(lambda: paid.append(True))
    presenters = SalePresenters(
        counter.finding, counter.billing, counter.line_work, counter.customers, counter.salespeople,
        counter.offering, counter.promoting, counter.status,
    )  # fmt: skip
    join(window, presenters)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.setFocus()
    counter.line.heard()
    counter.status.open(shop="Toko Sumber Rejeki", till="2")
    yield CounterWindow(window, counter, language, paid)
    language.close()


def names(desk: CounterWindow) -> list[str]:
    return desk.counter.names


def green(desk: CounterWindow) -> list[str]:
    """Everything that is drawn as the next step."""
    window = desk.window
    found = [window.side.total.pay.label] if window.side.total.pay.is_next else []
    if window.offer.isVisible() and window.offer.apply.is_next:
        found.append(window.offer.apply.label)
    if window.search.typing and window.search.hits.isVisible():
        found.append("hit")
    return found
