"""The payment screen in its states, and what lies over it."""

from dataclasses import replace
from typing import Final

from tests.ui.till_samples import CARD, NUDGE, STAFF, receipt, rupiah, tender
from tukar.domain.offer import LocalName
from tukar.domain.people import Action
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState
from tukar.domain.stored_value import StoredBalance, ValueAccount
from tukar.domain.tender import PaymentMode, ValueTaken
from tukar.till.approving import ApprovalModel
from tukar.till.checkout_model import CheckoutState, ExchangeView, RedemptionView, TerminalView
from tukar.till.keys import Command
from tukar.till.navigation import Place, PlaceModel
from tukar.till.notices import Level, Notice, Say
from tukar.till.payment_model import PaymentModel, PayNext, Way
from tukar.till.ports import PrinterState
from tukar.till.receipt_screen import ReceiptModel
from tukar.till.return_receipt import PointsBack
from tukar.ui.main_window import MainWindow

CASH = PaymentModel(
    state=CheckoutState.PAYING,
    number="2-000317",
    total=rupiah(173_500),
    due=rupiah(73_500),
    tenders=(CARD,),
    ways=tuple(Way),
    way=Way.CASH,
    amount=rupiah(100_000),
    fresh=False,
    quick=tuple(map(rupiah, (73_500, 75_000, 80_000, 100_000))),
    change=rupiah(26_500),
    next=PayNext.FINISH,
    customer_name="Dewi Lestari",
    earned=Points(34),
    commands=frozenset({Command.PROMOTIONS, Command.REDEEM, Command.SAVE, Command.FULL_SCREEN, Command.LOCK}),
)
HELD = RedemptionView("reward", RedemptionState.HELD, Points(735), rupiah(73_500), left=Points(505))
QUIET = frozenset({Command.FULL_SCREEN, Command.LOCK})


def pay(window: MainWindow, model: PaymentModel) -> None:
    window.show_place(PlaceModel(Place.PAYMENT, has_bill=True))
    window.payment.show_payment(model)


def cash(window: MainWindow) -> None:
    pay(window, CASH)


def part(window: MainWindow) -> None:
    notice = Notice(Say.CARD_DECLINED, Level.WARN, money=rupiah(73_500))
    pay(
        window,
        replace(
            CASH, redemptions=(HELD,), amount=rupiah(20_000), change=rupiah(0), next=PayNext.TAKE_PART, notice=notice
        ),
    )


def card(window: MainWindow) -> None:
    half = replace(CASH, tenders=(tender(amount=50_000),), due=rupiah(123_500), quick=(), change=rupiah(0))
    terminal = TerminalView(PaymentMode.CARD, rupiah(123_500))
    pay(
        window,
        replace(
            half, way=Way.CARD, state=CheckoutState.TERMINAL, terminal=terminal, next=PayNext.WAIT, finishing=True,
            commands=QUIET,
        ),
    )  # fmt: skip
    window.payment.next._show_waiting()


def card_amount(window: MainWindow) -> None:
    pay(window, replace(CASH, way=Way.CARD, quick=(), next=PayNext.TO_TERMINAL, amount=rupiah(73_500), fresh=True))


def qris(window: MainWindow) -> None:
    payload = "00020101021226570011ID.DANA.WWW0118936009153" * 3
    terminal = TerminalView(PaymentMode.QR, rupiah(73_500), payload=payload, good_for=272.0)
    pay(
        window,
        replace(
            CASH, way=Way.QR, state=CheckoutState.TERMINAL, terminal=terminal, next=PayNext.WAIT, finishing=True,
            tenders=(tender(amount=100_000),), commands=QUIET,
        ),
    )  # fmt: skip
    window.payment.next._show_waiting()


def unclear(window: MainWindow) -> None:
    notice = Notice(Say.CARD_UNKNOWN, Level.DANGER, money=rupiah(73_500))
    terminal = TerminalView(PaymentMode.CARD, rupiah(73_500))
    pay(
        window,
        replace(
            CASH, state=CheckoutState.UNCLEAR, terminal=terminal, next=PayNext.ASK_AGAIN, notice=notice, commands=QUIET
        ),
    )


def voucher(window: MainWindow) -> None:
    notice = Notice(Say.VOUCHER_NOT_TAKEN, Level.WARN, text="ULTAH")
    pay(window, replace(CASH, way=Way.VOUCHER, quick=(), next=PayNext.NONE, notice=notice))


