"""The key bar: the till's verbs in four groups, each with the key that does it printed on it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal

from tukar.till.keys import Command
from tukar.ui.kit import Icon, KeyBarButton, KeyRow, Look
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_GROUPS = (
    (Command.SEARCH, Command.CUSTOMER, Command.HOLD, Command.SALESPERSON),
    (Command.PROMOTIONS, Command.REDEEM),
    (Command.PAYMENT, Command.SAVE),
    (Command.MORE, Command.FULL_SCREEN, Command.LOCK),
)
_ICONS = {
    Command.SEARCH: Icon.SEARCH,
    Command.CUSTOMER: Icon.PERSON,
    Command.HOLD: Icon.HOLD,
    Command.SALESPERSON: Icon.SALESPERSON,
    Command.PROMOTIONS: Icon.TAG,
    Command.REDEEM: Icon.GIFT,
    Command.PAYMENT: Icon.WALLET,
    Command.SAVE: Icon.RECEIPT,
    Command.FULL_SCREEN: Icon.FULLSCREEN,
    Command.LOCK: Icon.LOCK,
    Command.MORE: Icon.MORE,
}


class KeyBar(KeyRow):
    """``pressed`` carries the command touched. What cannot act now is disabled, never hidden."""

    pressed = Signal(Command)

    def __init__(self, look: Look, language: Language, keys: Mapping[Command, str]) -> None:
        super().__init__(look)
        self._recall = False
        self.buttons: dict[Command, KeyBarButton] = {}
        for command in (command for group in _GROUPS for command in group):
            button = KeyBarButton(look, "", key=keys[command], icon=_ICONS[command])
            button.clicked.connect(partial(self.pressed.emit, command))
            self.buttons[command] = button
        self.take([self.buttons[command] for command in group] for group in _GROUPS)
        language.changed.connect(self._renew)
        self._renew()

    def allow(self, commands: frozenset[Command]) -> None:
        """These can act now."""
        for command, button in self.buttons.items():
            button.setEnabled(command in commands)

    def offer_recall(self, *, recall: bool) -> None:
        """With nothing to hold the key of Hold takes a held bill up again, and says so."""
        if recall != self._recall:
            self._recall = recall
            self._renew()

    def _renew(self) -> None:
        for command, button in self.buttons.items():
            held = command is Command.HOLD and self._recall
            button.set_label(selling.recall() if held else selling.command(command))
        self.arrange()
