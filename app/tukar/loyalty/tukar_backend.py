"""Our own backend behind the port: the messages of ``tukar.wire``, carried by ``http``."""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, TypeVar
from uuid import uuid4

from tukar.domain.bill import Bill
from tukar.domain.people import LoyaltyAccount, Salesperson, StaffMember
from tukar.domain.programme import Programme
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import (
    HOLD_SECONDS,
    BillAnswer,
    ChallengeAnswer,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    OverrideRequest,
    QuoteAnswer,
    ReleaseRequest,
)
from tukar.domain.shift import Shift
from tukar.domain.stored_value import StoredBalance
from tukar.loyalty import addresses
from tukar.loyalty.answers import (
    differences_of,
    held_rows_of,
    history_entry_of,
    lease_of,
    page_of,
    refund_answer_of,
    state_of,
    wire_aside,
    wire_enrolment,
    wire_refund,
    wire_told,
)
from tukar.loyalty.http import Ask, Http
from tukar.till.ports import (
    BackendState,
    Capabilities,
    CataloguePage,
    Enrolment,
    FindBy,
    HistoryEntry,
    RefundAnswer,
    RefundRequest,
    Trouble,
    Unreachable,
)
from tukar.till.ports.held import BillAside, HeldRow, Lease
from tukar.till.ports.records import Differences, Told
from tukar.wire.amounts import currency_of
from tukar.wire.bill_answers import WireBillAnswer, bill_answer_of
from tukar.wire.bills import wire_basket
from tukar.wire.catalogue import WireCataloguePage
from tukar.wire.held import HeldState, WireHeldBills, WireHeldEnd, WireHeldStanding, WireLease, WireLeased
from tukar.wire.message import read_answer, write
from tukar.wire.people import (
    WireFind,
    WireHistory,
    WireMember,
    WireMembers,
    WirePassword,
    WirePasswordAnswer,
    WireSalespeople,
    WireStaff,
    account_of,
    salesperson_of,
    staff_member_of,
)
from tukar.wire.programme import programme_from_json
from tukar.wire.receipts import WireReceipt, receipt_of, receipt_to_json
from tukar.wire.redemptions import (
    WireApproval,
    WireChallengeAnswer,
    WireExtension,
    WireHoldAnswer,
    WireQuote,
    WireQuoteAnswer,
    WireVoid,
    challenge_answer_of,
    hold_answer_of,
    quote_answer_of,
    wire_challenge,
    wire_code_override,
    wire_hold,
    wire_release,
)
from tukar.wire.refunds import WireRefundAnswer, WireRefundStep
from tukar.wire.shifts import WireShiftAnswer, shift_to_json
from tukar.wire.shop import WireState, WireTillEpoch, WireTillEpochAnswer
from tukar.wire.stored_value import WireCardAnswer, WireCardLookUp, WireCardSale, WireCardSold, stored_balance_of
from tukar.wire.upkeep import DIGEST_AT_MOST, WireDigest, WireDigestAnswer, WireRecovery, WireRecoveryAnswer

M = TypeVar("M")
T = TypeVar("T")

ALL_PHASES: Final = 2
"""Of a recovery: enrolments and earning, then captures and refunds; our outbox sends them in order anyway."""

OURS: Final = Capabilities(hold_seconds=HOLD_SECONDS, held_bills=True, stored_value=True)


