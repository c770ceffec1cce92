from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.shelf import demo_shop
from tests.till.counter import Counter, open_counter
from tukar.domain.barcode import check_digit
from tukar.domain.item import Item
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.scale_code import ScalePattern
from tukar.till.finding import Finding, Wish
from tukar.till.notices import Notice, Say
from tukar.till.ports import Settings

IDR = demo_shop().currency


def item(sku: str, name: str, **more: object) -> Item:
    return replace(Item(sku, name, UnitPrice.parse("1000", IDR)), **more)  # type: ignore[arg-type]


def told(notice: Notice | None) -> Say | None:
    return None if notice is None else notice.say


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("kopi", Wish("kopi")),
        ("3*kopi", Wish("kopi", Quantity.of(3))),
        ("3 x  kopi ", Wish("kopi", Quantity.of(3))),
        ("0,75*telur", Wish("telur", Quantity(750))),
        ("12*", Wish("", Quantity.of(12))),
        ("?kopi", Wish("kopi", only_price=True)),
        ("0*kopi", Wish("0*kopi")),
        ("8991204011751", Wish("8991204011751")),
        ("3xxx", Wish("xx", Quantity.of(3))),
    ],
)
def test_what_is_typed_is_a_needle_and_perhaps_a_quantity(text: str, wish: Wish) -> None:
    assert Wish.read(text) == wish


@given(st.text(max_size=30))
def test_every_text_can_be_read(text: str) -> None:
    wish = Wish.read(text)
    assert wish.quantity is None or wish.quantity.thousandths > 0


def test_the_empty_search_shows_what_is_often_sold() -> None:
    model = open_counter().views.finding
    assert len(model.tiles) == 12
    assert (model.hits, model.typing) == ((), False)


def test_the_first_hit_is_taken_and_stays_listed() -> None:
    counter = open_counter()
    counter.finding.type("kopi")
    assert counter.views.finding.typing
    assert counter.views.finding.chosen == 0
    first = counter.views.finding.hits[0]
    assert first.item.name[slice(*first.matched[0])].casefold() == "kopi"
    counter.finding.take()
    assert counter.names == [first.item.name]
    model = counter.views.finding
    assert (model.text, model.typing, model.chosen) == ("kopi", False, -1)
    assert model.hits


def test_the_next_customers_bill_begins_with_an_empty_search_unless_it_is_half_typed() -> None:
    counter = open_counter()
    counter.finding.type("kopi")
    counter.finding.take()
    counter.sale.start()
    assert counter.views.finding.text == ""
    assert len(counter.views.finding.tiles) == 12
    counter.finding.type("ber")
    counter.sale.start()
    assert counter.views.finding.text == "ber"


def test_arrows_choose_another_hit() -> None:
    counter = open_counter()
    counter.finding.type("kopi")
    counter.finding.move(2)
    counter.finding.move(99)
    last = counter.views.finding.hits[-1].item
    assert counter.views.finding.chosen == len(counter.views.finding.hits) - 1
    counter.finding.take()
    assert counter.names == [last.name]


def test_a_whole_code_is_sold_whatever_the_hits_say() -> None:
    counter = open_counter()
    counter.finding.type("8991204011751")
    counter.finding.take()
    assert counter.names == ["Kopi Susu Gula Aren 250 ml"]


def test_a_quantity_before_the_item_counts() -> None:
    counter = open_counter()
    counter.finding.type("3*8991204011751")
    assert counter.views.finding.quantity == Quantity.of(3)
    counter.finding.take()
    assert counter.sale.bill.lines[0].quantity == Quantity.of(3)


def test_a_quantity_without_an_item_is_for_the_selected_line() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.finding.type("5*")
    counter.finding.take()
    assert counter.sale.bill.lines[0].quantity == Quantity.of(5)
    assert counter.views.finding.text == ""


def test_a_quantity_typed_before_a_tile_is_touched_counts() -> None:
    counter = open_counter()
    counter.finding.type("2*")
    counter.sell("01001")
    assert counter.sale.bill.lines[0].quantity == Quantity.of(2)


def test_a_quantity_that_was_used_does_not_count_again() -> None:
    counter = open_counter()
    counter.finding.type("2*")
    counter.sell("01001")
    counter.finding.scan("01001")
    counter.sell("01001")
    assert counter.sale.bill.lines[0].quantity == Quantity.of(4)


