"""The offer that appears by itself beside the bill: one at a time, Apply or Cancel, never in the way."""

from dataclasses import dataclass
from typing import Protocol

from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.item import Item
from tukar.domain.money import Money
from tukar.domain.offer import Offer, Reason, WhyNot
from tukar.domain.points import Points
from tukar.till.background import Background
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import ItemIndex, Journal
from tukar.till.sale import Sale, SaleChange


@dataclass(frozen=True, slots=True)
class OfferModel:
    """An offer as its card shows it; ``offer`` is None when there is none to show.

    ``now`` is the total without it. ``balance_after`` is what the customer keeps; ``or_keep`` the nearest reward
    that the points could grow into instead. ``gifts`` are the items to pick from, in the order of ``choices``.
    """

    offer: Offer | None = None
    customer_name: str = ""
    balance_after: Points | None = None
    now: Money | None = None
    gifts: tuple[Item, ...] = ()
    gift: int = 0
    or_keep: WhyNot | None = None
    waiting: int = 0
    notice: Notice | None = None


class OfferView(Protocol):
    """Where the offer is shown; it never takes the focus by itself (till.md, "Never in the way")."""

    def show_offer(self, model: OfferModel) -> None: ...


class Offering:
    """Watches the bill: an offer that it can have now and could not before is shown, others wait behind it.

    A shown offer follows the bill: its figures change with it, and it leaves when the bill no longer has it. What
    was declined stays away for this bill. Whoever asks for it in the Promotions sheet has it all the same.
    """

    def __init__(
        self, *, view: OfferView, sale: Sale, index: ItemIndex, journal: Journal, background: Background
    ) -> None:
        self._view = view
        self._sale = sale
        self._index = index
        self._journal = journal
        self._background = background
        self._queue: list[OfferKey] = []
        self._gift = 0
        self._shown = OfferModel()
        sale.listen(self._changed)

    def apply(self) -> None:
        """Puts the shown offer on the bill."""
        offer = self._shown.offer
        if offer is None or self._sale.locked:
            return
        choice = offer.choices[self._gift] if offer.choices else ""
        self._queue.remove(offer.key)
        bill_id = self._sale.bill.bill_id
        if self._sale.claim(offer.key, choice=choice):
            self._count(bill_id, offer.key, PromotionOutcome.TAKEN)
            return
        self._count(bill_id, offer.key, PromotionOutcome.LOST, Say.OFFER_GONE.value)
        self._show(Notice(Say.OFFER_GONE, Level.WARN, name=offer.name))

    def decline(self) -> None:
        """Cancel: the customer does not want it, and is not asked again on this bill."""
        offer = self._shown.offer
        if offer is None or self._sale.locked:
            return
        self._queue.remove(offer.key)
        self._count(self._sale.bill.bill_id, offer.key, PromotionOutcome.DECLINED)
        self._sale.decline(offer.key)

    def choose_gift(self, index: int) -> None:
        """Picks another of the items there are to choose from."""
        if self._shown.offer is not None and 0 <= index < len(self._shown.gifts):
            self._gift = index
            self._show()

    def _changed(self, change: SaleChange) -> None:
        if not change.same_bill:
            self._queue.clear()
        for offer in change.new_pop_ups:
            if offer.key not in self._queue:
                self._queue.append(offer.key)
                self._count(change.after.bill.bill_id, offer.key, PromotionOutcome.OPEN)
        priced = self._sale.priced
        away = priced.bill.declined | priced.bill.switched_off
        live = {offer.key for offer in priced.offers} - away
        self._queue = [key for key in self._queue if key in live]
        self._show()

    def _show(self, notice: Notice | None = None) -> None:
        offer = self._current()
        if offer is None or self._shown.offer is None or offer.key != self._shown.offer.key:
            self._gift = 0
        self._shown = self._model(offer, notice)
        self._view.show_offer(self._shown)

    def _current(self) -> Offer | None:
        offers = {offer.key: offer for offer in self._sale.priced.offers}
        return next((offers[key] for key in self._queue if key in offers), None)

    def _model(self, offer: Offer | None, notice: Notice | None) -> OfferModel:
        if offer is None:
            return OfferModel(notice=notice)
        priced = self._sale.priced
        customer = priced.bill.customer
        balance = customer.balance(offer.programme_id) if customer else None
        spent = priced.spent_of(offer.programme_id)
        left = None
        if balance is not None and offer.cost is not None:
            left = balance.available - offer.cost - spent if spent is not None else balance.available - offer.cost
        return OfferModel(
            offer=offer,
            customer_name=customer.name if customer else "",
            balance_after=left,
            now=priced.total,
            gifts=self._items(offer.choices or ((offer.gift,) if offer.gift else ())),
            gift=self._gift,
            or_keep=_better_later(priced.reasons, offer) if offer.cost is not None else None,
            waiting=len(self._queue) - 1,
            notice=notice,
        )

    def _items(self, skus: tuple[str, ...]) -> tuple[Item, ...]:
        return tuple(item for item in map(self._index.by_sku, skus) if item is not None)

    def _count(self, bill_id: str, key: OfferKey, outcome: PromotionOutcome, note: str = "") -> None:
        def record() -> None:
            self._journal.record_offer(bill_id, key, outcome, note)

        self._background.run(record, _counted, _not_counted)


def _counted(_nothing: None) -> None:
    """A count needs no answer."""


def _not_counted(_trouble: Exception) -> None:
    """A disk that takes no counts takes no bill either, and that is said where bills are saved."""


def _better_later(reasons: tuple[WhyNot, ...], offer: Offer) -> WhyNot | None:
    return next(
        (why for why in reasons if why.reason is Reason.NEEDS_POINTS and why.points and why.key != offer.key), None
    )
