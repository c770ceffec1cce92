"""One-time codes: sent within limits, tried at most five times, bound to bill, account and ceiling (security.md).

A challenge is SENT, then VERIFIED by the right code, LOCKED after five wrong ones, EXPIRED after five minutes, or
OVERRIDDEN by a manager when no message comes. It serves the replacements of its hold for two hours and ENDS at the
capture or at a void that cancels. Where the code was right and the hold refused for another reason, the same code buys
the next one within these two hours: nobody gets a second message for that. Tries are counted on the challenge and on
the account, in the database: neither a new session nor a new challenge starts them anew.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, select, text

from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount
from tukar.domain.redemption import (
    CODE_DIGITS,
    CODE_SECONDS,
    CODE_TRIES,
    HOLD_AT_MOST_SECONDS,
    RESEND_AFTER_SECONDS,
    Refusal,
)
from tukar.server import audit, limits, members, outbox, programmes, shops, suspicions, texts
from tukar.server.call import Call
from tukar.server.outbox import CustomerMessage
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.server.storage.tables import CHALLENGES
from tukar.wire.amounts import points_of
from tukar.wire.people import WireMember
from tukar.wire.redemptions import WireApproval, WireChallenge, WireChallengeAnswer, WireHold, WireRefusal

SENDS_PER_CHALLENGE: Final = 1 + len(RESEND_AFTER_SECONDS)
SENDS_PER_NUMBER_AND_DAY: Final = 10
"""For one till, so that a prankster at one till does not lock a customer out of the others."""
SENDS_PER_TILL_AND_HOUR: Final = 20
WRONG_PER_ACCOUNT_AND_DAY: Final = 3 * CODE_TRIES
"""For one till too; a manager lets the customer try again."""
OVERRIDES_PER_TILL_AND_DAY: Final = 5


class ChallengeState(StrEnum):
    """Where a challenge stands."""

    SENT = "sent"
    VERIFIED = "verified"
    OVERRIDDEN = "overridden"
    LOCKED = "locked"
    EXPIRED = "expired"
    ENDED = "ended"


_S = ChallengeState

_SELECT: Final = (
    select(CHALLENGES)
    .where(CHALLENGES.c.shop_id == bindparam("shop_id"), CHALLENGES.c.challenge_id == bindparam("challenge_id"))
    .with_for_update()
)
_SEND: Final = text("SELECT challenge_id FROM sends WHERE shop_id = :shop_id AND send_id = :send_id")
_ADD_SEND: Final = text(
    "INSERT INTO sends (shop_id, send_id, challenge_id, sent_to) VALUES (:shop_id, :send_id, :challenge_id, :sent_to)"
)
_INSERT: Final = text(
    "INSERT INTO challenges (shop_id, challenge_id, state, bill_id, member_id, programme_id, till_id, ceiling)"
    " VALUES (:shop_id, :challenge_id, 'sent', :bill_id, :member_id, :programme_id, :till_id, :ceiling)"
)
_SENT: Final = text(
    "UPDATE challenges SET state = 'sent', code_mac = :code_mac, sends = sends + 1, sent_time = :time,"
    " expires_time = :expires WHERE shop_id = :shop_id AND challenge_id = :challenge_id"
)
_STATE: Final = text(
    "UPDATE challenges SET state = :state, verified_time = CASE WHEN :verified = 1 THEN :time ELSE verified_time END"
    " WHERE shop_id = :shop_id AND challenge_id = :challenge_id"
)
_TRIED: Final = text(
    "UPDATE challenges SET tries = tries + 1, state = :state WHERE shop_id = :shop_id AND challenge_id = :challenge_id"
)
_USED: Final = text("UPDATE challenges SET code_mac = '' WHERE shop_id = :shop_id AND challenge_id = :challenge_id")
_ATTEMPT: Final = text("SELECT code_mac, answer FROM attempts WHERE shop_id = :shop_id AND attempt_id = :attempt_id")
_KEEP_ATTEMPT: Final = text(
    "INSERT INTO attempts (shop_id, attempt_id, challenge_id, code_mac, answer)"
    " VALUES (:shop_id, :attempt_id, :challenge_id, :code_mac, :answer)"
    " ON CONFLICT (shop_id, attempt_id) DO UPDATE SET code_mac = excluded.code_mac, answer = excluded.answer"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a code was worth: ``refusal`` is kept and answered; without one the hold may go on."""

    refusal: WireRefusal | None = None
    challenge: Row | None = None


