import itertools
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.local.faulty_disk import FaultyDisk, sqlite_error
from tests.local.samples import item
from tukar.domain.goods import Goods
from tukar.domain.item import Item
from tukar.local.catalogue import INDEX_AT_ONCE, CatalogueCopy, _rank
from tukar.local.item_search import matched_places, prefix_query
from tukar.till.ports import CataloguePage, DiskTrouble, DiskTroubleKind

COFFEE = replace(item("KOPI-250", "Kopi Gayo 250 g", popularity=40), barcodes=("8991002101234",))
COLD = replace(item("KOPI-COLD", "Es Kopi Susu", popularity=90), barcodes=("8991002105555",))
CREAM = replace(item("CR-1", "Crème brûlée", popularity=3), barcodes=("20012",))
TEA = replace(item("TEH-A", "Teh Melati", popularity=7), barcodes=("8990001",))
GONE = replace(item("OLD-1", "Kopi Lama", popularity=999), active=False)


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


@pytest.fixture
def catalogue(tmp_path: Path, disk: FaultyDisk) -> Iterator[CatalogueCopy]:
    copy = CatalogueCopy(tmp_path / "catalogue.sqlite3", disk)
    copy.apply(CataloguePage(4, (COFFEE, COLD, CREAM, TEA, GONE)))
    yield copy
    copy.close()


def names(catalogue: CatalogueCopy, text: str) -> list[str]:
    return [hit.item.name for hit in catalogue.find(text)]


def test_an_item_reads_back_whole(catalogue: CatalogueCopy) -> None:
    assert catalogue.by_sku("KOPI-250") == COFFEE
    assert catalogue.by_sku("kopi-250") is None
    assert catalogue.version == 4


def test_a_code_is_a_barcode_or_a_sku(catalogue: CatalogueCopy) -> None:
    assert catalogue.by_code("8991002101234") == (COFFEE,)
    assert catalogue.by_code("KOPI-250") == (COFFEE,)
    assert catalogue.by_code("kopi-250") == (COFFEE,)
    assert catalogue.by_code("8991002") == ()
    assert catalogue.by_code("OLD-1") == (GONE,)


def test_codes_that_differ_only_in_case_are_told_apart_when_typed_exactly(catalogue: CatalogueCopy) -> None:
    upper, lower = item("85099B", "Jumbo bag red"), item("85099b", "Jumbo bag blue")
    catalogue.apply(CataloguePage(5, (upper, lower)))
    assert catalogue.by_code("85099B") == (upper,)
    assert catalogue.by_code("85099b") == (lower,)
    mixed = item("AbC", "One"), item("aBc", "Two")
    catalogue.apply(CataloguePage(6, mixed))
    assert set(catalogue.by_code("abc")) == set(mixed)


def test_names_are_found_by_the_beginnings_of_their_words_the_best_selling_first(catalogue: CatalogueCopy) -> None:
    assert names(catalogue, "kop") == ["Es Kopi Susu", "Kopi Gayo 250 g"]
    assert names(catalogue, "k g") == ["Kopi Gayo 250 g"]
    assert names(catalogue, "gayo kopi") == ["Kopi Gayo 250 g"]
    assert names(catalogue, "creme BRULEE") == ["Crème brûlée"]
    assert names(catalogue, "opi") == []


def test_the_item_whose_code_it_is_comes_first(catalogue: CatalogueCopy) -> None:
    catalogue.apply(CataloguePage(5, (item("KOPI", "Teh", popularity=0),)))
    assert names(catalogue, "kopi")[0] == "Teh"
    assert names(catalogue, "899100") == ["Es Kopi Susu", "Kopi Gayo 250 g"]


@pytest.mark.parametrize("text", ["", "   ", '"', "'", "* - (", "\\", "%", "a" * 5000, "NEAR(", "\x00", "🙂", "AND OR"])
def test_whatever_is_typed_is_only_text(catalogue: CatalogueCopy, text: str) -> None:
    assert catalogue.find(text) == ()
    assert catalogue.by_code(text) == ()


