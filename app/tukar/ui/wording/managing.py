"""The manager's room in words: pages, filters, outcomes, reports."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from tukar.domain.applied import PromotionOutcome, PromotionRecord, Settlement
from tukar.domain.report import ReportKind
from tukar.till.managing.exporting import SheetWords
from tukar.till.managing.filtering import Facet, Option
from tukar.till.managing.promotions import Measure
from tukar.till.managing.room import Page
from tukar.till.managing.spans import Days, Span
from tukar.ui.translations import Language
from tukar.ui.wording import selling


def page(one: Page) -> str:
    """The title over a page."""
    return {
        Page.PROMOTIONS: QCoreApplication.translate("Manager", "Applied promotions"),
        Page.REVIEWS: QCoreApplication.translate("Manager", "To look at"),
        Page.RECONCILING: QCoreApplication.translate("Manager", "What does not add up"),
        Page.REPORTS: QCoreApplication.translate("Manager", "Reports"),
    }[one]


def page_key(one: Page) -> str:
    """The word on the key that opens a page."""
    return {
        Page.PROMOTIONS: QCoreApplication.translate("Manager", "Promotions"),
        Page.REVIEWS: QCoreApplication.translate("Manager", "To look at"),
        Page.RECONCILING: QCoreApplication.translate("Manager", "Differences"),
        Page.REPORTS: QCoreApplication.translate("Manager", "Reports"),
    }[one]


def counted(word: str, count: int, language: Language) -> str:
    """A word with how many there are, where there are any: ``To look at  3``."""
    return f"{word}  {language.format.number(count)}" if count else word


# Filters


def span(one: Span) -> str:
    return {
        Span.TODAY: QCoreApplication.translate("Manager", "Today"),
        Span.YESTERDAY: QCoreApplication.translate("Manager", "Yesterday"),
        Span.WEEK: QCoreApplication.translate("Manager", "This week"),
        Span.LAST_7: QCoreApplication.translate("Manager", "Last 7 days"),
        Span.MONTH: QCoreApplication.translate("Manager", "This month"),
        Span.LAST_MONTH: QCoreApplication.translate("Manager", "Last month"),
        Span.ALL: QCoreApplication.translate("Manager", "All days"),
        Span.DAYS: QCoreApplication.translate("Manager", "Other days"),
    }[one]


def days(one: Days, language: Language) -> str:
    """``1 to 21 Nov 2026``; a span of one day or of all days by its name."""
    write = language.format
    if one.first is None or one.last is None:
        return span(Span.ALL)
    if one.span in (Span.TODAY, Span.YESTERDAY):
        return span(one.span)
    if one.first == one.last:
        return write.date(one.last)
    if (one.first.year, one.first.month) == (one.last.year, one.last.month):
        start = str(one.first.day)
    elif one.first.year == one.last.year:
        start = write.day(one.first)
    else:
        start = write.date(one.first)
    return QCoreApplication.translate("Manager", "{first} to {last}").format(first=start, last=write.date(one.last))


def everything(facet: Facet) -> str:
    """What a filter says that does not narrow."""
    return {
        Facet.TILL: QCoreApplication.translate("Manager", "All tills"),
        Facet.RULE: QCoreApplication.translate("Manager", "All promotions"),
        Facet.STATE: QCoreApplication.translate("Manager", "All states"),
        Facet.CASHIER: QCoreApplication.translate("Manager", "All cashiers"),
        Facet.SALESPERSON: QCoreApplication.translate("Manager", "All salespeople"),
    }[facet]


def which(facet: Facet) -> str:
    """The title of the list that a filter opens."""
    return {
        Facet.TILL: QCoreApplication.translate("Manager", "Which till?"),
        Facet.RULE: QCoreApplication.translate("Manager", "Which promotion?"),
        Facet.STATE: QCoreApplication.translate("Manager", "Which state?"),
        Facet.CASHIER: QCoreApplication.translate("Manager", "Which cashier?"),
        Facet.SALESPERSON: QCoreApplication.translate("Manager", "Which salesperson?"),
    }[facet]


def option(facet: Facet, one: Option, language: Language) -> str:
    if one.outcome is not None:
        return outcome(one.outcome)
    if one.settlement is not None:
        return settlement(one.settlement)
    if not one.key:
        return everything(facet)
    name = one.key if one.name is None else language.name(one.name)
    return selling.till(name) if facet is Facet.TILL else name


def measure(one: Measure) -> str:
    return {
        Measure.TAKE_UP: QCoreApplication.translate("Manager", "Taken or declined"),
        Measure.DISCOUNT: QCoreApplication.translate("Manager", "Given away"),
        Measure.POINTS: QCoreApplication.translate("Manager", "Points used"),
        Measure.RULES: QCoreApplication.translate("Manager", "Top promotions"),
    }[one]


# Records


def outcome(one: PromotionOutcome) -> str:
    return {
        PromotionOutcome.TAKEN: QCoreApplication.translate("Manager", "Taken"),
        PromotionOutcome.DECLINED: QCoreApplication.translate("Manager", "Declined"),
        PromotionOutcome.LOST: QCoreApplication.translate("Manager", "Lost to a fault"),
        PromotionOutcome.OPEN: QCoreApplication.translate("Manager", "Not answered"),
        PromotionOutcome.BY_ITSELF: QCoreApplication.translate("Manager", "By itself"),
        PromotionOutcome.RETURNED: QCoreApplication.translate("Manager", "Returned"),
    }[one]


def settlement(one: Settlement) -> str:
    return {
        Settlement.SETTLED: QCoreApplication.translate("Manager", "Points taken"),
        Settlement.SHORT: QCoreApplication.translate("Manager", "Points short"),
        Settlement.GIVEN_BACK: QCoreApplication.translate("Manager", "Points given back"),
        Settlement.NEEDS_MANAGER: QCoreApplication.translate("Manager", "Needs a manager"),
        Settlement.WAITING: QCoreApplication.translate("Manager", "Waiting to send"),
    }[one]


def state(record: PromotionRecord) -> str:
    """How a record stands: what became of the offer, unless the points say something more pressing."""
    if record.settlement is not Settlement.SETTLED:
        return settlement(record.settlement)
    if record.outcome is PromotionOutcome.TAKEN and record.spent is not None:
        return settlement(Settlement.SETTLED)
    return outcome(record.outcome)


def when(at: datetime, today: date, language: Language) -> str:
    """``14:02``, on another day ``20 Nov 14:02``; ``at`` is the shop's local time."""
    write = language.format
    if at.date() == today:
        return write.time(at)
    return f"{write.day(at.date())} {write.time(at)}"


