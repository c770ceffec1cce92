import pytest

from tests.fakes.terminal import FakeTerminal
from tests.till.return_desk import ReturnDesk, rupiah
from tukar.domain.money import Money
from tukar.domain.people import Action, Right
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.tender import PaymentMode
from tukar.till.notices import Say
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
    OutboxKind,
    RefundLine,
    RefundRequest,
    RefundState,
    TerminalAnswer,
    Trouble,
    Unreachable,
)
from tukar.till.returning_model import ReturnStep
from tukar.till.unfinished_refunds import settle_refunds

NOBODY = Unreachable(Trouble.NO_CONNECTION)


@pytest.fixture
def desk() -> ReturnDesk:
    return ReturnDesk()


def said(desk: ReturnDesk) -> Say | None:
    return None if desk.model.notice is None else desk.model.notice.say


def step(desk: ReturnDesk) -> ReturnStep:
    return desk.model.step


def states(desk: ReturnDesk) -> list[RefundState]:
    return [row.state for row in desk.journal.refunds.values()]


def voids(desk: ReturnDesk) -> list[str]:
    return [one.ref for one in desk.journal.outbox.values() if one.kind is OutboxKind.REFUND_VOID]


def agree_on_all(desk: ReturnDesk) -> None:
    desk.returning.take_all()
    desk.returning.go_on()


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
    desk.backend.reduces_refunds_by = 1_200
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


def test_a_card_gets_its_money_back(desk: ReturnDesk) -> None:
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert (len(desk.model.cards), desk.model.card) == (1, 0)
    desk.returning.go_on()
    assert desk.terminal.taken == {}
    (tender,) = desk.paper[0].tenders
    assert (tender.mode, tender.amount, tender.reference) == (PaymentMode.CARD, -sale.total, "ref-1")


def test_two_cards_each_get_their_own_back(desk: ReturnDesk) -> None:
    sale = desk.sell_by_two_cards()
    desk.find(sale.number.short)
    agree_on_all(desk)
    assert len(desk.model.cards) == 2
    desk.returning.go_on()
    assert desk.terminal.taken == {}
    tenders = desk.paper[0].tenders
    assert [(one.mode, one.amount.minor, one.reference) for one in tenders] == [
        (PaymentMode.CARD, -100_000, "ref-1"),
        (PaymentMode.CARD, 100_000 - sale.total.minor, "ref-2"),
    ]
    assert states(desk) == [RefundState.PAID]


def test_the_chosen_card_comes_first_and_the_other_gets_what_is_left(desk: ReturnDesk) -> None:
    sale = desk.sell_by_two_cards()
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.choose_card(1)
    desk.returning.go_on()
    assert [one.reference for one in desk.paper[0].tenders] == ["ref-2", "ref-1"]


def test_a_second_card_that_refuses_leaves_cash_and_no_way_back(desk: ReturnDesk) -> None:
    sale = desk.sell_by_two_cards()
    desk.find(sale.number.short)
    agree_on_all(desk)
    del desk.terminal.taken["ref-2"]
    desk.returning.go_on()
    assert said(desk) is Say.REFUND_DECLINED
    assert states(desk) == [RefundState.PAYING], "money has left"
    desk.returning.back()
    assert said(desk) is Say.RETURN_MUST_BE_SAVED
    desk.returning.go_on()
    assert [one.mode for one in desk.paper[0].tenders] == [PaymentMode.CARD, PaymentMode.CASH]
    assert -sum(one.amount.minor for one in desk.paper[0].tenders) == 181_000


def test_a_second_card_that_says_nothing_is_the_managers_with_what_went_back_for_certain(desk: ReturnDesk) -> None:
    sale = desk.sell_by_two_cards()
    desk.find(sale.number.short)
    agree_on_all(desk)

    desk.terminal.silent_references.add("ref-2")
    desk.returning.go_on()
    (item,) = desk.journal.review_items()
    assert "under reference ref-2: no clear answer" in item.story
    assert "100000 went back under ref-1" in item.story
    assert states(desk) == [RefundState.REVIEW]
    assert desk.paper == []


def test_a_crash_between_two_cards_names_both() -> None:
    desk = ReturnDesk(stepped=True)
    sale = desk.sell_by_two_cards()
    desk.find(sale.number.short)
    desk.stepped.run_all()
    agree_on_all(desk)
    desk.stepped.run_all()
    desk.returning.go_on()
    desk.stepped.step()
    desk.stepped.step()
    assert "ref-1" not in desk.terminal.taken
    assert "ref-2" in desk.terminal.taken
    settle_refunds(desk.gear)
    (item,) = desk.journal.review_items()
    assert "under reference ref-1, ref-2: no clear answer" in item.story


