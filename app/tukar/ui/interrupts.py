"""Ctrl+C and a polite kill end the window as closing it does, quietly, with the status that shells expect.

Python runs a signal's handler only between two of its own instructions, and Qt's loop may not reach one for minutes;
an exception raised in there would end up in whatever slot happens to run. So the signal only writes to a socket, that
wakes the loop, and the handler asks the loop to end.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QSocketNotifier

STATUS: Final = 128
"""Added to the signal's number, as shells do: 130 after Ctrl+C."""

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ended_by_signals(app: QCoreApplication) -> Iterator[None]:
    """While the block runs, a signal ends the event loop of ``app``; only for the main thread."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    woken = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
    woken.activated.connect(lambda *_: ours.recv(64))
    earlier_end = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    earlier = {number: signal.signal(number, lambda got, _: app.exit(STATUS + got)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(earlier_end)
        woken.setEnabled(False)
        ours.close()
        theirs.close()
