from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.local.settings import FILE, LAST_GOOD_FILE, TomlSettings, read_settings, write_settings
from tukar.till.keys import DEFAULT_KEYS, Command, keys_of
from tukar.till.ports import DiskTrouble, Settings
from tukar.till.settings_table import read

GOOD = Settings(
    backend_url="https://tukar.example", shop_id="TOKO1", till_id="T1", till_epoch=3, language="id", theme="dark",
    scale_percent=125, full_screen=True, printer='C:\\"Kasir"\ttab', keys=MappingProxyType({"search": "F2"}),
)  # fmt: skip


def test_a_new_till_has_the_defaults(tmp_path: Path) -> None:
    store = TomlSettings(tmp_path)
    assert store.load() == Settings()
    assert store.trouble == ""


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    TomlSettings(tmp_path).save(GOOD)
    store = TomlSettings(tmp_path)
    assert store.load() == GOOD
    assert store.trouble == ""


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(texts, texts, st.dictionaries(texts, texts, max_size=3), st.booleans())
def test_every_text_comes_back(url: str, printer: str, keys: dict[str, str], full: bool) -> None:
    settings = replace(GOOD, backend_url=url, printer=printer, keys=MappingProxyType(keys), full_screen=full)
    assert read_settings(write_settings(settings).encode()) == settings


DAMAGED = [
    (b'language = "id"\ntheme = dark\n', "line 2: Invalid value"),
    (b'language = "id"\n\nscale_percent = "big"\n', "line 3: scale_percent is a whole number"),
    (b"full_screen = 1\n", "line 1: full_screen is either true or false"),
    (b"language = 7\n", "line 1: language is a text in quotes"),
    (b'theme = "pink"\n', "line 1: theme is one of 'dark', 'high_contrast', 'light'"),
    (b"a = 1\nscale_percent = 500\n", "line 2: scale_percent is from 100 to 200"),
    (b"scale_percent = true\n", "line 1: scale_percent is a whole number"),
    (b'[keys]\nsearch = "F2"\nhold = 4\n', "line 3: hold is a text in quotes"),
    (b'keys = "F2"\n', "line 1: keys is a table of texts"),
    (b'language = "id"\nshop_id = "\xff\xfe"\n', "line 2: these bytes are no text"),
    (b'language = "id"\nlanguage = "en"\n', "line 2: Cannot overwrite a value"),
    (b'language = "id', "line 1: "),
]


@pytest.mark.parametrize(("content", "words"), DAMAGED)
def test_a_damaged_file_is_told_of_by_line_and_reason_and_the_last_good_one_is_in_force(
    tmp_path: Path, content: bytes, words: str
) -> None:
    store = TomlSettings(tmp_path)
    store.save(GOOD)
    (tmp_path / FILE).write_bytes(content)
    assert store.load() == GOOD
    assert store.trouble.startswith(f"{FILE}: {words}")
    assert store.trouble.endswith("The last good settings are in force.")
    assert (tmp_path / FILE).read_bytes() == content


def test_a_damaged_file_is_put_aside_when_the_settings_are_saved_anew(tmp_path: Path) -> None:
    store = TomlSettings(tmp_path)
    for number in (1, 2):
        (tmp_path / FILE).write_bytes(b"nonsense")
        store.load()
        store.save(GOOD)
        assert store.trouble == ""
        assert (tmp_path / f"settings.damaged-{number}.toml").read_bytes() == b"nonsense"
    assert store.load() == GOOD


def test_a_file_a_person_edited_becomes_the_last_good_one(tmp_path: Path) -> None:
    store = TomlSettings(tmp_path)
    (tmp_path / FILE).write_text('# by hand\nlanguage = "hi"\nfuture = 1\n')
    assert store.load() == Settings(language="hi")
    (tmp_path / FILE).write_bytes(b"nonsense")
    assert store.load() == Settings(language="hi")


def test_when_both_files_are_damaged_the_till_says_so_and_starts_as_new(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"nonsense")
    (tmp_path / LAST_GOOD_FILE).write_bytes(b"nonsense too")
    store = TomlSettings(tmp_path)
    assert store.load() == Settings()
    assert store.trouble.startswith(f"{FILE}: line 1")


def test_a_file_that_is_gone_leaves_the_last_good_one(tmp_path: Path) -> None:
    store = TomlSettings(tmp_path)
    store.save(GOOD)
    (tmp_path / FILE).unlink()
    assert store.load() == GOOD


def test_a_failed_save_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    store = TomlSettings(tmp_path)
    store.save(GOOD)
    (tmp_path / f"{FILE}.new").mkdir()
    with pytest.raises(DiskTrouble):
        store.save(Settings())
    assert store.load() == GOOD


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    TomlSettings(tmp_path).save(GOOD)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_delivered_key_comes_back_where_the_shop_gives_another() -> None:
    shop = read(b'[keys]\nsearch = "Alt+S"\n')
    settings = read_settings(b"", shop)
    assert keys_of(settings.keys)[Command.SEARCH] == "Alt+S"
    delivered = replace(settings, keys=MappingProxyType({}))
    again = read_settings(write_settings(delivered, shop).encode(), shop)
    assert keys_of(again.keys) == DEFAULT_KEYS
    assert "[keys]\n\n" in write_settings(settings, shop) + "\n"
