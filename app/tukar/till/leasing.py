"""Keeps the lease of a bill that was taken up from those set aside, and faces it when another till has the bill now.

The lease is repeated every half minute while the bill is in hand; the backend frees it after two minutes of silence.
A bill that is given up ends its row; one that is paid needs no word, for the backend sees it come.
"""

from collections.abc import Callable
from typing import Final, Protocol

from tukar.domain.redemption import Refusal
from tukar.till.background import Background
from tukar.till.checkout_model import CheckoutModel, CheckoutState
from tukar.till.line import Line
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import Refused, Unreachable
from tukar.till.ports.held import HeldBills
from tukar.till.sale import Sale, SaleChange

LEASE_EVERY_SECONDS: Final = 30.0

_CAN_GO: Final = (CheckoutState.SELLING, CheckoutState.PAYING)


class LeaseDesk(Protocol):
    """What of the checkout leasing uses; ``Checkout`` is one."""

    @property
    def state(self) -> CheckoutState: ...

    @property
    def held_id(self) -> str: ...

    def abandon(self) -> bool: ...

    def listen(self, listener: Callable[[CheckoutModel], None]) -> None: ...


class Leasing:
    """``tell`` says a sentence to the cashier. ``backend`` is None where it keeps no bills for others.

    When another till has the bill, it goes from this one, unless money stands on it: then both tills are told apart by
    the cashiers, and the backend keeps what comes second as a copy with an item for the manager.
    """

    def __init__(
        self,
        *,
        sale: Sale,
        checkout: LeaseDesk,
        backend: HeldBills | None,
        background: Background,
        line: Line,
        tell: Callable[[Notice], None],
    ) -> None:
        self._checkout = checkout
        self._backend = backend
        self._background = background
        self._tell = tell
        self._held = ""
        self._turn = 0
        sale.listen(self._bill_changed)
        checkout.listen(self._moved)
        line.listen(self._line_changed)

    def forget(self) -> None:
        """The bill in hand is about to be set aside again, or is lost: nothing of it is told to the backend."""
        self._held = ""
        self._turn += 1

    def watch(self, held_id: str) -> None:
        """The bill in hand stays in hand after all."""
        self._held = held_id
        self._turn += 1
        self._beat_in(LEASE_EVERY_SECONDS)

    def _bill_changed(self, _change: SaleChange) -> None:
        held = self._checkout.held_id
        if held == self._held:
            return
        given_up = self._held
        self.forget()
        if given_up:
            self._end(given_up)
        if held:
            self.watch(held)

    def _moved(self, model: CheckoutModel) -> None:
        if model.state is CheckoutState.SAVED and self._held:
            self.forget()

    def _line_changed(self, online: bool) -> None:  # noqa: FBT001 - what the line tells
        if online and self._held:
            self._turn += 1
            self._renew(self._held)

    def _beat_in(self, seconds: float) -> None:
        turn, held = self._turn, self._held

        def beat() -> None:
            if self._turn == turn and self._held == held:
                self._renew(held)

        self._background.after(seconds, beat)

    def _renew(self, held_id: str) -> None:
        backend, turn = self._backend, self._turn
        if backend is None:
            return

        def renewed(_: object) -> None:
            if self._turn == turn:
                self._beat_in(LEASE_EVERY_SECONDS)

        def failed(trouble: Exception) -> None:
            if not isinstance(trouble, Refused | Unreachable):
                raise trouble
            if self._turn != turn:
                return
            self._beat_in(LEASE_EVERY_SECONDS)
            if isinstance(trouble, Refused) and trouble.refusal is Refusal.TAKEN_UP:
                self._lost()

        self._background.run(lambda: backend.lease_bill(held_id), renewed, failed)

    def _lost(self) -> None:
        """Where a question is under way the next beat looks again."""
        if self._checkout.state not in _CAN_GO:
            return
        self.forget()
        gone = self._checkout.abandon()
        self._tell(Notice(Say.BILL_TAKEN_AWAY, Level.WARN) if gone else Notice(Say.BILL_ALSO_ELSEWHERE, Level.DANGER))

    def _end(self, held_id: str) -> None:
        backend = self._backend
        if backend is not None:
            self._background.run(lambda: backend.end_held(held_id), lambda _: None, _is_silence)


def _is_silence(trouble: Exception) -> None:
    """A row that could not be ended waits in the list again once its lease is over: nothing is lost by that."""
    if not isinstance(trouble, Refused | Unreachable):
        raise trouble
