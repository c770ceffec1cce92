from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.local.samples import IDR
from tukar.domain.offer import LocalName
from tukar.domain.people import Role, Salesperson, StaffMember
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.shop import OfflinePoints
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, SHOP_FILE
from tukar.local.programme_copy import ProgrammeCopy
from tukar.till.ports import DiskTrouble, ShopProfile

PROGRAMME = Programme(5, IDR, (PointsAccount("points", LocalName("Points", {"id": "Poin"})),))
STAFF = (StaffMember("c-1", "Ayu", Role.CASHIER, "$argon2id$pin", "$argon2id$word"),)
SALESPEOPLE = (Salesperson("s-1", "Budi"),)
SHOP = ShopProfile("TOKO1", "Toko Satu", "Jl. Satu 1", "01.234", "NPWP", IDR, "ID", "id", "Asia/Jakarta", (100_000,))


def test_what_the_backend_told_is_there_after_a_restart(tmp_path: Path) -> None:
    copy = ProgrammeCopy(tmp_path)
    copy.keep_programme(PROGRAMME)
    copy.keep_people(7, STAFF, SALESPEOPLE)
    copy.keep_shop(SHOP)
    for kept in (copy, ProgrammeCopy(tmp_path)):
        assert kept.programme() == PROGRAMME
        assert (kept.people_version, kept.staff(), kept.salespeople()) == (7, STAFF, SALESPEOPLE)
        assert kept.shop() == SHOP


def test_what_the_shop_lets_a_till_do_alone_is_there_after_a_restart(tmp_path: Path) -> None:
    trusting = replace(SHOP, offline_points=OfflinePoints(300, 500, date(2026, 11, 22)))
    ProgrammeCopy(tmp_path).keep_shop(trusting)
    kept = ProgrammeCopy(tmp_path).shop()
    assert kept == trusting
    assert kept.offline_points.holds_on(date(2026, 11, 22))
    assert not kept.offline_points.holds_on(date(2026, 11, 23))


def test_a_new_till_has_no_copies(tmp_path: Path) -> None:
    copy = ProgrammeCopy(tmp_path)
    assert (copy.programme(), copy.shop(), copy.people_version) == (None, None, 0)
    assert (copy.staff(), copy.salespeople()) == ((), ())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": "x"}'])
def test_a_copy_that_cannot_be_read_counts_as_none(tmp_path: Path, content: bytes) -> None:
    for name in (PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE):
        (tmp_path / name).write_bytes(content)
    copy = ProgrammeCopy(tmp_path)
    assert (copy.programme(), copy.shop(), copy.people_version) == (None, None, 0)


def test_a_failed_write_leaves_the_copy_as_it_was(tmp_path: Path) -> None:
    copy = ProgrammeCopy(tmp_path)
    copy.keep_people(7, STAFF, SALESPEOPLE)
    (tmp_path / f"{PEOPLE_FILE}.new").mkdir()
    with pytest.raises(DiskTrouble):
        copy.keep_people(8, (), ())
    assert copy.people_version == 7
    assert ProgrammeCopy(tmp_path).people_version == 7


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    ProgrammeCopy(tmp_path).keep_people(1, STAFF, ())
    assert (tmp_path / PEOPLE_FILE).stat().st_mode & 0o077 == 0
