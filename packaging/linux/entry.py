"""Where the packaged program begins: the same command line as everywhere."""

import sys

from tukar.cli import main

if __name__ == "__main__":
    sys.exit(main())
