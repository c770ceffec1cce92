"""The cases beside FORMAT.md, which other products answered: every core one passes, nothing is unsupported."""

from pathlib import Path

import pytest

from tukar.till.sandbox.case import read_cases
from tukar.till.sandbox.verdict import Result, judge

DIFFERENT_ON_PURPOSE = {
    "medusa-each-4": "the peer takes 10 % of 20, a quirk of its own remainder; FORMAT.md takes the cheapest piece, of "
    "which 35 is left, so 3.50",
}


@pytest.mark.needs("shared")
def test_every_shared_case_passes_but_the_policies_listed_here(shared: Path) -> None:
    verdicts = [judge(case) for case in read_cases(shared / "conformance" / "cases.json")]
    assert len(verdicts) == 100
    failed = {verdict.case_id: verdict.level for verdict in verdicts if verdict.result is Result.FAILED}
    assert failed == dict.fromkeys(DIFFERENT_ON_PURPOSE, "policy")
    assert not [verdict.case_id for verdict in verdicts if verdict.result is Result.UNSUPPORTED]
