"""What of the program the simulation has to go through, and what it leaves out, each with its reason.

``python -m tests.simulation --coverage`` counts the lines of ``till``, ``loyalty``, ``local`` and ``server``, twice:
without what is named here, and all of them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PACKAGES: Final = ("till", "loyalty", "local", "server")

CASES: Final = "every bill of a day is played there (rules_trial); the rest are words of case files that no bill needs"
PROGRAM: Final = "a program of its own, which sells nothing"
OF_THE_SYSTEM: Final = "the machine's own clocks and chance, in whose place the world has others, the same in every run"
SOCKET: Final = "a real socket to another program, and the thread or process that waits there"
KEY_STORE: Final = "mostly the system's key store; what lies in a file of its owner's instead is played"
COMMITS: Final = "the threads of a server and PostgreSQL; the simulation gathers and commits in steps (``commits``)"

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("local/clock.py", "server/chance.py"), OF_THE_SYSTEM),
        **dict.fromkeys(
            (
                "local/control.py",
                "loyalty/downloads.py",
                "loyalty/sockets.py",
                "server/carriers.py",
                "server/serve.py",
            ),
            SOCKET,
        ),
        "local/secrets.py": KEY_STORE,
        "server/storage/transactions.py": COMMITS,
        **dict.fromkeys(
            (
                "till/invoices.py",
                "till/replay.py",
            ),
            PROGRAM,
        ),
        **dict.fromkeys(
            (
                "till/sandbox/booking.py",
                "till/sandbox/case.py",
                "till/sandbox/figures.py",
                "till/sandbox/hidden.py",
                "till/sandbox/player.py",
                "till/sandbox/verdict.py",
            ),
            CASES,
        ),
    }
)
"""By their paths below the package."""
