import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tukar.domain.money import Currency
from tukar.domain.people import Role, StaffMember
from tukar.local.doorplate import PLATE_FILE, Doorplate, keep_plate, read_plate
from tukar.local.paths import PEOPLE_FILE, PROGRAMME_FILE, SHOP_FILE

SARI = StaffMember("s-1", "Sari Dewi", Role.CASHIER)
BUDI = StaffMember("s-2", "Budi Santoso", Role.MANAGER)
PLATE = Doorplate("Toko Melati", Currency("IDR", 0, 100), (SARI, BUDI))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    return tmp_path


def test_a_plate_says_at_the_next_start_what_was_kept(folder: Path) -> None:
    assert read_plate(folder) is None
    keep_plate(folder, PLATE)
    assert read_plate(folder) == PLATE


def test_what_people_sign_in_with_is_not_on_the_door(folder: Path) -> None:
    keep_plate(folder, replace(PLATE, staff=(replace(SARI, pin_hash="$argon2id$secret"),)))
    assert "argon2id" not in (folder / PLATE_FILE).read_text(encoding="utf-8")
    assert read_plate(folder) == replace(PLATE, staff=(SARI,))


@pytest.mark.parametrize("name", [PROGRAMME_FILE, PEOPLE_FILE, SHOP_FILE])
def test_a_plate_counts_no_longer_once_a_copy_was_replaced_or_is_gone(folder: Path, name: str) -> None:
    keep_plate(folder, PLATE)
    (folder / f"{name}.new").write_text('{"version": 2}', encoding="utf-8")
    (folder / f"{name}.new").replace(folder / name)
    assert read_plate(folder) is None
    keep_plate(folder, PLATE)
    (folder / name).unlink()
    assert read_plate(folder) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", "7", '{"of": 1}'])
def test_a_plate_that_cannot_be_read_is_none(folder: Path, content: str) -> None:
    (folder / PLATE_FILE).write_text(content, encoding="utf-8")
    assert read_plate(folder) is None


def test_a_plate_with_a_role_nobody_knows_is_none(folder: Path) -> None:
    keep_plate(folder, PLATE)
    kept = json.loads((folder / PLATE_FILE).read_text(encoding="utf-8"))
    kept["staff"][0][2] = "owner of the moon"
    (folder / PLATE_FILE).write_text(json.dumps(kept), encoding="utf-8")
    assert read_plate(folder) is None


def test_a_plate_that_says_nothing_new_is_not_written_again(folder: Path) -> None:
    keep_plate(folder, PLATE)
    os.utime(folder / PLATE_FILE, ns=(1, 1))
    keep_plate(folder, PLATE)
    assert (folder / PLATE_FILE).stat().st_mtime_ns == 1
    keep_plate(folder, replace(PLATE, shop="Toko Mawar"))
    assert read_plate(folder) == replace(PLATE, shop="Toko Mawar")
