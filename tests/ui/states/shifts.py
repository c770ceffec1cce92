"""The shift sheet in its states, and a report for it."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from tests.fakes.shifts import FIVE, a_shift, an_open_shift
from tests.ui.pictures import fill
from tests.ui.till_samples import IDR, STAFF, rupiah
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.shift import (
    Counted,
    PointsTotal,
    PromotionTotal,
    SellerTotal,
    ShiftReport,
    TaxTotal,
    TenderTotal,
    denominations,
)
from tukar.domain.tender import PaymentMode
from tukar.till.navigation import Place, PlaceModel
from tukar.till.ports import ShiftPaper
from tukar.till.shift_screen import LeftBill, ShiftModel, ShiftStep
from tukar.ui.main_window import MainWindow
from tukar.ui.shift_sheet import ShiftSheet

NAMES = {member.staff_id: member.name for member in STAFF}
SHIFT = replace(an_open_shift(), movements=a_shift().movements)
SHIFT_REPORT = ShiftReport(
    sales=42, sold=rupiah(3_481_500), refunds=1, refunded=rupiah(35_000), discount=rupiah(127_500),
    rounding=rupiah(-150), cash=rupiah(1_874_350), openings=2, first_number="2-000317", last_number="2-000359",
    tenders=(
        TenderTotal(PaymentMode.CASH, 29, rupiah(1_689_350)),
        TenderTotal(PaymentMode.CARD, 9, rupiah(1_322_000)),
        TenderTotal(PaymentMode.QR, 5, rupiah(435_000)),
    ),
    taxes=(TaxTotal("PPN", (Decimal(11),), included=True, base=rupiah(2_410_000), amount=rupiah(265_100)),),
    promotions=(
        PromotionTotal("a", LocalName("Points as a promotion", {"id": "Poin jadi promosi"}), 4, rupiah(80_000)),
        PromotionTotal("b", LocalName("Borong Mi"), 9, rupiah(47_500)),
    ),
    points=(PointsTotal("poin", LocalName("Points", {"id": "Poin"}), Points(800), Points(341)),),
    sellers=(SellerTotal("SP1", "Rizky Pratama", 30, rupiah(2_600_000)), SellerTotal("", "", 12, rupiah(846_500))),
)  # fmt: skip


def _shift(window: MainWindow, model: ShiftModel) -> None:
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    fill(window.sale)
    sheet = window.findChild(ShiftSheet)
    assert isinstance(sheet, ShiftSheet)
    sheet.show_shift(model)


def shift_opening(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OPENING, must=True, digits="200000"))


def shift_so_far(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OVERVIEW, shift=SHIFT, paper=ShiftPaper(SHIFT, SHIFT_REPORT, FIVE, NAMES)))


def shift_blind(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OVERVIEW, shift=SHIFT))


def shift_pay_out(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.PAY_OUT, shift=SHIFT, digits="15000", needs_second=True))


def shift_count(window: MainWindow) -> None:
    pieces = (1, 2, 0, 5, 3, 10, 0, 8, 12, 4)
    counted = tuple(Counted(value, many) for value, many in zip(denominations(IDR), pieces, strict=True))
    held = (LeftBill("Dewi Lestari", 3), LeftBill("", 1))
    _shift(window, ShiftModel(ShiftStep.COUNT, shift=SHIFT, counted=counted, held=held, unsent=2))


def shift_closed(window: MainWindow) -> None:
    closed = a_shift()
    assert closed.closing is not None
    report = replace(SHIFT_REPORT, cash=closed.closing.report.cash)
    shift = replace(closed, closing=replace(closed.closing, report=report))
    _shift(window, ShiftModel(ShiftStep.CLOSED, shift=shift, paper=ShiftPaper(shift, report, FIVE, NAMES)))


STATES: Final = (shift_opening, shift_so_far, shift_blind, shift_pay_out, shift_count, shift_closed)
