"""Takes goods back: asks before any money leaves, pays out, and saves the return receipt (redemption.md, "Refund").

The order is fixed. The row is on the disk before the backend is asked; the backend has accepted, and that is on the
disk, before money leaves; cash leaves only after the return receipt is saved, which is the commit. A card is told to
give money back only after the row says PAYING, because a crash then leaves nobody who knows.

A sale of this till that the backend cannot know, because it still waits to be sent, comes back without its word: the
return queues behind the sale, and its points move when both arrive. Once the sale is sent, others may take its goods
back too, so that the backend is asked after all before money leaves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tukar.domain.money import Money
from tukar.domain.people import StaffMember
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Refusal
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.agreed import Agreed, CardsBack, Part, cash_back, parts_back, values_back
from tukar.till.asking import Asked, Asking
from tukar.till.exchanging import Exchange
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Permit
from tukar.till.ports import (
    DiskTrouble,
    RefundAnswer,
    RefundLine,
    RefundRequest,
    RefundRow,
    RefundState,
    Refused,
    ReviewItem,
    TerminalAnswer,
    TerminalOutcome,
    Unreachable,
)
from tukar.till.receipts import Selling
from tukar.till.refusals import disk_notice, refused_notice, unreachable_notice
from tukar.till.return_receipt import Back, PointsBack, return_receipt
from tukar.till.saving import Place
from tukar.till.terminals import Terminals

_S = RefundState
Told = Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class Answers:
    """Who hears what came of asking: agreed, refused with the reason, or that nobody knows."""

    agreed: Callable[[Agreed], None]
    refused: Told
    unsure: Callable[[RefundRow, Notice], None]


@dataclass(frozen=True, slots=True)
class Payouts:
    """Who hears what came of paying out. ``declined`` brings what is agreed still, to be paid another way."""

    saved: Callable[[Receipt], None]
    declined: Callable[[Agreed, Notice], None]
    lost: Told
    """Nobody knows whether the card got its money: a manager's item now."""


