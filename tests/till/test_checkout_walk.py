"""A cashier who presses anything the screen offers, over a line that drops, with a till that dies now and then.

One seed is one walk. After every step what is drawn must add up; at rest the invariants of redemption.md must hold:
points taken if and only if the bill is saved, once; money the bank took is on a saved bill or a visible item.
"""

import os
import random
from collections.abc import Callable

import pytest

from tests.till.bench import COFFEE, MANAGER, ORDER, REWARD, RIGHT, WRONG, Bench, shelf
from tukar.domain.points import Points
from tukar.domain.redemption import HoldState, RedemptionState
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.ports import AttemptState, Capabilities, Hold, Reverse, TerminalOutcome
from tukar.till.recovery import Recovery
from tukar.till.terminals import Terminals

S = CheckoutState
Press = Callable[[], object]

BY_POINTS = {ORDER.rule_id, COFFEE.rule_id, REWARD.rule_id}
KINDS = (
    Capabilities(),
    Capabilities(),
    Capabilities(hold=Hold.LOCK),
    Capabilities(hold=Hold.NONE, reverse=Reverse.FULL),
    Capabilities(hold=Hold.NONE, reverse=Reverse.NONE),
)
"""Ours twice, one that locks, one that redeems and reverses, one that only redeems."""

WALKS = int(os.environ.get("TUKAR_WALKS", "8"))
STEPS = 60


