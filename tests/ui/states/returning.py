"""The sheets for goods that come back, with and without a receipt."""

from dataclasses import replace
from typing import Final

from tests.ui import reference as ref
from tests.ui.states.selling import sell
from tests.ui.till_samples import CARD, receipt, rupiah, tender
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Hit
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.till.return_receipt import PointsBack
from tukar.till.returning_model import ReturnLine, ReturnModel, ReturnStep
from tukar.ui.main_window import MainWindow


def _back(model: ReturnModel, window: MainWindow) -> None:
    sell(window)
    window.returns.show_return(ReturnModel(ReturnStep.FIND, text="2-000317"))
    window.returns.show_return(model)


def return_find(window: MainWindow) -> None:
    notice = Notice(Say.RECEIPT_NOT_FOUND, Level.WARN)
    _back(ReturnModel(ReturnStep.FIND, text="2-000999", notice=notice), window)


def _chosen() -> ReturnModel:
    sale = receipt()
    lines = tuple(
        ReturnLine(line, line.quantity.thousandths, line.quantity.thousandths if place < 2 else 0, line.net)
        for place, line in enumerate(sale.lines)
    )
    gone = replace(lines[-1], left=0, back=0)
    money = sum((line.money for line in lines[:2]), rupiah(0))
    return ReturnModel(ReturnStep.CHOOSE, sale=sale, lines=(*lines[:-1], gone), chosen=1, money=money)


def receiptless(window: MainWindow) -> None:
    sell(window)
    lines = ref.rows()
    model = ReceiptlessModel(ReceiptlessStep.CHOOSE, lines=lines, chosen=1, money=rupiah(1_234_500), reason="Damaged")
    window.receiptless.show_receiptless(replace(model, notice=Notice(Say.CARD_NUMBER_TYPED, Level.WARN)))


def receiptless_found(window: MainWindow) -> None:
    hits = tuple(Hit(line.line.item) for line in ref.rows())
    receiptless(window)
    window.receiptless.show_receiptless(ReceiptlessModel(ReceiptlessStep.CHOOSE, text="kopi", hits=hits, chosen=0))


def receiptless_done(window: MainWindow) -> None:
    receiptless(window)
    money = rupiah(1_234_500)
    window.receiptless.show_receiptless(ReceiptlessModel(ReceiptlessStep.DONE, money=money, saved=receipt()))


def return_choose(window: MainWindow) -> None:
    _back(replace(_chosen(), reason="Damaged", notice=Notice(Say.TOO_MUCH_RETURNED, Level.WARN)), window)


def agreed() -> ReturnModel:
    """Points go both ways, and some of those earned were spent meanwhile."""
    points = PointsBack(LocalName("Points", {"id": "Poin"}), Points(200), Points(34), Points(12))
    notice = Notice(Say.REFUND_DECLINED, Level.WARN, money=rupiah(100_000))
    return replace(
        _chosen(), step=ReturnStep.AGREED, points=(points,), reduced_by=rupiah(1_200), cards=(CARD,), card=0,
        can_exchange=True, notice=notice,
    )  # fmt: skip


def return_agreed(window: MainWindow) -> None:
    _back(agreed(), window)


def return_unsure(window: MainWindow) -> None:
    _back(replace(_chosen(), step=ReturnStep.UNSURE, notice=Notice(Say.OFFLINE_RETURN, Level.WARN)), window)


def return_done(window: MainWindow) -> None:
    saved_ = replace(receipt(), tenders=(tender(),))
    _back(replace(_chosen(), step=ReturnStep.DONE, saved=saved_), window)


STATES: Final = (
    return_find,
    return_choose,
    return_agreed,
    return_unsure,
    return_done,
    receiptless,
    receiptless_found,
    receiptless_done,
)
