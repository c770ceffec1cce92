"""Goods of a sale that the backend does not have yet: what the till agrees to alone, and what it asks first."""

import pytest

from tests.till.return_desk import NOBODY, ReturnDesk, agree_on_all, rupiah, said, states, step, voids
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.tender import PaymentMode
from tukar.till.notices import Say
from tukar.till.ports import RefundLine, RefundRequest, RefundState
from tukar.till.returning_model import ReturnStep


@pytest.fixture
def desk() -> ReturnDesk:
    return ReturnDesk()


def test_an_unsent_sale_comes_back_offline_and_queues_behind_it(desk: ReturnDesk) -> None:
    sale = desk.sell(sent=False)
    desk.backend.weather.trouble = NOBODY
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.background.advance(10)
    assert (step(desk), said(desk)) == (ReturnStep.AGREED, Say.POINTS_RETURNING)
    desk.returning.go_on()
    assert desk.paper[0].total == -sale.total
    assert [one.ref for one in desk.journal.waiting()] == [sale.bill_id]


def agree_alone(desk: ReturnDesk, *, card: bool = False) -> Receipt:
    """The till agrees while the sale is unsent; before the cashier goes on, the sale is sent after all."""
    sale = desk.sell(card=card, sent=False)
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert (step(desk), said(desk)) == (ReturnStep.AGREED, Say.POINTS_RETURNING)
    desk.send(sale)
    return sale


def come_back_elsewhere(desk: ReturnDesk, sale: Receipt) -> None:
    lines = tuple(RefundLine(line.line_id, line.sku, line.quantity.thousandths) for line in sale.lines)
    desk.backend.put_refund(RefundRequest("elsewhere", sale.bill_id, lines, "", "hendra"))


@pytest.mark.parametrize("card", [False, True])
def test_goods_that_came_back_elsewhere_once_the_sale_was_sent_are_not_paid_twice(
    desk: ReturnDesk, *, card: bool
) -> None:
    come_back_elsewhere(desk, agree_alone(desk, card=card))
    taken = dict(desk.terminal.taken)
    desk.returning.go_on()
    assert (step(desk), desk.model.busy) == (ReturnStep.CHOOSE, False)
    assert desk.model.notice is not None
    assert (desk.paper, desk.terminal.taken) == ([], taken)
    assert states(desk) == [RefundState.DROPPED]
    assert voids(desk) == list(desk.journal.refunds)


def test_the_backend_agrees_before_a_sale_sent_meanwhile_is_paid_back(desk: ReturnDesk) -> None:
    sale = agree_alone(desk, card=True)
    desk.returning.go_on()
    assert step(desk) is ReturnStep.DONE
    (back,) = desk.paper
    assert (back.total, back.tenders[0].mode) == (-sale.total, PaymentMode.CARD)
    assert [one.earned for one in back.points] == [Points(-19)]
    assert states(desk) == [RefundState.PAID]


def test_other_money_than_the_till_said_alone_is_read_before_it_is_paid(desk: ReturnDesk) -> None:
    sale = agree_alone(desk)
    desk.backend.refunds.reduces_by = 1_200
    desk.returning.go_on()
    assert (step(desk), desk.model.money) == (ReturnStep.AGREED, sale.total - rupiah(1_200))
    assert desk.paper == []
    desk.returning.go_on()
    assert desk.paper[0].total == -(sale.total - rupiah(1_200))


def test_a_sale_sent_meanwhile_is_not_paid_back_while_nobody_answers(desk: ReturnDesk) -> None:
    sale = agree_alone(desk)
    desk.backend.weather.trouble = NOBODY
    desk.returning.go_on()
    desk.background.advance(10)
    assert (step(desk), said(desk), desk.paper) == (ReturnStep.UNSURE, Say.OFFLINE_RETURN, [])
    desk.returning.go_on()
    desk.background.advance(10)
    assert (step(desk), desk.paper) == (ReturnStep.UNSURE, [])
    desk.backend.weather.trouble = None
    desk.returning.go_on()
    desk.returning.go_on()
    assert [one.total for one in desk.paper] == [-sale.total]


def test_an_unanswered_question_about_a_sale_sent_meanwhile_can_be_given_up(desk: ReturnDesk) -> None:
    agree_alone(desk)
    desk.backend.weather.trouble = NOBODY
    desk.returning.go_on()
    desk.background.advance(10)
    desk.returning.back()
    assert (step(desk), states(desk)) == (ReturnStep.CHOOSE, [RefundState.DROPPED])
    assert voids(desk) == list(desk.journal.refunds)


def test_a_sale_of_another_till_does_not_come_back_offline(desk: ReturnDesk) -> None:
    desk.backend.weather.trouble = NOBODY
    desk.find("T2-000001")
    assert said(desk) is Say.OFFLINE_RETURN


def test_a_sale_that_the_backend_has_not_heard_of_yet_comes_back_behind_it(desk: ReturnDesk) -> None:
    sale = desk.sell(sent=False)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    assert sum(back.total.minor for back in desk.paper) == -sale.total.minor
