"""The start in words: connecting, fetching, and what stands in the way."""

from PySide6.QtCore import QCoreApplication

from tukar.till.starting import StartModel, StartPhase, StartTrouble


def title(model: StartModel) -> str:
    if model.phase is StartPhase.ASKING:
        return QCoreApplication.translate("Start", "Connect this till")
    return QCoreApplication.translate("Start", "Opening the shop")


def lead(model: StartModel) -> str:
    if model.phase is StartPhase.ASKING:
        return QCoreApplication.translate(
            "Start", "The manager's page shows the address, and a code that works for ten minutes."
        )
    return QCoreApplication.translate("Start", "This happens once. Later starts need no line.")


def heading(model: StartModel) -> str:
    if model.phase is StartPhase.ASKING:
        return QCoreApplication.translate("Start", "Welcome")
    if model.trouble is not StartTrouble.NONE:
        return QCoreApplication.translate("Start", "It stopped here")
    return QCoreApplication.translate("Start", "One moment")


def sentence(model: StartModel) -> str:
    if model.phase is StartPhase.ASKING:
        return QCoreApplication.translate("Start", "Type both and press Enter.")
    if model.trouble is not StartTrouble.NONE:
        return QCoreApplication.translate("Start", "Nothing is lost. Enter goes on from here.")
    return QCoreApplication.translate("Start", "Nothing to do here. It goes on by itself.")


def steps(model: StartModel) -> tuple[str, ...]:
    """What happens, in order."""
    items = QCoreApplication.translate("Start", "Items, rules and staff come in")
    if model.items:
        items = QCoreApplication.translate("Start", "{count} items are here").format(count=model.items)
    return (
        QCoreApplication.translate("Start", "Backend answers"),
        items,
        QCoreApplication.translate("Start", "Sign in and sell"),
    )


def trouble(kind: StartTrouble) -> str:
    """What stands in the way, and then what to do."""
    words = {
        StartTrouble.ADDRESS: QCoreApplication.translate(
            "Start", "The address begins with https:// and names a backend. Look at it once more."
        ),
        StartTrouble.NO_ANSWER: QCoreApplication.translate(
            "Start", "The backend does not answer. Look at the cable and the address, then try again."
        ),
        StartTrouble.NONSENSE: QCoreApplication.translate(
            "Start", "Something answers there that is no loyalty backend. Look at the address once more."
        ),
        StartTrouble.UNTRUSTED: QCoreApplication.translate(
            "Start", "The backend cannot show who it is. Ask your technician for its certificate."
        ),
        StartTrouble.CODE: QCoreApplication.translate(
            "Start", "The code is not right or has run out. Ask the manager for a new one."
        ),
        StartTrouble.REVOKED: QCoreApplication.translate(
            "Start", "This till was signed off at the backend. Ask the manager for a new code."
        ),
        StartTrouble.REFUSED: QCoreApplication.translate(
            "Start", "The backend does not take this till now. Try again, or ask your technician."
        ),
        StartTrouble.DISK: QCoreApplication.translate(
            "Start", "The disk takes nothing more. Make room on it, then try again."
        ),
        StartTrouble.KEY_STORE: QCoreApplication.translate(
            "Start", "This computer has no safe place for the till's key. Choose where to keep it."
        ),
    }
    return words.get(kind, "")
