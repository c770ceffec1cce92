"""Bills are always stored; each part has its result, and only the same id with other content is turned away."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.server.world import PIN, RICE, RUPIAH, SOAP, TillClient, World, a_programme, a_seed, redeemed
from tukar.domain.bill import PriceOverride
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptNumber
from tukar.server import programmes
from tukar.server.shops import ShopSettings
from tukar.wire.message import write
from tukar.wire.receipts import receipt_from_json, receipt_to_json
from tukar.wire.redemptions import WireApproval


def parts(answer: dict[str, list[dict[str, str]]], part: str) -> list[dict[str, str]]:
    return [one for one in answer["parts"] if one["part"] == part]


def test_T35_the_same_bill_again_gets_the_same_answer_and_earns_once(any_world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill())
    first = till.saves(receipt).json
    assert till.saves(receipt).json == first
    assert any_world.posted("dewi") == (570, 0)
    assert any_world.findings() == []


def test_T12_a_bill_taken_up_at_a_second_till_earns_once(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    bill = till.bill(bill_id="one")
    till.saves(till.receipt(bill))
    again = other_till.saves(other_till.receipt(bill))
    assert (again.status, again.refusal) == (409, "other_content")
    assert any_world.posted("dewi") == (570, 0)
    assert any_world.findings() == []


def test_T31_quantities_arrive_as_they_were_sold(any_world: World, till: TillClient) -> None:
    apples = replace(RICE, sku="APPLES", weighed=True)
    bill = till.bill((RICE, 7), (SOAP, 3)).with_item(apples, Quantity(2500), "weighed")
    receipt = till.receipt(bill)
    till.saves(receipt)
    told = receipt_from_json(till.get(f"/v1/receipts/{receipt.number}").reply.body)
    assert [line.quantity.thousandths for line in told.lines] == [7000, 3000, 2500]
    assert told.total == receipt.total


def test_the_same_id_with_other_content_is_409_and_the_copy_is_kept(any_world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill())
    till.saves(receipt)
    other = replace(receipt, reason="changed")
    answer = till.saves(other)
    assert (answer.status, answer.refusal) == (409, "other_content")
    copies = any_world.rows("SELECT body FROM bill_copies")
    assert [receipt_from_json(row.body.encode()) for row in copies] == [other]
    assert any_world.reviews() == ["other_content"]
    assert till.get(f"/v1/receipts/{receipt.number}").json.get("reason") is None


def test_what_a_refused_copy_holds_is_let_go(any_world: World, till: TillClient, other_till: TillClient) -> None:
    """A bill in hand at two tills and paid at both: the points of the second stand for nothing any more."""
    till.saves(till.receipt(till.bill(bill_id="b")))
    bill = other_till.bill((RICE, 1), claim="small", bill_id="b")
    held = other_till.holds(bill, 50, "r").json
    assert any_world.posted("dewi")[1] == 50
    assert other_till.saves(other_till.receipt(bill, (redeemed("r", 50, held["proof"]),))).refusal == "other_content"
    assert any_world.posted("dewi")[1] == 0
    assert till.get("/v1/redemptions/r").json["state"] == "voided"
    assert any_world.findings() == []


def test_a_refused_copys_hold_that_has_run_out_stays_as_it_ended(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    till.saves(till.receipt(till.bill(bill_id="b")))
    bill = other_till.bill((RICE, 1), claim="small", bill_id="b")
    proof = other_till.holds(bill, 50, "r").json["proof"]
    any_world.clock.advance(1801)
    assert other_till.saves(other_till.receipt(bill, (redeemed("r", 50, proof),))).refusal == "other_content"
    assert till.get("/v1/redemptions/r").json["state"] == "expired"
    assert any_world.findings() == []


def test_a_number_seen_before_is_stored_with_an_item(any_world: World, till: TillClient) -> None:
    till.saves(till.receipt(till.bill()))
    clone = replace(till.receipt(till.bill()), number=ReceiptNumber("JKT", "T1", 1, 1))
    answer = till.saves(clone)
    assert answer.status == 200
    assert [part["note"] for part in parts(answer.json, "number")] == ["number seen before"]
    assert any_world.reviews() == ["number"]
    assert till.put("/v1/till-epoch", write({"after": 1})).json == {"till_epoch": 2}
    assert till.put("/v1/till-epoch", write({"after": 1})).json == {"till_epoch": 2}
    assert till.get("/v1/state").json["till_epoch"] == 2


def test_a_number_of_another_till_is_an_item(world: World, till: TillClient) -> None:
    answer = till.saves(replace(till.receipt(till.bill()), number=ReceiptNumber("JKT", "T9", 1, 1)))
    assert [part["note"] for part in parts(answer.json, "number")] == ["number of another till"]


def test_earning_is_our_own_figure(any_world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill((RICE, 1), (SOAP, 3)))
    answer = till.saves(replace(receipt, expected_earning=())).json
    assert [part["points"] for part in parts(answer, "earning")] == ["100"]


def test_a_price_with_a_name_on_it_is_fine(any_world: World, till: TillClient) -> None:
    bill = till.bill((SOAP, 1)).with_price("l1", UnitPrice.parse("8000", RUPIAH), PriceOverride("torn", "ani", "budi"))
    answer = till.saves(till.receipt(bill)).json
    assert parts(answer, "bill")[0]["outcome"] == "done"
    assert parts(answer, "earning")[0]["points"] == "8"


def test_a_price_without_a_name_is_flagged(any_world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill((SOAP, 1)))
    cheap = replace(receipt, lines=(replace(receipt.lines[0], unit_price=UnitPrice.parse("1", RUPIAH)),))
    answer = till.saves(cheap).json
    assert parts(answer, "bill")[0]["outcome"] == "flagged"
    assert "SOAP cost 10000, not 1" in parts(answer, "bill")[0]["note"]
    assert any_world.reviews() == ["bill"]


def test_a_total_that_is_not_ours_is_flagged(world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill())
    answer = till.saves(replace(receipt, total=Money(1, RUPIAH))).json
    assert "comes to 70000, not 1" in parts(answer, "bill")[0]["note"]


def test_an_article_nobody_knows_is_sold_all_the_same(world: World, till: TillClient) -> None:
    odd = replace(SOAP, sku="M", name="Manual", taxes=())
    answer = till.saves(till.receipt(till.bill((odd, 2)))).json
    assert "M is not in the catalogue" in parts(answer, "bill")[0]["note"]
    assert parts(answer, "earning")[0]["points"] == "20"


def test_a_bill_from_the_future_is_flagged(world: World, till: TillClient) -> None:
    late = till.saves(till.receipt(till.bill(), at=world.clock.now() + timedelta(minutes=4))).json
    assert parts(late, "bill")[0]["outcome"] == "done"
    future = till.saves(till.receipt(till.bill(), at=world.clock.now() + timedelta(hours=4))).json
    assert "which is to come" in parts(future, "bill")[0]["note"]


def test_old_rules_count_for_a_bill_sold_while_they_were_in_force(world: World, till: TillClient) -> None:
    sold = till.receipt(till.bill())
    world.clock.advance(3600)
    world.inside(lambda call, _: programmes.take_up(call, replace(a_programme(), rules=())))
    world.clock.advance(3600)
    answer = till.saves(sold).json
    assert parts(answer, "bill")[0]["outcome"] == "done"
    assert parts(answer, "earning")[0]["points"] == "70"


def test_rules_that_were_not_in_force_any_more_are_an_item(world: World, till: TillClient) -> None:
    world.clock.advance(3600)
    world.inside(lambda call, _: programmes.take_up(call, replace(a_programme(), rules=())))
    world.clock.advance(600)
    assert parts(till.saves(till.receipt(till.bill())).json, "bill")[0]["outcome"] == "done"
    world.clock.advance(600)
    answer = till.saves(till.receipt(till.bill())).json
    assert parts(answer, "bill")[0]["note"] == "rules of version 1 were not in force"
    assert parts(answer, "earning") == []


def test_points_have_a_last_day(any_world: World) -> None:
    any_world.run("DELETE FROM shops", "DELETE FROM lots", "DELETE FROM ledger", "DELETE FROM accounts")
    any_world.run("DELETE FROM programmes", "DELETE FROM items", "DELETE FROM catalogue_versions")
    any_world.run("DELETE FROM members", "DELETE FROM member_words", "DELETE FROM audit")
    any_world.load(a_seed(programme=a_programme(expire=30)))
    till = any_world.enrol("TILLONE")
    till.saves(till.receipt(till.bill(member="tono")))
    shown = till.get("/v1/members/tono").json["member"]["balances"][0]
    assert shown["expiring"] == {"points": "70", "last_day": "2026-04-01"}
    any_world.clock.advance(30 * 86_400)
    assert till.get("/v1/members/tono").json["member"]["balances"][0]["posted"] == "70"
    any_world.clock.advance(86_400)
    assert till.get("/v1/members/tono").json["member"]["balances"][0]["posted"] == "0"
    assert [entry["kind"] for entry in till.get("/v1/members/tono/history").json["entries"]] == ["expire", "earn"]
    assert any_world.findings() == []


def test_a_training_bill_moves_nothing(world: World, till: TillClient) -> None:
    answer = till.saves(replace(till.receipt(till.bill()), training=True)).json
    assert answer["parts"] == [{"part": "bill", "ref": answer["bill_id"], "outcome": "done", "note": "training"}]
    assert world.posted("dewi") == (500, 0)


def test_a_bill_arrives_before_its_members_enrolment(any_world: World, till: TillClient) -> None:
    saved = till.saves(till.receipt(till.bill(member="offline-1"))).json
    assert saved["balances"] == {"poin": "70"}
    enrolment = {"name": "Wayan", "mobile": "+6281111112222", "consent_at": any_world.clock.now()}
    member = till.put("/v1/members/offline-1", write(enrolment)).json["member"]
    assert (member["name"], member["balances"][0]["posted"]) == ("Wayan", "70")
    assert "pending" not in member


# Goods taken back without their bill


def a_return(till: TillClient, pieces: int = 1, member: str = "dewi") -> Receipt:
    sale = till.receipt(till.bill((SOAP, pieces), member=member))
    line = sale.lines[0]
    back = replace(line, quantity=Quantity(-line.quantity.thousandths), gross=-line.gross, net=-line.net)
    return replace(
        sale,
        kind=ReceiptKind.RETURN,
        lines=(back,),
        before=-sale.before,
        total=-sale.total,
        untaxed=-sale.untaxed,
        tax=-sale.tax,
        tenders=(),
    )


def test_a_return_without_its_bill_takes_back_what_it_would_have_earned(any_world: World, till: TillClient) -> None:
    answer = till.saves(a_return(till, 5)).json
    assert [(part["outcome"], part["points"]) for part in parts(answer, "earning")] == [("done", "-50")]
    assert any_world.posted("dewi") == (450, 0)
    assert any_world.findings() == []


def test_taking_back_stops_at_zero_and_counts_the_rest(any_world: World, till: TillClient) -> None:
    answer = till.saves(a_return(till, 20, "siti")).json
    assert [(part["points"], part["short"]) for part in parts(answer, "earning")] == [("-120", "80")]
    assert any_world.posted("siti") == (0, 0)
    assert any_world.reviews() == []
    assert any_world.findings() == []


def test_taking_back_never_touches_what_is_held(any_world: World, till: TillClient) -> None:
    till.holds(till.bill((RICE, 1), claim="small", member="siti"), 50, "r")
    answer = till.saves(a_return(till, 20, "siti")).json
    assert parts(answer, "earning")[0]["points"] == "-70"
    assert any_world.posted("siti") == (50, 50)


def test_T03_a_discount_for_points_without_its_redemption_is_an_item_and_no_gift(
    any_world: World, till: TillClient
) -> None:
    """Whatever made a till forget what it took off: it never stays between the shop's books."""
    receipt = till.receipt(till.bill((RICE, 1), claim="small"))
    assert receipt.discount.minor == 5_000
    (told,) = parts(till.saves(receipt).json, "redemption")
    assert (told["outcome"], told["points"], told["short"], told["note"]) == ("refused", "0", "50", "no redemption")
    assert any_world.reviews() == ["no_redemption"]
    assert any_world.posted("dewi") == (570, 0), "nobody else pays for it, and the bill earns what it earns"
    assert any_world.findings() == []


