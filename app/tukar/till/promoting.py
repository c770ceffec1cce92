"""The promotions on the bill and the sheet to choose them: what applies, what could, what does not yet and why."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Benefit, LocalName, Offer, PointsRange, Reason, WhyNot
from tukar.domain.points import Points
from tukar.domain.pricing.result import AppliedPromotion, PricedBill
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import ItemIndex
from tukar.till.sale import Sale, SaleChange
from tukar.till.set_deals import SetDeal, deal_of


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a promotion does not apply yet; ``item`` names the goods it lacks, where it lacks any."""

    why: WhyNot
    item: str = ""


@dataclass(frozen=True, slots=True)
class PromotionsSummary:
    """The promotions as the side panel lists them: in force, to be had, nearly there."""

    applied: tuple[AppliedPromotion, ...] = ()
    offers: tuple[Offer, ...] = ()
    reasons: tuple[Missing, ...] = ()
    locked: bool = False


class SummaryView(Protocol):
    """Where the short list is shown."""

    def show_summary(self, model: PromotionsSummary) -> None: ...


class Group(StrEnum):
    """Under which heading a promotion stands while the sheet is open."""

    APPLIED = "applied"
    AVAILABLE = "available"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """One promotion in the sheet.

    ``amount`` is what it takes off, or would; ``cost`` the points it spends. ``instead_of`` are promotions that go
    when it comes. ``items`` name the goods it is about, of which ``free_pieces`` are free, by the ``deal``. ``why`` is
    there for those that do not apply yet; ``points`` where the cashier chooses how many.
    """

    key: OfferKey
    name: LocalName
    group: Group
    benefit: Benefit | None = None
    ticked: bool = False
    amount: Money | None = None
    cost: Points | None = None
    is_best: bool = False
    instead_of: tuple[LocalName, ...] = ()
    items: tuple[str, ...] = ()
    free_pieces: int = 0
    points: PointsRange | None = None
    why: WhyNot | None = None
    deal: SetDeal | None = None


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What comes off one line of the bill."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PromotionsModel:
    """The sheet. Figures are those of the ticks as they are now; nothing is on the bill before Apply."""

    is_open: bool = False
    rows: tuple[PromotionRow, ...] = ()
    selected: int = -1
    preview: tuple[PreviewLine, ...] = ()
    before: Money | None = None
    discount: Money | None = None
    total: Money | None = None
    ticked: int = 0
    is_best: bool = False
    customer_name: str = ""
    balance: Points | None = None
    changed: bool = False
    notice: Notice | None = None


class PromotionsView(Protocol):
    """Where the sheet is shown."""

    def show_promotions(self, model: PromotionsModel) -> None: ...


