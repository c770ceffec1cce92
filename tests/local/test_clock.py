import sys
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tukar.local.clock import SystemClock


def test_wall_time_is_the_shops() -> None:
    assert SystemClock(ZoneInfo("Asia/Jakarta")).now().utcoffset() == timedelta(hours=7)
    assert SystemClock().now().utcoffset() == timedelta(0)


@pytest.mark.skipif(sys.platform != "linux", reason="CLOCK_BOOTTIME is Linux's")
def test_deadlines_run_on_in_suspend() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= SystemClock().monotonic() <= time.clock_gettime(time.CLOCK_BOOTTIME)


@pytest.mark.skipif(sys.platform != "linux", reason="the boot id is Linux's")
def test_the_boot_id_is_the_machines() -> None:
    assert SystemClock().boot_id == SystemClock().boot_id
    assert len(SystemClock().boot_id) == 36
