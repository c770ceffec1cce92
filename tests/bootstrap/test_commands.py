"""Whole commands, as typed: their exit status and their words."""

import json
import shutil
from pathlib import Path

import pytest

from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.serving import load_demo
from tukar.cli import main
from tukar.resources import find_resources


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: hashing everybody's PIN takes seconds on purpose."""
    folder = tmp_path_factory.mktemp("seeded")
    with opened_backend("", backend_folder(folder)) as backend:
        load_demo(backend)
    return folder


@pytest.fixture
def shop(seeded: Path, tmp_path: Path) -> Path:
    """A data folder with the demo shop in its backend."""
    return Path(shutil.copytree(seeded, tmp_path / "shop"))


def test_the_demo_shops_own_articles_change_nothing_when_they_are_imported(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = find_resources() / "demo" / "items.csv"
    typed = ["catalogue", "import", str(items), "--tax", "ppn=11", "--tax", "none=0", "--data", str(shop), "--json"]
    assert main(typed) == 0
    assert json.loads(capsys.readouterr().out) == {"articles": 320, "changed": 0, "version": 1, "bad_rows": []}


def test_an_import_changes_prices_under_a_new_version(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = shop / "new.csv"
    file.write_text("Kode;Nama;Harga\n99001;Es Teh Manis;4000\n99002;Es Jeruk;6000\n", encoding="utf-8")
    typed = ["catalogue", "import", str(file), "--map", "sku=Kode,name=Nama", "--map", "price=Harga"]
    assert main([*typed, "--data", str(shop)]) == 0
    assert capsys.readouterr().out == "2 articles, 2 new or changed: catalogue 2\n"


def test_a_bad_row_leaves_the_catalogue_as_it_was(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = shop / "good.csv", shop / "bad.csv"
    good.write_text("sku,name,price\n99001,Es Teh,4000\n", encoding="utf-8")
    bad.write_text("sku,name,price\n99001,Es Teh,4000\n99002,Es Jeruk,-1\n", encoding="utf-8")
    assert main(["catalogue", "import", str(bad), "--data", str(shop)]) == 2
    assert "bad.csv line 3: the price -1 is below zero" in capsys.readouterr().err
    assert main(["catalogue", "import", str(good), "--data", str(shop)]) == 0
    assert "catalogue 2" in capsys.readouterr().out


def test_a_command_that_is_refused_says_so_in_one_line_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--data", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.err == f"tukar: {tmp_path} holds neither a till nor a backend. Name another folder with --data.\n"
    assert not said.out


def test_an_address_that_is_taken(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "192.0.2.1", "--data", str(shop)]) == 2
    assert capsys.readouterr().err.endswith(". Choose another --host or --port.\n")


def test_the_doctor_is_content_with_the_demo_shop(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--data", str(shop)]) == 0
    assert capsys.readouterr().out.startswith("backend of TSR: in order (")


def test_a_backend_alone_has_an_audit_and_nothing_to_back_up(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", "--data", str(shop)]) == 0
    assert capsys.readouterr().out.startswith("backend of TSR: ")
    assert main(["backup", str(shop / "x.tukar"), "--data", str(shop)]) == 2
    assert capsys.readouterr().err.endswith("holds no till. Name another folder with --data.\n")
    assert main(["restore", str(shop / "x.tukar"), "--data", str(shop)]) == 2
    assert "x.tukar is not there. Nothing was changed." in capsys.readouterr().err


@pytest.mark.needs("shared")
def test_the_rules_sandbox_answers_with_json_alone(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["rules", "try", str(shared / "conformance/cases.json"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert status == (1 if told["failed"] else 0)
    assert told["passed"] + told["failed"] + told["unsupported"] == len(told["cases"]) == 100


def test_a_rule_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(tmp_path / "rules.json")]) == 2
    assert "rules.json" in capsys.readouterr().out


def test_a_rule_file_is_read_as_of_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = {"id": "P", "valid_to": "2030-05-01", "rewards": [{"kind": "percent_off", "value": "10"}]}
    file = tmp_path / "rules.json"
    usd = {"code": "USD", "minor_digits": 2}
    file.write_text(json.dumps({"format": "tukar-programme/1", "currency": usd, "rules": [rule]}), encoding="utf-8")
    assert main(["rules", "check", str(file), "--on", "2030-05-01"]) == 0
    assert capsys.readouterr().out == "No mistakes\n"
    assert main(["rules", "check", str(file), "--on", "2030-05-02"]) == 0
    assert capsys.readouterr().out.endswith("No mistakes, 1 over\n")
    with pytest.raises(SystemExit):
        main(["rules", "check", str(file), "--on", "soon"])
