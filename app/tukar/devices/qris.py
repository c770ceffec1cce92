"""Payments that the customer makes by scanning a code, as a simulator: QRIS and its like (EMV merchant-presented)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tukar.devices.bank import Bank
from tukar.devices.terminal import Act, Script, TerminalSimulator, Wait, wait_for
from tukar.domain.money import Money

_NUMERIC_CURRENCY: Final[Mapping[str, str]] = MappingProxyType(
    {"IDR": "360", "INR": "356", "GBP": "826", "EUR": "978", "USD": "840", "JPY": "392"}
)
_NO_CURRENCY: Final = "999"
_PART_AT_MOST: Final = 25
CODE_SECONDS: Final = 300.0
SCANNED_SOON: Final = Act(after=2.5, label="QRIS")


class QrisSimulator(TerminalSimulator):
    """``ports.QrService``: a terminal whose customer pays with a phone. ``merchant`` and ``city`` are in the code."""

    def __init__(
        self,
        bank: Bank,
        script: Script = lambda _reference, _amount: SCANNED_SOON,
        *,
        merchant: str = "TUKAR DEMO",
        city: str = "JAKARTA",
        country: str = "ID",
        wait: Wait = wait_for,
        seconds: float = CODE_SECONDS,
    ) -> None:
        super().__init__(bank, script, name="QRIS", wait=wait)
        self.seconds = seconds
        self._merchant = merchant
        self._city = city
        self._country = country

    def payload(self, reference: str, amount: Money) -> str:
        """What the code says: tag, length and value of each field, closed by a check sum."""
        fields = (
            _field("00", "01"),
            _field("01", "12"),
            _field("26", _field("00", "ID.TUKAR.DEMO") + _field("01", reference[-_PART_AT_MOST:])),
            _field("52", "5411"),
            _field("53", _NUMERIC_CURRENCY.get(amount.currency.code, _NO_CURRENCY)),
            _field("54", amount.decimal()),
            _field("58", self._country),
            _field("59", self._merchant[:_PART_AT_MOST]),
            _field("60", self._city[:15]),
            _field("62", _field("05", reference[-_PART_AT_MOST:])),
        )
        body = "".join(fields) + "6304"
        return f"{body}{check_sum(body.encode()):04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def check_sum(data: bytes) -> int:
    """CRC-16/CCITT-FALSE, which closes every such code."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
