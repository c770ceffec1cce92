"""The bill worked out again from our own rules and catalogue; what a till says is compared, never booked.

Bills from tills name goods by code. Their items, prices and taxes are looked up in the catalogue of one version; a
price that differs must be an override with somebody's name on it (redemption.md, principles 6 and 8).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Generic, TypeVar

from tukar.domain.bill import Bill, BillLine
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.domain.money import Currency, Quantity, UnitPrice
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, RuleBook, settle
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt, ReceiptLine
from tukar.domain.redemption import Refusal
from tukar.domain.reward import FreeItem
from tukar.server import catalogue, programmes, uses
from tukar.server.call import Call, HeldBill, Versions
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.uses import Standing, View
from tukar.wire.amounts import currency_of
from tukar.wire.bills import WireBasket, claim_of, discount_of, key_of, override_of
from tukar.wire.catalogue import item_from_json

BOOKS_KEPT: Final = 64
HELD_KEPT: Final = 1024
ITEMS_KEPT: Final = 20_000
CHOICES_AT_MOST: Final = 500

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The last few values that were asked for; threads may share it."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._at_most:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        value = self.get(key)
        return self.put(key, make()) if value is None else value


class Gifts:
    """The items that rewards of one programme may give, as one version of the catalogue has them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._by_sku = {item.sku: item for item in items}

    def by_sku(self, sku: str) -> Item | None:
        return self._by_sku.get(sku)

    def matching(self, goods: Goods, wanted: int | None = None) -> Sequence[Item]:  # noqa: ARG002 - they are at hand
        return [item for item in self._items if goods.names(item)]


class Books:
    """Programmes and items that were read from the database once; versions never change, so they may be kept."""

    def __init__(self) -> None:
        self._programmes: Kept[tuple[str, int], Programme] = Kept(BOOKS_KEPT)
        self._books: Kept[tuple[str, int, int], RuleBook] = Kept(BOOKS_KEPT)
        self._items: Kept[tuple[str, str], Item] = Kept(ITEMS_KEPT)
        self._held: Kept[tuple[str, str], HeldBill] = Kept(HELD_KEPT)

    def programme(self, call: Call, version: int) -> Programme | None:
        key = (call.shop_id, version)
        known = self._programmes.get(key)
        if known is not None:
            return known
        stored = programmes.body(call, version)
        return None if stored is None else self._programmes.put(key, programmes.parsed(stored))

    def item(self, body: str, currency: Currency) -> Item:
        return self._items.get_or_make((body, currency.code), lambda: item_from_json(body.encode(), currency))

    def keep_held(self, call: Call, redemption_id: str, held: HeldBill) -> None:
        self._held.put((call.shop_id, redemption_id), held)

    def held(self, call: Call, redemption_id: str) -> HeldBill | None:
        return self._held.get((call.shop_id, redemption_id))

    def forget(self) -> None:
        for kept in (self._programmes, self._books, self._held):
            kept.clear()

    def book(self, call: Call, programme: Programme, catalogue_version: int) -> RuleBook:
        key = (call.shop_id, programme.version, catalogue_version)
        return self._books.get_or_make(key, lambda: _compiled(call, programme, catalogue_version))


def _compiled(call: Call, programme: Programme, catalogue_version: int) -> RuleBook:
    skus: set[str] = set()
    for rule in programme.rules:
        for reward in rule.rewards:
            if isinstance(reward, FreeItem):
                skus.update(_gift_skus(call, reward))
    items = catalogue.items_of(call, skus, programme.currency, catalogue_version)
    return RuleBook.compile(programme, Gifts(tuple(items[sku] for sku in sorted(items))), programme.currency)


def _gift_skus(call: Call, reward: FreeItem) -> Iterable[str]:
    if reward.sku:
        return (reward.sku,)
    goods = reward.goods()
    found = [
        *(goods.items or ()),
        *catalogue.named(call, "category", goods.categories or ()),
        *catalogue.named(call, "tag", goods.tags or ()),
        *catalogue.named(call, "product", goods.products or ()),
    ]
    return found[:CHOICES_AT_MOST]


