"""The redeem sheet in its states, over the payment screen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

from tests.ui.states.paying import CASH, HELD, pay
from tests.ui.till_samples import rupiah
from tukar.domain.offer import LocalName, PointsRange
from tukar.domain.people import ExpiringPoints, LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.till.checkout_model import CodeView, TrustView
from tukar.till.notices import Level, Notice, Say
from tukar.till.point_choices import Suggestion
from tukar.till.redeem_model import RedeemModel, RedeemNext, RedeemStep
from tukar.ui.main_window import MainWindow

DEWI = LoyaltyAccount(
    "m-1",
    "Dewi Lestari",
    "\N{HORIZONTAL ELLIPSIS}5678",
    tier="Gold",
    balances=(PointsBalance("reward", Points(1_240), Points(0), ExpiringPoints(Points(120), date(2026, 11, 30))),),
)
LIMITS = PointsRange(Points(50), Points(865), Points(5), Fraction(100))
AMOUNT = RedeemModel(
    is_open=True,
    step=RedeemStep.AMOUNT,
    customer=DEWI,
    balance=Points(1_240),
    points=Points(735),
    limits=LIMITS,
    takes_off=rupiah(73_500),
    left_to_pay=rupiah(100_000),
    suggestions=(
        Suggestion(Points(200)),
        Suggestion(Points(500)),
        Suggestion(Points(735), rupiah(100_000)),
        Suggestion(Points(865), is_most=True),
    ),
    next=RedeemNext.SEND_CODE,
)
CODE = CodeView(
    "reward", Points(735), rupiah(73_500), sent_to="\N{HORIZONTAL ELLIPSIS}5678", tries_left=3, sends_left=2
)
ASKED = replace(AMOUNT, step=RedeemStep.CODE, suggestions=(), code=CODE, resend_in=24.0, next=RedeemNext.SUBMIT,
                can_go_without=True)  # fmt: skip


def coupon_unsure(window: MainWindow) -> None:
    """Nobody says whether the coupon is still there; no points are asked for."""
    pay(window, replace(CASH, tenders=(), due=rupiah(153_500)))
    birthday = LocalName("Birthday coupon", {"id": "Kupon ulang tahun", "hi": "जन्मदिन कूपन"})
    model = RedeemModel(
        is_open=True, step=RedeemStep.UNSURE, offer=birthday, takes_off=rupiah(20_000), left_to_pay=rupiah(153_500),
        next=RedeemNext.ASK_AGAIN, notice=Notice(Say.OFFER_UNKNOWN, Level.WARN),
    )  # fmt: skip
    window.redeem.show_redeem(model)


def redeem(window: MainWindow) -> None:
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(AMOUNT)


def code(window: MainWindow) -> None:
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(ASKED)
    window.redeem.code.type_digits("481907")


def wrong_code(window: MainWindow) -> None:
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(ASKED)
    window.redeem.code.type_digits("481902")
    last = replace(CODE, tries_left=1)
    notice = Notice(Say.CODE_WRONG, Level.DANGER, count=1)
    window.redeem.show_redeem(replace(ASKED, code=last, resend_in=0.0, wrong=True, notice=notice, next=RedeemNext.NONE))


TRUST = TrustView(Points(735), known_at=datetime(2026, 11, 21, 7, 5, tzinfo=UTC))


def on_trust(window: MainWindow) -> None:
    """Nobody answered; the shop lets its tills take so many points all the same."""
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.POINTS_UNKNOWN, Level.WARN)
    asked = replace(ASKED, step=RedeemStep.UNSURE, code=None, next=RedeemNext.ASK_AGAIN, notice=notice, trust=TRUST)
    window.redeem.show_redeem(asked)


def held_elsewhere(window: MainWindow) -> None:
    """Another bill holds points of this customer."""
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(replace(AMOUNT, elsewhere=Points(300)))


def trust_without_code(window: MainWindow) -> None:
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.BACKEND_SLOW, Level.WARN)
    trust = replace(TRUST, needs_code=True)
    unsent = replace(CODE, sent_to="", tries_left=None)
    window.redeem.show_redeem(
        replace(
            ASKED, code=unsent, next=RedeemNext.NONE, notice=notice, trust=trust, resend_in=0.0, can_go_without=False
        )
    )


def trusted(window: MainWindow) -> None:
    notice = Notice(Say.POINTS_ON_TRUST, Level.WARN, points=Points(735))
    held = replace(HELD, until=None, on_trust=True)
    pay(window, replace(CASH, tenders=(), due=rupiah(173_500), redemptions=(held,), notice=notice))


STATES: Final = (coupon_unsure, redeem, code, wrong_code, on_trust, trust_without_code, trusted, held_elsewhere)
