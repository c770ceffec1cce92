"""The demo shop: its files are whole, its tiles and prices are the pictures', and its rules price as they show."""

import re
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tukar.domain.barcode import check_digit
from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.goods import Goods
from tukar.domain.item import Item, Tax
from tukar.domain.money import Quantity
from tukar.domain.offer import Reason, Trigger
from tukar.domain.people import LoyaltyAccount, PointsBalance, Role
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, RuleBook, price
from tukar.resources import find_resources
from tukar.server.demo_shop import DemoCustomer, DemoShop, read_demo_shop
from tukar.till.sandbox.check import SOUND, check_file, mistakes_in
from tukar.wire.programme import programme_json

TODAY = date(2026, 11, 21)
POINTS_OFF, FREE_COFFEE, MEMBER = OfferKey("poin-nota"), OfferKey("kopi-gratis"), OfferKey("member-5")
REWARD = OfferKey("reward-potongan")

PICTURE_01 = (
    ("Kopi Susu Gula Aren 250 ml", 2),
    ("Indomie Goreng 85 g", 5),
    ("Sabun Lifebuoy 85 g", 2),
    ("Beras Ramos 5 kg", 1),
    ("Minyak Goreng Bimoli 1 L", 1),
    ("Roti Tawar Sari Roti 370 g", 1),
    ("Teh Pucuk Harum 350 ml", 1),
)


