"""Several processes find what one finds."""

from dataclasses import replace

from tests.simulation.campaign import Report, campaign, random_schedules
from tests.simulation.defects import DEFECTS
from tests.simulation.several import TOGETHER, processes_for, spread

FEW = 4
NEEDS_BOTH = 2 * FEW + 1
AT_MOST = 100
"""Schedules within which the seeded defect shows several times over."""


def figures(report: Report) -> dict[str, object]:
    timed = ("seconds", "processor_seconds")
    return {name: figure for name, figure in report.as_json().items() if name not in timed}


def test_two_processes_add_up_to_one() -> None:
    alone = campaign(random_schedules(301, NEEDS_BOTH, None))
    both = spread(random_schedules(301, NEEDS_BOTH, None), 2, together=FEW)
    assert figures(both) == figures(alone)
    assert both.schedules == NEEDS_BOTH
    assert both.processor_seconds > 0


def test_what_fails_is_told_as_by_one_process() -> None:
    name = "split_commit"
    defect = DEFECTS[name]
    schedules = [replace(one, moods=defect.moods) for one in random_schedules(1, AT_MOST, None)]
    alone = campaign(schedules, stop_at=1, defect=defect)
    assert alone.failures
    both = spread(schedules, 2, stop_at=1, defect=name, together=max(1, alone.schedules - 1))
    assert figures(both) == figures(alone)


def test_a_few_schedules_start_no_other_process() -> None:
    assert processes_for(TOGETHER) == 1
    assert processes_for(TOGETHER + 1) >= 1
