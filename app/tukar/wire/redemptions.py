"""Quote, challenge, hold and refusal as messages: what moves a redemption between a till and the backend."""

from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any

from msgspec import Meta

from tukar.domain.pricing.result import CodeBalance
from tukar.domain.redemption import (
    ChallengeAnswer,
    ChallengeRequest,
    Counted,
    HoldAnswer,
    HoldRequest,
    HoldState,
    OverrideRequest,
    QuoteAnswer,
    Refusal,
    ReleaseRequest,
)
from tukar.wire.amounts import (
    AmountText,
    Count,
    Key,
    KeyOrNone,
    PointsByProgramme,
    PointsText,
    Seconds,
    Text,
    Version,
    WireCurrency,
    Word,
    currency_of,
    optional_amount,
    points_by_programme,
    points_of,
    wire_currency,
)
from tukar.wire.bills import WireBasket, wire_basket
from tukar.wire.message import Message
from tukar.wire.people import RuleUses
from tukar.wire.strict import number_text


class WireRefusal(Message):
    """Why the backend said no: the answer of every request that was understood and refused.

    ``points`` is what there is instead, ``wait`` the seconds until asking again makes sense, ``tries_left`` the tries
    a code has left; ``detail`` is for the engineer. ``rules`` are those of which others have used up too much.
    """

    refusal: Refusal
    points: PointsText | None = None
    wait: Seconds | None = None
    tries_left: Count | None = None
    detail: Text = ""
    rules: Annotated[tuple[Key, ...], Meta(max_length=200)] = ()


class WireQuote(Message):
    """Asks what the backend makes of a bill; nothing is reserved."""

    basket: WireBasket
    programme_version: Version
    catalogue_version: Version


class WireCodeBalance(Message):
    """What a code holds: credits, or money on a gift card."""

    rule_id: Key
    balance: PointsText


class WireQuoteAnswer(Message):
    """What the backend makes of it."""

    currency: WireCurrency
    total: AmountText
    discount: AmountText
    spent: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    earned: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    available: PointsByProgramme = {}  # noqa: RUF012 - msgspec copies it
    programme_version: Version
    catalogue_version: Version
    uses: RuleUses = {}  # noqa: RUF012 - msgspec copies it
    uses_today: RuleUses = {}  # noqa: RUF012 - msgspec copies it
    budget_used: Annotated[dict[Key, AmountText], Meta(max_length=2000)] = {}  # noqa: RUF012 - msgspec copies it
    cards: Annotated[dict[Word, WireCodeBalance], Meta(max_length=200)] = {}  # noqa: RUF012 - msgspec copies it


class WireChallenge(Message):
    """Asks that a code be sent; ``send_id`` names this one sending."""

    send_id: Key
    bill_id: Key
    member_id: Key
    programme_id: Key
    ceiling: PointsText
    currency: WireCurrency
    amount: AmountText
    language: Annotated[str, Meta(max_length=12, pattern=r"^[A-Za-z-]*$")] = "en"


class WireChallengeAnswer(Message):
    """A code is on its way."""

    challenge_id: Key
    sent_to: Word
    expires_in: Seconds
    resend_in: Seconds
    sends_left: Count
    tries_left: Count


class WireHold(Message):
    """Reserves points for a bill, and what it uses of limits and stored value; the code travels in it.

    Without a programme nothing but the latter is reserved, and the bill need not have a customer.
    """

    basket: WireBasket
    member_id: KeyOrNone
    programme_id: KeyOrNone
    need: PointsText
    ceiling: PointsText
    amount: AmountText
    programme_version: Version
    catalogue_version: Version
    challenge_id: KeyOrNone = ""
    attempt_id: KeyOrNone = ""
    code: Annotated[str, Meta(max_length=6, pattern="^([0-9]{6})?$")] = ""
    replaces: KeyOrNone = ""
    total: AmountText | None = None
    approver: KeyOrNone = ""

    def __repr__(self) -> str:
        return f"WireHold(bill_id={self.basket.bill_id!r}, member_id={self.member_id!r}, need={self.need!r})"


class WireHoldAnswer(Message):
    """Where a redemption stands; ``ttl`` seconds are left, counted from when the answer was made."""

    redemption_id: Key
    state: HoldState
    points: PointsText
    ttl: Seconds = 0.0
    proof: Annotated[str, Meta(max_length=1200)] = ""
    tries_left: Count | None = None


