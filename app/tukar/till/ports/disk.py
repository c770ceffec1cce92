"""What else this till keeps on its disk: catalogue copy, settings, staff, secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tukar.domain.item import Item
    from tukar.domain.people import Salesperson, StaffMember
    from tukar.till.ports.clock import Deadline


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found, and where the typed text matched its name: (start, length) pairs."""

    item: Item
    matched: tuple[tuple[int, int], ...] = ()


class ItemIndex(Protocol):
    """The till's copy of the catalogue. Quick enough for the Qt thread: one indexed statement a call."""

    @property
    def version(self) -> int: ...

    def by_sku(self, sku: str) -> Item | None: ...

    def by_code(self, code: str) -> tuple[Item, ...]:
        """Items with that barcode or code: the exact match alone, else all that differ only in case."""
        ...

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]: ...

    def often_sold(self, limit: int = 12) -> tuple[Item, ...]: ...

    def shelves(self) -> tuple[str, ...]:
        """The categories that items on sale are in, in the order of their names."""
        ...

    def on_shelf(self, category: str, limit: int = 60) -> tuple[Item, ...]:
        """Items on sale of one category, best-selling first."""
        ...


class Secrets(Protocol):
    """Where the till's token lives. ``kind`` names it in plain words for the cashier's choice."""

    kind: str

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What this till was told about itself; a damaged file leaves the last good one in force."""

    backend_url: str = ""
    shop_id: str = ""
    till_id: str = ""
    till_epoch: int = 1
    language: str = "en"
    theme: str = "light"
    scale_percent: int = 100
    full_screen: bool = False
    kiosk: bool = False
    """The window covers the screen without a frame, and only somebody who may change settings closes it."""
    reduced_motion: bool = False
    hand: str = "right"
    """Which hand touches the screen: the keypad and what is pressed most lie at its side."""
    lock_after_minutes: int = 10
    """Minutes that nobody touches the till until it locks; 0 for never."""
    scanner_gap_ms: int = 30
    scanner_prefix: str = ""
    scale_codes: str = "20IIIIIWWWWWC, 21IIIIIWWWWWC, 22IIIIIPPPPPC"
    """Patterns of weighed and priced barcodes, between commas (``domain.scale_code``)."""
    practice: bool = False
    """This till only practises, over a backend of its own: every screen and paper says so."""
    shift: str = "on"
    """``on``: nothing is sold before a shift is open, and it begins with a password; ``off``: a PIN is enough."""
    salesperson_required: str = ""
    """Ginesys' strict modes: empty, ``bill`` (none is saved without one) or ``line`` (none is added without)."""
    printer: str = ""
    """Empty for none, ``file:DEVICE`` or ``tcp:HOST`` for a receipt printer, ``folder`` for PDFs, else a name."""
    customer_display: bool = False
    """Whether a second screen, where there is one, shows the customer their bill."""
    terminal: str = ""
    """What takes cards and QR payments: empty for nothing, ``simulator`` in the demo and for practice."""
    paper: str = "80mm"
    receipt_folder: str = ""
    approver_on_receipt: bool = False
    """Whether paper for the customer names who allowed what was done by hand; the books do always."""
    picture_folder: str = ""
    """Where pictures of items lie, by the file names that the catalogue gives; empty for one in the data folder."""
    ca_file: str = ""
    proxy: str = ""
    key_store: str = "keyring"
    """Where the token lives: ``keyring``, or what a person chose instead: ``owner_only_file``, ``ask_every_time``."""
    update_source: str = ""
    """A folder or an https address; only who administers the machine gives it, and the key updates are signed with."""
    update_key: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def covers_screen(self) -> bool:
        return self.full_screen or self.kiosk


class SettingsStore(Protocol):
    """Reads and writes the settings file; ``trouble`` says in one line what was wrong with it, or is empty."""

    trouble: str

    def load(self) -> Settings: ...

    def save(self, settings: Settings) -> None: ...


class StaffDirectory(Protocol):
    """The till's copy of staff and salespeople, for signing in when the line is down."""

    def staff(self) -> Sequence[StaffMember]: ...

    def salespeople(self) -> Sequence[Salesperson]: ...


class CredentialCheck(Protocol):
    """Checks a PIN or password against a stored hash, in constant time; slow on purpose, never on the Qt thread."""

    def matches(self, stored_hash: str, typed: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class WrongTries:
    """Wrong credentials of one person in a row, and when the next try counts."""

    wrong: int = 0
    wait_until: Deadline | None = None


class TriesKept(Protocol):
    """Where wrong tries outlive the program. ``keep_tries`` blocks and raises DiskTrouble."""

    def wrong_tries(self) -> Mapping[str, WrongTries]:
        """Of everybody who has some, by member of staff."""
        ...

    def keep_tries(self, staff_id: str, tries: WrongTries) -> None: ...
