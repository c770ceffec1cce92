"""The sale window's figures in words: how much is on the bill, what it holds of tax, what waits, who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tukar.till.keys import Command
from tukar.till.ports import PrinterState

if TYPE_CHECKING:
    from tukar.till.billing import BillModel
    from tukar.ui.translations import Language


def items(count: int, language: Language) -> str:
    """``13 items``."""
    if count == 1:
        return QCoreApplication.translate("Sale", "1 item")
    return QCoreApplication.translate("Sale", "{count} items").format(count=language.format.number(count))


def lines(count: int, language: Language) -> str:
    """``7 lines``."""
    if count == 1:
        return QCoreApplication.translate("Sale", "1 line")
    return QCoreApplication.translate("Sale", "{count} lines").format(count=language.format.number(count))


def shelf(category: str) -> str:
    """A category as people read it: ``coffee_tea`` as ``Coffee tea``."""
    words = category.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def points(text: str) -> str:
    """The unit after a figure of points; ``text`` is the figure as it is written."""
    if text == "1":
        return QCoreApplication.translate("Sale", "point")
    return QCoreApplication.translate("Sale", "points")


def each(price: str) -> str:
    """The price of one piece, under a line of the bill."""
    return QCoreApplication.translate("Sale", "each {price}").format(price=price)


def per_kilogram(price: str) -> str:
    """The price of a kilogram, under a line of weighed goods."""
    return QCoreApplication.translate("Sale", "{price} per kg").format(price=price)


def tax(model: BillModel) -> str:
    """What the tax in the totals is called: by the shop's own name for it where there is one."""
    name = ", ".join(model.tax_names) or QCoreApplication.translate("Sale", "Tax")
    if model.tax_included:
        return QCoreApplication.translate("Sale", "{tax} included").format(tax=name)
    return QCoreApplication.translate("Sale", "{tax} in the total").format(tax=name)


def waiting(count: int, language: Language) -> str:
    return QCoreApplication.translate("Status", "{count} waiting to send").format(count=language.format.number(count))


def printer(state: PrinterState) -> str:
    match state:
        case PrinterState.READY:
            return QCoreApplication.translate("Status", "Printer ready")
        case PrinterState.MISSING:
            return QCoreApplication.translate("Status", "No printer")
        case PrinterState.OUT_OF_PAPER:
            return QCoreApplication.translate("Status", "Printer out of paper")
        case PrinterState.FAILED:
            return QCoreApplication.translate("Status", "Printer does not answer")


def till(name: str) -> str:
    return QCoreApplication.translate("Status", "Till {name}").format(name=name)


def command(command: Command) -> str:
    """The word on a key of the key bar."""
    return {
        Command.SEARCH: QCoreApplication.translate("Key bar", "Search"),
        Command.CUSTOMER: QCoreApplication.translate("Key bar", "Customer"),
        Command.HOLD: QCoreApplication.translate("Key bar", "Hold"),
        Command.SALESPERSON: QCoreApplication.translate("Key bar", "Salesperson"),
        Command.PROMOTIONS: QCoreApplication.translate("Key bar", "Promotions"),
        Command.REDEEM: QCoreApplication.translate("Key bar", "Redeem"),
        Command.PAYMENT: QCoreApplication.translate("Key bar", "Payment"),
        Command.SAVE: QCoreApplication.translate("Key bar", "Save bill"),
        Command.FULL_SCREEN: QCoreApplication.translate("Key bar", "Full screen"),
        Command.LOCK: QCoreApplication.translate("Key bar", "Lock"),
        Command.MORE: QCoreApplication.translate("Key bar", "More"),
    }[command]


def online() -> str:
    return QCoreApplication.translate("Status", "Online")


def offline() -> str:
    return QCoreApplication.translate("Status", "Offline")


def recall() -> str:
    """What the key of Hold does while there is nothing to hold."""
    return QCoreApplication.translate("Key bar", "Recall")


def written_on_bill(note: str, buyer: str) -> str:
    """``Gift wrap · tax number …1ZV``; ``buyer`` is masked."""
    number = QCoreApplication.translate("Bill", "tax number {number}").format(number=buyer) if buyer else ""
    return " \N{MIDDLE DOT} ".join(filter(None, (note, number)))
