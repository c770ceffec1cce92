"""The messages about the bill's redemptions: send a code, ask for a hold, replace, extend, look up, drop.

The table is redemption.md, "Till". QUOTED has no row of its own: it is a claim in the bill, and the draft keeps it.
From CHALLENGED on every redemption is a row, and nothing is sent before the row that names it is on the disk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tukar.domain.bill import Bill
from tukar.domain.money import Money
from tukar.domain.redemption import (
    NO_ACCOUNT,
    ChallengeAnswer,
    ChallengeRequest,
    HoldAnswer,
    HoldRequest,
    HoldState,
    OneTimeCode,
    RedemptionState,
    Refusal,
)
from tukar.domain.stored_value import StoredBalance, points_of_money
from tukar.till.asking import AGAIN_AFTER_SECONDS, ONCE, Asked, Asking
from tukar.till.deadlines import deadlines_of
from tukar.till.gear import Gear
from tukar.till.needs import Need, fingerprint, member_of
from tukar.till.ports import Deadline, Hold, Idempotency, Otp, RedemptionRow, seconds_left
from tukar.till.rows import RedemptionRows, Then, Troubled

Answered = Callable[[RedemptionRow, Asked[HoldAnswer]], None]
Sent = Callable[[RedemptionRow, Asked[ChallengeAnswer]], None]


@dataclass(frozen=True, slots=True)
class _Consent:
    """What a customer has agreed to, by a code or somebody's word for it, and got nothing for yet. Never stored."""

    asked: RedemptionRow
    code: OneTimeCode | None