def test_parts_of_a_piece_are_refused_in_words() -> None:
    counter = open_counter()
    counter.finding.type("1,5*8991204011751")
    counter.finding.take()
    assert told(counter.views.finding.notice) is Say.SOLD_BY_PIECE
    assert counter.sale.bill.is_empty
    assert counter.views.finding.text == "1,5*8991204011751"


def test_weighed_goods_come_in_parts() -> None:
    counter = open_counter(item("W1", "Daging sapi", weighed=True))
    counter.finding.type("0,35*W1")
    counter.finding.take()
    assert counter.sale.bill.lines[0].quantity == Quantity(350)


def test_exactly_the_code_comes_before_one_in_other_letters() -> None:
    counter = open_counter(item("85123a", "Small"), item("85123A", "Large"))
    counter.finding.type("85123A")
    counter.finding.take()
    assert counter.names == ["Large"]


def test_a_code_in_other_letters_that_fits_several_asks() -> None:
    counter = open_counter(item("85123a", "Small"), item("85123A", "Large"), item("15056bl", "Parasol"))
    counter.finding.type("15056BL")
    counter.finding.take()
    assert counter.names == ["Parasol"], "unique, so nobody is asked"
    mixed = open_counter(item("ab1", "Small"), item("aB1", "Large"))
    mixed.finding.type("AB1")
    mixed.finding.take()
    assert told(mixed.views.finding.notice) is Say.WHICH_ITEM
    assert mixed.sale.bill.is_empty
    mixed.finding.move(1)
    mixed.finding.take()
    assert mixed.names == ["Large"]


def test_an_unknown_barcode_says_so_and_keeps_bill_and_text() -> None:
    counter = open_counter()
    counter.sell("01001")
    before = counter.sale.bill
    counter.finding.type("4006381333931")
    counter.finding.take()
    notice = counter.views.finding.notice
    assert told(notice) is Say.UNKNOWN_ITEM
    assert notice is not None
    assert notice.text == "4006381333931"
    assert counter.sale.bill is before
    assert counter.views.finding.text == "4006381333931"


def test_a_misread_barcode_is_told_from_an_unknown_one() -> None:
    counter = open_counter()
    counter.finding.type("4006381333932")
    counter.finding.take()
    assert told(counter.views.finding.notice) is Say.BARCODE_MISREAD


def test_a_barcode_never_takes_a_hit_by_chance() -> None:
    counter = open_counter(item("X", "Old 4006381333931 stock"))
    counter.finding.type("4006381333931")
    assert counter.views.finding.hits
    counter.finding.take()
    assert counter.sale.bill.is_empty


def test_what_is_not_sold_any_more_is_not_sold() -> None:
    counter = open_counter(item("OLD", "Es lilin", active=False))
    counter.finding.type("OLD")
    counter.finding.take()
    assert told(counter.views.finding.notice) is Say.ITEM_NOT_SOLD
    assert counter.sale.bill.is_empty


def test_a_price_can_be_asked_without_selling() -> None:
    counter = open_counter()
    counter.finding.type("?8991204011751")
    counter.finding.take()
    assert counter.views.finding.priced is not None
    assert counter.views.finding.priced.sku == "01001"
    assert counter.sale.bill.is_empty


def test_a_scan_leaves_alone_what_is_half_typed() -> None:
    counter = open_counter()
    counter.finding.type("gula")
    counter.finding.scan("8991204011751")
    assert counter.names == ["Kopi Susu Gula Aren 250 ml"]
    assert (counter.views.finding.text, counter.views.finding.typing) == ("gula", True)


def test_an_unknown_scan_takes_nothing_that_was_marked() -> None:
    counter = open_counter()
    counter.finding.type("gula")
    counter.finding.scan("nonsense")
    assert told(counter.views.finding.notice) is Say.UNKNOWN_ITEM
    assert counter.sale.bill.is_empty


def test_nothing_is_added_while_the_backend_decides() -> None:
    counter = open_counter()
    counter.sell("01001")
    counter.sale.lock()
    counter.sell("01002")
    assert told(counter.views.finding.notice) is Say.POINTS_ASKED
    assert len(counter.names) == 1


def test_escape_empties_the_field() -> None:
    counter = open_counter()
    counter.finding.type("kopi")
    counter.finding.clear()
    assert (counter.views.finding.text, counter.views.finding.hits) == ("", ())
    assert counter.views.finding.tiles


def labelled(*more: Item) -> tuple[Counter, Finding]:
    """A counter that reads what the shop's scale prints."""
    counter = open_counter(*more)
    scale = ScalePattern.read_all(Settings().scale_codes)
    finding = Finding(
        view=counter.views, index=counter.shelf, sale=counter.sale, quantities=counter.billing, scale=scale
    )
    return counter, finding


