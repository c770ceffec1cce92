"""Which module measures which goal of performance.md; they are imported when asked for, as they need much."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from tests.benchmarks.figures import Figure, Sizes
from tests.benchmarks.workshop import Workshop

Measure = Callable[[Workshop, Sizes], Iterable[Figure]]

GOALS = {
    "P1": "at_start",
    "P2": "at_start",
    "P3": "at_start",
    "P4": "at_the_counter",
    "P5": "at_the_catalogue",
    "P6": "at_the_journal",
    "P7": "at_the_counter",
    "P8": "at_pricing",
    "P9": "at_the_counter",
    "P10": "at_the_catalogue",
    "P11": "at_the_line",
    "P12": "at_the_server",
    "P13": "at_the_counter",
}
"""Goal → the module with a function of the goal's name."""


def measure(goal: str, workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    found: Measure = getattr(import_module(f"tests.benchmarks.{GOALS[goal]}"), goal.lower())
    yield from found(workshop, sizes)
