from dataclasses import replace
from datetime import date

from tests.fakes.model_backend import Held
from tests.fakes.permits import FakePermits
from tests.till.bench import MANAGER, MANAGER_PIN, ORDER, demo_shop, shelf
from tests.till.pay_desk import PayDesk
from tukar.domain.people import Action, Right
from tukar.domain.points import Points
from tukar.domain.pricing import RuleBook
from tukar.domain.redemption import NO_ACCOUNT, HoldState
from tukar.domain.shop import OfflinePoints
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit
from tukar.till.redeem_model import RedeemNext, RedeemStep


def opened(*, at_payment: bool = True, pieces: int = 2, stepped: bool = False) -> PayDesk:
    desk = PayDesk(pieces=pieces, stepped=stepped)
    if at_payment:
        desk.paying.begin()
    desk.redeem.open()
    return desk


def sent(desk: PayDesk) -> PayDesk:
    desk.redeem.go_on()
    return desk


def test_it_opens_at_what_leaves_a_round_sum() -> None:
    desk = opened()
    sheet = desk.sheet()
    assert sheet.step is RedeemStep.AMOUNT
    assert sheet.points == Points(490)
    assert (sheet.takes_off, sheet.left_to_pay) == (desk.bench.money(49_000), desk.bench.money(100_000))
    assert sheet.limits is not None
    assert sheet.limits.most == Points(745)
    assert sheet.next is RedeemNext.SEND_CODE


def test_a_right_code_leads_back_to_payment_with_the_rest_to_pay() -> None:
    desk = sent(opened())
    assert desk.sheet().step is RedeemStep.CODE
    assert desk.code().sent_to == "…5678"
    assert desk.sheet().next is RedeemNext.NONE
    desk.redeem.code_typed("424242")
    assert desk.sheet().next is RedeemNext.SUBMIT
    desk.redeem.go_on()
    assert not desk.sheet().is_open
    assert desk.till.stands() is CheckoutState.PAYING
    assert desk.shown().due == desk.bench.money(100_000)
    assert desk.shown().before_points == desk.bench.money(149_000)
    assert desk.bench.backend.held("reward") == 490


def test_from_the_bill_it_goes_to_payment_by_itself() -> None:
    desk = sent(opened(at_payment=False))
    assert desk.till.stands() is CheckoutState.CODE
    assert desk.sheet().is_open


def test_a_wrong_code_says_so_until_the_next_digit() -> None:
    desk = sent(opened())
    desk.redeem.code_typed("111111")
    desk.redeem.go_on()
    assert desk.sheet().wrong
    assert desk.said() is Say.CODE_WRONG
    assert desk.code().tries_left == 4
    assert desk.sheet().next is RedeemNext.NONE
    desk.redeem.code_typed("4")
    assert not desk.sheet().wrong
    assert desk.sheet().notice is None
    desk.redeem.code_typed("424242")
    desk.redeem.go_on()
    assert not desk.sheet().is_open


def test_too_many_wrong_codes_end_without_points_and_without_a_discount() -> None:
    desk = sent(opened())
    for _ in range(5):
        desk.redeem.code_typed("111111")
        desk.redeem.go_on()
    assert desk.sheet().next is RedeemNext.SEND_NEW
    desk.redeem.cancel()
    assert not desk.sheet().is_open
    assert desk.shown().due == desk.bench.money(149_000)


def test_sending_again_counts_down_and_then_sends_a_new_code() -> None:
    desk = sent(opened())
    assert desk.sheet().resend_in == 30
    desk.redeem.resend()
    assert len(desk.bench.backend.sms) == 1
    desk.bench.immediate.advance(10)
    assert 19 <= desk.sheet().resend_in <= 20
    desk.bench.immediate.advance(25)
    assert desk.sheet().resend_in == 0
    desk.redeem.resend()
    assert len(desk.bench.backend.sms) == 2


def test_a_code_that_ran_out_offers_a_new_one() -> None:
    desk = sent(opened())
    desk.bench.clock.advance(400)
    desk.redeem.code_typed("424242")
    desk.redeem.go_on()
    assert desk.sheet().next is RedeemNext.SEND_NEW
    desk.redeem.go_on()
    assert len(desk.bench.backend.sms) == 2
    assert desk.sheet().step is RedeemStep.CODE


