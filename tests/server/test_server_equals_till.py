"""What the till prices is what the backend reckons, after the bill has been a message and is a bill again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.domain.pricing.generators import CURRENCIES, bills, items, rules
from tests.domain.pricing.till import IDR, Shelf, bill, book, item
from tests.server.world import NOON, TillClient, World, a_seed
from tukar.domain.bill import Bill, Claim, HandDiscount, OfferKey, PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.people import LoyaltyAccount, PointsBalance, Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, RuleBook, price
from tukar.domain.receipt import Receipt
from tukar.server import members, programmes, reckoning, shops
from tukar.server.call import Call, Versions
from tukar.server.demo_shop import DemoShop, read_demo_shop
from tukar.server.seed import SeedLot, SeedMember, ShopSeed, demo_seed
from tukar.till.receipts import Selling, receipt_of
from tukar.wire.amounts import wire_currency
from tukar.wire.bills import WireBasket, WireBill, bill_of, wire_basket, wire_bill
from tukar.wire.message import read_answer, write
from tukar.wire.people import WireMember, account_of
from tukar.wire.receipts import receipt_from_json, receipt_to_json
from tukar.wire.redemptions import WireQuote, WireQuoteAnswer

VERSIONS = Versions(1, 1)
CIRCUMSTANCES = Circumstances(now=NOON, shop_id="JKT")


# What is compared


def told(priced: PricedBill) -> dict[str, object]:
    """Everything a customer or an account would notice."""
    return {
        "lines": [(line.line.line_id, line.gross, line.discounts, line.net) for line in priced.lines],
        "free": [(free.key, free.item.sku, free.quantity) for free in priced.free_lines],
        "taxes": priced.taxes,
        "total": priced.total,
        "discount": priced.discount,
        "spent": priced.spent,
        "earned": priced.earned,
        "stored value": priced.stored_value,
        "applied": priced.applied,
    }


def as_reckoned(world: World, data: bytes) -> PricedBill:
    """What the backend makes of a basket as it comes in."""

    def reckoned(call: Call, basket: WireBasket) -> PricedBill:
        shop = shops.load(call)
        customer = None
        if basket.member_id:
            row = members.required(call, basket.member_id)
            customer = members.account(call, shop, programmes.current(call, shop), row)
        bill = reckoning.basket_bill(call, shop, basket, customer)
        return reckoning.reckon(call, shop, bill, VERSIONS, NOON)

    return world.inside(reckoned, read_answer(data, WireBasket))


def as_settled(world: World, receipt: Receipt, customer: LoyaltyAccount | None) -> PricedBill:
    """What the backend makes of a saved bill."""

    def settled(call: Call, saved: Receipt) -> PricedBill:
        bill, differences = reckoning.receipt_bill(call, saved, VERSIONS, customer)
        assert not differences
        return reckoning.reckon(call, shops.load(call), bill, VERSIONS, NOON)

    return world.inside(settled, receipt_from_json(receipt_to_json(receipt)))


def receipt(priced: PricedBill, rule_book: RuleBook) -> Receipt:
    cashier = StaffMember("ani", "Ani", Role.CASHIER, "", "")
    programme = replace(rule_book.programme, version=1)
    return receipt_of(priced, (), (), Selling("JKT", "Toko", "T1", 1, cashier, programme, 1), NOON)


@contextmanager
def a_world_of(seed: ShopSeed) -> Iterator[World]:
    world = World()
    world.load(seed)
    yield world
    world.close()


# Bills of every kind


@st.composite
def programmes_with_codes(draw: st.DrawFn) -> tuple[Bill, RuleBook, list[Item]]:
    """A bill and rules of all kinds, some of which need a code or a price list."""
    currency = draw(st.sampled_from(CURRENCIES))
    goods = draw(items(currency, negative=draw(st.booleans())))
    written = draw(st.lists(rules(currency), min_size=1, max_size=5))
    for place, rule in enumerate(written):
        if rule.get("family") != "loyalty" and draw(st.integers(0, 2)) == 0:
            rule["activation"] = {"mode": "code", "code": f"CODE {place + 1}"}
        if draw(st.integers(0, 4)) == 0:
            rule["price_lists"] = ["club"]
    earning = {"family": "loyalty", "programme": "P", "earn": {"per": "money", "points": "0.37"}, "rewards": []}
    basket = draw(bills(currency, goods))
    return basket, book([*written, earning], goods, [{"id": "P", "digits": 2}], currency), goods


@st.composite
def worked_bills(draw: st.DrawFn) -> tuple[Bill, RuleBook, list[Item]]:
    """The same after a cashier has worked on it: claims and codes in turns, prices and discounts by hand."""
    basket, rule_book, goods = draw(programmes_with_codes())
    basket = replace(basket, price_list=draw(st.sampled_from(["", "club"])))
    keys = [key for compiled in rule_book.rules for key, _ in compiled.rewards]
    steps: dict[str, Callable[[Bill], Bill]] = {
        "claim": lambda bill: bill.with_further_claim(
            Claim(
                draw(st.sampled_from(keys)),
                quantity=draw(st.sampled_from([None, None, 0, 1, 3])),
                points=draw(st.sampled_from([None, Points(150, 2), Points(4025, 2)])),
            )
        ),
        "code": lambda bill: bill.with_code(f"CODE {draw(st.integers(1, 5))}"),
        "take code off": lambda bill: bill.without_code(f"CODE {draw(st.integers(1, 5))}"),
        "switch off": lambda bill: bill.with_switched_off(draw(st.sampled_from(keys))),
        "decline": lambda bill: bill.with_declined(OfferKey("R1")),
        "price": lambda bill: _repriced(bill, draw(st.integers(0, 9_999_999))),
        "discount": lambda bill: bill.with_discount(
            bill.lines[0].line_id, HandDiscount(percent=Decimal(draw(st.sampled_from(["0", "12.5", "33.333"]))))
        ),
        "amount": lambda bill: bill.with_discount(
            bill.lines[-1].line_id, HandDiscount(each=bill.currency.money("1"), reason="damaged", actor="ani")
        ),
    }
    for name in draw(st.lists(st.sampled_from(sorted(steps)), max_size=7)) if keys else ():
        basket = steps[name](basket)
    balance = PointsBalance("P", Points(draw(st.integers(1, 50_000)), 2), Points(0, 2))
    known = LoyaltyAccount("m1", "Sari", balances=(balance,))
    return replace(basket, customer=draw(st.sampled_from([known, known, known, None]))), rule_book, goods


def _repriced(bill: Bill, scaled: int) -> Bill:
    line = bill.lines[len(bill.lines) // 2]
    return bill.with_price(line.line_id, UnitPrice(scaled, bill.currency), PriceOverride("damaged", "ani"))


def _seed_of(basket: Bill, rule_book: RuleBook, goods: list[Item]) -> ShopSeed:
    plain = a_seed(programme=rule_book.programme)
    held = basket.customer.balance("P") if basket.customer is not None else None
    return replace(
        plain,
        shop=msgspec.structs.replace(plain.shop, currency=wire_currency(basket.currency)),
        items=tuple(goods),
        members=(SeedMember("m1", "Sari", lots=() if held is None else (SeedLot("P", held.posted),)),),
        staff=(),
        salespeople=(),
    )


MANY = settings(max_examples=max(150, settings().max_examples), phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Without shrinking, which would make thousands of shops."""


