"""Settings, support and updates as they are typed, on a till that runs from its sources."""

import json
import logging
import sys
import zipfile
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import receipt
from tukar.bootstrap.autostarting import run_autostart
from tukar.bootstrap.options import AutostartOptions, SettingsOptions, SupportOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.shop_settings import run_settings, settings_of
from tukar.bootstrap.supporting import run_support
from tukar.bootstrap.updates import ClosedTill, tried
from tukar.cli import main
from tukar.deploy.autostart import DesktopEntry
from tukar.deploy.installing import InstallError
from tukar.local.journal import SqliteJournal
from tukar.local.log_file import logging_to
from tukar.local.receipts import Numbering
from tukar.local.settings import TomlSettings
from tukar.till.ports import Settings

OURS = Settings(
    backend_url="https://kasir:rahasia@toko.example/pintu",
    shop_id="TOKO1",
    till_id="T1",
    printer="printer of +6281234567890",
)


def till(folder: Path, *, bills: int = 0) -> Path:
    TomlSettings(folder).save(OURS)
    journal = SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())
    for number in range(bills):
        journal.save_bill(receipt(f"bill-{number}"))
    journal.close()
    return folder


def test_every_setting_is_told_with_where_it_comes_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_settings(SettingsOptions(data=till(tmp_path), as_json=True)) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)["settings"]}
    assert (told["till_id"]["value"], told["till_id"]["from"]) == ("T1", "this till")
    assert (told["theme"]["value"], told["theme"]["from"]) == ("light", "default")
    assert main(["settings", "--data", str(tmp_path)]) == 0
    assert "backend_url" in capsys.readouterr().out


def test_a_shop_s_file_is_named_as_the_place_and_its_mistake_by_line(tmp_path: Path) -> None:
    shop = tmp_path / "etc"
    shop.mkdir()
    (shop / "a.toml").write_text('paper = "a4"\n')
    store = settings_of(till(tmp_path), shop)
    assert store.load().paper == "a4"
    (shop / "a.toml").write_text('paper = "a4"\ntheme = "pink"\n')
    store = settings_of(tmp_path, shop)
    assert store.load().paper == "a4"
    assert store.trouble.startswith(f"{shop / 'a.toml'}: line 2: theme is one of")


def test_a_file_is_judged_before_it_is_pushed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "shop.toml"
    assert main(["settings", "--template"]) == 0
    file.write_text(capsys.readouterr().out)
    assert main(["settings", "--check", str(file)]) == 0
    file.write_text('language = "id"\nscale_percent = 20\n')
    assert main(["settings", "--check", str(file)]) == 1
    assert "line 2: scale_percent is from 100 to 200" in capsys.readouterr().out
    assert main(["settings", "--check", str(tmp_path / "none")]) == 2


def test_the_bundle_helps_and_gives_nothing_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = till(tmp_path / "till", bills=2)
    (folder / "secrets.json").write_text('{"token": "geheim-geheim-geheim-1"}')
    (folder / "receipts").mkdir()
    (folder / "receipts/Sari-bill-1.pdf").write_text("Sari")
    with logging_to(folder):
        logging.getLogger("tukar.till").warning("no answer about %s", "+62 812 3456 5678")
    file = tmp_path / "bundle.zip"
    assert run_support(SupportOptions(file, folder)) == 0
    with zipfile.ZipFile(file) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    everything = "\n".join(texts.values())
    for secret in ("rahasia", "kasir", "pintu", "81234567890", "geheim", "Sari", "Ayu", "5678"):
        assert secret not in everything, secret
    assert json.loads(texts["till.json"])["facts"] == {"bills": 2, "unsent": 2, "to_review": 0}
    assert json.loads(texts["settings.json"])["backend_url"] == "toko.example"
    assert texts["log.txt"].endswith("WARNING tukar.till: no answer about (number)\n")
    assert json.loads(texts["program.json"])["installation"] == "source"
    with pytest.raises(CommandRefused, match="there already"):
        run_support(SupportOptions(file, folder))
    with pytest.raises(CommandRefused, match="holds no till"):
        run_support(SupportOptions(tmp_path / "b.zip", tmp_path / "nowhere"))
    capsys.readouterr()


