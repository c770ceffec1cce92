"""A technician at two machines: codes on the backend's, connecting on the till's; over a line to a real process."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tukar.bootstrap.backend_house import BACKEND_FOLDER
from tukar.bootstrap.backend_process import BackendProcess
from tukar.bootstrap.connecting import run_code, run_connect
from tukar.bootstrap.options import CodeOptions, ConnectOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.local.settings import TomlSettings
from tukar.till.ports import Settings


@dataclass(frozen=True)
class Shop:
    data: Path
    address: str


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    data = tmp_path_factory.mktemp("backend")
    process = BackendProcess(data / BACKEND_FOLDER, demo=True)
    yield Shop(data, process.address)
    process.close()


def code_for(shop: Shop, till: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run_code(CodeOptions(till, data=shop.data, as_json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["till"], told["minutes"]) == (till, 10)
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", told["code"])
    return str(told["code"])


def connected(folder: Path, address: str, code: str) -> Settings:
    assert run_connect(ConnectOptions(address, code, "owner_only_file", folder)) == 0
    return TomlSettings(folder).load()


def test_a_machine_becomes_a_till_and_another_one_takes_its_name_over_with_numbers_of_its_own(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = connected(tmp_path / "one", shop.address, code_for(shop, "7", capsys))
    assert "This is till 7 of TSR now." in capsys.readouterr().out
    second = connected(tmp_path / "two", shop.address, code_for(shop, "7", capsys))
    assert (first.till_id, second.till_id, second.backend_url) == ("7", "7", shop.address)
    assert second.till_epoch > first.till_epoch
    assert (tmp_path / "two/secrets.json").stat().st_mode & 0o077 == 0


def refusal(folder: Path, address: str, code: str) -> str:
    with pytest.raises(CommandRefused) as refused:
        run_connect(ConnectOptions(address, code, "owner_only_file", folder))
    assert TomlSettings(folder).load().till_id == ""
    return str(refused.value)


def test_what_stands_in_the_way_is_said_with_what_to_do(shop: Shop, tmp_path: Path) -> None:
    assert "code is not right" in refusal(tmp_path, shop.address, "ABCD-EFGH")
    assert "does not answer" in refusal(tmp_path, "http://127.0.0.1:9", "ABCD-EFGH")
    assert "https" in refusal(tmp_path, "http://toko.example", "ABCD-EFGH")
    assert "https" in refusal(tmp_path, "nonsense", "ABCD-EFGH")


def test_a_code_works_for_one_device_only(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_for(shop, "8", capsys)
    connected(tmp_path / "one", shop.address, code)
    assert "code is not right" in refusal(tmp_path / "two", shop.address, code)


@pytest.mark.parametrize("till", ["", "till 7", "../7", "a" * 13])
def test_a_till_has_a_plain_name(shop: Shop, till: str) -> None:
    with pytest.raises(CommandRefused, match="no name of a till"):
        run_code(CodeOptions(till, data=shop.data))


def test_codes_come_from_the_backend_s_own_machine(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="no backend"):
        run_code(CodeOptions("7", data=tmp_path))
