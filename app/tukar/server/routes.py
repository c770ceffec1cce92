"""Everything that may be asked of the backend, by whom, in which form: one table, from which all else is made.

Writes are PUTs on ids that the caller makes; sent again they get the same answer. Reads are GETs, and POSTs where what
is asked must not stand in an address. Every refusal is a ``WireRefusal`` with the status of ``refusing.STATUS``.

A token goes into ``Authorization: Bearer …``. A till also sends ``Tukar-Seen: epoch.server_seq`` (what it has seen of
the backend), with writes ``Tukar-Audit-Head`` (the head of its own audit chain) and ``Tukar-Signature`` (its Ed25519
signature over the body, base64; needed of a revoked till).
What managers ask comes in a session of theirs: its token goes into ``Tukar-Manager`` beside the till's own.

==== ==================================== ====================== ======================
     path under ``/v1``                   request                answer
==== ==================================== ====================== ======================
PUT  enrolments/{device_id}               WireTillEnrolment      WireTillToken
GET  state                                                       WireState
GET  programme                                                   tukar.wire.programme
GET  catalogue?since=&page=                                      WireCataloguePage
GET  staff                                                       WireStaff
PUT  sign-ins/{sign_in_id}               WirePassword           WirePasswordAnswer
PUT  staff/{staff_id}/release             WireApproval           WirePasswordAnswer
GET  salespeople                                                 WireSalespeople
POST members/find                         WireFind               WireMembers
GET  members/{member_id}                                         WireMember
PUT  members/{member_id}                  WireEnrolment          WireMember
GET  members/{member_id}/history                                 WireHistory
PUT  members/{member_id}/codes-again      WireApproval           WireMember
PUT  members/{member_id}/holds-released   WireRelease            WireMember
PUT  members/{member_id}/erasure          WireErasure            WireMember
POST quotes                               WireQuote              WireQuoteAnswer
PUT  challenges/{challenge_id}            WireChallenge          WireChallengeAnswer
PUT  challenges/{challenge_id}/override   WireApproval           WireChallengeAnswer
PUT  redemptions/{redemption_id}          WireHold               WireHoldAnswer
GET  redemptions/{redemption_id}                                 WireHoldAnswer
PUT  redemptions/{redemption_id}/extension WireExtension         WireHoldAnswer
PUT  redemptions/{redemption_id}/void     WireVoid               WireHoldAnswer
PUT  redemptions/{redemption_id}/release  WireApproval           WireHoldAnswer
POST gift-cards/find                      WireCardLookUp         WireCardAnswer
PUT  bills/{bill_id}/gift-card            WireCardSale           WireCardSold
PUT  bills/{bill_id}                      WireReceipt            WireBillAnswer
GET  receipts/{number}                                           WireReceipt
PUT  refunds/{refund_id}                  WireRefund             WireRefundAnswer
PUT  refunds/{refund_id}/void             WireRefundStep         WireRefundAnswer
PUT  refunds/{refund_id}/paid             WireRefundStep         WireRefundAnswer
PUT  shifts/{shift_id}                   WireShift              WireShiftAnswer
GET  held-bills                                                  WireHeldBills
PUT  held-bills/{held_id}                 WireHeldBill           WireHeldStanding
PUT  held-bills/{held_id}/lease           WireLease              WireLeased
PUT  held-bills/{held_id}/end             WireHeldEnd            WireHeldStanding
PUT  orders/{order_id}                    WireOrder              WireOrderAnswer
PUT  adjustments/{adjustment_id}          WireAdjustment         WireOrderAnswer
POST digest                               WireDigest             WireDigestAnswer
PUT  recovery                             WireRecovery           WireRecoveryAnswer
GET  reviews?all=                                                WireReviews
PUT  reviews/{review_id}                  WireApproval           WireReviews
PUT  manager/sessions/{session_id}       WireSignIn             WireSession
PUT  manager/sessions/{session_id}/end   WireSessionEnd         WireDone
GET  manager/choices                                             WireFilterChoices
POST manager/promotions                  WirePromotionQuestion  WirePromotionPage
POST manager/summary                     WirePromotionFilter    WirePromotionSummary
PUT  approvals/{request_id}              WireApprovalAsk        WireApprovalRequest
GET  approvals/{request_id}                                      WireApprovalRequest
PUT  approvals/{request_id}/withdrawal   WireWithdrawal         WireApprovalRequest
GET  manager/approvals                                           WireApprovalRequests
PUT  manager/approvals/{request_id}      WireApprovalWord       WireApprovalRequest
POST manager/reviews                     WireReviewFilter       WireReviewPage
PUT  manager/reviews/{review_id}         WireDecision           WireReviewCase
PUT  manager/reviews/{review_id}/notes/{note_id} WireNote       WireReviewCase
GET  manager/reconciliation                                      WireReconciliation
PUT  manager/differences/{difference_id}/repair WireRepair      WireLedgerDifference
GET  manager/reports/{kind}?from=&to=&till=                      WireReport
GET  manager/bills/{bill_id}                                     WireReceipt
PUT  till-epoch                           WireTillEpoch          WireTillEpochAnswer
PUT  tills/{till_id}/enrolment-code       WireNewTill            WireEnrolmentCode
PUT  tills/{till_id}/revocation           WireApproval           WireTillEpochAnswer
PUT  tills/{till_id}/write-off            WireApproval           WireRecoveryAnswer
GET  audit/verification                                          WireVerification
GET  doctor                                                      WireFindings
PUT  programme                            RawProgramme           ProgrammeAnswer
PUT  imports/{import_id}/pages/{page}     WireImportPage         WireImportAnswer
PUT  imports/{import_id}                  WireImport             WireImportAnswer
PUT  staff                                WireStaff              WireStaff
PUT  salespeople                          WireSalespeople        WireSalespeople
==== ==================================== ====================== ======================
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tukar.domain.people import Action
from tukar.server import (
    approvals,
    audit,
    auth,
    bills,
    catalogue,
    channels,
    codes,
    doctor,
    figures,
    held,
    history,
    holds,
    members,
    programmes,
    quotes,
    reconciliation,
    records,
    recovery,
    refunds,
    reports,
    reviews,
    sessions,
    shifts,
    shops,
    staff,
    stored_bills,
    value_holds,
    voids,
)
from tukar.server.call import Call, CallerKind
from tukar.wire import approvals as words_from_afar
from tukar.wire import bill_answers, managers, oversight, people, promotions, receipts, redemptions, shop, upkeep
from tukar.wire import catalogue as items
from tukar.wire import held as held_messages
from tukar.wire import refunds as refund_messages
from tukar.wire import reports as report_messages
from tukar.wire import shifts as shift_messages
from tukar.wire import stored_value as value_messages

Operation = Callable[[Call, Any], Any]

SMALL: Final = 64 * 1024
LARGE: Final = 2 * 1024 * 1024
"""Room for the longest real bill (675 lines) several times over."""

_SEGMENT: Final = re.compile(r"[A-Za-z0-9_.:-]{1,200}")

_TILL: Final = frozenset({CallerKind.TILL})
_CHANNEL: Final = frozenset({CallerKind.CHANNEL})
_OPERATOR: Final = frozenset({CallerKind.OPERATOR})
_ANY_TILL: Final = _TILL | _OPERATOR
_MEMBERS: Final = _TILL | _CHANNEL | _OPERATOR
_NOBODY: Final = frozenset({CallerKind.NOBODY})


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that may be asked.

    ``approval`` is the right of the member of staff whose credential the message carries; the operator needs none.
    ``at_most`` is the size of the body in bytes. ``is_for_revoked`` lets revoked tills in, ``is_metered`` counts
    against the till's requests a minute. ``signs_in``: the message carries a password, and needs no right.
    """

    method: str
    path: str
    operation: Operation
    callers: frozenset[CallerKind]
    request: type | None
    answer: type
    approval: Action | None = None
    at_most: int = SMALL
    is_for_revoked: bool = False
    is_metered: bool = True
    session: Action | None = None
    """The right of the manager whose session (header ``Tukar-Manager``) the message must come in."""
    signs_in: bool = False

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.path.strip("/").split("/"))

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(part[1:-1] for part in self.segments if part.startswith("{"))


