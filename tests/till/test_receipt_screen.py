from tests.till.pay_desk import PayDesk
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Say
from tukar.till.ports import PrinterState


def saved(*, printer: PrinterState = PrinterState.READY) -> PayDesk:
    desk = PayDesk()
    desk.bench.printer.answers = printer
    desk.paying.begin()
    desk.paying.go_on()
    return desk


def test_the_saved_bill_is_shown_and_the_next_customer_is_one_key_away() -> None:
    desk = saved()
    assert desk.printed() is PrinterState.READY
    desk.receipts.next_sale()
    assert desk.screens.receipt.receipt is None
    assert desk.till.stands() is CheckoutState.SELLING
    desk.receipts.next_sale()
    assert desk.till.stands() is CheckoutState.SELLING


def test_a_second_print_is_a_copy() -> None:
    desk = saved()
    desk.receipts.print_again()
    assert [copy for _, copy in desk.bench.printer.printed] == [False, True]


def test_a_print_after_a_failed_one_is_no_copy_and_trouble_is_told() -> None:
    desk = saved(printer=PrinterState.OUT_OF_PAPER)
    desk.receipts.print_again()
    assert desk.screens.receipt.notice is not None
    assert desk.screens.receipt.notice.say is Say.PRINTER_PAPER
    desk.bench.printer.answers = PrinterState.READY
    desk.receipts.print_again()
    assert [copy for _, copy in desk.bench.printer.printed] == [False]


def test_the_pdf_is_written_and_said_where() -> None:
    desk = saved()
    desk.receipts.save_pdf()
    assert desk.screens.receipt.file is not None
    assert desk.screens.receipt.file.suffix == ".pdf"
    assert not desk.screens.receipt.busy


def test_a_disk_that_takes_no_pdf_is_told_and_the_bill_stays() -> None:
    desk = saved()
    desk.receipts.save_pdf()
    desk.receipts.save_pdf()
    assert desk.screens.receipt.notice is not None
    assert desk.screens.receipt.notice.say is Say.DISK_FAILED
    assert desk.screens.receipt.receipt is not None
