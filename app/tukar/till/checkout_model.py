"""What the payment screens draw: the one state, and a frozen snapshot of money, points, code and terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from tukar.domain.money import Money, Quantity
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import ChallengeAnswer, RedemptionState
from tukar.domain.stored_value import StoredBalance
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.agreed import Part
from tukar.till.notices import Notice
from tukar.till.ports import Deadline, PrinterState, RedemptionRow
from tukar.till.return_receipt import PointsBack


class CheckoutState(StrEnum):
    """Where the sale in hand stands; the picture is in ``checkout``."""

    SELLING = "selling"
    PAYING = "paying"
    CODE = "code"
    ASKING = "asking"
    UNSURE = "unsure"
    TERMINAL = "terminal"
    UNCLEAR = "unclear"
    SAVING = "saving"
    SAVED = "saved"


_C = CheckoutState
CHECKOUT_MOVES: Mapping[CheckoutState, frozenset[CheckoutState]] = MappingProxyType(
    {
        _C.SELLING: frozenset({_C.PAYING}),
        _C.PAYING: frozenset({_C.SELLING, _C.CODE, _C.ASKING, _C.TERMINAL, _C.UNCLEAR, _C.SAVING}),
        _C.CODE: frozenset({_C.PAYING, _C.ASKING}),
        _C.ASKING: frozenset({_C.PAYING, _C.CODE, _C.UNSURE}),
        _C.UNSURE: frozenset({_C.PAYING, _C.ASKING}),
        _C.TERMINAL: frozenset({_C.PAYING, _C.UNCLEAR}),
        _C.UNCLEAR: frozenset({_C.PAYING, _C.TERMINAL}),
        _C.SAVING: frozenset({_C.PAYING, _C.SAVED}),
        _C.SAVED: frozenset({_C.SELLING}),
    }
)
"""Every way through a checkout; whatever is not here raises ``IllegalCheckoutError``."""


class IllegalCheckoutError(RuntimeError):
    """A verb was used where the machine does not allow it: the screen should not have offered it."""


class Check(StrEnum):
    """What the backend made of the points on this bill so far, without reserving any (QUOTED)."""

    NONE = "none"
    ASKING = "asking"
    AGREED = "agreed"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RedemptionView:
    """Points of one account on this bill, as its row says; QUOTED where nothing was asked yet.

    ``left`` is what the customer keeps; ``reserved_until`` the deadline of a hold, ``until`` the same by the wall's
    clock. ``needs_code`` says that a one-time code comes before the hold. ``on_trust``: taken without the backend's
    word, so that ``left`` is by a balance that may have changed since ``known_at``.
    """

    programme_id: str
    state: RedemptionState
    points: Points
    amount: Money
    left: Points | None = None
    reserved_until: Deadline | None = None
    until: datetime | None = None
    needs_code: bool = False
    check: Check = Check.NONE
    on_trust: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrustView:
    """Points that may be taken on trust, because the backend cannot be reached.

    ``needs_code``: the customer's code cannot be sent, so a second person answers for it. ``known_at`` is when the
    backend last said what the customer has; None where it did not say when.
    """

    points: Points
    needs_code: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeView:
    """The one-time code that is waited for. ``busy`` while it is being sent; ``sent_to`` is masked.

    ``resend_at`` is a moment on the clock that runs on (``ports.seconds_left``); None before the backend
    answered. ``over`` says that the code cannot be used any more and a new one may be sent.
    """

    programme_id: str
    points: Points
    amount: Money
    busy: bool = False
    sent_to: str = ""
    resend_at: Deadline | None = None
    sends_left: int | None = None
    tries_left: int | None = None
    over: bool = False

    @classmethod
    def of_sent(cls, row: RedemptionRow, answer: ChallengeAnswer, sent_at: float, boot_id: str) -> Self:
        """A code is on its way; its seconds count from ``sent_at``, before the request for it left."""
        return cls(
            row.programme_id,
            row.ceiling,
            row.amount,
            sent_to=answer.sent_to,
            resend_at=Deadline(boot_id, sent_at + answer.resend_in),
            sends_left=answer.sends_left,
            tries_left=answer.tries_left,
        )


@dataclass(frozen=True, slots=True)
class TerminalView:
    """A payment at the card terminal or by QR. ``payload`` is what the QR code on the screen says.

    ``label`` is the card that gets money back, where it is known. ``good_for`` are the seconds that the code counts
    from when it is first shown; ``checking`` while it is looked whether somebody has paid already.
    """

    mode: PaymentMode
    amount: Money
    payload: str = ""
    cancelling: bool = False
    giving_back: bool = False
    checking: bool = False
    good_for: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """One line of goods that come back, and what it counts for."""

    name: str
    quantity: Quantity
    money: Money


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """Goods of the sale ``number`` that pay for this bill; points go both ways.

    ``left_over`` goes back beside new goods: to ``cards`` what each names, the rest in cash. ``values`` goes back to
    gift cards and store credit in any case.
    """

    number: str
    credit: Money
    left_over: Money
    points: tuple[PointsBack, ...] = ()
    goods: tuple[GoodsBack, ...] = ()
    cards: tuple[Part, ...] = ()
    values: tuple[Part, ...] = ()

    @property
    def cash(self) -> Money:
        """What of ``left_over`` leaves the drawer, before coins round it."""
        return self.left_over - self.left_over.currency.total(amount for _, amount in self.cards)


@dataclass(frozen=True, slots=True)
class ValueView:
    """Stored value in the customer's hand: the gift card that was looked up, and their store credit.

    ``finding`` while a card is being looked up, ``asking`` while money of one is being reserved.
    """

    card: StoredBalance | None = None
    credit: StoredBalance | None = None
    finding: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class CheckoutModel:
    """Everything a payment screen shows. ``due`` below zero is money to give back before the bill can be saved.

    ``cash_due`` is ``due`` as coins can make it, ``quick_cash`` likely sums handed over. ``can_save`` says that
    nothing is left to pay. ``must_approve`` says that only a manager may save now: the hold has run out under money
    already taken. ``receipt`` is there once the bill is saved, ``printer`` once it was printed or not.
    """

    state: CheckoutState
    total: Money
    paid: Money
    due: Money
    cash_due: Money
    change: Money
    quick_cash: tuple[Money, ...] = ()
    tenders: tuple[Tender, ...] = ()
    modes: tuple[PaymentMode, ...] = (PaymentMode.CASH,)
    redemptions: tuple[RedemptionView, ...] = ()
    code: CodeView | None = None
    terminal: TerminalView | None = None
    exchange: ExchangeView | None = None
    value: ValueView = ValueView()
    can_save: bool = False
    must_approve: bool = False
    receipt: Receipt | None = None
    printer: PrinterState | None = None
    notice: Notice | None = None

    @property
    def waits(self) -> bool:
        """Whether something is under way that the cashier cannot hurry."""
        return self.state in (CheckoutState.ASKING, CheckoutState.TERMINAL, CheckoutState.SAVING) or (
            self.code is not None and self.code.busy
        )
