"""How a child tells that its window is painted; as little as can be, since it counts for the bare window too."""

import json
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


def tell_when_painted(app: QApplication, told: Callable[[], Mapping[str, object]]) -> None:
    """Writes a line once a window is on the screen and the loop is idle for the first time, and ends the program."""

    def look() -> None:
        # A window is painted while it is being exposed; a timer of zero comes after that.
        if not any(window.isExposed() for window in app.topLevelWindows()):
            QTimer.singleShot(0, look)
            return
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        sys.stdout.write(json.dumps(told()) + "\n")
        sys.stdout.flush()
        QTimer.singleShot(0, app.quit)

    QTimer.singleShot(0, look)


def rss() -> float:
    """Memory of this process that is in use now, in MiB; from Linux's own books."""
    with open("/proc/self/statm", encoding="ascii") as books:  # noqa: PTH123 - the bare window imports no pathlib
        return int(books.read().split()[1]) * 4096 / 2**20