def test_cash_in_place_of_the_card_is_rounded_to_coins(desk: ReturnDesk) -> None:
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.choose_card(-1)
    desk.returning.go_on()
    (tender,) = desk.paper[0].tenders
    assert (tender.mode, tender.amount, tender.rounding) == (PaymentMode.CASH, rupiah(-181_000), rupiah(-1))
    assert desk.terminal.taken != {}


def test_a_card_that_refuses_leaves_cash(desk: ReturnDesk) -> None:
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.terminal.taken.clear()
    desk.returning.go_on()
    assert said(desk) is Say.REFUND_DECLINED
    assert (step(desk), desk.model.card) == (ReturnStep.AGREED, -1)
    assert states(desk) == [RefundState.ACCEPTED]
    desk.returning.go_on()
    assert desk.paper[0].tenders[0].mode is PaymentMode.CASH


def test_money_on_its_way_to_a_card_is_written_down_before_and_saved_after(desk: ReturnDesk) -> None:
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    full = DiskTrouble(DiskTroubleKind.FULL)

    def no_room_for_the_bill(name: str) -> None:
        desk.journal.trouble = full if name == "before:save_bill" else None

    desk.journal.point = no_room_for_the_bill
    desk.returning.go_on()
    assert said(desk) is Say.BILL_NOT_SAVED_DISK
    assert states(desk) == [RefundState.PAYING]
    desk.returning.back()
    assert said(desk) is Say.RETURN_MUST_BE_SAVED
    desk.journal.point = lambda _: None
    desk.journal.trouble = None
    desk.returning.go_on()
    assert step(desk) is ReturnStep.DONE
    assert [one.mode for one in desk.paper[0].tenders] == [PaymentMode.CARD], "the card is not paid twice"


def test_nobody_knows_goes_to_the_manager_and_gives_no_cash(desk: ReturnDesk) -> None:
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.terminal.silent_refunds = 1
    desk.returning.go_on()
    assert (step(desk), said(desk)) == (ReturnStep.DONE, Say.REFUND_UNCLEAR)
    assert [item.kind for item in desk.journal.review_items()] == ["refund_unclear"]
    assert states(desk) == [RefundState.REVIEW]
    assert desk.paper == []


class Broken(FakeTerminal):
    """A driver with a mistake in it."""

    def refund(self, reference: str, amount: Money) -> TerminalAnswer:
        raise DiskTrouble(DiskTroubleKind.FAILED, f"{reference} {amount}")


def test_a_mistake_of_ours_is_no_silence_of_the_terminal() -> None:
    desk = ReturnDesk(terminal=Broken())
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    agree_on_all(desk)
    with pytest.raises(DiskTrouble):
        desk.returning.go_on()
    assert states(desk) == [RefundState.PAYING], "a crash here is the manager's"


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
    desk.backend.reduces_refunds_by = 1_200
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


@pytest.mark.parametrize("answered", [False, True])
def test_a_crash_before_money_left_gives_the_return_up(*, answered: bool) -> None:
    desk = ReturnDesk(stepped=True)
    sale = desk.sell()
    desk.find(sale.number.short)
    desk.stepped.run_all()
    agree_on_all(desk)
    desk.stepped.step()
    if answered:
        desk.stepped.run_all()
        assert step(desk) is ReturnStep.AGREED
    (notice,) = settle_refunds(desk.gear)
    assert (notice.say, notice.text) == (Say.RETURN_GIVEN_UP, sale.number.short)
    assert voids(desk) == list(desk.journal.refunds)
    assert settle_refunds(desk.gear) == ()


def test_a_crash_while_the_card_was_told_is_the_managers() -> None:
    desk = ReturnDesk(stepped=True)
    sale = desk.sell(card=True)
    desk.find(sale.number.short)
    desk.stepped.run_all()
    agree_on_all(desk)
    desk.stepped.run_all()
    desk.returning.go_on()
    desk.stepped.step()
    assert states(desk) == [RefundState.PAYING]
    (notice,) = settle_refunds(desk.gear)
    assert (notice.say, notice.money) == (Say.REFUND_UNCLEAR, sale.total)
    assert voids(desk) == []
    assert [item.kind for item in desk.journal.review_items()] == ["refund_unclear"]


def test_goods_of_a_customer_nobody_knows_come_back_for_money_only(desk: ReturnDesk) -> None:
    sale = desk.sell(customer=False)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    assert sum(back.total.minor for back in desk.paper) == -sale.total.minor
    assert "member" not in desk.backend.weather.calls


def test_a_sale_that_the_backend_has_not_heard_of_yet_comes_back_behind_it(desk: ReturnDesk) -> None:
    sale = desk.sell(sent=False)
    desk.find(sale.number.short)
    agree_on_all(desk)
    desk.returning.go_on()
    assert sum(back.total.minor for back in desk.paper) == -sale.total.minor
