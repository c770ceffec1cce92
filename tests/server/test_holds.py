"""The table of redemption.md, "Server": every state against every message, on every database."""

from dataclasses import replace

import pytest

from tests.server.world import PIN, RICE, RUPIAH, TillClient, World, a_programme, a_seed, points_off, redeemed
from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.programme import ApprovalPolicy, Demand
from tukar.domain.receipt import Receipt
from tukar.server import programmes
from tukar.server.keys import encoded
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval


class Table:
    """One redemption of 50 points for one bill, brought into a state of the table."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        self.bill: Bill = till.bill((RICE, 1), claim="small", bill_id="bill")
        self.proof = ""

    def bring(self, state: str) -> "Table":
        if state == "none":
            return self
        self.proof = self.till.holds(self.bill, 50, "r").json["proof"]
        if state == "captured":
            assert self.saves().status == 200
        elif state == "expired":
            self.world.clock.advance(1801)
        elif state == "released":
            self.release()
        elif state == "voided":
            self.void()
        return self

    def void(self, redemption_id: str = "r") -> tuple[int, str]:
        answer = self.till.put(f"/v1/redemptions/{redemption_id}/void")
        return answer.status, answer.json.get("state") or answer.refusal

    def extend(self) -> tuple[int, str]:
        answer = self.till.put("/v1/redemptions/r/extension")
        return answer.status, answer.json.get("state") or answer.refusal

    def get(self) -> tuple[int, str]:
        answer = self.till.get("/v1/redemptions/r")
        return answer.status, answer.json.get("state") or answer.refusal

    def hold(self) -> tuple[int, str]:
        answer = self.till.holds(self.bill, 50, "r")
        return answer.status, answer.json.get("state") or answer.refusal

    def release(self) -> tuple[int, str]:
        approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="till is gone", actor="ani")
        answer = self.till.put("/v1/redemptions/r/release", approval)
        return answer.status, answer.json.get("state") or answer.refusal

    def receipt(self, bill: Bill | None = None) -> Receipt:
        return self.till.receipt(bill or self.bill, (redeemed("r", 50, self.proof),))

    def saves(self, bill: Bill | None = None) -> "Saved":
        return Saved(self.till, self.receipt(bill))

    def account(self) -> tuple[int, int]:
        return self.world.posted("dewi")


class Saved:
    """What became of the redemption of a saved bill."""

    def __init__(self, till: TillClient, receipt: Receipt) -> None:
        self.receipt = receipt
        answer = till.saves(receipt)
        self.status = answer.status
        parts = [part for part in answer.json.get("parts", []) if part["part"] == "redemption"]
        self.outcome = parts[0]["outcome"] if parts else ""
        self.points = parts[0].get("points") if parts else None
        self.short = parts[0].get("short") if parts else None
        self.note = parts[0].get("note", "") if parts else ""


@pytest.fixture
def table(any_world: World, till: TillClient) -> Table:
    return Table(any_world, till)


# none


def test_none_hold_is_held(table: Table) -> None:
    assert table.hold() == (200, "held")
    assert table.account() == (500, 50)


def test_none_hold_of_too_much_says_how_much_there_is(table: Table) -> None:
    bill = table.till.bill((RICE, 1), claim="points", member="siti")
    answer = table.till.holds(bill, 200, "r")
    assert (answer.status, answer.refusal, answer.json["points"]) == (409, "insufficient", "120")
    assert table.world.posted("siti") == (120, 0)
    # the id is spent: whatever has changed meanwhile, it has one outcome (I13)
    assert table.till.holds(bill, 200, "r").json == answer.json
    assert table.get() == (404, "unknown_redemption")


def test_none_extend_is_404(table: Table) -> None:
    assert table.extend() == (404, "unknown_redemption")
    assert table.get() == (404, "unknown_redemption")


def test_none_bill_without_proof_is_stored_and_the_merchant_bears_the_points(table: Table) -> None:
    saved = table.saves()
    assert (saved.status, saved.outcome, saved.points, saved.short) == (200, "short", "0", "50")
    assert table.account() == (570, 0)
    assert set(table.world.reviews()) == {"no_hold", "short"}
    assert table.world.findings() == []


def test_none_bill_with_a_proof_of_a_restored_backend_settles_as_late(table: Table) -> None:
    table.bring("held")
    table.world.run(
        "DELETE FROM redemptions", "DELETE FROM pins", "UPDATE accounts SET held = 0", "UPDATE lots SET pinned = 0"
    )
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.note) == ("done", "50", "late")
    assert table.account() == (500 - 50 + 70, 0)
    assert table.world.reviews() == []
    assert table.world.findings() == []


def test_none_bill_with_a_forged_proof_takes_nothing(table: Table) -> None:
    table.bring("held")
    version, body, mac = table.proof.split(".")
    table.proof = f"{version}.{body[:-4]}AAAA.{mac}"
    table.void()
    table.bill = table.till.bill((RICE, 1), claim="small", bill_id="bill-2")
    receipt = table.till.receipt(table.bill, (redeemed("r-new", 50, table.proof),))
    saved = Saved(table.till, receipt)
    assert (saved.outcome, saved.points, saved.short) == ("short", "0", "50")


def test_none_void_leaves_a_tombstone_for_a_delayed_hold(table: Table) -> None:
    assert table.void() == (200, "voided")
    assert table.hold() == (200, "voided")
    assert table.account() == (500, 0)


# HELD


def test_held_hold_again_has_the_same_answer_with_what_is_left_of_the_time(table: Table) -> None:
    first = table.till.holds(table.bill, 50, "r").json
    table.world.clock.advance(60)
    again = table.till.holds(table.bill, 50, "r").json
    assert again == {**first, "ttl": 1740.0}
    assert table.till.get("/v1/redemptions/r").json == again
    assert table.account() == (500, 50)


def test_held_id_for_something_else_is_409(table: Table) -> None:
    table.bring("held")
    other = table.till.bill((RICE, 2), claim="small", bill_id="other")
    assert table.till.holds(other, 50, "r").refusal == "id_reused"
    assert table.till.holds(table.bill, 50, "r", ceiling="60").refusal == "id_reused"
    assert table.account() == (500, 50)


def test_held_extend_gives_half_an_hour_but_two_hours_in_all(table: Table) -> None:
    table.bring("held")
    for _ in range(3):
        table.world.clock.advance(1500)
        assert table.till.put("/v1/redemptions/r/extension").json["ttl"] == 1800.0
    table.world.clock.advance(1500)
    assert table.till.put("/v1/redemptions/r/extension").json["ttl"] == 1200.0
    table.world.clock.advance(1201)
    assert table.extend() == (409, "expired")
    assert table.get() == (200, "expired")
    assert table.account() == (500, 0)


def test_held_bill_is_captured(table: Table) -> None:
    saved = table.bring("held").saves()
    assert (saved.outcome, saved.points) == ("done", "50")
    assert table.account() == (520, 0)
    assert table.get() == (200, "captured")


def test_held_bill_that_needs_less_gives_the_rest_back(table: Table) -> None:
    table.bill = table.till.bill((RICE, 3), claim="small", bill_id="bill").with_claim(table.bill.claims[0])
    table.bring("held")
    # the claim is gone from the bill when it is saved: nothing is taken, all of the hold goes back
    bare = table.bill.without_claim(table.bill.claims[0].key)
    receipt = table.till.receipt(bare, (redeemed("r", 0, table.proof, 0),))
    assert Saved(table.till, receipt).points == "0"
    assert table.account() == (500 + 210, 0)


def test_held_bill_of_another_id_is_an_item(table: Table) -> None:
    table.bring("held")
    saved = table.saves(table.till.bill((RICE, 1), claim="small", bill_id="another"))
    assert (saved.outcome, saved.note) == ("refused", "the hold is of another bill or account")
    assert table.account() == (570, 50)
    assert "capture_refused" in table.world.reviews()


def test_held_void_is_voided(table: Table) -> None:
    assert table.bring("held").void() == (200, "voided")
    assert table.void() == (200, "voided")
    assert table.account() == (500, 0)


def test_held_runs_out(table: Table) -> None:
    table.bring("held")
    table.world.clock.advance(1799)
    assert table.get() == (200, "held")
    table.world.clock.advance(1)
    assert table.get() == (200, "expired")
    assert table.account() == (500, 0)


def test_held_is_released_by_a_manager_only(table: Table) -> None:
    table.bring("held")
    wrong = WireApproval(staff_id="ani", pin=PIN["ani"], reason="I want to")
    assert table.till.put("/v1/redemptions/r/release", wrong).refusal == "not_allowed"
    assert table.release() == (200, "expired")
    assert table.release() == (200, "expired")
    assert table.account() == (500, 0)


# CAPTURED


def test_captured(table: Table) -> None:
    table.bring("captured")
    assert table.hold() == (200, "captured")
    assert table.extend() == (409, "captured")
    assert table.void() == (409, "captured")
    assert table.release() == (409, "captured")
    assert table.account() == (520, 0)


def test_captured_same_bill_has_the_same_answer(table: Table) -> None:
    table.bring("held")
    receipt = table.receipt()
    first = table.till.saves(receipt).json
    assert table.till.saves(receipt).json == first
    assert table.account() == (520, 0)


def test_captured_other_bill_is_an_item(table: Table) -> None:
    table.bring("captured")
    saved = table.saves(table.till.bill((RICE, 1), claim="small", bill_id="another"))
    assert (saved.status, saved.outcome, saved.short) == (200, "refused", "50")
    assert table.world.reviews() == ["capture_refused"]
    assert table.world.findings() == []


# EXPIRED


@pytest.mark.parametrize("state", ["expired", "released"])
def test_expired(table: Table, state: str) -> None:
    table.bring(state)
    assert table.hold() == (200, "expired")
    assert table.extend() == (409, "expired")
    assert table.get() == (200, "expired")
    assert table.void() == (200, "voided")


@pytest.mark.parametrize("state", ["expired", "released"])
def test_expired_bill_settles_as_late_from_what_is_there(table: Table, state: str) -> None:
    saved = table.bring(state).saves()
    assert (saved.outcome, saved.points, saved.note) == ("done", "50", "late")
    assert table.account() == (520, 0)
    assert table.world.reviews() == []


def test_expired_bill_is_short_of_what_is_not_there(table: Table, web_shop: TillClient) -> None:
    table.bring("expired")
    order = {
        "member_id": "dewi",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "0",
        "spend": {"poin": "480"},
    }
    assert web_shop.put("/v1/orders/o1", write(order)).status == 200
    saved = table.saves()
    assert (saved.outcome, saved.points, saved.short) == ("short", "20", "30")
    assert table.account() == (70, 0)
    assert table.world.reviews() == ["short"]
    assert table.world.findings() == []


# VOIDED


def test_voided(table: Table) -> None:
    table.bring("voided")
    assert table.hold() == (200, "voided")
    assert table.extend() == (409, "voided")
    assert table.void() == (200, "voided")
    saved = table.saves()
    assert (saved.status, saved.outcome, saved.note) == (200, "refused", "the hold was cancelled")
    assert table.account() == (570, 0)
    assert table.world.reviews() == ["capture_refused"]


# Replacing


def test_a_hold_replaces_another_in_one_step(table: Table) -> None:
    table.bring("held")
    bigger = table.till.bill((RICE, 1), claim="points", bill_id="bill")
    challenge = table.till.sends_code("bill", challenge="c")
    assert challenge.status == 200
    answer = table.till.holds(
        bigger, 200, "r2", replaces="r", challenge_id="c", attempt_id="a", code=table.world.code()
    )
    assert answer.json["state"] == "held"
    assert table.get() == (200, "voided")
    assert table.account() == (500, 200)
    # the verified challenge serves further replacements of its hold, without a code
    assert table.till.holds(table.bill, 50, "r3", replaces="r2", challenge_id="c").json["state"] == "held"
    assert table.account() == (500, 50)


def test_a_replacement_that_is_refused_keeps_the_old_hold(table: Table) -> None:
    siti = table.till.bill((RICE, 1), claim="small", member="siti", bill_id="b")
    assert table.till.holds(siti, 50, "old").json["state"] == "held"
    bigger = table.till.bill((RICE, 1), claim="points", member="siti", bill_id="b")
    answer = table.till.holds(bigger, 200, "new", replaces="old")
    assert (answer.refusal, answer.json["points"]) == ("insufficient", "120")
    assert table.till.get("/v1/redemptions/old").json["state"] == "held"
    assert table.world.posted("siti") == (120, 50)


def test_a_replacement_keeps_counting_the_two_hours(table: Table) -> None:
    table.bring("held")
    table.world.clock.advance(1700)
    table.till.holds(table.bill, 50, "r2", replaces="r")
    table.world.clock.advance(1700)
    table.till.put("/v1/redemptions/r2/extension")
    table.world.clock.advance(1700)
    table.till.put("/v1/redemptions/r2/extension")
    table.world.clock.advance(1700)
    assert table.till.put("/v1/redemptions/r2/extension").json["ttl"] == 400.0


def test_never_two_live_holds_of_one_bill_and_account(table: Table) -> None:
    table.bring("held")
    assert table.till.holds(table.bill, 50, "r2").refusal == "already_held"
    assert table.account() == (500, 50)


# A dishonest or outdated till


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
