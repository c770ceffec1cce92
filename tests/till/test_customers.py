from dataclasses import replace

import pytest

from tests.till.counter import Counter, open_counter
from tukar.domain.bill import CustomerSource
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState, Refusal
from tukar.till.customers import EnrolmentForm, Step
from tukar.till.notices import Say
from tukar.till.ports import (
    Capabilities,
    DiskTrouble,
    DiskTroubleKind,
    FindBy,
    RedemptionRow,
    Refused,
    Trouble,
    Unreachable,
)

DOWN = Unreachable(Trouble.NO_CONNECTION, sent=False)
FORM = EnrolmentForm("Rini Astuti", "081298765432", consent=True)


@pytest.fixture
def counter() -> Counter:
    return open_counter()


def look_up(counter: Counter, text: str) -> None:
    counter.customers.open()
    counter.customers.type(text)
    counter.customers.search()
    counter.background.run_all()


def step(counter: Counter) -> Step:
    return counter.views.customers.step


def said(counter: Counter) -> Say | None:
    notice = counter.views.customers.notice
    return None if notice is None else notice.say


def test_a_mobile_number_finds_and_puts_the_customer_on_the_bill(counter: Counter) -> None:
    look_up(counter, "081234565678")
    assert counter.members.asked == [(FindBy.MOBILE, "+6281234565678")]
    assert counter.sale.bill.customer is not None
    assert counter.sale.bill.customer.name == "Dewi Lestari"
    assert counter.sale.bill.customer_source is CustomerSource.MOBILE
    assert counter.views.customers.step is Step.CLOSED


def test_a_card_number_finds_too_even_where_it_could_be_a_mobile(counter: Counter) -> None:
    look_up(counter, "8800001015")
    assert counter.members.asked[-1] == (FindBy.CARD, "8800001015")
    assert counter.sale.bill.customer_source is CustomerSource.CARD


def test_several_of_a_name_are_chosen_from(counter: Counter) -> None:
    look_up(counter, "an")
    assert counter.views.customers.step is Step.CHOOSE
    assert len(counter.views.customers.found) > 1
    second = counter.views.customers.found[1]
    counter.customers.move(1)
    assert counter.views.customers.chosen == 1
    counter.customers.choose(1)
    assert counter.sale.bill.customer is not None
    assert counter.sale.bill.customer.member_id == second.member_id
    assert counter.sale.bill.customer_source is CustomerSource.NAME


@pytest.mark.parametrize(
    ("typed", "say"),
    [("0812", Say.NUMBER_TOO_SHORT), ("021555666777", Say.NUMBER_NOT_MOBILE), ("+99912", Say.NUMBER_NOT_MOBILE)],
)
def test_a_malformed_number_gets_words_and_asks_nobody(counter: Counter, typed: str, say: Say) -> None:
    counter.sell("01001")
    before = counter.sale.bill
    look_up(counter, typed)
    assert said(counter) is say
    assert counter.views.customers.step is Step.FIND
    assert counter.views.customers.text == typed
    assert counter.members.asked == []
    assert counter.sale.bill is before


def test_a_foreign_number_that_nobody_has_says_where_it_is_from(counter: Counter) -> None:
    look_up(counter, "+65 9123 4567")
    assert counter.members.asked == [(FindBy.MOBILE, "+6591234567")]
    assert said(counter) is Say.NUMBER_FOREIGN
    assert counter.views.customers.notice is not None
    assert counter.views.customers.notice.text == "+65"
    assert counter.views.customers.can_enrol


def test_whoever_is_not_found_is_offered_enrolment(counter: Counter) -> None:
    look_up(counter, "081298765432")
    assert (counter.views.customers.step, said(counter)) == (Step.NOT_FOUND, Say.CUSTOMER_NOT_FOUND)
    counter.customers.start_enrolling()
    assert counter.views.customers.form == EnrolmentForm(mobile="081298765432")
    look_up(counter, "Rini Astuti")
    counter.customers.start_enrolling()
    assert counter.views.customers.form == EnrolmentForm(name="Rini Astuti")