def _find(call: Call, challenge_id: str) -> Row | None:
    return call.db.execute(_SELECT, {"shop_id": call.shop_id, "challenge_id": challenge_id}).first()


def _mac(call: Call, challenge_id: str, code: str) -> str:
    return call.equipment.keys.mac("code", call.shop_id, challenge_id, code)


def _move(call: Call, challenge: Row, state: ChallengeState, *, verified: bool = False) -> None:
    key = {"shop_id": call.shop_id, "challenge_id": challenge.challenge_id}
    call.db.execute(_STATE, {**key, "state": str(state), "verified": int(verified), "time": call.time})


# Sending


def send(call: Call, message: WireChallenge) -> WireChallengeAnswer:
    """Sends a code, or answers again for a ``send_id`` that was sent: nobody gets two messages for one."""
    challenge_id = call.path["challenge_id"]
    shop = shops.load(call)
    member = members.required(call, message.member_id)
    sort = _sort(call, shop, message.programme_id)
    ceiling = points_of(message.ceiling)
    if ceiling.digits != sort.digits or ceiling.units <= 0:
        raise Refused(Refusal.BAD_REQUEST, "not a number of this programme's points")
    challenge = _find(call, challenge_id)
    if challenge is not None:
        _demand_same(challenge, message, member.member_id, ceiling)
    sent = call.db.execute(_SEND, {"shop_id": call.shop_id, "send_id": message.send_id}).first()
    if sent is not None:
        if sent.challenge_id != challenge_id:
            raise Refused(Refusal.ID_REUSED)
        return _answer(call, challenge_id, member.mobile_mask)
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    reach = members.reach(call, member)
    if reach is None:
        raise Refused(Refusal.NO_MOBILE)
    _demand_may_send(call, challenge, member.member_id)
    if challenge is None:
        call.db.execute(
            _INSERT,
            {
                "shop_id": call.shop_id,
                "challenge_id": challenge_id,
                "bill_id": message.bill_id,
                "member_id": member.member_id,
                "programme_id": message.programme_id,
                "till_id": call.caller.till_id,
                "ceiling": ceiling.units,
            },
        )
    code = call.equipment.chance.digits(CODE_DIGITS)
    words = texts.code_message(
        reach.language or message.language, code=code, points=ceiling.decimal(), shop=shop.profile.name
    )
    _record_sending(call, challenge_id, message.send_id, reach.mask, code)
    outbox.put(call, f"code.{message.send_id}", CustomerMessage(reach.mobile, words))
    return _answer(call, challenge_id, reach.mask)


def _sort(call: Call, shop: Shop, programme_id: str) -> PointsAccount:
    sort = programmes.current(call, shop).account(programme_id)
    if sort is None:
        raise Refused(Refusal.RULES_CHANGED, "no such programme")
    return sort


def _demand_same(challenge: Row, message: WireChallenge, member_id: str, ceiling: Points) -> None:
    stored = (challenge.bill_id, challenge.programme_id, challenge.ceiling)
    if stored != (message.bill_id, message.programme_id, ceiling.units) or challenge.member_id != member_id:
        raise Refused(Refusal.ID_REUSED)


def _demand_may_send(call: Call, challenge: Row | None, member_id: str) -> None:
    till = call.caller.till_id
    if challenge is not None:
        if challenge.state == _S.LOCKED:
            raise Refused(Refusal.CODE_LOCKED, tries_left=0)
        if challenge.state not in (_S.SENT, _S.EXPIRED):
            raise Refused(Refusal.CODE_EXPIRED, "the challenge was used")
        if challenge.sends >= SENDS_PER_CHALLENGE:
            raise Refused(Refusal.TOO_MANY_CODES)
        wait = challenge.sent_time + RESEND_AFTER_SECONDS[challenge.sends - 1] - call.time
        if wait > 0:
            raise Refused(Refusal.RESEND_TOO_EARLY, wait=wait)
    limits.demand(call, _sends_to(till, member_id), limits.DAY, SENDS_PER_NUMBER_AND_DAY, Refusal.TOO_MANY_CODES)
    limits.demand(call, f"sends.{till}", limits.HOUR, SENDS_PER_TILL_AND_HOUR, Refusal.TOO_MANY_CODES)
    limits.demand(call, _wrong_of(till, member_id), limits.DAY, WRONG_PER_ACCOUNT_AND_DAY, Refusal.CODE_LOCKED)


