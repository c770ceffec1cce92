"""Work that waits, in Qt: a few threads that live as long as the till, one signal that brings answers home."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tukar.till.background import DroppableTicket, Ticket
from tukar.till.ports import DiskTrouble, Refused, Unreachable

T = TypeVar("T")

THREADS: Final = 4
JOIN_SECONDS: Final = 2.0


@dataclass(slots=True)
class _Order:
    """One call on its way out and back."""

    call: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    ticket: DroppableTicket = field(default_factory=DroppableTicket)
    answer: Any = None
    trouble: BaseException | None = None


class QtBackground(QObject):
    """The till's ``Background``: calls run on its threads, answers arrive on the thread it lives on.

    There is one of these, and no QObject or QThread per request (architecture.md, "One circle"). What is no refusal,
    missing answer or disk trouble is a bug: ``last_resort`` gets it, on the thread this lives on. A waiting call
    that was dropped is not made at all. ``close`` waits for the threads at most two seconds; sockets should have
    been closed before it.
    """

    _over = Signal(object)

    def __init__(self, last_resort: Callable[[BaseException], None], threads: int = THREADS) -> None:
        super().__init__()
        self._last_resort = last_resort
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._slots: dict[str, DroppableTicket] = {}
        self._closed = threading.Event()
        self._over.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._work, name=f"background-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        slot: str = "",
    ) -> Ticket:
        order = _Order(call, done, failed)
        if slot:
            earlier = self._slots.get(slot)
            if earlier is not None:
                earlier.drop()
            self._slots[slot] = order.ticket
        self._orders.put(order)
        return order.ticket

    def after(self, seconds: float, then: Callable[[], None]) -> Ticket:
        ticket = DroppableTicket()

        def ring() -> None:
            if not ticket.dropped and not self._closed.is_set():
                then()

        QTimer.singleShot(round(seconds * 1000), self, ring)
        return ticket

    def close(self) -> None:
        """Takes no more work and delivers no more answers; running calls have two seconds to end."""
        self._closed.set()
        for _ in self._threads:
            self._orders.put(None)
        end = time.monotonic() + JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            if order.ticket.dropped:
                continue
            try:
                order.answer = order.call()
            except BaseException as trouble:  # noqa: BLE001 - told on the window's thread, by kind
                order.trouble = trouble
            if self._closed.is_set():
                return
            self._over.emit(order)

    @Slot(object)
    def _deliver(self, order: _Order) -> None:
        if order.ticket.dropped or self._closed.is_set():
            return
        if order.trouble is None:
            order.done(order.answer)
        elif isinstance(order.trouble, Refused | Unreachable | DiskTrouble):
            order.failed(order.trouble)
        else:
            self._last_resort(order.trouble)
