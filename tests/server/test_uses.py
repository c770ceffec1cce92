"""What is limited over many sales: two tills that want the last of it, holds that end, cards and wallets."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.test_bills import parts
from tests.server.world import (
    NOON,
    RICE,
    RUPIAH,
    Answer,
    NoGifts,
    World,
    a_programme,
    a_seed,
    receipt_of_bill,
    redeemed,
)
from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook, price
from tukar.domain.programme import Programme
from tukar.domain.redemption import HOLD_SECONDS
from tukar.domain.reward import AmountOff, AmountPerPoint
from tukar.domain.rule import Activation, Apply, Family, Limits, Mode, Rule
from tukar.server import sweep
from tukar.server.storage.transactions import PooledTransactions
from tukar.wire.bills import wire_basket
from tukar.wire.message import write

LAST_ONE = Limits(uses=1)


def for_points(limits: Limits, off: int = 5000) -> Rule:
    """50 points take money off, as often as the limits say."""
    return Rule(
        rule_id="few",
        name=LocalName("Few"),
        apply=Apply.ON_CLAIM,
        programme="poin",
        rewards=(AmountOff(amount=Money(off, RUPIAH), cost=Fraction(50)),),
        limits=limits,
    )


def stored_value(family: Family, code: str = "", balance: int = 0) -> Rule:
    card = Activation(Mode.CODE, code, Fraction(balance)) if code else Activation(Mode.CUSTOMER)
    return Rule(
        rule_id="stored",
        name=LocalName("Stored"),
        family=family,
        activation=card,
        rewards=(AmountPerPoint(value=Fraction(1)),),
    )


class Shop:
    """Two tills of one shop, whose customers are Dewi and Siti."""

    def __init__(self, world: World, programme: Programme) -> None:
        self.world = world
        self.programme = programme
        world.load(a_seed(programme=programme))
        self.tills = (world.enrol("TILLONE"), world.enrol("TILLTWO"))

    def bill(self, number: int, member: str = "dewi", code: str = "") -> Bill:
        till = self.tills[number]
        bill = till.bill((RICE, 1), member=member, claim="few", bill_id=f"bill-{number}-{member}")
        return bill.with_code(code) if code else bill

    def hold(self, number: int, member: str = "dewi", code: str = "") -> Answer:
        bill = self.bill(number, member, code)
        return self.tills[number].holds(bill, 50, f"r-{number}-{member}")

    def save(self, number: int, held: Answer, member: str = "dewi", code: str = "") -> Answer:
        """The bill as a till saves it that knows of no other."""
        bill = self.bill(number, member, code)
        known = bill
        if bill.customer is not None:
            balances = (PointsBalance("poin", Points(1000), Points(0)),)
            known = replace(bill, customer=replace(bill.customer, balances=balances, wallet=Money(20_000, RUPIAH)))
        worth = price(known, RuleBook.compile(self.programme, NoGifts(), RUPIAH), Circumstances(now=NOON))
        proof = held.json.get("proof", "")
        shown = (redeemed(held.json["redemption_id"], 50, proof),) if proof else ()
        return self.tills[number].saves(receipt_of_bill(self.tills[number], bill, shown, worth, None))

    def quoted(self, number: int, bill: Bill) -> str:
        body = {"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1}
        return str(self.tills[number].post("/v1/quotes", write(body)).json["total"])


MERCHANT_OF = "merchant of "


def posted(world: World, account: str) -> int | None:
    """What the one account of stored value holds, or the merchant's of that name; None where there is none."""
    kind = "merchant" if account.startswith(MERCHANT_OF) else "member"
    rows = world.rows(
        "SELECT posted FROM accounts WHERE programme_id = :name AND kind = :kind",
        name=account.removeprefix(MERCHANT_OF),
        kind=kind,
    )
    return rows[0].posted if rows else None


def a_shop(world: World, *rules: Rule) -> Shop:
    return Shop(world, a_programme(rules=rules))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def empty_world(request: pytest.FixtureRequest) -> Iterator[World]:
    world = World() if request.param == "sqlite" else World(emptied(request.getfixturevalue("postgres")))
    yield world
    world.backend.close()


LIMITS = (LAST_ONE, Limits(per_customer=1), Limits(per_customer_and_day=1), Limits(budget=Money(5000, RUPIAH)))


