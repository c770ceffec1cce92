from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Settings
from tukar.till.preferences import Preferences, PreferencesModel


class Store:
    trouble = ""

    def __init__(self, *, full: bool = False) -> None:
        self.full = full
        self.saved: list[Settings] = []

    def load(self) -> Settings:
        return Settings()

    def save(self, settings: Settings) -> None:
        if self.full:
            raise DiskTrouble(DiskTroubleKind.FULL)
        self.saved.append(settings)


class Room:
    def __init__(self, *, full: bool = False) -> None:
        self.store = Store(full=full)
        self.models: list[PreferencesModel] = []
        self.preferences = Preferences(
            view=self, settings=Settings(), store=self.store, background=ImmediateBackground(FakeClock())
        )

    def show_preferences(self, model: PreferencesModel) -> None:
        self.models.append(model)


def test_a_choice_counts_at_once_and_is_kept() -> None:
    room = Room()
    room.preferences.open()
    room.preferences.choose_theme("dark")
    room.preferences.choose_language("id")
    room.preferences.reduce_motion(reduced=True)
    room.preferences.choose_hand("left")
    shown = room.models[-1]
    assert (shown.theme, shown.language, shown.reduced_motion, shown.is_open) == ("dark", "id", True, True)
    assert shown.hand == "left"
    assert room.store.saved[-1] == room.preferences.settings


def test_another_scale_waits_for_the_next_start() -> None:
    room = Room()
    for percent in (150, 100):
        room.preferences.choose_scale(percent)
    assert [model.needs_restart for model in room.models] == [True, False]
    room.preferences.choose_scale(37)
    assert room.preferences.settings.scale_percent == 100


def test_the_same_choice_is_not_written_again() -> None:
    room = Room()
    room.preferences.choose_theme("light")
    room.preferences.keep_full_screen(full=False)
    assert room.store.saved == []


def test_a_full_disk_is_told_and_the_choice_counts_all_the_same() -> None:
    room = Room(full=True)
    room.preferences.choose_theme("contrast")
    shown = room.models[-1]
    assert shown.notice is not None
    assert shown.notice.say is Say.DISK_FAILED
    assert shown.theme == "contrast"


def test_two_choices_in_a_moment_reach_the_disk_in_their_order() -> None:
    store, background = Store(), SteppedBackground(FakeClock())
    room = Room()
    preferences = Preferences(view=room, settings=Settings(), store=store, background=background)
    preferences.choose_theme("dark")
    preferences.choose_language("id")
    preferences.choose_hand("left")
    assert len(background.jobs) == 1
    background.run_all()
    assert store.saved[-1] == preferences.settings
    assert len(store.saved) == 2