def _routes() -> Iterable[Route]:
    yield from _own()
    yield from _customers()
    yield from _sales()
    yield from _held()
    yield from _upkeep()
    yield from _managers()
    yield from _set_up()


def _own() -> Iterable[Route]:
    w = shop
    yield Route("PUT", "/v1/enrolments/{device_id}", auth.enrol, _NOBODY, w.WireTillEnrolment, w.WireTillToken)
    yield Route("GET", "/v1/state", shops.state, _MEMBERS, None, w.WireState)
    yield Route("GET", "/v1/programme", programmes.read, _MEMBERS, None, programmes.RawProgramme)
    yield Route("GET", "/v1/catalogue", catalogue.page, _MEMBERS, None, items.WireCataloguePage)
    yield Route("GET", "/v1/staff", staff.read, _ANY_TILL, None, people.WireStaff)
    yield Route(
        "PUT", "/v1/sign-ins/{sign_in_id}", staff.sign_in, _TILL, people.WirePassword, people.WirePasswordAnswer,
        signs_in=True,
    )  # fmt: skip
    yield Route(
        "PUT", "/v1/staff/{staff_id}/release", staff.let_in, _TILL, redemptions.WireApproval, people.WirePasswordAnswer,
        approval=Action.MANAGE_STAFF,
    )  # fmt: skip
    yield Route("GET", "/v1/salespeople", staff.salespeople, _ANY_TILL, None, people.WireSalespeople)
    yield Route("PUT", "/v1/till-epoch", auth.new_series, _TILL, w.WireTillEpoch, w.WireTillEpochAnswer)


