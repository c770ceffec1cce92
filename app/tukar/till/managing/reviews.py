"""The cases that look odd: each with its reason, to be found in order or flagged, with notes that stay."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.oversight import ReviewCase, ReviewFilter, ReviewPage, ReviewState
from tukar.domain.receipt import Receipt
from tukar.till.managing.session import Session
from tukar.till.notices import Notice, Say
from tukar.till.ports import Ids

NOTE_AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class ReviewsModel:
    """``chosen`` is a place in ``cases``, -1 for none; ``open`` counts all that wait. ``note`` is what is typed."""

    state: ReviewState | None = ReviewState.OPEN
    cases: tuple[ReviewCase, ...] = ()
    open: int = 0
    chosen: int = -1
    note: str = ""
    busy: bool = False
    loaded: bool = False
    receipt: Receipt | None = None
    notice: Notice | None = None

    @property
    def case(self) -> ReviewCase | None:
        return self.cases[self.chosen] if 0 <= self.chosen < len(self.cases) else None


class ReviewsView(Protocol):
    """Where the cases are shown."""

    def show_reviews(self, model: ReviewsModel) -> None: ...


class Reviews:
    """Presenter of the review queue. A case that was decided leaves the list of open ones, and the next is chosen."""

    def __init__(self, *, view: ReviewsView, session: Session, ids: Ids) -> None:
        self._view = view
        self._session = session
        self._ids = ids
        self._next_page = ""
        self._loading = False
        self._model = ReviewsModel()

    @property
    def model(self) -> ReviewsModel:
        return self._model

    def open(self) -> None:
        self._list(self._model.state)

    def refresh(self) -> None:
        """How many wait, for the key of this page; the list stays as it is read."""
        self._session.ask(
            lambda backend: backend.reviews(ReviewFilter()).open,
            lambda count: self._show(replace(self._model, open=count)),
            lambda _notice: None,
            slot="reviews waiting",
        )

    def show_state(self, state: ReviewState | None) -> None:
        """Open, approved, flagged, or all of them."""
        self._list(state)

    def choose(self, place: int) -> None:
        if 0 <= place < len(self._model.cases) and place != self._model.chosen:
            self._show(replace(self._model, chosen=place, note="", notice=None))

    def more(self) -> None:
        """The reader comes near the end."""
        page, state = self._next_page, self._model.state
        if page and not self._loading:
            self._loading = True
            self._session.ask(
                lambda backend: backend.reviews(ReviewFilter(state), page), self._grown, self._failed, slot="reviews"
            )

    def type_note(self, note: str) -> None:
        self._show(replace(self._model, note=note[:NOTE_AT_MOST], notice=None))

    def approve(self) -> None:
        """Found in order."""
        self._decide(ReviewState.APPROVED)

    def flag(self) -> None:
        """To be followed up; that needs a word why."""
        if self._model.case is not None and not self._model.note.strip():
            self._show(replace(self._model, notice=Notice(Say.NOTE_NEEDED)))
        else:
            self._decide(ReviewState.FLAGGED)

    def reopen(self) -> None:
        """Decided too early: back to those that wait."""
        self._decide(ReviewState.OPEN)

    def keep_note(self) -> None:
        """Writes the note down and decides nothing."""
        case, note = self._model.case, self._model.note.strip()
        if case is None or not note or self._model.busy:
            return
        note_id = self._ids.new()
        self._show(replace(self._model, busy=True, notice=None))
        self._session.ask(lambda backend: backend.add_note(case.review_id, note_id, note), self._noted, self._failed)

    def look(self) -> None:
        """The bill behind the case, as its receipt."""
        case = self._model.case
        if case is not None and case.bill_id:
            self._session.ask(
                lambda backend: backend.receipt(case.bill_id),
                lambda receipt: self._show(replace(self._model, receipt=receipt)),
                self._failed,
                slot="receipt",
            )

    def close_receipt(self) -> None:
        self._show(replace(self._model, receipt=None))

    def _list(self, state: ReviewState | None) -> None:
        self._loading = False
        self._show(replace(self._model, state=state, busy=True, notice=None))
        self._session.ask(
            lambda backend: backend.reviews(ReviewFilter(state)), self._found, self._failed, slot="reviews"
        )

    def _decide(self, state: ReviewState) -> None:
        case, note = self._model.case, self._model.note.strip()
        if case is None or case.state is state or self._model.busy:
            return
        self._show(replace(self._model, busy=True, notice=None))
        self._session.ask(lambda backend: backend.decide(case.review_id, state, note), self._decided, self._failed)

    def _found(self, page: ReviewPage) -> None:
        self._next_page = page.next_page
        kept = self._model.case
        ids = [case.review_id for case in page.cases]
        chosen = ids.index(kept.review_id) if kept is not None and kept.review_id in ids else min(0, len(ids) - 1)
        self._show(
            replace(
                self._model,
                cases=page.cases,
                open=page.open,
                chosen=chosen,
                note=self._model.note if kept is not None and kept.review_id in ids else "",
                busy=False,
                loaded=True,
            )
        )

    def _grown(self, page: ReviewPage) -> None:
        self._loading = False
        self._next_page = page.next_page
        cases = (*self._model.cases, *page.cases)
        self._show(replace(self._model, cases=cases, open=page.open))

    def _noted(self, case: ReviewCase) -> None:
        cases = tuple(case if one.review_id == case.review_id else one for one in self._model.cases)
        self._show(replace(self._model, cases=cases, note="", busy=False))

    def _decided(self, case: ReviewCase) -> None:
        model = self._model
        before = next((one for one in model.cases if one.review_id == case.review_id), case)
        waits = (case.state is ReviewState.OPEN) - (before.state is ReviewState.OPEN)
        stays = model.state in (None, case.state)
        cases = tuple(
            case if one.review_id == case.review_id else one
            for one in model.cases
            if stays or one.review_id != case.review_id
        )
        chosen = min(model.chosen, len(cases) - 1)
        said = {
            ReviewState.APPROVED: Say.CASE_APPROVED,
            ReviewState.FLAGGED: Say.CASE_FLAGGED,
            ReviewState.OPEN: Say.CASE_REOPENED,
        }[case.state]
        self._show(
            replace(
                model,
                cases=cases,
                chosen=chosen,
                open=model.open + waits,
                note="",
                busy=False,
                notice=Notice(said),
            )
        )

    def _failed(self, notice: Notice) -> None:
        self._loading = False
        self._show(replace(self._model, busy=False, loaded=True, notice=notice))

    def _show(self, model: ReviewsModel) -> None:
        self._model = model
        self._view.show_reviews(model)
