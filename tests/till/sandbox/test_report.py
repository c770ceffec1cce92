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
        ({"expected": {"discounts": [{"rule": "P", "mood": 1}]}}, "cases[0].expected.discounts[0].mood"),
        ({"expected": {"offers": [{"rule": "P", "mood": 1}]}}, "cases[0].expected.offers[0].mood"),
        ({"steps": [add("A", expect={"table": [{"mood": 1}]})]}, "cases[0].steps[0].expect.table[0].mood"),
        ({"steps": [{"do": "refund", "lines": [{"mood": 1}]}]}, "cases[0].steps[0].lines[0].mood"),
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


@pytest.mark.parametrize(
    ("more", "mistake"),
    [
        ({"steps": [add("A", "1,5")]}, "steps[0].qty: not a decimal number: '1,5'"),
        ({"steps": [add("A", manual_discount_percent=True)]}, "steps[0].manual_discount_percent: a decimal number is"),
        ({"steps": [add("A", expect={"total": "1e3"})]}, "steps[0].expect.total: not a decimal number: '1e3'"),
        ({"steps": [{"do": "add"}]}, "steps[0].sku: is missing"),
        ({"steps": [{"do": "claim", "rule": "P", "points": []}]}, "steps[0].points: a decimal number is needed"),
        ({"steps": [{"do": "advance_days", "days": "1.5"}]}, "steps[0].days: a whole number is needed, not 1.5"),
        ({"steps": [{"do": "set_prices", "prices": {"A": "x"}}]}, "steps[0].prices.A: not a decimal number: 'x'"),
        ({"steps": [{"do": "set_prices", "prices": ["A"]}]}, "steps[0].prices: an object is needed, not a list"),
        ({"steps": [{"do": "refund", "lines": [{"sku": "A", "qty": "x"}]}]}, "steps[0].lines[0].qty: not a decimal"),
        ({"steps": [{"do": "refund", "lines": {}}]}, "steps[0].lines: a list is needed, not an object"),
        ({"expected": []}, "expected: an object is needed, not a list"),
        ({"expected": {"points_earned": "many"}}, "expected.points_earned: not a decimal number: 'many'"),
        ({"expected": {"discounts": [{"rule": "P", "amount": ""}]}}, "expected.discounts[0].amount: not a decimal"),
        ({"expected": {"discounts": {}}}, "expected.discounts: a list is needed, not an object"),
        ({"expected": {"discount_by_sku": {"A": "x"}}}, "expected.discount_by_sku.A: not a decimal number: 'x'"),
        ({"expected": {"discount_by_unit": {"A": ["1", "x"]}}}, "expected.discount_by_unit.A: not a decimal number"),
        ({"expected": {"discount_amounts": ["x"]}}, "expected.discount_amounts: not a decimal number: 'x'"),
        ({"expected": {"applied": "P"}}, "expected.applied: a list is needed, not a text"),
        ({"expected": {"offers": [7]}}, "expected.offers[0]: an object is needed, not a number"),
    ],
)
def test_a_broken_figure_of_a_step_or_expectation_refuses_the_file(
    tmp_path: Path, more: dict[str, Any], mistake: str
) -> None:
    status, text = tried(tmp_path, case("a", **more))
    assert status == 2
    assert f"cases[0].{mistake}" in text


def test_what_is_expected_to_be_nothing_and_codes_written_as_numbers_can_be_read(tmp_path: Path) -> None:
    steps = [add("A"), {"do": "set_customer", "id": None}, {"do": "enter_code", "code": 5, "expect": {"error": True}}]
    assert tried(tmp_path, case("a", steps=steps, expected={"customer": None, "tier": None, "total": 9}))[0] == 0


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
