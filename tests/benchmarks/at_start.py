"""P1, P2 and P3: the start of the till, and its memory."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.catalogues import filled
from tests.benchmarks.figures import Figure, Sizes, in_turns, unmeasured
from tests.benchmarks.workshop import Workshop, child, running


def started(command: Sequence[str]) -> tuple[float, dict[str, object]]:
    """Milliseconds until the child says that its window is painted, and what it tells then."""
    began = time.perf_counter()
    with running(command) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        if said != "painted\n":
            raise RuntimeError(f"{' '.join(command)} painted nothing")
        told: dict[str, object] = json.loads(process.stdout.readline())
    return took, told


def till(folder: Path) -> list[str]:
    return child("first_paint_child", str(folder))


def _milliseconds(command: Sequence[str]) -> float:
    return started(command)[0]


def _mebibytes(command: Sequence[str]) -> float:
    return float(str(started(command)[1]["rss"]))


def p1(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    ours, bare = till(workshop.enrolled()), child("floors", "window")
    value, floor = in_turns(sizes.repeats, lambda: _milliseconds(ours), lambda: _milliseconds(bare))
    yield Figure("P1", value, floor, 2.0, "start to painted window beside a bare QMainWindow")
    many, few = till(_with_items(workshop, sizes.items)), till(_with_items(workshop, sizes.few_items))
    value, floor = in_turns(sizes.repeats, lambda: _milliseconds(many), lambda: _milliseconds(few))
    yield Figure("P1.catalogue", value, floor, 1.1, f"the same with {sizes.items:,} items beside {sizes.few_items:,}")


def p2(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    if workshop.packaged is None:
        yield unmeasured("P2", 1.1, "name the packaged program with --packaged")
        return
    folder = workshop.enrolled()
    back_up = folder / "start.tukar"
    tukar = [*till(folder)[:1], "-m", "tukar"]
    with running([*tukar, "backup", str(back_up), "--data", str(folder)]) as backing_up:
        backing_up.communicate()
    packaged = [str(workshop.packaged), "update", "try", str(back_up)]
    venv = [*tukar, "update", "try", str(back_up)]
    value, floor = in_turns(sizes.repeats, lambda: _whole_run(packaged), lambda: _whole_run(venv))
    yield Figure("P2", value, floor, 1.1, "packaged till to its window and out beside the same in its environment")


def _whole_run(command: Sequence[str]) -> float:
    began = time.perf_counter()
    with running(command) as process:
        process.communicate()
    return (time.perf_counter() - began) * 1000


def p3(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    ours, bare = till(workshop.enrolled()), child("floors", "window")
    value, floor = in_turns(sizes.repeats, lambda: _mebibytes(ours), lambda: _mebibytes(bare))
    yield Figure("P3", value, floor, 2.0, "MiB at the first paint beside a bare QMainWindow")
    many, few = till(_with_items(workshop, sizes.items)), till(_with_items(workshop, sizes.few_items))
    value, floor = in_turns(sizes.repeats, lambda: _mebibytes(many), lambda: _mebibytes(few))
    bound = 1 + 8 / floor
    yield Figure("P3.catalogue", value, floor, bound, f"MiB with {sizes.items:,} items beside {sizes.few_items:,}")
    with running(child("sales_child", str(workshop.enrolled()), str(sizes.sales))) as selling:
        lines = selling.communicate()[0].splitlines()
    early, late = (float(str(json.loads(line)["rss"])) for line in lines[-2:])
    yield Figure("P3.growth", late, early, 1.05, f"MiB after {sizes.sales:,} sales beside the first tenth of them")


def _with_items(workshop: Workshop, count: int) -> Path:
    folder = workshop.enrolled()
    filled(workshop, folder, count)
    return folder
