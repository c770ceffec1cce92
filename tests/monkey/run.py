"""One run of the monkey: so many events of a seed, the invariants on the way and at the end."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final

from PySide6.QtWidgets import QApplication

from tests.monkey import invariants
from tests.monkey.hands import Hands
from tests.monkey.till import MonkeyTill

LOOK_EVERY: Final = 20
REST_SECONDS: Final = 120.0
STUCK_AFTER: Final = 3_000
"""So many events without a bill saved: nobody can sell at that till any more."""


class MonkeyTrouble(AssertionError):
    """Something does not hold, or something was raised; the words say after which events."""


@dataclass
class Told:
    """What a run came to."""

    events: int = 0
    bills: int = 0
    returns: int = 0
    done: dict[str, int] = field(default_factory=dict)


@dataclass
class Stuck:
    """Sees when bills stop coming."""

    newest: str = ""
    since: int = 0

    def look(self, number: int, newest: str) -> Iterator[str]:
        """What is wrong after event ``number``, when ``newest`` is the bill saved last."""
        if newest != self.newest:
            self.newest, self.since = newest, number
        elif number - self.since > STUCK_AFTER:
            yield f"no bill was saved since event {self.since}"


@contextmanager
def _caught() -> Iterator[list[BaseException]]:
    """Whatever a slot raises: Qt goes on, and Python's last hook hears of it."""
    raised: list[BaseException] = []

    def hook(_type: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
        raised.append(trouble)

    before, sys.excepthook = sys.excepthook, hook
    try:
        yield raised
    finally:
        sys.excepthook = before


def play(
    app: QApplication, folder: Path, *, events: int, seed: int, heard: Callable[[int, Told], None] | None = None
) -> Told:
    """Raises MonkeyTrouble at the first thing that does not hold. ``heard`` is told how far it is."""
    random = Random(seed)
    told, stuck = Told(), Stuck()
    with _caught() as raised:
        till = MonkeyTill(app, folder, random, seed)
        hands = Hands(till, random)
        try:
            for number in range(1, events + 1):
                hands.do()
                _demand(raised, hands, number)
                if number % LOOK_EVERY == 0:
                    newest = "".join(receipt.bill_id for receipt in till.journal.recent_receipts(1))
                    _hold([*invariants.during(till), *stuck.look(number, newest)], hands, number)
                told.events = number
                if heard is not None:
                    heard(number, told)
            till.settle(REST_SECONDS)
            QApplication.processEvents()
            _demand(raised, hands, events)
            _hold(list(invariants.at_rest(till)), hands, events)
            receipts = till.journal.recent_receipts(100_000)
            told.bills, told.done = len(receipts), hands.done
            told.returns = sum(bool(receipt.returns) for receipt in receipts)
        finally:
            till.close()
    return told


def _demand(raised: list[BaseException], hands: Hands, number: int) -> None:
    if raised:
        raise MonkeyTrouble(f"event {number}, after {' | '.join(hands.last)}") from raised[0]


def _hold(found: list[str], hands: Hands, number: int) -> None:
    if found:
        raise MonkeyTrouble(f"event {number}: {'; '.join(found)}, after {' | '.join(hands.last)}")
