"""The deal behind an offer in the shop's words: bought and paid pieces, or what it comes with."""

from typing import Any

import pytest

from tests.domain.pricing.till import IDR
from tests.fakes.shelf import FakeShelf, demo_shop
from tukar.domain.bill import OfferKey
from tukar.domain.programme import Programme
from tukar.till.set_deals import SetDeal, deal_of
from tukar.wire.rules import rule_from_json

NOODLES, RICE = "05001", "06001"
FREE = {"kind": "free_item", "from_cart": True}


def deal(raw: dict[str, Any], reward: str = "") -> SetDeal | None:
    rule = rule_from_json({"id": "R", "rewards": [FREE]} | raw, IDR)
    return deal_of(Programme(1, IDR, rules=(rule,)), OfferKey("R", reward), FakeShelf())


def test_the_demo_says_its_deals_as_the_shop_does() -> None:
    programme, shelf = demo_shop().programme, FakeShelf()
    rice = shelf.by_sku(RICE)
    assert rice is not None
    assert deal_of(programme, OfferKey("borong-mi"), shelf) == SetDeal(pieces=5, paid=4)
    assert deal_of(programme, OfferKey("gratis-teh"), shelf) == SetDeal(with_item=rice.name)
    assert deal_of(programme, OfferKey("member-5"), shelf) is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"when": {"items": [NOODLES]}, "buy": 2, "rewards": [FREE | {"qty": 3}]}, SetDeal(pieces=5, paid=2)),
        ({"when": {"categories": ["mie"], "min_qty": 3}}, SetDeal(pieces=4, paid=3)),
        ({"when": {"items": [RICE], "min_qty": 1}, "rewards": [{"kind": "free_item", "sku": RICE}]}, SetDeal(2, 1)),
        ({"when": {"items": [NOODLES]}}, None),
        ({"when": {"items": [NOODLES, RICE]}, "buy": 1, "rewards": [FREE | {"sku": "02001"}]}, None),
        ({"when": {"items": [RICE]}, "buy": 2, "rewards": [FREE | {"sku": "02001"}]}, None),
        ({"when": {"items": [RICE], "tags": ["x"]}, "buy": 1, "rewards": [FREE | {"sku": "02001"}]}, None),
        ({"when": {"items": ["gone"]}, "buy": 1, "rewards": [FREE | {"sku": "02001"}]}, None),
    ],
)
def test_what_a_few_words_can_say_is_a_deal(raw: dict[str, Any], said: SetDeal | None) -> None:
    assert deal(raw) == said


def test_each_reward_has_a_deal_of_its_own_and_a_rule_that_went_has_none() -> None:
    two = {"when": {"items": [NOODLES]}, "buy": 4, "rewards": [FREE | {"id": "a"}, FREE | {"id": "b", "qty": 2}]}
    assert deal(two, "b") == SetDeal(pieces=6, paid=4)
    assert deal(two, "c") is None
    assert deal_of(Programme(1, IDR), OfferKey("R"), FakeShelf()) is None
