"""Holds that our own reckoning judges: of tills that are dishonest or outdated, and of rules that came meanwhile."""

from dataclasses import replace

import pytest

from tests.server.hold_table import Saved, Table
from tests.server.world import RICE, RUPIAH, TillClient, World, a_programme, a_seed, points_off, redeemed
from tukar.domain.money import Money
from tukar.domain.programme import ApprovalPolicy, Demand
from tukar.domain.receipt import Receipt
from tukar.server import programmes
from tukar.server.keys import encoded
from tukar.wire.message import write


@pytest.fixture
def table(any_world: World, till: TillClient) -> Table:
    return Table(any_world, till)


def test_a_till_that_asks_for_less_than_the_bill_costs_is_refused(table: Table) -> None:
    answer = table.till.holds(table.bill, 40, "r")
    assert (answer.refusal, answer.json["points"]) == ("not_eligible", "50")
    assert table.account() == (500, 0)


def test_a_till_with_old_rules_is_refused(table: Table) -> None:
    assert table.till.holds(table.bill, 50, "r", programme_version=0).refusal == "rules_changed"


def test_a_till_with_other_prices_is_refused(table: Table) -> None:
    message = table.till.hold_message(table.bill, 50)
    cheap = write(message).replace(b'"70000"', b'"69000"')
    assert table.till.put("/v1/redemptions/r", cheap).refusal == "prices_changed"


def test_points_above_the_limit_need_a_code(table: Table) -> None:
    bill = table.till.bill((RICE, 1), claim="points")
    assert table.till.holds(bill, 200, "r").refusal == "code_needed"
    assert table.account() == (500, 0)


def test_a_bill_whose_till_says_less_is_settled_by_our_own_figure(table: Table) -> None:
    table.bring("held")
    receipt = table.till.receipt(table.bill, (redeemed("r", 10, table.proof),))
    saved = Saved(table.till, receipt)
    assert (saved.outcome, saved.points) == ("flagged", "50")
    assert table.account() == (520, 0)
    assert table.world.reviews() == ["other_cost"]


def _sold_by_rules_that_came_later(table: Table, small: int) -> Receipt:
    """The bill as its till prices it anew once "small" takes another amount off, with the hold it already has."""
    table.world.clock.advance(60)
    changed = replace(a_programme(), rules=(points_off(50, small, "small"),))
    table.world.inside(lambda call, _: programmes.take_up(call, changed))
    sold = table.till.receipt(table.bill, (redeemed("r", 50, table.proof, small),), programme=changed)
    return replace(sold, programme_version=2)


def test_a_bill_changed_under_its_hold_is_priced_by_the_rules_that_came_meanwhile(table: Table) -> None:
    """Found by the simulation: the hold's rules made another sum of an honest bill."""
    receipt = _sold_by_rules_that_came_later(table.bring("held"), 6_000)
    saved = Saved(table.till, receipt)
    assert (saved.outcome, saved.points) == ("done", "50")
    assert table.world.reviews() == []


def test_rules_that_nobody_put_in_force_do_not_price_a_held_bill(table: Table) -> None:
    receipt = _sold_by_rules_that_came_later(table.bring("held"), 6_000)
    answer = table.till.saves(replace(receipt, programme_version=3)).json
    assert "rules of version 3 were not in force; comes to 65000, not 64000" in answer["parts"][0]["note"]
    assert table.world.reviews() == ["bill"]


def test_a_discount_without_a_redemption_is_the_merchants_and_an_item(table: Table) -> None:
    saved = table.till.saves(table.till.receipt(table.bill))
    refused = [part for part in saved.json["parts"] if part["part"] == "redemption"]
    assert [(part["outcome"], part["short"]) for part in refused] == [("refused", "50")]
    assert table.world.reviews() == ["no_redemption"]
    assert table.world.findings() == []


def test_expiry_of_points_never_touches_what_is_held(table: Table) -> None:
    table.bring("held")
    table.world.run("UPDATE lots SET last_on = '2026-01-01' WHERE member_id = 'dewi'")
    assert table.till.get("/v1/members/dewi").json["member"]["balances"][0]["posted"] == "50"
    assert table.account() == (50, 50)
    assert table.saves().points == "50"
    assert table.account() == (70, 0)
    assert table.world.findings() == []


def test_a_hold_takes_the_place_of_one_on_its_own_bill_and_account_only(table: Table) -> None:
    table.bring("held")
    other = table.till.bill((RICE, 1), claim="small", bill_id="other")
    assert table.till.holds(other, 50, "r2", replaces="r").refusal == "bad_request"
    siti = table.till.bill((RICE, 1), claim="small", member="siti", bill_id="bill")
    assert table.till.holds(siti, 50, "r3", replaces="r").refusal == "bad_request"
    assert table.account() == (500, 50)
    table.void()
    assert table.till.holds(table.bill, 50, "r4", replaces="r").json["state"] == "held"
    assert table.till.holds(other, 50, "r5", replaces="nobody").json["state"] == "held"


def test_a_proof_that_says_something_else_proves_nothing(table: Table) -> None:
    """Made with our own key, but of another form: what a backend of another version may have given."""
    keys = table.world.keys
    body = encoded(b'{"form": "of tomorrow"}')
    table.proof = f"h1.{body}.{keys.mac('proof', 'JKT', body)}"
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.short) == ("short", "0", "50")


def test_a_proof_of_somebody_elses_points_takes_none_of_these(table: Table) -> None:
    siti = table.till.bill((RICE, 1), claim="small", member="siti", bill_id="bill")
    table.proof = table.till.holds(siti, 50, "r").json["proof"]
    table.world.run(
        "DELETE FROM redemptions", "DELETE FROM pins", "UPDATE accounts SET held = 0", "UPDATE lots SET pinned = 0"
    )
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.short) == ("short", "0", "50")
    assert table.account() == (570, 0)


def test_a_bill_that_names_fewer_points_than_its_proof_costs_what_was_granted(table: Table) -> None:
    """A restore lost the hold, the customer has spent their points since, and the till says that 20 were enough."""
    table.bring("held")
    table.world.run(
        "DELETE FROM redemptions", "DELETE FROM pins", "UPDATE accounts SET held = 0", "UPDATE lots SET pinned = 0",
        "UPDATE accounts SET posted = 20 WHERE member_id = 'dewi'",
        "UPDATE lots SET units = 20 WHERE member_id = 'dewi'",
    )  # fmt: skip
    saved = Saved(table.till, table.till.receipt(table.bill, (redeemed("r", 20, table.proof),)))
    assert (saved.outcome, saved.points, saved.short) == ("short", "20", "30")


def test_a_till_that_makes_another_sum_is_refused_and_asks_anew(world: World) -> None:
    till = world.enrol("TILLONE")
    bill = till.bill(claim="small")
    assert till.holds(bill, 50, "r-1", total="64999").refusal == "rules_changed"
    assert till.holds(bill, 50, "r-2", total="65000").json["state"] == "held"


def test_points_worth_much_need_somebody_who_may_give_discounts() -> None:
    world = World()
    account = replace(a_programme().accounts[0], approval=ApprovalPolicy(Demand.ABOVE, Money(4999, RUPIAH)))
    world.load(a_seed(programme=replace(a_programme(), accounts=(account,))))
    till = world.enrol("TILLONE")
    bill = till.bill(claim="small")
    for approver in ("", "nobody", "ani"):
        assert till.holds(bill, 50, f"r-{approver}", approver=approver).refusal == "not_allowed"
    assert till.holds(bill, 50, "r-yes", approver="budi").json["state"] == "held"
    world.backend.close()
