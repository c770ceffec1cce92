"""What a manager does in the room: comes in by their PIN, goes through everything, is asked for it again, goes.

A play is a row of touches; each ``yield`` lets the answers come, or a person's pause pass. What the room shows is
compared with the server's books, where nobody else wrote to them in between.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.office_answers import OfficeAnswers
from tests.simulation.office_figures import OfficeFigures
from tests.simulation.office_papers import OfficePapers
from tests.simulation.office_play import A_MOMENT, A_PAUSE, AT_ONCE, WRONG_PIN, Plays, Script
from tukar.loyalty import addresses
from tukar.till.managing.room import Page
from tukar.wire.managers import WireSessionEnd
from tukar.wire.message import write

if TYPE_CHECKING:
    from tests.simulation.office import ManagersOffice, OfficeLife

TRIES: Final = 4


class OfficePlays(Plays):
    """The visits of one life."""

    def __init__(self, life: "OfficeLife", office: "ManagersOffice") -> None:
        super().__init__(life, office)
        self._figures = OfficeFigures(life, office)
        self._papers = OfficePapers(life, office)
        self._answers = OfficeAnswers(life, office)

    # Visits

    def day(self) -> Script:
        """While the shop sells: everything there is to look at, begun anywhere."""
        plays: list[Callable[[], Script]] = [
            self._figures.promotions, self._figures.saved_views, self._answers.requests, self._papers.export,
            self._answers.reviews, self._papers.reports, self.lapse, self._papers.plan, self._answers.reconciling,
            self._answers.requests,
        ]  # fmt: skip
        share = 1 / len(plays)
        first = self._pick("first", 0, *((number, share) for number in range(1, len(plays))))
        for play in plays[first:] + plays[:first]:
            yield from self._come_in()
            if self._is_in():
                yield from play()
        yield from self.leave()

    def next_morning(self) -> Script:
        """All is quiet: every figure is now what the bills come to."""
        came = self._office.clock.now()
        yield from self._come_in()
        if not self._is_in():
            self._violated("nobody can come into the manager's room although nothing goes wrong any more")
            return
        yield from self._answers.decided_once()
        yield from self._figures.promotions()
        yield from self._papers.all_reports()
        yield from self._papers.export()
        yield from self._papers.last_night(came)
        yield from self._answers.mended()
        yield from self.leave()

    # The door

    def _is_in(self) -> bool:
        return self._views.room.manager is not None and not self._views.door.is_open

    def _come_in(self) -> Script:
        """By their own PIN, which is mistyped now and then; a line that is cut is waited for a while."""
        if self._is_in():
            return
        door, views = self._life.door, self._views
        if not views.door.is_open:
            door.knock(self._pick("knock", shop.MANAGER.staff_id, ("", 0.3)))
        if [member.staff_id for member in views.door.people] != [shop.MANAGER.staff_id]:
            self._violated(f"other people than managers may come in: {views.door.people}")
        door.choose(0)
        if self._pick("turns", 0, (1, 0.1)):
            door.leave()
            yield A_MOMENT
            door.knock()
        for _ in range(TRIES):
            wrong = bool(self._pick("pin", 0, (1, 0.15)))
            door.enter(WRONG_PIN if wrong else shop.PIN)
            yield A_MOMENT
            if self._is_in():
                break
            if wrong and views.door.wrong:
                door.typing()
            yield 3 * A_PAUSE
        is_lost = bool(self._office.server.restored_at)  # and with it who came in since the back-up
        if self._is_in() and not (is_lost or self._books.has_session(shop.MANAGER.staff_id)):
            self._violated("somebody is in the manager's room whom the server does not know of")

    def lapse(self) -> Script:
        """Another window of the machine signed out: whoever asks next is asked for their PIN again."""
        session_id = self._books.session_of(f"office-{self._life.number}-")
        if not session_id:
            return
        path = "/v1/" + "/".join(addresses.session_end(session_id))
        self._office.other_window.send("PUT", path, write(WireSessionEnd()))
        yield A_PAUSE
        self._life.room.turn_to(Page.REPORTS)
        yield A_MOMENT
        if not self._views.door.is_open:
            return
        if self._pick("gives-up", 0, (1, 0.4)):
            self._life.door.leave()
            yield A_MOMENT
            if self._views.room.manager is not None or self._views.requests.waiting:
                self._violated("the room is open although nobody signed in again")
            return
        yield from self._come_in()
        yield A_PAUSE
        if self._is_in() and self._views.reports.busy and not self._life.background.busy:
            self._violated("what was asked before the session ran out is never answered")

    def leave(self) -> Script:
        """Back to the counter; nothing of the room is left, not even of what was asked a moment ago."""
        self._life.requests.refresh()
        if self._pick("asks", 0, (1, 0.5)):
            yield AT_ONCE
        self._life.room.leave()
        yield A_MOMENT
        yield A_PAUSE
        for words in self.left_over():
            self._violated(words)
        self._life.room.turn_to(Page.REVIEWS)
        if self._views.room.page is Page.REVIEWS:
            self._violated("a page was turned in a room that was left")

    def left_over(self) -> Iterator[str]:
        """What is still there in a room that nobody is in."""
        views = self._views
        if views.room.manager is not None or views.requests.waiting or views.requests.in_hand:
            yield f"something waits in a room that was left: {views.requests}"
