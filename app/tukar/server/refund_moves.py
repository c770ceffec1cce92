"""What one refund moves: points spent go back to the member, points earned go back from them (redemption.md, "Refund").

The member gets back what they spent, rounded down while parts are left; earned points go back as far as they are still
there.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import text

from tukar.domain.money import Currency, Money
from tukar.domain.points import Points
from tukar.domain.programme import Reversal
from tukar.domain.receipt import Receipt
from tukar.domain.refund import Refundable, Rounding, share
from tukar.domain.rule import Rule
from tukar.domain.stored_value import is_value
from tukar.server import accounts, catalogue, members, programmes
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row

_CAPTURED: Final = text(
    "SELECT redemption_id, member_id, programme_id, digits, captured FROM redemptions"
    " WHERE shop_id = :shop_id AND bill_id = :bill_id AND state = 'captured' AND captured > 0"
    " ORDER BY programme_id, redemption_id"
)
_SHORT: Final = text(
    "SELECT programme_id, short FROM redemptions WHERE shop_id = :shop_id AND bill_id = :bill_id"
    " AND state = 'captured' AND short > 0"
)
_EARNED: Final = text(
    "SELECT l.member_id, l.programme_id, l.units, a.digits FROM ledger l JOIN accounts a ON a.shop_id = l.shop_id"
    " AND a.member_id = l.member_id AND a.programme_id = l.programme_id"
    " WHERE l.shop_id = :shop_id AND l.ref = :bill_id AND l.kind = 'earn' ORDER BY l.programme_id"
)
_MOVED: Final = text(
    "SELECT points FROM refunds WHERE shop_id = :shop_id AND bill_id = :bill_id AND state IN ('accepted', 'paid')"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """Points that one refund moved of one redemption or earning: ``due`` is what the share came to."""

    kind: str
    ref: str
    member_id: str
    programme_id: str
    digits: int
    due: int
    units: int

    def as_row(self) -> list[Any]:
        return [self.kind, self.ref, self.member_id, self.programme_id, self.digits, self.due, self.units]


class Moves:
    """Moves the points of one refund: spent ones back to the member, earned ones back from them."""

    def __init__(
        self, call: Call, shop: Shop, bill: Receipt, refund_id: str, refundable: Refundable, wanted: Mapping[str, int]
    ) -> None:
        self._call = call
        self._shop = shop
        self._bill = bill
        self._refund_id = refund_id
        self._refundable = refundable
        self._wanted = wanted
        self._programme = programmes.current(call, shop)
        self._before = self._moved_before()

    def _moved_before(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Due and moved units of earlier refunds of this bill, per kind, reference and programme."""
        sums: dict[tuple[str, str, str], tuple[int, int]] = {}
        key = {"shop_id": self._call.shop_id, "bill_id": self._bill.bill_id}
        for row in self._call.db.execute(_MOVED, key):
            for kind, ref, _, programme_id, _, due, units in json.loads(row.points):
                earlier = sums.get((kind, ref, programme_id), (0, 0))
                sums[kind, ref, programme_id] = (earlier[0] + due, earlier[1] + units)
        return sums

    def make(self) -> list[Moved]:
        key = {"shop_id": self._call.shop_id, "bill_id": self._bill.bill_id}
        captured = [row for row in self._captured() if not is_value(row.programme_id)]
        earned = self._call.db.execute(_EARNED, key).all()
        locked = self._lock({(row.member_id, row.programme_id, row.digits) for row in (*captured, *earned)})
        moved = [self._give_back(row, locked[row.member_id, row.programme_id]) for row in captured]
        moved += [self._take_back(row, locked[row.member_id, row.programme_id]) for row in earned]
        return moved

    def _captured(self) -> Sequence[Row]:
        return self._call.db.execute(_CAPTURED, {"shop_id": self._call.shop_id, "bill_id": self._bill.bill_id}).all()

    def pay_back(self, at_most: int) -> list[Moved]:
        """Gives stored value its share of the money back, to the card or credit that it came from.

        Never more than ``at_most`` in all: what lowered the refund lowers that first.
        """
        rows = [row for row in self._captured() if is_value(row.programme_id)]
        locked = self._lock({(row.member_id, row.programme_id, row.digits) for row in rows})
        moved = []
        for row in rows:
            due = self._refundable.paid_part(int(row.captured), self._wanted)
            _, earlier = self._before.get(("returned", row.redemption_id, row.programme_id), (0, 0))
            units = min(due, at_most, int(row.captured) - earlier)
            at_most -= units
            account = locked[row.member_id, row.programme_id]
            if units > 0:
                entry = Entry("refund_return", f"{self._refund_id}.{row.redemption_id}", self._bill.bill_id)
                took = Entry("redeem", row.redemption_id)
                accounts.give_back(self._call, account, units, took, entry, accounts.NEVER)
            moved.append(
                Moved("returned", row.redemption_id, account.member_id, row.programme_id, row.digits, due, units)
            )
        return moved

    def borne(self) -> int:
        """The share of what the shop bore for stored value that was not there: it was never paid, so it is kept."""
        key = {"shop_id": self._call.shop_id, "bill_id": self._bill.bill_id}
        rows = self._call.db.execute(_SHORT, key).all()
        return sum(
            self._refundable.paid_part(int(row.short), self._wanted) for row in rows if is_value(row.programme_id)
        )

    def _lock(self, wanted: set[tuple[str, str, int]]) -> dict[tuple[str, str], Account]:
        today = self._shop.today(self._call.now)
        locked = {}
        for member_id, programme_id, digits in sorted(wanted):
            owner = members.find_row(self._call, member_id)
            who = owner.member_id if owner is not None else member_id
            locked[member_id, programme_id] = accounts.lock(self._call, who, programme_id, digits, today)
        return locked

    def _share(self, kind: str, ref: str, whole: int, programme_id: str, concerned: frozenset[str] | None) -> int:
        """What this refund moves of ``whole`` points, in proportion, or at once with the last piece.

        That is what all together come to by now, less what the earlier ones came to: where one between them was
        voided, these were rounded as if it stood.
        """
        sort = self._programme.account(programme_id)
        if sort is not None and sort.reversal is Reversal.FULL_RETURN_ONLY:
            so_far = whole if self._refundable.is_last(self._wanted) else 0
        else:
            value = self._refundable.value(self._wanted, concerned)
            so_far = share(whole, value.before + value.now, value.whole, Rounding.DOWN)
        earlier, _ = self._before.get((kind, ref, programme_id), (0, 0))
        return max(0, so_far - earlier)

    def _give_back(self, row: Row, account: Account) -> Moved:
        units = self._share("returned", row.redemption_id, row.captured, row.programme_id, None)
        if units:
            grace = max(self._grace(row.programme_id), self._shop.settings.grace_days)
            at_least_to = self._shop.today(self._call.now) + timedelta(days=grace)
            accounts.give_back(
                self._call,
                account,
                units,
                Entry("redeem", row.redemption_id),
                Entry("refund_return", f"{self._refund_id}.{row.redemption_id}", self._bill.bill_id),
                at_least_to,
            )
        return Moved("returned", row.redemption_id, account.member_id, row.programme_id, row.digits, units, units)

    def _grace(self, programme_id: str) -> int:
        sort = self._programme.account(programme_id)
        return sort.return_grace_days if sort is not None else 0

    def _take_back(self, row: Row, account: Account) -> Moved:
        lines = self._earning_lines(row.programme_id)
        due = self._share("reversed", self._bill.bill_id, row.units, row.programme_id, lines)
        taken = min(due, account.available)
        if taken:
            entry = Entry("refund_reverse", f"{self._refund_id}.{row.programme_id}", self._bill.bill_id)
            accounts.debit(self._call, account, taken, entry, first_ref=self._bill.bill_id)
        return Moved("reversed", self._bill.bill_id, account.member_id, row.programme_id, row.digits, due, taken)

    def _earning_lines(self, programme_id: str) -> frozenset[str] | None:
        """The lines whose goods earn points of the programme; None where any line does."""
        rules = [rule for rule in self._programme.rules if _earns(rule, programme_id)]
        if not rules or any(rule.when.goods.names_all for rule in rules):
            return None
        skus = [line.sku for line in self._bill.lines]
        items = catalogue.items_of(self._call, skus, self._bill.currency, self._bill.catalogue_version or None)
        return frozenset(
            line.line_id
            for line in self._bill.lines
            if line.sku in items and any(rule.when.goods.names(items[line.sku]) for rule in rules)
        )

    def worth_of_missing(self, moved: Iterable[Moved]) -> int:
        """What the earned points that are gone are worth in minor units, by what this bill's own points took off."""
        worth = 0
        for one in moved:
            missing = one.due - one.units if one.kind == "reversed" else 0
            spent = [taken for taken in self._bill.redemptions if taken.programme_id == one.programme_id]
            points = sum(taken.points.units for taken in spent)
            if missing and points:
                worth += missing * sum(taken.amount.minor for taken in spent) // points
        return worth


