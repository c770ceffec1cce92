"""Theme, language, motion and scale: a small sheet whose choices count at once."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.preferences import SCALES, PreferencesModel
from tukar.ui.kit import Choice, Colour, Ink, Look, NoticeStrip, PrimaryAction, Role, Scheme, Sheet, Text
from tukar.ui.notice_tone import tell
from tukar.ui.translations import LANGUAGES, NAMES, Language

_SIZE: Final = QSize(720, 680)
_BESIDE: Final = 24


class SettingsSheet(Sheet):
    """The view of ``till.preferences.Preferences``."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    motion_reduced = Signal(bool)
    scale_chosen = Signal(int)
    hand_chosen = Signal(str)
    display_chosen = Signal(bool)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model: PreferencesModel | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._heads = [Text(look, "", Ink(Role.STRONG)) for _ in range(6)]
        self.themes = {scheme.value: Choice(look, "") for scheme in Scheme}
        self.languages = {code: Choice(look, NAMES[code]) for code in LANGUAGES}
        self.scales = {percent: Choice(look, f"{percent}%") for percent in SCALES}
        self.hands = {hand: Choice(look, "") for hand in ("left", "right")}
        self.display = {False: Choice(look, ""), True: Choice(look, "")}
        self.motion = {False: Choice(look, ""), True: Choice(look, "")}
        self._restart = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self._notice = NoticeStrip(look)
        self._done = PrimaryAction(look, "")
        self._done.put_in_sheet()
        self._groups: list[QButtonGroup] = []
        self._lay_out()
        self._connect()
        language.changed.connect(self._renew)

    def show_preferences(self, model: PreferencesModel) -> None:
        was_open = self._model is not None and self._model.is_open
        self._model = model
        self._renew()
        if model.is_open and not was_open:
            self.open_sheet(self._done)
        elif was_open and not model.is_open:
            self.close_sheet()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(8)
        rows.addWidget(self._title)
        parts = (
            self.themes.values(), self.languages.values(), self.scales.values(), self.hands.values(),
        )  # fmt: skip
        for head, choices in zip(self._heads, parts, strict=False):
            rows.addSpacing(4)
            rows.addWidget(head)
            rows.addLayout(self._row(tuple(choices)))
        rows.addSpacing(4)
        rows.addLayout(self._beside())
        rows.addWidget(self._restart)
        rows.addWidget(self._notice)
        rows.addStretch(1)
        rows.addWidget(self._done)

    def _beside(self) -> QHBoxLayout:
        """What is only yes or no, side by side."""
        beside = QHBoxLayout()
        beside.setSpacing(_BESIDE)
        for head, choices in zip(self._heads[-2:], (self.motion, self.display), strict=True):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(head)
            column.addLayout(self._row(tuple(choices.values())))
            beside.addLayout(column, 1)
        return beside

    def _row(self, choices: Sequence[Choice]) -> QHBoxLayout:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(self.look.theme.touch.gap)
        for choice in choices:
            group.addButton(choice)
            row.addWidget(choice, 1)
        self._groups.append(group)
        return row

    def _connect(self) -> None:
        for theme, choice in self.themes.items():
            choice.clicked.connect(partial(self.theme_chosen.emit, theme))
        for code, choice in self.languages.items():
            choice.clicked.connect(partial(self.language_chosen.emit, code))
        for percent, choice in self.scales.items():
            choice.clicked.connect(partial(self.scale_chosen.emit, percent))
        for hand, choice in self.hands.items():
            choice.clicked.connect(partial(self.hand_chosen.emit, hand))
        for reduced, choice in self.motion.items():
            choice.clicked.connect(partial(self.motion_reduced.emit, reduced))
        for shown, choice in self.display.items():
            choice.clicked.connect(partial(self.display_chosen.emit, shown))
        self._done.clicked.connect(self.closed)
        self.entered.connect(self.closed)
        self.dismissed.connect(self.closed)

    def _renew(self) -> None:
        model = self._model
        if model is None:
            return
        self._title.setText(QCoreApplication.translate("Settings", "Screen and language"))
        self.setAccessibleName(self._title.text())
        words = (
            QCoreApplication.translate("Settings", "Colours"),
            QCoreApplication.translate("Settings", "Language"),
            QCoreApplication.translate("Settings", "Size"),
            QCoreApplication.translate("Settings", "Hand"),
            QCoreApplication.translate("Settings", "Motion"),
            QCoreApplication.translate("Settings", "Second screen for the customer"),
        )
        for head, text in zip(self._heads, words, strict=True):
            head.setText(text)
        names = {
            Scheme.LIGHT.value: QCoreApplication.translate("Settings", "Light"),
            Scheme.DARK.value: QCoreApplication.translate("Settings", "Dark"),
            Scheme.CONTRAST.value: QCoreApplication.translate("Settings", "High contrast"),
        }
        for theme, choice in self.themes.items():
            choice.set_label(names[theme])
            choice.setChecked(theme == model.theme)
        for code, choice in self.languages.items():
            choice.setChecked(code == model.language)
        for percent, choice in self.scales.items():
            choice.setChecked(percent == model.scale_percent)
        self.hands["left"].set_label(QCoreApplication.translate("Settings", "Left"))
        self.hands["right"].set_label(QCoreApplication.translate("Settings", "Right"))
        for hand, choice in self.hands.items():
            choice.setChecked(hand == model.hand)
        self.motion[False].set_label(QCoreApplication.translate("Settings", "Moving"))
        self.motion[True].set_label(QCoreApplication.translate("Settings", "Still"))
        for reduced, choice in self.motion.items():
            choice.setChecked(reduced == model.reduced_motion)
        self.display[False].set_label(QCoreApplication.translate("Settings", "Off"))
        self.display[True].set_label(QCoreApplication.translate("Settings", "On"))
        for shown, choice in self.display.items():
            choice.setChecked(shown == model.customer_display)
        restart = QCoreApplication.translate("Settings", "The new size counts when the till starts again.")
        self._restart.setText(restart if model.needs_restart else "")
        self._restart.setVisible(model.needs_restart)
        tell(self._notice, model.notice, self._language)
        self._done.set_label(QCoreApplication.translate("Settings", "Done"))
