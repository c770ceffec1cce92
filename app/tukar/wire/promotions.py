"""What became of promotions, as a manager reads it: filters, records, sums. Money of one answer is in one currency."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from tukar.domain.applied import (
    PAGE_RECORDS,
    PAGE_RECORDS_AT_MOST,
    DayFigures,
    FilterChoices,
    Named,
    PointsFigure,
    PromotionFigures,
    PromotionFilter,
    PromotionOutcome,
    PromotionPage,
    PromotionRecord,
    PromotionSummary,
    RuleFigures,
    Settlement,
)
from tukar.domain.money import Currency
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    Moment,
    PointsText,
    WireCurrency,
    WireName,
    Word,
    currency_of,
    name_of,
    points_of,
    wire_currency,
    wire_name,
)
from tukar.wire.message import Message

Cursor = Annotated[str, Meta(max_length=200, pattern=r"^[A-Za-z0-9_.:+-]*$")]
"""Where the next page begins; only whoever made it knows what it means."""
Number = Annotated[str, Meta(max_length=48)]


class WirePromotionFilter(Message):
    """Which records; what is left out does not narrow."""

    first_day: date | None = None
    last_day: date | None = None
    till_id: KeyOrNone = ""
    cashier_id: KeyOrNone = ""
    salesperson_id: KeyOrNone = ""
    member_id: KeyOrNone = ""
    rule_id: KeyOrNone = ""
    outcome: PromotionOutcome | None = None
    settlement: Settlement | None = None
    text: Word = ""
    currency: Annotated[str, Meta(max_length=3, pattern="^[A-Z]*$")] = ""


class WirePromotionQuestion(Message):
    """Asks for a page of records."""

    wanted: WirePromotionFilter = WirePromotionFilter()
    page: Cursor = ""
    limit: Annotated[int, Meta(ge=1, le=PAGE_RECORDS_AT_MOST)] = PAGE_RECORDS


class WirePromotionRecord(Message):
    """One promotion on one bill."""

    record_id: Key
    at: Moment
    day: date
    till_id: KeyOrNone
    bill_id: Key
    number: Number
    rule_id: KeyOrNone = ""
    reward_id: KeyOrNone = ""
    name: WireName
    outcome: PromotionOutcome
    settlement: Settlement
    discount: AmountText = "0"
    cashier_id: KeyOrNone = ""
    cashier_name: Word = ""
    salesperson_id: KeyOrNone = ""
    salesperson_name: Word = ""
    member_id: KeyOrNone = ""
    customer_name: Word = ""
    masked_mobile: Word = ""
    programme_id: KeyOrNone = ""
    spent: PointsText | None = None
    earned: PointsText | None = None
    short: PointsText | None = None
    note: Word = ""


class WirePromotionPage(Message):
    """Records newest first."""

    currency: WireCurrency
    records: Annotated[tuple[WirePromotionRecord, ...], Meta(max_length=PAGE_RECORDS_AT_MOST)] = ()
    next_page: Cursor = ""


class WirePointsFigure(Message):
    """Points of one programme over many records."""

    programme_id: Key
    name: WireName
    spent: PointsText
    earned: PointsText
    short: PointsText


class WirePromotionFigures(Message):
    """Records counted and added up."""

    taken: Count = 0
    declined: Count = 0
    lost: Count = 0
    open: Count = 0
    by_itself: Count = 0
    returned: Count = 0
    discount: AmountText = "0"
    points: Annotated[tuple[WirePointsFigure, ...], Meta(max_length=50)] = ()


class WireDayFigures(Message):
    """One day of the shop."""

    day: date
    figures: WirePromotionFigures


class WireRuleFigures(Message):
    """One rule."""

    rule_id: Key
    name: WireName
    figures: WirePromotionFigures


class WirePromotionSummary(Message):
    """What a filter comes to."""

    currency: WireCurrency
    total: WirePromotionFigures
    days: tuple[WireDayFigures, ...] = ()
    rules: tuple[WireRuleFigures, ...] = ()


class WireNamed(Message):
    """Something a filter may name."""

    id: KeyOrNone
    name: WireName


class WireFilterChoices(Message):
    """What there is to filter by."""

    shop: WireNamed
    currency: WireCurrency
    today: date
    first_day: date | None = None
    tills: tuple[WireNamed, ...] = ()
    cashiers: tuple[WireNamed, ...] = ()
    salespeople: tuple[WireNamed, ...] = ()
    rules: tuple[WireNamed, ...] = ()
    programmes: tuple[WireNamed, ...] = ()
    currencies: tuple[Word, ...] = ()


def wire_filter(wanted: PromotionFilter) -> WirePromotionFilter:
    return WirePromotionFilter(
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        till_id=wanted.till_id,
        cashier_id=wanted.cashier_id,
        salesperson_id=wanted.salesperson_id,
        member_id=wanted.member_id,
        rule_id=wanted.rule_id,
        outcome=wanted.outcome,
        settlement=wanted.settlement,
        text=wanted.text,
        currency=wanted.currency,
    )


def filter_of(message: WirePromotionFilter) -> PromotionFilter:
    return PromotionFilter(
        message.first_day,
        message.last_day,
        message.till_id,
        message.cashier_id,
        message.salesperson_id,
        message.member_id,
        message.rule_id,
        message.outcome,
        message.settlement,
        message.text,
        message.currency,
    )


def wire_record(record: PromotionRecord) -> WirePromotionRecord:
    return WirePromotionRecord(
        record_id=record.record_id,
        at=record.at,
        day=record.day,
        till_id=record.till_id,
        bill_id=record.bill_id,
        number=record.number,
        rule_id=record.rule_id,
        reward_id=record.reward_id,
        name=wire_name(record.name),
        outcome=record.outcome,
        settlement=record.settlement,
        discount=record.discount.decimal(),
        cashier_id=record.cashier_id,
        cashier_name=record.cashier_name,
        salesperson_id=record.salesperson_id,
        salesperson_name=record.salesperson_name,
        member_id=record.member_id,
        customer_name=record.customer_name,
        masked_mobile=record.masked_mobile,
        programme_id=record.programme_id,
        spent=None if record.spent is None else record.spent.decimal(),
        earned=None if record.earned is None else record.earned.decimal(),
        short=None if record.short is None else record.short.decimal(),
        note=record.note,
    )


def record_of(message: WirePromotionRecord, currency: Currency) -> PromotionRecord:
    return PromotionRecord(
        record_id=message.record_id,
        at=message.at,
        day=message.day,
        till_id=message.till_id,
        bill_id=message.bill_id,
        number=message.number,
        rule_id=message.rule_id,
        reward_id=message.reward_id,
        name=name_of(message.name),
        outcome=message.outcome,
        settlement=message.settlement,
        discount=currency.money(message.discount),
        cashier_id=message.cashier_id,
        cashier_name=message.cashier_name,
        salesperson_id=message.salesperson_id,
        salesperson_name=message.salesperson_name,
        member_id=message.member_id,
        customer_name=message.customer_name,
        masked_mobile=message.masked_mobile,
        programme_id=message.programme_id,
        spent=None if message.spent is None else points_of(message.spent),
        earned=None if message.earned is None else points_of(message.earned),
        short=None if message.short is None else points_of(message.short),
        note=message.note,
    )


def wire_page(page: PromotionPage, currency: Currency) -> WirePromotionPage:
    records = tuple(map(wire_record, page.records))
    return WirePromotionPage(currency=wire_currency(currency), records=records, next_page=page.next_page)


def page_of(message: WirePromotionPage) -> PromotionPage:
    currency = currency_of(message.currency)
    return PromotionPage(tuple(record_of(record, currency) for record in message.records), message.next_page)


def _wire_figures(figures: PromotionFigures) -> WirePromotionFigures:
    return WirePromotionFigures(
        taken=figures.taken,
        declined=figures.declined,
        lost=figures.lost,
        open=figures.open,
        by_itself=figures.by_itself,
        returned=figures.returned,
        discount=figures.discount.decimal(),
        points=tuple(
            WirePointsFigure(
                programme_id=one.programme_id,
                name=wire_name(one.name),
                spent=one.spent.decimal(),
                earned=one.earned.decimal(),
                short=one.short.decimal(),
            )
            for one in figures.points
        ),
    )


def _figures_of(message: WirePromotionFigures, currency: Currency) -> PromotionFigures:
    return PromotionFigures(
        taken=message.taken,
        declined=message.declined,
        lost=message.lost,
        open=message.open,
        by_itself=message.by_itself,
        returned=message.returned,
        discount=currency.money(message.discount),
        points=tuple(
            PointsFigure(
                one.programme_id, name_of(one.name), points_of(one.spent), points_of(one.earned), points_of(one.short)
            )
            for one in message.points
        ),
    )


def wire_summary(summary: PromotionSummary, currency: Currency) -> WirePromotionSummary:
    return WirePromotionSummary(
        currency=wire_currency(currency),
        total=_wire_figures(summary.total),
        days=tuple(WireDayFigures(day=one.day, figures=_wire_figures(one.figures)) for one in summary.days),
        rules=tuple(
            WireRuleFigures(rule_id=one.rule_id, name=wire_name(one.name), figures=_wire_figures(one.figures))
            for one in summary.rules
        ),
    )


def summary_of(message: WirePromotionSummary) -> PromotionSummary:
    currency = currency_of(message.currency)
    return PromotionSummary(
        total=_figures_of(message.total, currency),
        days=tuple(DayFigures(one.day, _figures_of(one.figures, currency)) for one in message.days),
        rules=tuple(
            RuleFigures(one.rule_id, name_of(one.name), _figures_of(one.figures, currency)) for one in message.rules
        ),
    )


def _wire_named(named: tuple[Named, ...]) -> tuple[WireNamed, ...]:
    return tuple(WireNamed(id=one.id, name=wire_name(one.name)) for one in named)


def _named_of(named: tuple[WireNamed, ...]) -> tuple[Named, ...]:
    return tuple(Named(one.id, name_of(one.name)) for one in named)


def wire_choices(choices: FilterChoices) -> WireFilterChoices:
    return WireFilterChoices(
        shop=WireNamed(id=choices.shop.id, name=wire_name(choices.shop.name)),
        currency=wire_currency(choices.currency),
        today=choices.today,
        first_day=choices.first_day,
        tills=_wire_named(choices.tills),
        cashiers=_wire_named(choices.cashiers),
        salespeople=_wire_named(choices.salespeople),
        rules=_wire_named(choices.rules),
        programmes=_wire_named(choices.programmes),
        currencies=choices.currencies,
    )


def choices_of(message: WireFilterChoices) -> FilterChoices:
    return FilterChoices(
        shop=Named(message.shop.id, name_of(message.shop.name)),
        currency=currency_of(message.currency),
        today=message.today,
        first_day=message.first_day,
        tills=_named_of(message.tills),
        cashiers=_named_of(message.cashiers),
        salespeople=_named_of(message.salespeople),
        rules=_named_of(message.rules),
        programmes=_named_of(message.programmes),
        currencies=message.currencies,
    )
