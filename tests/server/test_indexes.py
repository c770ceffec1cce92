"""What is asked for each sale takes an index: its cost must not grow with what the shop has ever stored."""

from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from tests.server.world import World
from tukar.server import accounts, bill_moves, held, members, uses, voids

_LIVE = {"live_holds_of_account", "one_live_hold"}
"""Both have the live ones alone."""
_ASKED: dict[str, tuple[Any, set[str]]] = {
    "the live holds of an account": (accounts._LIVE, _LIVE),
    "what live holds claim": (uses._OTHERS, _LIVE),
    "how much of something is claimed": (uses._CLAIMED, _LIVE),
    "what a bill's own holds claim": (uses._OWN, {"redemptions_of_bill"}),
    "the live holds of a bill": (voids._OF_BILL, {"redemptions_of_bill", "one_live_hold"}),
    "a member by mobile": (members._BY_MOBILE, {"members_by_mobile"}),
    "a member by card": (members._BY_CARD, {"members_by_card"}),
    "the lots of a customer": (accounts._ALL_LOTS, {"lots_of_account"}),
    "how often a member has used rules": (uses._OF, {"rule_uses_of_member"}),
    "what a member's coupons hold": (bill_moves._LEAVE, {"stored_values_of_holder"}),
    "bills set aside under one id": (held._OF_BILL, {"held_bills_waiting"}),
}


@pytest.mark.parametrize("asked", _ASKED)
def test_what_each_sale_asks_takes_an_index(world: World, asked: str) -> None:
    statement, indexes = _ASKED[asked]
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    explain = f"EXPLAIN QUERY PLAN {compiled}"
    values = dict.fromkeys(compiled.params, "1")
    plan = world.inside(lambda call, _: call.db._driver.execute(explain, values).fetchall())
    first = next(step[3] for step in plan if step[3].startswith("SEARCH"))
    assert any(f" USING INDEX {index} (shop_id=?" in first for index in indexes), plan
