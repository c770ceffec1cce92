"""What every backend behind the port must keep of holds, and of the codes they are asked for with."""

from dataclasses import replace

import pytest

from tests.fakes.shop import POINTS
from tests.loyalty.conftest import BOSS, BOSS_PIN, Subject
from tests.loyalty.contract import coffee, refusal_of, request, rupiah, send_code, tried
from tukar.domain.points import Points
from tukar.domain.redemption import (
    HOLD_SECONDS,
    ChallengeRequest,
    HoldRequest,
    HoldState,
    OneTimeCode,
    Refusal,
    ReleaseRequest,
)
from tukar.till.ports import Hold, Otp


def test_a_hold_reserves_points_once_however_often_it_is_asked(subject: Subject) -> None:
    asked = request(subject)
    first = subject.backend.hold(asked)
    assert (first.redemption_id, first.state, first.points) == ("r-1", HoldState.HELD, Points(200))
    assert first.ttl == pytest.approx(HOLD_SECONDS)
    assert subject.available() == Points(300)
    again = subject.backend.hold(asked)
    assert (again.state, again.points) == (first.state, first.points)
    assert subject.available() == Points(300)
    assert subject.backend.redemption("r-1").state is HoldState.HELD


def test_a_void_gives_the_points_back_once(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    for _ in range(2):
        assert subject.backend.void("r-1").state is HoldState.VOIDED
        assert subject.available() == Points(500)
    assert subject.backend.redemption("r-1").state is HoldState.VOIDED


def test_a_hold_that_comes_after_its_void_reserves_nothing(subject: Subject) -> None:
    asked = request(subject)
    assert subject.backend.void("r-1").state is HoldState.VOIDED
    assert subject.backend.hold(asked).state is HoldState.VOIDED
    assert subject.available() == Points(500)


def test_a_hold_can_be_extended_while_it_stands(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    subject.clock.advance(HOLD_SECONDS / 2)
    assert subject.backend.extend("r-1").ttl == pytest.approx(HOLD_SECONDS)
    subject.backend.void("r-1")
    assert refusal_of(lambda: subject.backend.extend("r-1")).refusal is Refusal.VOIDED


def test_a_redemption_nobody_knows_is_said_to_be_unknown(subject: Subject) -> None:
    for call in (subject.backend.redemption, subject.backend.extend):
        assert refusal_of(lambda call=call: call("never")).refusal is Refusal.UNKNOWN_REDEMPTION  # type: ignore[misc]


def test_points_spent_elsewhere_meanwhile_are_told_with_their_figure(subject: Subject) -> None:
    asked = request(subject)
    subject.spend_elsewhere(400)
    for _ in range(2):
        refused = refusal_of(lambda: subject.backend.hold(asked))
        assert (refused.refusal, refused.points) == (Refusal.INSUFFICIENT, Points(100))
    assert subject.available() == Points(100)


def test_what_other_bills_hold_is_let_go_by_somebody_who_may(subject: Subject) -> None:
    """Or said to be beyond a backend that holds nothing."""
    subject.backend.hold(request(subject))
    release = ReleaseRequest("m-1", POINTS, "other", BOSS.staff_id, BOSS_PIN, "in the way", "c-1")
    if subject.backend.capabilities.hold is Hold.NONE:
        assert refusal_of(lambda: subject.backend.release_holds(release)).refusal is Refusal.NOT_SUPPORTED
        return
    own = replace(release, bill_id="b-1")
    for asked, held in ((own, 200), (release, 0), (release, 0)):
        balance = subject.backend.release_holds(asked).balance(POINTS)
        assert balance is not None
        assert balance.held == Points(held)


def test_an_id_stands_for_one_redemption_only(subject: Subject) -> None:
    asked = request(subject)
    subject.backend.hold(asked)
    other = replace(asked, need=Points(150), bill=coffee(subject, points=150))
    assert refusal_of(lambda: subject.backend.hold(other)).refusal is Refusal.ID_REUSED
    assert subject.available() == Points(300)


def test_a_hold_that_runs_out_frees_its_points_where_holds_run_out(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    subject.clock.advance(HOLD_SECONDS + 1)
    if subject.backend.capabilities.hold is not Hold.TENTATIVE:
        assert subject.backend.redemption("r-1").state is HoldState.HELD
        assert subject.available() == Points(300)
        return
    assert subject.backend.redemption("r-1").state is HoldState.EXPIRED
    assert subject.available() == Points(500)
    assert refusal_of(lambda: subject.backend.extend("r-1")).refusal is Refusal.EXPIRED


def test_a_hold_takes_the_place_of_another_or_leaves_it(subject: Subject) -> None:
    subject.backend.hold(request(subject, points=300))
    smaller = replace(
        request(subject, "r-1b", points=200) if subject.backend.capabilities.otp is Otp.NONE else _same_code(subject),
        replaces="r-1",
    )
    if tried(lambda: subject.backend.hold(smaller).state) is HoldState.HELD:
        assert subject.backend.redemption("r-1").state is HoldState.VOIDED
        assert subject.available() == Points(300)
    else:
        assert refusal_of(lambda: subject.backend.hold(smaller)).refusal is Refusal.NOT_SUPPORTED
        assert subject.backend.redemption("r-1").state is HoldState.HELD
        assert subject.available() == Points(200)


def _same_code(subject: Subject) -> HoldRequest:
    """Fewer points under the code that was right before."""
    backend = subject.backend
    return HoldRequest(
        "r-1b", coffee(subject), "m-1", POINTS, Points(200), Points(300), rupiah(20_000), backend.programme().version,
        backend.state().catalogue_version, "c-r-1", "a-2", None,
    )  # fmt: skip


def test_a_wrong_code_counts_and_the_right_one_then_holds(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert refusal_of(lambda: send_code(subject, "c-1")).refusal is Refusal.NOT_SUPPORTED
        return
    asked = request(subject)
    assert asked.code is not None
    wrong = OneTimeCode(f"{(int(asked.code.digits) + 1) % 10**6:06d}")
    tries = [
        refusal_of(lambda n=n: subject.backend.hold(replace(asked, code=wrong, attempt_id=f"a-{n}")))  # type: ignore[misc]
        for n in range(2)
    ]
    assert [refused.refusal for refused in tries] == [Refusal.WRONG_CODE] * 2
    assert [refused.tries_left for refused in tries] == [4, 3]
    assert subject.available() == Points(500)
    assert subject.backend.hold(replace(asked, attempt_id="a-right")).state is HoldState.HELD


def test_an_answer_that_was_lost_burns_no_try_and_sends_no_second_message(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert refusal_of(lambda: send_code(subject, "c-1")).refusal is Refusal.NOT_SUPPORTED
        return
    asked = request(subject)
    assert asked.code is not None
    wrong = replace(asked, code=OneTimeCode(f"{(int(asked.code.digits) + 1) % 10**6:06d}"))
    left = [refusal_of(lambda: subject.backend.hold(wrong)).tries_left for _ in range(3)]
    # A backend without holds does not know tries by their ids.
    assert left == ([4, 3, 2] if subject.backend.capabilities.hold is Hold.NONE else [4, 4, 4])
    sent = ChallengeRequest("c-r-1", "s-c-r-1", "b-1", "m-1", POINTS, Points(200), rupiah(20_000))
    assert subject.backend.send_code(sent).sends_left == 3
    assert refusal_of(lambda: subject.backend.send_code(replace(sent, send_id="s-2"))).wait == pytest.approx(30)


def test_a_code_is_worth_no_more_than_its_ceiling(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert subject.backend.hold(replace(request(subject), ceiling=Points(1))).state is HoldState.HELD
        return
    asked = request(subject)
    more = replace(asked, bill=coffee(subject, points=300), need=Points(300), ceiling=Points(300))
    assert refusal_of(lambda: subject.backend.hold(more)).refusal in (Refusal.CODE_NEEDED, Refusal.BAD_REQUEST)
    assert subject.available() == Points(500)
