"""Redeeming points with a one-time code: how many, the code, and the one thing that Enter does next.

The figures are worked out from the bill as it would be, so that what is shown is what is taken. Nothing is on the bill
before the cashier says so; from then on the checkout's own state is what is drawn (redemption.md, principle 7).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from tukar.domain.bill import Claim, OfferKey
from tukar.domain.money import Money
from tukar.domain.offer import Offer, PointsRange, WhyNot
from tukar.domain.points import Points
from tukar.domain.pricing.result import AppliedPromotion, PricedBill
from tukar.domain.redemption import CODE_DIGITS, OneTimeCode
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutModel, CheckoutState, CodeView
from tukar.till.needs import limited_need
from tukar.till.notices import Level, Notice, Say
from tukar.till.overriding import Overriding
from tukar.till.point_choices import Suggestion, leaving_round_sum, suggestions
from tukar.till.ports import Clock, seconds_left
from tukar.till.redeem_model import NO_POINTS, RedeemModel, RedeemNext, RedeemStep
from tukar.till.releasing import Releasing
from tukar.till.sale import Sale
from tukar.till.trusting import Trusting

_C = CheckoutState
_OPEN: Final = frozenset({_C.CODE, _C.UNSURE})
_MOST_DIGITS: Final = 9


class RedeemView(Protocol):
    """Where the sheet is shown."""

    def show_redeem(self, model: RedeemModel) -> None: ...


class RedeemDesk(Protocol):
    """What of the checkout redeeming uses; ``Checkout`` is one."""

    @property
    def model(self) -> CheckoutModel: ...

    @property
    def overriding(self) -> Overriding: ...

    @property
    def trusting(self) -> Trusting: ...

    @property
    def releasing(self) -> Releasing: ...

    def choose_points(self, programme_id: str, points: Points, key: OfferKey | None = None) -> bool: ...

    def send_code(self, programme_id: str) -> None: ...

    def resend_code(self) -> None: ...

    def submit_code(self, code: OneTimeCode) -> None: ...

    def cancel_code(self) -> None: ...

    def ask_again(self) -> None: ...

    def cancel_ask(self) -> None: ...


class Redeem:
    """Leads through redeeming. It opens by itself where a code is waited for, and closes once the points are held."""

    def __init__(
        self,
        *,
        view: RedeemView,
        sale: Sale,
        checkout: RedeemDesk,
        clock: Clock,
        background: Background,
        notes: Sequence[int] = (),
    ) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._clock = clock
        self._background = background
        self._notes = notes
        self._is_open = False
        self._offer: Offer | None = None
        self._points = NO_POINTS
        self._fresh = True
        self._digits = ""
        self._retyping = False
        self._notice: Notice | None = None
        self._state = checkout.model.state
        self._ticking = False
        self._model = RedeemModel()

    # What the cashier does

    def open(self) -> None:
        """F8: how many points? Starts at what is on the bill already, else at the suggestion, else at the most."""
        if self._checkout.model.state not in (_C.SELLING, _C.PAYING):
            return
        self._is_open = True
        self._notice = None
        self._offer = self._find_offer()
        self._points = self._first_points()
        self._fresh = True
        self._show()

    def set_points(self, units: int) -> None:
        """The slider or a suggestion; what is beyond the limits stops at them."""
        limits = self._limits()
        if limits is not None and self._step() is RedeemStep.AMOUNT:
            within = min(max(units, 0), limits.most.units)
            self._points, self._fresh = replace(self._points, units=within), True
            self._show()

    def type_digits(self, digits: str) -> None:
        """The keypad or keyboard types points; a suggestion is replaced by the first key."""
        limits = self._limits()
        if limits is None or self._step() is not RedeemStep.AMOUNT:
            return
        scale = 10**limits.most.digits
        kept = 0 if self._fresh else self._points.units // scale
        typed = f"{kept}{digits}"
        if len(typed) <= _MOST_DIGITS:
            self._points = replace(self._points, units=min(int(typed) * scale, limits.most.units))
            self._fresh = False
            self._show()

    def erase(self) -> None:
        """Takes the last digit of the points back; of a suggestion, all."""
        if self._step() is RedeemStep.AMOUNT:
            scale = 10**self._points.digits
            units = 0 if self._fresh else self._points.units // scale // 10 * scale
            self._points, self._fresh = replace(self._points, units=units), False
            self._show()

    def clear(self) -> None:
        if self._step() is RedeemStep.AMOUNT:
            self._points, self._fresh = replace(self._points, units=0), False
            self._show()

    def code_typed(self, digits: str) -> None:
        """What stands in the boxes now. The digits stay here and are in no model."""
        self._digits = digits
        self._retyping = True
        self._show()

    def resend(self) -> None:
        """Sends a new code, once that is allowed."""
        if self._step() is RedeemStep.CODE and not self._model.resend_in:
            self._digits = ""
            self._checkout.resend_code()

    def ask_second_person(self) -> None:
        """No code comes, or it cannot be used: somebody else answers for the customer's consent."""
        self._checkout.overriding.ask()

    def take_on_trust(self) -> None:
        """Nobody answers: the points are taken all the same, as far as the shop allows it."""
        self._checkout.trusting.take()

    def release_elsewhere(self) -> None:
        """Another bill holds points of this customer: a second person lets them go."""
        self._checkout.releasing.ask(self._released)

    def _released(self, notice: Notice) -> None:
        if self._is_open:
            self.open()
            self._notice = notice
            self._show()

    def go_on(self) -> None:
        """Enter: whatever the green button says."""
        match self._model.next:
            case RedeemNext.SEND_CODE | RedeemNext.REDEEM | RedeemNext.TAKE_OFF:
                self._put_on_bill()
            case RedeemNext.SUBMIT:
                code, self._digits = OneTimeCode(self._digits), ""
                self._retyping = False
                self._checkout.submit_code(code)
            case RedeemNext.SEND_NEW:
                self._digits = ""
                self._checkout.resend_code()
            case RedeemNext.ASK_AGAIN:
                self._checkout.ask_again()
            case RedeemNext.NONE | RedeemNext.WAIT:
                pass

    def cancel(self) -> None:
        """Esc: no points after all. What was sent or asked for is given back."""
        state = self._checkout.model.state
        self._close()
        if state is _C.CODE:
            self._checkout.cancel_code()
        elif state in (_C.ASKING, _C.UNSURE):
            self._checkout.cancel_ask()

    # What happens

    def checkout_changed(self, model: CheckoutModel) -> None:
        """The checkout moved: a code is waited for, a hold stands, or neither."""
        before, self._state = self._state, model.state
        if model.value.asking:
            return
        if model.state in _OPEN and not self._is_open:
            self._is_open = True
            self._offer = self._find_offer()
            self._digits, self._retyping = "", False
        if model.state is _C.CODE and before is not _C.CODE:
            self._retyping = False
        if self._is_open and before in (_C.CODE, _C.ASKING, _C.UNSURE) and model.state in (_C.PAYING, _C.SELLING):
            self._close()
        elif self._is_open:
            self._show()

    def _put_on_bill(self) -> None:
        offer = self._offer
        if offer is None:
            return
        if not self._checkout.choose_points(offer.programme_id, self._points, offer.key):
            self._notice = Notice(Say.OFFER_GONE, Level.WARN, name=offer.name)
            self._show()
            return
        if self._points.units and self._model.next is RedeemNext.SEND_CODE:
            self._digits, self._retyping = "", False
            self._checkout.send_code(offer.programme_id)
        else:
            self._close()

    def _close(self) -> None:
        self._is_open = False
        self._digits, self._retyping = "", False
        self._notice = None
        self._model = RedeemModel()
        self._view.show_redeem(self._model)

    # What is shown

    def _show(self) -> None:
        self._model = self._make_model()
        self._view.show_redeem(self._model)
        if self._model.resend_in and not self._ticking:
            self._ticking = True
            self._background.after(1.0, self._tick)

    def _tick(self) -> None:
        self._ticking = False
        if self._is_open:
            self._show()

    def _step(self) -> RedeemStep:
        model = self._checkout.model
        match model.state:
            case _C.CODE:
                return RedeemStep.SENDING if model.code is not None and model.code.busy else RedeemStep.CODE
            case _C.ASKING:
                return RedeemStep.ASKING
            case _C.UNSURE:
                return RedeemStep.UNSURE
            case _:
                return RedeemStep.NOTHING if self._offer is None else RedeemStep.AMOUNT

    def _make_model(self) -> RedeemModel:
        checkout, step = self._checkout.model, self._step()
        code = checkout.code
        offer = self._offer
        customer = self._sale.bill.customer
        programme_id = code.programme_id if code else offer.programme_id if offer else ""
        balance = customer.balance(programme_id) if customer else None
        asked = code if step in (RedeemStep.CODE, RedeemStep.SENDING) else None
        trust, elsewhere = self._checkout.trusting.offer, self._checkout.releasing.elsewhere
        limited = self._limited_asked(step)
        now = self._sale.priced if step not in (RedeemStep.AMOUNT, RedeemStep.NOTHING) else self._as_if(self._points)
        return RedeemModel(
            is_open=self._is_open,
            step=step,
            offer=None if limited is None else limited.name,
            customer=customer,
            balance=balance.available if balance else None,
            points=asked.points if asked else self._points,
            limits=self._limits(),
            takes_off=limited.amount if limited else asked.amount if asked else _taken_off(now, offer),
            left_to_pay=now.total - checkout.paid,
            suggestions=self._suggestions() if step is RedeemStep.AMOUNT else (),
            code=code,
            resend_in=self._resend_in(code),
            wrong=self._is_wrong(checkout, step),
            can_go_without=self._checkout.overriding.can_ask and trust is None,
            trust=trust,
            elsewhere=elsewhere.points if elsewhere else None,
            next=self._next(checkout, step, now),
            why=self._why() if step is RedeemStep.NOTHING else None,
            notice=self._said(checkout, step),
        )

    def _limited_asked(self, step: RedeemStep) -> AppliedPromotion | None:
        """The first coupon or limited reward of a bill that spends no points: then the question is about it."""
        if step not in (RedeemStep.ASKING, RedeemStep.UNSURE) or self._sale.priced.spent:
            return None
        need = limited_need(self._sale.priced, self._sale.rules)
        claims = () if need is None else need.claims
        return next((one for one in self._sale.priced.applied if one.key in claims), None)

    def _said(self, checkout: CheckoutModel, step: RedeemStep) -> Notice | None:
        if step in (RedeemStep.AMOUNT, RedeemStep.NOTHING):
            return self._notice
        sent = checkout.notice is not None and checkout.notice.say is Say.CODE_SENT
        return None if sent or (step is RedeemStep.CODE and self._retyping) else checkout.notice

    def _is_wrong(self, checkout: CheckoutModel, step: RedeemStep) -> bool:
        notice = checkout.notice
        return step is RedeemStep.CODE and not self._retyping and notice is not None and notice.say is Say.CODE_WRONG

    def _next(self, checkout: CheckoutModel, step: RedeemStep, now: PricedBill) -> RedeemNext:
        match step:
            case RedeemStep.AMOUNT:
                return self._next_for_amount(now)
            case RedeemStep.CODE:
                if checkout.code is not None and checkout.code.over:
                    return RedeemNext.SEND_NEW
                return RedeemNext.SUBMIT if len(self._digits) == CODE_DIGITS else RedeemNext.NONE
            case RedeemStep.UNSURE:
                return RedeemNext.ASK_AGAIN
            case RedeemStep.SENDING | RedeemStep.ASKING:
                return RedeemNext.WAIT
            case RedeemStep.NOTHING:
                return RedeemNext.NONE

    def _next_for_amount(self, now: PricedBill) -> RedeemNext:
        offer = self._offer
        if offer is None:
            return RedeemNext.NONE
        if not self._points.units:
            claimed = any(applied.key == offer.key for applied in self._sale.priced.applied)
            return RedeemNext.TAKE_OFF if claimed else RedeemNext.NONE
        spent = now.spent_of(offer.programme_id)
        if not any(applied.key == offer.key for applied in now.applied) or spent is None:
            return RedeemNext.NONE
        if _taken(now, offer) != self._points:
            return RedeemNext.NONE
        account = self._sale.rules.programme.account(offer.programme_id)
        asks = account is not None and account.otp.asks_for(spent)
        held = any(
            view.programme_id == offer.programme_id
            and (view.reserved_until is not None or view.on_trust)
            and view.points >= spent
            for view in self._checkout.model.redemptions
        )
        return RedeemNext.SEND_CODE if asks and not held else RedeemNext.REDEEM

    def _resend_in(self, code: CodeView | None) -> float:
        if code is None or code.resend_at is None or code.over:
            return 0.0
        return seconds_left(self._clock, code.resend_at)

    # Figures

    def _find_offer(self) -> Offer | None:
        """The reward whose points the cashier chooses, as it is offered on the bill without it."""
        bill = self._sale.bill
        for claim in bill.claims:
            if claim.points is not None:
                bill = bill.without_claim(claim.key)
        offers = [offer for offer in self._sale.as_if(bill).offers if offer.points is not None]
        claimed = {claim.key for claim in self._sale.bill.claims if claim.points is not None}
        return next((offer for offer in offers if offer.key in claimed), offers[0] if offers else None)

    def _limits(self) -> PointsRange | None:
        return None if self._offer is None else self._offer.points

    def _first_points(self) -> Points:
        limits = self._limits()
        if self._offer is None or limits is None:
            return Points(0)
        claims = (claim.points for claim in self._sale.bill.claims if claim.key == self._offer.key)
        claimed = next((points for points in claims if points is not None), None)
        if claimed is not None:
            return min(claimed, limits.most)
        rounded = leaving_round_sum(limits, self._due_without(limits), self._notes)
        return rounded.points if rounded is not None else limits.most

    def _as_if(self, points: Points) -> PricedBill:
        offer = self._offer
        if offer is None:
            return self._sale.priced
        bill = self._sale.bill.without_claim(offer.key)
        return self._sale.as_if(bill.with_claim(Claim(offer.key, points=points)) if points.units else bill)

    def _due_without(self, limits: PointsRange) -> Money:
        """What would be left to pay without these points."""
        return self._as_if(Points(0, limits.most.digits)).total - self._checkout.model.paid

    def _suggestions(self) -> tuple[Suggestion, ...]:
        limits = self._limits()
        return () if limits is None else suggestions(limits, self._due_without(limits), self._notes)

    def _why(self) -> WhyNot | None:
        reasons = self._sale.explained().reasons
        rules = self._sale.rules.programme
        own = (why for why in reasons if (rule := rules.rule(why.key.rule_id)) is not None and rule.account_id)
        return next(own, reasons[0] if reasons else None)


def _taken_off(priced: PricedBill, offer: Offer | None) -> Money:
    zero = priced.total.currency.zero()
    return next((one.amount for one in priced.applied if offer is not None and one.key == offer.key), zero)


def _taken(priced: PricedBill, offer: Offer) -> Points | None:
    return next((one.spent for one in priced.applied if one.key == offer.key), None)