def _customers() -> Iterable[Route]:
    w, approval = people, redemptions.WireApproval
    one = "/v1/members/{member_id}"
    yield Route("POST", "/v1/members/find", members.find, _MEMBERS, w.WireFind, w.WireMembers)
    yield Route("GET", one, members.read, _MEMBERS, None, w.WireMember)
    yield Route("PUT", one, members.enrol, _MEMBERS, w.WireEnrolment, w.WireMember)
    yield Route("GET", f"{one}/history", history.read, _MEMBERS, None, w.WireHistory)
    yield Route(
        "PUT", f"{one}/codes-again", codes.let_again, _TILL, approval, w.WireMember, approval=Action.OVERRIDE_CODE
    )
    yield Route(
        "PUT", f"{one}/holds-released", holds.release_others, _TILL, redemptions.WireRelease, w.WireMember,
        approval=Action.RELEASE_HOLD,
    )  # fmt: skip
    yield Route(
        "PUT", f"{one}/erasure", members.erase, _ANY_TILL, w.WireErasure, w.WireMember, approval=Action.CHANGE_SETTINGS
    )


def _sales() -> Iterable[Route]:
    w, r = redemptions, refund_messages
    one = "/v1/redemptions/{redemption_id}"
    challenge, refund = "/v1/challenges/{challenge_id}", "/v1/refunds/{refund_id}"
    yield Route("POST", "/v1/quotes", quotes.quote, _TILL, w.WireQuote, w.WireQuoteAnswer, at_most=LARGE)
    yield Route("PUT", challenge, codes.send, _TILL, w.WireChallenge, w.WireChallengeAnswer)
    yield Route(
        "PUT", f"{challenge}/override", codes.override, _TILL, w.WireApproval, w.WireChallengeAnswer,
        approval=Action.OVERRIDE_CODE,
    )  # fmt: skip
    yield Route("PUT", one, value_holds.hold, _TILL, w.WireHold, w.WireHoldAnswer, at_most=LARGE)
    v = value_messages
    yield Route("POST", "/v1/gift-cards/find", value_holds.look_up, _TILL, v.WireCardLookUp, v.WireCardAnswer)
    yield Route("PUT", "/v1/bills/{bill_id}/gift-card", value_holds.sell, _TILL, v.WireCardSale, v.WireCardSold)
    yield Route("GET", one, holds.read, _TILL, None, w.WireHoldAnswer)
    yield Route("PUT", f"{one}/extension", holds.extend, _TILL, w.WireExtension, w.WireHoldAnswer)
    yield Route("PUT", f"{one}/void", voids.void, _TILL, w.WireVoid, w.WireHoldAnswer, is_for_revoked=True)
    yield Route(
        "PUT", f"{one}/release", holds.release, _ANY_TILL, w.WireApproval, w.WireHoldAnswer,
        approval=Action.RELEASE_HOLD,
    )  # fmt: skip
    yield Route(
        "PUT", "/v1/bills/{bill_id}", bills.put, _TILL, receipts.WireReceipt, bill_answers.WireBillAnswer,
        at_most=LARGE, is_for_revoked=True, is_metered=False,
    )  # fmt: skip
    yield Route("GET", "/v1/receipts/{number}", stored_bills.read, _ANY_TILL, None, receipts.WireReceipt)
    yield Route("PUT", refund, refunds.put, _TILL, r.WireRefund, r.WireRefundAnswer, at_most=LARGE)
    yield Route("PUT", f"{refund}/void", refunds.void, _TILL, r.WireRefundStep, r.WireRefundAnswer, is_for_revoked=True)
    yield Route("PUT", f"{refund}/paid", refunds.paid, _TILL, r.WireRefundStep, r.WireRefundAnswer)
    s = shift_messages
    yield Route(
        "PUT", "/v1/shifts/{shift_id}", shifts.put, _TILL, s.WireShift, s.WireShiftAnswer, at_most=LARGE,
        is_metered=False,
    )  # fmt: skip
    yield Route("PUT", "/v1/orders/{order_id}", channels.order, _CHANNEL, upkeep.WireOrder, upkeep.WireOrderAnswer)
    yield Route(
        "PUT", "/v1/adjustments/{adjustment_id}", channels.adjust, _TILL, upkeep.WireAdjustment,
        upkeep.WireOrderAnswer, approval=Action.RESOLVE_REVIEW,
    )  # fmt: skip


