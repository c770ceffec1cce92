"""Setting the bill in hand aside, and taking one up again: F4 does whichever the bill in hand allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutState
from tukar.till.held_shelf import Found, HeldBill, HeldShelf
from tukar.till.leasing import Leasing
from tukar.till.line import Line
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import (
    Clock,
    DiskTrouble,
    Draft,
    Ids,
    PaymentAttempt,
    RedemptionRow,
    Refused,
    SetAside,
    Unreachable,
)
from tukar.till.refusals import disk_notice, refused_notice, unreachable_notice
from tukar.till.sale import Sale


@dataclass(frozen=True, slots=True)
class HoldingModel:
    """The list of bills set aside, latest first; ``chosen`` is -1 while there is none.

    ``everywhere`` says that the bills of all tills can be seen, ``all_tills`` that they are; ``busy`` while it is
    being looked, or one is being taken up.
    """

    is_open: bool = False
    bills: tuple[HeldBill, ...] = ()
    chosen: int = -1
    everywhere: bool = False
    all_tills: bool = True
    till_id: str = ""
    busy: bool = False
    notice: Notice | None = None


class HoldingView(Protocol):
    """Where the list is shown."""

    def show_holding(self, model: HoldingModel) -> None: ...


class HoldDesk(Protocol):
    """What of the checkout holding uses; ``Checkout`` is one."""

    @property
    def state(self) -> CheckoutState: ...

    @property
    def held_id(self) -> str: ...

    def put_aside(self, aside: SetAside | None = None, left: Callable[[Draft], None] = ...) -> bool: ...

    def resume(
        self,
        draft: Draft,
        rows: Sequence[RedemptionRow] = (),
        unclear: PaymentAttempt | None = None,
        *,
        at_payment: bool,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class HoldGear:
    """What holding works with: where bills lie, who keeps the lease of the one in hand, and who says a sentence."""

    shelf: HeldShelf
    leasing: Leasing
    background: Background
    clock: Clock
    ids: Ids
    line: Line
    till_id: str
    cashier: Callable[[], str]
    tell: Callable[[Notice], None]


class Holding:
    """Presenter of F4. Money that was taken keeps a bill from being set aside; its points go back when it is."""

    def __init__(self, *, view: HoldingView, sale: Sale, checkout: HoldDesk, gear: HoldGear) -> None:
        self._view = view
        self._sale = sale
        self._checkout = checkout
        self._gear = gear
        self._found = Found((), everywhere=False)
        self._model = HoldingModel(till_id=gear.till_id)
        gear.line.listen(self._line_changed)

    def hold_or_recall(self) -> None:
        """Sets the bill in hand aside; an empty one opens the list of those that wait."""
        if self._checkout.state is not CheckoutState.SELLING:
            return
        if self._sale.bill.is_empty:
            self._look(None)
        else:
            self._hold()

    def move(self, steps: int) -> None:
        """Chooses the bill so many places further, never past an end."""
        if self._model.bills:
            chosen = min(max(self._model.chosen + steps, 0), len(self._model.bills) - 1)
            self._show(replace(self._model, chosen=chosen))

    def show_all(self, *, all_tills: bool) -> None:
        """The bills of all tills, or only those that this till set aside."""
        if self._model.is_open and all_tills != self._model.all_tills:
            self._show_found(all_tills=all_tills, notice=None)

    def recall(self, index: int) -> None:
        """Takes up the bill at ``index`` of the list, where the bill in hand is still empty."""
        if self._model.busy or not 0 <= index < len(self._model.bills):
            return
        held = self._model.bills[index]
        self._show(replace(self._model, chosen=index, busy=True, notice=None))
        self._gear.background.run(
            lambda: self._gear.shelf.take(held), self._taken, self._not_taken, slot="held bill to take up"
        )

    def close(self) -> None:
        self._show(HoldingModel(till_id=self._gear.till_id))

    # Setting aside

    def _hold(self) -> None:
        priced, gear = self._sale.priced, self._gear
        aside = SetAside(
            gear.ids.new(), gear.clock.now(), priced.total, priced.pieces, gear.cashier(), self._checkout.held_id
        )
        held = self._checkout.held_id
        gear.leasing.forget()
        if self._checkout.put_aside(aside, self._tell_backend):
            gear.tell(Notice(Say.BILL_HELD))
        elif held:
            gear.leasing.watch(held)

    def _tell_backend(self, draft: Draft) -> None:
        shelf = self._gear.shelf

        def told(stands: bool) -> None:  # noqa: FBT001 - what the backend says of it
            if not stands:
                self._gear.background.run(lambda: shelf.forget(draft), lambda _: None, _is_disk)
                self._gear.tell(Notice(Say.BILL_TAKEN_UP, Level.WARN))

        self._gear.background.run(lambda: shelf.put(draft), told, _waits_here)

    def _line_changed(self, online: bool) -> None:  # noqa: FBT001 - what the line tells
        if online:
            self._gear.background.run(self._gear.shelf.put_waiting, lambda _: None, _is_disk)

    # The list

    def _look(self, notice: Notice | None) -> None:
        def found(found: Found) -> None:
            if not self._model.is_open:
                return
            self._found = found
            nothing = Notice(Say.NOTHING_HELD, Level.INFO) if not found.bills else None
            offline = None if found.everywhere else self._offline()
            self._show_found(all_tills=found.everywhere, notice=notice or nothing or offline)

        # Open at once, so that an answer that comes late opens nothing over what the cashier does by then.
        self._show(replace(self._model, is_open=True, busy=True, notice=notice))
        self._gear.background.run(self._gear.shelf.look, found, self._failed, slot="held bills")

    def _offline(self) -> Notice | None:
        return None if self._gear.line.online else Notice(Say.OFFLINE_HELD, Level.WARN)

    def _show_found(self, *, all_tills: bool, notice: Notice | None) -> None:
        in_hand, here = self._sale.bill.bill_id, self._gear.till_id
        bills = tuple(
            held for held in self._found.bills if held.bill_id != in_hand and (all_tills or held.till_id == here)
        )
        self._show(
            HoldingModel(
                is_open=True,
                bills=bills,
                chosen=0 if bills else -1,
                everywhere=self._found.everywhere,
                all_tills=all_tills,
                till_id=here,
                notice=notice,
            )
        )

    def _failed(self, trouble: Exception) -> None:
        if not isinstance(trouble, DiskTrouble):
            raise trouble
        if self._model.is_open:
            self._show(HoldingModel(is_open=True, till_id=self._gear.till_id, notice=disk_notice(trouble)))

    # Taking up

    def _taken(self, draft: Draft) -> None:
        if not self._model.is_open:
            return
        self.close()
        if self._sale.bill.is_empty and self._checkout.state is CheckoutState.SELLING:
            self._checkout.resume(draft, at_payment=False)

    def _not_taken(self, trouble: Exception) -> None:
        if not self._model.is_open:
            return
        if isinstance(trouble, Refused):
            self._look(refused_notice(trouble))
        elif isinstance(trouble, Unreachable):
            self._look(unreachable_notice(trouble, Say.OFFLINE_HELD))
        else:
            self._failed(trouble)

    def _show(self, model: HoldingModel) -> None:
        self._model = model
        self._view.show_holding(model)


def _waits_here(trouble: Exception) -> None:
    """The bill lies on this disk and is told of again when the line is back, or at the next look."""
    if not isinstance(trouble, Refused | Unreachable):
        raise trouble


def _is_disk(trouble: Exception) -> None:
    if not isinstance(trouble, DiskTrouble):
        raise trouble