def basket_bill(call: Call, shop: Shop, basket: WireBasket, customer: LoyaltyAccount | None) -> Bill:
    """The bill in hand with our own items. Refused(PRICES_CHANGED) when a price is neither ours nor an override."""
    currency = currency_of(basket.currency)
    if currency != shop.currency:
        raise Refused(Refusal.BAD_REQUEST, "not the shop's currency")
    items = catalogue.items_of(call, (line.sku for line in basket.lines), currency)
    lines = []
    for line in basket.lines:
        item = items.get(line.sku)
        if item is None or not item.active:
            raise Refused(Refusal.PRICES_CHANGED, f"{line.sku} is not sold any more")
        unit_price = UnitPrice.parse(line.unit_price, currency)
        if line.override is None and unit_price != item.charged_price:
            raise Refused(Refusal.PRICES_CHANGED, f"{line.sku} costs {item.charged_price.decimal()}")
        lines.append(
            BillLine(
                line_id=line.line_id,
                item=item,
                quantity=Quantity.parse(line.quantity),
                unit_price=unit_price,
                override=override_of(line.override),
                discount=discount_of(line.discount, currency),
                card=line.card,
            )
        )
    return Bill(
        bill_id=basket.bill_id,
        currency=currency,
        lines=tuple(lines),
        customer=customer,
        claims=tuple(map(claim_of, basket.claims)),
        codes=basket.codes,
        switched_off=frozenset(map(key_of, basket.switched_off)),
        declined=frozenset(map(key_of, basket.declined)),
        price_list=basket.price_list,
    )


def receipt_bill(
    call: Call, receipt: Receipt, versions: Versions, customer: LoyaltyAccount | None
) -> tuple[Bill, tuple[str, ...]]:
    """The saved bill with the items of that version, quantities above zero, and what of it is not as we have it.

    An article that the catalogue does not know is taken as the receipt has it: the goods are sold, whatever we think.
    """
    sold = [line for line in receipt.lines if not line.free]
    items = catalogue.items_of(call, (line.sku for line in sold), receipt.currency, versions.catalogue)
    differences = []
    lines = []
    for line in sold:
        item = items.get(line.sku)
        if item is None:
            differences.append(f"{line.sku} is not in the catalogue")
            item = _as_sold(line)
        elif line.override is None and line.unit_price != item.charged_price:
            differences.append(f"{line.sku} cost {item.charged_price.decimal()}, not {line.unit_price.decimal()}")
        lines.append(_bill_line(line, item))
    bill = Bill(
        bill_id=receipt.bill_id,
        currency=receipt.currency,
        lines=tuple(lines),
        customer=customer,
        claims=receipt.claims,
        codes=receipt.codes,
        switched_off=frozenset(receipt.switched_off),
        declined=frozenset(receipt.declined),
        price_list=receipt.price_list,
    )
    return bill, tuple(differences)


def as_given(programme: Programme | None, bill: Bill, receipt: Receipt) -> Bill:
    """The bill without what is limited and was not given: its till was cut off, or others were first just then."""
    given = {discount.key for line in receipt.lines for discount in line.discounts}
    given.update(claim.key for claim in receipt.claims)
    has_gifts = any(line.free for line in receipt.lines)
    limited = [] if programme is None else [rule for rule in programme.rules if rule.is_limited]
    withheld = {
        key
        for rule in limited
        for key, reward in rule.keyed_rewards()
        if not rule.family.is_payment and key not in given and not (has_gifts and isinstance(reward, FreeItem))
    }
    return replace(bill, switched_off=bill.switched_off | withheld) if withheld else bill


def _as_sold(line: ReceiptLine) -> Item:
    return Item(line.sku, line.name, line.unit_price, line.taxes, weighed=not line.quantity.is_whole)


