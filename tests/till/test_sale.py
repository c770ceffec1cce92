"""The bill in hand: what every verb makes of it, what pops up, what stays away, and when it must not move."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from tests.fakes.ids import FakeIds
from tukar.domain.bill import OfferKey, PriceOverride
from tukar.domain.item import Item
from tukar.domain.money import Currency, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, PointsBalance, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, RuleBook
from tukar.domain.programme import Programme
from tukar.domain.redemption import Counted
from tukar.domain.reward import AmountPerPoint
from tukar.domain.rule import Apply, Family, Limits, Rule
from tukar.server.demo_shop import DemoShop, read_demo_shop
from tukar.till.sale import BillLockedError, Sale, SaleChange

ORDER, COFFEE, NOODLES = OfferKey("poin-nota"), OfferKey("kopi-gratis"), OfferKey("borong-mi")


class Shelf:
    """The demo shop's items for the engine and for the tests."""

    def __init__(self, shop: DemoShop) -> None:
        self._by_sku = {item.sku: item for item in shop.items}

    def by_sku(self, sku: str) -> Item | None:
        return self._by_sku.get(sku)

    def matching(self, goods: object, wanted: int | None = None) -> tuple[Item, ...]:
        return ()

    def item(self, name: str) -> Item:
        return next(item for item in self._by_sku.values() if item.name.startswith(name))


@pytest.fixture(scope="module")
def shop() -> DemoShop:
    return read_demo_shop(date(2026, 11, 21))


@pytest.fixture(scope="module")
def shelf(shop: DemoShop) -> Shelf:
    return Shelf(shop)


@pytest.fixture
def sale(shop: DemoShop, shelf: Shelf) -> Sale:
    currency = shop.programme.currency
    return Sale(
        currency=currency,
        ids=FakeIds(),
        rules=RuleBook.compile(shop.programme, shelf, currency),
        circumstances=lambda: Circumstances(now=datetime(2026, 11, 20, 14, 12, tzinfo=UTC)),
    )


@pytest.fixture
def heard(sale: Sale) -> list[SaleChange]:
    changes: list[SaleChange] = []
    sale.listen(changes.append)
    return changes


def member(points: int = 1240, member_id: str = "m-1") -> LoyaltyAccount:
    balance = PointsBalance("poin", Points(points), Points(0))
    return LoyaltyAccount(member_id, "Dewi Lestari", "…5678", balances=(balance,), orders_placed=12)


def test_more_of_the_same_item_joins_its_line(sale: Sale, shelf: Shelf) -> None:
    first = sale.add(shelf.item("Beras Ramos"))
    assert sale.add(shelf.item("Beras Ramos")) == first
    assert [line.quantity for line in sale.bill.lines] == [Quantity.of(2)]
    assert sale.priced.total.decimal() == "149000"


def test_the_listener_hears_before_and_after(sale: Sale, shelf: Shelf, heard: list[SaleChange]) -> None:
    sale.add(shelf.item("Sabun Lifebuoy"))
    assert [(change.before.total.minor, change.after.total.minor) for change in heard] == [(0, 4500)]


@pytest.mark.parametrize("customer_first", [True, False])
def test_the_offer_pops_up_when_customer_and_product_are_both_there(
    sale: Sale, shelf: Shelf, heard: list[SaleChange], customer_first: bool
) -> None:
    steps: list[Callable[[], object]] = [
        lambda: sale.set_customer(member()),
        lambda: sale.add(shelf.item("Kopi Susu Gula Aren")),
    ]
    for step in steps if customer_first else reversed(steps):
        assert not any(change.new_pop_ups for change in heard)
        step()
    assert [offer.key for offer in heard[-1].new_pop_ups] == [COFFEE]


def test_a_free_product_costs_nothing_and_splits_from_the_rest(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member())
    sale.add(shelf.item("Kopi Susu Gula Aren"), Quantity.of(2))
    assert sale.claim(COFFEE)
    assert sale.priced.total.decimal() == "18000"
    assert sale.priced.spent_of("poin") == Points(150)


def test_a_declined_offer_stays_away_for_this_bill_only(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member())
    sale.add(shelf.item("Kopi Susu Gula Aren"))
    sale.decline(COFFEE)
    heard: list[SaleChange] = []
    sale.listen(heard.append)
    sale.add(shelf.item("Kopi Susu Gula Aren"))
    assert not any(change.new_pop_ups for change in heard)
    sale.start()
    sale.set_customer(member())
    sale.add(shelf.item("Kopi Susu Gula Aren"))
    assert any(change.new_pop_ups for change in heard)


def test_a_claim_that_gives_nothing_is_refused_and_changes_nothing(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member(points=10))
    sale.add(shelf.item("Beras Ramos"), Quantity.of(2))
    before = sale.bill
    assert not sale.claim(ORDER)
    assert sale.bill is before


def test_removing_everything_gives_the_plain_bill_and_keeps_it_plain(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member())
    sale.add(shelf.item("Indomie Goreng"), Quantity.of(5))
    sale.add(shelf.item("Beras Ramos"), Quantity.of(2))
    assert sale.claim(ORDER)
    sale.remove_all_promotions()
    assert sale.priced.discount.minor == 0
    assert sale.priced.total == sale.priced.before
    assert sale.bill.switched_off == {NOODLES}