class Shelf:
    """Where the engine finds gifts."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = items

    def by_sku(self, sku: str) -> Item | None:
        return next((item for item in self._items if item.sku == sku), None)

    def matching(self, goods: Goods, wanted: int | None = None) -> tuple[Item, ...]:
        return tuple(item for item in self._items if goods.names(item))


@pytest.fixture(scope="module")
def shop() -> DemoShop:
    return read_demo_shop(TODAY)


def item_named(shop: DemoShop, name: str) -> Item:
    return next(item for item in shop.items if item.name == name)


def account_of(shop: DemoShop, customer: DemoCustomer) -> LoyaltyAccount:
    """The customer as the backend would show them at the start."""
    balances = []
    for account in shop.programme.accounts:
        held = [lot.points for lot in customer.lots if lot.programme_id == account.programme_id]
        balances.append(PointsBalance(account.programme_id, sum(held, Points(0)), Points(0)))
    return LoyaltyAccount(
        customer.member_id,
        customer.name,
        group=customer.group,
        balances=tuple(balances),
        lifetime_spend=customer.lifetime_spend,
        orders_placed=customer.orders,
    )


def bill_of(shop: DemoShop, goods: tuple[tuple[str, int], ...], customer: str = "") -> Bill:
    bill = Bill("b1", shop.currency)
    for at, (name, pieces) in enumerate(goods):
        bill = bill.with_item(item_named(shop, name), Quantity.of(pieces), f"l{at}")
    if customer:
        found = next(one for one in shop.customers if one.member_id == customer)
        bill = bill.with_customer(account_of(shop, found))
    return bill


def priced(shop: DemoShop, bill: Bill, *, day: date = TODAY, explain: bool = False) -> PricedBill:
    now = datetime(day.year, day.month, day.day, 14, 12, tzinfo=ZoneInfo(shop.profile.time_zone))
    return price(
        bill,
        RuleBook.compile(shop.programme, Shelf(shop.items)),
        Circumstances(now=now, shop_id=shop.profile.shop_id),
        reasons=explain,
    )


# The files


def test_there_is_a_whole_shop(shop: DemoShop) -> None:
    assert 280 <= len(shop.items) <= 340
    assert len({item.sku for item in shop.items}) == len({item.name for item in shop.items}) == len(shop.items)
    assert {item.category for item in shop.items} >= {"drinks", "noodles", "rice", "fresh", "bread", "frozen", "gas"}
    assert Counter(one.role for one in shop.staff) == {Role.CASHIER: 3, Role.SUPERVISOR: 1, Role.MANAGER: 1}
    assert len(shop.salespeople) == 5
    assert 20 <= len(shop.customers) <= 30


def test_every_barcode_is_an_indonesian_ean_13_with_its_check_digit(shop: DemoShop) -> None:
    barcodes = [barcode for item in shop.items for barcode in item.barcodes]
    assert len(set(barcodes)) == len(barcodes)
    for barcode in barcodes:
        assert re.fullmatch(r"899\d{10}", barcode)
        assert check_digit(barcode[:-1]) == barcode[-1]
    assert all(item.barcodes for item in shop.items if not item.weighed)


def test_prices_are_whole_rupiah_that_coins_can_pay(shop: DemoShop) -> None:
    for item in shop.items:
        assert item.charged_price.rounded().minor > 0
        assert item.charged_price.exact() % shop.currency.cash_step == 0


def test_there_are_two_kinds_of_tax(shop: DemoShop) -> None:
    assert {item.taxes for item in shop.items} == {(), (Tax(Decimal(11), included=True, name="PPN"),)}
    assert not any(item.taxes for item in shop.items if item.category in {"fresh", "rice", "staples"})


def test_weighed_goods_and_goods_for_adults(shop: DemoShop) -> None:
    weighed = [item for item in shop.items if item.weighed]
    assert all(item.name.endswith(" kg") for item in weighed)
    assert {"Cabai Rawit kg", "Bawang Merah kg", "Telur Ayam Curah kg"} <= {item.name for item in weighed}
    assert {item.category for item in shop.items if item.minimum_age == 18} == {"cigarettes"}


def test_the_often_sold_tiles_are_those_of_the_picture(shop: DemoShop) -> None:
    tiles = sorted((item for item in shop.items if item.active), key=lambda item: -item.popularity)[:12]
    assert [(item.name, item.charged_price.decimal()) for item in tiles] == [
        ("Es Batu", "2000"),
        ("Gula Pasir 1 kg", "17500"),
        ("Telur 1 kg", "28500"),
        ("Air Galon", "20000"),
        ("Kantong Belanja", "500"),
        ("Gas LPG 3 kg", "22000"),
        ("Pisang Ambon kg", "24000"),
        ("Tempe Papan", "6000"),
        ("Tahu Putih 10", "9000"),
        ("Kerupuk Putih", "1000"),
        ("Bawang Merah kg", "38000"),
        ("Cabai Rawit kg", "52000"),
    ]
    # A catalogue may rank by popularity only roughly (in steps of an eighth): the tiles must keep their order there.
    ranks = [item.popularity for item in sorted(shop.items, key=lambda item: -item.popularity)[:13]]
    assert all(earlier * 7 >= later * 8 for earlier, later in pairwise(ranks))


def test_a_search_for_kopi_finds_the_four_of_the_picture(shop: DemoShop) -> None:
    hits = [item for item in shop.items if any(word.lower().startswith("kopi") for word in item.name.split())]
    assert [(item.name, item.charged_price.decimal()) for item in sorted(hits, key=lambda item: -item.popularity)] == [
        ("Kopi Susu Gula Aren 250 ml", "18000"),
        ("Kopi Kapal Api Mix 10 × 25 g", "15500"),
        ("Kopi Tubruk Gadjah 150 g", "17000"),
        ("Good Day Kopi Cappuccino 250 ml", "8500"),
    ]


def test_credentials_are_what_the_till_asks_for(shop: DemoShop) -> None:
    assert all(re.fullmatch(r"\d{6}", one.pin) and len(one.password) >= 8 for one in shop.staff)
    assert len({one.pin for one in shop.staff}) == len(shop.staff)


def test_customers_have_indonesian_mobiles_and_none_twice(shop: DemoShop) -> None:
    assert all(re.fullmatch(r"\+628\d{8,11}", one.mobile) for one in shop.customers)
    assert len({one.mobile for one in shop.customers}) == len(shop.customers)
    cards = [one.card for one in shop.customers if one.card]
    assert len(set(cards)) == len(cards) >= 10
    assert all(one.mobile not in repr(one) for one in shop.customers)


@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 30), date(2026, 12, 1), date(2028, 2, 29)])
def test_days_count_from_the_day_of_the_seeding(today: date) -> None:
    shop = read_demo_shop(today)
    dewi = next(one for one in shop.customers if one.member_id == "dewi")
    assert dewi.mobile.endswith("5678")
    lots = sorted((lot for lot in dewi.lots if lot.programme_id == "poin"), key=lambda lot: lot.last_day)
    assert [lot.points.units for lot in lots] == [120, 1120]
    assert (lots[0].last_day.month, lots[0].last_day.day) == (11, 30)
    assert today <= lots[0].last_day < today + timedelta(days=366)
    assert all(lot.last_day >= today for one in shop.customers for lot in one.lots)
    bread = shop.programme.rule("akhir-pekan-roti")
    assert bread is not None
    assert bread.valid_to == today - timedelta(days=1)


def test_every_rule_has_its_words_in_both_languages(shop: DemoShop) -> None:
    for rule in shop.programme.rules:
        assert rule.name.default != rule.rule_id
        assert rule.name.in_language("id")
        assert "id" in rule.name.translations


def test_the_rules_sandbox_finds_nothing_wrong_with_the_programme(shop: DemoShop) -> None:
    assert [str(mistake) for mistake in mistakes_in(programme_json(shop.programme))] == []


def test_the_rule_file_itself_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """What the demo ships is what a shop owner would copy: ``tukar rules check`` finds nothing in it."""
    file = find_resources() / "demo" / "programme.json"
    assert check_file(file, date(2100, 1, 1), as_json=False, out=sys.stdout) == SOUND
    assert capsys.readouterr().out == "No mistakes\n"


def test_the_rules_that_hold_for_a_time_count_from_the_day_of_the_seeding(shop: DemoShop) -> None:
    held = {rule.rule_id: (rule.valid_from, rule.valid_to) for rule in shop.programme.rules if rule.valid_to}
    assert held == {
        "akhir-pekan-roti": (date(2026, 11, 12), date(2026, 11, 20)),
        "voucher-ultah": (date(2026, 10, 22), date(2027, 1, 20)),
    }


def test_rules_name_only_goods_that_the_shop_sells(shop: DemoShop) -> None:
    for rule in shop.programme.rules:
        if not rule.when.goods.names_all:
            assert any(rule.when.goods.names(item) for item in shop.items), rule.rule_id


# The rules at work


def test_the_bill_of_the_picture_comes_to_what_it_shows(shop: DemoShop) -> None:
    bill = priced(shop, bill_of(shop, PICTURE_01, "dewi"))
    assert (bill.before.minor, bill.discount.minor, bill.total.minor, bill.tax.minor) == (
        181_000,
        7_500,
        173_500,
        9_811,
    )
    assert {one.name.default: one.amount.minor for one in bill.applied} == {"Borong Mi": 3_500, "Free tea": 4_000}
    assert bill.pieces == 13
    assert [line.net.minor for line in bill.lines] == [36_000, 14_000, 9_000, 74_500, 21_500, 18_500, 0]
    assert bill.earned_of("poin") == Points(34)


def test_two_hundred_points_take_rp_20_000_off_as_the_pop_up_says(shop: DemoShop) -> None:
    bill = bill_of(shop, PICTURE_01, "dewi")
    offer = next(one for one in priced(shop, bill).offers if one.key == POINTS_OFF)
    assert (offer.trigger, offer.takes_off.minor, offer.total_after.minor) == (Trigger.POP_UP, 20_000, 153_500)
    assert (offer.programme_id, offer.cost) == ("poin", Points(200))
    after = priced(shop, bill.with_claim(Claim(POINTS_OFF)))
    assert (after.total.minor, after.discount.minor, after.spent_of("poin")) == (153_500, 27_500, Points(200))
    off = [sum(one.amount.minor for one in line.discounts) for line in after.lines]
    assert off == [4_150, 5_114, 1_037, 8_588, 2_478, 2_133, 4_000]


@pytest.mark.parametrize(("customer", "offered"), [("dewi", True), ("hasan", False), ("sri", False), ("", False)])
def test_points_as_a_promotion_need_points_and_a_third_order(shop: DemoShop, customer: str, *, offered: bool) -> None:
    bill = priced(shop, bill_of(shop, PICTURE_01, customer))
    assert (POINTS_OFF in {one.key for one in bill.offers}) == offered


def test_points_as_a_promotion_need_rp_100_000(shop: DemoShop) -> None:
    small = bill_of(shop, (("Beras Ramos 5 kg", 1),), "dewi")
    reasons = {one.key: one for one in priced(shop, small, explain=True).reasons}
    missing = reasons[POINTS_OFF]
    assert (missing.reason, missing.amount and missing.amount.minor) == (Reason.NEEDS_AMOUNT, 25_500)


def test_ten_percent_come_from_rp_200_000_on(shop: DemoShop) -> None:
    reasons = {one.key.rule_id: one for one in priced(shop, bill_of(shop, PICTURE_01, "dewi"), explain=True).reasons}
    missing = reasons["hemat-10"]
    assert (missing.reason, missing.amount and missing.amount.minor) == (Reason.NEEDS_AMOUNT, 26_500)
    more = priced(shop, bill_of(shop, (*PICTURE_01, ("Gula Pasir 1 kg", 2))))
    assert next(one.amount.minor for one in more.applied if one.key.rule_id == "hemat-10") == 20_850


def test_the_free_coffee_makes_one_of_two_free_for_150_points(shop: DemoShop) -> None:
    bill = bill_of(shop, (("Kopi Susu Gula Aren 250 ml", 2),), "yuni")
    offer = next(one for one in priced(shop, bill).offers if one.key == FREE_COFFEE)
    assert (offer.trigger, offer.cost, offer.takes_off.minor) == (Trigger.POP_UP, Points(150), 18_000)
    after = priced(shop, bill.with_claim(Claim(FREE_COFFEE)))
    assert (after.total.minor, after.spent_of("poin")) == (18_000, Points(150))
    alone = bill_of(shop, (("Kopi Susu Gula Aren 250 ml", 1),), "yuni").with_claim(Claim(FREE_COFFEE))
    assert priced(shop, alone).total.minor == 0


def test_member_discount_and_points_as_a_promotion_do_not_go_together(shop: DemoShop) -> None:
    bill = bill_of(shop, PICTURE_01, "dewi")
    offer = next(one for one in priced(shop, bill).offers if one.key == MEMBER)
    assert (offer.trigger, offer.takes_off.minor) == (Trigger.ON_REQUEST, 8_675)
    both = priced(shop, bill.with_claim(Claim(MEMBER)).with_claim(Claim(POINTS_OFF)))
    assert POINTS_OFF in {one.key for one in both.applied}
    assert MEMBER not in {one.key for one in both.applied}
    assert both.total.minor == 153_500


@pytest.mark.parametrize(
    ("goods", "most"),
    [
        ((("Beras Ramos 5 kg", 1),), 100),
        (PICTURE_01, 865),
        ((("Gas Bright 5,5 kg", 4),), 1_500),
        ((("Roti Tawar Sari Roti 370 g", 1),), None),
    ],
)
def test_reward_points_are_capped_by_the_range_of_the_cart(
    shop: DemoShop, goods: tuple[tuple[str, int], ...], most: int | None
) -> None:
    bill = priced(shop, bill_of(shop, goods, "ratna"))
    offer = next((one for one in bill.offers if one.key == REWARD), None)
    if most is None:
        assert offer is None
        return
    assert offer is not None
    assert offer.trigger is Trigger.ON_REQUEST
    assert offer.points is not None
    assert (offer.points.least, offer.points.most, offer.points.step) == (Points(50), Points(most), Points(5))


def test_reward_points_are_rp_100_each_and_always_ask_for_a_code(shop: DemoShop) -> None:
    account = shop.programme.account("reward")
    assert account is not None
    assert account.otp.asks_for(Points(1))
    claim = Claim(REWARD, points=Points(735))
    after = priced(shop, bill_of(shop, PICTURE_01, "dewi").with_claim(claim))
    assert (after.total.minor, after.spent_of("reward")) == (100_000, Points(735))


def test_the_voucher_takes_its_code(shop: DemoShop) -> None:
    bill = bill_of(shop, PICTURE_01)
    reasons = {one.key.rule_id: one.reason for one in priced(shop, bill, explain=True).reasons}
    assert reasons["voucher-ultah"] is Reason.NEEDS_CODE
    assert priced(shop, bill.with_code("ULTAH12")).total.minor == 161_500


def test_bread_ended_yesterday_and_fruit_is_for_the_weekend(shop: DemoShop) -> None:
    reasons = {one.key.rule_id: one for one in priced(shop, bill_of(shop, PICTURE_01), explain=True).reasons}
    assert (reasons["akhir-pekan-roti"].reason, reasons["akhir-pekan-roti"].day) == (Reason.ENDED, date(2026, 11, 20))
    fruit = bill_of(shop, (("Pisang Ambon kg", 1),))
    friday = partial(priced, shop, fruit, day=date(2026, 11, 20))
    assert priced(shop, fruit).total.minor == 20_400
    assert friday().total.minor == 24_000


def test_two_milks_cost_less_together(shop: DemoShop) -> None:
    milk = bill_of(shop, (("Ultra Milk Full Cream 250 ml", 1), ("Ultra Milk Cokelat 250 ml", 2)))
    assert priced(shop, milk).total.minor == 13_500 + 7_500


def test_cigarettes_never_get_cheaper(shop: DemoShop) -> None:
    many = priced(shop, bill_of(shop, (("Sampoerna A Mild 16", 10),)))
    assert many.total.minor == 365_000