@MANY
@given(worked_bills())
def test_the_backend_reckons_what_the_till_prices(worked: tuple[Bill, RuleBook, list[Item]]) -> None:
    basket, rule_book, goods = worked
    with a_world_of(_seed_of(basket, rule_book, goods)) as world:
        priced = price(basket, rule_book, CIRCUMSTANCES)
        assert told(as_reckoned(world, write(wire_basket(basket)))) == told(priced)
        assert told(as_settled(world, receipt(priced, rule_book), basket.customer)) == told(priced)


def test_a_claim_that_makes_an_automatic_reward_give_nothing_is_on_the_receipt() -> None:
    """A few points are worth less than one rupiah; without the claim the reward would take as many as it can."""
    goods = [item("A", "5000", currency=IDR)]
    rule = {"family": "loyalty", "programme": "P", "rewards": [{"kind": "amount_per_point", "value": "0.01"}]}
    rule_book = book([rule], goods, [{"id": "P", "digits": 2}], IDR)
    known = LoyaltyAccount("m1", "Sari", balances=(PointsBalance("P", Points(50_000, 2), Points(0, 2)),))
    basket = bill((goods[0], 1), currency=IDR, customer=known).with_claim(Claim(OfferKey("R1"), points=Points(150, 2)))
    with a_world_of(_seed_of(basket, rule_book, goods)) as world:
        priced = price(basket, rule_book, CIRCUMSTANCES)
        assert priced.discount.minor == 0
        assert as_settled(world, receipt(priced, rule_book), known).discount.minor == 0


