"""What a cashier does at the sheets of a till with a front, one touch a turn, and a manager who gives their word.

A play is a list of touches; a till that ends in between leaves the rest undone, as a person would find it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.front import Front
from tukar.till.checkout_model import CheckoutState
from tukar.till.customers import EnrolmentForm, Step
from tukar.till.kiosk import KioskDoor
from tukar.till.line_work import By, Work
from tukar.till.payment_model import Way
from tukar.till.receiptless_model import ReceiptlessStep
from tukar.till.shift_screen import ShiftStep

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

Touches = list[Callable[[], object]]
Pick = Callable[..., str]
CARD_NUMBER: Final = "4111 1111 1111 1111"
TURNS_AT_MOST: Final = 12
"""A second person who was asked for their word so long is not waited for any more."""


class FrontPlays:
    """The plays of one life. ``is_at_work`` while some touch is left to do, or a second person is asked for."""

    def __init__(self, life: "TillLife", front: Front, pick: Pick, enrols: str, sold: list[str]) -> None:
        self._life = life
        self._front = front
        self._pick = pick
        self._enrols = enrols
        """The number of a customer whom nobody knows yet."""
        self._sold = sold
        """Codes of gift cards that were sold, for those who pay with them."""
        self._left: Touches = []
        self._asked = 0

    def arrive(self) -> None:
        """The cashier is at the till at once."""
        self._front.sign_in()

    @property
    def is_at_work(self) -> bool:
        return bool(self._left) or self._front.screens.approval.is_open

    def touch(self) -> None:
        """The next touch, or the manager's PIN where one is asked for."""
        if self._front.screens.approval.is_open:
            self._second_person()
        elif self._left:
            self._left.pop(0)()

    def _second_person(self) -> None:
        """The manager, who mistypes their PIN now and then, or says no."""
        approving, model = self._front.approving, self._front.screens.approval
        self._asked += 1
        if model.busy:
            return
        says = self._pick("word", "yes", ("no", 0.1), ("mistypes", 0.15))
        if says == "no" or self._asked > TURNS_AT_MOST:
            self._asked = 0
            approving.close()
            return
        approving.choose(0)
        approving.typing()
        approving.enter("000000" if says == "mistypes" else shop.PIN)

    # On a bill with goods

    def on_bill(self, part: float) -> None:
        """Begins what this cashier does with the bill in hand before the customer decides, if anything."""
        plays: dict[str, Callable[[], Touches]] = {
            "price": self._price,
            "discount": self._discount,
            "bill off": self._bill_off,
            "void": self._void,
            "words": self._words,
            "goods": self._goods,
            "card": self._card,
            "offers": self._offers,
            "customer": self._customer,
            "enrol": self._enrol,
            "points": self._points,
        }
        name = self._pick("front", "", *((name, part) for name in plays))
        if name:
            self._left = plays[name]()

    def _line_id(self, place: int = 0) -> str:
        lines = self._life.sale.bill.lines
        return lines[min(place, len(lines) - 1)].line_id if lines else ""

    def _price(self) -> Touches:
        """The last packet is torn: it goes for less, on a manager's word."""
        work = self._front.line_work
        return [
            lambda: work.open(self._line_id()),
            lambda: work.choose(Work.PRICE),
            lambda: work.type("60000"),
            work.set,
            lambda: work.give_reason(CARD_NUMBER),
            work.set,
            lambda: work.give_reason("torn"),
            work.set,
            work.close,
        ]

    def _discount(self) -> Touches:
        work = self._front.line_work
        by_amount = self._pick("off-by", "percent", ("amount", 0.5)) == "amount"
        return [
            lambda: work.open(self._line_id(1), Work.NOTE),
            lambda: work.type("for his mother"),
            work.set,
            lambda: work.open(self._line_id(1)),
            lambda: work.move(2),
            lambda: work.choose_by(By.AMOUNT if by_amount else By.PERCENT),
            lambda: work.type("999999" if by_amount else "200"),
            work.set,
            lambda: work.type("3000" if by_amount else "10"),
            lambda: work.give_reason("a dent"),
            work.set,
            work.close,
        ]

    def _bill_off(self) -> Touches:
        work = self._front.bill_work
        by_amount = self._pick("bill-off-by", "percent", ("amount", 0.5)) == "amount"
        return [
            work.discount,
            lambda: work.choose_by(By.AMOUNT if by_amount else By.PERCENT),
            lambda: work.type("5000" if by_amount else "5"),
            work.do,
            lambda: work.give_reason("a good customer"),
            work.do,
            work.close,
        ]

    def _void(self) -> Touches:
        """Something was rung that nobody wants; now and then all of it."""
        whole = self._pick("void-what", "line", ("bill", 0.3)) == "bill"
        work, front, sale = self._front.bill_work, self._front, self._life.sale
        if whole:
            return [work.void_bill, lambda: work.give_reason("left the shop"), work.do, work.close]
        return [
            lambda: sale.add(shop.items()[shop.TEA]),
            lambda: front.line_work.open(self._line_id(9)),
            front.line_work.remove,
            work.do,
            lambda: work.give_reason("one too many"),
            work.do,
            work.close,
        ]

    def _words(self) -> Touches:
        words, people, work = self._front.bill_words, self._front.salespeople, self._front.line_work
        return [
            words.open,
            lambda: words.type_note("for the office"),
            lambda: words.type_tax_number("12"),
            words.set,
            lambda: words.type_tax_number("0123456789012345"),
            words.set,
            words.close,
            people.open,
            lambda: people.move(1),
            lambda: people.choose(0),
            lambda: work.open(self._line_id()),
            work.choose_seller,
            lambda: people.choose(1),
            people.open,
            people.take_off,
            people.close,
        ]

    def _goods(self) -> Touches:
        """What the customer has is looked for, counted, and taken off again."""
        finding, billing = self._front.finding, self._front.billing
        scanning = self._front.scanning(lambda code: code == shop.VOUCHER)
        return [
            lambda: finding.type("te"),
            lambda: finding.move(1),
            finding.take,
            lambda: finding.type("3*nothing like it"),
            finding.take,
            finding.clear,
            lambda: scanning.scanned(shop.MILK),
            lambda: billing.select(0),
            lambda: billing.move(3),
            billing.more,
            billing.fewer,
            billing.fewer,
            self._front.bill_work.close,
            billing.undo,
            billing.remove,
            lambda: self._front.bill_work.give_reason("too dear"),
            self._front.bill_work.do,
            self._front.bill_work.close,
            lambda: self._front.finding.scan("no such code"),
        ]

    def _card(self) -> Touches:
        """A gift card is sold: as it is, or one with a code on it, which somebody may have already."""
        mine = f"KADO{self._life.sale.bill.bill_id[-12:]}".upper()
        code = self._pick("card-code", mine, ("CARD-AAAA", 0.2), ("KADO1", 0.1), ("ABC", 0.1))
        scanning = self._front.scanning()
        self._sold.append(code)
        return [
            lambda: self._front.finding.sell(shop.GIFT),
            lambda: scanning.scanned(code),
            lambda: None,
        ]

    def _offers(self) -> Touches:
        """The sheet of promotions: ticked, taken off and put on again; and what comes up by itself.

        A gift card's code typed there pays by its rule.
        """
        promoting, offering = self._front.promoting, self._front.offering
        code = self._pick("offers-code", "NO-SUCH-CODE", *((card, 0.2) for card in shop.GIFT_CARDS))
        return [
            promoting.open,
            lambda: promoting.select(0),
            lambda: promoting.toggle(0),
            lambda: promoting.toggle(1),
            lambda: promoting.enter_code(code),
            lambda: None,
            lambda: promoting.toggle(0),
            promoting.replace,
            promoting.apply,
            offering.apply,
            offering.decline,
            promoting.open,
            promoting.remove_all,
            promoting.apply,
            lambda: promoting.use(0),
        ]

    def _customer(self) -> Touches:
        """The profile; then the number as the customer says it."""
        customers = self._front.customers
        member = self._pick("front-who", "dewi", ("budi", 0.3), ("siti", 0.2))
        number = shop.mobile(member)
        return [
            customers.open,
            customers.search_another,
            lambda: customers.type("12"),
            customers.search,
            lambda: customers.type(number),
            customers.search,
            lambda: None,
            customers.open,
            customers.refresh,
            customers.back,
        ]

    def _enrol(self) -> Touches:
        """Somebody new; without a line they are told that their points come later."""
        customers, form = self._front.customers, EnrolmentForm(name="Ratna", mobile=self._enrols, consent=True)

        def fill() -> None:
            if self._front.screens.customers.step is Step.ENROL:
                customers.fill(form)

        return [
            customers.open,
            customers.search_another,
            lambda: customers.type(self._enrols),
            customers.search,
            lambda: None,
            customers.start_enrolling,
            fill,
            customers.enrol,
            lambda: None,
            customers.close,
        ]

    def _points(self) -> Touches:
        """The customer wonders how many points to use, and leaves it at that, or does so."""
        redeem = self._front.redeem
        decides = self._pick("points-end", "uses", ("leaves", 0.3))
        units = self._life.till.world.choices.pick("points-units", 200, ((50, 0.3), (900, 0.2)))
        return [
            redeem.open,
            lambda: redeem.set_points(9_999),
            redeem.clear,
            lambda: redeem.type_digits("1"),
            lambda: redeem.type_digits("5"),
            redeem.erase,
            lambda: redeem.set_points(units),
            redeem.cancel if decides == "leaves" else redeem.go_on,
        ]

    # Between two sales

    def between(self, part: float) -> None:
        """Begins what is done while no bill is in hand, if anything."""
        plays: dict[str, Callable[[], Touches]] = {
            "without receipt": self._without_receipt,
            "drawer": self._drawer,
            "paper": self._paper,
            "away": self._away,
            "door": self._door,
        }
        if not self._life.till.keeps_shifts:
            plays["shift"] = self._shift
        name = self._pick("between", "", *((name, part) for name in plays))
        if name:
            self._left = plays[name]()

    def _without_receipt(self) -> Touches:
        """Goods that somebody has no receipt of: cash, at today's price, on a second person's word."""
        desk, scanning = self._front.receiptless, self._front.scanning()

        def end() -> None:
            if self._front.screens.receiptless.step is ReceiptlessStep.DONE:
                desk.go_on()
            else:
                desk.back()

        return [
            desk.open,
            lambda: desk.type("0.5*te"),
            desk.go_on,
            lambda: desk.type("2*te"),
            lambda: desk.move(1),
            desk.go_on,
            lambda: scanning.scanned(shop.MILK),
            lambda: desk.scan("no such code"),
            desk.more,
            lambda: desk.type("-"),
            desk.fewer,
            desk.go_on,
            lambda: desk.give_reason(CARD_NUMBER),
            desk.go_on,
            lambda: desk.give_reason("stale"),
            desk.go_on,
            lambda: None,
            end,
            desk.back,
        ]

    def _drawer(self) -> Touches:
        desk = self._front.no_sale
        return [
            desk.open,
            desk.go_on,
            lambda: desk.type(CARD_NUMBER),
            desk.go_on,
            lambda: desk.type("change"),
            desk.go_on,
            desk.close,
        ]

    def _paper(self) -> Touches:
        desk = self._front.reprinting
        return [desk.open, lambda: desk.move(1), desk.print, lambda: None, desk.close]

    def _away(self) -> Touches:
        """The cashier steps away and comes back, and does not hit their PIN at once."""
        staffing = self._front.staffing
        return [
            staffing.lock,
            lambda: staffing.enter_pin("999999"),
            lambda: None,
            self._front.sign_in,
            lambda: None,
            self._front.status.refresh,
        ]

    def _shift(self) -> Touches:
        """A shift from the float to the count, with change fetched from the bank on a second person's word."""
        sheet = self._front.shift
        return [
            sheet.open,
            lambda: sheet.type("200000"),
            sheet.go_on,
            lambda: None,
            sheet.open,
            lambda: sheet.choose(ShiftStep.PAY_IN),
            lambda: sheet.type("50000"),
            sheet.go_on,
            lambda: sheet.give_reason("change"),
            sheet.go_on,
            lambda: None,
            sheet.print,
            sheet.keep,
            lambda: None,
            lambda: sheet.choose(ShiftStep.COUNT),
            lambda: None,
            lambda: sheet.count(0, 3),
            sheet.go_on,
            lambda: None,
            sheet.print,
            sheet.back,
            sheet.back,
        ]

    def _door(self) -> Touches:
        """A till that fills the whole screen is left only by whoever may."""
        return [KioskDoor(self._front.permits, lambda _: None, lambda: None).ask]

    # At payment

    def wonder(self) -> None:
        """The customer has a voucher, or a gift card that they take for one, and asks how else they could pay."""
        paying = self._front.paying
        if self._pick("wonder", "", ("aloud", 0.3)) != "aloud":
            return
        cards = ((card, 0.15) for card in shop.GIFT_CARDS)
        code = self._pick("wonder-code", shop.VOUCHER, ("NO-SUCH-CODE", 0.3), *cards)
        self._left = [
            lambda: paying.move(1),
            lambda: paying.move(-1),
            lambda: paying.set_amount("5"),
            lambda: paying.choose(Way.VOUCHER),
            lambda: paying.voucher_typed(code),
            paying.go_on,
            paying.back,
            paying.back,
            paying.begin,
        ]

    def look_at_receipt(self) -> None:
        """The customer wants it once more, or as a file."""
        receipts = self._front.receipts
        for touch in (receipts.print_again, receipts.save_pdf):
            if self._pick("receipt", "", ("again", 0.3)) == "again":
                touch()

    def pay(self, way: str, code: str) -> bool:
        """One touch at payment, as the customer wants it; False where that way is not offered."""
        paying = self._front.paying
        ways = {"cash": Way.CASH, "card": Way.CARD, "qr": Way.QR, "gift": Way.GIFT_CARD, "credit": Way.STORE_CREDIT}
        wanted = ways.get(way, Way.CASH)
        if self._life.checkout.state is not CheckoutState.PAYING or wanted not in paying.model.ways:
            return False
        paying.choose(wanted)
        if wanted is Way.GIFT_CARD:
            paying.scanned(code)
        elif way == "split" and not paying.model.tenders:
            paying.set_amount("30000")
            paying.go_on()
        elif wanted is Way.CASH and paying.model.quick:
            paying.choose_amount(len(paying.model.quick) - 1)
            paying.go_on()
        else:
            paying.go_on()
        return True
