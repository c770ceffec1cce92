from collections.abc import Mapping

import pytest

from tukar.till.key_settings import KeySettings, KeySettingsModel
from tukar.till.keys import DEFAULT_KEYS, Command, is_key_for_a_command, keys_of


class Office:
    """The sheet, and where what it decides is kept."""

    def __init__(self, gap_ms: int = 30, wishes: Mapping[str, str] | None = None) -> None:
        self.model = KeySettingsModel()
        self.kept: list[dict[str, str]] = []
        self.gaps: list[int] = []
        self.settings = KeySettings(self, self, wishes or {}, gap_ms)
        self.settings.open()

    def show_keys(self, model: KeySettingsModel) -> None:
        self.model = model

    def keep_keys(self, keys: Mapping[str, str]) -> None:
        self.kept.append(dict(keys))

    def keep_scanner_gap(self, milliseconds: int) -> None:
        self.gaps.append(milliseconds)

    def give(self, command: Command, key: str) -> None:
        self.settings.change(command)
        self.settings.press(key)

    def waiting(self) -> Command | None:
        return self.model.waiting


def test_a_command_gets_another_key_that_is_kept_and_counts_later() -> None:
    office = Office()
    office.give(Command.PAYMENT, "Ctrl+P")
    assert office.kept == [{"payment": "Ctrl+P"}]
    assert office.model.keys[Command.PAYMENT] == "Ctrl+P"
    assert office.model.changed
    assert keys_of(office.kept[0])[Command.PAYMENT] == "Ctrl+P"


def test_a_key_that_another_command_has_is_named_and_not_taken() -> None:
    office = Office()
    office.give(Command.PAYMENT, "F2")
    assert (office.model.taken_by, office.waiting()) == (Command.SEARCH, Command.PAYMENT)
    assert office.kept == []
    office.settings.press("Ctrl+B")
    assert (office.model.taken_by, office.waiting()) == (None, None)


def test_two_commands_change_places_by_way_of_a_third_key() -> None:
    office = Office()
    office.give(Command.PAYMENT, "Ctrl+1")
    office.give(Command.SAVE, "F9")
    office.give(Command.PAYMENT, "F10")
    assert office.kept[-1] == {"payment": "F10", "save": "F9"}
    assert keys_of(office.kept[-1]) == office.model.keys


def test_its_own_key_changes_nothing_and_as_delivered_brings_all_back() -> None:
    office = Office(wishes={"payment": "Ctrl+P"})
    office.give(Command.PAYMENT, "Ctrl+P")
    assert office.kept == []
    assert not office.model.changed
    office.settings.reset()
    assert office.kept == [{}]
    assert office.model.keys == DEFAULT_KEYS


@pytest.mark.parametrize("key", ["A", "7", "Return", "Esc", "F5", "Ctrl+Z", "Ctrl+L", "F13", "Ctrl+F1", "+", ""])
def test_what_is_needed_elsewhere_is_no_key_for_a_command(key: str) -> None:
    office = Office()
    assert not is_key_for_a_command(key)
    office.give(Command.PAYMENT, key)
    assert (office.model.unfit, office.kept) == (key, [])


def test_esc_first_stops_waiting_then_closes() -> None:
    office = Office()
    office.settings.change(Command.LOCK)
    office.settings.close()
    assert (office.model.is_open, office.waiting()) == (True, None)
    office.settings.press("Ctrl+Q")
    assert office.kept == []
    office.settings.close()
    assert not office.settings.is_open


@pytest.mark.parametrize(
    ("slowest", "apart", "suggested"), [(8.0, True, None), (30.0, True, 40), (33.0, False, 40), (48.0, False, None)]
)
def test_a_scanner_is_measured_and_a_longer_pause_offered(slowest: float, apart: bool, suggested: int | None) -> None:
    office = Office()
    office.settings.measured(13, slowest)
    assert (office.model.is_told_apart, office.model.suggested) == (apart, suggested)
    office.settings.use_suggested()
    assert office.gaps == ([] if suggested is None else [suggested])
    assert office.model.gap_ms == (suggested or 30)


def test_what_is_scanned_while_the_sheet_is_closed_is_not_its_business() -> None:
    office = Office()
    office.settings.close()
    office.settings.measured(13, 8.0)
    assert office.model.measure is None
