"""The window goes on living whatever the backend does: a backend that takes five seconds for every answer."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import Seat
from tukar.bootstrap.counter import Ports
from tukar.till.checkout_model import CheckoutState

SLOW_SECONDS = 5.0
TICK_MS = 10


class SlowBackend:
    """Answers rightly, five seconds late; ``asked`` counts what it was asked."""

    def __init__(self, inside: object) -> None:
        self._inside = inside
        self._never = threading.Event()
        self.asked: list[str] = []

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._inside, method)
        if not callable(found) or method == "close":
            return found

        def late(*arguments: Any) -> Any:
            self.asked.append(method)
            self._never.wait(SLOW_SECONDS)
            return found(*arguments)

        return late


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_window_sells_on_while_the_backend_thinks(qapp: QApplication, tmp_path: Path) -> None:
    slow: list[SlowBackend] = []

    def change(ports: Ports) -> Ports:
        slow.append(SlowBackend(ports.backend))
        return replace(ports, backend=cast("Any", slow[0]))

    seat = Seat(tmp_path / "demo", change_ports=change)
    ticks: list[bool] = []
    pulse = QTimer()
    pulse.setInterval(TICK_MS)
    pulse.timeout.connect(lambda: ticks.append(True))
    try:
        seat.sign_in()
        sheet = seat.window.sale.customers
        seat.press("F3")
        seat.until(sheet.isVisible, "the customer sheet")
        seat.type("085861124790")
        seat.press("Return")
        pulse.start()
        seat.until(lambda: not sheet.isVisible(), "the customer on the bill, in the end")
        pulse.stop()
        assert "find_members" in slow[0].asked
        assert len(ticks) >= SLOW_SECONDS * 1000 / TICK_MS / 4, "the event loop stood still"
        # Goods and cash need no backend: a sale without points never waits for it.
        asked = len(slow[0].asked)
        seat.item("beras ramos")
        seat.pay()
        seat.press("Return")
        seat.saved()
        assert seat.checkout_state is CheckoutState.SAVED
        assert {"hold", "send_code"}.isdisjoint(slow[0].asked[asked:])
    finally:
        seat.leave()
