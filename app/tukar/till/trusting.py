"""Points on trust: what a cashier may still do for a customer while the backend cannot be reached.

redemption.md, "Offline": a limited redemption without a hold, per bill, per till and hour, a manager's PIN above, and
off unless the shop says otherwise. The till has that setting from the backend itself, which says through which day it
counts. Only money comes off for it: goods, cards, coupons and whatever is limited over all sales need the hold.

**When.** Only where a question was asked and nobody knows its answer: at UNSURE, or at CODE when the code could not be
sent. A refusal is an answer, and so is "being restored".

**How much.** Within the limits nobody else is asked. The hour is counted from the rows of the journal, so that neither
a crash nor another cashier begins it anew. What still waits to be sent counts as well, however old it is, for the
backend counts by the hour in which it hears of it: what a till agrees to alone is then within the backend's count too,
and the customer's points pay for it. Beyond that a second person gives their PIN at this till, which the backend can
only flag; it leaves the customer's points alone there, and the shop bears what was given.

**Codes.** A shop that asks for a code wants the customer's consent to be proved, and a till without the line can prove
nothing: no code can be sent, and one that was typed cannot be checked. So a second person always answers for it there,
as they do for a code that does not come (``overriding``), and the backend shows it to a manager.

**The balance** is the one last heard. It may have been spent since; then the backend takes what there is, the rest is
SHORT, and the cashier was told so.
"""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import Action, Right
from tukar.domain.redemption import NO_ACCOUNT
from tukar.till.checkout_model import CheckoutState, TrustView
from tukar.till.covering import Covering
from tukar.till.gear import Gear
from tukar.till.needs import Need
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit, Then
from tukar.till.ports import Deadline, DiskTrouble
from tukar.till.refusals import disk_notice
from tukar.till.sale import Sale
from tukar.till.stage import Stage

HOUR: Final = timedelta(hours=1)

AskHere = Callable[[Then, ApprovalSubject], Right]


class Trusting:
    """``offer`` is what may be taken now; ``take`` takes it, after a second person's PIN where one is needed."""

    def __init__(self, sale: Sale, stage: Stage, gear: Gear, covering: Covering, zone: ZoneInfo) -> None:
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._covering = covering
        self._zone = zone
        self._ask_here: AskHere | None = None
        self._counting = False

    def ask_by(self, ask_here: AskHere) -> None:
        """``Permitting.ask_here``: somebody else's PIN, typed at this till."""
        self._ask_here = ask_here

    @property
    def offer(self) -> TrustView | None:
        """None where an answer may still come, or the shop wants none to go without one."""
        need, customer = self._need(), self._sale.bill.customer
        today = self._gear.clock.now().astimezone(self._zone).date()
        if need is None or customer is None or not self._gear.copies.offline_points.holds_on(today):
            return None
        return TrustView(need.points, self._covering.redeeming.needs_code(need), customer.seen_at)

    def take(self) -> None:
        """CODE or UNSURE → PAYING with the points on the bill. What was counted may ask for a second person first."""
        need = self._need()
        if self.offer is None or need is None or self._counting:
            return
        self._counting = True
        journal, clock, bill_id = self._gear.journal, self._gear.clock, self._sale.bill.bill_id
        began, since = Deadline(clock.boot_id, clock.monotonic() - HOUR.total_seconds()), clock.now() - HOUR
        self._gear.background.run(
            lambda: journal.points_on_trust(began, since, bill_id, need.programme_id),
            lambda before: self._counted(need, before),
            self._not_counted,
        )

    def _counted(self, need: Need, before: Fraction) -> None:
        self._counting = False
        offer = self.offer
        if offer is None or self._need() != need:
            return
        most, wanted = self._gear.copies.offline_points, need.points.exact()
        if not offer.needs_code and self._on_bill(need) + wanted <= most.per_bill and before + wanted <= most.per_hour:
            self._covering.trust(need, "")
        else:
            self._ask(need, "no code can be sent" if offer.needs_code else "more than the shop allows without the line")

    def _ask(self, need: Need, reason: str) -> None:
        bill_id = self._sale.bill.bill_id
        ref = f"{bill_id} {need.programme_id} {need.points.decimal()}"
        about = ApprovalSubject(
            Action.REDEEM_OFFLINE, ref, bill_id, amount=need.amount, points=need.points, reason=reason
        )

        def given(word: Permit) -> None:
            if self.offer is not None and self._need() == need:
                self._covering.trust(need, word.approver)

        if self._ask_here is None or self._ask_here(given, about) is Right.DENIED:
            self._stage.say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _on_bill(self, need: Need) -> Fraction:
        """Whole points of other accounts that this bill takes on trust already."""
        rows = (row for row in self._covering.redeeming.rows.held if row.on_trust)
        return sum((row.need.exact() for row in rows if row.programme_id != need.programme_id), Fraction(0))

    def _need(self) -> Need | None:
        """What nobody has answered for, where it is points that only take money off."""
        need = self._covering.needing.of(self._unanswered())
        if need is None or need.programme_id == NO_ACCOUNT or need.limited:
            return None
        rules = (self._sale.rules.rule(key.rule_id) for key in need.claims)
        return None if any(one is None or one.rule.gives_goods for one in rules) else need

    def _unanswered(self) -> str:
        """The account asked for; NO_ACCOUNT where no question of ours is open, or it is not about points."""
        covering = self._covering
        if self._stage.state is CheckoutState.UNSURE and covering.row is not None:
            return covering.row.programme_id
        code = covering.code
        if self._stage.state is CheckoutState.CODE and code is not None and covering.unheard and not code.busy:
            return code.programme_id
        return NO_ACCOUNT

    def _not_counted(self, trouble: Exception) -> None:
        self._counting = False
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._stage.say(disk_notice(trouble))
