"""What most tests of a sale begin with: a bench whose answers come at once, and a till on it."""

import pytest

from tests.till.bench import Bench, TillOnBench


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.start()
