"""``tukar rules try``: one line a case and the counts, or the same as JSON."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from tukar.till.sandbox.case import UnreadableFileError, read_cases
from tukar.till.sandbox.verdict import Difference, Result, Verdict, judge

NOTHING_FAILED, SOMETHING_FAILED, UNREADABLE = 0, 1, 2


def try_files(paths: Sequence[Path], *, as_json: bool, out: TextIO) -> int:
    """Plays every case of the files; 0 when nothing failed, 1 when something did, 2 when a file cannot be read.

    A file that cannot be read is named with the path inside it and the reason, and no case is played.
    """
    try:
        cases = [case for path in paths for case in read_cases(path)]
    except UnreadableFileError as problem:
        out.write(_as_json({"error": str(problem)}) if as_json else f"{problem}\n")
        return UNREADABLE
    verdicts = []
    for case in cases:
        verdict = judge(case)
        verdicts.append(verdict)
        if not as_json:
            out.write(_line(verdict))
    counts = {result: sum(verdict.result is result for verdict in verdicts) for result in Result}
    out.write(_as_json(_summary(verdicts, counts)) if as_json else _counts(counts))
    return SOMETHING_FAILED if counts[Result.FAILED] else NOTHING_FAILED


def _line(verdict: Verdict) -> str:
    if verdict.result is Result.PASSED:
        return f"pass {verdict.case_id}\n"
    if verdict.result is Result.UNSUPPORTED:
        return f"unsupported {verdict.case_id}: {', '.join(entry.at for entry in verdict.differences)}\n"
    details = (
        f"    {entry.at} {entry.field}: expected {_brief(entry.expected)}, got {_brief(entry.got)}\n"
        for entry in verdict.differences
    )
    return f"FAIL {verdict.case_id} ({verdict.level})\n{''.join(details)}"


def _brief(value: Any) -> str:  # noqa: ANN401 - any figure
    return json.dumps(value, default=_as_text, ensure_ascii=False)


def _counts(counts: dict[Result, int]) -> str:
    return f"{counts[Result.PASSED]} passed, {counts[Result.FAILED]} failed, {counts[Result.UNSUPPORTED]} unsupported\n"


def _summary(verdicts: Sequence[Verdict], counts: dict[Result, int]) -> dict[str, Any]:
    return {
        "passed": counts[Result.PASSED],
        "failed": counts[Result.FAILED],
        "unsupported": counts[Result.UNSUPPORTED],
        "cases": [
            {
                "id": verdict.case_id,
                "level": verdict.level,
                "result": verdict.result,
                "differences": [_difference(entry) for entry in verdict.differences],
            }
            for verdict in verdicts
        ],
    }


def _difference(entry: Difference) -> dict[str, Any]:
    return {"at": entry.at, "field": entry.field, "expected": entry.expected, "got": entry.got}


def _as_json(summary: dict[str, Any]) -> str:
    return json.dumps(summary, default=_as_text, ensure_ascii=False, indent=1) + "\n"


def _as_text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
