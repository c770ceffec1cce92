"""A bill of rice at payment, and a gift card or store credit to pay it with."""

from dataclasses import replace

from tests.till.bench import Bench, TillOnBench
from tukar.domain.money import Money
from tukar.domain.people import LoyaltyAccount
from tukar.till.checkout_model import CheckoutState

S = CheckoutState
CODE = "GIFT-0001"
RICE_TOTAL = 149_000
CREDIT = "value.store_credit"


def sold_card(bench: Bench) -> str:
    """A gift card of 100,000; the name of its account."""
    return bench.backend.sell_card(CODE, 100_000)


def paying(bench: Bench) -> TillOnBench:
    till = bench.start()
    bench.ring_rice(till)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    return till


def asking(bench: Bench) -> TillOnBench:
    """The card is found, and its money asked for: row and question wait."""
    till = paying(bench)
    till.checkout.value.find_card(CODE)
    bench.stepped.run_all()
    found = till.model.value.card
    assert found is not None
    till.checkout.value.pay(found)
    return till


def with_card(till: TillOnBench, amount: Money | None = None, code: str = CODE) -> None:
    till.checkout.value.find_card(code)
    card = till.model.value.card
    assert card is not None
    till.checkout.value.pay(card, amount)


def with_credit(bench: Bench) -> LoyaltyAccount:
    bench.backend.posted[CREDIT] = 30_000
    return replace(bench.customer(), wallet=bench.money(30_000))
