"""Plays a campaign in several processes at once: what comes of it is what one process would have found, only sooner."""

import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Final

from tests.simulation.campaign import Report, campaign
from tests.simulation.defects import DEFECTS
from tests.simulation.run import Schedule

TOGETHER: Final = 50
"""So many schedules are handed to a process at a time: enough that the handing costs nothing."""


def processes_for(schedules: int) -> int:
    """One for each core that this process may use; for a few schedules one, because another has to start first."""
    return 1 if schedules <= TOGETHER else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


def spread(
    schedules: Iterable[Schedule],
    processes: int,
    *,
    stop_at: int = 5,
    exhaustive: bool = False,
    defect: str = "",
    together: int = TOGETHER,
) -> Report:
    """``campaign`` in so many processes: the same figures and failures, in the order of the schedules.

    ``Report.seconds`` are those of the clock, ``Report.processor_seconds`` those of all processes together.
    """
    played = partial(_played, stop_at=stop_at, exhaustive=exhaustive, defect=defect)
    if processes == 1:
        return played(schedules)
    whole = Report()
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for share in pool.map(played, _shares(iter(schedules), together)):
            whole.add_report(share)
            if len(whole.failures) >= stop_at:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    whole.seconds = time.perf_counter() - began
    return whole


def _shares(schedules: Iterator[Schedule], together: int) -> Iterator[list[Schedule]]:
    while share := list(islice(schedules, together)):
        yield share


def _played(schedules: Iterable[Schedule], *, stop_at: int, exhaustive: bool, defect: str) -> Report:
    return campaign(schedules, stop_at=stop_at, exhaustive=exhaustive, defect=DEFECTS.get(defect))
