"""Holds without points: a coupon that one bill has claimed, in every state of the table, and what is no such hold."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.test_bills import signed
from tests.server.world import (
    NOON,
    PIN,
    RICE,
    RUPIAH,
    Answer,
    NoGifts,
    World,
    a_programme,
    a_seed,
    receipt_of_bill,
)
from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, price
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import HOLD_AT_MOST_SECONDS, HOLD_SECONDS, NO_ACCOUNT
from tukar.domain.reward import AmountOff
from tukar.domain.rule import Activation, Family, Limits, Mode, Rule
from tukar.server.keys import encoded
from tukar.server.sweep import sweep
from tukar.wire.redemptions import WireApproval

COUPON = Rule(
    rule_id="coupon",
    name=LocalName("Coupon"),
    family=Family.PROMO_CODE,
    activation=Activation(Mode.CODE, "ONCE"),
    rewards=(AmountOff(amount=Money(5000, RUPIAH), cost=Fraction(0)),),
    limits=Limits(uses=1),
)
PROGRAMME = a_programme(rules=(COUPON,))


class Claims:
    """A shop with one coupon, two tills, and a bill at each that enters its code."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.load(a_seed(programme=PROGRAMME))
        self.tills = (world.enrol("TILLONE"), world.enrol("TILLTWO"))
        self.till = self.tills[0]

    def bill(self, number: int = 0, *, code: str = "ONCE", member: str = "") -> Bill:
        bill = self.tills[number].bill((RICE, 1), member=member, bill_id=f"bill-{number}")
        return bill.with_code(code) if code else bill

    def hold(self, number: int = 0, bill: Bill | None = None, ref: str = "", **changes: object) -> Answer:
        bill = bill or self.bill(number)
        whose = {"member_id": bill.customer.member_id if bill.customer else "", "programme_id": NO_ACCOUNT}
        return self.tills[number].holds(bill, 0, ref or f"r{number}", **{**whose, **changes})

    def receipt(self, number: int = 0, ref: str = "r0", proof: str = "", bill: Bill | None = None) -> Receipt:
        """As a till saves it that knows of no other."""
        bill = bill or self.bill(number)
        worth = price(bill, RuleBook.compile(PROGRAMME, NoGifts(), RUPIAH), Circumstances(now=NOON))
        off = worth.discount
        shown = (ReceiptRedemption(ref, NO_ACCOUNT, Points(0), off, proof),) if ref else ()
        return receipt_of_bill(self.tills[number], bill, shown, worth, None)

    def save(self, number: int = 0, ref: str = "r0", proof: str = "", bill: Bill | None = None) -> dict[str, str]:
        """What became of the hold of a bill, and of the bill itself."""
        answer = self.tills[number].saves(self.receipt(number, ref, proof, bill))
        assert answer.status == 200
        return {part["part"]: part["outcome"] for part in answer.json["parts"]}

    def state(self, ref: str = "r0") -> str:
        return str(self.world.rows("SELECT state FROM redemptions WHERE redemption_id = :ref", ref=ref)[0].state)

    def uses(self) -> int:
        rows = self.world.rows("SELECT uses FROM rule_uses WHERE rule_id = 'coupon' AND member_id = ''")
        return int(rows[0].uses) if rows else 0


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def claims(request: pytest.FixtureRequest) -> Iterator[Claims]:
    world = World() if request.param == "sqlite" else World(emptied(request.getfixturevalue("postgres")))
    yield Claims(world)
    world.backend.close()


def test_T07_the_second_of_two_tills_is_told_which_rule_is_used_up(claims: Claims) -> None:
    assert claims.hold(0).json["state"] == "held"
    refused = claims.hold(1)
    assert (refused.status, refused.refusal, refused.json["rules"]) == (409, "used_up", ["coupon"])
    assert claims.hold(1).json == refused.json, "an id has one answer"
    assert claims.save(0)["redemption"] == "done"
    assert claims.hold(1, ref="later").refusal == "used_up"
    assert (claims.uses(), claims.world.reviews(), claims.world.findings()) == (1, [], [])


def test_a_repeated_hold_is_the_same_hold(claims: Claims) -> None:
    first = claims.hold().json
    assert (first["state"], first["points"], first["ttl"]) == ("held", "0", HOLD_SECONDS)
    assert claims.hold().json["proof"] == first["proof"]
    assert claims.till.get("/v1/redemptions/r0").json["state"] == "held"
    assert claims.hold(ref="r0", bill=claims.bill(1)).refusal == "id_reused"
    assert claims.hold(ref="other").refusal == "already_held"


