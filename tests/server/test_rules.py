"""Rules as the backend reckons them: gifts, limits, several programmes, versions, and what returns do to them."""

from concurrent.futures import Future
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine

from tests.server.test_bills import parts
from tests.server.world import (
    RICE,
    RUPIAH,
    SOAP,
    TillClient,
    World,
    a_programme,
    a_seed,
    priced,
    receipt_of_bill,
    redeemed,
)
from tukar.domain.bill import Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.programme import PointsAccount, Programme, Reversal
from tukar.domain.reward import AmountOff, FreeItem
from tukar.domain.rule import Apply, Earn, EarnPer, Family, Limits, Rule, Tier, When
from tukar.server import programmes
from tukar.server.backend import Request
from tukar.server.reckoning import Books
from tukar.server.storage.batches import UnavailableError, Work
from tukar.server.storage.transactions import DirectTransactions
from tukar.wire.bills import wire_basket
from tukar.wire.message import write
from tukar.wire.programme import programme_json

T = TypeVar("T")


def discount(rule_id: str, **changes: object) -> Rule:
    rule = Rule(
        rule_id=rule_id,
        name=LocalName(rule_id),
        family=Family.PROMOTION,
        apply=Apply.AUTOMATIC,
        rewards=(AmountOff(amount=Money(1000, RUPIAH)),),
    )
    return replace(rule, **changes)  # type: ignore[arg-type]


def a_world(programme: Programme) -> tuple[World, TillClient]:
    world = World()
    world.load(a_seed(programme=programme))
    return world, world.enrol("TILLONE")


