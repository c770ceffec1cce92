"""Opens what a person named on the command line, and says in one line why it cannot be used."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tukar.bootstrap.outcome import CommandRefused
from tukar.wire.tables import NotATableError, Table, open_table


@contextmanager
def table_in(file: Path) -> Iterator[Table]:
    """The table in ``file``; whatever keeps it from being read, also half-way, is a CommandRefused."""
    try:
        with open_table(file) as table:
            yield table
    except NotATableError as trouble:
        place = f" line {trouble.line}" if trouble.line else ""
        raise CommandRefused(f"{file}{place}: {trouble.reason}.", "Nothing was taken from it.") from None
    except OSError as trouble:
        raise _unread(file, trouble) from None


def json_in(file: Path) -> object:
    """What a JSON file says; CommandRefused when it cannot be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise _unread(file, trouble) from None
    except UnicodeDecodeError:
        raise CommandRefused(f"{file}: the text is not UTF-8.", "Save it as UTF-8 and try again.") from None
    except ValueError as trouble:
        raise CommandRefused(f"{file}: this is not JSON: {trouble}.", "Mend it there and try again.") from None


def _unread(file: Path, trouble: OSError) -> CommandRefused:
    return CommandRefused(f"{file}: {(trouble.strerror or 'it cannot be read').lower()}.", "Check name and folder.")
