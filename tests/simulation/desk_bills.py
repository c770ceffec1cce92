"""More of what is done with a bill at a desk: a line counted, weighed and taken off, goods looked for, a second word.

Each play ends with what must hold of the bill then.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.front import Front
from tests.simulation.front_plays import CARD_NUMBER, Touches
from tukar.domain.money import Quantity
from tukar.till.checkout_model import CheckoutState
from tukar.till.line_work import By, Work
from tukar.till.shift_screen import ShiftStep

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

Until = Callable[[Callable[[], bool]], Callable[[], object]]
"""A touch that waits until something is so, at most a minute."""
PIECES: Final = 3
LESS: Final = "9000"


class DeskBills:
    """The plays of one life. ``violated`` hears what does not hold."""

    def __init__(self, life: "TillLife", front: Front, violated: Callable[[str], None], until: Until) -> None:
        self._life = life
        self._front = front
        self._violated = violated
        self._until = until

    def plays(self) -> dict[str, Callable[[], Touches]]:
        return {"line": self._line, "search": self._search}

    def closing(self) -> Touches:
        """A shift from its float to its report, with what was counted in it."""
        sheet, screens = self._front.shift, self._front.screens
        rests = self._until(lambda: not screens.shift.busy)

        def begin() -> None:
            if screens.shift.step is ShiftStep.OPENING:
                sheet.type("200000")
                sheet.go_on()

        def look() -> None:
            model = screens.shift
            if model.step is not ShiftStep.CLOSED or model.shift is None or model.shift.closing is None:
                return
            pieces = [one.pieces for one in model.shift.closing.counted]
            if pieces != [3, 2]:
                self._violated(f"3 and 2 notes were counted, and the closed shift has {pieces}")

        return [
            sheet.open,
            rests,
            begin,
            rests,
            sheet.demand,
            sheet.open,
            self._until(lambda: not screens.shift.busy),
            lambda: sheet.choose(ShiftStep.COUNT),
            self._until(lambda: not screens.shift.busy),
            lambda: sheet.count(0, 3),
            lambda: sheet.count(1, 2),
            lambda: screens.shift.in_drawer,
            sheet.go_on,
            self._until(lambda: screens.shift.step is ShiftStep.CLOSED),
            look,
            sheet.print,
            self._until(lambda: not screens.shift.busy),
            sheet.keep,
            self._until(lambda: not screens.shift.busy),
            sheet.back,
            sheet.back,
        ]

    def _line_id(self) -> str:
        return next((line.line_id for line in self._life.sale.bill.lines if line.item.sku == shop.TEA), "")

    def _is_free(self) -> bool:
        return self._life.checkout.state is CheckoutState.SELLING and bool(self._line_id())

    def _line(self) -> Touches:
        """Tea is rung, counted by typing, made cheaper in every way and dear again, and taken off."""
        set_to, discount, again = self._set_to, self._discount, self._again
        return [
            lambda: self._life.sale.add(shop.items()[shop.TEA]),
            set_to("1.5"),
            set_to("x"),
            set_to(str(PIECES)),
            self._look_at_pieces,
            discount(By.AMOUNT, "500", CARD_NUMBER),
            discount(By.AMOUNT, "500", "a dent"),
            again(Work.DISCOUNT),
            discount(By.PERCENT, "12.5", "a dent"),
            again(Work.DISCOUNT),
            self._price,
            again(Work.PRICE),
            set_to("0"),
            lambda: self._front.bill_work.give_reason("not wanted"),
            self._front.bill_work.do,
            self._front.bill_work.close,
            self._front.line_work.close,
        ]

    def _open(self, kind: Work) -> bool:
        """Whether the sheet of the tea is open; not where no tea is on the bill, or it is being paid for."""
        if self._is_free():
            self._front.line_work.open(self._line_id(), kind)
        return self._is_free()

    def _set_to(self, text: str) -> Callable[[], None]:
        def touch() -> None:
            if self._open(Work.QUANTITY):
                self._front.line_work.type(text)
                self._front.line_work.set()

        return touch

    def _look_at_pieces(self) -> None:
        lines = [line for line in self._life.sale.bill.lines if line.line_id == self._line_id()]
        if self._is_free() and [line.quantity for line in lines] != [Quantity.of(PIECES)]:
            self._violated(f"{PIECES} pieces of tea were typed, and the bill has {lines}")

    def _discount(self, by: By, text: str, reason: str) -> Callable[[], None]:
        def touch() -> None:
            if self._open(Work.DISCOUNT):
                work = self._front.line_work
                work.choose_by(by)
                work.type(text)
                work.give_reason(reason)
                work.set()

        return touch

    def _price(self) -> None:
        if self._open(Work.PRICE):
            self._front.line_work.type(LESS)
            self._front.line_work.give_reason("torn")
            self._front.line_work.set()

    def _again(self, kind: Work) -> Callable[[], None]:
        """What is there already is shown, and taken back by leaving it empty."""

        def touch() -> None:
            if self._open(kind):
                self._front.line_work.type("")
                self._front.line_work.set()

        return touch

    def _search(self) -> Touches:
        """The shelves, a quantity before a tile, a code nobody knows, a hit marked and touched."""
        finding, sale = self._front.finding, self._life.sale
        before: list[Quantity] = []

        def pieces() -> Quantity:
            return Quantity(sum(line.quantity.thousandths for line in sale.bill.lines if line.item.sku == shop.MILK))

        def two_of_milk() -> None:
            """Two and one more by its code; a code that nobody knows adds nothing."""
            before[:] = [pieces()]
            finding.type("2*")
            finding.sell(shop.MILK)
            finding.scan(f" {shop.MILK} ")
            finding.scan("8999999999999")
            finding.sell("NO-SUCH-SKU")
            more = pieces().thousandths - before[0].thousandths
            if self._life.checkout.state is CheckoutState.SELLING and more not in (0, 3000):
                self._violated(f"2 and 1 of milk were rung, and the bill has {more / 1000} more")

        return [
            finding.browse,
            finding.browse,
            finding.browse,
            lambda: finding.choose_shelf("drinks"),
            finding.browse,
            two_of_milk,
            lambda: finding.type("4*"),
            finding.take,
            lambda: finding.type("mil"),
            lambda: finding.pick(0),
            lambda: finding.type("te"),
            lambda: finding.move(1),
            lambda: finding.scan(shop.TEA),
            finding.take,
            finding.clear,
        ]