# A revoked till


def revoke(world: World, till_id: str = "T1") -> None:
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="stolen")
    answer = world.operator().put(f"/v1/tills/{till_id}/revocation", approval)
    assert answer.status == 200


def signed(till: TillClient, receipt: Receipt) -> dict[str, str]:
    return {
        "tukar-signature": b64encode(till.key.sign(receipt_to_json(receipt)))
        .decode()
        .replace("+", "-")
        .replace("/", "_")
    }


def test_a_revoked_till_may_only_deliver_signed_bills(any_world: World, till: TillClient) -> None:
    bill = till.bill((RICE, 1), claim="small")
    held = till.holds(bill, 50, "r").json
    any_world.clock.advance(1)
    revoke(any_world)
    assert till.get("/v1/state").refusal == "revoked"
    assert till.get("/v1/state").status == 403
    assert till.holds(till.bill((RICE, 1), claim="small"), 50).refusal == "revoked"
    receipt = till.receipt(bill, (redeemed("r", 50, held["proof"]),))
    assert till.saves(receipt).refusal == "revoked"
    answer = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt))
    assert answer.status == 200
    assert parts(answer.json, "redemption")[0]["points"] == "50"
    assert parts(answer.json, "earning")[0]["outcome"] == "flagged"
    assert any_world.posted("dewi") == (450, 0)
    assert "earning" in any_world.reviews()
    any_world.clock.advance(36 * 86_400)
    late = till.receipt(till.bill())
    assert till.put(f"/v1/bills/{late.bill_id}", receipt_to_json(late), **signed(till, late)).refusal == "revoked"


