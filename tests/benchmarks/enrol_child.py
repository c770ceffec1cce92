"""Makes the data folder of a till that was connected to the demo's backend once: ``… enrol_child FOLDER``."""

import sys
from pathlib import Path

from tests.journeys.seat import Seat


def main(folder: str) -> int:
    seat = Seat(Path(folder))
    seat.all_sent()
    seat.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
