"""Points that tills take without the backend: what they are told of it, and what it counts and shows when it hears."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.server.hold_table import Saved
from tests.server.world import NOON, RICE, TillClient, World, a_seed, redeemed
from tukar.domain.shop import NO_OFFLINE_POINTS, OfflinePoints
from tukar.server.shops import ShopSettings
from tukar.wire.message import read_answer
from tukar.wire.shop import WireState, shop_of


@pytest.fixture
def world() -> Iterator[World]:
    """210 points for a bill, and 260 in an hour."""
    made = World()
    made.load(a_seed(settings=ShopSettings(offline_points_per_bill=210, offline_points_per_hour=260)))
    yield made
    made.close()


@pytest.fixture
def till(world: World) -> TillClient:
    return world.enrol("TILLONE")


def sold(till: TillClient, ref: str, points: int = 50, approver: str = "", member: str = "dewi") -> Saved:
    """A bill with points that nobody held."""
    bill = till.bill((RICE, 4), claim="small" if points == 50 else "points", member=member, bill_id=f"bill-{ref}")
    given = redeemed(ref, points)
    return Saved(till, till.receipt(bill, (type(given)(ref, "poin", given.points, given.amount, approver=approver),)))


def told(till: TillClient) -> OfflinePoints:
    return shop_of(read_answer(till.get("/v1/state").reply.body, WireState).shop).offline_points


def test_a_till_is_told_the_setting_and_through_which_day_it_counts(world: World, till: TillClient) -> None:
    tomorrow = NOON.astimezone().date() + timedelta(days=1)
    assert told(till) == OfflinePoints(210, 260, tomorrow)
    world.clock.advance(86_400)
    assert told(till).last_day == tomorrow + timedelta(days=1)


def test_a_till_is_told_nothing_where_the_shop_says_nothing() -> None:
    world = World()
    world.load()
    assert told(world.enrol("TILLONE")) == NO_OFFLINE_POINTS
    world.close()


def test_the_hour_is_counted_per_till_and_begins_anew(world: World, till: TillClient) -> None:
    assert [sold(till, f"r{number}").points for number in range(6)] == ["50"] * 5 + ["0"]
    assert sold(world.enrol("TILLTWO"), "other").points == "50"
    world.clock.advance(3600)
    assert sold(till, "later").points == "50"
    assert sorted(world.reviews()) == ["no_hold", "short"]
    assert world.findings() == []


def test_a_second_person_s_word_is_shown_and_raises_no_limit(world: World, till: TillClient) -> None:
    for number in range(5):
        sold(till, f"r{number}")
    beyond = sold(till, "beyond", approver="budi")
    assert (beyond.outcome, beyond.points, beyond.short) == ("short", "0", "50")
    assert sorted(world.reviews()) == ["no_hold", "offline_approval", "short"]
    (item,) = world.rows("SELECT story, bill_id FROM reviews WHERE kind = 'offline_approval'")
    assert "budi allowed points without the backend" in item.story
    assert item.bill_id == "bill-beyond"


def test_what_needs_a_code_goes_without_one_only_where_somebody_is_named(world: World, till: TillClient) -> None:
    """More than 100 points ask for the customer's code."""
    alone = sold(till, "alone", 200)
    assert (alone.outcome, alone.points, alone.short) == ("short", "0", "200")
    named = sold(till, "named", 200, approver="budi")
    assert (named.outcome, named.points) == ("done", "200")
    assert sorted(world.reviews()) == ["no_hold", "offline_approval", "short"]


def test_points_that_are_not_there_any_more_are_short(world: World, till: TillClient) -> None:
    """Siti had 120 of the 200."""
    much = sold(till, "much", 200, approver="budi", member="siti")
    assert (much.outcome, much.points, much.short) == ("short", "120", "80")
    assert sorted(world.reviews()) == ["offline_approval", "short"]
    assert world.findings() == []
