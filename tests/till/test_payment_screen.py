from fractions import Fraction

import pytest

from tests.till.pay_desk import PayDesk
from tukar.domain.pricing import CodeBalance
from tukar.domain.redemption import Counted
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.keys import Command
from tukar.till.notices import Say
from tukar.till.payment_model import PayNext, Way
from tukar.till.ports import TerminalOutcome


def opened(**how: bool | int) -> PayDesk:
    desk = PayDesk(**how)  # type: ignore[arg-type]
    desk.paying.begin()
    return desk


def test_exact_cash_is_one_key_from_payment_to_saved() -> None:
    desk = opened()
    assert (desk.shown().next, desk.shown().amount.minor, desk.shown().fresh) == (PayNext.FINISH, 149_000, True)
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.SAVED
    assert desk.screens.receipt.receipt is not None
    assert not desk.screens.receipt.change


def test_more_cash_gives_change_and_quick_sums_are_offered() -> None:
    desk = opened()
    assert [sum_.minor for sum_ in desk.shown().quick][:2] == [149_000, 150_000]
    desk.paying.choose_amount(1)
    assert desk.shown().change.minor == 1_000
    desk.paying.go_on()
    assert desk.screens.receipt.change is not None
    assert desk.screens.receipt.change.minor == 1_000


def test_a_part_leaves_the_rest_and_starts_anew_at_it() -> None:
    desk = opened()
    desk.paying.set_amount("50000")
    assert desk.shown().next is PayNext.TAKE_PART
    desk.paying.go_on()
    assert (desk.shown().due.minor, desk.shown().amount.minor, desk.shown().fresh) == (99_000, 99_000, True)
    assert [tender.mode for tender in desk.shown().tenders] == [PaymentMode.CASH]


def test_nothing_typed_does_nothing() -> None:
    desk = opened()
    desk.paying.set_amount("")
    assert desk.shown().next is PayNext.NONE
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.PAYING


def test_a_card_for_all_saves_the_bill_by_itself() -> None:
    desk = opened()
    desk.paying.choose(Way.CARD)
    assert desk.shown().next is PayNext.TO_TERMINAL
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.SAVED


def test_a_card_for_a_part_waits_for_the_rest() -> None:
    desk = opened()
    desk.paying.choose(Way.CARD)
    desk.paying.set_amount("100000")
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.PAYING
    assert desk.shown().due.minor == 49_000


def test_more_than_is_due_cannot_go_on_a_card() -> None:
    desk = opened()
    desk.paying.choose(Way.CARD)
    desk.paying.set_amount("200000")
    assert desk.shown().next is PayNext.NONE


def test_a_declined_card_leaves_the_bill_and_says_so() -> None:
    desk = opened()
    desk.bench.card.script.append(TerminalOutcome.DECLINED)
    desk.paying.choose(Way.CARD)
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.PAYING
    assert desk.said() is Say.CARD_DECLINED
    assert not desk.shown().finishing
    desk.paying.choose(Way.CASH)
    desk.paying.go_on()
    assert desk.till.stands() is CheckoutState.SAVED


def test_an_unclear_answer_asks_the_bank_and_then_saves() -> None:
    desk = opened()
    desk.bench.card.script.append(TerminalOutcome.UNKNOWN)
    desk.paying.choose(Way.CARD)
    desk.paying.go_on()
    assert desk.shown().next is PayNext.ASK_AGAIN
    desk.paying.go_on()
    assert desk.till.stands() in (CheckoutState.PAYING, CheckoutState.SAVED)
    assert desk.shown().tenders or desk.screens.receipt.receipt


def test_an_unclear_payment_can_be_set_aside() -> None:
    desk = opened()
    desk.bench.card.script.append(TerminalOutcome.UNKNOWN)
    desk.bench.card.silent = True
    desk.paying.choose(Way.CARD)
    desk.paying.go_on()
    desk.paying.set_aside()
    assert desk.till.stands() is CheckoutState.PAYING
    assert not desk.shown().tenders


def test_the_screen_waits_while_the_terminal_does() -> None:
    desk = PayDesk(stepped=True)
    desk.paying.begin()
    desk.bench.stepped.run_all()
    desk.paying.choose(Way.CARD)
    desk.paying.go_on()
    assert desk.shown().next is PayNext.WAIT
    assert desk.shown().finishing
    assert desk.shown().commands == {Command.FULL_SCREEN, Command.LOCK}
    desk.paying.choose(Way.CASH)
    assert desk.shown().way is Way.CARD
    desk.bench.stepped.run_all()
    assert desk.till.stands() is CheckoutState.SAVED


