"""The backend's opinion beforehand: early warning, nothing reserved, nothing held up."""

from collections import deque
from dataclasses import replace

import pytest

from tests.till.bench import ORDER, Bench, ModelBackend, TillOnBench, demo_shop
from tukar.domain.bill import Bill
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.redemption import QuoteAnswer, Refusal
from tukar.till.checkout_model import Check, CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import Refused


@pytest.fixture
def bench() -> Bench:
    return Bench(stepped=True)


@pytest.fixture
def till(bench: Bench) -> TillOnBench:
    return bench.serve()


def check(till: TillOnBench) -> Check:
    return till.model.redemptions[0].check


def customer(till: TillOnBench) -> LoyaltyAccount:
    assert till.sale.bill.customer is not None
    return till.sale.bill.customer


def test_apply_asks_and_agrees_behind_the_cashiers_back(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    assert check(till) is Check.ASKING
    bench.stepped.run_all()
    assert check(till) is Check.AGREED
    assert bench.backend.available("poin") == 1240


def test_a_bill_without_points_is_never_quoted(bench: Bench, till: TillOnBench) -> None:
    bench.ring_rice(till, 5)
    bench.stepped.run_all()
    assert bench.backend.calls["quote"] == 0


def test_the_same_bill_is_quoted_once(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    for _ in range(3):
        till.sale.reprice()
        bench.stepped.run_all()
    assert bench.backend.calls["quote"] == 1


def test_an_answer_to_an_older_bill_is_not_shown(bench: Bench, till: TillOnBench) -> None:
    till.sale.claim(ORDER)
    bench.stepped.start()
    bench.ring_rice(till, 1)
    bench.stepped.deliver()
    assert check(till) is Check.ASKING
    bench.stepped.run_all()
    assert check(till) is Check.AGREED


def test_nobody_is_asked_without_the_line(bench: Bench) -> None:
    bench = Bench(stepped=True)
    till = bench.start(online=False)
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert bench.backend.calls["quote"] == 0


def test_silence_leaves_it_open_and_tells_the_line(bench: Bench, till: TillOnBench) -> None:
    bench.backend.drops["quote"] = 1
    till.sale.claim(ORDER)
    till.gear.line.holding = True
    bench.stepped.run_all()
    assert not till.gear.line.online


@pytest.mark.parametrize("refusal", [Refusal.RULES_CHANGED, Refusal.PRICES_CHANGED])
def test_what_changed_is_fetched_early(bench: Bench, till: TillOnBench, refusal: Refusal) -> None:
    bench.backend.refuses["quote"] = deque([Refused(refusal)])
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert till.copies.refreshed == 1
    assert till.stands() is CheckoutState.SELLING


def test_points_spent_elsewhere_are_said_before_payment(bench: Bench, till: TillOnBench) -> None:
    bench.backend.posted["poin"] = 30
    bench.backend.refuses["quote"] = deque([Refused(Refusal.INSUFFICIENT, points=Points(30))])
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert till.model.notice is not None
    assert till.model.notice.say is Say.POINTS_SPENT_ELSEWHERE
    balance = customer(till).balance("poin")
    assert balance is not None
    assert balance.available == Points(30)
    assert till.model.total == bench.money(149_000)


def test_any_other_refusal_leaves_the_word_to_the_hold(bench: Bench, till: TillOnBench) -> None:
    bench.backend.refuses["quote"] = deque([Refused(Refusal.TOO_MANY_REQUESTS)])
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert check(till) is Check.UNKNOWN
    till.checkout.begin_payment()
    bench.stepped.run_all()
    assert till.stands() is CheckoutState.PAYING


def test_a_balance_asked_for_under_a_hold_counts_the_hold_as_ones_own(bench: Bench, till: TillOnBench) -> None:
    bench.backend.posted["poin"] = 350
    till.sale.set_customer(bench.customer())
    till.sale.claim(ORDER)
    till.checkout.begin_payment()
    bench.stepped.run_all()
    till.checkout.choose_points("reward", Points(100))
    till.checkout.send_code("reward")
    bench.backend.refuses["send_code"] = deque([Refused(Refusal.INSUFFICIENT, points=Points(0))])
    bench.backend.posted["reward"] = 0
    bench.stepped.run_all()
    poin = customer(till).balance("poin")
    assert poin is not None
    assert poin.available == Points(350)
    assert till.model.redemptions[0].points == Points(200)
    assert till.model.total == bench.money(129_000)


class OtherOpinion(ModelBackend):
    """Reckons every bill a little dearer."""

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer:
        answer = super().quote(bill, programme_version, catalogue_version)
        return replace(answer, total=answer.total + demo_shop().currency.money("1000"))


def test_another_opinion_of_the_backend_has_the_rules_fetched(bench: Bench) -> None:
    bench.backend = OtherOpinion(bench.clock)
    till = bench.start()
    till.sale.set_customer(bench.customer())
    bench.ring_rice(till)
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert check(till) is Check.DIFFERS
    assert till.copies.refreshed == 1


def test_silence_says_nothing_but_that_the_line_is_down(bench: Bench, till: TillOnBench) -> None:
    bench.backend.drops["quote"] = 1
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert till.model.notice is None
    assert not till.gear.line.online


@pytest.mark.parametrize("refused", [False, True])
def test_an_answer_about_points_that_left_the_bill_says_nothing(
    bench: Bench, till: TillOnBench, *, refused: bool
) -> None:
    bench.backend.refuses["quote"] = deque([Refused(Refusal.INSUFFICIENT, points=Points(30))] if refused else [])
    till.sale.claim(ORDER)
    while not bench.backend.calls["quote"]:
        bench.stepped.start()
    till.sale.unclaim(ORDER)
    bench.stepped.run_all()
    assert (till.model.notice, till.model.redemptions) == (None, ())
    till.sale.claim(ORDER)
    bench.stepped.run_all()
    assert check(till) is Check.AGREED