def test_a_hit_tells_where_it_matched() -> None:
    assert matched_places("Es Kopi Susu", "ko su") == ((3, 2), (8, 2))
    assert matched_places("Crème brûlée", "creme") == ((0, 5),)
    assert matched_places("Kopi kopi", "k kopi") == ((0, 4), (5, 4))
    assert matched_places("Kopi", "8991") == ()
    assert prefix_query("3* kopi-susu") == '"3"* "kopi"* "susu"*'
    assert prefix_query("चाय पत्ती") == '"चाय"* "पत्ती"*'


@given(st.text(max_size=30), st.text(max_size=10))
def test_places_lie_within_the_name(name: str, text: str) -> None:
    for start, length in matched_places(name, text):
        assert start >= 0
        assert length > 0
        assert start + length <= len(name)


def test_hindi_names_are_found(catalogue: CatalogueCopy) -> None:
    catalogue.apply(CataloguePage(5, (item("H-1", "चाय पत्ती"),)))
    assert names(catalogue, "पत्") == ["चाय पत्ती"]


def test_what_is_retired_or_removed_is_not_found(catalogue: CatalogueCopy) -> None:
    assert "Kopi Lama" not in names(catalogue, "kopi")
    catalogue.apply(CataloguePage(5, (replace(COLD, active=False),), removed=("KOPI-250", "never heard of")))
    assert names(catalogue, "kopi") == []
    assert catalogue.by_code("8991002101234") == ()
    assert catalogue.by_code("8991002105555")[0].active is False
    catalogue.apply(CataloguePage(6, (COLD,)))
    assert names(catalogue, "kopi") == ["Es Kopi Susu"]


def test_a_changed_item_is_found_by_its_new_name_code_and_popularity(catalogue: CatalogueCopy) -> None:
    changed = replace(COFFEE, name="Kopi Toraja", barcodes=("777",), popularity=5000)
    catalogue.apply(CataloguePage(5, (changed,)))
    assert names(catalogue, "kopi") == ["Kopi Toraja", "Es Kopi Susu"]
    assert names(catalogue, "gayo") == []
    assert catalogue.by_code("8991002101234") == ()
    assert catalogue.by_code("777") == (changed,)


def test_the_tiles_show_what_sells_most(catalogue: CatalogueCopy) -> None:
    assert [sold.sku for sold in catalogue.often_sold(2)] == ["KOPI-COLD", "KOPI-250"]
    assert catalogue.count() == 4


@given(st.integers(min_value=0, max_value=2**53), st.integers(min_value=0, max_value=2**53))
def test_ranks_follow_popularity(one: int, other: int) -> None:
    if one > other:
        assert _rank(one, 7) <= _rank(other, 7)
    assert _rank(one, 1) < _rank(one, 2) < 2**62


def test_a_delivery_of_several_pages_counts_with_its_last(tmp_path: Path, catalogue: CatalogueCopy) -> None:
    catalogue.apply(CataloguePage(9, (item("NEW-1", "Baru satu"),), next_page="p2"))
    assert (catalogue.version, catalogue.next_page) == (4, "p2")
    assert catalogue.by_sku("NEW-1") is not None
    catalogue.close()
    again = CatalogueCopy(tmp_path / "catalogue.sqlite3")
    assert (again.version, again.next_page) == (4, "p2")
    again.apply(CataloguePage(9, (item("NEW-2", "Baru dua"),)))
    assert (again.version, again.next_page) == (9, "")
    again.close()


def many(count: int) -> Iterator[Item]:
    kinds = ("Kopi", "Teh", "Gula", "Beras", "Sabun")
    for n in range(count):
        name = f"{kinds[n % 5]} nomor {n} merek {n % 97}"
        yield replace(item(f"SKU-{n}", name, popularity=n % 1000), barcodes=(f"{8_990_000_000_000 + n}",))


