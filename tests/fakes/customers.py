"""The part of a loyalty backend that knows people, over the demo shop's customers."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from tests.fakes.shelf import demo_shop
from tukar.domain.people import LoyaltyAccount, PointsBalance, masked
from tukar.domain.points import Points
from tukar.server.demo_shop import DemoCustomer
from tukar.till.ports import Capabilities, Enrolment, FindBy, Trouble, Unreachable


def account_of(customer: DemoCustomer) -> LoyaltyAccount:
    """The account as a backend shows it to a till."""
    sums: Counter[str] = Counter()
    for lot in customer.lots:
        sums[lot.programme_id] += lot.points.units
    balances = tuple(PointsBalance(name, Points(units), Points(0)) for name, units in sums.items())
    return LoyaltyAccount(
        customer.member_id,
        customer.name,
        masked(customer.mobile),
        masked(customer.card),
        customer.group,
        balances=balances,
        lifetime_spend=customer.lifetime_spend,
        orders_placed=customer.orders,
        seen_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    )


class FakeMembers:
    """Finds and enrols.

    ``trouble`` is raised by every call while it is set; ``asked`` are the look-ups made, ``held`` points on hold.
    """

    def __init__(self) -> None:
        self.capabilities = Capabilities()
        self.customers = list(demo_shop().customers)
        self.enrolled: list[Enrolment] = []
        self.asked: list[tuple[FindBy, str]] = []
        self.trouble: Exception | None = None
        self.loses_answers = False
        self.held: dict[str, Points] = {}

    def find_members(self, by: FindBy, text: str) -> tuple[LoyaltyAccount, ...]:
        self.asked.append((by, text))
        self._fail()
        match by:
            case FindBy.MOBILE:
                found = [one for one in self.customers if one.mobile == text]
            case FindBy.CARD:
                found = [one for one in self.customers if one.card == text]
            case FindBy.NAME:
                found = [one for one in self.customers if text.casefold() in one.name.casefold()]
        return tuple(map(account_of, found))

    def member(self, member_id: str) -> LoyaltyAccount:
        self._fail()
        account = account_of(next(one for one in self.customers if one.member_id == member_id))
        balances = tuple(
            replace(balance, held=self.held.get(balance.programme_id, balance.held)) for balance in account.balances
        )
        return replace(account, balances=balances)

    def enrol_member(self, enrolment: Enrolment) -> LoyaltyAccount:
        self._fail()
        self.enrolled.append(enrolment)
        if self.loses_answers:
            raise Unreachable(Trouble.TIMED_OUT)
        return LoyaltyAccount(enrolment.member_id, enrolment.name, masked(enrolment.mobile))

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble
