"""What every backend behind the port must keep, whatever it can do; its capabilities say what is expected of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar, cast

import pytest

from tests.fakes.shifts import a_shift
from tests.fakes.shop import COFFEE, IDR, POINTS, TEA, bill
from tests.loyalty.conftest import Subject
from tests.loyalty.our_server import GIFT_CARD
from tukar.domain.bill import Bill
from tukar.domain.money import Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptRedemption,
)
from tukar.domain.redemption import (
    HOLD_SECONDS,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    HoldState,
    OneTimeCode,
    Outcome,
    Part,
    Refusal,
)
from tukar.domain.stored_value import StoredBalance
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
from tukar.till.ports import Enrolment, FindBy, Hold, Otp, RefundLine, RefundRequest, Refused, Reverse
from tukar.till.ports.values import StoredValues

T = TypeVar("T")


def rupiah(amount: int) -> Money:
    return Money(amount, IDR)


def coffee(subject: Subject, bill_id: str = "b-1", points: int = 200) -> Bill:
    return bill(bill_id, subject.backend.member("m-1"), Points(points))


def request(subject: Subject, redemption_id: str = "r-1", bill_id: str = "b-1", points: int = 200) -> HoldRequest:
    """Asks for a hold, with the code where the backend has one."""
    challenge_id, code = "", None
    if subject.backend.capabilities.otp is not Otp.NONE:
        challenge_id = f"c-{redemption_id}"
        code = send_code(subject, challenge_id, bill_id, points)
    return HoldRequest(
        redemption_id, coffee(subject, bill_id, points), "m-1", POINTS, Points(points), Points(points),
        rupiah(points * 100), subject.backend.programme().version, subject.backend.state().catalogue_version,
        challenge_id, f"a-{redemption_id}", code,
    )  # fmt: skip


def send_code(subject: Subject, challenge_id: str, bill_id: str = "b-1", points: int = 200) -> OneTimeCode:
    asked = ChallengeRequest(
        challenge_id, f"s-{challenge_id}", bill_id, "m-1", POINTS, Points(points), rupiah(points * 100)
    )
    subject.backend.send_code(asked)
    return subject.newest_code()


def receipt(subject: Subject, bill_id: str, held: HoldAnswer | None, points: int = 200, n: int = 1) -> Receipt:
    """Two packs of coffee for Rp 130.000, less what the points take off."""
    off = points * 100 if held else 0
    discount = (ReceiptDiscount(coffee(subject).claims[0].key, LocalName("Points off"), rupiah(off)),) if held else ()
    total = rupiah(130_000 - off)
    line = ReceiptLine(
        "line-1", COFFEE.sku, COFFEE.name, Quantity.of(2), UnitPrice.of(rupiah(65_000)), rupiah(130_000), total,
        discount, COFFEE.taxes,
    )  # fmt: skip
    now = subject.clock.now()
    given = (ReceiptRedemption(held.redemption_id, POINTS, Points(points), rupiah(off), held.proof),) if held else ()
    untaxed = rupiah(round(total.minor * 100 / 111))
    return Receipt(
        bill_id, ReceiptNumber("TOKO1", "T1", 1, n), ReceiptKind.SALE, IDR, "Toko Satu", "c-1", "Ayu", now, (line,),
        rupiah(130_000), rupiah(off), total, untaxed, total - untaxed, (),
        (Tender(f"t-{bill_id}", PaymentMode.CASH, total, total, now),),
        customer=ReceiptCustomer("m-1", "Sari Dewi"), redemptions=given,
        claims=coffee(subject, points=points).claims if held else (),
        programme_version=subject.backend.programme().version,
        catalogue_version=subject.backend.state().catalogue_version,
    )  # fmt: skip


def refusal_of(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


def tried(call: Callable[[], T]) -> T | Refusal:
    """What came of it, be it a refusal."""
    try:
        return call()
    except Refused as refused:
        return refused.refusal


# --- who and what


def test_members_are_found_by_mobile_name_and_card_and_their_numbers_are_masked(subject: Subject) -> None:
    for by, text in ((FindBy.MOBILE, "+6281234565678"), (FindBy.NAME, "sari"), (FindBy.CARD, "CARD-77")):
        (found,) = subject.backend.find_members(by, text)
        assert (found.member_id, found.name) == ("m-1", "Sari Dewi")
        assert "81234565678" not in repr(found)
        assert found.masked_mobile.endswith("5678")
        balance = found.balance(POINTS)
        assert balance is not None
        assert balance.available == Points(500)


def test_nobody_is_found_where_there_is_nobody(subject: Subject) -> None:
    for by, text in ((FindBy.MOBILE, "+6289999999999"), (FindBy.NAME, "nobody"), (FindBy.CARD, "none")):
        assert subject.backend.find_members(by, text) == ()
    assert refusal_of(lambda: subject.backend.member("nobody")).refusal is Refusal.UNKNOWN_MEMBER


def test_a_new_member_is_enrolled_once(subject: Subject) -> None:
    new = Enrolment("m-2", "Rudi", "+6281111112222", subject.clock.now())
    first = subject.backend.enrol_member(new)
    assert (first.member_id, first.name) == ("m-2", "Rudi")
    assert subject.backend.enrol_member(new).member_id == "m-2"
    assert len(subject.backend.find_members(FindBy.MOBILE, "+6281111112222")) == 1


def test_a_number_belongs_to_one_member(subject: Subject) -> None:
    """The second enrolment of a number is either refused or is the member who has it."""
    again = Enrolment("m-3", "Sari again", "+6281234565678", subject.clock.now())
    found = tried(lambda: subject.backend.enrol_member(again).member_id)
    assert found in ("m-1", Refusal.MEMBER_EXISTS)
    assert len(subject.backend.find_members(FindBy.MOBILE, "+6281234565678")) == 1


def test_the_shop_is_told_of(subject: Subject) -> None:
    state = subject.backend.state()
    assert (state.shop.shop_id, state.shop.currency) == ("TOKO1", IDR)
    assert state.programme_version == subject.backend.programme().version
    assert [person.name for person in subject.backend.salespeople()] == ["Budi"]
    assert subject.backend.staff() == ()
    page = subject.backend.catalogue_page(0)
    if subject.backend.capabilities.catalogue:
        assert sorted(item.sku for item in page.items) == [COFFEE.sku, TEA.sku]
        assert page.version == state.catalogue_version
        assert subject.backend.catalogue_page(page.version).items == ()


# --- quotes


def test_a_quote_says_what_the_bill_comes_to_and_reserves_nothing(subject: Subject) -> None:
    state = subject.backend.state()
    quote = subject.backend.quote(coffee(subject), state.programme_version, state.catalogue_version)
    assert (quote.total, quote.discount) == (rupiah(110_000), rupiah(20_000))
    assert (quote.spent, quote.available) == ({POINTS: Points(200)}, {POINTS: Points(500)})
    assert subject.available() == Points(500)


def test_a_till_with_other_rules_is_told_so_at_the_quote(subject: Subject) -> None:
    state = subject.backend.state()
    outdated = state.programme_version + 1
    refused = refusal_of(lambda: subject.backend.quote(coffee(subject), outdated, state.catalogue_version))
    assert refused.refusal is Refusal.RULES_CHANGED


# --- holds


def test_a_hold_reserves_points_once_however_often_it_is_asked(subject: Subject) -> None:
    asked = request(subject)
    first = subject.backend.hold(asked)
    assert (first.redemption_id, first.state, first.points) == ("r-1", HoldState.HELD, Points(200))
    assert first.ttl == pytest.approx(HOLD_SECONDS)
    assert subject.available() == Points(300)
    again = subject.backend.hold(asked)
    assert (again.state, again.points) == (first.state, first.points)
    assert subject.available() == Points(300)
    assert subject.backend.redemption("r-1").state is HoldState.HELD


def test_a_void_gives_the_points_back_once(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    for _ in range(2):
        assert subject.backend.void("r-1").state is HoldState.VOIDED
        assert subject.available() == Points(500)
    assert subject.backend.redemption("r-1").state is HoldState.VOIDED


def test_a_hold_that_comes_after_its_void_reserves_nothing(subject: Subject) -> None:
    asked = request(subject)
    assert subject.backend.void("r-1").state is HoldState.VOIDED
    assert subject.backend.hold(asked).state is HoldState.VOIDED
    assert subject.available() == Points(500)


def test_a_hold_can_be_extended_while_it_stands(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    subject.clock.advance(HOLD_SECONDS / 2)
    assert subject.backend.extend("r-1").ttl == pytest.approx(HOLD_SECONDS)
    subject.backend.void("r-1")
    assert refusal_of(lambda: subject.backend.extend("r-1")).refusal is Refusal.VOIDED


def test_a_redemption_nobody_knows_is_said_to_be_unknown(subject: Subject) -> None:
    for call in (subject.backend.redemption, subject.backend.extend):
        assert refusal_of(lambda call=call: call("never")).refusal is Refusal.UNKNOWN_REDEMPTION  # type: ignore[misc]


def test_points_spent_elsewhere_meanwhile_are_told_with_their_figure(subject: Subject) -> None:
    asked = request(subject)
    subject.spend_elsewhere(400)
    for _ in range(2):
        refused = refusal_of(lambda: subject.backend.hold(asked))
        assert (refused.refusal, refused.points) == (Refusal.INSUFFICIENT, Points(100))
    assert subject.available() == Points(100)


def test_an_id_stands_for_one_redemption_only(subject: Subject) -> None:
    asked = request(subject)
    subject.backend.hold(asked)
    other = replace(asked, need=Points(150), bill=coffee(subject, points=150))
    assert refusal_of(lambda: subject.backend.hold(other)).refusal is Refusal.ID_REUSED
    assert subject.available() == Points(300)


def test_a_hold_that_runs_out_frees_its_points_where_holds_run_out(subject: Subject) -> None:
    subject.backend.hold(request(subject))
    subject.clock.advance(HOLD_SECONDS + 1)
    if subject.backend.capabilities.hold is not Hold.TENTATIVE:
        assert subject.backend.redemption("r-1").state is HoldState.HELD
        assert subject.available() == Points(300)
        return
    assert subject.backend.redemption("r-1").state is HoldState.EXPIRED
    assert subject.available() == Points(500)
    assert refusal_of(lambda: subject.backend.extend("r-1")).refusal is Refusal.EXPIRED


def test_a_hold_takes_the_place_of_another_or_leaves_it(subject: Subject) -> None:
    subject.backend.hold(request(subject, points=300))
    smaller = replace(
        request(subject, "r-1b", points=200) if subject.backend.capabilities.otp is Otp.NONE else _same_code(subject),
        replaces="r-1",
    )
    if tried(lambda: subject.backend.hold(smaller).state) is HoldState.HELD:
        assert subject.backend.redemption("r-1").state is HoldState.VOIDED
        assert subject.available() == Points(300)
    else:
        assert refusal_of(lambda: subject.backend.hold(smaller)).refusal is Refusal.NOT_SUPPORTED
        assert subject.backend.redemption("r-1").state is HoldState.HELD
        assert subject.available() == Points(200)


def _same_code(subject: Subject) -> HoldRequest:
    """Fewer points under the code that was right before."""
    backend = subject.backend
    return HoldRequest(
        "r-1b", coffee(subject), "m-1", POINTS, Points(200), Points(300), rupiah(20_000), backend.programme().version,
        backend.state().catalogue_version, "c-r-1", "a-2", None,
    )  # fmt: skip


# --- codes


def test_a_wrong_code_counts_and_the_right_one_then_holds(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert refusal_of(lambda: send_code(subject, "c-1")).refusal is Refusal.NOT_SUPPORTED
        return
    asked = request(subject)
    assert asked.code is not None
    wrong = OneTimeCode(f"{(int(asked.code.digits) + 1) % 10**6:06d}")
    tries = [
        refusal_of(lambda n=n: subject.backend.hold(replace(asked, code=wrong, attempt_id=f"a-{n}")))  # type: ignore[misc]
        for n in range(2)
    ]
    assert [refused.refusal for refused in tries] == [Refusal.WRONG_CODE] * 2
    assert [refused.tries_left for refused in tries] == [4, 3]
    assert subject.available() == Points(500)
    assert subject.backend.hold(replace(asked, attempt_id="a-right")).state is HoldState.HELD


def test_an_answer_that_was_lost_burns_no_try_and_sends_no_second_message(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert refusal_of(lambda: send_code(subject, "c-1")).refusal is Refusal.NOT_SUPPORTED
        return
    asked = request(subject)
    assert asked.code is not None
    wrong = replace(asked, code=OneTimeCode(f"{(int(asked.code.digits) + 1) % 10**6:06d}"))
    left = [refusal_of(lambda: subject.backend.hold(wrong)).tries_left for _ in range(3)]
    # A backend without holds does not know tries by their ids.
    assert left == ([4, 3, 2] if subject.backend.capabilities.hold is Hold.NONE else [4, 4, 4])
    sent = ChallengeRequest("c-r-1", "s-c-r-1", "b-1", "m-1", POINTS, Points(200), rupiah(20_000))
    assert subject.backend.send_code(sent).sends_left == 3
    assert refusal_of(lambda: subject.backend.send_code(replace(sent, send_id="s-2"))).wait == pytest.approx(30)


def test_a_code_is_worth_no_more_than_its_ceiling(subject: Subject) -> None:
    if subject.backend.capabilities.otp is Otp.NONE:
        assert subject.backend.hold(replace(request(subject), ceiling=Points(1))).state is HoldState.HELD
        return
    asked = request(subject)
    more = replace(asked, bill=coffee(subject, points=300), need=Points(300), ceiling=Points(300))
    assert refusal_of(lambda: subject.backend.hold(more)).refusal in (Refusal.CODE_NEEDED, Refusal.BAD_REQUEST)
    assert subject.available() == Points(500)


# --- bills


def outcomes(subject: Subject, paid: Receipt) -> dict[str, tuple[Outcome, Points | None]]:
    answer = subject.backend.put_bill(paid)
    return {part.ref: (part.outcome, part.points) for part in answer.parts if part.part is Part.REDEMPTION}


def test_a_bill_takes_what_it_holds_once(subject: Subject) -> None:
    held = subject.backend.hold(request(subject))
    paid = receipt(subject, "b-1", held)
    for _ in range(2):
        assert outcomes(subject, paid) == {"r-1": (Outcome.DONE, Points(200))}
        assert subject.available() == Points(300)
    kinds = [entry.points for entry in subject.backend.history("m-1") if entry.points < Points(0)]
    assert kinds == [Points(-200)]


def test_a_plain_bill_is_stored(subject: Subject) -> None:
    answer = subject.backend.put_bill(receipt(subject, "b-1", None))
    assert answer.bill_id == "b-1"
    assert [part.outcome for part in answer.parts if part.part is Part.BILL] in ([Outcome.DONE], [])
    assert subject.available() == Points(500)


def test_a_bill_may_give_fewer_points_than_it_holds(subject: Subject) -> None:
    held = subject.backend.hold(request(subject))
    found = outcomes(subject, receipt(subject, "b-1", held, points=150))
    if subject.backend.capabilities.reverse is Reverse.PARTIAL:
        assert found == {"r-1": (Outcome.DONE, Points(150))}
        assert subject.available() == Points(350)
    else:
        assert found == {"r-1": (Outcome.FLAGGED, Points(200))}
        assert subject.available() == Points(300)


def test_a_bill_that_shows_points_nobody_holds_is_taken_with_an_item(subject: Subject) -> None:
    never = HoldAnswer("never", HoldState.HELD, Points(200))
    ((outcome, points),) = outcomes(subject, receipt(subject, "b-1", never)).values()
    assert outcome in (Outcome.SHORT, Outcome.REFUSED, Outcome.FLAGGED)
    assert points in (None, Points(0))
    assert subject.available() == Points(500)


def test_a_bill_that_comes_after_its_hold_ran_out_is_settled_late(subject: Subject) -> None:
    held = subject.backend.hold(request(subject))
    paid = receipt(subject, "b-1", held)
    subject.clock.advance(HOLD_SECONDS + 1)
    if subject.backend.capabilities.hold is not Hold.TENTATIVE:
        assert outcomes(subject, paid) == {"r-1": (Outcome.DONE, Points(200))}
        return
    subject.spend_elsewhere(400)
    answer = subject.backend.put_bill(paid)
    (part,) = [part for part in answer.parts if part.part is Part.REDEMPTION]
    assert (part.outcome, part.points, part.short) == (Outcome.SHORT, Points(100), Points(100))
    assert subject.available() == Points(0)


def test_captured_points_are_given_back_by_a_refund_and_not_by_a_void(subject: Subject) -> None:
    paid = receipt(subject, "b-1", subject.backend.hold(request(subject)))
    subject.backend.put_bill(paid)
    if not subject.backend.capabilities.catalogue:
        assert refusal_of(lambda: subject.backend.void_refund("f-1")).refusal is Refusal.NOT_SUPPORTED
        return
    if subject.backend.capabilities.hold is Hold.TENTATIVE:
        assert refusal_of(lambda: subject.backend.void("r-1")).refusal is Refusal.CAPTURED
    one_pack = RefundRequest("f-1", "b-1", (RefundLine("line-1", COFFEE.sku, 1000),), "too bitter")
    for _ in range(2):
        back = subject.backend.put_refund(one_pack)
        assert (back.accepted, back.money, back.returned) == (True, rupiah(55_000), {POINTS: Points(100)})
        assert subject.available() == Points(400)
    assert subject.backend.void_refund("f-1").accepted is False
    assert subject.available() == Points(300)


def test_no_more_is_refunded_than_was_sold(subject: Subject) -> None:
    too_many = RefundRequest("f-1", "b-1", (RefundLine("line-1", COFFEE.sku, 3000),), "")
    if not subject.backend.capabilities.catalogue:
        assert refusal_of(lambda: subject.backend.put_refund(too_many)).refusal is Refusal.NOT_SUPPORTED
        return
    assert refusal_of(lambda: subject.backend.put_refund(too_many)).refusal is Refusal.UNKNOWN_BILL
    subject.backend.put_bill(receipt(subject, "b-1", None))
    refused = refusal_of(lambda: subject.backend.put_refund(replace(too_many, refund_id="f-2")))
    assert refused.refusal is Refusal.NOTHING_TO_REFUND


def test_a_stored_bill_is_found_by_its_number(subject: Subject) -> None:
    paid = receipt(subject, "b-1", None)
    subject.backend.put_bill(paid)
    if subject.backend.capabilities.catalogue:
        assert subject.backend.bill(str(paid.number)) == paid
    assert refusal_of(lambda: subject.backend.bill("TOKO1-T1-1-99")).refusal is Refusal.UNKNOWN_BILL


def test_the_same_bill_with_other_content_is_not_the_same(subject: Subject) -> None:
    paid = receipt(subject, "b-1", None)
    subject.backend.put_bill(paid)
    other = replace(paid, at=paid.at + timedelta(minutes=1))
    if not subject.backend.capabilities.catalogue:
        assert subject.backend.put_bill(other).bill_id == "b-1"
        return
    assert refusal_of(lambda: subject.backend.put_bill(other)).refusal is Refusal.OTHER_CONTENT


def test_a_shift_is_stored_once(subject: Subject) -> None:
    shift = a_shift("T1")
    if not subject.backend.capabilities.catalogue:
        assert refusal_of(lambda: subject.backend.put_shift(shift)).refusal is Refusal.NOT_SUPPORTED
        return
    subject.backend.put_shift(shift)
    subject.backend.put_shift(shift)
    other = replace(shift, people=())
    assert refusal_of(lambda: subject.backend.put_shift(other)).refusal is Refusal.OTHER_CONTENT


def test_history_comes_newest_first(subject: Subject) -> None:
    subject.backend.put_bill(receipt(subject, "b-1", subject.backend.hold(request(subject))))
    times = [entry.at for entry in subject.backend.history("m-1")]
    assert times == sorted(times, reverse=True)
    assert subject.backend.history("m-1")[-1].points == Points(500)


# --- stored value


def value_request(subject: Subject, held: StoredBalance, redemption_id: str, amount: int, bill_id: str) -> HoldRequest:
    """Asks for money of a gift card towards a bill."""
    programme, catalogue = subject.backend.programme().version, subject.backend.state().catalogue_version
    need = Points(amount, held.balance.currency.minor_digits)
    return HoldRequest(
        redemption_id, coffee(subject, bill_id, 0), held.holder, held.account.value, need, need, rupiah(amount),
        programme, catalogue,
    )  # fmt: skip


def test_money_of_a_gift_card_is_held_before_it_counts_and_taken_once(subject: Subject) -> None:
    backend = subject.backend
    if not backend.capabilities.stored_value:
        return
    values = cast("StoredValues", backend)
    card = values.gift_card(GIFT_CARD)
    assert (card.balance, card.mask) == (rupiah(50_000), "…7K2M")
    held = backend.hold(value_request(subject, card, "v-1", 30_000, "b-1"))
    assert backend.hold(value_request(subject, card, "v-1", 30_000, "b-1")) == held
    assert values.gift_card(GIFT_CARD).balance == rupiah(20_000)
    refused = refusal_of(lambda: backend.hold(value_request(subject, card, "v-2", 30_000, "b-2")))
    assert (refused.refusal, refused.points) == (Refusal.INSUFFICIENT, Points(20_000))
    paid = receipt(subject, "b-1", None)
    money = rupiah(30_000)
    taken = ValueTaken(held.redemption_id, card.holder, rupiah(20_000), held.proof)
    tender = Tender("t-value", PaymentMode.GIFT_CARD, money, money, paid.at, label=card.mask, value=taken)
    paid = replace(paid, tenders=(tender, *paid.tenders))
    answers = [backend.put_bill(paid), backend.put_bill(paid)]
    assert {part.outcome for answer in answers for part in answer.parts if part.part is Part.PAYMENT} == {Outcome.DONE}
    assert values.gift_card(GIFT_CARD).balance == rupiah(20_000)


def test_a_new_card_is_kept_for_one_bill_and_an_unknown_code_is_no_card(subject: Subject) -> None:
    if not subject.backend.capabilities.stored_value:
        return
    values = cast("StoredValues", subject.backend)
    assert refusal_of(lambda: values.gift_card("NEVER-SOLD")).refusal is Refusal.UNKNOWN_CARD
    values.reserve_card("b-1", "KADO-NEW-1")
    values.reserve_card("b-1", "KADO-NEW-1")
    assert refusal_of(lambda: values.reserve_card("b-2", "KADO-NEW-1")).refusal is Refusal.CARD_TAKEN
    assert refusal_of(lambda: values.reserve_card("b-2", GIFT_CARD)).refusal is Refusal.CARD_TAKEN
