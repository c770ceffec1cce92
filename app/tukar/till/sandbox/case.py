"""Case files read strictly (FORMAT.md, "Case"): a file that is broken is refused, a word unknown is unsupported."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money
from tukar.domain.rule import Rule
from tukar.till.sandbox.steps import Step, read_expected, read_step
from tukar.wire.rules import RuleContext, read_rule
from tukar.wire.strict import (
    Fields,
    Mistake,
    UnknownWordError,
    WrongKindError,
    as_bool,
    as_count,
    as_money,
    as_name,
    as_names,
    as_number,
    as_rate,
    as_share,
    as_text,
    as_unit_price,
    kind_of,
)

CASES_FORMAT: Final = "tukar-cases/1"

SOME_DAY: Final = datetime(2001, 1, 1, 9)  # noqa: DTZ001 - the shop's local time
"""The moment of a case that may be on any day: relative days count from it, dates are not looked at."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a case wants points to be counted (FORMAT.md, ``settings``)."""

    spend_points_of_this_sale: bool = False
    own_redemption_lowers_earning: bool = False


@dataclass(frozen=True, slots=True)
class Shopper:
    """The customer a case declares; ``attach`` says when they are on the sale."""

    customer_id: str
    points: Mapping[str, Fraction] = field(default_factory=dict)
    group: str = ""
    lifetime_spend: Money | None = None
    orders_placed: int = 0
    orders_cancelled: int = 0
    wallet: Fraction = Fraction(0)
    card: str = ""
    wallet_card: str = ""
    code_uses: Mapping[str, int] = field(default_factory=dict)
    attach: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A sale with an answer; ``unsupported`` are the fields and words that the product does not know."""

    case_id: str
    level: str
    currency: Currency
    settings: Settings
    now: datetime
    price_list: str
    tolerance: Fraction
    catalogue: tuple[Item, ...]
    customer: Shopper | None
    rules: tuple[Rule, ...]
    steps: tuple[Step, ...]
    expected: Mapping[str, Any]
    unsupported: tuple[Mistake, ...] = ()


class UnreadableFileError(ValueError):
    """A file that is no case file, or a broken one; the text says where and why."""


def read_cases(path: Path) -> list[Case]:
    """All cases of a file; UnreadableFileError names the place inside it and the reason."""
    raw = read_json(path)
    mistakes: list[Mistake] = []
    if not isinstance(raw, dict) or raw.get("format") != CASES_FORMAT:
        raise UnreadableFileError(f"{path}: format: must be {CASES_FORMAT}")
    if not isinstance(raw.get("cases"), list):
        raise UnreadableFileError(f"{path}: cases: a list is needed, not {kind_of(raw.get('cases'))}")
    cases = [_read_case(row, f"cases[{place}]", mistakes) for place, row in enumerate(raw["cases"])]
    if mistakes:
        raise UnreadableFileError("\n".join(f"{path}: {mistake}" for mistake in mistakes))
    return cases


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON is anything until it is read
    """The JSON of a file with exact numbers; UnreadableFileError says why there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_constant=_no_number)
    except OSError as problem:
        raise UnreadableFileError(f"{path}: cannot be opened: {problem.strerror}") from problem
    except json.JSONDecodeError as problem:
        raise UnreadableFileError(f"{path}: line {problem.lineno}: not JSON: {problem.msg}") from problem
    except (ValueError, RecursionError) as problem:
        raise UnreadableFileError(f"{path}: not JSON: {problem}") from problem


def _no_number(word: str) -> Decimal:
    raise ValueError(f"{word} is no number")


def _read_case(raw: object, path: str, mistakes: list[Mistake]) -> Case:
    found: list[Mistake] = []
    case = _CaseReader(Fields(raw, path, found)).case()
    mistakes += [mistake for mistake in found if not (mistake.unknown or mistake.doubtful)]
    unknown = tuple(mistake for mistake in found if mistake.unknown)
    return case if not unknown else Case(**{name: getattr(case, name) for name in _COPIED}, unsupported=unknown)


_COPIED: Final = tuple(name for name in Case.__dataclass_fields__ if name != "unsupported")


