"""Saves a bill in a closed till, as if the line had gone down before it was sent; for the exercise of updates.

usage: unsent_bill.py DATA, with the program and the tests to be found by Python
"""

import sys
from dataclasses import replace
from pathlib import Path

from tests.local import samples
from tukar.bootstrap.till_house import closed_till
from tukar.local.settings import TomlSettings


def save(folder: Path) -> None:
    settings = TomlSettings(folder).load()
    with closed_till(folder) as journal:
        receipt = samples.receipt("0190f000-0000-7000-8000-000000000001")
        journal.save_bill(replace(receipt, number=replace(receipt.number, shop_id=settings.shop_id)))


if __name__ == "__main__":
    save(Path(sys.argv[1]))
