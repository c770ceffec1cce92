"""``tukar rules check``."""

import json
from pathlib import Path
from typing import Any

import pytest

from tukar.bootstrap.options import RulesOptions
from tukar.bootstrap.rule_files import run_rules_check

CURRENCY = {"code": "IDR", "minor_digits": 0, "cash_step": 100}


def write(folder: Path, name: str, rules: list[dict[str, Any]]) -> Path:
    file = folder / name
    programme = {"format": "tukar-programme/1", "currency": CURRENCY, "accounts": [], "rules": rules}
    file.write_text(json.dumps(programme), encoding="utf-8")
    return file


def rule(rule_id: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"id": rule_id, "rewards": [{"kind": "percent_off", "value": "10"}], **more}


def test_a_file_that_can_be_read_says_how_many_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "good.json", [rule("a"), rule("b")])
    assert run_rules_check(RulesOptions(files=(file,))) == 0
    assert capsys.readouterr().out == f"{file}: 2 rules, all can be read\n"


def test_every_mistake_is_named_by_its_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "bad.json", [rule("a", colour="red"), rule("b", priority="high")])
    assert run_rules_check(RulesOptions(files=(file,))) == 2
    said = capsys.readouterr().out
    assert f"{file}: rules[0].colour: " in said
    assert f"{file}: rules[1].priority: " in said
    assert said.endswith(f"{file}: 2 to mend; the file is not taken as it is\n")


def test_json_stands_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = (write(tmp_path, "good.json", [rule("a")]), write(tmp_path, "bad.json", [rule("a", priority="x")]))
    assert run_rules_check(RulesOptions(files=files, as_json=True)) == 2
    good, bad = json.loads(capsys.readouterr().out)["files"]
    assert (good["rules"], good["mistakes"]) == (1, [])
    assert [one["path"] for one in bad["mistakes"]] == ["rules[0].priority"]
