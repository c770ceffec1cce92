"""Other channels, adjustments, epochs and recovery, the digest, reviews, the audit chain and the doctor."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.server.world import NOON, PIN, RICE, Answer, TillClient, World, a_programme, a_seed, redeemed
from tukar.domain.offer import LocalName
from tukar.domain.programme import PointsAccount
from tukar.domain.redemption import Refusal
from tukar.server import accounts, proofs, recovery, shorts, sweep
from tukar.server.call import Call, Caller, CallerKind
from tukar.server.refusing import Refused
from tukar.wire.message import write
from tukar.wire.programme import programme_json
from tukar.wire.redemptions import WireApproval

RP = {"code": "IDR", "minor_digits": 0}


def order(web: TillClient, order_id: str, **points: dict[str, str]) -> Answer:
    return web.put(f"/v1/orders/{order_id}", write({"member_id": "dewi", "currency": RP, "amount": "1000", **points}))


# Another channel


def test_a_web_shop_earns_and_spends_on_the_same_account(any_world: World, web_shop: TillClient) -> None:
    first = order(web_shop, "o", earn={"poin": "10"}, spend={"poin": "110"})
    assert first.json["balances"] == {"poin": "400"}
    assert order(web_shop, "o", earn={"poin": "10"}, spend={"poin": "110"}).json == first.json
    assert order(web_shop, "o", spend={"poin": "1"}).refusal == "id_reused"
    assert any_world.posted("dewi") == (400, 0)
    assert any_world.findings() == []


def test_a_web_shop_spends_only_what_no_hold_reserves(any_world: World, till: TillClient, web_shop: TillClient) -> None:
    till.holds(till.bill((RICE, 1), claim="small"), 50)
    refused = order(web_shop, "o", spend={"poin": "451"})
    assert (refused.refusal, refused.json["points"]) == ("insufficient", "450")
    assert order(web_shop, "p", spend={"poin": "450"}).status == 200
    assert any_world.posted("dewi") == (50, 50)


@pytest.mark.parametrize(
    "points", [{"spend": {"poin": "-1"}}, {"earn": {"poin": "-1"}}, {"earn": {"gold": "1"}}, {"earn": {"poin": "0.5"}}]
)
def test_orders_that_make_no_sense(world: World, web_shop: TillClient, points: dict[str, dict[str, str]]) -> None:
    assert order(web_shop, "o", **points).refusal in ("bad_request", "insufficient")
    assert world.posted("dewi") == (500, 0)


def adjust(till: TillClient, points: str, adjustment: str = "a") -> Answer:
    body = {
        "member_id": "dewi",
        "programme_id": "poin",
        "points": points,
        "staff_id": "budi",
        "pin": PIN["budi"],
        "reason": "gift",
    }
    return till.put(f"/v1/adjustments/{adjustment}", write(body))


def test_a_manager_adjusts_within_what_is_available(any_world: World, till: TillClient) -> None:
    assert adjust(till, "25").json["balances"] == {"poin": "525"}
    assert adjust(till, "25").json["balances"] == {"poin": "525"}
    assert adjust(till, "-526", "b").refusal == "insufficient"
    assert adjust(till, "-525", "c").json["balances"] == {"poin": "0"}
    assert any_world.findings() == []


def test_points_of_orders_and_gifts_run_out_as_earned_ones_do() -> None:
    """FORMAT.md, ``expire_after_days``; what an account has changes only under its own lock."""
    stars = PointsAccount("stars", LocalName("Stars"), expire_after_days=10)
    base = a_programme(expire=10)
    world = World()
    world.load(a_seed(programme=replace(base, accounts=(*base.accounts, stars))))
    web, till = world.enrol("WEBSHOP"), world.enrol("TILLONE")
    before = world.posted("dewi")[0]
    assert order(web, "first", earn={"stars": "40"}).json["balances"] == {"stars": "40"}
    assert adjust(till, "25").json["balances"] == {"poin": str(before + 25)}
    world.clock.advance(11 * 24 * 3600)
    assert adjust(till, "1", "b").json["balances"] == {"poin": str(before + 1)}
    assert world.posted("dewi", "stars") == (40, 0), "nobody has named them yet"
    assert order(web, "second", earn={"stars": "2"}).json["balances"] == {"stars": "2"}
    assert world.findings() == []
    world.close()


# Epoch and recovery


def test_an_epoch_stays_over_restarts(any_world: World) -> None:
    assert any_world.epoch == 1
    again = World(any_world.engine, epoch=1)
    assert again.epoch == 1
    assert again.enrol("TILLONE").get("/v1/state").json["epoch"] == 1
    again.backend.close()


def test_a_database_that_had_come_further_was_restored(any_world: World, till: TillClient) -> None:
    """Its epoch is the present one; new bills would soon bring it as far as the tills have seen it."""
    come_to = any_world.backend.reached()
    same = World(any_world.engine, epoch=1, reached=come_to, clock=any_world.clock)
    assert same.epoch == 1
    older = World(any_world.engine, epoch=1, reached=come_to + 1, clock=any_world.clock)
    assert older.epoch == 2
    till.world = older
    assert till.get("/v1/state").json["recovering"] is True
    older.backend.close()


def restored(world: World) -> World:
    """The same database under a backend that has seen a later one."""
    again = World(world.engine, epoch=7, clock=world.clock)
    assert again.epoch == 8
    return again


def test_a_restored_backend_holds_nothing_until_every_till_has_sent_again(
    any_world: World, till: TillClient, other_till: TillClient, web_shop: TillClient
) -> None:
    bill = till.bill((RICE, 1), claim="small", bill_id="sold")
    proof = till.holds(bill, 50, "r").json["proof"]
    world = restored(any_world)
    for client in (till, other_till, web_shop):
        client.world = world
    state = till.get("/v1/state").json
    assert (state["recovering"], state["epoch"]) == (True, 8)
    assert till.holds(till.bill((RICE, 1), claim="small"), 50).refusal == "recovering"
    assert till.sends_code("b").refusal == "recovering"
    assert order(web_shop, "o", spend={"poin": "1"}).refusal == "recovering"
    assert order(web_shop, "p", earn={"poin": "1"}).status == 200
    assert adjust(till, "5").refusal == "recovering"
    body = {"bill_id": "sold", "lines": [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]}
    assert till.put("/v1/refunds/f", write(body)).refusal == "recovering"
    assert till.saves(till.receipt(bill, (redeemed("r", 50, proof),))).status == 200
    assert till.put("/v1/recovery", write({"epoch": 7, "phase": 1})).refusal == "recovering"
    assert till.put("/v1/recovery", write({"epoch": 8, "phase": 2})).json["waiting_for"] == ["T2"]
    assert other_till.put("/v1/recovery", write({"epoch": 8, "phase": 1})).json["recovering"] is True
    assert other_till.put("/v1/recovery", write({"epoch": 8, "phase": 2})).json["recovering"] is False
    assert till.holds(till.bill((RICE, 1), claim="small"), 50).json["state"] == "held"
    world.backend.close()


def test_a_manager_writes_off_a_till_by_name(any_world: World, till: TillClient, other_till: TillClient) -> None:
    world = restored(any_world)
    till.world = world
    till.put("/v1/recovery", write({"epoch": 8, "phase": 2}))
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="burnt")
    assert till.put("/v1/tills/T2/write-off", approval).json["recovering"] is False
    assert [row.detail for row in world.rows("SELECT detail FROM audit WHERE action = 'write_off_till'")] == ["burnt"]
    world.backend.close()


def test_a_bill_by_rules_that_a_restore_lost_is_settled_by_those_that_were_in_force_here(world: World) -> None:
    """Found by the simulation: it was reckoned by no rules at all, so that it earned nothing and cost nothing."""
    world.load()
    lost, here = world, World()
    here.load()
    first, *others = a_programme().rules
    changed = replace(a_programme(), rules=(replace(first, name=LocalName("More points")), *others))
    assert lost.operator().put("/v1/programme", write({"programme": programme_json(changed)})).json == {"version": 2}
    till = lost.enrol("TILLONE")
    bill = till.bill((RICE, 1), claim="small", bill_id="sale")
    proof = till.holds(bill, 50, "r", programme_version=2).json["proof"]
    receipt = replace(till.receipt(bill, (redeemed("r", 50, proof),)), programme_version=2)
    saved = here.enrol("TILLONE").saves(receipt).json
    assert {part["part"]: part.get("points") for part in saved["parts"]} == {
        "bill": None, "redemption": "50", "earning": "70"
    }  # fmt: skip
    assert here.posted("dewi") == (500 - 50 + 70, 0)
    assert "rules of version 2" in next(part for part in saved["parts"] if part["part"] == "bill")["note"]
    assert here.findings() == []
    here.close()


def test_what_was_seen_of_a_shop_that_is_not_here_tells_nothing(world: World) -> None:
    stranger = Caller(CallerKind.TILL, "ELSEWHERE", "1")
    with pytest.raises(Refused) as refused:
        world.backend.perform(lambda call, _: recovery.observe(call, "9.9"), None, stranger)
    assert refused.value.refusal.refusal is Refusal.NOT_SIGNED_IN
    assert world.enrol("TILLONE").get("/v1/state").json["epoch"] == 1


def test_a_till_that_has_seen_more_than_we_know_finds_the_restore(any_world: World, till: TillClient) -> None:
    till.headers = {"tukar-seen": "1.0"}
    assert "recovering" not in till.get("/v1/state").json
    till.headers = {"tukar-seen": "1.5"}
    state = till.get("/v1/state").json
    assert (state["epoch"], state["recovering"]) == (2, True)
    till.headers = {"tukar-seen": "x.5"}
    assert till.get("/v1/state").refusal == "bad_request"


# The digest


def test_the_digest_asks_for_a_bill_that_has_come_from_another_till_alone(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    """Found by the simulation: paid at one till, lost in a restore, and paid once more at another."""
    other_till.saves(other_till.receipt(other_till.bill(bill_id="b")))
    assert other_till.post("/v1/digest", write({"bills": ["b"]})).json == {}
    assert till.post("/v1/digest", write({"bills": ["b"]})).json == {"missing_bills": ["b"]}
    till.saves(till.receipt(till.bill(bill_id="b")))
    assert till.post("/v1/digest", write({"bills": ["b"]})).json == {}
    assert any_world.reviews() == ["other_content"]


def test_the_digest_names_what_differs(any_world: World, till: TillClient) -> None:
    sold = till.receipt(till.bill((RICE, 1), claim="small", bill_id="sold"))
    till.holds(till.bill((RICE, 1), claim="small", bill_id="held"), 50, "held")
    till.saves(sold)
    body = {
        "bills": ["sold", "lost"],
        "redemptions": [
            {"redemption_id": "held", "state": "held", "bill_id": "held"},
            {"redemption_id": "gone", "state": "settled", "bill_id": "sold"},
            {"redemption_id": "asked", "state": "asked", "bill_id": "sold"},
        ],
    }
    answer = till.post("/v1/digest", write(body)).json
    assert answer == {"missing_bills": ["lost"], "differences": [{"redemption_id": "gone"}]}
    till.put("/v1/redemptions/held/void")
    answer = till.post("/v1/digest", write(body)).json
    assert {"redemption_id": "held", "state": "voided", "bill_id": "held"} in answer["differences"]


# Reviews


def test_an_item_stays_until_a_manager_resolves_it(any_world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill((RICE, 1), claim="small", bill_id="b"), (redeemed("x", 50),)))
    assert any_world.reviews() == ["no_hold", "short"]
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="line was down", actor="ani")
    for _ in range(2):
        assert till.put("/v1/reviews/short.x", approval).status == 200
    audited = any_world.rows("SELECT detail FROM audit WHERE action = 'resolve_review'")
    assert [row.detail for row in audited] == ["line was down"], "the same word again is the same answer"
    assert till.put("/v1/reviews/short.y", approval).status == 404
    assert any_world.reviews() == ["no_hold"]
    everything = till.get("/v1/reviews?all=1").json["items"]
    assert [(item["kind"], item.get("resolved_by")) for item in everything] == [("no_hold", None), ("short", "budi")]


# The audit


def test_the_chain_holds_and_every_tampering_shows(any_world: World, till: TillClient) -> None:
    operator = any_world.operator()
    for number in range(5):
        adjust(till, "1", f"a{number}")
    whole = operator.get("/v1/audit/verification").json
    assert "broken_at" not in whole
    assert whole["rows"] > 5
    last = whole["rows"]
    for tampering, broken in (
        ("UPDATE audit SET detail = '1000: gift' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)", last),
        ("DELETE FROM audit WHERE seq = 4", 4),
    ):
        kept = any_world.rows("SELECT * FROM audit ORDER BY seq")
        any_world.run(tampering)
        assert operator.get("/v1/audit/verification").json["broken_at"] == broken
        assert [one["invariant"] for one in any_world.findings()] == ["I11"]
        any_world.run("DELETE FROM audit")
        for row in kept:
            any_world.rows_into("audit", row)
    assert any_world.findings() == []


def test_a_tills_own_audit_head_is_kept_as_an_anchor(any_world: World, till: TillClient) -> None:
    till.headers = {"tukar-audit-head": "a" * 64}
    till.put("/v1/redemptions/x/void")
    till.put("/v1/redemptions/y/void")
    till.get("/v1/state")
    assert [row.head for row in any_world.rows("SELECT head FROM anchors")] == ["a" * 64]


# The doctor and the sweep


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        ("UPDATE accounts SET posted = posted + 1 WHERE member_id = 'siti'", "I1"),
        ("UPDATE lots SET units = units + 1 WHERE member_id = 'siti'", "I1"),
        ("UPDATE accounts SET held = held + 1 WHERE member_id = 'siti'", "I3"),
        ("UPDATE redemptions SET captured = captured + 1 WHERE state = 'captured'", "I7"),
        ("DELETE FROM bills", "I7"),
        ("UPDATE lot_uses SET returned = units + 1", "I14"),
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 1", "I11"),
    ],
)
def test_the_doctor_finds_damage(any_world: World, till: TillClient, damage: str, invariant: str) -> None:
    bill = till.bill((RICE, 1), claim="small")
    proof = till.holds(bill, 50, "r").json["proof"]
    till.saves(till.receipt(bill, (redeemed("r", 50, proof),)))
    assert any_world.findings() == []
    any_world.run(damage)
    assert invariant in {finding["invariant"] for finding in any_world.findings()}


def test_a_hold_that_ran_out_long_ago_is_found_and_swept(any_world: World, till: TillClient) -> None:
    till.holds(till.bill((RICE, 1), claim="small"), 50, "r")
    any_world.clock.advance(1800 + 3601)
    assert [finding["invariant"] for finding in any_world.findings()] == ["I4"]
    assert any_world.inside(sweep.sweep) == 1
    assert any_world.findings() == []
    assert any_world.posted("dewi") == (500, 0)
    assert any_world.inside(sweep.shop_ids) == ["JKT"]


def test_the_sweep_forgets_codes_and_counts_of_the_past(any_world: World, till: TillClient) -> None:
    till.sends_code("b")
    assert any_world.rows("SELECT 1 FROM counters")
    any_world.clock.advance(2 * 86_400)
    any_world.inside(sweep.sweep)
    assert any_world.rows("SELECT 1 FROM counters") == []
    assert [row.state for row in any_world.rows("SELECT state FROM challenges WHERE code_mac = ''")] == ["expired"]


# Time


def test_holds_outlive_a_restart_by_the_wall_and_ignore_its_jumps(any_world: World, till: TillClient) -> None:
    till.holds(till.bill((RICE, 1), claim="small", bill_id="b"), 50, "r")
    any_world.clock.wall = any_world.clock.wall.replace(year=2031)
    assert till.get("/v1/redemptions/r").json["ttl"] == 1800.0
    any_world.clock.wall = any_world.clock.wall.replace(year=2026)
    any_world.clock.advance(60)
    assert till.get("/v1/redemptions/r").json["ttl"] == 1740.0
    rebooted = type(any_world.clock)()
    rebooted.seconds = 3.0
    rebooted.wall = any_world.clock.wall.replace(minute=20)
    again = World(any_world.engine, epoch=1, clock=rebooted)
    till.world = again
    assert till.get("/v1/redemptions/r").json["ttl"] == 600.0
    again.backend.close()


# What the merchant bore after a restore


def test_earnings_sent_again_pay_for_what_a_later_bill_was_short_of(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    """Tono earned 70, spent 50 of them, and the restored database knows of neither."""
    earned = till.receipt(till.bill((RICE, 1), member="tono"))
    any_world.clock.advance(60)
    bill = till.bill((RICE, 1), claim="small", member="tono", bill_id="spent")
    spent = till.receipt(bill, (redeemed("r", 50, _granted_to_tono(any_world)),))
    world = restored(any_world)
    till.world = world
    parts = {part["part"]: part for part in till.saves(spent).json["parts"]}
    assert (parts["redemption"]["outcome"], parts["redemption"]["short"]) == ("short", "50")
    assert world.posted("tono") == (70, 0)
    assert till.saves(earned).status == 200
    assert world.posted("tono") == (90, 0)
    assert [(row.captured, row.short) for row in world.rows("SELECT captured, short FROM redemptions")] == [(50, 0)]
    assert [row.posted for row in world.rows("SELECT posted FROM accounts WHERE kind = 'merchant'")] == [0]
    assert world.reviews() == []
    assert world.findings() == []
    world.backend.close()


def _granted_to_tono(world: World) -> str:
    """The proof of a hold that the restored database has lost."""
    granted = proofs.Granted(
        redemption_id="r", bill_id="spent", member_id="tono", programme_id="poin", units=50, digits=0, claims="",
        programme_version=1, catalogue_version=1, till_id="T1", at="2026-11-21T02:00:00.000+00:00",
    )  # fmt: skip
    return world.inside(lambda call, _: proofs.make(call, granted))


def test_what_was_never_held_is_not_taken_from_earnings_sent_again(any_world: World, till: TillClient) -> None:
    """A till may say that a customer spent points; without a hold the merchant bears them, for good."""
    earned = till.receipt(till.bill((RICE, 1), member="tono"))
    any_world.clock.advance(60)
    spent = till.receipt(till.bill((RICE, 1), claim="small", member="tono", bill_id="spent"), (redeemed("r", 50),))
    world = restored(any_world)
    till.world = world
    assert till.saves(spent).status == 200
    assert till.saves(earned).status == 200
    assert world.posted("tono") == (140, 0)
    assert world.reviews() == ["no_hold", "short"]
    assert world.findings() == []
    world.backend.close()


def test_what_a_manager_resolved_is_not_taken_again(any_world: World, till: TillClient) -> None:
    earned = till.receipt(till.bill((RICE, 1), member="tono"))
    any_world.clock.advance(60)
    spent = till.receipt(till.bill((RICE, 1), claim="small", member="tono"), (redeemed("r", 50),))
    world = restored(any_world)
    till.world = world
    till.saves(spent)
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="our mistake", actor="ani")
    till.put("/v1/reviews/short.r", approval)
    till.saves(earned)
    assert world.posted("tono") == (140, 0)
    assert world.findings() == []
    world.backend.close()


def test_an_order_may_name_programmes_without_points(any_world: World, web_shop: TillClient) -> None:
    assert order(web_shop, "o", spend={"poin": "0"}, earn={"poin": "0"}).status == 200
    assert any_world.posted("dewi") == (500, 0)
    assert any_world.rows("SELECT * FROM ledger WHERE ref = 'o'") == []


@pytest.mark.parametrize(("earned", "left"), [(50, [0, 50]), (70, [0, 30]), (0, [50, 50])])
def test_an_earning_sent_again_pays_as_far_as_it_goes(
    any_world: World, till: TillClient, earned: int, left: list[int]
) -> None:
    for name in ("one", "two"):
        bill = till.bill((RICE, 1), claim="small", member="tono", bill_id=name)
        till.saves(till.receipt(bill, (redeemed(f"r-{name}", 50),)))
    any_world.run("DELETE FROM reviews WHERE kind = 'no_hold'")  # as if their holds had been lost in a restore

    def settle(call: Call, _: object) -> int:
        account = accounts.lock(call, "tono", "poin", 0, NOON.date())
        return shorts.settle(call, account, NOON - timedelta(days=1), earned)

    assert any_world.inside(settle) == earned
    assert [row.short for row in any_world.rows("SELECT short FROM redemptions ORDER BY redemption_id")] == left
    assert any_world.posted("tono") == (140 - earned, 0)
    assert any_world.findings() == []


def test_an_adjustment_of_nothing_is_written_down_and_moves_nothing(any_world: World, till: TillClient) -> None:
    assert adjust(till, "0").status == 200
    assert any_world.posted("dewi") == (500, 0)
    assert any_world.rows("SELECT * FROM ledger WHERE kind = 'adjust'") == []
