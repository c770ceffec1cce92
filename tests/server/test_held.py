"""Bills set aside for every till: one till at a time has one, and none is sold twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.world import RICE, TillClient, World
from tukar.domain.bill import Bill
from tukar.server.held import LEASE_SECONDS
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import GroupCommit, PooledTransactions
from tukar.wire.bills import wire_bill
from tukar.wire.held import WireHeldBill
from tukar.wire.people import WireErasure


def aside(till: TillClient, held_id: str = "h-1", bill: Bill | None = None, total: str = "70000") -> str:
    """The state it is in afterwards, or the refusal."""
    held = WireHeldBill(bill=wire_bill(bill or till.bill((RICE, 1), bill_id="b")), total=total, pieces=1, cashier="Ani")
    answer = till.put(f"/v1/held-bills/{held_id}", held)
    return answer.refusal or str(answer.json["state"])


def leased(till: TillClient, held_id: str = "h-1") -> str:
    """The bill's id, or the refusal."""
    answer = till.put(f"/v1/held-bills/{held_id}/lease", {})
    return answer.refusal or str(answer.json["bill"]["bill_id"])


def ended(till: TillClient, held_id: str = "h-1") -> str:
    answer = till.put(f"/v1/held-bills/{held_id}/end", {})
    return answer.refusal or str(answer.json["state"])


def listed(till: TillClient) -> list[tuple[str, str]]:
    """Every bill that waits, and the till that has it in hand."""
    bills = till.get("/v1/held-bills").json.get("bills", [])
    return [(one["held_id"], one.get("leased_to", "")) for one in bills]


def test_a_bill_set_aside_is_seen_and_taken_up_by_any_till(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    assert aside(till) == "waiting"
    (row,) = other_till.get("/v1/held-bills").json["bills"]
    assert (row["till_id"], row["cashier"], row["customer"]) == ("T1", "Ani", "Dewi")
    assert (row["total"], row["pieces"]) == ("70000", 1)
    assert leased(other_till) == "b"
    assert listed(till) == [("h-1", "T2")]
    assert any_world.findings() == []


def test_one_till_at_a_time_has_a_bill(any_world: World, till: TillClient, other_till: TillClient) -> None:
    aside(till)
    assert leased(till) == "b"
    assert leased(other_till) == "taken_up"
    assert ended(other_till) == "taken_up"
    assert leased(till) == "b"
    assert listed(other_till) == [("h-1", "T1")]
    assert any_world.findings() == []


def test_a_lease_that_stays_silent_is_free_again(any_world: World, till: TillClient, other_till: TillClient) -> None:
    aside(till)
    leased(till)
    any_world.clock.advance(LEASE_SECONDS - 1)
    assert leased(till) == "b"
    any_world.clock.advance(LEASE_SECONDS - 1)
    assert leased(other_till) == "taken_up"
    any_world.clock.advance(2)
    assert leased(other_till) == "b"
    assert leased(till) == "taken_up"


def test_a_bill_that_is_paid_waits_nowhere(any_world: World, till: TillClient, other_till: TillClient) -> None:
    bill = till.bill((RICE, 1), bill_id="b")
    aside(till, bill=bill)
    leased(other_till)
    other_till.saves(other_till.receipt(bill))
    assert listed(till) == []
    assert leased(till) == "taken_up"
    assert aside(till, "late", bill) == "ended"
    assert [row.body for row in any_world.rows("SELECT body FROM held_bills")] == ["", ""]


def test_put_aside_again_it_takes_the_place_of_the_earlier_row(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    aside(till)
    leased(other_till)
    assert aside(other_till, "h-2", other_till.bill((RICE, 2), bill_id="b"), "140000") == "waiting"
    assert listed(till) == [("h-2", "")]
    assert aside(till) == "ended"
    assert leased(till) == "taken_up"
    assert any_world.findings() == []


def test_a_stale_copy_does_not_come_back_while_another_till_has_the_bill(
    till: TillClient, other_till: TillClient
) -> None:
    aside(till)
    leased(other_till)
    assert aside(till, "h-2") == "ended"
    assert listed(till) == [("h-1", "T2")]


def test_the_same_id_has_one_answer(till: TillClient) -> None:
    assert [aside(till), aside(till)] == ["waiting", "waiting"]
    assert aside(till, total="1") == "id_reused"
    assert [ended(till), ended(till)] == ["ended", "ended"]
    assert aside(till) == "ended"


def test_an_id_given_up_before_it_came_never_becomes_a_bill(till: TillClient) -> None:
    assert ended(till, "late") == "ended"
    assert aside(till, "late") == "ended"
    assert listed(till) == []


def test_nobody_leases_what_nobody_set_aside(till: TillClient) -> None:
    assert leased(till, "nothing") == "unknown_bill"


def test_whoever_is_forgotten_is_forgotten_there_too(any_world: World, till: TillClient) -> None:
    aside(till)
    till.put("/v1/members/dewi/erasure", WireErasure(staff_id="budi", pin="222222", reason="wish"))
    assert listed(till) == []
    assert any_world.rows("SELECT body, customer FROM held_bills") == [("", "")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def racing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Messages of several threads are at work at once, as in a server."""
    if request.param == "sqlite":
        world = World(open_engine(f"sqlite:///{tmp_path / 'race.db'}"), make=GroupCommit)
    else:
        world = World(emptied(request.getfixturevalue("postgres")), make=PooledTransactions)
    world.load()
    yield world
    world.close()


def test_two_tills_race_for_a_bill_and_one_gets_it(racing: World) -> None:
    tills = (racing.enrol("TILLONE"), racing.enrol("TILLTWO"))
    with ThreadPoolExecutor(2) as pool:
        for turn in range(12):
            aside(tills[0], f"h-{turn}", tills[0].bill((RICE, 1), bill_id=f"b-{turn}"))
            start = Barrier(2)

            def race(one: TillClient, start: Barrier = start, held_id: str = f"h-{turn}") -> str:
                start.wait()
                return leased(one, held_id)

            assert sorted(pool.map(race, tills)) == sorted([f"b-{turn}", "taken_up"])
    assert racing.findings() == []


def test_note_and_tax_number_wait_with_the_bill_and_end_with_it(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    number = "01.234.567.8-901.000"
    bill = till.bill((RICE, 1), bill_id="b").with_words("Back at noon", number)
    assert aside(till, bill=bill) == "waiting"
    assert aside(till, bill=bill) == "waiting"
    (row,) = other_till.get("/v1/held-bills").json["bills"]
    assert row["note"] == "Back at noon"
    assert number not in any_world.rows("SELECT body FROM held_bills")[0].body
    assert other_till.put("/v1/held-bills/h-1/lease", {}).json["bill"]["buyer_tax_number"] == number
    assert ended(other_till) == "ended"
    assert [(one.note, one.body) for one in any_world.rows("SELECT note, body FROM held_bills")] == [("", "")]