# Figures


def offered(count: int, language: Language) -> tuple[str, str]:
    """A figure and what it counts."""
    return language.format.number(count), QCoreApplication.translate("Manager", "offered")


def taken(count: int, whole: int, language: Language) -> tuple[str, str]:
    """``66%`` over ``taken, 846``."""
    share = (200 * count + whole) // (2 * whole) if whole else 0
    words = QCoreApplication.translate("Manager", "taken, {count}")
    return language.format.percent(str(share)), words.format(count=language.format.number(count))


def given_away() -> str:
    return QCoreApplication.translate("Manager", "given away")


def points_used() -> str:
    return QCoreApplication.translate("Manager", "points used")


def plot_of_days(most: str, count: int, lost: int, language: Language) -> str:
    """The picture in a sentence; ``most`` is the day on which most was taken."""
    write = language.format
    words = QCoreApplication.translate("Manager", "Most were taken on {day}: {count}. {lost} were lost to a fault.")
    return words.format(day=most, count=write.number(count), lost=write.number(lost))


def plot_of_measure(most: str, figure: str) -> str:
    return QCoreApplication.translate("Manager", "Most on {day}: {figure}.").format(day=most, figure=figure)


def nothing_in_plot() -> str:
    return QCoreApplication.translate("Manager", "Nothing in these days.")


def to_review(count: int, language: Language) -> str:
    """The strip over the promotions."""
    if count == 1:
        return QCoreApplication.translate("Manager", "1 thing waits for a manager to look at it.")
    words = QCoreApplication.translate("Manager", "{count} things wait for a manager to look at them.")
    return words.format(count=language.format.number(count))


