import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.machine import ROOT
from tukar.ui.interrupts import ended_by_signals

NEVER_MS = 20_000


@pytest.mark.skipif(sys.platform == "win32", reason="a program cannot send itself these there")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_loop_in_which_no_python_runs(qapp: QApplication, number: signal.Signals, status: int) -> None:
    before = signal.getsignal(number)
    late = QTimer(singleShot=True)
    late.timeout.connect(qapp.quit)
    late.start(NEVER_MS)
    QTimer.singleShot(0, lambda: signal.raise_signal(number))
    with ended_by_signals(qapp):
        assert qapp.exec() == status
    assert signal.getsignal(number) is before
    late.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal are otherwise there")
def test_ctrl_c_at_an_idle_window_says_nothing(tmp_path: Path) -> None:
    script = """
import sys
from tukar.ui.application import Application
app = Application(offscreen=True)
app.later(0, lambda: print("up", flush=True))
sys.exit(app.run())
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PYTHONPATH": str(ROOT / "app"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    ) as idle:  # fmt: skip
        assert idle.stdout is not None
        assert idle.stdout.readline() == "up\n"
        idle.send_signal(signal.SIGINT)
        said, trouble = idle.communicate(timeout=20)
    assert (idle.returncode, said, trouble) == (130, "", "")
