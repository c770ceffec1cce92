"""What a scanner reads: told from typing by its pace, and sent where a code of that kind belongs (till.md, "Scanner").

A burst is at least four printable keys with gaps no hand makes, ended by Enter, Tab or silence; a configured prefix
makes one of any length. What is scanned is a receipt's number, an item, a voucher or a customer's card, in that order;
the code of the gift card just sold comes before what only looks like a barcode.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from tukar.domain.barcode import looks_like_barcode
from tukar.domain.receipt import ReceiptNumber
from tukar.till.ports import ItemIndex

LEAST_KEYS: Final = 4
SILENCE_MS: Final = 100.0
"""After the last key of a burst: then it has ended, and for as long no Enter presses anything."""


@dataclass
class Burst:
    """The keys that wait until it is known whether a hand or a scanner typed them. Times are milliseconds."""

    gap_ms: float
    prefix: str = ""
    text: str = ""
    last: float = field(default=float("-inf"))
    slowest: float = 0.0
    """The longest pause between two keys of this burst."""

    def takes(self, at: float) -> bool:
        """Whether a key at ``at`` came fast enough to belong to those that wait."""
        return not self.text or at - self.last <= self.patience

    def press(self, letter: str, at: float) -> None:
        self.slowest = max(self.slowest, at - self.last) if self.text else 0.0
        self.text += letter
        self.last = at

    def clear(self) -> None:
        self.text = ""

    @property
    def patience(self) -> float:
        """How long after the last key the next one may come; a known prefix makes sure of the scanner."""
        return SILENCE_MS if self.prefix and self.text.startswith(self.prefix) else self.gap_ms

    @property
    def is_scan(self) -> bool:
        """Whether no hand typed this."""
        prefixed = bool(self.prefix) and self.text.startswith(self.prefix) and len(self.text) > len(self.prefix)
        return prefixed or len(self.text) >= LEAST_KEYS

    @property
    def code(self) -> str:
        """What was read, without the prefix."""
        return self.text.removeprefix(self.prefix) if self.prefix else self.text


class Goods(Protocol):
    """Sells a code; ``Finding`` is one."""

    def scan(self, code: str) -> None: ...


class OpenGoods(Goods, Protocol):
    """Takes a code while its sheet is open; ``Receiptless`` is one."""

    @property
    def is_open(self) -> bool: ...


class Cards(Protocol):
    """Looks a customer up by card; ``Customers`` is one."""

    def scan(self, card: str) -> None: ...


class Vouchers(Protocol):
    """Shows promotions and takes a code; ``Promoting`` is one."""

    def open(self) -> None: ...

    def enter_code(self, code: str) -> None: ...


class ReturnDesk(Protocol):
    """Takes goods back; ``Returning`` is one."""

    @property
    def is_open(self) -> bool: ...

    def open(self, number: str = "") -> None: ...

    def scan(self, number: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Scanning:
    """Sends a code on; at payment it is a way to pay. Nothing happens while nobody sells: at sign-in, under a lock."""

    index: ItemIndex
    goods: Goods
    cards: Cards
    vouchers: Vouchers
    returns: ReturnDesk
    is_voucher: Callable[[str], bool]
    is_selling: Callable[[], bool]
    receiptless: OpenGoods | None = None
    pays: Callable[[str], bool] = lambda _code: False
    """Takes the code of a gift card or voucher at payment; False while nobody pays."""
    sells_card: Callable[[str], bool] = lambda _code: False
    """Takes the code of the gift card just put onto the bill; False where it is none."""

    def scanned(self, code: str) -> None:
        code = code.strip()
        if not code or self.pays(code) or not self.is_selling():
            return
        if self.receiptless is not None and self.receiptless.is_open:
            self.receiptless.scan(code)
        elif self.returns.is_open:
            self.returns.scan(code)
        elif _is_receipt_number(code):
            self.returns.open(code.upper())
        elif not self.index.by_code(code) and self.sells_card(code):
            pass
        elif self.index.by_code(code) or looks_like_barcode(code):
            self.goods.scan(code)
        elif self.is_voucher(code):
            self.vouchers.open()
            self.vouchers.enter_code(code)
        elif any(map(str.isdigit, code)):
            self.cards.scan(code)
        else:
            self.goods.scan(code)


def _is_receipt_number(code: str) -> bool:
    try:
        ReceiptNumber.parse(code.upper())
    except ValueError:
        return False
    return True
