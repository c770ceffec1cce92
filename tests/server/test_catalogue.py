"""The catalogue: pages of what changed, imports that are all or nothing, versions that stay."""

from dataclasses import replace

from tests.server.world import RICE, RUPIAH, SOAP, TillClient, World
from tukar.domain.item import Item
from tukar.domain.money import Money, UnitPrice
from tukar.server import catalogue
from tukar.wire.catalogue import PAGE_BYTES, WireCataloguePage, WireImportPage, wire_item
from tukar.wire.message import read_answer, write


def items(count: int, name: str = "Item") -> list[Item]:
    return [
        Item(f"S{at:05d}", f"{name} {at} {'x' * 120}", UnitPrice.of(Money(1000 + at, RUPIAH)), category="many")
        for at in range(count)
    ]


def all_since(till: TillClient, version: int) -> tuple[dict[str, str], set[str], int]:
    """Names by code, codes removed, and how many pages that took."""
    found: dict[str, str] = {}
    removed: set[str] = set()
    page, pages = "", 0
    while True:
        answer = till.get(f"/v1/catalogue?since={version}&page={page}" if page else f"/v1/catalogue?since={version}")
        assert len(answer.reply.body) <= PAGE_BYTES
        read = read_answer(answer.reply.body, WireCataloguePage)
        found.update({item.sku: item.name for item in read.items})
        removed.update(read.removed)
        pages += 1
        if not read.next_page:
            return found, removed, pages
        page = read.next_page


def import_all(world: World, goods: list[Item], import_id: str, **changes: object) -> dict[str, int]:
    operator = world.operator()
    chunks = [goods[start : start + 500] for start in range(0, len(goods), 500)]
    for number, chunk in enumerate(chunks):
        page = WireImportPage(items=tuple(map(wire_item, chunk)))
        assert operator.put(f"/v1/imports/{import_id}/pages/{number}", page).status == 200
    answer = operator.put(f"/v1/imports/{import_id}", write({"pages": len(chunks), **changes}))
    assert answer.status == 200, answer.json
    found: dict[str, int] = answer.json
    return found


def test_pages_hold_everything_and_stay_small(any_world: World, till: TillClient) -> None:
    assert import_all(any_world, items(2500), "i1") == {"version": 2, "changed": 2500, "removed": 0}
    found, _, pages = all_since(till, 0)
    assert len(found) == 2502
    assert pages > 2
    assert set(all_since(till, 1)[0]) == {item.sku for item in items(2500)}
    assert all_since(till, 2) == ({}, set(), 1)


def test_only_what_changed_travels(any_world: World, till: TillClient) -> None:
    import_all(any_world, [SOAP, replace(RICE, name="Rice, new bag")], "i1")
    assert all_since(till, 1)[0] == {"RICE": "Rice, new bag"}
    assert import_all(any_world, [SOAP], "i2") == {"version": 2, "changed": 0, "removed": 0}
    assert import_all(any_world, [SOAP], "i3", replace_all=True) == {"version": 3, "changed": 0, "removed": 1}
    assert all_since(till, 2)[:2] == ({}, {"RICE"})


def test_nothing_is_in_force_before_the_import_is_complete(any_world: World, till: TillClient) -> None:
    operator = any_world.operator()
    page = WireImportPage(items=(wire_item(replace(SOAP, name="Half")),))
    operator.put("/v1/imports/i/pages/0", page)
    assert operator.put("/v1/imports/i", write({"pages": 2})).refusal == "bad_request"
    assert all_since(till, 1)[0] == {}
    operator.put("/v1/imports/i/pages/1", WireImportPage(items=()))
    assert operator.put("/v1/imports/i", write({"pages": 2})).json["changed"] == 1
    assert operator.put("/v1/imports/i", write({"pages": 2})).json["changed"] == 1
    assert all_since(till, 1)[0] == {"SOAP": "Half"}


def test_a_bad_item_is_named_and_nothing_changes(any_world: World) -> None:
    page = write({"items": [{"sku": "BAD", "name": "Bad", "price": "1.23456"}]})
    answer = any_world.operator().put("/v1/imports/i/pages/0", page)
    assert answer.refusal == "bad_request"
    assert "BAD" in answer.json["detail"]


def test_codes_that_differ_only_in_case_are_two_items(any_world: World, till: TillClient) -> None:
    import_all(any_world, [replace(SOAP, sku="85123A"), replace(SOAP, sku="85123a", name="Other")], "i")
    assert set(all_since(till, 1)[0]) == {"85123A", "85123a"}


def test_a_version_keeps_its_prices(any_world: World) -> None:
    import_all(any_world, [replace(SOAP, price=UnitPrice.of(Money(12_000, RUPIAH)))], "i")

    def price_in(version: int | None) -> str:
        found = any_world.inside(lambda call, _: catalogue.items_of(call, ["SOAP"], RUPIAH, version))
        return found["SOAP"].price.decimal()

    assert [price_in(1), price_in(2), price_in(None)] == ["10000", "12000", "12000"]


def test_a_page_that_is_none_is_refused(world: World, till: TillClient) -> None:
    assert till.get("/v1/catalogue?since=x").refusal == "bad_request"
    assert till.get("/v1/catalogue?since=-1").status in (200, 400)
    assert till.get("/v1/catalogue?page=~").refusal in ("", "bad_request")
    assert world.operator().put("/v1/imports/i/pages/x", WireImportPage(items=())).refusal == "bad_request"


def test_items_are_found_by_category_tag_and_product(any_world: World) -> None:
    goods = [replace(SOAP, sku="A", category="wash", tags=frozenset({"new"})), replace(SOAP, sku="B", product="P")]
    import_all(any_world, goods, "i")

    def named(sort: str, name: str) -> list[str]:
        return any_world.inside(lambda call, _: catalogue.named(call, sort, [name]))

    assert (named("category", "wash"), named("tag", "new"), named("product", "P")) == (["A"], ["A"], ["B"])
