"""What every backend behind the port must keep of bills, refunds, shifts and stored value."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

from tests.fakes.shifts import a_shift
from tests.fakes.shop import COFFEE, POINTS
from tests.loyalty.conftest import Subject
from tests.loyalty.contract import coffee, receipt, refusal_of, request, rupiah
from tests.loyalty.our_server import GIFT_CARD
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import HOLD_SECONDS, HoldAnswer, HoldRequest, HoldState, Outcome, Part, Refusal
from tukar.domain.stored_value import StoredBalance
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
from tukar.till.ports import Hold, RefundLine, RefundRequest, Reverse
from tukar.till.ports.values import StoredValues


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
