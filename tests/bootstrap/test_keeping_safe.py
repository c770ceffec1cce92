"""``tukar backup``, ``restore`` and ``audit verify``: no secret leaves, nothing is half restored or lost."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.bootstrap.test_health import open_shop
from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import bill, receipt, rupiah
from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.keeping_safe import run_audit_verify, run_backup, run_restore
from tukar.bootstrap.options import AuditOptions, BackupOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.till_house import answers
from tukar.local import backup
from tukar.local.audit import RESTORED
from tukar.local.control import ControlServer
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.lock import FolderLock
from tukar.local.receipts import Numbering
from tukar.local.settings import TomlSettings
from tukar.server import auth
from tukar.server.call import Call, Caller, CallerKind
from tukar.server.storage.tables import ANCHORS, TILLS
from tukar.till.ports import AttemptState, Draft, PaymentAttempt, Settings

OURS = Settings(backend_url="https://toko.example", shop_id="TOKO1", till_id="T1", till_epoch=2)


@contextmanager
def journal_in(folder: Path) -> Iterator[SqliteJournal]:
    journal = SqliteJournal(folder, Numbering("TOKO1", "T1", 2), clock=FakeClock(), seal=PlainSeal())
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def running(folder: Path) -> Iterator[SqliteJournal]:
    """A till that has the folder and answers for it."""
    lock = FolderLock(folder)
    with journal_in(folder) as journal:
        control = ControlServer(folder, answers(journal, folder))
        yield journal
        control.close()
    lock.release()


def sell(journal: SqliteJournal, *bills: str, sent: bool = True) -> None:
    for bill_id in bills:
        journal.save_bill(receipt(bill_id))
        if sent:
            journal.acknowledge(journal.waiting()[0].seq)


@pytest.fixture
def till(tmp_path: Path) -> Path:
    """A till with two bills, both sent, its settings, a copy, and its secrets."""
    folder = tmp_path / "till"
    TomlSettings(folder).save(OURS)
    (folder / "shop.json").write_text("{}")
    (folder / "secrets.json").write_text("token-of-this-till")
    with journal_in(folder) as journal:
        sell(journal, "bill-1", "bill-2")
    return folder


@pytest.fixture
def kept(till: Path, tmp_path: Path) -> Path:
    file = tmp_path / "monday.tukar"
    assert run_backup(BackupOptions(file, till)) == 0
    return file


def bills_in(folder: Path) -> list[str]:
    with journal_in(folder) as journal:
        return [saved.bill_id for saved in journal.recent_receipts()]


def test_a_backup_holds_the_record_and_no_secret(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(kept) as archive:
        assert sorted(archive.namelist()) == [
            "backup.json", "drafts.sqlite3", "journal.sqlite3", "settings.toml", "shop.json"
        ]  # fmt: skip
        assert all(b"token-of-this-till" not in archive.read(name) for name in archive.namelist())


def test_what_a_backup_left_that_was_cut_off_is_cleared_away(till: Path, tmp_path: Path) -> None:
    left = till / "backing-up"
    left.mkdir()
    (left / "shop.json").write_text("half")
    (left / "journal.sqlite3-wal").write_text("of another copy")
    file = tmp_path / "monday.tukar"
    assert run_backup(BackupOptions(file, till)) == 0
    assert not left.exists()
    with zipfile.ZipFile(file) as archive:
        assert archive.read("shop.json") == b"{}"
        assert "journal.sqlite3-wal" not in archive.namelist()


def test_a_backup_never_replaces_a_file(till: Path, kept: Path) -> None:
    content = kept.read_bytes()
    with pytest.raises(CommandRefused, match="is there already"):
        run_backup(BackupOptions(kept, till))
    assert kept.read_bytes() == content
    with pytest.raises(CommandRefused, match="is no folder"):
        run_backup(BackupOptions(till / "nowhere" / "x", till))
    with pytest.raises(CommandRefused, match="holds no till"):
        run_backup(BackupOptions(till / "x", till / "other"))


def test_a_running_till_makes_its_own_backup(till: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(till) as journal:
        sell(journal, "bill-3", sent=False)
        journal.save_draft(Draft(bill("bill-4")))
        assert run_backup(BackupOptions(tmp_path / "now.tukar", till)) == 0
        assert "3 bills" in capsys.readouterr().out
        with pytest.raises(CommandRefused, match=r"The till is open\."):
            run_restore(BackupOptions(tmp_path / "now.tukar", till))
    fresh = tmp_path / "fresh"
    assert run_restore(BackupOptions(tmp_path / "now.tukar", fresh)) == 0
    with journal_in(fresh) as journal:
        assert journal.waiting_count() == 1, "unsent work comes back too"
        assert [draft.bill.bill_id for draft in journal.drafts()] == ["bill-4"]


def test_what_was_sold_since_is_put_away_and_its_numbers_are_not_given_out_again(till: Path, kept: Path) -> None:
    with journal_in(till) as journal:
        sell(journal, "bill-3")
    assert run_restore(BackupOptions(kept, till)) == 0
    assert bills_in(till) == ["bill-2", "bill-1"]
    assert bills_in(till / "before-restore-1") == ["bill-3", "bill-2", "bill-1"]
    assert TomlSettings(till).load() == OURS, "this till stays connected"
    assert (till / "secrets.json").read_text() == "token-of-this-till"
    with journal_in(till) as journal:
        assert journal.series_spent
        with journal.inspect() as db:
            assert db.execute("SELECT action FROM audit ORDER BY seq DESC").fetchone() == (RESTORED,)
        journal.begin_series(4)
        assert journal.next_number() == "TOKO1-T1-4-1"
    with journal_in(till) as journal:
        assert not journal.series_spent
        assert journal.next_number() == "TOKO1-T1-4-1", "although the settings still say 2"


def test_another_machine_has_to_be_connected_first(kept: Path, tmp_path: Path) -> None:
    assert run_restore(BackupOptions(kept, tmp_path / "new")) == 0
    settings = TomlSettings(tmp_path / "new").load()
    assert (settings.backend_url, settings.till_id) == (OURS.backend_url, "")


def test_the_till_of_another_number_is_not_restored(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    TomlSettings(other).save(Settings(shop_id="TOKO1", till_id="T2"))
    with pytest.raises(CommandRefused, match=r"This is till TOKO1-T2, and the back-up is of till TOKO1-T1\. Nothing"):
        run_restore(BackupOptions(kept, other))
    assert sorted(file.name for file in other.iterdir()) == ["in-use", "settings.last-good.toml", "settings.toml"]


def test_unsent_work_is_not_thrown_away(till: Path, kept: Path) -> None:
    with journal_in(till) as journal:
        sell(journal, "bill-3", sent=False)
    with pytest.raises(CommandRefused, match="This till has 1 message that was not sent"):
        run_restore(BackupOptions(kept, till))
    with journal_in(till) as journal:
        journal.acknowledge(journal.waiting()[0].seq)
        journal.save_draft(Draft(bill("bill-9")))
    with pytest.raises(CommandRefused, match="1 bill that is not finished"):
        run_restore(BackupOptions(kept, till))
    with journal_in(till) as journal:
        journal.delete_draft("bill-9")
        journal.record_attempt(PaymentAttempt("t-1", "bill-9", "card", rupiah(5), AttemptState.UNKNOWN))
    with pytest.raises(CommandRefused, match="1 payment that nobody knows the end of"):
        run_restore(BackupOptions(kept, till))
    assert bills_in(till) == ["bill-3", "bill-2", "bill-1"]


def test_a_damaged_journal_is_replaced_and_kept(till: Path, kept: Path) -> None:
    (till / JOURNAL_FILE).write_bytes(b"something else entirely, long enough to be no database at all")
    assert run_restore(BackupOptions(kept, till)) == 0
    assert bills_in(till) == ["bill-2", "bill-1"]
    assert (till / "before-restore-1" / JOURNAL_FILE).read_bytes().startswith(b"something else")


def test_a_damaged_backup_changes_nothing(till: Path, kept: Path, tmp_path: Path) -> None:
    before = {file.name for file in till.iterdir()}
    found = 0
    good = kept.read_bytes()
    damaged = tmp_path / "damaged.tukar"
    for place in range(0, len(good), max(1, len(good) // 60)):
        damaged.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            backup.read_backup(damaged, None)
        except backup.BackupError:
            found += 1
            with pytest.raises(CommandRefused, match=r"Nothing was changed\."):
                run_restore(BackupOptions(damaged, till))
    middle = len(good) // 2
    for content in (b"", b"no zip", good[:middle], good[:middle] + good[middle + 100 :]):
        damaged.write_bytes(content)
        with pytest.raises(CommandRefused, match="is no back-up of a till, or it is damaged"):
            run_restore(BackupOptions(damaged, till))
    with pytest.raises(CommandRefused, match="is not there"):
        run_restore(BackupOptions(tmp_path / "nothing", till))
    assert found > 40, "the rest changes nothing that is read, such as a date in the archive's list"
    assert {file.name for file in till.iterdir()} == before
    assert bills_in(till) == ["bill-2", "bill-1"]


def test_a_backup_whose_journal_is_no_journal_is_refused(till: Path, kept: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.tukar"
    with zipfile.ZipFile(kept) as archive, zipfile.ZipFile(forged, "w") as into:
        content = json.loads(archive.read("backup.json"))
        (tmp_path / "x").write_bytes(b"not a database, and long enough to be seen as none")
        content["parts"]["journal.sqlite3"] = backup._hash(tmp_path / "x")
        into.writestr("backup.json", json.dumps(content))
        for name in content["parts"]:
            into.writestr(name, (tmp_path / "x").read_bytes() if name == "journal.sqlite3" else archive.read(name))
    with pytest.raises(CommandRefused, match="The journal in the back-up cannot be read"):
        run_restore(BackupOptions(forged, till))
    assert bills_in(till) == ["bill-2", "bill-1"]


@pytest.mark.parametrize("moves", range(7))
def test_a_restore_that_died_half_way_is_ended_at_the_next_start(till: Path, kept: Path, moves: int) -> None:
    with journal_in(till) as journal:
        sell(journal, "bill-3")
    decided = till / "restored"
    decided.mkdir()
    backup.read_backup(kept, decided)
    away = backup._place_for_former(till, decided)
    steps = [
        step
        for name in ("journal.sqlite3", "drafts.sqlite3", "settings.toml", "shop.json")
        for step in ((till / name, away / name), (decided / name, till / name))
    ]
    for source, target in steps[:moves]:
        source.replace(target)
    assert backup.finish_restore(till) == "before-restore-1"
    assert bills_in(till) == ["bill-2", "bill-1"]
    assert bills_in(away) == ["bill-3", "bill-2", "bill-1"]
    assert backup.finish_restore(till) == ""


def test_the_audit_is_verified_running_or_not(till: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_audit_verify(AuditOptions(till)) == 0
    assert capsys.readouterr().out == "till: 2 rows, whole\n"
    with running(till):
        assert run_audit_verify(AuditOptions(till, as_json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["chains"][0]["rows"]) == (True, 2)
    with closing(sqlite3.connect(till / JOURNAL_FILE)) as db, db:
        db.execute("UPDATE audit SET detail = 'nothing' WHERE seq = 2")
    assert run_audit_verify(AuditOptions(till)) == 1
    assert capsys.readouterr().out == "till: changed at row 2\n"


def test_a_tail_that_was_cut_off_shows_by_what_the_backend_has_heard(
    till: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with journal_in(till) as journal:
        heads = [journal.audit_head().hash]
        sell(journal, "bill-3")
        heads.append(journal.audit_head().hash)
    open_shop(till)
    with opened_backend("", backend_folder(till)) as backend:
        for at, head in enumerate(heads):
            backend.perform(hear, (f"2026-11-21T09:00:0{at}", head), Caller(CallerKind.OPERATOR, "TOKO1"))
    assert run_audit_verify(AuditOptions(till)) == 0
    whole = "till: 3 rows, whole"
    assert capsys.readouterr().out.splitlines()[0] == whole
    with closing(sqlite3.connect(till / JOURNAL_FILE)) as db, db:
        db.execute("DELETE FROM audit WHERE seq = 3")
    assert run_audit_verify(AuditOptions(till)) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "till: its end was cut off or re-written: the backend knows 1 rows that are not here"
    )
    assert run_restore(BackupOptions(kept, till)) == 0
    assert run_audit_verify(AuditOptions(till)) == 0
    assert "later rows than the back-up this till was restored from" in capsys.readouterr().out


def hear(call: Call, message: tuple[str, str]) -> None:
    """The backend gets a write of T1 with the head of its chain."""
    at, head = message
    key = {"shop_id": call.shop_id, "till_id": "T1"}
    call.db.execute(insert(ANCHORS).values(**key, head=head, seen_at=at))
    if call.db.execute(select(TILLS.c.till_id).where(TILLS.c.till_id == "T1")).first() is None:
        auth.allow(call, "T1", "ABCDEFGH", CallerKind.TILL, 600)


def test_nothing_to_verify_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="neither a till nor a backend"):
        run_audit_verify(AuditOptions(tmp_path))
    assert not backend_folder(tmp_path).exists()
