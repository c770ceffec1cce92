import json
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.samples import EURO, NOON, a_bill, a_receipt, a_shift, a_shift_report, an_account, an_item
from tukar.domain.bill import HandDiscount
from tukar.domain.points import Points
from tukar.domain.redemption import (
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    HoldState,
    OneTimeCode,
    Outcome,
    Part,
    PartResult,
    QuoteAnswer,
)
from tukar.wire import (
    amounts,
    bill_answers,
    bills,
    catalogue,
    message,
    people,
    receipts,
    redemptions,
    refunds,
    shifts,
    shop,
    upkeep,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def _at_default(value: "DataclassInstance") -> list[str]:
    """Fields at their default in a sample: a conversion that forgot them would not be noticed."""
    return [field.name for field in fields(value) if getattr(value, field.name) == field.default]


def test_an_item_comes_back_whole() -> None:
    assert _at_default(an_item()) == []
    assert catalogue.item_from_json(catalogue.item_to_json(an_item()), EURO) == an_item()


def test_an_account_comes_back_whole() -> None:
    assert _at_default(an_account()) == []
    assert people.account_of(people.wire_account(an_account()), EURO) == an_account()


def test_a_draft_comes_back_whole() -> None:
    assert _at_default(a_bill()) == []
    back = bills.bill_of(message.read_answer(message.write(bills.wire_bill(a_bill())), bills.WireBill))
    assert back == a_bill()
    assert back.customer is not None
    assert back.customer.rule_uses == {"coffee": 2}


@pytest.mark.parametrize(
    "given", [{"percent": Decimal("7.5")}, {"each": EURO.money("1")}, {"whole": EURO.money("2.50")}]
)
def test_a_discount_by_hand_comes_back_whole(given: dict[str, Any]) -> None:
    discount = HandDiscount(**given, reason="damaged", actor="ani", approver="budi")
    assert bills.discount_of(bills.wire_discount(discount), EURO) == discount


def test_a_shift_comes_back_whole() -> None:
    assert _at_default(a_shift()) == []
    assert _at_default(a_shift_report()) == []
    assert shifts.shift_from_json(shifts.shift_to_json(a_shift())) == a_shift()


def test_a_receipt_comes_back_whole() -> None:
    assert _at_default(a_receipt()) == []
    assert receipts.receipt_from_json(receipts.receipt_to_json(a_receipt())) == a_receipt()


def test_a_bills_answer_comes_back_whole() -> None:
    answer = BillAnswer(
        "bill-1",
        (
            PartResult(Part.REDEMPTION, "r-1", Outcome.SHORT, "p", Points(150, 2), Points(50, 2), "ran out"),
            PartResult(Part.BILL, "bill-1", Outcome.DONE),
        ),
        {"p": Points(1, 2)},
        server_seq=9,
        epoch=2,
    )
    assert bill_answers.bill_answer_from_json(message.write(bill_answers.wire_bill_answer(answer))) == answer


def test_equal_values_have_equal_bytes() -> None:
    assert message.write(bills.wire_bill(a_bill())) == message.write(bills.wire_bill(a_bill()))
    assert receipts.receipt_to_json(a_receipt()) == receipts.receipt_to_json(
        receipts.receipt_from_json(receipts.receipt_to_json(a_receipt()))
    )


def test_answers_of_a_redemption_are_understood_whole() -> None:
    quote = redemptions.WireQuoteAnswer(
        currency=amounts.wire_currency(EURO), total="5.00", discount="1.00", spent={"p": "1"}, available={"p": "9"},
        programme_version=3, catalogue_version=4,
    )  # fmt: skip
    understood = QuoteAnswer(EURO.money("5.00"), EURO.money("1.00"), {"p": Points(1)}, {"p": Points(9)}, 3, 4)
    assert redemptions.quote_answer_of(quote) == understood
    sent = redemptions.WireChallengeAnswer(
        challenge_id="c-1", sent_to="…5678", expires_in=299.5, resend_in=30.0, sends_left=2, tries_left=5
    )
    assert redemptions.challenge_answer_of(sent) == ChallengeAnswer("c-1", "…5678", 299.5, 30.0, 2, 5)
    held = redemptions.WireHoldAnswer(
        redemption_id="r-1", state=HoldState.HELD, points="200", ttl=1800.0, proof="proof", tries_left=4
    )
    assert redemptions.hold_answer_of(held) == HoldAnswer("r-1", HoldState.HELD, Points(200), 1800.0, "proof", 4)


def test_a_challenge_travels_with_its_id_in_the_address() -> None:
    request = ChallengeRequest("c-1", "s-1", "bill-1", "m-1", "p", Points(200), EURO.money("2.00"), "id")
    assert redemptions.wire_challenge(request) == redemptions.WireChallenge(
        send_id="s-1", bill_id="bill-1", member_id="m-1", programme_id="p", ceiling="200",
        currency=amounts.wire_currency(EURO), amount="2.00", language="id",
    )  # fmt: skip


def test_a_hold_carries_a_slim_basket_and_the_code_never_shows() -> None:
    request = HoldRequest(
        "r-1", a_bill(), "m-1", "p", Points(200), Points(300), EURO.money("2.00"), 3, 12, "c-1", "a-1",
        OneTimeCode("123456"), "r-0",
    )  # fmt: skip
    wire = redemptions.wire_hold(request)
    assert wire.code == "123456"
    assert "123456" not in repr(wire)
    assert [line.sku for line in wire.basket.lines] == ["BANK CHARGES", "BANK CHARGES"]
    assert b"Gayo" not in message.write(wire)
    assert message.read_request(message.write(wire), redemptions.WireHold) == wire


def test_a_write_refuses_what_its_version_does_not_know_and_an_answer_leaves_it_out() -> None:
    grown = json.loads(receipts.receipt_to_json(a_receipt()))
    grown["loyalty_song"] = "la"
    grown["lines"][0]["aroma"] = {"deep": [1]}
    grown["lines"][0]["override"]["mood"] = None
    data = json.dumps(grown).encode()
    with pytest.raises(message.MessageError, match="unknown field"):
        message.read_request(data, receipts.WireReceipt)
    assert receipts.receipt_from_json(data) == a_receipt()


def test_an_answer_of_the_wrong_shape_is_no_answer() -> None:
    for data in (b"", b"{", b"[]", b'{"bill_id": 1}', b"\xff\xfe", b"[" * 5000):
        with pytest.raises(message.MessageError):
            message.read_answer(data, receipts.WireReceipt)
        with pytest.raises(message.MessageError):
            message.read_request(data, receipts.WireReceipt)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", 5.0),
        ("total", "1e9"),
        ("total", "99999999999999.00"),
        ("bill_id", ""),
        ("bill_id", "x" * 65),
        ("bill_id", "a b"),
        ("shop_name", "nul\x00"),
        ("at", "2026-03-01T12:00:00"),
        ("kind", "gift"),
        ("lines", None),
    ],
)
def test_limits_of_a_write(field: str, value: object) -> None:
    grown = json.loads(receipts.receipt_to_json(a_receipt()))
    grown[field] = value
    with pytest.raises(message.MessageError):
        message.read_request(json.dumps(grown).encode(), receipts.WireReceipt)


