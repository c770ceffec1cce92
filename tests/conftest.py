"""What holds for every test: an invisible window system, steady examples, and a loud word about what was skipped."""

import os
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

from tests.machine import NEEDS, SHARED

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Machines that check are shared and slow by turns: a deadline would measure them, not the code.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
# The long search, by ``--hypothesis-profile=full``: each property of pricing with 2,000 examples.
hypothesis.settings.register_profile("full", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            need = NEEDS[name]
            if not need.is_here():
                pytest.skip(f"{name} is not here: {need.remedy}")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    if not skipped:
        return
    reasons = Counter(str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple))
    terminalreporter.section("not exercised here")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count:6} × {reason.removeprefix('Skipped: ')}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference beside the repository; a test that asks for it is skipped, and listed, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"shared is not here: {NEEDS['shared'].remedy}")
    return SHARED
