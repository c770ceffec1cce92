"""A whole day's run leaves no number, code or token in anything that is kept, printed or told (security.md).

The demo's till and backend as they are, in processes of their own: a customer by number, points with a code, a receipt,
a refund, a back-up, and the report of a bug that had all of them in hand. Then every file is read, every database value
by value, beside all that was logged and said. The demo's outbox is in memory, and is what the test compares with.
"""

import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.seat import Seat
from tukar.local.backup import write_backup
from tukar.till.ports import RefundLine, RefundRequest
from tukar.ui.last_resort import report_of

NUMBER = "+6281234565678"
BUYER = "3273 0145 0887 0002"
"""A buyer's tax number as it is printed: the journal, its drafts and the backend keep it sealed."""
MAY_KEEP = ("secrets.json", "operator", "root.key")
"""Where tokens and keys live, readable by their owner only."""


def told_of(secret: str, text: str) -> bool:
    """Whether a secret stands in a text by itself; six digits also stand in hashes and fractions of a second."""
    return re.search(rf"(?<![\w.]){re.escape(secret)}(?!\w)", text) is not None


def values_of(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        # A virtual table keeps what it holds in tables of its own, which are read too.
        tables = [
            name
            for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if not sql.startswith("CREATE VIRTUAL")
        ]
        for table in tables:
            for row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - the file's own names
                yield from (value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(MAY_KEEP))


def contents_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in files_of(folder):
        yield path.name, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())


def report_of_a_bug_with(number: str, code: str, token: str) -> str:
    def careless() -> None:
        raise RuntimeError(f"{number} typed {code} with {token}")

    with pytest.raises(RuntimeError) as bug:
        careless()
    return report_of(bug.value, "0")


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_nothing_kept_or_told_holds_a_number_a_code_or_a_token(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    seat = Seat(tmp_path / "demo")
    try:
        code, token = sell_and_take_back(seat, tmp_path / "demo" / "copy.tukar-backup")
    finally:
        seat.leave()
    assert seat.bugs == []
    local = NUMBER.replace("+62", "0")
    said = capfd.readouterr()
    told = "\n".join([caplog.text, said.out, said.err, report_of_a_bug_with(NUMBER, code, token)])
    assert [secret for secret in (NUMBER, NUMBER[1:], local, code, token, BUYER) if told_of(secret, told)] == []
    whole = [secret.encode() for secret in (NUMBER[1:], local, NUMBER[3:], token, BUYER, BUYER.replace(" ", ""))]
    found = [(name, secret) for name, content in contents_of(tmp_path) for secret in whole if secret in content]
    assert found == []
    databases = [path for path in files_of(tmp_path) if path.read_bytes().startswith(b"SQLite format 3")]
    assert {path.name for path in databases} >= {"journal.sqlite3", "loyalty.db"}
    assert [path.name for path in databases if any(told_of(code, value) for value in values_of(path))] == []


def sell_and_take_back(seat: Seat, copy: Path) -> tuple[str, str]:
    """The code that was sent and the till's token."""
    seat.sign_in()
    seat.customer(NUMBER.replace("+62", "0"))
    seat.item("beras ramos")
    seat.write_on_bill("Gift", BUYER)
    seat.pay()
    seat.redeem()
    code = seat.code()
    seat.press("Return")
    seat.saved()
    seat.all_sent()
    program = seat.demo.program
    assert program.journal is not None
    (receipt,) = program.journal.recent_receipts()
    assert receipt.buyer_tax_number == BUYER
    line = receipt.lines[0]
    back = RefundRequest("refund-1", receipt.bill_id, (RefundLine(line.line_id, line.sku, 1000),), "broken", "sari")
    assert program.backend.put_refund(back).accepted
    write_backup(program.journal, seat.folder, copy, datetime.now(UTC))
    token = program.disk.connection.secrets().get("token")
    assert token is not None
    return code, token
