from collections.abc import Mapping
from pathlib import Path

import pytest

from tukar.deploy.fleet import LAST_GOOD_FILE, Fleet, read_fleet
from tukar.local.atomic import write_whole
from tukar.local.settings import TomlSettings
from tukar.till.ports import Settings


class Shop:
    """A folder of an administrator, and the till it speaks to."""

    def __init__(self, place: Path) -> None:
        self.folder, self.till = place / "etc", place / "till"
        self.folder.mkdir()
        self.till.mkdir()
        self.registry: dict[str, Mapping[str, object]] = {}

    def push(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def read(self) -> Fleet:
        return read_fleet(self.folder, self.till, write_whole, lambda key: self.registry.get(key, {}))

    def settings(self) -> Settings:
        return TomlSettings(self.till, self.read().given).load()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_without_any_file_nothing_is_said_and_nothing_is_written(shop: Shop) -> None:
    shop.folder.rmdir()
    assert shop.read() == Fleet()
    assert shop.settings() == Settings()
    assert list(shop.till.iterdir()) == []


def test_a_later_file_goes_over_an_earlier_one_and_each_value_says_where_it_comes_from(shop: Shop) -> None:
    shop.push("10-all.toml", 'theme = "dark"\npaper = "a4"\n')
    shop.push("20-here.toml", 'theme = "high_contrast"\n')
    shop.push("notes.txt", "no settings")
    fleet = shop.read()
    assert dict(fleet.given.values) == {"theme": "high_contrast", "paper": "a4"}
    assert fleet.origins["theme"].endswith("20-here.toml")
    assert fleet.origins["paper"].endswith("10-all.toml")


def test_what_a_till_chose_stays_and_what_it_never_chose_follows_the_shop(shop: Shop) -> None:
    shop.push("a.toml", 'theme = "dark"\nscanner_gap_ms = 40\n')
    store = TomlSettings(shop.till, shop.read().given)
    store.save(Settings(theme="high_contrast", scanner_gap_ms=40))
    shop.push("a.toml", 'theme = "light"\nscanner_gap_ms = 20\n')
    assert (shop.settings().theme, shop.settings().scanner_gap_ms) == ("high_contrast", 20)


def test_a_till_may_choose_the_program_s_own_default_over_the_shop_s(shop: Shop) -> None:
    shop.push("a.toml", 'theme = "dark"\n')
    TomlSettings(shop.till, shop.read().given).save(Settings(theme="light"))
    assert shop.settings().theme == "light"


def test_what_is_fixed_no_till_changes(shop: Shop) -> None:
    shop.push("a.toml", '[fixed]\nproxy = "http://proxy:3128"\n')
    TomlSettings(shop.till, shop.read().given).save(Settings(proxy="http://other:1"))
    assert shop.settings().proxy == "http://proxy:3128"


def test_only_the_shop_says_where_updates_come_from(shop: Shop) -> None:
    (shop.till / "settings.toml").write_text('update_key = "mine"\nupdate_source = "/tmp"\n')
    assert (shop.settings().update_key, shop.settings().update_source) == ("", "")
    shop.push("a.toml", 'update_key = "theirs"\n')
    assert shop.settings().update_key == "theirs"


def test_what_connects_one_till_is_never_the_shop_s(shop: Shop) -> None:
    shop.push("a.toml", 'till_id = "T9"\nbackend_url = "https://toko.example"\n')
    assert (shop.settings().till_id, shop.settings().backend_url) == ("", "https://toko.example")


def test_a_bad_file_is_named_by_line_and_all_of_the_shop_s_settings_stay_as_they_were(shop: Shop) -> None:
    shop.push("10-good.toml", 'theme = "dark"\n')
    shop.push("20-other.toml", 'paper = "a4"\n[fixed]\nfull_screen = true\n')
    before = shop.read()
    shop.push("10-good.toml", 'theme = "light"\n')
    shop.push("20-other.toml", 'paper = "a4"\nscale_percent = 20\n')
    fleet = shop.read()
    place = shop.folder / "20-other.toml"
    assert fleet.trouble == (
        f"{place}: line 2: scale_percent is from 100 to 200. The last good settings of the shop are in force."
    )
    assert fleet.given == before.given
    assert shop.settings().full_screen


def test_a_bad_file_on_a_new_till_leaves_the_defaults(shop: Shop) -> None:
    shop.push("a.toml", "nonsense")
    assert shop.read().trouble
    assert shop.settings() == Settings()


def test_a_spoilt_last_good_copy_is_no_second_trouble(shop: Shop) -> None:
    shop.push("a.toml", "nonsense")
    for spoilt in ("[]", "nonsense", '{"values": {"theme": 1, "till_id": "T1"}, "fixed": {}, "keys": {}}', '{"a": 1}'):
        (shop.till / LAST_GOOD_FILE).write_text(spoilt)
        assert shop.settings() == Settings()


def test_settings_that_were_taken_back_are_forgotten(shop: Shop) -> None:
    shop.push("a.toml", 'theme = "dark"\n')
    shop.read()
    shop.push("a.toml", "")
    shop.read()
    shop.push("a.toml", "nonsense")
    assert shop.settings().theme == "light"


def test_the_registry_goes_over_the_files_and_knows_truth_as_a_number(shop: Shop) -> None:
    shop.push("a.toml", 'theme = "dark"\n')
    shop.registry = {"": {"theme": "light", "full_screen": 1, "other": "x"}, "Fixed": {"scale_percent": 150}}
    settings = shop.settings()
    assert (settings.theme, settings.full_screen, settings.scale_percent) == ("light", True, 150)


def test_a_wrong_value_in_the_registry_is_named(shop: Shop) -> None:
    shop.registry = {"": {"scale_percent": 7}}
    assert shop.read().trouble.startswith("the registry: scale_percent is from 100 to 200")