def test_whoever_is_found_is_not_enrolled_a_second_time(counter: Counter) -> None:
    look_up(counter, "081234565678")
    before = counter.views.customers
    counter.customers.start_enrolling()
    assert counter.views.customers == before


def test_without_a_line_it_says_so_and_selling_goes_on(counter: Counter) -> None:
    counter.members.trouble = DOWN
    look_up(counter, "081234565678")
    assert said(counter) is Say.OFFLINE_FIND
    assert counter.views.customers.can_enrol
    counter.sell("01001")
    assert len(counter.names) == 1


def test_a_backend_that_cannot_earn_later_is_not_offered_offline(counter: Counter) -> None:
    counter.members.capabilities = Capabilities(offline_earn=False)
    counter.members.trouble = DOWN
    look_up(counter, "081234565678")
    assert not counter.views.customers.can_enrol


def test_nonsense_from_the_backend_is_told(counter: Counter) -> None:
    counter.members.trouble = Unreachable(Trouble.BROKEN_ANSWER)
    look_up(counter, "081234565678")
    assert said(counter) is Say.BACKEND_NONSENSE
    assert counter.sale.bill.customer is None


def test_a_revoked_till_is_told(counter: Counter) -> None:
    counter.members.trouble = Refused(Refusal.REVOKED)
    look_up(counter, "081234565678")
    assert said(counter) is Say.TILL_REVOKED


def test_while_it_searches_it_can_be_stopped_and_a_late_answer_changes_nothing(counter: Counter) -> None:
    counter.customers.open()
    counter.customers.type("081234565678")
    counter.customers.search()
    assert step(counter) is Step.SEARCHING
    counter.background.start()
    counter.customers.back()
    assert step(counter) is Step.FIND
    counter.background.run_all()
    assert counter.sale.bill.customer is None


def fill_in(counter: Counter, form: EnrolmentForm = FORM) -> None:
    look_up(counter, FORM.mobile)
    counter.customers.start_enrolling()
    counter.customers.fill(form)
    counter.customers.enrol()


def enrol(counter: Counter, form: EnrolmentForm = FORM) -> None:
    fill_in(counter, form)
    counter.background.run_all()


def test_a_new_customer_is_enrolled_with_the_time_of_their_consent(counter: Counter) -> None:
    enrol(counter)
    (new,) = counter.members.enrolled
    assert (new.mobile, new.name, new.consent_at) == ("+6281298765432", "Rini Astuti", counter.clock.now())
    assert said(counter) is Say.CUSTOMER_ENROLLED
    assert counter.sale.bill.customer is not None
    assert counter.sale.bill.customer.masked_mobile == "…5432"


def test_without_consent_nobody_is_enrolled(counter: Counter) -> None:
    enrol(counter, replace(FORM, consent=False))
    assert counter.members.enrolled == []
    assert counter.views.customers.step is Step.ENROL


def test_a_wrong_number_in_the_form_is_told_there(counter: Counter) -> None:
    enrol(counter, replace(FORM, mobile="0812"))
    assert (counter.views.customers.step, said(counter)) == (Step.ENROL, Say.NUMBER_TOO_SHORT)
    assert counter.members.enrolled == []


def test_offline_the_enrolment_waits_and_the_customer_earns(counter: Counter) -> None:
    counter.members.trouble = DOWN
    enrol(counter)
    assert said(counter) is Say.CUSTOMER_ENROLLED_OFFLINE
    assert counter.sale.bill.customer is not None
    assert counter.sale.bill.customer.pending
    assert counter.journal.waiting_count() == 1
    assert counter.queued == ["enrolment"]


@pytest.mark.parametrize("closes", [True, False])
def test_an_answer_that_comes_with_the_next_bill_puts_nobody_on_it(counter: Counter, *, closes: bool) -> None:
    fill_in(counter)
    if closes:
        counter.customers.close()
    counter.sale.start()
    counter.background.run_all()
    assert len(counter.members.enrolled) == 1
    assert counter.sale.bill.customer is None
    assert step(counter) is Step.CLOSED


