"""What the redeem sheet shows: how far redeeming has come, its figures, and what Enter does next."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tukar.domain.money import Money
from tukar.domain.offer import LocalName, PointsRange, WhyNot
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.till.checkout_model import CodeView, TrustView
from tukar.till.notices import Notice
from tukar.till.point_choices import Suggestion

NO_POINTS: Final = Points(0)


class RedeemStep(StrEnum):
    """How far redeeming has come."""

    NOTHING = "nothing"
    """The bill has no points to redeem; ``why`` says what is missing."""
    AMOUNT = "amount"
    SENDING = "sending"
    CODE = "code"
    ASKING = "asking"
    UNSURE = "unsure"


class RedeemNext(StrEnum):
    """What Enter does; ``NONE`` while something is missing, ``WAIT`` while something is under way."""

    NONE = "none"
    WAIT = "wait"
    SEND_CODE = "send_code"
    REDEEM = "redeem"
    TAKE_OFF = "take_off"
    SUBMIT = "submit"
    SEND_NEW = "send_new"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class RedeemModel:
    """Everything the sheet shows. ``resend_in`` counts down in seconds to the next sending that is allowed.

    ``least``, ``most`` and ``step`` bound what may be spent; without them the number of points is the offer's own.
    ``left_to_pay`` is what remains after these points and the money taken so far.
    """

    is_open: bool = False
    step: RedeemStep = RedeemStep.NOTHING
    offer: LocalName | None = None
    """The name of the coupon or limited reward that is asked for, where no points are."""
    customer: LoyaltyAccount | None = None
    balance: Points | None = None
    points: Points = NO_POINTS
    limits: PointsRange | None = None
    takes_off: Money | None = None
    left_to_pay: Money | None = None
    suggestions: tuple[Suggestion, ...] = ()
    code: CodeView | None = None
    resend_in: float = 0.0
    wrong: bool = False
    can_go_without: bool = False
    """Whether a second person may answer for it that no code is typed."""
    trust: TrustView | None = None
    """What may be taken on trust, because nobody answers."""
    elsewhere: Points | None = None
    """The customer's points that other bills hold, and that a second person can let go."""
    next: RedeemNext = RedeemNext.NONE
    why: WhyNot | None = None
    notice: Notice | None = None