@dataclass(frozen=True, slots=True)
class _CaseReader:
    fields: Fields

    def case(self) -> Case:
        fields = self.fields
        for name in ("source", "what", "notes", "tags"):
            fields.raw(name)
        currency = self._currency()
        now = fields.get("now", _moment, None)
        case = Case(
            case_id=fields.need("id", as_name, "?"),
            level=fields.get("level", as_text, "core"),
            currency=currency,
            settings=self._settings(),
            now=now or SOME_DAY,
            price_list=fields.get("price_list", as_text, ""),
            tolerance=fields.get("tolerance", as_share, Fraction(0)),
            catalogue=tuple(self._item(path, row, currency) for path, row in fields.each("catalogue")),
            customer=self._customer(currency) if fields.has("customer") else None,
            rules=tuple(self._rules(currency, now)),
            steps=tuple(read_step(row, path, fields.mistakes) for path, row in fields.each("steps")),
            expected=read_expected(fields, "expected"),
        )
        fields.close()
        return case

    def _currency(self) -> Currency:
        part = self.fields.part("currency")
        code, digits = part.need("code", as_name, "XXX"), part.need("minor_digits", as_count, 2)
        step = part.get("step", as_share, None)
        part.close()
        cash = 1 if not step else max(1, int(step * 10**digits))
        try:
            return Currency(code, digits, cash)
        except ValueError as mistake:
            part.wrong("", str(mistake))
            return Currency("XXX", 2)

    def _settings(self) -> Settings:
        part = self.fields.part("settings")
        settings = Settings(
            part.get("spend_points_of_this_sale", as_bool, default=False),
            part.get("own_redemption_lowers_earning", as_bool, default=False),
        )
        part.close()
        return settings

    def _rules(self, currency: Currency, now: datetime | None) -> Iterable[Rule]:
        context = RuleContext(currency, (now or SOME_DAY).date())
        for path, row in self.fields.each("rules"):
            raw = row
            if now is None and isinstance(row, dict):
                raw = {name: value for name, value in row.items() if name != "valid_to"}
            rule = read_rule(raw, path, context, self.fields.mistakes)
            if rule is not None:
                yield rule

    def _item(self, path: str, raw: object, currency: Currency) -> Item:
        part, price = Fields(raw, path, self.fields.mistakes), as_unit_price(currency)
        sku = part.need("sku", as_name, "?")
        item = Item(
            sku=sku,
            name=sku,
            price=part.need("price", price, price("0")),
            taxes=self._taxes(part),
            category=part.get("category", as_text, ""),
            tags=part.get("tags", as_names, frozenset()),
            product=part.get("product", as_text, ""),
            tax_group=part.get("tax_group", as_text, ""),
            fixed_tax=part.get("fixed_tax", as_money(currency), None),
            floor_price=part.get("floor_price", price, None),
            sale_price=part.get("sale_price", price, None),
            active=part.get("active", as_bool, default=True),
            weighed=True,
        )
        part.close()
        return item

    def _taxes(self, part: Fields) -> tuple[Tax, ...]:
        rate = part.get("tax_rate", as_rate, Decimal(0))
        included = part.get("tax_included", as_bool, default=False)
        if not part.has("taxes"):
            return (Tax(rate, included),)
        taxes = []
        for path, row in part.each("taxes"):
            one = Fields(row, path, self.fields.mistakes)
            taxes.append(Tax(one.need("rate", as_rate, Decimal(0)), one.get("included", as_bool, default=False)))
            one.close()
        return tuple(taxes)

    def _customer(self, currency: Currency) -> Shopper:
        part = self.fields.part("customer")
        shopper = Shopper(
            customer_id=part.need("id", as_name, "?"),
            points=part.get("points", _numbers, {}),
            group=part.get("group", as_text, ""),
            lifetime_spend=part.get("lifetime_spend", as_money(currency), None),
            orders_placed=part.get("orders_placed", as_count, 0),
            orders_cancelled=part.get("orders_cancelled", as_count, 0),
            wallet=part.get("wallet", as_number, Fraction(0)),
            card=part.get("card", as_text, ""),
            wallet_card=part.get("wallet_card", as_text, ""),
            code_uses=part.get("code_uses", _counts, {}),
            attach=part.get("attach", _attach, ""),
        )
        part.close()
        return shopper


def _moment(raw: object) -> datetime:
    text = as_text(raw)
    try:
        if "T" in text:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return datetime.combine(date.fromisoformat(text), SOME_DAY.time())
    except ValueError:
        raise ValueError(f"a moment is written 2025-02-01 or 2025-02-01T09:00:00, not {text!r}") from None


def _attach(raw: object) -> str:
    if as_text(raw) not in ("later", "scan"):
        raise UnknownWordError(f"unknown word {raw!r}; known are later, scan")
    return as_text(raw)


def _numbers(raw: object) -> dict[str, Fraction]:
    if not isinstance(raw, dict):
        raise WrongKindError("an object", raw)
    return {str(name): as_number(value) for name, value in raw.items()}


def _counts(raw: object) -> dict[str, int]:
    return {name: as_count(value.numerator) for name, value in _numbers(raw).items()}