def test_a_long_list_can_be_sold_at_once_and_is_searched_as_the_index_grows(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    catalogue = CatalogueCopy(path)
    catalogue.apply(CataloguePage(1, tuple(many(INDEX_AT_ONCE + 200))))
    assert catalogue.by_code("8990000000003")[0].sku == "SKU-3"
    assert names(catalogue, "nomor") == []
    assert catalogue.index_some(300) is True
    assert all(hit.item.popularity >= 384 for hit in catalogue.find("nomor", limit=300))
    catalogue.close()
    again = CatalogueCopy(path)
    assert again.index_some(10_000) is False
    assert again.index_some() is False
    assert len(again.find("nomor", limit=1000)) == INDEX_AT_ONCE + 200
    again.close()


def test_a_question_is_one_statement_and_no_scan_of_many_items(tmp_path: Path, disk: FaultyDisk) -> None:
    """Counted, not timed: 20,000 items, and no plan that walks a table."""
    catalogue = CatalogueCopy(tmp_path / "catalogue.sqlite3", disk)
    items = many(20_000)
    while page := tuple(itertools.islice(items, 2_000)):
        catalogue.apply(CataloguePage(1, page))
    while catalogue.index_some(5_000):
        pass
    disk.statements.clear()
    assert all(hit.item.popularity >= 900 for hit in catalogue.find("kop"))
    assert len(catalogue.find("nomor 1 mer")) == 20
    assert catalogue.find("zzz") == ()
    catalogue.by_code("8990000000003")
    catalogue.by_sku("SKU-7")
    catalogue.often_sold()
    assert len(disk.statements) == 6
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as looking:
        for sql in set(disk.statements):
            values = ["1"] * sql.count("?")
            plan = [row[3] for row in looking.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
            assert not [step for step in plan if step.startswith("SCAN items") and "INDEX" not in step]
            assert not [step for step in plan if step.startswith("SCAN codes")]
    looking.close()
    catalogue.close()


def test_a_page_is_taken_over_whole_or_not_at_all(catalogue: CatalogueCopy, disk: FaultyDisk) -> None:
    disk.fail_on("INSERT INTO codes", sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"))
    with pytest.raises(DiskTrouble) as trouble:
        catalogue.apply(CataloguePage(5, (item("NEW", "Baru"),)))
    assert trouble.value.kind is DiskTroubleKind.FULL
    assert catalogue.version == 4
    assert catalogue.by_sku("NEW") is None


@pytest.mark.parametrize("content", [b"no database at all" * 100, b""])
def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.sqlite3"
    path.write_bytes(content)
    catalogue = CatalogueCopy(path)
    assert catalogue.version == 0
    catalogue.apply(CataloguePage(2, (COFFEE,)))
    assert catalogue.by_code("KOPI-250") == (COFFEE,)
    catalogue.close()


def test_a_file_of_another_format_is_begun_anew(tmp_path: Path, catalogue: CatalogueCopy) -> None:
    catalogue.close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as db:
        db.execute("PRAGMA user_version = 77")
    db.close()
    again = CatalogueCopy(tmp_path / "catalogue.sqlite3")
    assert (again.version, again.count()) == (0, 0)
    again.close()


def test_the_window_reads_while_a_page_is_written(catalogue: CatalogueCopy) -> None:
    pages = [threading.Thread(target=catalogue.apply, args=(CataloguePage(v, tuple(many(300))),)) for v in (5, 6)]
    for thread in pages:
        thread.start()
    while any(thread.is_alive() for thread in pages):
        assert catalogue.by_code("8991002101234") == (COFFEE,)
        assert names(catalogue, "es kop") == ["Es Kopi Susu"]
    assert catalogue.count() == 304


def test_goods_are_found_by_what_a_rule_names_them_by(catalogue: CatalogueCopy) -> None:
    bun = replace(item("ROTI-1", "Roti Sobek"), category="bread", tags=frozenset({"fresh", "sweet"}), product="roti")
    loaf = replace(item("ROTI-2", "Roti Tawar"), category="bread", product="roti")
    catalogue.apply(CataloguePage(5, (bun, loaf)))
    assert catalogue.matching(Goods(categories=frozenset({"bread"}))) == (bun, loaf)
    assert catalogue.matching(Goods(tags=frozenset({"fresh"}), items=frozenset({"TEH-A"}))) == (TEA, bun)
    assert catalogue.matching(Goods(products=frozenset({"roti"}))) == (bun, loaf)
    assert catalogue.matching(Goods(items=frozenset({"OLD-1"}))) == (), "what is not sold is not given"
    assert catalogue.matching(Goods(items=frozenset())) == ()
    assert catalogue.matching(Goods()) == (COFFEE, COLD, CREAM, TEA, bun, loaf)
    assert catalogue.matching(Goods(), 2) == (COFFEE, COLD), "who wants two gets no whole catalogue"
    assert catalogue.matching(Goods(categories=frozenset({"bread"})), 1) == (bun,)
    catalogue.apply(CataloguePage(6, (replace(bun, category="cake"),), removed=("ROTI-2",)))
    assert catalogue.matching(Goods(categories=frozenset({"bread"}))) == ()


def test_shelves_are_the_categories_and_hold_what_sells_most_first(catalogue: CatalogueCopy) -> None:
    items = [
        replace(item("TEH", "Teh", popularity=5), category="minuman"),
        replace(item("KOPI", "Kopi", popularity=9), category="minuman"),
        replace(item("SUSU", "Susu", popularity=7), category="minuman", active=False),
        replace(item("ROTI", "Roti"), category="a roti"),
        item("LAIN", "Lain"),
    ]
    catalogue.apply(CataloguePage(1, tuple(items)))
    assert catalogue.shelves() == ("a roti", "minuman")
    assert [one.sku for one in catalogue.on_shelf("minuman")] == ["KOPI", "TEH"]
    assert [one.sku for one in catalogue.on_shelf("minuman", 1)] == ["KOPI"]
    assert catalogue.on_shelf("minum") == ()


def test_a_shelf_follows_its_goods(catalogue: CatalogueCopy) -> None:
    tea = replace(item("TEH", "Teh", popularity=5), category="minuman")
    catalogue.apply(CataloguePage(1, (tea, replace(tea, sku="KOPI", popularity=1))))
    catalogue.apply(CataloguePage(2, (replace(tea, category="dapur", popularity=90),)))
    assert catalogue.shelves() == ("dapur", "minuman")
    assert [one.sku for one in catalogue.on_shelf("minuman")] == ["KOPI"]
    catalogue.apply(CataloguePage(3, (replace(tea, active=False),), removed=("KOPI",)))
    assert catalogue.shelves() == ()


def test_a_shelf_is_read_in_its_order_however_much_lies_on_it(
    tmp_path: Path, catalogue: CatalogueCopy, disk: FaultyDisk
) -> None:
    catalogue.apply(CataloguePage(1, (replace(TEA, category="minuman"),)))
    disk.statements.clear()
    catalogue.on_shelf("minuman")
    catalogue.shelves()
    plans: list[str] = []
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as looking:
        for sql in set(disk.statements):
            values = ["1"] * sql.count("?")
            plans += [row[3] for row in looking.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    looking.close()
    assert len(disk.statements) == 2
    assert not [step for step in plans if "TEMP B-TREE" in step]
    assert not [step for step in plans if step.startswith(("SCAN items", "SCAN shelf"))]
    assert [step for step in plans if step.startswith("SEARCH shelf USING PRIMARY KEY (category=?)")]
    assert [step for step in plans if step.startswith("SEARCH items USING INTEGER PRIMARY KEY")]


def test_an_empty_copy_has_no_shelves(catalogue: CatalogueCopy) -> None:
    assert catalogue.shelves() == ()
