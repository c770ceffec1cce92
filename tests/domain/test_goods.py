"""Filters: any of the lists, nothing for empty ones, everything for none."""

from tests.domain.pricing.till import item
from tukar.domain.goods import Goods, product_of

TEA = item("TEA", "1", category="drinks", tags=frozenset({"hot"}), product="tea")
BREAD = item("BREAD", "1", category="food")


def test_no_list_names_all_and_an_empty_one_nothing() -> None:
    assert Goods().names_all
    assert Goods().names(TEA)
    nothing = Goods(items=frozenset())
    assert nothing.names_none
    assert not nothing.names_all
    assert not nothing.names(TEA)


def test_several_lists_name_what_is_in_any() -> None:
    goods = Goods(items=frozenset({"BREAD"}), tags=frozenset({"hot"}))
    assert goods.names(TEA)
    assert goods.names(BREAD)
    assert not Goods(categories=frozenset({"food"}), products=frozenset({"x"})).names(TEA)
    assert Goods(products=frozenset({"tea"})).names(TEA)


def test_an_item_without_a_product_is_its_own() -> None:
    assert (product_of(TEA), product_of(BREAD)) == ("tea", "BREAD")
    assert Goods(products=frozenset({"BREAD"})).names(BREAD)
