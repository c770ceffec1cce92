"""Tills that race for a coupon, a limit and a budget: holds without points, on both databases, all at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.test_claim_holds import COUPON
from tests.server.test_ledger import at_once
from tests.server.world import NOON, RICE, RUPIAH, Answer, NoGifts, TillClient, World, a_programme, a_seed
from tests.server.world import receipt_of_bill as receipt_of
from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, price
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import NO_ACCOUNT
from tukar.domain.rule import Activation, Family, Limits, Rule
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import GroupCommit, PooledTransactions

TILLS = 8
LIMITED = replace(COUPON, rule_id="few", family=Family.PROMOTION, activation=Activation(), limits=Limits(uses=3))
BUDGETED = replace(LIMITED, rule_id="budget", limits=Limits(budget=Money(10_000, RUPIAH)))
SCARCE = [
    pytest.param(COUPON, 1, id="coupon"),
    pytest.param(LIMITED, 3, id="limit"),
    pytest.param(BUDGETED, 2, id="budget"),
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A server at which messages are at work at the same time."""
    if request.param == "sqlite":
        world = World(open_engine(f"sqlite:///{tmp_path / 'race.db'}"), make=GroupCommit)
    else:
        world = World(emptied(request.getfixturevalue("postgres")), make=PooledTransactions)
    yield world
    world.backend.close()


class Race:
    """Eight bills of one till that all use the same rule."""

    def __init__(self, world: World, rule: Rule) -> None:
        self.world = world
        self.programme = a_programme(rules=(rule,))
        self.rule = rule
        world.load(a_seed(programme=self.programme))
        self.till: TillClient = world.enrol("TILLONE")

    def bills(self, name: str) -> list[Bill]:
        made = [self.till.bill((RICE, 1), member="", bill_id=f"{name}-{number}") for number in range(TILLS)]
        return [bill.with_code("ONCE") for bill in made]

    def hold(self, bill: Bill, ref: str = "") -> Answer:
        return self.till.holds(bill, 0, ref or f"r-{bill.bill_id}", member_id="", programme_id=NO_ACCOUNT)

    def void(self, bill: Bill) -> Answer:
        return self.till.put(f"/v1/redemptions/r-{bill.bill_id}/void")

    def receipt(self, bill: Bill, proof: str) -> Receipt:
        worth = price(bill, RuleBook.compile(self.programme, NoGifts(), RUPIAH), Circumstances(now=NOON))
        shown = ReceiptRedemption(f"r-{bill.bill_id}", NO_ACCOUNT, Points(0), worth.discount, proof)
        return receipt_of(self.till, bill, (shown,), worth, None)


def words(answers: list[Answer]) -> list[str]:
    return sorted(answer.json.get("state") or answer.refusal for answer in answers)


@pytest.mark.parametrize(("rule", "enough_for"), SCARCE)
def test_as_many_get_it_as_there_is_and_what_is_given_back_goes_to_the_next(
    empty: World, rule: Rule, enough_for: int
) -> None:
    race = Race(empty, rule)
    for turn in range(3):
        bills = race.bills(f"turn-{turn}")
        answers = at_once([lambda bill=bill: race.hold(bill) for bill in bills])
        assert words(answers) == ["held"] * enough_for + ["used_up"] * (TILLS - enough_for)
        assert {tuple(answer.json["rules"]) for answer in answers if answer.refusal} == {(rule.rule_id,)}
        at_once([lambda bill=bill: race.void(bill) for bill in bills])
    assert (empty.reviews(), empty.findings()) == ([], [])


@pytest.mark.parametrize(("rule", "enough_for"), SCARCE)
def test_bills_that_take_what_they_hold_at_once_leave_nothing_for_others(
    empty: World, rule: Rule, enough_for: int
) -> None:
    race = Race(empty, rule)
    bills = race.bills("sale")
    answers = at_once([lambda bill=bill: race.hold(bill) for bill in bills])
    won = [
        race.receipt(bill, answer.json["proof"])
        for bill, answer in zip(bills, answers, strict=True)
        if not answer.refusal
    ]
    assert len(won) == enough_for
    saved = at_once([lambda receipt=receipt: race.till.saves(receipt) for receipt in won * 2])
    assert {part["outcome"] for answer in saved for part in answer.json["parts"]} == {"done"}
    assert words(at_once([lambda bill=bill: race.hold(bill) for bill in race.bills("late")])) == ["used_up"] * TILLS
    (used,) = empty.rows("SELECT uses FROM rule_uses WHERE rule_id = :rule AND member_id = ''", rule=rule.rule_id)
    assert (used.uses, empty.reviews(), empty.findings()) == (enough_for, [], [])


@pytest.mark.parametrize(("rule", "enough_for"), SCARCE)
def test_one_hold_sent_eight_times_at_once_claims_once(empty: World, rule: Rule, enough_for: int) -> None:
    race = Race(empty, rule)
    first, *others = race.bills("sale")
    answers = at_once([lambda: race.hold(first)] * TILLS)
    assert {(answer.json["state"], answer.json["proof"]) for answer in answers} == {("held", answers[0].json["proof"])}
    left = at_once([lambda bill=bill: race.hold(bill) for bill in others])
    assert words(left).count("held") == enough_for - 1


def test_a_hold_and_its_void_at_once_leave_the_coupon_to_the_next(empty: World) -> None:
    race = Race(empty, COUPON)
    for turn in range(10):
        bill, following, *_ = race.bills(f"turn-{turn}")
        at_once([lambda b=bill: race.hold(b), lambda b=bill: race.void(b)])
        race.void(bill)
        assert race.hold(following).json["state"] == "held"
        race.void(following)
    assert empty.findings() == []
