"""Ringing another shop's bills: what reaches the journal, and what is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tukar.domain.bill import PriceOverride
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.money import Currency, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, Role, StaffMember
from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.redemption import BillAnswer, Outcome, Part, PartResult
from tukar.domain.rule import Activation, Earn, EarnPer, Family, Mode, Rule
from tukar.till.invoices import COLUMNS, Invoice, read_invoices
from tukar.till.ports import FindBy
from tukar.till.receipts import Selling
from tukar.till.replay import Counted, Replayer, UnknownArticleError, UnknownCardError

GBP = Currency("GBP", 2)
POINTS = PointsAccount("points", LocalName("Points"))
EARNING = Rule(
    "earning",
    LocalName("A point a pound"),
    family=Family.LOYALTY,
    programme="points",
    activation=Activation(Mode.CUSTOMER),
    earn=Earn(EarnPer.MONEY, Fraction(1), every=GBP.money("1"), floor=True),
)
CASHIER = StaffMember("replay", "Replay", Role.MANAGER)
SELLING = Selling("SHOP", "Shop", "1", 1, CASHIER, Programme(1, GBP, (POINTS,), (EARNING,)), catalogue_version=1)


@dataclass
class Shop:
    """A journal, a catalogue and a backend that answers each bill as ours would."""

    items: dict[str, Item]
    saved: list[Receipt] = field(default_factory=list)
    unsent: list[Receipt] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=dict)

    def by_sku(self, sku: str) -> Item | None:
        return self.items.get(sku)

    def matching(self, goods: Goods, wanted: int | None = None) -> tuple[Item, ...]:
        return tuple(item for item in self.items.values() if goods.names(item))

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        return (LoyaltyAccount(f"m{text}", f"Customer {text}"),) if by is FindBy.CARD and text != "ghost" else ()

    def save_bill(self, receipt: Receipt) -> Receipt:
        saved = replace(receipt, number=replace(receipt.number, n=len(self.saved) + 1))
        self.saved.append(saved)
        self.unsent.append(saved)
        return saved

    def deliver(self) -> Sequence[BillAnswer]:
        sent, self.unsent = self.unsent, []
        return [self._answer(receipt) for receipt in sent]

    def _answer(self, receipt: Receipt) -> BillAnswer:
        if receipt.customer is None:
            return BillAnswer(receipt.bill_id, (PartResult(Part.EARNING, "", Outcome.NONE),))
        member = receipt.customer.member_id
        held, wanted = self.balances.get(member, 0), abs(receipt.total.minor) // 100
        moved = wanted if receipt.total.minor > 0 else -min(wanted, held)
        self.balances[member] = held + moved
        short = Points(wanted + moved) if moved <= 0 else None
        return BillAnswer(
            receipt.bill_id, (PartResult(Part.EARNING, "", Outcome.DONE, "points", Points(moved), short),)
        )


@pytest.fixture
def shop() -> Shop:
    return Shop({code: Item(code, f"Article {code}", UnitPrice.parse("2.50", GBP)) for code in ("A", "B", "a")})


def invoices(*rows: str) -> tuple[Invoice, ...]:
    return read_invoices(COLUMNS, [(line, row.split(",")) for line, row in enumerate(rows, start=2)], GBP)


def replayed(shop: Shop, *rows: str) -> Counted:
    replayer = Replayer(
        members=shop,
        journal=shop,
        items=shop,
        clock=FakeClock(),
        ids=FakeIds(),
        selling=SELLING,
        deliver=shop.deliver,
    )
    return replayer.replay(invoices(*rows))


def test_an_invoice_becomes_a_paid_bill_in_the_journal(shop: Shop) -> None:
    counted = replayed(shop, "1,c7,A,2,2.50", "1,c7,a,1,2.50")
    (receipt,) = shop.saved
    assert [(line.sku, line.quantity.decimal(), line.net.decimal()) for line in receipt.lines] == [
        ("A", "2", "5.00"),
        ("a", "1", "2.50"),
    ]
    assert receipt.total.decimal() == receipt.tenders[0].amount.decimal() == "7.50"
    assert receipt.customer is not None
    assert receipt.customer.member_id == "mc7"
    assert (counted.bills, counted.lines, counted.sales.decimal(), counted.points_earned) == (1, 2, "7.50", Points(7))


def test_another_price_is_an_override_and_touches_no_other_line_of_the_article(shop: Shop) -> None:
    replayed(shop, "1,,A,1,2.50", "1,,A,3,2.00", "1,,A,1,2.50", "1,,A,1,2.10")
    lines = {line.unit_price.decimal(): line for line in shop.saved[0].lines}
    assert {price: line.quantity.decimal() for price, line in lines.items()} == {"2.50": "2", "2.00": "3", "2.10": "1"}
    assert lines["2.50"].override is None
    assert lines["2.00"].override == PriceOverride("replay", "replay")
    assert shop.saved[0].total.decimal() == "13.10"


def test_lines_that_must_be_rounded_are_rounded_one_by_one(shop: Shop) -> None:
    shop.items["A"] = Item("A", "Thread", UnitPrice.parse("0.125", GBP))
    counted = replayed(shop, "1,,A,1,0.125", "1,,A,1,0.125")
    assert counted.sales.decimal() == "0.26"


def test_a_return_goes_back_at_the_price_of_its_line(shop: Shop) -> None:
    counted = replayed(shop, "1,c7,A,4,2.50", "C2,c7,A,-2,2.40")
    back = shop.saved[1]
    assert (back.kind, back.returns, back.reason) == (ReceiptKind.RETURN, "", "replay")
    assert (back.lines[0].quantity.decimal(), back.lines[0].net.decimal(), back.total.decimal()) == (
        "-2",
        "-4.80",
        "-4.80",
    )
    assert back.tenders[0].amount.decimal() == "-4.80"
    assert (counted.returns, counted.refunds.decimal()) == (1, "-4.80")
    assert (counted.points_earned, counted.points_taken_back) == (Points(10), Points(4))


def test_taking_back_stops_at_nothing_and_the_rest_is_counted(shop: Shop) -> None:
    counted = replayed(shop, "1,c7,A,2,2.50", "C2,c7,A,-4,2.50", "C3,c8,A,-4,2.50")
    assert (counted.points_earned, counted.points_taken_back, counted.short) == (Points(5), Points(5), Points(15))
    assert shop.balances == {"mc7": 0, "mc8": 0}


def test_set_aside_lines_are_counted_and_an_invoice_of_them_alone_is_no_bill(shop: Shop) -> None:
    counted = replayed(shop, "1,,A,1,2.50", "1,,A,-1,2.50", "2,,A,1,0")
    assert len(shop.saved) == counted.bills == 1
    assert (counted.set_aside_lines, counted.set_aside_amount.decimal()) == (2, "-2.50")
    assert counted.sales + counted.refunds + counted.set_aside_amount == GBP.zero()


def test_an_article_or_customer_that_nobody_knows_stops_the_run_with_the_bill_unsaved(shop: Shop) -> None:
    with pytest.raises(UnknownArticleError, match="X"):
        replayed(shop, "1,,X,1,2.50")
    with pytest.raises(UnknownCardError, match="ghost"):
        replayed(shop, "1,ghost,A,1,2.50")
    assert not shop.saved


def test_progress_hears_of_every_invoice(shop: Shop) -> None:
    heard: list[int] = []
    replayer = Replayer(
        members=shop,
        journal=shop,
        items=shop,
        clock=FakeClock(),
        ids=FakeIds(),
        selling=SELLING,
        deliver=shop.deliver,
    )
    replayer.replay(invoices("1,,A,1,2.50", "2,,A,1,0", "3,,A,1,2.50"), lambda done, _counted: heard.append(done))
    assert heard == [1, 2, 3]
