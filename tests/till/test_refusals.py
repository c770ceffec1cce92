"""One table of words for what is refused, silent, or gone."""

import pytest

from tukar.domain.money import Currency, Money
from tukar.domain.points import Points
from tukar.domain.redemption import NO_ACCOUNT, RedemptionState, Refusal
from tukar.domain.stored_value import ValueAccount
from tukar.till.notices import Say
from tukar.till.ports import RedemptionRow, Refused, Trouble, Unreachable
from tukar.till.refusals import ran_out_notice, refused_notice, unknown_notice, unreachable_notice

NOTHING = Money(0, Currency("IDR", 0, 100))


@pytest.mark.parametrize(
    ("account", "say", "points"),
    [
        (NO_ACCOUNT, Say.OFFER_RAN_OUT, None),
        (ValueAccount.GIFT_CARD.value, Say.VALUE_RAN_OUT, None),
        ("poin", Say.HOLD_RAN_OUT, Points(200)),
    ],
)
def test_a_hold_that_is_gone_is_called_by_what_it_held(account: str, say: Say, points: Points | None) -> None:
    need = Points(200)
    row = RedemptionRow("r", "b", "m", account, RedemptionState.HELD, need, need, NOTHING)
    notice = ran_out_notice(row)
    assert (notice.say, notice.points) == (say, points)


@pytest.mark.parametrize(("account", "say"), [(NO_ACCOUNT, Say.OFFER_UNKNOWN), ("poin", Say.POINTS_UNKNOWN)])
def test_what_nobody_knows_is_said_so_and_nonsense_as_nonsense(account: str, say: Say) -> None:
    assert unknown_notice(account).say is say
    assert unknown_notice(account, Unreachable(Trouble.TIMED_OUT)).say is say
    assert unknown_notice(account, Unreachable(Trouble.BROKEN_ANSWER)).say is Say.BACKEND_NONSENSE
    assert unreachable_notice(Unreachable(Trouble.NO_CONNECTION)).say is Say.OFFLINE_REDEEM


def test_every_refusal_has_words() -> None:
    for refusal in Refusal:
        assert refused_notice(Refused(refusal, points=Points(5))).points == Points(5)