class Promoting:
    """Lets the cashier tick promotions, several at once, and see what each takes off which line before it counts.

    Rows keep their places while the sheet is open. Ticking one that is not combinable unticks what it stands
    against, as its sub-line says.
    """

    def __init__(
        self,
        *,
        view: PromotionsView,
        summary: SummaryView,
        sale: Sale,
        index: ItemIndex,
        look_up: Callable[[Bill, Callable[[], None]], None],
    ) -> None:
        """``look_up`` asks the backend what the codes of a bill hold, and says when it has."""
        self._view = view
        self._summary = summary
        self._sale = sale
        self._index = index
        self._look_up = look_up
        self._draft: Bill = sale.bill
        self._opened: PricedBill = sale.priced
        self._seen: dict[OfferKey, PromotionRow] = {}
        self._selected = -1
        self._is_open = False
        sale.listen(self._changed)

    def open(self) -> None:
        """F7: the sheet for the bill as it is."""
        if self._sale.locked:
            return
        self._opened = self._sale.explained()
        self._draft = self._opened.bill
        best = self._best()
        self._seen = {row.key: replace(row, is_best=row.key in best) for row in self._rows(self._opened)}
        self._is_open = True
        self._selected = 0 if self._seen else -1
        self._show()

    def close(self) -> None:
        """Cancel: the bill stays as it was."""
        self._is_open = False
        self._view.show_promotions(PromotionsModel())

    def select(self, index: int) -> None:
        """Selects a row."""
        if 0 <= index < len(self._seen):
            self._selected = index
            self._show()

    def toggle(self, index: int) -> None:
        """Ticks or unticks a row; one that does not apply yet says why instead."""
        keys = list(self._seen)
        if not 0 <= index < len(keys):
            return
        self._selected = index
        key = keys[index]
        priced = self._sale.as_if(self._draft)
        notice = None
        if _applied(priced, key) is not None:
            self._draft = _without(self._draft, priced, key)
        else:
            claimed = self._with(self._draft, Claim(key))
            notice = None if claimed else Notice(Say.OFFER_GONE, Level.INFO, name=self._seen[key].name)
            self._draft = claimed or self._draft
        self._show(notice)

    def set_points(self, index: int, points: Points) -> None:
        """How many points this promotion may spend: cut to whole steps, from the least to the most it can take."""
        keys = list(self._seen)
        row = self._seen[keys[index]] if 0 <= index < len(keys) else None
        if row is None or row.points is None:
            return
        step = max(row.points.step.units, 1)
        whole = Points(points.units - points.units % step, points.digits)
        within = max(row.points.least, min(whole, row.points.most))
        claimed = self._with(self._draft, Claim(row.key, points=within))
        self._draft = claimed or self._draft
        self._show()

    def enter_code(self, code: str) -> None:
        """A voucher was typed or scanned; one that changes nothing is told and forgotten."""
        code = code.strip()
        if code and not self._takes(code):
            self._look_up(self._draft.with_code(code), lambda: self._looked_up(code))

    def _looked_up(self, code: str) -> None:
        if self._is_open and not self._takes(code):
            self._show(Notice(Say.VOUCHER_NOT_TAKEN, Level.WARN, text=code))

    def _takes(self, code: str) -> bool:
        """Whether a code changes something; then it is on the draft."""
        before = self._sale.as_if(self._draft)
        tried = self._draft.with_code(code)
        after = self._sale.as_if(tried)
        if code not in after.bill.codes or _told(before) == _told(after):
            return False
        self._draft = tried
        for row in self._rows(after):
            if row.group is not Group.NOT_YET and self._seen.get(row.key, row).group is Group.NOT_YET:
                self._seen[row.key] = replace(row, group=Group.AVAILABLE)
            self._seen.setdefault(row.key, replace(row, group=Group.AVAILABLE) if row.why is None else row)
        self._show()
        return True

    def replace(self) -> None:
        """Unticks everything, to choose anew."""
        priced = self._sale.as_if(self._draft)
        for applied in priced.applied:
            self._draft = _without(self._draft, priced, applied.key)
        self._show()

    def remove_all(self) -> None:
        """Takes every promotion off the bill at once; undo brings them back."""
        if not self._sale.locked:
            self._sale.remove_all_promotions()
            self.close()

    def apply(self) -> None:
        """Puts the ticked ones on the bill, and nothing else."""
        if self._sale.locked:
            return
        draft = self._draft
        for code in self._sale.bill.codes:
            if code not in draft.codes:
                self._sale.remove_code(code)
        for code in draft.codes:
            if code not in self._sale.bill.codes:
                self._sale.enter_code(code)
        self._sale.replace_claims(draft.claims, draft.switched_off)
        self.close()

    def use(self, place: int) -> None:
        """The button beside an offer of the short list."""
        offers = self._offers()
        if 0 <= place < len(offers) and not self._sale.locked:
            self._sale.claim(offers[place].key)

    def _best(self) -> frozenset[OfferKey]:
        """What is in force when the offers of the best combination are claimed; the bill as it is when none is."""
        bill = self._opened.bill
        for offer in self._opened.offers:
            bill = bill.with_claim(Claim(offer.key)) if offer.is_best else bill
        return frozenset(applied.key for applied in self._sale.as_if(bill).applied)

    def _rows(self, priced: PricedBill) -> list[PromotionRow]:
        programme = self._sale.rules.programme
        rows = _rows(priced, self._index)
        return [replace(row, deal=deal_of(programme, row.key, self._index)) for row in rows]

    def _with(self, bill: Bill, claim: Claim) -> Bill | None:
        """The bill with ``claim``, without what stands against it; None when it gives nothing even so."""
        tried = bill.with_claim(claim)
        priced = self._sale.as_if(tried)
        if _applied(priced, claim.key) is not None:
            return tried
        for other in reversed(priced.applied):
            alone = _without(tried, priced, other.key)
            if _applied(self._sale.as_if(alone), claim.key) is not None:
                return alone
        for other in priced.applied:
            tried = _without(tried, priced, other.key)
        return tried if _applied(self._sale.as_if(tried), claim.key) is not None else None

    def _renewed(self, row: PromotionRow, priced: PricedBill) -> PromotionRow:
        """The row with the figures of the ticks as they are now."""
        applied = _applied(priced, row.key)
        if applied is not None:
            return replace(
                row,
                ticked=True,
                amount=applied.amount,
                cost=applied.spent or row.cost,
                instead_of=(),
                items=_touched(priced, row.key),
                free_pieces=_free_pieces(priced, row.key),
            )
        offer = next((offer for offer in priced.offers if offer.key == row.key), None)
        if offer is not None:
            return replace(
                row,
                ticked=False,
                amount=offer.takes_off,
                cost=offer.cost,
                instead_of=offer.instead_of,
                points=offer.points or row.points,
                why=None,
            )
        return self._instead(row, priced) if row.why is None else replace(row, ticked=False)

    def _instead(self, row: PromotionRow, priced: PricedBill) -> PromotionRow:
        """A row that does not go together with what is ticked: what it would take off, and what would go for it."""
        bill = self._with(self._draft, Claim(row.key))
        if bill is None:
            return replace(row, ticked=False)
        after = self._sale.as_if(bill)
        kept = {applied.key for applied in after.applied}
        gone = tuple(applied.name for applied in priced.applied if applied.key not in kept)
        applied = _applied(after, row.key)
        return replace(row, ticked=False, amount=applied.amount if applied else row.amount, instead_of=gone)

    def _changed(self, _change: SaleChange) -> None:
        priced = self._sale.priced
        self._summary.show_summary(
            PromotionsSummary(
                priced.applied,
                self._offers(),
                tuple(Missing(why, next(iter(_lacks(why, self._index)), "")) for why in priced.reasons),
                self._sale.locked,
            )
        )

    def _offers(self) -> tuple[Offer, ...]:
        priced = self._sale.priced
        applied = {promotion.key for promotion in priced.applied}
        return tuple(offer for offer in priced.offers if offer.key not in applied)

    def _show(self, notice: Notice | None = None) -> None:
        priced = self._sale.as_if(self._draft)
        rows = tuple(self._renewed(row, priced) for row in self._seen.values())
        best = {row.key for row in rows if row.is_best}
        ticked = {row.key for row in rows if row.ticked}
        customer = priced.bill.customer
        balance = customer.balances[0] if customer and customer.balances else None
        self._view.show_promotions(
            PromotionsModel(
                is_open=self._is_open,
                rows=rows,
                selected=self._selected,
                preview=_preview(priced),
                before=priced.before,
                discount=priced.discount,
                total=priced.total,
                ticked=len(priced.applied),
                is_best=bool(best) and best == ticked,
                customer_name=customer.name if customer else "",
                balance=balance.available if balance else None,
                changed=self._draft != self._opened.bill,
                notice=notice,
            )
        )


