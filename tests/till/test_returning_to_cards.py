"""Money that goes back to the cards that paid: whole and in parts, refused, and lost without an answer."""

import pytest

from tests.fakes.terminal import FakeTerminal
from tests.till.return_desk import ReturnDesk, agree_on_all, rupiah, said, states, step
from tukar.domain.money import Money
from tukar.domain.tender import PaymentMode
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, RefundState, TerminalAnswer
from tukar.till.returning_model import ReturnStep


@pytest.fixture
def desk() -> ReturnDesk:
    return ReturnDesk()


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