def _by_card(**changes: object) -> PaymentModel:
    """A gift card of Rp 100.000 in hand; store credit beside it."""
    ways = (Way.CASH, Way.CARD, Way.QR, Way.GIFT_CARD, Way.STORE_CREDIT, Way.POINTS, Way.VOUCHER)
    card = StoredBalance(ValueAccount.GIFT_CARD, "card-1", "\N{HORIZONTAL ELLIPSIS}7K2M", rupiah(100_000))
    model = replace(CASH, ways=ways, way=Way.GIFT_CARD, quick=(), change=rupiah(0), value=card)
    model = replace(model, tenders=(), due=rupiah(173_500))
    return replace(model, amount=rupiah(100_000), next=PayNext.PAY_VALUE, fresh=True, **changes)  # type: ignore[arg-type]


def gift_card(window: MainWindow) -> None:
    pay(window, _by_card())


def gift_card_code(window: MainWindow) -> None:
    notice = Notice(Say.GIFT_CARD_UNKNOWN, Level.WARN)
    pay(window, replace(_by_card(), value=None, next=PayNext.NONE, notice=notice))


def gift_card_part(window: MainWindow) -> None:
    taken = ValueTaken("r-1", "card-1", rupiah(0))
    given = replace(
        tender(amount=100_000), mode=PaymentMode.GIFT_CARD, given=rupiah(100_000), value=taken,
        label="\N{HORIZONTAL ELLIPSIS}7K2M",
    )  # fmt: skip
    rest = rupiah(73_500)
    model = replace(_by_card(), way=Way.CASH, value=None, tenders=(given,), due=rest, amount=rest)
    pay(window, replace(model, next=PayNext.FINISH, quick=(rest, rupiah(75_000), rupiah(80_000), rupiah(100_000))))


def gift_card_unsure(window: MainWindow) -> None:
    notice = Notice(Say.VALUE_UNKNOWN, Level.WARN)
    model = _by_card(state=CheckoutState.UNSURE, notice=notice, commands=QUIET)
    pay(window, replace(model, next=PayNext.ASK_AGAIN))


def paid(window: MainWindow) -> None:
    before = rupiah(247_000)
    pay(
        window,
        replace(
            CASH,
            due=rupiah(0),
            tenders=(CARD, tender()),
            redemptions=(HELD,),
            next=PayNext.SAVE,
            quick=(),
            before_points=before,
        ),
    )


def saved(window: MainWindow) -> None:
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.BILL_SAVED, text="2-000317", money=rupiah(26_500))
    window.receipt.show_receipt(
        ReceiptModel(receipt(), NUDGE, rupiah(26_500), printed=PrinterState.READY, notice=notice)
    )


def approval(window: MainWindow) -> None:
    pay(window, CASH)
    window.approval.show_approval(ApprovalModel(True, Action.SAVE_LATE, STAFF[-1:], 0))


def leaving(window: MainWindow) -> None:
    pay(window, CASH)
    window.ask_to_leave(lambda: None)


BOTH_WAYS = (PointsBack(LocalName("Points", {"id": "Poin"}), Points(66), Points(13), None),)


def exchange(window: MainWindow) -> None:
    """Goods that come back pay for a part."""
    credit = replace(
        tender(amount=60_300), mode=PaymentMode.EXCHANGE, given=rupiah(60_300), amount=rupiah(60_300), label="2-000311"
    )
    view = ExchangeView("2-000311", rupiah(60_300), rupiah(0), BOTH_WAYS)
    pay(window, replace(CASH, tenders=(credit,), due=rupiah(113_200), exchange=view, amount=rupiah(113_200), quick=()))


def exchange_rest(window: MainWindow) -> None:
    """The new goods cost less, and the rest goes back."""
    view = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500), BOTH_WAYS)
    pay(window, replace(CASH, tenders=(), due=rupiah(0), exchange=view, next=PayNext.SAVE, quick=()))


def exchange_rest_to_cards(window: MainWindow) -> None:
    """The new goods cost less, and the rest goes back to the cards that paid, and in cash."""
    other = replace(CARD, label="Kredit Mandiri \N{HORIZONTAL ELLIPSIS}0093")
    parts = ((CARD, rupiah(50_000)), (other, rupiah(24_000)))
    view = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500), BOTH_WAYS, cards=parts)
    pay(window, replace(CASH, tenders=(), due=rupiah(0), exchange=view, next=PayNext.SAVE, quick=()))


STATES: Final = (
    cash,
    part,
    card,
    card_amount,
    qris,
    unclear,
    voucher,
    paid,
    gift_card,
    gift_card_code,
    gift_card_part,
    gift_card_unsure,
    exchange,
    exchange_rest,
    exchange_rest_to_cards,
    saved,
    approval,
    leaving,
)