class Redeeming:
    """Does what it is told and keeps the table; which question comes next is ``Checkout``'s business.

    ``troubled`` hears when the disk did not take an intent: then nothing was sent.
    """

    def __init__(self, gear: Gear, troubled: Troubled) -> None:
        self.rows = RedemptionRows(gear)
        self._gear = gear
        self._troubled = troubled
        self._requests: dict[str, HoldRequest] = {}
        self._consents: dict[str, _Consent] = {}
        self._asking: Asking[HoldAnswer] | None = None
        self._sending: Asking[ChallengeAnswer] | None = None

    @property
    def _again(self) -> tuple[float, ...]:
        """A message that would be done twice is never sent twice (redemption.md, "Backends differ").

        Nor is a line that is down waited for where the cashier may take points without it.
        """
        twice = self._gear.backend.capabilities.idempotency is not Idempotency.NONE
        may_trust = bool(self._gear.copies.offline_points.per_bill) and not self._gear.line.online
        return AGAIN_AFTER_SECONDS if twice and not may_trust else ONCE

    @property
    def _can_replace(self) -> bool:
        """Whether a hold takes another's place in one transaction; a backend that redeems at once cannot."""
        return self._gear.backend.capabilities.hold is not Hold.NONE

    def covers(self, need: Need, deadline: Callable[[RedemptionRow], Deadline | None]) -> bool:
        """Whether a hold stands for all of ``need`` and its deadline has not passed."""
        row = self.rows.newest(need.programme_id, RedemptionState.HELD)
        if row is None or row.need < need.points or row.fingerprint != fingerprint(row, need):
            return False
        until = deadline(row)
        return until is None or seconds_left(self._gear.clock, until) > 0

    def needs_code(self, need: Need) -> bool:
        """Whether the customer must confirm ``need`` with a new code; one that was right covers up to its ceiling."""
        if need.programme_id == NO_ACCOUNT:
            return False
        otp = self._gear.backend.capabilities.otp
        account = self._gear.copies.programme.account(need.programme_id)
        asks = account is not None and account.otp.asks_for(need.points)
        held = self.rows.newest(need.programme_id, RedemptionState.HELD)
        verified = held is not None and bool(held.challenge_id) and need.points <= held.ceiling
        agreed = verified or self._consent(need) is not None
        return (otp is Otp.REQUIRED or (otp is Otp.OPTIONAL and asks)) and not agreed

    # Codes

    def keep_consent(self, row: RedemptionRow) -> None:
        """A question was refused that the customer had agreed to: what they said serves the next, up to its ceiling.

        They get no second message for what others used up (redemption.md, "Server": right, but refused, the code stays
        usable with a new id). A backend that redeems at once is not asked again with a code that it has seen.
        """
        request = self._requests.get(row.redemption_id)
        if request is not None and row.send_id and self._can_replace:
            self._consents[row.programme_id] = _Consent(row, request.code)

    def forget_consents(self) -> None:
        """Another bill, or another customer."""
        self._consents.clear()

    def _consent(self, need: Need) -> _Consent | None:
        given = self._consents.get(need.programme_id)
        return given if given is not None and need.points <= given.asked.ceiling else None

    def send_code(self, bill: Bill, need: Need, sent: Sent) -> None:
        """Writes CHALLENGED down, then has a code sent for up to ``need``."""
        held = self.rows.newest(need.programme_id, RedemptionState.HELD)
        row = replace(
            self._row(bill, need, RedemptionState.CHALLENGED),
            challenge_id=self._gear.ids.new(),
            send_id=self._gear.ids.new(),
            replaces=held.redemption_id if held else "",
        )
        self.rows.add(row, lambda: self._send(row, sent), self._troubled)

    def resend_code(self, row: RedemptionRow, sent: Sent, *, same: bool) -> None:
        """Has the code sent again: a new sending, or the ``same`` one where its answer never came (no second SMS)."""
        if same:
            self._send(row, sent)
            return
        again = replace(row, send_id=self._gear.ids.new())
        self.rows.move(
            row.redemption_id,
            lambda now: again if now == row else None,
            lambda: self._send(again, sent),
            self._troubled,
        )

    # Holds

    def ask(
        self,
        bill: Bill,
        need: Need,
        code: OneTimeCode | None,
        answered: Answered,
        approver: str = "",
        vouched: RedemptionRow | None = None,
    ) -> None:
        """Writes ASKED down, then asks for a hold: for the code just typed, in place of an older hold, or a new one.

        ``vouched`` is the challenge that a second person has answered for, in place of a code.

        Every call is a new try (``attempt_id``); inside it a lost answer is asked for again with the same ids.
        """
        challenged = self.rows.newest(need.programme_id, RedemptionState.CHALLENGED) if code else vouched
        row = self._first_ask(bill, need) if challenged is None else self._try(bill, need, challenged)
        consent = None if row.challenge_id else self._consent(need)
        if consent is not None:
            said, code = consent.asked, consent.code
            del self._consents[need.programme_id]
            row = replace(row, ceiling=said.ceiling, challenge_id=said.challenge_id, send_id=said.send_id)
        row = replace(row, fingerprint=fingerprint(row, need))
        if row.replaces and not self._can_replace:
            self._drop_replaced(row, lambda: None)
        request = replace(self._request(bill, row, code), total=need.total, approver=approver)
        self._requests[row.redemption_id] = request
        send = partial(self._hold, request, answered)
        if challenged is None:
            self.rows.add(row, send, self._troubled)
        else:
            self.rows.move(
                row.redemption_id,
                lambda now: row if now.state is RedemptionState.CHALLENGED else None,
                send,
                self._troubled,
            )

    def ask_again(self, row: RedemptionRow, answered: Answered) -> None:
        """The same question with the same ids, after nobody knew its answer."""
        self._hold(self._requests[row.redemption_id], answered)

    def trust(self, bill: Bill, need: Need, asked: RedemptionRow | None, approver: str, then: Then) -> None:
        """HELD here only: nobody answered, and the shop lets its tills take points on trust (``trusting``).

        What was ``asked`` keeps its id: a hold that was granted unheard is then the one that the bill takes, and the
        backend never has two. Where no question left, the code that never came is over and a new row is written.
        """

        def held(row: RedemptionRow) -> RedemptionRow:
            return replace(row, state=RedemptionState.HELD, need=need.points, on_trust=True, approver=approver)

        if asked is not None:
            self._requests.pop(asked.redemption_id, None)
            self.rows.move(
                asked.redemption_id,
                lambda now: held(now) if now.state is RedemptionState.ASKED else None,
                lambda: self._drop_replaced(asked, then),
                self._troubled,
            )
            return
        older = self.rows.newest(need.programme_id, RedemptionState.HELD)
        new = replace(self._row(bill, need, RedemptionState.HELD), replaces=older.redemption_id if older else "")
        row = held(replace(new, fingerprint=fingerprint(new, need)))
        add = partial(self.rows.add, row, lambda: self._drop_replaced(row, then), self._troubled)
        self.drop_challenges(need.programme_id, add)

    def value_row(self, bill: Bill, value: StoredBalance, amount: Money) -> RedemptionRow:
        """A row for a hold of stored value: asked once, without a code, for all that the tender will be."""
        need, now = points_of_money(amount), self._gear.clock.monotonic()
        row = RedemptionRow(
            redemption_id=self._gear.ids.new(),
            bill_id=bill.bill_id,
            member_id=value.holder,
            programme_id=value.account.value,
            state=RedemptionState.ASKED,
            need=need,
            ceiling=need,
            amount=amount,
            attempt_id=self._gear.ids.new(),
            asked_at=Deadline(self._gear.clock.boot_id, now),
        )
        return replace(row, fingerprint=fingerprint(row, Need(row.programme_id, need, amount, ())))

    def ask_value(self, bill: Bill, row: RedemptionRow, answered: Answered) -> None:
        """Writes the row down, then asks for its hold."""
        request = self._request(bill, row, None)
        self._requests[row.redemption_id] = request
        self.rows.add(row, partial(self._hold, request, answered), self._troubled)

    def stop_asking(self) -> None:
        """No answer is wanted any more; what was sent is undone by dropping its row."""
        for asking in (self._asking, self._sending):
            if asking is not None:
                asking.drop()
        self._asking = self._sending = None

    def granted(self, row: RedemptionRow, asked: Asked[HoldAnswer], then: Then) -> None:
        """ASKED or HELD → HELD with the deadlines of this answer; the hold that it took the place of is dropped."""
        answer = asked.answer
        if answer is None or answer.state is not HoldState.HELD:
            raise ValueError("only a granted hold is written down as held")
        held_until, commit_by = deadlines_of(self._gear, asked.sent_at, answer)
        self._requests.pop(row.redemption_id, None)

        def held(now: RedemptionRow) -> RedemptionRow | None:
            if now.state not in (RedemptionState.ASKED, RedemptionState.HELD):
                return None
            return replace(
                now,
                state=RedemptionState.HELD,
                need=answer.points,
                proof=answer.proof or now.proof,
                held_until=held_until,
                commit_by=commit_by,
            )

        self.rows.move(row.redemption_id, held, lambda: self._drop_replaced(row, then), self._troubled)

    def back_to_code(self, row: RedemptionRow, then: Then) -> None:
        """The code was wrong: ASKED → CHALLENGED."""
        self._requests.pop(row.redemption_id, None)
        self.rows.move(
            row.redemption_id,
            lambda now: replace(now, state=RedemptionState.CHALLENGED) if now.state is RedemptionState.ASKED else None,
            then,
            self._troubled,
        )

    def drop_rows(self, rows: Sequence[RedemptionRow], note: str, then: Then) -> None:
        """These rows → DROPPED, each with its void in the outbox, and no answer about them is wanted any more."""
        self.stop_asking()
        for row in rows:
            self._requests.pop(row.redemption_id, None)
        self.rows.drop(rows, note, then, self._troubled)

    def drop_challenges(self, programme_id: str, then: Then) -> None:
        """An account's codes that were sent and not used are over."""
        sent = [row for row in self.rows.live if row.state is RedemptionState.CHALLENGED]
        self.drop_rows([row for row in sent if row.programme_id == programme_id], "another code", then)

    def lapse(self, row: RedemptionRow, then: Then) -> None:
        """A hold that may be gone while money stands on it: no tender opens on it, and only a manager saves."""
        passed = Deadline(self._gear.clock.boot_id, 0.0)

        def lapsed(now: RedemptionRow) -> RedemptionRow | None:
            held = now.state is RedemptionState.HELD
            return replace(now, held_until=passed, commit_by=passed) if held else None

        self.rows.move(row.redemption_id, lapsed, then, self._troubled)

    def extend(self, row: RedemptionRow, answered: Answered) -> None:
        """Asks once for more time; ``granted`` writes down what it brought."""
        call = partial(self._gear.backend.extend, row.redemption_id)
        Asking(self._gear, call, partial(answered, row), ONCE).ask()

    def look_up(self, row: RedemptionRow, answered: Answered) -> None:
        """Asks how a redemption stands, after a crash or another boot of the machine."""
        call = partial(self._gear.backend.redemption, row.redemption_id)
        self._asking = Asking(self._gear, call, partial(answered, row))
        self._asking.ask()

    # Behind it

    def _row(self, bill: Bill, need: Need, state: RedemptionState) -> RedemptionRow:
        if bill.customer is None and need.programme_id != NO_ACCOUNT:
            raise ValueError("points are a customer's")
        return RedemptionRow(
            redemption_id=self._gear.ids.new(),
            bill_id=bill.bill_id,
            member_id=member_of(bill),
            programme_id=need.programme_id,
            state=state,
            need=need.points,
            ceiling=need.points,
            amount=need.amount,
            attempt_id=self._gear.ids.new() if state is RedemptionState.ASKED else "",
            asked_at=Deadline(self._gear.clock.boot_id, self._gear.clock.monotonic()),
        )

    def _first_ask(self, bill: Bill, need: Need) -> RedemptionRow:
        """A hold without a code of its own; in place of an older one it keeps that one's verified challenge."""
        row = self._row(bill, need, RedemptionState.ASKED)
        held = self.rows.newest(need.programme_id, RedemptionState.HELD)
        if held is None:
            # One that is being given back may still stand there: its void waits in the outbox.
            leaving = self.rows.leaving(row) if self._can_replace else None
            return row if leaving is None else replace(row, replaces=leaving.redemption_id)
        verified = bool(held.challenge_id) and need.points <= held.ceiling
        return replace(
            row,
            replaces=held.redemption_id,
            ceiling=held.ceiling if verified else need.points,
            challenge_id=held.challenge_id if verified else "",
        )

    def _try(self, bill: Bill, need: Need, challenged: RedemptionRow) -> RedemptionRow:
        return replace(
            self._row(bill, need, RedemptionState.ASKED),
            redemption_id=challenged.redemption_id,
            ceiling=challenged.ceiling,
            challenge_id=challenged.challenge_id,
            send_id=challenged.send_id,
            replaces=challenged.replaces,
        )

    def _request(self, bill: Bill, row: RedemptionRow, code: OneTimeCode | None) -> HoldRequest:
        return HoldRequest(
            redemption_id=row.redemption_id,
            bill=bill,
            member_id=row.member_id,
            programme_id=row.programme_id,
            need=row.need,
            ceiling=row.ceiling,
            amount=row.amount,
            programme_version=self._gear.copies.programme.version,
            catalogue_version=self._gear.copies.catalogue_version,
            challenge_id=row.challenge_id,
            attempt_id=row.attempt_id,
            code=code,
            replaces=row.replaces if self._can_replace else "",
        )

    def _send(self, row: RedemptionRow, sent: Sent) -> None:
        request = ChallengeRequest(
            challenge_id=row.challenge_id,
            send_id=row.send_id,
            bill_id=row.bill_id,
            member_id=row.member_id,
            programme_id=row.programme_id,
            ceiling=row.ceiling,
            amount=row.amount,
            language=self._gear.language,
        )
        call = partial(self._gear.backend.send_code, request)
        self._sending = Asking(self._gear, call, partial(sent, row), self._again)
        self._sending.ask()

    def _hold(self, request: HoldRequest, answered: Answered) -> None:
        self._asking = Asking(
            self._gear, partial(self._call_hold, request), partial(self._answered, request, answered), self._again
        )
        self._asking.ask()

    def _call_hold(self, request: HoldRequest) -> HoldAnswer:
        """In the background. What was redeemed at once is given back before another redemption takes its place."""
        row = self.rows.get(request.redemption_id)
        if row is not None and row.replaces and not self._can_replace:
            self._gear.backend.void(row.replaces)
        return self._gear.backend.hold(request)

    def _answered(self, request: HoldRequest, answered: Answered, asked: Asked[HoldAnswer]) -> None:
        """Where nobody knows after all tries one GET decides; what is not known there either stays unknown."""
        row = self.rows.get(request.redemption_id)
        if row is None or not self.rows.lives(row.redemption_id):
            return
        if not asked.unknown:
            answered(row, asked)
            return

        def looked_up(found: Asked[HoldAnswer]) -> None:
            unheard = found.refused is not None and found.refused.refusal is Refusal.UNKNOWN_REDEMPTION
            answered(row, replace(found, refused=None) if unheard else found)

        self._asking = Asking(
            self._gear, partial(self._gear.backend.redemption, request.redemption_id), looked_up, ONCE
        )
        self._asking.ask()

    def _drop_replaced(self, row: RedemptionRow, then: Then) -> None:
        older = [old for old in self.rows.held if old.redemption_id == row.replaces]
        self.rows.drop(older, "replaced", then, self._troubled)
