"""A cashier: plans a sale, acts on what the checkout shows, thinks for a while, and never does what it forbids."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tests.simulation import shop
from tests.simulation.asking import Asking
from tests.simulation.clerk import ShiftKeeper, fuss
from tests.simulation.desk_plays import DeskPlays
from tests.simulation.front_plays import FrontPlays
from tests.simulation.goods_back import GoodsBack
from tests.simulation.held_desk import HeldDesk
from tests.simulation.plans import LOOK_AGAIN, Plan, drawn
from tests.simulation.server import SimulatedServer
from tests.simulation.tendering import Tendering
from tests.simulation.till import SimulatedTill, TillLife
from tests.simulation.world import World
from tukar.domain.bill import CustomerSource
from tukar.domain.money import Quantity
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.ports import Refused, Unreachable

_C = CheckoutState
BETWEEN: Final = 0.15
"""How often each thing is done at the sheets between two sales."""
AT_FRONT: Final = 0.09
"""The same with a bill in hand."""
BACK_AT_FRONT: Final = 0.4
"""How often goods come back to where there are more things to do with them."""


class Cashier:
    """Rings ``sales`` sales at one till. ``is_done`` once there is nothing in hand and nothing left to ring."""

    def __init__(self, world: World, till: SimulatedTill, server: SimulatedServer, sales: int) -> None:
        self.world = world
        self.till = till
        self.server = server
        self.sales_left = sales
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
        self.claims_more = False
        """Whether there are rules that leave something for later."""
        self.looks_left = 0
        """How often this cashier still looks whether a bill waits that was set aside."""
        self._looks_at_list = False
        self._plan: Plan | None = None
        self._goods_back, self._tendering, self._asking = GoodsBack(self), Tendering(self), Asking(self)
        self._looks_for_money = False
        self.shift = ShiftKeeper(till.till_id)
        self.plays: FrontPlays | None = None
        """What is done at the till's other sheets, where it has them."""
        till.ready = self._ready

    @property
    def is_done(self) -> bool:
        # Asked after every event, and mostly answered by the first of these.
        if self._plan is not None or self.sales_left or self._looks_for_money or self._goods_back.number:
            return False
        life = self.till.life
        if self._looks_at_list or self.looks_left or life is None or not life.alive or life.recovered is None:
            return False
        if self.plays is not None and self.plays.is_at_work:
            return False
        checkout = life.checkout
        at_rest = checkout.state is _C.SELLING and life.sale.bill.is_empty
        return at_rest and not checkout.model.tenders and checkout.model.exchange is None

    def hurry(self) -> None:
        """Closing time: what is in hand is finished, nothing new begins."""
        self.sales_left = self.looks_left = 0

    def pick(self, what: str, tame: str, *wild: tuple[str, float]) -> str:
        """A decision of this cashier or of the customer before them."""
        return self.world.choices.pick(f"{what}.{self.till.name}", tame, wild)

    # Turns

    def _ready(self, life: TillLife) -> None:
        resume = life.recovered.resume if life.recovered else None
        self._looks_for_money = any(draft.tenders for draft in (life.recovered.aside if life.recovered else ()))
        self._plan = Plan(resumed=True) if resume is not None else None
        self._goods_back.number, self._looks_at_list = "", False
        if self.shift.is_kept:
            self.shift.begin(life)
        self.plays = None
        if life.front is not None:
            number = f"+62812{self.till.till_id[0]}000000"
            self.plays = (
                FrontPlays(life, life.front, self.pick, number, self.server.cards_sold)
                if life.desk is None
                else DeskPlays(life, life.desk, self.pick, number, self.server.cards_sold)
            )
            self.plays.arrive()
            if resume is None:
                self.plays.between(BETWEEN)
        self._next_turn(life, 1.0)

    def _next_turn(self, life: TillLife, seconds: float) -> None:
        def turn() -> None:
            self.on_turn(life)
            if life.desk is not None:
                life.desk.look()
            if self.plays is not None and self.plays.is_at_work:
                self.plays.touch()
                again = LOOK_AGAIN
            else:
                again = self._act(life, life.checkout.model)
            if again >= 0:
                self._next_turn(life, again)

        self.world.after(seconds, lambda: life.background.guarded(turn))

    def think(self) -> float:
        """Seconds until the next touch."""
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
            _C.CODE: self._asking.code,
            _C.ASKING: self._asking.wait,
            _C.SAVING: self._asking.wait,
            _C.UNSURE: self._asking.unsure,
            _C.TERMINAL: self._tendering.terminal,
            _C.UNCLEAR: self._tendering.unclear,
            _C.SAVED: self._over,
        }
        return turns[model.state](life, plan, model)

    def _begin(self, life: TillLife) -> float:
        if self._looks_for_money:
            self._looks_for_money = False
            life.begin(lambda: self._ready(life))
            return -1
        if self._goods_back.number:
            return self._goods_back.step(life)
        if life.held is not None and (self._looks_at_list or self._looks_again()):
            return self._take_up(life, life.held)
        if not self.sales_left:
            return self._end(life)
        self.sales_left -= 1
        self._plan = drawn(self)
        return self.think()

    def _end(self, life: TillLife) -> float:
        """Closing time; goods that were to pay for other ones stay with the customer after all."""
        if life.checkout.model.exchange is not None:
            life.checkout.abandon()
            return LOOK_AGAIN
        if self.shift.is_kept:
            self.shift.end(life)
        return -1

    def _over(self, life: TillLife, plan: Plan, model: CheckoutModel) -> float:
        self._plan = None
        receipt = life.checkout.model.receipt
        comes_back = self.fanciful if self.plays is None else BACK_AT_FRONT
        if receipt is not None and self.pick("return", "", ("comes", comes_back)) == "comes":
            self._goods_back.come(str(receipt.number))
        life.checkout.next_sale()
        if self.loses_line and self.pick("off", "", ("and on", 0.5)) == "and on":
            life.close()
            self.world.after(5.0, self.till.start)
            return -1
        return self.think()

    # Bills set aside

    def _looks_again(self) -> bool:
        looks = self.looks_left > 0 and (not self.sales_left or self.pick("look", "", ("first", 0.3)) == "first")
        self.looks_left -= looks
        return looks

    def _take_up(self, life: TillLife, held: HeldDesk) -> float:
        """One look at the list of bills set aside; the one taken up is sold like any other."""
        if not life.sale.bill.is_empty:
            self._looks_at_list = False
            self._plan = replace(drawn(self), resumed=True, member="", edit="", wrong_codes=0)
        elif not self._looks_at_list:
            self._looks_at_list = True
            held.look()
        elif held.choose(self.pick("held", "take", ("close", 0.15), ("own", 0.1))):
            self._looks_at_list = not life.sale.bill.is_empty
        return LOOK_AGAIN

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
            if self.pick("fuss", "", ("over it", self.fanciful / 3)):
                fuss(life)
            return self.think()
        if not plan.claimed and not plan.resumed:
            if self.plays is not None and not plan.fronted:
                plan.fronted = True
                self.plays.on_bill(AT_FRONT)
            else:
                plan.claimed = True
                self._claim(life, plan)
            return self.think()
        if plan.end == "aside" and not checkout.model.tenders:
            self._plan = None
            if life.held is None:
                checkout.put_aside()
            else:
                life.held.set_aside()
            return self.think()
        self._before_payment(life)
        checkout.begin_payment()
        self._wonder(plan)
        return self.think()

    def _wonder(self, plan: Plan) -> None:
        if self.plays is not None and plan.wonders:
            plan.wonders = False
            self.plays.wonder()

    def _before_payment(self, life: TillLife) -> None:
        """What other bills hold is let go on the manager's word; and a line is lost just now."""
        releasing = life.checkout.releasing
        if releasing.elsewhere is not None and self.pick("release", "", ("asks", 0.2)) == "asks":
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
        more = self.pick("more", "next", ("both", 0.3), ("book", 0.2))
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
            self._tendering.manager(life, plan, model)
        elif model.can_save:
            checkout.save()
        elif model.due.minor < 0:
            checkout.remove_tender(model.tenders[-1].tender_id)
        else:
            self._tendering.tender(life, plan, model)
        return self.think()
