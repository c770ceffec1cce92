"""A journal on a disk that may fail, and the clock it runs by."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.faulty_disk import FaultyDisk
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering

Reopen = Callable[[], SqliteJournal]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


@pytest.fixture
def reopen(tmp_path: Path, clock: FakeClock, disk: FaultyDisk) -> Iterator[Reopen]:
    """Opens the journal of this test, as after a start of the program; the one open before is closed."""
    opened: list[SqliteJournal] = []

    def open_again() -> SqliteJournal:
        for former in opened:
            former.close()
        numbering = Numbering("TOKO1", "T1", 1)
        opened[:] = [SqliteJournal(tmp_path, numbering, clock=clock, seal=PlainSeal(), connect=disk)]
        return opened[0]

    yield open_again
    for last in opened:
        last.close()


@pytest.fixture
def journal(reopen: Reopen) -> SqliteJournal:
    return reopen()
