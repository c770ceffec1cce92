"""``tukar doctor``: a till and its backend in one data folder, well and unwell."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import receipt
from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.health import run_doctor
from tukar.bootstrap.options import DoctorOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.till_house import answers
from tukar.domain.money import Currency
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount, Programme
from tukar.local.control import ControlServer
from tukar.local.journal import JOURNAL_FILE, SqliteJournal
from tukar.local.lock import FolderLock
from tukar.local.receipts import Numbering
from tukar.server.seed import SeedLot, SeedMember, ShopSeed, load_shop
from tukar.server.serve import DATABASE_FILE
from tukar.wire.amounts import WireCurrency
from tukar.wire.shop import WireShop

IDR = Currency("IDR", 0, 100)


def save_bill(folder: Path, *, delivered: bool) -> None:
    with closing(SqliteJournal(folder, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())) as journal:
        journal.save_bill(receipt())
        if delivered:
            journal.acknowledge(journal.waiting()[0].seq)


def open_shop(folder: Path) -> None:
    currency = WireCurrency(code="IDR", minor_digits=0, cash_step=100)
    shop = WireShop(
        shop_id="TOKO1", name="Toko", currency=currency, country="ID", language="id", time_zone="Asia/Jakarta"
    )
    programme = Programme(1, IDR, (PointsAccount("poin", LocalName("Poin")),))
    dewi = SeedMember("dewi", "Dewi", lots=(SeedLot("poin", Points(1240)),))
    with opened_backend("", backend_folder(folder)) as backend:
        load_shop(backend, ShopSeed(shop, programme=programme, members=[dewi]))


def examined(
    folder: Path, capsys: pytest.CaptureFixture[str], *, repair: bool = False
) -> tuple[int, list[dict[str, Any]]]:
    status = run_doctor(DoctorOptions(folder, repair=repair, as_json=True))
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] == (status == 0)
    return status, answer["examined"]


def test_a_till_with_an_unsent_bill_is_in_order_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_bill(tmp_path, delivered=False)
    assert run_doctor(DoctorOptions(tmp_path)) == 0
    first, *waits = capsys.readouterr().out.splitlines()
    assert first == "till: in order (1 bills, 1 unsent, 0 to review)"
    assert waits == ["  waits: 1 messages wait to be sent, the oldest since 2026-11-21T09:00:00.000000+00:00."]


def test_till_and_backend_are_examined_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_bill(tmp_path, delivered=False)
    open_shop(tmp_path)
    status, patients = examined(tmp_path, capsys, repair=True)
    assert (status, [one["what"] for one in patients]) == (0, ["till", "backend of TOKO1"])
    assert (patients[1]["facts"]["members"], patients[1]["facts"]["accounts"]) == (1, 1)
    assert [one["repaired"] for one in patients] == [
        ["The journal's log is in its file."],
        ["0 accounts were freed of holds that had run out."],
    ]


def test_a_delivered_bill_that_the_backend_lacks_is_drift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_bill(tmp_path, delivered=True)
    open_shop(tmp_path)
    assert run_doctor(DoctorOptions(tmp_path)) == 1
    said = capsys.readouterr().out
    assert "till: 1 not in order" in said
    assert "  drift bill-1: The till delivered it, the backend has it not.\n" in said


def test_a_ledger_that_does_not_add_up_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_shop(tmp_path)
    with closing(sqlite3.connect(backend_folder(tmp_path) / DATABASE_FILE)) as db, db:
        db.execute("UPDATE ledger SET units = units - 1")
    status, (shop,) = examined(tmp_path, capsys)
    assert status == 1
    assert shop["findings"] == [
        {"invariant": "I1", "where": "dewi/poin", "story": "the ledger comes to 1239, the account says 1240"}
    ]


def test_a_journal_that_is_damaged_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / JOURNAL_FILE).write_bytes(b"something else entirely, long enough to be no database at all")
    status, (till,) = examined(tmp_path, capsys)
    assert (status, till["findings"][0]["invariant"]) == (1, "integrity")


def test_a_running_till_is_asked_and_can_repair_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = FolderLock(tmp_path)
    with closing(SqliteJournal(tmp_path, Numbering("TOKO1", "T1", 1), clock=FakeClock(), seal=PlainSeal())) as journal:
        control = ControlServer(tmp_path, answers(journal, tmp_path))
        journal.save_bill(receipt())
        with journal.inspect() as db:
            db.execute("DELETE FROM outbox")
        status, (till,) = examined(tmp_path, capsys)
        assert (status, till["findings"][0]["story"]) == (1, "Bill bill-1 was never queued for the backend.")
        status, (till,) = examined(tmp_path, capsys, repair=True)
        assert (status, till["repaired"][0]) == (0, "Queued again: Bill bill-1 was never queued for the backend.")
        assert journal.waiting_count() == 1
        control.close()
    lock.release()


def test_a_till_that_opens_or_closes_is_left_alone(tmp_path: Path) -> None:
    save_bill(tmp_path, delivered=False)
    lock = FolderLock(tmp_path)
    with pytest.raises(CommandRefused, match=r"The till is open: .* Close its window, then ask again"):
        run_doctor(DoctorOptions(tmp_path))
    lock.release()


def test_a_folder_that_holds_nothing_is_said_to(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="holds neither a till nor a backend"):
        run_doctor(DoctorOptions(tmp_path))
    assert not list(tmp_path.iterdir())
