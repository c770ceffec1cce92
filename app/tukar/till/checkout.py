"""The one state machine of code, redemption and payment for the bill in hand.

The picture (verbs on the arrows; whatever is not drawn raises ``IllegalCheckoutError``)::

    SELLING ──begin_payment──▶ PAYING ──pay_card, pay_qr──▶ TERMINAL ──no clear answer──▶ UNCLEAR
       ▲ ◀──back_to_bill────── │ ▲ ▲ ◀────────approved, declined, cancelled────────────────┘
       │                       │ │ └──given up── CODE ◀──wrong code── ASKING ──nobody knows──▶ UNSURE
       │                       │ │               └──submit_code──────▶ │ ▲ ◀──ask_again────────┘
       │                       │ └──────────────────held, refused──────┘ └──points without a code
       │                       save
       │                       ▼
       └──next_sale── SAVED ◀─ SAVING            SAVING falls back to PAYING when the disk does not take the bill

- Points are held before money is taken: ``covering`` is the one door in front of every tender and of ``save``, and
  entering payment goes through it at once. A bill that spends no points passes without a word to the network.
- The local transaction that inserts the bill is the commit (redemption.md, principle 1). Printing, the drawer and
  the outbox come after it and never touch the bill.
- What is drawn comes from the rows: a redemption's view is its journal row, QUOTED where it has none yet.
- Everything that blocks goes through ``Background``; answers come back on the caller's thread, and one that is not
  wanted any more is not heard.

The rooms: ``stage`` holds the state, ``covering`` CODE, ASKING and UNSURE, ``tendering`` TERMINAL and UNCLEAR,
``trusting`` and ``overriding`` the ways out of them without line or code, ``valuing`` ASKING and UNSURE of gift cards
and store credit, ``finishing`` SAVING and SAVED; ``redeeming`` and ``rows`` keep the table of redemptions, ``keeping``
extends holds, ``quoting`` asks the backend beforehand, ``drafts`` keeps the sale on the disk. ``Checkout`` is what
presenters see of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from tukar.domain.bill import OfferKey
from tukar.domain.money import Money
from tukar.domain.people import StaffMember
from tukar.domain.points import Points
from tukar.domain.redemption import BillAnswer, OneTimeCode
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutModel, CheckoutState, IllegalCheckoutError
from tukar.till.covering import Covering
from tukar.till.deadlines import to_open_a_tender
from tukar.till.drafts import DraftKeeper
from tukar.till.exchanging import Exchange
from tukar.till.finishing import Finishing
from tukar.till.gear import Gear, Refresh
from tukar.till.keeping import HoldKeeper
from tukar.till.needs import points_reward
from tukar.till.notices import Level, Notice, Say
from tukar.till.overriding import Overriding
from tukar.till.ports import (
    DiskTrouble,
    Draft,
    Hold,
    PaymentAttempt,
    ReceiptPrinter,
    RedemptionRow,
    SetAside,
)
from tukar.till.quoting import Quoting
from tukar.till.refusals import disk_notice
from tukar.till.releasing import Releasing
from tukar.till.sale import Sale, SaleChange
from tukar.till.saving import Place, Saving, Wake
from tukar.till.staffing import NobodyError
from tukar.till.stage import Stage
from tukar.till.tendering import Tendering
from tukar.till.terminals import Terminals
from tukar.till.trusting import Trusting
from tukar.till.value_desk import ValueDesk
from tukar.till.views import Rooms, snapshot

_C = CheckoutState
Listener = Callable[[CheckoutModel], None]


class Checkout:
    """Everything a cashier does between "pay" and the receipt. ``model`` is what stands; listeners get every new one.

    A verb that the present state does not allow raises ``IllegalCheckoutError``; what the backend, the disk or a
    device refuses is said by ``model.notice`` instead. Called and calling back on one thread only.
    """

    def __init__(
        self,
        sale: Sale,
        gear: Gear,
        refresh: Refresh,
        outbox: Wake,
        terminals: Terminals,
        printer: ReceiptPrinter,
        place: Place,
        cashier: Callable[[], StaffMember],
    ) -> None:
        self._sale = sale
        self._gear = gear
        self._place = place
        self._cashier = cashier
        self._resuming = False
        self._held_id = ""
        self._listeners: list[Listener] = []
        self._stage = Stage(sale)
        self._covering = Covering(sale, self._stage, gear, refresh, self._money_stands)
        self.vouching = self._covering.vouching
        self.overriding = Overriding(sale, self._stage, gear, self._covering)
        self.trusting = Trusting(sale, self._stage, gear, self._covering, ZoneInfo(place.profile.time_zone))
        self._rows = self._covering.redeeming.rows
        self.releasing = Releasing(sale, self._stage, gear, self._rows)
        self._rows.on_dropped = outbox.wake
        self._rows.on_changed = self._stage.changed
        self._drafts = DraftKeeper(sale, gear.journal, gear.writer, self._draft, self._say_disk)
        self._tendering = Tendering(sale, self._stage, gear, terminals, self._covering, self._drafts)
        self.value = ValueDesk(self._stage, self._tendering)
        self._keeper = HoldKeeper(self._stage, gear, self._covering, self._money_stands)
        self._quoting = Quoting(sale, self._stage, gear, refresh, self._covering)
        saving = Saving(gear, place, printer, cashier)
        self._finishing = Finishing(
            sale, self._stage, gear, self._covering, self._tendering, self._drafts, saving, outbox
        )
        self._rooms = Rooms(sale, self._stage, self._tendering, self._covering, self._quoting)
        self._model: CheckoutModel | None = None
        sale.listen(self._bill_changed)
        self._stage.listen(self._changed)

    # What stands

    @property
    def model(self) -> CheckoutModel:
        """Made of what changed last, once for all who look."""
        if self._model is None:
            self._model = self._make_model()
        return self._model

    @property
    def state(self) -> CheckoutState:
        return self._stage.state

    @property
    def held_id(self) -> str:
        """What the bill in hand was taken up under; empty for one that no other till knows."""
        return self._held_id

    def listen(self, listener: Listener) -> None:
        """``listener`` gets every new model from now on."""
        self._listeners.append(listener)

    # To payment and back

    def begin_payment(self) -> None:
        """SELLING → PAYING. Points on the bill are held at once, with a code where the programme asks for one.

        An empty bill, or one that lacks its salesperson, stays at SELLING and says so.
        """
        self._stage.require(_C.SELLING)
        if not self._sellable():
            return
        self._stage.go(_C.PAYING)
        if self._gear.backend.capabilities.hold is not Hold.NONE:
            self._covering.cover(to_open_a_tender, self._stage.changed)

    def back_to_bill(self) -> None:
        """PAYING → SELLING; money taken and points held stay."""
        self._stage.require(_C.PAYING)
        self._stage.go(_C.SELLING)

    # Points

    def choose_points(self, programme_id: str, points: Points, key: OfferKey | None = None) -> bool:
        """Spends ``points`` of an account on this bill, none to take them off; ``key`` names the reward among several.

        False, and nothing changes, when the bill has no such reward, it would give nothing, or the money already
        taken is more than would be left.
        """
        self._stage.require(_C.SELLING, _C.PAYING)
        wanted = key or points_reward(self._sale.priced, programme_id)
        if wanted is None:
            return False
        if not points:
            self._sale.unclaim(wanted)
            return True
        before = self._sale.bill
        taken = self._sale.claim(wanted, points=points)
        if taken and self._tendering.payment.due.minor < 0:
            self._sale.resume(before)
            return False
        return taken

    def send_code(self, programme_id: str) -> None:
        """Has a one-time code sent for the points this bill spends of an account; from SELLING it enters payment."""
        self._stage.require(_C.SELLING, _C.PAYING)
        need = self._covering.needing.of(programme_id)
        if need is None or not self._sellable():
            return
        if self._stage.state is _C.SELLING:
            self._stage.go(_C.PAYING)
        self._covering.send_code(need, to_open_a_tender)

    def resend_code(self) -> None:
        """Sends the code again; after an answer that never came it is the same sending (no second SMS)."""
        self._stage.require(_C.CODE)
        self._covering.resend_code()

    def submit_code(self, code: OneTimeCode) -> None:
        """CODE → ASKING. A wrong code comes back to CODE with the tries left."""
        self._stage.require(_C.CODE)
        self._covering.submit_code(code)

    def cancel_code(self) -> None:
        """CODE → PAYING; the points come off the bill."""
        self._stage.require(_C.CODE)
        self._covering.cancel_code()

    def ask_again(self) -> None:
        """UNSURE → ASKING: the same question with the same ids."""
        self._stage.require(_C.UNSURE)
        self._tendering.asker.ask_again()

    def cancel_ask(self) -> None:
        """ASKING or UNSURE → PAYING: what was asked is given back, and the points come off the bill."""
        self._stage.require(_C.ASKING, _C.UNSURE)
        self._tendering.asker.cancel_ask()

    # Money

    def pay_cash(self, given: Money | None = None) -> None:
        """Takes cash; None = exactly what is due. Above it is change, below it a part."""
        self._stage.require(_C.PAYING)
        self._tendering.pay_cash(given)

    def pay_card(self, amount: Money | None = None) -> None:
        """PAYING → TERMINAL for all that is due, or for ``amount`` of it."""
        self._stage.require(_C.PAYING)
        self._tendering.pay_by(PaymentMode.CARD, amount)

    def pay_qr(self, amount: Money | None = None) -> None:
        """PAYING → TERMINAL for a payment by QR code; ``model.terminal.payload`` is what the code says."""
        self._stage.require(_C.PAYING)
        self._tendering.pay_by(PaymentMode.QR, amount)

    def cancel_terminal(self) -> None:
        """Asks the terminal to stop waiting; the machine moves once it has answered."""
        self._stage.require(_C.TERMINAL)
        self._tendering.cancel()

    def check_payment(self) -> None:
        """At TERMINAL: looks whether a payment by code has been made already."""
        self._stage.require(_C.TERMINAL)
        self._tendering.check()

    def ask_terminal_again(self) -> None:
        """UNCLEAR → TERMINAL: asks by reference what came of the payment."""
        self._stage.require(_C.UNCLEAR)
        self._tendering.ask_again()

    def set_payment_aside(self) -> None:
        """UNCLEAR → PAYING: the payment becomes an item for the manager, and the customer pays otherwise."""
        self._stage.require(_C.UNCLEAR)
        self._tendering.set_aside()

    def exchange(self, exchange: Exchange) -> None:
        """Goods that were agreed to come back pay for the bill in hand. It is given up with the bill."""
        self._stage.require(_C.SELLING)
        self._tendering.exchange = exchange
        self._stage.changed()

    def remove_tender(self, tender_id: str) -> None:
        """Takes a tender back: cash at once, card and QR through the terminal (PAYING → TERMINAL)."""
        self._stage.require(_C.PAYING)
        self._tendering.remove(tender_id)

    # The end of a sale

    def save(self, late_by: StaffMember | None = None) -> None:
        """PAYING → SAVING → SAVED, once nothing is left to pay.

        ``late_by`` is the manager who saves although a hold has run out under money already taken
        (``model.must_approve``); somebody without the right is refused.
        """
        self._stage.require(_C.PAYING, *((_C.UNSURE,) if late_by else ()))
        if not self._tendering.payment.settled:
            raise IllegalCheckoutError("the bill is not paid")
        if not self._sellable():
            return
        if late_by is None:
            self._finishing.save()
        else:
            self._finishing.save_late(late_by)

    def next_sale(self) -> None:
        """SAVED → SELLING with a new, empty bill."""
        self._stage.require(_C.SAVED)
        self._start()

    def abandon(self) -> bool:
        """Gives the bill up: its points go back through the outbox, its draft is deleted, a new one begins.

        False, and nothing happens, while money stands on it.
        """
        return self._leave(lambda failed: self._drafts.discard(self._sale.bill.bill_id, lambda: None, failed))

    def put_aside(self, aside: SetAside | None = None, left: Callable[[Draft], None] = lambda _draft: None) -> bool:
        """Sets the bill aside: its points go back, its draft stays to be recalled, a new one begins. See abandon.

        ``left`` gets the draft once it is on the disk.
        """
        draft = replace(self._draft(), at_payment=False, held_id="", aside=aside)
        return self._leave(lambda failed: self._drafts.leave(draft, lambda: left(draft), failed))

    def resume(
        self,
        draft: Draft,
        rows: Sequence[RedemptionRow] = (),
        unclear: PaymentAttempt | None = None,
        *,
        at_payment: bool,
        notice: Notice | None = None,
    ) -> None:
        """Takes up a recalled bill, or one that a crash left behind with its holds and tenders.

        ``unclear`` is a payment of it that nobody knows the end of; ``notice`` is what the cashier reads first.
        """
        self._stage.require(_C.SELLING)
        self._resuming, self._held_id = True, draft.held_id
        self._sale.resume(draft.bill)
        self._resuming = False
        self._rows.take_up(rows)
        self._tendering.take_up(draft.tenders)
        self._drafts.taken_up(draft)
        self._sale.reprice()
        self._stage.resume(_C.PAYING if at_payment else _C.SELLING, notice)
        for row in self._rows.reserved:
            self._covering.redeeming.look_up(row, self._keeper.answered)
        if unclear is not None:
            self._tendering.unclear(unclear)

    def delivered(self, answer: BillAnswer) -> None:
        """The backend has stored a bill: when it is the one on the screen, its points are taken now."""
        self._finishing.delivered(answer)

    # Behind it

    def _sellable(self) -> bool:
        """Whether the bill may be paid at all; says why not."""
        if self._sale.bill.is_empty:
            self._stage.say(Notice(Say.BILL_EMPTY))
        elif self._place.salesperson_required and self._sale.bill.unserved:
            self._stage.say(Notice(Say.SALESPERSON_NEEDED, Level.WARN))
        else:
            return True
        return False

    def _money_stands(self) -> bool:
        return self._tendering.money_stands or self._stage.state in (_C.TERMINAL, _C.UNCLEAR)

    def _leave(self, with_draft: Callable[[Callable[[DiskTrouble], None]], None]) -> bool:
        self._stage.require(_C.SELLING, _C.PAYING)
        if self._tendering.money_stands:
            return False
        self._covering.redeeming.drop_rows(self._rows.live, "given up", lambda: None)
        with_draft(self._say_disk)
        self._start()
        return True

    def _start(self) -> None:
        self._finishing.forget()
        self._held_id = ""
        self._tendering.take_up(())
        self._covering.forget()
        self._stage.resume(_C.SELLING)
        self._sale.start()

    def _bill_changed(self, change: SaleChange) -> None:
        """An edit under a hold (redemption.md, HELD): what is no longer needed goes back, another customer's all."""
        if self._resuming:
            return
        if self._stage.state in (_C.SELLING, _C.PAYING, _C.CODE):
            self._covering.bill_changed(change)
            self._tendering.bill_changed(change)
        self._quoting.mind()
        self._changed()

    def _draft(self) -> Draft:
        at_payment = self._stage.state is not _C.SELLING or bool(self._tendering.tenders)
        return Draft(self._sale.bill, self._tendering.tenders, at_payment, self._cashier_id(), held_id=self._held_id)

    def _cashier_id(self) -> str:
        """A bill is resumed before anybody signed in."""
        try:
            return self._cashier().staff_id
        except NobodyError:
            return ""

    def _say_disk(self, trouble: DiskTrouble) -> None:
        self._stage.say(disk_notice(trouble))

    def _changed(self) -> None:
        self._model = None
        for listener in tuple(self._listeners):
            listener(self.model)

    def _make_model(self) -> CheckoutModel:
        notes, clock, done = self._place.profile.notes, self._gear.clock, self._finishing
        return snapshot(self._rooms, notes, clock, receipt=done.receipt, printed=done.printed)
