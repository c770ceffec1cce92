"""What the command line said, as frozen values; one kind for each command."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class AtShop:
    """Which shop at which backend a command works on; ``shop`` is empty where there is only one.

    ``database`` is a SQLAlchemy URL, empty = SQLite in the data folder; ``data`` None = the user's own.
    """

    shop: str = ""
    database: str = ""
    data: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The loyalty backend. ``database`` is a SQLAlchemy URL, empty = SQLite in the data folder.

    ``carriers`` are services that bring codes to customers, by apprise URL. ``demo`` loads the demo shop where it is
    not there yet. ``child`` is the backend's own folder where another program started it: then it speaks JSON and
    ends with its standard input.
    """

    database: str = ""
    data: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8480
    carriers: tuple[str, ...] = ()
    demo: bool = False
    child: Path | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions(AtShop):
    """Articles from a CSV or XLSX file into the catalogue of one shop at the backend.

    ``columns`` maps a field of ours to the heading in the file; ``taxes`` a word in the tax column to a percentage,
    which stands on top of the price when it ends in ``+``. ``commonest`` takes a file that names a code many times,
    such as bills, and keeps its commonest name and price. ``dry_run`` reads and judges, and stores nothing.
    """

    file: Path
    columns: tuple[tuple[str, str], ...] = ()
    taxes: tuple[tuple[str, str], ...] = ()
    commonest: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """Bills of another shop, rung one by one; ``limit`` is a number of invoices, 0 = all.

    ``data`` keeps the replayed shop for a look afterwards; None = a folder that goes when the run ends.
    """

    file: Path
    limit: int = 0
    data: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class DoctorOptions:
    """Looks whether the till and its backend are well."""

    data: Path | None = None
    database: str = ""
    repair: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class BackupOptions:
    """The till's record into a file, or back from it."""

    file: Path
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """Follows the audit chains of the till and of the backend beside it."""

    data: Path | None = None
    database: str = ""
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """An update of this till. ``source`` is a folder or an address, empty = as the shop says.

    ``again`` tries a version once more that was taken back here.
    """

    source: str = ""
    again: bool = False
    data: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class CodeOptions(AtShop):
    """A code that makes one device the till of that name; asked on the backend's own machine."""

    till: str


@dataclass(frozen=True, slots=True)
class ConnectOptions:
    """Connects the till of this machine without its window. ``key_store`` is where the token goes, empty = as set."""

    address: str
    code: str = field(repr=False)
    key_store: str = ""
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class ShopOptions(AtShop):
    """A shop at its backend, made or changed by ``file``; None where it is only looked at. ``till`` is its first."""

    file: Path | None = None
    till: str = "1"


@dataclass(frozen=True, slots=True)
class PeopleOptions(AtShop):
    """A table of staff, or of salespeople, for a shop at its backend."""

    file: Path
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PublishOptions(AtShop):
    """A programme file that a shop's backend puts in force."""

    file: Path


@dataclass(frozen=True, slots=True)
class SettingsOptions:
    """The settings in force; ``check`` is a file to judge before it is pushed, ``template`` writes an empty one."""

    data: Path | None = None
    check: Path | None = None
    template: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class AutostartOptions:
    """Whether the till opens when somebody signs in to the machine; ``on`` None only asks."""

    on: bool | None = None
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class SupportOptions:
    """What an engineer needs of this till, into a file."""

    file: Path
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class RulesOptions:
    """Case files to play through the engine, or a file of rules to read as it is ``on`` a day; None = today."""

    files: tuple[Path, ...] = field(default=())
    as_json: bool = False
    on: date | None = None
