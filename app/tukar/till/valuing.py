"""Gift cards and store credit as tenders: money that is held at the backend before it counts as taken.

Each is one question: looked up, held for an amount, then a tender that names its hold. Until the answer is there the
checkout stands at ASKING like for points, and at UNSURE when nobody knows. The hold lies in the same rows as those of
points, so that it is extended, dropped with its void, billed with the bill and found again after a crash; whatever is
in doubt is no tender.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from tukar.domain.money import Money
from tukar.domain.people import masked
from tukar.domain.redemption import HoldAnswer, HoldState, RedemptionState, Refusal
from tukar.domain.stored_value import (
    CODE_AT_LEAST,
    StoredBalance,
    ValueAccount,
    card_code,
    money_of_points,
)
from tukar.domain.tender import Tender, ValueTaken
from tukar.till.asking import Asked
from tukar.till.checkout_model import CheckoutState
from tukar.till.deadlines import to_save
from tukar.till.gear import Gear
from tukar.till.needs import member_of
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import RedemptionRow, Refused, Unreachable, seconds_left
from tukar.till.ports.values import StoredValues
from tukar.till.redeeming import Redeeming
from tukar.till.refusals import refused_notice, unreachable_notice
from tukar.till.sale import Sale, SaleChange
from tukar.till.stage import Stage


@dataclass(frozen=True, slots=True)
class _Question:
    """What is being asked: which value, how much of it, and under which row."""

    value: StoredBalance
    amount: Money
    row: RedemptionRow


class Valuing:
    """``take`` gets every tender that was granted; ``found`` is the card that was looked up last, if any."""

    def __init__(
        self, sale: Sale, stage: Stage, gear: Gear, redeeming: Redeeming, take: Callable[[Tender], None]
    ) -> None:
        self.found: StoredBalance | None = None
        self.is_finding = False
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._redeeming = redeeming
        self._take = take
        self._question: _Question | None = None
        stage.listen(self._mind)

    @property
    def can(self) -> bool:
        """Whether this backend keeps stored value, and the bill is no practice."""
        return self._gear.backend.capabilities.stored_value and not self._sale.bill.training

    @property
    def credit(self) -> StoredBalance | None:
        """The customer's store credit, where they have some."""
        customer = self._sale.bill.customer
        if customer is None or customer.wallet is None or customer.wallet.minor <= 0 or not self.can:
            return None
        mask = customer.name or masked(customer.member_id)
        return StoredBalance(ValueAccount.STORE_CREDIT, customer.member_id, mask, customer.wallet)

    @property
    def is_asking(self) -> bool:
        """Whether ASKING and UNSURE are about stored value just now, and not about points."""
        return self._question is not None

    def lapsed(self, tenders: tuple[Tender, ...]) -> bool:
        """Whether a hold that a tender counts on has run out: then only a manager saves the bill."""
        return any(tender.value is not None and self._has_lapsed(tender.value) for tender in tenders)

    def _has_lapsed(self, taken: ValueTaken) -> bool:
        row = self._redeeming.rows.get(taken.redemption_id)
        if row is None or row.state is not RedemptionState.HELD:
            return row is None or row.state not in (RedemptionState.BILLED, RedemptionState.SETTLED)
        until = to_save(row)
        return until is not None and seconds_left(self._gear.clock, until) <= 0

    # Looking up

    def find_card(self, code: str) -> None:
        """Asks what a gift card holds; ``found`` has it then, or the stage says why not."""
        if not self.can or self.is_finding:
            return
        if len(card_code(code)) < CODE_AT_LEAST:
            self._stage.say(Notice(Say.GIFT_CARD_UNKNOWN, Level.WARN))
            return
        self.is_finding, self.found = True, None
        self._stage.changed()
        backend = cast("StoredValues", self._gear.backend)
        self._gear.background.run(
            lambda: backend.gift_card(card_code(code)), self._was_found, self._not_found, slot="gift card"
        )

    def forget_card(self) -> None:
        """Another card, or another way to pay."""
        self.is_finding, self.found = False, None

    def _was_found(self, value: StoredBalance) -> None:
        self._gear.line.heard()
        if not self.is_finding:
            return
        self.is_finding = False
        if value.balance.minor > 0:
            self.found = value
            self._stage.say(None)
        else:
            self._stage.say(Notice(Say.GIFT_CARD_EMPTY, Level.WARN, text=value.mask))

    def _not_found(self, trouble: Exception) -> None:
        if isinstance(trouble, Unreachable):
            self._gear.line.lost()
            notice = unreachable_notice(trouble, Say.OFFLINE_VALUE)
        elif isinstance(trouble, Refused):
            self._gear.line.heard()
            notice = refused_notice(trouble)
        else:
            raise trouble
        if self.is_finding:
            self.is_finding = False
            self._stage.say(notice)

    # Taking

    def ask(self, value: StoredBalance, amount: Money) -> None:
        """PAYING → ASKING: has ``amount`` held; the tender comes with the answer."""
        self._stage.go(CheckoutState.ASKING, Notice(Say.VALUE_ASKED, money=amount))
        row = self._redeeming.value_row(self._sale.bill, value, amount)
        self._question = question = _Question(value, amount, row)
        self._redeeming.ask_value(self._sale.bill, row, partial(self._answered, question))

    def ask_again(self) -> None:
        """UNSURE → ASKING: the same question with the same ids."""
        question = self._question
        if question is not None:
            self._stage.go(CheckoutState.ASKING)
            self._redeeming.ask_again(question.row, partial(self._answered, question))

    def cancel_ask(self) -> None:
        """ASKING or UNSURE → PAYING: what was asked is given back, and is no tender."""
        question = self._question
        if question is not None:
            self._end(question, Notice(Say.VALUE_RETURNING, money=question.amount))

    def give_back(self, tender: Tender) -> None:
        """A tender was removed: its hold is dropped."""
        if tender.value is not None:
            row = self._redeeming.rows.get(tender.value.redemption_id)
            self._redeeming.drop_rows([] if row is None else [row], "removed", self._stage.changed)

    def strangers(self, change: SaleChange, tenders: tuple[Tender, ...]) -> tuple[Tender, ...]:
        """The store credit on this bill that is not of its customer any more."""
        if member_of(change.before.bill) == member_of(change.after.bill):
            return ()
        owner = member_of(change.after.bill)
        credit = ValueAccount.STORE_CREDIT.mode
        return tuple(one for one in tenders if one.mode is credit and one.value and one.value.holder != owner)

    # Behind it

    def _mind(self) -> None:
        """A question that the stage no longer waits for is over, whatever ended it: a cashier, or a full disk."""
        if self._stage.state not in (CheckoutState.ASKING, CheckoutState.UNSURE):
            self._question = None

    def _answered(self, question: _Question, row: RedemptionRow, asked: Asked[HoldAnswer]) -> None:
        if self._question is not question:
            return
        answer, refused = asked.answer, asked.refused
        if refused is not None:
            self._refused(question, refused)
        elif answer is None:
            trouble = asked.trouble
            notice = Notice(Say.VALUE_UNKNOWN) if trouble is None else unreachable_notice(trouble, Say.VALUE_UNKNOWN)
            self._stage.go(CheckoutState.UNSURE, notice)
        elif answer.state is HoldState.HELD:
            self._redeeming.granted(row, asked, lambda: self._held(question, answer.proof))
        else:
            self._end(question, Notice(Say.VALUE_RAN_OUT, Level.WARN))

    def _refused(self, question: _Question, refused: Refused) -> None:
        """Spent elsewhere meanwhile: the card stays in hand with what is left on it."""
        notice = refused_notice(refused)
        if refused.refusal is Refusal.INSUFFICIENT and refused.points is not None:
            left = money_of_points(refused.points, question.amount)
            notice = Notice(Say.VALUE_SPENT_ELSEWHERE, Level.WARN, text=question.value.mask, money=left)
            self._learn(question.value, left)
        elif refused.refusal is Refusal.ALREADY_HELD:
            notice = Notice(Say.GIFT_CARD_ON_BILL, Level.WARN, text=question.value.mask)
        self._end(question, notice)

    def _learn(self, value: StoredBalance, left: Money) -> None:
        if value.account is ValueAccount.GIFT_CARD:
            kept = StoredBalance(value.account, value.holder, value.mask, left)
            self.found = kept if left.minor > 0 else None

    def _held(self, question: _Question, proof: str) -> None:
        """The hold is on the disk: it pays, unless the cashier gave it up meanwhile."""
        if self._question is not question:
            return
        self.forget_card()
        value, amount = question.value, question.amount
        taken = ValueTaken(question.row.redemption_id, value.holder, value.balance - amount, proof)
        at = self._gear.clock.now()
        tender = Tender(self._gear.ids.new(), value.account.mode, amount, amount, at, label=value.mask, value=taken)
        self._take(tender)
        # The tender says all there is to say: "reserving" is over.
        self._stage.notice = None
        self._stage.go(CheckoutState.PAYING)

    def _end(self, question: _Question, notice: Notice) -> None:
        self._stage.go(CheckoutState.PAYING, notice)
        row = self._redeeming.rows.get(question.row.redemption_id) or question.row
        self._redeeming.drop_rows([row], "not taken", self._stage.changed)
