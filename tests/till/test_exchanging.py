"""Goods that come back pay for new ones: saved as one, given up as one, money and points both ways."""

import pytest

from tests.fakes.members import Member
from tests.fakes.shop import COFFEE, POINTS, TEA
from tests.till.exchange_desk import ExchangeDesk, paid_by
from tests.till.return_desk import OFF, rupiah
from tukar.domain.money import Quantity
from tukar.domain.points import Points
from tukar.domain.receipt import ReceiptKind
from tukar.domain.redemption import OneTimeCode
from tukar.domain.tender import PaymentMode, settled_by
from tukar.till.billing import Billing, BillModel
from tukar.till.checkout_model import CheckoutState
from tukar.till.ports import DiskTrouble, DiskTroubleKind, OutboxKind, RefundState
from tukar.till.returning_model import NEW_BILL, ReturnStep
from tukar.till.unfinished_refunds import settle_refunds


@pytest.fixture
def desk() -> ExchangeDesk:
    return ExchangeDesk()


def states(desk: ExchangeDesk) -> list[RefundState]:
    return [row.state for row in desk.journal.refunds.values()]


def test_new_goods_cost_more_and_the_difference_is_paid(desk: ExchangeDesk) -> None:
    first = desk.exchange(teas=1)
    assert desk.model.step is ReturnStep.CLOSED
    desk.ring(COFFEE)
    assert desk.checkout.model.due == rupiah(45_000)
    sale, back = desk.pay()
    assert (sale.kind, back.kind, back.returns) == (ReceiptKind.SALE, ReceiptKind.RETURN, first.bill_id)
    assert paid_by(sale) == [(PaymentMode.EXCHANGE, 20_000), (PaymentMode.CASH, 45_000)]
    assert paid_by(back) == [(PaymentMode.EXCHANGE, -20_000)]
    assert back.number.n == sale.number.n + 1
    assert states(desk) == [RefundState.PAID]
    assert [paper for paper, _copy in desk.printer.printed] == [sale, back]


def test_the_bill_shows_what_comes_back_and_what_it_leaves(desk: ExchangeDesk) -> None:
    shown: list[BillModel] = []

    class Screen:
        def show_bill(self, model: BillModel) -> None:
            shown.append(model)

    billing = Billing(view=Screen(), sale=desk.sale)
    desk.checkout.listen(lambda model: billing.exchanging(model.exchange))
    desk.exchange(teas=2)
    exchange = shown[-1].exchange
    assert exchange is not None
    assert [(one.name, one.quantity, one.money) for one in exchange.goods] == [
        (TEA.name, Quantity.of(2), rupiah(40_000))
    ]
    assert (shown[-1].is_empty, shown[-1].left_to_pay) == (True, rupiah(-40_000))
    desk.ring(COFFEE)
    assert (exchange.credit, shown[-1].left_to_pay) == (rupiah(40_000), rupiah(25_000))
    desk.pay()
    desk.checkout.next_sale()
    assert shown[-1].exchange is None


