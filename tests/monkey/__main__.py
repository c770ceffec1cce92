"""``python -m tests.monkey --events N --seed S``: plays a run and says what it came to."""

import argparse
import logging
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.monkey.run import MonkeyTrouble, Told, play

TELL_EVERY = 1_000


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.monkey")
    words.add_argument("--events", type=int, default=20_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    logging.disable(logging.WARNING)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    began = time.monotonic()

    def heard(number: int, _told: Told) -> None:
        if number % TELL_EVERY == 0:
            print(f"{number} events, {time.monotonic() - began:.0f} s", flush=True)

    with tempfile.TemporaryDirectory(prefix="tukar-monkey-") as folder:
        try:
            told = play(app, Path(folder), events=asked.events, seed=asked.seed, heard=heard)
        except MonkeyTrouble:
            traceback.print_exc()
            return 1
    seconds = time.monotonic() - began
    print(
        f"{told.events} events with seed {asked.seed} in {seconds:.0f} s: {told.bills} bills, {told.returns} returns."
    )
    print(", ".join(f"{count} {name}" for name, count in sorted(told.done.items(), key=lambda one: -one[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
