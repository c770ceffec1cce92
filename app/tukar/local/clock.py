"""The machine's clocks: wall time, and one for deadlines that runs on in suspend and never jumps."""

from __future__ import annotations

import ctypes
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

_LINUX_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS_BOOT_KEY: Final = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


class SystemClock:
    """``ports.Clock``. ``zone`` is the shop's; without one times are in UTC.

    Where the machine cannot tell one boot from another, every start of the program counts as a new one: then
    deadlines of the start before are over, which is the careful answer.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._monotonic = _clock_of(sys.platform)
        self._boot_id = _boot_id_of(sys.platform) or uuid.uuid4().hex

    def now(self) -> datetime:
        return datetime.now(self._zone)

    def monotonic(self) -> float:
        return self._monotonic()

    @property
    def boot_id(self) -> str:
        return self._boot_id


def _clock_of(platform: str) -> Callable[[], float]:
    if platform == "win32":
        return _interrupt_time()
    # macOS lets CLOCK_MONOTONIC run on in sleep; Linux has a clock of its own for that.
    clock_id: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return lambda: time.clock_gettime(clock_id)


def _interrupt_time() -> Callable[[], float]:
    kernel = ctypes.CDLL("KernelBase.dll")
    try:
        precise = kernel.QueryInterruptTimePrecise
    except AttributeError:
        # Wine has it not. These run on in sleep too, in steps of some 16 ms.
        ticks = kernel.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return lambda: ticks() / 1e3

    def seconds() -> float:
        hundred_nanoseconds = ctypes.c_ulonglong()
        precise(ctypes.byref(hundred_nanoseconds))
        return hundred_nanoseconds.value / 1e7

    return seconds


def _boot_id_of(platform: str) -> str:
    if platform == "win32":
        return _windows_boot_id()
    try:
        return _LINUX_BOOT_ID.read_text().strip()
    except OSError:
        return ""


def _windows_boot_id() -> str:
    import importlib

    registry = importlib.import_module("winreg")
    try:
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, _WINDOWS_BOOT_KEY) as key:
            return f"windows-{registry.QueryValueEx(key, 'BootId')[0]}"
    except OSError:
        return ""
