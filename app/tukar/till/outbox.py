"""Sends what was saved, behind the cashier's back: at once after a save, again when the line is back, never lost.

Order within a bill and an account is the journal's (``Journal.waiting`` gives only what may go); one bad message never
holds up another. A till that must sign in again, be updated or was revoked pauses visibly; its bills are safe.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tukar.domain.redemption import BillAnswer, Refusal
from tukar.till.background import Background, Ticket
from tukar.till.delivery import Delivered, Delivery, Postman
from tukar.till.line import Line
from tukar.till.ports import DiskTrouble

FIRST_WAIT_SECONDS: Final = 1.0
LONGEST_WAIT_SECONDS: Final = 60.0
PAUSED_SECONDS: Final = 300.0
ASKED_AT_MOST_SECONDS: Final = 300.0
"""However long a backend asks this till to wait, it is asked again after that."""


@dataclass(frozen=True, slots=True)
class OutboxModel:
    """For the status strip: messages that wait, whether the backend is there, why sending is paused, disk trouble."""

    waiting: int = 0
    online: bool = False
    paused_reason: Refusal | None = None
    trouble: DiskTrouble | None = None


Listener = Callable[[OutboxModel], None]


class OutboxSender:
    """One message at a time, in the background. ``wake`` any time; ``resume`` once what paused it was put right.

    ``chance`` gives numbers from 0 to 1: tills that lost the line together do not come back in step.
    """

    def __init__(self, postman: Postman, background: Background, line: Line, chance: Callable[[], float]) -> None:
        self._postman = postman
        self._background = background
        self._line = line
        self._chance = chance
        self._listeners: list[Listener] = []
        self._told: list[Callable[[BillAnswer], None]] = []
        self._model = OutboxModel(online=line.online)
        self._busy = False
        self._again = False
        self._failures = 0
        self._held_back = False
        self._skipped: set[int] = set()
        self._timer: Ticket | None = None
        line.listen(self._line_changed)

    @property
    def model(self) -> OutboxModel:
        return self._model

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def tell_delivered(self, told: Callable[[BillAnswer], None]) -> None:
        """``told`` hears the backend's answer to every bill it has stored."""
        self._told.append(told)

    def wake(self) -> None:
        """Something was saved, or the line may be back: sends at once, unless the backend asked for patience."""
        if self._model.paused_reason is not None or self._held_back:
            self._background.run(self._postman.waiting, self._counted, self._failed)
            return
        self._drop_timer()
        if self._busy:
            self._again = True
            return
        self._skipped.clear()
        self._next()

    def resume(self) -> None:
        """The till signed in again or was updated. It finds out by itself too, but later."""
        self._drop_timer()
        self._publish(replace(self._model, paused_reason=None))
        self.wake()

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.drop()
            self._timer = None

    def _next(self) -> None:
        self._busy = True
        skip = frozenset(self._skipped)
        self._background.run(lambda: self._postman.deliver_one(skip), self._delivered, self._failed)

    def _counted(self, waiting: int) -> None:
        self._publish(replace(self._model, waiting=waiting))

    def _delivered(self, delivery: Delivery) -> None:
        self._tell_line(delivery)
        paused = delivery.refusal if delivery.outcome is Delivered.PAUSED else None
        self._publish(OutboxModel(delivery.waiting, self._line.online, paused))
        if delivery.answer is not None:
            for told in tuple(self._told):
                told(delivery.answer)
        self._go_on(delivery)

    def _go_on(self, delivery: Delivery) -> None:
        self._busy = False
        again, self._again = self._again, False
        if again:
            self._skipped.clear()
        match delivery.outcome:
            case Delivered.TAKEN | Delivered.SET_ASIDE if delivery.waiting or again:
                self._failures = 0
                self._next()
            case Delivered.LATER if delivery.message is not None:
                self._skipped.add(delivery.message.seq)
                self._next()
            case Delivered.BUSY:
                self._held_back = True
                self._wait(min(delivery.wait or 0.0, ASKED_AT_MOST_SECONDS))
            case Delivered.PAUSED:
                self._timer = self._background.after(PAUSED_SECONDS, self._waited)
            case Delivered.UNREACHABLE | Delivered.NOTHING if again:
                self._next()
            case Delivered.UNREACHABLE:
                self._wait()
            case Delivered.NOTHING if delivery.waiting:
                self._wait()
            case _:
                self._failures = 0

    def _tell_line(self, delivery: Delivery) -> None:
        if delivery.outcome is Delivered.UNREACHABLE:
            self._line.lost()
        elif delivery.message is not None:
            self._line.heard()

    def _wait(self, at_least: float = 0.0) -> None:
        """Backs off: 1, 2, 4 … 60 s, less up to half by chance; never less than the backend asked for."""
        longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        seconds = max(longest * (0.5 + self._chance() / 2), at_least)
        self._timer = self._background.after(seconds, self._waited)

    def _waited(self) -> None:
        self._timer = None
        self._held_back = False
        if not self._busy:
            self._skipped.clear()
            self._next()

    def _failed(self, trouble: Exception) -> None:
        """The till's own disk failed: nothing is lost, and it is tried again."""
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._busy = False
        self._publish(replace(self._model, trouble=trouble))
        self._wait()

    def _line_changed(self, online: bool) -> None:  # noqa: FBT001 - the line's listeners get just that
        self._publish(replace(self._model, online=online))
        if online and not self._busy:
            self.wake()

    def _publish(self, model: OutboxModel) -> None:
        if model == self._model:
            return
        self._model = model
        for listener in tuple(self._listeners):
            listener(model)