class Refunding:
    """One return at a time, on the caller's thread; what blocks goes through ``Background``.

    ``wake`` is called once a return that was given up waits to be told to the backend.
    """

    def __init__(
        self,
        gear: Gear,
        terminals: Terminals,
        place: Place,
        cashier: Callable[[], StaffMember],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._wake = wake
        self._gear = gear
        self._terminals = terminals
        self._place = place
        self._cashier = cashier

    @property
    def selling(self) -> Selling:
        """Who takes back where, by the till's present rules."""
        profile = self._place.profile
        return Selling(
            shop_id=profile.shop_id,
            shop_name=profile.name,
            till_id=self._place.till_id,
            till_epoch=self._place.till_epoch,
            cashier=self._cashier(),
            programme=self._gear.copies.programme,
            catalogue_version=self._gear.copies.catalogue_version,
        )

    def ask(self, back: Back, permit: Permit, answers: Answers) -> None:
        """Writes the return down and asks the backend for it."""
        sku = {line.line_id: line.sku for line in back.sale.lines}
        row = RefundRow(
            refund_id=self._gear.ids.new(),
            bill_id=back.sale.bill_id,
            number=back.sale.number.short,
            state=_S.ASKED,
            lines=tuple(RefundLine(line_id, sku[line_id], many) for line_id, many in back.wanted.items()),
            reason=back.reason,
            actor=permit.actor,
            approver=permit.approver,
        )
        self._write(
            lambda: self._gear.journal.add_refund(row),
            lambda: self.ask_again(row, back, answers),
            lambda trouble: answers.refused(disk_notice(trouble)),
        )

    def ask_again(self, row: RefundRow, back: Back, answers: Answers) -> None:
        """The same question with the same id; of a return that this till agreed to alone too."""
        request = RefundRequest(row.refund_id, row.bill_id, row.lines, row.reason, row.actor)

        def answered(asked: Asked[RefundAnswer]) -> None:
            if asked.answer is not None and asked.answer.accepted:
                self._accept(Agreed(row, back, asked.answer), answers)
            elif back.unsent and (asked.unknown or _is_unknown_bill(asked.refused)):
                self._accept(Agreed(row, back, _without_points(row, back), alone=True), answers)
            elif asked.unknown and asked.trouble is not None:
                answers.unsure(row, unreachable_notice(asked.trouble, Say.OFFLINE_RETURN))
            else:
                refused = asked.refused
                notice = Notice(Say.NEEDS_MANAGER, Level.DANGER) if refused is None else refused_notice(refused)
                self.drop(row, lambda: answers.refused(notice), answers.refused)

        Asking(self._gear, lambda: self._gear.backend.put_refund(request), answered).ask()

    def drop(self, row: RefundRow, dropped: Callable[[], None], failed: Told) -> None:
        """Gives the return up before any money left; the backend hears of it through the outbox."""
        self._move(row.state, replace(row, state=_S.DROPPED), dropped, failed)

    def pay_cash(self, agreed: Agreed, payouts: Payouts) -> None:
        """All that has not gone back to a card yet, from the drawer, which opens once the receipt is saved."""
        to_pay = agreed.answer.to_pay
        rest = to_pay + to_pay.currency.total(tender.amount for tender in agreed.paid)
        back = values_back(self._gear, agreed)
        self._save(agreed, (*back, *agreed.paid, *cash_back(self._gear, rest)), payouts)

    def pay_cards(self, agreed: Agreed, cards: Sequence[Tender], payouts: Payouts) -> None:
        """Back to the cards or accounts it was paid with, in that order, as much as each took; the rest in cash."""
        heard = CardsBack(lambda paid: self.pay_cash(paid, payouts), payouts.declined, payouts.lost)
        self.give_back(agreed, parts_back(agreed.answer.to_pay, cards), heard)

    def cards_of(self, agreed: Agreed) -> tuple[Tender, ...]:
        """The payments of the sale that money can go back to through the terminals of this till."""
        has = {PaymentMode.CARD: self._terminals.card, PaymentMode.QR: self._terminals.qr}
        return tuple(one for one in agreed.back.sale.tenders if has.get(one.mode) is not None and one.amount.minor > 0)

    def exchange(
        self, agreed: Agreed, points: tuple[PointsBack, ...], given_up: Callable[[], None], failed: Told
    ) -> Exchange:
        """What is agreed as payment for new goods, worked with like any other return until it is saved or given up."""
        return Exchange(
            agreed, points, self._gear.ids.new(), self._gear.clock.now(), self.cards_of(agreed),
            give_up=lambda: self.drop(agreed.row, given_up, failed), give_back=self.give_back,
        )  # fmt: skip

    def give_back(self, agreed: Agreed, parts: Sequence[Part], heard: CardsBack) -> None:
        """To each card its part, one after the other.

        Before the first terminal is told, the row names every payment that money may go back to: a crash between two
        of them then tells the manager to look at all.
        """
        money = agreed.answer.money.currency.total(amount for _, amount in parts)
        references = " ".join(card.reference for card, _ in parts)
        paying = replace(agreed.row, state=_S.PAYING, money=money, reference=references)

        def told() -> None:
            self._tell_terminal(replace(agreed, row=paying), parts, heard)

        self._move(_S.ACCEPTED, paying, told, lambda notice: heard.declined(agreed, notice))

    # Behind it

    def _tell_terminal(self, agreed: Agreed, parts: Sequence[Part], heard: CardsBack) -> None:
        if not parts:
            heard.paid(agreed)
            return
        (card, amount), rest = parts[0], parts[1:]
        terminal = self._terminals.of(card.mode)
        heard.telling(card, amount)

        def then(paid: Agreed) -> None:
            self._tell_terminal(paid, rest, heard)

        self._gear.background.run(
            lambda: terminal.refund(card.reference, amount),
            lambda answer: self._terminal_said(agreed, card, amount, answer, heard, then),
            lambda trouble: self._nobody_knows(agreed, card, amount, heard, trouble),
        )

    def _accept(self, asked: Agreed, answers: Answers) -> None:
        agreed = replace(asked, row=replace(asked.row, state=_S.ACCEPTED, money=asked.answer.money))
        customer = asked.back.sale.customer

        def accepted() -> None:
            if customer is None:
                answers.agreed(agreed)
                return
            self._gear.background.run(
                lambda: self._gear.backend.member(customer.member_id),
                lambda account: answers.agreed(replace(agreed, account=account)),
                lambda _trouble: answers.agreed(agreed),
            )

        if asked.row.state is _S.ACCEPTED:
            accepted()
        else:
            self._move(_S.ASKED, agreed.row, accepted, answers.refused)

    def _terminal_said(
        self,
        agreed: Agreed,
        card: Tender,
        amount: Money,
        answer: TerminalAnswer,
        heard: CardsBack,
        then: Callable[[Agreed], None],
    ) -> None:
        if answer.outcome is TerminalOutcome.APPROVED:
            back = Tender(
                self._gear.ids.new(), card.mode, -amount, -amount, self._gear.clock.now(),
                reference=card.reference, label=card.label,
            )  # fmt: skip
            then(replace(agreed, paid=(*agreed.paid, back)))
        elif answer.outcome is TerminalOutcome.UNKNOWN:
            self._nobody_knows(agreed, card, amount, heard)
        elif agreed.paid:
            # Money has left: from here the return is only ever saved, never given up.
            heard.declined(agreed, Notice(Say.REFUND_DECLINED, Level.WARN, money=amount))
        else:
            row = replace(agreed.row, state=_S.ACCEPTED, money=agreed.answer.money, reference="")
            still = replace(agreed, row=row)
            notice = Notice(Say.REFUND_DECLINED, Level.WARN, money=amount)
            self._move(_S.PAYING, still.row, lambda: heard.declined(still, notice), heard.lost)

    def _nobody_knows(
        self, agreed: Agreed, card: Tender, amount: Money, heard: CardsBack, trouble: Exception | None = None
    ) -> None:
        if trouble is not None and not isinstance(trouble, Refused | Unreachable):
            raise trouble
        row = agreed.row
        item = unclear_item(self._gear, replace(row, reference=card.reference), amount, agreed.paid)

        def write() -> None:
            self._gear.journal.add_review_item(item)
            self._gear.journal.move_refund(_S.PAYING, replace(row, state=_S.REVIEW))

        notice = Notice(Say.REFUND_UNCLEAR, Level.DANGER, money=amount)
        self._write(write, lambda: heard.lost(notice), lambda _trouble: heard.lost(notice))

    def _save(self, agreed: Agreed, tenders: Sequence[Tender], payouts: Payouts) -> None:
        at = self._gear.clock.now()
        receipt = return_receipt(agreed.back, agreed.answer, tenders, self.selling, at, agreed.account)
        self._gear.writer.write(
            lambda: lambda: self._gear.journal.save_bill(receipt),
            payouts.saved,
            lambda _trouble: payouts.declined(agreed, Notice(Say.BILL_NOT_SAVED_DISK, Level.DANGER)),
        )

    def _move(self, old: RefundState, row: RefundRow, moved: Callable[[], None], failed: Told) -> None:
        def then() -> None:
            if row.state is _S.DROPPED:
                self._wake()
            moved()

        self._write(
            lambda: self._gear.journal.move_refund(old, row), then, lambda trouble: failed(disk_notice(trouble))
        )

    def _write(self, call: Callable[[], None], then: Callable[[], None], failed: Callable[[DiskTrouble], None]) -> None:
        self._gear.writer.write(lambda: call, lambda _: then(), failed)


def _without_points(row: RefundRow, back: Back) -> RefundAnswer:
    """What this till agrees to alone: the money, with the part of it that goes back to stored value."""
    values = ((one.value.redemption_id, one.amount) for one in back.sale.tenders if one.value is not None)
    paid_back = {ref: back.paid_part(amount) for ref, amount in values if amount.minor > 0}
    return RefundAnswer(row.refund_id, accepted=True, money=back.money, returned={}, reversed={}, paid_back=paid_back)


def _is_unknown_bill(refused: Refused | None) -> bool:
    return refused is not None and refused.refusal is Refusal.UNKNOWN_BILL


def unclear_item(gear: Gear, row: RefundRow, amount: Money | None, paid: Sequence[Tender] = ()) -> ReviewItem:
    """What a manager reads of money that may have gone back to a card; ``paid`` went back to others for certain."""
    sum_ = "" if amount is None else f" of {amount.decimal()}"
    references = ", ".join(row.reference.split())
    story = f"Refund{sum_} for bill {row.number} under reference {references}: no clear answer of the terminal"
    for tender in paid:
        story += f"; {(-tender.amount).decimal()} went back under {tender.reference}"
    return ReviewItem(f"refund:{row.refund_id}", "refund_unclear", row.bill_id, gear.clock.now(), story)
