"""What the contract suite asks of every backend: holds, codes and receipts for Sari and her 500 points."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from tests.fakes.shop import COFFEE, IDR, POINTS, bill
from tests.loyalty.conftest import Subject
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
from tukar.domain.redemption import ChallengeRequest, HoldAnswer, HoldRequest, OneTimeCode, Refusal
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.ports import Otp, Refused

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
