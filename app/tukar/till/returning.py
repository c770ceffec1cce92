"""Returns by receipt: find the sale, choose what comes back, see money and points both ways, and pay out.

Nothing has happened before the backend agreed, and nothing is lost by Esc before money left: the return is given up
and the backend takes it back (redemption.md, "Refund"). A sale of this till is found in its own journal first, any
other one at the backend.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tukar.domain.free_text import holds_card_number
from tukar.domain.money import QUANTITY_DIGITS
from tukar.domain.people import Action, Right
from tukar.domain.receipt import Receipt, ReceiptKind
from tukar.domain.redemption import Refusal
from tukar.till.agreed import Agreed
from tukar.till.gear import Gear
from tukar.till.line_work import Permits
from tukar.till.notices import Level, Notice, Say
from tukar.till.permitting import Much, Permit
from tukar.till.ports import DiskTrouble, RefundRow, Refused, Unreachable
from tukar.till.refunding import Answers, Payouts, Refunding
from tukar.till.refusals import disk_notice, refused_notice, unreachable_notice
from tukar.till.return_receipt import Back, PointsBack, goods_of, name_of
from tukar.till.returning_model import CASH, NEW_BILL, ReturnLine, ReturnModel, ReturnStep, ReturnView

_PIECE: Final = 10**QUANTITY_DIGITS


@dataclass(frozen=True, slots=True)
class _Found:
    """A sale, what of it came back to this till, and whether the backend cannot know it yet."""

    sale: Receipt
    returns: tuple[Receipt, ...]
    unsent: bool


class Returning:
    """Presenter of the return sheet. ``saved`` hears of every return receipt, for printer, drawer and outbox.

    ``exchange`` takes over a return that pays for new goods; None where that is not offered.
    """

    def __init__(
        self,
        *,
        view: ReturnView,
        gear: Gear,
        refunding: Refunding,
        permits: Permits,
        may_open: Callable[[], bool],
        saved: Callable[[Receipt], None],
        exchange: Callable[[Agreed, tuple[PointsBack, ...]], None] | None = None,
    ) -> None:
        self._exchange = exchange
        self._view = view
        self._gear = gear
        self._refunding = refunding
        self._permits = permits
        self._may_open = may_open
        self._saved = saved
        self._model = ReturnModel()
        self._returns: tuple[Receipt, ...] = ()
        self._unsent = False
        self._agreed: Agreed | None = None
        self._asked: RefundRow | None = None

    @property
    def is_open(self) -> bool:
        return self._model.is_open

    def open(self, number: str = "") -> None:
        """Asks for the receipt; with its ``number``, from a scan, it is looked up at once.

        A return that is at work already goes on: what the backend agreed to is not forgotten.
        """
        at_work = self._model.busy or self._agreed is not None or self._asked is not None
        if not self._may_open() or at_work:
            return
        if self._permits.right(Action.RETURN_WITH_RECEIPT) is Right.DENIED:
            self._show(ReturnModel(ReturnStep.FIND, notice=Notice(Say.NOT_ALLOWED, Level.WARN)))
            return
        self._show(ReturnModel(ReturnStep.FIND, text=number))
        if number:
            self.go_on()

    def give_way(self) -> bool:
        """Closes while a number is asked for, and says so; False while a return is under way."""
        if self._model.step is not ReturnStep.FIND or self._model.busy:
            return False
        self._close()
        return True

    def scan(self, number: str) -> None:
        """A receipt was scanned while the sheet is open: looked up where a number is asked for."""
        if self._model.step is ReturnStep.FIND and not self._model.busy:
            self.type(number)
            self.go_on()

    def type(self, text: str) -> None:
        """The field of the number now holds ``text``."""
        if self._model.step is ReturnStep.FIND:
            self._show(replace(self._model, text=text, notice=None))

    def move(self, steps: int) -> None:
        """Chooses another line; stays at the ends."""
        if self._model.lines:
            self.choose(min(max(self._model.chosen + steps, 0), len(self._model.lines) - 1))

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._model.lines):
            self._show(replace(self._model, chosen=index, notice=None))

    def more(self) -> None:
        """One more piece of the chosen line; of weighed goods all."""
        line = self._chosen()
        if line is not None:
            self._take(line.back + (_PIECE if _by_piece(line) else line.left))

    def fewer(self) -> None:
        """One piece less; of weighed goods none."""
        line = self._chosen()
        if line is not None:
            self._take(line.back - (_PIECE if _by_piece(line) else line.left))

    def toggle(self, index: int) -> None:
        """All that is left of a line, or none of it."""
        self.choose(index)
        line = self._chosen()
        if line is not None:
            self._take(0 if line.back == line.left else line.left)

    def take_all(self) -> None:
        """Everything that is still there to come back."""
        if self._choosing:
            self._show_lines(tuple(replace(line, back=line.left) for line in self._model.lines))

    def give_reason(self, text: str) -> None:
        if self._choosing:
            self._show(replace(self._model, reason=text, notice=None))

    def choose_card(self, place: int) -> None:
        """Where the money goes back to: a payment of the sale, CASH, or new goods (NEW_BILL)."""
        ways = (*range(len(self._model.cards)), CASH, *((NEW_BILL,) if self._model.can_exchange else ()))
        if self._model.step is ReturnStep.AGREED and not self._model.busy and place in ways:
            self._show(replace(self._model, card=place))

    def go_on(self) -> None:
        """Enter: the next step."""
        if not self._model.can_go_on:
            return
        match self._model.step:
            case ReturnStep.FIND:
                self._find()
            case ReturnStep.CHOOSE:
                self._ask()
            case ReturnStep.UNSURE:
                self._ask_again()
            case ReturnStep.AGREED:
                self._pay()
            case ReturnStep.DONE | ReturnStep.CLOSED:
                self._close()

    def back(self) -> None:
        """Esc: one step back; what was agreed is given up as long as no money left."""
        if self._model.busy:
            return
        row = self._agreed.row if self._agreed is not None else self._asked
        if self._agreed is not None and self._agreed.paid:
            self._say(Notice(Say.RETURN_MUST_BE_SAVED, Level.WARN))
        elif row is not None:
            self._busy()
            self._refunding.drop(row, self._given_up, self._failed)
        elif self._model.step is ReturnStep.CHOOSE:
            self._show(ReturnModel(ReturnStep.FIND, text=self._model.text))
        else:
            self._close()

    def printed(self, notice: Notice | None) -> None:
        """How the printing of the return receipt went."""
        if self._model.step is ReturnStep.DONE and notice is not None:
            self._say(notice)

    # Finding the sale

    def _find(self) -> None:
        text = self._model.text.strip()
        self._busy()
        self._gear.background.run(lambda: self._look_up(text), self._found, self._not_found, slot="return")

    def _look_up(self, number: str) -> _Found:
        journal = self._gear.journal
        sale = journal.receipt_by_number(number) or self._gear.backend.bill(number.upper())
        return _Found(sale, journal.returns_of(sale.bill_id), journal.bill_waits(sale.bill_id))

    def _found(self, found: _Found) -> None:
        if not self._model.is_open:
            return
        sale, self._returns, self._unsent = found.sale, found.returns, found.unsent
        if sale.kind is not ReceiptKind.SALE or sale.training:
            self._say(Notice(Say.NOT_RETURNABLE, Level.WARN, text=sale.number.short))
            return
        goods = goods_of(sale, self._returns)
        nothing = sale.currency.zero()
        lines = tuple(
            ReturnLine(line, line.quantity.thousandths - goods.returned.get(line.line_id, 0), 0, nothing)
            for line in sale.lines
            if line.quantity.thousandths > 0
        )
        if not any(line.left for line in lines):
            self._say(Notice(Say.ALL_RETURNED, Level.WARN, text=sale.number.short))
            return
        self._model = ReturnModel(ReturnStep.CHOOSE, text=self._model.text, sale=sale, lines=lines, chosen=0)
        self._show_lines(lines)

    def _not_found(self, trouble: Exception) -> None:
        if isinstance(trouble, Refused):
            unknown = trouble.refusal in (Refusal.UNKNOWN_BILL, Refusal.BAD_REQUEST)
            missing = Notice(Say.RECEIPT_NOT_FOUND, Level.WARN, text=self._model.text.strip())
            self._say(missing if unknown else refused_notice(trouble))
        elif isinstance(trouble, Unreachable):
            self._say(unreachable_notice(trouble, Say.OFFLINE_RETURN))
        elif isinstance(trouble, DiskTrouble):
            self._say(disk_notice(trouble))
        else:
            raise trouble

    # Choosing

    @property
    def _choosing(self) -> bool:
        """Whether goods may be chosen now: not while the backend is asked for those chosen before."""
        return self._model.step is ReturnStep.CHOOSE and not self._model.busy

    def _chosen(self) -> ReturnLine | None:
        model = self._model
        return model.lines[model.chosen] if self._choosing and model.chosen >= 0 else None

    def _take(self, thousandths: int) -> None:
        chosen = self._model.chosen
        line = self._model.lines[chosen]
        changed = replace(line, back=min(max(thousandths, 0), line.left))
        self._show_lines((*self._model.lines[:chosen], changed, *self._model.lines[chosen + 1 :]))

    def _show_lines(self, lines: tuple[ReturnLine, ...]) -> None:
        sale = self._model.sale
        if sale is None:
            return
        goods = goods_of(sale, self._returns)
        worth = tuple(
            replace(one, money=goods.money({one.line.line_id: one.back} if one.back else {})) for one in lines
        )
        wanted = _wanted(lines)
        self._show(replace(self._model, lines=worth, money=goods.money(wanted), busy=False, notice=None))

    # Asking

    def _ask(self) -> None:
        sale, reason = self._model.sale, self._model.reason.strip()
        if sale is None:
            return
        if holds_card_number(reason):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
            return
        back = Back(sale, self._returns, _wanted(self._model.lines), reason, self._unsent)

        def permitted(permit: Permit) -> None:
            if self._model.step is ReturnStep.CHOOSE and not self._model.busy:
                self._busy()
                self._refunding.ask(back, permit, self._answers())

        ref = f"{sale.bill_id} {back.money.decimal()}"
        about = Much(back.money).about(Action.RETURN_WITH_RECEIPT, ref, sale.bill_id, reason)
        right = self._permits.ask(Action.RETURN_WITH_RECEIPT, ref, permitted, about)
        if right is Right.DENIED:
            self._say(Notice(Say.NOT_ALLOWED, Level.WARN))

    def _ask_again(self) -> None:
        row, sale = self._asked, self._model.sale
        if row is not None and sale is not None:
            back = Back(sale, self._returns, _wanted(self._model.lines), row.reason, self._unsent)
            self._busy()
            self._refunding.ask_again(row, back, self._answers())

    def _answers(self) -> Answers:
        return Answers(self._was_agreed, self._refused, self._unsure)

    def _was_agreed(self, agreed: Agreed) -> None:
        self._agreed, self._asked = agreed, None
        answer, selling = agreed.answer, self._refunding.selling
        programmes = dict.fromkeys((*answer.returned, *answer.reversed, *answer.short))
        points = tuple(
            PointsBack(
                name_of(one, agreed.back.sale, selling),
                answer.returned.get(one),
                answer.reversed.get(one),
                answer.short.get(one),
            )
            for one in programmes
        )
        cards = self._refunding.cards_of(agreed)
        self._show(
            replace(
                self._model,
                step=ReturnStep.AGREED,
                money=answer.money,
                points=points,
                reduced_by=answer.reduced_by,
                back=agreed.values,
                unspent_only=answer.unspent_only,
                cards=cards if answer.to_pay else (),
                card=0 if cards and answer.to_pay else CASH,
                can_exchange=self._exchange is not None and bool(answer.to_pay) and not agreed.alone,
                busy=False,
                notice=Notice(Say.POINTS_RETURNING) if agreed.alone and agreed.back.sale.customer else None,
            )
        )

    def _refused(self, notice: Notice) -> None:
        self._agreed = self._asked = None
        self._show(replace(self._model, step=ReturnStep.CHOOSE, busy=False, notice=notice))

    def _unsure(self, row: RefundRow, notice: Notice) -> None:
        self._asked = row
        self._show(replace(self._model, step=ReturnStep.UNSURE, busy=False, notice=notice))

    def _given_up(self) -> None:
        self._agreed = self._asked = None
        self._show_lines(self._model.lines)
        chosen = replace(self._model, step=ReturnStep.CHOOSE, points=(), reduced_by=None, back=(), cards=(), card=CASH)
        self._show(replace(chosen, can_exchange=False, busy=False))

    def _failed(self, notice: Notice) -> None:
        self._show(replace(self._model, busy=False, notice=notice))

    # Paying out

    def _pay(self) -> None:
        agreed = self._agreed
        if agreed is None:
            return
        if agreed.alone and not agreed.paid:
            bill_id = agreed.back.sale.bill_id
            self._busy()
            self._gear.background.run(
                lambda: self._gear.journal.bill_waits(bill_id),
                lambda waits: self._sale_seen(agreed, waits),
                self._sale_unseen,
            )
        else:
            self._pay_out(agreed)

    def _sale_seen(self, agreed: Agreed, waits: bool) -> None:  # noqa: FBT001 - what the journal says
        """What this till agreed to alone is paid while the sale waits; once it was sent the backend has its say."""
        if waits:
            self._pay_out(agreed)
            return
        self._unsent = False
        answers = Answers(lambda now: self._confirmed(agreed, now), self._refused, self._unsure)
        self._refunding.ask_again(agreed.row, replace(agreed.back, unsent=False), answers)

    def _sale_unseen(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._failed(disk_notice(trouble))

    def _confirmed(self, before: Agreed, now: Agreed) -> None:
        """Paid as the cashier said; other money than they read is shown first."""
        if now.answer.money == before.answer.money:
            self._agreed = now
            self._pay_out(now)
        else:
            self._was_agreed(now)

    def _pay_out(self, agreed: Agreed) -> None:
        if self._model.card == NEW_BILL and self._exchange is not None:
            points = self._model.points
            self._close()
            self._exchange(agreed, points)
            return
        self._busy()
        payouts = Payouts(self._was_saved, self._declined, self._lost)
        if self._model.card >= 0 and not agreed.paid:
            first, cards = self._model.card, self._model.cards
            # The chosen one first; what it did not take goes back to the others it was paid with.
            self._refunding.pay_cards(agreed, (cards[first], *cards[:first], *cards[first + 1 :]), payouts)
        else:
            self._refunding.pay_cash(agreed, payouts)

    def _was_saved(self, receipt: Receipt) -> None:
        self._agreed = None
        self._show(replace(self._model, step=ReturnStep.DONE, saved=receipt, busy=False, notice=None))
        self._saved(receipt)

    def _declined(self, agreed: Agreed, notice: Notice) -> None:
        """Not paid: another way is chosen, cash unless the cashier says otherwise."""
        self._agreed = agreed
        self._show(replace(self._model, card=CASH, can_exchange=False, busy=False, notice=notice))

    def _lost(self, notice: Notice) -> None:
        self._agreed = None
        self._show(replace(self._model, step=ReturnStep.DONE, busy=False, notice=notice))

    def _busy(self) -> None:
        self._show(replace(self._model, busy=True, notice=None))

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, busy=False, notice=notice))

    def _close(self) -> None:
        self._agreed = self._asked = None
        self._show(ReturnModel())

    def _show(self, model: ReturnModel) -> None:
        self._model = model
        self._view.show_return(model)


def _wanted(lines: tuple[ReturnLine, ...]) -> dict[str, int]:
    return {line.line.line_id: line.back for line in lines if line.back}


def _by_piece(line: ReturnLine) -> bool:
    return line.line.quantity.is_whole
