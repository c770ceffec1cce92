"""Sells all day long in the real window: ``… sales_child FOLDER SALES``.

Tells its memory in MiB after a tenth of the sales and after the last: ``{"rss": 81.2}``.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks.painted import rss
from tests.journeys.seat import Seat, wait_until
from tukar.till.checkout_model import CheckoutState


def main(folder: str, sales: str) -> int:
    count = int(sales)
    seat = Seat(Path(folder))
    seat.sign_in()
    for number in range(1, count + 1):
        sell(seat, ("01001", "05001", "02001"))
        if number in (max(count // 10, 1), count):
            print(json.dumps({"rss": rss()}), flush=True)
    seat.leave()
    return 0


def sell(seat: Seat, skus: tuple[str, ...]) -> None:
    """One cash sale, from the first article to the empty bill after it."""
    program = seat.demo.program
    assert program.front is not None
    assert program.counter is not None
    checkout = program.counter.checkout
    for sku in skus:
        program.front.presenters.sale.finding.scan(sku)
    checkout.begin_payment()
    wait_until(lambda: checkout.state is CheckoutState.PAYING, "a till that takes money")
    checkout.pay_cash()
    wait_until(lambda: checkout.state is CheckoutState.PAYING and not checkout.model.due, "a bill that is paid")
    checkout.save()
    wait_until(lambda: checkout.state is CheckoutState.SAVED, "a saved bill")
    checkout.next_sale()
    wait_until(lambda: checkout.state is CheckoutState.SELLING, "the next sale")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
