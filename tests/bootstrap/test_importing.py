"""``tukar catalogue import``: what is stored, what is said, and that a bad row keeps all of it out."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tukar.bootstrap.importing import Stored, import_articles
from tukar.bootstrap.options import ImportOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.domain.item import Item
from tukar.domain.money import Currency
from tukar.wire.articles import percentage_tax


class Shelf:
    """A catalogue that remembers what it was given."""

    currency = Currency("IDR", 0, 100)
    taxes = MappingProxyType({"vat": percentage_tax("20", "VAT")})

    def __init__(self) -> None:
        self.taken: list[tuple[Item, ...]] = []

    def take(self, items: Sequence[Item]) -> Stored:
        self.taken.append(tuple(items))
        return Stored(7, len(items) - 1)


def run(file: Path, **options: Any) -> tuple[int, Shelf]:
    shelf = Shelf()
    return import_articles(ImportOptions(file, **options), shelf), shelf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    path.write_text("code,name,price,tax\nA1,Tea,4000,ppn\nA2,Rice,74500,\n", encoding="utf-8")
    return path


MAP = (("sku", "code"),)
TAX = (("ppn", "11"),)


def test_all_articles_are_stored_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, shelf = run(file, columns=MAP, taxes=TAX)
    assert status == 0
    ((tea, rice),) = shelf.taken
    assert (tea.sku, tea.taxes[0].name, rice.taxes) == ("A1", "PPN", ())
    assert capsys.readouterr().out == "2 articles, 1 new or changed: catalogue 7\n"


def test_json_stands_alone_on_standard_output(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(file, columns=MAP, taxes=TAX, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"articles": 2, "changed": 1, "version": 7, "bad_rows": []}


def test_what_a_word_in_the_tax_column_means_the_shop_says_unless_the_command_does(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    file.write_text("sku,name,price,tax\nA1,Tea,4000,vat\n", encoding="utf-8")
    ((of_the_shop,),) = run(file)[1].taken
    ((typed,),) = run(file, taxes=(("vat", "5"),))[1].taken
    assert [str(one.taxes[0].rate) for one in (of_the_shop, typed)] == ["20", "5"]


def test_a_dry_run_stores_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, shelf = run(file, columns=MAP, taxes=TAX, dry_run=True)
    assert (status, shelf.taken) == (0, [])
    assert capsys.readouterr().out == "2 articles, all good; nothing was stored\n"


def test_one_bad_row_keeps_everything_out_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articles.csv"
    file.write_text("sku,name,price\nA1,Tea,4000\nA2,Rice,much\n" + "A3,Rice,\n" * 30, encoding="utf-8")
    status, shelf = run(file, as_json=True)
    said = capsys.readouterr()
    assert (status, shelf.taken) == (2, [])
    assert f"{file} line 3: the price 'much' is not a number such as 12500 or 12.50\n" in said.err
    assert said.err.endswith(
        "tukar: 31 bad rows, 11 more like these; nothing was stored. Mend and import the file again.\n"
    )
    answer = json.loads(said.out)
    assert (answer["bad"], answer["bad_rows"][0]["line"]) == (31, 3)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "no column is headed 'sku' for sku; there are code, name, price, tax. Say with --map"),
        ({"columns": (("colour", "name"),)}, "there is no field 'colour'"),
        ({"columns": MAP, "taxes": (("ppn", "much"),)}, "--tax ppn=much: much is not a percentage. Write it as ppn=11"),
    ],
)
def test_what_does_not_fit_is_said_with_what_to_do(file: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandRefused) as refused:
        run(file, **options)
    assert words in str(refused.value)