def _bill_line(line: ReceiptLine, item: Item) -> BillLine:
    quantity = Quantity(abs(line.quantity.thousandths))
    if not quantity.is_whole and not item.weighed:
        item = replace(item, weighed=True)
    return BillLine(
        line_id=line.line_id,
        item=item,
        quantity=quantity,
        unit_price=line.unit_price,
        override=line.override,
        discount=line.hand_discount,
        card=line.card,
    )


def reckon(
    call: Call, shop: Shop, bill: Bill, versions: Versions, at: datetime, view: View = View.IN_HAND
) -> PricedBill:
    """What ``bill`` comes to by the rules and prices of ``versions`` at that moment."""
    programme = _programme(call, shop, versions)
    left = uses.standing(call, programme, bill, shop.today(at), view)
    return reckon_with(call, shop, bill, versions, at, left)


def _programme(call: Call, shop: Shop, versions: Versions) -> Programme:
    programme = programmes.version(call, versions.programme)
    return programme if programme is not None else Programme(version=0, currency=shop.currency)


def reckon_with(call: Call, shop: Shop, bill: Bill, versions: Versions, at: datetime, left: Standing) -> PricedBill:
    """The same with what is ``left`` for it of everything that is limited."""
    book = call.equipment.books.book(call, _programme(call, shop, versions), versions.catalogue)
    circumstances = Circumstances(
        now=shop.local(at),
        shop_id=call.shop_id,
        till_id=call.caller.till_id,
        uses=left.uses,
        uses_today=left.uses_today,
        budget_used=left.budget_used,
        cards=left.cards,
    )
    asked = bill if left.customer is bill.customer else replace(bill, customer=left.customer)
    return settle(asked, book, circumstances)


def reckon_to_hold(call: Call, shop: Shop, bill: Bill, versions: Versions) -> PricedBill:
    """The same for a hold: what it will claim is locked first, so that of two tills one gets the last of it.

    Once it is locked what is left is looked up again; the bill comes to the same where that is what it was.
    """
    programme, today = _programme(call, shop, versions), shop.today(call.now)
    locked: frozenset[str] = frozenset()
    left = uses.standing(call, programme, bill, today)
    priced = reckon_with(call, shop, bill, versions, call.now, left)
    while True:
        wanted = uses.contended(programme, priced)
        if wanted <= locked:
            return priced
        uses.lock(call, wanted - locked)
        locked |= wanted
        before, left = left, uses.standing(call, programme, bill, today)
        if left == before:
            return priced
        priced = reckon_with(call, shop, bill, versions, call.now, left)


def keep_held(call: Call, redemption_id: str, bill: Bill, versions: Versions, priced: PricedBill) -> None:
    """So that the bill, should it come as it was held, need not be worked out again."""
    held = HeldBill(replace(bill, customer=None), versions, priced)
    call.equipment.books.keep_held(call, redemption_id, held)


def reckon_held(
    call: Call, shop: Shop, bill: Bill, versions: Versions, held_at: datetime, redemption_id: str
) -> PricedBill:
    """The same for a bill that was held at that moment, with the customer as the hold has them.

    Where it comes as it was held, it comes to what it came to then: nothing is worked out twice. A programme with
    limits is asked anew, because what is left of them is in the database.
    """
    held = call.equipment.books.held(call, redemption_id)
    if held is not None and (held.bill, held.versions) == (replace(bill, customer=None), versions):
        programme = programmes.version(call, versions.programme)
        if programme is not None and not uses.has_limits(programme):
            return held.priced
    return reckon(call, shop, bill, versions, held_at, View.SOLD)


def with_points(account: LoyaltyAccount, programme_id: str, more: int) -> LoyaltyAccount:
    """The account as if so many more units of one programme could be spent."""
    return replace(
        account,
        balances=tuple(
            replace(balance, posted=Points(balance.posted.units + more, balance.posted.digits))
            if balance.programme_id == programme_id
            else balance
            for balance in account.balances
        ),
    )
