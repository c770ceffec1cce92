"""What presenters see of gift cards and store credit while a bill is being paid."""

from tukar.domain.money import Money
from tukar.domain.stored_value import StoredBalance
from tukar.till.checkout_model import CheckoutState
from tukar.till.stage import Stage
from tukar.till.tendering import Tendering


class ValueDesk:
    """The verbs of stored value; what comes of them is in ``CheckoutModel.value`` and its tenders."""

    def __init__(self, stage: Stage, tendering: Tendering) -> None:
        self._stage = stage
        self._tendering = tendering

    def find_card(self, code: str) -> None:
        """Asks what the gift card of that code holds; ``model.value`` has it then."""
        self._stage.require(CheckoutState.PAYING)
        self._tendering.valuing.find_card(code)

    def forget_card(self) -> None:
        """The card that was looked up is put away."""
        self._tendering.valuing.forget_card()
        self._stage.changed()

    def pay(self, value: StoredBalance, amount: Money | None = None) -> None:
        """PAYING → ASKING: has money of a gift card or of store credit held, which then is a tender.

        None = as much of what is due as there is.
        """
        self._stage.require(CheckoutState.PAYING)
        self._tendering.pay_value(value, amount)
