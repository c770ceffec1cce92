"""Renders the sale window in every state, theme, size and language: python -m tests.ui.pictures FOLDER [words …]."""

import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from tests.ui import reference as ref
from tests.ui.rendering import Opened, render
from tukar.domain.bill import HandDiscount
from tukar.domain.money import Quantity
from tukar.domain.offer import Benefit, PointsRange
from tukar.domain.people import Right
from tukar.domain.points import Points
from tukar.domain.pricing.result import FreeLine, PricedLine
from tukar.resources import find_resources
from tukar.till.billing import Row
from tukar.till.customers import CustomersModel, EnrolmentForm, Step
from tukar.till.line_work import LineModel, Work
from tukar.till.notices import Level, Notice, Say
from tukar.till.salespeople import SalespeopleModel
from tukar.ui.kit import Look
from tukar.ui.sale_window import SaleWindow
from tukar.ui.tile_pictures import picture_reader
from tukar.ui.translations import Language


def fill(window: SaleWindow) -> None:
    """The sale of the pictures, at rest."""
    window.show_status(ref.STATUS)
    window.show_finding(ref.AT_REST)
    window.show_bill(ref.BILL)
    window.show_customer(ref.CUSTOMER)
    window.show_summary(ref.SUMMARY)


def rest(window: SaleWindow) -> None:
    window.setFocus()


def taken(window: SaleWindow) -> None:
    window.show_finding(ref.TAKEN)


def typing(window: SaleWindow) -> None:
    window.search.field.line.setFocus()
    window.show_finding(ref.TYPING)


def unknown(window: SaleWindow) -> None:
    window.search.field.line.setFocus()
    notice = Notice(Say.BARCODE_MISREAD, Level.WARN, text="8991002105521")
    window.show_finding(replace(ref.AT_REST, text="8991002105521", typing=True, notice=notice))


def pictured(window: SaleWindow) -> None:
    read = picture_reader(find_resources() / "demo" / "pictures")
    names = ("es-batu.svg", "gula-pasir.svg", "telur.svg", "air-galon.svg", "beras.svg", "mi-goreng.svg")
    tiles = ref.AT_REST.tiles
    shown = tuple(
        replace(item, category=f"c{place // 3}", picture=names[place] if place < len(names) else "")
        for place, item in enumerate(tiles)
    )
    found = {name: image for name in names if (image := read(name)) is not None}
    window.search.show_pictures(found)
    window.show_finding(replace(ref.AT_REST, tiles=shown, shelf="staples"))


def empty(window: SaleWindow) -> None:
    window.show_bill(ref.EMPTY_BILL)
    window.show_customer(type(ref.CUSTOMER)())
    window.show_summary(type(ref.SUMMARY)())
    offline = Notice(Say.OFFLINE_SELLING)
    window.show_status(replace(ref.STATUS, online=False, waiting=3, notice=offline))


def offer(window: SaleWindow) -> None:
    window.show_offer(ref.OFFERED)


def promotions(window: SaleWindow) -> None:
    window.show_promotions(ref.PROMOTIONS)


def points(window: SaleWindow) -> None:
    """A promotion whose points the cashier chooses."""
    rows = list(ref.PROMOTIONS.rows)
    limits = PointsRange(Points(50), Points(865), Points(5), Fraction(100))
    rows[2] = replace(rows[2], points=limits, cost=Points(735), amount=ref.rp(73_500))
    window.show_promotions(replace(ref.PROMOTIONS, rows=tuple(rows)))


def voucher(window: SaleWindow) -> None:
    """A code that gives nothing, on a long bill."""
    points(window)
    notice = Notice(Say.VOUCHER_NOT_TAKEN, Level.WARN, text="ULTAH-2026-0012")
    window.show_promotions(replace(ref.PROMOTIONS, preview=ref.PROMOTIONS.preview * 5, notice=notice))


def salespeople(window: SaleWindow) -> None:
    window.show_salespeople(ref.SALESPEOPLE)


def salesperson_needed(window: SaleWindow) -> None:
    """By line: a line has one of its own, and the next was just scanned."""
    first, *others = ref.BILL.rows
    assert isinstance(first, PricedLine)
    line = replace(first.line, salesperson_id="S1")
    rows = (replace(first, line=line), *others)
    window.show_bill(replace(ref.BILL, rows=rows, salesperson=None, sellers=(ref.RIZKY,)))
    goods = ref.rows()[1].line.item.name
    window.show_salespeople(replace(ref.SALESPEOPLE, current=None, goods=goods, must=True, can_be_nobody=False))


def salesperson_of_line(window: SaleWindow) -> None:
    salesperson_needed(window)
    window.show_salespeople(SalespeopleModel())
    window.show_line(LineModel(ref.rows()[1], text="5", after=ref.rp(14_000), can_set=True))


def finding_customer(window: SaleWindow) -> None:
    window.show_customers(CustomersModel(Step.FIND, "0812"))


def no_customer(window: SaleWindow) -> None:
    notice = Notice(Say.CUSTOMER_NOT_FOUND, Level.WARN)
    window.show_customers(CustomersModel(Step.NOT_FOUND, "081234567890", can_enrol=True, notice=notice))


