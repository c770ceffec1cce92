"""What a manager answers in the room: words that cashiers ask for, cases that look odd, figures that differ."""

from typing import Final

from tests.simulation import shop
from tests.simulation.office_play import A_MOMENT, A_PAUSE, WRONG_PIN, Plays, Script
from tukar.domain.approval import ApprovalState, ApprovalSubject
from tukar.domain.money import Money
from tukar.domain.oversight import DifferenceState, ReviewState
from tukar.domain.people import Action
from tukar.till.managing.room import Page
from tukar.till.notices import Say

A_PULSE: Final = 13.0
"""A pulse of the room, which is slower here."""
REPAIRS_AT_MOST: Final = 12
_DECIDED: Final = {
    Say.CASE_APPROVED: ReviewState.APPROVED,
    Say.CASE_FLAGGED: ReviewState.FLAGGED,
    Say.CASE_REOPENED: ReviewState.OPEN,
}
_SAID: Final = {Say.REQUEST_GIVEN: ApprovalState.GIVEN, Say.REQUEST_REFUSED: ApprovalState.REFUSED}


class OfficeAnswers(Plays):
    """The plays of one life in which something is changed."""

    # Words from afar

    def requests(self) -> Script:
        """A cashier asks, the manager answers, the cashier hears; the answer given first stays."""
        from tests.simulation.office import CashierElsewhere

        office, views, requests = self._office, self._views, self._life.requests
        cashier = CashierElsewhere(office, f"office-word-{len(office.cashiers) + 1}")
        office.cashiers.append(cashier)
        amount = Money(self._pick("amount", 20_000, (90_000_000, 0.15)), shop.CURRENCY)
        cashier.ask(ApprovalSubject(Action.RETURN_WITHOUT_RECEIPT, "goods", amount=amount, reason="broken"))
        yield A_PULSE
        give = not self._pick("says-no", 0, (1, 0.3))
        requests.begin(give=give)
        in_hand = views.requests.in_hand
        if in_hand is None:
            return
        if in_hand.request.beyond is not None and give:
            self._violated("a word beyond the manager's limits is offered")
        requests.type_note("this once")
        if self._pick("esc", 0, (1, 0.1)):
            requests.close()
            requests.begin(give=give)
        if self._pick("gives-up", 0, (1, 0.15)):
            cashier.withdraw()
            yield self._pick("late", A_MOMENT, (70.0, 0.5))
        if self._pick("mistypes", 0, (1, 0.2)):
            requests.enter(WRONG_PIN)
            yield A_MOMENT
            requests.typing()
        requests.enter(shop.PIN)
        yield A_MOMENT
        self._was_said(in_hand.request.request_id)
        cashier.look()
        yield A_MOMENT
        heard = cashier.heard
        if heard is not None and heard.state not in (ApprovalState.WAITING, ApprovalState.RUN_OUT):
            self._stands(cashier.request_id, heard.state, "the cashier hears")
        requests.dismiss()
        requests.close()

    def _was_said(self, request_id: str) -> None:
        """What the manager reads of their answer is what the server has of it."""
        said = self._views.requests.said
        if said is not None and said.say in _SAID:
            self._stands(request_id, _SAID[said.say], "the manager reads")
        if any(one.request.request_id == request_id for one in self._views.requests.waiting) and said is not None:
            self._violated(f"{request_id} was answered and waits on")

    def _stands(self, request_id: str, state: ApprovalState, who: str) -> None:
        known = self._books.state_of(request_id)
        if known and known != state.value and not self._office.server.restored_at:
            self._violated(f"{who} of {request_id} that it is {state}, and it is {known}")

    def decided_once(self) -> Script:
        """Whatever the cashiers heard is what stands, and nobody said two things of one request."""
        for cashier in self._office.cashiers:
            heard = cashier.heard
            if heard is not None and heard.state in (ApprovalState.GIVEN, ApprovalState.REFUSED):
                self._stands(cashier.request_id, heard.state, "the cashier heard")
        twice = self._books.said_twice()
        if twice:
            self._violated(f"more than one word was given: {twice}")
        yield A_MOMENT

    # Cases

    def reviews(self) -> Script:
        """The first cases: a note, flagged for a reason, opened again, approved; each word is kept once."""
        page, views = self._life.reviews, self._views
        self._life.room.turn_to(Page.REVIEWS)
        yield A_MOMENT
        for state in (*ReviewState, None):
            page.show_state(state)
            yield A_MOMENT
        page.more()
        page.choose(1)
        page.choose(0)
        page.look()
        yield A_MOMENT
        page.close_receipt()
        if views.reviews.case is not None:
            yield from self._one_case()
        page.show_state(ReviewState.OPEN)
        yield A_MOMENT
        page.approve()
        yield A_MOMENT
        page.refresh()

    def _one_case(self) -> Script:
        page, views = self._life.reviews, self._views
        case = views.reviews.case
        if case is None:
            return
        page.flag()
        if views.reviews.notice is None or views.reviews.notice.say is not Say.NOTE_NEEDED:
            self._violated("a case is flagged without a word why")
        note = f"looked at by {self._life.number}"
        page.type_note(note)
        page.keep_note()
        yield A_MOMENT
        if not views.reviews.notice and not views.reviews.busy and self._books.noted(case.review_id, note) != 1:
            self._violated(f"a note was kept {self._books.noted(case.review_id, note)} times")
        for decide in (self._flag, page.reopen, page.approve):
            decide()
            yield A_MOMENT
            self._was_decided(case.review_id)

    def _flag(self) -> None:
        self._life.reviews.type_note("asks the cashier")
        self._life.reviews.flag()

    def _was_decided(self, review_id: str) -> None:
        notice = self._views.reviews.notice
        state = _DECIDED.get(notice.say) if notice is not None else None
        gone = bool(self._office.server.restored_at)
        if state is not None and not gone and not self._books.decided(review_id, state.value):
            self._violated(f"the case {review_id} is said to be {state}, and nobody wrote that down")

    # Figures that differ

    def reconciling(self) -> Script:
        """Compares, repairs whatever is found, compares again."""
        page, views = self._life.reconciling, self._views
        self._life.room.turn_to(Page.RECONCILING)
        yield A_MOMENT
        page.compare()
        page.look()
        yield A_MOMENT
        page.close_receipt()
        found = views.reconciling.found
        for place in range(len(found.differences) if found is not None else 0):
            page.choose(place)
            page.repair()
            yield A_MOMENT
            if views.reconciling.repairing and not self._life.background.busy:
                self._violated("a repair is never over")
        page.compare()
        yield A_MOMENT

    def mended(self) -> Script:
        """Somebody wrote into the books; the manager is shown it, repairs it, and all adds up again."""
        page, views = self._life.reconciling, self._views
        self._office.server.changed = lambda: None
        if not self._books.spoil():
            return
        self._life.room.turn_to(Page.RECONCILING)
        yield A_PAUSE
        if views.reconciling.found is None or not views.reconciling.found.differences:
            self._violated(f"books that were spoiled are said to add up: {views.reconciling.notice}")
        for _ in range(REPAIRS_AT_MOST):
            found = views.reconciling.found
            open_ones = [
                place
                for place, one in enumerate(found.differences if found is not None else ())
                if one.state is DifferenceState.OPEN
            ]
            if not open_ones:
                break
            page.choose(open_ones[0])
            page.repair()
            yield A_MOMENT
        page.compare()
        yield A_MOMENT
        found = views.reconciling.found
        if found is None or any(one.state is DifferenceState.OPEN for one in found.differences):
            self._violated(f"what was repaired still differs: {views.reconciling}")
