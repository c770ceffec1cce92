from decimal import Decimal

import pytest

from tests.fakes.background import SteppedBackground
from tests.fakes.permits import FakePermits
from tests.till.bench import Bench, shelf
from tukar.domain.money import Quantity
from tukar.domain.people import Action, Right
from tukar.till.bill_work import BillTask, BillWork, BillWorkModel
from tukar.till.line_work import By
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind


class Desk:
    """Two lines on a bill at a till on the bench; it is the view."""

    def __init__(self, *, stepped: bool = False) -> None:
        self.bench = Bench()
        self._stepped = SteppedBackground(self.bench.clock)
        self.till = self.bench.start()
        self.sale, self.permits = self.till.sale, FakePermits()
        self.model = BillWorkModel()
        self.work = BillWork(
            view=self,
            sale=self.sale,
            checkout=self.till.checkout,
            journal=self.bench.journal,
            background=self._stepped if stepped else self.bench.background,
            permits=self.permits,
        )
        self.sale.add(shelf().named("Beras Ramos"), Quantity.of(3))
        self.sale.add(shelf().named("Gula Pasir"), Quantity.of(2))

    def show_bill_work(self, model: BillWorkModel) -> None:
        self.model = model

    def said(self) -> Say | None:
        return None if self.model.notice is None else self.model.notice.say

    def total(self) -> int:
        """Before promotions, which have their own say about dearer and cheaper bills."""
        return self.sale.priced.before.minor

    def lines(self) -> int:
        return len(self.sale.bill.lines)

    def run_all(self) -> None:
        self._stepped.run_all()

    def is_open(self) -> bool:
        return self.model.is_open

    def do(self, text: str = "", reason: str = "Goodwill") -> None:
        self.work.type(text)
        self.work.give_reason(reason)
        self.work.do()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_percent_comes_off_every_line_with_who_and_why(desk: Desk) -> None:
    before = desk.total()
    desk.work.discount()
    desk.work.type("10")
    assert desk.model.after is not None
    assert desk.model.before is not None
    assert desk.model.after < desk.model.before
    assert desk.total() == before
    desk.do("10")
    assert desk.total() == before - before // 10
    for line in desk.sale.bill.lines:
        assert line.discount is not None
        assert (line.discount.percent, line.discount.reason, line.discount.actor) == (Decimal(10), "Goodwill", "sari")


def test_an_amount_is_shared_to_the_last_rupiah_and_undone_as_one(desk: Desk) -> None:
    before = desk.total()
    desk.work.discount()
    desk.work.choose_by(By.AMOUNT)
    desk.do("10001")
    assert desk.total() == before - 10_001
    shares = [line.discount.whole.minor for line in desk.sale.bill.lines if line.discount and line.discount.whole]
    assert sum(shares) == 10_001
    desk.sale.undo()
    assert desk.total() == before


@pytest.mark.parametrize(
    ("by", "text"),
    [
        (By.PERCENT, ""),
        (By.PERCENT, "0"),
        (By.PERCENT, "101"),
        (By.PERCENT, "1.234"),
        (By.PERCENT, "ten"),
        (By.AMOUNT, ""),
        (By.AMOUNT, "999999999"),
    ],
)
def test_what_is_no_discount_cannot_be_given(desk: Desk, by: By, text: str) -> None:
    desk.work.discount()
    desk.work.choose_by(by)
    desk.work.type(text)
    assert not desk.model.can_do


def test_lines_with_a_discount_of_their_own_keep_it(desk: Desk) -> None:
    desk.work.discount()
    desk.do("50")
    half = desk.total()
    desk.work.discount()
    desk.work.type("50")
    assert not desk.model.can_do
    assert desk.total() == half


def test_a_second_person_is_bound_to_bill_amount_and_reason(desk: Desk) -> None:
    desk.permits.rights[Action.DISCOUNT_BILL] = Right.NEEDS_APPROVAL
    before = desk.total()
    desk.work.discount()
    desk.do("5", "Damaged")
    assert desk.permits.asked == [(Action.DISCOUNT_BILL, f"{desk.sale.bill.bill_id} 5% Damaged")]
    assert desk.total() == before
    desk.permits.approve()
    assert desk.total() < before
    given = desk.sale.bill.lines[0].discount
    assert given is not None
    assert (given.actor, given.approver) == ("sari", "hendra")


def test_a_line_goes_with_its_reason_in_the_audit_first(desk: Desk) -> None:
    line = desk.sale.bill.lines[0]
    desk.work.void_line(line.line_id)
    assert desk.model.task is BillTask.VOID_LINE
    desk.do(reason=" ")
    assert desk.said() is Say.DRAWER_REASON
    assert desk.lines() == 2
    desk.do(reason="Wrong price")
    assert desk.lines() == 1
    (deed,) = desk.bench.journal.trail
    assert deed[:3] == ("sari", "void_line", desk.sale.bill.bill_id)
    assert deed[3].endswith("Wrong price")
    assert line.item.sku in deed[3]
    desk.sale.undo()
    assert desk.lines() == 2


def test_a_whole_bill_goes_by_approval_with_its_total_in_the_audit(desk: Desk) -> None:
    desk.permits.rights[Action.VOID_BILL] = Right.NEEDS_APPROVAL
    bill_id, total = desk.sale.bill.bill_id, desk.sale.priced.total.minor
    desk.work.void_bill()
    desk.do(reason="Customer left")
    assert desk.lines() == 2
    desk.permits.approve()
    assert desk.lines() == 0
    assert desk.bench.journal.trail == [("sari", "void_bill", bill_id, f"{total} Customer left (hendra)")]


def test_who_may_not_is_told_and_nothing_goes(desk: Desk) -> None:
    desk.permits.rights[Action.VOID_BILL] = Right.DENIED
    desk.work.void_bill()
    assert (desk.said(), desk.model.can_do) == (Say.NOT_ALLOWED, False)
    desk.do(reason="No")
    assert desk.lines() == 2


def test_a_full_disk_leaves_everything_on_the_bill(desk: Desk) -> None:
    desk.work.void_line(desk.sale.bill.lines[0].line_id)
    desk.bench.journal.trouble = DiskTrouble(DiskTroubleKind.FULL)
    desk.do(reason="Wrong price")
    assert (desk.said(), desk.lines()) == (Say.DISK_FULL, 2)


def test_a_bill_that_went_to_payment_meanwhile_stays() -> None:
    desk = Desk(stepped=True)
    desk.work.void_bill()
    desk.do(reason="Customer left")
    desk.till.checkout.begin_payment()
    desk.run_all()
    assert desk.lines() == 2
    assert not desk.is_open()


def test_a_card_number_is_no_reason(desk: Desk) -> None:
    desk.work.void_bill()
    desk.do(reason="4111 1111 1111 1111")
    assert desk.said() is Say.CARD_NUMBER_TYPED


def test_esc_and_a_line_that_is_gone_close_it(desk: Desk) -> None:
    line_id = desk.sale.bill.lines[0].line_id
    desk.work.void_line(line_id)
    desk.work.close()
    assert not desk.is_open()
    desk.work.void_line(line_id)
    assert desk.is_open()
    desk.sale.remove_line(line_id)
    assert not desk.is_open()
    desk.work.void_line("gone")
    assert not desk.is_open()


def test_an_empty_bill_has_nothing_to_work_on(desk: Desk) -> None:
    desk.till.checkout.abandon()
    desk.work.discount()
    desk.work.void_bill()
    assert not desk.is_open()