class TukarBackend:
    """``ports.LoyaltyBackend``, ``Records``, ``HeldBills`` and ``StoredValues``; threads may share it.

    An answer about another id than asked counts as none.
    """

    def __init__(self, http: Http, sign_in_id: Callable[[], str] = lambda: uuid4().hex) -> None:
        self._http = http
        self._sign_in_id = sign_in_id

    @property
    def capabilities(self) -> Capabilities:
        return OURS

    def state(self) -> BackendState:
        return self._ask(addresses.read(*addresses.STATE), WireState, state_of)

    def programme(self) -> Programme:
        body = self._http.ask(addresses.read(*addresses.PROGRAMME))
        return _understood(lambda: programme_from_json(json.loads(body)))

    def catalogue_page(self, since: int, page: str = "") -> CataloguePage:
        query = {"since": str(since), "page": page} if page else {"since": str(since)}
        return self._ask(addresses.read(*addresses.CATALOGUE, query=query), WireCataloguePage, page_of)

    def staff(self) -> tuple[StaffMember, ...]:
        return self._ask(
            addresses.read(*addresses.STAFF), WireStaff, lambda told: tuple(map(staff_member_of, told.staff))
        )

    def sign_in(self, staff_id: str, password: str) -> None:
        body = write(WirePassword(staff_id=staff_id, password=password))
        asked = addresses.put(*addresses.sign_in(self._sign_in_id()), body=body)
        _about(None, self._ask(asked, WirePasswordAnswer, lambda told: told.staff_id), staff_id)

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        body = write(WireApproval(staff_id=manager_id, pin=pin, reason="too many wrong tries", actor=staff_id))
        asked = addresses.put(*addresses.release_of(staff_id), body=body)
        _about(None, self._ask(asked, WirePasswordAnswer, lambda told: told.staff_id), staff_id)

    def salespeople(self) -> tuple[Salesperson, ...]:
        return self._ask(
            addresses.read(*addresses.SALESPEOPLE),
            WireSalespeople,
            lambda told: tuple(map(salesperson_of, told.salespeople)),
        )

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        body = write(WireFind(by=by.value, text=text))
        return self._ask(addresses.look_up(*addresses.FIND_MEMBERS, body=body), WireMembers, _members_of)

    def member(self, member_id: str) -> LoyaltyAccount:
        return self._ask(addresses.read(*addresses.member(member_id)), WireMember, _member_of)

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        address = addresses.put(*addresses.member(enrolment.member_id), body=write(wire_enrolment(enrolment)))
        return self._ask(address, WireMember, _member_of)

    def history(self, member_id: str) -> tuple[HistoryEntry, ...]:
        return self._ask(
            addresses.read(*addresses.history(member_id)),
            WireHistory,
            lambda told: tuple(map(history_entry_of, told.entries)),
        )

    def quote(self, bill: Bill, programme_version: int, catalogue_version: int) -> QuoteAnswer:
        message = WireQuote(
            basket=wire_basket(bill), programme_version=programme_version, catalogue_version=catalogue_version
        )
        asked = addresses.look_up(*addresses.QUOTE, body=write(message))
        return self._ask(asked, WireQuoteAnswer, quote_answer_of)

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        asked = addresses.put(*addresses.challenge(request.challenge_id), body=write(wire_challenge(request)))
        answer = self._ask(asked, WireChallengeAnswer, challenge_answer_of)
        return _about(answer, answer.challenge_id, request.challenge_id)

    def override_code(self, request: OverrideRequest) -> ChallengeAnswer:
        asked = addresses.put(*addresses.code_override(request.challenge_id), body=write(wire_code_override(request)))
        answer = self._ask(asked, WireChallengeAnswer, challenge_answer_of)
        return _about(answer, answer.challenge_id, request.challenge_id)

    def release_holds(self, request: ReleaseRequest) -> LoyaltyAccount:
        asked = addresses.put(*addresses.holds_released(request.member_id), body=write(wire_release(request)))
        return self._ask(asked, WireMember, _member_of)

    def hold(self, request: HoldRequest) -> HoldAnswer:
        body = write(wire_hold(request))
        return self._hold_answer(
            addresses.put(*addresses.redemption(request.redemption_id), body=body), request.redemption_id
        )

    def extend(self, redemption_id: str) -> HoldAnswer:
        asked = addresses.put(*addresses.extension(redemption_id), body=write(WireExtension()))
        return self._hold_answer(asked, redemption_id)

    def redemption(self, redemption_id: str) -> HoldAnswer:
        return self._hold_answer(addresses.read(*addresses.redemption(redemption_id)), redemption_id)

    def void(self, redemption_id: str) -> HoldAnswer:
        asked = addresses.put(*addresses.void(redemption_id), body=write(WireVoid()))
        return self._hold_answer(asked, redemption_id)

    def put_bill(self, receipt: Receipt) -> BillAnswer:
        asked = addresses.put(*addresses.bill(receipt.bill_id), body=receipt_to_json(receipt))
        answer = self._ask(asked, WireBillAnswer, bill_answer_of)
        return _about(answer, answer.bill_id, receipt.bill_id)

    def put_refund(self, request: RefundRequest) -> RefundAnswer:
        asked = addresses.put(*addresses.refund(request.refund_id), body=write(wire_refund(request)))
        return self._refund_answer(asked, request.refund_id)

    def void_refund(self, refund_id: str) -> RefundAnswer:
        asked = addresses.put(*addresses.refund_void(refund_id), body=write(WireRefundStep()))
        return self._refund_answer(asked, refund_id)

    def bill(self, number: str) -> Receipt:
        return self._ask(addresses.read(*addresses.bill_by_number(number)), WireReceipt, receipt_of)

    def put_shift(self, shift: Shift) -> None:
        asked = addresses.put(*addresses.shift(shift.shift_id), body=shift_to_json(shift))
        told = self._ask(asked, WireShiftAnswer, lambda answer: answer.shift_id)
        _about(None, told, shift.shift_id)

    def gift_card(self, code: str) -> StoredBalance:
        body = write(WireCardLookUp(code=code))
        return self._ask(addresses.look_up(*addresses.GIFT_CARDS, body=body), WireCardAnswer, stored_balance_of)

    def reserve_card(self, bill_id: str, code: str) -> None:
        ask = addresses.put(*addresses.card_of_bill(bill_id), body=write(WireCardSale(code=code)))
        self._ask(ask, WireCardSold, lambda sold: sold.mask)

    def hold_bill(self, aside: BillAside) -> bool:
        asked = addresses.put(*addresses.held(aside.held_id), body=write(wire_aside(aside)))
        return self._held_standing(asked, aside.held_id) is HeldState.WAITING

    def held_bills(self) -> tuple[HeldRow, ...]:
        return self._ask(addresses.read(*addresses.HELD_BILLS), WireHeldBills, held_rows_of)

    def lease_bill(self, held_id: str) -> Lease:
        asked = addresses.put(*addresses.held_lease(held_id), body=write(WireLease()))
        lease = self._ask(asked, WireLeased, lease_of)
        return _about(lease, lease.held_id, held_id)

    def end_held(self, held_id: str) -> None:
        self._held_standing(addresses.put(*addresses.held_end(held_id), body=write(WireHeldEnd())), held_id)

    def differences(self, told: Told) -> Differences:
        """In as many questions as it takes; ``ports.records.Records``."""
        parts = list(_digests(told))
        answers = [
            self._ask(addresses.look_up(*addresses.DIGEST, body=write(part)), WireDigestAnswer, differences_of)
            for part in parts
        ]
        return Differences(
            tuple(chain.from_iterable(answer.missing_bills for answer in answers)),
            tuple(chain.from_iterable(answer.redemptions for answer in answers)),
        )

    def told_everything(self, epoch: int) -> bool:
        asked = addresses.put(*addresses.RECOVERY, body=write(WireRecovery(epoch=epoch, phase=ALL_PHASES)))
        return self._ask(asked, WireRecoveryAnswer, lambda answer: answer.recovering)

    def new_series(self, after: int) -> int:
        asked = addresses.put(*addresses.TILL_EPOCH, body=write(WireTillEpoch(after=after)))
        return self._ask(asked, WireTillEpochAnswer, lambda answer: answer.till_epoch)

    def close(self) -> None:
        self._http.close()

    def _hold_answer(self, asked: Ask, redemption_id: str) -> HoldAnswer:
        answer = self._ask(asked, WireHoldAnswer, hold_answer_of)
        return _about(answer, answer.redemption_id, redemption_id)

    def _refund_answer(self, asked: Ask, refund_id: str) -> RefundAnswer:
        answer = self._ask(asked, WireRefundAnswer, refund_answer_of)
        return _about(answer, answer.refund_id, refund_id)

    def _held_standing(self, asked: Ask, held_id: str) -> HeldState:
        answer = self._ask(asked, WireHeldStanding, lambda told: told)
        return _about(answer, answer.held_id, held_id).state

    def _ask(self, ask: Ask, message_type: type[M], value_of: Callable[[M], T]) -> T:
        body = self._http.ask(ask)
        return _understood(lambda: value_of(read_answer(body, message_type)))


def _digests(told: Told) -> Iterator[WireDigest]:
    """The whole of it in parts of a size that the backend takes."""
    for start in range(0, max(len(told.bills), len(told.redemptions)), DIGEST_AT_MOST):
        part = slice(start, start + DIGEST_AT_MOST)
        yield WireDigest(bills=told.bills[part], redemptions=tuple(map(wire_told, told.redemptions[part])))


def _understood(value: Callable[[], T]) -> T:
    try:
        return value()
    except ValueError as mistake:
        raise Unreachable(Trouble.BROKEN_ANSWER, detail=str(mistake)[:300]) from mistake


def _about(answer: T, told_id: str, asked_id: str) -> T:
    if told_id != asked_id:
        raise Unreachable(Trouble.BROKEN_ANSWER, detail=f"asked about {asked_id}, told about {told_id}")
    return answer


def _members_of(told: WireMembers) -> tuple[LoyaltyAccount, ...]:
    currency = currency_of(told.currency)
    return tuple(account_of(member, currency) for member in told.members)


def _member_of(told: WireMember) -> LoyaltyAccount:
    return account_of(told.member, currency_of(told.currency))
