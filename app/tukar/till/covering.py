"""Sees to it that points are held before money is taken: codes, questions, answers and every way they can fail.

``cover`` is the one door: no tender opens and no bill is saved but through it, and it calls on only when a hold stands
for every account the bill spends points of. Whatever goes wrong ends at PAYING with a bill that promises nothing more
than what is held: any doubt about a hold = no discount (security.md, "Fail closed").
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tukar.domain.redemption import (
    NO_ACCOUNT,
    ChallengeAnswer,
    Counted,
    HoldAnswer,
    HoldState,
    OneTimeCode,
    RedemptionState,
    Refusal,
)
from tukar.domain.stored_value import is_value
from tukar.till.asking import Asked
from tukar.till.checkout_model import CheckoutState, CodeView
from tukar.till.deadlines import to_save
from tukar.till.gear import Gear, Refresh
from tukar.till.letting_go import LettingGo
from tukar.till.needing import Needing
from tukar.till.needs import Need, member_of, serves
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Deadline, DiskTrouble, RedemptionRow, Refused, seconds_left
from tukar.till.redeeming import Redeeming
from tukar.till.refusals import disk_notice, ran_out_notice, refused_notice, unknown_notice
from tukar.till.sale import Sale, SaleChange
from tukar.till.stage import Stage
from tukar.till.vouching import Vouching

DeadlineOf = Callable[[RedemptionRow], Deadline | None]

_STALE = (Refusal.RULES_CHANGED, Refusal.PRICES_CHANGED)
_OF_CODES = (Refusal.WRONG_CODE, Refusal.CODE_EXPIRED, Refusal.CODE_LOCKED, Refusal.CODE_NEEDED)


class Covering:
    """CODE, ASKING and UNSURE of the machine. ``money_stands`` tells whether tenders were taken already."""

    def __init__(
        self, sale: Sale, stage: Stage, gear: Gear, refresh: Refresh, money_stands: Callable[[], bool]
    ) -> None:
        self.redeeming = Redeeming(gear, self._disk_failed)
        self.code: CodeView | None = None
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._refresh = refresh
        self.needing = Needing(sale, gear)
        self._letting_go = LettingGo(sale, gear, self.redeeming, money_stands, self._disk_failed)
        self.vouching = Vouching(sale, gear)
        self._money_stands = money_stands
        self._then: Callable[[], None] | None = None
        self._deadline: DeadlineOf = to_save
        self.row: RedemptionRow | None = None
        """What was asked, at UNSURE."""
        self._asked_for = ""
        self.unheard = False
        """Whether nobody knows if the code at CODE was sent."""
        self._turn = 0
        self._refreshed = False

    def bill_changed(self, change: SaleChange) -> None:
        """What an edit makes of codes and holds: nothing a customer's points are tied to outlives its reason.

        A smaller need keeps the hold, a greater one is asked for with ``replaces`` at the next step of payment.
        """
        before, after = change.before.bill, change.after.bill
        points = tuple(row for row in self.redeeming.rows.live if not is_value(row.programme_id))
        if (before.bill_id, member_of(before)) != (after.bill_id, member_of(after)):
            self.redeeming.forget_consents()
        if before.bill_id != after.bill_id:
            gone = self.redeeming.rows.live
        elif member_of(before) != member_of(after) or not points:
            gone = points
        else:
            wanted = {need.programme_id: need for need in (*self.needing.limited, *self.needing.all)}
            gone = tuple(row for row in points if not serves(row, wanted.get(row.programme_id)))
        if gone:
            self.redeeming.drop_rows(gone, "bill changed", self._stage.changed)
            self._then = None
        if self._stage.state is CheckoutState.CODE and not self._code_stands(gone):
            self._to_paying(None)

    def leave_unsure(self, then: Callable[[], None]) -> None:
        """A manager saves: what is still being asked is dropped, the hold that once stood is billed."""
        asked = [row for row in self.redeeming.rows.live if row.state is not RedemptionState.HELD]
        self._then = None

        def dropped() -> None:
            self._to_paying(None)
            then()

        self._turn += 1
        self.redeeming.drop_rows(asked, "saved late", self._still(dropped))

    def forget(self) -> None:
        """The bill is over; its rows are the journal's."""
        self._turn += 1
        self.redeeming.stop_asking()
        self.code = self.row = self._then = None
        self.redeeming.rows.after_writes(self.redeeming.rows.forget_ended, self._disk_failed)

    def _code_stands(self, gone: Sequence[RedemptionRow]) -> bool:
        code = self.code
        need = None if code is None else self.needing.of(code.programme_id)
        return code is not None and need is not None and code.programme_id not in {row.programme_id for row in gone}

    # The one door

    def uncovered(self, deadline: DeadlineOf) -> tuple[Need, ...]:
        return tuple(need for need in self.needing.all if not self.redeeming.covers(need, deadline))

    def cover(self, deadline: DeadlineOf, then: Callable[[], None]) -> None:
        """Calls ``then`` at PAYING once everything is held; asks for it first where it is not.

        ``then`` is forgotten when the cashier cancels or the backend refuses: the bill has changed, and they decide.
        """
        self._refreshed = False
        self._deadline, self._then = deadline, then
        self._go_on(then)

    def _go_on(self, then: Callable[[], None]) -> None:
        needs = self.uncovered(self._deadline)
        if not needs:
            self._then = None
            then()
        else:
            self.vouching.then(needs[0], self._still(lambda: self._begin(needs[0])))

    def _begin(self, need: Need) -> None:
        if self.redeeming.needs_code(need):
            self._start_code(need)
        else:
            self._ask(need, None)

    # Codes

    def send_code(self, need: Need, deadline: DeadlineOf) -> None:
        """The cashier has a code sent for ``need`` before any tender."""
        self._refreshed = False
        self._deadline, self._then = deadline, None
        self.vouching.then(need, self._still(lambda: self._start_code(need)))

    def resend_code(self) -> None:
        """Sends the code again: the same sending where its answer never came, a new code where the old is over."""
        code, need = self._code_and_need()
        row = self.redeeming.rows.newest(need.programme_id, RedemptionState.CHALLENGED)
        anew = row is None or code.over
        self.code = (
            CodeView(code.programme_id, need.points, need.amount, busy=True) if anew else replace(code, busy=True)
        )
        self._stage.changed()
        if row is None or code.over:
            self._forget_code(need.programme_id, lambda: self.redeeming.send_code(self._sale.bill, need, self._sent))
        else:
            self.redeeming.resend_code(row, self._sent, same=self.unheard)

    def submit_code(self, code: OneTimeCode) -> None:
        """The customer's code: it travels in the question for the hold."""
        view, need = self._code_and_need()
        row = self.redeeming.rows.newest(need.programme_id, RedemptionState.CHALLENGED)
        if row is None or view.busy or view.over:
            return
        self._ask(need, code)

    def wait_for_code(self, *, busy: bool) -> None:
        """While a second person's word is with the backend nothing is typed."""
        self.code = None if self.code is None else replace(self.code, busy=busy)
        self._stage.changed()

    def ask_without_code(self, row: RedemptionRow) -> None:
        """Somebody has answered for the customer's consent to this challenge."""
        need = self._code_and_need()[1]
        self._ask(need, None, row)

    def cancel_code(self) -> None:
        """No code after all: the points come off the bill."""
        view = self.code
        if view is not None:
            unsent = self.unheard and not (view.sent_to or view.busy or view.over)
            self._give_up(view.programme_id, None, lost=Notice(Say.BACKEND_SLOW) if unsent else None)

    def _code_and_need(self) -> tuple[CodeView, Need]:
        need = None if self.code is None else self.needing.of(self.code.programme_id)
        if self.code is None or need is None:
            raise LookupError("no code is waited for")
        return self.code, need

    def _start_code(self, need: Need) -> None:
        self.code = CodeView(need.programme_id, need.points, need.amount, busy=True)
        self._stage.go(CheckoutState.CODE)
        self._forget_code(need.programme_id, lambda: self.redeeming.send_code(self._sale.bill, need, self._sent))

    def _forget_code(self, programme_id: str, then: Callable[[], None]) -> None:
        """An older code of the same account is over before a new one is sent."""
        self.redeeming.drop_challenges(programme_id, self._still(then))

    def _sent(self, row: RedemptionRow, asked: Asked[ChallengeAnswer]) -> None:
        code = self.code
        if code is None or not self.redeeming.rows.lives(row.redemption_id) or code.programme_id != row.programme_id:
            return
        answer, refused = asked.answer, asked.refused
        self.unheard = asked.unknown
        if answer is not None:
            self.code = CodeView.of_sent(row, answer, asked.sent_at, self._gear.clock.boot_id)
            self._stage.say(Notice(Say.CODE_SENT, text=answer.sent_to))
        elif refused is None:
            self.code = replace(code, busy=False)
            self._stage.say(Notice(Say.BACKEND_SLOW, Level.WARN))
        else:
            self._code_refused(row, refused)

    def _code_refused(self, row: RedemptionRow, refused: Refused) -> None:
        """No code was sent. Too early or too many keep an earlier one usable; anything else ends it."""
        code = self.code
        early = refused.refusal in (Refusal.RESEND_TOO_EARLY, Refusal.TOO_MANY_CODES)
        if early and code is not None and code.sent_to:
            self.code = replace(code, busy=False)
            notice = refused_notice(refused)
            if notice.seconds is None and code.resend_at is not None:
                notice = replace(notice, seconds=seconds_left(self._gear.clock, code.resend_at))
            self._stage.say(notice)
        else:
            self._refused(row, refused)

    # Questions

    def ask_again(self) -> None:
        """The same question once more, after nobody knew its answer."""
        row = self.row
        if row is not None:
            self._stage.go(CheckoutState.ASKING)
            self.redeeming.ask_again(row, self._answered)

    def cancel_ask(self) -> None:
        """The cashier waits no longer: what was asked is dropped, and its points come off the bill."""
        unsure = self._stage.state is CheckoutState.UNSURE
        self._give_up(self._asked_for, None, lost=unknown_notice(self._asked_for) if unsure else None)

    def _ask(self, need: Need, code: OneTimeCode | None, vouched: RedemptionRow | None = None) -> None:
        self._asked_for = need.programme_id
        asking = Notice(Say.POINTS_ASKED, points=need.points)
        self._stage.go(CheckoutState.ASKING, Notice(Say.OFFER_ASKED) if need.programme_id == NO_ACCOUNT else asking)
        self.redeeming.ask(self._sale.bill, need, code, self._answered, self.vouching.approver(need), vouched)

    def _answered(self, row: RedemptionRow, asked: Asked[HoldAnswer]) -> None:
        if self._stage.state is not CheckoutState.ASKING:
            return
        self.row = row
        answer, refused = asked.answer, asked.refused
        if refused is not None:
            self._refused(row, refused)
        elif answer is None:
            self._stage.go(CheckoutState.UNSURE, unknown_notice(self._asked_for, asked.trouble))
        elif answer.state is HoldState.HELD:
            self.redeeming.granted(row, asked, self._still(self._held))
        else:
            self._give_up(row.programme_id, replace(ran_out_notice(row), points=None))

    def _held(self, said: Notice | None = None) -> None:
        row, self.row, self.code = self.row, None, None
        self._stage.notice = None
        spends = row is not None and row.programme_id != NO_ACCOUNT
        reserved = Notice(Say.POINTS_RESERVED, points=row.need) if row is not None and spends else None
        self._stage.go(CheckoutState.PAYING, said or reserved)
        if self._then is not None:
            self._go_on(self._then)

    def trust(self, need: Need, approver: str) -> None:
        """CODE or UNSURE → PAYING without a hold, where nobody answers and the shop allows it (``trusting``)."""
        said = Notice(Say.POINTS_ON_TRUST, Level.WARN, points=need.points)
        self._stage.go(CheckoutState.ASKING)
        self.redeeming.trust(self._sale.bill, need, self.row, approver, self._still(lambda: self._held(said)))

    # Refusals

    def _refused(self, row: RedemptionRow, refused: Refused) -> None:
        notice = refused_notice(refused)
        if refused.refusal not in _OF_CODES:
            self.redeeming.keep_consent(row)
        if refused.refusal is Refusal.WRONG_CODE and refused.tries_left != 0 and self.code is not None:
            self._wrong_code(row, self.code, refused, notice)
        elif refused.refusal in _OF_CODES and refused.refusal is not Refusal.CODE_NEEDED:
            locked = refused.refusal is Refusal.WRONG_CODE
            self._code_over(row, Notice(Say.CODE_LOCKED, Level.DANGER) if locked else notice)
        elif refused.refusal is Refusal.CODE_NEEDED:
            self._drop(row, lambda: self._restart(row, code=True))
        elif refused.refusal in _STALE and not self._refreshed:
            self._refreshed = True
            self._drop(row, lambda: self._renew_rules(row, notice))
        elif self._is_about_limits(row, refused):
            self._others_were_first(row, refused)
        elif refused.refusal is Refusal.INSUFFICIENT:
            self._drop(row, lambda: self._too_few(row, refused, notice))
        else:
            self._give_up(row.programme_id, notice)

    def _is_about_limits(self, row: RedemptionRow, refused: Refused) -> bool:
        """Whether limited rewards are in the way: said so, or what is left to blame once rules and prices are ours."""
        if refused.refusal is Refusal.USED_UP:
            return True
        doubtful = refused.refusal in _STALE or (
            refused.refusal is Refusal.NOT_ELIGIBLE and row.programme_id == NO_ACCOUNT
        )
        return doubtful and bool(self.needing.limited)

    def _others_were_first(self, row: RedemptionRow, refused: Refused) -> None:
        """Only what others have used up leaves the bill; then the cashier sees the new figure and goes on."""
        turn = self._turn
        rules = refused.rules or tuple(key.rule_id for need in self.needing.limited for key in need.claims)

        def counted(counts: Counted | None) -> None:
            if self._turn == turn:
                self._drop(row, lambda: self._go_on_without(row, rules, counts))

        self._letting_go.scarce.count(counted)

    def _go_on_without(self, row: RedemptionRow, rules: Sequence[str], counts: Counted | None) -> None:
        self._then = None
        self._to_paying(None)
        why = self._letting_go.take_off(rules, counts)
        if why is None:
            self._give_up(row.programme_id, Notice(Say.OFFER_USED_UP, Level.WARN))
        else:
            self._stage.say(why)

    def _wrong_code(self, row: RedemptionRow, view: CodeView, refused: Refused, notice: Notice) -> None:
        def asked_again() -> None:
            left = view.tries_left if refused.tries_left is None else refused.tries_left
            self.code = replace(view, tries_left=left)
            self._stage.go(CheckoutState.CODE, notice)

        self.redeeming.back_to_code(row, self._still(asked_again))

    def _code_over(self, row: RedemptionRow, notice: Notice) -> None:
        """The code cannot be used: the points stay, a new one may be sent, or somebody else answers for it."""

        def over() -> None:
            self.code = CodeView(row.programme_id, row.ceiling, row.amount, over=True)
            if self._stage.state is CheckoutState.ASKING:
                self._stage.go(CheckoutState.CODE, notice)
            else:
                self._stage.say(notice)

        now = self.redeeming.rows.get(row.redemption_id)
        if now is not None and now.state is RedemptionState.ASKED:
            self.redeeming.back_to_code(row, self._still(over))
        else:
            self._drop(row, over)

    def _renew_rules(self, row: RedemptionRow, notice: Notice) -> None:
        turn = self._turn

        def renewed(fresh: bool) -> None:  # noqa: FBT001 - what a refresh answers
            if self._turn == turn:
                self._stale(row, notice, fresh=fresh)

        self._refresh.refresh(renewed)

    def _stale(self, row: RedemptionRow, notice: Notice, *, fresh: bool) -> None:
        """The rules or prices changed meanwhile: priced again, shown, and asked again.

        What other accounts hold was granted by the former ones, so that is asked for anew too.
        """
        if not fresh:
            self._give_up(row.programme_id, notice)
            return
        self._to_paying(notice)
        self._sale.resume(self._refresh.renewed(self._sale.bill))
        former = () if self._money_stands() else self.redeeming.rows.held
        self.redeeming.drop_rows(former, "rules changed", self._still(lambda: self._restart(row, code=False)))

    def _restart(self, row: RedemptionRow, *, code: bool) -> None:
        """Asks anew for what the bill needs now, with a code where one is wanted."""
        self._to_paying(None)
        need = self.needing.of(row.programme_id)
        if need is not None and code:
            self._start_code(need)
        elif self._then is not None:
            self._go_on(self._then)

    def _too_few(self, row: RedemptionRow, refused: Refused, notice: Notice) -> None:
        """Points were spent elsewhere: the bill is priced again by what is left, and the cashier sees the figure."""
        self._then = None
        self._to_paying(notice)
        self._letting_go.too_few(self.needing.of(row.programme_id), refused.points, notice)
        self._stage.say(notice)

    def _give_up(self, programme_id: str, notice: Notice | None, lost: Notice | None = None) -> None:
        """Drops what was asked for an account and takes its rewards off the bill: no hold, no discount.

        ``lost`` is why the cashier gave up, where no answer came: the manager reads that it was no wish.
        """
        self._turn += 1
        self._then = None
        asked = self.redeeming.rows.newest(programme_id, RedemptionState.ASKED)
        spends = asked is not None and asked.programme_id != NO_ACCOUNT
        returning = Notice(Say.POINTS_RETURNING, points=asked.need) if asked is not None and spends else None
        self._letting_go.give_back(programme_id, self._stage.changed)
        # A row whose intent is on its way to the disk just now is given back as soon as it is there.
        self.redeeming.rows.after_writes(
            lambda: self._letting_go.give_back(programme_id, self._stage.changed), self._disk_failed
        )
        self._to_paying(notice or returning or self._stage.notice)
        need = self.needing.of(programme_id)
        if need is not None and not self.redeeming.covers(need, lambda _: None):
            self._letting_go.unclaim(need, notice or lost)
        self._stage.changed()

    def lose(self, row: RedemptionRow, notice: Notice) -> None:
        """A hold is gone and no money stands on it: its row ends, and so does its discount."""
        self._turn += 1
        self._then = None
        self._drop(row, self._stage.changed)
        if self.code is not None and self.code.programme_id == row.programme_id:
            self._to_paying(notice)
        self._letting_go.unclaim(self.needing.of(row.programme_id), notice)
        self._stage.say(notice)

    def _drop(self, row: RedemptionRow, then: Callable[[], None]) -> None:
        """Ends a row; ``then`` unless the cashier went another way meanwhile."""
        self.redeeming.drop_rows([row], "refused", self._still(then))

    def _still(self, then: Callable[[], None]) -> Callable[[], None]:
        turn = self._turn
        return lambda: then() if self._turn == turn else None

    def _to_paying(self, notice: Notice | None) -> None:
        self.code = self.row = None
        if self._stage.state is not CheckoutState.PAYING:
            self._stage.go(CheckoutState.PAYING, notice)
        else:
            self._stage.say(notice or self._stage.notice)

    def _disk_failed(self, trouble: DiskTrouble) -> None:
        """The intent is not on the disk, so nothing was sent."""
        self._turn += 1
        self._then = None
        if self._stage.state in (CheckoutState.CODE, CheckoutState.ASKING, CheckoutState.UNSURE):
            self._to_paying(disk_notice(trouble))
        else:
            self._stage.say(disk_notice(trouble))
