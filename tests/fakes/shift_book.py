"""Shifts in memory, beside the fake journal."""

from collections import defaultdict
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from tukar.domain.people import Action
from tukar.domain.receipt import Receipt
from tukar.domain.shift import CashMovement, Shift, ShiftClosing
from tukar.till.ports import StaleRowError
from tukar.till.ports.shifts import ShiftSales


class Keeper(Protocol):
    """The journal around the book."""

    trail: list[tuple[str, str, str, str]]

    def write(self, name: str) -> AbstractContextManager[None]: ...

    def queue_shift(self, shift_id: str) -> None: ...


class FakeShiftBook:
    """``ports.shifts.ShiftBook``."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._all: dict[str, Shift] = {}
        self._receipts: defaultdict[str, list[Receipt]] = defaultdict(list)
        self._trail_from: dict[str, int] = {}

    def sold(self, receipt: Receipt) -> None:
        """The journal has saved it."""
        standing = self.in_hand()
        if standing is not None:
            self._receipts[standing.shift_id].append(receipt)

    def open(self, shift: Shift) -> Shift:
        standing = self.in_hand()
        if standing is not None:
            return standing
        with self._keeper.write("open_shift"):
            self._all[shift.shift_id] = shift
            self._trail_from[shift.shift_id] = len(self._keeper.trail)
        return shift

    def in_hand(self) -> Shift | None:
        return next((shift for shift in self._all.values() if shift.is_open), None)

    def admit(self, shift_id: str, staff_id: str) -> Shift:
        shift = self._standing(shift_id)
        people = shift.people if staff_id in shift.people else (*shift.people, staff_id)
        return self._put("admit", replace(shift, people=people))

    def move(self, shift_id: str, movement: CashMovement) -> Shift:
        shift = self._standing(shift_id)
        return self._put("move_cash", replace(shift, movements=(*shift.movements, movement)))

    def sales(self, shift_id: str) -> ShiftSales:
        deeds = self._keeper.trail[self._trail_from.get(shift_id, 0) :]
        openings = sum(action == Action.OPEN_DRAWER for _, action, _, _ in deeds)
        return ShiftSales(tuple(self._receipts[shift_id]), openings)

    def close(self, shift_id: str, closing: ShiftClosing) -> Shift:
        shift = self._standing(shift_id)
        number = 1 + sum(not one.is_open for one in self._all.values())
        closed = self._put("close_shift", replace(shift, closing=replace(closing, number=number, audit_head="ab" * 32)))
        self._keeper.queue_shift(shift_id)
        return closed

    def get(self, shift_id: str) -> Shift | None:
        return self._all.get(shift_id)

    def latest(self, limit: int = 20) -> tuple[Shift, ...]:
        closed = [shift for shift in self._all.values() if not shift.is_open]
        return tuple(reversed(closed))[:limit]

    def _standing(self, shift_id: str) -> Shift:
        shift = self._all.get(shift_id)
        if shift is None or not shift.is_open:
            raise StaleRowError(shift_id)
        return shift

    def _put(self, name: str, shift: Shift) -> Shift:
        with self._keeper.write(name):
            self._all[shift.shift_id] = shift
        return shift
