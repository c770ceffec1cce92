"""Puts the customer's balances right after points were spent elsewhere: at once by the figure given, then by asking."""

from collections.abc import Iterable
from dataclasses import replace

from tukar.domain.people import LoyaltyAccount, PointsBalance
from tukar.domain.points import Points
from tukar.till.gear import Gear
from tukar.till.ports import RedemptionRow, Refused, Unreachable
from tukar.till.sale import Sale


class Balances:
    """Changes the customer on the bill in hand, which is priced again by what they really have."""

    def __init__(self, sale: Sale, gear: Gear) -> None:
        self._sale = sale
        self._gear = gear

    def short(self, customer: LoyaltyAccount, programme_id: str, available: Points) -> None:
        """The backend named what there is of the customer's to spend."""
        balances = tuple(
            replace(held, posted=available, held=Points(0, available.digits))
            if held.programme_id == programme_id
            else held
            for held in customer.balances
        )
        self._sale.set_customer(replace(customer, balances=balances))

    def renew(self, held: tuple[RedemptionRow, ...]) -> None:
        """Asks for the account; ``held`` are this bill's own holds, whose points are still this customer's to spend."""
        customer = self._sale.bill.customer
        if customer is None:
            return
        member_id = customer.member_id
        self._gear.background.run(
            lambda: self._gear.backend.member(member_id),
            lambda account: self._renewed(account, held),
            self._failed,
            slot="customer-balances",
        )

    def _renewed(self, account: LoyaltyAccount, held: tuple[RedemptionRow, ...]) -> None:
        self._gear.line.heard()
        customer = self._sale.bill.customer
        if customer is not None and customer.member_id == account.member_id and not self._sale.locked:
            self._sale.set_customer(with_own_holds(account, held))

    def _failed(self, trouble: Exception) -> None:
        if isinstance(trouble, Unreachable):
            self._gear.line.lost()
        elif not isinstance(trouble, Refused):
            raise trouble


def with_own_holds(account: LoyaltyAccount, held: Iterable[RedemptionRow]) -> LoyaltyAccount:
    """The account as this bill may use it: what it holds itself is not spent elsewhere."""
    own = {row.programme_id: row.need for row in held if row.member_id == account.member_id}
    balances = tuple(_freed(balance, own.get(balance.programme_id)) for balance in account.balances)
    return replace(account, balances=balances)


def _freed(balance: PointsBalance, own: Points | None) -> PointsBalance:
    if own is None:
        return balance
    return replace(balance, held=max(balance.held - own, Points(0, balance.held.digits)))
