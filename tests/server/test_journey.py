"""A whole evening at the shop, through the same requests a till sends."""

from tests.server.world import RICE, SOAP, TillClient, World, redeemed
from tukar.wire.bills import wire_basket
from tukar.wire.message import write


def test_points_are_quoted_confirmed_held_and_taken(world: World, till: TillClient) -> None:
    bill = till.bill((RICE, 1), (SOAP, 2), claim="points")
    quoted = till.post(
        "/v1/quotes", write({"basket": wire_basket(bill), "programme_version": 1, "catalogue_version": 1})
    ).json
    assert (quoted["total"], quoted["spent"], quoted["available"]) == ("70000", {"poin": "200"}, {"poin": "500"})

    sent = till.sends_code(bill.bill_id, challenge="c1")
    assert sent.json["sent_to"] == "…5678"
    assert "for 200 points at Toko JKT" in world.messages()[0].text

    held = till.holds(bill, 200, "r1", challenge_id="c1", attempt_id="a1", code=world.code())
    assert (held.json["state"], held.json["points"], held.json["ttl"]) == ("held", "200", 1800.0)
    assert world.posted("dewi") == (500, 200)

    saved = till.saves(till.receipt(bill, (redeemed("r1", 200, held.json["proof"], 20_000),)))
    outcomes = [(part["part"], part["outcome"], part.get("points")) for part in saved.json["parts"]]
    assert outcomes == [("bill", "done", None), ("redemption", "done", "200"), ("earning", "done", "90")]
    assert saved.json["balances"] == {"poin": "390"}
    assert world.posted("dewi") == (390, 0)
    assert "200 points were used" in world.messages()[1].text
    assert world.findings() == []
    assert world.reviews() == []


def test_a_customer_who_is_not_registered_still_earns(world: World, till: TillClient) -> None:
    enrolled = till.put(
        "/v1/members/new-1",
        write({"name": "Made Suartini", "mobile": "+6281399988877", "consent_at": world.clock.now()}),
    )
    assert enrolled.json["member"]["masked_mobile"] == "…8877"
    saved = till.saves(till.receipt(till.bill((RICE, 1), member="new-1")))
    assert saved.json["balances"] == {"poin": "70"}
    found = till.post("/v1/members/find", write({"by": "mobile", "text": "0813 9998 8877"})).json["members"]
    assert [one["balances"][0]["posted"] for one in found] == ["70"]
    assert found[0]["orders_placed"] == 1


def test_a_sale_without_a_customer_is_stored(world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill((SOAP, 3), member=""))
    assert [part["outcome"] for part in till.saves(receipt).json["parts"]] == ["done"]
    assert till.get(f"/v1/receipts/{receipt.number}").json["total"] == "30000"
    assert world.findings() == []