def _sends_to(till: str, member_id: str) -> str:
    return f"sends.{till}.{member_id}"


def _wrong_of(till: str, member_id: str) -> str:
    return f"wrong.{till}.{member_id}"


def _record_sending(call: Call, challenge_id: str, send_id: str, mask: str, code: str) -> None:
    key = {"shop_id": call.shop_id, "challenge_id": challenge_id}
    mac = _mac(call, challenge_id, code)
    call.db.execute(_SENT, {**key, "code_mac": mac, "time": call.time, "expires": call.time + CODE_SECONDS})
    call.db.execute(_ADD_SEND, {**key, "send_id": send_id, "sent_to": mask})
    member_id = call.db.execute(_SELECT, key).one().member_id
    limits.count(call, _sends_to(call.caller.till_id, member_id), limits.DAY)
    limits.count(call, f"sends.{call.caller.till_id}", limits.HOUR)


def _answer(call: Call, challenge_id: str, mask: str) -> WireChallengeAnswer:
    challenge = call.db.execute(_SELECT, {"shop_id": call.shop_id, "challenge_id": challenge_id}).one()
    left = SENDS_PER_CHALLENGE - challenge.sends
    ready = challenge.sent_time + RESEND_AFTER_SECONDS[challenge.sends - 1] if left else challenge.expires_time
    return WireChallengeAnswer(
        challenge_id=challenge_id,
        sent_to=mask,
        expires_in=max(0.0, challenge.expires_time - call.time),
        resend_in=max(0.0, ready - call.time),
        sends_left=left,
        tries_left=max(0, CODE_TRIES - challenge.tries),
    )


# Trying


def check(call: Call, message: WireHold, member_id: str, need: Points) -> Checked:
    """Looks at the code of a hold, first of all; a wrong one is counted and its refusal kept under the attempt.

    Raises Refused(CODE_NEEDED) when the challenge is of another bill, account or a lower ceiling.
    """
    challenge = _find(call, message.challenge_id)
    bound = None if challenge is None else (challenge.bill_id, challenge.member_id, challenge.programme_id)
    if challenge is None or bound != (message.basket.bill_id, member_id, message.programme_id):
        raise Refused(Refusal.CODE_NEEDED, "no such challenge of this bill and account")
    if need.units > challenge.ceiling:
        raise Refused(Refusal.CODE_NEEDED, "more points than the code was asked for")
    if challenge.state == _S.OVERRIDDEN or _serves_replacement(call, challenge, message):
        return Checked(challenge=challenge)
    if not message.code or not message.attempt_id:
        raise Refused(Refusal.CODE_NEEDED)
    return _try(call, challenge, message, member_id)


def _serves_replacement(call: Call, challenge: Row, message: WireHold) -> bool:
    """A verified challenge whose code was used serves the hold that takes the place of its own."""
    return bool(
        challenge.state == _S.VERIFIED
        and not challenge.code_mac
        and message.replaces
        and call.time - challenge.verified_time <= HOLD_AT_MOST_SECONDS
    )


def _try(call: Call, challenge: Row, message: WireHold, member_id: str) -> Checked:
    mac = _mac(call, challenge.challenge_id, message.code)
    key = {"shop_id": call.shop_id, "attempt_id": message.attempt_id}
    stored = call.db.execute(_ATTEMPT, key).first()
    if stored is not None and stored.code_mac == mac and stored.answer:
        return Checked(_stored_refusal(stored.answer))
    if challenge.state in (_S.LOCKED, _S.ENDED) or _is_account_locked(call, member_id):
        is_ended = challenge.state == _S.ENDED
        return Checked(WireRefusal(refusal=Refusal.CODE_EXPIRED if is_ended else Refusal.CODE_LOCKED, tries_left=0))
    if _is_over(call, challenge):
        _move(call, challenge, _S.EXPIRED)
        return Checked(WireRefusal(refusal=Refusal.CODE_EXPIRED))
    is_right = bool(challenge.code_mac) and challenge.code_mac == mac
    if is_right:
        if challenge.state == _S.SENT:
            _move(call, challenge, _S.VERIFIED, verified=True)
        call.db.execute(_KEEP_ATTEMPT, {**key, "challenge_id": challenge.challenge_id, "code_mac": mac, "answer": ""})
        return Checked(challenge=challenge)
    return Checked(_count_wrong(call, challenge, message.attempt_id, mac, member_id))


