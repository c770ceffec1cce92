"""A small shop behind the real backend, with a clock and a chance of the test's own."""

import json
import random
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, text

from tests.fakes.carrier import MemoryCarrier
from tests.fakes.passwords import cheap_passwords
from tukar.domain.bill import Bill, Claim, OfferKey
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.people import LoyaltyAccount, PointsBalance, Role, Salesperson
from tukar.domain.points import Points
from tukar.domain.pricing import Circumstances, PricedBill, RuleBook, price
from tukar.domain.programme import Demand, OtpPolicy, PointsAccount, Programme
from tukar.domain.receipt import (
    Receipt,
    ReceiptCustomer,
    ReceiptDiscount,
    ReceiptKind,
    ReceiptLine,
    ReceiptNumber,
    ReceiptRedemption,
)
from tukar.domain.reward import AmountOff
from tukar.domain.rule import Apply, Earn, EarnPer, Family, Rule
from tukar.domain.tender import PaymentMode, Tender
from tukar.server.auth import operator_token
from tukar.server.backend import Backend, Reply, Request
from tukar.server.call import Call, Caller, CallerKind, Equipment
from tukar.server.keys import Keys
from tukar.server.outbox import CustomerMessage
from tukar.server.reckoning import Books
from tukar.server.seed import SeedLot, SeedMember, SeedStaff, SeedTill, ShopSeed, load_shop
from tukar.server.shops import ShopSettings
from tukar.server.storage.engine import open_engine
from tukar.server.storage.statements import Row
from tukar.server.storage.transactions import DirectTransactions, Transactions
from tukar.wire.amounts import wire_currency
from tukar.wire.bills import wire_basket
from tukar.wire.message import read_answer, write
from tukar.wire.receipts import receipt_to_json
from tukar.wire.redemptions import WireHold
from tukar.wire.shop import WireShop, WireTillToken

T = TypeVar("T")

RUPIAH = Currency("IDR", 0, 100)
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
SOAP = Item("SOAP", "Soap", UnitPrice.of(Money(10_000, RUPIAH)), (Tax(Decimal(11), name="PPN"),), ("899001",))
RICE = Item("RICE", "Rice 5 kg", UnitPrice.of(Money(70_000, RUPIAH)), (), ("899002",))
PIN = {"ani": "111111", "budi": "222222", "rudi": "333333"}
PASSWORD = "kopi tubruk"
MOBILE = {"dewi": "+6281234565678", "siti": "+6285720931186"}


class FakeClock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.wall = NOON
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)


