"""What the payment screen shows: ways to pay, what Enter does, and a frozen snapshot that ``Paying`` makes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.stored_value import StoredBalance
from tukar.domain.tender import PaymentMode, Tender
from tukar.till.checkout_model import CheckoutModel, CheckoutState, ExchangeView, RedemptionView, TerminalView
from tukar.till.keys import Command
from tukar.till.notices import Notice


class Way(StrEnum):
    """How the customer pays this part. Points and vouchers lower the bill, they are no tenders."""

    CASH = "cash"
    CARD = "card"
    QR = "qr"
    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"
    POINTS = "points"
    VOUCHER = "voucher"


MODES: Final = {
    Way.CASH: PaymentMode.CASH,
    Way.CARD: PaymentMode.CARD,
    Way.QR: PaymentMode.QR,
    Way.GIFT_CARD: PaymentMode.GIFT_CARD,
    Way.STORE_CREDIT: PaymentMode.STORE_CREDIT,
}
BY_VALUE: Final = (Way.GIFT_CARD, Way.STORE_CREDIT)


class PayNext(StrEnum):
    """What Enter does; ``NONE`` while a figure is missing, ``WAIT`` while something is under way."""

    NONE = "none"
    WAIT = "wait"
    FINISH = "finish"
    TAKE_PART = "take_part"
    TO_TERMINAL = "to_terminal"
    SHOW_QR = "show_qr"
    REDEEM = "redeem"
    TRY_VOUCHER = "try_voucher"
    FIND_CARD = "find_card"
    PAY_VALUE = "pay_value"
    SAVE = "save"
    APPROVE = "approve"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class PaymentModel:
    """Everything the payment screen shows.

    ``amount`` is what is typed or suggested (``fresh``: the first key replaces it), ``change`` what it gives back.
    ``value`` is the gift card that was looked up, or the store credit, of the way that is chosen; ``finding`` while a
    card is looked up. ``earned`` are the points that saving the bill will give. ``finishing`` says that the bill saves
    itself after the answer that is waited for. ``commands`` can act now.
    """

    state: CheckoutState
    number: str
    total: Money
    due: Money
    tenders: tuple[Tender, ...]
    ways: tuple[Way, ...]
    way: Way
    amount: Money
    fresh: bool
    quick: tuple[Money, ...]
    change: Money
    next: PayNext
    redemptions: tuple[RedemptionView, ...] = ()
    terminal: TerminalView | None = None
    exchange: ExchangeView | None = None
    value: StoredBalance | None = None
    finding: bool = False
    finishing: bool = False
    customer_name: str = ""
    before_points: Money | None = None
    """The total without the points on this bill, where there are any: what the ledger counts down from."""
    earned: Points | None = None
    commands: frozenset[Command] = frozenset()
    notice: Notice | None = None


class PaymentView(Protocol):
    """Where paying is shown."""

    def show_payment(self, model: PaymentModel) -> None: ...


class ValueVerbs(Protocol):
    """Gift cards and store credit; ``ValueDesk`` is one."""

    def find_card(self, code: str) -> None: ...

    def forget_card(self) -> None: ...

    def pay(self, value: StoredBalance, amount: Money | None = None) -> None: ...


class PayDesk(Protocol):
    """What of the checkout paying uses; ``Checkout`` is one."""

    @property
    def model(self) -> CheckoutModel: ...

    @property
    def value(self) -> ValueVerbs: ...

    def begin_payment(self) -> None: ...

    def back_to_bill(self) -> None: ...

    def pay_cash(self, given: Money | None = None) -> None: ...

    def pay_card(self, amount: Money | None = None) -> None: ...

    def pay_qr(self, amount: Money | None = None) -> None: ...

    def cancel_terminal(self) -> None: ...

    def check_payment(self) -> None: ...

    def ask_terminal_again(self) -> None: ...

    def set_payment_aside(self) -> None: ...

    def remove_tender(self, tender_id: str) -> None: ...

    def ask_again(self) -> None: ...

    def cancel_ask(self) -> None: ...

    def save(self) -> None: ...
