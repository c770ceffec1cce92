"""Rewards ↔ JSON, as the case format and the rule files write them (FORMAT.md, "Reward")."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from tukar.domain.goods import Goods
from tukar.domain.money import Currency
from tukar.domain.offer import LocalName
from tukar.domain.reward import (
    AmountOff,
    AmountPerPoint,
    AmountStep,
    BundlePrice,
    CartRange,
    FirstThenEach,
    FreeFromCart,
    FreeItem,
    PercentOff,
    PercentStep,
    Reward,
    Scope,
    SetTerms,
    Target,
    Terms,
    TieredAmountOff,
    TieredPercentOff,
)
from tukar.wire.strict import (
    Fields,
    WrongKindError,
    as_bool,
    as_money,
    as_name,
    as_names,
    as_percent,
    as_positive,
    as_share,
    as_unit_price,
    as_word,
    number_text,
)

GOODS_LISTS: Final = ("items", "categories", "tags", "products")

Json = dict[str, Any]


class _Kind(StrEnum):
    PERCENT_OFF = "percent_off"
    AMOUNT_OFF = "amount_off"
    AMOUNT_PER_POINT = "amount_per_point"
    FREE_ITEM = "free_item"
    BUNDLE_PRICE = "bundle_price"
    TIERED_PERCENT_OFF = "tiered_percent_off"
    TIERED_AMOUNT_OFF = "tiered_amount_off"
    FIRST_THEN_EACH = "first_then_each"


class _On(StrEnum):
    ORDER = "order"
    CHEAPEST = "cheapest"
    EACH_ITEM = "each_item"


class _Choose(StrEnum):
    CHEAPEST = "cheapest_in_cart"
    DEAREST = "most_expensive_in_cart"


def read_goods(fields: Fields) -> Goods:
    """The goods lists among the fields of an object."""
    lists = {name: fields.get(name, as_names, None) for name in GOODS_LISTS}
    return Goods(**lists)


def goods_json(goods: Goods) -> Json:
    lists = {name: getattr(goods, name) for name in GOODS_LISTS}
    return {name: sorted(names) for name, names in lists.items() if names is not None}


def read_local_name(fields: Fields, default: str = "") -> LocalName | None:
    """``name`` with ``names`` for other languages; None where neither is there and there is no default."""
    name = fields.get("name", as_name, default)
    nothing: dict[str, str] = {}
    translations = fields.get("names", _names_by_language, nothing)
    return LocalName(name, translations) if name else None


def local_name_json(name: LocalName) -> Json:
    return {"name": name.default} | ({"names": dict(name.translations)} if name.translations else {})


def _names_by_language(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise WrongKindError("an object of names by language", raw)
    return {str(language): as_name(name) for language, name in raw.items()}


def read_reward(raw: object, path: str, currency: Currency, mistakes: list[Any]) -> Reward | None:
    """One reward; None where it is of no known kind or lacks what its kind needs."""
    fields = Fields(raw, path, mistakes)
    kind = fields.need("kind", as_word(_Kind), None)
    if kind is None:
        return None
    reward = _READERS[kind](_RewardReader(fields, currency))
    fields.close()
    return reward


@dataclass(frozen=True, slots=True)
class _RewardReader:
    fields: Fields
    currency: Currency

    def terms(self) -> Json:
        return {
            "reward_id": self.fields.get("id", as_name, ""),
            "name": read_local_name(self.fields),
            "cost": self.fields.get("cost_points", as_share, Fraction(0)),
            "max_discount": self.fields.get("max_discount", as_money(self.currency), None),
        }

    def target(self) -> Target:
        scope, goods = Scope.ORDER, Goods()
        if isinstance(self.fields.raw("on"), dict):
            part = self.fields.part("on")
            scope, goods = Scope.FILTER, read_goods(part)
            part.close()
        else:
            scope = Scope(self.fields.get("on", as_word(_On), _On.ORDER).value)
        if self.fields.has("of"):
            if scope in (Scope.ORDER, Scope.FILTER):
                self.fields.doubt("of", "narrows only each_item and cheapest")
            part = self.fields.part("of")
            goods = read_goods(part)
            part.close()
        return Target(
            scope=scope,
            goods=goods,
            **self.prices(),
            max_items=self.fields.get("max_items", as_positive, None),
            max_items_per_line=self.fields.get("max_items_per_line", as_positive, None),
        )

    def prices(self) -> Json:
        price = as_unit_price(self.currency)
        lowest, highest = self.fields.get("price_from", price, None), self.fields.get("price_to", price, None)
        if lowest is not None and highest is not None and lowest.scaled > highest.scaled:
            self.fields.doubt("price_to", "is below price_from")
        return {"price_from": lowest, "price_to": highest}

    def goods(self, name: str) -> Goods | None:
        if not self.fields.has(name):
            return None
        part = self.fields.part(name)
        goods = read_goods(part)
        part.close()
        return goods

    def percent_off(self) -> Reward:
        return PercentOff(
            percent=self.fields.need("value", as_percent, as_percent(0)), target=self.target(), **self.terms()
        )

    def amount_off(self) -> Reward:
        amount = self.fields.need("value", as_money(self.currency), self.currency.zero())
        return AmountOff(amount=amount, target=self.target(), **self.terms())

    def amount_per_point(self) -> Reward:
        block = self.fields.get("block", as_share, None)
        if block == 0:
            self.fields.doubt("block", "must be above 0")
            block = None
        value = self.fields.need("value", as_share, Fraction(1))
        if value == 0:
            self.fields.doubt("value", "must be above 0")
        ranges = tuple(self._range(path, row) for path, row in self.fields.each("ranges"))
        terms = self.terms()
        return AmountPerPoint(value=value, block=block, target=self.target(), ranges=ranges, **terms)

    def _range(self, path: str, raw: object) -> CartRange:
        fields = Fields(raw, path, self.fields.mistakes)
        money = as_money(self.currency)
        least, most = fields.need("from", money, self.currency.zero()), fields.get("to", money, None)
        if most is not None and most < least:
            fields.doubt("to", "is below from")
        cap, percent = fields.get("cap", money, None), fields.get("cap_percent", as_percent, None)
        fields.close()
        if (cap is None) == (percent is None):
            fields.wrong("cap", "either cap or cap_percent is needed")
            cap, percent = self.currency.zero(), None
        return CartRange(least, most, cap, percent)

    def free_item(self) -> Reward:
        chosen = self.fields.get("choose", as_word(_Choose), None)
        sku, product = self.fields.get("sku", as_name, ""), self.fields.get("sku_product", as_name, "")
        pick, of = self.goods("choose_from"), self.goods("of")
        quantity = self.fields.get("qty", as_positive, 1)
        named = [name for name in ("sku", "sku_product", "choose_from", "of") if self.fields.has(name)]
        if len(named) > 1:
            self.fields.doubt(named[1], f"cannot stand beside {named[0]}")
        from_cart = self.fields.get("from_cart", as_bool, default=False)
        if from_cart or chosen is not None or not (sku or product or pick is not None):
            return FreeFromCart(
                sku=sku,
                product=product,
                of=of if pick is None else pick,
                quantity=quantity,
                dearest=chosen is _Choose.DEAREST,
                **self.prices(),
                **self.terms(),
            )
        return FreeItem(sku=sku, product=product, choose_from=pick, quantity=quantity, **self.terms())

    def bundle_price(self) -> Reward:
        price = self.fields.need("value", as_money(self.currency), self.currency.zero())
        return BundlePrice(price=price, **self.prices(), **self.terms())

    def tiered_percent_off(self) -> Reward:
        steps = [self._step(path, row, as_percent, as_percent(0)) for path, row in self.fields.each("tiers")]
        self._any_steps(steps)
        return TieredPercentOff(
            steps=tuple(PercentStep(least, value) for least, value in steps), target=self.target(), **self.terms()
        )

    def tiered_amount_off(self) -> Reward:
        money = as_money(self.currency)
        steps = [self._step(path, row, money, self.currency.zero()) for path, row in self.fields.each("tiers")]
        self._any_steps(steps)
        return TieredAmountOff(
            steps=tuple(AmountStep(least, value) for least, value in steps), target=self.target(), **self.terms()
        )

    def _any_steps(self, steps: list[Any]) -> None:
        if not steps:
            self.fields.doubt("tiers", "is missing")

    def _step(self, path: str, raw: object, read: Callable[[object], Any], default: object) -> tuple[Any, Any]:
        fields = Fields(raw, path, self.fields.mistakes)
        step = fields.need("from", as_money(self.currency), self.currency.zero()), fields.need("value", read, default)
        fields.close()
        return step

    def first_then_each(self) -> Reward:
        money, zero = as_money(self.currency), self.currency.zero()
        first, each = self.fields.need("first", money, zero), self.fields.need("each", money, zero)
        return FirstThenEach(first=first, each=each, target=self.target(), **self.terms())


_READERS: Final[dict[_Kind, Callable[[_RewardReader], Reward]]] = {
    _Kind.PERCENT_OFF: _RewardReader.percent_off,
    _Kind.AMOUNT_OFF: _RewardReader.amount_off,
    _Kind.AMOUNT_PER_POINT: _RewardReader.amount_per_point,
    _Kind.FREE_ITEM: _RewardReader.free_item,
    _Kind.BUNDLE_PRICE: _RewardReader.bundle_price,
    _Kind.TIERED_PERCENT_OFF: _RewardReader.tiered_percent_off,
    _Kind.TIERED_AMOUNT_OFF: _RewardReader.tiered_amount_off,
    _Kind.FIRST_THEN_EACH: _RewardReader.first_then_each,
}


def reward_json(reward: Reward) -> Json:
    """The reward as ``read_reward`` reads it back."""
    return _own_json(reward) | _terms_json(reward)


def _terms_json(terms: Terms) -> Json:
    written: Json = {}
    if terms.reward_id:
        written["id"] = terms.reward_id
    if terms.name is not None:
        written |= local_name_json(terms.name)
    if terms.cost:
        written["cost_points"] = number_text(terms.cost)
    if terms.max_discount is not None:
        written["max_discount"] = terms.max_discount.decimal()
    return written


def _target_json(target: Target) -> Json:
    written: Json = {}
    if target.scope is Scope.FILTER:
        written["on"] = goods_json(target.goods)
    elif target.scope is not Scope.ORDER:
        written["on"] = target.scope.value
        if not target.goods.names_all:
            written["of"] = goods_json(target.goods)
    limits = {"max_items": target.max_items, "max_items_per_line": target.max_items_per_line}
    return written | _prices_json(target) | {name: value for name, value in limits.items() if value is not None}


def _prices_json(prices: Target | SetTerms) -> Json:
    ends = {"price_from": prices.price_from, "price_to": prices.price_to}
    return {name: price.decimal() for name, price in ends.items() if price is not None}


def _range_json(band: CartRange) -> Json:
    written = {"from": band.least.decimal()}
    if band.most is not None:
        written["to"] = band.most.decimal()
    if band.cap is not None:
        written["cap"] = band.cap.decimal()
    if band.cap_percent is not None:
        written["cap_percent"] = format(band.cap_percent, "f")
    return written


def _per_point_json(reward: AmountPerPoint) -> Json:
    written: Json = {"kind": "amount_per_point", "value": number_text(reward.value)}
    if reward.block is not None:
        written["block"] = number_text(reward.block)
    if reward.ranges:
        written["ranges"] = [_range_json(band) for band in reward.ranges]
    return written | _target_json(reward.target)


def _own_json(reward: Reward) -> Json:
    match reward:
        case AmountPerPoint():
            written = _per_point_json(reward)
        case FreeItem():
            written = _free_item_json(reward)
        case FreeFromCart():
            written = _from_cart_json(reward)
        case BundlePrice():
            written = {"kind": "bundle_price", "value": reward.price.decimal()} | _prices_json(reward)
        case _:
            written = _off_json(reward) | _target_json(reward.target)
    return written


def _off_json(reward: PercentOff | AmountOff | TieredPercentOff | TieredAmountOff | FirstThenEach) -> Json:
    match reward:
        case PercentOff():
            return {"kind": "percent_off", "value": format(reward.percent, "f")}
        case AmountOff():
            return {"kind": "amount_off", "value": reward.amount.decimal()}
        case FirstThenEach():
            return {"kind": "first_then_each", "first": reward.first.decimal(), "each": reward.each.decimal()}
        case TieredPercentOff():
            steps = [{"from": step.least.decimal(), "value": format(step.percent, "f")} for step in reward.steps]
            return {"kind": "tiered_percent_off", "tiers": steps}
        case TieredAmountOff():
            steps = [{"from": step.least.decimal(), "value": step.amount.decimal()} for step in reward.steps]
            return {"kind": "tiered_amount_off", "tiers": steps}


def _free_item_json(reward: FreeItem) -> Json:
    named: Json = {"sku": reward.sku} if reward.sku else {"sku_product": reward.product}
    if reward.choose_from is not None:
        named = {"choose_from": goods_json(reward.choose_from)}
    return {"kind": "free_item", "qty": reward.quantity} | named


def _from_cart_json(reward: FreeFromCart) -> Json:
    named: Json = {}
    if reward.sku:
        named = {"sku": reward.sku}
    elif reward.product:
        named = {"sku_product": reward.product}
    elif reward.of is not None:
        named = {"of": goods_json(reward.of)}
    written = {"kind": "free_item", "qty": reward.quantity, "from_cart": True} | named
    return written | _prices_json(reward) | ({"choose": _Choose.DEAREST.value} if reward.dearest else {})
