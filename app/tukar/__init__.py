"""Tukar: a till in which a cashier sells and a customer's loyalty points become promotions or free items."""

from collections.abc import Callable
from importlib import import_module

__version__ = "0.1.0"


def late(package: str, *modules: str) -> Callable[[str], object]:
    """The ``__getattr__`` of a package whose modules are loaded when a name of theirs is first asked for.

    They are looked through in the order given, those of the first picture first: it must not wait for a whole room of
    which it needs a corner (performance.md, P1).
    """

    def found(name: str) -> object:
        if not name.startswith("_"):
            for module in modules:
                names = vars(import_module(f"{package}.{module}"))
                if name in names:
                    return names[name]
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return found
