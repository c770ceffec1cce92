"""How this till looks and speaks: theme, language, motion, scale; switched at once and kept on its disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from tukar.till.notices import Level, Notice, Say

if TYPE_CHECKING:
    from tukar.till.background import Background
    from tukar.till.ports import Settings, SettingsStore

SCALES: Final = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class PreferencesModel:
    """What is chosen. ``needs_restart`` says that another scale counts from the next start on."""

    is_open: bool
    theme: str
    language: str
    reduced_motion: bool
    scale_percent: int
    needs_restart: bool = False
    hand: str = "right"
    customer_display: bool = False
    notice: Notice | None = None


class PreferencesView(Protocol):
    """Where the choices are shown, and what follows them at once."""

    def show_preferences(self, model: PreferencesModel) -> None: ...


class Preferences:
    """Every choice is in force before it is on the disk; a disk that does not take it is told.

    One choice is written after the other: side by side, an earlier one could reach the disk last.
    """

    def __init__(
        self, *, view: PreferencesView, settings: Settings, store: SettingsStore, background: Background
    ) -> None:
        self._view = view
        self._settings = settings
        self._store = store
        self._background = background
        self._started_at = settings.scale_percent
        self._is_open = False
        self._is_saving = False

    @property
    def settings(self) -> Settings:
        return self._settings

    def start(self) -> None:
        """Puts in force what was kept."""
        self._show()

    def open(self) -> None:
        self._is_open = True
        self._show()

    def close(self) -> None:
        self._is_open = False
        self._show()

    def choose_theme(self, theme: str) -> None:
        self._change(replace(self._settings, theme=theme))

    def choose_language(self, language: str) -> None:
        self._change(replace(self._settings, language=language))

    def reduce_motion(self, *, reduced: bool) -> None:
        self._change(replace(self._settings, reduced_motion=reduced))

    def choose_hand(self, hand: str) -> None:
        self._change(replace(self._settings, hand=hand))

    def show_customer(self, *, shown: bool) -> None:
        """Whether a second screen shows the customer their bill."""
        self._change(replace(self._settings, customer_display=shown))

    def choose_scale(self, percent: int) -> None:
        if percent in SCALES:
            self._change(replace(self._settings, scale_percent=percent))

    def keep_keys(self, keys: Mapping[str, str]) -> None:
        """Keys by command, where they differ from the delivered ones; in force from the next start on."""
        self._change(replace(self._settings, keys=MappingProxyType(dict(keys))))

    def keep_scanner_gap(self, milliseconds: int) -> None:
        self._change(replace(self._settings, scanner_gap_ms=milliseconds))

    def keep_full_screen(self, *, full: bool) -> None:
        """The window filled the screen, or no longer does."""
        self._change(replace(self._settings, full_screen=full))

    def _change(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        self._show()
        if not self._is_saving:
            self._save()

    def _save(self) -> None:
        settings, self._is_saving = self._settings, True

        def saved(_: None) -> None:
            self._over(settings)

        def not_kept(_trouble: Exception) -> None:
            self._show(Notice(Say.DISK_FAILED, Level.WARN))
            self._over(settings)

        self._background.run(lambda: self._store.save(settings), saved, not_kept)

    def _over(self, tried: Settings) -> None:
        """What was chosen while the disk was at work is written now."""
        self._is_saving = False
        if self._settings != tried:
            self._save()

    def _show(self, notice: Notice | None = None) -> None:
        settings = self._settings
        self._view.show_preferences(
            PreferencesModel(
                self._is_open,
                settings.theme,
                settings.language,
                settings.reduced_motion,
                settings.scale_percent,
                needs_restart=settings.scale_percent != self._started_at,
                hand=settings.hand,
                customer_display=settings.customer_display,
                notice=notice,
            )
        )
