"""Large catalogues: made once in a run by the till's own code, then copied to whoever asks."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.benchmarks.workshop import Workshop
from tukar.domain.item import Item, Tax
from tukar.domain.money import Currency, Money, UnitPrice
from tukar.local.catalogue import CATALOGUE_FILE, CatalogueCopy
from tukar.till.ports import CataloguePage

IDR = Currency("IDR", 0, 100)
PAGE = 2_000
_FIRST = ("Kopi", "Teh", "Beras", "Mi", "Sabun", "Susu", "Gula", "Minyak", "Kecap", "Roti", "Air", "Sirup", "Tepung")
_SECOND = ("Gayo", "Wangi", "Ramos", "Goreng", "Mandi", "Kental", "Aren", "Kelapa", "Manis", "Tawar", "Murni", "Jeruk")
_THIRD = ("Hemat", "Besar", "Kecil", "Kaleng", "Botol", "Isi Ulang", "Sachet", "Curah", "Pilihan", "Spesial", "Baru")
_TAX = (Tax(Decimal(11), name="PPN"),)


def item(number: int) -> Item:
    """Item ``number`` of any catalogue: a name of three common words and one of its own."""
    first, second, third = _FIRST[number % 13], _SECOND[number // 13 % 12], _THIRD[number // 156 % 11]
    price = UnitPrice.of(Money(1_000 + number * 37 % 90_000 // 100 * 100, IDR))
    return Item(
        f"X{number}", f"{first} {second} {third} {number}", price, _TAX, (code(number),), category=f"c{number % 40}",
        popularity=number * 7919 % 1_000,
    )  # fmt: skip


def code(number: int) -> str:
    """Its barcode, a GTIN-13 with its check digit."""
    digits = f"299{number:09d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


def filled(workshop: Workshop, folder: Path, count: int) -> None:
    """Puts ``count`` more items into the catalogue of a data folder, names searched and all."""
    kept = workshop.scratch / f"catalogue-{count}.sqlite3"
    if not kept.exists():
        made = workshop.scratch / f"making-{count}.sqlite3"
        shutil.copy(folder / CATALOGUE_FILE, made)
        catalogue = CatalogueCopy(made)
        for page in pages(count, catalogue.version):
            catalogue.apply(page)
        while catalogue.index_some(20_000):
            continue
        catalogue.close()
        made.rename(kept)
    shutil.copy(kept, folder / CATALOGUE_FILE)


def pages(count: int, version: int) -> Iterator[CataloguePage]:
    """As the backend would deliver them."""
    for first in range(0, count, PAGE):
        items = tuple(item(number) for number in range(first, min(first + PAGE, count)))
        yield CataloguePage(version, items, next_page=str(first + PAGE) if first + PAGE < count else "")
