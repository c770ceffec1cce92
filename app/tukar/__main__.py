"""``python -m tukar``: the same as the command ``tukar``."""

import sys

from tukar.cli import main

if __name__ == "__main__":
    sys.exit(main())