def _applied(priced: PricedBill, key: OfferKey) -> AppliedPromotion | None:
    return next((applied for applied in priced.applied if applied.key == key), None)


def _without(bill: Bill, priced: PricedBill, key: OfferKey) -> Bill:
    applied = _applied(priced, key)
    bill = bill.without_claim(key)
    return bill.with_switched_off(key) if applied is not None and not applied.claimed else bill


def _rows(priced: PricedBill, index: ItemIndex) -> list[PromotionRow]:
    seen: dict[OfferKey, PromotionRow] = {}
    for applied in priced.applied:
        seen[applied.key] = PromotionRow(
            applied.key,
            applied.name,
            Group.APPLIED,
            applied.benefit,
            amount=applied.amount,
            cost=applied.spent,
            items=_touched(priced, applied.key),
            free_pieces=_free_pieces(priced, applied.key),
        )
    for offer in priced.offers:
        item = index.by_sku(offer.gift) if offer.gift else None
        seen.setdefault(
            offer.key,
            PromotionRow(
                offer.key,
                offer.name,
                Group.AVAILABLE,
                offer.benefit,
                amount=offer.takes_off,
                cost=offer.cost,
                instead_of=offer.instead_of,
                items=(item.name,) if item else (),
                points=offer.points,
            ),
        )
    for why in priced.reasons:
        seen.setdefault(why.key, PromotionRow(why.key, why.name, Group.NOT_YET, why=why, items=_lacks(why, index)))
    return list(seen.values())


def _lacks(why: WhyNot, index: ItemIndex) -> tuple[str, ...]:
    if why.reason is not Reason.NEEDS_ITEM:
        return ()
    return tuple(item.name for item in map(index.by_sku, why.skus) if item is not None)


def _touched(priced: PricedBill, key: OfferKey) -> tuple[str, ...]:
    free = [line.item.name for line in priced.free_lines if line.key == key]
    reduced = [line.line.item.name for line in priced.lines if any(off.key == key for off in line.discounts)]
    return tuple(dict.fromkeys(free + reduced))


def _free_pieces(priced: PricedBill, key: OfferKey) -> int:
    from_bill = sum(off.free_pieces for line in priced.lines for off in line.discounts if off.key == key)
    return from_bill + sum(line.quantity.pieces for line in priced.free_lines if line.key == key)


def _preview(priced: PricedBill) -> tuple[PreviewLine, ...]:
    zero = priced.bill.currency.zero()
    lines = [
        PreviewLine(line.line.item.name, line.gross - line.net)
        for line in priced.lines
        if line.gross - line.net != zero
    ]
    return (*lines, *(PreviewLine(free.item.name, free.worth) for free in priced.free_lines))


def _told(priced: PricedBill) -> tuple[object, ...]:
    return (priced.total, priced.discount, priced.applied, priced.free_lines, {offer.key for offer in priced.offers})
