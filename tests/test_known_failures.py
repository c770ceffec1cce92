import re
from pathlib import Path

import pytest

from tests.known_failures import FAILURES, names_of
from tests.named_tests import all_tests

MUST_BE_TRIED = {f"T{number:02}" for number in (*range(1, 14), *range(19, 38))}


@pytest.mark.parametrize("number", FAILURES)
def test_a_failure_is_tried_where_its_row_says(number: str) -> None:
    failure = FAILURES[number]
    assert {name.partition("::")[0] for name in names_of(number)} == set(failure.files)
    assert bool(failure.files) != bool(failure.cannot_occur)


def test_few_failures_cannot_occur_here() -> None:
    without = {number for number, failure in FAILURES.items() if failure.cannot_occur}
    assert len(without) <= 6
    assert not without & MUST_BE_TRIED


def test_no_test_has_a_number_that_is_not_in_the_table() -> None:
    numbered = {found[0] for name in all_tests() if (found := re.search(r"(?<=::test_)T\d+(?=_)", name))}
    assert numbered == set(FAILURES)


@pytest.mark.needs("shared")
def test_the_table_has_every_failure_of_the_list(shared: Path) -> None:
    listed = (shared / "design" / "known-failures.md").read_text("utf-8")
    assert set(re.findall(r"\bT\d\d\b", listed)) == set(FAILURES)