def test_only_the_tills_own_key_signs_for_it_once_it_is_revoked(
    any_world: World, till: TillClient, other_till: TillClient
) -> None:
    revoke(any_world)
    receipt = till.receipt(till.bill())
    right, other = signed(till, receipt), signed(other_till, receipt)
    for wrong in (other, {"tukar-signature": "nonsense"}, {"tukar-signature": "A" * 41}):
        assert till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **wrong).refusal == "revoked"
    assert any_world.rows("SELECT * FROM bills") == []
    assert till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **right).status == 200


def test_a_revoked_till_takes_no_points_without_a_proof(any_world: World, till: TillClient) -> None:
    revoke(any_world)
    receipt = till.receipt(till.bill((RICE, 1), claim="small"), (redeemed("x", 50),))
    answer = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt)).json
    assert parts(answer, "redemption")[0]["short"] == "50"
    assert any_world.posted("dewi") == (500, 0)


# The offline setting


@pytest.mark.parametrize(
    ("per_bill", "per_hour", "points"), [(0, 0, "0"), (50, 500, "50"), (49, 500, "0"), (50, 49, "0")]
)
def test_points_taken_offline_within_the_shops_setting(per_bill: int, per_hour: int, points: str) -> None:
    world = World()
    world.load(a_seed(settings=ShopSettings(offline_points_per_bill=per_bill, offline_points_per_hour=per_hour)))
    till = world.enrol("TILLONE")
    answer = till.saves(till.receipt(till.bill((RICE, 1), claim="small"), (redeemed("x", 50),))).json
    assert parts(answer, "redemption")[0]["points"] == points
    assert world.findings() == []
    world.close()


