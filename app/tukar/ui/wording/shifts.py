"""What is said of a shift, on the screen and on its report."""

from PySide6.QtCore import QCoreApplication

from tukar.domain.shift import MovementKind, TaxTotal
from tukar.till.shift_screen import LeftBill, ShiftStep
from tukar.ui.translations import Language


def title(step: ShiftStep) -> str:
    return {
        ShiftStep.NONE: "",
        ShiftStep.OPENING: QCoreApplication.translate("Shift", "Open the shift"),
        ShiftStep.OVERVIEW: QCoreApplication.translate("Shift", "The shift so far"),
        ShiftStep.PAY_IN: QCoreApplication.translate("Shift", "Put money in"),
        ShiftStep.PAY_OUT: QCoreApplication.translate("Shift", "Take money out"),
        ShiftStep.COUNT: QCoreApplication.translate("Shift", "Count the drawer"),
        ShiftStep.CLOSED: QCoreApplication.translate("Shift", "The shift is closed"),
    }[step]


def what_to_do(step: ShiftStep) -> str:
    """The line under the title."""
    return {
        ShiftStep.NONE: "",
        ShiftStep.OPENING: QCoreApplication.translate("Shift", "How much change is in the drawer to begin with?"),
        ShiftStep.OVERVIEW: "",
        ShiftStep.PAY_IN: QCoreApplication.translate("Shift", "How much goes into the drawer, and why?"),
        ShiftStep.PAY_OUT: QCoreApplication.translate("Shift", "How much leaves the drawer, and why?"),
        ShiftStep.COUNT: QCoreApplication.translate("Shift", "How many of each? Enter goes to the next."),
        ShiftStep.CLOSED: "",
    }[step]


def next_step(step: ShiftStep) -> str:
    """The verb on the green button."""
    return {
        ShiftStep.NONE: "",
        ShiftStep.OPENING: QCoreApplication.translate("Shift", "Open"),
        ShiftStep.OVERVIEW: QCoreApplication.translate("Shift", "Back to selling"),
        ShiftStep.PAY_IN: QCoreApplication.translate("Shift", "Put in"),
        ShiftStep.PAY_OUT: QCoreApplication.translate("Shift", "Take out"),
        ShiftStep.COUNT: QCoreApplication.translate("Shift", "Close the shift"),
        ShiftStep.CLOSED: QCoreApplication.translate("Shift", "Done"),
    }[step]


def reasons(step: ShiftStep) -> tuple[str, ...]:
    """Reasons that need no typing."""
    if step is ShiftStep.PAY_IN:
        return (
            QCoreApplication.translate("Shift", "Change money"),
            QCoreApplication.translate("Shift", "From the safe"),
            QCoreApplication.translate("Shift", "Found"),
        )
    return (
        QCoreApplication.translate("Shift", "To the safe"),
        QCoreApplication.translate("Shift", "Supplier"),
        QCoreApplication.translate("Shift", "Errand"),
    )


def movement(kind: MovementKind) -> str:
    return {
        MovementKind.PAY_IN: QCoreApplication.translate("Shift", "Put in"),
        MovementKind.PAY_OUT: QCoreApplication.translate("Shift", "Taken out"),
    }[kind]


def left_over(held: tuple[LeftBill, ...], unsent: int, language: Language) -> str:
    """What stays behind when the shift is closed; empty when nothing does."""
    said = []
    if held:
        names = ", ".join(one.customer for one in held if one.customer)
        count = language.format.number(len(held))
        words = QCoreApplication.translate("Shift", "Bills set aside: {count}").format(count=count)
        said.append(f"{words} ({names})." if names else f"{words}.")
    if unsent:
        words = QCoreApplication.translate("Shift", "Waiting to be sent: {count}.")
        said.append(words.format(count=language.format.number(unsent)))
    return " ".join(said)


def tax(total: TaxTotal, language: Language) -> str:
    """``PPN 11 % on 95.000``."""
    rates = " + ".join(language.format.percent(format(rate, "f")) for rate in total.rates)
    name = " ".join(filter(None, (total.name or QCoreApplication.translate("Receipt", "Tax"), rates)))
    words = QCoreApplication.translate("Shift", "{tax} on {base}")
    return words.format(tax=name, base=language.format.figure(total.base))