def test_escape_goes_back_to_the_bill_and_money_stays() -> None:
    desk = opened()
    desk.paying.set_amount("50000")
    desk.paying.go_on()
    desk.paying.back()
    assert desk.till.stands() is CheckoutState.SELLING
    desk.paying.begin()
    assert desk.shown().due.minor == 99_000


def test_a_payment_given_back_is_due_again() -> None:
    desk = opened()
    desk.paying.set_amount("50000")
    desk.paying.go_on()
    desk.paying.remove(desk.shown().tenders[0].tender_id)
    assert desk.shown().due.minor == 149_000


def test_points_open_their_sheet_and_are_no_way_by_arrow() -> None:
    desk = opened()
    desk.paying.choose(Way.POINTS)
    assert desk.sheet().is_open
    assert desk.shown().way is Way.CASH
    desk.redeem.cancel()
    for _ in range(4):
        desk.paying.move(1)
        assert desk.shown().way is not Way.POINTS


def test_without_a_customer_there_are_no_points_to_pay_with() -> None:
    desk = opened(customer=False)
    assert Way.POINTS not in desk.shown().ways
    assert Command.REDEEM not in desk.shown().commands


def test_a_voucher_lowers_what_is_due() -> None:
    desk = opened()
    desk.paying.choose(Way.VOUCHER)
    assert desk.shown().next is PayNext.NONE
    desk.paying.voucher_typed("ULTAH12")
    assert desk.shown().next is PayNext.TRY_VOUCHER
    desk.paying.go_on()
    assert desk.shown().due.minor == 137_000
    assert desk.shown().way is Way.CASH


def test_a_voucher_that_gives_nothing_is_told_and_forgotten() -> None:
    desk = opened()
    desk.paying.choose(Way.VOUCHER)
    desk.paying.voucher_typed("NOPE")
    desk.paying.go_on()
    assert desk.said() is Say.VOUCHER_NOT_TAKEN
    assert desk.till.sale.bill.codes == ()


def test_a_voucher_never_makes_more_paid_than_due() -> None:
    desk = opened()
    desk.paying.set_amount("148000")
    desk.paying.go_on()
    desk.paying.choose(Way.VOUCHER)
    desk.paying.voucher_typed("ULTAH12")
    desk.paying.go_on()
    assert desk.till.sale.bill.codes == ()
    assert desk.shown().due.minor == 1_000


HELD = Counted(cards={"CARD-7": CodeBalance("voucher-ultah", Fraction(1))})


def tried(desk: PayDesk, code: str) -> PayDesk:
    desk.paying.choose(Way.VOUCHER)
    desk.paying.voucher_typed(code)
    desk.paying.go_on()
    return desk


def test_a_code_that_no_rule_names_is_asked_of_the_backend() -> None:
    desk = opened()
    desk.bench.backend.counted = HELD
    asked = desk.bench.backend.calls["quote"]
    tried(desk, "CARD-7")
    assert desk.bench.backend.calls["quote"] == asked + 1
    assert desk.till.sale.bill.codes == ("CARD-7",)
    assert (desk.shown().due.minor, desk.shown().way, desk.said()) == (137_000, Way.CASH, None)


def test_a_code_that_a_rule_names_is_asked_of_nobody() -> None:
    desk = opened()
    asked = desk.bench.backend.calls["quote"]
    tried(desk, "ULTAH12")
    assert desk.bench.backend.calls["quote"] == asked


def test_a_code_is_refused_at_once_while_the_line_is_down() -> None:
    desk = opened()
    desk.bench.backend.counted = HELD
    desk.till.gear.line.lost()
    assert tried(desk, "CARD-7").said() is Say.VOUCHER_NOT_TAKEN
    assert desk.till.sale.bill.codes == ()


def test_a_code_that_the_cashier_left_meanwhile_is_not_taken() -> None:
    desk = opened(stepped=True)
    desk.bench.backend.counted = HELD
    tried(desk, "CARD-7")
    desk.paying.choose(Way.CASH)
    desk.bench.stepped.run_all()
    assert (desk.till.sale.bill.codes, desk.shown().due.minor, desk.said()) == ((), 149_000, None)


@pytest.mark.parametrize("verb", ["go_on", "back", "save", "set_aside"])
def test_no_verb_breaks_an_empty_till(verb: str) -> None:
    desk = PayDesk(pieces=1)
    desk.till.sale.start()
    getattr(desk.paying, verb)()
    assert desk.till.stands() is CheckoutState.SELLING
