"""``tukar rules check``: whether a file of rules can be read, and everything that is wrong with it."""

import json
import sys

from tukar.bootstrap.files import json_in
from tukar.bootstrap.options import RulesOptions
from tukar.bootstrap.outcome import Status
from tukar.wire.programme import programme_from_json
from tukar.wire.strict import FileMistakesError, Mistake


def run_rules_check(options: RulesOptions) -> int:
    """Names every mistake by file, path inside it and reason; status 2 when there is one."""
    mistakes: dict[str, tuple[Mistake, ...]] = {}
    counts: dict[str, int] = {}
    for file in options.files:
        raw = json_in(file)
        try:
            counts[str(file)] = len(programme_from_json(raw).rules)
        except FileMistakesError as refused:
            mistakes[str(file)] = refused.mistakes
    if options.as_json:
        _tell_json(counts, mistakes)
    else:
        _tell(counts, mistakes)
    return Status.BAD_INPUT if mistakes else Status.WELL


def _tell(counts: dict[str, int], mistakes: dict[str, tuple[Mistake, ...]]) -> None:
    for file, rules in counts.items():
        sys.stdout.write(f"{file}: {rules} rules, all can be read\n")
    for file, found in mistakes.items():
        for mistake in found:
            sys.stdout.write(f"{file}: {mistake}\n")
        sys.stdout.write(f"{file}: {len(found)} to mend; the file is not taken as it is\n")


def _tell_json(counts: dict[str, int], mistakes: dict[str, tuple[Mistake, ...]]) -> None:
    files = [{"file": file, "rules": rules, "mistakes": []} for file, rules in counts.items()]
    files += [
        {"file": file, "mistakes": [{"path": one.path, "reason": one.reason} for one in found]}
        for file, found in mistakes.items()
    ]
    json.dump({"files": files}, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
