"""Two tills of a shop that sells gift cards and keeps store credit, and what they say to the backend about both."""

from dataclasses import dataclass, replace

from tests.server.test_bill_moves import CARDS, WALLET
from tests.server.world import (
    NOON,
    RUPIAH,
    SOAP,
    Answer,
    NoGifts,
    TillClient,
    World,
    a_programme,
    a_seed,
    receipt_of_bill,
)
from tukar.domain.bill import Bill, BillLine
from tukar.domain.money import Money, Quantity
from tukar.domain.pricing import Circumstances, RuleBook, price
from tukar.domain.receipt import Receipt
from tukar.domain.tender import PaymentMode, Tender, ValueTaken
from tukar.wire.message import write

CODE = "GIFT-0001"
CARD, CREDIT = "value.gift_card", "value.store_credit"


@dataclass
class Held:
    """A hold that was granted, as the till keeps it."""

    redemption_id: str
    holder: str
    amount: int
    proof: str
    mode: PaymentMode


class Tills:
    """Two tills of a shop that sells gift cards at the price of soap and keeps store credit."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.programme = a_programme(rules=(CARDS, replace(WALLET, when=CARDS.when)))
        world.load(a_seed(programme=self.programme))
        self.tills = (world.enrol("TILLONE"), world.enrol("TILLTWO"))
        self._seconds = 0

    def receipt(self, till: TillClient, bill: Bill, *tenders: Tender) -> Receipt:
        worth = price(bill, RuleBook.compile(self.programme, NoGifts(), RUPIAH), Circumstances(now=NOON))
        receipt = receipt_of_bill(till, bill, (), worth, None)
        return replace(receipt, tenders=(*tenders, *receipt.tenders))

    def priced_receipt(self, till: TillClient, bill: Bill, *tenders: Tender) -> Answer:
        return till.saves(self.receipt(till, bill, *tenders))

    def sell_card(self, code: str = CODE, *, pieces: int = 5, number: int = 0) -> Bill:
        """A card of 50,000 unless told otherwise."""
        line = BillLine("l1", SOAP, Quantity.of(pieces), SOAP.charged_price, card=code)
        bill = self.tills[number].bill(member="").without_line("l1").with_line(line)
        answer = self.priced_receipt(self.tills[number], bill)
        (told,) = [part for part in answer.json["parts"] if part["part"] == "activation"]
        assert (told["outcome"], told["points"]) == ("done", str(pieces * 10_000))
        return bill

    def look_up(self, number: int = 1, code: str = CODE) -> Answer:
        return self.tills[number].post("/v1/gift-cards/find", write({"code": code}))

    def balance(self, number: int = 1, code: str = CODE) -> int:
        return int(self.look_up(number, code).json["balance"])

    def asks(self, number: int, bill: Bill, amount: int, redemption_id: str = "", **changes: object) -> Answer:
        message = self.tills[number].hold_message(bill, amount, member_id=self.holder(), programme_id=CARD, **changes)
        name = redemption_id or self.tills[number].new_id("redemption")
        return self.tills[number].put(f"/v1/redemptions/{name}", message)

    def holder(self) -> str:
        return str(self.look_up().json["holder"])

    def holds(self, number: int, bill: Bill, amount: int) -> Held:
        answer = self.asks(number, bill, amount)
        assert answer.status == 200, answer.json
        told = answer.json
        return Held(told["redemption_id"], self.holder(), amount, told["proof"], PaymentMode.GIFT_CARD)

    def holds_credit(self, number: int, bill: Bill, amount: int) -> Held:
        answer = self.tills[number].holds(bill, amount, programme_id=CREDIT)
        assert answer.status == 200, answer.json
        told = answer.json
        return Held(told["redemption_id"], "dewi", amount, told["proof"], PaymentMode.STORE_CREDIT)

    def pays(self, number: int, bill: Bill, held: Held, amount: int | None = None) -> dict[str, str]:
        """Saves the bill with what was held; what became of that part."""
        answer = self.priced_receipt(self.tills[number], bill, self.tender(held, amount))
        assert answer.status == 200, answer.json
        (told,) = [part for part in answer.json["parts"] if part["part"] == "payment"]
        return dict(told)

    def tender(self, held: Held, amount: int | None = None) -> Tender:
        money = Money(held.amount if amount is None else amount, RUPIAH)
        value = ValueTaken(held.redemption_id, held.holder, RUPIAH.zero(), held.proof)
        return Tender(f"t-{held.holder[:40]}", held.mode, money, money, self.world.clock.now(), label="…", value=value)

    def refunds(self, bill: Bill, refund_id: str, sku: str = "RICE", pieces: int = 1) -> Answer:
        lines = [{"line_id": "l1", "sku": sku, "thousandths": 1000 * pieces}]
        body = {"bill_id": bill.bill_id, "lines": lines, "reason": "broken"}
        return self.tills[0].put(f"/v1/refunds/{refund_id}", write(body))
