"""Whatever is asked in whatever order: the books add up, nothing is below zero, no id has two outcomes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.server.databases import emptied
from tests.server.world import NOON, RICE, SOAP, TillClient, World, redeemed
from tukar.domain.bill import Bill
from tukar.server import accounts, sweep
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.storage.engine import open_engine
from tukar.server.storage.transactions import GroupCommit, PooledTransactions
from tukar.wire.message import write

RP = {"code": "IDR", "minor_digits": 0}
MEMBERS = ("dewi", "siti", "tono")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "hold",
                "hold",
                "void",
                "extend",
                "save",
                "save",
                "lose",
                "order",
                "refund",
                "unrefund",
                "wait",
                "sweep",
                "again",
            )
        ),
        st.integers(0, 5),
        st.integers(0, 400),
    ),
    min_size=5,
    max_size=30,
)


class Evening:
    """Two tills and a web shop do what the steps say, remembering every answer by its id."""

    def __init__(self) -> None:
        self.world = World()
        self.world.load()
        self.tills = (self.world.enrol("TILLONE"), self.world.enrol("TILLTWO"))
        self.web = self.world.enrol("WEBSHOP")
        self.bills: list[tuple[TillClient, Bill, str, str]] = []
        self.sold: list[str] = []
        self.sent: list[tuple[TillClient, str, object, Any]] = []

    def put(self, client: TillClient, path: str, body: object) -> Any:
        answer = client.put(path, body)
        assert answer.status < 500, answer.json
        if not path.endswith("/extension"):
            self.sent.append((client, path, body, answer.json))
        return answer.json

    def step(self, name: str, which: int, amount: int) -> None:
        getattr(self, f"_{name}")(which, amount)

    def _hold(self, which: int, amount: int) -> None:
        till = self.tills[which % 2]
        bill = till.bill((RICE, 1 + amount % 3), (SOAP, 1), claim="small", member=MEMBERS[which % 3])
        redemption = till.new_id("r")
        answer = self.put(till, f"/v1/redemptions/{redemption}", till.hold_message(bill, 50))
        self.bills.append((till, bill, redemption, str(answer.get("proof", ""))))

    def _chosen(self, which: int) -> tuple[TillClient, Bill, str, str] | None:
        return self.bills[which % len(self.bills)] if self.bills else None

    def _void(self, which: int, _amount: int) -> None:
        if chosen := self._chosen(which):
            self.put(chosen[0], f"/v1/redemptions/{chosen[2]}/void", b"{}")

    def _extend(self, which: int, _amount: int) -> None:
        if chosen := self._chosen(which):
            self.put(chosen[0], f"/v1/redemptions/{chosen[2]}/extension", b"{}")

    def _save(self, which: int, amount: int) -> None:
        if not self.bills:
            return
        till, bill, redemption, proof = self.bills.pop(which % len(self.bills))
        shown = (redeemed(redemption, 50 if amount % 7 else 40, proof),) if proof or amount % 5 == 0 else ()
        receipt = till.receipt(bill, shown)
        assert till.saves(receipt).status == 200
        self.sold.append(bill.bill_id)

    def _lose(self, which: int, _amount: int) -> None:
        if self.bills:
            self.bills.pop(which % len(self.bills))

    def _order(self, which: int, amount: int) -> None:
        body = {
            "member_id": MEMBERS[which % 3],
            "currency": RP,
            "amount": "0",
            "spend": {"poin": str(amount)},
            "earn": {"poin": "3"},
        }
        self.put(self.web, f"/v1/orders/{self.web.new_id('o')}", write(body))

    def _refund(self, which: int, amount: int) -> None:
        if self.sold:
            till = self.tills[which % 2]
            line = {"line_id": f"l{1 + amount % 2}", "sku": "x", "thousandths": 1000}
            body = {"bill_id": self.sold[which % len(self.sold)], "lines": [line]}
            self.put(till, f"/v1/refunds/f{which}-{amount % 4}", write(body))

    def _unrefund(self, which: int, amount: int) -> None:
        self.tills[0].put(f"/v1/refunds/f{which}-{amount % 4}/void", b"{}")

    def _wait(self, _which: int, amount: int) -> None:
        self.world.clock.advance(amount * 10)

    def _sweep(self, _which: int, _amount: int) -> None:
        self.world.inside(sweep.sweep)

    def _again(self, which: int, _amount: int) -> None:
        """A message that was delayed comes a second time."""
        if self.sent:
            client, path, body, _ = self.sent[which % len(self.sent)]
            assert client.put(path, body).status < 500

    def check(self) -> None:
        found = [one for one in self.world.findings() if one["invariant"] != "I4"]
        assert found == []


@settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
@given(STEPS)
def test_the_books_always_add_up(steps: list[tuple[str, int, int]]) -> None:
    evening = Evening()
    for step in steps:
        evening.step(*step)
        evening.check()
    for till, _, redemption, _ in evening.bills:
        till.put(f"/v1/redemptions/{redemption}/void", b"{}")
    evening.world.clock.advance(7200)
    evening.world.inside(sweep.sweep)
    assert evening.world.findings() == []
    assert [row.held for row in evening.world.rows("SELECT held FROM accounts WHERE held <> 0")] == []
    evening.world.close()


# Tills that race for one account


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))])
def racing(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    if request.param == "sqlite":
        world = World(open_engine(f"sqlite:///{tmp_path / 'race.db'}"), make=GroupCommit)
    else:
        engine: Engine = emptied(request.getfixturevalue("postgres"))
        world = World(engine, make=PooledTransactions)
    world.load()
    return world


def at_once(jobs: list[Any]) -> list[Any]:
    gate = threading.Barrier(len(jobs))
    answers: list[Any] = [None] * len(jobs)

    def run(place: int) -> None:
        gate.wait()
        answers[place] = jobs[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_eight_tills_race_for_points_that_suffice_for_two(racing: World) -> None:
    till = racing.enrol("TILLONE")
    for round_of in range(4):
        bills = [till.bill((RICE, 1), claim="small", member="siti") for _ in range(8)]
        jobs = [
            lambda b=bill, n=number, r=round_of: till.holds(b, 50, f"r{r}-{n}") for number, bill in enumerate(bills)
        ]
        answers = at_once(jobs)
        assert (
            sorted(answer.json.get("state", answer.refusal) for answer in answers)
            == ["held"] * 2 + ["insufficient"] * 6
        )
        assert racing.posted("siti") == (120, 100)
        assert racing.findings() == []
        at_once([lambda n=n, r=round_of: till.put(f"/v1/redemptions/r{r}-{n}/void") for n in range(8)])
        assert racing.posted("siti") == (120, 0)
    racing.backend.close()


def test_one_hold_sent_eight_times_at_once_is_one_hold(racing: World) -> None:
    till = racing.enrol("TILLONE")
    bill = till.bill((RICE, 1), claim="small")
    answers = at_once([lambda: till.holds(bill, 50, "r")] * 8)
    assert {answer.json["state"] for answer in answers} == {"held"}
    assert racing.posted("dewi") == (500, 50)
    racing.backend.close()


def test_one_bill_sent_eight_times_at_once_is_one_bill(racing: World) -> None:
    till = racing.enrol("TILLONE")
    bill = till.bill((RICE, 1), claim="small")
    proof = till.holds(bill, 50, "r").json["proof"]
    receipt = till.receipt(bill, (redeemed("r", 50, proof),))
    answers = at_once([lambda: till.saves(receipt)] * 8)
    assert len({answer.reply.body for answer in answers}) == 1
    assert racing.posted("dewi") == (520, 0)
    assert racing.findings() == []
    racing.backend.close()


def test_a_hold_and_its_void_at_once_leave_nothing_held(racing: World) -> None:
    till = racing.enrol("TILLONE")
    for number in range(60):
        bill = till.bill((RICE, 1), claim="small")
        at_once(
            [
                lambda b=bill, n=number: till.holds(b, 50, f"r{n}"),
                lambda n=number: till.put(f"/v1/redemptions/r{n}/void"),
            ]
        )
        assert till.get(f"/v1/redemptions/r{number}").json["state"] in ("held", "voided")
        till.put(f"/v1/redemptions/r{number}/void")
    assert racing.posted("dewi") == (500, 0)
    racing.backend.close()


def test_nothing_is_booked_that_is_not_there(world: World) -> None:
    """What pins, debits and returns promise to whoever calls them, each tried with one unit too many."""

    def locked(call: Call) -> Account:
        return accounts.lock(call, "siti", "poin", 0, NOON.date())

    def took(call: Call) -> None:
        accounts.debit(call, locked(call), 20, Entry("redeem", "r"))

    world.inside(lambda call, _: took(call))
    too_much: tuple[Callable[[Call], None], ...] = (
        lambda call: accounts.pin(call, locked(call), "p", 101),
        lambda call: accounts.debit(call, locked(call), 101, Entry("redeem", "x")),
        lambda call: accounts.give_back(call, locked(call), 21, Entry("redeem", "r"), Entry("back", "b"), NOON.date()),
    )
    for attempt in too_much:
        with pytest.raises(accounts.NotEnoughError):
            world.inside(lambda call, message: message(call), attempt)
    assert world.posted("siti") == (100, 0)
    world.inside(lambda call, _: accounts.credit(call, locked(call), 0, Entry("earn", "nothing")))
    assert (world.posted("siti"), world.findings()) == ((100, 0), [])


def test_part_of_a_debit_comes_back_to_the_lots_it_came_from(world: World) -> None:
    def turn(call: Call, units: int, ref: str) -> None:
        account = accounts.lock(call, "siti", "poin", 0, NOON.date())
        accounts.give_back(call, account, units, Entry("redeem", "r"), Entry("back", ref), NOON.date())

    def take(call: Call, _: object) -> None:
        account = accounts.lock(call, "siti", "poin", 0, NOON.date())
        accounts.credit(call, account, 10, Entry("earn", "b"))
        accounts.debit(call, account, 130, Entry("redeem", "r"))

    world.inside(take)
    world.inside(lambda call, _: turn(call, 4, "one"))
    world.inside(lambda call, _: turn(call, 126, "two"))
    assert [row.units for row in world.rows("SELECT units FROM lots WHERE member_id = 'siti'")] == [120, 10]
    assert (world.posted("siti"), world.findings()) == ((130, 0), [])
