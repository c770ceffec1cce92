"""What must hold at a till and its backend whatever a monkey did (redemption.md, "Invariants")."""

from collections.abc import Iterator

from tests.monkey.till import MonkeyTill
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.tender import PaymentMode, settled_by
from tukar.local import doctor
from tukar.local.doctor import Weight
from tukar.till.checkout_model import CheckoutState

_BY_MACHINE = (PaymentMode.CARD, PaymentMode.QR)


def during(till: MonkeyTill) -> Iterator[str]:
    """At any moment: what is shown is what stands, and every bill adds up."""
    sale, window = till.counter.sale, till.front.window
    priced = sale.priced
    if priced.goods_total != priced.before - priced.discount:
        yield f"I10: {priced.before} less {priced.discount} is not {priced.goods_total}"
    if priced.total.minor < 0 and all(line.gross.minor >= 0 for line in priced.lines):
        yield f"I10: a bill of {priced.total}"
    shown = len(window.sale.bill.lines.rows)
    if window.sale.isVisible() and shown != len(priced.lines) + len(priced.free_lines):
        yield f"{shown} lines are shown, the bill has {len(priced.lines)} and {len(priced.free_lines)} on top"
    if till.counter.checkout.state is CheckoutState.SELLING and till.counter.checkout.model.code is not None:
        yield "a code is waited for while selling"


def at_rest(till: MonkeyTill) -> Iterator[str]:
    """Once the line is there and everything has been sent."""
    yield from (f"backend: {finding}" for finding in till.shop.findings())
    for finding in doctor.examine(till.journal, till.folder):
        if finding.weight is not Weight.WAITS:
            yield f"till: {finding.rule} {finding.ref} {finding.words}"
    receipts = till.journal.recent_receipts(100_000)
    yield from _numbers(receipts)
    for receipt in receipts:
        yield from _sums(receipt)
    yield from _bank(till, receipts)
    if till.journal.waiting_count():
        yield f"I8: {till.journal.waiting_count()} messages wait though the line is there"


def _numbers(receipts: tuple[Receipt, ...]) -> Iterator[str]:
    numbers = sorted(receipt.number.n for receipt in receipts)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"I5: the numbers are not without a gap: {numbers[:5]} … {numbers[-5:]}"


def _sums(receipt: Receipt) -> Iterator[str]:
    if settled_by(receipt.tenders, receipt.total) != receipt.total:
        yield f"I10: {receipt.number} comes to {receipt.total}, paid is {settled_by(receipt.tenders, receipt.total)}"
    if receipt.kind is ReceiptKind.SALE and any(tender.amount.minor < 0 for tender in receipt.tenders):
        yield f"I10: {receipt.number} pays money out"


def _bank(till: MonkeyTill, receipts: tuple[Receipt, ...]) -> Iterator[str]:
    """I15: what the bank took stands on a bill, on the bill in hand, or is an item for the manager."""
    shown: dict[str, int] = {}
    for receipt in receipts:
        for tender in receipt.tenders:
            if tender.mode in _BY_MACHINE:
                shown[tender.reference] = shown.get(tender.reference, 0) + tender.amount.minor
    for tender in till.counter.checkout.model.tenders:
        if tender.mode in _BY_MACHINE:
            shown[tender.reference] = shown.get(tender.reference, 0) + tender.amount.minor
    story = " ".join(item.story for item in till.journal.review_items())
    for reference, taken in till.bank.taken().items():
        if shown.get(reference, 0) != taken.minor and reference not in story:
            yield f"I15: the bank took {taken} under {reference}, bills show {shown.get(reference, 0)}"
    for reference, amount in shown.items():
        left = till.bank.taken().get(reference)
        if amount and (left is None or left.minor != amount) and reference not in story:
            yield f"I15: bills show {amount} under {reference}, the bank took {left}"
