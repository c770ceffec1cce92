"""A till that is killed at a named point of journey A, and one that opens after it: run as a process of its own.

``python -m tests.journeys.dying_till FOLDER open`` makes a demo in FOLDER that nothing was sold in.
``python -m tests.journeys.dying_till FOLDER play POINT`` sells with points and a card, and dies at POINT by SIGKILL.
``python -m tests.journeys.dying_till FOLDER recover`` opens the same folder, signs in, finishes what is there, and
prints as JSON what the cashier read and what was left in the end.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.journeys.seat import Seat
from tukar.bootstrap.counter import Ports
from tukar.local.disk import Connection, open_file
from tukar.till.checkout_model import CheckoutState
from tukar.till.navigation import Place
from tukar.till.ports import AttemptState
from tukar.till.terminals import Terminals

MOBILE: Final = "085861124790"
"""Fitriani Hasanah's, with 350 Reward points: one-time code always."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """Hands every call on to ``inside`` and dies before or after the one that ``point`` names.

    A point is ``port.method:before`` or ``:after``; ``port.method[word]:after`` dies only where an argument has the
    state ``word``.
    """

    def __init__(self, name: str, inside: object, point: str) -> None:
        self._name = name
        self._inside = inside
        self._point = point

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._inside, method)
        if not callable(found):
            return found

        def call(*arguments: Any, **named: Any) -> Any:
            words = {f"[{state}]" for one in arguments if (state := getattr(one, "state", None)) is not None} | {""}
            here = {f"{self._name}.{method}{word}" for word in words}
            if self._point in {f"{place}:before" for place in here}:
                die()
            answer = found(*arguments, **named)
            if self._point in {f"{place}:after" for place in here}:
                die()
            return answer

        return call


class DyingConnection:
    """A connection that dies before or after the COMMIT of the transaction that stores a bill."""

    def __init__(self, inside: Connection, point: str) -> None:
        self._inside = inside
        self._point = point
        self._stores_bill = False

    @property
    def in_transaction(self) -> bool:
        return self._inside.in_transaction

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        words = sql.strip().upper()
        self._stores_bill = self._stores_bill or words.startswith(("INSERT INTO RECEIPTS", "INSERT INTO BILLS"))
        commits = words.startswith("COMMIT") and self._stores_bill
        if commits and self._point == "save.commit:before":
            die()
        answer = self._inside.execute(sql, parameters)
        if commits and self._point == "save.commit:after":
            die()
        if commits:
            self._stores_bill = False
        return answer

    def close(self) -> None:
        self._inside.close()


def dying_ports(point: str) -> Callable[[Ports], Ports]:
    def change(ports: Ports) -> Ports:
        def dying(name: str, inside: object) -> Any:
            return Dying(name, inside, point)

        return replace(
            ports,
            backend=dying("backend", ports.backend),
            journal=dying("journal", ports.journal),
            printer=dying("printer", ports.printer),
            terminals=Terminals(dying("terminal", ports.terminals.card), ports.terminals.qr),
        )

    return change


def play(folder: Path, point: str) -> None:
    """Journey A with a card; the process does not come back from it."""
    seat = Seat(folder, change_ports=dying_ports(point), connect=lambda path: _dying(path, point))
    seat.sign_in()
    seat.customer(MOBILE)
    seat.item("beras ramos")
    seat.pay()
    seat.redeem()
    seat.press("Right", "Return")
    seat.saved()
    seat.all_sent()
    seat.leave()
    if point:
        sys.exit(f"{point} was never reached")


def _dying(path: Path, point: str) -> Connection:
    return cast("Connection", DyingConnection(open_file(path), point))


def recover(folder: Path) -> None:
    """What the cashier reads after the crash, and what there is once they have finished."""
    seat = Seat(folder)
    program = seat.demo.program
    counter, journal = program.counter, program.journal
    assert counter is not None
    assert journal is not None
    seat.until(lambda: program.recovered is not None, "a till that looked at what was left")
    assert program.recovered is not None
    read = [notice.say for notice in program.recovered.notices]
    seat.sign_in()
    lines = len(counter.sale.bill.lines)
    tenders = [str(tender.mode) for tender in counter.checkout.model.tenders]
    at_payment = seat.window.place is Place.PAYMENT
    if at_payment:
        seat.until(lambda: counter.checkout.state is CheckoutState.PAYING, "a till that goes on with the payment")
        seat.until(lambda: seat.window.payment.next.is_next, "a next step")
        if not counter.checkout.model.can_save:
            seat.press("Return")
        else:
            seat.press("F10")
        seat.saved()
        seat.press("Return")
    elif lines:
        seat.clear_bill()
    seat.until(lambda: counter.checkout.state is CheckoutState.SELLING and counter.sale.bill.is_empty, "an empty bill")
    seat.all_sent()
    seat.until(lambda: not any(draft.bill.lines for draft in journal.drafts()), "drafts of finished bills gone")
    told = {
        "read": read,
        "lines": lines,
        "tenders": tenders,
        "at_payment": at_payment,
        "receipts": [str(receipt.number) for receipt in journal.recent_receipts()],
        "totals": [receipt.total.minor for receipt in journal.recent_receipts()],
        "drafts": len([draft for draft in journal.drafts() if draft.bill.lines]),
        "unfinished": [row.state for row in journal.unfinished_redemptions()],
        "open_attempts": len([one for one in journal.unsettled_attempts() if one.state is AttemptState.OPEN]),
        "reviews": [item.kind for item in journal.review_items()],
    }
    seat.leave()
    print(json.dumps(told))


def main() -> None:
    folder, what, *point = sys.argv[1:]
    if what == "open":
        Seat(Path(folder)).leave()
    elif what == "play":
        play(Path(folder), point[0])
    else:
        recover(Path(folder))


if __name__ == "__main__":
    main()
