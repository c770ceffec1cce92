"""Bills set aside: one till at a time has one, the line may fail at any moment, and nothing is sold twice."""

from dataclasses import replace

import pytest

from tests.fakes.held import SECONDS, HeldRoom
from tests.till.bench import ORDER, Bench
from tests.till.hold_desk import HoldDesk
from tukar.domain.bill import Bill
from tukar.domain.redemption import Refusal
from tukar.till.checkout_model import CheckoutState
from tukar.till.held_shelf import HeldBill, HeldShelf
from tukar.till.leasing import LEASE_EVERY_SECONDS
from tukar.till.notices import Say
from tukar.till.ports import Refused, Trouble, Unreachable


@pytest.fixture
def room(bench: Bench) -> HeldRoom:
    return HeldRoom(bench.clock)


@pytest.fixture
def one(room: HeldRoom, bench: Bench) -> HoldDesk:
    return HoldDesk(room, "T1", bench)


@pytest.fixture
def two(room: HeldRoom) -> HoldDesk:
    return HoldDesk(room, "T2")


def cut(desk: HoldDesk, *, up: bool = False) -> None:
    """The line of one till goes, or comes back."""
    assert desk.door is not None
    desk.door.weather.trouble = None if up else Unreachable(Trouble.NO_CONNECTION)
    (desk.till.gear.line.heard if up else desk.till.gear.line.lost)()


def test_f4_sets_the_bill_aside_and_the_next_one_is_empty(one: HoldDesk) -> None:
    one.hold_rice()
    assert one.till.sale.bill.is_empty
    assert one.says() == [Say.BILL_HELD]
    assert not one.model.is_open


