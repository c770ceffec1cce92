"""The tests of this folder by name, read from their source, so that tables about them cannot lie.

A test is named ``folder/test_file.py::test_name``, as pytest does from within ``tests``.
"""

import ast
from collections.abc import Iterator
from functools import cache

from tests.machine import ROOT

_TESTS = ROOT / "tests"


@cache
def all_tests() -> frozenset[str]:
    """Every test function there is."""
    return frozenset(_found())


def _found() -> Iterator[str]:
    for file in sorted(_TESTS.rglob("test_*.py")):
        place = file.relative_to(_TESTS).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{place}::{node.name}"