def test_a_lone_half_of_a_character_is_no_text() -> None:
    data = receipts.receipt_to_json(a_receipt()).replace(b'"Toko"', b'"\\ud800"')
    with pytest.raises(message.MessageError):
        message.read_request(data, receipts.WireReceipt)


@pytest.mark.parametrize(
    ("field", "value"),
    [("total", "1.234"), ("number", "no number"), ("at", "0001-01-01T00:00:00+14:00")],
)
def test_what_contradicts_itself_is_a_value_error(field: str, value: str) -> None:
    grown = json.loads(receipts.receipt_to_json(a_receipt()))
    grown[field] = value
    with pytest.raises(ValueError, match=r"\S"):
        receipts.receipt_of(message.read_request(json.dumps(grown).encode(), receipts.WireReceipt))


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_points_keep_their_digits(units: int, digits: int) -> None:
    points = Points(units, digits)
    assert amounts.points_of(points.decimal()) == points


def test_codes_pins_and_keys_never_show() -> None:
    secret = "739152"
    for shown in (
        redemptions.WireApproval(staff_id="b", pin=secret, reason="no signal"),
        upkeep.WireAdjustment(member_id="m", programme_id="p", points="1", staff_id="b", pin=secret, reason="r"),
        shop.WireTillEnrolment(code=secret, public_key=secret * 8),
        shop.WireTillToken(
            token=secret,
            till_id="T1",
            till_epoch=1,
            shop=shop.WireShop(
                shop_id="S",
                name="S",
                currency=amounts.wire_currency(EURO),
                country="ID",
                language="id",
                time_zone="Asia/Jakarta",
            ),
        ),
        shop.WireNewTill(staff_id="b", pin=secret),
        shop.WireEnrolmentCode(code=secret, expires_in=600),
        people.WireErasure(staff_id="b", pin=secret, reason="asked"),
        people.WireEnrolment(name="Siti", mobile="+62" + secret, card=secret, consent_at=NOON),
        people.WireFind(by="mobile", text=secret),
    ):
        assert secret not in repr(shown), type(shown)


def test_every_message_has_a_schema() -> None:
    structs = [
        value
        for module in (bill_answers, bills, catalogue, people, receipts, redemptions, refunds, shop, upkeep)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, message.Message) and value is not message.Message
    ]
    _, components = msgspec.json.schema_components(structs, ref_template="#/{name}")
    assert {struct.__name__ for struct in structs} <= set(components)
    assert all(components[struct.__name__].get("additionalProperties") is False for struct in structs)


def test_a_time_with_another_zone_comes_back_as_the_same_moment() -> None:
    assert amounts.moment_of(datetime(2026, 1, 1, tzinfo=UTC)).year == 2026
    with pytest.raises(ValueError, match="1999"):
        amounts.moment_of(datetime(1999, 12, 31, tzinfo=UTC))