def choosing(window: SaleWindow) -> None:
    other = replace(ref.DEWI, member_id="m2", name="Dewi Lestari Putri", masked_mobile="…9012", tier="")
    window.show_customers(CustomersModel(Step.CHOOSE, "dewi", found=(ref.DEWI, other)))


def enrolling(window: SaleWindow) -> None:
    form = EnrolmentForm("Ni Luh Sari", "081234567890", "", consent=True)
    window.show_customers(CustomersModel(Step.ENROL, "ni luh", form=form))


def profile(window: SaleWindow) -> None:
    window.show_customers(CustomersModel(Step.PROFILE, customer=ref.CUSTOMER))


def crowded(window: SaleWindow) -> None:
    """The longest of everything, many lines, one of them just taken off."""
    long = ref.item("Susu UHT Full Cream Rasa Cokelat Kemasan Keluarga Ekonomis Promo 1.000 ml", 1_250_000)
    sold = ref.rows()[1]
    line = replace(sold.line, item=long, quantity=Quantity.parse("1234"))
    row = replace(sold, line=line, gross=ref.rp(1_542_500_000), net=ref.rp(1_542_496_500))
    free = FreeLine(ref.TEA, ref.TEA_NAME, ref.item("Teh Pucuk Harum 350 ml", 4_000), Quantity.of(2), ref.rp(8_000))
    many: tuple[Row, ...] = (*ref.rows() * 3, row, free)
    total = ref.rp(98_765_432_100)
    window.show_bill(
        replace(ref.BILL, rows=many, selected=21, pieces=1290, total=total, before=total, can_undo=True,
                notice=Notice(Say.SOLD_BY_PIECE, Level.WARN, text=long.name))
    )  # fmt: skip
    account = replace(ref.DEWI, name="Raden Ajeng Kartika Sari Dewi Kusumaningrum", tier="Platinum")
    other = replace(ref.CUSTOMER.balances[0], name=ref.name("Reward"))
    window.show_customer(replace(ref.CUSTOMER, account=account, balances=(ref.CUSTOMER.balances[0], other)))
    window.show_summary(replace(ref.SUMMARY, applied=ref.SUMMARY.applied * 4))
    hits = tuple(replace(hit, item=replace(hit.item, name=f"{hit.item.name} {long.name}")) for hit in ref.HITS * 5)
    window.search.field.line.setFocus()
    window.show_finding(replace(ref.TYPING, hits=hits, chosen=2, quantity=Quantity.of(3)))


def gifts(window: SaleWindow) -> None:
    """An offer with a choice, and others behind it."""
    offer = replace(ref.OFFER, benefit=Benefit.FREE_ITEM, choices=("a", "b", "c"))
    window.show_offer(replace(ref.OFFERED, offer=offer, gifts=ref.TILES[:3], gift=1, waiting=2))


def line(window: SaleWindow) -> None:
    window.show_line(LineModel(ref.rows()[1], text="5", after=ref.rp(14_000), can_set=True))


def line_price(window: SaleWindow) -> None:
    """A price by hand that needs a second person, and no reason yet."""
    model = LineModel(
        ref.rows()[1], Work.PRICE, text="3000", after=ref.rp(15_000), right=Right.NEEDS_APPROVAL, can_set=True
    )
    window.show_line(model)


def line_discount(window: SaleWindow) -> None:
    """The longest of everything at once."""
    row = ref.rows()[1]
    long = ref.item("Susu UHT Full Cream Rasa Cokelat Kemasan Keluarga Ekonomis Promo 1.000 ml", 1_250_000)
    given = HandDiscount(percent=Decimal("12.5"), reason="The lid is dented and the label is gone", actor="sari")
    changed = replace(row, line=replace(row.line, item=long, discount=given))
    notice = Notice(Say.REASON_NEEDED)
    window.show_line(
        LineModel(changed, Work.DISCOUNT, text="12.5", after=ref.rp(1_234_567), can_set=True, notice=notice)
    )


def line_note(window: SaleWindow) -> None:
    notice = Notice(Say.CARD_NUMBER_TYPED, Level.WARN)
    window.show_line(LineModel(ref.rows()[1], Work.NOTE, text="4111 1111", can_set=True, notice=notice))


def question(window: SaleWindow) -> None:
    window.question.ask("Clear the bill?", "7 lines and the customer go.", "Clear", lambda: None)


STATES: dict[str, Callable[[SaleWindow], None]] = {
    state.__name__: state
    for state in (
        rest, taken, typing, unknown, pictured, empty, offer, gifts, promotions, points, voucher, salespeople,
        finding_customer, salesperson_needed, salesperson_of_line,
        no_customer, choosing, enrolling, profile, question, crowded, line, line_price, line_discount, line_note,
    )
}  # fmt: skip


def opened(state: Callable[[SaleWindow], None]) -> Opened:
    """The sale window in that state."""

    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        window = SaleWindow(look, language)
        window.resize(*size)
        window.show()
        fill(window)
        state(window)
        return window

    return open_it


SCREENS: Final = {name: opened(state) for name, state in STATES.items()}

if __name__ == "__main__":
    render(SCREENS, Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"), sys.argv[2:])
