"""Gift cards and store credit as money: held, captured, given back, sold, and never more of it than there was."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from tests.server.conftest import NEEDS_POSTGRES
from tests.server.databases import emptied
from tests.server.test_bills import revoke, signed
from tests.server.value_tills import CARD, CODE, CREDIT, Held, Tills
from tests.server.world import NOON, RICE, RUPIAH, SOAP, Answer, World
from tukar.domain.bill import Bill, BillLine
from tukar.domain.money import Money, Quantity
from tukar.domain.receipt import ReceiptKind
from tukar.domain.redemption import HOLD_SECONDS
from tukar.domain.tender import PaymentMode, Tender
from tukar.server.redemption_rows import RowState
from tukar.wire.message import write
from tukar.wire.receipts import receipt_to_json


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=NEEDS_POSTGRES)])
def shop(request: pytest.FixtureRequest) -> Iterator[Tills]:
    engine = emptied(request.getfixturevalue("postgres")) if request.param == "postgres" else None
    world = World(engine)
    yield Tills(world)
    assert world.findings() == []
    world.close()


def rice(shop: Tills, number: int = 1, pieces: int = 1) -> Bill:
    return shop.tills[number].bill((RICE, pieces), member="")


def test_a_code_that_was_never_sold_is_unknown(shop: Tills) -> None:
    assert (shop.look_up().status, shop.look_up().refusal) == (404, "unknown_card")


def test_a_card_sold_can_be_spent_at_every_till(shop: Tills) -> None:
    shop.sell_card()
    told = shop.look_up().json
    assert (told["balance"], told["mask"]) == ("50000", "…0001")
    assert CODE not in shop.look_up().reply.body.decode()
    bill = rice(shop)
    part = shop.pays(1, bill, shop.holds(1, bill, 30_000))
    assert (part["outcome"], part["points"], part["programme_id"]) == ("done", "30000", CARD)
    assert [shop.balance(0), shop.balance(1)] == [20_000, 20_000]


def test_T06_what_one_bill_holds_no_other_finds(shop: Tills) -> None:
    shop.sell_card()
    shop.holds(0, rice(shop, 0), 40_000)
    assert shop.balance() == 10_000
    refused = shop.asks(1, rice(shop), 20_000)
    assert (refused.refusal, refused.json["points"]) == ("insufficient", "10000")
    assert shop.asks(1, rice(shop), 10_000).status == 200


def test_the_same_id_gets_the_same_answer_and_another_amount_is_refused(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    first = shop.asks(1, bill, 20_000, "r-1")
    assert shop.asks(1, bill, 20_000, "r-1").json == first.json
    assert shop.asks(1, bill, 21_000, "r-1").refusal == "id_reused"
    late = shop.asks(1, rice(shop), 40_000, "r-2")
    shop.tills[1].put("/v1/redemptions/r-1/void")
    assert shop.asks(1, shop.tills[1].bill((RICE, 1), member="", bill_id="x"), 40_000, "r-3").status == 200
    assert late.refusal == "insufficient"


def test_a_refusal_is_kept_for_its_id(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    assert shop.asks(1, bill, 60_000, "r-1").refusal == "insufficient"
    shop.sell_card("GIFT-0002")
    assert shop.asks(1, bill, 60_000, "r-1").refusal == "insufficient"


def test_one_bill_has_one_hold_of_a_card_and_may_replace_it(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    old = shop.holds(1, bill, 40_000)
    assert shop.asks(1, bill, 5_000).refusal == "already_held"
    assert shop.asks(1, bill, 50_000, replaces=old.redemption_id).status == 200
    assert shop.tills[1].get(f"/v1/redemptions/{old.redemption_id}").json["state"] == "voided"
    assert shop.balance() == 0


@pytest.mark.parametrize("end", ["void", "time"])
def test_a_hold_that_ends_gives_the_money_back(shop: Tills, end: str) -> None:
    shop.sell_card()
    held = shop.holds(1, rice(shop), 50_000)
    if end == "void":
        shop.tills[1].put(f"/v1/redemptions/{held.redemption_id}/void")
    else:
        shop.world.clock.advance(HOLD_SECONDS + 1)
    assert shop.balance() == 50_000


def test_a_void_that_comes_first_leaves_a_tombstone(shop: Tills) -> None:
    shop.sell_card()
    shop.tills[1].put("/v1/redemptions/r-1/void")
    assert shop.asks(1, rice(shop), 50_000, "r-1").json["state"] == "voided"
    assert shop.balance() == 50_000


def test_T05_a_bill_that_comes_late_takes_what_is_still_there(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    held = shop.holds(1, bill, 50_000)
    shop.world.clock.advance(HOLD_SECONDS + 1)
    other = rice(shop, 0)
    shop.pays(0, other, shop.holds(0, other, 30_000))
    part = shop.pays(1, bill, held)
    assert (part["outcome"], part["points"], part["short"]) == ("short", "20000", "30000")
    assert (shop.balance(), shop.world.reviews()) == (0, ["short"])


def test_T24_stored_value_that_nobody_held_is_borne_by_the_shop(shop: Tills) -> None:
    shop.sell_card()
    forged = Held("never-asked", shop.holder(), 50_000, "", PaymentMode.GIFT_CARD)
    part = shop.pays(1, rice(shop), forged)
    assert (part["outcome"], part["points"]) == ("short", "0")
    assert (shop.balance(), "no_hold" in shop.world.reviews()) == (50_000, True)


def test_a_proof_stands_for_a_hold_that_a_restore_lost(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    held = shop.holds(1, bill, 50_000)
    shop.tills[1].put(f"/v1/redemptions/{held.redemption_id}/void")
    shop.world.run("DELETE FROM redemptions")
    assert shop.pays(1, bill, held)["outcome"] == "done"
    assert shop.balance() == 0


def test_a_tender_that_names_no_hold_is_an_item(shop: Tills) -> None:
    shop.sell_card()
    money = Money(10_000, RUPIAH)
    tender = Tender("t-value", PaymentMode.GIFT_CARD, money, money, NOON)
    answer = shop.priced_receipt(shop.tills[1], rice(shop), tender)
    assert [part["outcome"] for part in answer.json["parts"] if part["part"] == "payment"] == ["refused"]
    assert shop.world.reviews() == ["no_hold"]


def test_store_credit_is_spent_by_the_customer_on_the_bill(shop: Tills) -> None:
    loaded = shop.tills[0].bill((SOAP, 3))
    shop.priced_receipt(shop.tills[0], loaded)
    assert shop.tills[1].get("/v1/members/dewi").json["member"]["wallet"] == "30000"
    bill = shop.tills[1].bill((RICE, 1))
    held = shop.holds_credit(1, bill, 25_000)
    assert shop.tills[0].get("/v1/members/dewi").json["member"]["wallet"] == "5000"
    assert shop.pays(1, bill, held)["outcome"] == "done"
    assert shop.world.posted("dewi", CREDIT) == (5_000, 0)
    others = shop.tills[1].holds(
        shop.tills[1].bill((RICE, 1), member="siti"), 100, member_id="dewi", programme_id=CREDIT
    )
    assert others.refusal == "bad_request"


def test_goods_that_come_back_give_the_card_its_part_back(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop, pieces=3)
    held = shop.holds(1, bill, 50_000)
    shop.pays(1, bill, held)
    first = shop.refunds(bill, "f-1").json
    assert (first["money"], first["paid_back"]) == ("70000", {held.redemption_id: "16666"})
    assert shop.balance() == 16_666
    assert shop.tills[0].put("/v1/refunds/f-1/void", b"{}").status == 200
    assert shop.balance() == 0
    rest = shop.refunds(bill, "f-2", pieces=3).json
    assert (rest["money"], rest["paid_back"]) == ("210000", {held.redemption_id: "50000"})
    assert shop.balance() == 50_000


def test_a_card_gets_no_more_back_than_it_paid_though_a_part_was_voided(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop, pieces=3)
    held = shop.holds(1, bill, 50_000)
    shop.pays(1, bill, held)
    shop.refunds(bill, "voided")
    kept = [shop.refunds(bill, "f-1").json]
    assert shop.tills[0].put("/v1/refunds/voided/void", b"{}").status == 200
    kept += [shop.refunds(bill, f"f-{number}").json for number in (2, 3)]
    assert sum(int(answer["paid_back"][held.redemption_id]) for answer in kept) == 50_000
    assert sum(int(answer["money"]) for answer in kept) == 210_000
    assert shop.balance() == 50_000


def test_T24_what_the_card_could_not_pay_is_not_paid_out_either(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    shop.pays(1, bill, Held("never-asked", shop.holder(), 50_000, "", PaymentMode.GIFT_CARD))
    back = shop.refunds(bill, "f-1").json
    assert (back["money"], back["reduced_by"]) == ("20000", "50000")


def test_a_sold_card_comes_back_as_far_as_it_is_unspent(shop: Tills) -> None:
    sold = shop.sell_card()
    bill = rice(shop)
    shop.pays(1, bill, shop.holds(1, bill, 20_000))
    back = shop.refunds(sold, "f-1", "SOAP", 5).json
    assert (back["money"], back["reduced_by"], back["unspent_only"]) == ("30000", "20000", True)
    assert shop.balance() == 0
    shop.tills[0].put("/v1/refunds/f-1/void", b"{}")
    assert shop.balance() == 30_000


def test_other_goods_of_the_bill_leave_the_card_sold_with_them_alone(shop: Tills) -> None:
    line = BillLine("l2", SOAP, Quantity.of(5), SOAP.charged_price, card=CODE)
    bill = rice(shop).with_line(line)
    shop.priced_receipt(shop.tills[1], bill)
    assert shop.refunds(bill, "f-1").json["money"] == "70000"
    assert shop.balance() == 50_000


def test_a_new_card_is_one_bills_until_that_bill_is_stored(shop: Tills) -> None:
    def reserve(number: int, bill_id: str, code: str = CODE) -> Answer:
        return shop.tills[number].put(f"/v1/bills/{bill_id}/gift-card", write({"code": code}))

    assert reserve(0, "b-1").json == {"mask": "…0001"}
    assert reserve(0, "b-1", " gift-0001").status == 200
    assert reserve(1, "b-2").refusal == "card_taken"
    shop.world.clock.advance(3 * 3600)
    assert reserve(1, "b-2").status == 200
    shop.sell_card("GIFT-0002")
    assert reserve(1, "b-3", "GIFT-0002").refusal == "card_taken"
    assert reserve(1, "b-3", "X1").refusal == "bad_request"


def test_a_card_sold_twice_offline_is_told_to_the_manager(shop: Tills) -> None:
    shop.sell_card()
    line = BillLine("l1", SOAP, Quantity.of(1), SOAP.charged_price, card=CODE)
    again = shop.tills[1].bill(member="").without_line("l1").with_line(line)
    answer = shop.priced_receipt(shop.tills[1], again)
    assert [part["outcome"] for part in answer.json["parts"] if part["part"] == "activation"] == ["flagged"]
    assert (shop.balance(), shop.world.reviews()) == (60_000, ["card_sold_twice"])


def test_nobody_tries_codes_out_without_end(shop: Tills) -> None:
    shop.world.run("""UPDATE shops SET settings = '{"lookups_per_hour": 3}'""")
    assert [shop.look_up(code=f"GUESS-{n}").refusal for n in range(4)] == ["unknown_card"] * 3 + ["too_many_requests"]


def test_no_table_holds_the_code_that_pays(shop: Tills) -> None:
    shop.sell_card()
    shop.holds(1, rice(shop), 10_000)
    for table in ("accounts", "ledger", "lots", "redemptions", "stored_values", "bill_moves", "card_sales", "pins"):
        told = [str(row) for row in shop.world.rows(f"SELECT * FROM {table}")]  # noqa: S608 - our own tables
        assert not [row for row in told if CODE in row], table
    assert [row.state for row in shop.world.rows("SELECT state FROM redemptions")] == [RowState.HELD]


@pytest.mark.parametrize("need", ["0", "-5", "10.5"])
def test_what_is_no_amount_of_the_shops_money_is_not_held(shop: Tills, need: str) -> None:
    shop.sell_card()
    bill = rice(shop)
    message = shop.tills[1].hold_message(bill, 10_000, member_id=shop.holder(), programme_id=CARD)
    refused = shop.tills[1].put("/v1/redemptions/r", msgspec.structs.replace(message, need=need))
    assert (refused.status, refused.refusal, shop.balance()) == (400, "bad_request", 50_000)


def test_store_credit_of_somebody_else_is_not_held(shop: Tills) -> None:
    shop.world.run("UPDATE members SET wallet = 30000 WHERE member_id = 'siti'")
    refused = shop.tills[0].holds(rice(shop, 0), 10_000, member_id="siti", programme_id=CREDIT)
    assert (refused.status, refused.refusal) == (400, "bad_request")
    assert shop.world.rows("SELECT state FROM redemptions") == []


@pytest.mark.parametrize("holder", ["dewi", CODE, "value.gift_card.nobodys"])
def test_only_a_card_that_was_looked_up_is_held(shop: Tills, holder: str) -> None:
    shop.sell_card()
    message = shop.tills[1].hold_message(rice(shop), 10_000, member_id=holder, programme_id=CARD)
    assert shop.tills[1].put("/v1/redemptions/r", message).refusal == "unknown_card"
    assert shop.balance() == 50_000


def restored(shop: Tills) -> World:
    """The same database under a backend that has seen a later one; both tills speak to it."""
    again = World(shop.world.engine, epoch=7, clock=shop.world.clock)
    for till in shop.tills:
        till.world = again
    return again


def test_a_restored_backend_holds_no_money_before_every_till_has_sent_again(shop: Tills) -> None:
    shop.sell_card()
    held = shop.holds(0, rice(shop, 0), 10_000)
    world = restored(shop)
    message = shop.tills[1].hold_message(rice(shop), 10_000, member_id=held.holder, programme_id=CARD)
    assert shop.tills[1].put("/v1/redemptions/r", message).refusal == "recovering"
    known = shop.tills[0].get(f"/v1/redemptions/{held.redemption_id}").json
    assert known["state"] == "held", "what is known already is told"
    world.backend.close()


def test_money_loaded_before_it_was_spent_pays_for_that_when_it_is_heard_of_after_a_restore(shop: Tills) -> None:
    line = BillLine("l1", SOAP, Quantity.of(3), SOAP.charged_price, card=CODE)
    load = shop.receipt(shop.tills[0], shop.tills[0].bill(member="").without_line("l1").with_line(line))
    shop.sell_card()
    bill = rice(shop)
    held = shop.holds(1, bill, 50_000)
    shop.world.clock.advance(HOLD_SECONDS + 1)
    other = rice(shop, 0)
    shop.pays(0, other, shop.holds(0, other, 30_000))
    assert shop.pays(1, bill, held)["short"] == "30000"
    world = restored(shop)
    assert shop.tills[0].saves(load).status == 200
    (row,) = world.rows("SELECT captured, short FROM redemptions WHERE redemption_id = :ref", ref=held.redemption_id)
    assert (row.captured, row.short, shop.balance()) == (50_000, 0, 0)
    (item,) = world.rows("SELECT resolved_by FROM reviews WHERE kind = 'short'")
    assert item.resolved_by == "backend"
    world.backend.close()


def test_a_card_sold_at_a_revoked_till_waits_for_the_manager(shop: Tills) -> None:
    till = shop.tills[0]
    line = BillLine("l1", SOAP, Quantity.of(5), SOAP.charged_price, card=CODE)
    receipt = shop.receipt(till, till.bill(member="").without_line("l1").with_line(line))
    shop.world.clock.advance(1)
    revoke(shop.world)
    told = till.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **signed(till, receipt)).json
    (part,) = [part for part in told["parts"] if part["part"] == "activation"]
    assert (part["outcome"], part["points"], part["note"]) == ("flagged", "0", "sold at a revoked till")
    assert "activation" in shop.world.reviews()
    assert shop.look_up().refusal == "unknown_card"


def test_a_sold_card_that_was_spent_whole_takes_nothing_back_and_gives_no_money(shop: Tills) -> None:
    sold = shop.sell_card()
    bill = rice(shop)
    shop.pays(1, bill, shop.holds(1, bill, 50_000))
    back = shop.refunds(sold, "f-1", "SOAP", 5).json
    assert (back["money"], back["reduced_by"], shop.balance()) == ("0", "50000", 0)
    assert shop.tills[0].put("/v1/refunds/f-1/void", b"{}").status == 200
    assert shop.balance() == 0


def test_a_voided_refund_whose_money_was_spent_meanwhile_is_borne_by_the_shop(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    shop.pays(1, bill, shop.holds(1, bill, 50_000))
    shop.refunds(bill, "f-1")
    other = rice(shop, 0)
    shop.pays(0, other, shop.holds(0, other, 40_000))
    assert shop.tills[0].put("/v1/refunds/f-1/void", b"{}").status == 200
    assert (shop.balance(), shop.world.reviews()) == (0, ["refund_void_short"])
    rows = shop.world.rows("SELECT SUM(units) AS units FROM ledger WHERE kind = 'short' AND member_id = ''")
    assert [int(row.units) for row in rows] == [-40_000]


def test_two_cards_of_one_bill_get_back_no_more_than_the_refund_comes_to(shop: Tills) -> None:
    """The second card's payment was short, so the money is lowered: what is left goes to the first one."""
    shop.sell_card()
    bill = rice(shop)
    first = shop.holds(1, bill, 50_000)
    shop.sell_card("GIFT-0002", pieces=2)
    second = str(shop.look_up(code="GIFT-0002").json["holder"])
    forged = Held("never-asked", second, 20_000, "", PaymentMode.GIFT_CARD)
    answer = shop.priced_receipt(shop.tills[1], bill, shop.tender(first), shop.tender(forged))
    assert sorted(part["outcome"] for part in answer.json["parts"] if part["part"] == "payment") == ["done", "short"]
    back = shop.refunds(bill, "f-1").json
    assert (back["reduced_by"], back["paid_back"]) == ("20000", {first.redemption_id: "50000"})
    assert (shop.balance(), shop.balance(code="GIFT-0002")) == (50_000, 20_000)


