"""A cashier: plans a sale, acts on what the checkout shows, thinks for a while, and never does what it forbids."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from tests.simulation import shop
from tests.simulation.clerk import ShiftKeeper, fuss
from tests.simulation.desk_plays import DeskPlays
from tests.simulation.front_plays import FrontPlays
from tests.simulation.held_desk import HeldDesk
from tests.simulation.server import SimulatedServer
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import World
from tukar.domain.bill import CustomerSource
from tukar.domain.money import Money, Quantity
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.redemption import OneTimeCode
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.permitting import Permit
from tukar.till.ports import Refused, Unreachable
from tukar.till.returning import Returning
from tukar.till.returning_model import NEW_BILL, ReturnStep

_C = CheckoutState
_CODE: Final = re.compile(r"\b(\d{6})\b")
LOOK_AGAIN: Final = 1.5
PATIENCE_TURNS: Final = 12
BETWEEN: Final = 0.15
"""How often each thing is done at the sheets between two sales."""
AT_FRONT: Final = 0.09
"""The same with a bill in hand."""
BACK_AT_FRONT: Final = 0.4
"""How often goods come back to where there are more things to do with them."""
EXCHANGES: Final = 0.5
"""How often other goods are taken for those that come back."""
VALUE_TURNS: Final = 4
"""So often a gift card is tried before the customer pays otherwise."""


@dataclass
class Plan:
    """What this sale is to become, and how far it is."""

    member: str = ""
    reward: str = ""
    limited: str = ""
    """What it takes of what is limited, beside or without points."""
    points: int = 0
    pieces: int = 2
    pay: str = "cash"
    card: str = ""
    sells_card: bool = False
    value_turns: int = 0
    end: str = "save"
    edit: str = ""
    wrong_codes: int = 0
    resumed: bool = False
    looked_up: bool = False
    fronted: bool = False
    wonders: bool = True
    waiting: bool = False
    claimed: bool = False
    turns_in_state: int = 0
    state: CheckoutState | None = None
    unclear_asked: int = 0
    codes_tried: set[str] = field(default_factory=set)
    resends: int = 0


class Cashier:
    """Rings ``sales`` sales at one till. ``is_done`` once there is nothing in hand and nothing left to ring."""

    def __init__(self, world: World, till: SimulatedTill, server: SimulatedServer, sales: int) -> None:
        self.world = world
        self.till = till
        self.server = server
        self.sales_left = sales
        self.saved = 0
        self.saved_late = 0
        self.resends = 0
        self.slow = 0.0
        self.fanciful = 0.0
        self.sets_aside = 0.0
        self.loses_line = 0.0
        """How often the line is gone when a customer is about to pay."""
        self.mistypes = 0.0
        """How often a code is typed wrong, by one whose customers all pay with points that need one."""
        self.phone: Callable[[str], list[str]] = lambda mobile: server.phones.get(mobile, [])
        """The messages on a customer's phone, oldest first."""
        self.on_turn: Callable[[TillLife], None] = lambda _: None
        self._return_of = ""
        """The number of a sale whose goods are coming back."""
        self._sheet_turns = 0
        self.claims_more = False
        """Whether there are rules that leave something for later."""
        self.looks_left = 0
        """How often this cashier still looks whether a bill waits that was set aside."""
        self._looks_at_list = False
        self._plan: Plan | None = None
        self._looks_for_money = False
        self.shift = ShiftKeeper(till.till_id)
        self._plays: FrontPlays | None = None
        """What is done at the till's other sheets, where it has them."""
        till.ready = self._ready

    @property
    def is_done(self) -> bool:
        # Asked after every event, and mostly answered by the first of these.
        if self._plan is not None or self.sales_left or self._looks_for_money or self._return_of:
            return False
        life = self.till.life
        if self._looks_at_list or self.looks_left or life is None or not life.alive or life.recovered is None:
            return False
        if self._plays is not None and self._plays.is_at_work:
            return False
        checkout = life.checkout
        at_rest = checkout.state is _C.SELLING and life.sale.bill.is_empty
        return at_rest and not checkout.model.tenders and checkout.model.exchange is None

    def hurry(self) -> None:
        """Closing time: what is in hand is finished, nothing new begins."""
        self.sales_left = self.looks_left = 0

    def _pick(self, what: str, tame: str, *wild: tuple[str, float]) -> str:
        return self.world.choices.pick(f"{what}.{self.till.name}", tame, wild)

    # Turns

    def _ready(self, life: TillLife) -> None:
        resume = life.recovered.resume if life.recovered else None
        self._looks_for_money = any(draft.tenders for draft in (life.recovered.aside if life.recovered else ()))
        self._plan = Plan(resumed=True) if resume is not None else None
        self._return_of, self._looks_at_list = "", False
        if self.shift.is_kept:
            self.shift.begin(life)
        self._plays = None
        if life.front is not None:
            number = f"+62812{self.till.till_id[0]}000000"
            self._plays = (
                FrontPlays(life, life.front, self._pick, number, self.server.cards_sold)
                if life.desk is None
                else DeskPlays(life, life.desk, self._pick, number, self.server.cards_sold)
            )
            self._plays.arrive()
            if resume is None:
                self._plays.between(BETWEEN)
        self._next_turn(life, 1.0)

    def _next_turn(self, life: TillLife, seconds: float) -> None:
        def turn() -> None:
            self.on_turn(life)
            if life.desk is not None:
                life.desk.look()
            if self._plays is not None and self._plays.is_at_work:
                self._plays.touch()
                again = LOOK_AGAIN
            else:
                again = self._act(life, life.checkout.model)
            if again >= 0:
                self._next_turn(life, again)

        self.world.after(seconds, lambda: life.background.guarded(turn))

    def _think(self) -> float:
        part = self.slow
        return self.world.choices.pick(
            f"think.{self.till.name}",
            2.0,
            ((45.0, part), (700.0, part / 2), (1500.0, part / 3), (2500.0, part / 3), (8000.0, part / 4)),
        )

    def _act(self, life: TillLife, model: CheckoutModel) -> float:
        plan = self._plan
        if plan is None:
            return self._begin(life)
        plan.turns_in_state = plan.turns_in_state + 1 if plan.state is model.state else 0
        plan.state = model.state
        if plan.waiting:
            return LOOK_AGAIN
        turns: dict[CheckoutState, Callable[[TillLife, Plan, CheckoutModel], float]] = {
            _C.SELLING: self._sell,
            _C.PAYING: self._pay,
            _C.CODE: self._code,
            _C.ASKING: self._wait,
            _C.SAVING: self._wait,
            _C.UNSURE: self._unsure,
            _C.TERMINAL: self._terminal,
            _C.UNCLEAR: self._unclear,
            _C.SAVED: self._over,
        }
        return turns[model.state](life, plan, model)

    def _begin(self, life: TillLife) -> float:
        if self._looks_for_money:
            self._looks_for_money = False
            life.begin(lambda: self._ready(life))
            return -1
        if self._return_of:
            return self._take_back(life)
        if life.held is not None and (self._looks_at_list or self._looks_again()):
            return self._take_up(life, life.held)
        if not self.sales_left:
            return self._end(life)
        self.sales_left -= 1
        self._plan = self._new_plan()
        return self._think()

    def _end(self, life: TillLife) -> float:
        """Closing time; goods that were to pay for other ones stay with the customer after all."""
        if life.checkout.model.exchange is not None:
            life.checkout.abandon()
            return LOOK_AGAIN
        if self.shift.is_kept:
            self.shift.end(life)
        return -1

    def _new_plan(self) -> Plan:
        part = self.fanciful
        return Plan(
            member=self._pick("who", "dewi", ("budi", 0.25), ("siti", 0.15), ("", 0.05)),
            reward=self._reward(),
            limited=self._limited(),
            points=self.world.choices.pick(f"points.{self.till.name}", 300, ((50, 0.2), (500, 0.2), (120, 0.2))),
            pieces=self.world.choices.pick(f"pieces.{self.till.name}", 2, ((1, 0.1), (4, 0.2))),
            pay=self._pick(
                "pay", "cash", ("card", 0.3), ("qr", 0.05), ("split", 0.2), ("gift", 0.15), ("credit", 0.07)
            ),
            card=self._pick("gift-code", "CARD-AAAA", ("CARD-BBBB", 0.25), ("sold", 0.3), ("none such", 0.05)),
            sells_card=self._pick("sells", "", ("a card", 0.1)) != "",
            end=self._pick("end", "save", ("abandon", part), ("aside", self.sets_aside or part / 2)),
            edit=self._pick(
                "edit",
                "",
                ("more", part),
                ("less", part),
                ("customer", part / 2),
                ("points", part),
                ("voucher", part / 2),
            ),
            wrong_codes=self.world.choices.pick(
                f"wrong.{self.till.name}", 0, ((1, self.mistypes or part), (6, self.mistypes or part / 3))
            ),
        )

    def _reward(self) -> str:
        if self.loses_line:
            return self._pick("reward", "order", ("points", 0.2), ("both", 0.05))
        usual = "points" if self.mistypes else "order"
        return self._pick("reward", usual, ("coffee", 0.2), ("points", 0.25), ("both", 0.15), ("none", 0.1))

    def _limited(self) -> str:
        """On another backend nobody holds what is limited without points, so nobody hands it out."""
        if self.till.other_backend is not None:
            return ""
        part = 0.3 if self.loses_line else 1.0
        return self._pick("limited", "", ("few", 0.15 * part), ("voucher", 0.15 * part), ("both", 0.05 * part))

    def _over(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        self.saved += 1
        self._plan = None
        receipt = life.checkout.model.receipt
        comes_back = self.fanciful if self._plays is None else BACK_AT_FRONT
        if receipt is not None and self._pick("return", "", ("comes", comes_back)) == "comes":
            self._return_of, self._sheet_turns = self._bill_brought(str(receipt.number)), 0
        life.checkout.next_sale()
        if self.loses_line and self._pick("off", "", ("and on", 0.5)) == "and on":
            life.close()
            self.world.after(5.0, self.till.start)
            return -1
        return self._think()

    # Bills set aside

    def _looks_again(self) -> bool:
        looks = self.looks_left > 0 and (not self.sales_left or self._pick("look", "", ("first", 0.3)) == "first")
        self.looks_left -= looks
        return looks

    def _take_up(self, life: TillLife, held: HeldDesk) -> float:
        """One look at the list of bills set aside; the one taken up is sold like any other."""
        if not life.sale.bill.is_empty:
            self._looks_at_list = False
            self._plan = replace(self._new_plan(), resumed=True, member="", edit="", wrong_codes=0)
        elif not self._looks_at_list:
            self._looks_at_list = True
            held.look()
        elif held.choose(self._pick("held", "take", ("close", 0.15), ("own", 0.1))):
            self._looks_at_list = not life.sale.bill.is_empty
        return LOOK_AGAIN

    # Goods that come back

    def _bill_brought(self, own: str) -> str:
        """The number on the receipt that a customer brings: of this till, of another one, or one that nobody knows."""
        others = self.server.db.execute(
            "SELECT number FROM bills WHERE kind = 'sale' AND till_id <> ? ORDER BY bill_id", (self.till.till_id,)
        ).fetchall()
        sort = self._pick("return-of", "own", ("other", 0.2), ("unknown", 0.05))
        return f"{own}9" if sort == "unknown" else others[-1][0] if sort == "other" and others else own

    def _take_back(self, life: TillLife) -> float:
        """One step on the return sheet; whoever cannot go on goes back."""
        model, returning = life.sheet.model, life.returning
        self._sheet_turns += 1
        if model.busy:
            return LOOK_AGAIN
        if model.step is ReturnStep.CLOSED:
            if self._sheet_turns > 1:
                self._return_of = ""
            else:
                self._bring(life)
            return LOOK_AGAIN
        if self._sheet_turns > PATIENCE_TURNS or self._pick("return-step", "on", ("back", 0.05)) == "back":
            returning.back()
            if self._sheet_turns > 3 * PATIENCE_TURNS and not life.sheet.model.is_open:
                self._return_of = ""
            return self._think()
        if model.step is ReturnStep.CHOOSE:
            self._choose(returning)
            if not life.sheet.model.can_go_on:
                returning.back()
                return LOOK_AGAIN
        elif model.can_exchange and self._pick("exchange", "", ("for other goods", EXCHANGES)):
            self.sales_left += 1
            returning.choose_card(NEW_BILL)
        elif model.step is ReturnStep.AGREED and model.cards:
            returning.choose_card(0 if self._pick("return-to", "card", ("cash", 0.3)) == "card" else -1)
        returning.go_on()
        return self._think()

    def _bring(self, life: TillLife) -> None:
        """The receipt is scanned, or its number typed."""
        returning = life.returning
        if life.front is None:
            returning.open(self._return_of)
        elif self._pick("bring", "scans", ("types", 0.5)) == "scans":
            life.front.scanning().scanned(self._return_of)
        else:
            returning.open()
            returning.type(self._return_of)
            returning.go_on()

    def _choose(self, returning: Returning) -> None:
        """All of it, one piece, or this and that until the customer is sure."""
        what = self._pick("return-what", "all", ("one", 0.3), ("unsure", 0.15))
        if what == "one":
            returning.choose(0)
            returning.more()
        elif what == "unsure":
            returning.give_reason("too sweet")
            for step in (returning.more, returning.more, returning.fewer):
                step()
            returning.move(1)
            returning.toggle(0)
            returning.toggle(0)
            returning.toggle(0)
        else:
            returning.take_all()

    # The bill

    def _sell(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        sale, checkout = life.sale, life.checkout
        if plan.member and not plan.looked_up and not plan.resumed:
            plan.looked_up = True
            self._look_up(life, plan)
            return LOOK_AGAIN
        if sale.bill.is_empty:
            if plan.resumed:
                self._plan = None
                return LOOK_AGAIN
            sale.add(shop.items()[shop.RICE], Quantity.of(plan.pieces))
            sale.add(shop.items()[shop.COFFEE_TIN])
            if plan.sells_card:
                code = f"SOLD-{sale.bill.bill_id[-12:]}"
                sale.add_gift_card(shop.items()[shop.GIFT], code)
                self.server.cards_sold.append(code)
            if self._pick("fuss", "", ("over it", self.fanciful / 3)):
                fuss(life)
            return self._think()
        if not plan.claimed and not plan.resumed:
            if self._plays is not None and not plan.fronted:
                plan.fronted = True
                self._plays.on_bill(AT_FRONT)
            else:
                plan.claimed = True
                self._claim(life, plan)
            return self._think()
        if plan.end == "aside" and not checkout.model.tenders:
            self._plan = None
            if life.held is None:
                checkout.put_aside()
            else:
                life.held.set_aside()
            return self._think()
        self._before_payment(life)
        checkout.begin_payment()
        self._wonder(plan)
        return self._think()

    def _wonder(self, plan: Plan) -> None:
        if self._plays is not None and plan.wonders:
            plan.wonders = False
            self._plays.wonder()

    def _before_payment(self, life: TillLife) -> None:
        """What other bills hold is let go on the manager's word; and a line is lost just now."""
        releasing = life.checkout.releasing
        if releasing.elsewhere is not None and self._pick("release", "", ("asks", 0.2)) == "asks":
            releasing.ask(lambda _: None)
        part = self.loses_line
        lost = self.world.choices.pick(f"lost.{self.till.name}", 0.0, ((60.0, part), (3000.0, part / 8)))
        if lost:
            self.till.wire.cut(lost)

    def _look_up(self, life: TillLife, plan: Plan) -> None:
        plan.waiting = True

        def found(account: LoyaltyAccount) -> None:
            plan.waiting = False
            life.line.heard()
            if not life.sale.locked and self._plan is plan:
                life.sale.set_customer(account, CustomerSource.MOBILE)

        def not_found(trouble: Exception) -> None:
            plan.waiting = False
            if isinstance(trouble, Unreachable):
                life.line.lost()
            elif not isinstance(trouble, Refused):
                raise trouble

        life.background.run(lambda: life.backend.member(plan.member), found, not_found)

    def _claim(self, life: TillLife, plan: Plan) -> None:
        if plan.limited in ("few", "both"):
            life.sale.claim(shop.FEW)
        if plan.limited in ("voucher", "both"):
            life.sale.enter_code(shop.VOUCHER)
        if self.claims_more:
            self._claim_more(life)
        if life.sale.bill.customer is None:
            return
        if plan.reward in ("order", "both"):
            life.sale.claim(shop.ORDER)
        if plan.reward == "coffee":
            life.sale.claim(shop.FREE_COFFEE)
        if plan.reward in ("points", "both"):
            life.checkout.choose_points(shop.REWARD, Points(plan.points), shop.AS_MONEY)

    def _claim_more(self, life: TillLife) -> None:
        """What an earlier bill left, and a ticket of the book that some of the customers share."""
        more = self._pick("more", "next", ("both", 0.3), ("book", 0.2))
        if more != "book":
            life.sale.claim(shop.NEXT_TIME)
        if more != "next":
            life.sale.enter_code(shop.BOOK)

    def _edit(self, life: TillLife, plan: Plan) -> None:
        edit, plan.edit = plan.edit, ""
        sale = life.sale
        rice = next((line for line in sale.bill.lines if line.item.sku == shop.RICE), None)
        if edit == "more":
            sale.add(shop.items()[shop.MILK], Quantity.of(3))
        elif edit == "less" and rice is not None:
            sale.set_quantity(rice.line_id, Quantity.of(1))
        elif edit == "customer":
            sale.set_customer(None)
        elif edit == "voucher" and self.till.other_backend is None:
            (sale.remove_code if shop.VOUCHER in sale.bill.codes else sale.enter_code)(shop.VOUCHER)
        elif edit == "points" and sale.bill.customer is not None:
            wanted = Points(plan.points + self.world.choices.pick(f"other.{self.till.name}", -20, ((50, 0.5),)))
            life.checkout.choose_points(shop.REWARD, wanted, shop.AS_MONEY)

    # Money

    def _pay(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        checkout = life.checkout
        if plan.edit and not plan.resumed:
            checkout.back_to_bill()
            self._edit(life, plan)
        elif plan.end == "abandon" and not model.tenders:
            self._plan = None
            checkout.abandon()
        elif model.must_approve:
            self._manager(life, plan, model)
        elif model.can_save:
            checkout.save()
        elif model.due.minor < 0:
            checkout.remove_tender(model.tenders[-1].tender_id)
        else:
            self._tender(life, plan, model)
        return self._think()

    def _tender(self, life: TillLife, plan: Plan, model: CheckoutModel) -> None:
        part = Money(30_000, shop.CURRENCY)
        if self._plays is not None and plan.turns_in_state < PATIENCE_TURNS:
            sold = self.server.cards_sold
            if self._plays.pay(plan.pay, sold[-1] if plan.card == "sold" and sold else plan.card):
                return
        if plan.pay in ("gift", "credit") and self._by_value(life, plan, model):
            return
        if plan.pay == "split" and model.due > part and not model.tenders:
            life.checkout.pay_cash(part)
        elif plan.pay in ("card", "split") and plan.turns_in_state < PATIENCE_TURNS:
            life.checkout.pay_card()
        elif plan.pay == "qr" and plan.turns_in_state < PATIENCE_TURNS:
            life.checkout.pay_qr()
        else:
            life.checkout.pay_cash(model.quick_cash[-1] if model.quick_cash else None)

    def _by_value(self, life: TillLife, plan: Plan, model: CheckoutModel) -> bool:
        """By gift card or store credit, as much as the customer wants of it; False once it is no use."""
        plan.value_turns += 1
        value, wanted = model.value, PaymentMode.GIFT_CARD if plan.pay == "gift" else PaymentMode.STORE_CREDIT
        paid = any(tender.mode is wanted for tender in model.tenders)
        if plan.value_turns > VALUE_TURNS or paid or wanted not in model.modes:
            return False
        held = value.card if plan.pay == "gift" else value.credit
        if held is not None:
            some = self._pick("value-part", "all", ("some", 0.3)) == "some"
            life.checkout.value.pay(held, min(held.balance, model.due, Money(20_000, shop.CURRENCY)) if some else None)
        elif plan.pay == "gift" and not value.finding:
            sold = self.server.cards_sold
            life.checkout.value.find_card(sold[-1] if plan.card == "sold" and sold else plan.card)
        return plan.pay == "gift" or held is not None

    def _manager(self, life: TillLife, plan: Plan, model: CheckoutModel) -> None:
        """A hold ran out under money already taken."""
        does = self._pick("manager", "late", ("back", 0.3))
        if model.due.minor > 0 or (does == "back" and model.tenders):
            if model.tenders:
                plan.pay = "cash"
                life.checkout.remove_tender(model.tenders[-1].tender_id)
            return
        if model.due.minor == 0:
            self.saved_late += 1
            life.checkout.save(late_by=shop.MANAGER)

    # Points

    def _code(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        view = model.code
        if view is None or view.busy:
            return LOOK_AGAIN
        if self._trusts(life):
            return self._think()
        customer = life.sale.bill.customer
        is_known = customer is not None and customer.member_id in shop.MEMBERS
        phone = self.phone(shop.mobile(customer.member_id)) if customer is not None and is_known else []
        codes = [found[1] for message in phone if (found := _CODE.search(message))]
        fresh = [code for code in codes if code not in plan.codes_tried]
        # Whoever was not told that a code is on its way may not ask the customer for it.
        untold = not view.sent_to and not view.over and self._pick("untold", "asks", ("again", 0.5)) == "again"
        if view.over or untold or (not fresh and plan.turns_in_state > 4):
            return self._no_code(life, plan)
        if plan.wrong_codes:
            plan.wrong_codes -= 1
            self._submit(life, "000000")
        elif fresh:
            plan.codes_tried.add(fresh[-1])
            self._submit(life, fresh[-1])
        else:
            return 5.0
        return self._think()

    @staticmethod
    def _submit(life: TillLife, code: str) -> None:
        """On the sheet where there is one."""
        if life.front is None:
            life.checkout.submit_code(OneTimeCode(code))
        else:
            life.front.redeem.code_typed(code)
            life.front.redeem.go_on()

    def _no_code(self, life: TillLife, plan: Plan) -> float:
        plan.resends += 1
        plan.turns_in_state = 0
        overriding = life.checkout.overriding
        if overriding.about is not None and self._pick("no-code", "", ("manager", 0.25)) == "manager":
            if life.front is not None:
                life.front.redeem.ask_second_person()
                return LOOK_AGAIN
            word = Permit(shop.CASHIER.staff_id, shop.MANAGER.staff_id, shop.PIN)
            overriding.override(word, "no code came")
            return 5.0
        if plan.resends > 3 or self._pick("resend", "yes", ("no", 0.3)) == "no":
            life.checkout.cancel_code()
        else:
            # Where the first sending was never heard of, "again" asks for that same one.
            view = life.checkout.model.code
            self.resends += int(view is not None and (view.over or bool(view.sent_to)))
            life.checkout.resend_code()
        return 35.0

    def _wait(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        impatient = model.state is _C.ASKING and plan.turns_in_state > 3
        if impatient and self._pick("patience", "waits", ("cancels", 0.02 if self.loses_line else 0.15)) == "cancels":
            life.checkout.cancel_ask()
        return LOOK_AGAIN

    def _trusts(self, life: TillLife) -> bool:
        """Nobody answers, and the shop lets its tills take points all the same."""
        trusting = life.checkout.trusting
        if trusting.offer is None or self._pick("trust", "takes", ("waits", 0.3)) == "waits":
            return False
        trusting.take()
        return True

    def _unsure(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        if self._trusts(life):
            return self._think()
        does = self._pick("unsure", "again", ("cancel", 0.35), ("late", 0.1))
        if does == "late" and model.tenders and model.must_approve and model.due.minor == 0:
            self.saved_late += 1
            life.checkout.save(late_by=shop.MANAGER)
        elif does == "cancel" or plan.turns_in_state > PATIENCE_TURNS:
            life.checkout.cancel_ask()
        else:
            life.checkout.ask_again()
        return self._think()

    # Terminal

    def _terminal(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        if life.front is not None and plan.turns_in_state:
            life.front.paying.check()
        if plan.turns_in_state > 20 and self._pick("cancel-card", "waits", ("cancels", 0.5)) == "cancels":
            life.checkout.cancel_terminal()
        return LOOK_AGAIN if plan.turns_in_state < 20 else 30.0

    def _unclear(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        plan.unclear_asked += 1
        if plan.unclear_asked > 4 or self._pick("unclear", "ask", ("aside", 0.1)) == "aside":
            life.checkout.set_payment_aside()
        else:
            life.checkout.ask_terminal_again()
        return self._think()
