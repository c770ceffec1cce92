"""What the parts of the command line call what they hand to one another, for whoever reads types only."""

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

Subcommands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001 - has no public name
"""Where a command adds its parser."""

Add = Callable[[argparse.ArgumentParser], None]
"""Gives a parser options that several commands share."""