def _held() -> Iterable[Route]:
    w, one = held_messages, "/v1/held-bills/{held_id}"
    yield Route("GET", "/v1/held-bills", held.waiting, _TILL, None, w.WireHeldBills)
    yield Route("PUT", one, held.hold, _TILL, w.WireHeldBill, w.WireHeldStanding, at_most=LARGE)
    yield Route("PUT", f"{one}/lease", held.lease, _TILL, w.WireLease, w.WireLeased)
    yield Route("PUT", f"{one}/end", held.end, _TILL, w.WireHeldEnd, w.WireHeldStanding)


def _upkeep() -> Iterable[Route]:
    w, approval = upkeep, redemptions.WireApproval
    yield Route("POST", "/v1/digest", recovery.digest, _TILL, w.WireDigest, w.WireDigestAnswer, at_most=LARGE)
    yield Route("PUT", "/v1/recovery", recovery.phase, _TILL, w.WireRecovery, w.WireRecoveryAnswer)
    yield Route("GET", "/v1/reviews", reviews.open_items, _ANY_TILL, None, w.WireReviews)
    yield Route(
        "PUT", "/v1/reviews/{review_id}", reviews.resolve, _ANY_TILL, approval, w.WireReviews,
        approval=Action.RESOLVE_REVIEW,
    )  # fmt: skip
    yield Route(
        "PUT", "/v1/tills/{till_id}/write-off", recovery.write_off, _ANY_TILL, approval, w.WireRecoveryAnswer,
        approval=Action.RESOLVE_REVIEW,
    )  # fmt: skip
    yield Route("GET", "/v1/audit/verification", audit.verify, _OPERATOR, None, w.WireVerification)
    yield Route("GET", "/v1/doctor", doctor.examine, _OPERATOR, None, w.WireFindings)


def _managers() -> Iterable[Route]:
    w, sees, one = managers, Action.SEE_REPORTS, "/v1/manager"
    session = f"{one}/sessions/{{session_id}}"
    yield Route("PUT", session, sessions.open_session, _TILL, w.WireSignIn, w.WireSession, approval=sees)
    yield Route("PUT", f"{session}/end", sessions.end, _TILL, w.WireSessionEnd, w.WireDone)
    p = promotions
    yield Route("GET", f"{one}/choices", figures.choices, _TILL, None, p.WireFilterChoices, session=sees)
    yield Route(
        "POST", f"{one}/promotions", records.page, _TILL, p.WirePromotionQuestion, p.WirePromotionPage, session=sees
    )
    yield Route(
        "POST", f"{one}/summary", figures.summary, _TILL, p.WirePromotionFilter, p.WirePromotionSummary, session=sees
    )
    yield from _words(one)
    yield from _cases(one)
    yield from _figures(one)
    yield Route(
        "GET", f"{one}/bills/{{bill_id}}", stored_bills.read_by_id, _TILL, None, receipts.WireReceipt, session=sees
    )


def _words(manager: str) -> Iterable[Route]:
    w, sees, one = words_from_afar, Action.SEE_REPORTS, "/v1/approvals/{request_id}"
    yield Route("PUT", one, approvals.ask, _TILL, w.WireApprovalAsk, w.WireApprovalRequest)
    yield Route("GET", one, approvals.read, _TILL, None, w.WireApprovalRequest)
    yield Route("PUT", f"{one}/withdrawal", approvals.withdraw, _TILL, w.WireWithdrawal, w.WireApprovalRequest)
    yield Route("GET", f"{manager}/approvals", approvals.waiting, _TILL, None, w.WireApprovalRequests, session=sees)
    yield Route(
        "PUT", f"{manager}/approvals/{{request_id}}", approvals.answer, _TILL, w.WireApprovalWord,
        w.WireApprovalRequest, approval=sees, session=sees,
    )  # fmt: skip


