"""What was done by hand to a line: another price, a discount, a note; and the reasons a touch gives for it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from tukar.domain.bill import HandDiscount, PriceOverride
from tukar.till.line_work import By, Work
from tukar.ui.translations import Language


def work(kind: Work) -> str:
    return {
        Work.QUANTITY: QCoreApplication.translate("Line", "Quantity"),
        Work.PRICE: QCoreApplication.translate("Line", "Price"),
        Work.DISCOUNT: QCoreApplication.translate("Line", "Discount"),
        Work.NOTE: QCoreApplication.translate("Line", "Note"),
    }[kind]


def reasons() -> tuple[str, ...]:
    """Reasons that need no typing."""
    return (
        QCoreApplication.translate("Line", "Damaged"),
        QCoreApplication.translate("Line", "Shelf price"),
        QCoreApplication.translate("Line", "Goodwill"),
    )


def void_reasons() -> tuple[str, ...]:
    """Why something is taken off a bill, without typing."""
    return (
        QCoreApplication.translate("Bill work", "Scanned by mistake"),
        QCoreApplication.translate("Bill work", "Not wanted any more"),
        QCoreApplication.translate("Bill work", "Wrong price"),
    )


def way(by: By) -> str:
    """How a discount is typed."""
    return {
        By.PERCENT: QCoreApplication.translate("Bill work", "Percent"),
        By.AMOUNT: QCoreApplication.translate("Bill work", "Amount"),
    }[by]


def override(given: PriceOverride) -> str:
    """``Price by hand: shelf label``."""
    if not given.reason:
        return QCoreApplication.translate("Line", "Price by hand")
    return QCoreApplication.translate("Line", "Price by hand: {reason}").format(reason=given.reason)


def discount(given: HandDiscount, language: Language) -> str:
    """``10% off by hand: damaged``."""
    write = language.format
    amount = given.each if given.each is not None else given.whole
    off = write.percent(str(given.percent)) if amount is None else write.money(amount)
    words = QCoreApplication.translate("Line", "{off} off by hand").format(off=off)
    return f"{words}: {given.reason}" if given.reason else words


def of_line(
    override_: PriceOverride | None,
    discount_: HandDiscount | None,
    note: str,
    language: Language,
    name_of: Callable[[str], str] | None = None,
) -> tuple[str, ...]:
    """Everything done by hand to one line, each as a sentence without its full stop.

    With ``name_of``, by a member of staff's id, it is said who allowed what a cashier may not do alone.
    """
    said = [_allowed(override(override_), override_.approver, name_of)] if override_ is not None else []
    if discount_ is not None:
        said.append(_allowed(discount(discount_, language), discount_.approver, name_of))
    if note:
        said.append(note)
    return tuple(said)


def _allowed(what: str, approver: str, name_of: Callable[[str], str] | None) -> str:
    if not approver or name_of is None:
        return what
    words = QCoreApplication.translate("Line", "{what}, allowed by {name}")
    return words.format(what=what, name=name_of(approver))