def _is_over(call: Call, challenge: Row) -> bool:
    """Whether the time of a code has passed: to be typed, or, once it was right, to buy the hold that was refused."""
    if challenge.state == _S.VERIFIED:
        return bool(call.time - challenge.verified_time > HOLD_AT_MOST_SECONDS)
    return bool(challenge.state == _S.EXPIRED or challenge.expires_time <= call.time)


def _is_account_locked(call: Call, member_id: str) -> bool:
    wrong = limits.so_far(call, _wrong_of(call.caller.till_id, member_id), limits.DAY)
    return wrong >= WRONG_PER_ACCOUNT_AND_DAY


def _count_wrong(call: Call, challenge: Row, attempt_id: str, mac: str, member_id: str) -> WireRefusal:
    left = CODE_TRIES - challenge.tries - 1
    state = _S(challenge.state) if left > 0 else _S.LOCKED
    key = {"shop_id": call.shop_id, "challenge_id": challenge.challenge_id}
    call.db.execute(_TRIED, {**key, "state": str(state)})
    limits.count(call, _wrong_of(call.caller.till_id, member_id), limits.DAY)
    suspicions.wrong_code(call, shops.load(call), member_id, challenge.bill_id)
    refusal = WireRefusal(refusal=Refusal.WRONG_CODE if left > 0 else Refusal.CODE_LOCKED, tries_left=left)
    answer = f"{refusal.refusal} {left}"
    call.db.execute(_KEEP_ATTEMPT, {**key, "attempt_id": attempt_id, "code_mac": mac, "answer": answer})
    if left == 0:
        audit.record(call, "lock_code", challenge.challenge_id)
    return refusal


def _stored_refusal(answer: str) -> WireRefusal:
    refusal, left = answer.split(" ")
    return WireRefusal(refusal=Refusal(refusal), tries_left=int(left))


def use(call: Call, challenge_id: str) -> None:
    """The code has bought its hold: nothing of it is kept."""
    if challenge_id:
        call.db.execute(_USED, {"shop_id": call.shop_id, "challenge_id": challenge_id})


def end(call: Call, challenge_id: str) -> None:
    """No further hold by this challenge."""
    challenge = _find(call, challenge_id) if challenge_id else None
    if challenge is not None:
        _move(call, challenge, _S.ENDED)
        use(call, challenge_id)


# When no message comes


def override(call: Call, message: WireApproval) -> WireChallengeAnswer:
    """A manager answers for the customer's consent when no message comes; few a day, each in the audit."""
    challenge = _find(call, call.path["challenge_id"])
    if challenge is None:
        raise Refused(Refusal.CODE_EXPIRED, "no such challenge")
    if challenge.state != _S.OVERRIDDEN:
        if challenge.state not in (_S.SENT, _S.EXPIRED, _S.LOCKED):
            raise Refused(Refusal.CODE_EXPIRED, "the challenge was used")
        counter = f"overrides.{call.caller.till_id}"
        limits.demand(call, counter, limits.DAY, OVERRIDES_PER_TILL_AND_DAY, Refusal.TOO_MANY_CODES)
        limits.count(call, counter, limits.DAY)
        _move(call, challenge, _S.OVERRIDDEN, verified=True)
        use(call, challenge.challenge_id)
        audit.record(call, "override_code", challenge.challenge_id, f"{message.reason} (for {message.actor})")
    member = members.required(call, challenge.member_id)
    return _answer(call, challenge.challenge_id, member.mobile_mask)


def let_again(call: Call, message: WireApproval) -> WireMember:
    """A manager lets a customer who was locked out at this till get and try codes again."""
    member = members.required(call, call.path["member_id"])
    limits.forget(call, _sends_to(call.caller.till_id, member.member_id))
    limits.forget(call, _wrong_of(call.caller.till_id, member.member_id))
    audit.record(call, "let_codes_again", member.member_id, message.reason)
    return members.read(call, None)
