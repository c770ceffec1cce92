"""Asks whether the buyer has the years that an item wants; Enter and Esc leave the item where it is."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from tukar.ui.question_sheet import QuestionSheet


def asking_age(sheet: QuestionSheet) -> Callable[[int, Callable[[], None]], None]:
    """What ``till.finding.Finding`` asks by."""

    def ask(years: int, sell: Callable[[], None]) -> None:
        sheet.ask(
            QCoreApplication.translate("Age", "Is the buyer {years} or older?").format(years=years),
            QCoreApplication.translate("Age", "Look at the person or at their card. It is asked once a bill."),
            QCoreApplication.translate("Age", "Yes, {years} or older").format(years=years),
            sell,
            no=QCoreApplication.translate("Age", "Do not sell it"),
        )

    return ask
