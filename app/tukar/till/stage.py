"""The one state of the sale in hand: legal moves only, the bill locked where it must not change, listeners told."""

from collections.abc import Callable
from typing import Final

from tukar.till.checkout_model import CHECKOUT_MOVES, CheckoutState, IllegalCheckoutError
from tukar.till.notices import Notice
from tukar.till.sale import Sale

LOCKED: Final = frozenset(
    {
        CheckoutState.ASKING,
        CheckoutState.UNSURE,
        CheckoutState.TERMINAL,
        CheckoutState.UNCLEAR,
        CheckoutState.SAVING,
        CheckoutState.SAVED,
    }
)
"""While the backend or the bank decides about the bill it stays as they know it (redemption.md, principle 3)."""


class Stage:
    """Holds the state and the last thing said. ``changed`` is told after every move and every word."""

    def __init__(self, sale: Sale) -> None:
        self._sale = sale
        self._state = CheckoutState.SELLING
        self._listeners: list[Callable[[], None]] = []
        self.notice: Notice | None = None

    @property
    def state(self) -> CheckoutState:
        return self._state

    def listen(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def require(self, *states: CheckoutState) -> None:
        """IllegalCheckoutError unless the sale stands in one of ``states``; what was said before is then over."""
        if self._state not in states:
            raise IllegalCheckoutError(f"not while {self._state}")
        self.notice = None

    def go(self, state: CheckoutState, notice: Notice | None = None) -> None:
        """The move to ``state``, with what to say about it; without words the last ones stay."""
        if state not in CHECKOUT_MOVES[self._state]:
            raise IllegalCheckoutError(f"{self._state} does not lead to {state}")
        self._set(state)
        self.say(notice or self.notice)

    def resume(self, state: CheckoutState, notice: Notice | None = None) -> None:
        """Where a bill taken up after a crash stands; no move of the machine."""
        self._set(state)
        self.say(notice)

    def say(self, notice: Notice | None) -> None:
        self.notice = notice
        self.changed()

    def changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _set(self, state: CheckoutState) -> None:
        self._state = state
        if state in LOCKED:
            self._sale.lock()
        else:
            self._sale.unlock()