@pytest.mark.parametrize("limits", LIMITS)
def test_T07_the_first_hold_takes_the_last_use_and_the_second_is_refused(empty_world: World, limits: Limits) -> None:
    shop = a_shop(empty_world, for_points(limits))
    first = shop.hold(0)
    assert first.json["state"] == "held"
    assert shop.hold(1).refusal == "used_up"
    assert shop.quoted(1, shop.bill(1)) == "70000"
    assert shop.quoted(0, shop.bill(0)) == "65000"
    assert parts(shop.save(0, first).json, "bill")[0]["outcome"] == "done"
    assert shop.tills[1].holds(shop.bill(1), 50, "again").refusal == "used_up"
    assert empty_world.findings() == []


def test_a_limit_for_each_customer_leaves_the_others_alone(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits(per_customer=1)))
    assert shop.hold(0, "dewi").json["state"] == "held"
    assert shop.hold(1, "siti").json["state"] == "held"


ENDS: tuple[Callable[[Shop], object], ...] = (
    lambda shop: shop.tills[0].put("/v1/redemptions/r-0-dewi/void", b"{}"),
    lambda shop: shop.world.clock.advance(HOLD_SECONDS + 1),
)


@pytest.mark.parametrize("end", ENDS, ids=["void", "expiry"])
def test_a_hold_that_ends_gives_its_use_back(empty_world: World, end: Callable[[Shop], object]) -> None:
    shop = a_shop(empty_world, for_points(LAST_ONE))
    shop.hold(0)
    end(shop)
    assert shop.hold(1, "siti").json["state"] == "held"


def test_a_hold_in_place_of_another_keeps_the_use(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(LAST_ONE))
    shop.hold(0)
    again = shop.tills[0].holds(shop.bill(0), 50, "r-new", replaces="r-0-dewi")
    assert again.json["state"] == "held"
    assert shop.hold(1, "siti").refusal == "used_up"


def test_what_was_held_is_the_bills_even_when_others_sold_it_meanwhile(empty_world: World) -> None:
    """A bill without a hold is stored all the same, so that a limit may be counted over (redemption.md, "Server")."""
    shop = a_shop(empty_world, for_points(LAST_ONE))
    held = shop.hold(0)
    empty_world.run("INSERT INTO rule_uses (shop_id, rule_id, member_id, uses) VALUES ('JKT', 'few', 'x', 1)")
    empty_world.run("UPDATE rule_uses SET uses = 1 WHERE rule_id = 'few' AND member_id = ''")
    answer = shop.save(0, held).json
    assert parts(answer, "redemption")[0]["outcome"] == "done"
    assert parts(answer, "bill")[0]["outcome"] == "done"
    assert empty_world.rows("SELECT uses FROM rule_uses WHERE rule_id = 'few' AND member_id = ''")[0].uses == 2


@pytest.mark.parametrize("limits", LIMITS)
def test_a_sale_that_stands_after_all_may_be_one_too_many_and_an_item_says_so(
    empty_world: World, limits: Limits
) -> None:
    """Found by the simulation: goods were to come back, others used what that gave back, and the customer kept them."""
    shop = a_shop(empty_world, for_points(limits))
    shop.save(0, shop.hold(0))
    goods = {"line_id": shop.bill(0).lines[0].line_id, "sku": "x", "thousandths": 1000}
    back = {"bill_id": "bill-0-dewi", "lines": [goods], "reason": "broken"}
    assert shop.tills[0].put("/v1/refunds/f", write(back)).json["accepted"]
    assert shop.tills[0].put("/v1/refunds/f/void").json["state"] == "voided"
    assert empty_world.reviews() == [], "nobody has used it meanwhile"
    assert shop.tills[0].put("/v1/refunds/g", write(back)).json["accepted"]
    assert parts(shop.save(1, shop.hold(1)).json, "bill")[0]["outcome"] == "done"
    assert shop.tills[0].put("/v1/refunds/g/void").json["state"] == "voided"
    (item,) = empty_world.rows("SELECT kind, ref, story FROM reviews")
    assert tuple(item) == ("refund_void_short", "g.limits", "few was given over its limit")


