"""The key bar: the till's verbs in four groups, each with the key that does it printed on it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from tukar.till.keys import Command
from tukar.ui.kit import Icon, KeyBarButton, Look, Plane, Side, SizeClass
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


class KeyBar(Plane):
    """``pressed`` carries the command touched. What cannot act now is disabled, never hidden."""

    pressed = Signal(Command)

    def __init__(self, look: Look, language: Language, keys: Mapping[Command, str]) -> None:
        super().__init__(look, lines=Side.TOP)
        self._look = look
        self._recall = False
        self.buttons: dict[Command, KeyBarButton] = {}
        for group in _GROUPS:
            for command in group:
                button = KeyBarButton(look, "", key=keys[command], icon=_ICONS[command])
                button.setParent(self)
                button.clicked.connect(partial(self.pressed.emit, command))
                self.buttons[command] = button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        language.changed.connect(self._renew)
        look.changed.connect(self._arrange)
        self._renew()

    def allow(self, commands: frozenset[Command]) -> None:
        """These can act now."""
        for command, button in self.buttons.items():
            button.setEnabled(command in commands)

    def offer_recall(self, *, recall: bool) -> None:
        """With nothing to hold the key of Hold takes a held bill up again, and says so."""
        self._recall = recall
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(800, self._look.theme.layout.keybar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _renew(self) -> None:
        for command, button in self.buttons.items():
            held = command is Command.HOLD and self._recall
            button.set_label(selling.recall() if held else selling.command(command))
        self._arrange()

    def _arrange(self) -> None:
        layout = self._look.theme.layout
        compact = self._look.theme.size is SizeClass.COMPACT
        gap, apart, margin = (6, 6, 12) if compact else (8, 12, 16)
        gaps = gap * (len(self.buttons) - 1) + apart * (len(_GROUPS) - 1)
        widths = self._widths(self.width() - 2 * margin - gaps)
        top = (self.height() - layout.key) // 2
        left = float(margin)
        for group in _GROUPS:
            for command in group:
                self.buttons[command].setGeometry(QRect(round(left), top, round(widths[command]), layout.key))
                left += widths[command] + gap
            left += apart

    def _widths(self, room: float) -> dict[Command, float]:
        """Equal widths; a word that needs more has it, and the others share the rest."""
        needs = {command: float(button.sizeHint().width()) for command, button in self.buttons.items()}
        share, long = room / len(needs), dict[Command, float]()
        while grown := {command: need for command, need in needs.items() if need > share and command not in long}:
            long.update(grown)
            share = (room - sum(long.values())) / max(len(needs) - len(long), 1)
        return {command: long.get(command, share) for command in needs}