class WireVoid(Message):
    """Takes a hold back. The account is named where the till knows it, so that the backend locks it first."""

    member_id: KeyOrNone = ""
    reason: Text = ""


class WireApproval(Message):
    """A member of staff answers for something with their own credential (security.md, "Rights")."""

    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
    actor: KeyOrNone = ""
    """Who asked for it; never the one who approves."""

    def __repr__(self) -> str:
        return f"WireApproval(staff_id={self.staff_id!r})"


class WireRelease(Message):
    """A manager lets go what other bills hold of a customer's points; the bill named keeps its own."""

    staff_id: Key
    pin: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
    actor: KeyOrNone = ""
    programme_id: Key
    bill_id: Key

    def __repr__(self) -> str:
        return f"WireRelease(staff_id={self.staff_id!r})"


class WireExtension(Message):
    """Asks for more time."""


def quote_answer_of(message: WireQuoteAnswer) -> QuoteAnswer:
    currency = currency_of(message.currency)
    return QuoteAnswer(
        currency.money(message.total),
        currency.money(message.discount),
        points_by_programme(message.spent),
        points_by_programme(message.available),
        message.programme_version,
        message.catalogue_version,
        Counted(
            uses=MappingProxyType(dict(message.uses)),
            uses_today=MappingProxyType(dict(message.uses_today)),
            budget_used=MappingProxyType({name: currency.money(off) for name, off in message.budget_used.items()}),
            cards=MappingProxyType(
                {code: CodeBalance(held.rule_id, Fraction(held.balance)) for code, held in message.cards.items()}
            ),
        ),
    )


def wire_counted(counted: Counted) -> dict[str, Any]:
    """What of a quote's answer the backend counts over all sales."""
    return {
        "uses": dict(counted.uses),
        "uses_today": dict(counted.uses_today),
        "budget_used": {name: off.decimal() for name, off in counted.budget_used.items()},
        "cards": {
            code: WireCodeBalance(rule_id=held.rule_id, balance=number_text(held.balance))
            for code, held in counted.cards.items()
        },
    }


def wire_challenge(request: ChallengeRequest) -> WireChallenge:
    """The body; ``challenge_id`` goes into the address."""
    return WireChallenge(
        send_id=request.send_id,
        bill_id=request.bill_id,
        member_id=request.member_id,
        programme_id=request.programme_id,
        ceiling=request.ceiling.decimal(),
        currency=wire_currency(request.amount.currency),
        amount=request.amount.decimal(),
        language=request.language,
    )


def challenge_answer_of(message: WireChallengeAnswer) -> ChallengeAnswer:
    return ChallengeAnswer(
        message.challenge_id,
        message.sent_to,
        message.expires_in,
        message.resend_in,
        message.sends_left,
        message.tries_left,
    )


def wire_code_override(request: OverrideRequest) -> WireApproval:
    """The body; ``challenge_id`` goes into the address."""
    return WireApproval(staff_id=request.approver, pin=request.pin, reason=request.reason, actor=request.actor)


def wire_release(request: ReleaseRequest) -> WireRelease:
    """The body; ``member_id`` goes into the address."""
    return WireRelease(
        staff_id=request.approver,
        pin=request.pin,
        reason=request.reason,
        actor=request.actor,
        programme_id=request.programme_id,
        bill_id=request.bill_id,
    )


def wire_hold(request: HoldRequest) -> WireHold:
    """The body; ``redemption_id`` goes into the address."""
    return WireHold(
        basket=wire_basket(request.bill),
        member_id=request.member_id,
        programme_id=request.programme_id,
        need=request.need.decimal(),
        ceiling=request.ceiling.decimal(),
        amount=request.amount.decimal(),
        programme_version=request.programme_version,
        catalogue_version=request.catalogue_version,
        challenge_id=request.challenge_id,
        attempt_id=request.attempt_id,
        code="" if request.code is None else request.code.digits,
        replaces=request.replaces,
        total=optional_amount(request.total),
        approver=request.approver,
    )


def hold_answer_of(message: WireHoldAnswer) -> HoldAnswer:
    return HoldAnswer(
        message.redemption_id,
        message.state,
        points_of(message.points),
        message.ttl,
        message.proof,
        message.tries_left,
    )
