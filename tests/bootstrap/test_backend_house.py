"""The backend's database, opened by a command: what is said when it cannot be."""

from pathlib import Path

import pytest

from tukar.bootstrap.backend_house import (
    backend_folder,
    database_words,
    demand_backend,
    opened_backend,
    operator_of,
)
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.serving import load_demo
from tukar.server.seed import ShopSeed, load_shop
from tukar.server.serve import DATABASE_FILE
from tukar.wire.amounts import WireCurrency
from tukar.wire.shop import WireShop


def refusal(folder: Path, database: str = "") -> str:
    with pytest.raises(CommandRefused) as refused, opened_backend(database, folder):
        pytest.fail("it was opened")
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_folder_without_a_backend_gets_one_only_from_who_serves(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="There is no backend in"):
        demand_backend("", backend_folder(tmp_path))
    assert not list(tmp_path.iterdir())
    with opened_backend("", backend_folder(tmp_path)):
        demand_backend("", backend_folder(tmp_path))


@pytest.mark.parametrize("database", ["nonsense", "mysql://host/shop", "sqlite+pysqlcipher-typo//"])
def test_a_database_that_is_none(tmp_path: Path, database: str) -> None:
    assert refusal(tmp_path, database) == "That is no database Tukar knows. Write it as postgresql://user@host/name."


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    words = refusal(tmp_path, "postgresql://shop:geheim@127.0.0.1:1/shop")
    assert "postgresql://shop:***@127.0.0.1:1/shop: " in words
    assert words.endswith("Check the database and its rights.")
    assert "geheim" not in words + database_words("postgresql://shop:geheim@h/shop", tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(b"no database, just text, and enough of it")
    assert "file is not a database. Check the database and its rights." in refusal(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert refusal(tmp_path / "taken" / "backend").endswith("not a directory. Name another folder with --data.")


def test_the_shop_is_the_only_one_or_the_one_named(tmp_path: Path) -> None:
    with opened_backend("", tmp_path) as backend:
        with pytest.raises(CommandRefused, match="no shop yet"):
            operator_of(backend, "")
        load_demo(backend)
        assert operator_of(backend, "").shop_id == "TSR"
        with pytest.raises(CommandRefused, match="There is no shop OTHER"):
            operator_of(backend, "OTHER")
        currency = WireCurrency(code="GBP", minor_digits=2)
        shop = WireShop(
            shop_id="B2", name="B", currency=currency, country="GB", language="en", time_zone="Europe/London"
        )
        assert load_shop(backend, ShopSeed(shop))
        with pytest.raises(CommandRefused, match="several shops"):
            operator_of(backend, "")
        assert operator_of(backend, "B2").shop_id == "B2"
