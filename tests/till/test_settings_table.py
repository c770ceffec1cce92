from dataclasses import fields

import pytest

from tukar.till.ports import Settings
from tukar.till.settings_table import BY_NAME, TABLE, Decides, SettingsError, read, template, toml


def test_every_setting_has_its_row() -> None:
    """Whoever adds a setting says here what it means, what it may be and who decides it."""
    assert [setting.name for setting in TABLE] == [one.name for one in fields(Settings) if one.name != "keys"]


def test_every_default_is_something_the_setting_may_be() -> None:
    assert [setting.name for setting in TABLE if setting.what_is_wrong(setting.default)] == []


def test_the_template_is_a_file_that_changes_nothing_and_becomes_one_that_says_everything() -> None:
    assert read(template().encode()).values == {}
    free, _, _ = template().partition("# [fixed]")
    given = read("\n".join(line.removeprefix("# ") for line in free.splitlines() if " = " in line).encode())
    assert given.values == {setting.name: setting.default for setting in TABLE if setting.decides is not Decides.TILL}


def test_what_is_fixed_stands_in_a_table_of_its_own() -> None:
    given = read(b'theme = "dark"\n[fixed]\nproxy = "http://proxy:3128"\n')
    assert (dict(given.values), dict(given.fixed)) == ({"theme": "dark"}, {"proxy": "http://proxy:3128"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'theme = "dark"\n[fixed]\ntheme = "pink"\n', "line 3: theme is one of"),
        (b"fixed = 1\n", "line 1: fixed is a table"),
        (b'[fixed]\nscale_percent = "big"\n', "line 2: scale_percent is a whole number"),
    ],
)
def test_a_mistake_is_named_by_its_line(content: bytes, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read(content)


def test_what_does_not_count_in_a_file_is_not_judged_there() -> None:
    assert read(b"till_id = 7\n", lambda setting: setting.decides is not Decides.TILL).values == {}


def test_text_with_every_kind_of_letter_comes_back() -> None:
    text = 'C:\\"Kasir"\tहिन्दी\n'
    assert read(f"printer = {toml(text)}".encode()).values["printer"] == text
    assert BY_NAME["printer"].what_is_wrong(text) == ""
