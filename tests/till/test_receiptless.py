import pytest

from tests.fakes.permits import FakePermits
from tests.fakes.shelf import FakeShelf
from tests.till.bench import Bench
from tests.till.return_desk import SARI
from tukar.domain.money import Quantity
from tukar.domain.people import Action, Right
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.tender import PaymentMode
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.receiptless import Receiptless
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.till.receipts import Selling
from tukar.wire.receipts import receipt_from_json, receipt_to_json


class Desk:
    """The real presenter over a journal; ``model`` is what the cashier sees, ``paper`` what is printed."""

    def __init__(self) -> None:
        self.bench = Bench()
        self.till = self.bench.start()
        self.permits = FakePermits()
        self.shelf = FakeShelf()
        self.model = ReceiptlessModel()
        self.paper: list[Receipt] = []
        self.free = True
        self.presenter = Receiptless(
            view=self,
            gear=self.till.gear,
            index=self.shelf,
            sale=self.till.sale,
            permits=self.permits,
            selling=lambda: Selling("TSR", "Toko", "2", 1, SARI, self.till.gear.copies.programme, 1),
            may_open=lambda: self.free,
            saved=self.paper.append,
        )
        self.presenter.open()

    def show_receiptless(self, model: ReceiptlessModel) -> None:
        self.model = model

    def said(self) -> Say | None:
        return None if self.model.notice is None else self.model.notice.say

    def ask(self, text: str = "2*kopi", reason: str = "Damaged") -> None:
        self.presenter.type(text)
        self.presenter.go_on()
        self.presenter.give_reason(reason)
        self.presenter.go_on()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("right", [Right.ALLOWED, Right.NEEDS_APPROVAL])
def test_a_second_person_is_always_asked_and_cash_goes_out(desk: Desk, right: Right) -> None:
    desk.permits.rights[Action.RETURN_WITHOUT_RECEIPT] = right
    desk.ask()
    assert desk.paper == []
    about = desk.permits.about
    assert about is not None
    assert (about.action, about.amount, about.reason) == (Action.RETURN_WITHOUT_RECEIPT, desk.model.money, "Damaged")
    desk.permits.approve()
    (back,) = desk.paper
    (line,) = back.lines
    assert desk.model.money is not None
    assert (back.kind, back.returns, back.reason, back.approver_id) == (ReceiptKind.RETURN, "", "Damaged", "hendra")
    assert (back.total, line.quantity) == (-desk.model.money, -Quantity.of(2))
    assert line.net == line.gross == -line.unit_price.times(Quantity.of(2))
    assert back.untaxed + back.tax == back.total
    assert [tender.mode for tender in back.tenders] == [PaymentMode.CASH]
    assert back.tenders[0].amount.minor < 0
    assert (back.customer, back.points, back.expected_earning) == (None, (), ())
    assert receipt_from_json(receipt_to_json(back)) == back
    assert (desk.model.step, desk.model.saved) == (ReceiptlessStep.DONE, back)
    assert [one.ref for one in desk.bench.journal.outbox.values()] == [back.bill_id]
    desk.presenter.go_on()
    assert not desk.model.is_open


def test_who_may_not_is_told(desk: Desk) -> None:
    desk.permits.rights[Action.RETURN_WITHOUT_RECEIPT] = Right.DENIED
    desk.ask()
    assert desk.said() is Say.NOT_ALLOWED
    assert desk.paper == []


@pytest.mark.parametrize(("reason", "said"), [("  ", Say.REASON_NEEDED), ("4111111111111111", Say.CARD_NUMBER_TYPED)])
def test_a_reason_is_needed_and_no_card_number(desk: Desk, reason: str, said: Say) -> None:
    desk.ask(reason=reason)
    assert desk.said() is said
    assert desk.permits.asked == []


def test_a_word_given_for_other_goods_is_not_good(desk: Desk) -> None:
    desk.ask()
    desk.presenter.more()
    desk.permits.approve()
    assert desk.paper == []
    assert desk.model.step is ReceiptlessStep.CHOOSE


def test_plus_and_minus_alone_count_the_chosen_line(desk: Desk) -> None:
    desk.presenter.type("kopi")
    desk.presenter.go_on()
    for key in ("+", "+", "-"):
        desk.presenter.type(key)
    assert [row.line.quantity for row in desk.model.lines] == [Quantity.of(2)]
    assert desk.model.text == ""
    desk.presenter.fewer()
    desk.presenter.fewer()
    assert (desk.model.lines, desk.model.money, desk.model.can_go_on) == ((), None, False)


def test_scans_join_one_line_and_an_unknown_code_is_said(desk: Desk) -> None:
    code = next(item.barcodes[0] for item in desk.shelf.items if item.barcodes and not item.weighed)
    desk.presenter.scan(code)
    desk.presenter.scan(code)
    assert [row.line.quantity for row in desk.model.lines] == [Quantity.of(2)]
    desk.presenter.scan("0000000000000")
    assert desk.said() is Say.UNKNOWN_ITEM
    assert len(desk.model.lines) == 1


def test_another_hit_is_chosen_and_pieces_are_whole(desk: Desk) -> None:
    desk.presenter.type("kopi")
    desk.presenter.move(1)
    second = desk.model.hits[1].item
    desk.presenter.pick(1)
    assert desk.model.lines[0].line.item == second
    piece = next(item for item in desk.shelf.items if not item.weighed)
    desk.presenter.type(f"0.5*{piece.sku}")
    desk.presenter.go_on()
    assert desk.said() is Say.SOLD_BY_PIECE


def test_escape_empties_the_search_and_then_gives_up(desk: Desk) -> None:
    desk.ask(text="kopi", reason="")
    desk.presenter.type("teh")
    desk.presenter.back()
    assert (desk.model.text, len(desk.model.lines)) == ("", 1)
    desk.presenter.back()
    assert not desk.model.is_open
    desk.free = False
    desk.presenter.open()
    assert not desk.model.is_open


def test_what_the_disk_refused_is_saved_once_with_the_next_word(desk: Desk) -> None:
    desk.ask()
    desk.bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    desk.permits.approve()
    assert desk.said() is Say.BILL_NOT_SAVED_DISK
    assert desk.paper == []
    desk.bench.journal.trouble = None
    desk.presenter.go_on()
    desk.permits.approve()
    assert len(desk.paper) == len(desk.bench.journal.recent_receipts()) == 1