def test_a_share_of_a_budget_is_what_its_hold_claimed(empty_world: World) -> None:
    """Found by the simulation: of a budget in part used up, a bill with a hold was thought to have all of it."""
    shop = a_shop(empty_world, for_points(Limits(budget=Money(8_000, RUPIAH))))
    shop.save(0, shop.hold(0))
    bill = shop.bill(1, "siti")
    held = shop.tills[1].holds(bill, 50, "r-1", total="67000")
    assert held.json["state"] == "held"
    assert shop.quoted(1, bill) == "67000"
    empty_world.run("UPDATE counters SET times = 0 WHERE name = 'budget.few'")
    assert shop.quoted(1, bill) == "65000"
    siti = bill.with_customer(LoyaltyAccount("siti", "Siti", balances=(PointsBalance("poin", Points(120), Points(0)),)))
    left = Circumstances(now=NOON, budget_used={"few": Money(5_000, RUPIAH)})
    worth = price(siti, RuleBook.compile(shop.programme, NoGifts(), RUPIAH), left)
    shown = (redeemed("r-1", 50, held.json["proof"], 3_000),)
    answer = shop.tills[1].saves(receipt_of_bill(shop.tills[1], bill, shown, worth, None)).json
    assert parts(answer, "bill")[0]["outcome"] == "done"
    assert empty_world.findings() == []


def test_claims_of_ended_holds_are_swept(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(LAST_ONE))
    shop.hold(0)
    empty_world.inside(sweep.sweep)
    assert len(empty_world.rows("SELECT name FROM hold_claims")) == 1
    shop.tills[0].put("/v1/redemptions/r-0-dewi/void", b"{}")
    empty_world.inside(sweep.sweep)
    assert empty_world.rows("SELECT name FROM hold_claims") == []


@pytest.mark.parametrize("family", [Family.GIFT_CARD, Family.WALLET])
def test_stored_value_is_spent_once(empty_world: World, family: Family) -> None:
    """20,000 on the card or wallet of a bill of 65,000: what one bill holds or took, no other finds."""
    code = "GIFT" if family is Family.GIFT_CARD else ""
    shop = a_shop(empty_world, for_points(Limits()), stored_value(family, code, 20_000))
    empty_world.run("UPDATE members SET wallet = 20000 WHERE member_id = 'dewi'")
    held = shop.hold(0, code=code)
    assert shop.quoted(0, shop.bill(0, code=code)) == "45000"
    assert shop.quoted(1, shop.bill(1, code=code)) == "65000"
    assert parts(shop.save(0, held, code=code).json, "bill")[0]["outcome"] == "done"
    assert shop.quoted(1, shop.bill(1, code=code)) == "65000"
    account = "value.gift_card" if code else "value.store_credit"
    assert (posted(empty_world, account), posted(empty_world, MERCHANT_OF + account)) == (0, None)
    assert empty_world.findings() == []


def test_T05_money_of_a_wallet_is_taken_when_the_bill_arrives_late(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits()), stored_value(Family.WALLET))
    empty_world.run("UPDATE members SET wallet = 20000 WHERE member_id = 'dewi'")
    held = shop.hold(0)
    empty_world.clock.advance(HOLD_SECONDS * 3)
    first = shop.save(0, held).json
    assert parts(first, "redemption")[0]["outcome"] == "done"
    assert posted(empty_world, "value.store_credit") == 0
    assert empty_world.findings() == []


def test_T06_an_empty_gift_card_pays_for_nothing_however_often_it_is_tried(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits()), stored_value(Family.GIFT_CARD, "GIFT", 20_000))
    shop.save(0, shop.hold(0, code="GIFT"), code="GIFT")
    for number in range(5):
        bill = shop.tills[1].bill((RICE, 1), bill_id=f"again-{number}").with_code("GIFT")
        assert shop.quoted(1, bill) == "70000"
        assert shop.tills[1].saves(shop.tills[1].receipt(bill)).status == 200
    assert posted(empty_world, "value.gift_card") == 0


def test_T08_a_use_that_both_tills_saw_free_goes_to_the_one_that_holds_it_first(empty_world: World) -> None:
    """Check and use are one step: the time between two looks at a coupon decides nothing."""
    shop = a_shop(empty_world, for_points(LAST_ONE))
    assert [shop.quoted(number, shop.bill(number)) for number in (0, 1)] == ["65000", "65000"]
    empty_world.clock.advance(0.2)
    assert [shop.hold(0).status, shop.hold(1, "siti").refusal] == [200, "used_up"]