def _cases(manager: str) -> Iterable[Route]:
    w, resolves, one = oversight, Action.RESOLVE_REVIEW, f"{manager}/reviews"
    yield Route("POST", one, reviews.listed, _TILL, w.WireReviewFilter, w.WireReviewPage, session=Action.SEE_REPORTS)
    yield Route(
        "PUT", f"{one}/{{review_id}}", reviews.decide, _TILL, w.WireDecision, w.WireReviewCase, session=resolves
    )
    yield Route(
        "PUT", f"{one}/{{review_id}}/notes/{{note_id}}", reviews.note, _TILL, w.WireNote, w.WireReviewCase,
        session=resolves,
    )  # fmt: skip


def _figures(manager: str) -> Iterable[Route]:
    w, sees = oversight, Action.SEE_REPORTS
    yield Route(
        "GET", f"{manager}/reconciliation", reconciliation.compare, _TILL, None, w.WireReconciliation, session=sees
    )
    yield Route(
        "GET", f"{manager}/reports/{{kind}}", reports.read, _TILL, None, report_messages.WireReport, session=sees
    )
    yield Route(
        "PUT", f"{manager}/differences/{{difference_id}}/repair", reconciliation.repair, _TILL, w.WireRepair,
        w.WireLedgerDifference, session=Action.RESOLVE_REVIEW,
    )  # fmt: skip


def _set_up() -> Iterable[Route]:
    w, one = items, "/v1/tills/{till_id}"
    yield Route(
        "PUT", f"{one}/enrolment-code", auth.new_code, _ANY_TILL, shop.WireNewTill, shop.WireEnrolmentCode,
        approval=Action.CHANGE_SETTINGS,
    )  # fmt: skip
    yield Route(
        "PUT", f"{one}/revocation", auth.revoke, _ANY_TILL, redemptions.WireApproval, shop.WireTillEpochAnswer,
        approval=Action.CHANGE_SETTINGS,
    )  # fmt: skip
    yield Route(
        "PUT", "/v1/programme", programmes.put, _OPERATOR, programmes.RawProgramme, programmes.ProgrammeAnswer,
        at_most=LARGE,
    )  # fmt: skip
    yield Route(
        "PUT", "/v1/imports/{import_id}/pages/{page}", catalogue.put_page, _OPERATOR, w.WireImportPage,
        w.WireImportAnswer, at_most=LARGE,
    )  # fmt: skip
    yield Route("PUT", "/v1/imports/{import_id}", catalogue.complete, _OPERATOR, w.WireImport, w.WireImportAnswer)
    yield Route("PUT", "/v1/staff", staff.put_all, _OPERATOR, people.WireStaff, people.WireStaff)
    yield Route(
        "PUT", "/v1/salespeople", staff.replace_salespeople, _OPERATOR, people.WireSalespeople, people.WireSalespeople
    )


ROUTES: Final = tuple(_routes())


class NoSuchRouteError(LookupError):
    """Nothing of that address; ``methods`` are those it has, none when there is no such address at all."""

    def __init__(self, methods: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(methods)))
        self.methods = methods


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a route is: the words that stand at some places of its address, and the names of the ids at the others."""

    route: Route
    words: tuple[tuple[int, str], ...]
    ids: tuple[tuple[int, str], ...]

    def ids_in(self, given: Sequence[str]) -> Mapping[str, str] | None:
        """The ids of an address with as many segments; None where it is another one."""
        for place, word in self.words:
            if given[place] != word:
                return None
        ids = {}
        for place, name in self.ids:
            if not _SEGMENT.fullmatch(given[place]):
                return None
            ids[name] = given[place]
        return ids


def _address(route: Route) -> _Address:
    placed = tuple(enumerate(route.segments))
    words = tuple((place, word) for place, word in placed if not word.startswith("{"))
    return _Address(route, words, tuple((place, word[1:-1]) for place, word in placed if word.startswith("{")))


class RouteTable:
    """Finds the route of a request by the number of its segments and the first two, then by comparing the others."""

    def __init__(self, routes: Iterable[Route] = ROUTES) -> None:
        self._by_beginning: dict[tuple[int, str], list[_Address]] = {}
        for route in sorted(routes, key=lambda one: len(one.parameters)):
            self._by_beginning.setdefault(_beginning(route.segments), []).append(_address(route))

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
        """The route and the ids in the address; NoSuchRouteError otherwise."""
        given = path.strip("/").split("/")
        methods = set()
        for address in self._by_beginning.get(_beginning(given), ()):
            ids = address.ids_in(given)
            if ids is not None:
                if address.route.method == method:
                    return address.route, ids
                methods.add(address.route.method)
        raise NoSuchRouteError(frozenset(methods))


def _beginning(segments: Sequence[str]) -> tuple[int, str]:
    """How many segments there are, and the first two, where no route has an id."""
    return len(segments), "/".join(segments[:2])