def test_points_whose_hold_was_refused_are_borne_by_the_shop(any_world: World, till: TillClient) -> None:
    """A till that bills what it was refused: the refusal is kept, and the bill is stored with an item."""
    bill = till.bill((RICE, 1), claim="small", member="tono")
    assert till.holds(bill, 50, "r").refusal == "insufficient"
    (told,) = parts(till.saves(till.receipt(bill, (redeemed("r", 50),))).json, "redemption")
    assert (told["outcome"], told["points"], told["short"]) == ("short", "0", "50")
    assert sorted(any_world.reviews()) == ["no_hold", "short"]
    assert any_world.posted("tono")[0] >= 0
    assert any_world.findings() == []


def test_a_word_that_was_given_offline_is_only_the_tills_word(world: World, till: TillClient) -> None:
    """The bill is stored, the manager reads who allowed it, and the customer's points stay (security.md, "Rights")."""
    shown = replace(redeemed("x", 50), approver="budi")
    answer = till.saves(till.receipt(till.bill((RICE, 1), claim="small"), (shown,))).json
    (told,) = parts(answer, "redemption")
    assert (told["points"], told["short"]) == ("0", "50")
    assert sorted(world.reviews()) == ["no_hold", "offline_approval", "short"]
    story = world.rows("SELECT story FROM reviews WHERE kind = 'offline_approval'")[0].story
    assert "budi allowed" in story
    assert world.posted("dewi") == (570, 0)


def test_points_of_a_bill_without_a_customer_are_an_item(world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill(member=""), (redeemed("x", 50),))
    answer = till.saves(receipt).json
    assert parts(answer, "redemption")[0]["note"] == "no customer"


def test_the_address_and_the_bill_agree(world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill())
    assert till.put("/v1/bills/other", receipt_to_json(receipt)).refusal == "bad_request"


def test_a_receipt_nobody_knows(world: World, till: TillClient) -> None:
    assert till.get("/v1/receipts/JKT-T1-1-99").refusal == "unknown_bill"


def test_points_held_at_the_moment_of_revocation_are_not_taken(any_world: World, till: TillClient) -> None:
    """The clock stands still here: what is not surely older than the revocation is no debit."""
    bill = till.bill((RICE, 1), claim="small")
    held = till.holds(bill, 50, "r").json
    revoke(any_world)
    receipt = till.receipt(bill, (redeemed("r", 50, held["proof"]),))
    answer = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt)).json
    assert parts(answer, "redemption")[0]["note"] == "held after the till was revoked"
    assert any_world.posted("dewi") == (500, 50)


