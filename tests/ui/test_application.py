"""How the program's one loop ends."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tukar.ui.application import Application


class Busy(QWidget):
    """A window with a bill in hand: it does not close by itself."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def test_leaving_asks_no_window_and_stopping_does(qtbot: QtBot) -> None:
    app, window = Application(), Busy()
    qtbot.addWidget(window, before_close_func=lambda busy: busy.hide())
    window.show()
    lived_on: list[bool] = []
    app.later(0.0, app.stop)
    app.later(0.02, lambda: lived_on.append(window.isVisible()))
    app.later(0.05, app.leave)
    app.run()
    assert lived_on == [True]