def test_sources_are_not_updated_from_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for action in (["check"], ["apply"], ["back"]):
        assert main(["update", *action, "--data", str(tmp_path)]) == 2
        assert "runs from its sources" in capsys.readouterr().err


def test_a_closed_till_tells_what_is_unsent_and_is_backed_up(tmp_path: Path) -> None:
    folder = till(tmp_path, bills=1)
    closed = ClosedTill(folder, OURS)
    assert closed.in_the_way() == "1 message that was not sent"
    closed.back_up(folder / "updates/before.tukar")
    with pytest.raises(InstallError, match="there already"):
        closed.back_up(folder / "updates/before.tukar")
    assert ClosedTill(tmp_path / "new", Settings()).in_the_way() == ""


def _in_a_later_form(folder: Path) -> None:
    import sqlite3

    with sqlite3.connect(folder / "journal.sqlite3") as db:
        (form,) = db.execute("PRAGMA user_version").fetchone()
        db.execute(f"PRAGMA user_version = {form + 1}")
    db.close()


def test_files_that_the_version_before_cannot_read_give_way_to_the_back_up(tmp_path: Path) -> None:
    folder = till(tmp_path)
    closed = ClosedTill(folder, OURS)
    back_up = folder / "updates/before.tukar"
    closed.back_up(back_up)
    closed.make_readable(back_up)
    assert not list(folder.glob("before-restore-*")), "nothing to do for files it can read"
    _in_a_later_form(folder)
    closed.make_readable(back_up)
    assert closed.in_the_way() == ""
    assert list(folder.glob("before-restore-*"))


def test_bills_of_the_new_version_are_never_given_up(tmp_path: Path) -> None:
    folder = till(tmp_path)
    closed = ClosedTill(folder, OURS)
    back_up = folder / "updates/before.tukar"
    closed.back_up(back_up)
    till(folder, bills=1)
    _in_a_later_form(folder)
    with pytest.raises(InstallError, match="has saved bills already"):
        closed.make_readable(back_up)


def test_a_version_that_cannot_be_started_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho first\necho 'no module' >&2\nexit 3\n")
    broken.chmod(0o755)
    assert tried([str(broken)], tmp_path / "b.tukar") == "no module"
    assert "cannot be started" in tried([str(tmp_path / "none")], tmp_path / "b.tukar")
    broken.write_text("#!/bin/sh\nexit 0\n")
    assert tried([str(broken)], tmp_path / "b.tukar") == ""


def test_a_version_shows_that_it_opens_on_a_copy_and_touches_nothing_else(tmp_path: Path) -> None:
    folder = till(tmp_path / "till", bills=1)
    ClosedTill(folder, OURS).back_up(folder / "updates/before.tukar")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert tried([sys.executable, "-m", "tukar"], folder / "updates/before.tukar") == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    (tmp_path / "none.tukar").write_bytes(b"nothing")
    assert "no back-up of a till" in tried([sys.executable, "-m", "tukar"], tmp_path / "none.tukar")


def test_autostart_is_switched_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = DesktopEntry(tmp_path / "autostart" / "tukar.desktop")
    assert run_autostart(AutostartOptions(), entry) == 0
    assert capsys.readouterr().out == "Off: the till is opened by hand.\n"
    assert run_autostart(AutostartOptions(on=True, data=tmp_path / "till"), entry) == 0
    told = capsys.readouterr().out
    assert told.startswith("On: ")
    assert f'"--data" "{tmp_path / "till"}"' in told
    assert run_autostart(AutostartOptions(on=False), entry) == 0
    assert capsys.readouterr().out.startswith("Off")
    entry.file.parent.rmdir()
    entry.file.parent.write_text("a file where the folder should be")
    with pytest.raises(CommandRefused, match="cannot be changed"):
        run_autostart(AutostartOptions(on=True), entry)
