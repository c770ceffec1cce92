"""A till that falsifies its bills on the way to the server: fewer points than they cost, or points never held."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.simulation import shop
from tukar.domain.bill import Claim
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt, ReceiptRedemption
from tukar.domain.redemption import BillAnswer
from tukar.till.ports import LoyaltyBackend

if TYPE_CHECKING:
    from tests.simulation.invariants import Watch

SHAVED: int = 50


class Dishonest:
    """``ports.LoyaltyBackend`` that tells the truth but for bills."""

    def __init__(self, honest: LoyaltyBackend, watch: "Watch", *, forges: bool) -> None:
        self._honest = honest
        self._watch = watch
        self._forges = forges

    def __getattr__(self, name: str) -> Any:
        return getattr(self._honest, name)

    def put_bill(self, receipt: Receipt) -> BillAnswer:
        falsified = self._forged(receipt) if self._forges else self._shaved(receipt)
        if falsified != receipt:
            self._watch.dishonest.add(receipt.bill_id)
        return self._honest.put_bill(falsified)

    @staticmethod
    def _shaved(receipt: Receipt) -> Receipt:
        """Says that the rewards cost less."""
        return replace(
            receipt,
            redemptions=tuple(
                replace(one, points=Points(max(0, one.points.units - SHAVED), one.points.digits))
                for one in receipt.redemptions
            ),
        )

    @staticmethod
    def _forged(receipt: Receipt) -> Receipt:
        """Says that points were spent which nobody held."""
        if receipt.redemptions or receipt.customer is None:
            return receipt
        forged = ReceiptRedemption(
            f"forged-{receipt.bill_id}", shop.POIN, Points(200), Money(20_000, shop.CURRENCY), proof=""
        )
        return replace(receipt, redemptions=(forged,), claims=(*receipt.claims, Claim(shop.ORDER)))