def test_new_goods_cost_less_and_the_rest_leaves_the_drawer(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    view = desk.checkout.model.exchange
    assert view is not None
    assert (desk.checkout.model.can_save, view.left_over) == (True, rupiah(40_000))
    sale, back = desk.save()
    assert paid_by(sale) == [(PaymentMode.EXCHANGE, 20_000)]
    assert paid_by(back) == [(PaymentMode.EXCHANGE, -20_000), (PaymentMode.CASH, -40_000)]
    assert desk.printer.drawer_opened == 1


def test_the_same_for_the_same_moves_no_money(desk: ExchangeDesk) -> None:
    desk.exchange(teas=1)
    desk.ring(TEA)
    sale, back = desk.pay()
    assert paid_by(sale) == [(PaymentMode.EXCHANGE, 20_000)]
    assert paid_by(back) == [(PaymentMode.EXCHANGE, -20_000)]
    assert desk.printer.drawer_opened == 0


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_both_receipts_add_up_and_the_exchange_is_nothing_in_the_drawer(desk: ExchangeDesk, pieces: int) -> None:
    desk.exchange()
    desk.ring(TEA, pieces)
    receipts = desk.pay()
    for receipt in receipts:
        assert settled_by(receipt.tenders, receipt.total) == receipt.total
    moved = [tender.amount.minor for one in receipts for tender in one.tenders if tender.mode is PaymentMode.EXCHANGE]
    assert sum(moved) == 0


def test_points_go_both_ways_and_are_told(desk: ExchangeDesk) -> None:
    desk.exchange()
    view = desk.checkout.model.exchange
    assert view is not None
    assert [(one.given, one.taken) for one in view.points] == [(None, Points(19))]
    desk.ring(TEA)
    _, back = desk.pay()
    assert [(row.programme_id, row.earned) for row in back.points] == [(POINTS, Points(-19))]


def test_the_bill_changes_and_so_does_what_is_left(desk: ExchangeDesk) -> None:
    desk.exchange(teas=2)
    desk.ring(TEA)
    assert desk.checkout.model.due == rupiah(0)
    desk.ring(TEA, 3)
    assert desk.checkout.model.due == rupiah(40_000)


def test_clearing_the_bill_gives_the_return_up(desk: ExchangeDesk) -> None:
    desk.exchange()
    desk.ring(TEA)
    assert desk.checkout.abandon()
    assert states(desk) == [RefundState.DROPPED]
    assert [one.kind for one in desk.journal.outbox.values()][-1] is OutboxKind.REFUND_VOID
    assert desk.checkout.model.exchange is None


def test_taking_it_out_of_the_payments_gives_the_return_up(desk: ExchangeDesk) -> None:
    desk.exchange(teas=1)
    desk.ring(COFFEE)
    desk.checkout.begin_payment()
    (credit,) = desk.checkout.model.tenders
    desk.checkout.remove_tender(credit.tender_id)
    assert (desk.checkout.model.tenders, desk.checkout.model.due) == ((), rupiah(65_000))
    assert states(desk) == [RefundState.DROPPED]


def test_a_crash_before_the_save_leaves_neither_side(desk: ExchangeDesk) -> None:
    desk.exchange(teas=1)
    desk.ring(COFFEE)
    (draft,) = desk.journal.drafts()
    assert draft.tenders == ()
    settle_refunds(desk.gear)
    assert states(desk) == [RefundState.DROPPED]
    assert len(desk.journal.saved) == 1


def test_a_disk_that_fails_saves_neither_side(desk: ExchangeDesk) -> None:
    desk.exchange(teas=1)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.journal.trouble = DiskTrouble(DiskTroubleKind.FULL, "full")
    desk.checkout.save()
    assert (len(desk.journal.saved), states(desk)) == (1, [RefundState.ACCEPTED])
    assert desk.checkout.state is CheckoutState.PAYING
    desk.journal.trouble = None
    desk.checkout.save()
    assert len(desk.journal.saved) == 3


def test_goods_of_an_unsent_sale_come_back_for_money_only(desk: ExchangeDesk) -> None:
    desk.find(str(desk.sell(sent=False).number))
    desk.returning.take_all()
    desk.returning.go_on()
    assert (desk.model.step, desk.model.can_exchange) == (ReturnStep.AGREED, False)
    desk.returning.choose_card(NEW_BILL)
    desk.returning.go_on()
    assert (desk.model.step, desk.checkout.model.exchange) == (ReturnStep.DONE, None)


def test_T03_points_on_a_bill_that_goods_pay_for_are_taken_like_on_any_other(desk: ExchangeDesk) -> None:
    """Another kind of document, where one till gave the discount and took no points for ever."""
    desk.backend.add_member(Member("ayu", "Ayu", "+6281234565678"), 500)
    desk.exchange(teas=1)
    desk.sale.set_customer(desk.backend.member("ayu"))
    desk.ring(COFFEE)
    assert desk.sale.claim(OFF, points=Points(100))
    desk.checkout.begin_payment()
    desk.checkout.submit_code(OneTimeCode(desk.backend.challenges.sent[-1][1]))
    desk.checkout.pay_cash()
    sale, _back = desk.save()
    assert (sale.discount, [one.points for one in sale.redemptions]) == (rupiah(10_000), [Points(100)])
    desk.send(sale)
    points = desk.backend.accounts
    earned = sum(moved.points.units for moved in sale.expected_earning)
    assert (points.posted(("ayu", POINTS)).units, points.held(("ayu", POINTS)).units) == (400 + earned, 0)
