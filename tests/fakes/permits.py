"""A rights table by hand: what a test says is allowed, asked for, or denied."""

from typing import Final

from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import Action, Right
from tukar.till.permitting import Permit, Then

HENDRA: Final = Permit("sari", "hendra")


class FakePermits:
    """``line_work.Permits``: ``rights`` names what is not simply allowed. ``approve`` is the second person's PIN."""

    def __init__(self) -> None:
        self.rights: dict[Action, Right] = {}
        self.asked: list[tuple[Action, str]] = []
        self.about: ApprovalSubject | None = None
        self._waiting: Then | None = None

    def right(self, action: Action) -> Right:
        return self.rights.get(action, Right.ALLOWED)

    def ask(self, action: Action, ref: str, then: Then, about: ApprovalSubject | None = None) -> Right:
        right = self.right(action)
        self.about = about
        self.asked.append((action, ref))
        if right is Right.ALLOWED:
            then(Permit("sari"))
        elif right is Right.NEEDS_APPROVAL:
            self._waiting = then
        return right

    def ask_here(self, then: Then, about: ApprovalSubject) -> Right:
        return self.ask_second(about.action, about.ref, then, about)

    def ask_second(self, action: Action, ref: str, then: Then, about: ApprovalSubject) -> Right:
        right = self.right(action)
        self.about = about
        self.asked.append((action, ref))
        if right is Right.DENIED:
            return right
        self._waiting = then
        return Right.NEEDS_APPROVAL

    def approve(self, word: Permit = HENDRA) -> None:
        """Hendra types his PIN."""
        then, self._waiting = self._waiting, None
        assert then is not None
        then(word)
