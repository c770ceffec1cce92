from tests.till.counter import open_counter
from tukar.till.notices import Say
from tukar.till.ports import PrinterState


def test_it_shows_how_the_till_stands_in_the_shops_own_time() -> None:
    counter = open_counter()
    counter.line.heard()
    counter.status.open(shop="Toko", till="2")
    counter.background.run_all()
    model = counter.views.status[-1]
    assert (model.shop, model.till, model.online, model.waiting) == ("Toko", "2", True, 0)
    assert (model.now.hour, model.now.minute) == (16, 0), "9.00 in Greenwich is 16.00 in Jakarta"


def test_a_lost_line_says_what_still_works_and_comes_back() -> None:
    counter = open_counter()
    counter.status.open(shop="Toko", till="2")
    counter.line.heard()
    counter.line.lost()
    assert counter.views.status[-1].notice is not None
    assert counter.views.status[-1].notice.say is Say.OFFLINE_SELLING
    counter.line.heard()
    assert counter.views.status[-1].notice is None


def test_printer_and_outbox_are_looked_after() -> None:
    counter = open_counter()
    counter.status.open(shop="Toko", till="2")
    counter.background.run_all()
    counter.printer.answers = PrinterState.OUT_OF_PAPER
    counter.background.advance(6)
    counter.background.run_all()
    assert counter.views.status[-1].printer is PrinterState.OUT_OF_PAPER


def test_what_did_not_change_is_not_shown_again() -> None:
    counter = open_counter()
    counter.status.open(shop="Toko", till="2")
    counter.background.run_all()
    shown = len(counter.views.status)
    counter.background.advance(20)
    counter.background.run_all()
    assert len(counter.views.status) == shown
    counter.background.advance(60)
    counter.background.run_all()
    assert len(counter.views.status) == shown + 1


def test_the_cashier_is_named() -> None:
    counter = open_counter()
    counter.status.open(shop="Toko", till="2")
    counter.status.sign_in("Sari Wulandari")
    assert counter.views.status[-1].cashier == "Sari Wulandari"
