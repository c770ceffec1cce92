"""Where the packaged programs begin: the same command line as everywhere, for a backend alone its part of it."""

import sys
from pathlib import Path

from tukar.cli import main

if __name__ == "__main__":
    sys.exit(main(backend_only=Path(sys.executable).name == "tukar-server"))
