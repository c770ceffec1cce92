"""A word from elsewhere: asked, waited for, taken only for just what was asked, and withdrawn with the sheet."""

from dataclasses import replace
from decimal import Decimal

from tests.fakes.approvals import FakeApprovals
from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.shop import IDR
from tests.fakes.tries import FakeTries
from tests.till.test_signing_in import HENDRA, SARI, Directory, PlainCheck
from tukar.domain.approval import ApprovalState
from tukar.domain.money import Money
from tukar.domain.people import Action, Right
from tukar.domain.redemption import Refusal
from tukar.till.approving import ApprovalModel, Approving
from tukar.till.asking_afar import AfarModel, AfarState, AskingAfar
from tukar.till.permitting import Much, Permit, Permitting
from tukar.till.ports import Refused, Trouble, Unreachable
from tukar.till.staffing import Staffing

REF = "line-1 10%"


class Trail:
    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        self.rows.append((actor, action, ref, detail))


class Counter:
    """Sari sells and wants to take 10 % off; ``given`` are the permits she got."""

    def __init__(self) -> None:
        clock = FakeClock()
        self.background = ImmediateBackground(clock)
        self.trail = Trail()
        self.staffing = Staffing(Directory(), PlainCheck(), self.background, clock, self.trail, FakeTries())
        self.staffing.choose(SARI.staff_id)
        self.staffing.enter_pin(SARI.pin_hash)
        self.way = FakeApprovals()
        afar = AskingAfar(self.way, self.staffing, self.background, clock, FakeIds("ask"))
        self.approving = Approving(view=self, staffing=self.staffing, afar=afar)
        self.permits = Permitting(self.staffing, self.approving)
        self.model = ApprovalModel()
        self.given: list[Permit] = []

    def show_approval(self, model: ApprovalModel) -> None:
        self.model = model

    @property
    def afar(self) -> AfarModel:
        assert self.model.afar is not None
        return self.model.afar

    def wants(self) -> None:
        about = Much(Money(6_500, IDR), Decimal(10)).about(Action.DISCOUNT_LINE, REF, "bill-1", "dented")
        assert self.permits.ask(Action.DISCOUNT_LINE, REF, self.given.append, about) is Right.NEEDS_APPROVAL

    def asks(self) -> str:
        """Asks the office; returns the id of the request."""
        self.wants()
        self.approving.ask_afar()
        return next(reversed(self.way.requests))


def test_a_word_given_elsewhere_is_as_good_as_a_pin() -> None:
    counter = Counter()
    request_id = counter.asks()
    asked = counter.way.requests[request_id]
    assert (asked.actor_id, asked.subject.amount, asked.subject.percent) == ("sari", Money(6_500, IDR), Decimal(10))
    assert (counter.afar.state, counter.afar.seconds) == (AfarState.WAITING, 60)
    counter.background.advance(5)
    assert counter.afar.state is AfarState.WAITING
    assert counter.given == []
    counter.way.answer(request_id, ApprovalState.GIVEN)
    counter.background.advance(1)
    assert counter.given == [Permit("sari", "hendra")]
    assert not counter.model.is_open
    assert counter.trail.rows[-1] == ("hendra", "approve_afar:discount_line", REF, "sari")


def test_a_no_is_told_with_its_reason() -> None:
    counter = Counter()
    counter.way.answer(counter.asks(), ApprovalState.REFUSED, note="too much")
    counter.background.advance(1)
    assert counter.afar == AfarModel(AfarState.REFUSED, name="Hendra Wijaya", note="too much")
    assert counter.model.is_open
    assert counter.given == []


def test_nobody_answers_in_time_and_it_may_be_asked_again() -> None:
    counter = Counter()
    counter.asks()
    counter.background.advance(61)
    assert counter.afar == AfarModel(AfarState.RUN_OUT)
    counter.approving.ask_afar()
    assert counter.afar.waits
    assert len(counter.way.requests) == 2


def test_a_pin_at_the_till_is_enough_meanwhile() -> None:
    counter = Counter()
    request_id = counter.asks()
    counter.approving.enter(HENDRA.pin_hash)
    assert counter.given == [Permit("sari", "hendra")]
    assert counter.way.requests[request_id].state is ApprovalState.WITHDRAWN


def test_with_the_sheet_the_question_goes() -> None:
    counter = Counter()
    request_id = counter.asks()
    counter.approving.close()
    assert counter.way.requests[request_id].state is ApprovalState.WITHDRAWN
    counter.way.requests[request_id] = replace(
        counter.way.requests[request_id], state=ApprovalState.GIVEN, approver_id="hendra"
    )
    counter.background.advance(5)
    assert counter.given == []


def test_a_word_for_something_else_or_of_ones_own_is_none() -> None:
    for change in ("subject", "approver"):
        counter = Counter()
        request_id = counter.asks()
        counter.way.answer(request_id, ApprovalState.GIVEN)
        given = counter.way.requests[request_id]
        other = replace(given.subject, amount=Money(65_000, IDR))
        counter.way.requests[request_id] = (
            replace(given, subject=other) if change == "subject" else replace(given, approver_id="sari")
        )
        counter.background.advance(1)
        assert counter.given == []
        assert counter.afar.state is AfarState.REFUSED


def test_without_a_line_it_says_so_and_a_break_while_waiting_is_borne() -> None:
    counter = Counter()
    down = Unreachable(Trouble.NO_CONNECTION, sent=False)
    counter.way.trouble = down
    counter.wants()
    counter.approving.ask_afar()
    assert counter.afar.state is AfarState.UNHEARD
    counter.way.trouble = None
    counter.approving.ask_afar()
    counter.way.trouble = down
    counter.background.advance(10)
    assert (counter.afar.state, counter.afar.seconds) == (AfarState.WAITING, 50)
    counter.way.trouble = None
    counter.way.answer(next(reversed(counter.way.requests)), ApprovalState.GIVEN)
    counter.background.advance(1)
    assert counter.given == [Permit("sari", "hendra")]


def test_a_backend_that_refuses_to_ask() -> None:
    counter = Counter()
    counter.way.trouble = Refused(Refusal.NOT_ALLOWED)
    counter.wants()
    counter.approving.ask_afar()
    assert counter.afar.state is AfarState.REFUSED


def test_somebody_new_to_this_till_may_give_their_word() -> None:
    counter = Counter()
    counter.way.answer(counter.asks(), ApprovalState.GIVEN, who="newcomer")
    counter.background.advance(1)
    assert counter.given == [Permit("sari", "newcomer")]


def test_asked_once_while_it_waits() -> None:
    counter = Counter()
    counter.asks()
    counter.approving.ask_afar()
    assert len(counter.way.requests) == 1