def test_one_takes_the_place_of_another_of_its_bill(claims: Claims) -> None:
    claims.hold()
    assert claims.hold(ref="new", replaces="r0").json["state"] == "held"
    assert (claims.state("r0"), claims.state("new")) == ("voided", "held")
    assert claims.hold(1, ref="far", replaces="new").refusal == "bad_request"


def test_a_customer_s_claim_is_theirs_and_another_s_is_not_it(claims: Claims) -> None:
    bill = claims.bill(member="dewi")
    assert claims.hold(bill=bill).json["state"] == "held"
    assert claims.hold(bill=bill).json["state"] == "held"
    assert claims.hold(bill=claims.bill(member="siti")).refusal == "id_reused"
    assert claims.hold(bill=claims.bill()).refusal == "id_reused"
    assert claims.save(bill=bill)["redemption"] == "done"
    assert claims.state() == "captured"


def test_it_lasts_as_long_as_a_hold_of_points_and_is_free_then(claims: Claims) -> None:
    claims.hold()
    claims.world.clock.advance(HOLD_SECONDS - 10)
    assert claims.till.put("/v1/redemptions/r0/extension").json["ttl"] == HOLD_SECONDS
    assert claims.hold(1).refusal == "used_up"
    claims.world.clock.advance(HOLD_SECONDS + 1)
    assert claims.till.get("/v1/redemptions/r0").json["state"] == "expired"
    assert claims.till.put("/v1/redemptions/r0/extension").refusal == "expired"
    assert claims.hold(1, ref="next").json["state"] == "held"


def test_a_claim_that_ran_out_is_not_a_bill_s_own_any_more(claims: Claims) -> None:
    """Asked for once more after another bill took it, it is used up: it was granted all the same once."""
    claims.hold(0)
    claims.world.clock.advance(HOLD_SECONDS + 1)
    assert claims.hold(1).json["state"] == "held"
    assert claims.hold(0, ref="again", replaces="r0").refusal == "used_up"


def test_what_ran_out_is_swept_and_found_by_nobody(claims: Claims) -> None:
    claims.hold()
    claims.world.clock.advance(HOLD_AT_MOST_SECONDS)
    claims.world.inside(sweep)
    assert (claims.state(), claims.world.findings()) == ("expired", [])


def test_void_and_release_give_it_to_the_next(claims: Claims) -> None:
    claims.hold()
    assert claims.till.put("/v1/redemptions/r0/void").json["state"] == "voided"
    assert claims.hold(1, ref="b").json["state"] == "held"
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="till is gone", actor="ani")
    assert claims.till.put("/v1/redemptions/b/release", approval).json["state"] == "expired"
    assert claims.hold(0, ref="c").json["state"] == "held"


def test_a_hold_that_arrives_after_its_void_claims_nothing(claims: Claims) -> None:
    claims.till.put("/v1/redemptions/r0/void")
    assert claims.hold().json["state"] == "voided"
    assert claims.hold(1).json["state"] == "held"


# A bill that shows it


def test_a_bill_after_its_hold_ran_out_is_late_and_without_an_item_where_nobody_else_had_it(claims: Claims) -> None:
    claims.hold()
    claims.world.clock.advance(HOLD_SECONDS + 1)
    assert claims.save() == {"bill": "done", "redemption": "done"}
    assert (claims.state(), claims.uses(), claims.world.reviews()) == ("captured", 1, [])


def test_one_that_others_have_used_since_counts_over_its_limit_with_an_item(claims: Claims) -> None:
    claims.hold(0)
    claims.world.clock.advance(HOLD_SECONDS + 1)
    claims.hold(1)
    assert claims.save(1, "r1")["bill"] == "done"
    assert claims.save(0) == {"bill": "flagged", "redemption": "done"}
    assert (claims.uses(), claims.world.reviews(), claims.world.findings()) == (2, ["bill"], [])


def test_a_proof_makes_a_hold_again_that_was_lost_with_a_restore(claims: Claims) -> None:
    proof = claims.hold().json["proof"]
    claims.world.run("DELETE FROM redemptions", "DELETE FROM hold_claims")
    assert claims.save(proof=proof) == {"bill": "done", "redemption": "done"}
    assert (claims.state(), claims.uses(), claims.world.reviews()) == ("captured", 1, [])


