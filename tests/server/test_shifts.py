"""Closed shifts are stored once, told by their own till, and whole."""

import json
from dataclasses import replace

import pytest

from tests.fakes.shifts import a_shift, an_open_shift
from tests.server.world import Answer, TillClient, World
from tukar.domain.shift import Shift
from tukar.wire.shifts import shift_from_json, shift_to_json


def put(till: TillClient, shift: Shift, at: str = "shift-1") -> Answer:
    return till.put(f"/v1/shifts/{at}", shift_to_json(shift))


def test_a_shift_is_stored_once_with_its_figures(any_world: World, till: TillClient) -> None:
    first = put(till, a_shift("T1"))
    assert first.status == 200
    assert put(till, a_shift("T1")).json == first.json
    (row,) = any_world.rows("SELECT * FROM shifts")
    assert (row.shop_id, row.till_id, row.number, row.sold) == ("JKT", "T1", 1, 95_000)
    assert (row.expected, row.counted, row.difference) == (280_000, 279_500, -500)
    assert (row.opened_at, row.closed_at) == ("2026-03-02T02:00:00.000+00:00", "2026-03-02T10:00:00.000+00:00")
    assert shift_from_json(row.body.encode()) == a_shift("T1")
    assert first.json["server_seq"] == row.server_seq > 0


def test_another_shift_under_its_id_is_for_a_manager(any_world: World, till: TillClient) -> None:
    put(till, a_shift("T1"))
    assert put(till, replace(a_shift("T1"), people=())).refusal == "other_content"
    (row,) = any_world.rows("SELECT * FROM shifts")
    assert shift_from_json(row.body.encode()) == a_shift("T1")
    assert [one.kind for one in any_world.rows("SELECT kind FROM reviews")] == ["other_shift"]


@pytest.mark.parametrize(
    ("shift", "at", "refusal"),
    [
        (an_open_shift("T1"), "shift-1", "bad_request"),
        (a_shift("T1"), "shift-2", "bad_request"),
        (a_shift("T2"), "shift-1", "not_allowed"),
    ],
    ids=["still open", "another address", "another till"],
)
def test_what_is_not_taken(world: World, till: TillClient, shift: Shift, at: str, refusal: str) -> None:
    assert put(till, shift, at).refusal == refusal
    assert world.rows("SELECT * FROM shifts") == []


def test_a_shift_of_amounts_that_make_no_sense_is_refused(world: World, till: TillClient) -> None:
    message = json.loads(shift_to_json(a_shift("T1")))
    message["movements"][0]["amount"] = "-5"
    assert till.put("/v1/shifts/shift-1", json.dumps(message).encode()).refusal == "bad_request"
    assert world.rows("SELECT * FROM shifts") == []
