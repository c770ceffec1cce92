"""What of the program the simulation has to go through, and what it leaves out, each with its reason.

``python -m tests.simulation --coverage`` counts the lines of ``till``, ``loyalty``, ``local`` and ``server``, twice:
without what is named here, and all of them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PACKAGES: Final = ("till", "loyalty", "local", "server")

MACHINE: Final = "the machine's own files, sockets, key stores and processes, in whose place the simulation puts others"
PROGRAM: Final = "a program of its own, which sells nothing"

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "local/clock.py",
                "local/control.py",
                "local/paths.py",
                "local/secrets.py",
                "loyalty/downloads.py",
                "loyalty/sockets.py",
                "server/app.py",
                "server/carriers.py",
                "server/chance.py",
                "server/folder.py",
                "server/logs.py",
                "server/metrics.py",
                "server/serve.py",
                "server/storage/transactions.py",
            ),
            MACHINE,
        ),
        **dict.fromkeys(
            (
                "till/invoices.py",
                "till/replay.py",
                "till/sandbox/*",
                "server/demo_shop.py",
                "server/openapi.py",
                "server/shop_file.py",
            ),
            PROGRAM,
        ),
    }
)
"""By their paths below the package."""