class Walk:
    """One cashier, one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.bench = Bench(stepped=True)
        self.bench.backend.capabilities = KINDS[seed % len(KINDS)]
        self.till = self.bench.start()
        self.trace: list[str] = []
        self.seen: set[CheckoutState] = set()

    def run(self) -> None:
        """Most walks begin with a customer's bill that can have a reward."""
        if self.chance.random() < 0.7:
            self.till.sale.set_customer(self.bench.customer())
            self.bench.ring_rice(self.till, self.chance.choice([1, 2]))
            self.till.sale.claim(self.chance.choice([ORDER, COFFEE]))
        for _ in range(STEPS):
            self.step()
            self.look()
        self.heal()

    def step(self) -> None:
        chance, bench = self.chance, self.bench
        what = chance.random()
        if self.till.stands() is S.SELLING and what > 0.9:
            self.redeem()
            return
        if what < 0.5 and (bench.stepped.jobs or bench.stepped.answers):
            bench.stepped.step() if chance.random() < 0.7 else bench.stepped.run_all()
        elif what < 0.56:
            self.note("time")
            bench.stepped.advance(chance.choice([0.5, 2, 40, 400, 1500, 2000]))
        elif what < 0.62:
            self.trouble()
        elif what < 0.64:
            self.die()
        else:
            self.press()

    def trouble(self) -> None:
        backend, chance = self.bench.backend, self.chance
        self.note("trouble")
        kind = chance.choice(["drop", "lose", "unknown", "down", "up", "web", "card"])
        if kind == "drop":
            backend.drops[chance.choice(["hold", "send_code", "put_bill", "void", "redemption"])] += 1
        elif kind == "lose":
            backend.loses[chance.choice(["hold", "send_code", "put_bill", "void", "extend"])] += 1
        elif kind == "unknown":
            (backend.loses if chance.random() < 0.5 else backend.drops)["hold"] += 4
            backend.drops["redemption"] += 1
        elif kind in ("down", "up"):
            backend.down = kind == "down"
        elif kind == "web":
            programme_id = chance.choice(["poin", "reward"])
            backend.posted[programme_id] -= min(backend.available(programme_id), chance.choice([100, 700]))
        else:
            outcomes = [TerminalOutcome.UNKNOWN, TerminalOutcome.DECLINED, TerminalOutcome.CANCELLED]
            self.bench.card.script.append(chance.choice(outcomes))

    def die(self) -> None:
        self.note("die")
        if self.chance.random() < 0.3:
            self.bench.clock.reboot()
        self.till = self.bench.start()
        self.recover()

    def recover(self) -> None:
        till = self.till
        bill = Recovery(till.gear, Terminals(self.bench.card, self.bench.qr)).look().resume
        if bill is not None:
            till.checkout.resume(bill.draft, bill.rows, bill.unclear, at_payment=bill.has_money)
        till.outbox.wake()

    def press(self) -> None:
        presses = self.offered()
        name = self.chance.choice(sorted(presses))
        self.note(f"{self.till.stands()}:{name}")
        presses[name]()

    def offered(self) -> dict[str, Press]:
        """What the screen offers as the sale stands."""
        checkout, model, state = self.till.checkout, self.till.model, self.till.stands()
        if state is S.SELLING:
            return {**self.edits(), "pay": checkout.begin_payment, "give_up": checkout.abandon, "redeem": self.redeem}
        if state is S.PAYING:
            return self.paying()
        right = RIGHT if self.chance.random() < 0.7 else WRONG
        late = {"late": lambda: checkout.save(MANAGER)} if model.must_approve and model.due.minor == 0 else {}
        presses: dict[CheckoutState, dict[str, Press]] = {
            S.CODE: {
                "code": lambda: checkout.submit_code(right),
                "resend": checkout.resend_code if model.code and not model.code.busy else lambda: None,
                "cancel": checkout.cancel_code,
            },
            S.UNSURE: {"again": checkout.ask_again, "cancel": checkout.cancel_ask, **late},
            S.ASKING: {"cancel": checkout.cancel_ask, **dict.fromkeys(("wait", "wait on", "wait more"), self.wait)},
            S.TERMINAL: {"cancel": checkout.cancel_terminal},
            S.UNCLEAR: {"again": checkout.ask_terminal_again},
            S.SAVED: {"next": checkout.next_sale},
        }
        return presses.get(state, {"wait": lambda: None})

    def redeem(self) -> None:
        """The quick way into a hold."""
        self.till.sale.set_customer(self.bench.customer())
        self.bench.ring_rice(self.till, 2)
        self.till.sale.claim(ORDER)
        self.till.checkout.begin_payment()

    def wait(self) -> None:
        self.bench.stepped.advance(1)

    def edits(self) -> dict[str, Press]:
        sale, bench = self.till.sale, self.bench
        edits: dict[str, Press] = {
            "rice": lambda: bench.ring_rice(self.till, 1),
            "coffee": lambda: sale.add(shelf().named("Kopi Susu Gula Aren")),
            "customer": lambda: sale.set_customer(bench.customer()),
            "claim_order": lambda: sale.claim(ORDER),
            "claim_coffee": lambda: sale.claim(COFFEE),
        }
        if sale.bill.lines and not self.till.model.tenders:
            edits["remove"] = lambda: sale.remove_line(sale.bill.lines[0].line_id)
        if sale.bill.claims:
            edits["unclaim"] = lambda: sale.unclaim(sale.bill.claims[0].key)
        return edits

    def paying(self) -> dict[str, Press]:
        checkout, model, money = self.till.checkout, self.till.model, self.bench.money
        points = Points(self.chance.choice([0, 100, 300]))
        presses: dict[str, Press] = {
            "back": checkout.back_to_bill,
            "points": lambda: checkout.choose_points("reward", points),
            "code": lambda: checkout.send_code("reward"),
        }
        if model.due.minor > 0:
            presses["cash"] = checkout.pay_cash
            presses["card"] = checkout.pay_card
            if model.due.minor > 20_000:
                presses["some_cash"] = lambda: checkout.pay_cash(money(20_000))
                presses["some_card"] = lambda: checkout.pay_card(money(10_000))
        if model.due.minor <= 0 and model.tenders and self.chance.random() < 0.3:
            presses["undo_tender"] = lambda: checkout.remove_tender(model.tenders[-1].tender_id)
        if model.can_save:
            presses["save"] = checkout.save
        return presses

    # What must hold

    def look(self) -> None:
        model, journal = self.till.model, self.bench.journal
        self.seen.add(model.state)
        live = [row for row in journal.rows.values() if row.state is RedemptionState.HELD]
        replaced = {row.replaces for row in live}
        standing = [(row.bill_id, row.programme_id) for row in live if row.redemption_id not in replaced]
        assert len(set(standing)) == len(standing)
        assert model.paid + model.due == model.total
        for receipt in journal.saved.values():
            discounts = [one for line in receipt.lines for one in line.discounts if one.key.rule_id in BY_POINTS]
            off = sum(one.amount.minor for one in discounts)
            assert off == sum(one.amount.minor for one in receipt.redemptions)
            assert receipt.total == receipt.currency.total(
                tender.amount - (tender.rounding or receipt.currency.zero()) for tender in receipt.tenders
            )

    def heal(self) -> None:
        """The line is back, the cashier brings the sale to its end."""
        bench = self.bench
        bench.backend.down = False
        bench.backend.drops.clear()
        bench.backend.loses.clear()
        bench.card.script.clear()
        for _ in range(40):
            bench.stepped.run_all()
            bench.stepped.advance(70)
            bench.stepped.run_all()
            if self.finished():
                break
        self.till.outbox.wake()
        bench.stepped.run_all()
        self.check()

    def finished(self) -> bool:
        checkout, model, state = self.till.checkout, self.till.model, self.till.stands()
        if state is S.SELLING and not model.tenders:
            return checkout.abandon()
        ends: dict[CheckoutState, Press] = {
            S.SELLING: checkout.begin_payment,
            S.PAYING: self.end_payment,
            S.CODE: lambda: (
                checkout.submit_code(RIGHT) if model.code and not model.code.over else checkout.cancel_code()
            ),
            S.UNSURE: checkout.cancel_ask,
            S.UNCLEAR: checkout.ask_terminal_again,
            S.SAVED: checkout.next_sale,
        }
        ends.get(state, lambda: None)()
        return False

    def end_payment(self) -> None:
        checkout, model = self.till.checkout, self.till.model
        if model.due.minor > 0:
            checkout.pay_cash()
        elif model.due.minor < 0:
            checkout.remove_tender(model.tenders[-1].tender_id)
        elif model.can_save:
            checkout.save()
        else:
            checkout.back_to_bill()

    def check(self) -> None:
        bench, backend, journal = self.bench, self.bench.backend, self.bench.journal
        assert journal.waiting_count() == 0
        assert not [draft for draft in journal.drafts() if draft.tenders]
        assert [backend.held(name) for name in backend.posted] == [0, 0]
        assert backend.bills.keys() == journal.saved.keys()
        assert sorted(backend.earned) == sorted(journal.saved)
        assert not [item for item in backend.items if "expired" not in item]
        shown = sum(one.points.units for receipt in journal.saved.values() for one in receipt.redemptions)
        assert shown == sum(backend.spent.values()) + backend.short
        for receipt in journal.saved.values():
            assert len(backend.captured(receipt.bill_id)) == len(receipt.redemptions)
        assert not [one for one in backend.holds.values() if one.state is HoldState.HELD]
        cards = {t.tender_id: t.amount for r in journal.saved.values() for t in r.tenders if t.mode is PaymentMode.CARD}
        assert bench.card.taken == cards
        attempts = [attempt for bill_id in journal.saved for attempt in journal.attempts(bill_id)]
        assert {one.tender_id for one in attempts if one.state is AttemptState.APPROVED} == cards.keys()

    def note(self, what: str) -> None:
        self.trace.append(what)


@pytest.mark.parametrize("block", range(10))
def test_whatever_is_pressed_nothing_is_lost_and_nothing_doubled(block: int) -> None:
    for seed in range(block * WALKS, (block + 1) * WALKS):
        walk = Walk(seed)
        try:
            walk.run()
        except (AssertionError, RuntimeError, LookupError, ValueError) as broken:
            broken.add_note(f"seed {seed}: {walk.trace}")
            raise


def test_walks_really_go_through_the_machine() -> None:
    seen: set[CheckoutState] = set()
    for seed in range(100):
        walk = Walk(seed)
        walk.run()
        seen |= walk.seen
    assert seen == set(CheckoutState)
