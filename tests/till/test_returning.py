from functools import partial

import pytest

from tests.till.return_desk import ReturnDesk, agree_on_all, rupiah, said, states, step, voids
from tukar.domain.people import Action, Right
from tukar.domain.points import Points
from tukar.domain.receipt import ReceiptKind
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, RefundState
from tukar.till.returning_model import CASH, ReturnStep


@pytest.fixture
def desk() -> ReturnDesk:
    return ReturnDesk()


def test_everything_comes_back_and_all_of_it_is_paid(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    assert step(desk) is ReturnStep.CHOOSE
    assert not desk.model.can_go_on, "nothing is chosen yet"
    agree_on_all(desk)
    assert step(desk) is ReturnStep.AGREED
    assert desk.model.money == sale.total
    assert [(one.given, one.taken) for one in desk.model.points] == [(None, Points(19))]
    assert desk.paper == []
    desk.returning.go_on()
    assert step(desk) is ReturnStep.DONE
    (back,) = desk.paper
    assert (back.kind, back.returns, back.total) == (ReceiptKind.RETURN, sale.bill_id, -sale.total)
    assert (back.number.n, desk.model.saved) == (2, back)
    assert states(desk) == [RefundState.PAID]
    assert desk.points() == 500


def test_a_return_receipt_adds_up(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(str(sale.number))
    desk.returning.more()
    desk.returning.go_on()
    desk.returning.go_on()
    (back,) = desk.paper
    assert [(line.line_id, line.quantity.thousandths) for line in back.lines] == [("line-1", -1000)]
    for line in back.lines:
        assert line.net.minor == line.gross.minor - sum(off.amount.minor for off in line.discounts)
    assert back.before - back.discount == back.total == rupiah(-60_500)
    assert back.untaxed + back.tax == back.total
    assert (back.points[0].before, back.points[0].after) == (Points(519), Points(512))
    assert (back.points[0].spent, back.points[0].earned) == (Points(0), Points(-7))


def test_money_lowered_for_points_that_are_gone_stands_apart_from_the_goods(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.backend.refunds.reduces_by = 1_200
    desk.find(str(sale.number))
    agree_on_all(desk)
    desk.returning.go_on()
    (back,) = desk.paper
    assert back.total == -(sale.total - rupiah(1_200))
    assert sum((line.net for line in back.lines), rupiah(0)) == back.before - back.discount == -sale.total
    assert sum((off.amount for line in back.lines for off in line.discounts), rupiah(0)) == back.discount


def test_opening_again_forgets_nothing_that_was_agreed(desk: ReturnDesk) -> None:
    desk.find(desk.sell().number.short)
    agree_on_all(desk)
    desk.returning.open()
    assert step(desk) is ReturnStep.AGREED
    desk.returning.back()
    assert (step(desk), desk.model.busy) == (ReturnStep.CHOOSE, False)
    assert states(desk) == [RefundState.DROPPED]


def test_parts_leave_nothing_over_and_give_nothing_twice(desk: ReturnDesk) -> None:
    sale = desk.sell()
    for _ in range(2):
        desk.find(sale.number.short)
        desk.returning.choose(0)
        desk.returning.more()
        desk.returning.go_on()
        desk.returning.go_on()
        desk.returning.go_on()
    desk.find(sale.number.short)
    assert [(line.left, line.back) for line in desk.model.lines] == [(0, 0), (3000, 0)]
    desk.returning.more()
    assert desk.model.lines[0].back == 0, "what came back already does not come back again"
    agree_on_all(desk)
    desk.returning.go_on()
    assert sum(back.total.minor for back in desk.paper) == -sale.total.minor
    assert sum(back.tax.minor for back in desk.paper) == -sale.tax.minor
    assert desk.points() == 500
    desk.returning.go_on()
    desk.find(sale.number.short)
    assert said(desk) is Say.ALL_RETURNED


def test_the_sheet_says_what_it_will_come_to_while_choosing(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.returning.toggle(1)
    assert desk.model.money == rupiah(60_000)
    desk.returning.fewer()
    assert desk.model.money == rupiah(40_000)
    desk.returning.toggle(1)
    desk.returning.toggle(1)
    assert desk.model.money == rupiah(0)
    assert desk.backend.weather.calls.count("put_refund") == 0


def test_a_sale_of_another_till_is_found_at_the_backend(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.journal.saved.clear()
    desk.find(str(sale.number).lower())
    assert desk.model.sale == sale
    desk.find("T1-000999")
    assert said(desk) is Say.RECEIPT_NOT_FOUND
    assert step(desk) is ReturnStep.FIND


def test_a_return_is_not_returned(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    desk.returning.go_on()
    desk.find("T1-000002")
    assert said(desk) is Say.NOT_RETURNABLE


def test_what_came_back_elsewhere_is_refused_before_money_leaves(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    desk.returning.go_on()
    desk.journal.saved.pop(desk.paper[0].bill_id)
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert said(desk) is Say.TOO_MUCH_RETURNED
    assert step(desk) is ReturnStep.CHOOSE
    assert states(desk) == [RefundState.PAID, RefundState.DROPPED]
    assert len(desk.paper) == 1


def test_esc_before_money_left_gives_everything_back(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert desk.points() == 500
    desk.returning.back()
    assert step(desk) is ReturnStep.CHOOSE
    assert states(desk) == [RefundState.DROPPED]
    assert voids(desk) == list(desk.journal.refunds)
    desk.returning.back()
    desk.returning.back()
    assert not desk.model.is_open
    assert desk.paper == []


def test_while_the_backend_is_asked_nothing_is_chosen_given_up_or_asked_twice() -> None:
    desk = ReturnDesk(stepped=True)
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.stepped.run_all()
    agree_on_all(desk)
    returning = desk.returning
    chosen = desk.model.lines
    acts = (returning.take_all, returning.fewer, returning.more, partial(returning.toggle, 0), returning.go_on)
    for act in (*acts, returning.back, partial(returning.give_reason, "Changed my mind"), returning.go_on):
        act()
        assert (desk.model.busy, desk.model.lines) == (True, chosen)
    desk.stepped.run_all()
    assert step(desk) is ReturnStep.AGREED
    assert states(desk) == [RefundState.ACCEPTED]
    returning.back()
    returning.choose_card(CASH)
    returning.go_on()
    desk.stepped.run_all()
    assert (step(desk), states(desk)) == (ReturnStep.CHOOSE, [RefundState.DROPPED])
    assert desk.paper == []


def test_no_answer_is_unknown_and_the_same_id_asks_again(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.backend.weather.lose_answers_of["put_refund"] = 99
    agree_on_all(desk)
    desk.background.advance(10)
    assert step(desk) is ReturnStep.UNSURE
    assert said(desk) is Say.OFFLINE_RETURN
    desk.backend.weather.lose_answers_of.clear()
    desk.returning.go_on()
    assert step(desk) is ReturnStep.AGREED
    assert len(desk.journal.refunds) == 1
    desk.returning.go_on()
    assert desk.points() == 500


def test_giving_up_an_unknown_answer_takes_it_back_at_the_backend(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.backend.weather.lose_answers_of["put_refund"] = 99
    agree_on_all(desk)
    desk.background.advance(10)
    desk.returning.back()
    assert step(desk) is ReturnStep.CHOOSE
    assert voids(desk) == list(desk.journal.refunds)


def test_nothing_is_asked_before_the_row_is_on_the_disk(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    agree_on_all(desk)
    assert said(desk) is Say.DISK_FULL
    assert "put_refund" not in desk.backend.weather.calls


def test_a_receipt_the_disk_does_not_take_is_saved_later_and_no_cash_leaves_meanwhile(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    desk.returning.go_on()
    assert said(desk) is Say.BILL_NOT_SAVED_DISK
    assert desk.paper == []
    desk.journal.trouble = None
    desk.returning.go_on()
    assert step(desk) is ReturnStep.DONE
    assert len(desk.paper) == 1


def test_the_rights_table_is_asked_with_the_amount(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.permits.rights[Action.RETURN_WITH_RECEIPT] = Right.NEEDS_APPROVAL
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert desk.permits.asked == [(Action.RETURN_WITH_RECEIPT, f"{sale.bill_id} {sale.total.decimal()}")]
    assert step(desk) is ReturnStep.CHOOSE
    desk.permits.approve()
    assert step(desk) is ReturnStep.AGREED
    assert [(row.actor, row.approver) for row in desk.journal.refunds.values()] == [("sari", "hendra")]


def test_who_may_not_is_told_so(desk: ReturnDesk) -> None:
    desk.permits.rights[Action.RETURN_WITH_RECEIPT] = Right.DENIED
    desk.returning.open()
    assert said(desk) is Say.NOT_ALLOWED


def test_a_card_number_is_no_reason(desk: ReturnDesk) -> None:
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.returning.give_reason("4111 1111 1111 1111")
    agree_on_all(desk)
    assert said(desk) is Say.CARD_NUMBER_TYPED
    assert desk.journal.refunds == {}


def test_goods_of_a_customer_nobody_knows_come_back_for_money_only(desk: ReturnDesk) -> None:
    sale = desk.sell(customer=False)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    assert sum(back.total.minor for back in desk.paper) == -sale.total.minor
    assert "member" not in desk.backend.weather.calls