def test_a_card_bought_with_a_card_and_spent_gives_neither_money_nor_anything_back_on_the_first(shop: Tills) -> None:
    shop.sell_card()
    line = BillLine("l1", SOAP, Quantity.of(2), SOAP.charged_price, card="GIFT-0003")
    bill = shop.tills[1].bill(member="").without_line("l1").with_line(line)
    held = shop.holds(1, bill, 20_000)
    shop.priced_receipt(shop.tills[1], bill, shop.tender(held))
    later = rice(shop, 0)
    new = str(shop.look_up(code="GIFT-0003").json["holder"])
    message = shop.tills[0].hold_message(later, 20_000, member_id=new, programme_id=CARD)
    told = shop.tills[0].put("/v1/redemptions/new", message).json
    shop.pays(0, later, Held("new", new, 20_000, told["proof"], PaymentMode.GIFT_CARD))
    back = shop.refunds(bill, "f-1", "SOAP", 2).json
    assert (back["money"], back["reduced_by"], back.get("paid_back", {})) == ("0", "20000", {})
    assert (shop.balance(), shop.balance(code="GIFT-0003")) == (30_000, 0)


def test_a_return_that_shows_other_money_on_cards_than_its_refund_is_an_item(shop: Tills) -> None:
    shop.sell_card()
    bill = rice(shop)
    shop.pays(1, bill, shop.holds(1, bill, 50_000))
    shop.refunds(bill, "f-1")
    sale = shop.receipt(shop.tills[1], bill)
    line = sale.lines[0]
    back = replace(line, quantity=-line.quantity, gross=-line.gross, net=-line.net)
    paper = replace(
        sale, bill_id="f-1", kind=ReceiptKind.RETURN, lines=(back,), total=-sale.total, returns=bill.bill_id, tenders=()
    )
    told = shop.tills[1].saves(paper).json
    (part,) = [part for part in told["parts"] if part["part"] == "payment"]
    assert (part["outcome"], part["note"]) == ("flagged", "other stored value than the refund")
    assert shop.world.reviews() == ["return_money"]
