"""Puts returns in order that a crash left behind, and says what became of them.

A return that was asked for or accepted has not moved any money: it is given up, and the backend hears of it. One whose
card was told to give money back may have: it becomes a manager's item, and the goods stay reserved at the backend.
"""

from dataclasses import replace

from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import RefundRow, RefundState
from tukar.till.refunding import unclear_item


def settle_refunds(gear: Gear) -> tuple[Notice, ...]:
    """Looks at every return that has no end. Blocks; raises DiskTrouble."""
    return tuple(_settle(gear, row) for row in gear.journal.unfinished_refunds())


def _settle(gear: Gear, row: RefundRow) -> Notice:
    if row.state is RefundState.PAYING:
        gear.journal.add_review_item(unclear_item(gear, row, row.money))
        gear.journal.move_refund(row.state, replace(row, state=RefundState.REVIEW))
        return Notice(Say.REFUND_UNCLEAR, Level.DANGER, money=row.money)
    gear.journal.move_refund(row.state, replace(row, state=RefundState.DROPPED))
    return Notice(Say.RETURN_GIVEN_UP, Level.WARN, text=row.number)
