"""A programme ↔ JSON: the demo shop's promotions as a file, and a file with mistakes refused whole."""

import json
from typing import Any

import pytest

from tukar.domain.money import Currency, Money
from tukar.domain.points import Points
from tukar.domain.programme import ApprovalPolicy, Demand, OtpPolicy, Reversal
from tukar.wire.programme import programme_from_json, programme_json
from tukar.wire.strict import FileMistakesError

IDR = Currency("IDR", 0, 100)

SHOP: dict[str, Any] = {
    "format": "tukar-programme/1",
    "version": 4,
    "currency": {"code": "IDR", "minor_digits": 0, "cash_step": 100},
    "accounts": [
        {
            "id": "poin",
            "name": "Poin",
            "names": {"en": "Points"},
            "max_points": "1000",
            "min_points": "10",
            "keep": "5",
            "otp": {"ask": "above", "above": "300"},
            "approval": {"ask": "above", "above": "50000"},
        },
        {
            "id": "reward",
            "name": "Reward",
            "digits": 2,
            "otp": {"ask": "always"},
            "reversal": "full_return_only",
            "expire_after_days": 365,
            "return_grace_days": 30,
            "spend_points_of_this_sale": True,
            "own_redemption_lowers_earning": True,
        },
    ],
    "rules": [
        {
            "id": "hemat",
            "name": "Hemat 10 %",
            "when": {"min_amount": "200000"},
            "rewards": [{"kind": "percent_off", "value": "10"}],
        },
        {
            "id": "poin",
            "family": "loyalty",
            "earn": {"per": "money", "points": "2", "every": "10000"},
            "earn_rounding": "floor",
        },
        {
            "id": "kopi",
            "programme": "poin",
            "rewards": [{"kind": "free_item", "from_cart": True, "cost_points": "150"}],
            "when": {"items": ["KOPI"]},
        },
    ],
}


def test_a_whole_shop() -> None:
    programme = programme_from_json(SHOP)
    assert (programme.version, programme.currency) == (4, IDR)
    poin, reward = programme.accounts
    assert (poin.otp, poin.approval) == (
        OtpPolicy(Demand.ABOVE, Points(300)),
        ApprovalPolicy(Demand.ABOVE, Money(50_000, IDR)),
    )
    assert (poin.min_points, poin.max_points, poin.keep) == (Points(10), Points(1000), Points(5))
    assert (reward.digits, reward.reversal, reward.otp.demand) == (2, Reversal.FULL_RETURN_ONLY, Demand.ALWAYS)
    assert [rule.account_id for rule in programme.rules] == ["", "poin", "poin"]


def test_it_reads_back_as_it_was_written() -> None:
    programme = programme_from_json(SHOP)
    assert programme_from_json(json.loads(json.dumps(programme_json(programme)))) == programme


def test_a_file_with_mistakes_is_refused_whole_with_all_of_them() -> None:
    raw = SHOP | {
        "format": "tukar-programme/7",
        "currency": {"code": "rp", "minor_digits": 0},
        "accounts": [
            {"id": "a", "digits": 9, "otp": {"ask": "above"}, "max_points": "1", "min_points": "2"},
            {"id": "a", "keep": "-1", "otp": {"ask": "sometimes"}},
        ],
        "rules": [
            {"id": "x", "programme": "none", "rewards": [{"kind": "percent_off", "value": "1"}]},
            {"id": "x", "family": "loyalty"},
        ],
        "mood": 1,
    }
    with pytest.raises(FileMistakesError) as refusal:
        programme_from_json(raw)
    assert {mistake.path for mistake in refusal.value.mistakes} == {
        "format",
        "currency",
        "accounts",
        "accounts[0].digits",
        "accounts[0].otp.above",
        "accounts[0].max_points",
        "accounts[1].keep",
        "accounts[1].otp.ask",
        "rules[0].programme",
        "rules[1].id",
        "rules[1].programme",
        "mood",
    }


@pytest.mark.parametrize("raw", [None, [], {}, {"rules": 1}])
def test_what_is_no_programme_is_refused(raw: object) -> None:
    with pytest.raises(FileMistakesError):
        programme_from_json(raw)


def test_ids_are_what_messages_can_carry() -> None:
    raw = {
        "format": "tukar-programme/1",
        "currency": {"code": "IDR", "minor_digits": 0},
        "accounts": [{"id": "my points"}],
        "rules": [
            {"id": "10 % off", "rewards": [{"kind": "percent_off", "value": "10"}]},
            {"id": "ok", "rewards": [{"kind": "percent_off", "value": "10", "id": "x" * 65}]},
        ],
    }
    with pytest.raises(FileMistakesError) as refused:
        programme_from_json(raw)
    assert [mistake.path for mistake in refused.value.mistakes] == ["accounts", "rules[0].id", "rules[1].rewards[0].id"]