class SeededChance:
    """Repeatable codes and bytes."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self._random.choices("0123456789", k=count))

    def letters(self, count: int) -> str:
        return "".join(self._random.choices("ABCDEFGH", k=count))

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


def points_off(cost: int, off: int, rule_id: str = "points", programme: str = "poin") -> Rule:
    return Rule(
        rule_id=rule_id,
        name=LocalName(f"{cost} points"),
        family=Family.PROMOTION,
        apply=Apply.ON_CLAIM,
        programme=programme,
        rewards=(AmountOff(amount=Money(off, RUPIAH), cost=Fraction(cost)),),
    )


def a_programme(*, otp: OtpPolicy | None = None, rules: tuple[Rule, ...] = (), expire: int | None = None) -> Programme:
    """One point for every 1,000 rupiah; 200 points take 20,000 off, 50 points 5,000."""
    earning = Rule(
        rule_id="earning",
        name=LocalName("Points"),
        family=Family.LOYALTY,
        programme="poin",
        earn=Earn(EarnPer.MONEY, Fraction(1), every=Money(1000, RUPIAH), floor=True),
    )
    return Programme(
        version=1,
        currency=RUPIAH,
        accounts=(
            PointsAccount(
                "poin",
                LocalName("Poin"),
                otp=otp or OtpPolicy(Demand.ABOVE, Points(100)),
                expire_after_days=expire,
            ),
        ),
        rules=(earning, points_off(200, 20_000), points_off(50, 5_000, "small"), *rules),
    )


def a_seed(shop_id: str = "JKT", programme: Programme | None = None, settings: ShopSettings | None = None) -> ShopSeed:
    return ShopSeed(
        shop=WireShop(
            shop_id=shop_id,
            name=f"Toko {shop_id}",
            currency=wire_currency(RUPIAH),
            country="ID",
            language="en",
            time_zone="Asia/Jakarta",
            notes=(10_000, 50_000),
        ),
        items=(SOAP, RICE),
        programme=programme or a_programme(),
        staff=(
            SeedStaff("ani", "Ani", Role.CASHIER, PIN["ani"], PASSWORD),
            SeedStaff("budi", "Budi", Role.MANAGER, PIN["budi"]),
            SeedStaff("rudi", "Rudi", Role.MANAGER, PIN["rudi"]),
        ),
        salespeople=(Salesperson("s1", "Rina"), Salesperson("s2", "Made")),
        members=(
            SeedMember("dewi", "Dewi Lestari", MOBILE["dewi"], "8800001", lots=(SeedLot("poin", Points(500)),)),
            SeedMember("siti", "Siti Rahma", MOBILE["siti"], "8800002", lots=(SeedLot("poin", Points(120)),)),
            SeedMember("tono", "Tono", card="8800003"),
        ),
        tills=(SeedTill("T1", "TILLONE"), SeedTill("T2", "TILLTWO"), SeedTill("WEB", "WEBSHOP", is_channel=True)),
        settings=settings or ShopSettings(),
    )


@dataclass
class Answer:
    """A reply, and its JSON."""

    reply: Reply

    @property
    def status(self) -> int:
        return self.reply.status

    @property
    def json(self) -> Any:
        return json.loads(self.reply.body)

    @property
    def refusal(self) -> str:
        return str(self.json.get("refusal", ""))


class World:
    """The backend, its database and the messages it sends."""

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        make: Callable[[Engine], Transactions] = DirectTransactions,
        clock: FakeClock | None = None,
        chance: SeededChance | None = None,
        epoch: int = 0,
        reached: float = 0.0,
    ) -> None:
        self.engine = engine or open_engine("sqlite://")
        self.clock = clock or FakeClock()
        self.keys = Keys(b"k" * 32)
        self.carrier = MemoryCarrier()
        equipment = Equipment(self.keys, chance or SeededChance(), cheap_passwords(), Books())
        self.backend = Backend(transactions=make(self.engine), equipment=equipment, clock=self.clock)
        self.epoch = self.backend.open(self.engine, epoch, reached)

    def load(self, seed: ShopSeed | None = None) -> None:
        load_shop(self.backend, seed or a_seed())

    def ask(
        self, method: str, path: str, token: str = "", body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        raw = body if isinstance(body, bytes) else b"" if body is None else write(body)
        address, _, query = path.partition("?")
        pairs = dict(pair.split("=", 1) for pair in query.split("&")) if query else {}
        sent = {**(headers or {}), **({"authorization": f"Bearer {token}"} if token else {})}
        return Answer(self.backend.answer(Request(method, address, raw, pairs, sent)))

    def enrol(self, code: str, device: str = "") -> "TillClient":
        key = Ed25519PrivateKey.generate()
        public = b64encode(key.public_key().public_bytes_raw()).decode()
        body = write({"code": code, "public_key": public, "name": "Till"})
        answer = self.ask("PUT", f"/v1/enrolments/{device or 'dev-' + code}", body=body)
        assert answer.status == 200, answer.json
        token = read_answer(answer.reply.body, WireTillToken)
        return TillClient(self, token.token, token.till_id, key)

    def operator(self, shop_id: str = "JKT") -> "TillClient":
        return TillClient(self, operator_token(self.keys, shop_id), "operator", Ed25519PrivateKey.generate())

    def messages(self) -> list[CustomerMessage]:
        """All messages to customers so far, after delivering what waits."""
        while taken := self.backend.take_messages().result():
            for message in taken:
                self.carrier.deliver(message)
        return self.carrier.delivered

    def code(self) -> str:
        """The code of the last message that holds one."""
        return next(
            word
            for message in reversed(self.messages())
            for word in message.text.split()
            if word.isdigit() and len(word) == 6
        )

    def inside(self, operation: Callable[[Call, Any], T], message: object = None, shop_id: str = "JKT") -> T:
        return self.backend.perform(operation, message, Caller(CallerKind.OPERATOR, shop_id))

    def rows(self, statement: str, **values: object) -> list[Any]:
        return self.inside(lambda call, _: list(call.db.execute(text(statement), values).all()))

    def run(self, *statements: str) -> None:
        """Does to the database what no message does."""
        self.inside(lambda call, _: [call.db.execute(text(statement)) for statement in statements])

    def rows_into(self, table: str, row: Row) -> None:
        """Puts back a row as it was."""
        values = row.by_name()
        names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        statement = text(f"INSERT INTO {table} ({names}) VALUES ({places})")  # noqa: S608 - names of our own tables
        self.inside(lambda call, _: call.db.execute(statement, values))

    def posted(self, member_id: str, programme_id: str = "poin") -> tuple[int, int]:
        rows = self.rows(
            "SELECT posted, held FROM accounts WHERE shop_id = 'JKT' AND member_id = :m AND programme_id = :p",
            m=member_id,
            p=programme_id,
        )
        return (rows[0].posted, rows[0].held) if rows else (0, 0)

    def findings(self, shop_id: str = "JKT") -> list[Any]:
        """What the doctor finds; nothing in every test that plays by the rules."""
        answer = self.operator(shop_id).get("/v1/doctor")
        assert answer.status == 200
        found: list[Any] = answer.json.get("findings", [])
        return found

    def reviews(self) -> list[str]:
        return [item["kind"] for item in self.operator().get("/v1/reviews").json.get("items", [])]

    def close(self) -> None:
        self.backend.close()
        self.engine.dispose()


@dataclass
class TillClient:
    """A till as the backend sees one: a token, a key, and messages with ids of its own."""

    world: World
    token: str
    till_id: str
    key: Ed25519PrivateKey
    counter: int = 0
    numbers: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.world.ask("GET", path, self.token, headers=self.headers)

    def put(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.world.ask("PUT", path, self.token, b"{}" if body is None else body, {**self.headers, **headers})

    def post(self, path: str, body: object) -> Answer:
        return self.world.ask("POST", path, self.token, body, self.headers)

    def new_id(self, kind: str) -> str:
        self.counter += 1
        return f"{kind}-{self.till_id}-{self.counter}"

    # Journeys

    def manages(self, staff_id: str = "budi", session_id: str = "") -> Answer:
        """A manager signs in at this till; what it asks from now on is in their session."""
        body = {"staff_id": staff_id, "pin": PIN[staff_id]}
        answer = self.put(f"/v1/manager/sessions/{session_id or self.new_id('session')}", body)
        if answer.status == 200:
            self.headers["tukar-manager"] = answer.json["token"]
        return answer

    def sends_code(self, bill_id: str, ceiling: int = 200, *, member: str = "dewi", challenge: str = "") -> Answer:
        body = {
            "send_id": self.new_id("send"),
            "bill_id": bill_id,
            "member_id": member,
            "programme_id": "poin",
            "ceiling": str(ceiling),
            "currency": {"code": "IDR", "minor_digits": 0, "cash_step": 100},
            "amount": "20000",
        }
        return self.put(f"/v1/challenges/{challenge or self.new_id('challenge')}", write(body))

    def holds(self, bill: Bill, need: int = 50, redemption_id: str = "", **changes: object) -> Answer:
        message = self.hold_message(bill, need, **changes)
        return self.put(f"/v1/redemptions/{redemption_id or self.new_id('redemption')}", message)

    def hold_message(self, bill: Bill, need: int, **changes: object) -> WireHold:
        message = WireHold(
            basket=wire_basket(bill),
            member_id=bill.customer.member_id if bill.customer is not None else "dewi",
            programme_id="poin",
            need=str(need),
            ceiling=str(need),
            amount="5000",
            programme_version=1,
            catalogue_version=1,
        )
        return msgspec.structs.replace(message, **changes)

    def saves(self, receipt: Receipt, **headers: str) -> Answer:
        return self.put(f"/v1/bills/{receipt.bill_id}", receipt_to_json(receipt), **headers)

    def bill(self, *goods: tuple[Item, int], member: str = "dewi", claim: str = "", bill_id: str = "") -> Bill:
        bill = Bill(bill_id or self.new_id("bill"), RUPIAH)
        for item, pieces in goods or ((RICE, 1),):
            bill = bill.with_item(item, Quantity.of(pieces), f"l{len(bill.lines) + 1}")
        if member:
            bill = bill.with_customer(LoyaltyAccount(member, member.title()))
        return bill.with_claim(Claim(OfferKey(claim))) if claim else bill

    def receipt(
        self,
        bill: Bill,
        redemptions: tuple[ReceiptRedemption, ...] = (),
        *,
        programme: Programme | None = None,
        points: int = 1000,
        at: datetime | None = None,
    ) -> Receipt:
        """The receipt an honest till makes of the bill, with the customer's points as the till believes them."""
        return receipt_of_bill(self, bill, redemptions, priced(bill, programme or a_programme(), points), at)


