"""The till as ``python -m tukar`` starts it, until its window is painted: ``… first_paint_child DATA-FOLDER``.

Then one line of JSON: ``modules``, the top-level packages imported by then; ``first_party``, how many modules of ours
among them; ``rss``, memory in MiB.
"""

import sys


def main(folder: str) -> int:
    from tests.benchmarks.painted import rss, tell_when_painted
    from tukar.cli import main as tukar
    from tukar.ui.application import Application

    app = Application().qt
    tell_when_painted(app, lambda: {"modules": _modules(), "first_party": _first_party(), "rss": rss()})
    return tukar(["--data", folder])


def _modules() -> list[str]:
    return sorted({name.partition(".")[0] for name in sys.modules})


def _first_party() -> int:
    return sum(name.startswith("tukar.") for name in sys.modules)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
