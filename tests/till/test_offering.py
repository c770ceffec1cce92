from tests.till.counter import Counter, open_counter
from tukar.domain.bill import OfferKey
from tukar.domain.money import Quantity

COFFEE, ORDER = OfferKey("kopi-gratis"), OfferKey("poin-nota")


def shown(counter: Counter) -> OfferKey | None:
    offer = counter.views.offer.offer
    return None if offer is None else offer.key


def counts(counter: Counter) -> list[tuple[str, str]]:
    counter.background.run_all()
    told = counter.journal.offers.get(counter.sale.bill.bill_id, {})
    return [(key.rule_id, str(offer.outcome)) for key, offer in told.items()]


def test_it_comes_when_customer_and_product_are_there_whichever_is_last() -> None:
    product_last = open_counter()
    product_last.greet("dewi")
    assert shown(product_last) is None
    product_last.sell("01001")
    assert shown(product_last) == COFFEE
    customer_last = open_counter()
    customer_last.sell("01001")
    assert shown(customer_last) is None
    customer_last.greet("dewi")
    assert shown(customer_last) == COFFEE


def test_it_says_what_is_given_and_what_is_left() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    model = counter.views.offer
    assert model.offer is not None
    assert model.balance_after is not None
    assert model.balance_after.units == 1240 - 150
    assert model.now == counter.sale.priced.total
    assert model.gifts[0].sku == "01001"
    assert model.customer_name == "Dewi Lestari"


def test_applied_it_makes_the_product_free_and_is_gone() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001", "01002")
    counter.offering.apply()
    assert counter.sale.priced.lines[0].net.minor == 0
    assert shown(counter) is None
    assert counts(counter) == [("kopi-gratis", "taken")]


def test_declined_it_stays_away_for_this_bill_only() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    counter.offering.decline()
    assert shown(counter) is None
    counter.billing.more()
    counter.sell("01002")
    assert shown(counter) is None
    assert counts(counter) == [("kopi-gratis", "declined")]
    counter.sale.start()
    counter.greet("dewi")
    counter.sell("01001")
    assert shown(counter) == COFFEE


def test_one_at_a_time_the_others_wait() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    counter.billing.set_quantity(Quantity.of(10))
    assert shown(counter) == COFFEE
    assert counter.views.offer.waiting == 1
    counter.offering.decline()
    assert shown(counter) == ORDER
    assert counter.views.offer.waiting == 0


def test_it_follows_the_bill_and_leaves_when_the_bill_no_longer_has_it() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01002", "01001")
    before = counter.views.offer.now
    counter.sell("01003")
    assert counter.views.offer.now != before
    counter.billing.select(1)
    counter.billing.remove()
    assert shown(counter) is None


def test_with_another_customer_the_offer_is_theirs_or_gone() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    counter.sale.set_customer(None)
    assert shown(counter) is None


def test_while_the_backend_decides_it_waits() -> None:
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    counter.sale.lock()
    counter.offering.apply()
    counter.offering.decline()
    assert shown(counter) == COFFEE
    assert counter.sale.bill.claims == ()


def test_a_press_too_many_changes_nothing() -> None:
    """T13: the reward's button clicked many times."""
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    for _ in range(5):
        counter.offering.apply()
        counter.offering.decline()
    assert [claim.key for claim in counter.sale.bill.claims] == [COFFEE]
    assert counter.sale.bill.declined == frozenset()
