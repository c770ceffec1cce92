"""Where things are at our own backend: one place for every path of ``/v1``."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from tukar.loyalty.http import Ask

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def _path(*parts: str) -> str:
    return "/v1/" + "/".join(quote(part, safe="") for part in parts)


def read(*parts: str, query: Mapping[str, str] = _NONE) -> Ask:
    return Ask("GET", _path(*parts), query=query, reads=True)


def look_up(*parts: str, body: bytes) -> Ask:
    """A question whose words travel in the body, so that no log holds them; it changes nothing."""
    return Ask("POST", _path(*parts), body, reads=True)


def put(*parts: str, body: bytes) -> Ask:
    """A message on an id that the till made."""
    return Ask("PUT", _path(*parts), body)


STATE: Final = ("state",)
PROGRAMME: Final = ("programme",)
CATALOGUE: Final = ("catalogue",)
STAFF: Final = ("staff",)
SALESPEOPLE: Final = ("salespeople",)
FIND_MEMBERS: Final = ("members", "find")
QUOTE: Final = ("quotes",)
DIGEST: Final = ("digest",)
RECOVERY: Final = ("recovery",)
TILL_EPOCH: Final = ("till-epoch",)
HELD_BILLS: Final = ("held-bills",)
GIFT_CARDS: Final = ("gift-cards", "find")


def member(member_id: str) -> tuple[str, ...]:
    return "members", member_id


def holds_released(member_id: str) -> tuple[str, ...]:
    return "members", member_id, "holds-released"


def history(member_id: str) -> tuple[str, ...]:
    return "members", member_id, "history"


def challenge(challenge_id: str) -> tuple[str, ...]:
    return "challenges", challenge_id


def code_override(challenge_id: str) -> tuple[str, ...]:
    return "challenges", challenge_id, "override"


def redemption(redemption_id: str) -> tuple[str, ...]:
    return "redemptions", redemption_id


def extension(redemption_id: str) -> tuple[str, ...]:
    return "redemptions", redemption_id, "extension"


def void(redemption_id: str) -> tuple[str, ...]:
    return "redemptions", redemption_id, "void"


def bill(bill_id: str) -> tuple[str, ...]:
    return "bills", bill_id


def card_of_bill(bill_id: str) -> tuple[str, ...]:
    return "bills", bill_id, "gift-card"


def bill_by_number(number: str) -> tuple[str, ...]:
    return "receipts", number


def refund(refund_id: str) -> tuple[str, ...]:
    return "refunds", refund_id


def refund_void(refund_id: str) -> tuple[str, ...]:
    return "refunds", refund_id, "void"


def sign_in(sign_in_id: str) -> tuple[str, ...]:
    return "sign-ins", sign_in_id


def release_of(staff_id: str) -> tuple[str, ...]:
    return "staff", staff_id, "release"


def shift(shift_id: str) -> tuple[str, ...]:
    return "shifts", shift_id


def held(held_id: str) -> tuple[str, ...]:
    return "held-bills", held_id


def held_lease(held_id: str) -> tuple[str, ...]:
    return "held-bills", held_id, "lease"


def held_end(held_id: str) -> tuple[str, ...]:
    return "held-bills", held_id, "end"


def device(device_id: str) -> tuple[str, ...]:
    return "enrolments", device_id


MANAGER: Final = "manager"
CHOICES: Final = (MANAGER, "choices")
PROMOTIONS: Final = (MANAGER, "promotions")
SUMMARY: Final = (MANAGER, "summary")
REQUESTS: Final = (MANAGER, "approvals")
REVIEWS: Final = (MANAGER, "reviews")
RECONCILIATION: Final = (MANAGER, "reconciliation")


def session(session_id: str) -> tuple[str, ...]:
    return MANAGER, "sessions", session_id


def session_end(session_id: str) -> tuple[str, ...]:
    return MANAGER, "sessions", session_id, "end"


def managers_bill(bill_id: str) -> tuple[str, ...]:
    return MANAGER, "bills", bill_id


def managers_word(request_id: str) -> tuple[str, ...]:
    return MANAGER, "approvals", request_id


def review(review_id: str) -> tuple[str, ...]:
    return MANAGER, "reviews", review_id


def review_note(review_id: str, note_id: str) -> tuple[str, ...]:
    return MANAGER, "reviews", review_id, "notes", note_id


def repair(difference_id: str) -> tuple[str, ...]:
    return MANAGER, "differences", difference_id, "repair"


def report(kind: str) -> tuple[str, ...]:
    return MANAGER, "reports", kind


def approval(request_id: str) -> tuple[str, ...]:
    return "approvals", request_id


def withdrawal(request_id: str) -> tuple[str, ...]:
    return "approvals", request_id, "withdrawal"
