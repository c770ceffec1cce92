"""The sales in hand as they survive a crash: written at every change, synced lazily and before money moves."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tukar.local import buyers, schema
from tukar.local.disk import Connect, Database, Durability, disk_troubles
from tukar.local.outbox import Seal
from tukar.local.stored import draft_from_json, draft_to_json
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Draft
from tukar.wire.bills import LineMessages


class Drafts:
    """Drafts of one till, by bill.

    A file that cannot be read is set aside under another name and a new one begun: a damaged draft must not keep the
    till from selling. ``set_aside`` then names it.
    """

    def __init__(self, path: Path, seal: Seal, connect: Connect) -> None:
        self._seal = seal
        self.set_aside = ""
        self._lines = LineMessages()
        try:
            self._database = self._opened(path, connect)
        except DiskTrouble as trouble:
            if trouble.kind is not DiskTroubleKind.DAMAGED:
                raise
            self.set_aside = self._put_away(path)
            self._database = self._opened(path, connect)

    @staticmethod
    def _opened(path: Path, connect: Connect) -> Database:
        return Database(path, schema.DRAFTS, Durability.WHEN_ASKED, connect)

    @staticmethod
    def _put_away(path: Path) -> str:
        number = 1
        while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
            number += 1
        with disk_troubles(path):
            path.rename(aside)
            for suffix in ("-wal", "-shm"):
                with suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
        return aside.name

    def save(self, draft: Draft, at: str) -> None:
        """A draft with money in it has reached the disk afterwards; others may still be on their way."""
        bill = buyers.bill_at_rest(draft.bill, self._seal)
        body = draft_to_json(draft if bill is draft.bill else replace(draft, bill=bill), self._lines)
        with self._database.durably() if draft.tenders else self._database.transaction() as db:
            db.execute(
                """INSERT INTO drafts VALUES (?, ?, ?) ON CONFLICT (bill_id) DO UPDATE
                    SET body = excluded.body, changed_at = excluded.changed_at""",
                (draft.bill.bill_id, body, at),
            )

    def all(self) -> tuple[Draft, ...]:
        """Latest change first. What cannot be read is put aside and named by ``unreadable``."""
        with self._database.reading() as db:
            rows = db.execute("SELECT bill_id, body FROM drafts ORDER BY changed_at DESC").fetchall()
        drafts: list[Draft] = []
        for bill_id, body in rows:
            try:
                draft = draft_from_json(body)
                drafts.append(replace(draft, bill=buyers.bill_in_hand(draft.bill, self._seal)))
            except ValueError:
                self._put_aside(bill_id)
        return tuple(drafts)

    def _put_aside(self, bill_id: str) -> None:
        with self._database.transaction() as db:
            db.execute("INSERT INTO unreadable SELECT * FROM drafts WHERE bill_id = ?", (bill_id,))
            db.execute("DELETE FROM drafts WHERE bill_id = ?", (bill_id,))

    def unreadable(self) -> tuple[str, ...]:
        """Bills whose drafts were put aside, ever."""
        with self._database.reading() as db:
            return tuple(bill_id for (bill_id,) in db.execute("SELECT bill_id FROM unreadable").fetchall())

    def delete(self, bill_id: str) -> None:
        with self._database.transaction() as db:
            db.execute("DELETE FROM drafts WHERE bill_id = ?", (bill_id,))

    def sync(self) -> None:
        """Every draft saved so far has reached the disk afterwards."""
        self._database.sync()

    def copy_to(self, file: Path) -> None:
        """Writes a whole copy to a file that is not there yet."""
        with self._database.reading() as db:
            db.execute("VACUUM INTO ?", (str(file),))

    def checkpoint(self) -> None:
        self._database.checkpoint()

    def close(self) -> None:
        self._database.close()