def test_cancel_before_the_code_leaves_the_bill_as_it_was() -> None:
    desk = opened()
    before = desk.till.sale.bill
    desk.redeem.cancel()
    assert not desk.sheet().is_open
    assert desk.till.sale.bill == before


def test_cancel_after_the_code_takes_the_points_off() -> None:
    desk = sent(opened())
    desk.redeem.cancel()
    assert not desk.sheet().is_open
    assert desk.till.stands() is CheckoutState.PAYING
    assert desk.shown().due == desk.bench.money(149_000)


def test_points_are_typed_erased_and_stop_at_the_most() -> None:
    desk = opened()
    for digit in "12":
        desk.redeem.type_digits(digit)
    assert desk.sheet().points == Points(12)
    assert desk.sheet().next is RedeemNext.NONE  # below the least
    desk.redeem.type_digits("0")
    assert (desk.sheet().points, desk.sheet().next) == (Points(120), RedeemNext.SEND_CODE)
    desk.redeem.erase()
    assert desk.sheet().points == Points(12)
    desk.redeem.clear()
    assert desk.sheet().points == Points(0)
    for digit in "9999":
        desk.redeem.type_digits(digit)
    assert desk.sheet().points == Points(745)
    desk.redeem.set_points(100_000)
    assert desk.sheet().points == Points(745)


def test_what_is_off_the_steps_cannot_be_redeemed() -> None:
    desk = opened()
    desk.redeem.set_points(123)
    assert desk.sheet().next is RedeemNext.NONE


def test_no_points_takes_an_earlier_choice_off() -> None:
    desk = opened()
    assert desk.till.checkout.choose_points("reward", Points(100))
    desk.redeem.open()
    assert desk.sheet().points == Points(100)
    desk.redeem.clear()
    assert desk.sheet().next is RedeemNext.TAKE_OFF
    desk.redeem.go_on()
    assert desk.shown().due == desk.bench.money(149_000)


def test_a_bill_without_a_reward_says_what_is_missing() -> None:
    desk = PayDesk(customer=False)
    desk.redeem.open()
    assert desk.sheet().step is RedeemStep.NOTHING
    assert desk.sheet().why is not None
    assert desk.sheet().next is RedeemNext.NONE
    desk.redeem.go_on()
    desk.redeem.cancel()
    assert not desk.sheet().is_open


def test_points_without_a_code_need_no_sheet() -> None:
    desk = PayDesk()
    assert desk.till.sale.claim(ORDER)
    desk.paying.begin()
    assert not desk.sheet().is_open
    assert desk.bench.backend.held("poin") == 200


def test_a_slow_backend_is_waited_for_and_an_unknown_answer_can_be_asked_again() -> None:
    desk = opened(stepped=True)
    desk.bench.stepped.run_all()
    desk.redeem.go_on()
    assert desk.sheet().step is RedeemStep.SENDING
    assert desk.sheet().next is RedeemNext.WAIT
    desk.bench.stepped.run_all()
    desk.redeem.code_typed("424242")
    desk.bench.backend.loses["hold"] = 4
    desk.bench.backend.drops["redemption"] = 1
    desk.redeem.go_on()
    assert desk.sheet().step is RedeemStep.ASKING
    for _ in range(4):
        desk.bench.stepped.run_all()
        desk.bench.stepped.advance(2.1)
    desk.bench.stepped.run_all()
    assert desk.sheet().step is RedeemStep.UNSURE
    assert desk.sheet().next is RedeemNext.ASK_AGAIN
    desk.redeem.go_on()
    desk.bench.stepped.run_all()
    assert not desk.sheet().is_open
    assert desk.bench.backend.held("reward") == 490


def test_the_code_is_in_no_model() -> None:
    desk = sent(opened())
    desk.redeem.code_typed("424242")
    assert "424242" not in repr(desk.sheet())


