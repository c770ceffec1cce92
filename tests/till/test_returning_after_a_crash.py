"""Returns that a crash cut in two: before money left, and while a card was told."""

import pytest

from tests.till.return_desk import ReturnDesk, agree_on_all, states, step, voids
from tukar.till.notices import Say
from tukar.till.ports import RefundState
from tukar.till.returning_model import ReturnStep
from tukar.till.unfinished_refunds import settle_refunds


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
