"""Which key does what, and how fast this till's scanner types: shown, changed with a look for conflicts, kept.

Another key or pace counts from the next start on, because every button has its key printed on it from the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from tukar.till.keys import DEFAULT_KEYS, Command, is_key_for_a_command, keys_of

GAPS_MS: Final = (20, 30, 40, 50)
_MARGIN_MS: Final = 5.0


@dataclass(frozen=True, slots=True)
class ScanMeasure:
    """A code as it was typed: how many keys, and the longest pause between two of them in milliseconds."""

    keys: int
    slowest_ms: float


@dataclass(frozen=True, slots=True)
class KeySettingsModel:
    """What the sheet shows. ``waiting`` is the command whose new key is pressed next.

    ``taken_by`` has the key that was just pressed already; ``unfit`` is a key that no command may have. ``suggested``
    is the pause at which this shop's scanner is told from hands; None where the present one does, or nothing would.
    """

    is_open: bool = False
    keys: Mapping[Command, str] = field(default_factory=lambda: DEFAULT_KEYS)
    waiting: Command | None = None
    taken_by: Command | None = None
    unfit: str = ""
    changed: bool = False
    gap_ms: int = 30
    measure: ScanMeasure | None = None
    suggested: int | None = None

    @property
    def is_told_apart(self) -> bool:
        """Whether what was measured counts as a scan at the present pause."""
        return self.measure is not None and self.measure.slowest_ms <= self.gap_ms


class KeySettingsView(Protocol):
    """Where keys and scanner are shown."""

    def show_keys(self, model: KeySettingsModel) -> None: ...


class Kept(Protocol):
    """Where they are kept; ``Preferences`` is one."""

    def keep_keys(self, keys: Mapping[str, str]) -> None: ...

    def keep_scanner_gap(self, milliseconds: int) -> None: ...


class KeySettings:
    """Presenter of the sheet of keys."""

    def __init__(self, view: KeySettingsView, kept: Kept, wishes: Mapping[str, str], gap_ms: int) -> None:
        self._view = view
        self._kept = kept
        self._model = KeySettingsModel(keys=keys_of(wishes), gap_ms=gap_ms)

    @property
    def is_open(self) -> bool:
        return self._model.is_open

    def open(self) -> None:
        self._show(replace(self._model, is_open=True, waiting=None, taken_by=None, unfit="", measure=None))

    def close(self) -> None:
        """Esc: first out of waiting for a key, then out of the sheet."""
        waits = self._model.waiting is not None
        self._show(replace(self._model, is_open=waits, waiting=None, taken_by=None, unfit=""))

    def change(self, command: Command) -> None:
        """The next key that is pressed is for ``command``."""
        self._show(replace(self._model, waiting=command, taken_by=None, unfit=""))

    def press(self, key: str) -> None:
        """A key by its name, such as ``F9``; nothing happens while none is waited for."""
        command, keys = self._model.waiting, self._model.keys
        if command is None:
            return
        holder = next((other for other, taken in keys.items() if taken == key and other is not command), None)
        if not is_key_for_a_command(key):
            self._show(replace(self._model, unfit=key, taken_by=None))
        elif holder is not None:
            self._show(replace(self._model, taken_by=holder, unfit=""))
        else:
            self._keep({**keys, command: key})

    def reset(self) -> None:
        """The keys as they were delivered."""
        self._keep(DEFAULT_KEYS)

    def measured(self, keys: int, slowest_ms: float) -> None:
        """A code was typed into the sheet, by the scanner or as if."""
        if not self._model.is_open:
            return
        fits = next((gap for gap in GAPS_MS if slowest_ms + _MARGIN_MS <= gap), None)
        suggested = fits if fits is not None and fits > self._model.gap_ms else None
        self._show(replace(self._model, measure=ScanMeasure(keys, slowest_ms), suggested=suggested))

    def use_suggested(self) -> None:
        gap = self._model.suggested
        if gap is not None:
            self._kept.keep_scanner_gap(gap)
            self._show(replace(self._model, gap_ms=gap, suggested=None, changed=True))

    def _keep(self, keys: Mapping[Command, str]) -> None:
        changed = keys != self._model.keys
        if changed:
            self._kept.keep_keys({command.value: key for command, key in keys.items() if key != DEFAULT_KEYS[command]})
        self._show(
            replace(
                self._model, keys=keys, waiting=None, taken_by=None, unfit="", changed=self._model.changed or changed
            )
        )

    def _show(self, model: KeySettingsModel) -> None:
        self._model = model
        self._view.show_keys(model)
