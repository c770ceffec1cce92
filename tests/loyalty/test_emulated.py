"""A hold made of redeem and reverse, where answers are lost, the till dies in between, or a repeat is done twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from tests.fakes.backends import FakeBackend, Member, OneShotBackend
from tests.fakes.clock import FakeClock
from tests.fakes.members import Weather
from tests.fakes.one_shot import FakeIntents
from tests.fakes.shop import IDR, POINTS, bill, programme
from tests.loyalty.conftest import Subject
from tests.loyalty.contract import receipt, refusal_of
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.pricing.result import PointsMoved
from tukar.domain.redemption import (
    ChallengeRequest,
    HoldRequest,
    HoldState,
    OneTimeCode,
    Outcome,
    OverrideRequest,
    Part,
    Refusal,
)
from tukar.loyalty.emulated import Conclusion, EmulatedHold, Intent, intent_fields, intent_of
from tukar.till.ports import Idempotency, Refused, Reverse, Trouble, Unreachable

T = TypeVar("T")


class Scene:
    """A one-shot backend that knows Sari with 500 points, and a till that may forget all but its intents."""

    def __init__(self, idempotency: Idempotency = Idempotency.KEY, reverse: Reverse = Reverse.PARTIAL) -> None:
        self.clock = FakeClock()
        self.service = OneShotBackend(self.clock)
        self.service.capabilities = replace(self.service.capabilities, idempotency=idempotency, reverse=reverse)
        self.service.add_member(Member("m-1", "Sari Dewi", "+6281234565678"), 500)
        self.house = FakeBackend(self.clock, programme())
        self.intents = FakeIntents()
        self.hold = self.restarted()

    def restarted(self) -> EmulatedHold:
        """The till after a crash: what was in memory is gone."""
        self.hold = EmulatedHold(self.service, self.house, self.intents)
        return self.hold

    @property
    def points(self) -> int:
        return self.service.accounts.available(("m-1", POINTS)).units

    def request(self, redemption_id: str = "r-1") -> HoldRequest:
        asked = ChallengeRequest(f"c-{redemption_id}", "s-1", "b-1", "m-1", POINTS, Points(200), Money(20_000, IDR))
        self.hold.send_code(asked)
        code = OneTimeCode(self.service.challenges.sent[-1][1])
        customer = self.service.members.account("m-1")
        return HoldRequest(
            redemption_id, bill("b-1", customer, Points(200)), "m-1", POINTS, Points(200), Points(200),
            Money(20_000, IDR), 1, 0, f"c-{redemption_id}", "a-1", code,
        )  # fmt: skip

    def subject(self) -> Subject:
        return Subject(self.hold, self.clock, lambda: OneTimeCode("000000"), lambda _: None)

    def bill_outcome(self, points: int = 200) -> tuple[Outcome, int]:
        """What became of the points when the bill is saved."""
        paid = receipt(self.subject(), "b-1", self.hold.redemption("r-1"), points)
        (part,) = [part for part in self.hold.put_bill(paid).parts if part.part is Part.REDEMPTION]
        return part.outcome, 0 if part.points is None else part.points.units


@pytest.mark.parametrize("idempotency", list(Idempotency))
def test_a_lost_answer_takes_points_once(idempotency: Idempotency) -> None:
    scene = Scene(idempotency)
    asked = scene.request()
    scene.service.weather.lose_answers_of["redeem"] = 1
    with pytest.raises(Unreachable):
        scene.hold.hold(asked)
    assert scene.points == 300
    assert scene.hold.hold(asked).state is HoldState.HELD
    assert scene.points == 300
    assert scene.hold.void("r-1").state is HoldState.VOIDED
    assert scene.points == 500


@pytest.mark.parametrize("idempotency", list(Idempotency))
def test_after_a_crash_with_the_answer_lost_the_history_tells(idempotency: Idempotency) -> None:
    scene = Scene(idempotency)
    scene.service.weather.lose_answers_of["redeem"] = 1
    with pytest.raises(Unreachable):
        scene.hold.hold(scene.request())
    assert scene.restarted().redemption("r-1").state is HoldState.HELD
    assert scene.bill_outcome() == (Outcome.DONE, 200)
    assert scene.points == 300


def test_what_is_unknown_is_never_sent_again_where_a_repeat_is_done_twice() -> None:
    """It timed out, and the history does not show it: it may still be on its way."""
    scene = Scene(Idempotency.NONE)
    asked = scene.request()
    scene.service.weather.trouble_of["redeem"] = Unreachable(Trouble.TIMED_OUT)
    for _ in range(3):
        with pytest.raises(Unreachable):
            scene.hold.hold(asked)
    assert scene.service.weather.calls.count("redeem") == 1
    assert refusal_of(lambda: scene.hold.redemption("r-1")).refusal is Refusal.UNKNOWN_REDEMPTION
    # Its void cannot promise anything: a manager looks.
    assert refusal_of(lambda: scene.hold.void("r-1")).refusal is Refusal.NOT_SUPPORTED


def test_what_certainly_never_left_is_sent_again() -> None:
    scene = Scene(Idempotency.NONE)
    asked = scene.request()
    scene.service.weather.trouble_of["redeem"] = Unreachable(Trouble.NO_CONNECTION, sent=False)
    with pytest.raises(Unreachable):
        scene.hold.hold(asked)
    scene.service.weather.trouble_of.clear()
    assert scene.restarted().hold(asked).state is HoldState.HELD
    assert scene.points == 300


def test_what_cannot_be_written_down_is_not_sent() -> None:
    scene = Scene()
    asked = scene.request()
    scene.intents.fails_on = Conclusion.UNKNOWN
    with pytest.raises(Unreachable) as lost:
        scene.hold.hold(asked)
    assert lost.value.sent is False
    assert scene.points == 500


def test_what_was_sent_and_could_not_be_concluded_is_found_in_the_history() -> None:
    scene = Scene(Idempotency.NONE)
    asked = scene.request()
    scene.intents.fails_on = Conclusion.DONE
    with pytest.raises(Unreachable) as lost:
        scene.hold.hold(asked)
    assert lost.value.sent is True
    scene.intents.fails_on = None
    assert scene.restarted().hold(asked).state is HoldState.HELD
    assert scene.points == 300


def test_no_code_is_written_down() -> None:
    scene = Scene()
    asked = scene.request()
    assert asked.code is not None
    scene.hold.hold(asked)
    assert asked.code.digits not in repr(scene.intents.written)
    assert scene.intents.written["r-1"].conclusion is Conclusion.DONE


def test_a_lost_answer_of_a_void_gives_back_once() -> None:
    scene = Scene()
    scene.hold.hold(scene.request())
    scene.service.weather.lose_answers_of["reverse"] = 1
    with pytest.raises(Unreachable):
        scene.hold.void("r-1")
    for hold in (scene.hold, scene.restarted()):
        assert hold.void("r-1").state is HoldState.VOIDED
        assert scene.points == 500


def test_a_bill_with_fewer_points_gives_back_the_rest_once_though_the_answer_is_lost() -> None:
    scene = Scene()
    scene.hold.hold(scene.request())
    scene.service.weather.lose_answers_of["reverse"] = 1
    with pytest.raises(Unreachable):
        scene.bill_outcome(150)
    assert scene.bill_outcome(150) == (Outcome.DONE, 150)
    assert scene.points == 350


def test_where_only_the_whole_can_be_reversed_the_bill_says_so() -> None:
    scene = Scene(reverse=Reverse.FULL)
    scene.hold.hold(scene.request())
    assert scene.bill_outcome(150) == (Outcome.FLAGGED, 200)
    assert scene.points == 300


def test_where_nothing_can_be_reversed_points_are_taken_when_the_bill_is_saved() -> None:
    scene = Scene(reverse=Reverse.NONE)
    assert scene.hold.hold(scene.request()).state is HoldState.HELD
    assert scene.points == 500
    assert scene.bill_outcome() == (Outcome.DONE, 200)
    assert scene.bill_outcome() == (Outcome.DONE, 200)
    assert scene.points == 300


def test_where_nothing_can_be_reversed_a_void_takes_nothing() -> None:
    scene = Scene(reverse=Reverse.NONE)
    scene.hold.hold(scene.request())
    assert scene.hold.void("r-1").state is HoldState.VOIDED
    assert scene.points == 500


def test_what_is_refused_once_the_bill_is_saved_is_an_item() -> None:
    scene = Scene(reverse=Reverse.NONE)
    scene.hold.hold(scene.request())
    scene.service.accounts.move(("m-1", POINTS), Points(-400), "spend", "web-shop")
    assert scene.bill_outcome() == (Outcome.SHORT, 0)
    assert scene.points == 100


def test_a_crash_loses_the_code_and_the_bill_is_still_taken() -> None:
    scene = Scene(reverse=Reverse.NONE)
    scene.hold.hold(scene.request())
    scene.restarted()
    assert scene.bill_outcome() == (Outcome.SHORT, 0)
    assert scene.points == 500


def test_a_bill_whose_redemption_was_voided_gives_none() -> None:
    scene = Scene()
    held = scene.hold.hold(scene.request())
    scene.hold.void("r-1")
    paid = receipt(scene.subject(), "b-1", held)
    (part,) = [part for part in scene.hold.put_bill(paid).parts if part.part is Part.REDEMPTION]
    assert (part.outcome, part.short) == (Outcome.SHORT, Points(200))
    assert scene.points == 500


def test_earning_is_reported_once_by_a_till_whose_backend_does_not_count() -> None:
    scene = Scene()
    paid = replace(receipt(scene.subject(), "b-1", None), expected_earning=(PointsMoved(POINTS, Points(13)),))
    scene.service.weather.lose_answers_of["earn"] = 1
    with pytest.raises(Unreachable):
        scene.hold.put_bill(paid)
    for _ in range(2):
        answer = scene.hold.put_bill(paid)
        assert answer.balances == {POINTS: Points(513)}
        assert [part.outcome for part in answer.parts] == [Outcome.DONE, Outcome.DONE]
    assert scene.points == 513


def test_an_earning_that_is_refused_leaves_the_bill_taken() -> None:
    scene = Scene()
    paid = replace(receipt(scene.subject(), "b-1", None), expected_earning=(PointsMoved(POINTS, Points(-900)),))
    assert [part.outcome for part in scene.hold.put_bill(paid).parts] == [Outcome.DONE, Outcome.REFUSED]


def test_closing_closes_the_service() -> None:
    scene = Scene()
    scene.hold.close()
    assert scene.service.closed


def test_a_void_that_overtakes_its_redemption_has_to_come_again() -> None:
    scene = Scene()
    request = scene.request()
    overtaken: list[Unreachable] = []

    class Slow(Weather):
        def carry(self, name: str, call: Callable[[], T]) -> T:
            if name == "redeem":
                with pytest.raises(Unreachable) as caught:
                    scene.hold.void("r-1")
                overtaken.append(caught.value)
            return super().carry(name, call)

    scene.service.weather = Slow()
    scene.hold.hold(request)
    assert overtaken
    assert scene.points == 300
    assert scene.hold.void("r-1").state is HoldState.VOIDED
    assert scene.points == 500


def test_passwords_are_for_the_house_and_not_for_such_a_backend() -> None:
    scene = Scene(Idempotency.KEY)
    assert refusal_of(lambda: scene.hold.sign_in("sari", "correct horse")).refusal is Refusal.NOT_SUPPORTED
    assert refusal_of(lambda: scene.hold.let_in("sari", "hendra", "246810")).refusal is Refusal.NOT_SUPPORTED


def test_a_bill_of_nobody_moves_nothing() -> None:
    scene = Scene(Idempotency.KEY)
    nobodys = replace(receipt(scene.subject(), "b-1", None), customer=None)
    answer = scene.hold.put_bill(nobodys)
    assert ([part.part for part in answer.parts], answer.balances) == ([Part.BILL], {})


def test_points_that_were_refused_are_voided_without_being_given_back() -> None:
    scene = Scene(Idempotency.KEY)
    asked = scene.request()
    far_too_much = replace(asked, need=Points(900), ceiling=Points(900))
    assert isinstance(refusal_of(lambda: scene.hold.hold(far_too_much)), Refused)
    assert scene.hold.void("r-1").state is HoldState.VOIDED
    assert (scene.points, scene.service.weather.calls.count("reverse")) == (500, 0)


def test_what_never_arrived_is_voided_without_being_given_back_where_a_repeat_does_no_harm() -> None:
    scene = Scene(Idempotency.KEY)
    asked = scene.request()
    scene.service.weather.trouble_of["redeem"] = Unreachable(Trouble.TIMED_OUT)
    with pytest.raises(Unreachable):
        scene.hold.hold(asked)
    assert scene.hold.void("r-1").state is HoldState.VOIDED
    assert (scene.points, scene.service.weather.calls.count("reverse")) == (500, 0)


def test_nobody_answers_for_a_code_of_such_a_backend() -> None:
    override = OverrideRequest("c-1", "hendra", "246810", "no code came", "sari")
    assert refusal_of(lambda: Scene().hold.override_code(override)).refusal is Refusal.NOT_SUPPORTED


@pytest.mark.parametrize("points", [Points(200), Points(1234, 2)])
@pytest.mark.parametrize("conclusion", list(Conclusion))
def test_an_intent_is_read_back_as_it_was_written(points: Points, conclusion: Conclusion) -> None:
    intent = Intent("r-1", "m-1", POINTS, points, conclusion)
    assert intent_of(intent_fields(intent)) == intent