def quote(till: TillClient, *goods: tuple[object, int], **changes: object) -> dict[str, object]:
    bill = till.bill(*goods, **changes)  # type: ignore[arg-type]
    body = {"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1}
    answer = till.post("/v1/quotes", write(body))
    found: dict[str, object] = answer.json
    return found


def test_a_rule_is_used_up_by_completed_sales() -> None:
    world, till = a_world(a_programme(rules=(discount("twice", limits=Limits(uses=2)),)))
    for number, total in enumerate(("69000", "69000", "70000")):
        assert quote(till, (RICE, 1))["total"] == total, number
        till.saves(till.receipt(till.bill((RICE, 1)), programme=a_programme(rules=(discount("twice"),))))
    world.close()


def test_a_rule_is_limited_per_customer_and_per_day() -> None:
    limits = Limits(per_customer=2, per_customer_and_day=1)
    world, till = a_world(a_programme(rules=(discount("daily", limits=limits),)))
    sale = a_programme(rules=(discount("daily"),))
    assert quote(till, (RICE, 1))["total"] == "69000"
    till.saves(till.receipt(till.bill((RICE, 1)), programme=sale))
    assert quote(till, (RICE, 1))["total"] == "70000"
    assert quote(till, (RICE, 1), member="siti")["total"] == "69000"
    world.clock.advance(86_400)
    assert quote(till, (RICE, 1))["total"] == "69000"
    till.saves(till.receipt(till.bill((RICE, 1)), programme=sale))
    world.clock.advance(86_400)
    assert quote(till, (RICE, 1))["total"] == "70000"
    world.close()


def test_a_budget_is_spent_over_all_sales() -> None:
    world, till = a_world(a_programme(rules=(discount("budget", limits=Limits(budget=Money(1500, RUPIAH))),)))
    till.saves(till.receipt(till.bill((RICE, 1)), programme=a_programme(rules=(discount("budget"),))))
    assert world.rows("SELECT times FROM counters WHERE name = 'budget.budget'")[0].times == 1000
    assert quote(till, (RICE, 1))["total"] != "69000"
    world.close()


def test_a_gift_is_looked_up_in_our_own_catalogue() -> None:
    gift = Rule(
        rule_id="gift",
        name=LocalName("Soap for 30 points"),
        apply=Apply.ON_CLAIM,
        programme="poin",
        rewards=(FreeItem(sku="SOAP", cost=Fraction(30)),),
    )
    choice = Rule(
        rule_id="choice",
        name=LocalName("One of these"),
        apply=Apply.ON_CLAIM,
        programme="poin",
        rewards=(FreeItem(choose_from=Goods(items=frozenset({"SOAP", "RICE", "GONE"})), cost=Fraction(30)),),
    )
    world, till = a_world(a_programme(rules=(gift, choice)))
    assert quote(till, (RICE, 1), claim="gift")["spent"] == {"poin": "30"}
    assert till.holds(till.bill((RICE, 1), claim="gift"), 30, "r").json["state"] == "held"
    bill = till.bill((RICE, 1)).with_claim(Claim(OfferKey("choice"), choice="SOAP"))
    assert till.holds(bill, 30, "r2").json["state"] == "held"
    world.close()


def two_programmes() -> Programme:
    own = a_programme()
    stars = PointsAccount("star", LocalName("Stars"))
    rule = Rule(
        rule_id="stars-off",
        name=LocalName("Stars"),
        apply=Apply.ON_CLAIM,
        programme="star",
        rewards=(AmountOff(amount=Money(2000, RUPIAH), cost=Fraction(10)),),
    )
    earning = Rule(
        rule_id="stars-earned",
        name=LocalName("Stars"),
        family=Family.LOYALTY,
        programme="star",
        earn=Earn(EarnPer.ORDER, Fraction(10)),
    )
    return replace(own, accounts=(*own.accounts, stars), rules=(*own.rules, rule, earning))


def test_one_bill_spends_points_of_two_programmes() -> None:
    world, till = a_world(two_programmes())
    till.saves(till.receipt(till.bill((RICE, 1)), programme=two_programmes()))
    bill = till.bill((RICE, 1), claim="small", bill_id="b").with_claim(Claim(OfferKey("stars-off")))
    first = till.holds(bill, 50, "r1").json
    second = till.holds(bill, 10, "r2", programme_id="star").json
    assert (first["state"], second["state"]) == ("held", "held")
    shown = (
        redeemed("r1", 50, first["proof"]),
        replace(redeemed("r2", 10, second["proof"], 2000), programme_id="star"),
    )
    worth = priced(bill, two_programmes(), 1000)
    receipt = receipt_of_bill(till, bill, shown, worth, None)
    receipt = replace(receipt, total=Money(63_000, RUPIAH))
    answer = till.saves(receipt).json
    assert [(part["outcome"], part["points"]) for part in parts(answer, "redemption")] == [
        ("done", "50"),
        ("done", "10"),
    ]
    assert world.posted("dewi", "star") == (10, 0)
    assert world.findings() == []
    world.close()


def test_a_new_programme_is_in_force_at_once_and_a_till_with_the_old_one_asks_again(
    any_world: World, till: TillClient
) -> None:
    fresh = programme_json(a_programme(rules=(discount("new"),)))
    operator = any_world.operator()
    assert operator.put("/v1/programme", write({"programme": fresh})).json == {"version": 2}
    assert till.get("/v1/state").json["programme_version"] == 2
    assert [rule["id"] for rule in till.get("/v1/programme").json["rules"]][-1] == "new"
    assert quote(till, (RICE, 1))["refusal"] == "rules_changed"


def test_a_programme_with_mistakes_is_refused_whole_and_the_old_one_stays(any_world: World, till: TillClient) -> None:
    answer = any_world.operator().put("/v1/programme", write({"programme": {"format": "tukar-programme/1", "odd": 1}}))
    assert answer.refusal == "bad_request"
    assert "odd" in answer.json["detail"]
    assert till.get("/v1/state").json["programme_version"] == 1


def test_a_shop_without_rules_sells(world: World) -> None:
    world.load(replace(a_seed("BDG"), programme=None, members=(), tills=()))
    code = world.operator("BDG").put("/v1/tills/T1/enrolment-code", write({})).json["code"]
    till = world.enrol(code)
    assert till.get("/v1/programme").json["rules"] == []
    bill = till.bill((RICE, 1), member="")
    body = {"basket": wire_basket(bill), "programme_version": 0, "catalogue_version": 1}
    assert till.post("/v1/quotes", write(body)).json["total"] == "70000"


def test_a_quote_in_another_currency_or_of_goods_nobody_sells_is_refused(world: World, till: TillClient) -> None:
    bill = till.bill((RICE, 1))
    body = write({"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1})
    assert till.post("/v1/quotes", body.replace(b'"IDR"', b'"EUR"')).refusal == "bad_request"
    assert till.post("/v1/quotes", body.replace(b'"RICE"', b'"GONE"')).refusal == "prices_changed"
    assert till.post("/v1/quotes", body.replace(b'"dewi"', b'"nobody"')).refusal == "unknown_member"


def test_a_tier_is_the_highest_that_the_spend_reaches() -> None:
    tiers = (Tier("Silver", Money(50_000, RUPIAH)), Tier("Gold", Money(100_000, RUPIAH)))
    world, till = a_world(
        a_programme(rules=(discount("tiers", rewards=(), tiers=tiers, family=Family.LOYALTY, programme="poin"),))
    )
    assert "tier" not in till.get("/v1/members/dewi").json["member"]
    for tier in ("Silver", "Gold"):
        till.saves(till.receipt(till.bill((RICE, 1))))
        assert till.get("/v1/members/dewi").json["member"]["tier"] == tier
    world.close()


# Returns


def sell(till: TillClient, programme: Programme) -> None:
    bill = till.bill((RICE, 1), (SOAP, 2), claim="small", bill_id="sale")
    held = till.holds(bill, 50, "r").json
    till.saves(till.receipt(bill, (redeemed("r", 50, held["proof"]),), programme=programme))


def refund(till: TillClient, refund_id: str, line: str, pieces: int = 1) -> dict[str, dict[str, str]]:
    body = {"bill_id": "sale", "lines": [{"line_id": line, "sku": "x", "thousandths": 1000 * pieces}]}
    found: dict[str, dict[str, str]] = till.put(f"/v1/refunds/{refund_id}", write(body)).json
    return found


def test_earned_points_go_back_over_the_goods_that_earned_them() -> None:
    soap_only = replace(a_programme().rules[0], when=When(goods=Goods(items=frozenset({"SOAP"}))))
    programme = replace(a_programme(), rules=(soap_only, *a_programme().rules[1:]))
    world, till = a_world(programme)
    sell(till, programme)
    assert "reversed" not in refund(till, "f1", "l1")
    assert refund(till, "f2", "l2")["reversed"] == {"poin": "10"}
    assert refund(till, "f3", "l2")["reversed"] == {"poin": "10"}
    assert world.posted("dewi") == (500, 0)
    assert world.findings() == []
    world.close()


def test_points_of_a_full_return_only_programme_move_with_the_last_piece() -> None:
    own = a_programme()
    programme = replace(own, accounts=(replace(own.accounts[0], reversal=Reversal.FULL_RETURN_ONLY),))
    world, till = a_world(programme)
    sell(till, programme)
    first = refund(till, "f1", "l1")
    assert ("returned" in first, "reversed" in first) == (False, False)
    refund(till, "f2", "l2")
    last = refund(till, "f3", "l2")
    assert (last["returned"], last["reversed"]) == ({"poin": "50"}, {"poin": "90"})
    assert world.posted("dewi") == (500, 0)
    world.close()


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("more", [0, 2])
def test_a_bill_comes_to_the_same_whether_or_not_the_backend_remembers_its_hold(restarted: bool, more: int) -> None:
    world, till = a_world(a_programme())
    held = till.holds(till.bill((RICE, 1), claim="small", bill_id="b"), 50, "r").json
    if restarted:
        world.backend.equipment = replace(world.backend.equipment, books=Books())
    bill = till.bill((RICE, 1 + more), claim="small", bill_id="b")
    answer = till.saves(till.receipt(bill, (redeemed("r", 50, held["proof"]),))).json
    told = [(part["part"], part["outcome"], part.get("points")) for part in answer["parts"]]
    earned = "70" if not more else "210"
    assert told == [("bill", "done", None), ("redemption", "done", "50"), ("earning", "done", earned)]
    world.close()


def test_the_rules_of_a_version_can_be_read_again(world: World) -> None:
    world.inside(lambda call, _: programmes.take_up(call, replace(a_programme(), rules=())))
    assert world.inside(lambda call, _: len(programmes.version(call, 1).rules)) == 3  # type: ignore[union-attr]
    assert world.inside(lambda call, _: programmes.version(call, 9)) is None


def test_the_same_rules_again_get_the_same_answer_and_no_new_version(world: World, till: TillClient) -> None:
    changed = write({"programme": programme_json(replace(a_programme(), rules=(), version=7))})
    operator = world.operator()
    assert [operator.put("/v1/programme", changed).json for _ in range(2)] == [{"version": 2}] * 2
    before = write({"programme": programme_json(a_programme())})
    assert operator.put("/v1/programme", before).json == {"version": 3}
    assert till.get("/v1/state").json["programme_version"] == 3


class TornCommit(DirectTransactions):
    """While it ``gathers``, what is asked waits, to be done in one transaction that never reaches the disk."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.gathers = False
        self._batch: list[tuple[Future[Any], Work[Any]]] = []

    def submit(self, work: Work[T]) -> "Future[T]":
        if not self.gathers:
            return super().submit(work)
        future: Future[T] = Future()
        self._batch.append((future, work))
        return future

    def tear(self) -> None:
        self.gathers = False
        self._statements.begin()
        for _, work in self._batch:
            work(self._statements)
        self._statements.roll_back()
        for future, _ in self._batch:
            future.set_exception(UnavailableError("the commit failed"))


def test_rules_that_a_failed_commit_took_away_are_not_those_of_the_next_version() -> None:
    torn: list[TornCommit] = []

    def make(engine: Engine) -> TornCommit:
        torn.append(TornCommit(engine))
        return torn[0]

    world = World(make=make)
    world.load(a_seed(programme=a_programme()))
    till, operator = world.enrol("TILLONE"), world.operator()
    basket = wire_basket(till.bill((RICE, 1), member=""))
    quoted = write({"basket": basket, "programme_version": 2, "catalogue_version": 1})

    def published(rule: Rule) -> bytes:
        return write({"programme": programme_json(a_programme(rules=(rule,)))})

    torn[0].gathers = True
    lost = [
        world.backend.submit(
            Request(
                "PUT", "/v1/programme", published(discount("lost")), {}, {"authorization": f"Bearer {operator.token}"}
            )
        ),
        world.backend.submit(Request("POST", "/v1/quotes", quoted, {}, {"authorization": f"Bearer {till.token}"})),
    ]
    torn[0].tear()
    assert [reply.result().status for reply in lost] == [503, 503]
    kept = discount("kept", rewards=(AmountOff(amount=Money(5000, RUPIAH)),))
    assert operator.put("/v1/programme", published(kept)).json == {"version": 2}
    assert till.post("/v1/quotes", quoted).json["total"] == "65000"
    world.close()


@pytest.mark.parametrize("points", ["0", "-5", "1.5", "x"])
def test_a_hold_of_no_number_of_points_is_refused(world: World, till: TillClient, points: str) -> None:
    bill = till.bill((RICE, 1), claim="small")
    message = write(till.hold_message(bill, 50)).replace(b'"need":"50"', f'"need":"{points}"'.encode())
    assert till.put("/v1/redemptions/r", message).refusal == "bad_request"
    assert till.holds(bill, 50, programme_id="gold").refusal == "rules_changed"