def test_a_proven_bill_keeps_its_coupon_where_what_made_room_for_it_is_still_on_its_way(claims: Claims) -> None:
    proof = claims.hold(1).json["proof"]
    claims.world.run("DELETE FROM redemptions", "DELETE FROM hold_claims")
    assert claims.hold(0).json["state"] == "held"
    assert claims.save(0)["bill"] == "done"
    assert claims.save(1, "r1", proof) == {"bill": "done", "redemption": "done"}
    assert (claims.uses(), claims.world.reviews()) == (2, [])


@pytest.mark.parametrize("proof", ["", "of another bill", "no proof"])
def test_a_hold_that_nobody_knows_and_nothing_proves_is_an_item(claims: Claims, proof: str) -> None:
    if proof == "of another bill":
        proof = claims.hold(1).json["proof"]
        claims.till.put("/v1/redemptions/r1/void")
    elif proof:
        proof = f"h1.{encoded(b'{}')}.{encoded(b'mac')}"
    assert claims.save(proof=proof)["redemption"] == "refused"
    assert claims.world.reviews() == ["capture_refused"]


def test_a_voided_or_refused_hold_or_one_of_another_bill_is_an_item(claims: Claims) -> None:
    claims.hold(1)
    assert claims.hold(0).refusal == "used_up"
    assert claims.save(0)["redemption"] == "refused"
    assert (
        claims.save(0, "r1", bill=claims.till.bill((RICE, 1), member="", bill_id="third").with_code("ONCE"))[
            "redemption"
        ]
        == "refused"
    )
    claims.tills[1].put("/v1/redemptions/r1/void")
    assert claims.save(1, "r1")["redemption"] == "refused"
    assert claims.world.reviews().count("capture_refused") == 3


def test_a_revoked_till_s_hold_counts_only_from_before(claims: Claims) -> None:
    proof = claims.hold().json["proof"]
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="stolen")
    assert claims.world.operator().put("/v1/tills/T1/revocation", approval).status == 200
    receipt = claims.receipt(proof=proof)
    answer = claims.till.saves(receipt, **signed(claims.till, receipt)).json
    assert [part["note"] for part in answer["parts"] if part["part"] == "redemption"] == [
        "held after the till was revoked"
    ]
    claims.world.run("DELETE FROM redemptions", "DELETE FROM bills", "DELETE FROM reviews")
    answer = claims.till.saves(receipt, **signed(claims.till, receipt)).json
    assert [part["outcome"] for part in answer["parts"] if part["part"] == "redemption"] == ["refused"]


def test_a_bill_without_its_code_s_discount_uses_nothing_up(claims: Claims) -> None:
    """Its till was cut off and gave nothing; that the coupon was free all the while is nobody's business."""
    bill = claims.bill()
    worth = price(bill, RuleBook.compile(PROGRAMME, NoGifts(), RUPIAH), Circumstances(now=NOON, online=False))
    answer = claims.till.saves(receipt_of_bill(claims.till, bill, (), worth, None)).json
    assert [part["outcome"] for part in answer["parts"] if part["part"] == "bill"] == ["done"]
    assert (claims.uses(), claims.world.reviews()) == (0, [])


# What is no such hold


def test_points_of_no_programme_and_a_code_for_none_are_no_question(claims: Claims) -> None:
    bill = claims.bill(member="dewi")
    assert claims.till.holds(bill, 50, "n", programme_id=NO_ACCOUNT).refusal == "bad_request"
    assert claims.hold(bill=bill, challenge_id="c").refusal == "bad_request"
    assert claims.till.holds(claims.bill(), 50, "p", member_id="").refusal == "bad_request"


def test_a_bill_that_uses_nothing_limited_has_nothing_to_hold(claims: Claims) -> None:
    assert claims.hold(bill=claims.bill(code="")).refusal == "not_eligible"


def test_other_rules_or_another_sum_are_refused_before_anything_is_claimed(claims: Claims) -> None:
    assert claims.hold(programme_version=9).refusal == "rules_changed"
    assert claims.hold(ref="sum", total="1").refusal == "rules_changed"
    assert claims.hold(ref="right", total="65000").json["state"] == "held"


def test_while_the_backend_is_restored_nothing_is_held(claims: Claims) -> None:
    claims.world.run("UPDATE shops SET recovering = 1")
    assert claims.hold().refusal == "recovering"


def test_a_manager_lets_a_hold_without_points_go(claims: Claims) -> None:
    claims.hold(0)
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="its till is gone")
    assert claims.tills[1].put("/v1/redemptions/nobody/release", approval).refusal == "unknown_redemption"
    assert claims.tills[1].put("/v1/redemptions/r0/release", approval).json["state"] == "expired"
    assert claims.hold(1).json["state"] == "held"
    assert claims.world.findings() == []