def test_a_second_person_s_pin_at_this_till_goes_without_the_code() -> None:
    desk = sent(opened())
    permits = FakePermits()
    assert not desk.sheet().can_go_without
    desk.till.checkout.overriding.ask_by(permits.ask_here)
    desk.redeem.code_typed("")
    assert desk.sheet().can_go_without
    desk.redeem.ask_second_person()
    assert permits.about is not None
    assert permits.asked == [(Action.OVERRIDE_CODE, permits.about.ref)]
    permits.approve(Permit("c-1", MANAGER.staff_id, MANAGER_PIN))
    assert not desk.sheet().is_open
    assert desk.bench.backend.held("reward") == 490


def test_nobody_s_word_is_asked_for_where_the_role_may_not_have_it() -> None:
    desk = sent(opened())
    permits = FakePermits()
    permits.rights[Action.OVERRIDE_CODE] = Right.DENIED
    desk.till.checkout.overriding.ask_by(permits.ask_here)
    desk.redeem.ask_second_person()
    assert desk.sheet().notice == Notice(Say.NOT_ALLOWED, Level.WARN)
    assert desk.till.stands() is CheckoutState.CODE


def test_what_another_bill_holds_is_let_go_from_the_sheet() -> None:
    desk = PayDesk()
    permits = FakePermits()
    desk.till.checkout.releasing.ask_by(permits.ask_here)
    desk.bench.backend.holds["lost"] = Held(None, "reward", 1480, HoldState.HELD, until=1e9, bill_id="elsewhere")
    desk.till.sale.set_customer(desk.bench.backend.member("dewi"))
    desk.redeem.open()
    assert (desk.sheet().step, desk.sheet().elsewhere) == (RedeemStep.NOTHING, Points(1480))
    desk.redeem.release_elsewhere()
    permits.approve(Permit("c-1", MANAGER.staff_id, MANAGER_PIN))
    assert desk.sheet().step is RedeemStep.AMOUNT
    assert desk.sheet().elsewhere is None
    assert desk.sheet().notice == Notice(Say.POINTS_RELEASED, points=Points(1480))


def test_a_release_that_ends_after_the_sheet_was_closed_opens_nothing() -> None:
    desk = PayDesk()
    permits = FakePermits()
    desk.till.checkout.releasing.ask_by(permits.ask_here)
    desk.bench.backend.holds["lost"] = Held(None, "reward", 1480, HoldState.HELD, until=1e9, bill_id="elsewhere")
    desk.till.sale.set_customer(desk.bench.backend.member("dewi"))
    desk.redeem.open()
    desk.redeem.release_elsewhere()
    desk.redeem.cancel()
    permits.approve(Permit("c-1", MANAGER.staff_id, MANAGER_PIN))
    assert not desk.sheet().is_open


def test_points_are_taken_on_trust_from_the_sheet() -> None:
    desk = PayDesk()
    desk.till.copies.offline_points = OfflinePoints(300, 300, date(2026, 12, 31))
    desk.bench.backend.down = True
    desk.till.gear.line.lost()
    assert desk.till.sale.claim(ORDER)
    desk.paying.begin()
    assert (desk.sheet().step, desk.sheet().next) == (RedeemStep.UNSURE, RedeemNext.ASK_AGAIN)
    assert desk.sheet().trust is not None
    desk.redeem.take_on_trust()
    assert not desk.sheet().is_open
    (view,) = desk.till.model.redemptions
    assert view.on_trust


def test_a_limited_reward_without_points_is_asked_about_by_its_name() -> None:
    desk = PayDesk(pieces=4)
    programme = demo_shop().programme
    rules = [replace(rule, limits=replace(rule.limits, uses=9)) for rule in programme.rules if not rule.account_id]
    desk.till.sale.use_rules(RuleBook.compile(replace(programme, rules=tuple(rules)), shelf()))
    (applied, *_) = desk.till.sale.priced.applied
    desk.bench.backend.posted[NO_ACCOUNT] = 0
    desk.bench.backend.loses["hold"], desk.bench.backend.drops["redemption"] = 4, 1
    desk.paying.begin()
    desk.bench.immediate.advance(10)
    sheet = desk.sheet()
    assert (sheet.step, sheet.is_open, sheet.offer) == (RedeemStep.UNSURE, True, applied.name)
    assert sheet.takes_off == applied.amount
