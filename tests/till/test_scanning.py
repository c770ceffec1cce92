from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.shelf import FakeShelf
from tukar.till.scanning import Burst, Scanning


@dataclass
class Everything:
    """Whoever gets a code, in one; ``got`` is what arrived where."""

    got: list[tuple[str, str]] = field(default_factory=list)
    is_open: bool = False
    selling: bool = True


@dataclass
class Part:
    all: Everything
    name: str

    def scan(self, code: str) -> None:
        self.all.got.append((self.name, code))

    def enter_code(self, code: str) -> None:
        self.all.got.append((self.name, code))

    def open(self, number: str = "") -> None:
        self.all.got.append((f"open {self.name}", number))

    @property
    def is_open(self) -> bool:
        return self.all.is_open


def desk(everything: Everything) -> Scanning:
    goods, cards, vouchers, returns = (Part(everything, name) for name in ("item", "card", "voucher", "return"))
    return Scanning(
        FakeShelf(), goods, cards, vouchers, returns, lambda code: code == "ULTAH10", lambda: everything.selling
    )


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("8991204011751", [("item", "8991204011751")]),
        (" 8991204011751 ", [("item", "8991204011751")]),
        ("8991204011752", [("item", "8991204011752")]),
        ("01001", [("item", "01001")]),
        ("8800001015", [("card", "8800001015")]),
        ("ULTAH10", [("open voucher", ""), ("voucher", "ULTAH10")]),
        ("TSR-2-1-317", [("open return", "TSR-2-1-317")]),
        ("tsr-2-1-317", [("open return", "TSR-2-1-317")]),
        ("nonsense", [("item", "nonsense")]),
        ("", []),
    ],
)
def test_a_code_goes_where_its_kind_belongs(code: str, where: list[tuple[str, str]]) -> None:
    everything = Everything()
    desk(everything).scanned(code)
    assert everything.got == where


def test_while_goods_come_back_every_code_is_a_receipt() -> None:
    everything = Everything(is_open=True)
    desk(everything).scanned("8991204011751")
    assert everything.got == [("return", "8991204011751")]


def test_nothing_is_scanned_while_nobody_sells() -> None:
    everything = Everything(selling=False)
    desk(everything).scanned("8991204011751")
    assert everything.got == []


def fill(burst: Burst, text: str, gap: float) -> None:
    at = 1_000.0
    for letter in text:
        if not burst.takes(at):
            burst.clear()
        burst.press(letter, at)
        at += gap


@given(st.text(alphabet="0123456789ABC-", min_size=4, max_size=40), st.floats(0, 30))
def test_fast_keys_are_a_scan(text: str, gap: float) -> None:
    burst = Burst(30)
    fill(burst, text, gap)
    assert burst.is_scan
    assert burst.code == text


@given(st.text(alphabet="0123456789ABC-", min_size=1, max_size=40), st.floats(60, 500))
def test_a_hand_is_never_a_scanner(text: str, gap: float) -> None:
    burst = Burst(30)
    fill(burst, text, gap)
    assert not burst.is_scan


def test_three_fast_keys_are_not_enough() -> None:
    burst = Burst(30)
    fill(burst, "123", 1)
    assert not burst.is_scan


def test_a_prefix_makes_a_scan_of_any_length_and_is_left_out() -> None:
    burst = Burst(30, "~")
    fill(burst, "~42", 80)
    assert burst.is_scan
    assert burst.code == "42"