def weekdays() -> tuple[str, ...]:
    """From Monday on, as short as over a calendar."""
    return (
        QCoreApplication.translate("Manager", "Mo"),
        QCoreApplication.translate("Manager", "Tu"),
        QCoreApplication.translate("Manager", "We"),
        QCoreApplication.translate("Manager", "Th"),
        QCoreApplication.translate("Manager", "Fr"),
        QCoreApplication.translate("Manager", "Sa"),
        QCoreApplication.translate("Manager", "Su"),
    )


# Reports


def report(kind: ReportKind) -> str:
    return {
        ReportKind.SALESPEOPLE: QCoreApplication.translate("Manager", "Salespeople"),
        ReportKind.PROMOTIONS: QCoreApplication.translate("Manager", "Promotions"),
        ReportKind.SHIFTS: QCoreApplication.translate("Manager", "Shifts"),
        ReportKind.DAYS: QCoreApplication.translate("Manager", "Days"),
        ReportKind.TAXES: QCoreApplication.translate("Manager", "Taxes"),
    }[kind]


def columns() -> dict[str, str]:
    """The headings of reports, by the column's stable name."""
    return {
        "salesperson": QCoreApplication.translate("Manager", "Salesperson"),
        "bills": QCoreApplication.translate("Manager", "Bills"),
        "pieces": QCoreApplication.translate("Manager", "Items"),
        "sales": QCoreApplication.translate("Manager", "Sales"),
        "returns": QCoreApplication.translate("Manager", "Returns"),
        "discount": QCoreApplication.translate("Manager", "Given away"),
        "taken": QCoreApplication.translate("Manager", "Taken"),
        "promotion": QCoreApplication.translate("Manager", "Promotion"),
        "offered": QCoreApplication.translate("Manager", "Offered"),
        "take_up": QCoreApplication.translate("Manager", "Take-up"),
        "declined": QCoreApplication.translate("Manager", "Declined"),
        "lost": QCoreApplication.translate("Manager", "Lost"),
        "spent": QCoreApplication.translate("Manager", "Points used"),
        "earned": QCoreApplication.translate("Manager", "Points earned"),
        "opened": QCoreApplication.translate("Manager", "Opened"),
        "closed": QCoreApplication.translate("Manager", "Closed"),
        "till": QCoreApplication.translate("Manager", "Till"),
        "cashier": QCoreApplication.translate("Manager", "Cashier"),
        "expected": QCoreApplication.translate("Manager", "Cash expected"),
        "counted": QCoreApplication.translate("Manager", "Cash counted"),
        "difference": QCoreApplication.translate("Manager", "Difference"),
        "day": QCoreApplication.translate("Manager", "Day"),
        "tax": QCoreApplication.translate("Manager", "Tax"),
        "rate": QCoreApplication.translate("Manager", "Rate"),
        "base": QCoreApplication.translate("Manager", "Taxed amount"),
        "amount": QCoreApplication.translate("Manager", "Amount"),
    }


def promotion_columns() -> tuple[str, ...]:
    """The headings of the exported records, in the order of their cells."""
    return (
        QCoreApplication.translate("Manager", "Day"),
        QCoreApplication.translate("Manager", "When"),
        QCoreApplication.translate("Manager", "Till"),
        QCoreApplication.translate("Manager", "Bill"),
        QCoreApplication.translate("Manager", "Promotion"),
        QCoreApplication.translate("Manager", "State"),
        QCoreApplication.translate("Manager", "Given away"),
        QCoreApplication.translate("Manager", "Points used"),
        QCoreApplication.translate("Manager", "Points earned"),
        QCoreApplication.translate("Manager", "Points short"),
        QCoreApplication.translate("Manager", "Customer"),
        QCoreApplication.translate("Manager", "Number"),
        QCoreApplication.translate("Manager", "Cashier"),
        QCoreApplication.translate("Manager", "Salesperson"),
        QCoreApplication.translate("Manager", "Note"),
    )


def sheet_words(language: Language) -> SheetWords:
    """The words of an exported file, in the language of the screen."""
    outcomes = {one: outcome(one) for one in PromotionOutcome}
    return SheetWords(promotion_columns(), outcomes, columns(), language.code)
