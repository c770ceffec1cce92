"""The strip at the foot of the window: how the till stands, in small words that never press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from tukar.till.ports import PrinterState
from tukar.ui.kit import Colour, Icon, Ink, Plane, Role, SizeClass, Text
from tukar.ui.wording import selling
from tukar.ui.wording.notices import sentence

if TYPE_CHECKING:
    from tukar.till.status import StatusModel
    from tukar.ui.kit import Look
    from tukar.ui.translations import Language

_GAP = 26
_SMALL = Ink(Role.CAPTION, Colour.INK_2)
_WORRY = Ink(Role.CAPTION, Colour.WARN)


class StatusStrip(Plane):
    """Line, outbox and printer at the left; shop, till, cashier and time at the right.

    While the line is down its place says what still works, with an icon, never by colour alone.
    """

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__(look)
        self._look = look
        self._language = language
        self._model: StatusModel | None = None
        self._online, self._waiting, self._printer = (Text(look, "", _SMALL) for _ in range(3))
        self._shop, self._till, self._cashier, self._time = (Text(look, "", _SMALL) for _ in range(4))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(_GAP)
        for text in (self._online, self._waiting, self._printer):
            self._row.addWidget(text)
        self._row.addStretch(1)
        for text in (self._shop, self._till, self._cashier, self._time):
            self._row.addWidget(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for text, icon in (
            (self._waiting, Icon.CLOUD_UP),
            (self._shop, Icon.SHOP),
            (self._till, Icon.SCREEN),
            (self._cashier, Icon.PERSON),
        ):
            text.set_icon(icon)
        language.changed.connect(self._renew)
        look.changed.connect(self._renew)

    def show_status(self, model: StatusModel) -> None:
        self._model = model
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(800, self._look.theme.layout.strip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()

    def _margins(self) -> None:
        side = self._look.theme.layout.pad - 8 if self._look.theme.size is not SizeClass.COMPACT else 16
        self._row.setContentsMargins(side, 0, side + 2, 4)

    def _renew(self) -> None:
        self._margins()
        model = self._model
        if model is None:
            return
        words = self._language
        if model.online:
            self._tell(self._online, selling.online(), Icon.WIFI, worry=False)
        else:
            said = sentence(model.notice, words) if model.notice else selling.offline()
            self._tell(self._online, said, Icon.WIFI_OFF, worry=True)
        self._waiting.setText(selling.waiting(model.waiting, words))
        ready = model.printer is PrinterState.READY
        icon = Icon.PRINTER if ready else Icon.PRINTER_OFF
        self._tell(self._printer, selling.printer(model.printer), icon, worry=not ready)
        self._shop.setText(model.shop)
        self._till.setText(selling.till(model.till))
        self._till.setVisible(bool(model.till) and self._look.theme.size is not SizeClass.COMPACT)
        self._cashier.setText(model.cashier)
        self._cashier.setVisible(bool(model.cashier))
        self._time.setText(words.format.time(model.now))

    @staticmethod
    def _tell(text: Text, words: str, icon: Icon, *, worry: bool) -> None:
        text.setText(words)
        text.set_icon(icon)
        text.set_ink(_WORRY if worry else _SMALL)
