"""Setting the bill in hand aside, and taking one up again: F4 does whichever the bill in hand allows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.money import Money
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutState
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, Draft, Journal, PaymentAttempt, RedemptionRow
from tukar.till.refusals import disk_notice
from tukar.till.sale import Sale


@dataclass(frozen=True, slots=True)
class HeldBill:
    """A bill set aside, as the list shows it; ``total`` is what it comes to by today's rules."""

    draft: Draft
    customer_name: str
    pieces: int
    total: Money


@dataclass(frozen=True, slots=True)
class HoldingModel:
    """The list of bills set aside on this till, latest first; ``chosen`` is -1 while there is none."""

    is_open: bool = False
    bills: tuple[HeldBill, ...] = ()
    chosen: int = -1
    notice: Notice | None = None


class HoldingView(Protocol):
    """Where the list is shown."""

    def show_holding(self, model: HoldingModel) -> None: ...


class HoldDesk(Protocol):
    """What of the checkout holding uses; ``Checkout`` is one."""

    @property
    def state(self) -> CheckoutState: ...

    def put_aside(self) -> bool: ...

    def resume(
        self,
        draft: Draft,
        rows: Sequence[RedemptionRow] = (),
        unclear: PaymentAttempt | None = None,
        *,
        at_payment: bool,
    ) -> None: ...


class Holding:
    """Presenter of F4. Money that was taken keeps a bill from being set aside; its points go back when it is."""

    def __init__(
        self, *, view: HoldingView, sale: Sale, checkout: HoldDesk, journal: Journal, background: Background
    ) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._journal = journal
        self._background = background
        self._model = HoldingModel()

    def hold_or_recall(self) -> None:
        """Sets the bill in hand aside; an empty one opens the list of those that wait."""
        if self._checkout.state is not CheckoutState.SELLING:
            return
        if self._sale.bill.is_empty:
            self._background.run(self._journal.drafts, self._found, self._failed, slot="held bills")
        else:
            self._checkout.put_aside()

    def move(self, steps: int) -> None:
        """Chooses the bill so many places further, never past an end."""
        if self._model.bills:
            chosen = min(max(self._model.chosen + steps, 0), len(self._model.bills) - 1)
            self._show(replace(self._model, chosen=chosen))

    def recall(self, index: int) -> None:
        """Takes up the bill at ``index`` of the list, where the bill in hand is still empty."""
        if 0 <= index < len(self._model.bills):
            draft = self._model.bills[index].draft
            self.close()
            if self._sale.bill.is_empty and self._checkout.state is CheckoutState.SELLING:
                self._checkout.resume(draft, at_payment=False)

    def close(self) -> None:
        self._show(HoldingModel())

    def _found(self, drafts: tuple[Draft, ...]) -> None:
        in_hand = self._sale.bill.bill_id
        bills = tuple(self._held(draft) for draft in drafts if draft.bill.bill_id != in_hand and draft.bill.lines)
        notice = None if bills else Notice(Say.NOTHING_HELD, Level.INFO)
        self._show(HoldingModel(is_open=True, bills=bills, chosen=0 if bills else -1, notice=notice))

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        self._show(HoldingModel(is_open=True, notice=disk_notice(trouble)))

    def _held(self, draft: Draft) -> HeldBill:
        priced = self._sale.as_if(draft.bill)
        name = draft.bill.customer.name if draft.bill.customer else ""
        return HeldBill(draft, name, priced.pieces, priced.total)

    def _show(self, model: HoldingModel) -> None:
        self._model = model
        self._view.show_holding(model)