class NoGifts:
    """A catalogue for programmes that give nothing."""

    def by_sku(self, sku: str) -> Item | None:
        return None

    def matching(self, goods: object, wanted: int | None = None) -> list[Item]:
        return []


def priced(bill: Bill, programme: Programme, points: int) -> PricedBill:
    if bill.customer is not None:
        known = replace(bill.customer, balances=(PointsBalance("poin", Points(points), Points(0)),))
        bill = replace(bill, customer=known)
    return price(bill, RuleBook.compile(programme, NoGifts(), RUPIAH), Circumstances(now=NOON))


def receipt_of_bill(
    till: TillClient,
    bill: Bill,
    redemptions: tuple[ReceiptRedemption, ...],
    worth: PricedBill,
    at: datetime | None,
) -> Receipt:
    till.numbers += 1
    moment = at or till.world.clock.now()
    return Receipt(
        bill_id=bill.bill_id,
        number=ReceiptNumber("JKT", till.till_id, 1, till.numbers),
        kind=ReceiptKind.SALE,
        currency=RUPIAH,
        shop_name="Toko JKT",
        cashier_id="ani",
        cashier_name="Ani",
        at=moment,
        lines=tuple(
            ReceiptLine(
                line_id=line.line.line_id,
                sku=line.line.item.sku,
                name=line.line.item.name,
                quantity=line.line.quantity,
                card=line.line.card,
                unit_price=line.line.unit_price,
                gross=line.gross,
                net=line.net,
                discounts=tuple(ReceiptDiscount(off.key, off.name, off.amount) for off in line.discounts),
                taxes=line.line.item.taxes,
                override=line.line.override,
                hand_discount=line.line.discount,
            )
            for line in worth.lines
        ),
        before=worth.before,
        discount=worth.discount,
        total=worth.total,
        untaxed=worth.untaxed,
        tax=worth.tax,
        taxes=worth.taxes,
        tenders=(Tender("tender-1", PaymentMode.CASH, worth.total, worth.total, moment),),
        customer=ReceiptCustomer(bill.customer.member_id, bill.customer.name) if bill.customer is not None else None,
        redemptions=redemptions,
        claims=bill.claims,
        codes=bill.codes,
        programme_version=1,
        catalogue_version=1,
    )


def redeemed(redemption_id: str, units: int, proof: str = "", amount: int = 5000) -> ReceiptRedemption:
    return ReceiptRedemption(redemption_id, "poin", Points(units), Money(amount, RUPIAH), proof)
