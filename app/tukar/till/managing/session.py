"""Asks the manager's backend; a session that ran out is opened again, and what was asked is asked once more."""

from collections.abc import Callable
from typing import Final, TypeVar

from tukar.domain.people import StaffMember
from tukar.domain.redemption import Refusal
from tukar.till.background import Background
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, Refused, Unreachable
from tukar.till.ports.reviewing import ManagerBackend
from tukar.till.refusals import disk_notice, refused_notice, unreachable_notice

T = TypeVar("T")

SIGN_IN: Final = Notice(Say.SIGN_IN_AGAIN, Level.WARN)


def told(trouble: Exception) -> Notice:
    """What a manager reads of a call that did not work; anything but the three kinds of trouble is a bug."""
    if isinstance(trouble, Refused):
        return refused_notice(trouble)
    if isinstance(trouble, Unreachable):
        return unreachable_notice(trouble, Say.OFFLINE_MANAGER)
    if isinstance(trouble, DiskTrouble):
        return disk_notice(trouble)
    raise trouble


class Session:
    """One manager's conversation with the backend.

    ``lapsed`` is called when the session is found to have run out, whoever asked; ``opened`` and ``given_up`` say what
    came of that. Questions wait meanwhile.
    """

    def __init__(self, backend: ManagerBackend, background: Background) -> None:
        self._backend = backend
        self._background = background
        self._waiting: list[tuple[Callable[[], None], Callable[[Notice], None]]] = []
        self.lapsed: Callable[[], None] = lambda: None
        self.manager: StaffMember | None = None

    def ask(
        self,
        call: Callable[[ManagerBackend], T],
        done: Callable[[T], None],
        failed: Callable[[Notice], None],
        *,
        slot: str = "",
    ) -> None:
        """Calls in the background; one of ``done`` and ``failed`` hears. Only a read has a ``slot``."""

        def again() -> None:
            self.ask(call, done, failed, slot=slot)

        def not_done(trouble: Exception) -> None:
            if isinstance(trouble, Refused) and trouble.refusal is Refusal.NOT_SIGNED_IN:
                self._wait(again, failed)
            else:
                failed(told(trouble))

        self._background.run(lambda: call(self._backend), done, not_done, slot=f"manager {slot}" if slot else "")

    def sign_in(
        self, member: StaffMember, pin: str, done: Callable[[StaffMember], None], failed: Callable[[Exception], None]
    ) -> None:
        """Opens a session by the member's own PIN."""

        def opened(manager: StaffMember) -> None:
            self.manager = manager
            done(manager)
            waiting, self._waiting = self._waiting, []
            for again, _failed in waiting:
                again()

        self._background.run(lambda: self._backend.sign_in(member.staff_id, pin), opened, failed)

    def give_up(self) -> None:
        """Nobody signed in again: what waited hears that it was not done."""
        waiting, self._waiting = self._waiting, []
        for _again, failed in waiting:
            failed(SIGN_IN)

    def end(self) -> None:
        """The manager leaves. The backend hears of it if it can."""
        if self.manager is not None:
            self.manager = None
            self._background.run(self._backend.sign_out, lambda _none: None, lambda _trouble: None)
        self.give_up()

    def _wait(self, again: Callable[[], None], failed: Callable[[Notice], None]) -> None:
        self._waiting.append((again, failed))
        if self.manager is not None:
            self.manager = None
            self.lapsed()
        elif len(self._waiting) == 1:
            self.lapsed()
