"""What a sale is to become, as its customer and its cashier have it in mind before it begins."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tukar.till.checkout_model import CheckoutState

if TYPE_CHECKING:
    from tests.simulation.cashier import Cashier

LOOK_AGAIN: Final = 1.5
"""Seconds after which somebody looks whether something is over."""
PATIENCE_TURNS: Final = 12
"""So often, and then something else is tried."""


@dataclass
class Plan:
    """What this sale is to become, and how far it is."""

    member: str = ""
    reward: str = ""
    limited: str = ""
    """What it takes of what is limited, beside or without points."""
    points: int = 0
    pieces: int = 2
    pay: str = "cash"
    card: str = ""
    sells_card: bool = False
    value_turns: int = 0
    end: str = "save"
    edit: str = ""
    wrong_codes: int = 0
    resumed: bool = False
    looked_up: bool = False
    fronted: bool = False
    wonders: bool = True
    waiting: bool = False
    claimed: bool = False
    turns_in_state: int = 0
    state: CheckoutState | None = None
    unclear_asked: int = 0
    codes_tried: set[str] = field(default_factory=set)
    resends: int = 0


def drawn(cashier: "Cashier") -> Plan:
    """What the next customer wants, and what becomes of it."""
    part, world, name = cashier.fanciful, cashier.world, cashier.till.name
    return Plan(
        member=cashier.pick("who", "dewi", ("budi", 0.25), ("siti", 0.15), ("", 0.05)),
        reward=_reward(cashier),
        limited=_limited(cashier),
        points=world.choices.pick(f"points.{name}", 300, ((50, 0.2), (500, 0.2), (120, 0.2))),
        pieces=world.choices.pick(f"pieces.{name}", 2, ((1, 0.1), (4, 0.2))),
        pay=cashier.pick("pay", "cash", ("card", 0.3), ("qr", 0.05), ("split", 0.2), ("gift", 0.15), ("credit", 0.07)),
        card=cashier.pick("gift-code", "CARD-AAAA", ("CARD-BBBB", 0.25), ("sold", 0.3), ("none such", 0.05)),
        sells_card=cashier.pick("sells", "", ("a card", 0.1)) != "",
        end=cashier.pick("end", "save", ("abandon", part), ("aside", cashier.sets_aside or part / 2)),
        edit=cashier.pick(
            "edit",
            "",
            ("more", part),
            ("less", part),
            ("customer", part / 2),
            ("points", part),
            ("voucher", part / 2),
        ),
        wrong_codes=world.choices.pick(
            f"wrong.{name}", 0, ((1, cashier.mistypes or part), (6, cashier.mistypes or part / 3))
        ),
    )


def _reward(cashier: "Cashier") -> str:
    if cashier.loses_line:
        return cashier.pick("reward", "order", ("points", 0.2), ("both", 0.05))
    usual = "points" if cashier.mistypes else "order"
    return cashier.pick("reward", usual, ("coffee", 0.2), ("points", 0.25), ("both", 0.15), ("none", 0.1))


def _limited(cashier: "Cashier") -> str:
    """On another backend nobody holds what is limited without points, so nobody hands it out."""
    if cashier.till.other_backend is not None:
        return ""
    part = 0.3 if cashier.loses_line else 1.0
    return cashier.pick("limited", "", ("few", 0.15 * part), ("voucher", 0.15 * part), ("both", 0.05 * part))
