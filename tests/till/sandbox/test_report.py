"""``tukar rules try``: its lines, its JSON, its exit status, and files that cannot be read."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.till.sandbox.story import add, item, off, rule
from tukar.till.sandbox import try_files


def case(case_id: str, **more: object) -> dict[str, Any]:
    usual = {
        "id": case_id,
        "level": "core",
        "currency": {"code": "USD", "minor_digits": 2},
        "catalogue": [item("A", "10")],
        "customer": None,
        "rules": [rule("P", off("1"))],
        "steps": [add("A")],
        "expected": {"total": "9"},
    }
    return usual | more


def tried(tmp_path: Path, *cases: dict[str, Any], as_json: bool = False) -> tuple[int, str]:
    path = tmp_path / "some.json"
    path.write_text(json.dumps({"format": "tukar-cases/1", "cases": cases}), encoding="utf-8")
    out = io.StringIO()
    return try_files([path], as_json=as_json, out=out), out.getvalue()


def test_one_line_a_case_and_the_counts(tmp_path: Path) -> None:
    status, text = tried(tmp_path, case("good"), case("bad", expected={"total": "8"}), case("odd", weather="fine"))
    assert status == 1
    assert text.splitlines() == [
        "pass good",
        "FAIL bad (core)",
        '    expected total: expected "8", got "9"',
        "unsupported odd: cases[2].weather",
        "1 passed, 1 failed, 1 unsupported",
    ]


def test_the_same_as_json(tmp_path: Path) -> None:
    step = add("A") | {"expect": {"total": "8.5", "lines": 2}}
    status, text = tried(tmp_path, case("bad", steps=[step]), as_json=True)
    assert status == 1
    assert json.loads(text) == {
        "passed": 0,
        "failed": 1,
        "unsupported": 0,
        "cases": [
            {
                "id": "bad",
                "level": "core",
                "result": "fail",
                "differences": [{"at": "steps[0]", "field": "total", "expected": "8.5", "got": "9"}],
            }
        ],
    }


def test_nothing_failed_is_0(tmp_path: Path) -> None:
    assert tried(tmp_path, case("good"))[0] == 0


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"steps": [{"do": "dance"}]}, "cases[0].steps[0].do"),
        ({"steps": [add("A", colour="red")]}, "cases[0].steps[0].colour"),
        ({"expected": {"mood": 1}}, "cases[0].expected.mood"),
        ({"settings": {"mood": 1}}, "cases[0].settings.mood"),
        ({"rules": [rule("P", off("1"), mood=1)]}, "cases[0].rules[0].mood"),
        ({"rules": [rule("P", off("1"), family="other")]}, "cases[0].rules[0].family"),
        ({"rules": [rule("P", {"kind": "magic"})]}, "cases[0].rules[0].rewards[0].kind"),
        ({"rules": [rule("P", off("1", on="moon"))]}, "cases[0].rules[0].rewards[0].on"),
        ({"catalogue": [item("A", "10", colour="red")]}, "cases[0].catalogue[0].colour"),
        ({"customer": {"id": "c", "attach": "never"}}, "cases[0].customer.attach"),
    ],
)
def test_what_nobody_knows_makes_a_case_unsupported(tmp_path: Path, more: dict[str, Any], name: str) -> None:
    status, text = tried(tmp_path, case("odd", **more))
    assert status == 0
    assert text == f"unsupported odd: {name}\n0 passed, 0 failed, 1 unsupported\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "line 1: not JSON"),
        ('{"format": "tukar-cases/9", "cases": []}', "format: must be tukar-cases/1"),
        ('{"format": "tukar-cases/1", "cases": {}}', "cases: a list is needed, not an object"),
        ('{"format": "tukar-cases/1", "cases": [7]}', "cases[0]: an object is needed, not a number"),
        ('{"format": "tukar-cases/1", "cases": NaN}', "NaN is no number"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_place_and_reason(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    out = io.StringIO()
    assert try_files([path], as_json=False, out=out) == 2
    assert str(path) in out.getvalue()
    assert reason in out.getvalue()


def test_a_broken_number_refuses_the_file_with_all_its_mistakes(tmp_path: Path) -> None:
    status, text = tried(tmp_path, case("a", catalogue=[item("A", "ten"), item("B", "1e3")]))
    assert status == 2
    assert "cases[0].catalogue[0].price: not a decimal number: 'ten'" in text
    assert "cases[0].catalogue[1].price: not a decimal number: '1e3'" in text


def test_a_value_that_makes_no_sense_is_played_all_the_same(tmp_path: Path) -> None:
    odd = rule("P", off("1.005", on="each_item", max_items=0), max_applications=0, valid_from_days=2, valid_to_days=1)
    assert tried(tmp_path, case("odd", rules=[odd], expected={"total": 10}))[0] == 0


def test_a_step_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    steps = [add("A"), {"do": "claim", "rule": "P", "qty": "1.5", "expect": {"error": "any"}}]
    assert tried(tmp_path, case("odd", steps=steps))[0] == 0


def test_a_missing_file_is_status_2(tmp_path: Path) -> None:
    out = io.StringIO()
    assert try_files([tmp_path / "none.json"], as_json=False, out=out) == 2
    assert "cannot be opened" in out.getvalue()
