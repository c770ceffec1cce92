"""What stands on a receipt, row by row and without a painter, so that screen, PDF and paper can say only the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from tukar.domain.offer import WhyNot
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptPoints
from tukar.domain.stored_value import card_mask
from tukar.domain.tax_number import tax_number_name
from tukar.till.ports import ShopProfile
from tukar.ui.format import MINUS
from tukar.ui.translations import Language
from tukar.ui.wording import by_hand
from tukar.ui.wording import receipts as words

SMALL, PLAIN, STRONG, HEAD = 21, 23, 24, 32
"""Pixel sizes of type at 8 dots a millimetre (visual.md, "Receipt": Inter 21 to 26, the shop's name above it)."""


@dataclass(frozen=True, slots=True)
class Centred:
    """A text in the middle."""

    text: str
    size: int = PLAIN
    weight: int = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """A text at the left, one at the right; the left one breaks into lines where it is too long."""

    left: str
    right: str = ""
    size: int = PLAIN
    weight: int = 400
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What was to pay, the largest thing on the paper."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class Bar:
    """White on black: the nudge, or what the paper must not be taken for."""

    text: str


@dataclass(frozen=True, slots=True)
class QrRow:
    """A QR code that says ``content``."""

    content: str


PaperRow = Centred | Pair | Rule | TotalRow | Bar | QrRow


class Printable(Protocol):
    """What can be printed: rows from top to bottom, and what the document is called."""

    @property
    def title(self) -> str: ...

    def rows(self, language: Language) -> tuple[PaperRow, ...]: ...


@dataclass(frozen=True, slots=True)
class Names:
    """What the paper calls salespeople and staff, by their ids; who has left since stays an id.

    Without ``tells_approver`` who allowed something stays the shop's own business.
    """

    tells_approver: bool = False
    staff: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sellers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of_staff(self, staff_id: str) -> str:
        return self.staff.get(staff_id, staff_id)

    def of_seller(self, salesperson_id: str) -> str:
        return self.sellers.get(salesperson_id, salesperson_id)


NOBODY_NAMED: Final = Names()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that one printing of a receipt depends on. ``nudge`` is the nearest reward the points may become.

    ``practice``: the till only practises, and the paper must not be taken for a sale.
    """

    receipt: Receipt
    shop: ShopProfile
    copy: bool = False
    nudge: WhyNot | None = None
    practice: bool = False
    names: Names = NOBODY_NAMED

    @property
    def title(self) -> str:
        return self.receipt.number.short

    def rows(self, language: Language) -> tuple[PaperRow, ...]:
        return rows_of(self, language)


def rows_of(paper: Paper, language: Language) -> tuple[PaperRow, ...]:
    """The whole receipt from top to bottom, in the language and figures of ``language``."""
    return tuple(_rows(paper, language))


def text_of(paper: Printable, language: Language) -> str:
    """The paper as plain lines, for a screen reader and for whoever compares figures."""
    lines: list[str] = []
    for row in paper.rows(language):
        match row:
            case Centred(text) | Bar(text):
                lines.append(text)
            case Pair(left, right):
                lines.append("  ".join(filter(None, (left, right))))
            case TotalRow(label, amount):
                lines.append(f"{label}  {amount}")
            case Rule() | QrRow():
                pass
    return "\n".join(lines)


def _rows(paper: Paper, language: Language) -> Iterator[PaperRow]:
    receipt = paper.receipt
    yield from _head(paper, language)
    yield Rule()
    for line in receipt.lines:
        yield from _line(line, paper, language)
    if receipt.note:
        yield Pair(words.note(receipt.note), size=SMALL)
    yield Rule()
    yield from _sums(receipt, language)
    if receipt.customer is not None:
        yield Rule()
        yield from _customer(receipt, language)
    if paper.nudge is not None:
        yield Bar(words.nudge(paper.nudge, language))
    yield from _slips(paper, language)
    yield QrRow(str(receipt.number))
    yield Centred(words.scan_me(), SMALL)
    yield Centred(words.goodbye(), PLAIN, 500)


def _head(paper: Paper, language: Language) -> Iterator[PaperRow]:
    receipt, shop = paper.receipt, paper.shop
    if receipt.training or paper.practice:
        yield Bar(words.training_mark())
    yield Centred(receipt.shop_name, HEAD, 600)
    if shop.address:
        yield Centred(shop.address)
    if shop.tax_number:
        yield Centred(" ".join(filter(None, (shop.tax_number_name, shop.tax_number))))
    for mark in (words.copy_mark() if paper.copy else "", words.title(receipt)):
        if mark:
            yield Centred(mark, STRONG, 600)
    yield Rule()
    yield Pair(
        words.bill_number(receipt.number.short), words.moment(receipt.at.astimezone(ZoneInfo(shop.time_zone)), language)
    )
    yield Pair(words.cashier(receipt.cashier_name), receipt.salesperson_name)
    if receipt.kind is ReceiptKind.RETURN and receipt.reason:
        yield Pair(words.reason(receipt.reason), size=SMALL)
    if receipt.approver_id and paper.names.tells_approver:
        yield Pair(words.allowed_by(paper.names.of_staff(receipt.approver_id)), size=SMALL)
    if receipt.buyer_tax_number:
        yield Pair(words.buyer(tax_number_name(shop.country)), receipt.buyer_tax_number)


def _line(line: ReceiptLine, paper: Paper, language: Language) -> Iterator[PaperRow]:
    """With who allowed what was done by hand, and who served where that was not the bill's salesperson."""
    write, names = language.format, paper.names
    yield Pair(line.name, write.figure(line.net), STRONG, 500)
    yield Pair(words.quantity(line, language), size=SMALL, indent=True)
    allowed = names.of_staff if names.tells_approver else None
    for said in by_hand.of_line(line.override, line.hand_discount, line.note, language, allowed):
        yield Pair(said, size=SMALL, indent=True)
    if line.salesperson_id not in ("", paper.receipt.salesperson_id):
        yield Pair(words.served_by(names.of_seller(line.salesperson_id)), size=SMALL, indent=True)
    if line.free:
        yield Pair(words.given_on_top(), size=SMALL, indent=True)
    for off in line.discounts:
        yield Pair(language.name(off.name), write.figure(-off.amount), SMALL, indent=True)


def _slips(paper: Paper, language: Language) -> Iterator[PaperRow]:
    """What the bearer can spend: gift cards sold and coupons given, each with its code. A copy shows no code twice."""
    receipt = paper.receipt
    sold = [line for line in receipt.lines if line.card and receipt.kind is ReceiptKind.SALE]
    for line in sold:
        yield Rule()
        yield Centred(f"{line.name}", STRONG, 600)
        if paper.copy:
            yield Centred(card_mask(line.card))
        else:
            yield QrRow(line.card)
            yield Centred(line.card, PLAIN, 600)
        yield Centred(words.card_works(), SMALL)
    for coupon in receipt.coupons:
        yield Rule()
        yield Centred(words.coupon(language.name(coupon.name)), STRONG, 600)
        if paper.copy:
            yield Centred(card_mask(coupon.code))
        else:
            yield QrRow(coupon.code)
            yield Centred(coupon.code, PLAIN, 600)
        yield Centred(words.coupon_until(coupon.last_day, language), SMALL)
    if sold or receipt.coupons:
        yield Rule()


def _sums(receipt: Receipt, language: Language) -> Iterator[PaperRow]:
    write = language.format
    if receipt.discount:
        yield Pair(words.before_promotions(), write.figure(receipt.before))
        yield Pair(words.promotions(), write.figure(-receipt.discount))
    yield TotalRow(words.total(), write.money(receipt.total))
    for tender in receipt.tenders:
        yield Pair(words.tender(tender), write.figure(tender.given))
        if tender.value is not None and tender.value.left is not None:
            yield Pair(words.value_left(tender.mode), write.figure(tender.value.left), SMALL, indent=True)
        if tender.rounding is not None:
            yield Pair(words.rounding(), write.figure(tender.rounding), SMALL, indent=True)
    if receipt.change:
        yield Pair(words.change(), write.figure(receipt.change), PLAIN, 600)
    for tax in receipt.taxes:
        if tax.amount:
            yield Pair(words.tax(tax, language), write.figure(tax.amount), SMALL)


def _customer(receipt: Receipt, language: Language) -> Iterator[PaperRow]:
    customer = receipt.customer
    if customer is None:
        return
    yield Pair(f"{customer.name}  {customer.masked_mobile}".rstrip(), customer.tier, PLAIN, 500)
    several = len(receipt.points) > 1
    for points in receipt.points:
        if several and not (points.spent or points.earned or points.before):
            continue
        yield from _points(points, language)


def _points(points: ReceiptPoints, language: Language) -> Iterator[PaperRow]:
    write, name = language.format, language.name(points.name)
    if points.before is not None:
        yield Pair(words.points_before(name), write.points(points.before))
    if points.spent.units > 0:
        yield Pair(words.points_used(name), f"{MINUS}{write.points(points.spent)}")
    elif points.spent:
        yield Pair(words.points_given_back(name), f"+{write.points(-points.spent)}")
    if points.earned.units > 0:
        yield Pair(words.points_earned(name), f"+{write.points(points.earned)}")
    elif points.earned:
        yield Pair(words.points_taken_back(name), write.points(points.earned))
    if points.after is not None:
        yield Pair(words.points_now(name), write.points(points.after), PLAIN, 600)
    if points.expiring is not None:
        yield Pair(words.expiry(points.expiring, language), size=SMALL)