def test_an_automatic_reward_taken_off_stays_off_until_claimed(sale: Sale, shelf: Shelf) -> None:
    sale.add(shelf.item("Indomie Goreng"), Quantity.of(5))
    assert sale.priced.discount.decimal() == "3500"
    sale.unclaim(NOODLES)
    assert sale.priced.discount.minor == 0
    assert sale.claim(NOODLES)
    assert sale.priced.discount.decimal() == "3500"


def test_another_customer_takes_the_claims_of_the_first_along(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member())
    sale.add(shelf.item("Beras Ramos"), Quantity.of(2))
    assert sale.claim(ORDER)
    sale.set_customer(member(member_id="m-2"))
    assert sale.bill.claims == ()
    assert sale.priced.spent == ()


def test_fresh_figures_of_the_same_customer_keep_the_claims(sale: Sale, shelf: Shelf) -> None:
    sale.set_customer(member())
    sale.add(shelf.item("Beras Ramos"), Quantity.of(2))
    assert sale.claim(ORDER)
    sale.set_customer(member(points=300))
    assert sale.priced.spent_of("poin") == Points(200)
    sale.set_customer(member(points=100))
    assert sale.priced.spent_of("poin") is None, "points spent elsewhere meanwhile: no doubt, no discount"


def test_a_locked_bill_does_not_move(sale: Sale, shelf: Shelf) -> None:
    line_id = sale.add(shelf.item("Beras Ramos"))
    sale.lock()
    before = sale.bill
    edits: tuple[Callable[[], object], ...] = (
        lambda: sale.add(shelf.item("Beras Ramos")),
        lambda: sale.remove_line(line_id),
        lambda: sale.set_customer(member()),
        lambda: sale.decline(COFFEE),
    )
    for edit in edits:
        with pytest.raises(BillLockedError):
            edit()
    assert sale.bill is before
    assert not sale.can_undo
    sale.unlock()
    sale.remove_line(line_id)
    assert sale.bill.is_empty


def test_undo_goes_back_one_change_at_a_time(sale: Sale, shelf: Shelf) -> None:
    sale.add(shelf.item("Beras Ramos"))
    sale.add(shelf.item("Sabun Lifebuoy"))
    sale.set_salesperson(Salesperson("s-1", "Rizky Pratama"))
    sale.undo()
    assert sale.bill.salesperson is None
    assert len(sale.bill.lines) == 2
    sale.undo()
    sale.undo()
    assert sale.bill.is_empty
    assert not sale.can_undo


def test_an_overridden_price_stands_alone(sale: Sale, shelf: Shelf) -> None:
    line_id = sale.add(shelf.item("Sabun Lifebuoy"))
    sale.override_price(line_id, UnitPrice.parse("4000", Currency("IDR", 0, 100)), PriceOverride("dented", "sari"))
    assert sale.add(shelf.item("Sabun Lifebuoy")) != line_id
    assert sale.priced.total.decimal() == "8500"


def test_newer_rules_price_the_bill_in_hand_again(sale: Sale, shelf: Shelf, shop: DemoShop) -> None:
    sale.add(shelf.item("Indomie Goreng"), Quantity.of(5))
    newer = replace(shop.programme, version=2, rules=())
    sale.use_rules(RuleBook.compile(newer, shelf, newer.currency))
    assert sale.priced.discount.minor == 0


def test_a_wallet_is_claimed_though_it_takes_nothing_off(shop: DemoShop, shelf: Shelf) -> None:
    """Money from a wallet is a payment, so that it is not among the promotions that apply."""
    currency = shop.programme.currency
    wallet = Rule(
        "wallet",
        LocalName("Wallet"),
        family=Family.WALLET,
        apply=Apply.ON_CLAIM,
        rewards=(AmountPerPoint(value=Fraction(1)),),
    )
    rules = RuleBook.compile(Programme(version=1, currency=currency, rules=(wallet,)), shelf, currency)
    sale = Sale(currency=currency, ids=FakeIds(), rules=rules, circumstances=Circumstances)
    sale.set_customer(replace(member(), wallet=currency.money("1000")))
    sale.add(shelf.item("Sabun Lifebuoy"))
    assert sale.claim(OfferKey("wallet"))
    assert sale.priced.total.decimal() == "3500"
    assert not sale.claim(OfferKey("unknown"))


def test_counts_of_nothing_price_no_bill_again(sale: Sale, heard: list[SaleChange]) -> None:
    nothing = sale.bill.currency.zero()
    sale.learn(Counted(uses={"kopi-gratis": 0}, uses_today={"poin-nota": 0}, budget_used={"borong-mi": nothing}))
    assert not heard
    sale.learn(Counted(uses={"kopi-gratis": 1}))
    assert len(heard) == 1
    sale.learn(Counted(uses={"kopi-gratis": 0}))
    assert len(heard) == 2


def test_nothing_taken_of_a_budget_of_nothing_uses_it_up(
    sale: Sale, shop: DemoShop, shelf: Shelf, heard: list[SaleChange]
) -> None:
    nothing = shop.programme.currency.zero()
    rules = tuple(replace(rule, limits=Limits(budget=nothing)) for rule in shop.programme.rules)
    sale.use_rules(RuleBook.compile(replace(shop.programme, rules=rules), shelf, shop.programme.currency))
    heard.clear()
    sale.learn(Counted(budget_used={"borong-mi": nothing}))
    assert len(heard) == 1