@MANY
@given(worked_bills())
def test_a_bill_that_was_put_aside_is_priced_alike(worked: tuple[Bill, RuleBook, list[Item]]) -> None:
    basket, rule_book, _ = worked
    back = bill_of(read_answer(write(wire_bill(basket)), WireBill))
    assert back == basket
    assert told(price(back, rule_book, CIRCUMSTANCES)) == told(price(basket, rule_book, CIRCUMSTANCES))


# The demo shop, by its own address


@pytest.fixture(scope="module")
def demo() -> DemoShop:
    return read_demo_shop(NOON.date())


@pytest.fixture(scope="module")
def demo_till(demo: DemoShop) -> Iterator[TillClient]:
    with a_world_of(demo_seed(demo, codes=("TILLONE",))) as world:
        yield world.enrol("TILLONE")


@settings(max_examples=60)
@given(data=st.data())
def test_a_quote_is_what_the_till_shows_in_the_demo_shop(
    demo: DemoShop, demo_till: TillClient, data: st.DataObject
) -> None:
    rule_book = RuleBook.compile(demo.programme, Shelf(demo.items))
    member = data.draw(st.sampled_from(["", *(one.member_id for one in demo.customers)]))
    named = {sku for rule in demo.programme.rules for sku in rule.when.goods.items or ()}
    liked = [one for one in demo.items if one.active and (one.sku in named or one.popularity)]
    basket = Bill("b", demo.currency)
    for number, one in enumerate(data.draw(st.lists(st.sampled_from(liked), min_size=1, max_size=8))):
        basket = basket.with_item(one, Quantity.of(data.draw(st.integers(1, 6))), f"l{number}")
    if member:
        answer = demo_till.get(f"/v1/members/{member}")
        basket = basket.with_customer(account_of(read_answer(answer.reply.body, WireMember).member, demo.currency))
    circumstances = Circumstances(
        now=NOON.astimezone(ZoneInfo(demo.profile.time_zone)), shop_id=demo.profile.shop_id, till_id=demo_till.till_id
    )
    for offer in price(basket, rule_book, circumstances).offers:
        if data.draw(st.booleans()):
            basket = basket.with_claim(Claim(offer.key))
    priced = price(basket, rule_book, circumstances)
    body = WireQuote(basket=wire_basket(basket), programme_version=1, catalogue_version=1)
    quoted = read_answer(demo_till.post("/v1/quotes", write(body)).reply.body, WireQuoteAnswer)
    assert (quoted.total, quoted.discount) == (priced.total.decimal(), priced.discount.decimal())
    assert quoted.spent == {moved.programme_id: moved.points.decimal() for moved in priced.spent}
    assert quoted.earned == {moved.programme_id: moved.points.decimal() for moved in priced.earned}