def label(digits: str) -> str:
    return digits + check_digit(digits)


APPLES = item("00012", "Apel Malang", weighed=True, price=UnitPrice.parse("20000", IDR))
CHEESE = item("00013", "Keju potong")


def test_a_weight_on_the_label_is_the_quantity() -> None:
    counter, finding = labelled(APPLES)
    finding.scan(label("200001200735"))
    (line,) = counter.sale.bill.lines
    assert (line.item, line.quantity) == (APPLES, Quantity(735))
    assert counter.sale.priced.lines[0].gross.minor == 14_700


def test_a_price_on_the_label_is_charged_to_the_rupiah() -> None:
    counter, finding = labelled(APPLES, CHEESE)
    finding.scan(label("220001212500"))
    finding.scan(label("220001212345"))
    finding.scan(label("220001307900"))
    by_weight, odd, piece = counter.sale.bill.lines
    assert (by_weight.quantity, by_weight.override) == (Quantity(625), None)
    assert [row.gross.minor for row in counter.sale.priced.lines] == [12_500, 12_345, 7_900]
    assert odd.override is not None
    assert piece.override is not None
    assert piece.override.reason == "label"


def test_a_label_is_typed_too_and_an_unknown_item_is_said() -> None:
    counter, finding = labelled(APPLES)
    finding.type(label("200001200735"))
    finding.take()
    assert len(counter.sale.bill.lines) == 1
    finding.scan(label("200099900735"))
    assert told(counter.views.finding.notice) is Say.UNKNOWN_ITEM
    assert len(counter.sale.bill.lines) == 1


def test_a_weight_of_what_is_sold_by_the_piece_is_refused() -> None:
    counter, finding = labelled(CHEESE)
    finding.scan(label("200001300735"))
    assert told(counter.views.finding.notice) is Say.SOLD_BY_PIECE
    assert counter.sale.bill.is_empty


class Door:
    """Somebody who looks at cards, when they are asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.sell: Callable[[], None] = lambda: None

    def ask(self, years: int, sell: Callable[[], None]) -> None:
        self.asked.append(years)
        self.sell = sell


BEER = item("00018", "Bir Bintang", minimum_age=21)
TOBACCO = item("00019", "Rokok kretek", minimum_age=18)


def aged() -> tuple[Counter, Finding, Door]:
    counter, door = open_counter(BEER, TOBACCO), Door()
    finding = Finding(
        view=counter.views, index=counter.shelf, sale=counter.sale, quantities=counter.billing, ask_age=door.ask
    )
    return counter, finding, door


def test_years_are_asked_before_the_item_is_on_the_bill_and_once_a_bill() -> None:
    counter, finding, door = aged()
    finding.scan("00019")
    assert (door.asked, len(counter.sale.bill.lines)) == ([18], 0)
    door.sell()
    assert len(counter.sale.bill.lines) == 1
    finding.scan("00019")
    assert door.asked == [18]
    finding.scan("00018")
    assert door.asked == [18, 21]
    door.sell()
    finding.scan("00019")
    assert door.asked == [18, 21]
    assert [line.quantity.pieces for line in counter.sale.bill.lines] == [3, 1]


def test_the_next_buyer_is_asked_again_and_an_old_yes_is_not_theirs() -> None:
    counter, finding, door = aged()
    finding.scan("00019")
    counter.sale.start()
    door.sell()
    assert counter.sale.bill.is_empty
    finding.scan("00019")
    assert door.asked == [18, 18]


def test_a_shelf_is_chosen_sold_from_and_left_again() -> None:
    counter = open_counter()
    counter.finding.browse()
    assert "rice" in counter.views.finding.shelves
    counter.finding.choose_shelf("rice")
    model = counter.views.finding
    assert (model.shelf, model.shelves) == ("rice", ())
    assert {one.category for one in model.tiles} == {"rice"}
    counter.finding.sell(model.tiles[0].sku)
    counter.finding.type("kopi")
    counter.finding.clear()
    assert counter.views.finding.shelf == "rice"
    counter.finding.browse()
    assert (counter.views.finding.shelf, len(counter.views.finding.tiles)) == ("", 12)


def test_choosing_a_shelf_is_left_as_it_was_begun() -> None:
    counter = open_counter()
    often = counter.views.finding.tiles
    counter.finding.browse()
    counter.finding.browse()
    assert (counter.views.finding.shelves, counter.views.finding.tiles) == ((), often)
