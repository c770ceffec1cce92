"""The sheets over the sale window that the sale itself does not open."""

from dataclasses import replace
from typing import Final

from tests.ui import reference as ref
from tests.ui.pictures import fill
from tests.ui.till_samples import STAFF, receipt, rupiah
from tukar.domain.money import Quantity
from tukar.domain.people import Action, Right
from tukar.till.approving import ApprovalModel
from tukar.till.asking_afar import AfarModel, AfarState
from tukar.till.bill_words import BillWordsModel
from tukar.till.bill_work import BillTask, BillWorkModel
from tukar.till.checkout_model import ExchangeView, GoodsBack
from tukar.till.held_shelf import HeldBill
from tukar.till.holding import HoldingModel
from tukar.till.key_settings import KeySettingsModel, ScanMeasure
from tukar.till.keys import Command
from tukar.till.navigation import Place, PlaceModel
from tukar.till.no_sale import NoSaleModel
from tukar.till.notices import Level, Notice, Say
from tukar.till.reprinting import ReprintModel
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.main_window import MainWindow


def approval_afar(window: MainWindow) -> None:
    sell(window)
    afar = AfarModel(AfarState.WAITING, seconds=43)
    window.approval.show_approval(ApprovalModel(True, Action.DISCOUNT_LINE, STAFF[-1:], 0, afar=afar))


def sell(window: MainWindow) -> None:
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    fill(window.sale)


def more(window: MainWindow) -> None:
    sell(window)
    window.more.offer()


def reprint(window: MainWindow) -> None:
    sell(window)
    one = receipt()
    many = tuple(replace(one, number=replace(one.number, n=one.number.n - place)) for place in range(12))
    notice = Notice(Say.PRINTER_PAPER, Level.WARN)
    window.reprint.show_reprint(ReprintModel(True, many, 2, notice=notice))


def no_sale(window: MainWindow) -> None:
    sell(window)
    window.no_sale.show_no_sale(NoSaleModel(True, "Change money", needs_second=True))


def _bill_work(window: MainWindow, model: BillWorkModel) -> None:
    sell(window)
    sheet = window.findChild(BillSheet)
    assert isinstance(sheet, BillSheet)
    sheet.show_bill_work(model)
    sheet.percent.set_text(model.text)


def bill_discount(window: MainWindow) -> None:
    _bill_work(
        window,
        BillWorkModel(
            BillTask.DISCOUNT, text="10", reason="", before=rupiah(173_500), after=rupiah(156_150),
            right=Right.NEEDS_APPROVAL, can_do=True,
        ),
    )  # fmt: skip


def bill_void(window: MainWindow) -> None:
    _bill_work(
        window,
        BillWorkModel(
            BillTask.VOID_BILL, before=rupiah(173_500), after=rupiah(0), right=Right.NEEDS_APPROVAL, can_do=True
        ),
    )


def exchanging(window: MainWindow) -> None:
    sell(window)
    goods = (
        GoodsBack("Beras Ramos 5 kg", Quantity.of(1), ref.rp(74_500)),
        GoodsBack("Minyak Goreng Bimoli 1 L", Quantity.of(2), ref.rp(43_000)),
    )
    exchange = ExchangeView("2-000301", ref.rp(117_500), ref.rp(0), goods=goods)
    window.sale.show_bill(replace(ref.BILL, exchange=exchange, note="Kirim ke Jl. Braga 12", buyer=".000"))


def bill_words(window: MainWindow) -> None:
    sell(window)
    sheet = window.findChild(BillWordsSheet)
    assert isinstance(sheet, BillWordsSheet)
    wrong = Notice(Say.TAX_NUMBER_LENGTH, Level.WARN, text="NPWP")
    sheet.show_bill_words(BillWordsModel(True, "Kirim ke Jl. Braga 12", "01.234.567.8", "NPWP", wrong))


def keys(window: MainWindow) -> None:
    sell(window)
    sheet = window.findChild(KeysSheet)
    assert isinstance(sheet, KeysSheet)
    measure = ScanMeasure(13, 38.0)
    sheet.show_keys(KeySettingsModel(is_open=True, taken_by=Command.SEARCH, measure=measure, suggested=50))


def _held(window: MainWindow, model: HoldingModel) -> None:
    sell(window)
    sheet = window.findChild(HeldSheet)
    assert isinstance(sheet, HeldSheet)
    sheet.show_holding(model)


def _bill_aside(n: int, name: str = "", leased_to: str = "") -> HeldBill:
    at = receipt().at.replace(minute=n)
    return HeldBill(f"h-{n}", f"b-{n}", name, n, rupiah(18_500 * n), at, str(n % 3 + 1), "Sari Wulandari", leased_to)


def held(window: MainWindow) -> None:
    bills = (
        _bill_aside(12, "Raden Ajeng Kartika Sari Dewi Kusumaningrum", "3"),
        _bill_aside(4),
        _bill_aside(2, "Dewi"),
    )
    _held(window, HoldingModel(is_open=True, bills=bills, chosen=0, everywhere=True, till_id="2"))


def held_offline(window: MainWindow) -> None:
    notice = Notice(Say.OFFLINE_HELD, Level.WARN)
    bills = tuple(_bill_aside(n) for n in range(1, 10))
    _held(window, HoldingModel(is_open=True, bills=bills, chosen=2, all_tills=False, till_id="2", notice=notice))


STATES: Final = (
    approval_afar,
    held,
    held_offline,
    bill_discount,
    bill_void,
    exchanging,
    bill_words,
    keys,
    more,
    reprint,
    no_sale,
)
