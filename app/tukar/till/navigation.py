"""Which screen is in front: signing in, the sale, payment; and what lies over it.

Nothing here remembers where the cashier is: the place follows from who is signed in and from the checkout's state, so
that a bill resumed after a crash opens where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tukar.till.checkout_model import CheckoutModel
    from tukar.till.staffing import StaffingModel


class Place(StrEnum):
    """The screens, each a whole window full."""

    SIGN_IN = "sign_in"
    SALE = "sale"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class PlaceModel:
    """``money_stands`` says that leaving the till now would leave money on an unsaved bill."""

    place: Place
    has_bill: bool = False
    money_stands: bool = False


class Shell(Protocol):
    """The window that holds the screens."""

    def show_place(self, model: PlaceModel) -> None: ...


class Navigation:
    """Brings the right screen to the front. Hand its methods to whoever announces changes."""

    def __init__(self, shell: Shell, staffing: StaffingModel, checkout: CheckoutModel) -> None:
        self._shell = shell
        self._staffing = staffing
        self._checkout = checkout
        self._model: PlaceModel | None = None

    def open(self) -> None:
        self._show()

    def staffing_changed(self, model: StaffingModel) -> None:
        """Somebody signed in, locked the till or left."""
        self._staffing = model
        self._show()

    def checkout_changed(self, model: CheckoutModel) -> None:
        """The bill went to payment, came back or was saved."""
        self._checkout = model
        self._show()

    def _place(self) -> Place:
        from tukar.till.checkout_model import CheckoutState  # its money is not in the first picture

        if self._staffing.cashier is None or self._staffing.locked:
            return Place.SIGN_IN
        return Place.SALE if self._checkout.state is CheckoutState.SELLING else Place.PAYMENT

    def _show(self) -> None:
        from tukar.till.checkout_model import CheckoutState

        unsaved = self._checkout.state is not CheckoutState.SAVED
        model = PlaceModel(
            self._place(),
            has_bill=unsaved and (bool(self._checkout.total) or bool(self._checkout.tenders)),
            money_stands=unsaved and bool(self._checkout.tenders),
        )
        if model != self._model:
            self._model = model
            self._shell.show_place(model)
