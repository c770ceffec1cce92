"""Customers and their points in words."""

from PySide6.QtCore import QCoreApplication

from tukar.domain.people import ExpiringPoints, LoyaltyAccount
from tukar.domain.points import Points
from tukar.ui.translations import Language
from tukar.ui.wording import selling


def expiring(points: ExpiringPoints, language: Language) -> str:
    """``120 expire 30 Nov``."""
    write = language.format
    words = QCoreApplication.translate("Customer", "{points} expire {day}")
    return words.format(points=write.points(points.points), day=write.day(points.last_day))


def earned_today(points: Points, language: Language) -> str:
    """``+34 today``: what this bill will give."""
    return QCoreApplication.translate("Customer", "+{points} today").format(points=language.format.points(points))


def known_by(account: LoyaltyAccount) -> str:
    """What tells this customer from others of the same name: the end of the number, the tier."""
    return "   ".join(filter(None, (account.masked_mobile or account.masked_card, account.tier or account.group)))


def with_points(points: Points, language: Language) -> str:
    """``1.240 points``."""
    figure = language.format.points(points)
    return f"{figure} {selling.points(figure)}"


def given_name(name: str) -> str:
    """The name a sentence calls somebody by: the first of several."""
    return name.split(" ", 1)[0]