def test_a_lost_answer_is_asked_again_under_the_same_id(counter: Counter) -> None:
    counter.members.loses_answers = True
    enrol(counter)
    (new,) = counter.members.enrolled
    assert counter.sale.bill.customer is not None
    assert counter.sale.bill.customer.member_id == new.member_id
    assert counter.journal.waiting()[0].ref == new.member_id


def test_whoever_is_enrolled_already_is_told_so(counter: Counter) -> None:
    look_up(counter, FORM.mobile)
    counter.customers.start_enrolling()
    counter.customers.fill(FORM)
    counter.members.trouble = Refused(Refusal.MEMBER_EXISTS)
    counter.customers.enrol()
    counter.background.run_all()
    assert (counter.views.customers.step, said(counter)) == (Step.ENROL, Say.CUSTOMER_EXISTS)


def test_a_full_disk_is_told_and_nobody_is_on_the_bill(counter: Counter) -> None:
    counter.members.trouble = DOWN
    counter.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    enrol(counter)
    assert said(counter) is Say.DISK_FULL
    assert counter.sale.bill.customer is None


def test_the_profile_asks_for_the_newest_figures(counter: Counter) -> None:
    counter.greet("dewi")
    counter.customers.open()
    assert counter.views.customers.step is Step.PROFILE
    old = counter.sale.bill.customer
    counter.members.customers = [
        replace(one, lots=one.lots[:1]) if one.member_id == "dewi" else one for one in counter.members.customers
    ]
    counter.background.run_all()
    assert counter.sale.bill.customer != old
    shown = counter.views.customers.customer.balances[0].balance
    assert shown.available == counter.views.customer.balances[0].balance.available


def test_the_panel_knows_what_the_bill_earns(counter: Counter) -> None:
    counter.greet("dewi")
    counter.sell("01001")
    (points, *_) = counter.views.customer.balances
    assert points.earns == counter.sale.priced.earned_of("poin")
    assert points.name.in_language("id") == "Poin"


def test_taken_off_the_customer_is_gone(counter: Counter) -> None:
    counter.greet("dewi")
    counter.customers.open()
    counter.customers.take_off()
    assert counter.sale.bill.customer is None
    assert counter.views.customer.account is None
    assert counter.views.customers.step is Step.CLOSED


def test_while_the_backend_decides_the_customer_stays(counter: Counter) -> None:
    counter.greet("dewi")
    counter.customers.open()
    counter.sale.lock()
    counter.customers.take_off()
    assert said(counter) is Say.POINTS_ASKED
    assert counter.sale.bill.customer is not None
    counter.background.run_all()
    assert counter.sale.bill.customer.name == "Dewi Lestari"


def test_a_scanned_card_needs_no_sheet(counter: Counter) -> None:
    counter.customers.scan("8800001015")
    counter.background.run_all()
    assert counter.sale.bill.customer is not None
    assert counter.views.customers.step is Step.CLOSED


def test_esc_goes_one_step_back_and_then_out(counter: Counter) -> None:
    look_up(counter, "an")
    counter.customers.back()
    assert (counter.views.customers.step, counter.views.customers.text) == (Step.FIND, "an")
    counter.customers.back()
    assert counter.views.customers.step is Step.CLOSED


def test_points_held_for_this_very_bill_stay_spendable_on_it(counter: Counter) -> None:
    counter.greet("dewi")
    row = RedemptionRow(
        "r1", counter.sale.bill.bill_id, "dewi", "poin", RedemptionState.HELD, Points(200), Points(200),
        Money(20_000, counter.sale.bill.currency),
    )  # fmt: skip
    counter.journal.rows["r1"] = row
    counter.members.held = {"poin": Points(200)}
    counter.customers.open()
    counter.background.run_all()
    assert counter.views.customer.balances[0].balance.available == Points(1240)


def test_what_it_hears_of_the_line_everybody_hears(counter: Counter) -> None:
    counter.members.trouble = DOWN
    counter.line.heard()
    look_up(counter, "081234565678")
    lost = counter.line.online
    counter.members.trouble = None
    look_up(counter, "081234565678")
    assert (lost, counter.line.online) == (False, True)