def test_T24_what_a_gift_card_paid_goes_back_on_it_and_never_out_as_money(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits()), stored_value(Family.GIFT_CARD, "GIFT", 20_000))
    shop.save(0, shop.hold(0, code="GIFT"), code="GIFT")
    line = {"line_id": "l1", "sku": "RICE", "thousandths": 1000}
    body = {"bill_id": shop.bill(0).bill_id, "lines": [line], "reason": "broken"}
    assert shop.tills[0].put("/v1/refunds/f", write(body)).json["money"] == "45000"
    assert posted(empty_world, "value.gift_card") == 20_000
    again = shop.tills[0].put("/v1/refunds/g", write(body))
    assert again.refusal == "nothing_to_refund"
    assert shop.tills[0].put("/v1/refunds/f/void", b"{}").status == 200
    assert posted(empty_world, "value.gift_card") == 0


def test_a_quote_tells_what_was_counted_elsewhere(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(LAST_ONE))
    body = {"basket": wire_basket(shop.bill(1)), "programme_version": 1, "catalogue_version": 1}
    assert shop.tills[1].post("/v1/quotes", write(body)).json["uses"] == {"few": 0}
    shop.save(0, shop.hold(0))
    assert shop.tills[1].post("/v1/quotes", write(body)).json["uses"] == {"few": 1}


def test_a_card_that_was_opened_empty_pays_nothing_and_books_nothing(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits()), stored_value(Family.GIFT_CARD, "GIFT", 0))
    found = shop.tills[0].post("/v1/gift-cards/find", write({"code": "GIFT"})).json
    assert found["balance"] == "0"
    booked = empty_world.rows("SELECT * FROM ledger WHERE kind = 'opening' AND programme_id = 'value.gift_card'")
    assert (booked, posted(empty_world, "value.gift_card")) == ([], 0)


def test_a_card_loaded_before_cards_had_accounts_keeps_its_money(empty_world: World) -> None:
    """Its rule is gone, and a part of it was spent: the rest is there, by the same code."""
    shop = a_shop(empty_world, for_points(Limits()))
    empty_world.run(
        "INSERT INTO stored_values (shop_id, sort, rule_id, holder, units)"
        " VALUES ('JKT', 'card', 'old', 'OLD-1', 20000)",
        "INSERT INTO cards (shop_id, code, rule_id, spent) VALUES ('JKT', 'OLD-1', 'old', 5000)",
    )
    assert shop.tills[0].post("/v1/gift-cards/find", write({"code": "OLD-1"})).json["balance"] == "15000"
    assert posted(empty_world, "value.gift_card") == 15_000


def test_money_of_a_card_that_others_spent_after_the_hold_ran_out_is_borne_by_the_shop(empty_world: World) -> None:
    shop = a_shop(empty_world, for_points(Limits()), stored_value(Family.GIFT_CARD, "GIFT", 20_000))
    held = shop.hold(0, code="GIFT")
    empty_world.clock.advance(HOLD_SECONDS + 1)
    second = shop.hold(1, "siti", code="GIFT")
    shop.save(1, second, "siti", code="GIFT")
    assert posted(empty_world, "value.gift_card") == 0
    shop.save(0, held, code="GIFT")
    assert posted(empty_world, "value.gift_card") == 0
    assert posted(empty_world, f"{MERCHANT_OF}value.gift_card") == -20_000
    assert "short" in empty_world.reviews()
    assert empty_world.findings() == []


@pytest.mark.parametrize("_round", range(8))
@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def test_T08_two_tills_race_for_the_last_use(request: pytest.FixtureRequest, database: str, _round: int) -> None:
    """Both transactions run at once; other members, so that no account keeps them apart."""
    engine: Engine = request.getfixturevalue("postgres")
    world = World(emptied(engine), make=lambda found: PooledTransactions(found, workers=4))
    shop = a_shop(world, for_points(LAST_ONE))
    start = threading.Barrier(2)
    answers: dict[int, Answer] = {}

    def hold(number: int, member: str) -> None:
        start.wait()
        answers[number] = shop.hold(number, member)

    racers = [threading.Thread(target=hold, args=pair) for pair in ((0, "dewi"), (1, "siti"))]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(answer.json.get("state", answer.refusal) for answer in answers.values()) == ["held", "used_up"]
    assert world.findings() == []
    world.backend.close()