def test_any_till_takes_it_up_whole(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice(3)
    assert two.look() == [held]
    row = two.model.bills[0]
    assert (row.customer_name, row.pieces, row.till_id, row.cashier) == ("Dewi Lestari", 3, "T1", "Rani")
    assert two.take_first() == held
    bill = two.till.sale.bill
    assert ([line.quantity.pieces for line in bill.lines], bill.customer and bill.customer.name) == (
        [3],
        "Dewi Lestari",
    )
    assert not two.model.is_open
    assert [shown.leased_to for shown in _seen(one)] == ["T2"]


def test_two_tills_take_up_the_same_bill_and_one_gets_it(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    one.look()
    two.look()
    assert two.take_first() == held
    assert one.take_first() != held
    assert one.model.notice is not None
    assert one.model.notice.say is Say.BILL_TAKEN_UP
    assert one.till.sale.bill.is_empty


def test_what_is_paid_elsewhere_is_forgotten_here(one: HoldDesk, two: HoldDesk, room: HeldRoom) -> None:
    held = one.hold_rice()
    two.look()
    two.take_first()
    two.pay()
    room.pay(held)
    assert one.look() == []
    assert one.bench.journal.drafts() == ()


def test_the_lease_is_kept_as_long_as_the_bill_is_in_hand(one: HoldDesk, two: HoldDesk) -> None:
    one.hold_rice()
    one.look()
    one.take_first()
    one.bench.background.advance(3 * SECONDS)
    two.look()
    two.take_first()
    assert two.till.sale.bill.is_empty
    assert one.says() == [Say.BILL_HELD]


def test_a_bill_that_is_cleared_ends_for_every_till(one: HoldDesk, two: HoldDesk) -> None:
    one.hold_rice()
    two.look()
    two.take_first()
    assert two.till.checkout.abandon()
    assert one.look() == []


def test_a_paid_bill_is_not_given_up_as_well(one: HoldDesk, two: HoldDesk) -> None:
    one.hold_rice()
    two.look()
    two.take_first()
    two.pay()
    two.till.checkout.next_sale()
    assert two.door is not None
    assert "end_held" not in two.door.weather.calls


def test_a_bill_paid_here_is_not_taken_up_again_before_the_backend_has_heard_of_it(one: HoldDesk) -> None:
    """Found by the simulation: it was paid a second time, and that money was on no bill."""
    held = one.hold_rice()
    one.look()
    (row,) = one.model.bills
    assert one.take_first() == held
    one.pay()
    one.till.checkout.next_sale()
    assert one.look() == []
    with pytest.raises(Refused):
        HeldShelf(one.bench.journal, one.door, "T1").take(row)


def test_set_aside_again_it_waits_once_as_it_is_now(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    two.look()
    two.take_first()
    two.bench.ring_rice(two.till, 1)
    two.holding.hold_or_recall()
    assert one.look() == [held]
    one.take_first()
    assert [line.quantity.pieces for line in one.till.sale.bill.lines] == [3]


def test_T25_points_go_back_when_a_bill_is_set_aside(one: HoldDesk, two: HoldDesk) -> None:
    """A card or account is not emptied by setting aside and clearing."""
    one.till.sale.set_customer(one.bench.customer())
    one.bench.ring_rice(one.till, 3)
    one.till.sale.claim(ORDER)
    one.till.checkout.begin_payment()
    one.till.checkout.back_to_bill()
    one.holding.hold_or_recall()
    assert one.bench.backend.available("poin") == 1240
    two.look()
    two.take_first()
    two.till.checkout.abandon()
    assert one.bench.backend.available("poin") == 1240


# The line


def test_without_a_line_this_till_takes_up_what_it_set_aside(one: HoldDesk, two: HoldDesk) -> None:
    cut(one)
    held = one.hold_rice()
    assert two.look() == []
    assert one.look() == [held]
    assert (one.model.everywhere, one.model.notice and one.model.notice.say) == (False, Say.OFFLINE_HELD)
    assert one.take_first() == held


def test_a_till_that_is_refused_the_list_sees_its_own(one: HoldDesk) -> None:
    """Found by the simulation: at a till that was signed off F4 ended in the last-resort dialog."""
    held = one.hold_rice()
    assert one.door is not None
    one.door.weather.trouble = Refused(Refusal.REVOKED)
    assert one.look() == [held]
    assert not one.model.everywhere
    assert one.take_first() != held
    assert one.model.notice is not None


def test_what_was_set_aside_without_a_line_is_everybodys_when_it_is_back(one: HoldDesk, two: HoldDesk) -> None:
    cut(one)
    held = one.hold_rice()
    cut(one, up=True)
    assert two.look() == [held]


def test_an_answer_that_was_lost_leaves_one_bill(one: HoldDesk, two: HoldDesk) -> None:
    assert one.door is not None
    one.door.weather.lose_answers = 1
    held = one.hold_rice()
    assert one.look() == [held]
    assert two.look() == [held]


def test_T12_a_lease_lost_while_editing_takes_the_bill_away_and_says_so(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    one.look()
    one.take_first()
    cut(one)
    one.bench.background.advance(SECONDS + 1)
    two.look()
    assert two.take_first() == held
    cut(one, up=True)
    assert one.till.sale.bill.bill_id != held
    assert one.says()[-1] is Say.BILL_TAKEN_AWAY
    two.pay()
    assert [receipt.bill_id for receipt in two.bench.journal.saved.values()] == [held]
    assert one.bench.journal.saved == {}
    assert two.till.sale.bill.bill_id == held


def test_a_lease_lost_under_money_is_said_and_the_money_stays(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    one.look()
    one.take_first()
    one.till.checkout.begin_payment()
    one.till.checkout.pay_cash(one.till.checkout.model.quick_cash[0].currency.money("1000"))
    cut(one)
    one.bench.background.advance(SECONDS + 1)
    two.look()
    two.take_first()
    cut(one, up=True)
    assert one.says()[-1] is Say.BILL_ALSO_ELSEWHERE
    assert (one.till.sale.bill.bill_id, len(one.till.model.tenders)) == (held, 1)
    one.bench.background.advance(3 * LEASE_EVERY_SECONDS)
    assert one.says().count(Say.BILL_ALSO_ELSEWHERE) == 1


def test_a_bill_is_not_taken_away_while_a_question_is_under_way(one: HoldDesk, two: HoldDesk) -> None:
    one.hold_rice()
    one.look()
    one.take_first()
    one.till.sale.claim(ORDER)
    one.till.checkout.begin_payment()
    one.till.checkout.pay_card()
    stands = one.till.stands()
    cut(one)
    one.bench.background.advance(SECONDS + 1)
    two.look()
    two.take_first()
    cut(one, up=True)
    assert one.till.stands() is stands


def test_a_bill_set_aside_is_not_taken_up_by_a_restart(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    one.restart()
    assert one.till.sale.bill.is_empty
    assert two.look() == [held]


def test_a_crash_with_a_taken_up_bill_goes_on_with_its_lease(one: HoldDesk, two: HoldDesk) -> None:
    held = one.hold_rice()
    one.look()
    one.take_first()
    one.bench.ring_rice(one.till, 1)
    draft = one.bench.journal.drafts()[0]
    assert (draft.aside, bool(draft.held_id)) == (None, True)
    one.restart()
    one.till.checkout.resume(draft, at_payment=False)
    one.bench.background.advance(LEASE_EVERY_SECONDS + 1)
    two.look()
    two.take_first()
    assert two.till.sale.bill.bill_id != held


# The list


def test_only_this_tills_bills_are_shown_when_asked_for(one: HoldDesk, two: HoldDesk) -> None:
    first, second = one.hold_rice(), two.hold_rice()
    assert set(one.look()) == {first, second}
    one.holding.show_all(all_tills=False)
    assert [held.bill_id for held in one.model.bills] == [first]
    one.holding.show_all(all_tills=True)
    assert len(one.model.bills) == 2


def test_nothing_held_is_said(one: HoldDesk) -> None:
    one.look()
    assert one.model.notice is not None
    assert one.model.notice.say is Say.NOTHING_HELD
    assert one.model.chosen == -1


def test_arrows_stay_at_the_ends(one: HoldDesk) -> None:
    one.hold_rice()
    one.hold_rice()
    one.look()
    one.holding.move(-1)
    assert one.model.chosen == 0
    one.holding.move(5)
    assert one.model.chosen == 1


def test_a_till_whose_backend_keeps_no_bills_has_its_own() -> None:
    alone = HoldDesk(None)
    held = alone.hold_rice()
    assert alone.look() == [held]
    assert alone.take_first() == held
    assert (alone.model.everywhere, alone.till.stands()) == (False, CheckoutState.SELLING)


def test_money_keeps_a_bill_in_hand(one: HoldDesk) -> None:
    one.bench.ring_rice(one.till, 1)
    one.till.checkout.begin_payment()
    one.till.checkout.pay_cash(one.till.checkout.model.due.currency.money("1000"))
    one.till.checkout.back_to_bill()
    one.holding.hold_or_recall()
    assert not one.till.sale.bill.is_empty
    assert one.says() == []


def test_a_bill_in_training_stays_at_its_till(one: HoldDesk, two: HoldDesk) -> None:
    one.bench.ring_rice(one.till, 1)
    one.till.sale.resume(_in_training(one))
    one.holding.hold_or_recall()
    assert two.look() == []
    assert len(one.look()) == 1
    assert one.take_first()


def _in_training(desk: HoldDesk) -> Bill:
    return replace(desk.till.sale.bill, training=True)


def _seen(desk: HoldDesk) -> tuple[HeldBill, ...]:
    desk.look()
    return desk.model.bills
