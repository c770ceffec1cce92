"""What a bill leaves for later ones and gives back with its goods: coupons, gift cards sold, wallets, uses."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType

import pytest

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.world import NOON, RICE, RUPIAH, SOAP, Answer, NoGifts, World, a_programme, a_seed, receipt_of_bill
from tukar.domain.bill import Bill, BillLine, Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import LocalName
from tukar.domain.pricing import Circumstances, CodeBalance, PricedBill, RuleBook, price
from tukar.domain.programme import Programme
from tukar.domain.redemption import NO_ACCOUNT
from tukar.domain.reward import AmountOff, AmountPerPoint
from tukar.domain.rule import Activation, Apply, Earn, EarnPer, Family, Limits, Mode, Rule, When
from tukar.server import bill_moves
from tukar.wire.bills import wire_basket
from tukar.wire.message import write

OF_RICE = When(goods=Goods(items=frozenset({"RICE"})))
OF_SOAP = When(goods=Goods(items=frozenset({"SOAP"})))
COUPON = Rule(
    rule_id="next",
    name=LocalName("Next time"),
    family=Family.NEXT_ORDER_COUPON,
    when=OF_RICE,
    earn=Earn(EarnPer.UNIT, Fraction(1)),
    rewards=(AmountOff(amount=Money(1000, RUPIAH), cost=Fraction(1)),),
)
CARDS = Rule(
    rule_id="cards",
    name=LocalName("Gift card"),
    family=Family.GIFT_CARD,
    when=OF_SOAP,
    earn=Earn(EarnPer.MONEY, Fraction(1)),
    rewards=(AmountPerPoint(value=Fraction(1)),),
)
WALLET = Rule(
    rule_id="wallet",
    name=LocalName("Wallet"),
    family=Family.WALLET,
    activation=Activation(Mode.CUSTOMER),
    apply=Apply.ON_CLAIM,
    when=OF_SOAP,
    earn=Earn(EarnPer.MONEY, Fraction(1)),
    rewards=(AmountPerPoint(value=Fraction(1)),),
)
ONCE = Rule(
    rule_id="once",
    name=LocalName("Once"),
    rewards=(AmountOff(amount=Money(500, RUPIAH)),),
    limits=Limits(uses=1, budget=Money(500, RUPIAH)),
)
CODE = Rule(
    rule_id="code",
    name=LocalName("Two for the code"),
    family=Family.COUPON,
    activation=Activation(Mode.COUPON, "TWO", Fraction(2)),
    rewards=(AmountOff(amount=Money(300, RUPIAH), cost=Fraction(1)),),
)


class Tills:
    """Two tills of a shop with one programme; bills are saved as an honest till prices them."""

    def __init__(self, world: World, *rules: Rule) -> None:
        self.world = world
        self.programme: Programme = a_programme(rules=rules)
        world.load(a_seed(programme=self.programme))
        self.tills = (world.enrol("TILLONE"), world.enrol("TILLTWO"))

    def priced(self, bill: Bill, cards: Mapping[str, CodeBalance], coupons: Mapping[str, Fraction]) -> PricedBill:
        if bill.customer is not None:
            bill = replace(bill, customer=replace(bill.customer, coupons=MappingProxyType(dict(coupons))))
        book = RuleBook.compile(self.programme, NoGifts(), RUPIAH)
        return price(bill, book, Circumstances(now=NOON, cards=cards))

    def save(
        self,
        number: int,
        bill: Bill,
        cards: Mapping[str, CodeBalance] = MappingProxyType({}),
        coupons: Mapping[str, Fraction] = MappingProxyType({}),
    ) -> PricedBill:
        worth = self.priced(bill, cards, coupons)
        answer = self.tills[number].saves(receipt_of_bill(self.tills[number], bill, (), worth, None))
        assert answer.status == 200
        assert [part["outcome"] for part in answer.json["parts"] if part["part"] == "bill"] == ["done"]
        return worth

    def quoted(self, number: int, bill: Bill) -> str:
        body = {"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1}
        return str(self.tills[number].post("/v1/quotes", write(body)).json["total"])

    def refund(self, bill: Bill, refund_id: str, sku: str = "RICE", pieces: int = 1) -> str:
        body = {
            "bill_id": bill.bill_id,
            "lines": [{"line_id": "l1", "sku": sku, "thousandths": 1000 * pieces}],
            "reason": "broken",
        }
        return str(self.tills[0].put(f"/v1/refunds/{refund_id}", write(body)).json["money"])

    def coupons(self, number: int, member: str) -> object:
        return self.tills[number].get(f"/v1/members/{member}").json["member"].get("coupons", {})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World() if request.param == "sqlite" else World(emptied(request.getfixturevalue("postgres")))
    yield made
    made.backend.close()


def with_claim(bill: Bill) -> Bill:
    return bill.with_claim(Claim(OfferKey("next")))


def test_a_coupon_is_the_customers_at_every_till_and_good_once(world: World) -> None:
    shop = Tills(world, COUPON)
    first = shop.tills[0].bill((RICE, 1))
    assert [left.credits for left in shop.save(0, first).left] == [1]
    assert shop.coupons(1, "dewi") == {"next": "1"}
    assert shop.coupons(1, "siti") == {}
    second = with_claim(shop.tills[1].bill((SOAP, 1)))
    assert shop.quoted(1, second) == "9000"
    assert shop.quoted(1, with_claim(shop.tills[1].bill((SOAP, 1), member="siti"))) == "10000"
    shop.save(1, second, coupons={"next": Fraction(1)})
    assert shop.quoted(0, with_claim(shop.tills[0].bill((SOAP, 1)))) == "10000"


def test_a_coupon_that_nobody_holds_has_a_code_of_its_own(world: World) -> None:
    shop = Tills(world, COUPON)
    (left,) = shop.save(0, shop.tills[0].bill((RICE, 1), member="")).left
    assert len(left.code) == 10
    later = with_claim(shop.tills[1].bill((SOAP, 1), member="").with_code(left.code))
    assert shop.quoted(1, later) == "9000"
    assert shop.quoted(1, with_claim(shop.tills[1].bill((SOAP, 1), member=""))) == "10000"
    shop.save(1, later, {left.code: CodeBalance("next", Fraction(1))})
    assert shop.quoted(0, with_claim(shop.tills[0].bill((SOAP, 1), member="").with_code(left.code))) == "10000"


def test_goods_that_come_back_take_their_coupon_along(world: World) -> None:
    shop = Tills(world, COUPON)
    bill = shop.tills[0].bill((RICE, 2))
    shop.save(0, bill)
    shop.refund(bill, "half")
    assert shop.coupons(0, "dewi") == {"next": "2"}
    shop.refund(bill, "rest")
    assert shop.coupons(0, "dewi") == {}
    assert shop.tills[0].put("/v1/refunds/rest/void", b"{}").status == 200
    assert shop.coupons(0, "dewi") == {"next": "2"}


def test_a_coupon_used_comes_back_with_the_goods_it_paid_for(world: World) -> None:
    shop = Tills(world, COUPON)
    shop.save(0, shop.tills[0].bill((RICE, 1)))
    bill = with_claim(shop.tills[1].bill((SOAP, 1)))
    shop.save(1, bill, coupons={"next": Fraction(1)})
    assert shop.coupons(0, "dewi") == {}
    shop.refund(bill, "back", "SOAP")
    assert shop.coupons(0, "dewi") == {"next": "1"}


@pytest.mark.parametrize("code", ["CARD-77", ""])
def test_a_gift_card_sold_pays_at_another_till(world: World, code: str) -> None:
    shop = Tills(world, CARDS)
    line = BillLine("l1", SOAP, Quantity.of(1), SOAP.charged_price, card=code)
    (left,) = shop.save(0, shop.tills[0].bill(member="").without_line("l1").with_line(line)).left
    assert (left.credits, left.code == code) == (Fraction(10000), bool(code))
    later = shop.tills[1].bill((RICE, 1), member="").with_code(left.code)
    assert shop.quoted(1, later) == "60000"
    shop.save(1, later, {left.code: CodeBalance("cards", Fraction(10000))})
    assert shop.quoted(0, shop.tills[0].bill((RICE, 1), member="").with_code(left.code)) == "70000"


def test_money_loaded_into_the_wallet_pays_the_next_bill(world: World) -> None:
    shop = Tills(world, WALLET)
    shop.save(0, shop.tills[0].bill((SOAP, 1)))
    later = shop.tills[1].bill((RICE, 1)).with_claim(Claim(OfferKey("wallet")))
    assert shop.quoted(1, later) == "60000"


def test_T41_the_last_day_of_a_rule_ends_with_the_shops_own_day(world: World) -> None:
    """The shop is in Jakarta, seven hours ahead of the clock that the backend counts by."""
    day = date(2026, 3, 2)
    shop = Tills(world, replace(ONCE, limits=Limits(), valid_from=day, valid_to=day))
    midnight = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    told = []
    for moment in (-timedelta(seconds=1), timedelta(0), timedelta(days=1, seconds=-1), timedelta(days=1)):
        world.clock.wall = midnight + moment
        told.append(shop.quoted(0, shop.tills[0].bill((RICE, 1))))
    assert told == ["70000", "69500", "69500", "70000"]


def test_a_full_return_gives_a_use_and_its_share_of_the_budget_back(world: World) -> None:
    shop = Tills(world, ONCE)
    bill = shop.tills[0].bill((RICE, 2))
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1))) == "69500"
    shop.save(0, bill)
    shop.refund(bill, "half")
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1))) == "70000"
    shop.refund(bill, "rest")
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1))) == "69500"
    shop.tills[0].put("/v1/refunds/rest/void", b"{}")
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1))) == "70000"


def test_a_use_that_a_void_does_not_give_back_stays_used(world: World) -> None:
    shop = Tills(world, replace(ONCE, limits=Limits(uses=1, reusable_after_void=False)))
    bill = shop.tills[0].bill((RICE, 1))
    shop.save(0, bill)
    shop.refund(bill, "all")
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1))) == "70000"


def test_credits_of_a_code_are_used_up_across_tills(world: World) -> None:
    shop = Tills(world, CODE)
    for number, total in ((0, "69700"), (1, "69700"), (0, "70000")):
        bill = shop.tills[number].bill((RICE, 1)).with_code("TWO")
        assert shop.quoted(number, bill) == total
        left = 0 if total == "70000" else 2
        shop.save(number, bill, {"TWO": CodeBalance("code", Fraction(left))})


def hold(shop: Tills, number: int, bill: Bill, ref: str) -> Answer:
    """A hold of what the bill uses, without points."""
    member_id = bill.customer.member_id if bill.customer else ""
    return shop.tills[number].holds(bill, 0, ref, member_id=member_id, programme_id=NO_ACCOUNT)


def test_T07_a_customer_s_coupon_is_held_by_one_till(world: World) -> None:
    shop = Tills(world, COUPON)
    shop.save(0, shop.tills[0].bill((RICE, 1)))
    first, second = (with_claim(shop.tills[number].bill((SOAP, 1))) for number in (0, 1))
    assert hold(shop, 0, first, "a").json["state"] == "held"
    assert shop.quoted(1, second) == "10000"
    refused = hold(shop, 1, second, "b")
    assert (refused.refusal, refused.json["rules"]) == ("used_up", ["next"])
    shop.tills[0].put("/v1/redemptions/a/void")
    assert hold(shop, 1, second, "c").json["state"] == "held"


def test_T07_the_credits_of_a_code_are_held_bill_by_bill(world: World) -> None:
    shop = Tills(world, CODE)
    bills = [shop.tills[number].bill((RICE, 1), member="").with_code("TWO") for number in (0, 1, 0)]
    assert [hold(shop, 0 if bill is not bills[1] else 1, bill, f"r{at}").refusal for at, bill in enumerate(bills)] == [
        "",
        "",
        "used_up",
    ]
    assert shop.quoted(1, shop.tills[1].bill((RICE, 1), member="").with_code("TWO")) == "70000"


def test_a_code_that_no_card_and_no_coupon_has_holds_nothing(world: World) -> None:
    shop = Tills(world, CARDS, CODE, COUPON)
    shop.save(0, shop.tills[0].bill((RICE, 1)))
    assert shop.quoted(0, shop.tills[0].bill((SOAP, 1)).with_code("NOBODYS")) == "10000"


def test_a_customers_own_coupon_goes_before_that_of_a_code(world: World) -> None:
    shop = Tills(world, COUPON)
    nobodys = shop.save(0, shop.tills[0].bill((RICE, 1), member="")).left[0].code
    shop.save(0, shop.tills[0].bill((RICE, 1)))
    bill = with_claim(shop.tills[1].bill((SOAP, 1))).with_code(nobodys)
    one = {nobodys: CodeBalance("next", Fraction(1))}
    assert shop.save(1, bill, one, {"next": Fraction(1)}).total.minor == 9_000
    assert shop.coupons(0, "dewi") == {}
    again = with_claim(shop.tills[0].bill((SOAP, 1), member="")).with_code(nobodys)
    assert shop.quoted(0, again) == "9000", "the code still has its own"


def test_money_loaded_by_nobody_is_nobodys(world: World) -> None:
    shop = Tills(world, replace(WALLET, activation=Activation()))
    assert shop.save(0, shop.tills[0].bill((SOAP, 1), member="")).left == ()
    assert world.rows("SELECT * FROM ledger WHERE programme_id = 'value.store_credit'") == []


def test_a_card_without_a_number_of_its_own_comes_back_with_the_goods_that_loaded_it(world: World) -> None:
    shop = Tills(world, CARDS)
    bill = shop.tills[0].bill((RICE, 1), (SOAP, 2), member="")
    (left,) = shop.save(0, bill).left
    body = {"bill_id": bill.bill_id, "lines": [{"line_id": "l1", "sku": "RICE", "thousandths": 1000}]}
    assert shop.tills[0].put("/v1/refunds/rice", write(body)).json["money"] == "70000"
    later = shop.tills[1].bill((RICE, 1), member="").with_code(left.code)
    assert shop.quoted(1, later) == "50000", "the rice had not loaded it"
    body["lines"] = [{"line_id": "l2", "sku": "SOAP", "thousandths": 1000}]
    assert shop.tills[0].put("/v1/refunds/soap", write(body)).json["money"] == "10000"
    assert shop.quoted(1, later) == "60000"


def test_a_coupon_whose_rule_is_gone_is_worth_nothing(world: World) -> None:
    shop = Tills(world, CODE, COUPON)
    world.run(
        "INSERT INTO stored_values (shop_id, sort, rule_id, holder, units)"
        " VALUES ('JKT', 'coupon', 'gone', 'PAPER-1', 1000000), ('JKT', 'coupon', 'next', 'PAPER-2', 1000000)"
    )
    for paper, total in (("PAPER-1", "10000"), ("PAPER-2", "9000")):
        assert shop.quoted(0, with_claim(shop.tills[0].bill((SOAP, 1), member="")).with_code(paper)) == total


def test_nobody_and_no_code_hold_nothing(world: World) -> None:
    Tills(world, COUPON)
    assert world.inside(lambda call, _: bill_moves.of(call, ["", ""])) == []
