"""Hundreds of days in the simulated shop, and a crash at hundreds of points, without a broken invariant."""

from dataclasses import replace

import pytest

from tests.simulation.campaign import (
    Report,
    campaign,
    caught_after,
    crash_schedules,
    random_schedules,
    read_replay,
    replay_text,
)
from tests.simulation.defects import DEFECTS
from tests.simulation.one_shot import ONE_SHOT
from tests.simulation.run import Schedule, Simulation

RANDOM_SCHEDULES = 500
CRASH_POINTS = 500
DEFECT_SCHEDULES = 500
ONE_SHOT_SCHEDULES = 150


def told(report: Report) -> str:
    return "\n".join(f"{failure.words}\n  {failure.as_json()['replay']}" for failure in report.failures)


def test_random_schedules_break_no_invariant() -> None:
    report = campaign(random_schedules(1, RANDOM_SCHEDULES, None))
    assert not report.failures, told(report)
    assert report.schedules == RANDOM_SCHEDULES
    assert report.crashes > RANDOM_SCHEDULES / 2
    assert report.bills > 1.5 * RANDOM_SCHEDULES
    assert report.late_captures > 0


def test_a_crash_at_any_point_breaks_no_invariant() -> None:
    report = campaign(crash_schedules(1, CRASH_POINTS, None), exhaustive=True)
    assert not report.failures, told(report)
    assert report.crash_points == CRASH_POINTS


def test_a_schedule_is_the_same_every_time() -> None:
    first, second = (Simulation(Schedule(7), tracing=True).run() for _ in range(2))
    assert first.trace == second.trace
    assert (first.steps, first.points, first.taken) == (second.steps, second.points, second.taken)


def test_its_decisions_alone_play_it_again() -> None:
    first = Simulation(Schedule(9), tracing=True).run()
    again = Simulation(read_replay(replay_text(first.schedule, first.taken)), tracing=True).run()
    assert again.trace == first.trace


@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_is_seen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    needed, words = caught_after(DEFECTS[name], DEFECT_SCHEDULES)
    with capsys.disabled():
        print(f"\n  {name}: {needed} schedules, {words[:100]}")
    assert needed


def test_a_backend_that_only_redeems_breaks_no_invariant() -> None:
    schedules = (replace(schedule, backend=ONE_SHOT) for schedule in random_schedules(1, ONE_SHOT_SCHEDULES, None))
    report = campaign(schedules)
    assert not report.failures, told(report)
    assert report.bills > ONE_SHOT_SCHEDULES
