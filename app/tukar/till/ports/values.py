"""Gift cards and store credit at the backend: what a card holds, and a new one reserved for the bill that sells it.

What they pay is held, captured and given back as points are (``LoyaltyBackend.hold`` and what follows it).
"""

from typing import Protocol

from tukar.domain.stored_value import StoredBalance


class StoredValues(Protocol):
    """A backend with stored value. Every method blocks and raises ``Refused`` or ``Unreachable``."""

    def gift_card(self, code: str) -> StoredBalance:
        """What a gift card holds now. UNKNOWN_CARD for a code of none, or of one that is not paid for yet."""
        ...

    def reserve_card(self, bill_id: str, code: str) -> None:
        """Keeps a new card's code for a bill. CARD_TAKEN when it is somebody's already; sent again it is no other."""
        ...