def test_a_proof_from_the_moment_of_revocation_proves_nothing(any_world: World, till: TillClient) -> None:
    bill = till.bill((RICE, 1), claim="small")
    held = till.holds(bill, 50, "r").json
    revoke(any_world)
    any_world.run(
        "DELETE FROM redemptions", "DELETE FROM pins", "UPDATE accounts SET held = 0", "UPDATE lots SET pinned = 0"
    )
    receipt = till.receipt(bill, (redeemed("r", 50, held["proof"]),))
    answer = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt)).json
    assert parts(answer, "redemption")[0]["short"] == "50"
    assert any_world.posted("dewi") == (500, 0)


def test_a_bill_that_names_no_rules_is_reckoned_by_those_of_its_time(world: World, till: TillClient) -> None:
    receipt = replace(till.receipt(till.bill()), programme_version=0)
    answer = till.saves(receipt).json
    assert parts(answer, "bill")[0]["outcome"] == "done"
    assert parts(answer, "earning")[0]["points"] == "70"


def test_points_of_a_programme_that_is_gone_are_earned_by_nobody(world: World, till: TillClient) -> None:
    receipt = till.receipt(till.bill())
    world.inside(lambda call, _: programmes.take_up(call, replace(a_programme(), accounts=(), rules=())))
    answer = till.saves(receipt).json
    assert parts(answer, "earning") == []
    assert world.posted("dewi") == (500, 0)
    assert world.findings() == []


def test_a_bill_in_other_money_is_flagged(world: World, till: TillClient) -> None:
    dollars = Currency("USD", 2)
    body = receipt_to_json(till.receipt(till.bill(member=""))).decode().replace('"IDR"', '"USD"')
    receipt = receipt_from_json(body.encode())
    assert receipt.currency.code == dollars.code
    answer = till.saves(receipt)
    assert answer.status == 200
    assert "not in the shop's currency" in parts(answer.json, "bill")[0]["note"]


def test_a_return_of_nobodys_goods_takes_nothing_back(any_world: World, till: TillClient) -> None:
    answer = till.saves(a_return(till, 5, "")).json
    assert parts(answer, "earning") == []
    assert any_world.findings() == []


def test_a_return_of_somebody_without_points_takes_nothing_back(any_world: World, till: TillClient) -> None:
    answer = till.saves(a_return(till, 5, "tono")).json
    assert [(part["points"], part["short"]) for part in parts(answer, "earning")] == [("0", "50")]
    assert any_world.posted("tono") == (0, 0)


def test_a_return_at_a_revoked_till_takes_nothing_back(any_world: World, till: TillClient) -> None:
    revoke(any_world)
    receipt = a_return(till, 5)
    answer = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt)).json
    assert parts(answer, "earning") == []
    assert any_world.posted("dewi") == (500, 0)


def test_part_of_a_piece_is_reckoned_as_it_was_sold(world: World, till: TillClient) -> None:
    """A till that weighed what our catalogue sells by the piece."""
    weighed = replace(SOAP, weighed=True)
    bill = till.bill(member="").with_item(weighed, Quantity(1500), "w")
    answer = till.saves(till.receipt(bill)).json
    assert parts(answer, "bill")[0]["outcome"] == "done"


def test_the_buyers_tax_number_is_sealed_in_the_books_and_whole_for_a_till(any_world: World, till: TillClient) -> None:
    number = "01.234.567.8-901.000"
    receipt = replace(till.receipt(till.bill()), buyer_tax_number=number, note="Gift")
    answer = till.saves(receipt).json
    assert till.saves(receipt).json == answer
    told = receipt_from_json(till.get(f"/v1/receipts/{receipt.number}").reply.body)
    assert (told.buyer_tax_number, told.note) == (number, "Gift")
    other = till.saves(replace(receipt, buyer_tax_number="01.234.567.8-901.001"))
    assert other.refusal == "other_content"
    tables = ("bills", "bill_copies")
    bodies = [row.body for table in tables for row in any_world.rows(f"SELECT body FROM {table}")]  # noqa: S608
    assert len(bodies) == 2
    assert not any("01.234.567.8" in body for body in bodies)


def test_a_manager_sees_the_last_signs_of_it(world: World, till: TillClient) -> None:
    receipt = replace(till.receipt(till.bill()), buyer_tax_number="01.234.567.8-901.000")
    till.saves(receipt)
    till.manages()
    told = till.get(f"/v1/manager/bills/{receipt.bill_id}").json
    assert told["buyer_tax_number"] == "….000"


def test_no_tax_number_is_as_long_as_its_seal(world: World, till: TillClient) -> None:
    assert till.saves(replace(till.receipt(till.bill()), buyer_tax_number="9" * 30)).status == 400