def _earns(rule: Rule, programme_id: str) -> bool:
    return rule.earn is not None and rule.account_id == programme_id


def paid_back(moved: Iterable[Moved], currency: Currency) -> dict[str, str]:
    """What stored value got back, by the redemption that took it."""
    return {one.ref: Money(one.units, currency).decimal() for one in moved if is_value(one.programme_id) and one.units}


def sums(moved: Iterable[Moved], kind: str) -> dict[str, Points]:
    """The points moved in each programme: ``returned`` to the member, or ``reversed`` from them."""
    found: dict[str, Points] = {}
    for one in moved:
        if one.kind == kind and one.units and not is_value(one.programme_id):
            before = found.get(one.programme_id, Points(0, one.digits))
            found[one.programme_id] = before + Points(one.units, one.digits)
    return found


def units(moved: Iterable[Moved], kind: str) -> dict[str, tuple[int, int]]:
    """The same in units, with the digits of the programme."""
    return {name: (points.units, points.digits) for name, points in sums(moved, kind).items()}


def shorts(moved: Iterable[Moved]) -> dict[str, Points]:
    """Points that ought to have gone back from the member and were spent already."""
    found: dict[str, Points] = {}
    for one in moved:
        if one.kind == "reversed" and one.due > one.units:
            before = found.get(one.programme_id, Points(0, one.digits))
            found[one.programme_id] = before + Points(one.due - one.units, one.digits)
    return found
