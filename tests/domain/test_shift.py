from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.shifts import NINE, RUPIAH, a_shift, an_open_shift, rupiah
from tukar.domain.bill import OfferKey
from tukar.domain.money import Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.pricing.result import TaxAmount
from tukar.domain.receipt import Receipt, ReceiptDiscount, ReceiptKind, ReceiptLine, ReceiptNumber, ReceiptPoints
from tukar.domain.shift import CashMovement, Counted, MovementKind, report_of
from tukar.domain.tender import PaymentMode, Tender

PPN = (Decimal(11),)


def tender(mode: PaymentMode, amount: int, rounding: int = 0) -> Tender:
    money = rupiah(amount)
    return Tender(f"{mode}-{amount}", mode, money, money, NINE, rounding=rupiah(rounding) if rounding else None)


def a_line(net: int, off: int = 0, seller: str = "") -> ReceiptLine:
    discounts = (ReceiptDiscount(OfferKey("coffee"), LocalName("Coffee"), rupiah(off)),) if off else ()
    gross = rupiah(net + off)
    price = UnitPrice.of(gross)
    return ReceiptLine(
        "line", "SOAP", "Soap", Quantity.of(1), price, gross, rupiah(net), discounts, salesperson_id=seller
    )


def a_receipt(n: int, *lines: ReceiptLine, tenders: tuple[Tender, ...] = (), seller: str = "") -> Receipt:
    """A sale, or a return where its lines are below zero."""
    total = RUPIAH.total(line.net for line in lines)
    before = RUPIAH.total(line.gross for line in lines)
    tax = Money(total.minor // 10, RUPIAH)
    return Receipt(
        bill_id=f"bill-{n}",
        number=ReceiptNumber("TSR", "2", 1, n),
        kind=ReceiptKind.SALE if total.minor >= 0 else ReceiptKind.RETURN,
        currency=RUPIAH,
        shop_name="Toko",
        cashier_id="sari",
        cashier_name="Sari",
        at=NINE,
        lines=lines,
        before=before,
        discount=before - total,
        total=total,
        untaxed=total - tax,
        tax=tax,
        taxes=(TaxAmount("ppn", "PPN", PPN, included=True, base=total - tax, amount=tax),),
        tenders=tenders or (tender(PaymentMode.CASH, total.minor),),
        salesperson_id=seller,
        salesperson_name="Made" if seller else "",
    )


def test_a_shift_that_sold_nothing_holds_its_float() -> None:
    report = report_of(an_open_shift(), ())
    assert (report.sales, report.turnover, report.cash) == (0, rupiah(0), rupiah(200_000))
    assert (report.first_number, report.tenders, report.sellers) == ("", (), ())


def test_the_drawer_holds_float_movements_and_cash_but_no_cards() -> None:
    moves = (
        CashMovement("a", MovementKind.PAY_IN, rupiah(50_000), "Change", NINE, "sari"),
        CashMovement("b", MovementKind.PAY_OUT, rupiah(15_000), "Ice", NINE, "sari"),
    )
    split = (tender(PaymentMode.CASH, 30_000), tender(PaymentMode.CARD, 20_000))
    report = report_of(
        replace(an_open_shift(), movements=moves),
        [a_receipt(1, a_line(50_000), tenders=split), a_receipt(2, a_line(-10_000))],
        openings=2,
    )
    assert report.cash == rupiah(200_000 + 50_000 - 15_000 + 30_000 - 10_000)
    assert [(one.mode, one.times, one.amount.minor) for one in report.tenders] == [
        (PaymentMode.CASH, 2, 20_000), (PaymentMode.CARD, 1, 20_000),
    ]  # fmt: skip
    assert (report.sales, report.sold, report.refunds, report.refunded) == (1, rupiah(50_000), 1, rupiah(10_000))
    assert (report.turnover, report.openings) == (rupiah(40_000), 2)
    assert (report.first_number, report.last_number) == ("2-000001", "2-000002")


def test_cash_rounding_is_counted_beside_the_cash() -> None:
    report = report_of(an_open_shift(), [a_receipt(1, a_line(9_960), tenders=(tender(PaymentMode.CASH, 10_000, 40),))])
    assert (report.cash, report.rounding, report.sold) == (rupiah(210_000), rupiah(40), rupiah(9_960))


def test_tax_promotions_and_points_add_up_over_bills() -> None:
    poin = ReceiptPoints("poin", LocalName("Poin"), Points(10), Points(5), Points(2))
    receipts = [
        replace(a_receipt(1, a_line(9_000, 1_000), a_line(4_000, 500)), points=(poin,)),
        replace(a_receipt(2, a_line(9_000, 1_000)), points=(poin,)),
    ]
    report = report_of(an_open_shift(), receipts)
    assert [(one.rule_id, one.bills, one.amount.minor) for one in report.promotions] == [("coffee", 2, 2_500)]
    assert report.discount == rupiah(2_500)
    assert [(one.name, one.rates, one.amount.minor) for one in report.taxes] == [("PPN", PPN, 2_200)]
    assert [(one.spent, one.earned) for one in report.points] == [(Points(10), Points(4))]


def test_a_line_counts_for_its_own_salesperson_else_for_the_bills() -> None:
    receipts = [a_receipt(1, a_line(6_000, seller="SP2"), a_line(4_000), seller="SP1"), a_receipt(2, a_line(1_000))]
    report = report_of(an_open_shift(), receipts, sellers={"SP2": "Agus"})
    assert [(one.salesperson_id, one.name, one.bills, one.amount.minor) for one in report.sellers] == [
        ("SP2", "Agus", 1, 6_000), ("SP1", "Made", 1, 4_000), ("", "", 1, 1_000),
    ]  # fmt: skip


def test_practice_counts_for_nothing() -> None:
    practised = replace(a_receipt(1, a_line(50_000)), training=True)
    assert report_of(an_open_shift(), [practised]) == report_of(an_open_shift(), ())


def test_the_difference_is_what_was_counted_less_what_should_be_there() -> None:
    closing = a_shift().closing
    assert closing is not None
    assert (closing.in_drawer, closing.difference) == (rupiah(279_500), rupiah(-500))


@pytest.mark.parametrize("amount", [0, -1])
def test_no_movement_is_nothing_or_less(amount: int) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        CashMovement("a", MovementKind.PAY_IN, rupiah(amount), "", NINE, "sari")


def test_values_that_make_no_sense_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        Counted(rupiah(500), -1)
    with pytest.raises(ValueError, match="float"):
        replace(an_open_shift(), opening_float=rupiah(-1))
    with pytest.raises(ValueError, match="zone"):
        replace(an_open_shift(), opened_at=NINE.replace(tzinfo=None))


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.sampled_from(("", "SP1", "SP2"))), max_size=12))
def test_every_way_of_adding_up_gives_the_turnover(sales: list[tuple[int, str]]) -> None:
    receipts = [a_receipt(n, a_line(net), seller=seller) for n, (net, seller) in enumerate(sales, start=1)]
    report = report_of(an_open_shift(), receipts)
    turnover = sum(net for net, _ in sales)
    assert report.turnover.minor == turnover
    assert sum(one.amount.minor for one in report.sellers) == turnover
    assert sum(one.amount.minor for one in report.tenders) == turnover
    assert report.cash.minor == 200_000 + turnover
