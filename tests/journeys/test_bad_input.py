"""Bad input gets words, and nothing is lost: the sentence on the screen, the bill in hand and the journal as before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import Seat
from tukar.bootstrap.counter import Counter, Ports
from tukar.domain.bill import Bill
from tukar.domain.points import Points
from tukar.domain.pricing import CodeBalance
from tukar.domain.redemption import Counted, Refusal
from tukar.till.checkout_model import CheckoutState
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable

pytestmark = [pytest.mark.journey, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

FITRI, MAYA = "085861124790", "082116670838"


@dataclass
class Troubled:
    """A port that works until a test names a method and what it raises, or how its answer is changed on the way."""

    inside: object
    troubles: dict[str, Exception] = field(default_factory=dict)
    changed: dict[str, Callable[[Any], object]] = field(default_factory=dict)

    def __getattr__(self, method: str) -> Any:
        if method in self.changed:
            return lambda *arguments: self.changed[method](getattr(self.inside, method)(*arguments))
        if method in self.troubles:

            def fails(*_arguments: object) -> None:
                raise self.troubles[method]

            return fails
        return getattr(self.inside, method)


@dataclass
class Desk:
    """A signed-in till whose backend and disk can be given troubles."""

    seat: Seat
    backend: Troubled
    journal: Troubled

    @property
    def counter(self) -> Counter:
        counter = self.seat.demo.program.counter
        assert counter is not None
        return counter

    @property
    def bill(self) -> Bill:
        return self.counter.sale.bill

    @property
    def journalled(self) -> tuple[int, int]:
        """How many bills are saved and how many messages wait."""
        journal = self.seat.demo.program.journal
        assert journal is not None
        return len(journal.recent_receipts()), journal.waiting_count()

    def read(self, words: str) -> None:
        self.seat.until(lambda: self.seat.reads(words), f"{words!r}; there is {sorted(self.seat.words())}")

    def clear(self) -> None:
        """Back to an empty bill, whatever the test left."""
        self.backend.troubles.clear()
        self.backend.changed.clear()
        self.journal.troubles.clear()
        for _ in range(3):
            self.seat.press("Escape")
        front = self.seat.demo.program.front
        assert front is not None
        checkout = self.counter.checkout
        if checkout.state is CheckoutState.CODE:
            checkout.cancel_code()
        if checkout.state is CheckoutState.UNSURE:
            checkout.cancel_ask()
        if checkout.state is CheckoutState.PAYING:
            checkout.back_to_bill()
        for presenter in (front.presenters.sale.customers, front.presenters.sale.promoting):
            presenter.close()
        front.window.question.close_sheet()
        checkout.abandon()
        self.seat.until(lambda: self.bill.is_empty and checkout.state is CheckoutState.SELLING, "an empty bill")


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    ports_seen: list[Ports] = []

    def change(ports: Ports) -> Ports:
        troubled = replace(
            ports, backend=cast("Any", Troubled(ports.backend)), journal=cast("Any", Troubled(ports.journal))
        )
        ports_seen.append(troubled)
        return troubled

    seat = Seat(tmp_path_factory.mktemp("bad-input") / "demo", change_ports=change)
    seat.sign_in()
    ports = ports_seen[0]
    yield Desk(seat, cast("Any", ports.backend), cast("Any", ports.journal))
    seat.leave()


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    yield opened
    opened.clear()


def search_customer(desk: Desk, number: str) -> None:
    desk.seat.press("F3")
    desk.seat.until(desk.seat.window.sale.customers.isVisible, "the customer sheet")
    desk.seat.type(number)
    desk.seat.press("Return")


def unchanged(desk: Desk, act: Callable[[], None], words: str) -> None:
    """``act`` ends in ``words`` on the screen, with the bill and the journal as they were."""
    bill, journalled = desk.bill, desk.journalled
    act()
    desk.read(words)
    assert desk.bill == bill
    assert desk.journalled == journalled


def test_an_unknown_barcode(desk: Desk) -> None:
    desk.seat.item("beras ramos")

    def scan() -> None:
        desk.seat.press("F2")
        desk.seat.type("4006381333931")
        desk.seat.press("Return")

    unchanged(desk, scan, "4006381333931")


def enter_voucher(desk: Desk, code: str) -> None:
    front = desk.seat.demo.program.front
    assert front is not None
    front.presenters.sale.promoting.open()
    desk.seat.until(desk.seat.window.sale.promotions.isVisible, "the promotions")
    front.presenters.sale.promoting.enter_code(code)


def test_a_voucher_that_neither_till_nor_backend_knows(desk: Desk) -> None:
    desk.seat.item("beras ramos")
    unchanged(desk, lambda: enter_voucher(desk, "NOPE7"), "NOPE7")


def test_a_voucher_that_only_the_backend_knows_comes_off_the_bill(desk: Desk) -> None:
    """A coupon that an earlier bill left, perhaps at another till, stands in no rule: the backend is asked for it."""
    left = Counted(cards={"77001234": CodeBalance("voucher-ultah", Fraction(1))})
    desk.backend.changed["quote"] = lambda answer: replace(answer, counted=left)
    for goods in ("beras ramos", "gula pasir"):
        desk.seat.item(goods)
    before = desk.counter.sale.priced.total
    enter_voucher(desk, "77001234")
    front = desk.seat.demo.program.front
    assert front is not None
    sheet = desk.seat.window.sale.promotions
    desk.seat.until(lambda: desk.seat.reads("12.000"), f"what the voucher takes off; there is {desk.seat.words()}")
    front.presenters.sale.promoting.apply()
    desk.seat.until(lambda: not sheet.isVisible(), "the voucher on the bill")
    assert desk.bill.codes == ("77001234",)
    assert (before - desk.counter.sale.priced.total).minor == 12_000


@pytest.mark.parametrize(
    ("number", "words"),
    [("0812", "too short"), ("02112345678", "mobile number"), ("+4915112345678", "from abroad (+49)")],
)
def test_a_number_that_is_no_mobile_number_here(desk: Desk, number: str, words: str) -> None:
    desk.seat.item("beras ramos")
    unchanged(desk, lambda: search_customer(desk, number), words)


def test_a_customer_nobody_knows_is_offered_to_be_enrolled(desk: Desk) -> None:
    desk.seat.item("beras ramos")
    unchanged(desk, lambda: search_customer(desk, "081200000001"), "Enrol")


def test_no_line_while_looking_for_a_customer(desk: Desk) -> None:
    desk.seat.item("beras ramos")
    desk.backend.troubles["find_members"] = Unreachable(Trouble.NO_CONNECTION, sent=False)
    unchanged(desk, lambda: search_customer(desk, FITRI), "No line, so nobody can be looked up. Selling works")


def test_an_answer_that_makes_no_sense(desk: Desk) -> None:
    desk.seat.item("beras ramos")
    desk.backend.troubles["find_members"] = Unreachable(Trouble.BROKEN_ANSWER)
    unchanged(desk, lambda: search_customer(desk, FITRI), "makes no sense. Selling works")


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (Refused(Refusal.WRONG_CODE, tries_left=3), "That code is not right. Type it again or send a new one."),
        (Refused(Refusal.CODE_EXPIRED), "That code has run out. Send a new one."),
        (Refused(Refusal.CODE_LOCKED), "Too many wrong codes."),
        (Refused(Refusal.INSUFFICIENT, points=Points(30)), "Points were spent elsewhere, 30 are left"),
        (Refused(Refusal.RULES_CHANGED), "The promotions have changed."),
        (Refused(Refusal.REVOKED), "This till was signed off by the shop. Call the manager."),
    ],
)
def test_a_hold_that_is_refused(desk: Desk, refused: Refused, words: str) -> None:
    seat = desk.seat
    seat.customer(FITRI)
    seat.item("beras ramos")
    seat.pay()
    lines, journalled = desk.bill.lines, desk.journalled
    desk.backend.troubles["hold"] = refused
    sheet, rang = seat.window.redeem, len(seat.demo.phone.texts)
    seat.press("F8")
    seat.until(lambda: sheet.isVisible() and sheet.next.is_next, "points to redeem")
    seat.press("Return")
    seat.until(lambda: len(seat.demo.phone.texts) > rang and sheet.code.isEnabled(), "the code on the phone")
    seat.type(seat.code())
    seat.press("Return")
    desk.read(words)
    assert desk.bill.lines == lines
    assert desk.journalled[0] == journalled[0], "nothing was saved"
    assert desk.counter.checkout.model.tenders == ()


def test_points_that_nobody_answers_for_are_never_taken_for_granted(desk: Desk) -> None:
    seat = desk.seat
    seat.item("kopi susu gula aren")
    seat.customer(MAYA)
    seat.until(seat.window.sale.offer.isVisible, "the offer")
    seat.press("Return")
    seat.until(lambda: desk.counter.sale.priced.total.minor == 0, "a free coffee")
    lost = Unreachable(Trouble.TIMED_OUT)
    desk.backend.troubles.update(hold=lost, redemption=lost)
    seat.press("F9")
    desk.read("No answer about the points yet. Ask again, or go on without them.")
    assert desk.counter.checkout.state is CheckoutState.UNSURE
    assert not desk.counter.checkout.model.can_save


def test_a_full_disk_keeps_the_bill_in_hand(desk: Desk) -> None:
    seat = desk.seat
    seat.item("beras ramos")
    seat.pay()
    bill, journalled = desk.bill, desk.journalled
    desk.journal.troubles["save_exchange"] = DiskTrouble(DiskTroubleKind.FULL)
    seat.press("Return")
    desk.read("disk")
    assert desk.bill == bill
    assert desk.journalled == journalled
    desk.journal.troubles.clear()
    seat.press("F10")
    seat.saved()
    seat.press("Return")
    seat.until(lambda: desk.bill.is_empty, "the next bill")
    assert desk.journalled[0] == journalled[0] + 1


def test_a_damaged_settings_file_leaves_the_last_good_settings_in_force(tmp_path: Path) -> None:
    from tukar.local.settings import FILE, TomlSettings
    from tukar.till.ports import Settings

    store = TomlSettings(tmp_path)
    store.save(Settings(shop_id="TSR", till_id="1", language="id"))
    (tmp_path / FILE).write_text('language = "id"\ntheme = loud\n')
    settings = store.load()
    assert settings.language == "id"
    assert settings.till_id == "1"
    assert store.trouble.startswith("settings.toml: line 2")


def test_the_cashier_reads_that_the_settings_file_is_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = Seat(folder)
    number = first.demo.program.disk.connection.settings.till_id
    first.leave()
    (folder / "settings.toml").write_text("theme = loud\n")
    seat = Seat(folder)
    try:
        seat.until(lambda: seat.demo.program.recovered is not None, "a till that looked at what was left")
        seat.sign_in()
        words = "The settings file is damaged. The last good settings are used."
        seat.until(lambda: seat.reads(words), words)
        assert seat.demo.program.disk.connection.settings.till_id == number
        assert list(folder.glob("settings.damaged-*.toml")), "what somebody wrote is kept"
    finally:
        seat.leave()


def test_a_second_till_program_on_the_same_folder_is_turned_away(desk: Desk) -> None:
    from tukar.bootstrap.disk import open_disk

    with pytest.raises(DiskTrouble) as caught:
        open_disk(Path(desk.seat.folder))
    assert caught.value.kind is DiskTroubleKind.IN_USE
